"""The editions of handbooks that cases were filed under: kept whole, for as long as there are such cases."""

from __future__ import annotations

import json
import threading
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from ..store import raw
from ..store.database import Database
from ..store.tables import handbook_edition as table
from ..workflow.event import format_instant
from ..workflow.handbook import Handbook
from .errors import NotFound


class Editions:
    """The editions of one city, each read from the database once."""

    def __init__(self, database: Database, in_force: Handbook) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._known = {in_force.id: in_force}

    def get(self, edition: str) -> Handbook:
        """The handbook of that id; NotFound when it was never kept."""
        with self._lock:
            known = self._known.get(edition)
        if known is not None:
            return known
        with self._database.read() as conn:
            content = conn.execute(select(table.c.content).where(table.c.id == edition)).scalar()
        if content is None:
            raise NotFound("no_such_edition", edition)
        handbook = Handbook.from_texts(json.loads(content))
        with self._lock:
            return self._known.setdefault(edition, handbook)

    @staticmethod
    def keep(conn: Connection, handbook: Handbook, now: datetime) -> None:
        """Store the edition in the caller's transaction, unless it is there."""
        if raw.first(conn, "SELECT 1 FROM handbook_edition WHERE id = ?", (handbook.id,)) is not None:
            return
        insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
        conn.execute(
            insert(table)
            .values(
                id=handbook.id,
                city=handbook.city,
                edition=handbook.edition,
                registered_at=format_instant(now),
                content=json.dumps(dict(handbook.texts), ensure_ascii=False),
            )
            .on_conflict_do_nothing()
        )
