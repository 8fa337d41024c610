"""Accounts on a prepared city, through the program: in by the seat's door, one's password, sessions, administrators."""

from __future__ import annotations

import time

import psycopg
import pytest

from tests.server.seats import Seats
from workstation.services.accounts import passwords
from workstation.services.accounts.accounts import WrongPassword
from workstation.services.accounts.entry import ServerEntry, is_seat_url
from workstation.services.errors import Refused
from workstation.services.services import Services
from workstation.shell.session import Gate, OpenCity, find_city, open_city
from workstation.store.errors import StoreError

pytestmark = pytest.mark.postgis

OWN = "Hongqiao-2026"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs in no time."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)
    monkeypatch.setattr(passwords, "TIME_COST", 1)


def given(seats: Seats, person: str) -> str:
    """A one-time password from the city's owner."""
    services = Services.open(seats.url)
    try:
        return services.accounts.open_as_owner(person)
    finally:
        services.close()


def test_a_person_comes_in_by_the_seats_door(seats: Seats) -> None:
    """The gate shows nothing of the city; a wrong password gives nothing; the right one a role, which sits under the one-time rule."""
    assert is_seat_url(seats.seat_url)
    gate = find_city(seats.seat_url)
    assert isinstance(gate, Gate) and gate.name == seats.database
    password = given(seats, "rec2")
    entry = gate.entry
    assert entry.sign_in("rec2", "wrong").verdict.outcome == "wrong"
    assert entry.sign_in("nobody", "wrong").verdict.outcome == "wrong"
    admitted = entry.sign_in("rec2", password)
    assert admitted.verdict.outcome == "ok" and admitted.verdict.must_change
    assert seats.made.seat_url not in repr(gate) and admitted.url not in repr(admitted)
    city = open_city(admitted.url)
    assert isinstance(city, OpenCity) and city.entry is None, "the server has asked already"
    assert city.policy.mode == "password" and city.services.accounts.guarded(city.policy)
    accounts = city.services.accounts
    accounts.session = admitted.verdict.session
    try:
        with pytest.raises(WrongPassword) as wrong:
            accounts.change_password("rec2", "wrong", OWN)
        assert wrong.value.verdict.outcome == "wrong"
        done = accounts.change_password("rec2", password, OWN)
        assert done.outcome == "ok" and done.session == admitted.verdict.session
        assert admitted.with_password(OWN).is_mine(OWN)
        assert accounts.touch() == ""
        with pytest.raises(WrongPassword) as wrong:
            accounts.change_password("rec2", OWN, password)
        assert wrong.value.verdict.outcome == "reused"
        until = seats.one("SELECT rolvaliduntil FROM pg_roles WHERE rolname = %s", admitted.verdict.role)
        assert abs((until - done.valid_until).total_seconds()) < 1, "the token holds as long as the session"
        accounts.sign_out("rec2")
    finally:
        city.services.close()
    with pytest.raises(StoreError) as shut:
        Services.open(admitted.url)
    assert shut.value.code == "refused_login"
    seats.sign_in_again("rec2")


def test_a_sign_in_elsewhere_ends_this_one(seats: Seats) -> None:
    """The token that was is worth nothing, and the connections that were open are gone."""
    password = given(seats, "recw")
    entry = ServerEntry(seats.seat_url)
    first = entry.sign_in("recw", password)
    services = Services.open(first.url)
    services.accounts.session = first.verdict.session
    second = entry.sign_in("recw", password)
    assert second.verdict.replaced == (first.verdict.session,)
    try:
        with pytest.raises(StoreError) as shut:
            services.accounts.touch()
        assert shut.value.code in ("refused_login", "unreachable")
        for _ in range(20):
            with pytest.raises(StoreError) as shut:
                services.accounts.touch()
            if shut.value.code == "refused_login":
                break
            time.sleep(0.1)
        assert shut.value.code == "refused_login", "which the seat tells from a server that is away"
    finally:
        services.close()
        seats.sign_in_again("recw")


def test_an_administrator_keeps_accounts_through_the_server(seats: Seats) -> None:
    """List, reset, history, end and close work through the administrator's own role; nobody else's role may."""
    admin_services, other = seats.services("adm1"), seats.services("sl1")
    try:
        admin, accounts = admin_services.people.actor("adm1", "admin"), admin_services.accounts
        found = {info.person: info for info in accounts.listing()}
        assert found["sl1"].sitting is not None and found["sl1"].account == "active"
        password = accounts.open("eva1", admin)
        assert ServerEntry(seats.seat_url).sign_in("eva1", password).verdict.outcome == "ok"
        sitting = next(info.sitting for info in accounts.listing() if info.person == "eva1")
        assert sitting is not None
        accounts.end_session(sitting, "eva1", admin)
        accounts.close("eva1", admin)
        assert ServerEntry(seats.seat_url).sign_in("eva1", password).verdict.outcome == "closed"
        kinds = [event.kind for event in accounts.history("eva1")]
        assert kinds[:4] == ["wrong", "closed", "ended", "signed_in"]
        with pytest.raises(Refused) as caught:
            accounts.close("adm1", admin)
        assert caught.value.refusal.code == "oneself"
        leader = other.people.actor("sl1", "shift_leader")
        for act in (other.accounts.listing, lambda: other.accounts.history("adm1")):
            with pytest.raises(Refused) as caught:
                act()
            assert caught.value.refusal.code == "not_your_accounts"
        with pytest.raises(Refused):
            other.accounts.open("op1", leader)
        assert other.accounts.history("sl1"), "one's own may be read"
        with pytest.raises(Refused):
            admin_services.people.grant("adm1", "shift_leader", admin)
        accounts.open("eva1", admin)
    finally:
        admin_services.close()
        other.close()
        seats.sign_in_again("eva1")


def test_guesses_that_are_taken_back_stay_counted(seats: Seats) -> None:
    """Whoever rolls back after each guess is locked out as anybody else, and learns nothing in the transaction that asks."""
    given(seats, "leads")
    with psycopg.connect(seats.seat_url) as conn:
        for _ in range(5):
            row = conn.execute("SELECT door.sign_in('leads', 'guess', 'x') ->> 'ticket'").fetchone()
            assert row is not None and row[0]
            same = conn.execute("SELECT door.signed_in(%s) ->> 'outcome'", (row[0],)).fetchone()
            assert same == ("wrong",), "nothing is told in the transaction that asked"
            conn.commit()
            conn.execute("SELECT door.signed_in(%s)", (row[0],))
            conn.rollback()
        row = conn.execute("SELECT door.sign_in('leads', 'guess', 'x') ->> 'outcome'").fetchone()
        assert row == ("locked",)
    seats.sign_in_again("leads")
