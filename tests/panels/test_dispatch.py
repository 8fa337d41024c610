"""The dispatch panel: suggested with reasons, dragged or chosen, foreseen, undone; and the units' applications."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.panels.desk import Desk
from workstation.map.dragging import cases_mime
from workstation.panels.common.reasons import reason_text
from workstation.panels.dispatch import DispatchPanel
from workstation.services.lists.filter import CaseFilter
from workstation.shell.context import Clash
from workstation.shell.texts.text import error_text
from workstation.shell.widgets import Badge
from workstation.workflow.case import State


def ask(desk: Desk, kind: str, **data: object) -> object:
    """A received case whose unit applies for something; a unit may apply for a return before it receives."""
    case = desk.case("received")
    return desk.do(f"ask_{kind}", case, "one", request_id="r1", reason="需订购配件", **data)


@pytest.mark.article("TJA-6-DISPATCHER", "TZ-12-DECIDE")
def test_dispatches_to_the_chosen_unit_and_back(desk: Desk) -> None:
    """Choosing a unit shows the deadline that would result; 派遣 sends it; the message's 撤销 takes it back."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    unit = desk.actors["one"].unit
    panel.choice.choose(unit)
    desk.settle()
    assert (
        panel.choice.effect is not None
        and panel.choice.effect.refusal is None
        and panel.choice.effect.due_at is not None
    )
    foreseen = panel.choice.effect.due_at
    panel.choice.requirement.setPlainText("先设置围挡警示")
    desk.press(panel, "dispatch")
    sent = desk.now_of(case)
    assert (sent.state, sent.lead.unit, sent.requirement) == (State.DISPATCHED, unit, "先设置围挡警示")
    clock = sent.clock("dispose")
    assert clock is not None and abs((clock.due_at - foreseen).total_seconds()) < 120
    notice = desk.notices[-1]
    assert notice.action is not None and notice.action[0] == "撤销"
    notice.action[1]()
    desk.settle()
    assert desk.now_of(case).state is State.FILED


def test_suggests_with_reasons(desk: Desk) -> None:
    """A component's case goes first to who maintains it, and the reason is said."""
    rows = desk.services.lists.page(CaseFilter(states=(State.FILED,)), None, 20).rows
    wanted = next((row for row in rows if row.component), None)
    case = desk.case("filed") if wanted is None else desk.services.cases.get(wanted.id)
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    best = desk.services.recommending.recommend(case, desk.context.actor).ranked[0]
    assert panel.choice.tree.chosen == best.unit
    row = panel.choice.suggestions._rows[0]
    words = {badge.words for badge in row.findChildren(Badge)}
    assert words == {reason_text(reason) for reason in best.reasons}


@pytest.mark.article("TJA-7-LEAD")
def test_lead_and_cooperating(desk: Desk) -> None:
    """Ticked units cooperate; the lead itself is never among them."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    lead, other = desk.actors["one"].unit, desk.actors["two"].unit
    panel.choice.choose(lead)
    for code in (lead, other):
        panel.choice.tree._items[code].setCheckState(3, Qt.CheckState.Checked)
    desk.settle()
    desk.press(panel, "dispatch")
    sent = desk.now_of(case)
    assert sent.lead.unit == lead and [order.unit for order in sent.cooperating] == [other]


def test_dropping_on_the_tree_tells_each_result(desk: Desk) -> None:
    """Two cases dropped on a unit: one was taken by another seat meanwhile; the other goes, and both are told."""
    first, second = desk.case("filed"), desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel, height=1200)
    unit = desk.actors["two"].unit
    desk.do("transfer", second, "shift_leader", to="综合执法局", reason="涉嫌违法")
    item = panel.choice.tree._items[unit]
    panel.choice.tree.scrollToItem(item)
    at = QPointF(panel.choice.tree.visualItemRect(item).center())
    mime: QMimeData = cases_mime([first.id, second.id])
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    event = QDropEvent(at, actions, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    panel.choice.tree.dropEvent(event)
    desk.settle()
    assert desk.now_of(first).lead.unit == unit
    assert desk.now_of(second).state is State.TRANSFERRED
    assert "1 件未办" in desk.said()


def test_a_drag_is_told_what_each_unit_means(desk: Desk) -> None:
    """When a drag starts, tree and map learn each unit's load and the deadline that would result."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    panel.list.drag_begun.emit([case.id])
    desk.settle()
    info = panel.choice.tree.card.state.info
    unit = desk.actors["one"].unit
    assert info[unit].allowed
    assert any("在办" in line for line in info[unit].lines) and "处置截止" in info[unit].due


def test_over_the_tree_the_card_of_the_map_tells(desk: Desk) -> None:
    """Over a unit of the tree stands the card that stands over its area on the map, clear of its row; it goes with the drag."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    desk.settle()
    tree, unit = panel.choice.tree, desk.actors["one"].unit
    panel.resize(460, 900)
    panel.show()
    tree.scrollToItem(tree._items[unit])
    at = tree.visualItemRect(tree._items[unit]).center()
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    mime = cases_mime([case.id])
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(tree.viewport(), kind(at, Qt.DropAction.MoveAction, mime, left, none))
        desk.settle()
    said = tree.card.text
    assert said is not None and any("处置截止" in line.text for line in said.lines)
    assert not tree.card._card.geometry().contains(tree.viewport().mapTo(panel.window(), at))
    QApplication.sendEvent(tree.viewport(), QDragLeaveEvent())
    assert tree.card.text is None and tree.chosen


def test_a_drop_on_the_map_dispatches(desk: Desk) -> None:
    """What the map reports as dropped is dispatched to that unit."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    desk.open(DispatchPanel)
    desk.canvas.cases_dropped.emit([case.id], desk.actors["one"].unit)
    desk.settle()
    assert desk.now_of(case).state is State.DISPATCHED


@pytest.mark.article("MQ-25-RETURN")
def test_a_return_is_agreed_to_or_refused(desk: Desk) -> None:
    """The panel says what each answer does to the clock; refused, the clock has never stopped; agreed, it is filed again."""
    case = ask(desk, "return", suggested_unit=desk.actors["two"].unit)
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    panel.choose_tab("requests")
    desk.settle()
    desk.select(panel, case)
    assert desk.visible_text(panel.request, "计时从未停止")
    panel.actions_bar.button("refuse").click()
    panel.request.binding.setChecked(True)
    desk.give_reason("属你单位职责，请继续处置")
    after = desk.now_of(case)
    assert after.state is State.RECEIVED and after.no_return
    assert after.clock("dispose").due_at == case.clock("dispose").due_at

    other = ask(desk, "return", suggested_unit=desk.actors["two"].unit)
    desk.settle()
    desk.select(panel, other)
    desk.press(panel, "grant")
    assert desk.now_of(other).state is State.FILED
    panel.choose_tab("filed")
    desk.settle()
    desk.select(panel, other)
    assert panel.view.suggestions[0].unit == desk.actors["two"].unit


@pytest.mark.article("TJA-8-RETURN")
def test_an_extension_shows_its_new_deadline_first(desk: Desk) -> None:
    """The deadline shown before agreeing is the one the case then has."""
    asked = ask(desk, "extension", amount=4)
    desk.employ("head", "unit_leader", desk.actors["one"].unit)
    case = desk.do("endorse_request", asked, "head", request_id="r1")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    panel.choose_tab("requests")
    desk.settle()
    desk.select(panel, case)
    shown = panel.view.request.due_after
    assert shown > panel.view.request.due_before
    desk.press(panel, "grant")
    assert desk.now_of(case).clock("dispose").due_at == shown


def test_a_case_taken_by_another_seat_is_told(desk: Desk) -> None:
    """The second of two dispatchers is shown who was faster and with what, and the requirement that was typed stays."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    panel.choice.choose(desk.actors["one"].unit)
    desk.settle()
    panel.choice.requirement.setPlainText("处置后清理现场")
    clashes: list[Clash] = []
    desk.context.clashed.connect(clashes.append)
    desk.context.changed.disconnect(panel._changed)
    desk.do("dispatch", case, "dispatcher", unit=desk.actors["two"].unit)
    desk.press(panel, "dispatch")
    assert clashes[0].name == "dispatch" and desk.actors["dispatcher"].name in error_text(clashes[0].error)
    assert clashes[0].data["requirement"] == "处置后清理现场" == panel.choice.requirement.toPlainText()
    assert desk.now_of(case).lead.unit == desk.actors["two"].unit


def test_what_others_change_leaves_what_is_being_written_alone(desk: Desk) -> None:
    """While a requirement is typed for one case, another seat changes another and then this one: text, cursor and choice
    stay, and only the row that changed is told."""
    case, other = desk.case("filed"), desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    panel.choice.choose(desk.actors["one"].unit)
    text = panel.choice.requirement
    text.setPlainText("处置后清理")
    text.moveCursor(text.textCursor().MoveOperation.End)
    text.setFocus()
    told: list[tuple[int, int]] = []
    panel.list.rows.dataChanged.connect(lambda top, bottom: told.append((top.row(), bottom.row())))
    resets: list[int] = []
    panel.list.rows.modelReset.connect(lambda: resets.append(1))
    desk.do("comment", other, "shift_leader", note="请尽快")
    desk.settle()
    assert told == [(panel.list.rows.row_of(other.id),) * 2] and not resets
    desk.do("comment", case, "shift_leader", note="请尽快")
    desk.settle()
    assert text.toPlainText() == "处置后清理" and text.textCursor().atEnd()
    assert desk.context.selection.current == case.id and panel.list.ids() == [case.id]
    assert panel.view.case.seq == desk.now_of(case).seq, "what is sent next is sent to the case as it is now"


def test_typed_requirement_stays_with_its_case(desk: Desk) -> None:
    """Looking at another case and coming back finds the requirement as it was typed."""
    first, second = desk.case("filed"), desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, first)
    panel.choice.requirement.setPlainText("处置后清理现场")
    desk.select(panel, second)
    assert panel.choice.requirement.toPlainText() == ""
    desk.select(panel, first)
    assert panel.choice.requirement.toPlainText() == "处置后清理现场"


def test_all_selected_cases_go_together(desk: Desk) -> None:
    """With several cases selected, 派遣 sends them all to the chosen unit, and one 撤销 takes all of them back."""
    cases = [desk.case("filed") for _ in range(3)]
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    rows, model = panel.list.rows, panel.list.selectionModel()
    for case in cases:
        model.select(rows.index(rows.row_of(case.id)), model.SelectionFlag.Select)
    desk.settle()
    panel.choice.choose(desk.actors["two"].unit)
    desk.settle()
    assert "所选 3 件" in panel.choice.note.text()
    desk.press(panel, "dispatch")
    assert {desk.now_of(case).state for case in cases} == {State.DISPATCHED}
    notice = desk.notices[-1]
    assert "3 件" in notice.text and notice.action is not None
    notice.action[1]()
    desk.settle()
    assert {desk.now_of(case).state for case in cases} == {State.FILED}


def test_what_is_chosen_stays_when_others_touch_the_case(desk: Desk) -> None:
    """Somebody urges the case that is being dispatched: unit, cooperating units and requirement stay as chosen."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    lead, other = desk.actors["two"].unit, desk.actors["one"].unit
    panel.choice.choose(lead)
    panel.choice.tree._items[other].setCheckState(3, Qt.CheckState.Checked)
    panel.choice.requirement.setPlainText("先设置围挡警示")
    desk.settle()
    desk.do("urge", case, "dispatcher", note="请尽快")
    desk.settle()
    assert panel.view.case.seq == case.seq + 1
    assert panel.choice.data(panel.choice.tree.chosen) == {
        "unit": lead,
        "cooperating": [other],
        "requirement": "先设置围挡警示",
    }
    desk.press(panel, "dispatch")
    assert desk.now_of(case).lead.unit == lead


def test_a_double_click_dispatches_once(desk: Desk) -> None:
    """Pressing 派遣 twice in a hurry sends the case once and says nothing of a conflict."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    panel.choice.choose(desk.actors["one"].unit)
    desk.settle()
    button = panel.actions_bar.button("dispatch")
    button.click()
    button.click()
    desk.settle()
    assert [notice.kind for notice in desk.notices] == ["success"]
    kinds = [stored.event.kind for stored in desk.services.cases.history(case.id)]
    assert kinds.count("dispatch") == 1
    assert panel.actions_bar.isEnabled()
