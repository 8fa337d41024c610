"""Who looks at a case and who works on it: told to the other seats, to none who does not see the case, gone after a while."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import handmade
from tests.services.conftest import Clock, Desk
from tests.services.test_live import wait_until
from workstation.services.seat.presence import Present
from workstation.services.services import Services
from workstation.workflow.event import Actor


@pytest.fixture
def other(desk: Desk, store_url: str, clock: Clock) -> Iterator[Services]:
    """Another seat in the same city."""
    opened = Services.open(store_url, now=clock)
    yield opened
    opened.close()


def at(services: Services, actor: Actor) -> list[tuple[str, str, str]]:
    """Who is where, as this seat is told."""
    return [(one.name, one.doing, one.case_id) for one in services.presence.others(actor)]


def test_others_are_told_who_looks_and_who_works(desk: Desk, other: Services) -> None:
    """A seat at a case is seen by the other seats, not by itself; it moves on, begins to work, and leaves."""
    first, second = desk.registered(), desk.registered()
    me, you = desk.actor("op1"), desk.actor("sl1")
    desk.services.presence.tell(me, first, "look")
    assert at(other, you) == [(me.name, "look", first)]
    assert at(desk.services, me) == []
    desk.services.presence.tell(me, first, "work")
    other.presence.tell(you, first, "look")
    assert at(other, you) == [(me.name, "work", first)] and at(desk.services, me) == [
        (you.name, "look", first)
    ]
    desk.services.presence.tell(me, second, "look")
    assert at(other, you) == [(me.name, "look", second)]
    (one,) = other.presence.others(you)
    assert isinstance(one, Present) and (one.person, one.post) == (me.person, me.post)
    desk.services.presence.tell(me, "", "")
    assert at(other, you) == []


def test_coming_and_going_is_heard_of_and_repeating_is_not(desk: Desk, other: Services) -> None:
    """The other seat is woken when somebody comes to a case, and not by the beat that repeats it."""
    heard: list[int] = []
    other.presence.watch(lambda: heard.append(1))
    other.listen()
    case_id = desk.registered()
    me = desk.actor("op1")
    wait_until(lambda: other._listener is not None and getattr(other._listener, "_conn", None) is not None)
    before = len(heard)
    desk.services.presence.tell(me, case_id, "look")
    wait_until(lambda: len(heard) > before)
    before = len(heard)
    desk.services.presence.tell(me, case_id, "look")
    desk.services.presence.tell(me, case_id, "work")
    wait_until(lambda: len(heard) > before)
    assert len(heard) == before + 1


def test_who_does_not_see_a_case_is_not_told_who_is_at_it(desk: Desk, other: Services) -> None:
    """A unit hears of who is at its own cases, and nothing of the others'."""
    mine, theirs = desk.dispatched("U1"), desk.dispatched("U2")
    me = desk.actor("op1")
    unit = desk.actor("rec1")
    desk.services.presence.tell(me, theirs, "look")
    assert at(other, unit) == [] and at(other, desk.actor("sl1")) != []
    desk.services.presence.tell(me, mine, "look")
    assert at(other, unit) == [(me.name, "look", mine)]
    assert handmade.STAFF["rec1"][1] == "U1"


def test_a_seat_that_says_nothing_for_long_is_gone(
    desk: Desk, other: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A seat that was pulled out is not told of after a while, and its row goes when another seat tells something."""
    case_id = desk.registered()
    me, you = desk.actor("op1"), desk.actor("sl1")
    desk.services.presence.tell(me, case_id, "look")
    assert at(other, you)
    if other.db.kind == "spatialite":
        monkeypatch.setattr("workstation.services.seat.presence.GONE_SECONDS", -1.0)
        assert at(other, you) == []
        return
    with desk.services.db.write() as conn:
        conn.exec_driver_sql("UPDATE presence SET at = door.presence_instant(now() - interval '46 seconds')")
    assert at(other, you) == []
    other.presence.tell(you, case_id, "look")
    with desk.services.db.read() as conn:
        assert conn.exec_driver_sql("SELECT seat FROM presence").scalars().all() == [other.presence.seat]


@pytest.mark.postgis
@pytest.mark.parametrize("store_url", ["postgis"], indirect=True)
def test_presence_is_not_written_to_the_servers_log(desk: Desk) -> None:
    """The table is unlogged: beats cost no disk, and a seat that changes its case does not wait for one."""
    with desk.services.db.read() as conn:
        assert (
            conn.exec_driver_sql(
                "SELECT relpersistence::text FROM pg_class WHERE relname = 'presence'"
            ).scalar()
            == "u"
        )
