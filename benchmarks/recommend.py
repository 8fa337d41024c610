"""What it costs to recommend units, to find gaps and overlaps of their areas, and to find who is nearest along the streets.

On a copy of a city (``--db``), or on a demo city made for the run; ``--cases N`` multiplies its cases to N for the history. ``--streets
FILE`` measures a real city's streets (any file of lines that OGR reads) besides. Anchors are measured in the same run: the judging of one
command for a recommendation, the straight distances to the same targets for a way, the union of all grids for the areas.
``python benchmarks/recommend.py [--db FILE] [--stores spatialite,postgis] [--cases N] [--streets FILE ...]``
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy
import shapely
from levels import multiply

from benchmarks import _big_city
from benchmarks._figures import figure
from workstation import demo
from workstation.services.lists.filter import CaseFilter
from workstation.services.recommending.facts import metres, wkb_of
from workstation.services.services import Services
from workstation.services.spatial.street_network import StreetNetwork
from workstation.store import raw
from workstation.store.database import Database

GOAL_ONE, GOAL_MANY, GOAL_AREAS = 20.0, 1.0, 2000.0
MANY, TARGETS, NEAREST, ASKED = 500, 300, 5, 200


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Recommending units, their areas, and the streets.")
    parser.add_argument("--db", type=Path, help="a city in a file; it is copied and left as it is")
    parser.add_argument("--stores", default="spatialite,postgis")
    parser.add_argument("--cases", type=int, default=0, help="multiply its cases to so many")
    parser.add_argument(
        "--streets", type=Path, nargs="*", default=[], help="files of lines, measured besides"
    )
    args = parser.parse_args(argv)
    figures: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="workstation-bench-") as folder:
        path = Path(folder) / "city.sqlite"
        if args.db is None:
            database = Database.create(str(path))
            demo.build(database, components=20_000, cases=500)
            database.close()
        else:
            _big_city.clone(args.db, path)
            _big_city.modernise(path)
        for store in args.stores.split(","):
            with _big_city.opened(store, path) as database:
                if args.cases:
                    with database.read() as conn:
                        had = int((raw.first(conn, "SELECT count(*) FROM cases") or (1,))[0])
                    multiply(database, max(1, args.cases // had))
                services = Services(database)
                figures += recommendations(services, store)
                figures += areas(services, store)
                with database.read() as conn:
                    rows = raw.all_rows(conn, f"SELECT {wkb_of(conn, 'geom')} FROM road ORDER BY id")
        figures += streets("the city's", list(shapely.from_wkb([bytes(row[0]) for row in rows])))
        for file in args.streets:
            figures += streets(file.stem, lines_of(file))
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    return 0


def timed(do: Callable[[], Any], clock: Callable[[], float] = time.thread_time) -> float:
    """Milliseconds of this thread's processor time (others may be at work on the machine), or by another clock."""
    begun = clock()
    do()
    return (clock() - begun) * 1000


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return float(numpy.percentile(times, 95))


def recommendations(services: Services, store: str) -> list[dict[str, Any]]:
    """One after the other, as when cases are looked at; and all at once, as in a drag."""
    someone = services.people.with_post("dispatcher")[0]
    actor = services.people.actor(someone.id, "dispatcher")
    rows = services.lists.page(CaseFilter(open=True), None, MANY).rows
    cases = services.cases.get_many([row.id for row in rows])
    recommend = services.recommending
    # What a server does for it is not this thread's: there the clock on the wall counts.
    clock = time.perf_counter if store == "postgis" else time.thread_time
    warm = timed(lambda: recommend.recommend(cases[0], actor), clock)
    alone = [timed(lambda case=case: recommend.recommend(case, actor), clock) for case in cases[:ASKED]]  # type: ignore[misc]
    judged = [
        timed(
            lambda case=case: services.cases.preview("dispatch", [case.id], {"unit": "-"}, actor),  # type: ignore[misc]
            clock,
        )
        for case in cases[:ASKED]
    ]
    best: float = min(timed(lambda: recommend.recommend_many(cases, actor), clock) for _ in range(3))
    with services.db.read() as conn:
        count = raw.first(conn, "SELECT count(*) FROM cases")
    verdicts = [found.verdict for found in recommend.recommend_many(cases, actor)]
    title = f"of {int(count[0]) if count else 0:,} cases, {store}"
    return [
        figure(
            f"recommending, one {title}: p95 of {len(alone)}",
            *(p95(alone), "ms", statistics.median(judged), GOAL_ONE),
            **{"median": round(statistics.median(alone), 2), "first": round(warm, 1)},
        ),
        figure(
            f"recommending, {len(cases)} together: each",
            *(best / len(cases), "ms", statistics.median(judged), GOAL_MANY),
            verdicts={key: verdicts.count(key) for key in sorted(set(verdicts))},
        ),
    ]


def areas(services: Services, store: str) -> list[dict[str, Any]]:
    """Gaps and overlaps of the whole city."""
    with services.db.read() as conn:
        rows = raw.all_rows(conn, f"SELECT {wkb_of(conn, 'geom')} FROM grid WHERE valid_to IS NULL")
        units = raw.first(conn, "SELECT count(*) FROM unit WHERE active AND geom IS NOT NULL")
    grids = shapely.from_wkb([bytes(row[0]) for row in rows])
    anchor = timed(lambda: shapely.union_all(grids))
    found = services.responsibility.find()
    spent = min(timed(services.responsibility.find) for _ in range(2))
    title = f"gaps and overlaps, {store}: {len(rows):,} grids, {units[0] if units else 0} areas"
    return [figure(title, spent, "ms", anchor, GOAL_AREAS, found=len(found.found), slivers=found.slivers)]


def lines_of(file: Path) -> list[Any]:
    """A file's lines in degrees (EPSG:4490)."""
    import pyogrio.raw
    import pyproj

    meta, _, shapes, _ = pyogrio.raw.read(file)
    turn = pyproj.Transformer.from_crs(meta["crs"], 4490, always_xy=True)
    lines = shapely.get_parts(shapely.from_wkb(shapes))
    moved = shapely.transform(lines, lambda c: numpy.column_stack(turn.transform(c[:, 0], c[:, 1])))
    return [line for line in moved if line.geom_type == "LineString"]


def resident() -> float:
    """Megabytes that this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def streets(name: str, lines: list[Any]) -> list[dict[str, Any]]:
    """Building the network, and asking it from places on its streets for the nearest of targets on them."""
    before = resident()
    begun = time.thread_time()
    network = StreetNetwork(lines)
    built = (time.thread_time() - begun) * 1000
    after = resident()
    chance = random.Random(1)

    def place() -> tuple[float, float]:
        at = lines[chance.randrange(len(lines))].interpolate(chance.random(), normalized=True)
        return at.x, at.y

    targets = [(str(n), *place()) for n in range(TARGETS)]
    spent, straight, joined = [], [], 0
    for _ in range(ASKED):
        here = place()
        begun = time.thread_time()
        joined += len(network.nearest(*here, targets, NEAREST))
        spent.append((time.thread_time() - begun) * 1000)
        straight.append(
            timed(lambda here=here: sorted(metres(*here, lon, lat) for _, lon, lat in targets)[:NEAREST])  # type: ignore[misc]
        )
    title = f"{name} streets ({len(lines):,} lines)"
    return [
        figure(
            f"{title}: network built",
            *(built, "ms", None, None),
            junctions=network.junctions,
            stretches=network.stretches,
            memory_mb=round(after - before, 1),
        ),
        figure(
            f"{title}: nearest {NEAREST} of {TARGETS}, p95",
            *(p95(spent), "ms", statistics.median(straight), None),
            median=round(statistics.median(spent), 2),
            found=round(joined / ASKED, 2),
        ),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
