"""Units (专业部门): who they are, and how much they have in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Column, ColumnElement, Connection, and_, func, literal_column, select
from sqlalchemy import case as sql_case

from ..store.tables import cases, unit
from ..workflow.case import State
from ..workflow.event import Actor, format_instant
from .contacts import Contacts
from .scope import scope_in, subtree

if TYPE_CHECKING:
    from .services import Services

LOCAL = ZoneInfo("Asia/Shanghai")
IN_HAND = (State.DISPATCHED, State.RECEIVED, State.WORKING)


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """A unit. ``area_wkb`` is its area of responsibility (EPSG:4490), None where it has none of its own.

    ``parent`` is the unit above it; ``division`` the district, street or community that it answers for.
    """

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent: str
    head: str
    telephone: str
    area_wkb: bytes | None
    division: str = ""


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """Cases that a unit has in hand; of these, those past their deadline and those due before midnight."""

    open: int = 0
    overdue: int = 0
    due_today: int = 0


class Units(Contacts):
    """Reads units, and keeps their contacts."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db
        self._now = services.now

    def all(self) -> list[UnitInfo]:
        """Every active unit, by code."""
        c = unit.c
        query = (
            select(
                c.code,
                c.name,
                c.short_name,
                c.kind,
                c.level,
                c.parent,
                c.head,
                c.telephone,
                c.geom.ST_AsBinary(),
                c.division,
            )
            .where(c.active.is_(True))
            .order_by(c.code)
        )
        with self._database.read() as conn:
            return [
                UnitInfo(*row[:8], None if row[8] is None else bytes(row[8]), row[9])
                for row in conn.execute(query)
            ]

    def subtree(self, code: str) -> frozenset[str]:
        """The unit and every unit below it."""
        with self._database.read() as conn:
            return subtree(conn, code)

    def loads(self, actor: Actor | None = None) -> dict[str, UnitLoad]:
        """What each unit has in hand now, of those units that the actor sees; units with nothing are left out.

        A case that a district sent on inside itself is in the hands of both.
        """
        c = cases.c
        in_hand = c.state.in_([state.value for state in IN_HAND])
        with self._database.read() as conn:
            scope = scope_in(conn, actor, self._services.handbook) if actor is not None else None
            found = self._counted(conn, c.unit, in_hand & (c.unit != ""))
            # Led by the index of those cases that have an inner unit, which are few.
            on_it = func.coalesce(c.inner_state, "").in_(("sent", "received"))
            inner = self._counted(
                conn, c.inner_unit, and_(c.inner_unit != literal_column("''"), c.open.is_(True), on_it)
            )
        for code, more in inner.items():
            had = found.get(code, UnitLoad())
            found[code] = UnitLoad(
                had.open + more.open, had.overdue + more.overdue, had.due_today + more.due_today
            )
        return {code: load for code, load in found.items() if scope is None or code in scope.units}

    def _counted(
        self, conn: Connection, column: Column[str], which: ColumnElement[bool]
    ) -> dict[str, UnitLoad]:
        now = self._now()
        midnight = datetime.combine(now.astimezone(LOCAL).date() + timedelta(days=1), time(), LOCAL)
        due = cases.c.dispose_due_at
        here, then = format_instant(now), format_instant(midnight)
        query = (
            select(
                column,
                func.count(),
                func.sum(sql_case((due < here, 1), else_=0)),
                func.sum(sql_case(((due >= here) & (due < then), 1), else_=0)),
            )
            .where(which)
            .group_by(column)
        )
        return {row[0]: UnitLoad(int(row[1]), int(row[2]), int(row[3])) for row in conn.execute(query)}
