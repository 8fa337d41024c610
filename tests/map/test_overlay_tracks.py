"""Tracks: what was told as lines, what was not as gaps that are never filled in, stops, and places at a moment."""

from __future__ import annotations

import numpy as np
import pytest

from tests.map.canvas_world import LAT, LON
from workstation.map.canvas import MapCanvas
from workstation.map.marks import MapNet, Marks
from workstation.map.overlay_query import QueryOverlay, Route
from workstation.map.overlay_tracks import TrackOverlay, Way, clock_text, place_at, placed, way_of

T0 = 1_763_600_000.0


def walked() -> tuple[np.ndarray, np.ndarray]:
    """Ten points half a minute apart, fifteen at one place, ten minutes of silence, five more points."""
    at = T0 + np.r_[np.arange(25) * 30.0, 25 * 30.0 + 600 + np.arange(5) * 30.0]
    east = np.r_[
        np.arange(10) * 4e-4, np.full(15, 36e-4) + np.resize([0, 1e-5], 15), 60e-4 + np.arange(5) * 4e-4
    ]
    return at, np.column_stack([LON + east, np.full(30, LAT)])


@pytest.fixture
def way(canvas: MapCanvas) -> Way:
    at, lonlat = walked()
    return placed(way_of("m", "张", at, lonlat), canvas.projection)


def test_gaps_and_stops(way: Way) -> None:
    assert np.flatnonzero(way.gaps).tolist() == [24]
    assert way.unknown_seconds == 630
    (stop,) = way.stops
    assert stop.begin == way.at[9] and stop.end == way.at[24]
    assert stop.lon == pytest.approx(LON + 36e-4, abs=1e-5)
    known = (9 + 4) * 4e-4 * 111_319 * np.cos(np.radians(LAT))
    assert way.metres == pytest.approx(known, rel=0.04)  # the leg of the gap is not counted


def test_where_it_was_at_a_moment(way: Way) -> None:
    x, _, known = place_at(way, T0 + 45) or (0, 0, False)
    assert known and x == pytest.approx((way.xy[1, 0] + way.xy[2, 0]) / 2)
    spot = place_at(way, way.at[24] + 200)
    assert spot is not None and not spot[2] and spot[0] == way.xy[24, 0]  # where it was last heard of
    assert place_at(way, T0 - 1) is None and place_at(way, way.at[-1] + 1) is None
    last = place_at(way, way.at[-1])
    assert last is not None and last[2]


def test_one_point_and_none() -> None:
    one = way_of("m", "张", np.array([T0]), np.array([[LON, LAT]]))
    assert one.metres == 0 and not one.stops and not len(one.gaps)
    none = way_of("m", "张", np.empty(0), np.empty((0, 2)))
    assert place_at(none, T0) is None
    assert clock_text(0.0) == "08:00"  # in China


def test_painted_and_hit(canvas: MapCanvas, way: Way) -> None:
    overlay = TrackOverlay(canvas.projection, canvas.palette_)
    canvas.add_overlay(overlay)
    canvas.fly_to(LON + 0.004, LAT, 8000)
    overlay.show([way])
    for moment in (None, T0 + 60, T0 + 75, way.at[24] + 100):
        overlay.set_moment(moment)
        canvas.grab()
    (stop,) = way.stops
    x, y = canvas.view.to_screen(*canvas.projection.point_to_map(stop.lon, stop.lat))
    hit = overlay.hit(canvas.view, x, y)
    assert hit == ("张", stop)
    assert (
        "8 分钟" in overlay.hover_card(hit).lines[1].text or "停留" in overlay.hover_card(hit).lines[1].text
    )
    assert overlay.hit(canvas.view, x + 60, y) is None
    overlay.show([])
    assert overlay.extent() is None


def test_what_was_found_is_marked_however_much(canvas: MapCanvas) -> None:
    overlay = QueryOverlay(canvas.projection, canvas.palette_)
    canvas.add_overlay(overlay)
    canvas.fly_to(LON, LAT, 5000)
    chance = np.random.default_rng(3)
    net = MapNet(canvas.projection, (LON - 0.02, LAT - 0.02, LON + 0.02, LAT + 0.02))
    for count in (5, 2000, 60_000):
        lon, lat = LON + chance.normal(0, 0.002, count), LAT + chance.normal(0, 0.002, count)
        xy = net.xy(lon, lat)
        assert np.abs(xy - np.column_stack(canvas.projection.to_map(lon, lat))).max() < 0.02
        overlay.show_marks(Marks(xy))
        canvas.grab()
    box = overlay.extent()
    assert box is not None and box.width > 1000
    ring = np.array([[LON, LAT], [LON + 0.001, LAT], [LON + 0.001, LAT + 0.001], [LON, LAT]])
    overlay.show_area([ring])
    overlay.choose([(LON, LAT)])
    overlay.show_routes([Route(((LON, LAT), (LON + 0.001, LAT)), "120 米", straight=True)])
    canvas.grab()
    overlay.clear()
    assert overlay.extent() is None
