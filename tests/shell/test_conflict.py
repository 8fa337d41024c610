"""Two act at once: one wins; the other is shown what happened and by whom, how the case stands, and what is possible now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from tests.panels.desk import CONDITION, Desk
from workstation.panels.case.forms import ArrowForm, read_moves
from workstation.shell.context import Clash, NotDone
from workstation.shell.seat.conflict import ConflictDialog, NotDoneDialog
from workstation.workflow.case import State
from workstation.workflow.event import Command


@pytest.fixture
def clashes(desk: Desk) -> Iterator[list[Any]]:
    """The dialogs that are opened, as the window opens them."""
    shown: list[Any] = []

    def open_one(clash: Clash) -> None:
        shown.append(ConflictDialog(desk.context, clash))
        shown[-1].open()

    def open_batch(batch: NotDone) -> None:
        shown.append(NotDoneDialog(desk.context, batch))
        shown[-1].open()

    desk.context.clashed.connect(open_one)
    desk.context.many_failed.connect(open_batch)
    yield shown
    for dialog in shown:
        if isValid(dialog):
            dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def elsewhere(desk: Desk, name: str, case: Any, who: str, **data: Any) -> None:
    """Somebody at another seat does it."""
    services = desk.services
    services.cases.execute(Command(name, case.id, services.cases.new_command_id(), data), desk.actors[who])


def test_the_loser_sees_who_won_and_what_is_left_to_do(desk: Desk, clashes: list[Any]) -> None:
    """A second dispatch of the same case: who dispatched it to whom and when, its state now, and no way to do it twice."""
    case = desk.case("filed")
    winner = desk.sit("dispatcher")
    elsewhere(desk, "dispatch", case, "dispatcher", unit=desk.actors["one"].unit, requirement="两小时内到场")
    before = desk.now_of(case)
    errors: list[BaseException] = []
    desk.context.execute("dispatch", case, {"unit": desk.actors["two"].unit}, on_error=errors.append)
    desk.settle()
    assert len(errors) == 1 and desk.now_of(case) == before and desk.notices == []
    (dialog,) = clashes
    entry = dialog.timeline._entries[0]
    assert winner.name in entry.who and entry.title == "派遣" and entry.when
    assert dialog.state.accessibleName() == desk.services.handbook.label("states", "dispatched")
    assert "派遣" in dialog.says.text() and "不能" in dialog.says.text() and "现在可以" in dialog.says.text()
    assert not dialog.redo.isVisible() and dialog.look.isEnabled()
    asked: list[str] = []
    desk.context.case_requested.connect(asked.append)
    dialog.look.click()
    assert asked == [case.id] and desk.context.selection.current == case.id


def test_what_still_can_be_done_is_done_by_one_click_with_the_same_words(
    desk: Desk, clashes: list[Any]
) -> None:
    """A remark by somebody else does not stand in the way: the text is kept and shown, and one click sends it again, once."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    elsewhere(desk, "comment", case, "shift_leader", note="请尽快派遣")
    done: list[Any] = []
    data = {"unit": desk.actors["one"].unit, "requirement": "夜间施工，注意防护"}
    desk.context.execute("dispatch", case, data, done.append)
    desk.settle()
    (dialog,) = clashes
    assert done == [] and "夜间施工，注意防护" in "".join(
        label.text() for label in dialog.mine.findChildren(type(dialog.says))
    )
    dialog.copy.click()
    assert "夜间施工，注意防护" in QGuiApplication.clipboard().text()
    assert (
        dialog.redo.isVisible() and dialog.redo.isEnabled() and "请尽快派遣" in str(dialog.timeline._entries)
    )
    dialog.redo.click()
    desk.settle()
    assert len(done) == 1 and desk.now_of(case).state is State.DISPATCHED
    events = [item.event for item in desk.services.cases.history(case.id)]
    assert [event.kind for event in events[-2:]] == ["comment", "dispatch"]
    assert events[-1].data["requirement"] == "夜间施工，注意防护"


def test_a_third_may_be_quicker_still(desk: Desk, clashes: list[Any]) -> None:
    """Whoever clicks «do it on the newest state» while that changes again is told again, and nothing is done blindly."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    elsewhere(desk, "comment", case, "shift_leader", note="一")
    desk.context.execute("dispatch", case, {"unit": desk.actors["one"].unit})
    desk.settle()
    elsewhere(desk, "comment", case, "shift_leader", note="二")
    clashes[0].redo.click()
    desk.settle()
    assert len(clashes) == 2 and "二" in str(clashes[1].timeline._entries)
    assert desk.now_of(case).state is State.FILED


def test_a_form_keeps_its_words_and_sends_them_to_the_case_as_it_is_now(
    desk: Desk, clashes: list[Any]
) -> None:
    """The form in which one wrote stays open with everything in it; sent again it goes through."""
    case = desk.case("filed")
    actor = desk.sit("shift_leader")
    moves = read_moves(desk.services, case.id, actor)
    arrow = next(arrow for arrow in moves.arrows if arrow.name == "comment")
    form = ArrowForm(desk.context, moves, arrow)
    form.open()
    form.editor("note").setPlainText("已电话通知街道")
    elsewhere(desk, "dispatch", case, "dispatcher", unit=desk.actors["one"].unit)
    form.submit()
    desk.settle()
    assert len(clashes) == 1 and form.isVisible() and form.editor("note").toPlainText() == "已电话通知街道"
    clashes[0].close()
    form.submit()
    desk.settle()
    last = desk.services.cases.history(case.id)[-1].event
    assert last.kind == "comment" and last.data["note"] == "已电话通知街道"


def test_of_a_batch_each_case_is_told_and_those_possible_are_redone(desk: Desk, clashes: list[Any]) -> None:
    """Of three one was dispatched and one only remarked on by others: the list says which, and the second is redone."""
    cases = [desk.case("filed") for _ in range(3)]
    desk.sit("dispatcher")
    elsewhere(desk, "dispatch", cases[0], "dispatcher", unit=desk.actors["two"].unit)
    elsewhere(desk, "comment", cases[1], "shift_leader", note="注意")
    desk.context.execute_many("dispatch", cases, {"unit": desk.actors["one"].unit})
    desk.settle()
    action = desk.notices[-1].action
    assert action is not None
    action[1]()
    desk.settle()
    (dialog,) = clashes
    table = dialog.table
    assert [table.item(row, 0).text() for row in range(2)] == [cases[0].code, cases[1].code]
    assert desk.actors["dispatcher"].name in table.item(0, 1).text()
    assert [table.item(row, 3).text() for row in range(2)] == ["不能办", "可以办"]
    dialog.redo.click()
    desk.settle()
    units = [desk.now_of(case).lead.unit for case in cases]
    assert units == [desk.actors[who].unit for who in ("two", "one", "one")]


def test_a_case_that_went_to_others_is_not_shown(desk: Desk, clashes: list[Any]) -> None:
    """A unit that lost the case meanwhile is told that it did, and sees nothing more of it."""
    case = desk.case("filed")
    one = desk.actors["one"]
    elsewhere(desk, "dispatch", case, "dispatcher", unit=one.unit)
    mine = desk.now_of(case)
    elsewhere(desk, "recall", case, "dispatcher", reason="派错")
    elsewhere(desk, "dispatch", case, "dispatcher", unit=desk.actors["two"].unit)
    desk.sit("one")
    errors: list[BaseException] = []
    desk.context.execute("receive", mine, {}, on_error=errors.append)
    desk.settle()
    assert len(errors) == 1
    for dialog in clashes:
        assert not dialog.look.isVisible() and not dialog.redo.isVisible()


def test_the_condition_is_a_word(desk: Desk) -> None:
    """What stands among one's words is what a person can read: names, not codes; ids are left out."""
    from workstation.shell.seat.conflict import written

    handbook = desk.services.handbook
    unit = desk.actors["one"].unit
    lines = written(
        {"unit": unit, "request_id": "x1", "note": "话", "lon": 1.0, "condition": CONDITION},
        handbook,
        lambda code: "市政所" if code == unit else code,
    )
    assert any("市政所" in line for line in lines) and any(line.endswith("：话") for line in lines)
    assert not any("x1" in line for line in lines)
