"""The density picture: reading the cases of a month and the inventory by grid, and computing the picture for a view.

Anchors are measured in the same run: of the cases, the same question put to the whole table without an index; of the inventory,
counting every component by grid; of the picture, one Gaussian a point, added up cell by cell. Times are processor time of the
asking thread on a file, and by the clock on a server.
``python benchmarks/heat.py [--db FILE] [--stores spatialite,postgis] [--components N] [--cases N]``
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np

from benchmarks import _big_city
from benchmarks._figures import figure
from benchmarks.finding import multiply
from workstation.map.overlay_heat import Points, breaks_of, density_image
from workstation.map.plane import Plane
from workstation.map.transform import Projection
from workstation.map.viewport import Viewport
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.store import raw
from workstation.workflow.event import format_instant, parse_instant

GOAL_READ, GOAL_PICTURE = 1000.0, 300.0
RADIUS = 800.0
SAMPLE = 300
"""Points that the anchor of the picture adds up; the rest is reckoned from them."""


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Densities of cases and components.")
    parser.add_argument("--db", type=Path, help="a city to copy and measure in, instead of making one")
    parser.add_argument("--stores", default="spatialite,postgis")
    parser.add_argument("--components", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000, help="multiply its cases to so many")
    args = parser.parse_args(argv)
    figures: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="workstation-bench-") as folder:
        path = _big_city.city(args.components, 10_000, 5_000, Path(folder), args.db)
        for store in args.stores.split(","):
            with _big_city.opened(store, path) as database:
                count = multiply(database, args.cases) if args.cases else 0
                figures += round_of(Services(database), store, count)
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    return 0


def timed(do: Callable[[], Any], kind: str) -> tuple[Any, float]:
    """What it gives, and milliseconds: of this thread's processor, of a server by the clock; the best of three."""
    clock = time.thread_time if kind == "spatialite" else time.perf_counter
    spent = []
    for _ in range(3):
        begun = clock()
        given = do()
        spent.append((clock() - begun) * 1000)
    return given, min(spent)


def round_of(services: Services, store: str, count: int) -> list[dict[str, object]]:
    """The figures of one store."""
    people, densities, kind = services.people, services.densities, services.db.kind
    actor = people.actor(people.with_post("dispatcher")[0].id, "dispatcher")
    with services.db.read() as conn:
        last = parse_instant(raw.all_rows(conn, "SELECT max(filed_at) FROM cases")[0][0])
    since = last - timedelta(days=30)
    month = CaseFilter(period="filed_at", since=since, until=last)
    read, spent = timed(lambda: densities.of_cases(month, actor), kind)
    _, scanned = timed(lambda: scan(services, format_instant(since), format_instant(last)), kind)
    grids, by_grid = timed(densities.of_components, kind)
    _, counted = timed(lambda: count_all(services), kind)
    return [
        figure(
            f"densities, {store}: {len(read):,} cases of a month of {count:,}",
            spent,
            "ms",
            scanned,
            GOAL_READ,
        ),
        figure(
            f"densities, {store}: the inventory in {len(grids):,} grids", by_grid, "ms", counted, GOAL_READ
        ),
        picture(services, read, store),
    ]


def scan(services: Services, since: str, until: str) -> int:
    """The same cases by looking at each."""
    query = "SELECT lon, lat FROM cases WHERE filed_at || '' >= ? AND filed_at || '' < ? AND lon IS NOT NULL"
    with services.db.read() as conn:
        return len(raw.all_rows(conn, query, (since, until)))


def count_all(services: Services) -> int:
    """Every component counted by its grid."""
    query = "SELECT grid_code, count(*) FROM component WHERE state <> 'removed' GROUP BY grid_code"
    with services.db.read() as conn:
        return len(raw.all_rows(conn, query))


def picture(services: Services, read: list[tuple[float, float, float]], store: str) -> dict[str, object]:
    """The picture of the whole city at 1920x1080, against a Gaussian for each point on the same cells."""
    projection = Projection(services.city.map_crs)
    west, south, east, north = services.city.extent
    plane = Plane(projection, services.city.extent)
    values = np.array(read, float).reshape(-1, 3)
    x, y = plane.to_map(values[:, 0], values[:, 1])
    points = Points(x, y, values[:, 2])
    (left, bottom), (right, top) = (
        projection.point_to_map(*place) for place in ((west, south), (east, north))
    )
    res = max((right - left) / 1920, (top - bottom) / 1080)
    view = Viewport((left + right) / 2, (bottom + top) / 2, res, 1920, 1080)
    _, spent = timed(
        lambda: density_image(points, view, RADIUS, breaks_of(points, RADIUS), False), "spatialite"
    )
    cell = max(5 * res, RADIUS / 10)
    columns, rows = np.meshgrid(np.arange(left, right, cell), np.arange(bottom, top, cell))

    def added() -> Any:
        total = np.zeros_like(columns)
        for at in range(min(SAMPLE, len(points))):
            total += np.exp(-((columns - x[at]) ** 2 + (rows - y[at]) ** 2) / (2 * (RADIUS / 2.5) ** 2))
        return total

    _, plain = timed(added, "spatialite")
    plain *= len(points) / max(1, min(SAMPLE, len(points)))
    return figure(f"the picture of {len(points):,} points, {store}", spent, "ms", plain, GOAL_PICTURE)


if __name__ == "__main__":
    raise SystemExit(main())
