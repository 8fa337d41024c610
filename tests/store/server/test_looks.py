"""Personal data against somebody with psql: what a person's role may not, the database refuses and records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests import handmade
from tests.postgis import Server
from tests.services.conftest import Clock, Desk
from workstation.services.services import Services
from workstation.store.database import Database
from workstation.store.server.init import prepare

pytestmark = [pytest.mark.postgis, pytest.mark.article("TZ-5-PRIVACY")]

NAME, PHONE, WHY = "独孤某", "13987650123", "回访反映人"


@pytest.fixture
def url(postgis_server: Server) -> Iterator[str]:
    """A city with roles, and an account for three persons."""
    url = postgis_server.url("city_of_looks")
    prepare(url)
    database = Database.open(url)
    handmade.fill(database)
    database.close()
    with psycopg.connect(url) as conn:
        for person in ("op1", "rec2", "eva1"):
            conn.execute(
                "INSERT INTO account (person_id, role, salt, verifier, must_change, password_at, active, opened_by,"
                " opened_at) VALUES (%s, '', '', '', false, '2026-01-01', true, 'x', '2026-01-01')",
                (person,),
            )
        conn.execute("UPDATE account SET role = door.role_make(person_id)")
        conn.execute("SELECT door.follow(person_id) FROM account")
    yield url
    with psycopg.connect(url) as conn:
        roles = [row[0] for row in conn.execute("SELECT role FROM account")]
    postgis_server.drop(url)
    for role in roles:
        postgis_server.run(f'DROP ROLE "{role}"')


@contextmanager
def logged_in(url: str, person: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection that is this person's to the server, as after a login."""
    with psycopg.connect(url, autocommit=True) as conn:
        row = conn.execute("SELECT role FROM account WHERE person_id = %s", (person,)).fetchone()
        assert row is not None
        conn.execute(f'SET SESSION AUTHORIZATION "{row[0]}"')
        yield conn


def answer(conn: psycopg.Connection[Any], statement: str, *values: Any) -> Any:
    """The one value of the one row."""
    row = conn.execute(statement, values).fetchone()
    assert row is not None
    return row[0]


ASK = "SELECT door.ask_look(%s, 'reporter', %s, %s)"


def test_a_person_with_psql(url: str) -> None:
    """Tables are shut, posts are the database's, a look stays recorded, and what was refused is there to be audited."""
    services = Services.open(url)
    try:
        case_id = Desk(services, Clock()).registered(reporter=NAME, reporter_phone=PHONE)
    finally:
        services.close()
    with logged_in(url, "op1") as conn:
        for closed in (
            "SELECT content FROM personal",
            "SELECT * FROM door.keeping",
            "DELETE FROM personal_look",
            "UPDATE personal_look SET reason = ''",
            "INSERT INTO personal_look SELECT * FROM personal_look",
            "SELECT door.keep_personal('{}', '')",
            "SELECT door.rekey_personal()",
            "UPDATE personal SET keep_until = '2020'",
            "UPDATE post_right SET what = 'audit'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(closed)
        assert answer(conn, ASK, case_id, WHY, "shift_leader")["refused"]["code"] == "not_your_post"
        assert answer(conn, ASK, case_id, "好奇", "operator")["refused"]["code"] == "look_reason"
        # Who one says one is counts for nothing.
        look = answer(
            conn, "SELECT door.ask_look(%s, '', %s, 'operator', '{\"person\": \"sl1\"}')", case_id, WHY
        )["look"]
        assert answer(conn, "SELECT person_id FROM personal_look WHERE id = %s", look) == "op1"
        seen = answer(conn, "SELECT door.open_look(%s)", look)
        assert (seen["reporter"], seen["reporter_phone"]) == (NAME, PHONE)
        with conn.transaction(force_rollback=True):
            again = answer(conn, ASK, case_id, WHY, "operator")["look"]
            assert answer(conn, "SELECT door.open_look(%s)", again)["refused"]["code"] == "look_uncommitted"
        assert answer(conn, "SELECT door.open_look(%s)", again)["refused"]["code"] == "look_unknown"
        assert (
            answer(conn, "SELECT door.erase_personal(%s, 'x', 'operator')", case_id)["refused"]["code"]
            == "erase_not_yours"
        )
        assert answer(conn, "SELECT door.erase_due()") == {"erased": 0}
    with logged_in(url, "rec2") as conn:
        assert answer(conn, ASK, case_id, WHY, "receiver")["not_found"]["code"] == "not_yours"
        assert answer(conn, "SELECT door.open_look(%s)", look)["refused"]["code"] == "look_unknown"
        assert answer(conn, "SELECT count(*) FROM personal_look") == 0
    with logged_in(url, "eva1") as conn:
        assert answer(conn, ASK, case_id, WHY, "evaluator")["refused"]["code"] == "look_not_yours"
        assert conn.execute("SELECT person_id, reason FROM personal_look").fetchall() == [("op1", WHY)]
        attempts = conn.execute("SELECT person_id, what, code, detail FROM attempt ORDER BY id").fetchall()
    told = {(person, what, code) for person, what, code, _ in attempts}
    # What was refused inside the transaction that was rolled back stands in the server's own log only.
    assert told == {
        ("op1", "look", "not_your_post"),
        ("op1", "look", "look_reason"),
        ("op1", "open_look", "look_unknown"),
        ("op1", "erase_personal", "erase_not_yours"),
        ("rec2", "look", "not_yours"),
        ("rec2", "open_look", "look_unknown"),
        ("eva1", "look", "look_not_yours"),
    }
    assert not any("好奇" in str(row) or NAME in str(row) for row in attempts)
