"""The map of a city of a million components beside QGIS's own canvas: whole frames at four scales, edits, memory.

Each city is drawn, in turns, by our worker (brought over the socket and taken as an image in the interface's thread) and by a
QgsMapCanvas in a process of its own, on SpatiaLite and on a PostGIS of the benchmark's own. What each side is asked to draw is
said in the figure's name: the map as it ships, which is laid out by scale (far out counts by street office, by community, by
grid; near symbols), or the same base with every component as a point at every scale, which is what a GIS clerk's project does:
as QGIS's plain round marker, the quickest there is, or in the components' own symbols, which far out takes QGIS minutes a
picture (``--symbols``: once).
``city`` shows all of the city, ``quarter`` a quarter of its area, ``district`` 1:8,000, ``street`` 1:1,500. Last comes the
scripted minute of map_minute.py on the same city.
``python benchmarks/map.py [--db FILE] [--components N] [--stores spatialite,postgis] [--streets FILE] [--quick]``
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtGui import QGuiApplication
from sqlalchemy import text

from benchmarks import _big_city
from benchmarks._figures import figure
from benchmarks._map_sides import (
    HEIGHT,
    MAP_CRS,
    WIDTH,
    Extent,
    Ours,
    Theirs,
    every_point,
    qgis_python,
    resident,
    window,
)
from workstation.store.database import Database

__all__ = ["main", "qgis_python"]

RATIO = 1.1
"""Bringing the picture into another process may cost a tenth."""
GROWTH = 1.5
TIMES_CITY, TIMES_QUARTER = 20.0, 10.0
DISTRICT, STREET = 8_000.0, 1_500.0
BACK_SECONDS = 3.0
WORKER_MB = 800.0
SMALL = 10_000
"""Components of the cities that the cost is compared with."""
PAN_PIXELS = 240
SCALES = ("city", "quarter", "district", "street")
OURS = {
    "city": "base, counts by street office",
    "quarter": "base, counts by community",
    "district": "base, counts by grid",
    "street": "base, components as symbols",
}
POINTS = {
    "dots": "base, every component as a plain round marker",
    "symbols": "base, every component in its symbol",
}
FAR = ("city", "quarter")


@dataclass(frozen=True)
class Place:
    """Where a city is looked at: its middle in the map's CRS, and the scales at which all and a quarter of it is seen."""

    x: float
    y: float
    whole: float

    def extents(self, scale: str, count: int) -> list[Extent]:
        """Windows at a scale, each some pixels beside the other: none is drawn before."""
        wanted = {"city": self.whole, "quarter": self.whole / 2, "district": DISTRICT, "street": STREET}[
            scale
        ]
        pixel = wanted * 0.0254 / 96
        return [window(self.x + 7 * step * pixel, self.y, wanted) for step in range(count)]


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="The map beside QGIS's own canvas.")
    parser.add_argument("--db", type=Path, help="a city's file, copied, instead of making one")
    parser.add_argument("--components", type=int, default=1_000_000)
    parser.add_argument("--grids", type=int, default=10_000)
    parser.add_argument("--open", type=int, default=5_000, help="open cases")
    parser.add_argument(
        "--streets", type=Path, help="a GeoPackage whose lines take the place of the city's roads"
    )
    parser.add_argument("--stores", default="spatialite,postgis")
    parser.add_argument("--pictures", type=int, default=200, help="drawn before the worker's memory is read")
    parser.add_argument("--rounds", type=int, default=3, help="pictures of each kind")
    parser.add_argument(
        "--symbols", action="store_true", help="the canvas with all symbols far out too: minutes"
    )
    parser.add_argument("--no-minute", action="store_true", help="leave the scripted minute out")
    parser.add_argument("--no-growth", action="store_true", help="leave the small cities out")
    parser.add_argument("--quick", action="store_true", help="20,000 components, no growth, no minute")
    parser.add_argument("--save", type=Path, help="a folder for pictures of what was drawn")
    args = parser.parse_args(argv)
    if args.quick:
        args.components, args.grids, args.open = 20_000, 240, 500
        args.no_minute = args.no_growth = True
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    with tempfile.TemporaryDirectory(prefix="workstation-bench-") as name:
        folder = Path(name)
        city = _big_city.city(args.components, args.grids, args.open, folder, args.db)
        if args.streets:
            print(f"{_big_city.real_streets(city, args.streets)} streets", file=sys.stderr)
        found: list[dict[str, Any]] = []
        problems: list[str] = []
        for store in args.stores.split(","):
            with _big_city.opened(store, city) as database:
                print(f"measuring on {store}", file=sys.stderr)
                found += measure(store, database, folder / store, args)
                if not args.no_minute:
                    try:
                        found += minute(f"{store}, {args.components:,} components", database)
                    except NotMeasured as error:  # what else was measured is not to be lost over it
                        problems.append(str(error))
        if not args.no_growth and "spatialite" in args.stores:
            found += growth(city, folder, args)
    del application
    print(json.dumps(found, indent=1, ensure_ascii=False))
    print("\n".join([summary(found), *problems]), file=sys.stderr)
    return 1 if problems else 0


class NotMeasured(Exception):
    """A part of the benchmark that failed."""


def summary(found: list[dict[str, Any]]) -> str:
    """How many goals were met, and a line for each that was not: what was measured, beside what, and the goal."""
    held = [item for item in found if item["met"] is not None]
    missed = [item for item in held if not item["met"]]
    lines = [f"{len(held) - len(missed)} of {len(held)} goals met"]
    for item in missed:
        beside = "" if item["anchor"] is None else f" beside {item['anchor']:g}"
        lines.append(
            f"not met: {item['figure']}: {item['value']:g} {item['unit']}{beside} (goal {item['goal']})"
        )
    return "\n".join(lines)


def place_of(database: Database) -> Place:
    """Where to look at a city: the middle of its grids, and the scale at which a window of our size holds them all."""
    from pyproj import Transformer

    ends = (
        "SELECT min(ST_XMin(geom)), min(ST_YMin(geom)), max(ST_XMax(geom)), max(ST_YMax(geom)) FROM grid"
        if database.kind == "postgis"
        else "SELECT min(ST_MinX(geom)), min(ST_MinY(geom)), max(ST_MaxX(geom)), max(ST_MaxY(geom)) FROM grid"
    )
    with database.read() as connection:
        west, south, east, north = connection.execute(text(ends)).one()
    to_map = Transformer.from_crs("EPSG:4490", MAP_CRS, always_xy=True)
    (x0, x1), (y0, y1) = to_map.transform((west, east), (south, north))
    pixel = max((x1 - x0) / WIDTH, (y1 - y0) / HEIGHT)
    return Place((x0 + x1) / 2, (y0 + y1) / 2, pixel * 96 / 0.0254)


def measure(store: str, database: Database, folder: Path, args: argparse.Namespace) -> list[dict[str, Any]]:
    """All figures of one city in one store."""
    folder.mkdir()
    place, source, rounds = place_of(database), database.worker_source(), args.rounds
    folders = {kind: every_point(folder, plain=kind == "dots") for kind in POINTS}
    size = f"{store}, {args.components:,} components"
    found: list[dict[str, Any]] = []

    ours, theirs = Ours(spare=True), Theirs(source, folder, folders["dots"])
    home = place.extents("city", 1)[0]
    our_first, _ = ours.first(source, home)
    their_first, _ = theirs.first(home)
    name = f"{size}, city: first whole frame, from starting the process, {OURS['city']} (anchor: canvas, {POINTS['dots']})"
    found.append(row(name, our_first, "s", their_first, None))
    ours.settle()
    for kind in POINTS:
        if kind != "dots":
            theirs = Theirs(source, folder, folders[kind])
            theirs.first(place.extents("street", 1)[0])
        for scale in SCALES:
            slow = kind == "symbols" and scale in FAR
            if slow and not args.symbols:
                continue
            pairs = [
                (ours.draw(e), theirs.draw(e)) for e in place.extents(scale, 2 if slow else rounds + 1)[1:]
            ]
            name = f"{size}, {scale}: whole frame, {OURS[scale]} (anchor: canvas, {POINTS[kind]})"
            found.append(row(name, *_medians(pairs), *_goal(kind, scale)))
        theirs.close()
    found += laid_out(size, place, source, folder, ours, rounds)
    for kind in POINTS:
        scales = SCALES if kind == "dots" else ("district", "street")
        found += every(size, place, source, folder, kind, folders[kind], scales, rounds)
    found += edits(size, place, database, ours, rounds)
    found += moving(size, place, ours, args.pictures)
    if args.save is not None:
        keep_pictures(ours, place, args.save, store)
    ours.close()
    return found


def _goal(kind: str, scale: str) -> tuple[float | None, float | None]:
    """The highest ratio and how many times faster that is: far out against the plain markers, which QGIS is quickest with; near
    against the symbols, which both draw."""
    times = {"city": TIMES_CITY, "quarter": TIMES_QUARTER}.get(scale)
    if times:
        return 1 / times, times
    return (RATIO if kind == "symbols" else None), None


def laid_out(
    size: str, place: Place, source: dict[str, Any], folder: Path, ours: Ours, rounds: int
) -> list[dict[str, Any]]:
    """Both draw the map as it ships."""
    found = []
    theirs = Theirs(source, folder)
    theirs.first(place.extents("street", 1)[0])
    for scale in SCALES:
        pairs = [(ours.draw(e), theirs.draw(e)) for e in place.extents(scale, rounds + 1)[1:]]
        name = f"{size}, {scale}: whole frame, both draw the map laid out by scale"
        found.append(row(name, *_medians(pairs), RATIO))
    theirs.close()
    return found


def every(
    size: str,
    place: Place,
    source: dict[str, Any],
    folder: Path,
    kind: str,
    points: Path,
    scales: Sequence[str],
    rounds: int,
) -> list[dict[str, Any]]:
    """Both draw every point: what our side is without its layout by scale."""
    found = []
    ours, theirs = Ours(points), Theirs(source, folder, points)
    ours.first(source, place.extents("street", 1)[0])
    theirs.first(place.extents("street", 1)[0])
    for scale in scales:
        pairs = [(ours.draw(e), theirs.draw(e)) for e in place.extents(scale, rounds + 1)[1:]]
        found.append(row(f"{size}, {scale}: whole frame, both draw {POINTS[kind]}", *_medians(pairs), None))
    theirs.close()
    ours.close()
    return found


def _medians(pairs: list[tuple[float, float]]) -> tuple[float, str, float]:
    return (
        statistics.median(pair[0] for pair in pairs),
        "ms",
        statistics.median(pair[1] for pair in pairs),
    )


def edits(size: str, place: Place, database: Database, ours: Ours, rounds: int) -> list[dict[str, Any]]:
    """A component is taken away: the next frame beside the one before. Then it stands again, as :func:`counted` expects."""
    found = []
    with database.read() as conn:
        near = _component_near(conn, database, place)
    for scale in SCALES:
        before, after = [], []
        for extent in place.extents(scale, rounds + 1)[1:]:
            before.append(ours.draw(extent))
            change = text("UPDATE component SET state = :state WHERE id = :id")
            with database.write() as conn:
                conn.execute(change, {"id": near, "state": "removed"})
            after.append(ours.redraw(["component", "grid_count"]))
            with database.write() as conn:
                conn.execute(change, {"id": near, "state": "intact"})
        name = f"{size}, {scale}: frame after one component has changed (anchor: the frame before)"
        found.append(row(name, statistics.median(after), "ms", statistics.median(before), RATIO))
    found.append(counted(size, place, database, ours, near))
    return found


def _component_near(conn: Any, database: Database, place: Place) -> int:
    from pyproj import Transformer

    lon, lat = Transformer.from_crs(MAP_CRS, "EPSG:4490", always_xy=True).transform(place.x, place.y)
    order = "(ST_X(geom) - :lon) * (ST_X(geom) - :lon) + (ST_Y(geom) - :lat) * (ST_Y(geom) - :lat)"
    statement = (
        f"SELECT id FROM component WHERE state = 'intact' AND grid_code IN (SELECT grid_code FROM component"
        f" WHERE ST_X(geom) BETWEEN :lon - 0.002 AND :lon + 0.002 AND ST_Y(geom) BETWEEN :lat - 0.002 AND :lat + 0.002)"
        f" ORDER BY {order} LIMIT 1"
    )
    return int(conn.execute(text(statement), {"lon": lon, "lat": lat}).scalar_one())


def counted(size: str, place: Place, database: Database, ours: Ours, component: int) -> dict[str, Any]:
    """At each of the three steps of counting, whether the first frame after a change has it in the count."""
    from pyproj import Transformer

    with database.read() as conn:
        lon, lat = conn.execute(
            text("SELECT ST_X(geom), ST_Y(geom) FROM component WHERE id = :id"), {"id": component}
        ).one()
    x, y = Transformer.from_crs("EPSG:4490", MAP_CRS, always_xy=True).transform(lon, lat)
    right = 0
    for scale in ("city", "quarter", "district"):
        ours.draw(place.extents(scale, 1)[0])
        before = int(ours.at(x, y, "grid_count")["components"])
        for state, by in (("removed", -1), ("intact", 1)):
            with database.write() as conn:
                conn.execute(
                    text("UPDATE component SET state = :s WHERE id = :id"), {"s": state, "id": component}
                )
            ours.redraw(["component", "grid_count"])
            now = int(ours.at(x, y, "grid_count")["components"])
            right += now == before + by
            before = now
    return {
        "figure": f"{size}: counts that are right in the first frame after a change, of 6",
        "value": right,
        "unit": "",
        "anchor": None,
        "ratio": None,
        "goal": "6",
        "met": right == 6,
    }


def moving(size: str, place: Place, ours: Ours, pictures: int) -> list[dict[str, Any]]:
    """The worker's memory after so many pictures at all scales, and how soon the map is back when it is killed."""
    extents = [extent for scale in SCALES for extent in place.extents(scale, pictures // len(SCALES))]
    for extent in extents:
        ours.draw(extent)
    held = resident(ours.pid)
    home = place.extents("district", 6)
    back = max(ours.back_after_kill(home) for _ in range(3))
    return [
        figure(f"{size}: worker's memory after {len(extents)} pictures", held, "MB", limit=WORKER_MB),
        figure(
            f"{size}, district: back after SIGKILL while panning, whole frame, longest of 3",
            back,
            "s",
            limit=BACK_SECONDS,
        ),
    ]


def minute(size: str, database: Database) -> list[dict[str, Any]]:
    """The scripted minute on this city."""
    program = Path(__file__).with_name("map_minute.py")
    if not program.exists():
        return []
    address = database.worker_source().get("path") or database.url
    done = subprocess.run(
        [sys.executable, str(program), "--db", str(address)], stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise NotMeasured(f"{size}: the scripted minute could not be measured; its words are above")
    return [{**item, "figure": f"{size}, minute: {item['figure']}"} for item in json.loads(done.stdout)]


def growth(city: Path, folder: Path, args: argparse.Namespace) -> list[dict[str, Any]]:
    """Our frames of the large city beside those of a city of 10,000 components: as large an area, and as dense."""
    dense_grids = max(12, round(args.grids * SMALL / args.components))
    small = {
        "the same area": _big_city.city(SMALL, args.grids, 0, folder),
        "the same density": _big_city.city(SMALL, dense_grids, 0, folder),
    }
    large = Database.open(str(city))
    at_large = place_of(large)
    found = []
    for what, path in small.items():
        database = Database.open(str(path))
        at_small = place_of(database)
        sides = [(Ours(), large, at_large), (Ours(), database, at_small)]
        for ours, drawn, place in sides:
            ours.first(drawn.worker_source(), place.extents("street", 1)[0])
        for scale in SCALES:
            series = zip(*(place.extents(scale, args.rounds + 3)[1:] for _, _, place in sides), strict=True)
            pairs = [(sides[0][0].draw(a), sides[1][0].draw(b)) for a, b in series]
            name = (
                f"spatialite, {scale}: whole frame of {args.components:,} components"
                f" (anchor: {SMALL:,} components, {what})"
            )
            found.append(row(name, *_medians(pairs), GROWTH))
        for ours, _, _ in sides:
            ours.close()
        database.close()
    large.close()
    return found


def row(
    name: str, value: float, unit: str, anchor: float, limit: float | None, times: float | None = None
) -> dict[str, Any]:
    """One figure against its anchor; ``limit`` is the highest ratio, said as ``times`` faster where that is given."""
    ratio = value / anchor
    goal = "" if limit is None else f"{times:g} times faster" if times else f"ratio <= {limit:g}"
    return {
        "figure": name,
        "value": round(value, 3),
        "unit": unit,
        "anchor": round(anchor, 3),
        "ratio": round(ratio, 4),
        "goal": goal,
        "met": None if limit is None else ratio <= limit,
    }


def keep_pictures(ours: Ours, place: Place, folder: Path, store: str) -> None:
    """Pictures of the scales that were measured."""
    folder.mkdir(parents=True, exist_ok=True)
    for scale in SCALES:
        ours.draw(place.extents(scale, 1)[0])
        ours.last[0].image.save(str(folder / f"map-{store}-{scale}.png"))


if __name__ == "__main__":
    sys.exit(main())
