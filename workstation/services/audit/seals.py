"""Daily seals: a Merkle root over what the log has gained, chained to the seal before, signed outside the database.

A seal covers a range of the log's own numbers, from where the one before ended to the last number that was given before
midnight (Asia/Shanghai). The numbers grow with the commits whatever instants the events tell, so that a case imported
with its old dates is new in the day it was imported, and no false alarm. What is written, and how it is hashed, says
docs/log-format.md.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from ...store import raw
from ...store.database import Database
from ...workflow.event import canonical_json, format_instant
from . import merkle
from .sealing_keys import Key, SealRefused, Signer, keys_of, of_type, register

if TYPE_CHECKING:
    from sqlalchemy import Connection

CITY_TIME = ZoneInfo("Asia/Shanghai")
FIRST = "0" * 64
"""What the first seal names as the one before it."""
STATEMENT = "workstation-seal/1"

OTHERS: Mapping[str, tuple[str, ...]] = {
    "account_event": ("id", "person_id", "at", "kind", "by", "seat", "detail"),
    "attempt": ("id", "at", "person_id", "role", "post", "what", "code", "detail"),
    "person_change": ("id", "person_id", "at", "kind", "detail", "by"),
    "personal_look": ("at", "id", "case_id", "person_id", "name", "post", "reason", "fields", "xact"),
}
"""The logs beside the cases' that are sealed with it: what of their rows, by what (the first column) they are in order.

Rows are in the order of the whole of these columns where the first does not decide.
"""
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as it lies in the database. ``others``: by the table, ``from`` (exclusive), ``to``, ``count``, ``root``."""

    day: str
    first_log: int
    last_log: int
    events: int
    root: str
    previous: str
    key_id: str
    signature: str
    made_at: str
    others: str

    @property
    def statement(self) -> str:
        """What is signed."""
        return canonical_json(
            [
                *(STATEMENT, self.day, self.first_log, self.last_log, self.events, self.root),
                *(self.previous, self.key_id, self.made_at, self.others),
            ]
        )

    @property
    def hash(self) -> str:
        """What the next seal names this one by, and what is pinned elsewhere."""
        return hashlib.sha256(self.statement.encode("utf-8", "surrogatepass")).hexdigest()


class Leaf(NamedTuple):
    """What a seal says of one event. ``hash`` is the event's own, which is over all the rest of its row."""

    log_id: int
    case_id: str
    seq: int
    at: str
    hash: str

    @property
    def digest(self) -> bytes:
        """The leaf's hash in the tree."""
        case_id, at, digest = quoted(self.case_id), quoted(self.at), quoted(self.hash)
        text = f"[{self.log_id},{case_id},{self.seq},{at},{digest}]"
        return merkle.leaf_hash(text.encode("utf-8", "surrogatepass"))


SEAL_COLUMNS = (
    *("day", "first_log", "last_log", "events", "root", "previous", "key_id", "signature", "made_at"),
    "others",
)
_SEALS = f"SELECT {', '.join(SEAL_COLUMNS)} FROM seal"
_LEAVES = (
    "SELECT log_id, case_id, seq, at, hash FROM case_event WHERE log_id > ? AND log_id <= ?"
    " ORDER BY log_id LIMIT ?"
)


def seals_of(conn: Connection) -> list[Seal]:
    """Every seal, the oldest first."""
    return [_seal(row) for row in raw.all_rows(conn, f"{_SEALS} ORDER BY day")]


def newest(conn: Connection) -> Seal | None:
    """The newest seal; None when nothing was sealed yet."""
    row = raw.first(conn, f"{_SEALS} ORDER BY day DESC LIMIT 1")
    return None if row is None else _seal(row)


_NUMBERS = ("first_log", "last_log", "events")


def _seal(row: tuple[Any, ...]) -> Seal:
    """A seal. SQLite keeps values of any type in any column for who writes past the program; then nobody has signed that."""
    pairs = zip(SEAL_COLUMNS, row, strict=True)
    return Seal(*(of_type(value, int if name in _NUMBERS else str) for name, value in pairs))


def parts_of(conn: Connection, day: str) -> Iterator[tuple[int, str, bytes]]:
    """The parts of a seal in order: last number, root, packed leaves."""
    number = -1
    while True:
        row = raw.first(
            conn,
            "SELECT part, last_log, root, content FROM seal_part WHERE day = ? AND part > ? ORDER BY part LIMIT 1",
            (day, number),
        )
        if row is None:
            return
        number = row[0]
        content = row[3] if isinstance(row[3], bytes | memoryview) else b""
        yield of_type(row[1], int), of_type(row[2], str), bytes(content)


def packed(leaves: list[Leaf]) -> bytes:
    """Leaves as they are kept."""
    return zlib.compress(canonical_json([list(leaf) for leaf in leaves]).encode())


MOST_UNPACKED = 1 << 24
"""Bytes of a part's leaves at most: a part is a thousand of them."""


def unpacked(content: bytes) -> list[Leaf]:
    """The leaves again; ValueError when they are none."""
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(content, MOST_UNPACKED)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if stream.unconsumed_tail or not stream.eof:
        raise ValueError("not the leaves of a part")
    return leaves_of(json.loads(text))


def leaves_of(rows: Any) -> list[Leaf]:
    """Leaves from their plain lists; ValueError when they are none."""
    try:
        leaves = [Leaf(*row) for row in rows]
    except TypeError as error:
        raise ValueError("not the leaves of a part") from error
    if any(tuple(map(type, leaf)) != (int, str, int, str, str) for leaf in leaves):
        raise ValueError("not the leaves of a part")
    return leaves


def day_of(instant: datetime) -> date:
    """The city's day."""
    return instant.astimezone(CITY_TIME).date()


def end_of(day: date) -> datetime:
    """The midnight that ends a day of the city."""
    return datetime.combine(day + timedelta(days=1), time(), CITY_TIME).astimezone(UTC)


def seal(
    database: Database,
    signer: Signer,
    now: datetime,
    until: date | None = None,
    progress: Progress | None = None,
) -> list[Seal]:
    """Seal every full day up to ``until`` (yesterday) that is not yet; what was made.

    The first seal ever covers everything before it. A key that the city does not know is registered with the first
    seal only. SealRefused: ``day_not_over``, ``unknown_key``, ``seal_broken`` (the newest seal is not by its key).
    """
    last_full = day_of(now) - timedelta(days=1)
    if until is not None and until > last_full:
        raise SealRefused("day_not_over", day=until.isoformat())
    until = until or last_full
    made: list[Seal] = []
    ends = _ends(database, end_of(until))
    with database.write() as conn:
        if conn.dialect.name == "postgresql":
            raw.cursor(conn, "LOCK TABLE seal IN SHARE ROW EXCLUSIVE MODE")
        before = newest(conn)
        keys = keys_of(conn)
        if before is None and not keys:
            keys = [register(conn, signer, now)]
        _may_sign(signer, keys, before)
        day = until if before is None else date.fromisoformat(before.day) + timedelta(days=1)
        while day <= until:
            before = _seal_day(conn, signer, day, before, now, ends, progress)
            made.append(before)
            day += timedelta(days=1)
    return made


def _may_sign(signer: Signer, keys: list[Key], before: Seal | None) -> None:
    by_id = {key.key_id: key for key in keys}
    known = by_id.get(signer.key_id)
    if known is None or known.until is not None:
        raise SealRefused("unknown_key", key=signer.key_id)
    if before is not None:
        signed_by = by_id.get(before.key_id)
        if signed_by is None or not signed_by.signed(before.statement, before.signature):
            raise SealRefused("seal_broken", day=before.day)


def _ends(database: Database, midnight: datetime) -> dict[str, Any]:
    """The last key of each of the other logs that is settled.

    On a server numbers are given before they are committed, so whoever is writing is waited for; that is a moment, and
    nobody waits for the sealing itself. The cases' log needs none of it: its numbers are given in the commits' order.
    """
    out: dict[str, Any] = {}
    with database.write() as conn:
        if conn.dialect.name == "postgresql":
            raw.cursor(conn, f"LOCK TABLE {', '.join(OTHERS)} IN SHARE MODE")
        for table, columns in OTHERS.items():
            if columns[0] == "at":
                out[table] = format_instant(midnight)
            else:
                row = raw.first(conn, f"SELECT max(id) FROM {table}")
                out[table] = (row[0] if row is not None else None) or 0
    return out


def _seal_day(
    conn: Connection,
    signer: Signer,
    day: date,
    before: Seal | None,
    now: datetime,
    ends: Mapping[str, Any],
    progress: Progress | None,
) -> Seal:
    first = before.last_log + 1 if before is not None else 1
    last = max(first - 1, _cut(conn, first, end_of(day), now))
    tree = merkle.Growing()
    events = 0
    after = first - 1
    while True:
        leaves = [Leaf(*row) for row in raw.all_rows(conn, _LEAVES, (after, last, merkle.PART))]
        if not leaves:
            break
        root = merkle.root_of(leaf.digest for leaf in leaves)
        raw.cursor(
            conn,
            "INSERT INTO seal_part (day, part, last_log, root, content) VALUES (?, ?, ?, ?, ?)",
            (day.isoformat(), tree.count, leaves[-1].log_id, root.hex(), packed(leaves)),
        )
        tree.add(root)
        events += len(leaves)
        after = leaves[-1].log_id
        if progress is not None:
            progress(events)
    others = _others(conn, json.loads(before.others) if before is not None else {}, ends)
    made = Seal(
        day.isoformat(),
        *(first, last, events, tree.root.hex()),
        before.hash if before is not None else FIRST,
        *(signer.key_id, "", format_instant(now), canonical_json(others)),
    )
    made = signer.sealed(made)
    marks = ", ".join("?" * len(SEAL_COLUMNS))
    values = [getattr(made, name) for name in SEAL_COLUMNS]
    raw.cursor(conn, f"INSERT INTO seal ({', '.join(SEAL_COLUMNS)}) VALUES ({marks})", values)
    return made


def _cut(conn: Connection, first: int, midnight: datetime, now: datetime) -> int:
    """The last number before midnight: what comes before the first line that tells a later instant (and not a future one)."""
    row = raw.first(
        conn,
        "SELECT min(id) FROM change_log WHERE id >= ? AND at >= ? AND at <= ?",
        (first, format_instant(midnight), format_instant(now)),
    )
    if row is not None and row[0] is not None:
        return int(row[0]) - 1
    row = raw.first(conn, "SELECT max(log_id) FROM case_event")
    return int(row[0]) if row is not None and row[0] is not None else first - 1


def _others(conn: Connection, before: Mapping[str, Any], ends: Mapping[str, Any]) -> dict[str, Any]:
    """What each of the other logs has gained since the seal before."""
    out: dict[str, Any] = {}
    for table, to in ends.items():
        after = before.get(table, {}).get("to")
        tree = merkle.Growing()
        for values in other_rows(conn, table, after, to):
            tree.add(other_digest(table, values))
        out[table] = {"from": after, "to": to, "count": tree.count, "root": tree.root.hex()}
    return out


def other_rows(conn: Connection, table: str, after: Any, to: Any) -> Iterator[tuple[Any, ...]]:
    """Rows of another log in order, of what lies after ``after`` (None: from the beginning) up to ``to``."""
    columns = ", ".join(f'"{name}"' for name in OTHERS[table])
    key = OTHERS[table][0]
    where, values = [], []
    for sign, value in ((">", after), ("<=", to)):
        if value is not None:
            where.append(f'"{key}" {sign} ?')
            values.append(value)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    yield from raw.cursor(conn, f"SELECT {columns} FROM {table}{condition} ORDER BY {columns}", values)


def other_digest(table: str, values: Any) -> bytes:
    """The leaf of a row of another log."""
    return merkle.leaf_hash(canonical_json([table, *values]).encode("utf-8", "surrogatepass"))
