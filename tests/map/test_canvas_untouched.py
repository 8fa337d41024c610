"""The view is never moved under the operator's hand: who may move it, when it fits itself, and the way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, Case
from tests.map.conftest import HOME, Hand
from workstation.map.canvas import MapCanvas

KEY = Qt.Key
FEW = [Case("a", LON + 0.02, LAT), Case("b", LON + 0.03, LAT + 0.005)]
MANY = [*FEW, Case("c", LON - 0.04, LAT - 0.02, state="closed")]


def holds(canvas: MapCanvas, *cases: Case) -> bool:
    """Whether the view shows all of these."""
    box = canvas.view.extent
    places = [canvas.projection.point_to_map(case.lon, case.lat) for case in cases]
    return all(box.xmin < x < box.xmax and box.ymin < y < box.ymax for x, y in places)


def test_all_cases_of_a_city_are_seen_in_the_city(canvas: MapCanvas) -> None:
    """An untouched view shows the whole city and stays, whatever cases come."""
    before = canvas.view
    canvas.set_cases(MANY)
    canvas.touch_cases(["d"], [Case("d", LON + 0.049, LAT)])
    assert canvas.view == before and not canvas.touched


def test_an_untouched_view_fits_a_choice_of_cases(canvas: MapCanvas) -> None:
    """With a filter it holds the cases shown, no nearer than 1:5,000; when the set of them changes it fits again, and
    with the filter gone it is the city once more."""
    home = canvas.view
    canvas.set_cases(MANY)
    canvas.set_case_filter({"evaluate"})
    assert holds(canvas, *FEW) and not holds(canvas, MANY[2]) and canvas.view.res < home.res / 3
    fitted = canvas.view
    canvas.touch_cases(["a"], [Case("a", LON + 0.02, LAT, state="working")])
    assert canvas.view == fitted
    north = Case("n", LON + 0.02, LAT + 0.02)
    canvas.touch_cases(["n"], [north])
    assert holds(canvas, *FEW, north)
    canvas.set_cases(FEW[:1])
    assert canvas.scale() == pytest.approx(5000, rel=0.1)
    canvas.set_case_filter()
    assert canvas.view.same_as(home)


def test_a_window_of_its_own_choice_fits_it(canvas: MapCanvas) -> None:
    """A window told that its cases are a choice shows those; with no case left it shows the city."""
    home = canvas.view
    canvas.set_narrowed(True)
    canvas.set_cases(FEW)
    assert holds(canvas, *FEW) and canvas.view.res < home.res / 3
    canvas.set_cases([])
    assert canvas.view.same_as(home)


@pytest.mark.parametrize(
    "touch",
    [
        lambda canvas, hand: hand.drag((300, 300), (340, 300), (360, 300)),
        lambda canvas, hand: hand.wheel(300, 300, 1),
        lambda canvas, hand: QTest.keyClick(canvas, KEY.Key_Right),
        lambda canvas, hand: QTest.keyClick(canvas, KEY.Key_Plus),
        lambda canvas, hand: hand.drag(
            (200, 200), (300, 300), (350, 320), keys=Qt.KeyboardModifier.ShiftModifier
        ),
        lambda canvas, hand: canvas.set_scale(3000),
        lambda canvas, hand: canvas.fly_to(LON, LAT, 2000),
        lambda canvas, hand: canvas.fit_extent((LON, LAT, LON + 0.01, LAT + 0.01)),
    ],
    ids=["pan", "wheel", "arrow", "plus", "box", "scale", "flight", "extent"],
)
def test_a_touched_view_stays(
    canvas: MapCanvas, hand: Hand, touch: Callable[[MapCanvas, Hand], object]
) -> None:
    """After any gesture or flight no filter, no case and no size of the window moves its middle or its scale."""
    canvas.set_cases(MANY)
    touch(canvas, hand)
    view = canvas.view
    assert canvas.touched
    canvas.set_case_filter({"evaluate"})
    canvas.set_narrowed(True)
    canvas.set_cases(FEW)
    canvas.set_home(HOME)
    canvas.resize(700, 500)
    assert (canvas.view.cx, canvas.view.cy, canvas.view.res) == (view.cx, view.cy, view.res)


def test_under_the_hand_nothing_moves_the_view(canvas: MapCanvas, hand: Hand) -> None:
    """From the press on: no filter, no flight, no extent, no home, no way back; and not while cases are dragged."""
    canvas.set_cases(MANY)
    before = canvas.view

    def all_of_it() -> None:
        canvas.set_case_filter({"evaluate"})
        canvas.set_home((LON, LAT, LON + 0.01, LAT + 0.01))
        assert not canvas.fly_to(LON, LAT, 1000)
        assert not canvas.fit_extent((LON, LAT, LON + 0.01, LAT + 0.01))
        canvas.full_extent()
        canvas.let_go()
        canvas.previous_view()
        canvas.next_view()
        canvas.set_case_filter()
        canvas.set_home(HOME)
        assert canvas.view == before

    hand.press(300, 300)
    all_of_it()
    hand.release(300, 300)
    hand.press(300, 300, button=Qt.MouseButton.MiddleButton)
    all_of_it()
    hand.release(300, 300, button=Qt.MouseButton.MiddleButton)
    canvas.drops.state.begin(["a"])
    all_of_it()
    canvas.drops.finish()


def test_a_key_fits_again_and_a_key_leads_back(qtbot: QtBot, canvas: MapCanvas, hand: Hand) -> None:
    """* shows the whole and follows the cases again; Backspace is where one was, and that counts as touching."""
    canvas.set_cases(MANY)
    canvas.set_case_filter({"evaluate"})
    with qtbot.waitSignal(canvas.motion.rested):
        canvas.fly_to(LON - 0.03, LAT, 2000)
    there = canvas.view
    with qtbot.waitSignal(canvas.motion.rested):
        QTest.keyClick(canvas, KEY.Key_Asterisk)
    assert holds(canvas, *FEW) and not canvas.touched
    QTest.keyClick(canvas, KEY.Key_Backspace)
    assert canvas.view.same_as(there) and canvas.touched
    canvas.set_cases(FEW[:1])
    assert canvas.view.same_as(there)


def test_the_view_rests_when_the_hand_lets_go(qtbot: QtBot, canvas: MapCanvas, hand: Hand) -> None:
    """The sharp frame is asked for with the release, not a tenth of a second later."""
    rests: list[int] = []
    canvas.motion.rested.connect(lambda: rests.append(1))
    hand.drag((300, 300), (340, 300), (360, 300))
    assert rests == [1]
    hand.press(300, 300)
    hand.release(300, 300)
    assert rests == [1]


def test_a_movement_begins_with_its_input(canvas: MapCanvas, hand: Hand) -> None:
    """A notch of the wheel or an arrow key has moved the view a little when the event has been handled."""
    canvas.motion.animated = True
    res = canvas.view.res
    hand.wheel(300, 300, 1)
    assert res * 0.6 < canvas.view.res < res
    canvas.motion.stop()
    cx = canvas.view.cx
    QTest.keyClick(canvas, KEY.Key_Right)
    assert canvas.view.cx > cx
