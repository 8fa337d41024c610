"""The areas of the units: which lie under a position, what is painted of them, and how seldom."""

from __future__ import annotations

import pytest
import shapely
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, MAP_CRS, Unit, looks_like, unit_box
from workstation.map.dragging import Candidate, DropInfo, DropState
from workstation.map.overlay_palette import Palette
from workstation.map.overlay_unit_pictures import SLACK, AreaPainter
from workstation.map.overlay_units import UnitLayer
from workstation.map.transform import Projection
from workstation.map.viewport import Viewport

PROJECTION = Projection(MAP_CRS)
WEST = unit_box("west", LON - 0.03, LAT - 0.03, LON, LAT + 0.03, "清河街道办")
MIDDLE = unit_box("middle", LON - 0.01, LAT - 0.01, LON + 0.01, LAT + 0.01, "环卫公司")


def layer_of(*units: Unit) -> UnitLayer:
    """A layer with these units."""
    layer = UnitLayer(PROJECTION, Palette())
    layer.set_units(units)
    return layer


def view() -> Viewport:
    """A window of 800 x 600 over the city."""
    x, y = PROJECTION.point_to_map(LON, LAT)
    return Viewport(x, y, 10.0, 800, 600)


def painted(layer: UnitLayer, drop: DropState, seen: Viewport, *, names: bool = False) -> QImage:
    """The layer on white."""
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    layer.paint(painter, seen, 1.0, drop)
    if drop.active:
        layer.paint_lights(painter, seen, 1.0, drop)
    if names:
        layer.paint_names(painter, seen, QRectF(0, 0, 800, 600))
    painter.end()
    return image


def test_the_smaller_area_comes_first() -> None:
    """Where two areas hold a position both are told, the more local one first; outside there is none."""
    layer = layer_of(MIDDLE, WEST)
    assert layer.at(*PROJECTION.point_to_map(LON - 0.005, LAT)) == ["middle", "west"]
    assert layer.at(*PROJECTION.point_to_map(LON + 0.005, LAT)) == ["middle"]
    assert layer.at(*PROJECTION.point_to_map(LON + 0.2, LAT)) == []


def test_a_hole_is_not_the_area() -> None:
    """An area with a park cut out does not answer for the park."""
    outer = shapely.box(LON - 0.02, LAT - 0.02, LON + 0.02, LAT + 0.02)
    shape = outer.difference(shapely.box(LON - 0.005, LAT - 0.005, LON + 0.005, LAT + 0.005))
    layer = layer_of(Unit("ring", "环", "环", shapely.to_wkb(shape)))
    assert layer.at(*PROJECTION.point_to_map(LON, LAT)) == []
    assert layer.at(*PROJECTION.point_to_map(LON + 0.01, LAT)) == ["ring"]


def test_units_without_an_area_are_known_by_name() -> None:
    """Their name is told; they are nowhere on the map."""
    layer = layer_of(Unit("e1", "供电公司清和分公司", "供电公司", None), WEST)
    assert layer.name("e1") == "供电公司" and layer.name("nobody") == "nobody"
    assert layer.codes == ["west"]


def test_the_area_under_the_pointer_stands_out(qtbot: QtBot) -> None:
    """During a drag the target is filled; red when it would refuse the cases, and nothing else is."""
    layer, seen = layer_of(WEST, MIDDLE), view()
    drop = DropState()
    drop.begin(["a"])
    x, y = (round(v) for v in seen.to_screen(*PROJECTION.point_to_map(LON - 0.02, LAT)))
    before = painted(layer, drop, seen).pixelColor(x, y)
    drop.hover(["west"])
    blue = painted(layer, drop, seen).pixelColor(x, y)
    assert blue.blue() > blue.red() + 30 and blue != before
    drop.set_info({"west": DropInfo("W", [], allowed=False)})
    red = painted(layer, drop, seen).pixelColor(x, y)
    assert red.red() > red.blue() + 30
    drop.hover([])
    assert painted(layer, drop, seen).pixelColor(x, y) == before


def test_proposed_units_are_lit_before_anything_is_under_the_pointer(qtbot: QtBot) -> None:
    """The best candidate's area is tinted as soon as it is known."""
    layer, seen = layer_of(WEST, MIDDLE), view()
    drop = DropState()
    drop.begin(["a"])
    x, y = (round(v) for v in seen.to_screen(*PROJECTION.point_to_map(LON - 0.02, LAT)))
    before = painted(layer, drop, seen).pixelColor(x, y)
    drop.set_candidates([Candidate("west")])
    assert painted(layer, drop, seen).pixelColor(x, y) != before


def test_names_stand_beside_each_other(qtbot: QtBot) -> None:
    """Two units with the same middle have two names, one under the other, neither covering the other."""
    twin = unit_box("twin", LON - 0.011, LAT - 0.011, LON + 0.011, LAT + 0.011, "执法中队")
    layer, seen = layer_of(MIDDLE, twin), view()
    painted(layer, DropState(), seen, names=True)
    places = [(place, picture) for place, picture in layer._layers["names"].pictures]
    assert len(places) == 2
    (a, one), (b, two) = places
    assert abs(a.y() - b.y()) >= min(one.height(), two.height())


def test_a_small_pan_repaints_no_area(qtbot: QtBot) -> None:
    """Pulling the map moves the pictures; only beyond their margin, or at another scale, are they painted anew."""
    layer, seen, drop = layer_of(WEST), view(), DropState()
    painted(layer, drop, seen)
    first = layer._layers["areas"]
    moved = painted(layer, drop, seen.panned(SLACK - 1, 40))
    assert layer._layers["areas"] is first
    fresh = painted(layer_of(WEST), drop, seen.panned(SLACK - 1, 40))
    assert moved == fresh
    painted(layer, drop, seen.panned(SLACK + 1, 0))
    second = layer._layers["areas"]
    assert second is not first
    painted(layer, drop, seen.zoomed(2))
    assert layer._layers["areas"] is not second


def test_a_map_in_use_waits_for_no_outline(qtbot: QtBot) -> None:
    """Between paintings, a little at a time: the first painting shows no area, the last all of it, as if made at once; what was
    told of other cases is never shown for these, and a drag that ends meanwhile changes nothing."""
    layer, seen, drop = layer_of(WEST, MIDDLE), view(), DropState()
    layer.patient = True
    drop.begin(["a"])
    drop.set_info({"west": DropInfo("W", [], allowed=False)})
    bare = painted(layer, drop, seen, names=True)
    assert bare == painted(layer_of(), drop, seen) and layer.owing
    assert not layer.make(0.0)
    told = DropState()
    told.begin(["a"])
    told.info, told.candidates = drop.info, drop.candidates
    drop.clear()
    turns = 2
    while not layer.make(0.0):
        turns += 1
    assert turns > 4 and not layer.owing
    whole = painted(layer, told, seen, names=True)
    assert whole == painted(layer_of(WEST, MIDDLE), told, seen, names=True) != bare
    other = DropState()
    other.begin(["b"])
    assert painted(layer, other, seen, names=True) == bare


def test_areas_are_scaled_with_a_zoom_under_way(qtbot: QtBot) -> None:
    """Until the outlines of the new scale are there the old ones lie where they belong, names in their own size."""
    layer, seen, drop = layer_of(WEST), view(), DropState()
    painted(layer, drop, seen)
    layer.patient = True
    near = seen.zoomed(1.5)
    x, y = (round(v) for v in near.to_screen(*PROJECTION.point_to_map(LON, LAT + 0.01)))
    old = painted(layer, drop, near, names=True)
    layer.make(10.0)
    new = painted(layer, drop, near, names=True)
    for image in (old, new):
        assert any(image.pixelColor(x + n, y).lightness() < 200 for n in range(-3, 4)), "its eastern edge"
    plate = layer._layers["names"].pictures[0]
    assert plate[1].width() > 40


def test_what_is_lit_follows_the_pointer_and_goes_with_the_drag(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The area under the pointer is lit and no other, drawn once as long as it stays; after the drag no picture of it is kept."""
    drawn: list[str] = []
    light = AreaPainter.paint_target
    monkeypatch.setattr(
        AreaPainter, "paint_target", lambda *args: (drawn.append(args[3].target), light(*args))[1]
    )
    boxes = [
        unit_box(f"u{n}", LON - 0.03 + n * 0.01, LAT - 0.02, LON - 0.02 + n * 0.01, LAT + 0.02)
        for n in range(6)
    ]
    layer, drop, seen = layer_of(*boxes), DropState(), view()
    drop.begin(["a"])
    places = [seen.to_screen(*PROJECTION.point_to_map(LON - 0.025 + n * 0.01, LAT)) for n in range(6)]
    dark = painted(layer, drop, seen)
    for n, box in enumerate(boxes):
        drop.hover([box.code])
        at_once = painted(layer, drop, seen)
        assert all(looks_like(painted(layer, drop, seen), at_once) for _ in range(2))
        assert drawn == [box.code for box in boxes[: n + 1]]
        lit = [at_once.pixel(round(x), round(y)) != dark.pixel(round(x), round(y)) for x, y in places]
        assert lit == [other == n for other in range(6)]
    layer.put_out()
    painted(layer, drop, seen)
    assert len(drawn) == len(boxes) + 1
