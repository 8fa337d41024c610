"""Whose a case is: coordinated step by step, decided with binding force, or disposed of before anybody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.workflow.apply import replay
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import Case, State
from workstation.workflow.handbook import Handbook

from .play import (
    COMMANDER,
    DAYS,
    DISPATCHER,
    HOURS,
    LEADER,
    OPERATOR,
    OTHER_RECEIVER,
    OTHER_UNIT,
    RECEIVER,
    REPORT,
    UNIT,
    Play,
)

UNCLEAR = {"cause": "unclear", "scope": "across", "reason": "权属不清"}
DISPUTED = {"cause": "disputed", "scope": "across", "reason": "双方推诿"}


def same(play: Play) -> Case:
    """The case, once its log and its document have made the same one."""
    assert play.case is not None
    assert replay(play.events) == play.case == Case.from_doc(play.case.to_doc())
    return play.case


@pytest.mark.article("MQ-26-UNCLEAR")
def test_an_unclear_responsibility_goes_up_until_somebody_decides(play: Play) -> None:
    """The centre coordinates; failing that, the government decides; the dispatch waits, and then obeys."""
    play.filed()
    case = play.do(DISPATCHER, "coordinate", **UNCLEAR, units=[UNIT, OTHER_UNIT])
    now = case.coordinating
    assert now is not None and case.state is State.FILED
    assert (now.id, now.body, now.units, now.outcome) == ("c1", "centre", (UNIT, OTHER_UNIT), "")
    clock = case.clock("dispatch")
    assert clock is not None and clock.due_at is None and clock.pauses[-1].cause == "coordinating"
    assert play.refused(DISPATCHER, "dispatch", unit=UNIT).code == "coordinating"
    assert play.refused(DISPATCHER, "coordinate", **UNCLEAR).code == "coordinating"
    assert "dispatch" not in play.may(DISPATCHER) and "assign" in play.may(DISPATCHER)
    play.wait(days=3)
    case = play.do(DISPATCHER, "escalate", coordination_id="c1", note="协调未果")
    now = case.coordinating
    assert now is not None and now.body == "government"
    assert [(s.body, s.note) for s in now.steps] == [("centre", "权属不清"), ("government", "协调未果")]
    assert play.refused(COMMANDER, "escalate").code == "no_body_left"
    refusal = play.refused(DISPATCHER, "assign", unit=OTHER_UNIT, decision="x")
    assert (refusal.code, refusal.data["body"], refusal.data["posts"]) == (
        "body_decides",
        "government",
        ["commander"],
    )
    case = play.do(COMMANDER, "assign", unit=OTHER_UNIT, decision="由市政所负责")
    assert (case.state, case.coordinating, case.ruled_unit, case.no_return) == (
        State.FILED,
        None,
        OTHER_UNIT,
        True,
    )
    decided = case.coordinations[0]
    assert (decided.outcome, decided.unit, decided.decision) == ("assigned", OTHER_UNIT, "由市政所负责")
    assert decided.decided_by == COMMANDER.person and decided.decided_at == case.changed_at
    clock = case.clock("dispatch")
    assert clock is not None and clock.due_at is not None and clock.due_at > play.now
    refusal = play.refused(DISPATCHER, "dispatch", unit=UNIT)
    assert (refusal.code, refusal.data["unit"]) == ("ruled_otherwise", OTHER_UNIT)
    play.do(DISPATCHER, "dispatch", unit=OTHER_UNIT)
    assert play.refused(OTHER_RECEIVER, "ask_return", request_id="q", reason="x").code == "return_barred"
    same(play)


def test_the_dispatch_clock_gives_back_what_coordination_took(play: Play) -> None:
    """Standing still for days costs the dispatcher nothing; withdrawing lets the clock go on."""
    play.filed()
    clock = play.case.clock("dispatch") if play.case else None
    assert clock is not None and clock.due_at is not None
    left = play.calendar.worked(clock.due_at) - play.calendar.worked(play.now)
    play.do(DISPATCHER, "coordinate", **UNCLEAR)
    play.wait(days=9)
    assert play.refused(DISPATCHER, "withdraw_coordination", reason="x", coordination_id="c9").code == (
        "coordination_unknown"
    )
    at = play.now
    case = play.do(DISPATCHER, "withdraw_coordination", reason="已查明权属")
    clock = case.clock("dispatch")
    assert clock is not None and clock.due_at is not None
    assert play.calendar.worked(clock.due_at) - play.calendar.worked(at) == left
    told = case.coordinations[0]
    assert (told.outcome, told.decision, case.no_return, case.ruled_unit) == (
        "withdrawn",
        "已查明权属",
        False,
        "",
    )
    assert play.refused(DISPATCHER, "escalate").code == "not_coordinating"
    assert play.refused(DISPATCHER, "coordinate", **UNCLEAR, coordination_id="c1").code == (
        "coordination_exists"
    )
    assert play.do(DISPATCHER, "coordinate", **UNCLEAR).coordinations[-1].id == "c2"
    play.do(DISPATCHER, "withdraw_coordination", reason="x")
    case = play.do(DISPATCHER, "coordinate", **UNCLEAR, coordination_id="mine")
    assert case.coordinating is not None and case.coordinating.id == "mine"
    same(play)


@pytest.mark.article("TZ-15-DISPUTE")
@pytest.mark.article("MQ-28-BINDING")
def test_a_dispute_is_decided_against_the_unit_that_has_it(play: Play) -> None:
    """The unit goes on while it is coordinated; upheld, it keeps the case for good, and its return is answered."""
    before = play.received().case
    assert before is not None
    play.do(RECEIVER, "ask_return", request_id="q", reason="非本单位", suggested_unit=OTHER_UNIT)
    play.do(RECEIVER, "ask_extension", request_id="e", reason="雨")
    case = play.do(DISPATCHER, "coordinate", **DISPUTED)
    assert case.state is State.RECEIVED and case.clock("dispose") == before.clock("dispose")
    case = play.do(DISPATCHER, "uphold", decision="仍由你单位负责")
    assert (case.state, case.no_return, case.ruled_unit) == (State.RECEIVED, True, UNIT)
    assert (case.coordinations[0].outcome, case.coordinations[0].unit) == ("upheld", UNIT)
    answers = {r.id: (r.answer, r.answer_reason) for r in case.requests}
    assert answers == {"q": ("refused", "仍由你单位负责"), "e": ("", "")}
    assert play.refused(RECEIVER, "ask_return", request_id="r", reason="x").code == "return_barred"
    assert play.do(RECEIVER, "feed_back").coordinations[0].outcome == "upheld"
    same(play)
    plain = Play(play.handbook, play.calendar).received()
    plain.do(DISPATCHER, "coordinate", **DISPUTED)
    assert plain.do(COMMANDER, "uphold", decision="维持").requests == ()


@pytest.mark.article("TZ-15-DISPUTE")
@pytest.mark.article("MQ-28-BINDING")
def test_a_dispute_is_decided_for_another_unit(play: Play) -> None:
    """The case comes back to be dispatched to the unit decided on, with a clock of its own; the open return lapses."""
    play.received()
    play.do(RECEIVER, "ask_return", request_id="q", reason="非本单位")
    play.do(DISPATCHER, "coordinate", **DISPUTED)
    case = play.do(COMMANDER, "assign", unit=OTHER_UNIT, decision="由园林所负责")
    assert (case.state, case.lead, case.requests[0].answer) == (State.FILED, None, "lapsed")
    assert {c.name for c in case.running()} == {"dispatch"}
    play.do(DISPATCHER, "dispatch", unit=OTHER_UNIT)
    play.do(DISPATCHER, "coordinate", **DISPUTED)
    play.do(DISPATCHER, "assign", unit=UNIT, decision="重新认定")
    assert play.refused(DISPATCHER, "dispatch", unit=OTHER_UNIT).code == "ruled_otherwise"
    play.do(DISPATCHER, "dispatch", unit=UNIT)
    same(play)


@pytest.mark.article("TZ-15-DISPUTE")
def test_the_scope_says_who_decides(national: Handbook, china: WorkCalendar) -> None:
    """Inside a district its own body decides; a scope that the handbook has no body for is refused."""
    inside = replace(national, coordination={"inside": ("government",)})
    play = Play(inside, china).filed()
    assert play.refused(DISPATCHER, "coordinate", **UNCLEAR).code == "scope_unknown"
    assert play.refused(DISPATCHER, "coordinate", **{**UNCLEAR, "scope": "galaxy"}).code == "field_wrong"
    play.do(DISPATCHER, "coordinate", **{**UNCLEAR, "scope": "inside"})
    assert "assign" in play.may(COMMANDER) and "assign" not in play.may(DISPATCHER)
    assert play.refused(DISPATCHER, "escalate").code == "no_body_left"


def test_a_body_that_an_edition_no_longer_has(play: Play) -> None:
    """A coordination whose body is gone can be withdrawn, and nobody decides it."""
    play.filed()
    play.do(DISPATCHER, "coordinate", **UNCLEAR)
    play.handbook = replace(play.handbook, bodies={}, coordination={"across": ("other",)})
    assert play.refused(DISPATCHER, "assign", unit=UNIT, decision="x").code == "body_decides"
    assert play.refused(DISPATCHER, "escalate").code == "no_body_left"
    play.do(DISPATCHER, "withdraw_coordination", reason="另行处理")


def test_a_case_that_goes_on_needs_no_decision(play: Play) -> None:
    """Fed back, returned to filing or ended while it was coordinated: the coordination lapses."""
    play.received()
    play.do(DISPATCHER, "coordinate", **DISPUTED)
    case = play.do(RECEIVER, "feed_back")
    told = case.coordinations[0]
    assert (told.outcome, told.decided_by, told.decided_at) == ("lapsed", "", case.changed_at)
    other = Play(play.handbook, play.calendar).filed()
    other.do(DISPATCHER, "coordinate", **UNCLEAR)
    case = other.do(DISPATCHER, "return_to_filing", reason="类别不符")
    assert case.coordinating is None and case.clock("dispatch").stopped_at is not None  # type: ignore[union-attr]
    same(other)


# ---- first, and rapid ----


@pytest.mark.article("MQ-27-FIRST")
@pytest.mark.article("TY-3-EMERGENCYFUND")
def test_an_emergency_that_nobody_answers_for_is_disposed_of_first(play: Play) -> None:
    """By the plan of its class and out of the fund, its cost recorded; responsibility is settled later, even once closed."""
    play.do(OPERATOR, "register", **{**REPORT, "kind": "event", "class_code": "0501"})
    play.do(LEADER, "file", condition="event/0501/1")
    play.do(DISPATCHER, "coordinate", **UNCLEAR)
    case = play.do(COMMANDER, "first_response", unit=UNIT, requirement="先行抢险")
    assert (case.state, case.way, case.plan, case.budget) == (
        State.DISPATCHED,
        "first",
        "incident",
        "emergency",
    )
    assert case.lead is not None and case.lead.unit == UNIT and case.requirement == "先行抢险"
    assert case.coordinating is not None
    play.do(RECEIVER, "receive")
    refusal = play.refused(RECEIVER, "feed_back", note="已抢修")
    assert (refusal.code, refusal.data["budget"]) == ("cost_missing", "emergency")
    case = play.do(RECEIVER, "feed_back", note="已抢修", cost=1860.5, cost_note="水泵与沙袋")
    assert case.cost == 1860.5
    assert (case.costs[0].budget, case.costs[0].note, case.costs[0].by) == ("emergency", "水泵与沙袋", "r1")
    play.verify("pass")
    closed = play.do(LEADER, "close")
    play.wait(days=20)
    case = play.do(DISPATCHER, "settle", unit=OTHER_UNIT, note="会议认定", rule="同类积水由排水所负责")
    assert (case.state, case.settled_unit) == (State.CLOSED, OTHER_UNIT)
    assert (case.closed_at, case.closed_by) == (closed.closed_at, LEADER.person)
    assert play.events[-1].data["rule"] == "同类积水由排水所负责"
    assert play.refused(DISPATCHER, "settle", unit=UNIT).code == "nothing_to_settle"
    same(play)


@pytest.mark.article("MQ-27-FIRST")
def test_a_decision_does_not_call_back_who_disposes_first(play: Play) -> None:
    """While the crew is out, the body that has the question settles it, and nobody else; the disposal goes on."""
    play.filed()
    play.do(DISPATCHER, "coordinate", **UNCLEAR)
    play.do(DISPATCHER, "escalate")
    play.do(DISPATCHER, "first_response", unit=UNIT, plan="public_safety")
    for name, data in (("assign", {"unit": OTHER_UNIT}), ("uphold", {})):
        assert play.refused(COMMANDER, name, decision="x", **data).code == "settle_instead"
    assert play.refused(DISPATCHER, "settle", unit=OTHER_UNIT).code == "body_decides"
    case = play.do(COMMANDER, "settle", unit=OTHER_UNIT, note="县政府研究决定")
    told = case.coordinations[0]
    assert (case.state, case.settled_unit, told.outcome, told.unit, told.decision) == (
        State.DISPATCHED,
        OTHER_UNIT,
        "assigned",
        OTHER_UNIT,
        "县政府研究决定",
    )
    play.do(DISPATCHER, "recall", reason="险情已排除")
    assert play.refused(DISPATCHER, "dispatch", unit=UNIT).code == "ruled_otherwise"
    same(play)


def test_plans_and_budgets_are_the_handbooks(national: Handbook, china: WorkCalendar) -> None:
    """A plan of another class and a budget for another way are refused; of several plans one is named."""
    play = Play(national, china).filed()
    assert play.refused(DISPATCHER, "first_response", unit=UNIT, plan="incident").code == "plan_unknown"
    assert play.refused(DISPATCHER, "first_response", unit=UNIT, budget="rapid").code == "budget_unknown"
    assert play.refused(DISPATCHER, "first_response", unit=UNIT, budget="none").code == "budget_unknown"
    case = play.do(DISPATCHER, "first_response", unit=UNIT, plan="public_safety", budget="emergency")
    assert (case.plan, case.budget) == ("public_safety", "emergency")

    mine = national.plans["public_safety"]
    two = replace(national, plans={"a": mine, "b": replace(mine, key="b")}, budgets={})
    play = Play(two, china).filed()
    refusal = play.refused(DISPATCHER, "first_response", unit=UNIT)
    assert (refusal.code, refusal.data["field"]) == ("field_missing", "plan")
    none = Play(replace(national, plans={}, budgets={}), china).filed()
    case = none.do(DISPATCHER, "first_response", unit=UNIT)
    assert (case.way, case.plan, case.budget) == ("first", "", "")


def test_what_is_given_back_is_on_no_way(play: Play) -> None:
    """Recalled, the case is dispatched like any other: no plan, no fund, no cost to tell."""
    play.filed()
    play.do(DISPATCHER, "first_response", unit=UNIT)
    case = play.do(DISPATCHER, "recall")
    assert (case.way, case.plan, case.budget) == ("", "", "")
    assert play.refused(DISPATCHER, "settle", unit=UNIT).code == "wrong_state"
    play.do(DISPATCHER, "dispatch", unit=UNIT)
    assert play.refused(DISPATCHER, "settle", unit=UNIT).code == "nothing_to_settle"
    play.do(RECEIVER, "receive")
    assert play.do(RECEIVER, "feed_back").costs == ()


@pytest.mark.article("TZ-16-RAPID")
def test_small_damage_goes_to_the_own_crew(national: Handbook, china: WorkCalendar) -> None:
    """Of the classes that the handbook names, out of a budget line of its own, with the cost fed back each time."""
    play = Play(national, china).filed(HOURS)
    case = play.do(DISPATCHER, "rapid", unit=UNIT, requirement="随手修复")
    assert (case.way, case.budget, case.plan) == ("rapid", "rapid", "")
    assert {c.name for c in case.running()} >= {"receive", "dispose"}
    play.do(RECEIVER, "receive")
    assert play.refused(RECEIVER, "feed_back").code == "cost_missing"
    assert play.refused(RECEIVER, "feed_back", cost=-1).code == "field_wrong"
    assert play.refused(RECEIVER, "feed_back", cost=float("nan")).code == "field_wrong"
    assert play.do(RECEIVER, "feed_back", cost=0).cost == 0
    play.verify("fail")
    play.do(LEADER, "dispose_again", reason="不牢")
    play.do(RECEIVER, "receive")
    case = play.do(RECEIVER, "feed_back", cost=120)
    assert [c.amount for c in case.costs] == [0, 120] and case.way == "rapid"
    same(play)

    other = Play(national, china)
    other.do(OPERATOR, "register", **{**REPORT, "kind": "event", "class_code": "0501"})
    other.do(LEADER, "file", condition="event/0501/1")
    refusal = other.refused(DISPATCHER, "rapid", unit=UNIT)
    assert (refusal.code, refusal.data["class_code"]) == ("not_for_rapid", "0501")
    none = Play(replace(national, rapid=None), china).filed(DAYS)
    assert none.refused(DISPATCHER, "rapid", unit=UNIT).code == "no_rapid"
    assert "rapid" not in none.may(DISPATCHER)


def test_nobody_goes_around_a_ruling(play: Play) -> None:
    """Once a unit was decided on, neither the own crew nor anybody else is sent instead."""
    play.filed()
    play.do(DISPATCHER, "coordinate", **UNCLEAR)
    play.do(DISPATCHER, "assign", unit=OTHER_UNIT, decision="x")
    for name in ("dispatch", "rapid", "first_response"):
        assert play.refused(DISPATCHER, name, unit=UNIT).code == "ruled_otherwise", name
