"""What a role reads of cases is what the program shows that person, and costs the centre nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection

from tests import handmade
from tests.server.seats import STAFF, Seats
from workstation.services.cases.scope import scope_in
from workstation.store.database import Database
from workstation.workflow.event import Actor
from workstation.workflow.handbook import Handbook

pytestmark = pytest.mark.postgis

CASES = 150
_MADE = (
    "INSERT INTO cases (id, seq, last_hash, code, state, open, kind, class_edition, class_code, class_name, source, address,"
    " description, grid, street, unit, component, collector, emergency, key_case, pending, suspended, changed_at, clock,"
    " due_key, rework, inner_unit, doc) VALUES (%(id)s, 1, '', %(id)s, 'filed', %(open)s, '', '', '', '', '', '', '',"
    " %(grid)s, '', %(unit)s, '', '', false, false, '', false, '', '', '', 0, %(inner)s, '{}')"
)


@pytest.fixture(scope="module")
def rows(seats: Seats) -> Iterator[list[dict[str, Any]]]:
    """Cases of all sorts: led by some unit, sent inside a district, with others cooperating, in a grid or in none."""
    chance = random.Random(7)
    units = [*handmade.UNITS, ""]
    made = [
        {
            **{"id": f"scope-{n}", "unit": chance.choice(units), "open": chance.random() < 0.7},
            "inner": chance.choice([*units, *[""] * 8]),
            "grid": chance.choice([handmade.GRID_WEST, handmade.GRID_EAST, "elsewhere", ""]),
            "with": chance.sample(units[:-1], chance.choice([0, 0, 0, 1, 2])),
        }
        for n in range(CASES)
    ]
    with seats.owner() as conn, conn.transaction():
        for row in made:
            conn.execute(_MADE, row)
            for unit in row["with"]:
                conn.execute("INSERT INTO case_unit (case_id, unit) VALUES (%s, %s)", (row["id"], unit))
            event = "INSERT INTO case_event SELECT %s, 1, %s, 'x', '', '', '', '', '', %s, '', '{}', '', ''"
            conn.execute(event, (row["id"], 10_000_000 + made.index(row), row["id"]))
    yield made
    with seats.owner() as conn, conn.transaction():
        conn.execute("DELETE FROM case_unit WHERE case_id LIKE 'scope-%'")
        conn.execute("DELETE FROM cases WHERE id LIKE 'scope-%'")


def expected(conn: Connection, handbook: Handbook, rows: list[dict[str, Any]], person: str) -> set[str]:
    """What ``services/cases/scope.py`` lets the person see in one or another of their posts."""
    found: set[str] = set()
    unit = str(conn.exec_driver_sql(f"SELECT unit_code FROM person WHERE id = '{person}'").scalar())
    posts = conn.exec_driver_sql(f"SELECT post FROM person_post WHERE person_id = '{person}'").scalars()
    for post in posts.all():
        scope = scope_in(conn, Actor(person, "", post, unit), handbook)
        found |= {
            row["id"]
            for row in rows
            if scope is None
            or row["grid"] in scope.grids
            or scope.units & {row["unit"], row["inner"], *row["with"]}
        }
    return found


def moved(seats: Seats, chance: random.Random) -> None:
    """Everybody somewhere else, some with a second post, one with none."""
    with seats.owner() as conn, conn.transaction():
        conn.execute(
            "DELETE FROM person_post WHERE post IN ('receiver', 'street_terminal', 'community_terminal', 'gis')"
        )
        for person in ("rec1", "rec2", "recs", "recw", "st1", "ct1", "lead1", "leads", "dd1"):
            unit = chance.choice(list(handmade.UNITS))
            conn.execute("UPDATE person SET unit_code = %s WHERE id = %s", (unit, person))
            for post in chance.sample(
                ["receiver", "street_terminal", "community_terminal", "gis"], chance.choice([0, 1, 1, 2])
            ):
                conn.execute("INSERT INTO person_post (person_id, post) VALUES (%s, %s)", (person, post))


def restored(seats: Seats) -> None:
    """Everybody where they were."""
    with seats.owner() as conn, conn.transaction():
        conn.execute("DELETE FROM person_post")
        for person, (post, unit) in STAFF.items():
            conn.execute("UPDATE person SET unit_code = %s WHERE id = %s", (unit, person))
            conn.execute("INSERT INTO person_post (person_id, post) VALUES (%s, %s)", (person, post))


@pytest.mark.article("TY-4-LEVELS")
def test_a_role_reads_what_the_program_shows(seats: Seats, rows: list[dict[str, Any]]) -> None:
    """Whatever units and posts people have: cases, their units and their log are the same part for the role as for the program."""
    chance = random.Random(11)
    parts: set[int] = set()
    handbook, database = Handbook.national(), Database.open(seats.url)
    opened = {person: psycopg.connect(seats.person_url(person), autocommit=True) for person in STAFF}
    try:
        for turn in range(3):
            if turn:
                moved(seats, chance)
            with database.read() as owner:
                parts_now = {person: expected(owner, handbook, rows, person) for person in STAFF}
            for person, conn in opened.items():
                wanted = parts_now[person]
                parts.add(len(wanted))
                query = "SELECT id FROM cases WHERE id LIKE 'scope-%'"
                assert {row[0] for row in conn.execute(query)} == wanted, (turn, person)
                query = "SELECT case_id FROM case_event WHERE case_id LIKE 'scope-%'"
                assert {row[0] for row in conn.execute(query)} == wanted, (turn, person)
                query = "SELECT DISTINCT case_id FROM case_unit WHERE case_id LIKE 'scope-%'"
                assert {row[0] for row in conn.execute(query)} == {
                    row["id"] for row in rows if row["with"] and row["id"] in wanted
                }, (turn, person)
    finally:
        database.close()
        for conn in opened.values():
            conn.close()
        restored(seats)
    assert {0, CASES} < parts and len(parts) > 5


LISTS = (
    "SELECT id FROM cases WHERE open ORDER BY due_key, id LIMIT 100",
    "SELECT count(*) FROM cases WHERE state = 'filed' AND due_key < 'x'",
    "SELECT unit, count(*) FROM cases WHERE filed_at > '2026' GROUP BY unit",
    "SELECT * FROM case_event WHERE case_id = 'a' ORDER BY seq",
    "SELECT lon, lat FROM cases WHERE open AND lon BETWEEN 1 AND 2 AND lat BETWEEN 1 AND 2",
)


def test_the_centre_pays_nothing(seats: Seats, rows: list[dict[str, Any]]) -> None:
    """The server plans a list for the centre exactly as for the owner; for a unit it plans with the unit's part."""

    def plan(url: str, query: str) -> str:
        with psycopg.connect(url) as conn:
            return "\n".join(row[0] for row in conn.execute(f"EXPLAIN (COSTS OFF) {query}".encode()))

    for query in LISTS:
        assert plan(seats.person_url("op1"), query) == plan(seats.url, query)
        assert plan(seats.person_url("rec1"), query) != plan(seats.url, query)
