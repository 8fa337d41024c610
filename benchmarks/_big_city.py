"""Cities for the map's benchmarks: made once, kept in the user's cache, copied for each run.

A city of a million components takes minutes to make. It is kept under a name made of its sizes, of the recipe and of the code
that makes it, so that a change of either makes another. A run works on a copy: what lies in the cache, or was given by
``--db``, is not written to.
"""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from workstation import demo
from workstation.demo.recipe import RECIPE
from workstation.services.finding import index as finding_index
from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Services
from workstation.store import schema
from workstation.store.database import Database, parse_url
from workstation.workflow.event import Command

SEED = 2026
BATCH = 200
"""Cases that are registered in one transaction."""
ROOT = Path(__file__).resolve().parents[1]
KINDS = {
    "motorway": ("expressway", 30.0),
    "trunk": ("expressway", 26.0),
    "primary": ("main", 22.0),
    "secondary": ("secondary", 16.0),
    "tertiary": ("branch", 10.0),
}
"""OpenStreetMap's kinds of street as ours, with a width in metres; all others are lanes of six."""


def cache_folder() -> Path:
    """Where cities are kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "workstation" / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def key(components: int, grids: int, opened: int) -> str:
    """The name of a city of these sizes as this program makes it."""
    digest = hashlib.sha256(f"{components} {grids} {opened} {SEED}".encode())
    sources = [
        *sorted((ROOT / "workstation" / "demo").glob("*.py")),
        *sorted((ROOT / "workstation" / "store" / "migrations" / "versions").glob("*.py")),
        RECIPE,
        Path(__file__),
    ]
    for file in sources:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def city(components: int, grids: int, opened: int, folder: Path, ready: Path | None = None) -> Path:
    """A copy, in ``folder``, of a city of these sizes with at least ``opened`` open cases. ``ready`` is a city that is
    copied instead of making one; cases are opened in the copy."""
    copy = folder / f"city-{components}-{grids}.sqlite"
    kept = cache_folder() / f"{key(components, grids, opened)}.sqlite"
    if ready is not None:
        clone(ready, copy)
        modernise(copy)
        open_cases(copy, opened)
    else:
        if not kept.exists():
            make(kept, components, grids, opened)
        clone(kept, copy)
    return copy


def make(path: Path, components: int, grids: int, opened: int) -> None:
    """Makes a city and puts it into its place when it is whole."""
    begun = time.monotonic()
    print(f"making a city of {components} components, {grids} grids, {opened} open cases", file=sys.stderr)
    partial = path.with_name(path.stem + "-partial.sqlite")
    for file in (partial, Path(f"{partial}-wal"), Path(f"{partial}-shm")):
        file.unlink(missing_ok=True)
    database = Database.create(str(partial))
    demo.build(database, components=components, cases=min(opened, 1000), grids=grids, seed=SEED)
    database.close()
    open_cases(partial, opened)
    partial.rename(path)
    print(f"made in {time.monotonic() - begun:.0f} s, kept as {path}", file=sys.stderr)


def clone(source: Path, target: Path) -> None:
    """A copy of a city's file, with what waits in its journal, without writing to it."""
    reading = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    writing = sqlite3.connect(target)
    with reading, writing:
        reading.backup(writing)
    reading.close()
    writing.close()


def modernise(path: Path) -> None:
    """Brings a copy to this program's schema, and what is found by name up to date, as ``workstation db upgrade`` does."""
    database = Database(parse_url(str(path)))
    try:
        with database.write() as conn:
            schema.upgrade(conn)
            finding_index.refresh(conn)
    finally:
        database.close()


@contextmanager
def opened(store: str, city: Path) -> Iterator[Database]:
    """The city in this store, to be written to: a copy of the file, or moved to a server of its own."""
    if store == "spatialite":
        copy = city.with_name("measured.sqlite")
        clone(city, copy)
        database = Database.open(str(copy))
        try:
            yield database
        finally:
            database.close()
            copy.unlink()
        return
    from benchmarks._seat_server import durable
    from workstation.store.ops.move import move

    with durable() as server:
        url = server.create("city")
        move(str(city), url)
        database = Database.open(url)
        try:
            yield database
        finally:
            database.close()


def open_cases(path: Path, wanted: int) -> None:
    """Registers cases, as an operator does, at places of the city's components until so many are open."""
    services = Services(Database.open(str(path)))
    try:
        people = services.people
        operator = people.actor(people.with_post("operator")[0].id, "operator")
        there = services.lists.count(CaseFilter(open=True))
        places = _places(path, max(0, wanted - there))
        for first in range(0, len(places), BATCH):
            commands = [_registration(services, place) for place in places[first : first + BATCH]]
            services.cases.execute_many(commands, operator)
        there = services.lists.count(CaseFilter(open=True))
        if there < wanted:
            raise SystemExit(f"{wanted} cases should be open in {path}, {there} are")
    finally:
        services.close()


def _places(path: Path, count: int) -> list[tuple[float, float]]:
    """Places of components, all over the city."""
    from sqlalchemy import text

    if not count:
        return []
    database = Database.open(str(path))
    try:
        with database.read() as conn:
            last = int(conn.execute(text("SELECT max(id) FROM component")).scalar_one())
            chance = random.Random(SEED)
            found: list[tuple[float, float]] = []
            statement = text(
                "SELECT ST_X(geom), ST_Y(geom) FROM component WHERE id >= :id ORDER BY id LIMIT 1"
            )
            while len(found) < count:
                row = conn.execute(statement, {"id": chance.randint(1, last)}).one()
                found.append((float(row[0]), float(row[1])))
    finally:
        database.close()
    return found


def _registration(services: Services, place: tuple[float, float]) -> Command:
    data = {
        "kind": "event",
        "class_code": "0101",
        "source": "collector",
        "description": "路面有垃圾，影响通行",
        "address": "路口",
        "lon": place[0],
        "lat": place[1],
    }
    return Command("register", services.cases.new_case_id(), services.cases.new_command_id(), data, 0)


def real_streets(path: Path, file: Path) -> int:
    """Puts the lines of a GeoPackage (one layer, WGS 84 / UTM, a column ``highway``; names are left out) in the place of the
    city's roads, moved so that their middle is the city's; how many there are."""
    import shapely
    from pyproj import Transformer

    database = Database.open(str(path))
    try:
        kinds, shapes, crs = read_lines(file)
        to_degrees = Transformer.from_crs(crs, "EPSG:4490", always_xy=True)
        shapes = shapely.transform(shapes, lambda xy: _pairs(to_degrees, xy))
        with database.write() as conn:
            west, south, east, north = conn.exec_driver_sql(
                "SELECT min(ST_MinX(geom)), min(ST_MinY(geom)), max(ST_MaxX(geom)), max(ST_MaxY(geom)) FROM grid"
            ).one()
            x0, y0, x1, y1 = shapely.total_bounds(shapes)
            by = ((west + east - x0 - x1) / 2, (south + north - y0 - y1) / 2)
            shapes = shapely.transform(shapes, lambda xy: xy + by)
            conn.exec_driver_sql("DELETE FROM road")
            rows = [
                (number, "", *KINDS.get(kind.removesuffix("_link"), ("lane", 6.0)), shape)
                for number, (kind, shape) in enumerate(
                    zip(kinds, shapely.to_wkb(shapes), strict=True), start=1
                )
            ]
            conn.exec_driver_sql(
                "INSERT INTO road (id, name, kind, width_m, geom) VALUES (?, ?, ?, ?, GeomFromWKB(?, 4490))",
                rows,
            )
        return len(rows)
    finally:
        database.close()


def _pairs(transformer: Any, points: Any) -> Any:
    import numpy as np

    return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))


def read_lines(file: Path) -> tuple[list[str], Any, str]:
    """The kinds and the lines of a GeoPackage's one layer, and its coordinate system."""
    import shapely

    conn = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        table, srs = conn.execute(
            "SELECT table_name, srs_id FROM gpkg_contents WHERE data_type = 'features'"
        ).fetchone()
        found = list(_records(conn, table))
    finally:
        conn.close()
    return [kind for kind, _ in found], shapely.from_wkb([wkb for _, wkb in found]), f"EPSG:{srs}"


def _records(conn: sqlite3.Connection, table: str) -> Iterator[tuple[str, bytes]]:
    """Kind and WKB of each line: a GeoPackage puts a header of its own before it."""
    envelopes = (0, 32, 48, 48, 64)
    for kind, blob in conn.execute(f'SELECT highway, geom FROM "{table}"'):
        magic, _, flags = struct.unpack_from("2sBB", blob)
        if magic == b"GP":
            yield str(kind), blob[8 + envelopes[flags >> 1 & 7] :]
