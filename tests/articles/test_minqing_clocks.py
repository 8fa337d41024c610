"""Minqing (闽清县, 2016), the strictest clocks: its articles on limits, returns, emergencies and decisions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from workstation.services.lists.filter import CaseFilter
from workstation.workflow.case import State
from workstation.workflow.facts import facts

from .town import CHINA, Town, due, running


@pytest.mark.article("MQ-21-FILE")
def test_one_hour_to_check_file_and_dispatch(minqing: Town) -> None:
    """From acceptance to dispatch a case may take one hour of working time, in the urban-rural fringe two; lunch does not count."""
    day = minqing.at(2026, 3, 2, 0, 0).now
    worked = minqing.services.calendar.working_intervals(day, day + timedelta(days=1))
    noon, afternoon = worked[0][1], worked[1][0]
    for area, hours in (("core", 1.0), ("fringe", 2.0)):
        minqing.now = noon
        minqing.later(minutes=-10)
        case = minqing.registered(area_class=area)
        run = running(case, "intake")
        assert (run.amount, run.unit) == (hours, "work_hours") and run.article == "MQ-21-FILE"
        left = timedelta(hours=hours) - (noon - run.started_at)
        assert run.due_at == afternoon + left
        shares = [minqing.handbook.clocks[name].amount_for(area) for name in ("file", "dispatch")]
        assert sum(shares) == hours


@pytest.mark.article("MQ-21-FILE")
def test_the_hour_ends_with_the_dispatch(minqing: Town) -> None:
    """Filing does not end the hour, the dispatch does; after it the stage is told as late, whoever held the case before."""
    for minutes, in_time in ((50, True), (70, False)):
        minqing.at(2026, 3, 2, 9, 0)
        case = minqing.filed()
        minqing.now = running(case, "intake").started_at + timedelta(minutes=minutes)
        case = minqing.do("dis1", "dispatch", case, unit="U1", requirement="当日修复")
        run = case.clock("intake")
        assert run is not None and run.stopped_with == "dispatch"
        assert facts(case).in_time("intake") is in_time


@pytest.mark.article("MQ-22-RECEIVE")
def test_received_in_an_hour_and_approved_by_the_leader(minqing: Town) -> None:
    """A unit has one working hour to receive; before its leader has approved it can neither go there nor feed back."""
    minqing.at(2026, 3, 2, 9, 0)
    case = minqing.dispatched("U1")
    clock = running(case, "receive")
    assert (clock.amount, clock.unit) == (1.0, "work_hours") and "MQ-22" in clock.article
    assert clock.due_at is not None and (clock.due_at - clock.started_at).total_seconds() == 3600
    case = minqing.do("rec1", "receive", case)
    assert minqing.refused("rec1", "feed_back", case).code == "leader_approves_first"
    assert minqing.refused("rec1", "on_scene", case).code == "leader_approves_first"
    assert case.id in minqing.waits_for("lead1") and case.id not in minqing.waits_for("lead2")
    assert minqing.not_theirs("lead2", "approve_receipt", case)
    case = minqing.do("lead1", "approve_receipt", case, note="请一队处理")
    assert case.lead is not None and case.lead.approved_by == "lead1"
    assert minqing.do("rec1", "feed_back", case).state is State.FED_BACK


@pytest.mark.article("MQ-25-RETURN")
def test_a_return_is_asked_for_inside_the_hour(minqing: Town) -> None:
    """With reason and suggested unit inside one hour, not after; agreed it is dispatched anew, refused the clock has gone on."""
    minqing.at(2026, 3, 2, 9, 0)
    late = minqing.dispatched("U1")
    minqing.later(minutes=70)
    refusal = minqing.refused("rec1", "ask_return", late, request_id="q0", reason="不属", suggested_unit="U2")
    assert refusal.code == "return_too_late"
    case = minqing.dispatched("U1")
    unsaid = minqing.refused("rec1", "ask_return", case, request_id="q1", reason="不属我单位")
    assert unsaid.code == "field_missing" and unsaid.data["field"] == "suggested_unit"
    case = minqing.do("rec1", "ask_return", case, request_id="q1", reason="不属我单位", suggested_unit="U2")
    assert case.id in minqing.waits_for("dis1")
    before = running(case, "dispose")
    case = minqing.do("dis1", "refuse_request", case, request_id="q1", reason="属你单位")
    assert case.state is State.DISPATCHED and running(case, "dispose").due_at == before.due_at
    other = minqing.dispatched("U1")
    other = minqing.do("rec1", "ask_return", other, request_id="q2", reason="不属我单位", suggested_unit="U2")
    other = minqing.do("dis1", "grant_return", other, request_id="q2")
    assert other.state is State.FILED and running(other, "dispatch").stopped_at is None
    assert minqing.services.recommending.recommend(other).ranked[0].unit == "U2"


@pytest.mark.article("MQ-23-LIMIT")
def test_the_limit_is_the_sub_classs(minqing: Town) -> None:
    """Two conditions of different limits give two deadlines and two standards, counted in the handbook's unit."""
    days = minqing.condition("work_days")
    hours = minqing.condition("work_hours", lambda c: c.closing_standard != days.closing_standard)
    for condition in (days, hours):
        case = minqing.dispatched(condition=condition)
        clock = running(case, "dispose")
        assert (clock.amount, clock.unit) == (condition.amount_for("core"), condition.unit)
        assert case.closing_standard == condition.closing_standard
    minqing.at(2026, 3, 2, 9, 0)
    five = minqing.condition("work_days", lambda c: c.amount == 5)
    slow = minqing.dispatched(condition=five)
    dispatched = slow.dispatched_at
    assert dispatched is not None
    at = dispatched.astimezone(CHINA)
    assert due(slow, "dispose") == f"03-09 {at:%H:%M}"


@pytest.mark.article("MQ-24-VERIFY")
def test_one_hour_to_verify(minqing: Town) -> None:
    """From the feedback on, verification may take one hour of working time, in the fringe two."""
    minqing.at(2026, 3, 2, 8, 30)
    case = minqing.fed_back(area_class="core")
    clock = running(case, "verify")
    assert clock.due_at is not None and (clock.due_at - clock.started_at).total_seconds() == 3600
    minqing.at(2026, 3, 3, 8, 30)
    fringe = running(minqing.fed_back(area_class="fringe"), "verify")
    assert fringe.due_at is not None and (fringe.due_at - fringe.started_at).total_seconds() == 7200
    assert clock.unit == "work_hours" and "MQ-24" in clock.article


@pytest.mark.article("MQ-24-TWICE")
def test_the_second_failure_is_overdue(minqing: Town) -> None:
    """A case disposed of fast counts in time after one failed verification, and overdue after the second."""
    days = minqing.condition("work_days", lambda c: c.amount >= 5)
    case = minqing.verified(minqing.fed_back(condition=days), "fail")
    assert minqing.listed(CaseFilter(disposed_in_time=True)) == {case.id}
    case = minqing.disposed(minqing.do("sl1", "dispose_again", case, reason="未清理"))
    case = minqing.verified(case, "fail")
    assert minqing.listed(CaseFilter(disposed_in_time=False)) == {case.id}
    assert minqing.listed(CaseFilter(disposed_in_time=True)) == set()


@pytest.mark.article("MQ-29-EMERGENCY")
def test_an_emergency_counts_from_acceptance_day_and_night(minqing: Town) -> None:
    """Accepted on a Friday evening, an emergency is due by the hours of the weekend, counted from its acceptance."""
    minqing.at(2026, 3, 6, 21, 0)
    condition = minqing.condition("work_hours")
    case = minqing.registered(condition)
    accepted = case.registered_at
    minqing.later(minutes=30)
    case = minqing.do("sl1", "file", case, condition=condition.key, emergency=True)
    case = minqing.sent(case, "U1")
    clock = running(case, "dispose")
    assert (
        case.emergency and clock.started_at == accepted and clock.due_at is not None and accepted is not None
    )
    assert (clock.due_at - accepted).total_seconds() == condition.amount * 3600
    refusal = minqing.refused(
        "rec1",
        "ask_suspension",
        minqing.taken(case),
        request_id="q",
        reason="等",
        until="2026-04-01T00:00:00Z",
    )
    assert refusal.code == "emergency_waits_not"


@pytest.mark.article("MQ-27-FIRST")
def test_an_emergency_of_nobody_is_disposed_of_first_by_a_plan(minqing: Town) -> None:
    """Nobody answers for it yet: on the government's order a unit goes by the plan for the class; who answers is settled later."""
    plan = next(iter(minqing.handbook.plans.values()))
    assert plan.steps
    condition = next(c for c in minqing.handbook.all_conditions if plan.covers(c.kind, c.class_code))
    case = minqing.filed(condition)
    case = minqing.do("com1", "first_response", case, unit="CR", plan=plan.key)
    assert (case.state, case.way, case.plan) == (State.DISPATCHED, "first", plan.key)
    foreign = minqing.refused(
        "com1", "first_response", minqing.filed(condition), unit="CR", plan="no_such_plan"
    )
    assert foreign.code == "plan_unknown"
    case = minqing.do("crew", "receive", case)
    case = minqing.do("dis1", "settle", case, unit="U1", note="经研究由供水公司负责")
    assert case.settled_unit == "U1"


@pytest.mark.article("MQ-26-UNCLEAR")
def test_responsibility_unclear_goes_up_to_the_government(minqing: Town) -> None:
    """The centre coordinates first; what it cannot settle is escalated, and only then can the government's decision be recorded."""
    first, *higher = minqing.handbook.coordination["across"]
    assert higher
    case = minqing.filed()
    case = minqing.do(
        "dis1", "coordinate", case, coordination_id="k1", cause="unclear", scope="across", reason="权属不明", units=["U1", "U2"]
    )  # fmt: skip
    assert case.coordinating is not None and case.coordinating.body == first
    assert running(case, "dispatch").due_at is None
    assert {case.id} == minqing.listed(CaseFilter(coordinating=True))
    for body in higher:
        case = minqing.do("dis1", "escalate", case, coordination_id="k1", note="协调不了")
        assert case.coordinating is not None and case.coordinating.body == body
    assert minqing.refused("dis1", "escalate", case, coordination_id="k1", note="再报").code == "no_body_left"
    posts = minqing.handbook.bodies[higher[-1]].posts
    assert "dispatcher" not in posts
    assert (
        minqing.refused("dis1", "assign", case, coordination_id="k1", unit="U1", decision="归U1").code
        == "body_decides"
    )
    decider = {"commander": "com1", "shift_leader": "sl1"}[posts[0]]
    case = minqing.do(
        decider, "assign", case, coordination_id="k1", unit="U2", decision="县政府明确由环卫中心负责"
    )
    assert (case.state, case.ruled_unit, case.coordinating) == (State.FILED, "U2", None)
    assert running(case, "dispatch").due_at is not None


@pytest.mark.article("MQ-28-BINDING")
def test_a_coordinated_decision_binds(minqing: Town) -> None:
    """After the decision the case goes to the unit that was named, to no other, and that unit can return it no more."""
    case = minqing.filed()
    case = minqing.do(
        "dis1", "coordinate", case, coordination_id="k1", cause="disputed", scope="across", reason="互相推诿", units=["U1", "U2"]
    )  # fmt: skip
    body = minqing.handbook.bodies[minqing.handbook.coordination["across"][0]]
    decider = {"dispatcher": "dis1", "commander": "com1", "shift_leader": "sl1"}[body.posts[0]]
    case = minqing.do(decider, "assign", case, coordination_id="k1", unit="U2", decision="由环卫中心负责")
    assert minqing.refused("dis1", "dispatch", case, unit="U1", requirement="处置").code == "ruled_otherwise"
    case = minqing.sent(case, "U2")
    refusal = minqing.refused("rec2", "ask_return", case, request_id="q", reason="不属", suggested_unit="U1")
    assert refusal.code == "return_barred"
