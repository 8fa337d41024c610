"""Parts of the map's painting that are kept while a gesture goes over them: they show what painting them anew would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, Case, FakeClient, looks_like, unit_box
from workstation.map.canvas import MapCanvas
from workstation.map.dragging import DropInfo
from workstation.map.kept import KeptLayer, KeptPatch
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


def painted(
    layer: KeptLayer, view: Viewport, key: object, spots: Spots, slack: int = 0, ratio: float = 1.0
) -> QImage:
    image = QImage(round(view.width * ratio), round(view.height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    layer.paint(painter, view, ratio, key, spots, slack)
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


def test_memory_that_is_larger_than_the_picture_shows_nothing_else(qapp: object) -> None:
    """Memory got beforehand, or left from a wider picture, changes nothing of what is painted, on dense screens neither."""
    for ratio in (1.0, 1.5):
        view, spots = Viewport(0.0, 0.0, 1.0, 200, 100), Spots()
        layer = KeptLayer()
        layer.get_memory(view, ratio, 80)
        for slack in (80, 0, 30):
            seen = [painted(layer, view, slack, spots, slack, ratio) for _ in range(2)]
            anew = painted(KeptLayer(), view, "b", Spots(), 0, ratio)
            assert all(looks_like(image, anew) for image in seen)


def test_a_patch_is_drawn_once_and_only_in_its_box(qapp: object) -> None:
    """Drawn anew for another key or view; nothing of it, or of a larger one before, is seen beside its box."""
    patch, view = KeptPatch(), Viewport(0.0, 0.0, 1.0, 200, 100)
    times: list[str] = []

    def shown(key: str, box: QRectF, colour: str, seen: Viewport = view) -> QImage:
        def draw(painter: QPainter) -> None:
            times.append(key)
            painter.fillRect(QRectF(-500, -500, 1000, 1000), QColor(colour))

        image = QImage(seen.width, seen.height, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        patch.paint(painter, seen, 1.0, key, box, draw)
        painter.end()
        return image

    def filled(box: QRect, colour: str) -> QImage:
        image = QImage(200, 100, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.fillRect(box, QColor(colour))
        painter.end()
        return image

    wide = QRectF(-40, -40, 400, 400)
    assert (
        shown("a", wide, "#336699") == shown("a", wide, "#FF0000") == filled(QRect(0, 0, 200, 100), "#336699")
    )
    assert shown("b", QRectF(20, 10, 30, 40), "#108020") == filled(QRect(20, 10, 30, 40), "#108020")
    assert times == ["a", "b"]
    shown("b", QRectF(20, 10, 30, 40), "#108020", view.panned(5, 0))
    patch.forget()
    assert shown("b", QRectF(300, 10, 30, 40), "#108020") == filled(QRect(), "#108020")
    assert times == ["a", "b", "b"], "what is outside the window was drawn"


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
