"""Coordinates: all writings are read, offsets come back to where they were, and what is ambiguous is told as that."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.services.spatial import coordinates as c

WUHAN = (113.68, 29.97, 115.08, 31.36)
CRS = "EPSG:4547"  # CGCS2000, 114° E
lons = st.floats(73.6, 134.9)
lats = st.floats(18.1, 53.4)


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return 111_320 * math.hypot((a[0] - b[0]) * math.cos(math.radians(a[1])), a[1] - b[1])


@settings(max_examples=300, deadline=None)
@given(lons, lats)
def test_offsets_come_back_to_less_than_a_billionth_of_a_degree(lon: float, lat: float) -> None:
    """Going to GCJ-02 or BD-09 and back ends where it began."""
    for there, back in ((c.to_gcj02, c.from_gcj02), (c.to_bd09, c.from_bd09)):
        again = back(*there(lon, lat))
        assert abs(again[0] - lon) < 1e-9
        assert abs(again[1] - lat) < 1e-9


@settings(max_examples=200, deadline=None)
@given(lons, lats)
def test_offsets_are_as_large_as_they_are_known_to_be(lon: float, lat: float) -> None:
    """GCJ-02 lies up to some hundred metres off, BD-09 about a kilometre, and neither is the place itself."""
    assert 20 < metres((lon, lat), c.to_gcj02(lon, lat)) < 1000
    assert 300 < metres((lon, lat), c.to_bd09(lon, lat)) < 2500


def test_gcj02_at_places_that_are_published() -> None:
    """Shanghai, Shenzhen and Beijing, as published with the function, to a tenth of a metre; abroad nothing is moved."""
    for place, expected in (
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ):
        assert c.to_gcj02(*place) == pytest.approx(expected, abs=1e-6)
    assert c.to_gcj02(10.0, 50.0) == (10.0, 50.0)


@settings(max_examples=100, deadline=None)
@given(st.floats(113.7, 115.0), st.floats(30.0, 31.3), st.sampled_from(c.FORMS))
def test_what_is_written_is_read_again(lon: float, lat: float, form: str) -> None:
    """Each form that the map copies is found again within a metre, in the system it names."""
    readings = c.read(c.write(lon, lat, form, CRS), WUHAN, CRS)
    assert metres((lon, lat), (readings[0].lon, readings[0].lat)) < 1
    named = {"gcj02": "gcj02", "bd09": "bd09", "metres": "metres"}
    assert readings[0].system == named.get(form, "cgcs2000")
    assert readings[0].converted == (form in ("gcj02", "bd09"))


@pytest.mark.parametrize(
    "text",
    [
        "114.30, 30.59",
        "114.30 30.59",
        "30.59，114.30",
        "114.30、30.59",
        "（114.30；30.59）",
        "１１４．３０，３０．５９",
        "30°35′24″N 114°18′00″E",
        "30°35'24\"N, 114°18'E",
        "N30.59 E114.3",
        "e114.3,n30.59",
        "114.3E/30.59N",
        "北纬30度35分24秒，东经114度18分",
        "东经114.3°北纬30.59°",
        "lat: 30.59, lng: 114.3",
        "纬度=30.59 经度=114.3",
        "30°35.4′ 114°18′",
        "WGS84 114.3,30.59",
        "国家2000 114.3,30.59",
    ],
)
def test_degrees_in_all_writings(text: str) -> None:
    """However degrees are written and in whichever order, the first reading is the place in the city."""
    reading = c.read(text, WUHAN, CRS)[0]
    assert (reading.lon, reading.lat) == pytest.approx((114.30, 30.59), abs=1e-9)
    assert reading.near
    assert reading.system == "cgcs2000"


@pytest.mark.parametrize(
    "text",
    ["528800 3385200", "3385200, 528800", "38528800 3385200", "X=3385200 Y=38528800", "528800米，3385200米"],
)
def test_metres_with_and_without_the_zone_in_either_order(text: str) -> None:
    """Metres are those of the city's CRS, or of the zone whose number stands before the easting."""
    readings = c.read(text, WUHAN, CRS)
    assert len(readings) == 1
    assert metres(c.from_metres(528_800, 3_385_200, CRS), (readings[0].lon, readings[0].lat)) < 0.01
    assert readings[0].near
    assert readings[0].system == "metres"


def test_metres_of_six_degree_zones() -> None:
    """Zones of six degrees are known by their numbers too."""
    x, y = c.to_metres(114.3, 30.59, c.zone_crs(20))
    reading = c.read(f"{x:.3f} {y:.3f}", WUHAN, CRS)[0]
    assert metres((114.3, 30.59), (reading.lon, reading.lat)) < 0.01
    assert c.zone_crs(12) == c.zone_crs(46) == ""


@pytest.mark.parametrize("word", ["GCJ02 ", "gcj-02：", "高德", "腾讯地图 ", "火星坐标"])
def test_a_named_system_is_believed(word: str) -> None:
    """Where the text names GCJ-02, that is the only reading, and it is marked as converted."""
    x, y = c.to_gcj02(114.3, 30.59)
    readings = c.read(f"{word}{x:.9f},{y:.9f}", WUHAN, CRS)
    assert [r.system for r in readings] == ["gcj02"]
    assert readings[0].converted
    assert readings[0].said
    assert metres((114.3, 30.59), (readings[0].lon, readings[0].lat)) < 0.001
    assert [r.system for r in c.read("百度 114.31, 30.60", WUHAN)] == ["bd09"]


def test_bare_degrees_ask_which_system() -> None:
    """Numbers without a system are read in each, the national one first, hundreds of metres apart."""
    readings = c.read("114.30, 30.59", WUHAN, CRS)
    assert [r.system for r in readings] == ["cgcs2000", "gcj02", "bd09"]
    assert not readings[0].said
    assert metres((readings[0].lon, readings[0].lat), (readings[1].lon, readings[1].lat)) > 100


def test_order_is_asked_only_where_both_make_sense() -> None:
    """In the far west both numbers could be a latitude: the city decides; without a city near, both are given."""
    urumqi = (87.3, 43.6, 87.8, 44.0)
    assert {(round(r.lon), round(r.lat)) for r in c.read("43.8, 87.6", urumqi)} == {(88, 44)}
    far = c.read("WGS84 43.8, 87.6", WUHAN)
    assert [(r.lon, r.lat, r.near) for r in far] == [(43.8, 87.6, False), (87.6, 43.8, False)]


@pytest.mark.parametrize(
    "text",
    [
        *("", "建设路", "3299110137000001", "114.3", "1 2 3", "30°70′N 114°E", "N30 N31", "解放路12号"),
        *("114.3 30.59 吨", "200, 100", "12345 678", "N30N E114", "528800 99"),
    ],
)
def test_what_is_no_position(text: str) -> None:
    """Codes, addresses and broken angles are not taken for positions."""
    assert c.read(text, WUHAN, CRS) == []


def test_seconds_are_carried() -> None:
    """59.999 seconds are written as the next minute and not as sixty seconds."""
    assert c.write(114.0 + 59.9999 / 3600, -30.99999999, "dms", CRS) == "31°00′00.00″S 114°01′00.00″E"
