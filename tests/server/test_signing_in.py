"""Signing in on a server: one seat a person, an end that ends, tries that count, and what administrators may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.server.seats import Seats
from workstation.store.server.attempts import refusals, told

pytestmark = pytest.mark.postgis


_OPEN: dict[str, psycopg.Connection[Any]] = {}


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    """Ends what :func:`ask` has kept open."""
    yield
    for conn in _OPEN.values():
        conn.close()
    _OPEN.clear()


def ask(url: str, call: str, *values: Any) -> Any:
    """What one function of the door answers in a transaction of its own; on a connection that is kept, for the program is read
    once for each."""
    if url not in _OPEN:
        _OPEN[url] = psycopg.connect(url, autocommit=True)
    row = _OPEN[url].execute(f"SELECT door.{call}".encode(), values or None).fetchone()
    return row[0] if row else None


def attempt(seats: Seats, person: str, proof: str) -> dict[str, Any]:
    """A whole sign-in: the verdict."""
    asked = ask(seats.seat_url, "sign_in(%s, %s, 'elsewhere')", person, proof)
    if "ticket" not in asked:
        return dict(asked)
    return dict(ask(seats.seat_url, "signed_in(%s)", asked["ticket"]))


def test_who_signs_in_elsewhere_sits_there(seats: Seats) -> None:
    """The older connection is ended, its token opens nothing, and the newer one is the person."""
    old = seats.person_url("eva1")
    with psycopg.connect(old, autocommit=True) as sitting:
        assert sitting.execute("SELECT door.me()").fetchone() == ("eva1",)
        seats.sign_in("eva1")
        with pytest.raises(psycopg.OperationalError):
            sitting.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(old)
    assert ask(seats.person_url("eva1"), "me()") == "eva1"


def test_a_wrong_password_counts_whatever_is_taken_back(seats: Seats) -> None:
    """Somebody unknown is answered as a wrong password; a rolled back try has no ticket that opens; the fifth locks."""
    assert (
        attempt(seats, "ct1", "wrong")["outcome"] == attempt(seats, "nobody", "wrong")["outcome"] == "wrong"
    )
    with psycopg.connect(seats.seat_url) as conn:
        row = conn.execute("SELECT door.sign_in('ct1', 'proof of ct1', 'x') ->> 'ticket'").fetchone()
        assert row is not None
        asked = conn.execute("SELECT door.signed_in(%s) ->> 'outcome'", row).fetchone()
        conn.rollback()
        assert asked == ("wrong",)
    assert ask(seats.seat_url, "signed_in(%s)", row[0])["outcome"] == "wrong"
    for _ in range(4):
        last = attempt(seats, "ct1", "wrong")
    assert last["outcome"] == "locked"
    assert attempt(seats, "ct1", "proof of ct1")["outcome"] == "locked"
    assert ask(seats.person_url("adm1"), "unlock('ct1')") == {}
    seats.sign_in("ct1")


def test_an_ended_session_is_nobodys(seats: Seats) -> None:
    """Who was sent away is nobody on what is left open, and gets in with the old token no more; the account closed, with none."""
    seats.sign_in("recw")
    url = seats.person_url("recw")
    session = seats.one("SELECT id FROM seat_session WHERE person_id = 'recw' AND ended_at IS NULL")
    assert ask(url, "touch(%s)", session) == ""
    assert ask(seats.person_url("adm1"), "end_session(%s)", session) == {}
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    seats.sign_in("recw")
    with psycopg.connect(seats.person_url("recw"), autocommit=True) as conn:
        with seats.owner() as owner:
            owner.execute("UPDATE seat_session SET valid_until = '2026-01-01' WHERE person_id = 'recw'")
        assert conn.execute("SELECT door.me(), door.posts()").fetchone() == ("", [])
        answer = conn.execute("SELECT door.perform('[]', 'receiver')").fetchone()
        assert answer is not None and "refused" in answer[0]
    assert ask(seats.person_url("adm1"), "close_account('recw')") == {}
    assert attempt(seats, "recw", "proof of recw")["outcome"] == "closed"
    assert ask(seats.person_url("adm1"), "open_account('recw', 'proof of recw')") == {}
    seats.sign_in("recw")


def test_signing_out_takes_the_token(seats: Seats) -> None:
    """After signing out the role lets nobody in."""
    seats.sign_in("rec2")
    url = seats.person_url("rec2")
    assert ask(url, "sign_out()") == {}
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    seats.sign_in("rec2")


def test_a_new_password_goes_on_with_the_session(seats: Seats) -> None:
    """The one-time password is changed with the old one proved, and the token holds for the whole day then."""
    until = "SELECT rolvaliduntil - now() > interval '1 hour' FROM pg_roles WHERE rolname = %s"
    seats.sign_in("dd1")
    role, _ = seats.tokens["dd1"]
    assert seats.one(until, role) is False
    url = seats.person_url("dd1")
    ticket = ask(url, "sign_in('dd1', 'proof of dd1', 'test') ->> 'ticket'")
    salt = ask(url, "sign_in_salt('dd1') ->> 'salt'")
    assert ask(url, "change_password(%s, 'another proof', %s)", ticket, salt)["outcome"] == "ok"
    assert seats.one(until, role) is True
    assert attempt(seats, "dd1", "proof of dd1")["outcome"] == "wrong"
    assert ask(seats.person_url("adm1"), "open_account('dd1', 'proof of dd1')") == {}
    seats.sign_in("dd1")


def test_no_token_is_in_the_log(seats: Seats) -> None:
    """Nothing that lets somebody in is written down: not in the server's log with every statement in it, not in a table."""
    with seats.owner() as conn:
        conn.execute(f"ALTER DATABASE {seats.database} SET log_statement = 'all'".encode())
    try:
        seats.sign_in("leads")
        ask(seats.person_url("adm1"), "unlock('leads')")
    finally:
        with seats.owner() as conn:
            conn.execute(f"ALTER DATABASE {seats.database} RESET log_statement".encode())
    log = seats.log()
    assert "door.signed_in" in log
    assert all(token not in log for _, token in seats.tokens.values())


def test_refusals_are_read_from_the_log(seats: Seats) -> None:
    """The lines of the server's log that tell of refusals are found with the role; a server without a log of its own says so."""
    seats.psql(seats.person_url("op1"), "SELECT * FROM personal;\nSELECT 1/0;\n")
    found = [item for item in refusals(seats.log(), seats.database) if item.role == seats.tokens["op1"][0]]
    assert found[-1].what == "permission denied for table personal"
    from workstation.store.database import Database

    database = Database.open(seats.url)
    with database.read() as conn:
        assert told(conn) is None
    database.close()
