"""Where the map looks: projection, viewport arithmetic, the way between two views, the history."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.map.canvas_world import LAT, LON, MAP_CRS
from workstation.map.scalebar import round_length
from workstation.map.transform import Projection
from workstation.map.viewport import Extent, ViewHistory, Viewport, between

VIEW = Viewport(500_000.0, 3_500_000.0, 2.0, 800, 600)


def test_degrees_and_metres_agree_both_ways() -> None:
    """Ten thousand positions come back from the map's metres to within a millimetre."""
    projection = Projection(MAP_CRS)
    lon = np.linspace(LON - 0.1, LON + 0.1, 10_000)
    lat = np.linspace(LAT - 0.1, LAT + 0.1, 10_000)
    back_lon, back_lat = projection.to_lonlat(*projection.to_map(lon, lat))
    assert np.abs(back_lon - lon).max() < 1e-8
    assert np.abs(back_lat - lat).max() < 1e-8


def test_the_central_meridian_is_at_half_a_million_metres() -> None:
    """The zone of 120° E has its false easting of 500 km there, as the standard's zone has."""
    x, _ = Projection("EPSG:4549").point_to_map(120.0, LAT)
    assert x == pytest.approx(500_000, abs=1e-3)


def test_the_scale_is_the_one_qgis_means() -> None:
    """At 96 dots an inch one metre a pixel is 1:3779.5, and resolution and scale are each other's inverse."""
    projection = Projection(MAP_CRS)
    assert projection.scale(1.0, 3_500_000) == pytest.approx(96 / 0.0254)
    assert projection.resolution(projection.scale(0.7, 0), 0) == pytest.approx(0.7)


def test_a_map_in_degrees_has_a_scale_too() -> None:
    """A metre is counted along the parallel, so the same degrees are fewer metres in the north."""
    projection = Projection("EPSG:4490")
    assert projection.metres_per_unit(60.0) == pytest.approx(projection.metres_per_unit(0.0) / 2, rel=1e-6)


def test_a_box_in_degrees_lies_inside_its_extent() -> None:
    """All corners and the bulging edges of a box in degrees are inside the map extent made for it."""
    projection = Projection(MAP_CRS)
    box = (LON - 1, LAT - 1, LON + 1, LAT + 1)
    extent = projection.bounds_to_map(box)
    for lon, lat in ((box[0], box[1]), (box[2], box[3]), (120.0, box[1]), (LON, box[3])):
        x, y = projection.point_to_map(lon, lat)
        assert extent.xmin - 30 <= x <= extent.xmax + 30
        assert extent.ymin - 30 <= y <= extent.ymax + 30


@pytest.mark.parametrize("pixel", [(0.0, 0.0), (400.0, 300.0), (799.0, 10.0)])
def test_zooming_keeps_the_place_under_the_pointer(pixel: tuple[float, float]) -> None:
    """Whatever the factor, the map position under the pixel is the same before and after."""
    before = VIEW.to_map(*pixel)
    for factor in (0.3, 1.4, 5.0):
        assert VIEW.zoomed(factor, *pixel).to_map(*pixel) == pytest.approx(before)


def test_the_place_under_the_pointer_rests_on_the_whole_way() -> None:
    """Not only at its end: at every moment of a zoom about a pixel the same place is under it."""
    pixel = (650.0, 90.0)
    target = VIEW.zoomed(4.0, *pixel)
    for share in np.linspace(0, 1, 21):
        assert between(VIEW, target, float(share)).to_map(*pixel) == pytest.approx(
            VIEW.to_map(*pixel), abs=1e-6
        )


def test_panning_moves_the_map_with_the_hand() -> None:
    """What was under the hand is under it afterwards."""
    moved = VIEW.panned(30, -12)
    assert moved.to_map(430, 288) == pytest.approx(VIEW.to_map(400, 300))


def test_a_fitted_extent_is_wholly_seen_and_in_the_middle() -> None:
    """A tall box in a wide window touches top and bottom, not the sides."""
    box = Extent(1000, 1000, 1200, 3000)
    view = VIEW.fitted(box, margin=0)
    assert view.extent.height == pytest.approx(2000)
    assert view.extent.center == pytest.approx(box.center)
    assert view.extent.width > box.width


def test_zoom_stops_at_its_limits() -> None:
    """No factor leads to a resolution of zero or to infinity."""
    assert VIEW.zoomed(1e12).res > 0
    assert math.isfinite(VIEW.zoomed(1e-12).res)


def test_back_leads_through_the_views_one_rested_on() -> None:
    """Three views, twice back, once forward; a new view after that forgets the way forward."""
    history = ViewHistory()
    far, near, other = VIEW, VIEW.zoomed(4), VIEW.panned(5000, 0)
    for view in (far, near, other):
        history.rested(view)
    assert history.back() == near
    assert history.back() == far
    assert history.back() is None
    assert history.forward() == near
    history.rested(VIEW.zoomed(16))
    assert history.forward() is None
    assert history.back() == near


def test_a_nudge_is_no_station_on_the_way_back() -> None:
    """A pan of a few pixels does not make one press Backspace twice."""
    history = ViewHistory()
    history.rested(VIEW)
    history.rested(VIEW.panned(3, 2))
    assert history.back() is None


@pytest.mark.parametrize(
    ("limit", "length"), [(0.9, 0.5), (1.0, 1.0), (149.0, 100.0), (260.0, 200.0), (7300.0, 5000.0)]
)
def test_the_scale_bar_has_a_round_length(limit: float, length: float) -> None:
    """One, two or five times a power of ten, never longer than there is room for."""
    assert round_length(limit) == pytest.approx(length)
