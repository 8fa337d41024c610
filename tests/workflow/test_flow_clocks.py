"""The clocks that the flow starts, stops, pauses and extends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from workstation.workflow.apply import replay
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import ClockRun, State
from workstation.workflow.clock import ledger, light
from workstation.workflow.event import format_instant
from workstation.workflow.handbook import Handbook
from workstation.workflow.library import data_folder

from .play import (
    COLLECTOR,
    DAYS,
    DISPATCHER,
    HEAD,
    HOURS,
    LEADER,
    OPERATOR,
    RECEIVER,
    REPORT,
    SHORT,
    SYSTEM,
    UNIT,
    Actor,
    Play,
    local,
    with_rules,
)


def clock(play: Play, name: str) -> ClockRun:
    assert play.case is not None
    run = play.case.clock(name)
    assert run is not None, name
    return run


@pytest.mark.article("MQ-21-FILE")
def test_stage_clocks(play: Play) -> None:
    """Accept, check, file, dispatch, receive, verify and close run one after another, each as its stage is on."""
    running = []
    play.do(COLLECTOR, "report", **{**REPORT, "source": "media"})
    for actor, name, data in (
        (OPERATOR, "register", {}),
        (OPERATOR, "send_check", {"to": "k1"}),
        (COLLECTOR, "checked", {"result": "true_report"}),
        (LEADER, "file", {"condition": DAYS}),
        (DISPATCHER, "dispatch", {"unit": UNIT}),
        (RECEIVER, "receive", {}),
        (RECEIVER, "feed_back", {}),
        (OPERATOR, "send_verify", {"to": "k1"}),
        (COLLECTOR, "verified", {"result": "pass"}),
        (LEADER, "close", {}),
    ):
        assert play.case is not None
        running.append({c.name for c in play.case.running()})
        play.do(actor, name, **data)
    assert running == [
        {"accept"},
        {"file"},
        {"file", "check"},
        {"file"},
        {"dispatch"},
        {"receive", "dispose"},
        {"dispose"},
        {"verify"},
        {"verify"},
        {"close"},
    ]
    assert (clock(play, "check").holder, clock(play, "dispose").holder) == ("k1", UNIT)
    assert (clock(play, "file").stopped_with, clock(play, "file").stopped_by) == ("file", "s1")
    assert clock(play, "receive").article == "MQ-22-RECEIVE"


@pytest.mark.article("MQ-24-VERIFY")
def test_the_fringe_has_twice_the_time(national: Handbook, china: WorkCalendar) -> None:
    """Verification takes 1 working hour, in the urban-rural fringe 2."""
    for area, hours in (("general", 1), ("fringe", 2)):
        play = Play(national, china, local(2026, 3, 2, 8, 30)).received(area_class=area)
        play.do(RECEIVER, "feed_back")
        run = clock(play, "verify")
        assert run.due_at == run.started_at + timedelta(hours=hours)


def test_the_disposal_clock_counts_working_time(play: Play) -> None:
    """Four working hours from Friday afternoon run out on Monday; the yellow light comes on at 80 %."""
    play.at(2026, 3, 6, 15, 58).dispatched(HOURS)
    run = clock(play, "dispose")
    assert run.started_at == local(2026, 3, 6, 16, 0)
    assert run.due_at == local(2026, 3, 9, 10, 0)
    assert run.yellow_at == local(2026, 3, 9, 9, 12)
    assert light(run.yellow_at, run.due_at, local(2026, 3, 8, 12, 0)) == "green"


@pytest.mark.article("MQ-29-EMERGENCY")
def test_an_emergency_runs_from_acceptance(play: Play) -> None:
    """Its clock starts when the case was accepted and ignores nights and holidays."""
    play.at(2026, 2, 14, 17, 0).registered()
    play.at(2026, 2, 14, 17, 30).do(LEADER, "file", condition=HOURS, emergency=True)
    play.at(2026, 2, 14, 17, 40).do(DISPATCHER, "dispatch", unit=UNIT)
    run = clock(play, "dispose")
    assert (run.unit, run.started_at, run.due_at) == (
        "urgent_hours",
        local(2026, 2, 14, 17, 0),
        local(2026, 2, 14, 21, 0),
    )
    play.do(DISPATCHER, "recall")
    play.do(DISPATCHER, "dispatch", unit="U2")
    assert clock(play, "dispose").due_at == run.due_at
    assert play.refused(Actor("r2", "陈", "receiver", "U2"), "ask_suspension", request_id="q", reason="x",
                        until=format_instant(local(2026, 2, 20, 9, 0))).code == "emergency_waits_not"  # fmt: skip


@pytest.mark.article("MQ-29-EMERGENCY")
def test_a_second_disposal_of_an_emergency_starts_now(play: Play) -> None:
    """After a failed verification the unit has the limit again, from the new dispatch."""
    play.received(HOURS, emergency=True)
    play.do(RECEIVER, "feed_back")
    play.verify("fail")
    at = play.now
    play.do(LEADER, "dispose_again", reason="不合格")
    assert clock(play, "dispose").started_at == at
    assert len([c for c in play.case.clocks if c.name == "dispose"]) == 2  # type: ignore[union-attr]


@pytest.mark.article("TZ-13-SAFETY")
def test_milestones_of_a_danger(play: Play) -> None:
    """On the scene in 2 hours, repaired in 24, in calendar time from the notice; each is stopped by its own arrow."""
    play.at(2026, 2, 14, 17, 50).dispatched(SHORT)
    sent = clock(play, "dispose").started_at
    assert clock(play, "on_scene").due_at == sent + timedelta(hours=2)
    assert clock(play, "repaired").due_at == sent + timedelta(hours=24)
    play.do(RECEIVER, "receive")
    assert play.refused(RECEIVER, "on_scene", milestone="lunch").code == "milestone_unknown"
    assert play.refused(RECEIVER, "on_scene", milestone="dispose").code == "milestone_unknown"
    case = play.do(RECEIVER, "on_scene", milestone="on_scene", note="已围挡")
    assert case.state is State.WORKING and clock(play, "on_scene").stopped_at is not None
    assert play.refused(RECEIVER, "on_scene", milestone="on_scene").code == "milestone_reached"
    play.do(RECEIVER, "feed_back")
    assert clock(play, "repaired").stopped_with == "feed_back"
    play.verify("fail")
    play.do(LEADER, "dispose_again", reason="不合格")
    assert clock(play, "repaired").stopped_at is not None


# ---- extension ----


@pytest.mark.article("TJA-8-RETURN")
def test_extensions(play: Play) -> None:
    """Each adds at most one more limit, two are granted at most, refused ones do not count; deadlines only grow."""
    play.received()
    told = [clock(play, "dispose").due_at]
    assert (
        play.refused(RECEIVER, "ask_extension", request_id="x", reason="雨", amount=5.5).code
        == "extension_too_long"
    )
    for wrong in (0, -1, "2"):
        assert (
            play.refused(RECEIVER, "ask_extension", request_id="x", reason="雨", amount=wrong).code
            == "field_wrong"
        )
    play.do(RECEIVER, "ask_extension", request_id="0", reason="雨", amount=1)
    assert play.refused(DISPATCHER, "refuse_request", request_id="0").code == "not_yours_to_answer"
    play.do(HEAD, "refuse_request", request_id="0", reason="不必")
    for n, amount in enumerate((None, 2), 1):
        play.do(RECEIVER, "ask_extension", request_id=str(n), reason="雨", amount=amount)
        assert play.refused(DISPATCHER, "grant_extension", request_id=str(n)).code == "not_endorsed"
        play.do(HEAD, "endorse_request", request_id=str(n))
        play.do(DISPATCHER, "grant_extension", request_id=str(n))
        told.append(clock(play, "dispose").due_at)
    assert clock(play, "dispose").extended == 7
    assert told == sorted(told, key=str) and len(set(told)) == 3
    assert play.refused(RECEIVER, "ask_extension", request_id="3", reason="雨").code == "no_extension_left"
    assert "ask_extension" not in play.may(RECEIVER)


def test_the_dispatcher_grants_less(play: Play) -> None:
    """A grant may be for less than was asked, but not for more than the handbook allows."""
    play.received()
    play.do(RECEIVER, "ask_extension", request_id="q", reason="雨", amount=4)
    play.do(HEAD, "endorse_request", request_id="q")
    assert play.refused(DISPATCHER, "grant_extension", request_id="q", amount=9).code == "extension_too_long"
    play.do(DISPATCHER, "grant_extension", request_id="q", amount=1)
    run = clock(play, "dispose")
    assert run.extended == 1 and run.due_at == play.calendar.add_work(run.started_at, 6 * 480)


def test_nothing_is_put_off_once_overdue(play: Play) -> None:
    """After the deadline neither extension nor suspension can be asked for; exactly on it they can."""
    play.received(HOURS)
    due = clock(play, "dispose").due_at
    assert due is not None
    play.now = due
    play.do(RECEIVER, "ask_extension", request_id="q", reason="雨")
    refusal = play.refused(
        RECEIVER, "ask_suspension", request_id="s", reason="x", until=due + timedelta(days=1)
    )
    assert (refusal.code, refusal.data["until"]) == ("overdue", format_instant(due))
    play.do(HEAD, "endorse_request", request_id="q")
    play.do(DISPATCHER, "grant_extension", request_id="q")
    assert clock(play, "dispose").due_at == play.calendar.add_work(clock(play, "dispose").started_at, 8 * 60)
    play.wait(days=30)
    assert play.refused(RECEIVER, "ask_extension", request_id="r", reason="雨").code == "overdue"


# ---- suspension ----


def test_suspension_and_resumption(play: Play) -> None:
    """Suspended Friday 17:00 to Monday 09:00: two working hours are given back, and the extension before it stays."""
    play.at(2026, 3, 2, 8, 57).dispatched()
    play.do(RECEIVER, "receive")
    play.do(RECEIVER, "ask_extension", request_id="e", reason="雨", amount=1)
    play.do(HEAD, "endorse_request", request_id="e")
    play.do(DISPATCHER, "grant_extension", request_id="e")
    started = clock(play, "dispose").started_at
    plain = clock(play, "dispose").due_at
    assert plain == play.calendar.add_work(started, 6 * 480)
    play.at(2026, 3, 6, 16, 59).suspended(local(2026, 4, 1, 9, 0))
    run = clock(play, "dispose")
    assert (run.due_at, run.yellow_at) == (None, None) and play.case is not None and play.case.suspended
    assert run.pauses[0].start == local(2026, 3, 6, 17, 0) and run.pauses[0].by == "d1"
    for name in ("ask_extension", "ask_suspension"):
        assert name not in play.may(RECEIVER)
    assert play.refused(RECEIVER, "ask_extension", request_id="z", reason="雨").code == "suspended"
    play.at(2026, 3, 9, 9, 0).do(DISPATCHER, "resume")
    run = clock(play, "dispose")
    assert run.due_at == play.calendar.add_work(started, 6 * 480 + 120)
    assert run.extended == 1 and not play.case.suspended
    assert play.refused(SYSTEM, "resume").code == "not_suspended"
    until = local(2026, 3, 20, 9, 0)
    assert (
        play.refused(RECEIVER, "ask_suspension", request_id="s", reason="x", until=until).code
        == "no_suspension_left"
    )
    assert replay(play.events) == play.case


def test_a_suspension_ends_when_it_said(play: Play) -> None:
    """Where the system resumes late, the pause ends at its own time and not when the machine woke up."""
    until = local(2026, 3, 5, 9, 0)
    play.at(2026, 3, 2, 8, 57).received()
    play.at(2026, 3, 3, 8, 59).suspended(until)
    play.at(2026, 3, 12, 0, 0).do(SYSTEM, "resume")
    assert clock(play, "dispose").pauses[0].end == until
    told = ledger(clock(play, "dispose"), play.calendar, play.now)
    assert [e.detail["by"] for e in told.entries if e.cause == "suspended"] == ["d1"]


def test_how_long_a_suspension_may_be(national: Handbook, china: WorkCalendar) -> None:
    """It ends in the future, within 365 days, and an instant is an instant."""
    play = Play(national, china).received()
    now = play.now
    for until, code in (
        (now, "suspension_past"),
        (now + timedelta(days=365, seconds=1), "suspension_too_long"),
        ("tomorrow", "field_wrong"),
        (now.replace(tzinfo=None), "field_wrong"),
    ):
        assert play.refused(RECEIVER, "ask_suspension", request_id="s", reason="x", until=until).code == code
    play.do(
        RECEIVER, "ask_suspension", request_id="s", reason="x", until=format_instant(now + timedelta(hours=1))
    )
    play.wait(hours=2)
    assert play.refused(DISPATCHER, "grant_suspension", request_id="s").code == "suspension_past"


def test_feeding_back_while_suspended(play: Play) -> None:
    """Who is done early is done: the pause ends with the clock, and the deadline it is measured by is known."""
    play.at(2026, 3, 2, 8, 57).received()
    play.at(2026, 3, 3, 8, 59).suspended(local(2026, 4, 1, 9, 0))
    at = play.now
    play.wait(days=2).do(RECEIVER, "feed_back")
    run = clock(play, "dispose")
    assert run.stopped_at == at + timedelta(days=2) == run.pauses[0].end
    assert run.due_at is not None and run.due_at > run.stopped_at


def test_voiding_while_suspended(play: Play) -> None:
    """A case that ends while it is suspended has no clock left running or paused."""
    play.received().suspended(local(2026, 4, 1, 9, 0))
    case = play.voided()
    assert case.running() == () and not case.suspended
    assert all(p.end for c in case.clocks for p in c.pauses)


# ---- deadlines that move ----


def test_deadlines_are_told_again_when_the_notice_arrives(national: Handbook) -> None:
    """Before a year's notice is in, a deadline is provisional; when it arrives, the system tells it again, once."""
    text = (data_folder() / "calendars" / "china.toml").read_text(encoding="utf-8")
    before = WorkCalendar.from_text(text[: text.index("[[year]]\nyear = 2026")])
    play = Play(national, before, local(2026, 2, 12, 9, 0)).received()
    run = clock(play, "dispose")
    assert run.provisional and run.due_at is not None
    assert play.refused(SYSTEM, "recompute").code == "nothing_moves"
    play.calendar = WorkCalendar.from_text(text)
    case = play.do(SYSTEM, "recompute")
    moved = clock(play, "dispose")
    assert not moved.provisional and moved.due_at is not None and moved.due_at > run.due_at
    assert case.state is State.RECEIVED
    assert play.refused(SYSTEM, "recompute").code == "nothing_moves"
    assert replay(play.events) == play.case


def test_a_paused_clock_is_not_told_again(
    national: Handbook, china: WorkCalendar, weekdays: WorkCalendar
) -> None:
    """While it is suspended there is no deadline to move."""
    play = Play(national, china, local(2026, 2, 12, 9, 0)).received()
    play.suspended(local(2026, 3, 1, 9, 0))
    play.calendar = weekdays
    assert play.refused(SYSTEM, "recompute").code == "nothing_moves"


# ---- handbooks that say otherwise ----


def changed(handbook: Handbook, *changes: tuple[str, str]) -> Handbook:
    """The handbook with other words in its flow."""
    texts = dict(handbook.texts)
    for what, instead in changes:
        assert what in texts["flow.toml"]
        texts["flow.toml"] = texts["flow.toml"].replace(what, instead)
    return Handbook.from_texts(texts)


def test_flows_without_a_disposal_clock(national: Handbook, china: WorkCalendar) -> None:
    """A city may run no disposal clock: then there is nothing to extend or to suspend, and nothing breaks."""
    play = Play(
        changed(national, ('start = ["receive", "dispose", "key_feedback"]', 'start = ["receive"]')), china
    ).received()
    assert play.case is not None and play.case.clock("dispose") is None
    until = play.now + timedelta(days=1)
    assert play.refused(RECEIVER, "ask_extension", request_id="q", reason="x").code == "no_limit"
    assert (
        play.refused(RECEIVER, "ask_suspension", request_id="q", reason="x", until=until).code == "no_limit"
    )
    loose = changed(
        national,
        ('start = ["receive", "dispose", "key_feedback"]', 'start = ["receive"]'),
        ('guards = ["request_new", "not_suspended", "not_overdue", "extensions_left"]', ""),
        ('guards = ["request_open", "endorsed", "not_suspended", "extensions_left"]', ""),
        ('guards = ["request_new", "not_suspended", "not_overdue", "not_emergency", "suspension_left"]', ""),
        (
            'guards = ["request_open", "endorsed", "not_suspended", "not_overdue", "not_emergency", "suspension_left"]',
            "",
        ),
        ('guards = ["suspended"]', ""),
    )
    play = Play(loose, china).received()
    play.do(RECEIVER, "ask_extension", request_id="q", reason="x", amount=1)
    play.do(DISPATCHER, "grant_extension", request_id="q")
    play.suspended(play.now + timedelta(days=1), "s")
    play.do(DISPATCHER, "resume")
    assert play.case is not None and play.case.clock("dispose") is None


def test_extensions_left_without_a_clock(national: Handbook, china: WorkCalendar) -> None:
    """Where only the number of extensions is guarded, one without a clock is still refused."""
    flow = changed(
        national,
        ('start = ["receive", "dispose", "key_feedback"]', 'start = ["receive"]'),
        ('"not_suspended", "not_overdue", "extensions_left"', '"extensions_left"'),
    )
    play = Play(flow, china).received()
    assert play.refused(RECEIVER, "ask_extension", request_id="q", reason="x").code == "no_limit"


def test_flows_without_guards_do_not_break(national: Handbook, china: WorkCalendar) -> None:
    """Extending, suspending twice or resuming a running clock is harmless where a city allows it."""
    loose = changed(
        national,
        ('guards = ["request_new", "not_suspended", "not_overdue", "extensions_left"]', ""),
        ('guards = ["request_open", "endorsed", "not_suspended", "extensions_left"]', ""),
        ('guards = ["request_new", "not_suspended", "not_overdue", "not_emergency", "suspension_left"]', ""),
        (
            'guards = ["request_open", "endorsed", "not_suspended", "not_overdue", "not_emergency", "suspension_left"]',
            "",
        ),
        ('guards = ["suspended"]', ""),
    )
    play = Play(loose, china).received()
    play.do(DISPATCHER, "resume")
    assert clock(play, "dispose").pauses == ()
    play.suspended(play.now + timedelta(days=9), "a")
    play.suspended(play.now + timedelta(days=9), "b")
    assert len(clock(play, "dispose").pauses) == 1
    play.do(RECEIVER, "ask_extension", request_id="e", reason="x")
    play.do(DISPATCHER, "grant_extension", request_id="e")
    assert clock(play, "dispose").due_at is None and clock(play, "dispose").extended == 5
    play.wait(days=1).do(DISPATCHER, "resume")
    run = clock(play, "dispose")
    assert run.due_at == play.calendar.add_work(
        run.started_at,
        10 * 480 + play.calendar.work_between(run.pauses[0].start, run.pauses[0].end or run.started_at),
    )


def test_the_dispatch_of_a_case_without_limit_starts_no_disposal_clock(
    national: Handbook, china: WorkCalendar
) -> None:
    """A flow that dispatches what was never filed runs the receive clock alone."""
    flow = changed(
        national, ('from = ["filed"]\nto = "dispatched"', 'from = ["filed", "registered"]\nto = "dispatched"')
    )
    play = Play(flow, china).registered()
    play.do(DISPATCHER, "dispatch", unit=UNIT)
    assert play.case is not None and {c.name for c in play.case.running()} == {"file", "receive"}


def test_an_arrow_that_makes_a_case_may_start_any_clock(national: Handbook, china: WorkCalendar) -> None:
    """A disposal clock asked for before there is a limit does not start; a receive clock has no unit to hold it."""
    flow = changed(national, ('start = ["accept"]', 'start = ["accept", "dispose", "receive"]'))
    play = Play(flow, china)
    play.do(COLLECTOR, "report", **REPORT)
    assert play.case is not None and [c.name for c in play.case.running()] == ["accept", "receive"]
    assert clock(play, "receive").holder == ""


def test_milestones_need_their_condition(national: Handbook, china: WorkCalendar) -> None:
    """A case whose condition another edition no longer has is dispatched with its limit alone."""
    play = Play(national, china).filed(SHORT)
    fewer = tuple(c for c in national.all_conditions if c.key != SHORT)
    play.handbook = replace(national, all_conditions=fewer)
    play.do(DISPATCHER, "dispatch", unit=UNIT)
    assert play.case is not None and {c.name for c in play.case.running()} == {"receive", "dispose"}


def test_rules_can_be_switched(national: Handbook, china: WorkCalendar) -> None:
    """The figures that guards go by are the handbook's."""
    play = Play(with_rules(national, extensions=0, suspensions=0, failures_until_overdue=1), china).received()
    assert play.refused(RECEIVER, "ask_extension", request_id="q", reason="x").code == "no_extension_left"
    play.do(RECEIVER, "feed_back")
    play.verify("fail")
    assert play.case is not None and play.case.overdue_counted
