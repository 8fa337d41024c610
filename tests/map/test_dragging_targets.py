"""Targets of a drag, the card beside the pointer, boxes that add and take away, and the map by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, Case
from tests.map.conftest import Hand
from tests.map.test_dragging import NONE, Dragger, Place, city
from workstation.map.canvas import MapCanvas
from workstation.map.canvas_cursor import MarkerCursor
from workstation.map.dragging import DropInfo
from workstation.map.dragging_card import hung_rect, place_clear
from workstation.map.overlay import MOBILES, Overlay
from workstation.map.targets import Target
from workstation.map.viewport import Viewport

__all__ = ["city"]


class Crews(Overlay):
    """An overlay with one crew on it that can be given cases."""

    z = MOBILES

    def __init__(self, at: tuple[float, float]) -> None:
        self.at = at

    def target_at(self, view: Viewport, x: float, y: float) -> Target | None:
        if abs(x - self.at[0]) > 12 or abs(y - self.at[1]) > 12:
            return None
        return Target("crew", "c7", "机动七号", "middle", *self.at, 12)


def test_a_crew_is_meant_before_the_area_it_stands_in(qtbot: QtBot, city: MapCanvas, place: Place) -> None:
    """What an overlay names under the pointer gets the cases; what it would mean is asked for once."""
    at = place(LON - 0.005, LAT)
    city.add_overlay(Crews(at))
    asked: list[Target] = []
    city.drops.pointed.connect(asked.append)
    drag = Dragger(city, ["a", "b"])
    drag.enter(at[0] + 4, at[1])
    drag.move(at[0] + 5, at[1])
    assert [target.key for target in asked] == ["crew:c7"]
    assert city.drops.card is not None and city.drops.card.title == "机动七号"
    with qtbot.waitSignal(city.drops.given) as given, qtbot.assertNotEmitted(city.cases_dropped):
        drag.drop(*at)
    assert given.args[0] == ["a", "b"] and given.args[1].unit == "middle"


def test_letting_go_where_areas_overlap_asks_which(qtbot: QtBot, city: MapCanvas, place: Place) -> None:
    """Two units would take the cases: a menu asks instead of guessing; key 2 answers, and nothing went before."""
    dropped: list[tuple[object, str]] = []
    city.cases_dropped.connect(lambda ids, unit: dropped.append((ids, unit)))
    drag = Dragger(city, ["a"])
    drag.enter(*place(LON - 0.005, LAT))
    city.set_drop_info({"west": DropInfo("清河街道办", load="在办 4")})
    drag.drop(*place(LON - 0.005, LAT))
    menu = city.drops.menu
    assert menu is not None and dropped == []
    assert city.drops.state.active, "what is asked about stays lit"
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_2)
    assert dropped == [(["a"], "west")]
    assert city.drops.menu is None and not city.drops.state.active


def test_who_would_refuse_is_not_asked_about(qtbot: QtBot, city: MapCanvas, place: Place) -> None:
    """In the overlap of a unit that would take the cases and one that would not, only the first can be meant."""
    drag = Dragger(city, ["a"])
    drag.enter(*place(LON - 0.005, LAT))
    city.set_drop_info({"middle": DropInfo("环卫公司", refused=["该类别不属其职责"], allowed=False)})
    with qtbot.waitSignal(city.cases_dropped) as dropped:
        drag.drop(*place(LON - 0.005, LAT))
    assert dropped.args == [["a"], "west"]


def test_leaving_the_question_open_sends_nothing(qtbot: QtBot, city: MapCanvas, place: Place) -> None:
    """Esc on the menu: the drag is over and nothing went."""
    drag = Dragger(city, ["a"])
    drag.enter(*place(LON - 0.005, LAT))
    drag.drop(*place(LON - 0.005, LAT))
    menu = city.drops.menu
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    with qtbot.assertNotEmitted(city.cases_dropped):
        qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not city.drops.state.active


def test_a_badge_means_its_unit_and_nothing_below_it(qtbot: QtBot, city: MapCanvas, place: Place) -> None:
    """The plate with a unit's name is a target of its own, also where other areas lie under it."""
    drag = Dragger(city, ["a"])
    drag.enter(*place(LON - 0.03, LAT))
    qtbot.waitUntil(
        lambda: city.units.badge_box(city.view, "middle") is not None
    )  # painted, after the outlines
    box = city.units.badge_box(city.view, "middle")
    assert box is not None
    drag.move(box.center().x(), box.center().y())
    assert city.drops.state.here == ("middle",) and city.drops.state.pointed is not None
    with qtbot.waitSignal(city.cases_dropped) as dropped:
        drag.drop(box.center().x(), box.center().y())
    assert dropped.args == [["a"], "middle"]


def test_the_card_hides_neither_pointer_nor_target(city: MapCanvas, place: Place) -> None:
    """Wherever the pointer is, even in a corner, the card lies beside it, beside what hangs on it and beside the marker."""
    size, area = QSize(300, 180), QRect(0, 0, 800, 600)
    last = 0
    for x in range(10, 800, 60):
        for y in range(10, 600, 55):
            point = QPoint(x, y)
            marker = QRect(x - 12, y - 12, 24, 24)
            last, corner = place_clear(point, size, area, [hung_rect(point, 3), marker], last)
            card = QRect(corner, size)
            assert area.contains(card)
            assert not card.contains(point) and not card.intersects(marker), (x, y, card)


def test_with_shift_a_box_adds_and_with_alt_it_takes_away(city: MapCanvas, hand: Hand, place: Place) -> None:
    """The three gestures of a box; the count is said while it is drawn."""
    city.set_tool("select_box")
    none, shift, alt = (getattr(Qt.KeyboardModifier, f"{k}Modifier") for k in ("No", "Shift", "Alt"))
    left, right = place(LON - 0.03, LAT + 0.01), place(LON - 0.01, LAT - 0.01)
    hand.drag(left, right, keys=none)
    assert city.cases.selection == {"c"}
    hand.drag(place(LON + 0.01, LAT + 0.01), place(LON + 0.03, LAT - 0.01), keys=shift)
    assert city.cases.selection == {"b", "c"}
    hand.press(*left, keys=alt)
    hand.move(*right, keys=alt)
    assert city.tool_named("select_box")._said == "减去 1 件 · 余 1 件"
    hand.release(*right, keys=alt)
    assert city.cases.selection == {"b"}


class TestKeyboard:
    """The map without a mouse."""

    @pytest.fixture
    def cursor(self, city: MapCanvas) -> MarkerCursor:
        """The ring of the canvas."""
        city.setFocus()
        return MarkerCursor(city)

    def test_markers_are_gone_through_chosen_and_dispatched(
        self, qtbot: QtBot, city: MapCanvas, cursor: MarkerCursor
    ) -> None:
        """Tab goes to a marker, arrows to its neighbours, Space chooses, Enter asks who gets what is chosen."""
        qtbot.keyClick(city, Qt.Key.Key_Tab)
        assert len(cursor.ids) == 1
        while cursor.ids != {"a"}:
            qtbot.keyClick(city, Qt.Key.Key_Tab)
        qtbot.keyClick(city, Qt.Key.Key_Right)
        assert cursor.ids == {"b"}
        before = city.view
        qtbot.keyClick(city, Qt.Key.Key_Space)
        qtbot.keyClick(city, Qt.Key.Key_Left)
        qtbot.keyClick(city, Qt.Key.Key_Space)
        assert city.cases.selection == {"a", "b"} and city.view == before
        qtbot.keyClick(city, Qt.Key.Key_Space)
        assert city.cases.selection == {"b"}
        with qtbot.waitSignal(cursor.dispatch_wanted):
            qtbot.keyClick(city, Qt.Key.Key_D)

    def test_without_a_ring_the_keys_are_the_maps(
        self, qtbot: QtBot, city: MapCanvas, cursor: MarkerCursor
    ) -> None:
        """Arrows pan while no marker is in the ring; Esc puts the ring away, and the next Tab is nobody's here."""
        before = city.view
        qtbot.keyClick(city, Qt.Key.Key_Right)
        assert city.view != before
        qtbot.keyClick(city, Qt.Key.Key_Tab)
        assert cursor.ids
        qtbot.keyClick(city, Qt.Key.Key_Escape)
        assert not cursor.ids
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, NONE)
        assert not cursor.key(event), "so the focus goes on to the next widget"

    def test_what_is_in_the_ring_is_dispatched_where_nothing_is_chosen(
        self, qtbot: QtBot, city: MapCanvas, cursor: MarkerCursor
    ) -> None:
        """D alone means the marker one is at; with nothing at all it means nothing."""
        with qtbot.assertNotEmitted(cursor.dispatch_wanted):
            qtbot.keyClick(city, Qt.Key.Key_D)
        qtbot.keyClick(city, Qt.Key.Key_Tab)
        at = cursor.ids
        with qtbot.waitSignal(cursor.dispatch_wanted):
            qtbot.keyClick(city, Qt.Key.Key_D)
        assert city.cases.selection == at

    def test_a_group_is_one_stop_and_chosen_whole(
        self, qtbot: QtBot, city: MapCanvas, cursor: MarkerCursor
    ) -> None:
        """Cases that stand together are gone to once; Space chooses all of them, and Space again none."""
        together = [Case(f"g{n}", LON + n * 1e-6) for n in range(6)]
        city.set_cases([*together, Case("far", LON + 0.03)])
        assert sorted(len(stop.ids) or 1 for stop in cursor.stops()) == [1, 6]
        while len(cursor.ids) != 6:
            qtbot.keyClick(city, Qt.Key.Key_Tab)
        qtbot.keyClick(city, Qt.Key.Key_Space)
        assert city.cases.selection == {case.id for case in together}
        qtbot.keyClick(city, Qt.Key.Key_Space)
        assert city.cases.selection == frozenset()
