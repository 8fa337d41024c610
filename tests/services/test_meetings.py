"""The regular meeting: agenda out of the cases, decisions that bind, minutes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.services.conftest import Clock, Desk
from workstation.services.centre.meetings import MeetingInfo
from workstation.services.errors import NotFound, Refused
from workstation.store.database import Database

MEETING = "regular"

one_store = pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
"""For what does not depend on the store: who may, in which order, what is refused."""


def refused(caught: pytest.ExceptionInfo[Refused]) -> str:
    """The code of the refusal."""
    return caught.value.refusal.code


@pytest.fixture
def cases(desk: Desk, clock: Clock) -> dict[str, str]:
    """A case for each topic of the handbook's agenda, and one that is in order."""
    overdue = desk.dispatched()
    clock.forward(60 * 24 * 14)
    returned = desk.dispatched()
    desk.do("rec1", "ask_return", returned, request_id="r1", reason="不属我单位", suggested_unit="U2")
    desk.do("dis1", "grant_return", returned, request_id="r1")
    disputed = desk.dispatched("U2")
    desk.do(
        *("dis1", "coordinate", disputed),
        **{"coordination_id": "k1", "cause": "disputed", "scope": "inside", "reason": "两家都不认", "units": ["U1", "U2"]},
    )  # fmt: skip
    desk.dispatched()
    return {"overdue": overdue, "returned": returned, "disputed": disputed}


def held(desk: Desk) -> MeetingInfo:
    """The meeting, begun."""
    return desk.services.meetings.hold(MEETING, desk.actor("com1"))


@pytest.mark.article("TJA-8-MEETING")
def test_the_agenda_comes_out_of_the_cases(desk: Desk, cases: dict[str, str]) -> None:
    """Overdue, returned and disputed cases with the unit they are about; what is in order is not on it."""
    items = {item.topic: item for item in desk.services.meetings.agenda(MEETING)}
    assert {topic: item.case.id for topic, item in items.items()} == cases
    assert {topic: item.unit for topic, item in items.items()} == {
        "overdue": "U1",
        "returned": "U1",
        "disputed": "U2",
    }
    with pytest.raises(NotFound):
        desk.services.meetings.agenda("nobody's")


@pytest.mark.article("TJA-8-MEETING")
@pytest.mark.article("MQ-28-BINDING")
def test_a_decision_on_a_dispute_binds(desk: Desk, cases: dict[str, str]) -> None:
    """The committee's word makes the other unit responsible on the case itself, and stands in the meeting's record."""
    town, boss = desk.services, desk.actor("com1")
    meeting = held(desk)
    made = town.meetings.decide(
        *(meeting.id, cases["disputed"], "由供水公司负责", boss),
        command=("assign", {"unit": "U1", "decision": "由供水公司负责"}),
    )
    case = town.cases.get(cases["disputed"])
    assert (case.state, case.ruled_unit, case.no_return) == ("filed", "U1", True)
    (item,) = [item for item in made.items if item.case_id == case.id]
    assert (item.decision, item.decided_by, item.topic) == ("由供水公司负责", "com1", "disputed")
    with pytest.raises(Refused) as caught:
        town.meetings.decide(meeting.id, case.id, "改了主意", boss)
    assert refused(caught) == "meeting_decided"


@one_store
def test_a_decision_that_is_refused_is_not_written_down(desk: Desk, cases: dict[str, str]) -> None:
    """Who may not decide, or a command that the case does not allow: the case and the record stay as they were."""
    town = desk.services
    meeting = held(desk)
    before = town.cases.get(cases["disputed"])
    for person, name in (("sl1", "assign"), ("com1", "close")):
        with pytest.raises(Refused):
            town.meetings.decide(
                *(meeting.id, before.id, "由供水公司负责", desk.actor(person)),
                command=(name, {"unit": "U1", "decision": "x"}),
            )
    assert town.cases.get(before.id) == before and town.meetings.get(meeting.id).decided == 0


def test_one_meeting_at_a_time_and_closed_for_good(
    desk: Desk, store: Database, cases: dict[str, str]
) -> None:
    """No second one while it is open; closed, nothing more is decided, in SQL neither; the next one begins anew."""
    town, boss = desk.services, desk.actor("com1")
    meeting = held(desk)
    with pytest.raises(Refused) as caught:
        held(desk)
    assert refused(caught) == "meeting_open"
    with pytest.raises(Refused) as caught:
        town.meetings.decide(meeting.id, desk.registered(), "x", boss)
    assert refused(caught) == "meeting_item_unknown"
    with pytest.raises(Refused) as caught:
        town.meetings.decide(meeting.id, cases["overdue"], "  ", boss)
    assert refused(caught) == "field_missing"
    town.meetings.decide(meeting.id, cases["overdue"], "限三日内办结", boss)
    closed = town.meetings.close(meeting.id, boss, "下周再议")
    assert (closed.state, closed.note, closed.decided) == ("closed", "下周再议", 1)
    with pytest.raises(Refused) as caught:
        town.meetings.decide(meeting.id, cases["returned"], "x", boss)
    assert refused(caught) == "meeting_closed"
    for statement in (
        "UPDATE meeting SET note = ''",
        "UPDATE meeting_item SET decision = '' WHERE decision <> ''",
    ):
        with pytest.raises(DatabaseError), store.write() as conn:
            conn.execute(text(statement))
    desk.clock.forward(60)
    topics = {item.topic for item in held(desk).items}
    # What was returned before the last meeting was on its agenda.
    assert topics == {"overdue", "disputed"}
    assert [info.state for info in town.meetings.history(MEETING)] == ["open", "closed"]


def test_two_who_begin_at_once(desk: Desk, cases: dict[str, str]) -> None:
    """One meeting is begun, with the agenda once; the others are told that it is open."""

    def begin(_n: int) -> str:
        try:
            return held(desk).id
        except Refused as answer:
            return answer.refusal.code

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(begin, range(4)))
    assert sorted(answers)[-3:] == ["meeting_open"] * 3
    (info,) = desk.services.meetings.history(MEETING)
    assert len(info.items) == 3 and {item.case_id for item in info.items} == set(cases.values())


@one_store
def test_only_the_centre_holds_it(desk: Desk) -> None:
    """A unit's people do not hold the meeting that speaks about their unit."""
    with pytest.raises(Refused) as caught:
        desk.services.meetings.hold(MEETING, desk.actor("lead1"))
    assert refused(caught) == "not_your_post"


@one_store
def test_minutes(desk: Desk, cases: dict[str, str]) -> None:
    """The minutes are a PDF, also of a meeting without an agenda's item."""
    town, boss = desk.services, desk.actor("com1")
    meeting = held(desk)
    town.meetings.decide(meeting.id, cases["overdue"], "限三日内办结，$逾期通报$", boss)
    assert town.meetings.minutes(meeting.id).startswith(b"%PDF")
    town.meetings.close(meeting.id, boss, "无")
    desk.clock.instant -= timedelta(days=400)
    assert town.meetings.minutes(meeting.id).startswith(b"%PDF")
