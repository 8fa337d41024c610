"""The dispatcher's ways around the ordinary dispatch, each with what it does to the clocks before it is done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.panels.desk import Desk
from workstation.map.dragging import DropInfo
from workstation.panels.common.units_inside import units_inside
from workstation.panels.common.ways import suggested_scope
from workstation.panels.dispatch import DispatchPanel
from workstation.panels.filing import FilingPanel
from workstation.services.centre.units import UnitInfo
from workstation.services.lists.filter import CaseFilter
from workstation.workflow.case import State

CREW = "329911W01"


def at_dispatch(desk: Desk, state: str = "filed", tab: str = "filed") -> tuple[object, DispatchPanel]:
    """A case in that state, selected in the dispatcher's panel."""
    case = desk.case(state)
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    panel.choose_tab(tab)
    desk.settle()
    desk.select(panel, case)
    return case, panel


def take(desk: Desk, panel: DispatchPanel, name: str) -> object:
    """Choose a way from the menu; the dialog that asks for it, with its effect known."""
    assert name in panel.actions_bar.menu_offers("more")
    panel.actions_bar.choose("more", name)
    desk.settle()
    return desk.dialog()


@pytest.mark.article("TZ-16-RAPID")
def test_rapid_disposal_by_the_own_crew(desk: Desk) -> None:
    """快速处置 offers the centre's crews and their budget, says which clocks start, and the crew gets the case."""
    case, panel = at_dispatch(desk)
    dialog = take(desk, panel, "rapid")
    combo = dialog.field("unit").combo
    assert [combo.itemData(n) for n in range(combo.count())] == [CREW]
    assert "处置计时开始" in dialog.note.words and "派遣计时停止" in dialog.note.words
    desk.agree()
    after = desk.now_of(case)
    assert (after.state, after.way, after.lead.unit, after.budget) == (
        State.DISPATCHED,
        "rapid",
        CREW,
        "rapid",
    )


def test_a_dispute_is_brought_up_with_the_keyboard_alone(desk: Desk) -> None:
    """Arrow keys choose, Space ticks, words are typed, Ctrl+Enter sends; an empty field is come back to first."""
    case, panel = at_dispatch(desk)
    dialog = take(desk, panel, "coordinate")
    cause, units, reason = (dialog.field(name) for name in ("cause", "units", "reason"))
    QTest.keyClick(cause.buttons["unclear"], Qt.Key.Key_Down)
    assert cause.value() == "disputed"
    before = set(units.value())
    QTest.keyClick(units.list, Qt.Key.Key_Down)
    QTest.keyClick(units.list, Qt.Key.Key_Space)
    assert len(set(units.value()) - before) == 1
    desk.settle()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.now_of(case).coordinating is None and reason.row._note.text()
    QTest.keyClicks(reason.edit, "disputed")
    QTest.keyClick(reason.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(panel, Qt.Key.Key_Shift)  # the dialog is gone: somebody must hear that Ctrl was let go
    desk.settle()
    assert desk.now_of(case).coordinating is not None


@pytest.mark.article("TZ-16-RAPID")
def test_a_drop_on_the_crew_is_a_rapid_disposal(desk: Desk) -> None:
    """Over the crew the tree says 快速处置, and letting go does that; over others it dispatches as ever."""
    case, panel = at_dispatch(desk)
    told: dict[str, DropInfo] = {}
    desk.context.drags.told.connect(lambda info, *_: told.update(info))
    desk.drop(panel.choice.tree, [case], CREW)
    assert told[CREW].verb == "快速处置" and told[desk.actors["one"].unit].verb == ""
    after = desk.now_of(case)
    assert (after.way, after.lead.unit) == ("rapid", CREW)
    assert desk.notices[-1].action is not None
    desk.notices[-1].action[1]()
    desk.settle()
    assert desk.now_of(case).state is State.FILED


@pytest.mark.article("MQ-27-FIRST", "TY-3-EMERGENCYFUND")
def test_first_response_by_a_plan_out_of_a_fund(desk: Desk) -> None:
    """先行处置 shows the plan's steps and the fund; the card then says that nobody is responsible yet."""
    case, panel = at_dispatch(desk)
    dialog = take(desk, panel, "first_response")
    plan = desk.services.handbook.plans_for(case.kind, case.class_code)[0]
    assert desk.visible_text(dialog, plan.steps[0])
    dialog.field("unit").combo.set_code(desk.actors["one"].unit)
    dialog.foresee()
    desk.agree()
    after = desk.now_of(case)
    assert (after.way, after.plan, after.budget) == ("first", plan.key, "emergency")
    desk.context.selection.set({case.id}, case.id)
    panel.choose_tab("sent")
    desk.settle()
    assert desk.visible_text(panel.card, "待明确")


@pytest.mark.article("MQ-26-UNCLEAR", "TZ-15-DISPUTE")
def test_brings_a_dispute_before_the_first_body(desk: Desk) -> None:
    """提请协调 names cause, parties and scope; the dispatch clock stands still, which is said before; it can be taken back."""
    case, panel = at_dispatch(desk)
    dialog = take(desk, panel, "coordinate")
    assert "派遣计时暂停" in dialog.note.words
    dialog.field("cause").choose("disputed")
    dialog.field("units").tick(desk.actors["one"].unit)
    dialog.field("units").tick(desk.actors["two"].unit)
    dialog._accept()
    assert desk.now_of(case).coordinating is None  # no reason yet
    desk.give_reason("两家单位对职责有争议")
    open_one = desk.now_of(case).coordinating
    assert open_one is not None and open_one.cause == "disputed"
    assert set(open_one.units) >= {desk.actors["one"].unit, desk.actors["two"].unit}
    assert desk.now_of(case).clock("dispatch").due_at is None
    panel.choose_tab("coordinating")
    desk.settle()
    desk.select(panel, case)
    assert desk.visible_text(panel.dispute, "责任争议")
    assert "dispatch" not in desk.offered(panel) and "decide" in desk.offered(panel)
    panel.actions_bar.button("withdraw_coordination").click()
    desk.settle()
    assert "派遣计时恢复" in desk.dialog().note.words
    desk.give_reason("双方已商定")
    assert desk.now_of(case).coordinating is None
    assert desk.now_of(case).clock("dispatch").due_at is not None


def test_a_call_for_haste_is_answered_by_the_unit(desk: Desk) -> None:
    """催办 with a time to answer by reaches the unit as a card with 回复, which closes it."""
    from workstation.panels.disposal import DisposalPanel

    case, panel = at_dispatch(desk, "dispatched", "sent")
    dialog = take(desk, panel, "urge")
    assert "计时不停" in dialog.note.words
    dialog.field("until").box.setChecked(True)
    desk.give_reason("请抓紧办理")
    assert desk.now_of(case).directed
    desk.sit("one")
    unit = desk.open(DisposalPanel)
    desk.select(unit, case)
    assert desk.visible_text(unit.directions, "请抓紧办理")
    unit.directions.answer(desk.now_of(case).directions[0].id)
    desk.give_reason("今日完成")
    after = desk.now_of(case).directions[0]
    assert (after.answer, desk.now_of(case).directed) == ("今日完成", False)


@pytest.mark.article("TJA-8-RETURN")
def test_answers_several_extensions_at_once(desk: Desk) -> None:
    """Two units' applications selected together: the dialog says the new deadlines, and both are granted with one reason."""
    cases = []
    desk.employ("head", "unit_leader", desk.actors["one"].unit)
    for place in range(2):
        case = desk.case("received")
        case = desk.do("ask_extension", case, "one", request_id=f"x{place}", reason="需订购配件", amount=2.0)
        cases.append(desk.do("endorse_request", case, "head", request_id=f"x{place}"))
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    panel.choose_tab("requests")
    desk.settle()
    desk.select_several(panel, cases)
    panel.grant()
    desk.settle()
    dialog = desk.dialog()
    assert "可办 2 件" in dialog.note.words and "截止时间从" in dialog.note.words
    desk.give_reason("情况属实，同意")
    assert {desk.now_of(case).requests[-1].answer for case in cases} == {"granted"}


def test_parts_of_a_problem_become_cases(desk: Desk) -> None:
    """拆分 registers a case a part with the place of the whole; without words for a part nothing is done."""
    case, panel = at_dispatch(desk)
    dialog = take(desk, panel, "split")
    dialog.parts[0][0].setText("井盖破损")
    dialog._accept()
    assert desk.now_of(case).children == ()
    dialog.parts[1][0].setText("路面塌陷")
    desk.agree()
    whole = desk.now_of(case)
    assert len(whole.children) == 2
    part = desk.services.cases.get(whole.children[1])
    assert (part.parent, part.description, part.address) == (case.id, "路面塌陷", case.address)


def test_who_proposes_a_void_does_not_approve_it(desk: Desk) -> None:
    """A dispatcher proposes, the shift leader approves; a leader's own proposal waits for another one."""
    case, panel = at_dispatch(desk)
    take(desk, panel, "propose_void")
    desk.give_reason("重复登记")
    assert desk.now_of(case).pending("void") is not None
    own = desk.case("filed")
    desk.do("propose_void", own, "shift_leader", request_id="own", reason="测试案卷")
    desk.sit("shift_leader")
    leader = desk.open(FilingPanel)
    leader.choose_tab("void")
    desk.settle()
    desk.select(leader, own)
    assert "grant" not in desk.offered(leader)
    desk.select(leader, case)
    desk.press(leader, "grant")
    assert desk.now_of(case).state is State.VOID
    assert desk.services.lists.count(CaseFilter(open=True, pending="void")) >= 1


def test_the_commander_approves_a_void(desk: Desk) -> None:
    """Proposed before filing too, a void waits for the commander under 申请, who agrees."""
    case = desk.case("registered")
    desk.do("propose_void", case, "operator", request_id="v9", reason="测试案卷")
    desk.employ("commander", "commander")
    desk.sit("commander")
    panel = desk.open(DispatchPanel)
    panel.choose_tab("requests")
    desk.settle()
    desk.select(panel, case)
    assert desk.visible_text(panel.request, "案卷作废，全部计时停止")
    desk.press(panel, "grant")
    assert desk.now_of(case).state is State.VOID


@pytest.mark.article("TZ-15-DISPUTE")
def test_the_scope_follows_the_parties() -> None:
    """Below one district or department a dispute stays inside; across districts it goes across; one district is inside."""

    def unit(code: str, kind: str, parent: str) -> UnitInfo:
        return UnitInfo(code, code, code, kind, "unit", parent, "", "", None)

    units = [
        unit("C", "centre", ""),
        unit("QA", "district", "C"),
        unit("QB", "district", "C"),
        unit("A1", "department", "QA"),
        unit("A2", "department", "QA"),
        unit("A11", "department", "A1"),
        unit("B1", "department", "QB"),
        unit("D", "department", "C"),
    ]
    assert suggested_scope(units, ["A11", "A2"]) == "inside"
    assert suggested_scope(units, ["A1", "QA"]) == "inside"
    assert suggested_scope(units, ["A1", "B1"]) == "across"
    assert suggested_scope(units, ["A1", "D"]) == "across"
    small = [one for one in units if one.kind != "district"]
    assert suggested_scope(small, ["A1", "B1"]) == "inside"
    assert [one.code for one in units_inside(units, "QA")] == ["A1", "A2", "A11"]
