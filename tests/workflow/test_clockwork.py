"""What stops, pauses and starts clocks: states in which they stand still, coordination, key cases, the yellow share."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import Case, ClockRun, State
from workstation.workflow.clock import ledger
from workstation.workflow.clockwork import return_clock
from workstation.workflow.handbook import Handbook

from .play import (
    COMMANDER,
    DISPATCHER,
    HEAD,
    LEADER,
    OPERATOR,
    OTHER_UNIT,
    RECEIVER,
    UNIT,
    Play,
    local,
    with_rules,
)


def with_clock(handbook: Handbook, name: str, **fields: Any) -> Handbook:
    """The handbook with another specification of a clock."""
    return replace(handbook, clocks={**handbook.clocks, name: replace(handbook.clocks[name], **fields)})


def with_arrow(handbook: Handbook, name: str, **fields: Any) -> Handbook:
    """The handbook with another arrow."""
    arrows = tuple(replace(a, **fields) if a.name == name else a for a in handbook.arrows)
    return replace(handbook, arrows=arrows)


def clock(play: Play, name: str) -> ClockRun:
    assert play.case is not None
    run = play.case.clock(name)
    assert run is not None
    return run


def causes(run: ClockRun) -> list[str]:
    return [p.cause for p in run.pauses]


@pytest.fixture
def waiting(national: Handbook, china: WorkCalendar) -> Play:
    """A city where the disposal goes on until verification, and stands still while others check."""
    handbook = with_clock(national, "dispose", pause_in=(State.FED_BACK, State.VERIFYING))
    feed_back, again = national.arrow("feed_back"), national.arrow("dispose_again")
    assert feed_back is not None and again is not None
    handbook = with_arrow(handbook, "feed_back", stop=tuple(n for n in feed_back.stop if n != "dispose"))
    handbook = with_arrow(handbook, "dispose_again", start=tuple(n for n in again.start if n != "dispose"))
    return Play(handbook, china)


def test_a_clock_stands_still_in_the_states_that_the_handbook_names(waiting: Play) -> None:
    """Fed back and being verified the disposal clock waits, and goes on with what is left when it failed."""
    waiting.received()
    waiting.at(2026, 3, 3, 9, 0).do(RECEIVER, "feed_back", note="已处置")
    run = clock(waiting, "dispose")
    assert run.due_at is None and causes(run) == ["fed_back"]
    assert waiting.case is not None and not waiting.case.suspended
    waiting.at(2026, 3, 3, 10, 0).verify("fail")
    assert len(clock(waiting, "dispose").pauses) == 1
    waiting.at(2026, 3, 3, 11, 0).do(LEADER, "dispose_again", reason="未修复")
    run = clock(waiting, "dispose")
    assert run.pauses[0].start == local(2026, 3, 3, 9, 0) and run.pauses[0].end == local(2026, 3, 3, 11, 0)
    whole = waiting.calendar.add_work(run.started_at, 5 * 480 + 120)
    assert run.due_at == whole and run.amount == 5
    told = ledger(run, waiting.calendar, waiting.now)
    assert [
        e.cause for e in told.entries if not e.counted and e.cause not in ("lunch", "night", "weekend")
    ] == ["fed_back"]
    assert len([c for c in waiting.case.clocks if c.name == "dispose"]) == 1  # type: ignore[union-attr]


def test_the_last_state_ends_the_pause(waiting: Play) -> None:
    """A case that is closed from a state in which its clock stood still has a clock that ended, with no open pause."""
    waiting.received()
    waiting.do(RECEIVER, "feed_back", note="已处置")
    waiting.verify("pass")
    waiting.do(LEADER, "close")
    run = clock(waiting, "dispose")
    assert run.stopped_at is not None and run.pauses[-1].end is not None and run.stopped_with == "close"


def test_a_suspension_and_a_state_one_after_the_other(national: Handbook, china: WorkCalendar) -> None:
    """Suspended, moved into a state that waits, resumed by term: the suspension gives back its term, the state the rest."""
    handbook = with_clock(national, "dispose", pause_in=(State.WORKING,))
    play = Play(handbook, china).received()
    until = local(2026, 3, 4, 9, 0)
    play.suspended(until)
    play.at(2026, 3, 3, 9, 0).do(RECEIVER, "on_scene")
    assert causes(clock(play, "dispose")) == ["suspended"]
    play.at(2026, 3, 5, 9, 0).do(DISPATCHER, "resume")
    run = clock(play, "dispose")
    assert causes(run) == ["suspended", "working"]
    assert run.pauses[0].end == until == run.pauses[1].start and run.due_at is None
    assert play.case is not None and not play.case.suspended
    play.do(RECEIVER, "feed_back", note="已处置")
    assert clock(play, "dispose").pauses[-1].end == clock(play, "dispose").stopped_at


def test_what_somebody_decides_outlasts_the_state(national: Handbook, china: WorkCalendar) -> None:
    """A suspension granted while the clock stands still for a state takes the state's place, and stays when it ends."""
    handbook = with_clock(national, "dispose", pause_in=(State.RECEIVED,))
    for name in ("ask_suspension", "grant_suspension"):
        arrow = handbook.arrow(name)
        assert arrow is not None
        handbook = with_arrow(handbook, name, guards=tuple(g for g in arrow.guards if g != "not_suspended"))
    play = Play(handbook, china).received()
    assert causes(clock(play, "dispose")) == ["received"]
    play.suspended(local(2026, 3, 9, 9, 0))
    assert causes(clock(play, "dispose")) == ["received", "suspended"]
    play.do(RECEIVER, "on_scene")
    assert clock(play, "dispose").pauses[-1].end is None
    play.do(DISPATCHER, "resume")
    assert clock(play, "dispose").due_at is not None


def test_a_pause_is_not_made_twice(national: Handbook, china: WorkCalendar) -> None:
    """An arrow that pauses a paused clock leaves it as it is."""
    play = Play(with_arrow(national, "supervise", pause=("dispose",)), china).received()
    play.suspended(local(2026, 3, 9, 9, 0))
    play.do(DISPATCHER, "supervise", direction_id="d", note="请抓紧")
    assert causes(clock(play, "dispose")) == ["suspended"]


def test_an_arrow_of_a_citys_own_names_the_pause(national: Handbook, china: WorkCalendar) -> None:
    """A city whose own arrow pauses a clock finds the arrow's name as the cause."""
    play = Play(with_arrow(national, "comment", pause=("dispose",)), china).received()
    play.do(DISPATCHER, "comment", note="等待来料")
    assert causes(clock(play, "dispose")) == ["comment"]


def test_a_second_suspension_ends_at_its_own_term(national: Handbook, china: WorkCalendar) -> None:
    """Where two suspensions are allowed, the second one's pause ends with the second term, not with the first."""
    play = Play(with_rules(national, suspensions=2), china).received()
    play.suspended(local(2026, 3, 3, 9, 0))
    play.at(2026, 3, 3, 10, 0).do(DISPATCHER, "resume")
    play.suspended(local(2026, 3, 5, 9, 0), "q2")
    begun = clock(play, "dispose").pauses[-1].start
    play.at(2026, 3, 4, 9, 0).do(DISPATCHER, "resume")
    last = clock(play, "dispose").pauses[-1]
    assert (last.start, last.end) == (begun, local(2026, 3, 4, 9, 0))


# ---- coordination ----


def coordinate(play: Play) -> Case:
    return play.do(DISPATCHER, "coordinate", cause="unclear", scope="across", reason="责任不明")


def decide(play: Play) -> Case:
    """The decision, by whichever of the bodies it has come to."""
    assert play.case is not None and play.case.coordinating is not None
    body = play.handbook.bodies[play.case.coordinating.body]
    actor = next(a for a in (DISPATCHER, COMMANDER) if a.post in body.posts)
    return play.do(actor, "assign", unit=OTHER_UNIT, decision="由养护单位负责")


@pytest.mark.article("MQ-26-UNCLEAR")
def test_coordination_stops_the_dispatch_clock(play: Play) -> None:
    """While it is settled who is responsible nobody is late with dispatching; the ledger says who paused it and why."""
    play.filed()
    started = clock(play, "dispatch").started_at
    coordinate(play)
    run = clock(play, "dispatch")
    assert run.due_at is None and (run.pauses[0].cause, run.pauses[0].by) == (
        "coordinating",
        DISPATCHER.person,
    )
    assert run.pauses[0].reason == "责任不明"
    assert play.case is not None and not play.case.suspended
    play.wait(hours=1)
    play.do(DISPATCHER, "withdraw_coordination", reason="已查明")
    run = clock(play, "dispatch")
    pause = run.pauses[0]
    assert pause.end is not None
    assert run.due_at == started + timedelta(minutes=15) + (pause.end - pause.start)


def test_a_decision_sets_the_dispatch_clock_going_again(play: Play) -> None:
    """Assigned from filed the same clock goes on; assigned from a unit's hands a new one starts, and is not paused."""
    play.filed()
    coordinate(play)
    play.wait(hours=1)
    decide(play)
    assert len([c for c in play.case.clocks if c.name == "dispatch"]) == 1  # type: ignore[union-attr]
    assert clock(play, "dispatch").due_at is not None


def test_a_dispatch_clock_that_starts_during_coordination_waits(play: Play) -> None:
    """A return granted while the responsibility is still open starts a dispatch clock that stands still at once."""
    play.received()
    coordinate(play)
    play.do(RECEIVER, "ask_return", request_id="q", reason="非我单位")
    play.do(DISPATCHER, "grant_return", request_id="q")
    run = clock(play, "dispatch")
    assert run.due_at is None and causes(run) == ["coordinating"]
    decide(play)
    assert clock(play, "dispatch").due_at is not None


def test_a_state_that_waits_and_a_coordination_are_one_pause(national: Handbook, china: WorkCalendar) -> None:
    """A dispatch clock that starts where both would stop it is paused once, by what somebody has to decide."""
    play = Play(with_clock(national, "dispatch", pause_in=(State.FILED,)), china).received()
    coordinate(play)
    play.do(RECEIVER, "ask_return", request_id="q", reason="非我单位")
    play.do(DISPATCHER, "grant_return", request_id="q")
    assert causes(clock(play, "dispatch")) == ["coordinating"]


# ---- key cases ----


@pytest.mark.article("TZ-3-KEY")
def test_key_cases_feed_back_inside_a_set_time(play: Play) -> None:
    """The clock of key cases runs for them alone, while a unit is at work, and starts anew with each report of progress."""
    play.received()
    assert play.case is not None and play.case.clock("key_feedback") is None
    play.do(LEADER, "mark_key", reason="媒体关注")
    first = clock(play, "key_feedback")
    assert first.holder == UNIT and first.article == "TZ-3-KEY"
    play.wait(hours=1)
    play.do(RECEIVER, "progress", note="正在抢修")
    assert len([c for c in play.case.clocks if c.name == "key_feedback"]) == 2
    assert clock(play, "key_feedback").started_at > first.started_at
    play.do(LEADER, "unmark_key", reason="已平息")
    assert clock(play, "key_feedback").stopped_at is not None


def test_marked_before_dispatch_the_clock_waits_for_the_unit(play: Play) -> None:
    """A case marked while nobody works on it gets its clock when it is dispatched."""
    play.registered()
    play.do(LEADER, "mark_key", reason="领导关注")
    assert play.case is not None and play.case.clock("key_feedback") is None
    play.do(LEADER, "file", condition="component/0101/4")
    play.do(DISPATCHER, "dispatch", unit=UNIT)
    assert clock(play, "key_feedback").holder == UNIT


# ---- returning ----


@pytest.mark.article("MQ-25-RETURN")
def test_the_right_to_return_is_a_clock_too(play: Play) -> None:
    """From the dispatch an hour of working time, over lunch; it stops with the request and ends with the unit's part."""

    def told() -> ClockRun | None:
        assert play.case is not None
        return return_clock(play.case, play.handbook, play.calendar)

    play.at(2026, 3, 2, 11, 28).filed()
    assert told() is None
    play.do(DISPATCHER, "dispatch", unit=UNIT)
    run = told()
    assert run is not None and (run.holder, run.article) == (UNIT, "MQ-25-RETURN")
    assert run.due_at == local(2026, 3, 2, 14, 30) and not run.provisional
    causes_of = [e.cause for e in ledger(run, play.calendar, play.now).entries]
    assert "lunch" in causes_of
    play.do(RECEIVER, "ask_return", request_id="q", reason="非我单位")
    run = told()
    assert run is not None and run.stopped_at is not None and run.stopped_by == RECEIVER.person
    play.do(DISPATCHER, "refuse_request", request_id="q", binding=True)
    assert told() is None


# ---- the light ----


def test_the_handbooks_yellow_share(national: Handbook, china: WorkCalendar) -> None:
    """A handbook that turns yellow at half the limit does so at the start, after an extension and after a suspension."""
    play = Play(with_rules(national, yellow_share=0.5), china).received()
    run = clock(play, "dispose")
    assert run.yellow_at == china.add_work(run.started_at, 2.5 * 480)
    play.do(RECEIVER, "ask_extension", request_id="e", reason="工程量大", amount=1)
    play.do(HEAD, "endorse_request", request_id="e")
    play.do(DISPATCHER, "grant_extension", request_id="e")
    run = clock(play, "dispose")
    assert run.yellow_at == china.add_work(run.started_at, 3 * 480)
    play.suspended(local(2026, 3, 9, 9, 0))
    play.at(2026, 3, 3, 9, 0).do(DISPATCHER, "resume")
    run = clock(play, "dispose")
    assert ledger(run, china, play.now).yellow_at == run.yellow_at
    assert run.due_at == china.add_work(
        run.started_at,
        6 * 480 + china.work_between(run.pauses[0].start, run.pauses[0].end),  # type: ignore[arg-type]
    )


def test_emergencies_do_not_stand_still_for_reports(national: Handbook, china: WorkCalendar) -> None:
    """An operator's registration is where an emergency's disposal begins, whatever its stages' clocks did."""
    play = Play(national, china).at(2026, 3, 7, 22, 0)
    play.registered(kind="component", emergency=True)
    registered = play.case.registered_at  # type: ignore[union-attr]
    play.do(LEADER, "file", condition="component/0101/4")
    play.wait(hours=2).do(DISPATCHER, "dispatch", unit=UNIT)
    run = clock(play, "dispose")
    assert (run.started_at, run.unit) == (registered, "urgent_days")
    assert OPERATOR.person == play.case.registered_by  # type: ignore[union-attr]
