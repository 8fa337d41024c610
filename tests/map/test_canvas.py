"""What hands do on the map: pan, zoom, select, pick, identify; and that nobody else moves the view."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, NOW, Case, FakeClient, unit_box
from tests.map.conftest import Hand
from workstation.map.canvas import MapCanvas

Place = Callable[[float, float], tuple[float, float]]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MIDDLE = Qt.MouseButton.MiddleButton
KEY = Qt.Key


def under(canvas: MapCanvas, x: float, y: float) -> tuple[float, float]:
    """The map position under a pixel."""
    return canvas.view.to_map(x, y)


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, MIDDLE])
def test_the_map_follows_the_hand(canvas: MapCanvas, hand: Hand, button: Qt.MouseButton) -> None:
    """Left on the empty map or middle anywhere: what was under the press is under the release."""
    before = under(canvas, 300, 300)
    hand.drag((300, 300), (330, 310), (420, 260), button=button)
    assert under(canvas, 420, 260) == pytest.approx(before)


def test_space_takes_hold_with_any_tool(canvas: MapCanvas, hand: Hand) -> None:
    """While Space is down the left button pans, even with the lasso in hand and over a marker."""
    canvas.set_tool("select_lasso")
    canvas.set_cases([Case("a")])
    x, y = canvas.cases.screen_position(canvas.view, "a") or (0, 0)
    QTest.keyPress(canvas, KEY.Key_Space)
    before = under(canvas, x, y)
    hand.drag((x, y), (x + 50, y + 20))
    QTest.keyRelease(canvas, KEY.Key_Space)
    assert under(canvas, x + 50, y + 20) == pytest.approx(before)
    assert canvas.cases.selection == frozenset()


def test_the_wheel_zooms_about_the_pointer(qtbot: QtBot, canvas: MapCanvas, hand: Hand) -> None:
    """With the movement shown: the place under the pointer never leaves it, and the scale ends nearer."""
    canvas.motion.animated = True
    before, res = under(canvas, 600, 120), canvas.view.res
    off: list[float] = []
    canvas.view_changed.connect(
        lambda: off.append(math.dist(under(canvas, 600, 120), before) / canvas.view.res)
    )
    with qtbot.waitSignal(canvas.motion.rested):
        hand.wheel(600, 120, 3)
    assert len(off) > 3 and max(off) < 0.01
    assert canvas.view.res < res / 2


def test_keys_move_and_zoom(canvas: MapCanvas) -> None:
    """Arrows pan, plus and minus zoom about the middle, Home shows the whole city."""
    home = canvas.view
    QTest.keyClick(canvas, KEY.Key_Right)
    assert canvas.view.cx > home.cx
    QTest.keyClick(canvas, KEY.Key_Up)
    assert canvas.view.cy > home.cy
    QTest.keyClick(canvas, KEY.Key_Plus)
    assert canvas.view.res == pytest.approx(home.res / 2)
    QTest.keyClick(canvas, KEY.Key_Minus)
    assert canvas.view.res == pytest.approx(home.res)
    QTest.keyClick(canvas, KEY.Key_Home)
    assert canvas.view.same_as(home)


def test_backspace_leads_back(qtbot: QtBot, canvas: MapCanvas) -> None:
    """After a flight, one key is where one came from, and Alt+Right where one was."""
    with qtbot.waitSignal(canvas.motion.rested):
        canvas.pan_by(0, 0)
    home = canvas.view
    with qtbot.waitSignal(canvas.motion.rested):
        canvas.fly_to(LON + 0.02, LAT, 2000)
    there = canvas.view
    with qtbot.waitSignal(canvas.motion.rested):
        QTest.keyClick(canvas, KEY.Key_Backspace)
    assert canvas.view.same_as(home)
    QTest.keyClick(canvas, KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert canvas.view.same_as(there)


def test_shift_and_drag_zooms_to_the_box(canvas: MapCanvas, hand: Hand) -> None:
    """The box fills the window: its middle is the middle, its longer side the window's."""
    middle = under(canvas, 300, 275)
    width = 200 * canvas.view.res
    hand.drag((200, 200), (350, 300), (400, 350), keys=SHIFT)
    assert (canvas.view.cx, canvas.view.cy) == pytest.approx(middle)
    assert canvas.view.extent.width == pytest.approx(width)


def test_double_click_goes_nearer_or_opens(qtbot: QtBot, canvas: MapCanvas, hand: Hand) -> None:
    """On the empty map it zooms about the pointer; on a case it opens the case and leaves the view alone."""
    canvas.set_cases([Case("a")])
    res, before = canvas.view.res, under(canvas, 100, 100)
    hand.click(100, 100)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPointF(100, 100).toPoint())
    assert canvas.view.res == pytest.approx(res / 2)
    assert under(canvas, 100, 100) == pytest.approx(before)
    view = canvas.view
    x, y = canvas.cases.screen_position(view, "a") or (0, 0)
    hand.click(x, y)
    with qtbot.waitSignal(canvas.case_activated) as opened:
        QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPointF(x, y).toPoint())
    assert opened.args == ["a"] and canvas.view == view


def test_clicks_select(qtbot: QtBot, canvas: MapCanvas, hand: Hand) -> None:
    """A click selects one case, Ctrl adds and takes away, the empty map selects nothing; each change is told once."""
    canvas.set_cases([Case("a"), Case("b", LON + 0.02)])
    a = canvas.cases.screen_position(canvas.view, "a") or (0, 0)
    b = canvas.cases.screen_position(canvas.view, "b") or (0, 0)
    seen: list[frozenset[str]] = []
    clicked: list[str] = []
    canvas.selection_changed.connect(seen.append)
    canvas.case_clicked.connect(clicked.append)
    hand.click(*a)
    hand.click(*b, keys=CONTROL)
    hand.click(*a, keys=CONTROL)
    hand.click(40, 500)
    assert seen == [{"a"}, {"a", "b"}, {"b"}, set()]
    assert clicked == ["a", "b"]


def test_selection_from_outside_is_shown_and_not_answered(qtbot: QtBot, canvas: MapCanvas) -> None:
    """A list's selection must not come back as the map's: that would go round for ever."""
    canvas.set_cases([Case("a")])
    with qtbot.assertNotEmitted(canvas.selection_changed):
        canvas.set_selection({"a"})
    assert canvas.cases.selection == {"a"}


def test_box_and_loop_select(canvas: MapCanvas, hand: Hand) -> None:
    """Ctrl and drag, the box tool and the lasso take what they go round; with Ctrl they add to what there is."""
    canvas.set_cases([Case("a", LON - 0.02), Case("b", LON + 0.02), Case("c", LON + 0.02, LAT + 0.02)])
    at = {i: canvas.cases.screen_position(canvas.view, i) or (0, 0) for i in "abc"}

    def box(case_id: str) -> tuple[tuple[float, float], ...]:
        x, y = at[case_id]
        return (x - 30, y - 30), (x, y), (x + 30, y + 30)

    hand.drag(*box("a"), keys=CONTROL)
    assert canvas.cases.selection == {"a"}
    canvas.set_tool("select_box")
    hand.drag(*box("b"), keys=CONTROL)
    assert canvas.cases.selection == {"a", "b"}
    canvas.set_tool("select_lasso")
    x, y = at["c"]
    hand.drag((x - 30, y - 30), (x + 30, y - 30), (x + 30, y + 30), (x - 30, y + 30))
    assert canvas.cases.selection == {"c"}


def test_a_bubble_opens(qtbot: QtBot, canvas: MapCanvas, hand: Hand) -> None:
    """A click on a group goes to where its members part; Ctrl+click selects all of them instead."""
    canvas.set_cases([Case(f"c{n}", LON + n * 0.0006) for n in range(4)])
    hit = canvas.hit(QPointF(*(canvas.cases.screen_position(canvas.view, "c1") or (0, 0))))
    assert hit is not None and len(hit.ids) == 4
    hand.click(*hit.at, keys=CONTROL)
    assert canvas.cases.selection == {"c0", "c1", "c2", "c3"}
    canvas.set_selection(())
    res = canvas.view.res
    hand.click(*hit.at)
    assert canvas.view.res < res / 4
    assert all(
        canvas.hit(QPointF(*(canvas.cases.screen_position(canvas.view, f"c{n}") or (0, 0)))).id == f"c{n}"  # type: ignore[union-attr]
        for n in range(4)
    )


def test_new_data_never_moves_the_view(qtbot: QtBot, canvas: MapCanvas) -> None:
    """Cases and units that come and go, a selection, a theme, a filter: the operator's view stays to the bit."""
    canvas.fly_to(LON + 0.01, LAT, 3000)
    before = canvas.view
    canvas.set_cases([Case("far", LON + 0.3, LAT + 0.3)])
    canvas.set_units([unit_box("u", LON, LAT, LON + 0.1, LAT + 0.1)])
    canvas.set_selection({"far"})
    canvas.set_case_filter({"dispatch"})
    canvas.set_theme(None)
    canvas.show_unit_areas(None)
    qtbot.wait(30)
    assert canvas.view == before


def test_a_call_from_elsewhere_waits_for_no_hand(canvas: MapCanvas, hand: Hand) -> None:
    """While the map is being pulled, a flight is refused and says so; afterwards it is done."""
    hand.press(300, 300)
    hand.move(340, 300)
    before = canvas.view
    assert canvas.fly_to(LON + 0.03, LAT) is False
    assert canvas.view == before
    hand.release(340, 300)
    assert canvas.fly_to(LON + 0.03, LAT) is True


def test_a_flight_goes_near_enough_to_see(canvas: MapCanvas) -> None:
    """From far out it ends at a readable scale; from near it keeps the scale one has chosen."""
    canvas.fly_to(LON, LAT)
    assert canvas.scale() <= 5001
    canvas.set_scale(800)
    canvas.fly_to(LON + 0.001, LAT)
    assert canvas.scale() == pytest.approx(800)


def test_the_readout_tells_no_position_that_nobody_points_at(
    canvas: MapCanvas, hand: Hand, place: Place
) -> None:
    """A dash before the pointer comes, while the map moves without it, and after it has left."""
    assert canvas.readout.position_text() == "—"
    canvas.fly_to(LON, LAT)
    assert canvas.readout.position_text() == "—"
    hand.move(*place(LON, LAT), down=Qt.MouseButton.NoButton)
    assert "119.93" in canvas.readout.position_text()
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert canvas.readout.position_text() == "—"


def test_the_readout_tells_position_and_scale(
    qtbot: QtBot, canvas: MapCanvas, hand: Hand, place: Place
) -> None:
    """The pointer's degrees to the sixth decimal, as a signal and in words; the scale rounded for reading."""
    canvas.set_scale(5000)
    with qtbot.waitSignal(canvas.pointer_moved) as moved:
        hand.move(*place(LON, LAT), down=Qt.MouseButton.NoButton)
    assert moved.args == pytest.approx([LON, LAT], abs=1e-6)
    assert "119.93" in canvas.readout.position_text() and "东经" in canvas.readout.position_text()
    assert canvas.readout.scale_text() == "1 : 5,000"


def test_hovering_tells_what_a_case_is(qtbot: QtBot, canvas: MapCanvas, hand: Hand) -> None:
    """Class, code, unit and the time that is left stand beside a marker the pointer rests on, and go when it leaves."""
    canvas.set_units([unit_box("u1", LON, LAT, LON + 0.01, LAT + 0.01, "环卫公司")])
    canvas.set_cases([Case("a", unit="u1", state="working", clock_due_at=NOW + timedelta(minutes=95))])
    x, y = canvas.cases.screen_position(canvas.view, "a") or (0, 0)
    hand.move(x, y, down=Qt.MouseButton.NoButton)
    qtbot.waitUntil(lambda: canvas._hover_card.text is not None, timeout=1500)
    card = canvas._hover_card.text
    assert card is not None
    said = " ".join([card.title, card.badge, *(line.text for line in card.lines)])
    for part in ("暴露垃圾", "20261120001", "环卫公司", "1小时35分"):
        assert part in said
    hand.move(x + 200, y, down=Qt.MouseButton.NoButton)
    assert canvas._hover_card.text is None


def test_an_overdue_case_says_by_how_much(canvas: MapCanvas) -> None:
    """The card counts on after the deadline, in red."""
    canvas.set_cases(
        [Case("a", clock_due_at=NOW - timedelta(hours=2), clock_yellow_at=NOW - timedelta(hours=3))]
    )
    canvas.cases.hovered = canvas.hit(QPointF(*(canvas.cases.screen_position(canvas.view, "a") or (0, 0))))
    canvas._show_hover()
    card = canvas._hover_card.text
    assert card is not None and card.bar == "red"
    assert any("超期 2小时" in line.text and line.token == "red" for line in card.lines)


def test_emergencies_flash_only_in_sight(canvas: MapCanvas) -> None:
    """The timer of the pulse runs while an emergency is in view, and not otherwise."""
    canvas.set_cases([Case("a")])
    assert not canvas._pulse.isActive()
    canvas.set_cases([Case("a", emergency=True)])
    assert canvas._pulse.isActive()
    canvas.set_cases_visible(False)
    assert not canvas._pulse.isActive()
    canvas.set_cases_visible(True)
    assert canvas._pulse.isActive()
    canvas.hide()
    assert not canvas._pulse.isActive()


def test_picking_a_point(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient, hand: Hand, place: Place
) -> None:
    """The hint stands on the map; a click where nothing stands gives that position, a pin, and the old tool back."""
    canvas.pick_point("请在地图上单击案件位置")
    assert canvas.picking and "Esc" in canvas.hint.text
    hand.click(*place(LON + 0.01, LAT))
    with qtbot.waitSignal(canvas.point_picked) as picked:
        fake_client.tell(fake_client.questions[-1][0])
    assert picked.args == pytest.approx([LON + 0.01, LAT], abs=1e-6)
    assert not canvas.picking and canvas.tool == "navigate" and not canvas.hint.isVisible()


def test_a_picked_point_snaps_to_a_component(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient, hand: Hand, place: Place
) -> None:
    """A component within 12 pixels gives its own position, and tells what it is before the position."""
    canvas.fly_to(LON, LAT, 1000)
    canvas.pick_point("")
    px, py = place(LON, LAT)
    hand.click(px, py)
    number, x, y, radius = fake_client.questions[-1]
    assert radius == pytest.approx(12 * canvas.view.res)
    order: list[str] = []
    canvas.feature_identified.connect(lambda _result: order.append("feature"))
    canvas.point_picked.connect(lambda _lon, _lat: order.append("point"))
    beside = x + 6 * canvas.view.res
    with qtbot.waitSignal(canvas.point_picked) as picked:
        fake_client.tell(
            number,
            {"layer": "road", "x": x, "y": y},
            {"layer": "component", "title": "井盖", "x": beside, "y": y},
        )
    assert canvas.projection.point_to_map(*picked.args)[0] == pytest.approx(beside, abs=1e-3)
    assert order == ["feature", "point"]


def test_a_point_is_picked_without_the_worker(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient, hand: Hand, place: Place
) -> None:
    """A worker that does not answer costs the operator half a second, not the position; a late answer picks nothing."""
    canvas.pick_point("")
    with qtbot.waitSignal(canvas.point_picked, timeout=2000) as picked:
        hand.click(*place(LON, LAT))
    assert picked.args == pytest.approx([LON, LAT], abs=1e-6)
    with qtbot.assertNotEmitted(canvas.point_picked):
        fake_client.tell(fake_client.questions[-1][0])


def test_escape_ends_picking(qtbot: QtBot, canvas: MapCanvas, hand: Hand) -> None:
    """Esc gives the tool back that was in hand before, and tells who asked; the map could be pulled meanwhile."""
    canvas.set_tool("identify")
    canvas.pick_point("")
    before = under(canvas, 300, 300)
    hand.drag((300, 300), (360, 320))
    assert under(canvas, 360, 320) == pytest.approx(before)
    with qtbot.waitSignal(canvas.pick_cancelled):
        QTest.keyClick(canvas, KEY.Key_Escape)
    assert canvas.tool == "identify"


def test_identify_shows_what_qgis_says(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient, hand: Hand, place: Place
) -> None:
    """Name, code, unit by name, grid and state in words; the layer's title; the answer of an older click is dropped."""
    canvas.set_units([unit_box("U7", LON, LAT, LON + 0.01, LAT + 0.01, "排水公司")])
    canvas.set_tool("identify")
    hand.click(*place(LON, LAT))
    hand.click(*place(LON + 0.001, LAT))
    old, new = fake_client.questions[-2][0], fake_client.questions[-1][0]
    fake_client.tell(old, {"layer": "component", "title": "旧", "attributes": {}})
    assert canvas.lookup.card.feature is None
    attributes = {
        "code": "3299110201000001",
        "maintainer_code": "U7",
        "grid_code": "329911001001",
        "state": "damaged",
    }
    with qtbot.waitSignal(canvas.feature_identified):
        fake_client.tell(
            new, {"layer": "component", "layer_title": "部件", "title": "雨水箅子", "attributes": attributes}
        )
    card = canvas.lookup.card
    assert card.isVisible()
    assert card.rows() == [
        ("标识码", "3299110201000001"),
        ("状态", "破损"),
        ("养护单位", "排水公司"),
        ("单元网格", "329911001001"),
    ]
    QTest.keyClick(canvas, KEY.Key_Escape)
    assert not card.isVisible() and canvas.tool == "identify"


def test_measuring(canvas: MapCanvas, hand: Hand) -> None:
    """Two clicks 200 pixels apart measure 200 pixels of ground; Backspace takes a point back."""
    canvas.fly_to(LON, LAT, 2000)
    canvas.set_tool("measure")
    for x in (200, 300, 400):
        hand.click(x, 300)
    tool = canvas._tools["measure"]
    assert tool.length == pytest.approx(200 * canvas.view.res)  # type: ignore[attr-defined]
    QTest.keyClick(canvas, KEY.Key_Backspace)
    assert tool.length == pytest.approx(100 * canvas.view.res)  # type: ignore[attr-defined]
    canvas.grab()


def test_the_theme_reaches_the_markers(qtbot: QtBot, canvas: MapCanvas) -> None:
    """After a switch of the theme nothing is painted from the old colours."""

    class Night:
        def color(self, token: str) -> QColor:
            return QColor("#010203") if token == "window" else QColor("#334455")

    canvas.set_cases([Case("a")])
    canvas.grab()
    canvas.set_theme(Night())
    assert QColor(canvas.grab().toImage().pixel(60, 300)).name() == "#010203"
    assert canvas.cases._pictures._palette.color("red").name() == "#334455"


def test_every_part_fits_a_small_window(canvas: MapCanvas) -> None:
    """At 420 x 480 the buttons, scale bar and readout are inside, or hidden where there is no room."""
    canvas.resize(420, 480)
    for part in (canvas.controls, canvas.scale_bar, canvas.readout):
        assert isinstance(part, QWidget)
        if part.isVisible():
            assert canvas.rect().contains(part.geometry())
