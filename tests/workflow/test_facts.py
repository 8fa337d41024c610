"""Facts: in time or not, at each stage, by whom; and what is not decided is not said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.facts import facts
from workstation.workflow.handbook import Handbook

from .play import (
    COLLECTOR,
    DAYS,
    DISPATCHER,
    HEAD,
    HOURS,
    LEADER,
    OPERATOR,
    OTHER_RECEIVER,
    OTHER_UNIT,
    RECEIVER,
    REPORT,
    SHORT,
    UNIT,
    Play,
)


def test_everything_in_time(play: Play) -> None:
    """A case that ran as it should: every stage in time, by whom, with which arrow."""
    play.verified("pass")
    case = play.do(LEADER, "close")
    told = facts(case)
    assert (told.filed, told.disposed, told.closed) == (True, True, True)
    assert (told.disposed_in_time, told.closed_in_time, told.rework) == (True, True, 0)
    assert {s.name: (s.by, s.done_with, s.in_time) for s in told.stages} == {
        "file": ("s1", "file", True),
        "dispatch": ("d1", "dispatch", True),
        "receive": ("r1", "receive", True),
        "dispose": ("r1", "feed_back", True),
        "verify": ("k1", "verified", True),
        "close": ("s1", "close", True),
    }
    assert (told.unit, told.registered_by, told.filed_by, told.dispatched_by) == (UNIT, "o1", "s1", "d1")
    assert told.closed_by == "s1"
    assert told.in_time("dispose") is True and told.in_time("check") is None


def test_open_cases_are_not_decided(play: Play) -> None:
    """Nobody is late or in time before the stage is done."""
    play.do(COLLECTOR, "report", **REPORT)
    assert play.case is not None
    told = facts(play.case)
    assert (told.filed, told.disposed, told.closed) == (False, False, False)
    assert (told.disposed_in_time, told.closed_in_time, told.checked_true, told.closed_by) == (
        None,
        None,
        None,
        "",
    )
    assert [(s.name, s.in_time, s.done_with) for s in told.stages] == [("accept", None, "")]


def test_late_disposal(play: Play) -> None:
    """Fed back after the deadline: neither disposed nor closed in time; on the deadline it is."""
    play.received(HOURS)
    assert play.case is not None
    run = play.case.clock("dispose")
    assert run is not None and run.due_at is not None
    play.now = run.due_at
    on_time = Play(play.handbook, play.calendar)
    on_time.case, on_time.now, on_time.steps = play.case, run.due_at, 99
    assert facts(on_time.do(RECEIVER, "feed_back")).disposed_in_time is True
    case = play.wait(seconds=1).do(RECEIVER, "feed_back")
    assert facts(case).disposed_in_time is False
    play.verify("pass")
    assert facts(play.do(LEADER, "close")).closed_in_time is False


@pytest.mark.article("MQ-24-TWICE")
def test_the_second_failure_is_overdue(play: Play) -> None:
    """Whatever the clock says, a case that failed twice is not disposed in time."""
    play.verified("fail")
    play.do(LEADER, "dispose_again", reason="x")
    play.again().verify("fail")
    play.do(LEADER, "dispose_again", reason="x")
    play.again().verify("pass")
    told = facts(play.do(LEADER, "close"))
    assert (told.disposed_in_time, told.closed_in_time) == (False, False)
    assert (told.rework, told.failed_verifications, told.overdue_counted) == (2, 2, True)
    assert told.in_time("dispose") is True


def test_unqualified_is_never_in_time(play: Play) -> None:
    """Closed as unqualified counts as closed, and as not in time; what the unit did in time stays said."""
    play.verified("fail")
    told = facts(play.do(LEADER, "close_unqualified", reason="无法修复"))
    assert (told.closed, told.closed_in_time, told.disposed_in_time) == (True, False, True)


def test_one_units_lateness_is_not_anothers(play: Play) -> None:
    """After dispatching anew the present unit is judged by its own disposal; the case by all of them."""
    play.received(HOURS).wait(days=9)
    play.do(RECEIVER, "feed_back")
    play.verify("fail")
    play.do(LEADER, "redispatch", reason="换单位")
    assert play.case is not None and facts(play.case).disposed_in_time is None
    play.do(DISPATCHER, "dispatch", unit=OTHER_UNIT)
    play.do(OTHER_RECEIVER, "receive")
    play.do(OTHER_RECEIVER, "feed_back")
    play.verify("pass")
    told = facts(play.do(LEADER, "close"))
    assert (told.disposed_in_time, told.closed_in_time, told.in_time("dispose")) == (True, False, False)
    assert [(s.holder, s.in_time) for s in told.stages if s.name == "dispose"] == [
        (UNIT, False),
        (OTHER_UNIT, True),
    ]


def test_what_was_taken_back_is_nobodys_fact(play: Play) -> None:
    """A recalled dispatch, a voided case: the stage ended but was not done."""
    play.dispatched()
    play.do(DISPATCHER, "recall")
    told = facts(play.voided())
    assert (told.closed, told.closed_in_time) == (False, None)
    assert {s.name: s.in_time for s in told.stages} == {
        "file": True,
        "dispatch": None,
        "receive": None,
        "dispose": None,
    }


def test_requests_and_checks_are_counted(national: Handbook, china: WorkCalendar) -> None:
    """Extensions and suspensions granted, returns, what the check found, milestones reached."""
    play = Play(national, china).registered(source="app")
    play.do(OPERATOR, "send_check", to="k1")
    play.do(COLLECTOR, "checked", result="true_report")
    play.do(LEADER, "file", condition=SHORT)
    play.do(DISPATCHER, "dispatch", unit=OTHER_UNIT)
    play.do(OTHER_RECEIVER, "ask_return", request_id="r", reason="x", suggested_unit=UNIT)
    play.do(DISPATCHER, "grant_return", request_id="r")
    play.do(DISPATCHER, "dispatch", unit=UNIT)
    play.do(RECEIVER, "receive")
    play.do(RECEIVER, "on_scene", milestone="on_scene")
    play.do(RECEIVER, "ask_extension", request_id="e", reason="雨")
    play.do(HEAD, "endorse_request", request_id="e")
    play.do(DISPATCHER, "grant_extension", request_id="e")
    case = play.suspended(play.now.replace(year=2027)).case
    assert case is not None and case.suspended
    told = facts(case)
    assert (told.returns, told.extensions, told.suspensions, told.checked_true) == (1, 1, 1, True)
    assert told.in_time("on_scene") is True and told.in_time("repaired") is None
    assert told.in_time("check") is True
    rejected = Play(national, china).registered(source="app")
    rejected.do(OPERATOR, "send_check", to="k1")
    assert facts(rejected.do(COLLECTOR, "checked", result="false_report")).checked_true is False


def test_late_at_a_desk(play: Play) -> None:
    """A shift leader who files late is late; the unit's clock is its own."""
    play.registered().wait(hours=3)
    play.do(LEADER, "file", condition=DAYS)
    assert play.case is not None
    told = facts(play.case)
    assert told.in_time("file") is False and told.stages[0].by == "s1"


def test_the_ways_around_are_facts_too(play: Play) -> None:
    """Which way, at what cost, coordinated how often and decided; urged how often, answered in time or late."""
    play.filed()
    unclear = {"cause": "unclear", "scope": "across", "reason": "权属不清"}
    play.do(DISPATCHER, "coordinate", **unclear)
    play.do(DISPATCHER, "withdraw_coordination", reason="x")
    play.do(DISPATCHER, "coordinate", **unclear)
    play.do(DISPATCHER, "assign", unit=UNIT, decision="x")
    play.do(DISPATCHER, "first_response", unit=UNIT, plan="public_safety")
    play.do(RECEIVER, "receive")
    play.do(LEADER, "supervise", note="x", until=play.now + timedelta(hours=2))
    play.do(LEADER, "urge", note="x")
    assert play.case is not None and facts(play.case).directions_in_time is None
    play.do(RECEIVER, "reply", direction_id="d1", note="好")
    assert facts(play.case).directions_in_time is True
    play.do(LEADER, "supervise", note="x", until=play.now + timedelta(hours=2))
    assert facts(play.case).directions_in_time is True
    play.wait(hours=3)
    case = play.do(RECEIVER, "feed_back", cost=300)
    told = facts(case)
    assert (told.way, told.cost, told.settled_unit) == ("first", 300, "")
    assert (told.coordinations, told.ruled, told.directions, told.urged) == (2, 1, 3, 3)
    assert told.directions_in_time is False
    assert (told.in_time("dispatch"), told.key_case, told.self_disposed) == (True, False, False)
    case = play.do(DISPATCHER, "settle", unit=OTHER_UNIT)
    assert facts(case).settled_unit == OTHER_UNIT
