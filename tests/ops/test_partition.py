"""A log divided by months does everything that a whole one does; months are made ahead, put aside and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests import postgis
from tests.store.test_log import story
from workstation import cli
from workstation.services.services import Services
from workstation.store import audit, changes, log
from workstation.store.database import Database
from workstation.store.errors import SeqConflict, StoreError
from workstation.store.ops import partition
from workstation.store.ops.partition import Month

pytestmark = pytest.mark.postgis

NOW = datetime(2026, 3, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def whole(postgis_server: postgis.Server, demo_template: str) -> Iterator[str]:
    """The URL of a small demo city."""
    url = postgis_server.new_database(demo_template)
    yield url
    postgis_server.drop(url)


@pytest.fixture
def divided(postgis_server: postgis.Server, empty_template: str) -> Iterator[Database]:
    """An empty city whose log is divided up to three months after March 2026."""
    url = postgis_server.new_database(empty_template)
    database = Database.open(url)
    with database.write() as conn:
        partition.divide(conn, 3, NOW)
    yield database
    database.close()
    postgis_server.drop(url)


def scalar(database: Database, statement: str, **values: Any) -> Any:
    """The one value that a statement gives."""
    with database.read() as conn:
        return conn.execute(text(statement), values).scalar()


def case_id(month: str, tail: str) -> str:
    """An id that a case of that month could have."""
    return Month.read(month).prefix + tail.rjust(20, "0")


def test_months() -> None:
    """A month's first id is its first millisecond's; months count over the year's end; words that are none are refused."""
    assert Month.read("2026-12").after(2) == Month(2027, 2)
    assert Month.read("2026-03").prefix == f"{int(datetime(2026, 3, 1, tzinfo=UTC).timestamp() * 1000):012x}"
    for words in ("2026-13", "26-01", "2026-1", "x"):
        with pytest.raises(StoreError, match="no_month"):
            Month.read(words)


def test_a_city_that_is_divided_is_worked_in_as_before(
    whole: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Dividing keeps every row and guard; commands, lists and the change log go on; doing it again makes what is missing."""
    before = Database.open(whole)
    rows = "SELECT md5(string_agg(e::text, '' ORDER BY case_id, seq)) FROM case_event AS e"
    guards = (
        "SELECT string_agg(tgname, ' ' ORDER BY tgname) FROM pg_trigger"
        " WHERE tgrelid = 'case_event'::regclass AND tgname <> 'case_command_enter'"
    )
    policies = "SELECT string_agg(policyname || cmd || coalesce(qual, ''), ' ' ORDER BY 1) FROM pg_policies WHERE tablename = 'case_event'"
    was = [scalar(before, statement) for statement in (rows, guards, policies)]
    newest = scalar(before, "SELECT max(log_id) FROM case_event")
    before.close()
    assert cli.main(["server", "partition", "--db", whole, "--ahead", "2"]) == 0
    assert "0 events lie outside" in capsys.readouterr().out
    services = Services.open(whole)
    try:
        database = services.db
        assert [scalar(database, statement) for statement in (rows, guards, policies)] == was
        with database.write() as conn:
            log.append_many(conn, story("imported-1", 3))
        report = audit.check(database)
        assert report.clean and report.cases == 81
        assert scalar(database, "SELECT count(*) FROM case_event_rest") == 3
        assert scalar(database, "SELECT min(log_id) FROM case_event WHERE case_id = 'imported-1'") > newest
        assert changes.ChangeFeed(database).last() > newest
        with database.read() as conn:
            assert log.by_command(conn, story("imported-1", 2)[1][0].command_id) is not None
            plan = conn.execute(
                text("EXPLAIN SELECT * FROM case_event WHERE case_id = :id AND seq > 0"),
                {"id": services.cases.new_case_id()},
            ).scalars()
            assert "case_event_20" in (said := "\n".join(plan)) and said.count("Scan") <= 2
    finally:
        services.close()
    assert cli.main(["server", "partition", "--db", whole, "--ahead", "4"]) == 0
    assert "months made: " in (said := capsys.readouterr().out) and "none" not in said


def test_nothing_is_there_twice(divided: Database) -> None:
    """A command id or a number of the log used in one month is refused in every other, as is a second event of a number."""
    first = story(case_id("2026-03", "a"), 2)
    with divided.write() as conn:
        log.append_many(conn, first)
    again = [(e.__class__(**{**_fields(e), "case_id": case_id("2026-05", "b")}), c) for e, c in first[:1]]
    with pytest.raises(SeqConflict), divided.write() as conn:
        log.append_many(conn, again)
    with pytest.raises(SeqConflict), divided.write() as conn:
        log.append_many(conn, first)
    copied = (
        "INSERT INTO case_event SELECT case_id, 9, log_id, kind, at, actor, actor_name, post, unit, 'other', to_state, data,"
        " prev_hash, hash FROM case_event WHERE seq = 2"
    )
    with pytest.raises(DBAPIError, match="log_id"), divided.write() as conn:
        conn.execute(text(copied))


def _fields(event: Any) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__dataclass_fields__}


CHANGING = (
    "DELETE FROM case_event",
    "UPDATE case_event SET actor = 'x'",
    "TRUNCATE case_event",
    "DELETE FROM case_event_2026_03",
    "TRUNCATE case_event_2026_03",
    "DELETE FROM case_command",
    "UPDATE case_command SET case_id = 'x'",
    "TRUNCATE case_command",
)


def test_parts_are_append_only(divided: Database) -> None:
    """Whole, part and the table of the commands refuse to change what is in them."""
    with divided.write() as conn:
        log.append_many(conn, story(case_id("2026-03", "a"), 2))
    for statement in CHANGING:
        with pytest.raises(DBAPIError, match="append only"), divided.write() as conn:
            conn.execute(text(statement))


def test_cases_of_a_month_nobody_had_made_move_into_it(divided: Database) -> None:
    """What was written after the last month lay in the part for the rest, and moves when its month is made."""
    with divided.write() as conn:
        log.append_many(conn, story(case_id("2026-09", "a"), 3))
        log.append_many(conn, story("imported-2", 2))
    assert scalar(divided, "SELECT count(*) FROM case_event_rest") == 5
    with divided.write() as conn:
        done = partition.divide(conn, 8, NOW)
    assert (str(done.made[0]), str(done.made[-1]), done.rest) == ("2026-07", "2026-11", 2)
    assert scalar(divided, "SELECT count(*) FROM case_event_2026_09") == 3
    assert audit.check(divided).clean
    with pytest.raises(DBAPIError, match="append only"), divided.write() as conn:
        conn.execute(text("DELETE FROM case_event_rest"))


def test_a_month_is_put_aside_and_taken_back(divided: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """A month leaves with its log when all its cases are closed, its commands stay known, and it comes back as it was."""
    url = divided.secret_url
    first = story(case_id("2026-03", "a"), 3)
    with divided.write() as conn:
        log.append_many(conn, first)
        log.append_many(conn, story(case_id("2026-04", "b"), 3))
    assert cli.main(["server", "partition", "--db", url, "--detach", "2026-03"]) == 1
    assert "1 cases of 2026-03 are still open" in capsys.readouterr().err
    with divided.write() as conn:
        conn.execute(text("UPDATE cases SET open = false"))
    every = "SELECT md5(string_agg(c::text, '' ORDER BY id)) FROM cases AS c"
    log_of = "SELECT md5(string_agg(e::text, '' ORDER BY case_id, seq)) FROM case_event AS e"
    was = scalar(divided, every), scalar(divided, log_of)
    assert cli.main(["server", "partition", "--db", url, "--detach", "2026-03"]) == 0
    assert "put aside: 2026-03" in capsys.readouterr().out
    assert scalar(divided, "SELECT count(*) FROM cases") == 1
    assert {finding.code for finding in audit.check(divided).findings} <= {"projection"}
    with pytest.raises(SeqConflict), divided.write() as conn:
        log.append_many(conn, first)
    assert cli.main(["server", "partition", "--db", url, "--attach", "2026-03"]) == 0
    assert (scalar(divided, every), scalar(divided, log_of)) == was
    assert cli.main(["server", "partition", "--db", url, "--attach", "2026-03"]) == 1
    assert "no month 2026-03" in capsys.readouterr().err


def test_what_cannot_be_divided_says_so(
    city_url: str, whole: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file has no months; putting aside needs a divided log."""
    assert cli.main(["server", "partition", "--db", city_url]) == 1
    assert "is a file" in capsys.readouterr().err
    assert cli.main(["server", "partition", "--db", whole, "--detach", "2026-03"]) == 1
    assert "is not divided" in capsys.readouterr().err
