"""What comes from above: key cases and their feedback, urging, supervising, instructions and their answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from workstation.workflow.apply import apply
from workstation.workflow.case import Direction, State
from workstation.workflow.event import Event
from workstation.workflow.facts import facts

from .play import (
    COLLECTOR,
    COMMANDER,
    DISPATCHER,
    DISTRICT,
    LEADER,
    OPERATOR,
    OTHER_RECEIVER,
    RECEIVER,
    Actor,
    Play,
)
from .test_flow_coordination import same

# ---- key cases ----


@pytest.mark.article("TZ-3-KEY")
def test_a_key_case_reports_back_inside_a_set_time(play: Play) -> None:
    """Marked while a unit has it, its clock runs; every report starts it anew; after the feedback it stands still."""
    case = play.received().do(LEADER, "mark_key", reason="群众反映强烈")
    assert case.key_case
    first = case.clock("key_feedback")
    assert first is not None and first.stopped_at is None and first.holder == "U1"
    assert play.refused(COMMANDER, "mark_key", reason="x").code == "key_already"
    assert play.refused(OTHER_RECEIVER, "progress", note="x").code == "wrong_unit"
    play.wait(hours=1)
    case = play.do(RECEIVER, "progress", note="已备料")
    second = case.clock("key_feedback")
    assert second is not None and second.started_at == case.changed_at and second.stopped_at is None
    assert [c.stopped_with for c in case.clocks if c.name == "key_feedback"] == ["progress", ""]
    play.wait(days=3)
    play.do(RECEIVER, "progress", note="迟了")
    case = play.do(RECEIVER, "feed_back")
    last = case.clock("key_feedback")
    assert last is not None and last.due_at is None
    play.wait(days=3)
    play.verify("pass")
    case = play.do(LEADER, "close")
    runs = [s for s in facts(case).stages if s.name == "key_feedback"]
    assert [(s.in_time, s.done_with) for s in runs] == [
        (True, "progress"),
        (False, "progress"),
        (True, "close"),
    ]
    assert facts(case).key_case
    same(play)


@pytest.mark.article("TZ-3-KEY")
def test_the_clock_of_key_cases_is_theirs_alone(play: Play) -> None:
    """Marked before the dispatch it starts with the dispatch; taken off, it stops; other cases never have one."""
    play.filed()
    case = play.do(COMMANDER, "mark_key", reason="重大活动")
    assert case.clock("key_feedback") is None
    case = play.do(DISPATCHER, "dispatch", unit="U1")
    assert case.clock("key_feedback") is not None
    case = play.do(DISPATCHER, "recall")
    assert {c.name for c in case.running()} == {"dispatch"}
    play.do(DISPATCHER, "dispatch", unit="U1")
    case = play.do(LEADER, "unmark_key", reason="活动结束")
    assert not case.key_case and "key_feedback" not in {c.name for c in case.running()}
    assert play.refused(LEADER, "unmark_key", reason="x").code == "not_key"
    case = play.do(RECEIVER, "progress", note="仍在处置")
    assert "key_feedback" not in {c.name for c in case.running()}
    other = Play(play.handbook, play.calendar).received()
    assert other.case is not None and other.case.clock("key_feedback") is None
    same(play)


# ---- directions ----


@pytest.mark.article("TJA-6-DISPATCHER")
@pytest.mark.article("TJA-6-COMMANDER")
@pytest.mark.article("TZ-3-KEY")
def test_urged_supervised_instructed_and_answered(play: Play) -> None:
    """An urge is heard; supervision and an instruction want an answer; the lead unit gives it, and it is dated."""
    case = play.dispatched().do(DISPATCHER, "urge", note="请加快")
    assert not case.directed and case.urged == 1
    case = play.do(LEADER, "supervise", note="限期整改", until=play.now + timedelta(hours=4))
    assert case.directed and case.urged == 2
    case = play.do(COMMANDER, "instruct", direction_id="x7", note="今日办结")
    assert [(d.id, d.kind) for d in case.directions] == [
        ("d1", "urge"),
        ("d2", "supervise"),
        ("x7", "instruct"),
    ]
    assert play.refused(COMMANDER, "instruct", direction_id="x7", note="再").code == "direction_exists"
    assert play.refused(OTHER_RECEIVER, "reply", direction_id="d2", note="x").code == "wrong_unit"
    assert "reply" in play.may(RECEIVER) and "reply" not in play.may(OTHER_RECEIVER)
    assert play.refused(RECEIVER, "reply", direction_id="d9", note="x").code == "direction_unknown"
    case = play.do(RECEIVER, "reply", direction_id="d2", note="已派人")
    answered = case.directions[1]
    assert (answered.answer, answered.answered_by, answered.answered_at) == ("已派人", "r1", case.changed_at)
    assert play.refused(RECEIVER, "reply", direction_id="d2", note="x").code == "direction_answered"
    case = play.do(OPERATOR, "reply", direction_id="x7", note="已电话督促")
    assert not case.directed
    case = play.do(RECEIVER, "reply", direction_id="d1", note="在路上")
    assert play.refused(RECEIVER, "reply", direction_id="d1", note="x").code == "no_direction"
    assert "reply" not in play.may(OPERATOR)
    same(play)


def test_an_urge_with_a_time_wants_an_answer(play: Play) -> None:
    """Whoever says by when waits for it; a time that is over is refused."""
    play.filed()
    assert play.refused(DISPATCHER, "urge", note="x", until=play.now).code == "until_past"
    case = play.do(DISPATCHER, "urge", note="x", until=play.now + timedelta(hours=1))
    assert case.directed
    case = play.do(DISPATCHER, "reply", direction_id="d1", note="即派")
    assert not case.directed


def test_who_directs_and_when(play: Play) -> None:
    """Urging begins with the filing; the commander instructs any open case; a collector directs nobody."""
    play.registered()
    assert play.refused(DISPATCHER, "urge", note="x").code == "wrong_state"
    play.do(COMMANDER, "instruct", note="核实后再报")
    assert play.refused(DISPATCHER, "instruct", note="x").code == "wrong_post"
    assert play.refused(COLLECTOR, "reply", direction_id="d1", note="x").code == "wrong_post"
    assert play.refused(RECEIVER, "reply", direction_id="d1", note="x").code == "wrong_unit"
    play.do(LEADER, "reply", direction_id="d1", note="已核实")


def test_a_district_answers_for_its_case(play: Play) -> None:
    """The dispatcher of the district that has the case is of the lead unit too."""
    play.dispatched()
    play.do(COMMANDER, "instruct", note="请报进展")
    other = Actor("g2", "别区", "district_dispatcher", "U2")
    assert play.refused(other, "reply", direction_id="d1", note="x").code == "wrong_unit"
    assert play.do(DISTRICT, "reply", direction_id="d1", note="已安排").directions[0].answer == "已安排"


def test_ids_are_made_around_those_that_were_given(play: Play) -> None:
    """Somebody who names an id that would come next takes none away."""
    play.filed()
    play.do(DISPATCHER, "urge", note="x", direction_id="d2")
    case = play.do(DISPATCHER, "urge", note="y")
    assert [d.id for d in case.directions] == ["d2", "d3"]


def test_older_logs_urged_without_an_id(play: Play) -> None:
    """An event of a log that knew no directions is replayed as what it was: heard, and counted."""
    case = play.filed().case
    assert case is not None
    old = Event(
        "case-1", 3, "urge", play.now, "d1", "赵派遣", "dispatcher", "C", "k", "filed", {"note": "快"}
    )
    after = apply(case, old)
    assert after.directions == (Direction("", "urge", play.now, "d1", "快"),)
    assert (after.urged, after.directed, after.state) == (1, False, State.FILED)
