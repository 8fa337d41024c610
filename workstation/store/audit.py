"""Looking a city over: is what it says still what was written?

Each finding has a stable code and names what it was found on. Nothing is repaired here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from ..workflow.apply import apply
from ..workflow.case import Case
from ..workflow.event import GENESIS, event_hash
from . import log, projection
from .database import Database
from .tables import case_event, case_unit, cases, component, grid_count, metadata

CASES_AT_A_TIME = 200
CANNOT_REPLAY = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What applying an event raises that was not written by this program."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    ``code``: integrity, foreign_key, seq_gap, chain, hash, state, orphan_projection, no_projection, projection,
    cooperating_units, grid_count, spatial_index. ``key`` is the case, table or grid; ``detail`` what exactly.
    """

    code: str
    key: str
    detail: str = ""


@dataclass
class Report:
    """What was looked at, and what was found."""

    findings: list[Finding] = field(default_factory=list)
    cases: int = 0
    events: int = 0
    components: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check(database: Database) -> Report:
    """Everything there is to check: file, foreign keys, chains, projection, grid counts, spatial indexes."""
    report = Report()
    with database.read() as conn:
        report.findings += integrity(conn)
        verify_log(conn, report)
        report.findings += check_grid_counts(conn, report)
    with database.write() as conn:
        # SpatiaLite notes in its own tables what it has checked, so this needs a transaction that may write.
        report.findings += check_spatial_indexes(conn)
    return report


def integrity(conn: Connection) -> list[Finding]:
    """What the database itself can tell: damaged pages and broken references. PostgreSQL watches over its own."""
    if conn.dialect.name == "postgresql":
        return []
    out = [
        Finding("integrity", "file", str(row[0]))
        for row in conn.exec_driver_sql("PRAGMA integrity_check(20)")
        if row[0] != "ok"
    ]
    out += [
        Finding("foreign_key", str(row[0]), f"row {row[1]} refers to {row[2]}")
        for row in conn.exec_driver_sql("PRAGMA foreign_key_check")
        if row[0] in metadata.tables
    ]
    return out


def verify_log(conn: Connection, report: Report | None = None) -> Report:
    """Replay every case: the chain of hashes is whole, and the projection is what the events make."""
    report = report or Report()
    seen: set[str] = set()
    for case_id, events in logs(conn):
        seen.add(case_id)
        report.cases += 1
        report.events += len(events)
        report.findings += verify_case(conn, case_id, events)
    # ``seen`` would not be needed by a join, but a join cannot say so when the log itself is what is missing.
    orphans = [row[0] for row in conn.execute(select(cases.c.id)) if row[0] not in seen]
    report.findings += [Finding("orphan_projection", case_id) for case_id in orphans]
    return report


def logs(conn: Connection) -> Iterator[tuple[str, list[log.StoredEvent]]]:
    """Each case with its events, a few hundred cases at a time so that a big city fits into memory."""
    after = ""
    while True:
        ids = [
            row[0]
            for row in conn.execute(
                select(case_event.c.case_id)
                .where(case_event.c.case_id > after)
                .group_by(case_event.c.case_id)
                .order_by(case_event.c.case_id)
                .limit(CASES_AT_A_TIME)
            )
        ]
        if not ids:
            return
        rows = conn.execute(
            select(case_event)
            .where(case_event.c.case_id >= ids[0], case_event.c.case_id <= ids[-1])
            .order_by(case_event.c.case_id, case_event.c.seq)
        )
        grouped: dict[str, list[log.StoredEvent]] = {}
        for row in rows:
            grouped.setdefault(row[0], []).append(log.stored_event(row))
        yield from grouped.items()
        after = ids[-1]


def verify_case(conn: Connection, case_id: str, events: list[log.StoredEvent]) -> list[Finding]:
    """What is wrong with one case, whose events are given in order."""
    out: list[Finding] = []
    previous = GENESIS
    case: Case | None = None
    for number, stored in enumerate(events, 1):
        event = stored.event
        if event.seq != number:
            return [Finding("seq_gap", case_id, f"event {event.seq} where {number} is expected")]
        if stored.prev_hash != previous:
            out.append(Finding("chain", case_id, f"event {event.seq} does not follow the one before it"))
        if event_hash(stored.prev_hash, event) != stored.hash:
            out.append(Finding("hash", case_id, f"event {event.seq} is not what was written"))
        previous = stored.hash
        try:
            case = apply(case, event)
        except CANNOT_REPLAY as error:
            return [*out, Finding("hash", case_id, f"event {event.seq} cannot be replayed: {error!r}")]
        if case.state.value != event.to:
            out.append(
                Finding("state", case_id, f"event {event.seq} leads to {case.state}, not to {event.to}")
            )
    if case is not None:
        out += _compare(conn, case, events[-1])
    return out


def _compare(conn: Connection, case: Case, last: log.StoredEvent) -> list[Finding]:
    found = conn.execute(select(cases).where(cases.c.id == case.id)).mappings().first()
    if found is None:
        return [Finding("no_projection", case.id)]
    wanted = projection.row(case, last.hash, last.event.at)
    differing = [name for name, value in wanted.items() if found[name] != value]
    out = [Finding("projection", case.id, ", ".join(differing))] if differing else []
    units = set(conn.execute(select(case_unit.c.unit).where(case_unit.c.case_id == case.id)).scalars())
    if units != {order.unit for order in case.cooperating}:
        out.append(Finding("cooperating_units", case.id))
    return out


def check_grid_counts(conn: Connection, report: Report | None = None) -> list[Finding]:
    """Whether ``grid_count`` says what counting the components says."""
    counted: dict[tuple[str, str], int] = {}
    total = 0
    for grid, code, state in conn.execute(
        select(component.c.grid_code, component.c.class_code, component.c.state)
    ):
        total += 1
        if state != "removed":
            counted[grid, code[:2]] = counted.get((grid, code[:2]), 0) + 1
    if report is not None:
        report.components = total
    kept: dict[tuple[str, str], int] = {(row[0], row[1]): row[2] for row in conn.execute(select(grid_count))}
    return [
        Finding("grid_count", "/".join(key), f"{kept.get(key, 0)} kept, {counted.get(key, 0)} counted")
        for key in sorted(kept.keys() | counted.keys())
        if kept.get(key, 0) != counted.get(key, 0)
    ]


def check_spatial_indexes(conn: Connection) -> list[Finding]:
    """Whether every spatial index is there and agrees with its table (on PostGIS: is there and valid)."""
    out = []
    for table, column in spatial_columns():
        if conn.dialect.name == "postgresql":
            sound = conn.exec_driver_sql(
                "SELECT i.indisvalid FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid WHERE c.relname = %s",
                (f"idx_{table}_{column}",),
            ).scalar()
        else:
            sound = conn.exec_driver_sql("SELECT CheckSpatialIndex(?, ?)", (table, column)).scalar()
        if not sound:
            out.append(Finding("spatial_index", table, column))
    return out


def spatial_columns() -> list[tuple[str, str]]:
    """Table and column of every geometry that has a spatial index."""
    return [
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if _indexed(column.type)
    ]


def _indexed(kind: Any) -> bool:
    return bool(getattr(kind, "spatial_index", False))
