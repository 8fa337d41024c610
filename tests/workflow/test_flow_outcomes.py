"""The flow around requests and verification: returns, voids, and the four outcomes."""

from __future__ import annotations

import pytest

from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import State
from workstation.workflow.event import Event, format_instant
from workstation.workflow.handbook import Handbook

from .play import (
    DISPATCHER,
    HEAD,
    LEADER,
    OPERATOR,
    OTHER_COLLECTOR,
    OTHER_RECEIVER,
    OTHER_UNIT,
    RECEIVER,
    UNIT,
    Actor,
    Play,
    local,
    with_rules,
)

PHOTO = {"sha256": "a" * 64, "role": "before", "name": "1.jpg"}


# ---- returning ----


@pytest.mark.article("MQ-25-RETURN")
@pytest.mark.article("TJA-8-RETURN")
def test_a_return_that_is_agreed(play: Play) -> None:
    """With reason and suggested unit, inside the limit: the case is dispatched anew, its old clocks stopped."""
    play.received()
    assert play.refused(RECEIVER, "ask_return", request_id="q").data["field"] == "reason"
    case = play.do(RECEIVER, "ask_return", request_id="q", reason="非本单位职责", suggested_unit=OTHER_UNIT)
    assert case.state is State.RECEIVED
    request = case.pending("return")
    assert request is not None and (request.unit, request.data) == (UNIT, {"suggested_unit": OTHER_UNIT})
    assert play.refused(RECEIVER, "ask_return", request_id="q2", reason="again").code == "request_pending"
    assert "grant_return" in play.may(DISPATCHER) and "grant_extension" not in play.may(DISPATCHER)
    case = play.do(DISPATCHER, "grant_return", request_id="q", reason="同意")
    assert (case.state, case.lead, case.returns) == (State.FILED, None, 1)
    assert {c.name for c in case.running()} == {"dispatch"}
    assert (case.requests[0].answer, case.requests[0].answered_by) == ("granted", "d1")
    play.do(DISPATCHER, "dispatch", unit=OTHER_UNIT)
    assert play.refused(OTHER_RECEIVER, "ask_return", request_id="q", reason="x").code == "request_exists"


@pytest.mark.article("MQ-25-RETURN")
def test_a_return_that_is_refused(play: Play) -> None:
    """The unit goes on; the clock has not stopped."""
    before = play.received().case
    assert before is not None
    play.do(RECEIVER, "ask_return", request_id="q", reason="非本单位职责")
    case = play.do(DISPATCHER, "refuse_request", request_id="q", reason="系本单位管养")
    assert case.state is State.RECEIVED
    assert case.clock("dispose") == before.clock("dispose")
    assert (case.requests[0].answer, case.requests[0].answer_reason) == ("refused", "系本单位管养")
    assert play.refused(DISPATCHER, "grant_return", request_id="q").code == "request_unknown"
    play.do(RECEIVER, "ask_return", request_id="q2", reason="再申请")


@pytest.mark.article("MQ-25-RETURN")
def test_a_return_comes_too_late(play: Play) -> None:
    """After one working hour from the dispatch the unit keeps the case."""
    play.at(2026, 3, 6, 17, 30).received()
    assert play.case is not None and play.case.lead is not None
    sent = play.case.lead.dispatched_at
    limit = play.calendar.add_work(sent, 60)
    assert limit > local(2026, 3, 9, 8, 0)
    play.now = limit
    assert isinstance(play.attempt(RECEIVER, "ask_return", request_id="q", reason="非本单位"), Event)
    play.do(RECEIVER, "withdraw_request", request_id="q")
    refusal = play.refused(RECEIVER, "ask_return", request_id="r", reason="非本单位")
    assert (refusal.code, refusal.data["until"]) == ("return_too_late", format_instant(limit))


@pytest.mark.article("MQ-28-BINDING")
@pytest.mark.article("TZ-15-DISPUTE")
def test_after_a_coordinated_decision_there_is_no_return(national: Handbook, china: WorkCalendar) -> None:
    """A decision about a dispute binds, whether told with the dispatch or with the refusal."""
    play = Play(national, china).filed()
    play.do(DISPATCHER, "dispatch", unit=UNIT, binding=True)
    assert play.refused(RECEIVER, "ask_return", request_id="q", reason="x").code == "return_barred"
    assert "ask_return" not in play.may(RECEIVER)
    play = Play(national, china).dispatched()
    play.do(RECEIVER, "ask_return", request_id="q", reason="x")
    play.do(DISPATCHER, "refuse_request", request_id="q", reason="市城管委决定", binding=True)
    assert play.refused(RECEIVER, "ask_return", request_id="r", reason="x").code == "return_barred"


def test_withdrawing(play: Play) -> None:
    """A withdrawn request can no longer be granted, and nobody else withdraws it."""
    play.received()
    play.do(RECEIVER, "ask_void", request_id="q", reason="重复")
    assert play.refused(OTHER_RECEIVER, "withdraw_request", request_id="q").code == "wrong_unit"
    assert play.refused(RECEIVER, "withdraw_request", request_id="z").code == "request_unknown"
    play.do(RECEIVER, "withdraw_request", request_id="q", reason="无需")
    assert play.refused(LEADER, "grant_void", request_id="q").code == "request_unknown"
    assert "withdraw_request" not in play.may(RECEIVER)
    play.do(RECEIVER, "ask_void", request_id="r", reason="重复")
    refusal = play.refused(LEADER, "grant_void", request_id="q")
    assert (refusal.code, refusal.data["answer"]) == ("request_answered", "withdrawn")


def test_requests_end_with_the_disposal(play: Play) -> None:
    """Who feeds back needs no more time: an open request lapses and cannot be granted afterwards."""
    play.received()
    play.do(RECEIVER, "ask_extension", request_id="q", reason="雨")
    case = play.do(RECEIVER, "feed_back")
    assert case.requests[0].answer == "lapsed" and case.pending() is None
    assert "grant_extension" not in play.may(DISPATCHER)


def test_voiding_on_request(play: Play) -> None:
    """A unit asks, the shift leader decides; the dispatcher neither grants nor refuses it."""
    play.received()
    play.do(RECEIVER, "ask_void", request_id="q", reason="实为施工预留")
    assert play.refused(DISPATCHER, "refuse_request", request_id="q").code == "not_yours_to_answer"
    assert "refuse_request" not in play.may(DISPATCHER) and "refuse_request" in play.may(LEADER)
    play.do(RECEIVER, "ask_extension", request_id="e", reason="雨")
    play.do(HEAD, "endorse_request", request_id="e")
    assert play.refused(DISPATCHER, "refuse_request", request_id="q").code == "not_yours_to_answer"
    assert play.refused(DISPATCHER, "grant_extension", request_id="q").code == "request_other_kind"
    assert play.refused(DISPATCHER, "refuse_request", request_id="nobody").code == "request_unknown"
    case = play.do(LEADER, "grant_void", request_id="q")
    assert (case.state, case.outcome_reason) == (State.VOID, "实为施工预留")
    assert [r.answer for r in case.requests] == ["granted", "lapsed"]


# ---- verification ----


@pytest.mark.article("TZ-14-OUTCOMES")
def test_four_outcomes(national: Handbook, china: WorkCalendar) -> None:
    """Pass: close. Fail: dispose again, close as unqualified, or dispatch anew; no other way round."""
    outcomes = {
        "close": ("pass", State.CLOSED),
        "dispose_again": ("fail", State.DISPATCHED),
        "close_unqualified": ("fail", State.CLOSED_UNQUALIFIED),
        "redispatch": ("fail", State.FILED),
    }
    for name, (result, state) in outcomes.items():
        play = Play(national, china).verified(result)
        assert play.may(LEADER) & set(outcomes) == {n for n, (r, _) in outcomes.items() if r == result}
        data = {} if name == "close" else {"reason": "不合格"}
        assert play.do(LEADER, name, **data).state is state
        other = Play(national, china).verified("fail" if result == "pass" else "pass")
        assert other.refused(LEADER, name, **data).code in ("verification_failed", "verification_passed")


def test_no_outcome_before_the_result(play: Play) -> None:
    """As long as nobody has looked, nothing is decided."""
    play.fed_back()
    play.do(OPERATOR, "send_verify", to="k1")
    for name in ("close", "dispose_again"):
        assert (
            play.refused(LEADER, name, **({} if name == "close" else {"reason": "x"})).code == "not_verified"
        )
    assert play.refused(OTHER_COLLECTOR, "verified", result="pass").code == "not_sent_to_you"


def test_a_wrong_record_is_corrected(play: Play) -> None:
    """Until the shift leader decides, the operator may record the finding again; the latest counts."""
    play.verified("fail")
    case = play.do(OPERATOR, "verified", result="pass", note="看错地点")
    assert [v.result for v in case.verifications] == ["pass"] and not case.overdue_counted
    assert play.do(LEADER, "close").state is State.CLOSED


@pytest.mark.article("MQ-24-TWICE")
def test_one_finding_recorded_twice_is_one_failure(play: Play) -> None:
    """Recording the same failure again, with more words, does not count the case overdue."""
    play.verified("fail")
    assert not play.do(OPERATOR, "verified", result="fail", note="另附照片").overdue_counted


@pytest.mark.article("MQ-24-TWICE")
def test_the_second_failure_counts_overdue(play: Play) -> None:
    """Failing once sends it back to the same unit; failing twice counts the case overdue, whatever the clock says."""
    play.verified("fail")
    case = play.do(LEADER, "dispose_again", reason="未修好")
    assert (case.state, case.rework, case.overdue_counted) == (State.DISPATCHED, 1, False)
    assert case.lead is not None and case.lead.unit == UNIT and case.lead.received_at is None
    play.again().verify("fail")
    assert play.case is not None and play.case.overdue_counted
    case = play.do(LEADER, "dispose_again", reason="仍未修好")
    assert case.rework == 2
    play.again().verify("pass")
    assert play.do(LEADER, "close").overdue_counted


def test_cooperating_units_work_again_too(play: Play) -> None:
    """A second disposal is everybody's: cooperating units start anew."""
    play.received(cooperating=(OTHER_UNIT,))
    play.do(OTHER_RECEIVER, "cooperate_feed_back")
    play.do(RECEIVER, "feed_back")
    play.verify("fail")
    case = play.do(LEADER, "dispose_again", reason="不合格")
    assert [o.fed_back_at for o in case.cooperating] == [None]


@pytest.mark.article("TY-4-OWNER")
def test_who_files_closes(national: Handbook, china: WorkCalendar) -> None:
    """A shift leader of another body does not close the case, where the handbook says so and the filer is known."""
    other = Actor("s9", "别处", "shift_leader", "D")
    play = Play(national, china).verified("pass")
    refusal = play.refused(other, "close")
    assert (refusal.code, refusal.data["unit"]) == ("other_filed", "C")
    play = Play(with_rules(national, filers_close=False), china).verified("pass")
    assert play.do(other, "close").closed_by == "s9"
    play = Play(national, china).verified("pass")
    assert play.case is not None
    play.case = play.case.changed({"filed_unit": ""})
    assert play.do(other, "close").closed_by == "s9"
