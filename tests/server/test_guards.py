"""What a person's role writes is that person's own, in a post they hold, and nothing that the program would not write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from tests.server.seats import Seats
from workstation.workflow.event import format_instant
from workstation.workflow.handbook import Handbook

pytestmark = pytest.mark.postgis


class Tries:
    """Statements as a person, each in a transaction of its own."""

    def __init__(self, seats: Seats) -> None:
        self._seats = seats
        self._open: dict[str, psycopg.Connection[Any]] = {}

    def __call__(self, person: str, statement: str, *values: Any) -> Any:
        """Done: what it gave."""
        if person not in self._open:
            url = self._seats.person_url(person) if person else self._seats.url
            self._open[person] = psycopg.connect(url, autocommit=True)
        done = self._open[person].execute(statement.encode(), values)
        return done.fetchall() if done.description else None

    def refused(self, person: str, code: str, statement: str, *values: Any) -> None:
        """Refused by the database, with the code."""
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match=code):
            self(person, statement, *values)

    def close(self) -> None:
        """End the connections."""
        for conn in self._open.values():
            conn.close()


@pytest.fixture
def tries(seats: Seats) -> Iterator[Tries]:
    """Everybody's connection."""
    made = Tries(seats)
    yield made
    made.close()


def now() -> str:
    """This instant as it is stored."""
    return format_instant(datetime.now(UTC))


OPERATION = "INSERT INTO operation (id, title, kind, plan, note, opened_at, opened_by) VALUES (%s, 'x', 'k', '', '', %s, %s)"
EVENT = (
    "INSERT INTO operation_event (operation_id, seq, at, kind, unit, actor, actor_name, post, data)"
    " VALUES ('guard', %s, %s, %s, %s, %s, %s, %s, %s)"
)


def test_an_operation_is_answered_step_by_step(tries: Tries) -> None:
    """Opened by who commands, at this time; answered by the unit that was ordered, in the order of the steps."""
    tries.refused("rec1", "not_your_post", OPERATION, "guard", now(), "rec1")
    tries.refused("com1", "not_your_post", OPERATION, "guard", "2026-01-01T00:00:00.000000Z", "com1")
    tries.refused("com1", "not_your_post", OPERATION, "guard", now(), "sl1")
    tries("com1", OPERATION, "guard", now(), "com1")
    order = json.dumps({"units": ["U1"], "text": "x", "until": ""})
    answer = json.dumps({"order": 1, "note": ""})
    tries("com1", EVENT, 1, now(), "order", "", "com1", "人员com1", "commander", order)
    said = ("rec1", "人员rec1", "receiver", answer)
    tries.refused("rec1", "not_your_post", EVENT, 2, now(), "order", "", *said[:3], order)
    tries.refused("rec1", "not_your_post", EVENT, 3, now(), "accepted", "U1", *said)
    tries.refused("rec2", "not_your_post", EVENT, 2, now(), "accepted", "U1", *said)
    tries.refused("rec1", "operation_step", EVENT, 2, now(), "nonsense", "U1", *said)
    tries.refused(
        "rec2", "operation_step", EVENT, 2, now(), "accepted", "U2", "rec2", "人员rec2", "receiver", answer
    )
    tries("rec1", EVENT, 2, now(), "in_place", "U1", *said)
    tries.refused("rec1", "operation_step", EVENT, 3, now(), "accepted", "U1", *said)
    tries("rec1", EVENT, 3, now(), "done", "U1", *said)


def test_a_shift_is_taken_over_by_another_of_the_post(tries: Tries) -> None:
    """Not by who handed it over, not by another unit, not in somebody else's name, and not twice."""
    hand = (
        "INSERT INTO shift_handover (id, post, from_person, to_person, at, summary, note)"
        " VALUES (%s, 'receiver', %s, '', %s, '{}', '')"
    )
    take = "UPDATE shift_handover SET accepted_at = %s, accepted_by = %s WHERE id = 'guard'"
    tries.refused("rec1", "handover_not_yours", hand, "guard", "rec2", now())
    tries("rec1", hand, "guard", "rec1", now())
    for person, name in (("rec1", "rec1"), ("rec2", "rec2"), ("rec2", "rec1")):
        tries.refused(person, "handover_not_yours", take, now(), name)
    tries(
        "",
        "INSERT INTO person (id, name, unit_code, telephone, active) VALUES ('later', 'x', 'U1', '', true)",
    )
    tries("", "UPDATE shift_handover SET accepted_at = %s, accepted_by = 'later' WHERE id = 'guard'", now())
    with pytest.raises(psycopg.errors.RaiseException, match="closed"):
        tries("", take, now(), "rec1")


def test_units_speak_for_themselves(tries: Tries) -> None:
    """A unit's people enter their own unit's contacts and those below, and nobody writes into the past."""
    enter = (
        "INSERT INTO unit_contact (unit_code, role, since, name, telephone, changed_by)"
        " VALUES (%s, 'receiver', %s, 'x', '1', %s)"
    )
    tries("recs", enter, "K1", now(), "recs")
    tries("adm1", enter, "U2", now(), "adm1")
    for person, unit, at, by in (
        *(("rec1", "U2", now(), "rec1"), ("op1", "U1", now(), "op1"), ("rec1", "U1", now(), "op1")),
        *(
            ("rec1", "U1", "2026-01-01T00:00:00.000000Z", "rec1"),
            ("rec1", "U1", "2099-01-01T00:00:00.000000Z", "rec1"),
        ),
    ):
        tries.refused(person, "not_your_unit", enter, unit, at, by)


def test_an_approved_edition_is_the_submitted_draft(tries: Tries) -> None:
    """Who wrote in a draft is its author and does not approve it; what is approved differs in the approval only."""
    texts = dict(Handbook.national().texts)
    texts["handbook.toml"] = texts["handbook.toml"].replace('edition = "', 'edition = "guard-', 1)
    draft = (
        "INSERT INTO handbook_edition (id, city, edition, registered_at, content, status, author)"
        " VALUES ('draft/guard', 'national', 'g', %s, %s, 'draft', %s)"
    )
    tries.refused("op1", "edition_not_yours", draft, now(), json.dumps(texts), "op1")
    tries.refused("adm1", "edition_not_yours", draft, now(), json.dumps(texts), "sl1")
    tries("adm1", draft, now(), json.dumps(texts), "adm1")
    write = "UPDATE handbook_edition SET content = content || ' ', author = %s WHERE id = 'draft/guard'"
    for author in ("adm1", "sl1", "adm1,com1"):
        tries.refused("sl1", "edition_not_yours", write, author)
    tries.refused("com1", "edition_not_yours", write, "adm1,com1")
    tries("adm1", "UPDATE handbook_edition SET status = 'submitted' WHERE id = 'draft/guard'")
    day = "2099-01-01"
    approved = dict(texts)
    head = approved["handbook.toml"]
    approved["handbook.toml"] = "\n".join(
        f"valid_from = {day}" if line.startswith("valid_from") else line for line in head.splitlines()
    )
    if "valid_from" not in head:
        approved["handbook.toml"] = f"valid_from = {day}\n{head}"
    changed = {
        **approved,
        "posts.toml": approved["posts.toml"].replace('level = "unit"', 'level = "centre"', 1),
    }
    approve = (
        "INSERT INTO handbook_edition (id, city, edition, registered_at, content, status, author, approver, approved_at,"
        " valid_from, base) VALUES (%s, 'national', %s, %s, %s, 'approved', %s, %s, %s, %s, '')"
    )

    def row(wanted: dict[str, str], author: str, by: str) -> tuple[Any, ...]:
        made = Handbook.from_texts(wanted)
        return (made.id, made.edition, now(), json.dumps(dict(made.texts)), author, by, now(), day)

    tries.refused("com1", "edition_not_yours", approve, *row(changed, "adm1", "com1"))
    tries.refused("com1", "edition_not_yours", approve, *row(approved, "", "com1"))
    tries.refused("com1", "edition_not_yours", approve, *row(approved, "adm1", "sl1"))
    tries.refused("sl1", "edition_not_yours", approve, *row(approved, "adm1", "sl1"))
    wrong = ("national/other/1", *row(approved, "adm1", "com1")[1:])
    with pytest.raises(psycopg.errors.CheckViolation, match="edition_faulty"):
        tries("com1", approve, *wrong)
    made = row(approved, "adm1", "com1")
    tries("com1", approve, *made)
    count = "SELECT count(*) FROM post_right WHERE edition = %s"
    assert tries("", count, made[0]) == tries("", count, "")


@pytest.mark.article("TY-1-THREE")
def test_rights_are_given_by_another_and_never_of_two_hands(tries: Tries) -> None:
    """The function for posts refuses oneself, other posts than those that keep the register, and a second hand; of each there is a record."""
    change = "SELECT door.change_person(%s, %s, %s, %s)"
    for person, about, kind, detail, post, code in (
        ("adm1", "adm1", "grant", "commander", "admin", "oneself"),
        ("adm1", "rec1", "grant", "operator", "admin", "two_hands"),
        ("adm1", "rec1", "grant", "system", "admin", "post_unknown"),
        ("adm1", "rec1", "grant", "gis", "commander", "not_your_staff"),
        ("sl1", "rec1", "grant", "gis", "shift_leader", "not_your_staff"),
        ("op1", "op1", "grant", "admin", "admin", "not_your_staff"),
        ("sl1", "col1", "stop", " ", "shift_leader", "field_missing"),
        ("adm1", "rec1", "revoke", "operator", "admin", "not_held"),
        ("adm1", "nobody", "grant", "gis", "admin", "no_such_person"),
    ):
        before = tries("", "SELECT count(*) FROM attempt")[0][0]
        assert tries(person, change, about, kind, detail, post) == [(code,)]
        noted = tries("", "SELECT count(*) FROM attempt")[0][0] - before
        assert noted == (0 if code == "no_such_person" else 1)
    with pytest.raises(psycopg.errors.CheckViolation, match="two hands"):
        tries("", "INSERT INTO person_post VALUES ('rec1', 'operator')")
