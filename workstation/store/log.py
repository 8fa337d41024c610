"""The case log: appending an event with its projection and its line of the change log, and reading a case back.

Appending never decides anything: what it is given is what the workflow decided. Statements are written out and run
through the driver, because a desk that handles a storm of cases and an import of a million both end here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..workflow.case import Case
from ..workflow.event import GENESIS, Event, canonical_json, event_hash, format_instant, parse_instant
from . import changes, projection, raw
from .columns import EVENT_COLUMNS
from .document import Document, document
from .errors import SeqConflict

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it lies in the log."""

    event: Event
    log_id: int
    hash: str
    prev_hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """A case as its newest event has made it, that event's hash, and the case's row of ``cases`` by column.

    ``document`` is the case's text in pieces where it is at hand; only a help for writing the next one.
    """

    case: Case
    hash: str
    row: Mapping[str, Any]
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Appended:
    """What appending has made: the event's number in the log, and the case with it."""

    log_id: int
    head: Head


def _marks(columns: Sequence[str]) -> str:
    return ", ".join(
        "COALESCE((SELECT street_code FROM grid WHERE code = ?), '')" if name == projection.LOOKED_UP else "?"
        for name in columns
    )


INSERT_EVENT = f"INSERT INTO case_event ({', '.join(EVENT_COLUMNS)}) VALUES ({_marks(EVENT_COLUMNS)})"
INSERT_CASE = f"INSERT INTO cases ({', '.join(projection.COLUMNS)}) VALUES ({_marks(projection.COLUMNS)})"


def _case_values(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row["grid"] if name == projection.LOOKED_UP else row[name] for name in projection.COLUMNS)


def event_values(
    event: Event, log_id: int, previous: str, digest: str, data_text: str | None = None
) -> tuple[Any, ...]:
    """The row of ``case_event``, in the order of EVENT_COLUMNS; ``data_text`` is the data as canonical JSON, if known."""
    return (
        event.case_id,
        event.seq,
        log_id,
        event.kind,
        format_instant(event.at),
        event.actor,
        event.actor_name,
        event.post,
        event.unit,
        event.command_id,
        event.to,
        canonical_json(event.data) if data_text is None else data_text,
        previous,
        digest,
    )


def append(conn: Connection, event: Event, case: Case, head: Head | None = None) -> Appended:
    """Write ``event`` and what it has made of the case.

    ``head`` is what :func:`load` gave in this transaction; without it, it is loaded here. SeqConflict when the case
    has gone on meanwhile or the command id was used before: the transaction is then spent.

    The number of the log is taken last: on PostGIS nobody else commits a change between that and our commit.
    """
    if head is None and event.seq > 1:
        head = load(conn, event.case_id)
    if (head.case.seq if head else 0) != event.seq - 1:
        raise SeqConflict(event.case_id, event.seq)
    previous = head.hash if head else GENESIS
    text = canonical_json(event.data)
    digest = event_hash(previous, event, text)
    made = document(case, head.document if head else None)
    row = projection.row(case, digest, event.at, made.text)
    try:
        _write_projection(conn, case, row, head)
        log_id = changes.add(conn, "case", event.case_id, format_instant(event.at))
        raw.cursor(conn, INSERT_EVENT, event_values(event, log_id, previous, digest, text))
    except raw.integrity_errors(conn) as error:
        raise SeqConflict(event.case_id, event.seq) from error
    return Appended(log_id, Head(case, digest, row, made))


def _write_projection(conn: Connection, case: Case, row: dict[str, Any], head: Head | None) -> None:
    units = {order.unit for order in case.cooperating}
    if head is None:
        raw.cursor(conn, INSERT_CASE, _case_values(row))
        if units:
            _write_units(conn, [case])
        return
    # Only what has changed is set: SQLite rewrites the entry of every index whose column is named.
    before = head.row
    changed = [name for name, value in row.items() if before[name] != value]
    values = [row[name] for name in changed]
    if "grid" in changed:
        changed.append(projection.LOOKED_UP)
        values.append(row["grid"])
    raw.cursor(conn, _update_case(tuple(changed)), (*values, case.id))
    if {order.unit for order in head.case.cooperating} != units:
        raw.cursor(conn, "DELETE FROM case_unit WHERE case_id = ?", (case.id,))
        _write_units(conn, [case])


@lru_cache(maxsize=256)
def _update_case(columns: tuple[str, ...]) -> str:
    """The statement that sets these columns: each arrow of the flow changes much the same ones every time."""
    return f"UPDATE cases SET {', '.join(f'{name} = {_marks((name,))}' for name in columns)} WHERE id = ?"


def _write_units(conn: Connection, cases: Iterable[Case]) -> None:
    rows = [(case.id, unit) for case in cases for unit in sorted({order.unit for order in case.cooperating})]
    if rows:
        raw.many(conn, "INSERT INTO case_unit (case_id, unit) VALUES (?, ?)", rows)


def append_many(conn: Connection, items: Sequence[tuple[Event, Case]]) -> None:
    """Write many events in one go, in the given order, each with the case it has made (imports, the demo city).

    The change log gets one line a case. SeqConflict when an event does not follow the one before it.
    """
    if not items:
        return
    hold(conn, {event.case_id for event, _ in items})
    first = changes.reserve(conn, len(items))
    hashes: dict[str, tuple[int, str]] = {}
    begun = {event.case_id for event, _ in items if event.seq == 1}
    for case_id in {event.case_id for event, _ in items} - begun:
        head = load(conn, case_id)
        if head is not None:
            hashes[case_id] = (head.case.seq, head.hash)
    known = set(hashes)
    rows: list[tuple[Any, ...]] = []
    last: dict[str, tuple[int, Event, Case]] = {}
    for log_id, (event, case) in enumerate(items, first):
        seq, previous = hashes.get(event.case_id, (0, GENESIS))
        if event.seq != seq + 1:
            raise SeqConflict(event.case_id, event.seq)
        text = canonical_json(event.data)
        digest = event_hash(previous, event, text)
        hashes[event.case_id] = (event.seq, digest)
        rows.append(event_values(event, log_id, previous, digest, text))
        last[event.case_id] = (log_id, event, case)
    newest = [(n, event, case, hashes[case_id][1]) for case_id, (n, event, case) in last.items()]
    try:
        changes.write(
            conn, [(n, "case", event.case_id, format_instant(event.at)) for n, event, _, _ in newest]
        )
        raw.many(conn, INSERT_EVENT, rows)
        for case_id in known & last.keys():
            for table, key in (("cases", "id"), ("case_unit", "case_id")):
                raw.cursor(conn, f"DELETE FROM {table} WHERE {key} = ?", (case_id,))
        projected = [
            _case_values(projection.row(case, digest, event.at)) for _, event, case, digest in newest
        ]
        raw.many(conn, INSERT_CASE, projected)
        _write_units(conn, [case for _, _, case, _ in newest])
    except raw.integrity_errors(conn) as error:
        raise SeqConflict(items[0][0].case_id, items[0][0].seq) from error


_SELECT_CASE = f"SELECT {', '.join(projection.COLUMNS)} FROM cases WHERE id = ?"
_SELECT_HASH = "SELECT last_hash FROM cases WHERE id = ?"
_HOLD = "SELECT id FROM cases WHERE id = ANY(?) ORDER BY id FOR UPDATE"


def hold(conn: Connection, case_ids: Iterable[str]) -> frozenset[str]:
    """Let nobody else move these cases until the end of the transaction; those of them that there are.

    On SpatiaLite there is one writer at a time anyway: nothing is done, and all of them are answered.

    Taken in one order by everybody, and before the number of the log, so that nobody waits in a circle.
    """
    if conn.dialect.name != "postgresql":
        return frozenset(case_ids)
    return frozenset(row[0] for row in raw.all_rows(conn, _HOLD, (list(case_ids),)))


def load(
    conn: Connection, case_id: str, known: Mapping[str, Head] | None = None, *, held: bool = False
) -> Head | None:
    """The case and the hash of its newest event; None when there is no such case.

    ``known`` are cases as they once were, by their ids. One whose hash is still that in the database need not be read
    again, for a hash stands for everything that has ever happened to the case; any seat's event makes another.
    ``held``: what is found is held as by :func:`hold`.
    """
    also = " FOR UPDATE" if held and conn.dialect.name == "postgresql" else ""
    remembered = known.get(case_id) if known else None
    if remembered is not None and raw.first(conn, _SELECT_HASH + also, (case_id,)) == (remembered.hash,):
        return remembered
    found = raw.first(conn, _SELECT_CASE + also, (case_id,))
    if found is None:
        return None
    row = dict(zip(projection.COLUMNS, found, strict=True))
    return Head(Case.from_doc(json.loads(row["doc"])), row["last_hash"], row)


def load_case(conn: Connection, case_id: str) -> Case | None:
    """The case; None when there is no such case."""
    head = load(conn, case_id)
    return head.case if head else None


_SELECT_EVENTS = f"SELECT {', '.join(EVENT_COLUMNS)} FROM case_event"


def history(conn: Connection, case_id: str, after: int = 0) -> list[StoredEvent]:
    """The case's events from the first (or after event ``after``) to the newest."""
    statement = f"{_SELECT_EVENTS} WHERE case_id = ? AND seq > ? ORDER BY seq"
    return [stored_event(row) for row in raw.all_rows(conn, statement, (case_id, after))]


# A log that is divided by months has no index that finds a command at once: store/ops/partition.py.
_SELECT_KEY = "SELECT case_id, seq FROM case_command WHERE command_id = ?"


def by_command(conn: Connection, command_id: str) -> StoredEvent | None:
    """The event that the command has made; None when it has not been done."""
    if conn.dialect.name == "postgresql":
        key = raw.first(conn, _SELECT_KEY, (command_id,))
        found = (
            None if key is None else raw.first(conn, f"{_SELECT_EVENTS} WHERE case_id = ? AND seq = ?", key)
        )
    else:
        found = raw.first(conn, f"{_SELECT_EVENTS} WHERE command_id = ?", (command_id,))
    return None if found is None else stored_event(found)


def stored_event(row: Sequence[Any]) -> StoredEvent:
    """A row of ``case_event`` (columns in the table's order) as an event."""
    event = Event(
        case_id=row[0],
        seq=row[1],
        kind=row[3],
        at=parse_instant(row[4]),
        actor=row[5],
        actor_name=row[6],
        post=row[7],
        unit=row[8],
        command_id=row[9],
        to=row[10],
        data=json.loads(row[11]),
    )
    return StoredEvent(event, row[2], row[13], row[12])
