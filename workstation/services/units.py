"""Units (专业部门): who they are, how much they have in hand, and which of them a case belongs to, with the reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import shapely
from shapely import Point
from sqlalchemy import case as sql_case
from sqlalchemy import func, select

from ..store.database import Database
from ..store.tables import cases, component, unit, unit_duty
from ..workflow.case import Case, State
from ..workflow.event import format_instant

LOCAL = ZoneInfo("Asia/Shanghai")
IN_HAND = (State.DISPATCHED, State.RECEIVED, State.WORKING)

# What speaks for a unit, and how strongly. A unit that has returned the case is named last.
WEIGHTS = {
    "suggested": 6.0,
    "maintainer": 5.0,
    "owner": 4.0,
    "department": 3.0,
    "duty": 2.0,
    "area": 1.0,
    "returned": -10.0,
}


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """A unit. ``area_wkb`` is its area of responsibility (EPSG:4490), None where it has none of its own."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent: str
    head: str
    telephone: str
    area_wkb: bytes | None


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """Cases that a unit has in hand; of these, those past their deadline and those due before midnight."""

    open: int = 0
    overdue: int = 0
    due_today: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit for a case. ``reasons``: suggested (by the unit that returned it), maintainer, owner, department (of the
    component), duty (for the class), area (holds the point), returned (has given this case back)."""

    unit: str
    reasons: list[str]
    score: float


class Units:
    """Reads units."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

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
            )
            .where(c.active.is_(True))
            .order_by(c.code)
        )
        with self._database.read() as conn:
            return [
                UnitInfo(*row[:8], None if row[8] is None else bytes(row[8])) for row in conn.execute(query)
            ]

    def loads(self) -> dict[str, UnitLoad]:
        """What each unit has in hand now; units with nothing are left out."""
        now = self._now()
        midnight = datetime.combine(now.astimezone(LOCAL).date() + timedelta(days=1), time(), LOCAL)
        c = cases.c
        here, then = format_instant(now), format_instant(midnight)
        query = (
            select(
                c.unit,
                func.count(),
                func.sum(sql_case((c.dispose_due_at < here, 1), else_=0)),
                func.sum(sql_case(((c.dispose_due_at >= here) & (c.dispose_due_at < then), 1), else_=0)),
            )
            .where(c.state.in_([state.value for state in IN_HAND]), c.unit != "")
            .group_by(c.unit)
        )
        with self._database.read() as conn:
            return {row[0]: UnitLoad(int(row[1]), int(row[2]), int(row[3])) for row in conn.execute(query)}

    def suggest(self, case: Case) -> list[Suggestion]:
        """The units that something speaks for, the best first; equal ones by code."""
        reasons: dict[str, dict[str, float]] = {}

        def say(code: str, reason: str, weight: float) -> None:
            if code in active:
                reasons.setdefault(code, {}).setdefault(reason, weight)

        with self._database.read() as conn:
            active = {
                row.code: row.area
                for row in conn.execute(
                    select(unit.c.code, unit.c.geom.ST_AsBinary().label("area")).where(
                        unit.c.active.is_(True),
                        unit.c.kind != "centre",  # supervises, and does not dispose
                    )
                )
            }
            for request in case.requests:
                if request.kind == "return" and request.answer == "granted":
                    say(request.unit, "returned", WEIGHTS["returned"])
                    say(str(request.data.get("suggested_unit", "")), "suggested", WEIGHTS["suggested"])
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
