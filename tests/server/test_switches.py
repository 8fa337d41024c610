"""On PostGIS the server says who may switch recommending and the automatic dispatch, and whose hand it was."""

from __future__ import annotations

import pytest

from tests.server.seats import Seats

pytestmark = pytest.mark.postgis


@pytest.mark.parametrize(
    ("person", "key", "value", "allowed"),
    [
        ("com1", "dispatch.automatic", "on", True),
        ("com1", "dispatch.automatic", "perhaps", False),
        ("com1", "dispatch.recommend", "off", True),
        ("com1", "dispatch.automatic.by", "dis1", False),
        ("com1", "dispatch.automatic.by", "com1", True),
        ("com1", "sign_in", "open", False),
        ("dis1", "dispatch.automatic", "off", True),
        ("dis1", "dispatch.automatic", "on", False),
        ("dis1", "dispatch.recommend", "off", False),
        ("op1", "dispatch.automatic", "off", False),
    ],
)
def test_the_server_says_who_switches(seats: Seats, person: str, key: str, value: str, allowed: bool) -> None:
    """The post that approves editions may; a dispatcher stops the automatic and nothing else; nobody signs for another."""
    sql = f"INSERT INTO city (key, value) VALUES ('{key}', '{value}')"
    try:
        _, error = seats.psql(seats.person_url(person), sql)
        assert ("not_yours" in error) is not allowed, error
    finally:
        with seats.owner() as conn:
            conn.execute("DELETE FROM city WHERE key LIKE 'dispatch.%'")


def test_a_seat_switches_and_the_automatic_runs_under_its_own_right(seats: Seats) -> None:
    """The commander's seat switches it on; a dispatcher's seat then reads it, and may stop it."""
    boss, dispatcher = seats.services("com1"), seats.services("dis1")
    try:
        boss.automatic.set("dispatch.automatic", "on", boss.people.actor("com1", "commander"))
        actor = dispatcher.people.actor("dis1", "dispatcher")
        assert dispatcher.recommending.switches().automatic
        assert all(done.event.actor == "dis1" for done in dispatcher.automatic.run(actor))
        dispatcher.automatic.set("dispatch.automatic", "off", actor)
        assert not boss.recommending.switches().automatic
    finally:
        with seats.owner() as conn:
            conn.execute("DELETE FROM city WHERE key LIKE 'dispatch.%'")
