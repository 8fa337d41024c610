"""What the worker draws far out: counts that are right at once, in cities with and without divisions, on both stores; and that
it draws no more anew than what has changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from sqlalchemy import text

from tests.conftest import BOTH, copied
from tests.map.qgis_python import needs_qgis
from tests.map.test_client import CRS, Heard, around, stop
from workstation.map.client import MapClient
from workstation.store.database import Database

pytestmark = [pytest.mark.qgis, needs_qgis]

WIDTH, HEIGHT = 400, 300
AREAS = {50_000: "street", 30_000: "community", 8_000: "grid"}
"""A scale for each step of counting."""


@dataclass
class Desk:
    """A client that draws a city, and the city."""

    told: Heard
    database: Database
    place: tuple[float, float]

    def look(self, scale: float, hidden: frozenset[str] = frozenset()) -> QImage:
        """The picture at a scale."""
        metres = WIDTH * scale * 0.0254 / 96
        return self.told.picture(
            self.told.client.render("main", around(self.place, metres), WIDTH, HEIGHT, hidden=hidden)
        )

    def changed(self, layers: list[str]) -> QImage:
        """The picture of the same place after the worker has heard that these layers' data have changed."""
        self.told.frames.clear()
        self.told.client.reload(layers)
        return self.told.until(lambda: [f for f in self.told.frames if not f.partial])[0].image

    def counted(self) -> dict[str, Any]:
        """What the picture's count layer says of the place in the middle."""
        number = self.told.client.identify("main", *self.place, 1.0)
        result = self.told.until(lambda: [r for r in self.told.identified if r.request == number])[0]
        return next(f["attributes"] for f in result.features if f["layer"] == "grid_count")

    def do(self, statement: str, **values: Any) -> None:
        """One statement in the city."""
        with self.database.write() as conn:
            conn.execute(text(statement), values)

    def ask(self, statement: str, **values: Any) -> Any:
        """One value of the city."""
        with self.database.read() as conn:
            return conn.execute(text(statement), values).scalar_one()


@pytest.fixture(params=BOTH, scope="module")
def city(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, qapp: Any
) -> Iterator[Desk]:
    """A client that draws a copy of the demo city on one of the stores, at a component of which there are many."""
    for url in copied(request, tmp_path_factory.mktemp("counts"), "demo"):
        database = Database.open(url)
        client = MapClient(spare=False)
        told = Heard(client)
        try:
            client.start(database.worker_source(), CRS)
            yield Desk(told, database, busiest(database))
        finally:
            stop(client)
            database.close()


@pytest.fixture
def desk(city: Desk) -> Desk:
    """The same, of which nothing has been heard yet. What a test does to the city must not matter to the others."""
    city.told.frames.clear()
    city.told.identified.clear()
    city.told.broken.clear()
    return city


def busiest(database: Database) -> tuple[float, float]:
    """A place inside the grid that has the most components, in the map's CRS."""
    from pyproj import Transformer

    with database.read() as conn:
        lon, lat = conn.execute(
            text(
                "SELECT ST_X(ST_PointOnSurface(geom)), ST_Y(ST_PointOnSurface(geom)) FROM grid WHERE code ="
                " (SELECT grid_code FROM component WHERE state <> 'removed' GROUP BY grid_code"
                " ORDER BY count(*) DESC, grid_code LIMIT 1)"
            )
        ).one()
    return Transformer.from_crs("EPSG:4490", CRS, always_xy=True).transform(lon, lat)


def test_counts_far_out_are_right_at_once(desk: Desk) -> None:
    """At each of the three steps (by street office, community and grid) the first picture after a component has gone has one
    less, of the area that the picture's scale is counted by."""
    for scale, level in AREAS.items():
        desk.look(scale)
        before = desk.counted()
        column = "grid_code" if level == "grid" else f"(SELECT {level}_code FROM grid WHERE code = grid_code)"
        within = f"component WHERE state <> 'removed' AND {column} = :code"
        assert before["components"] == desk.ask(f"SELECT count(*) FROM {within}", code=before["code"])
        desk.do(
            f"UPDATE component SET state = 'removed' WHERE id = (SELECT min(id) FROM {within})",
            code=before["code"],
        )
        desk.changed(["component", "grid_count"])
        after = desk.counted()
        assert (after["code"], after["components"]) == (before["code"], before["components"] - 1)
    assert desk.told.broken == []


def test_without_divisions_each_grid_is_counted_by_itself(desk: Desk) -> None:
    """A city whose communities are not on the map shows the counts of its grids instead, and none is lost."""
    desk.do("UPDATE division SET code = '-' || code WHERE level = 'community'")
    try:
        desk.look(30_000)
        counted = desk.counted()
        total = desk.ask(
            "SELECT sum(components) FROM grid_count WHERE grid_code = :code", code=counted["code"]
        )
        assert counted["components"] == total
        desk.look(50_000)
        assert len(desk.counted()["code"]) < len(counted["code"]), "street offices are still there"
    finally:
        desk.do("UPDATE division SET code = substr(code, 2) WHERE level = 'community'")


def test_what_has_not_changed_is_not_drawn_anew(desk: Desk) -> None:
    """A picture of the same place takes those layers from the one before whose data have not changed; once the worker hears
    that they have, it reads them."""
    before = desk.look(3_500)
    desk.do("DELETE FROM building")
    assert desk.changed(["component"]) == before, "buildings were read again without need"
    without = desk.changed(["building"])
    assert without != before
    assert desk.look(3_500, frozenset({"building"})) == without
    assert desk.look(3_500) == without


def test_a_layer_that_fails_later_is_told_of_and_comes_back(desk: Desk) -> None:
    """A table that goes away while the map is looked at fails its layer by name, the others stay; when it is there again the
    layer is drawn as it was."""
    before = desk.look(3_500)
    desk.do("ALTER TABLE road RENAME TO road_away")
    without = desk.changed(["road"])
    assert without != before
    desk.told.until(lambda: desk.told.broken)
    assert [key for key, _ in desk.told.broken] == ["road"] and "unreadable" in desk.told.broken[0][1]
    assert desk.changed(["component"]) == without, "what is not drawn was kept as if it were good"
    desk.do("ALTER TABLE road_away RENAME TO road")
    assert desk.changed(["road"]) == before


def test_a_city_is_not_read_through_when_it_is_opened(demo_file: Path, tmp_path: Path, qapp: Any) -> None:
    """Opening a city for the first time notes where its layers lie from their indexes: SpatiaLite, which would look at every
    value of every row, is left nothing to find out."""
    path = tmp_path / "fresh.sqlite"
    with sqlite3.connect(f"file:{demo_file}?mode=ro", uri=True) as source, sqlite3.connect(path) as copy:
        source.backup(copy)
    with sqlite3.connect(path) as conn:
        conn.execute(
            "UPDATE geometry_columns_statistics SET last_verified = NULL, row_count = NULL, extent_min_x = NULL,"
            " extent_min_y = NULL, extent_max_x = NULL, extent_max_y = NULL"
        )
        conn.execute("DELETE FROM geometry_columns_field_infos")
    client = MapClient(spare=False)
    told = Heard(client)
    try:
        client.start({"kind": "spatialite", "path": str(path)}, CRS)
        told.until(lambda: told.ready)
        assert told.broken == []
    finally:
        stop(client)
    with sqlite3.connect(path) as conn:
        assert conn.execute("SELECT count(*) FROM geometry_columns_field_infos").fetchone() == (0,)
        rows = conn.execute(
            "SELECT row_count, extent_min_x, extent_max_y FROM geometry_columns_statistics"
            " WHERE f_table_name = 'component' AND f_geometry_column = 'geom' AND last_verified IS NOT NULL"
        ).fetchall()
    database = Database.open(str(path))
    with database.read() as conn:
        there = conn.execute(text("SELECT count(*), min(ST_X(geom)), max(ST_Y(geom)) FROM component")).one()
    database.close()
    assert rows == [pytest.approx(tuple(there), abs=1e-4)]
