"""Places, units, people and photographs, on both stores."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import shapely
from PIL import Image
from shapely import Point
from sqlalchemy import insert, update

from tests import handmade
from tests.services.conftest import Desk
from workstation.services.centre.units import UnitLoad
from workstation.services.city import City, map_crs_for
from workstation.services.documents import photos
from workstation.services.errors import NotFound, PhotoRefused
from workstation.services.services import Services
from workstation.services.spatial.places import Plane
from workstation.store import tables

LON, LAT = handmade.WEST + 0.001, handmade.SOUTH + 0.001


def test_the_grid_of_a_point(town: Services) -> None:
    """A point is in the grid whose polygon holds it; on the common border in the first by code; outside in none."""
    west = town.places.grid_at(LON, LAT)
    assert west is not None
    assert (west.code, west.street, west.community, west.area_class) == (
        handmade.GRID_WEST,
        "城南街道",
        "南门社区",
        "core",
    )
    border = town.places.grid_at(handmade.MIDDLE, LAT)
    assert border is not None and border.code == handmade.GRID_WEST
    assert town.places.grid_at(LON, handmade.NORTH + 0.001) is None
    assert [grid.code for grid in town.places.grids()] == [handmade.GRID_WEST, handmade.GRID_EAST]


def test_a_grid_that_holds_no_longer(town: Services) -> None:
    """Grids that were replaced are neither found nor listed."""
    with town.db.write() as conn:
        conn.execute(
            update(tables.grid).where(tables.grid.c.code == handmade.GRID_WEST).values(valid_to="2026-10-01")
        )
    assert town.places.grid_at(LON, LAT) is None
    assert [grid.code for grid in town.places.grids()] == [handmade.GRID_EAST]


def test_components_near_a_point(town: Services) -> None:
    """The nearest come first, with their distance in metres; removed ones and other classes are left out."""
    step = 10 / 111_320.0
    with town.db.write() as conn:
        conn.execute(
            insert(tables.component),
            [
                handmade.component("far", geom=f"SRID=4490;POINT({LON} {LAT + 2 * step})"),
                handmade.component("near", geom=f"SRID=4490;POINT({LON} {LAT + step})", class_code="0203"),
                handmade.component("gone", geom=f"SRID=4490;POINT({LON} {LAT})", state="removed"),
                handmade.component("outside", geom=f"SRID=4490;POINT({LON} {LAT + 4 * step})"),
            ],
        )
    found = town.places.components_near(LON, LAT, 30)
    assert [item.code for item in found] == [handmade.MANHOLE, "near", "far"]
    assert [round(item.distance) for item in found] == [0, 10, 20]
    assert [item.code for item in town.places.components_near(LON, LAT, 30, "0203")] == ["near"]
    manhole = town.places.component(handmade.MANHOLE)
    assert manhole is not None and (manhole.lon, manhole.lat) == pytest.approx((LON, LAT))
    assert town.places.component("nothing") is None


def test_metres_are_metres() -> None:
    """The plane's distance agrees with the ellipsoid's within two parts in a thousand."""
    from pyproj import Geod

    for lon, lat in ((119.93, 32.46), (87.6, 43.8), (114.1, 22.5)):
        there = (lon + 0.004, lat + 0.003)
        exact = Geod(ellps="GRS80").inv(lon, lat, *there)[2]
        assert Plane(lon, lat).distance(Point(*there)) == pytest.approx(exact, rel=0.003)


def test_the_address_of_a_point(town: Services) -> None:
    """An address names the street office and the nearest road; far from every road only the office."""
    assert town.places.address_near(LON, LAT) == "城南街道南门大街"
    assert town.places.address_near(LON, handmade.NORTH - 0.0001) == "城南街道"
    assert town.places.address_near(0.0, 0.0) == ""


def test_open_cases_nearby(desk: Desk) -> None:
    """A new report shows the open cases of its class close by and of the last day, the nearest first."""
    here = desk.registered()
    near = desk.registered(lat=LAT + 0.0002)
    desk.registered(lat=LAT + 0.002)
    desk.registered(kind="event", class_code="0101")
    ended = desk.registered()
    desk.do("op1", "reject", ended, reason="重复")
    places = desk.services.places
    assert [row.id for row in places.nearby_cases(LON, LAT, "0101") if row.kind == "component"] == [
        here,
        near,
    ]
    desk.clock.instant += timedelta(hours=25)
    assert places.nearby_cases(LON, LAT, "0101") == []


def test_the_city_tells_its_settings(town: Services) -> None:
    """Name, code, CRS, centre and extent come back as they were written."""
    assert town.city == City(
        name="试验市试验区",
        district_code="329911",
        map_crs="EPSG:4549",
        center=(handmade.MIDDLE, handmade.SOUTH + 0.0025),
        extent=(handmade.WEST, handmade.SOUTH, handmade.EAST, handmade.NORTH),
    )


def test_settings_that_are_missing_come_from_the_data(town: Services) -> None:
    """Without settings the extent is that of the grids and the CRS the zone that the city lies in."""
    with town.db.write() as conn:
        conn.execute(tables.city.delete())
    again = Services(town.db)
    assert again.city.extent == pytest.approx(
        (handmade.WEST, handmade.SOUTH, handmade.EAST, handmade.NORTH), abs=1e-4
    )
    assert again.city.map_crs == "EPSG:4549"
    assert again.city.handbook == "national"


@pytest.mark.parametrize(
    ("lon", "lat", "crs"),
    [
        (120, 32, "EPSG:4549"),
        (114.3, 30.6, "EPSG:4547"),
        (75, 39, "EPSG:4534"),
        (-77, 38.9, "EPSG:32618"),
        (151, -33, "EPSG:32756"),
    ],
)
def test_the_zone_of_a_place(lon: float, lat: float, crs: str) -> None:
    """In China the 3-degree zone with its meridian nearest, elsewhere UTM, south of the equator the southern one."""
    assert map_crs_for(lon, lat) == crs


# ---- units --------------------------------------------------------------------------------------------------------


def test_units_with_their_areas(town: Services) -> None:
    """Active units come with their area as WKB, those without one with None."""
    units = {unit.code: unit for unit in town.units.all()}
    assert set(units) == set(handmade.UNITS)
    assert units["C"].area_wkb is None
    assert (units["S1"].parent, units["S1"].division) == ("D", "329911001")
    area = units["U2"].area_wkb
    assert area is not None and shapely.from_wkb(area).bounds == (
        handmade.MIDDLE,
        handmade.SOUTH,
        handmade.EAST,
        handmade.NORTH,
    )


def test_loads(desk: Desk) -> None:
    """A unit's load counts what it has in hand, what is overdue, and what falls due before midnight in Shanghai."""
    assert desk.services.units.loads() == {}
    first = desk.dispatched()
    desk.dispatched()
    loads = desk.services.units.loads()
    assert loads["U1"].open == 2 and loads["U1"].overdue == 0
    due = desk.services.cases.get(first).clock("dispose")
    assert due is not None and due.due_at is not None
    desk.clock.instant = due.due_at - timedelta(minutes=5)
    assert desk.services.units.loads()["U1"] == UnitLoad(open=2, overdue=0, due_today=2)
    desk.clock.instant = due.due_at + timedelta(minutes=30)
    assert desk.services.units.loads()["U1"].overdue == 2
    desk.do("rec1", "receive", first)
    desk.do("rec1", "feed_back", first, note="好了")
    assert desk.services.units.loads()["U1"].open == 1


# ---- people -------------------------------------------------------------------------------------------------------


def test_people_and_their_posts(town: Services) -> None:
    """Everybody with their posts; somebody who has left is nobody."""
    assert {person.id for person in town.people.all()} == set(handmade.STAFF)
    assert [person.id for person in town.people.with_post("receiver")] == ["rec1", "rec2", "recs", "recw"]
    assert town.people.posts_of("rec1") == ["receiver"]
    actor = town.people.actor("rec1", "receiver")
    assert (actor.name, actor.unit) == ("人员rec1", "U1")
    with pytest.raises(NotFound):
        town.people.actor("rec1", "dispatcher")
    with town.db.write() as conn:
        conn.execute(update(tables.person).where(tables.person.c.id == "rec1").values(active=False))
    with pytest.raises(NotFound):
        town.people.actor("rec1", "receiver")
    assert "rec1" not in {person.id for person in town.people.all()}


def test_the_collector_of_a_grid(town: Services) -> None:
    """Each grid has its collector; an unknown one has none."""
    found = town.people.collector_for(handmade.GRID_EAST)
    assert found is not None and found.id == "col2"
    assert town.people.collector_for("nowhere") is None


# ---- photographs --------------------------------------------------------------------------------------------------


def picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600)) -> bytes:
    """A photograph."""
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_a_photograph_is_kept(town: Services, kind: str, mime: str) -> None:
    """It comes back byte for byte, with a thumbnail of at most 256 pixels; the same one twice is kept once."""
    content = picture(kind)
    info = town.photos.add(content, "现场.jpg")
    assert (info.mime, info.width, info.height, info.size) == (mime, 800, 600, len(content))
    assert town.photos.add(content, "again") == info
    assert town.photos.content(info.sha256) == content
    small = Image.open(io.BytesIO(town.photos.thumbnail(info.sha256)))
    assert (small.format, small.size) == ("JPEG", (256, 192))


def test_what_is_no_photograph_is_refused(town: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing, words, a cut-off photograph, another format, too many bytes, too many pixels: each has its code."""
    whole = picture()

    def code(content: bytes) -> str:
        with pytest.raises(PhotoRefused) as refused:
            town.photos.add(content, "x")
        return refused.value.code

    assert code(b"") == "empty"
    assert code(b"MZ this is a program") == "not_a_photo"
    assert code(whole[: len(whole) // 2]) == "not_a_photo"
    assert code(picture("BMP")) == "wrong_format"
    monkeypatch.setattr(photos, "MAX_PIXELS", 1000)
    assert code(whole) == "too_many_pixels"
    monkeypatch.setattr(photos, "MAX_BYTES", 1000)
    assert code(whole) == "too_large"
    with pytest.raises(NotFound):
        town.photos.content("0" * 64)
