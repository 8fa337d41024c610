"""Units (专业部门): who they are, and how much they have in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from ...store.tables import unit
from ...workflow.case import State
from ...workflow.event import Actor, format_instant
from ..cases.scope import scope_in, subtree
from ..lists.statement_parts import gathered
from .contacts import Contacts

if TYPE_CHECKING:
    from ..services import Services

LOCAL = ZoneInfo("Asia/Shanghai")
IN_HAND = (State.DISPATCHED, State.RECEIVED, State.WORKING)
_LISTED = "code, name, short_name, kind, level, parent, head, telephone, division"
_LOADS = (
    "SELECT {unit} AS unit, count(*) AS open, sum(CASE WHEN dispose_due_at < ? THEN 1 ELSE 0 END) AS overdue,"
    " sum(CASE WHEN dispose_due_at >= ? AND dispose_due_at < ? THEN 1 ELSE 0 END) AS today"
    " FROM cases WHERE {which} GROUP BY {unit}"
)
_LEADS = _LOADS.format(
    unit="unit", which=f"unit <> '' AND state IN ({', '.join(repr(state.value) for state in IN_HAND)})"
)
# Led by the index of those cases that have an inner unit, which are few.
_INSIDE = _LOADS.format(
    unit="inner_unit", which="inner_unit <> '' AND open AND COALESCE(inner_state, '') IN ('sent', 'received')"
)


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

    def listed(self) -> list[UnitInfo]:
        """Every active unit, by code, without its area."""
        statement = f"SELECT {_LISTED} FROM unit WHERE active ORDER BY code"
        with self._database.glance() as conn:
            rows = gathered(conn, _LISTED, statement)
        return [UnitInfo(c, n, s, k, lv, p, h, tel, None, d) for c, n, s, k, lv, p, h, tel, d in rows]

    def subtree(self, code: str) -> frozenset[str]:
        """The unit and every unit below it."""
        with self._database.read() as conn:
            return subtree(conn, code)

    def loads(self, actor: Actor | None = None) -> dict[str, UnitLoad]:
        """What each unit has in hand now, of those units that the actor sees; units with nothing are left out.

        A case that a district sent on inside itself is in the hands of both.
        """
        with self._database.read() as conn:
            scope = scope_in(conn, actor, self._services.handbook) if actor is not None else None
            found, inner = self._counted(conn, _LEADS), self._counted(conn, _INSIDE)
        for code, more in inner.items():
            had = found.get(code, UnitLoad())
            found[code] = UnitLoad(
                had.open + more.open, had.overdue + more.overdue, had.due_today + more.due_today
            )
        return {code: load for code, load in found.items() if scope is None or code in scope.units}

    def _counted(self, conn: Connection, statement: str) -> dict[str, UnitLoad]:
        now = self._now()
        midnight = datetime.combine(now.astimezone(LOCAL).date() + timedelta(days=1), time(), LOCAL)
        here, then = format_instant(now), format_instant(midnight)
        rows = gathered(conn, "unit, open, overdue, today", statement, (here, here, then))
        return {row[0]: UnitLoad(int(row[1]), int(row[2]), int(row[3])) for row in rows}
