"""The editions of handbooks in the database: read once each, kept whole, and which of them holds on which day."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ...store import raw
from ...workflow.event import format_instant
from ...workflow.handbook import Handbook
from ..errors import NotFound

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ...store.database import Database

LOCAL = ZoneInfo("Asia/Shanghai")
APPROVED = "approved"

_CONTENT = "SELECT content FROM handbook_edition WHERE id = ? AND status = 'approved'"
_KEEP = (
    "INSERT INTO handbook_edition (id, city, edition, registered_at, content, status, valid_from)"
    " VALUES (?, ?, ?, ?, ?, 'approved', ?) ON CONFLICT DO NOTHING"
)
_LISTED = (
    "SELECT id, valid_from FROM handbook_edition"
    " WHERE status = 'approved' AND approved_at IS NOT NULL AND city = ? ORDER BY valid_from, approved_at"
)


class Editions:
    """The editions of one city, each read from the database once."""

    def __init__(self, database: Database, shipped: Handbook) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._known = {shipped.id: shipped}

    def get(self, edition: str) -> Handbook:
        """The handbook of that id; NotFound when it was never kept, or is a draft still."""
        with self._lock:
            known = self._known.get(edition)
        if known is not None:
            return known
        with self._database.read() as conn:
            handbook = kept_edition(conn, edition)
        with self._lock:
            return self._known.setdefault(edition, handbook)

    @staticmethod
    def keep(conn: Connection, handbook: Handbook, now: datetime) -> None:
        """Store the edition in the caller's transaction, unless it is there."""
        if raw.first(conn, "SELECT 1 FROM handbook_edition WHERE id = ?", (handbook.id,)) is not None:
            return
        content = json.dumps(dict(handbook.texts), ensure_ascii=False)
        head = (handbook.id, handbook.city, handbook.edition, format_instant(now))
        raw.cursor(conn, _KEEP, (*head, content, handbook.valid_from))


def kept_edition(conn: Connection, edition: str) -> Handbook:
    """The edition as it was kept; NotFound when it never was, or is a draft still."""
    row = raw.first(conn, _CONTENT, (edition,))
    if row is None:
        raise NotFound("no_such_edition", edition)
    return Handbook.from_texts(json.loads(row[0]), kept=True)


def approved(conn: Connection, city: str) -> list[tuple[str, date]]:
    """The city's approved editions, each with the day from which it holds; of those of one day the last holds."""
    return [(row[0], date.fromisoformat(row[1])) for row in raw.all_rows(conn, _LISTED, (city,))]


@dataclass(frozen=True, slots=True)
class _Turn:
    """From when on an edition holds."""

    at: datetime
    handbook: Handbook


class InForce:
    """Which handbook holds now: the approved edition whose day has come, else the one that ships with the program.

    Asked for with every label, so it looks at the clock only while an edition is waiting for its day, and never at the
    database: :meth:`load` does that when the services are opened and whenever an edition was approved, here or elsewhere.
    """

    def __init__(
        self, database: Database, editions: Editions, shipped: Handbook, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._editions = editions
        self._shipped = shipped
        self._now = now
        self._lock = threading.Lock()
        self._current = shipped
        self._coming: tuple[_Turn, ...] = ()
        self.load()

    def load(self) -> None:
        """Read again what is approved."""
        today = self._now().astimezone(LOCAL).date()
        with self._database.read() as conn:
            listed = approved(conn, self._shipped.city)
        reached = [edition for edition, day in listed if day <= today]
        current = self._editions.get(reached[-1]) if reached else self._shipped
        coming = tuple(
            _Turn(datetime.combine(day, time(), LOCAL), self._editions.get(edition))
            for edition, day in listed
            if day > today
        )
        with self._lock:
            self._current, self._coming = current, coming

    @property
    def handbook(self) -> Handbook:
        """The handbook that holds at this moment."""
        if self._coming:
            now = self._now()
            with self._lock:
                while self._coming and self._coming[0].at <= now:
                    self._current = self._coming[0].handbook
                    self._coming = self._coming[1:]
        return self._current
