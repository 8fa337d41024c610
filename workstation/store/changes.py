"""The change log: what was committed, in the order of the commits, for every seat that asks «what after N?»."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from ..workflow.event import format_instant
from . import raw

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from .database import Database

TOPICS = (
    *("case", "component", "grid", "unit", "city", "person"),
    *("handbook", "calendar", "handover", "operation", "meeting", "position"),
)
"""What a change can be of. The key names the one that changed: case id, code, person id, edition, ..."""
NOTIFY = "workstation"
"""The channel on which PostGIS tells of the newest change (:func:`news`), and the key under which a transaction keeps its
number."""
LONGEST_NEWS = 7900
"""Bytes of a notification; PostgreSQL takes no more than 8000."""
_TRUSTED = "workstation.trusted"
"""Under which a connection keeps what :func:`is_trusted` found."""
LOCK_KEY = 0x6369_7479
"""The advisory lock that is held on PostGIS from taking a number of the change log to the commit.

Numbers of a sequence are not given out in the order of the commits: a seat that has read up to 10 would never see
a 9 that is committed later. Holding this lock makes number order commit order.
"""


class Change(NamedTuple):
    """One row of the change log: ``topic`` says of what kind ``key`` is."""

    id: int
    topic: str
    key: str


def order_commits(conn: Connection) -> None:
    """Wait until this transaction is the only one on the server that takes numbers of the change log.

    Whoever needs rows that another may hold takes them before: nobody who has this lock waits for a row.
    """
    raw.cursor(conn, f"SELECT pg_advisory_xact_lock({LOCK_KEY})")


def reserve(conn: Connection, count: int) -> int:
    """Take ``count`` numbers of the change log in a row and return the first. Held in commit order until the end."""
    if conn.dialect.name == "postgresql":
        order_commits(conn)
        sequence = "pg_get_serial_sequence('change_log', 'id')"
        last = _number(conn, f"SELECT setval({sequence}, nextval({sequence}) + {count - 1})")
        conn.info[NOTIFY] = last
        return last - count + 1
    return _number(conn, "SELECT seq FROM sqlite_sequence WHERE name = 'change_log'") + 1


def _number(conn: Connection, statement: str) -> int:
    row = raw.first(conn, statement)
    return int(row[0] or 0) if row else 0


def write(conn: Connection, rows: Sequence[tuple[int, str, str, str]]) -> None:
    """Write rows ``(id, topic, key, at)`` under numbers that :func:`reserve` gave."""
    raw.many(conn, "INSERT INTO change_log (id, topic, key, at) VALUES (?, ?, ?, ?)", rows)


_ADD = "INSERT INTO change_log (topic, key, at) VALUES (?, ?, ?)"
# :func:`order_commits` and adding in one statement: the number is taken for a row that is there when the lock is held.
_ADD_IN_ORDER = (
    f"WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock({LOCK_KEY}) IS NOT NULL AS taken)"
    " INSERT INTO change_log (topic, key, at) SELECT ?, ?, ? FROM held WHERE taken RETURNING id"
)


def add(conn: Connection, topic: str, key: str, instant: str) -> int:
    """Write one line of the change log and return its number. On PostGIS a person's line has the server's time."""
    if conn.dialect.name == "postgresql":
        if not is_trusted(conn):
            return _tell(conn, topic, [key])
        row = raw.first(conn, _ADD_IN_ORDER, (topic, key, instant))
        number = int(row[0]) if row else 0
        conn.info[NOTIFY] = number
        return number
    return int(raw.cursor(conn, _ADD, (topic, key, instant)).lastrowid)


def record(conn: Connection, topic: str, keys: Iterable[str], at: datetime) -> None:
    """Tell other seats, when this transaction is committed, that these things have changed."""
    listed = list(keys)
    if not listed:
        return
    if not is_trusted(conn):
        _tell(conn, topic, listed)
        return
    first = reserve(conn, len(listed))
    instant = format_instant(at)
    write(conn, [(first + n, topic, key, instant) for n, key in enumerate(listed)])


def is_trusted(conn: Connection) -> bool:
    """Whether this login may write the change log itself: whoever owns the city, and the program inside the server."""
    if conn.dialect.name != "postgresql" or conn.dialect.driver == raw.INSIDE:
        return True
    if _TRUSTED not in conn.info:
        made = raw.first(conn, "SELECT to_regprocedure('door.is_owner()') IS NOT NULL") == (True,)
        conn.info[_TRUSTED] = not made or raw.first(conn, "SELECT door.is_owner()") == (True,)
    return bool(conn.info[_TRUSTED])


def _tell(conn: Connection, topic: str, keys: list[str]) -> int:
    """Let the server write the lines; the number of the last."""
    row = raw.first(conn, "SELECT door.tell(?, ?)", (topic, keys))
    conn.info[NOTIFY] = number = int(row[0]) if row else 0
    return number


def news(written: Sequence[tuple[int, str]]) -> str:
    """What PostGIS tells of these cases, each with its number in the change log: ``[first, [case, …]]``, where the numbers
    follow each other and it is not too long; else the last number, and who hears of it reads the change log."""
    numbers = [number for number, _ in written]
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        told = json.dumps([numbers[0], [case_id for _, case_id in written]], separators=(",", ":"))
        if len(told) <= LONGEST_NEWS:
            return told
    return str(max(numbers))


def told_by(text: str) -> list[Change]:
    """The changes that a notification tells of itself; none where the change log must be asked. It may be anybody's."""
    try:
        first, cases = json.loads(text)
        return [Change(int(first) + n, "case", str(key)) for n, key in enumerate(cases)]
    except (ValueError, TypeError, OverflowError, RecursionError):
        return []


class ChangeFeed:
    """Reads the change log of a city."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> int:
        """The number of the newest change; 0 when there is none."""
        with self._database.read() as conn:
            return _number(conn, "SELECT max(id) FROM change_log")

    def since(self, number: int, limit: int = 10_000) -> list[Change]:
        """The changes after ``number``, oldest first, at most ``limit``."""
        with self._database.read() as conn:
            statement = "SELECT id, topic, key FROM change_log WHERE id > ? ORDER BY id LIMIT ?"
            return [Change(*row) for row in raw.all_rows(conn, statement, (number, limit))]
