"""Supervision: what is late or silent, whose it is, and a word to one unit or to many, with its answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from tests.panels.desk import URGENT, Desk
from workstation.panels.case.directing import DirectionDialog, direct
from workstation.panels.supervision import SupervisionPanel
from workstation.panels.supervision.panel import ALL
from workstation.services.lists.filter import CaseFilter
from workstation.shell.widgets.tables import choose
from workstation.workflow.case import Case


def settle(desk: Desk) -> None:
    """The timers that gather changes, then everything under way."""
    desk.qtbot.wait(40)
    desk.settle()


def hasten(panel: Any) -> Any:
    """Changes are gathered for a moment only, so that tests need not wait."""
    panel._settle.setInterval(10)
    panel.table._settle.setInterval(10)
    return panel


@pytest.fixture
def commander(desk: Desk) -> Any:
    """The commander sits down."""
    someone = desk.services.people.with_post("commander")[0]
    desk.actors["commander"] = desk.services.people.actor(someone.id, "commander")
    desk.context.names = {p.id: p.name for p in desk.services.people.all()} | {
        unit.code: unit.name for unit in desk.services.units.all()
    }
    return desk.sit("commander")


@pytest.fixture
def panel(desk: Desk, commander: Any) -> Any:
    """The commander's dock."""
    made = hasten(desk.open(SupervisionPanel, 500, 900))
    settle(desk)
    return made


def listed(panel: SupervisionPanel) -> set[str]:
    """The cases in the list."""
    return set(panel.table.rows.loaded_ids())


def choose_part(desk: Desk, panel: SupervisionPanel, part: str) -> None:
    """Click a part."""
    panel.tabs._buttons[part].click()
    settle(desk)


def late(desk: Desk) -> Case:
    """A case that is overdue by the clock of the tests' services."""
    case = desk.case("dispatched", condition=URGENT)
    now = desk.services.now() + timedelta(days=30)
    desk.services.now = lambda: now  # type: ignore[method-assign]
    return case


def direction(desk: Desk, case: Case, who: str, name: str, **data: Any) -> str:
    """Somebody says something about a case; the direction's id."""
    made = desk.services.cases.new_command_id()
    desk.do(name, case, who, direction_id=made, **data)
    return made


def test_the_parts_are_counted_and_listed(desk: Desk, panel: SupervisionPanel) -> None:
    """Overdue, nearly due and unanswered: the number on the tab is what is listed and what the list service counts."""
    case = desk.case("dispatched")
    direction(desk, case, "shift_leader", "supervise", note="请书面回复")
    settle(desk)
    assert panel.board is not None
    for part in ("red", "yellow", "directed"):
        choose_part(desk, panel, part)
        count = desk.services.lists.count(panel.board.filters[part])
        assert panel.tabs._buttons[part].text().endswith(f" {count}")
        assert panel.table.rows.rowCount() == count
    assert case.id in listed(panel)


def test_the_units_are_counted_and_narrow_the_list(desk: Desk, panel: SupervisionPanel) -> None:
    """Each unit has its numbers; chosen, only its cases are listed, and all of them again with the first row."""
    one, two = desk.case("dispatched", "one"), desk.case("dispatched", "two")
    for case in (one, two):
        direction(desk, case, "shift_leader", "supervise", note="请回复")
    settle(desk)
    choose_part(desk, panel, "directed")
    assert {one.id, two.id} <= listed(panel)
    unit = desk.actors["one"].unit
    assert panel.board is not None and panel.board.by_unit["directed"][unit] >= 1
    assert choose(panel.units, unit)
    settle(desk)
    assert one.id in listed(panel) and two.id not in listed(panel)
    assert choose(panel.units, ALL)
    settle(desk)
    assert {one.id, two.id} <= listed(panel)


@pytest.mark.article("TZ-3-KEY")
def test_a_key_case_without_progress_is_listed_until_there_is_some(
    desk: Desk, panel: SupervisionPanel
) -> None:
    """A key case owes word of its progress inside a set time; late, it is here, and goes when the unit has told."""
    case = desk.case("received")
    case = desk.do("mark_key", case, "shift_leader", reason="媒体关注")
    clock = case.clock("key_feedback")
    assert clock is not None and clock.due_at is not None
    choose_part(desk, panel, "key")
    assert case.id not in listed(panel), "there is time still"
    late_by = clock.due_at + timedelta(minutes=1)
    desk.services.now = lambda: late_by  # type: ignore[method-assign]
    panel.reload()
    settle(desk)
    assert case.id in listed(panel)
    desk.do("progress", case, "one", note="正在施工")
    settle(desk)
    assert case.id not in listed(panel)


@pytest.mark.article("TJA-6-DISPATCHER")
def test_many_are_urged_at_once(desk: Desk, panel: SupervisionPanel) -> None:
    """What is chosen in the list is urged together with one note; each case has it in its log."""
    cases = [late(desk), desk.case("dispatched")]
    panel.reload()
    choose_part(desk, panel, "red")
    assert cases[0].id in listed(panel)
    panel.table.selectAll()
    desk.settle()
    count = len(desk.context.selection.ids)
    assert count > len(panel.table.chosen()) > 0  # of a list only what is in sight is loaded
    panel.actions_bar.button("urge").click()
    desk.settle()
    dialog = desk.dialog()
    assert isinstance(dialog, DirectionDialog)
    dialog.note.edit.setPlainText("已超期，请立即处置")
    dialog.ok.click()
    desk.settle()
    assert desk.now_of(cases[0]).directions[-1].note == "已超期，请立即处置"
    assert desk.said() == f"「催办」已完成 {count} 件"


def test_what_is_not_loaded_is_urged_too(desk: Desk, panel: SupervisionPanel) -> None:
    """As many are urged as the panel says are chosen, those too that the list does not hold."""
    here, elsewhere = late(desk), desk.case("dispatched")
    panel.reload()
    choose_part(desk, panel, "red")
    assert here.id in listed(panel) and elsewhere.id not in listed(panel)
    desk.context.selection.set([here.id, elsewhere.id])
    assert "已选 2 件" in panel.says.text()
    panel.speak("urge")
    desk.settle()
    dialog = desk.dialog()
    assert isinstance(dialog, DirectionDialog)
    dialog.note.edit.setPlainText("请尽快")
    dialog.ok.click()
    desk.settle()
    assert [desk.now_of(case).urged for case in (here, elsewhere)] == [1, 1]


def test_each_case_of_a_batch_has_its_result(desk: Desk, commander: Any) -> None:
    """One of two cannot be urged any more: the other is, and the dialog says which was not and why."""
    good, closed = desk.case("dispatched"), desk.case("registered")
    dialog = direct(desk.context, "urge", [good, closed], None)
    assert dialog is not None
    desk.settle()
    assert "可办 1 件" in dialog.effect.words
    dialog.note.edit.setPlainText("请尽快")
    dialog.submit()
    desk.settle()
    assert dialog.isVisible() and dialog.results.isVisibleTo(dialog)
    told = {
        dialog.results.item(row, 0).text(): dialog.results.item(row, 1).text()
        for row in range(dialog.results.rowCount())
    }
    assert told[good.code] == "已完成" and "待立案" in told[closed.code]
    assert desk.now_of(good).urged == 1 and not desk.now_of(closed).directions
    dialog.ok.click()
    assert not dialog.isVisible()


def test_to_supervise_sets_a_date(desk: Desk, panel: SupervisionPanel) -> None:
    """督办 asks for an answer by a time unless one takes that out; 催办 only where one wants it."""
    case = desk.case("dispatched")
    dialog = direct(desk.context, "supervise", [case], panel)
    assert dialog is not None and dialog.until.value() is not None
    dialog.note.edit.setPlainText("请说明原因")
    dialog.submit()
    desk.settle()
    made = desk.now_of(case).directions[-1]
    assert made.kind == "supervise" and made.until is not None and made.waiting
    urge = direct(desk.context, "urge", [case], panel)
    assert urge is not None and urge.until.value() is None
    assert urge.until.box is not None
    urge.until.box.click()
    assert urge.until.value() is not None
    urge.reject()
    desk.settle()


@pytest.mark.article("TJA-6-COMMANDER")
def test_an_answer_is_seen(desk: Desk, panel: SupervisionPanel) -> None:
    """The commander instructs; the unit's answer stands under it, and the case is not waited for any more."""
    case = desk.case("received")
    made = direction(desk, case, "commander", "instruct", note="请主要负责同志过问")
    settle(desk)
    choose_part(desk, panel, "directed")
    desk.context.selection.set({case.id}, case.id)
    settle(desk)
    assert desk.visible_text(panel.answers, "请主要负责同志过问")
    desk.do("reply", case, "one", direction_id=made, note="已到场处置")
    settle(desk)
    assert desk.visible_text(panel.answers, "已到场处置")
    assert case.id not in listed(panel)


def test_what_may_be_said_is_the_posts(desk: Desk, panel: SupervisionPanel) -> None:
    """Only the commander instructs; the dispatcher urges and supervises; nothing is possible without a choice."""
    assert desk.offered(panel) == {"urge", "supervise", "instruct", "mark_key"}
    desk.sit("dispatcher")
    other = desk.open(SupervisionPanel, 420, 640)
    assert desk.offered(other) == {"urge", "supervise"}
    assert not other.actions_bar.button("urge").isEnabled()
    case = desk.services.lists.page(CaseFilter(open=True), None, 1).rows[0]
    desk.context.selection.set({case.id}, case.id)
    assert other.actions_bar.button("urge").isEnabled()
    other.table.clearSelection()
    other.speak("urge")
    assert "请先" in desk.said()


def test_cases_are_marked_as_key_together(desk: Desk, panel: SupervisionPanel) -> None:
    """列为重点 goes to those for which it is possible, with one reason."""
    cases = [desk.case("dispatched"), desk.case("dispatched")]
    for case in cases:
        direction(desk, case, "shift_leader", "supervise", note="请回复")
    settle(desk)
    choose_part(desk, panel, "directed")
    for case in cases:
        place = panel.table.rows.row_of(case.id)
        assert place >= 0
    desk.context.selection.set({case.id for case in cases}, cases[0].id)
    desk.settle()
    panel.speak("mark_key")
    desk.settle()
    desk.give_reason("媒体关注")
    assert all(desk.now_of(case).key_case for case in cases)


def test_the_list_speaks_too(desk: Desk) -> None:
    """The list of cases has the buttons of a post that may urge, and only while something is chosen."""
    from workstation.panels.caselist import CaseListPanel

    desk.sit("dispatcher")
    panel = hasten(desk.open(CaseListPanel, 560, 700))
    case = desk.case("dispatched")
    panel.tabs._buttons["open"].click()
    settle(desk)
    assert all(made.isHidden() for made in panel.speaking.values())
    desk.context.selection.set({case.id}, case.id)
    desk.settle()
    button = panel.speaking["urge"]
    assert isinstance(button, QPushButton) and not button.isHidden()
    button.click()
    desk.settle()
    desk.dialog().note.edit.setPlainText("请尽快")
    desk.dialog().ok.click()
    desk.settle()
    assert desk.now_of(case).urged == 1
    desk.sit("operator")
    other = desk.open(CaseListPanel, 560, 700)
    assert not other.speaking
