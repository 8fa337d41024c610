"""The log: appending with its projection and its change, conflicts, bulk, and the audit that finds what was changed."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, text, update

from tests import postgis
from workstation.store import audit, changes, log, projection, tables
from workstation.store.changes import LOCK_KEY
from workstation.store.database import NOTIFY, Database
from workstation.store.document import document
from workstation.store.errors import SeqConflict
from workstation.workflow.apply import apply
from workstation.workflow.case import Case
from workstation.workflow.event import GENESIS, Event, canonical_json, event_hash

BEGIN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def event(case_id: str, seq: int, kind: str, data: dict[str, Any]) -> Event:
    """An event a minute after the last."""
    at = BEGIN + timedelta(minutes=seq)
    return Event(
        case_id, seq, kind, at, "op1", "受理员", "operator", "C", f"{case_id}/{seq}", "registered", data
    )


def registered(case_id: str) -> Event:
    """A first event."""
    place = {
        "code": f"code-{case_id}",
        "kind": "component",
        "source": "collector",
        "address": "南门大街",
        "lon": 1.5,
    }
    return event(case_id, 1, "register", place)


def story(case_id: str, length: int) -> list[tuple[Event, Case]]:
    """A case's events, each with the case that it makes."""
    out: list[tuple[Event, Case]] = []
    case: Case | None = None
    for seq in range(1, length + 1):
        made = registered(case_id) if seq == 1 else event(case_id, seq, "comment", {"note": f"第{seq}次"})
        case = apply(case, made)
        out.append((made, case))
    return out


def test_what_is_appended_is_read_back(store: Database) -> None:
    """An event and its case come back equal, with hash and log number, and the projection's columns are the case's."""
    (first, case), (second, after) = story("a", 2)
    with store.write() as conn:
        log.append(conn, first, case)
    with store.write() as conn:
        log.append(conn, second, after)
    with store.read() as conn:
        stored = log.history(conn, "a")
        assert [item.event for item in stored] == [first, second]
        assert stored[0].prev_hash == GENESIS and stored[1].prev_hash == stored[0].hash
        assert stored[1].hash == event_hash(stored[0].hash, second)
        assert log.load_case(conn, "a") == after
        row = conn.execute(select(tables.cases)).mappings().one()
        assert {name: row[name] for name in projection.COLUMNS if name != "street"} == projection.row(
            after, stored[1].hash, second.at
        )
        assert log.load_case(conn, "nowhere") is None
    assert [change.key for change in changes.ChangeFeed(store).since(0)] == ["a", "a"]


def test_a_seq_is_given_once(store: Database) -> None:
    """The second to write an event of the same number gets a conflict, and nothing of it is kept."""
    (first, case), (second, after) = story("a", 2)
    with store.write() as conn:
        log.append(conn, first, case)
        log.append(conn, second, after)
    rival = replace(second, command_id="rival", data={"note": "later"})
    with pytest.raises(SeqConflict), store.write() as conn:
        log.append(conn, rival, after)
    with store.read() as conn:
        assert [item.event for item in log.history(conn, "a")] == [first, second]
    assert len(changes.ChangeFeed(store).since(0)) == 2


@pytest.mark.postgis
@pytest.mark.parametrize("store_url", ["postgis"], indirect=True)
def test_two_transactions_at_the_same_seq(store: Database) -> None:
    """On a server two transactions may both believe to write the next event: the primary key lets one through."""
    (first, case), (second, after) = story("a", 2)
    with store.write() as conn:
        log.append(conn, first, case)
    with pytest.raises(SeqConflict), store.write() as slow:
        head = log.load(slow, "a")
        with store.write() as fast:
            log.append(fast, second, after)
        log.append(slow, replace(second, command_id="slow"), after, head)
    with store.read() as conn:
        assert [item.event.command_id for item in log.history(conn, "a")] == ["a/1", "a/2"]


def test_a_command_is_used_once(store: Database) -> None:
    """Another case's event under a command id that was used is a conflict."""
    with store.write() as conn:
        log.append(conn, *story("a", 1)[0])
    made, case = story("b", 1)[0]
    with pytest.raises(SeqConflict), store.write() as conn:
        log.append(conn, replace(made, command_id="a/1"), case)


def test_bulk_is_the_same_as_one_by_one(store: Database) -> None:
    """Appending many, also onto cases that are there already, gives the hashes and rows that single steps give."""
    stories = {case_id: story(case_id, 5) for case_id in ("a", "b", "c")}
    mixed = [stories[case_id][n] for n in range(5) for case_id in ("a", "b", "c")]
    with store.write() as conn:
        log.append_many(conn, mixed[:6])
    with store.write() as conn:
        log.append_many(conn, mixed[6:])
        log.append_many(conn, [])
    with store.read() as conn:
        for case_id, items in stories.items():
            previous = GENESIS
            for stored, (made, _) in zip(log.history(conn, case_id), items, strict=True):
                assert stored.event == made
                assert (stored.prev_hash, stored.hash) == (previous, event_hash(previous, made))
                previous = stored.hash
            assert log.load_case(conn, case_id) == items[-1][1]
    assert audit.check(store).findings == []
    with store.write() as conn:
        log.append(conn, *story("d", 1)[0])
    with store.read() as conn:
        numbers = conn.execute(select(tables.case_event.c.log_id)).scalars().all()
    assert len(set(numbers)) == 16 and max(numbers) == changes.ChangeFeed(store).last()


def test_bulk_with_a_gap_is_refused(store: Database) -> None:
    """A number left out is a conflict, and none of the batch is kept."""
    items = story("a", 3)
    with pytest.raises(SeqConflict), store.write() as conn:
        log.append_many(conn, [items[0], items[2]])
    with store.read() as conn:
        assert log.history(conn, "a") == []


def test_bulk_is_quick(store: Database) -> None:
    """Thousands of events a second (a tenth of what a quiet machine does), so that a million is minutes, not hours."""
    items = [item for n in range(250) for item in story(f"c{n}", 8)]
    begun = time.perf_counter()
    with store.write() as conn:
        log.append_many(conn, items)
    assert len(items) / (time.perf_counter() - begun) > 1500


def test_the_document_is_the_case_as_canonical_json(store: Database) -> None:
    """The text made piece by piece from the last one is letter for letter the text made anew."""
    made = None
    for _, case in story("a", 6):
        made = document(case, made)
        assert made.text == canonical_json(case.to_doc()) == document(case).text
        assert Case.from_doc(json.loads(made.text)) == case


# ---- audit --------------------------------------------------------------------------------------------------------


def unguarded(database: Database, statement: str, **values: Any) -> None:
    """Change the log as somebody could who owns the database: without its guards."""
    with database.write() as conn:
        if database.kind == "spatialite":
            guards = conn.execute(
                text("SELECT name, sql FROM sqlite_master WHERE name LIKE 'case_event_%'")
            ).all()
            for name, sql in guards:
                if sql and sql.startswith("CREATE TRIGGER"):
                    conn.execute(text(f"DROP TRIGGER {name}"))
        else:
            conn.execute(text("ALTER TABLE case_event DISABLE TRIGGER USER"))
        conn.execute(text(statement), values)


@pytest.mark.parametrize("store_url", ["spatialite"], indirect=True)
@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("UPDATE case_event SET data = '{\"note\":\"x\"}' WHERE case_id = 'a' AND seq = 2", {"hash"}),
        ("UPDATE case_event SET actor = 'other' WHERE case_id = 'a' AND seq = 3", {"hash"}),
        ("UPDATE case_event SET hash = 'f' WHERE case_id = 'a' AND seq = 2", {"hash", "chain"}),
        ("DELETE FROM case_event WHERE case_id = 'a' AND seq = 2", {"seq_gap"}),
        ("DELETE FROM case_event WHERE case_id = 'a' AND seq = 3", {"projection"}),
        ("DELETE FROM case_event WHERE case_id = 'a'", {"orphan_projection"}),
        ("DELETE FROM cases WHERE id = 'a'", {"no_projection"}),
        ("UPDATE cases SET address = 'x' WHERE id = 'a'", {"projection"}),
        ("UPDATE cases SET due_key = 'x' WHERE id = 'a'", {"projection"}),
        ("INSERT INTO case_unit (case_id, unit) VALUES ('a', 'U2')", {"cooperating_units"}),
    ],
)
def test_the_audit_finds_what_was_changed(store: Database, statement: str, codes: set[str]) -> None:
    """Whoever changes the log or the projection behind the program's back is found out, at the case changed."""
    with store.write() as conn:
        log.append_many(conn, [*story("a", 3), *story("b", 3)])
    with store.read() as conn:
        assert audit.verify_log(conn).findings == []
    unguarded(store, statement)
    with store.read() as conn:
        findings = audit.verify_log(conn).findings
    assert {finding.code for finding in findings} == codes
    assert {finding.key for finding in findings} == {"a"}


def test_a_whole_rewritten_chain_still_differs(store: Database) -> None:
    """Who rewrites an event together with its hash still breaks the next event's link."""
    with store.write() as conn:
        log.append_many(conn, story("a", 3))
        second = log.history(conn, "a")[1]
    forged = replace(second.event, data={"note": "forged"})
    unguarded(
        store,
        "UPDATE case_event SET data = :data, hash = :hash WHERE case_id = 'a' AND seq = 2",
        data=canonical_json(forged.data),
        hash=event_hash(second.prev_hash, forged),
    )
    with store.read() as conn:
        assert next((f.code, f.detail[:7]) for f in audit.verify_log(conn).findings) == ("chain", "event 3")


def test_the_demo_city_is_in_order(city_store: Database) -> None:
    """Everything that the check looks at is right in a city that the demo has built."""
    report = audit.check(city_store)
    assert report.findings == []
    assert report.cases == 80 and report.events > 80 and report.components == 600
    with city_store.write() as conn:
        conn.execute(update(tables.grid_count).values(components=tables.grid_count.c.components + 1))
    assert {finding.code for finding in audit.check(city_store).findings} == {"grid_count"}


# ---- changes ------------------------------------------------------------------------------------------------------


def test_other_topics_are_told_too(store: Database) -> None:
    """Imports and editors record what they changed; the feed gives it in order, from any number on."""
    with store.write() as conn:
        changes.record(conn, "component", ["1", "2"], BEGIN)
        changes.record(conn, "grid", [], BEGIN)
        changes.record(conn, "unit", ["U1"], BEGIN)
    feed = changes.ChangeFeed(store)
    told = feed.since(0)
    assert [(change.topic, change.key) for change in told] == [
        ("component", "1"),
        ("component", "2"),
        ("unit", "U1"),
    ]
    assert feed.since(told[1].id) == told[2:]
    assert feed.last() == told[-1].id


@pytest.mark.postgis
@pytest.mark.parametrize("store_url", ["postgis"], indirect=True)
def test_postgis_notifies_with_the_number_only(store: Database, store_url: str) -> None:
    """One notification a transaction, after the commit, whose payload is the log number; none for what failed."""
    with psycopg.connect(store_url, autocommit=True) as listener:
        listener.execute(f"LISTEN {NOTIFY}".encode())
        with pytest.raises(SeqConflict), store.write() as conn:
            log.append_many(conn, [story("x", 2)[1]])
        with store.write() as conn:
            log.append_many(conn, story("a", 4))
        with store.write() as conn:
            changes.record(conn, "grid", ["g"], BEGIN)
        told = [notify.payload for notify in listener.notifies(timeout=2, stop_after=2)]
    numbers = [change.id for change in changes.ChangeFeed(store).since(0)]
    assert told == [str(number) for number in numbers]


@pytest.mark.postgis
def test_numbers_are_in_the_order_of_commits(postgis_server: postgis.Server, empty_template: str) -> None:
    """A transaction that has taken a number makes the next one wait: no reader ever steps over a number."""
    url = postgis_server.new_database(empty_template)
    database = Database.open(url)
    with database.write() as slow:
        changes.record(slow, "grid", ["first"], BEGIN)
        with psycopg.connect(url) as other:
            other.execute("SET lock_timeout = '100ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                other.execute(f"SELECT pg_advisory_xact_lock({LOCK_KEY})".encode())
            other.rollback()
            other.execute("SET lock_timeout = '100ms'")
            statement = changes._ADD_IN_ORDER.replace("?", "'x'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                other.execute(statement.encode())
            other.rollback()
            sequence = "SELECT pg_sequence_last_value(pg_get_serial_sequence('change_log', 'id')::regclass)"
            taken = other.execute(sequence.encode()).fetchone()
    # Who waits has not taken a number yet.
    assert taken == (changes.ChangeFeed(database).last(),)
    database.close()
    postgis_server.drop(url)


def test_a_cut_off_file_loses_nothing_acknowledged(tmp_path: Any, empty_file: Any) -> None:
    """What was committed is in the file when another program opens it while the city is still open."""
    path = tmp_path / "city.sqlite"
    path.write_bytes(empty_file.read_bytes())
    database = Database.open(str(path))
    with database.write() as conn:
        log.append_many(conn, story("a", 3))
    other = sqlite3.connect(path)
    assert other.execute("SELECT count(*) FROM case_event").fetchone() == (3,)
    other.close()
    database.close()
