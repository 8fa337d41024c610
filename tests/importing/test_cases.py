"""Cases of another system: their logs are honest, replay gives the projection, and a newer file adds what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.importing.conftest import SOUTH, WEST, rows, scalar, take
from workstation.importing.report import Report
from workstation.services.services import Services
from workstation.store import log
from workstation.store.database import Database
from workstation.workflow.apply import replay
from workstation.workflow.case import Case
from workstation.workflow.event import Command

MAPPING = """
[source]
name = "old"
key = "ID"
crs = "EPSG:4490"
no_date = ["1970-01-01"]
[fields]
code = "ID"
class_edition = {constant = "local:old"}
class_code = "CLASS"
class_name = "CLASS"
unit = "UNIT"
reported_at = "ADDED"
on_scene_at = "SEEN"
closed_at = "DONE"
due_at = "DUE"
as_of = "FILE"
status = {field = "STATUS", values = {OPEN = "dispatched", BUSY = "working", DONE = "closed", DUP = "merged", VOID = "void", NO = "rejected"}}
[units]
create = true
"""
FIELDS = ("ID", "CLASS", "UNIT", "ADDED", "SEEN", "DONE", "DUE", "FILE", "STATUS", "lon", "lat")
EPOCH = "1970-01-01T00:00:00.000Z"


def record(number: int, status: str, done: str = EPOCH, **other: str) -> list[object]:
    """A record of the old system."""
    values = {
        "ID": f"R-{number}", "CLASS": "POTHOLE", "UNIT": "Roads", "ADDED": "2016-03-01T09:00:00.000Z", "SEEN": EPOCH,
        "DONE": done, "DUE": "2016-03-04T17:00:00.000Z", "FILE": "2016-03-10", "STATUS": status,
        "lon": str(WEST + 0.001), "lat": str(SOUTH + 0.001),
    } | other  # fmt: skip
    return [values[name] for name in FIELDS]


@pytest.fixture
def bring(
    city: Database, table: Callable[..., Path], mapping: Callable[[str], Path]
) -> Callable[..., Report]:
    """Bring records in as cases."""

    def act(records: Sequence[Sequence[object]], **wish: Any) -> Report:
        return take(city, "cases", table(FIELDS, records), mapping=mapping(MAPPING), **wish)

    return act


def history(city: Database, number: int) -> list[tuple[str, str, str]]:
    """Kind, state and instant of each event of a record's case."""
    with city.read() as conn:
        found = log.history(conn, f"old-R-{number}")
    return [(s.event.kind, s.event.to, s.event.at.strftime("%m-%d %H:%M")) for s in found]


def case_of(city: Database, number: int) -> Case:
    """The stored case of a record."""
    with city.read() as conn:
        case = log.load_case(conn, f"old-R-{number}")
    assert case is not None
    return case


def test_a_closed_record(city: Database, bring: Callable[..., Report]) -> None:
    """A closed record is reported, registered, filed, dispatched, fed back and closed at the record's own instants."""
    report = bring([record(1, "DONE", "2016-03-03T10:00:00.000Z", SEEN="2016-03-02T08:30:00.000Z")])
    assert (report.new, report.refused) == (1, 0)
    assert history(city, 1) == [
        ("report", "reported", "03-01 09:00"),
        ("register", "registered", "03-01 09:00"),
        ("file", "filed", "03-01 09:00"),
        ("dispatch", "dispatched", "03-01 09:00"),
        ("receive", "received", "03-02 08:30"),
        ("on_scene", "working", "03-02 08:30"),
        ("feed_back", "fed_back", "03-03 10:00"),
        ("close", "closed", "03-03 10:00"),
    ]
    case = case_of(city, 1)
    assert (case.class_edition, case.class_code, case.grid) == ("local:old", "POTHOLE", "420111001001001")
    assert case.lead is not None and case.lead.unit == "ROADS"
    clock = case.clock("dispose")
    assert clock is not None and clock.due_at == datetime(2016, 3, 4, 17, tzinfo=UTC), (
        "the record's deadline is the limit told"
    )
    assert rows(city, "SELECT disposed_in_time, closed_in_time, street FROM cases") == [(1, 1, "420111001")]


def test_every_event_says_that_it_was_imported(city: Database, bring: Callable[..., Report]) -> None:
    """No imported event looks like somebody's act: file and row are in it, and the system is its actor."""
    bring([record(1, "OPEN"), record(2, "BUSY")])
    with city.read() as conn:
        events = [s.event for n in (1, 2) for s in log.history(conn, f"old-R-{n}")]
    assert {(e.actor, e.post) for e in events} == {("import", "system")}
    assert {e.data["imported"]["file"] for e in events} == {"file.csv"}
    assert {e.data["imported"]["row"] for e in events} == {1, 2}
    assert [e.kind for e in events if e.data["imported"].get("as_of")] == ["receive", "on_scene"]
    busy = history(city, 2)[-1]
    assert busy == ("on_scene", "working", "03-10 15:59"), (
        "a status without an instant stands at the end of the file's day"
    )


@pytest.mark.parametrize(
    ("status", "done", "state", "kind"),
    [
        ("DUP", EPOCH, "merged", "merge"),
        ("DUP", "2016-03-02T10:00:00Z", "merged", "merge"),
        ("VOID", "2016-03-02T10:00:00Z", "void", "void"),
        ("NO", "2016-03-02T10:00:00Z", "rejected", "reject"),
        ("OPEN", EPOCH, "dispatched", "dispatch"),
    ],
)
def test_outcomes(
    city: Database, bring: Callable[..., Report], status: str, done: str, state: str, kind: str
) -> None:
    """Duplicates are merged, voids void, what was never an order is rejected, and the open are under disposal."""
    bring([record(1, status, done)])
    assert history(city, 1)[-1][:2] == (kind, state)
    assert case_of(city, 1).state == state


def test_replay_gives_the_projection(city: Database, bring: Callable[..., Report]) -> None:
    """The log alone makes the stored case again, for every kind of record."""
    statuses = ("OPEN", "BUSY", "DONE", "DUP", "VOID", "NO")
    bring(
        [record(n, status, "2016-03-05T10:00:00Z" if n > 1 else EPOCH) for n, status in enumerate(statuses)]
    )
    with city.read() as conn:
        for number in range(len(statuses)):
            events = [s.event for s in log.history(conn, f"old-R-{number}")]
            assert replay(events) == log.load_case(conn, f"old-R-{number}")
    assert scalar(city, "SELECT disposed_in_time FROM cases WHERE code = 'R-2'") == 0, (
        "closed after its deadline"
    )


def test_again_and_newer(city: Database, bring: Callable[..., Report]) -> None:
    """The same file again changes nothing; a newer one, in another order, adds what has happened since."""
    bring([record(1, "OPEN"), record(2, "BUSY")])
    before = (
        rows(city, "SELECT * FROM case_event ORDER BY log_id"),
        rows(city, "SELECT * FROM cases ORDER BY id"),
    )
    assert bring([record(2, "BUSY"), record(1, "OPEN")]).unchanged == 2
    assert before == (
        rows(city, "SELECT * FROM case_event ORDER BY log_id"),
        rows(city, "SELECT * FROM cases ORDER BY id"),
    )
    newer = [
        record(1, "DONE", "2016-03-20T10:00:00Z", FILE="2016-03-31"),
        record(2, "BUSY", FILE="2016-03-31"),
    ]
    report = bring(newer)
    assert (report.changed, report.unchanged) == (1, 1)
    assert [kind for kind, _, _ in history(city, 1)] == [
        "report",
        "register",
        "file",
        "dispatch",
        "feed_back",
        "close",
    ]
    assert bring(newer).unchanged == 2


def test_a_log_is_never_changed(city: Database, bring: Callable[..., Report]) -> None:
    """A newer file that contradicts the log is reported; the log stays as it is."""
    bring([record(1, "DONE", "2016-03-03T10:00:00Z")])
    before = history(city, 1)
    report = bring([record(1, "DONE", "2016-03-02T10:00:00Z")])
    assert [p.code for p in report.problems] == ["log_differs"] and report.unchanged == 1
    assert history(city, 1) == before


def test_an_imported_case_goes_on_here(city: Database, bring: Callable[..., Report]) -> None:
    """An open imported case is received and fed back by its unit under our handbook; the next import leaves it alone."""
    bring([record(1, "OPEN")])
    services = Services.open(str(city.path), now=lambda: datetime(2016, 3, 2, 2, tzinfo=UTC))
    try:
        actor = services.people.actor("ROADS-receiver", "receiver")
        for name in ("receive", "feed_back"):
            data = {"note": "补好", "photos": []} if name == "feed_back" else {}
            services.cases.execute(Command(name, "old-R-1", services.cases.new_command_id(), data), actor)
    finally:
        services.close()
    report = bring([record(1, "DONE", "2016-03-03T10:00:00Z")])
    assert [p.code for p in report.problems] == ["worked_on"]
    assert case_of(city, 1).state == "fed_back"


def test_records_that_cannot_be_cases(city: Database, bring: Callable[..., Report]) -> None:
    """Dates the wrong way round, no date, an unknown status, no unit, a stranger's code: each refused by name."""
    report = bring(
        [
            record(1, "DONE", "2016-02-01T10:00:00Z"),
            record(2, "OPEN", ADDED=EPOCH),
            record(3, "LOST"),
            record(4, "OPEN", UNIT=""),
            record(5, "OPEN", ADDED="yesterday"),
            record(6, "OPEN", DUE="2016-01-01T00:00:00Z"),
        ]
    )
    assert {p.row: p.code for p in report.problems if p.code != "unit_made"} == {
        1: "dates_order", 2: "missing", 3: "unknown_value", 4: "missing", 5: "not_a_date", 6: "dates_order",
    }  # fmt: skip
    assert report.new == 1, "a deadline before the beginning costs the deadline, not the case"
    assert case_of(city, 6).clock("dispose") is None
