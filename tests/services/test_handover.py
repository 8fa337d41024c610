"""Shift handover: figures out of the cases, a note, taken over by the next person of the post, never changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DatabaseError

from tests.services.conftest import Clock, Desk
from workstation.services.centre.handover import Summary
from workstation.services.errors import NotFound, Refused
from workstation.store.database import Database
from workstation.store.tables import person, person_post
from workstation.workflow.event import Actor, format_instant

NEXT = Actor("dis2", "人员dis2", "dispatcher", "C")

one_store = pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
"""For what does not depend on the store: who may, in which order, what is refused."""


@pytest.fixture(autouse=True)
def second(desk: Desk, store: Database) -> None:
    """Two more people: another dispatcher, and another receiver of the first unit."""
    with store.write() as conn:
        for key, post, unit in (("dis2", "dispatcher", "C"), ("rec3", "receiver", "U1")):
            values = {"id": key, "name": f"人员{key}", "unit_code": unit, "telephone": "", "active": True}
            conn.execute(insert(person).values(**values))
            conn.execute(insert(person_post).values(person_id=key, post=post))


def counts(summary: Summary) -> dict[str, int]:
    """The sections that are not empty."""
    return {key: section.count for key, section in summary.sections.items() if section.count}


def refused(caught: pytest.ExceptionInfo[Refused]) -> str:
    """The code of the refusal."""
    return caught.value.refusal.code


def test_what_came_in_went_out_and_is_open(desk: Desk) -> None:
    """The dispatcher's shift: three cases came, two went to units, one waits; a return is asked for, one case is key."""
    waiting = desk.filed()
    gone = [desk.dispatched(), desk.dispatched("U2")]
    desk.do("rec2", "ask_return", gone[1], request_id="r", reason="不属我单位")
    desk.do("sl1", "mark_key", waiting, reason="领导关注")
    summary = desk.services.handover.summary(desk.actor("dis1"))
    assert summary.done == {"dispatch": 2}
    assert set(summary.sections["went_out"].ids) == set(gone)
    assert set(summary.sections["came_in"].ids) == {waiting, *gone}
    assert waiting in summary.sections["open"].ids and gone[0] not in summary.sections["open"].ids
    assert summary.sections["requests"].ids == (gone[1],)
    assert summary.sections["key"].ids == (waiting,)
    assert counts(summary)["came_in"] == 3 and "overdue" not in counts(summary)
    assert Summary.from_doc(summary.to_doc()) == summary


@one_store
def test_what_ends_in_the_next_shift_is_told(desk: Desk, clock: Clock) -> None:
    """A suspension that ends within the next shift is on the list, one that ends later is not."""
    ids = []
    for number, hours in enumerate((5, 100)):
        ids.append(desk.dispatched())
        until = format_instant(clock() + timedelta(hours=hours))
        desk.do("rec1", "receive", ids[-1])
        desk.do("rec1", "ask_suspension", ids[-1], request_id=f"s{number}", reason="等材料", until=until)
        desk.do("dis1", "grant_suspension", ids[-1], request_id=f"s{number}")
    summary = desk.services.handover.summary(desk.actor("dis1"))
    assert summary.sections["suspensions"].ids == (ids[0],)


def test_the_next_summary_begins_where_the_last_ended(desk: Desk, clock: Clock) -> None:
    """Handed over and taken over: the figures of the next shift count from there; the history keeps both."""
    handover = desk.services.handover
    desk.dispatched()
    first = handover.hand_over(desk.actor("dis1"), "注意南门大街积水")
    assert first.summary.sections["went_out"].count == 1 and first.accepted_at is None
    assert handover.waiting(NEXT) == first and handover.waiting(desk.actor("dis1")) is None
    clock.forward(5)
    taken = handover.accept(first.id, NEXT, "收到")
    assert (taken.accepted_by, taken.accepted_note, taken.accepted_at) == ("dis2", "收到", clock())
    assert handover.waiting(NEXT) is None
    later = handover.summary(NEXT)
    assert later.since == first.at and counts(later).get("went_out") is None
    second = handover.hand_over(NEXT, to="dis1")
    assert [info.id for info in handover.history(NEXT)] == [second.id, first.id]
    assert handover.history(desk.actor("op1")) == []


@one_store
def test_who_takes_over(desk: Desk) -> None:
    """Somebody else of the post, and the one who is named; once. Nobody hands over twice in a row."""
    handover, one = desk.services.handover, desk.actor("dis1")
    for to in ("dis1", "op1", "nobody"):
        with pytest.raises(Refused) as caught:
            handover.hand_over(one, to=to)
        assert refused(caught) == "handover_to"
    made = handover.hand_over(one, to="dis2")
    with pytest.raises(Refused) as caught:
        handover.hand_over(one)
    assert refused(caught) == "handover_open"
    for actor in (one, desk.actor("op1")):
        with pytest.raises(Refused) as caught:
            handover.accept(made.id, actor)
        assert refused(caught) == "handover_not_yours"
    handover.accept(made.id, NEXT)
    with pytest.raises(Refused) as caught:
        handover.accept(made.id, NEXT)
    assert refused(caught) == "handover_taken"
    with pytest.raises(NotFound):
        handover.accept("none", NEXT)
    with pytest.raises(Refused) as caught:
        handover.hand_over(Actor("op1", "x", "dispatcher", "C"))
    assert refused(caught) == "not_your_post"


@one_store
def test_a_units_post_is_that_units(desk: Desk) -> None:
    """A unit's receiver hands over what their unit has, to a receiver of the same unit."""
    handover = desk.services.handover
    mine, others = desk.dispatched(), desk.dispatched("U2")
    made = handover.hand_over(desk.actor("rec1"))
    assert mine in made.summary.sections["open"].ids and others not in made.summary.sections["came_in"].ids
    assert handover.waiting(desk.actor("rec2")) is None
    with pytest.raises(Refused) as caught:
        handover.accept(made.id, desk.actor("rec2"))
    assert refused(caught) == "handover_not_yours"
    assert handover.accept(made.id, Actor("rec3", "人员rec3", "receiver", "U1")).accepted_by == "rec3"


def test_it_cannot_be_changed_afterwards(desk: Desk, store: Database) -> None:
    """What was handed and taken over stays, in SQL too."""
    handover = desk.services.handover
    handover.accept(handover.hand_over(desk.actor("dis1")).id, NEXT)
    for statement in ("UPDATE shift_handover SET note = 'x'", "DELETE FROM shift_handover"):
        with pytest.raises(DatabaseError), store.write() as conn:
            conn.execute(text(statement))
