"""Where the records that are verified come from: a city's database, or a file that was exported (docs/log-format.md)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ...store import raw
from ...workflow.event import canonical_json, format_instant
from .proof import Other, Part, Pin, Record, Row
from .sealing_keys import KEY_COLUMNS, Key, keys_of, of_type
from .seals import OTHERS, SEAL_COLUMNS, Seal, leaves_of, other_rows, parts_of, seals_of, unpacked

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORMAT = "workstation-log/1"
PIN = "workstation-pin/1"
PAGE = 2000
BEFORE_ALL = -(1 << 62)


class NotALog(Exception):
    """A file that is not such an export: ``line`` and ``reason``."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


# ---- a database ---------------------------------------------------------------------------------------------------

_EVENTS = f"SELECT {', '.join(Row._fields)} FROM case_event WHERE log_id > ? ORDER BY log_id LIMIT {PAGE}"


def events(conn: Connection) -> Iterator[Row]:
    """Every event in the order of the log, a page at a time."""
    after = BEFORE_ALL
    while True:
        rows = raw.all_rows(conn, _EVENTS, (after,))
        yield from map(_row, rows)
        if len(rows) < PAGE:
            return
        after = rows[-1][2]


_TYPES = tuple(int if name in ("seq", "log_id") else str for name in Row._fields)


def _row(values: Any) -> Row:
    """A row; SQLite keeps values of any type in any column for who writes them past the program."""
    if tuple(map(type, values)) != _TYPES:
        values = list(map(of_type, values, _TYPES))
    return Row._make(values)


class _Rows:
    """The events, taken as far as is asked."""

    def __init__(self, conn: Connection) -> None:
        self._events = events(conn)
        self._next = next(self._events, None)

    def up_to(self, bound: int | None) -> Iterator[Row]:
        """Those up to this number, or the rest."""
        while self._next is not None and (bound is None or self._next.log_id <= bound):
            yield self._next
            self._next = next(self._events, None)


def of_database(conn: Connection, others: bool = True) -> Iterator[Record]:
    """The records of a city, without the rows of the other logs where ``others`` says so.

    Read in one transaction, for seals and events must be of one moment.
    """
    yield from keys_of(conn)
    rows = _Rows(conn)
    seals = seals_of(conn)
    for number, seal in enumerate(seals):
        yield seal
        for last, root, content in parts_of(conn, seal.day):
            try:
                leaves = unpacked(content)
            except ValueError:
                leaves = None
            yield Part(leaves, root)
            yield from rows.up_to(last)
        following = seals[number + 1].first_log - 1 if number + 1 < len(seals) else seal.last_log
        yield from rows.up_to(min(seal.last_log, following))
        for table, after, to in _ranges(seal) if others else ():
            for values in other_rows(conn, table, after, to):
                yield Other(table, tuple(values))
    yield from rows.up_to(None)


def _ranges(seal: Seal) -> list[tuple[str, Any, Any]]:
    try:
        others = json.loads(seal.others)
        return [(table, others[table]["from"], others[table]["to"]) for table in OTHERS if table in others]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


# ---- a file -------------------------------------------------------------------------------------------------------


def _key(told: dict[str, Any]) -> Record:
    until = told.pop("until")
    if until is not None and not isinstance(until, str):
        raise TypeError("until")
    return Key(until=until, **_checked(told, ()))


def _event(told: dict[str, Any]) -> Record:
    row = Row(**told)
    if tuple(map(type, row)) != _TYPES:
        raise TypeError("an event's value is of another type")
    return row


def _part(told: dict[str, Any]) -> Record:
    return Part(leaves_of(told["leaves"]), str(told["root"]))


def _other(told: dict[str, Any]) -> Record:
    values = tuple(told["values"])
    canonical_json(values)  # ValueError: no number that JSON has
    return Other(str(told["table"]), values)


def _checked(told: dict[str, Any], numbers: tuple[str, ...]) -> dict[str, Any]:
    for name, value in told.items():
        if type(value) is not (int if name in numbers else str):
            raise TypeError(f"{name} is of another type")
    return told


_KINDS: dict[str, Callable[[dict[str, Any]], Record]] = {
    "key": _key,
    "seal": lambda told: Seal(**_checked(told, ("first_log", "last_log", "events"))),
    "part": _part,
    "event": _event,
    "other": _other,
}


def write(stream: IO[str], records: Iterable[Record], city: str, made_at: datetime) -> int:
    """Write an export, a record a line; how many."""
    head = {"type": "log", "format": FORMAT, "city": city, "made_at": format_instant(made_at)}
    stream.write(f"{canonical_json(head)}\n")
    count = 0
    for count, record in enumerate(records, 1):  # noqa: B007 - the number is what is told
        stream.write(f"{canonical_json(plain(record))}\n")
    return count


def plain(record: Record) -> dict[str, Any]:
    """A record as it is exported."""
    if isinstance(record, Row):
        return {"type": "event", **record._asdict()}
    if isinstance(record, Key):
        return {"type": "key", **{name: getattr(record, name) for name in KEY_COLUMNS}}
    if isinstance(record, Seal):
        return {"type": "seal", **{name: getattr(record, name) for name in SEAL_COLUMNS}}
    if isinstance(record, Part):
        leaves = [list(leaf) for leaf in record.leaves or ()]
        return {"type": "part", "root": record.root, "leaves": leaves}
    return {"type": "other", "table": record.table, "values": list(record.values)}


def of_file(path: Path) -> Iterator[Record]:
    """The records of an export. NotALog, or OSError."""
    number = 0
    with path.open(encoding="utf-8", errors="surrogateescape") as stream:
        for number, line in enumerate(stream, 1):
            record = _read(number, line)
            if record is not None:
                yield record
    if not number:
        raise NotALog(0, "the file is empty")


def _read(number: int, line: str) -> Record | None:
    try:
        told = json.loads(line)
        kind = told.pop("type")
        if number == 1:
            if kind != "log" or told["format"] != FORMAT:
                raise NotALog(1, f"not {FORMAT}")
            return None
        return _KINDS[kind](told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotALog(number, str(error) or type(error).__name__) from error


# ---- what is told outside -----------------------------------------------------------------------------------------


def pin_line(seal: Seal, key: Key) -> str:
    """A seal's hash for keeping elsewhere: a line of a file that grows, or to print."""
    told = {"format": PIN, "day": seal.day, "seal": seal.hash, "key_id": seal.key_id, "public": key.public}
    return canonical_json(told)


def pins_of(path: Path) -> list[Pin]:
    """What was kept. NotALog, or OSError."""
    out = []
    with path.open(encoding="utf-8", errors="surrogateescape") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                told = json.loads(line)
                if told["format"] != PIN:
                    raise NotALog(number, f"not {PIN}")
                out.append(Pin(str(told["day"]), str(told["seal"]), str(told["public"])))
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise NotALog(number, str(error)) from error
    return out
