"""The coordination panel: whose a case is, decided by the body whose turn it is; binding, and shown before it is done."""

from __future__ import annotations

import pytest

from tests.panels.desk import Desk
from workstation.panels.coordination import CoordinationPanel
from workstation.panels.dispatch import DispatchPanel
from workstation.workflow.case import Case, State


def dispute(desk: Desk, state: str = "filed") -> Case:
    """A dispute between units one and two, before the centre."""
    case = desk.case(state)
    units = [desk.actors["one"].unit, desk.actors["two"].unit]
    return desk.do(
        "coordinate",
        case,
        "dispatcher",
        coordination_id=f"c-{case.id}",
        cause="disputed",
        scope="inside",
        reason="两家单位对职责有争议",
        units=units,
    )


def at_the_table(desk: Desk, case: Case, who: str = "dispatcher") -> CoordinationPanel:
    """The panel with the case selected."""
    desk.sit(who)
    panel = desk.open(CoordinationPanel)
    desk.select(panel, case)
    return panel


@pytest.mark.article("MQ-26-UNCLEAR", "MQ-28-BINDING")
def test_a_decision_binds(desk: Desk) -> None:
    """裁定 to another unit: the dispatch clock goes on, which is said before; the case can go to that unit only."""
    case = dispute(desk)
    panel = at_the_table(desk, case)
    assert not panel.actions_bar.button("decide").isEnabled()
    panel.decide.unit.set_code(desk.actors["two"].unit)
    panel.decide._unit_chosen()
    desk.settle()
    assert "派遣计时恢复" in panel.decide.note.words
    desk.press(panel, "decide")
    assert desk.now_of(case).coordinating is not None  # no reason given yet
    panel.decide.decision.setPlainText("按权属，由该单位负责")
    desk.press(panel, "decide")
    after = desk.now_of(case)
    assert (after.state, after.ruled_unit, after.no_return) == (
        State.FILED,
        desk.actors["two"].unit,
        True,
    )
    dispatch = desk.open(DispatchPanel)
    desk.select(dispatch, after)
    assert desk.visible_text(dispatch.dispute, "不得再退")
    dispatch.choice.choose(desk.actors["one"].unit)
    desk.settle()
    assert dispatch.choice.effect is not None and dispatch.choice.effect.refusal is not None
    dispatch.choice.choose(desk.actors["two"].unit)
    desk.settle()
    desk.press(dispatch, "dispatch")
    assert desk.now_of(case).lead.unit == desk.actors["two"].unit


@pytest.mark.article("MQ-28-BINDING", "TZ-15-DISPUTE")
def test_the_unit_that_has_it_keeps_it(desk: Desk) -> None:
    """维持 leaves the case where it is; its clock has never stopped, and there is no return any more."""
    case = dispute(desk, "received")
    due = desk.now_of(case).clock("dispose").due_at
    panel = at_the_table(desk, case)
    panel.decide.keep.setChecked(True)
    desk.settle()
    assert "计时不停" in panel.decide.note.words
    panel.decide.decision.setPlainText("按属地管理，由该单位负责")
    desk.press(panel, "decide")
    after = desk.now_of(case)
    assert (after.state, after.no_return) == (State.RECEIVED, True)
    assert after.clock("dispose").due_at == due


@pytest.mark.article("MQ-26-UNCLEAR")
def test_goes_up_to_the_body_that_decides(desk: Desk) -> None:
    """报 the next body: from then on it is the commander's, with the steps in the order they were taken."""
    case = dispute(desk)
    desk.employ("commander", "commander")
    panel = at_the_table(desk, case)
    assert "人民政府" in panel.actions_bar.button("escalate").text()
    panel.actions_bar.button("escalate").click()
    desk.give_reason("各方意见不一致，报请裁定")
    panel.choose_tab("open")
    desk.settle()
    desk.select(panel, case)
    assert "decide" not in desk.offered(panel) and not panel.decide.isVisibleTo(panel)
    above = at_the_table(desk, case, "commander")
    assert above.decide.isVisibleTo(above)
    assert desk.visible_text(above.dispute, "各方意见不一致")
    assert desk.offered(above) >= {"decide"} and "escalate" not in desk.offered(above)


def test_the_parties_with_their_loads_and_returns(desk: Desk) -> None:
    """Who is asked to decide sees each party's load and why it gave the case back, and their areas on the map."""
    case = desk.case("dispatched")
    case = desk.do(
        "ask_return",
        case,
        "one",
        request_id="r1",
        reason="不在本单位辖区",
        suggested_unit=desk.actors["two"].unit,
    )
    case = desk.do("refuse_request", case, "dispatcher", request_id="r1", reason="属你单位职责，请继续处置")
    case = desk.do(
        "coordinate",
        case,
        "dispatcher",
        coordination_id="c1",
        cause="disputed",
        scope="inside",
        reason="单位坚持不是自己的",
        units=[desk.actors["one"].unit],
    )
    panel = at_the_table(desk, case)
    roles = {party.unit: (party.role, party.answer) for party in panel.view.parties}
    assert roles[desk.actors["one"].unit] == ("lead", "refused")
    assert roles[desk.actors["two"].unit] == ("suggested", "")
    assert desk.visible_text(panel.parties, "不在本单位辖区")
    panel.parties.show_on_map()
    assert desk.canvas._shown_units == frozenset(roles)


@pytest.mark.article("TY-3-EMERGENCYFUND")
def test_settles_afterwards_who_was_responsible(desk: Desk) -> None:
    """A disposal that came first stays in 待明责, closed or not, until 明确责任 names the unit and the rule to add."""
    case = desk.case("filed")
    plan = desk.services.handbook.plans_for(case.kind, case.class_code)[0]
    unit = desk.actors["one"].unit
    case = desk.do("first_response", case, "dispatcher", unit=unit, plan=plan.key, budget="emergency")
    case = desk.do("receive", case, "one")
    case = desk.do("feed_back", case, "one", note="已排险", cost=860.0)
    desk.sit("dispatcher")
    panel = desk.open(CoordinationPanel)
    panel.choose_tab("settle")
    desk.settle()
    desk.select(panel, case)
    assert desk.visible_text(panel.card, "860.00 元") and desk.visible_text(panel.card, "待明确")
    desk.press(panel, "settle")
    dialog = desk.dialog()
    dialog.field("unit").combo.set_code(desk.actors["two"].unit)
    dialog.foresee()
    dialog.field("rule").edit.setText("无主井盖由市政设施养护单位负责")
    desk.give_reason("经核实权属明确")
    after = desk.now_of(case)
    assert after.settled_unit == desk.actors["two"].unit
    assert panel.list.rows.row_of(case.id) < 0
