"""Command in real time: orders, each unit's answers with their instants, responses for evaluation, nothing changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.services.conftest import Clock, Desk
from workstation.services.centre.operations import OperationInfo
from workstation.services.errors import NotFound, Refused
from workstation.services.services import Services
from workstation.store.database import Database

one_store = pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
"""For what does not depend on the store: who may, in which order, what is refused."""


@pytest.fixture
def storm(desk: Desk, clock: Clock) -> OperationInfo:
    """Severe weather: both units are ordered out and are to answer within half an hour."""
    return desk.services.operations.open(
        *("暴雨红色预警", "weather", ["U1", "U2"], desk.actor("com1")),
        plan="incident",
        order="立即到低洼路段值守",
        until=clock() + timedelta(minutes=30),
    )


def refused(caught: pytest.ExceptionInfo[Refused]) -> str:
    """The code of the refusal."""
    return caught.value.refusal.code


@pytest.mark.article("TZ-17-COMMAND")
def test_each_units_response_is_recorded(desk: Desk, clock: Clock, storm: OperationInfo) -> None:
    """From the order to accepted, on the way, in place and done, with instants; who was silent too long is late."""
    operations, one = desk.services.operations, desk.actor("rec1")
    order = operations.events(storm.id)[0].seq
    for minutes, step in ((5, "accepted"), (7, "on_the_way"), (20, "in_place"), (60, "done")):
        clock.forward(minutes)
        operations.respond(storm.id, order, "U1", step, one)
    responses = {response.unit: response for response in operations.responses(storm.id)}
    first, second = responses["U1"], responses["U2"]
    assert [first.minutes(step) for step in ("accepted", "on_the_way", "in_place", "done")] == [5, 12, 32, 92]
    assert not first.late(clock()) and second.late(clock())
    assert second.minutes("accepted") is None
    clock.forward(1)
    operations.respond(storm.id, order, "U2", "in_place", desk.actor("dis1"), "电话报告")
    late = operations.responses(storm.id)[1]
    assert late.late(clock()) and late.minutes("in_place") == 93
    assert operations.events(storm.id)[-1].actor == "dis1"


@pytest.mark.article("TZ-17-COMMAND")
def test_orders_go_out_and_it_is_closed(desk: Desk, clock: Clock, storm: OperationInfo) -> None:
    """A second order to one unit is answered by itself; closed, nothing more is said; the log tells it all in order."""
    operations, boss = desk.services.operations, desk.actor("com1")
    clock.forward(10)
    again = operations.order(storm.id, "转移到南门大街", ["U1"], boss)
    operations.respond(storm.id, again.seq, "U1", "done", desk.actor("lead1"))
    operations.note(storm.id, "雨势减弱", boss)
    assert [(r.order, r.unit, bool(r.steps)) for r in operations.responses(storm.id)] == [
        (1, "U1", False),
        (1, "U2", False),
        (again.seq, "U1", True),
    ]
    closed = operations.close(storm.id, boss, "解除预警")
    assert not closed.open and closed.closed_by == "com1"
    assert [e.kind for e in operations.events(storm.id)] == ["order", "order", "done", "note", "close"]
    for attempt in (
        lambda: operations.respond(storm.id, 1, "U2", "done", desk.actor("rec2")),
        lambda: operations.order(storm.id, "x", ["U1"], boss),
        lambda: operations.close(storm.id, boss),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert refused(caught) == "operation_closed"
    assert [info.id for info in operations.all(boss, open=False)] == [storm.id]
    assert operations.all(boss, open=True) == []


@one_store
def test_what_is_refused(desk: Desk, storm: OperationInfo) -> None:
    """Steps back or again, another unit's answer, an order that there is not, a unit's people who command."""
    operations, one, boss = desk.services.operations, desk.actor("rec1"), desk.actor("com1")
    operations.respond(storm.id, 1, "U1", "in_place", one)
    only = operations.order(storm.id, "x", ["U1"], boss)
    attempts = {
        "operation_step": [
            lambda: operations.respond(storm.id, 1, "U1", "in_place", one),
            lambda: operations.respond(storm.id, 1, "U1", "accepted", one),
            lambda: operations.respond(storm.id, 1, "U1", "asleep", one),
        ],
        "operation_unit": [
            lambda: operations.respond(storm.id, 1, "U2", "done", one),
            lambda: operations.respond(storm.id, only.seq, "U2", "done", desk.actor("rec2")),
        ],
        "operation_order": [lambda: operations.respond(storm.id, 99, "U1", "done", one)],
        "operation_kind": [lambda: operations.open("x", "party", [], boss)],
        "operation_plan": [lambda: operations.open("x", "event", [], boss, plan="none")],
        "field_missing": [
            lambda: operations.open(" ", "event", [], boss),
            lambda: operations.order(storm.id, "", ["U1"], boss),
            lambda: operations.note(storm.id, "", boss),
        ],
        "unit_unknown": [
            lambda: operations.order(storm.id, "x", ["U1", "U9"], boss),
            lambda: operations.open("x", "event", ["U9"], boss, order="x"),
        ],
        "not_your_post": [
            lambda: operations.open("x", "event", [], one),
            lambda: operations.order(storm.id, "x", ["U1"], one),
            lambda: operations.close(storm.id, one),
        ],
    }
    before = operations.events(storm.id)
    for code, tries in attempts.items():
        for attempt in tries:
            with pytest.raises(Refused) as caught:
                attempt()
            assert refused(caught) == code
    assert operations.events(storm.id) == before and len(operations.all(boss)) == 1
    with pytest.raises(NotFound):
        operations.get("none")


@one_store
def test_a_unit_sees_what_it_was_ordered(desk: Desk) -> None:
    """The centre sees every operation; a unit's people those in which their unit was called."""
    operations, boss = desk.services.operations, desk.actor("com1")
    own = operations.open("马拉松", "event", ["U1"], boss, order="保障路线")
    assert operations.all(desk.actor("op1")) == operations.all(desk.actor("rec1")) == [own]
    assert operations.all(desk.actor("rec2")) == []


def test_other_seats_hear_of_it(desk: Desk, clock: Clock, storm: OperationInfo) -> None:
    """Every order and answer is told at once here, and with the next look elsewhere."""
    other = Services(desk.services.db, now=clock)
    desk.services.operations.respond(storm.id, 1, "U1", "accepted", desk.actor("rec1"))
    changes = other.poll()
    assert changes is not None and changes.topics == {"operation"}
    assert other.operations.responses(storm.id) == desk.services.operations.responses(storm.id)


def test_many_at_once(desk: Desk, storm: OperationInfo) -> None:
    """Orders of several seats at the same moment all stand in the log, one after the other."""
    operations, boss = desk.services.operations, desk.actor("com1")
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: operations.order(storm.id, f"第{n}号令", ["U1"], boss), range(8)))
    events = operations.events(storm.id)
    assert [event.seq for event in events] == list(range(1, 10))
    assert {event.data["text"] for event in events[1:]} == {event.data["text"] for event in made}


def test_the_log_cannot_be_changed(store: Database, storm: OperationInfo) -> None:
    """Not with SQL either."""
    for statement in ("UPDATE operation_event SET at = ''", "DELETE FROM operation_event"):
        with pytest.raises(DatabaseError), store.write() as conn:
            conn.execute(text(statement))
