"""The filing panel: judged by the handbook's conditions, with the limit shown before it is filed."""

from __future__ import annotations

import pytest

from tests.panels.desk import CONDITION, URGENT, Desk
from workstation.panels.filing import FilingPanel
from workstation.workflow.case import State


@pytest.mark.article("TY-4-FILE", "TZ-12-DECIDE")
def test_files_by_the_chosen_condition(desk: Desk) -> None:
    """Choosing a condition shows limit and deadline at once; filing then fixes class, limit and closing standard."""
    case = desk.case("checked")
    desk.sit("shift_leader")
    panel = desk.open(FilingPanel)
    desk.select(panel, case)
    assert panel.conditions.count == 4
    assert not panel.actions_bar.button("file").isEnabled()
    panel.conditions.choose(2)
    desk.settle()
    assert panel.effect is not None and panel.effect.refusal is None
    assert "4个工作时" in panel._effect_text.text()
    desk.press(panel, "file")
    after = desk.now_of(case)
    assert (after.state, after.condition, after.closing_standard) == (State.FILED, CONDITION, "更换或修复")
    assert "立案" in desk.said() and after.code in desk.said()


@pytest.mark.article("MQ-29-EMERGENCY")
def test_an_emergency_counts_day_and_night(desk: Desk) -> None:
    """Ticking 应急案件 turns the shown limit into one that runs day and night."""
    case = desk.case("checked")
    desk.sit("shift_leader")
    panel = desk.open(FilingPanel)
    desk.select(panel, case)
    panel.conditions.choose(2)
    desk.settle()
    panel.emergency.setChecked(True)
    desk.settle()
    assert panel.effect is not None and panel.effect.unit == "urgent_hours"
    desk.press(panel, "file")
    assert desk.now_of(case).emergency


def test_a_hotline_case_waits_for_its_check(desk: Desk) -> None:
    """A registered hotline case cannot be filed before it was checked: the button is not offered."""
    case = desk.case("registered")
    desk.sit("shift_leader")
    panel = desk.open(FilingPanel)
    panel.choose_tab("checking")
    desk.settle()
    desk.select(panel, case)
    assert "file" not in desk.offered(panel)
    assert {"send_back", "reject"} <= desk.offered(panel)


def test_sends_back_with_the_reason(desk: Desk) -> None:
    """立案回退 asks for a reason, refuses none, and the operator finds it with the case."""
    case = desk.case("checked")
    desk.sit("shift_leader")
    panel = desk.open(FilingPanel)
    desk.select(panel, case)
    panel.actions_bar.button("send_back").click()
    desk.dialog().ok.click()
    assert desk.now_of(case).state is State.CHECKED
    desk.give_reason("位置不准确，请重新核对")
    after = desk.now_of(case)
    assert after.state is State.REGISTERED
    desk.context.selection.set({case.id}, case.id)
    desk.settle()
    assert panel.view.back == "位置不准确，请重新核对"


def test_several_at_once_each_with_its_result(desk: Desk) -> None:
    """Batch filing files what has a condition chosen; one that another seat took meanwhile is told beside its case."""
    first, second, third = (desk.case("checked") for _ in range(3))
    desk.sit("shift_leader")
    panel = desk.open(FilingPanel)
    panel.list.clearSelection()
    rows = panel.list.rows
    model = panel.list.selectionModel()
    for case in (first, second, third):
        model.select(rows.index(rows.row_of(case.id)), model.SelectionFlag.Select)
    desk.settle()
    panel.reload()
    desk.settle()
    panel.batch.combo(first.id).setCurrentIndex(1)
    panel.batch.combo(second.id).setCurrentIndex(2)
    desk.do("transfer", second, "shift_leader", to="综合执法局", reason="涉嫌违法")
    assert "2" in panel.actions_bar.button("batch").text()
    desk.press(panel, "batch")
    assert desk.now_of(first).condition == URGENT
    assert desk.now_of(third).state is State.CHECKED
    results = {panel.batch.table.item(n, 2).text() for n in range(3)}
    assert "已立案" in results and "" in results
    assert any("移送" in words for words in results)
    assert panel.list.ids() == [third.id]


def test_a_conflict_is_told_in_words(desk: Desk) -> None:
    """Two leaders act on one case: the second is told who did what, and nothing is lost."""
    case = desk.case("checked")
    desk.sit("shift_leader")
    panel = desk.open(FilingPanel)
    desk.select(panel, case)
    panel.conditions.choose(1)
    desk.settle()
    panel.context.changed.disconnect(panel._changed)
    desk.do("send_back", case, "shift_leader", reason="照片不清晰")
    desk.press(panel, "file")
    (clash,) = desk.clashes
    first = clash.error.events[-1].event
    assert (first.kind, first.actor_name) == ("send_back", desk.actors["shift_leader"].name)
    assert desk.now_of(case).state is State.REGISTERED


def test_a_unit_applies_to_void(desk: Desk) -> None:
    """作废申请 is the leader's to answer: agreed, the case is void; what it does is said before."""
    case = desk.case("received")
    case = desk.do("ask_void", case, "one", request_id="v1", reason="现场无此问题")
    desk.sit("shift_leader")
    panel = desk.open(FilingPanel)
    panel.choose_tab("void")
    desk.settle()
    desk.select(panel, case)
    assert desk.visible_text(panel.request, "案卷作废")
    assert desk.offered(panel) == {"grant", "refuse", "more"}
    desk.press(panel, "grant")
    assert desk.now_of(case).state is State.VOID


@pytest.mark.article("MQ-42-TRANSFER", "MQ-19-EVIDENCE")
def test_transfers_with_the_evidence(strict_desk: Desk) -> None:
    """移送执法 makes the evidence file, keeps it and names it by its hash; the clocks stop, which is said before."""
    desk = strict_desk
    case = desk.case("checked")
    desk.sit("shift_leader")
    panel = desk.open(FilingPanel)
    desk.select(panel, case)
    panel.actions_bar.choose("more", "transfer")
    desk.settle()
    assert "立案计时停止" in desk.dialog().note.words
    desk.give_reason("涉嫌违法，移送查处")
    after = desk.now_of(case)
    assert (after.state, len(after.evidence)) == (State.TRANSFERRED, 64)
    assert desk.services.evidence.get(after.evidence, desk.actors["shift_leader"]).sha256 == after.evidence


@pytest.mark.article("TZ-3-KEY")
def test_marks_a_key_case(desk: Desk) -> None:
    """列为重点 says which clock it starts; the same menu then takes the mark away again."""
    case = desk.case("checked")
    desk.sit("shift_leader")
    panel = desk.open(FilingPanel)
    desk.select(panel, case)
    assert "unmark_key" not in panel.actions_bar.menu_offers("more")
    panel.actions_bar.choose("more", "mark_key")
    desk.give_reason("群众反映强烈")
    assert desk.now_of(case).key_case
    assert "mark_key" not in panel.actions_bar.menu_offers("more")
    panel.actions_bar.choose("more", "unmark_key")
    desk.give_reason("已解决")
    assert not desk.now_of(case).key_case
