"""Parts of the map's painting that are kept while a gesture goes over them: they show what painting them anew would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, Case, FakeClient, looks_like, unit_box
from workstation.map.canvas import MapCanvas
from workstation.map.dragging import DropInfo
from workstation.map.kept import KeptLayer
from workstation.map.viewport import Viewport

Place = Callable[[float, float], tuple[float, float]]


class Spots:
    """Paints a spot at a place of the map, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, painter: QPainter, view: Viewport) -> None:
        self.times += 1
        x, y = view.to_screen(10.0, 20.0)
        painter.fillRect(QRectF(x - 5, y - 5, 10, 10), QColor("#C02030"))


def painted(layer: KeptLayer, view: Viewport, key: object, spots: Spots, slack: int = 0) -> QImage:
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    layer.paint(painter, view, 1.0, key, spots, slack)
    painter.end()
    return image


def test_it_is_painted_once_and_then_copied_as_far_as_it_reaches(qapp: object) -> None:
    """First at once, then as a picture; a pull within its margin only moves it, beyond that it is made anew."""
    layer, spots, view = KeptLayer(), Spots(), Viewport(0.0, 0.0, 1.0, 200, 100)
    direct = painted(layer, view, "a", spots, 50)
    assert painted(layer, view, "a", spots, 50) == direct == painted(layer, view, "a", spots, 50)
    assert spots.times == 2
    for pulled in (view.panned(30, 0), view.panned(30, -40)):
        assert painted(layer, pulled, "a", spots, 50) == painted(KeptLayer(), pulled, "b", Spots())
    assert spots.times == 2
    far = view.panned(51, 0)
    assert painted(layer, far, "a", spots, 50) == painted(KeptLayer(), far, "b", Spots())
    assert spots.times == 3


def test_what_looks_different_is_never_shown_as_it_was(qapp: object) -> None:
    """Another key, scale or window, or :meth:`forget`, and it is painted anew at once."""
    layer, spots, view = KeptLayer(), Spots(), Viewport(0.0, 0.0, 1.0, 200, 100)
    for _ in range(3):
        painted(layer, view, "a", spots)
    for other in ((view, "b"), (view.at(0.0, 0.0, 2.0), "b"), (view.resized(180, 100), "b")):
        before = spots.times
        painted(layer, *other, spots)
        assert spots.times == before + 1
    painted(layer, view, "b", spots)
    painted(layer, view, "b", spots)
    before = spots.times
    layer.forget()
    painted(layer, view, "b", spots)
    assert spots.times == before + 1


@pytest.fixture
def city(qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient) -> MapCanvas:
    """Two areas, three cases, and the frame that was asked for."""
    canvas.set_units(
        [
            unit_box("west", LON - 0.04, LAT - 0.03, LON, LAT + 0.03, "清河街道办"),
            unit_box("east", LON, LAT - 0.03, LON + 0.04, LAT + 0.03, "东关街道办"),
        ]
    )
    canvas.set_cases([Case("a"), Case("b", LON + 0.02), Case("c", LON - 0.02)])
    qtbot.waitUntil(lambda: bool(fake_client.of()))
    fake_client.answer(fake_client.of()[-1])
    return canvas


def settled(qtbot: QtBot, canvas: MapCanvas) -> QImage:
    canvas.grab()  # what has to be drawn is known when it has been wanted
    qtbot.waitUntil(lambda: not canvas.cases.owing and not canvas.units.owing, timeout=5000)
    return canvas.grab().toImage()


def test_a_drag_over_a_map_that_rests_looks_as_if_all_were_painted_anew(
    qtbot: QtBot, city: MapCanvas, place: Place, fake_client: FakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied pictures of ground and cases give the same pixels but for rounding; a new frame and new facts are seen at once."""
    calls: list[str] = []
    ground = MapCanvas._paint_ground
    monkeypatch.setattr(
        MapCanvas, "_paint_ground", lambda self, *args: (calls.append("ground"), ground(self, *args))[1]
    )
    city.drops._begin(["a"])
    city.drops.over(QPointF(*place(LON + 0.03, LAT)))
    settled(qtbot, city)
    city.drops._ground.forget()
    city.drops.forget_still()
    direct = city.grab().toImage()
    kept = [city.grab().toImage() for _ in range(3)]
    assert all(looks_like(image, direct) for image in kept)
    before = len(calls)
    assert looks_like(city.grab().toImage(), direct) and len(calls) == before, "the ground was painted anew"

    fake_client.answer(fake_client.of()[-1], "#305070")
    changed = settled(qtbot, city)
    assert changed != direct and changed.pixelColor(5, 300) != direct.pixelColor(5, 300)
    city.drops.set_info({"west": DropInfo("W", [], allowed=False), "east": DropInfo("E")})
    assert settled(qtbot, city) != changed
    city.drops.finish()
    assert settled(qtbot, city) != changed
