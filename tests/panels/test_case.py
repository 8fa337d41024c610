"""The case's dock: sheet, facts, clocks with their explanation, requests, and what the post may do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QToolTip

from tests.panels.desk import Desk
from workstation.panels.case import CasePanel
from workstation.panels.case.clockbar import ClockBar
from workstation.panels.case.clocklegend import ClockLegend
from workstation.panels.case.clocks import ClockCard
from workstation.panels.case.clockwords import article_text, basis_text, cause_text, minutes_text, span_text
from workstation.panels.case.forms import ArrowForm, read_moves
from workstation.panels.case.timeline import entries
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import Case, ClockRun, Pause, State
from workstation.workflow.clock import Entry, ledger

START = datetime(2026, 9, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The dock of a dispatcher."""
    desk.sit("dispatcher")
    desk.context.names = {p.id: p.name for p in desk.services.people.all()} | {
        unit.code: unit.name for unit in desk.services.units.all()
    }
    return desk.open(CasePanel, 480, 900)


def look_at(desk: Desk, panel: CasePanel, case: Case) -> None:
    """Choose the case and wait until it is shown."""
    desk.context.selection.set([case.id], case.id)
    desk.settle()
    assert panel.sheet is not None and panel.sheet.case.id == case.id


def buttons(panel: CasePanel) -> dict[str, QPushButton]:
    """The buttons of the bar by their words."""
    found = panel.bar.findChildren(QPushButton)
    return {item.text(): item for item in found if item.isVisibleTo(panel)}


def test_nothing_chosen_is_said(desk: Desk, panel: CasePanel) -> None:
    """An empty dock tells what to do."""
    assert panel._pages.currentIndex() == 0 and desk.visible_text(panel, "请选择一件案卷")


def test_the_head_names_class_code_state_and_time(desk: Desk, panel: CasePanel) -> None:
    """What it is, where it stands, and how long is left."""
    case = desk.case("dispatched")
    look_at(desk, panel, case)
    assert panel.name.text() == case.class_name and panel.code.text() == case.code
    assert panel.state.words == "待接收" and panel.lamp.light == "green"
    assert panel.remaining.text().startswith("剩 ") and "截止" in panel.due.text()


def test_a_unit_is_not_shown_another_units_case(desk: Desk, panel: CasePanel) -> None:
    """Chosen by whatever way, a case of another unit stays closed, and the dock says why; one's own opens."""
    mine, other = desk.case("dispatched", "one"), desk.case("dispatched", "two")
    desk.sit("one")
    desk.context.show_case(other.id)
    desk.qtbot.wait(200)
    desk.settle()
    assert panel.sheet is None and panel._pages.currentIndex() == 0
    assert desk.visible_text(panel, "不由本单位办理") and not desk.visible_text(panel, other.code)
    desk.context.show_case(mine.id)
    desk.qtbot.wait(200)
    look_at(desk, panel, mine)


@pytest.mark.article("TZ-5-PRIVACY")
@pytest.mark.parametrize(
    ("who", "told"), [("operator", True), ("shift_leader", True), ("dispatcher", False), ("one", False)]
)
def test_who_reported_is_for_those_who_call_back(desk: Desk, panel: CasePanel, who: str, told: bool) -> None:
    """Name and telephone are masked for operator and shift leader, and not in anybody else's sheet; never in the clear."""
    case = desk.case("dispatched", reporter="周女士", reporter_phone="13900001111")
    desk.sit(who)
    look_at(desk, panel, case)
    assert not desk.visible_text(panel, "13900001111") and not desk.visible_text(panel, "周女士")
    assert desk.visible_text(panel, "139****1111") == told and desk.visible_text(panel, "周**") == told


def test_the_sheet_tells_who_did_what(desk: Desk, panel: CasePanel) -> None:
    """流转单: newest first, with person, post, stage and opinion."""
    case = desk.case("failed")
    history = desk.services.cases.history(case.id)
    lines = entries(history, desk.services.handbook, desk.context.name_of)
    assert len(lines) == len(history) and lines[-1].title == "受理登记" and lines[-1].state == "待立案"
    checked = next(line for line in lines if line.title == "核实反馈")
    assert "结果：属实" in checked.lines and "“情况属实”" in checked.lines
    assert desk.actors["operator"].name in checked.who and "受理员" in checked.who
    dispatched = next(line for line in lines if line.title == "派遣")
    assert f"主办单位：{desk.context.name_of(desk.actors['one'].unit)}" in dispatched.lines
    verified = lines[0]
    assert verified.title == "核查反馈" and verified.state == "" and "结果：不合格" in verified.lines
    look_at(desk, panel, case)
    panel.show_part("flow")
    wide = panel.timeline.height()
    panel.resize(330, 900)
    desk.settle()
    assert panel.timeline.height() >= wide > 300 and not panel.timeline.grab().isNull()


def test_facts_leave_out_what_is_not_known(desk: Desk, panel: CasePanel) -> None:
    """Class, address and unit stand there; a component that is not told does not."""
    case = desk.case("dispatched")
    look_at(desk, panel, case)
    assert desk.visible_text(panel.facts, case.address)
    assert desk.visible_text(panel.facts, desk.context.name_of(desk.actors["one"].unit))
    assert not desk.visible_text(panel.facts, "部件") or case.component or case.kind == "component"


def test_the_dock_follows_what_others_do(desk: Desk, panel: CasePanel) -> None:
    """A change of the case, from wherever, is shown; that of another case is not waited for."""
    case = desk.case("filed")
    look_at(desk, panel, case)
    desk.do("dispatch", case, "dispatcher", unit=desk.actors["one"].unit)
    desk.qtbot.waitUntil(lambda: panel.state.words == "待接收", timeout=5000)


def test_buttons_are_what_the_post_may_do(desk: Desk, panel: CasePanel) -> None:
    """A dispatcher dispatches a filed case; the unit's receiver receives it, which the dispatcher cannot."""
    case = desk.case("filed")
    look_at(desk, panel, case)
    assert "派遣" in buttons(panel) and "接收" not in buttons(panel)
    case = desk.do("dispatch", case, "dispatcher", unit=desk.actors["one"].unit)
    desk.sit("one")
    look_at(desk, panel, case)
    assert "派遣" not in buttons(panel) and "接收" in buttons(panel)


def test_urging_asks_for_words_and_is_done(desk: Desk, panel: CasePanel) -> None:
    """Words are asked for, phrases are one click; that no clock stops is said before it is done."""
    case = desk.case("dispatched")
    look_at(desk, panel, case)
    buttons(panel)["催办…"].click()
    form = desk.dialog()
    desk.settle()
    assert "计时不停" in form.effect.words
    form.ok.click()
    assert form.isVisible(), "an empty note is not accepted"
    form.note.edit.setPlainText("请尽快处置")
    form.ok.click()
    desk.settle()
    last = desk.services.cases.history(case.id)[-1].event
    assert last.kind == "urge" and last.data["note"] == "请尽快处置"


def test_a_refusal_keeps_the_form_open(desk: Desk, panel: CasePanel) -> None:
    """Somebody was faster: the form says so, and what was typed is still there."""
    case = desk.case("dispatched")
    look_at(desk, panel, case)
    moves = read_moves(desk.services, case.id, desk.context.actor)
    arrow = next(a for a in moves.arrows if a.name == "comment")
    form = ArrowForm(desk.context, moves, arrow, panel)
    form.open()
    edit = form.editor("note")
    assert isinstance(edit, QPlainTextEdit)
    edit.setPlainText("请尽快")
    desk.do("receive", case, "one")
    form.submit()
    desk.settle()
    assert form.isVisible() and "接收" in form._error.text() and edit.toPlainText() == "请尽快"
    form.reject()


@pytest.mark.article("MQ-25-RETURN")
def test_a_request_is_made_and_answered_here(desk: Desk, panel: CasePanel) -> None:
    """A unit asks to return with a reason; the dispatcher sees it and agrees; the case is to be dispatched anew."""
    case = desk.case("dispatched")
    desk.sit("one")
    moves = read_moves(desk.services, case.id, desk.context.actor)
    form = ArrowForm(desk.context, moves, next(a for a in moves.arrows if a.name == "ask_return"), panel)
    form.open()
    reason = form.editor("reason")
    assert isinstance(reason, QPlainTextEdit)
    reason.setPlainText("不属于本单位职责")
    form.submit()
    desk.settle()
    desk.sit("dispatcher")
    look_at(desk, panel, desk.now_of(case))
    assert desk.visible_text(panel.facts, "不属于本单位职责")
    panel._move_named("grant_return")
    grant = desk.dialog()
    grant.ok.click()
    desk.settle()
    assert desk.now_of(case).state is State.FILED


def test_clocks_are_explained(desk: Desk, panel: CasePanel) -> None:
    """Each clock has its limit, what is used, what it rests on, and every stretch with its cause."""
    case = desk.case("dispatched")
    look_at(desk, panel, case)
    panel.show_part("clocks")
    desk.settle()
    cards = panel.clocks.findChildren(ClockCard)
    assert len(cards) == len(case.clocks) + 1
    returning = next(card for card in cards if desk.visible_text(card, "申请回退"))
    assert desk.visible_text(returning, "内可以申请")
    assert any(desk.visible_text(card, "闽清县") for card in cards)
    assert all(card.legend.lines for card in cards)
    more = cards[0].findChildren(QPushButton)[0]
    more.click()
    assert cards[0]._rows.isVisibleTo(cards[0]) and more.text() == "收起明细"
    assert desk.visible_text(cards[0], "工作时间")
    more.click()
    assert not cards[0]._rows.isVisibleTo(cards[0]) and more.text() == "展开明细"


def test_a_bar_shows_holiday_pause_and_lateness(desk: Desk) -> None:
    """Over the National Day holiday and a suspension: counted, not counted and late stretches, each with its cause."""
    calendar = WorkCalendar.named("china")
    pause = Pause(datetime(2026, 10, 9, 2, tzinfo=UTC), datetime(2026, 10, 10, 2, tzinfo=UTC), "待审批", "p1")
    run = ClockRun("dispose", START, 8, "work_hours", None, None, pauses=(pause,), article="MQ-23-LIMIT")
    now = datetime(2026, 10, 15, 3, tzinfo=UTC)
    book = ledger(run, calendar, now)
    handbook = desk.services.handbook
    causes = {cause_text(entry, handbook, {"p1": "王芳"}) for entry in book.entries}
    assert any("国庆" in cause for cause in causes) and "挂账暂停（王芳，待审批）" in causes
    assert any(entry.cause == "late" for entry in book.entries)
    bar = ClockBar(handbook, {"p1": "王芳"})
    desk.qtbot.addWidget(bar)
    bar.resize(420, 58)
    bar.set_ledger(book, now, False)
    assert not bar.grab().isNull()
    places = [bar._place(at) for at in (run.started_at, book.yellow_at, book.due_at, now)]
    assert None not in places and places == sorted(places)  # type: ignore[type-var]
    uncounted = [right - left for left, right, entry in bar._pieces if not entry.counted]
    assert max(uncounted) < 0.16, "a week off does not fill the bar"
    stretches = [entry for x in range(0, 420, 3) if (entry := bar.stretch_at(x)) is not None]
    assert {"holiday", "suspended", "late", "work"} <= {entry.cause for entry in stretches}
    said = bar.accessibleDescription()
    assert "不计时：法定节假日（国庆节）\n依据《国务院办公厅关于2026年部分节假日安排的通知》" in said
    assert "不计时：挂账暂停（王芳，待审批）\n依据《数字城管平台通行做法》" in said
    legend = ClockLegend(book, now, handbook, {"p1": "王芳"})
    desk.qtbot.addWidget(legend)
    assert any(line.startswith("法定节假日（国庆节） 不计 ") for line in legend.lines)
    assert legend.lines[0].startswith(("工作时间", "超过时限")) and legend.lines[-1].endswith("起临期")


def test_a_stretch_under_the_pointer(desk: Desk) -> None:
    """Moving over the bar marks the stretch, and its tooltip says when, why and what it rests on."""
    calendar = WorkCalendar.named("china")
    run = ClockRun("dispose", START, 8, "work_hours", None, None, article="MQ-23-LIMIT")
    bar = ClockBar(desk.services.handbook, {}, run.article)
    desk.qtbot.addWidget(bar)
    bar.resize(420, 66)
    bar.show()
    bar.set_ledger(ledger(run, calendar, START), START, False)
    desk.qtbot.mouseMove(bar, QPoint(10, 30))
    assert bar._under is bar.stretch_at(10) and bar._under is not None and bar._under.counted
    QApplication.sendEvent(
        bar, QHelpEvent(QEvent.Type.ToolTip, QPoint(10, 30), bar.mapToGlobal(QPoint(10, 30)))
    )
    assert "计时：工作时间\n依据《闽清县" in QToolTip.text()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert bar._under is None
    QToolTip.hideText()


def test_pauses_by_coordination_and_state_have_words(desk: Desk) -> None:
    """What stands still for a coordination or a state says so, and a short word of it fits into the bar."""
    handbook = desk.services.handbook
    words = {}
    for cause in ("coordinating", "verifying", "comment"):
        entry = Entry(START, START, False, cause, {"by": "", "reason": ""})
        words[cause] = (cause_text(entry, handbook, {}), basis_text(entry, handbook, "MQ-23-LIMIT"))
    assert words["coordinating"][0].startswith("协调") and words["coordinating"][1]
    assert words["verifying"][0].endswith("暂停") and words["verifying"][1].endswith("第二十三条")
    assert words["comment"][0] == "批注"
    assert basis_text(Entry(START, START, False, "weekend", {}), handbook, "MQ-23-LIMIT") == ""


def test_times_and_sources_in_words(desk: Desk) -> None:
    """Working minutes are never told as days; an article names its document."""
    assert (
        minutes_text(480 * 3) == "24小时" and minutes_text(95) == "1小时35分" and minutes_text(5) == "5分钟"
    )
    assert article_text(desk.services.handbook, "MQ-23-LIMIT").endswith("第二十三条")
    assert article_text(desk.services.handbook, "") == ""
    end = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
    assert span_text(START, end) == "09-30 16:00 – 10-01 16:30"
