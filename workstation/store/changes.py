"""The change log: what was committed, in the order of the commits, for every seat that asks «what after N?»."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from ..workflow.event import format_instant
from . import postgis, raw
from .database import NOTIFY, Database

TOPICS = (
    *("case", "component", "grid", "unit", "city", "person"),
    *("handbook", "calendar", "handover", "operation", "meeting"),
)
"""What a change can be of. The key names the one that changed: case id, code, person id, edition, ..."""


class Change(NamedTuple):
    """One row of the change log: ``topic`` says of what kind ``key`` is."""

    id: int
    topic: str
    key: str


def reserve(conn: Connection, count: int) -> int:
    """Take ``count`` numbers of the change log in a row and return the first. Held in commit order until the end."""
    if conn.dialect.name == "postgresql":
        postgis.order_commits(conn)
        sequence = "pg_get_serial_sequence('change_log', 'id')"
        last = conn.exec_driver_sql(
            f"SELECT setval({sequence}, nextval({sequence}) + {count - 1})"
        ).scalar_one()
        conn.info[NOTIFY] = last
        return int(last) - count + 1
    found = conn.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'change_log'").scalar()
    return int(found or 0) + 1


def write(conn: Connection, rows: Sequence[tuple[int, str, str, str]]) -> None:
    """Write rows ``(id, topic, key, at)`` under numbers that :func:`reserve` gave."""
    raw.many(conn, "INSERT INTO change_log (id, topic, key, at) VALUES (?, ?, ?, ?)", rows)


def add(conn: Connection, topic: str, key: str, instant: str) -> int:
    """Write one line of the change log and return its number."""
    statement = "INSERT INTO change_log (topic, key, at) VALUES (?, ?, ?)"
    if conn.dialect.name == "postgresql":
        postgis.order_commits(conn)
        row = raw.first(conn, f"{statement} RETURNING id", (topic, key, instant))
        number = int(row[0]) if row else 0
        conn.info[NOTIFY] = number
        return number
    return int(raw.cursor(conn, statement, (topic, key, instant)).lastrowid)


def record(conn: Connection, topic: str, keys: Iterable[str], at: datetime) -> None:
    """Tell other seats, when this transaction is committed, that these things have changed."""
    listed = list(keys)
    if not listed:
        return
    first = reserve(conn, len(listed))
    instant = format_instant(at)
    write(conn, [(first + n, topic, key, instant) for n, key in enumerate(listed)])


class ChangeFeed:
    """Reads the change log of a city."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> int:
        """The number of the newest change; 0 when there is none."""
        with self._database.read() as conn:
            return int(conn.exec_driver_sql("SELECT max(id) FROM change_log").scalar() or 0)

    def since(self, number: int, limit: int = 10_000) -> list[Change]:
        """The changes after ``number``, oldest first, at most ``limit``."""
        with self._database.read() as conn:
            rows = conn.exec_driver_sql(
                f"SELECT id, topic, key FROM change_log WHERE id > {int(number)} ORDER BY id LIMIT {int(limit)}"
            )
            return [Change(*row) for row in rows]
