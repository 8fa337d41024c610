"""Units (专业部门): who they are, how much they have in hand, and which of them a case belongs to, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import shapely
from shapely import Point
from sqlalchemy import Column, ColumnElement, Connection, and_, func, literal_column, select
from sqlalchemy import case as sql_case

from ..store.tables import cases, component, unit, unit_duty
from ..workflow.case import Case, State
from ..workflow.event import Actor, format_instant
from .contacts import Contacts
from .scope import scope_in, subtree

if TYPE_CHECKING:
    from .services import Services

LOCAL = ZoneInfo("Asia/Shanghai")
IN_HAND = (State.DISPATCHED, State.RECEIVED, State.WORKING)

# What speaks for a unit, and how strongly. A unit that has returned the case is named last.
WEIGHTS = {
    "suggested": 6.0,
    "maintainer": 5.0,
    "rule": 4.5,
    "owner": 4.0,
    "department": 3.0,
    "duty": 2.0,
    "area": 1.0,
    "returned": -10.0,
}


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


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit for a case. ``reasons``: suggested (by the unit that returned it), maintainer, owner, department (of the
    component), rule (of the handbook's responsibilities), duty (for the class), area (holds the point), returned (has given this case back)."""

    unit: str
    reasons: list[str]
    score: float


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

    def suggest(self, case: Case, inside: str = "") -> list[Suggestion]:
        """The units that something speaks for, the best first; equal ones by code.

        ``inside``: only units below this one, for a district that dispatches inside itself.
        """
        reasons: dict[str, dict[str, float]] = {}

        def say(code: str, reason: str, weight: float) -> None:
            if code in active:
                reasons.setdefault(code, {}).setdefault(reason, weight)

        with self._database.read() as conn:
            below = subtree(conn, inside) - {inside} if inside else None
            active = {
                row.code: row.area
                for row in conn.execute(
                    select(unit.c.code, unit.c.geom.ST_AsBinary().label("area")).where(
                        unit.c.active.is_(True),
                        unit.c.kind != "centre",  # supervises, and does not dispose
                    )
                )
                if below is None or row.code in below
            }
            for request in case.requests:
                if request.kind == "return" and request.answer == "granted":
                    say(request.unit, "returned", WEIGHTS["returned"])
                    say(str(request.data.get("suggested_unit", "")), "suggested", WEIGHTS["suggested"])
            for rule in self._services.handbook.responsibilities:
                if rule.covers(case.kind, case.class_code):
                    say(rule.unit, "rule", WEIGHTS["rule"])
            if case.component:
                c = component.c
                found = conn.execute(
                    select(c.maintainer_code, c.owner_code, c.dept_code).where(c.code == case.component)
                ).first()
                for code, reason in zip(found or (), ("maintainer", "owner", "department"), strict=False):
                    say(code, reason, WEIGHTS[reason])
            duties = conn.execute(
                select(unit_duty.c.unit_code, unit_duty.c.class_prefix).where(unit_duty.c.kind == case.kind)
            )
            for code, prefix in sorted(((row[0], row[1]) for row in duties), key=lambda duty: -len(duty[1])):
                # A duty told for the very class says more than one for everything of the kind.
                if case.class_code.startswith(prefix):
                    say(code, "duty", WEIGHTS["duty"] + len(prefix) / 10)
        if case.lon is not None and case.lat is not None:
            point = Point(case.lon, case.lat)
            for code, wkb in active.items():
                if code in reasons and wkb is not None and shapely.from_wkb(bytes(wkb)).intersects(point):
                    say(code, "area", WEIGHTS["area"])
        out = [Suggestion(code, list(found), sum(found.values())) for code, found in reasons.items()]
        return sorted(out, key=lambda item: (-item.score, item.unit))
