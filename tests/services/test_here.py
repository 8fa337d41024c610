"""Everything at a point, what a measure snaps to, nearest crews with and without streets, and files of what was found."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from sqlalchemy import insert

from tests import handmade
from tests.services.conftest import Desk
from workstation.services.spatial.export import export_found, export_tracks
from workstation.services.spatial.here import here, nearest_crews, snap
from workstation.services.spatial.plane import MetricPlane
from workstation.services.spatial.positions import Report, Track
from workstation.services.spatial.query import Asked, Cancelled
from workstation.services.spatial.street_network import StreetNetwork
from workstation.store import tables

LON, LAT = handmade.WEST + 0.001, handmade.SOUTH + 0.001


@pytest.fixture
def crews(desk: Desk) -> Desk:
    """Three crews east of the point, one of them silent; and one that is off duty."""
    now = desk.clock.instant
    rows = [
        ("near", 0.001, 1, "duty"),
        ("far", 0.003, 1, "task"),
        ("silent", 0.0005, 30, "duty"),
        ("off", 0.0002, 1, "off"),
    ]
    with desk.services.db.write() as conn:
        conn.execute(
            insert(tables.mobile),
            [{"id": key, "kind": "crew", "name": key, "unit_code": "U1", "active": True} for key, *_ in rows],
        )
    desk.services.positions.report(
        [
            Report(key, now - timedelta(minutes=ago), LON + east, LAT, doing=doing)
            for key, east, ago, doing in rows
        ]
    )
    return desk


def test_what_is_at_a_point_and_who_sees_it(desk: Desk) -> None:
    case_id = desk.dispatched("U1")
    found = here(desk.services, LON, LAT, 30.0, desk.actor("dis1"))
    assert [row.id for row in found.cases] == [case_id] and found.more_cases == 0
    assert found.grid is not None and found.grid.code == handmade.GRID_WEST
    assert {item.level for item in found.divisions} <= {"district", "street", "community"}
    assert not here(desk.services, LON, LAT, 30.0, desk.actor("rec2")).cases
    nothing = here(desk.services, LON + 1, LAT, 30.0, desk.actor("dis1"))
    assert nothing.grid is None and not nothing.components and nothing.road is None


def test_a_measure_snaps_to_a_component_before_a_corner(desk: Desk) -> None:
    component = desk.services.places.component(handmade.MANHOLE)
    assert component is not None
    assert snap(desk.services, component.lon + 2e-5, component.lat, 10) == (component.lon, component.lat)
    corner = snap(desk.services, handmade.WEST + 1e-5, handmade.SOUTH + 1e-5, 5)
    assert corner == pytest.approx((handmade.WEST, handmade.SOUTH))
    assert snap(desk.services, LON + 1, LAT, 10) is None


def test_nearest_crews_along_streets_and_as_the_crow_flies(crews: Desk) -> None:
    services, actor = crews.services, crews.actor("dis1")
    # The street to the near one goes a long way round; it ends before the far one.
    street = shapely.LineString(
        [(LON, LAT), (LON, LAT + 0.004), (LON + 0.001, LAT + 0.004), (LON + 0.001, LAT)]
    )
    network = StreetNetwork([street])
    found = nearest_crews(services, LON, LAT, 5, actor, network)
    assert [crew.mobile.id for crew in found] == ["near", "far"]
    metres = 2 * 0.004 * 110_950 + 0.001 * 111_320 * np.cos(np.radians(LAT))
    assert (
        not found[0].straight
        and found[0].metres == pytest.approx(metres, rel=0.01)
        and len(found[0].way) >= 4
    )
    assert found[0].minutes == pytest.approx(found[0].metres / (25_000 / 60))
    assert nearest_crews(services, LON, LAT, 1, actor, network)[0].mobile.id == "near"
    straight = nearest_crews(services, LON, LAT, 5, actor, None)
    assert [crew.straight for crew in straight] == [True, True] and len(straight[0].way) == 2
    assert not nearest_crews(services, LON, LAT, 5, crews.actor("rec2"), network)


def test_a_plane_goes_there_and_back() -> None:
    chance = np.random.default_rng(1)
    points = np.column_stack([120 + chance.uniform(-0.2, 0.2, 50), chance.uniform(18, 53, 50)])
    plane = MetricPlane(120.0)
    assert np.abs(plane.degrees(plane.metres(points)) - points).max() < 1e-8
    assert plane.metres(np.array([[120.0, 30.0]]))[0] == pytest.approx([0.0, 3_320_113.398], abs=0.01)


# ---- files ----


def found_components(desk: Desk) -> Any:
    with desk.services.db.write() as conn:
        conn.exec_driver_sql("UPDATE component SET name = '=1+1' WHERE id = (SELECT min(id) FROM component)")
    area = desk.services.spatial.circle(LON, LAT, 20_000)
    return desk.services.spatial.find(Asked("component", area), desk.actor("dis1"))


TITLES = {"name": "名称", "code": "标识码", "lon": "经度", "lat": "纬度"}


def test_files_of_what_was_found_hold_no_formula(desk: Desk, tmp_path: Path) -> None:
    found, actor = found_components(desk), desk.actor("dis1")
    steps: list[int] = []
    for suffix in (".csv", ".xlsx", ".geojson"):
        path = tmp_path / f"out{suffix}"
        assert export_found(desk.services, found, path, TITLES, actor, progress=steps.append) == len(found)
    rows = list(csv.reader((tmp_path / "out.csv").open(encoding="utf-8-sig")))
    assert rows[0] == list(TITLES.values()) and len(rows) == len(found) + 1
    assert "'=1+1" in {row[0] for row in rows[1:]} and steps[-1] == len(found)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    texts = {node.text for node in sheet.iter(f"{space}t")}
    assert "'=1+1" in texts and not list(sheet.iter(f"{space}f"))
    assert len(list(sheet.iter(f"{space}row"))) == len(found) + 1
    features = json.loads((tmp_path / "out.geojson").read_text("utf-8"))["features"]
    assert len(features) == len(found) and features[0]["geometry"]["type"] == "Point"
    assert not list(tmp_path.glob("*.partial"))


def test_an_export_that_is_stopped_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    found = found_components(desk)
    for suffix in (".csv", ".xlsx", ".geojson"):
        with pytest.raises(Cancelled):
            export_found(
                desk.services,
                found,
                tmp_path / f"x{suffix}",
                TITLES,
                desk.actor("dis1"),
                cancelled=lambda: True,
            )
    assert not list(tmp_path.glob("x.*"))


def test_tracks_as_files_are_cut_at_gaps(tmp_path: Path) -> None:
    track = Track("m", np.array([0.0, 30.0, 900.0, 930.0, 2000.0]), np.full(5, 120.0), np.arange(5) * 1e-3)
    assert export_tracks([("张 & 李", track, 180.0)], tmp_path / "t.gpx") == 5
    gpx = ElementTree.parse(tmp_path / "t.gpx").getroot()
    space = "{http://www.topografix.com/GPX/1/1}"
    assert [len(list(piece)) for piece in gpx.iter(f"{space}trkseg")] == [2, 2, 1]
    assert gpx.find(f"{space}trk/{space}name").text == "张 & 李"  # type: ignore[union-attr]
    export_tracks([("张", track, 180.0)], tmp_path / "t.geojson")
    (feature,) = json.loads((tmp_path / "t.geojson").read_text("utf-8"))["features"]
    assert [len(line) for line in feature["geometry"]["coordinates"]] == [2, 2, 2]
    assert feature["properties"]["times"][0][0] == "1970-01-01T00:00:00Z"
