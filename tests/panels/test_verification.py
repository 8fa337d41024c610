"""The verification panel: sent to be looked at, found good or not, and one of the four outcomes chosen."""

from __future__ import annotations

import pytest

from tests.panels.desk import Desk
from workstation.panels.verification import VerificationPanel
from workstation.workflow.case import State


@pytest.mark.article("MQ-24-VERIFY")
def test_sends_and_records(desk: Desk) -> None:
    """The operator sends the grid's collector, writes down what was found, and the leader closes."""
    case = desk.case("fed_back")
    panel = desk.open(VerificationPanel)
    desk.select(panel, case)
    own = desk.services.people.collector_for(case.grid)
    assert own is not None and panel.collector.person == own.id
    desk.press(panel, "send_verify")
    panel.choose_tab("verifying")
    desk.settle()
    desk.select(panel, case)
    panel.note.setPlainText("已处置到位")
    desk.press(panel, "pass")
    desk.sit("shift_leader")
    desk.select(panel, case)
    desk.press(panel, "close")
    after = desk.now_of(case)
    assert (after.state, after.verifications[-1].note) == (State.CLOSED, "已处置到位")


@pytest.mark.article("TZ-14-OUTCOMES")
@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("dispose_again", State.DISPATCHED),
        ("close_unqualified", State.CLOSED_UNQUALIFIED),
        ("redispatch", State.FILED),
    ],
)
def test_the_outcomes_of_a_failed_verification(desk: Desk, name: str, state: State) -> None:
    """After a failed verification closing is shut, with the reason; each of the other three does what it says."""
    case = desk.case("failed")
    desk.sit("shift_leader")
    panel = desk.open(VerificationPanel)
    desk.select(panel, case)
    assert not panel.outcomes.buttons["close"].isEnabled()
    assert "不合格" in panel.outcomes._why["close"].text()
    panel.outcomes.buttons[name].click()
    desk.give_reason("未达到结案标准")
    assert desk.now_of(case).state is state


@pytest.mark.article("MQ-24-TWICE")
def test_the_second_failure_is_shown_as_overdue(desk: Desk) -> None:
    """A case that failed twice is marked 超期处置, whatever its clock says."""
    case = desk.case("failed")
    case = desk.do("dispose_again", case, "shift_leader", reason="请整改")
    case = desk.do("receive", case, "one")
    case = desk.do("feed_back", case, "one", note="已整改")
    case = desk.do("send_verify", case, "operator", to=desk.actors["collector"].person)
    case = desk.do("verified", case, "operator", result="fail", note="仍未清理")
    desk.sit("shift_leader")
    panel = desk.open(VerificationPanel)
    desk.select(panel, case)
    assert panel._light.words == "超期处置"


@pytest.mark.article("TY-4-OWNER")
def test_an_operator_does_not_close(desk: Desk) -> None:
    """The outcomes are the leader's: the operator sees what was found and no buttons."""
    case = desk.case("failed")
    panel = desk.open(VerificationPanel)
    panel.choose_tab("found")
    desk.settle()
    desk.select(panel, case)
    assert desk.offered(panel) == set()
    assert not panel.outcomes.isVisibleTo(panel)


def test_closed_by_another_seat_is_told(desk: Desk) -> None:
    """Two leaders decide on one case: the second reads who was faster."""
    case = desk.case("failed")
    desk.sit("shift_leader")
    panel = desk.open(VerificationPanel)
    desk.select(panel, case)
    desk.context.changed.disconnect(panel._changed)
    desk.do("redispatch", case, "shift_leader", reason="应由其他单位处置")
    panel.outcomes.buttons["dispose_again"].click()
    desk.give_reason("请整改")
    (clash,) = desk.clashes
    assert clash.error.events[-1].event.kind == "redispatch" and desk.notices == []
    assert desk.now_of(case).state is State.FILED


@pytest.mark.article("MOH-1-SATISFACTION")
def test_calls_who_reported_it_afterwards(desk: Desk) -> None:
    """Closed cases whose reporter left a number wait under 回访; nobody is satisfied by default; once told, it is gone."""
    case = desk.case("verifying", reporter="王女士", reporter_phone="13800000000")
    case = desk.do("verified", case, "operator", result="pass")
    case = desk.do("close", case, "shift_leader")
    silent = desk.do("verified", desk.case("verifying"), "operator", result="pass")
    desk.do("close", silent, "shift_leader")
    desk.sit("operator")
    panel = desk.open(VerificationPanel)
    panel.choose_tab("visit")
    desk.settle()
    assert panel.list.rows.row_of(silent.id) < 0
    desk.select(panel, case)
    assert desk.visible_text(panel.visit, "138****0000") and not desk.visible_text(panel.visit, "13800000000")
    panel.visit.reporter.look(desk.services.handbook.personal.reasons[0])
    desk.settle()
    assert desk.visible_text(panel.visit, "13800000000")
    assert not panel.actions_bar.button("visit").isEnabled()
    panel.visit.results["satisfied"].setChecked(True)
    panel.visit.note.setPlainText("对处置结果满意")
    desk.press(panel, "visit")
    after = desk.now_of(case)
    assert (after.state, after.satisfaction) == (State.CLOSED, "satisfied")
    assert after.closed_at == case.closed_at
    assert panel.list.rows.row_of(case.id) < 0


@pytest.mark.article("TJA-3-DOWNLINK", "TZ-8-LINK")
def test_reports_the_result_up(desk: Desk) -> None:
    """What came down from above under a code of its own goes back with its result, and leaves the list."""
    case = desk.case("verifying", upstream_code="SJ-2026-0077")
    case = desk.do("verified", case, "operator", result="pass")
    case = desk.do("close", case, "shift_leader")
    desk.sit("shift_leader")
    panel = desk.open(VerificationPanel)
    panel.choose_tab("up")
    desk.settle()
    desk.select(panel, case)
    assert desk.visible_text(panel.card, "SJ-2026-0077")
    desk.press(panel, "report_up")
    desk.agree()
    assert desk.now_of(case).reported_up_at is not None
    assert panel.list.rows.row_of(case.id) < 0


def test_the_whole_waits_for_its_parts(desk: Desk) -> None:
    """A split case shows its parts with their states; closing is shut until they are over, with the reason."""
    whole = desk.case("received")
    desk.services.cases.split(
        whole.id, [{"description": "路面塌陷"}], desk.actors["shift_leader"], reason="两处问题"
    )
    whole = desk.do("feed_back", desk.now_of(whole), "one", note="已更换")
    whole = desk.do("send_verify", whole, "operator", to=desk.actors["collector"].person)
    whole = desk.do("verified", whole, "operator", result="pass")
    desk.sit("shift_leader")
    panel = desk.open(VerificationPanel)
    desk.select(panel, whole)
    assert desk.visible_text(panel.parts, "1 件未办结") and desk.visible_text(panel.parts, "路面塌陷")
    assert "close" not in desk.offered(panel)
    assert not panel.outcomes.buttons["close"].isEnabled() and panel.outcomes._why["close"].text()
    part = desk.services.cases.get(desk.now_of(whole).children[0])
    desk.do("reject", part, "shift_leader", reason="现场无此问题")
    desk.select(panel, whole)
    assert "close" in desk.offered(panel)


def test_outcomes_that_a_city_does_not_have_are_not_shown(strict_desk: Desk) -> None:
    """A flow without 不合格办结 and 重新派遣 shows two outcomes, each with the clocks it starts."""
    desk = strict_desk
    desk.employ("leader", "unit_leader", desk.actors["one"].unit)
    case = desk.do("approve_receipt", desk.case("received"), "leader")
    case = desk.do("feed_back", case, "one", note="已更换")
    case = desk.do("send_verify", case, "operator", to=desk.actors["collector"].person)
    case = desk.do("verified", case, "operator", result="fail")
    desk.sit("shift_leader")
    panel = desk.open(VerificationPanel)
    desk.select(panel, case)
    shown = {name for name, card in panel.outcomes._cards.items() if card.isVisibleTo(panel)}
    assert shown == {"close", "dispose_again"}
    assert "处置计时开始" in panel.outcomes._words["dispose_again"].text()
