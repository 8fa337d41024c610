"""Questions about areas in a large city, on both stores: polygons with about a thousand and a hundred thousand components, all
of them; a page in the middle of an answer; everything at a point; the nearest crews along the streets.

Anchors are measured in the same run: of a polygon, plain ``ST_Within`` on the table for the same columns (the answers must be
the same); of a page, the same page counted off by OFFSET; of the nearest crews, the straight distances to all of them. The
figures are medians, processor time of the asking thread on a file and by the clock on a server.
``python benchmarks/spatial_query.py [--db FILE] [--stores spatialite,postgis] [--components N] [--times N]``
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shapely
from shapely.geometry.base import BaseGeometry

from benchmarks import _big_city
from benchmarks._figures import figure
from workstation.services.services import Services
from workstation.services.spatial.here import here, snap
from workstation.services.spatial.query import PAGE, Asked
from workstation.store import raw
from workstation.workflow.event import Actor

SIZES = (1_000, 100_000)
GOALS = {1_000: 100.0, 100_000: 2_000.0}
GOAL_ALL, GOAL_PAGE, GOAL_POINT, GOAL_CREWS = 10_000.0, 50.0, 50.0, 50.0
CREWS, NEAREST = 300, 5
SEED = 2026


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Components and cases in areas, and what is at a point.")
    parser.add_argument("--db", type=Path, help="a city to copy and measure in, instead of making one")
    parser.add_argument("--stores", default="spatialite,postgis")
    parser.add_argument("--components", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    args = parser.parse_args(argv)
    figures: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="workstation-bench-") as folder:
        path = _big_city.city(args.components, 10_000, 5_000, Path(folder), args.db)
        for store in args.stores.split(","):
            with _big_city.opened(store, path) as database:
                figures += round_of(Services(database), store, args.times)
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    return 0


def timed(do: Callable[[], Any], kind: str, times: int) -> tuple[Any, float]:
    """What the last gave, and the median in milliseconds."""
    clock = time.thread_time if kind == "spatialite" else time.perf_counter
    spent = []
    for _ in range(times):
        begun = clock()
        given = do()
        spent.append((clock() - begun) * 1000)
    return given, statistics.median(spent)


def round_of(services: Services, store: str, times: int) -> list[dict[str, object]]:
    """The figures of one store."""
    actor = Actor("bench", "bench", "dispatcher", "")
    spatial, kind = services.spatial, services.db.kind
    out = []
    shapes = {
        f"a polygon of about {count:,}": (star(services, actor, count), GOALS[count]) for count in SIZES
    }
    shapes["the whole city"] = (spatial.box(*services.city.extent), GOAL_ALL)
    for name, (shape, goal) in shapes.items():
        found, spent = timed(lambda s=shape: spatial.find(Asked("component", s), actor), kind, times)  # type: ignore[misc]
        plain, anchor = timed(lambda s=shape: within(services, s), kind, times)  # type: ignore[misc]
        if abs(len(found) - plain) > 2:  # a point on the very border is within for us and not for ST_Within
            raise SystemExit(f"{store}, {name}: {len(found)} found, {plain} within")
        title = f"{name}, {store}: {len(found):,} of {count_of(services):,}"
        out.append(figure(title, spent, "ms", anchor, goal))
    middle = len(found) // 2
    _, page = timed(lambda: spatial.rows(found, middle, middle + PAGE, actor), kind, times)
    _, offset = timed(lambda: page_by_offset(services, middle), kind, times)
    out.append(figure(f"a page in the middle, {store}", page, "ms", offset, GOAL_PAGE))
    centre = services.city.center
    _, point = timed(lambda: here(services, *centre, 60.0, actor), kind, 9)
    _, snapped = timed(lambda: snap(services, *centre, 10.0), kind, 9)
    out.append(figure(f"everything at a point, {store}", point, "ms", snapped, GOAL_POINT))
    out.append(crews(services, store))
    return out


def star(services: Services, actor: Actor, count: int) -> BaseGeometry:
    """A polygon with notches around the city's middle that holds about so many components."""
    spatial, centre = services.spatial, services.city.center
    low, high = 5.0, 20_000.0
    shape = spatial.circle(*centre, low)
    for _ in range(14):
        middle = (low + high) / 2
        ring = list(spatial.circle(*centre, middle).exterior.coords)[:-1:8]
        shape = spatial.polygon(
            [
                (centre[0] + (x - centre[0]) * share, centre[1] + (y - centre[1]) * share)
                for n, (x, y) in enumerate(ring)
                for share in ((1.0,) if n % 2 else (0.6,))
            ]
        )
        found = len(spatial.find(Asked("component", shape), actor))
        if abs(found - count) < count * 0.05:
            break
        low, high = (middle, high) if found < count else (low, middle)
    return shape


def within(services: Services, shape: BaseGeometry) -> int:
    """The same columns by ST_Within alone."""
    made = "ST_GeomFromText(?, 4490)" if services.db.kind == "postgis" else "GeomFromText(?, 4490)"
    with services.db.read() as conn:
        rows = raw.all_rows(
            conn,
            "SELECT id, ST_X(geom), ST_Y(geom), class_code, state FROM component"
            f" WHERE ST_Within(geom, {made}) AND state <> 'removed'",
            (shapely.to_wkt(shape, rounding_precision=-1),),
        )
    return len(rows)


def page_by_offset(services: Services, start: int) -> int:
    """A page of the whole table, counted off."""
    columns = (
        "id, code, class_code, name, state, grid_code, owner_code, maintainer_code, ST_X(geom), ST_Y(geom)"
    )
    query = f"SELECT {columns} FROM component ORDER BY id LIMIT {PAGE} OFFSET {start}"
    with services.db.read() as conn:
        return len(raw.all_rows(conn, query))


def count_of(services: Services) -> int:
    """How many components the city has."""
    with services.db.read() as conn:
        return int(raw.all_rows(conn, "SELECT count(*) FROM component")[0][0])


def crews(services: Services, store: str) -> dict[str, object]:
    """The nearest of some hundred crews along the city's streets, the network being there."""
    network = services.streets.get()
    west, south, east, north = services.city.extent
    chance = random.Random(SEED)

    def place() -> tuple[float, float]:
        return chance.uniform(west, east), chance.uniform(south, north)

    targets = [(str(n), *place()) for n in range(CREWS)]
    asked = [place() for _ in range(50)]
    spent, straight = [], []
    for lon, lat in asked:
        _, one = timed(lambda at=(lon, lat): network.nearest(*at, targets, NEAREST), "spatialite", 1)  # type: ignore[misc]
        spent.append(one)
        _, one = timed(
            lambda at=(lon, lat): sorted((x - at[0]) ** 2 + (y - at[1]) ** 2 for _, x, y in targets)[
                :NEAREST
            ],  # type: ignore[misc]
            "spatialite",
            1,
        )
        straight.append(one)
    spent.sort()
    title = f"the nearest {NEAREST} of {CREWS} crews along the streets, {store}: p95"
    return figure(title, spent[round(len(spent) * 0.95) - 1], "ms", statistics.median(straight), GOAL_CREWS)


if __name__ == "__main__":
    raise SystemExit(main())
