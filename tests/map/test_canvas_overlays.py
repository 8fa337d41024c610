"""What others paint on the map: its order, what is hit first, hover, press, click and menu; tools that are added."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, MAP_CRS, NOW, Case, FakeClient
from tests.map.conftest import HOME, Hand
from workstation.map.canvas import MapCanvas, MapPlace
from workstation.map.overlay import CASES, HEAT, MOBILES, QUERY, Overlay, OverlayInUse
from workstation.map.overlay_cards import CardText
from workstation.map.tools import NavigateTool
from workstation.map.viewport import Extent, Viewport


class Spot(Overlay):
    """A square of one colour about a position, 40 pixels wide; it notes what is asked of it."""

    def __init__(self, canvas: MapCanvas, z: int, color: str = "#112233", lon: float = LON) -> None:
        self.z = z
        self.color = QColor(color)
        self.x, self.y = canvas.projection.point_to_map(lon, LAT)
        self.there = True
        self.takes = ""
        self.painted: list[QRectF] = []
        self.heard: list[str] = []

    def extent(self) -> Extent | None:
        return Extent(self.x, self.y, self.x, self.y) if self.there else None

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        self.painted.append(dirty)
        x, y = view.to_screen(self.x, self.y)
        painter.translate(x, y)
        painter.fillRect(QRectF(-20, -20, 40, 40), self.color)

    def hit(self, view: Viewport, x: float, y: float) -> object | None:
        sx, sy = view.to_screen(self.x, self.y)
        return "spot" if self.there and abs(sx - x) <= 20 and abs(sy - y) <= 20 else None

    def hover_card(self, hit: Any) -> CardText | None:
        return CardText(f"card of {hit}")

    def hovered(self, hit: Any | None) -> None:
        self.heard.append(f"over {hit}")

    def pressed(self, hit: Any, event: QMouseEvent) -> bool:
        self.heard.append("press")
        return self.takes == "press"

    def clicked(self, hit: Any, event: QMouseEvent) -> bool:
        self.heard.append("click")
        return self.takes == "click"

    def activated(self, hit: Any) -> bool:
        self.heard.append("open")
        return self.takes == "open"

    def add_actions(self, hit: Any, menu: QMenu) -> None:
        menu.addAction(f"do with {hit}")


def middle(canvas: MapCanvas) -> tuple[float, float]:
    """The pixel of the position where everything stands."""
    return canvas.view.to_screen(*canvas.projection.point_to_map(LON, LAT))


def seen(canvas: MapCanvas, dx: float = 0.0) -> str:
    """The colour on the screen beside that position."""
    x, y = middle(canvas)
    image = canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(round((x + dx) * ratio), round(y * ratio)).name()


def test_what_has_the_larger_z_lies_above(canvas: MapCanvas) -> None:
    """Whatever the order in which they come, and cases lie between: heat below them, mobiles above."""
    canvas.set_cases([Case("a")])
    plain = seen(canvas)
    above, below = Spot(canvas, MOBILES, "#102030"), Spot(canvas, HEAT, "#405060")
    canvas.add_overlay(above)
    canvas.add_overlay(below)
    assert seen(canvas) == "#102030"
    canvas.remove_overlay(above)
    assert seen(canvas) == plain
    assert seen(canvas, 19) == "#405060"


def test_what_is_out_of_sight_or_switched_off_is_not_painted(canvas: MapCanvas) -> None:
    """An overlay with nothing in view costs nothing; nor does one that is hidden, and it is not hit."""
    spot = Spot(canvas, QUERY)
    canvas.add_overlay(spot)
    canvas.grab()
    assert spot.painted
    spot.painted.clear()
    canvas.pan_by(5000, 0)
    canvas.grab()
    assert not spot.painted
    canvas.pan_by(-5000, 0)
    spot.visible = False
    canvas.grab()
    assert not spot.painted and canvas.overlay_at(QPointF(*middle(canvas))) is None
    spot.visible, spot.there = True, False
    canvas.grab()
    assert not spot.painted


def test_a_change_paints_the_part_that_changed(qtbot: QtBot, canvas: MapCanvas) -> None:
    """Told of 60 pixels, the canvas asks for those; and the next overlay starts from a painter as if it were the first."""
    spot = Spot(canvas, QUERY)
    canvas.add_overlay(spot)
    canvas.add_overlay(Spot(canvas, MOBILES))
    qtbot.wait(20)
    spot.painted.clear()
    x, y = middle(canvas)
    spot.changed(QRectF(x - 30, y - 30, 60, 60))
    qtbot.waitUntil(lambda: bool(spot.painted))
    assert spot.painted[-1].width() < 160
    spot.changed()
    qtbot.waitUntil(lambda: spot.painted[-1].width() >= canvas.width())


def test_an_overlay_belongs_to_one_canvas(qtbot: QtBot, canvas: MapCanvas) -> None:
    """A second canvas refuses it and says so, until the first has let go of it; closing lets go."""
    spot = Spot(canvas, QUERY)
    canvas.add_overlay(spot)
    canvas.add_overlay(spot)
    assert list(canvas.overlays).count(spot) == 1
    other = MapCanvas(FakeClient(), MAP_CRS, "other", now=lambda: NOW)
    qtbot.addWidget(other)
    with pytest.raises(OverlayInUse):
        other.add_overlay(spot)
    canvas.remove_overlay(spot)
    canvas.remove_overlay(spot)
    other.add_overlay(spot)
    other.shutdown()
    spot.changed()
    canvas.add_overlay(spot)


def test_the_uppermost_is_under_the_pointer(qtbot: QtBot, canvas: MapCanvas, hand: Hand) -> None:
    """Above the cases it hides them from the pointer, below them a case hides it; the card is that of what is there."""
    canvas.set_cases([Case("a")])
    above, below = Spot(canvas, MOBILES), Spot(canvas, QUERY)
    canvas.add_overlay(below)
    x, y = middle(canvas)
    hand.move(x, y, down=Qt.MouseButton.NoButton)
    assert canvas.cases.hovered is not None and canvas.over is None and not below.heard
    hand.move(x + 18, y + 18, down=Qt.MouseButton.NoButton)
    assert canvas.cases.hovered is None and below.heard == ["over spot"]
    canvas.add_overlay(above)
    hand.move(x, y, down=Qt.MouseButton.NoButton)
    assert canvas.hit(QPointF(x, y)) is None
    assert below.heard == ["over spot", "over None"] and above.heard == ["over spot"]
    qtbot.waitUntil(lambda: canvas._hover_card.text is not None, timeout=1500)
    assert canvas._hover_card.text is not None and canvas._hover_card.text.title == "card of spot"
    assert canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    canvas.remove_overlay(above)
    assert canvas._hover_card.text is None and canvas.over is None


def test_an_overlay_may_take_a_press_or_a_click(canvas: MapCanvas, hand: Hand) -> None:
    """What it takes the tool does not hear; what it leaves pans, selects and zooms as if it were not there."""
    canvas.set_cases([Case("far", LON + 0.02)])
    canvas.set_selection({"far"})
    spot = Spot(canvas, MOBILES)
    canvas.add_overlay(spot)
    x, y = middle(canvas)
    before = canvas.view
    spot.takes = "press"
    hand.press(x, y)
    assert canvas.busy_hand and canvas.fly_to(LON, LAT) is False
    hand.move(x + 80, y)
    hand.release(x + 80, y)
    assert canvas.view == before and not canvas.busy_hand and spot.heard == ["press"]
    spot.takes = "click"
    hand.click(x, y)
    assert canvas.cases.selection == {"far"} and spot.heard[-2:] == ["press", "click"]
    hand.drag((x, y), (x + 40, y), (x + 80, y))
    assert spot.heard.count("click") == 1 and canvas.view.cx == pytest.approx(before.cx - 80 * before.res)
    canvas.previous_view()
    spot.takes = ""
    x, y = middle(canvas)
    hand.click(x, y)
    assert canvas.cases.selection == frozenset()


def test_a_double_click_opens_or_zooms(canvas: MapCanvas, hand: Hand) -> None:
    """An overlay that opens its thing keeps the view; one that does not leaves the double click to the map."""
    spot = Spot(canvas, MOBILES)
    canvas.add_overlay(spot)
    point = QPointF(*middle(canvas)).toPoint()
    res = canvas.view.res
    spot.takes = "open"
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=point)
    assert canvas.view.res == res
    spot.takes = ""
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=point)
    assert canvas.view.res == pytest.approx(res / 2) and spot.heard.count("open") == 2


def test_tools_that_point_at_the_ground_see_no_overlays(
    canvas: MapCanvas, hand: Hand, fake_client: FakeClient
) -> None:
    """While a position is picked, a click on an overlay is that position."""
    spot = Spot(canvas, MOBILES)
    spot.takes = "press"
    canvas.add_overlay(spot)
    canvas.pick_point("")
    hand.click(*middle(canvas))
    assert fake_client.questions and not spot.heard


def test_the_menu_of_a_place(canvas: MapCanvas, hand: Hand) -> None:
    """It has what the overlay offers and what others add; where nobody offers anything there is none."""
    x, y = middle(canvas)
    assert canvas.menu_at(QPointF(x, y)) is None
    canvas.add_overlay(Spot(canvas, MOBILES))
    places: list[MapPlace] = []

    def add(menu: QMenu, place: MapPlace) -> None:
        places.append(place)
        menu.addAction("measure from here")

    canvas.menu_wanted.connect(add)
    menu = canvas.menu_at(QPointF(x, y))
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["do with spot", "measure from here"]
    assert (places[-1].lon, places[-1].lat) == pytest.approx((LON, LAT), abs=1e-6)
    menu.close()
    menu.deleteLater()
    hand.press(300, 300)
    assert canvas.menu_at(QPointF(x, y)) is None


def test_the_data_is_shared_and_the_overlays_are_not(qtbot: QtBot, canvas: MapCanvas) -> None:
    """Two windows paint the same people, each with an overlay of its own over one object."""
    people = {"at": (LON, LAT)}

    class People(Overlay):
        z = CASES + 1

        def __init__(self) -> None:
            self.painted = 0

        def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
            self.painted += len(people)

    other = MapCanvas(FakeClient(), MAP_CRS, "other", now=lambda: NOW)
    qtbot.addWidget(other)
    other.set_home(HOME)
    both = People(), People()
    for one, overlay in zip((canvas, other), both, strict=True):
        one.add_overlay(overlay)
        one.grab()
    assert all(overlay.painted for overlay in both)
    other.shutdown()


def test_a_tool_is_added(canvas: MapCanvas, hand: Hand) -> None:
    """It gets a button that takes it in hand, its presses reach it, and Esc gives the hand back."""

    class Stamp(NavigateTool):
        name = "stamp"
        cursor = Qt.CursorShape.CrossCursor

        def __init__(self, canvas: MapCanvas) -> None:
            super().__init__(canvas)
            self.places: list[tuple[float, float]] = []

        def click(self, event: QMouseEvent, add: bool) -> None:
            self.places.append(self.canvas.view.to_map(event.position().x(), event.position().y()))

    def sign(path: QPainterPath) -> None:
        path.addEllipse(QPointF(0, 0), 6, 6)

    canvas.add_tool(Stamp, sign, "盖章")
    button = canvas.controls.tools["stamp"]
    assert button.toolTip() == "盖章" and button.accessibleName() == "盖章"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert canvas.tool == "stamp" and button.isChecked()
    tool = canvas.tool_named("stamp")
    assert isinstance(tool, Stamp)
    hand.click(200, 150)
    assert tool.places == [pytest.approx(canvas.view.to_map(200, 150))]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.tool == "navigate" and not button.isChecked()
