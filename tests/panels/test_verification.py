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
    assert desk.notices[-1].kind == "error" and "重新派遣" in desk.said()
    assert desk.now_of(case).state is State.FILED
