"""A centre over the city made by hand, run by the handbook of one of the five cities: people in every post, and a clock.

Whoever is named in a test is a person of :data:`PEOPLE` (or of the handmade city); steps go through the services as from the window.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update

from tests import handmade
from workstation.services.errors import NotFound, Refused
from workstation.services.lists.filter import CaseFilter
from workstation.services.lists.inbox import inbox
from workstation.services.services import Services
from workstation.store import tables
from workstation.store.database import Database
from workstation.workflow.case import Case, ClockRun, State
from workstation.workflow.event import Actor, Command, Refusal
from workstation.workflow.handbook import Condition, Handbook

CHINA = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
"""An ordinary working morning."""

# code → (name, kind, level, parent, division)
UNITS = {
    "CC": ("指挥中心", "centre", "city", "", ""),
    "QA": ("东区数字城管中心", "district", "district", "CC", "329911"),
    "QB": ("西区数字城管中心", "district", "district", "CC", "329912"),
    "A1": ("东区环卫所", "department", "unit", "QA", ""),
    "A2": ("东区市政所", "department", "unit", "QA", ""),
    "ST": ("城南街道", "street", "street", "QA", "329911001"),
    "CM": ("南门社区", "community", "community", "ST", "329911001001"),
    "CR": ("快速处置队", "crew", "unit", "CC", ""),
}
# person → (post, unit), beside those of the handmade city
PEOPLE = {
    "sl2": ("shift_leader", "C"),
    "qsl": ("shift_leader", "QA"),
    "ccd": ("dispatcher", "CC"),
    "adm": ("admin", "C"),
    "gis": ("gis", "C"),
    "lead2": ("unit_leader", "U2"),
    "qad": ("district_dispatcher", "QA"),
    "qbd": ("district_dispatcher", "QB"),
    "qal": ("unit_leader", "QA"),
    "a1": ("receiver", "A1"),
    "a2": ("receiver", "A2"),
    "st": ("street_terminal", "ST"),
    "cm": ("community_terminal", "CM"),
    "crew": ("receiver", "CR"),
}
POSTS = {**handmade.STAFF, **PEOPLE}


def build(path: Path) -> None:
    """The city in a new file, under the national handbook."""
    database = Database.create(str(path))
    handmade.fill(database)
    with database.write() as conn:
        conn.execute(
            insert(tables.unit),
            [
                {
                    "code": code, "name": name, "short_name": name, "kind": kind, "level": level, "parent": parent,
                    "head": "", "telephone": "", "active": True, "division": division, "geom": None,
                }
                for code, (name, kind, level, parent, division) in UNITS.items()
            ],
        )  # fmt: skip
        people = [
            {"id": key, "name": f"人员{key}", "unit_code": unit, "telephone": "", "active": True}
            for key, (_, unit) in PEOPLE.items()
        ]
        conn.execute(insert(tables.person), people)
        conn.execute(
            insert(tables.person_post),
            [{"person_id": key, "post": post} for key, (post, _) in PEOPLE.items()],
        )
    database.close()


class Town:
    """The centre at work. Time stands still but for a minute with every step, and where a test moves it."""

    def __init__(self, path: Path, handbook: str) -> None:
        database = Database.open(str(path))
        with database.write() as conn:
            conn.execute(update(tables.city).where(tables.city.c.key == "handbook").values(value=handbook))
        self.now = MONDAY.astimezone(UTC)
        self.services = Services(database, now=lambda: self.now)
        self._numbers = itertools.count(1)

    @property
    def handbook(self) -> Handbook:
        """The handbook in force."""
        return self.services.handbook

    def close(self) -> None:
        """Close the city."""
        self.services.close()

    # ---- time ---------------------------------------------------------------------------------------------------

    def at(self, *parts: int) -> Town:
        """Go on at this wall-clock time in China."""
        self.now = datetime(*parts, tzinfo=CHINA).astimezone(UTC)  # type: ignore[misc, arg-type]
        return self

    def later(self, **parts: float) -> Town:
        """Let time pass."""
        self.now += timedelta(**parts)
        return self

    # ---- people and steps ---------------------------------------------------------------------------------------

    def actor(self, who: str) -> Actor:
        """A person in their post; "system" is the system."""
        if who == "system":
            return Actor("system", "系统", "system")
        return self.services.people.actor(who, POSTS[who][0])

    def do(self, who: str, name: str, case: Case | None = None, **data: Any) -> Case:
        """Take a step; the test fails where it is refused."""
        self.later(minutes=1)
        case_id = case.id if case is not None else self.services.cases.new_case_id()
        command = Command(name, case_id, self.services.cases.new_command_id(), data)
        return self.services.cases.execute(command, self.actor(who)).case

    def refused(self, who: str, name: str, case: Case | None = None, **data: Any) -> Refusal:
        """Why the step is refused; the test fails where it is possible, or leaves a trace."""
        before = self.services.cases.get(case.id).seq if case is not None else 0
        try:
            self.do(who, name, case, **data)
        except Refused as refused:
            assert case is None or self.services.cases.get(case.id).seq == before
            return refused.refusal
        raise AssertionError(f"{name} by {who} was possible")

    def not_theirs(self, who: str, name: str, case: Case, **data: Any) -> bool:
        """Whether somebody is told no more of the case than that it is not theirs; the test fails where the step leaves a trace."""
        before = self.services.cases.get(case.id).seq
        with pytest.raises(NotFound) as told:
            self.do(who, name, case, **data)
        assert self.services.cases.get(case.id).seq == before
        return told.value.code == "not_yours"

    def may(self, who: str, case: Case | None = None) -> set[str]:
        """The steps that somebody is offered."""
        now = self.services.cases.get(case.id) if case is not None else None
        return {arrow.name for arrow in self.services.cases.allowed(now, self.actor(who))}

    def waits_for(self, who: str) -> set[str]:
        """The ids of the cases that wait for somebody."""
        return self.listed(inbox(self.actor(who), self.handbook))

    def listed(self, wanted: CaseFilter) -> set[str]:
        """The ids of the cases that a filter finds."""
        return {row.id for row in self.services.lists.page(wanted).rows}

    def case(self, case: Case) -> Case:
        """The case as it stands."""
        return self.services.cases.get(case.id)

    # ---- the handbook -------------------------------------------------------------------------------------------

    def condition(
        self, unit: str = "work_days", test: Callable[[Condition], bool] = lambda c: True
    ) -> Condition:
        """A filing condition whose limit is in this unit, and of which the test is true."""
        found = (c for c in self.handbook.all_conditions if c.unit == unit and not c.milestones and test(c))
        return next(found)

    # ---- how far to go ------------------------------------------------------------------------------------------

    def report(self, condition: Condition | None = None, **data: Any) -> dict[str, Any]:
        """The fields of a report: a collector's, of a problem that the condition is about."""
        about = condition or self.condition()
        return {
            "kind": about.kind, "class_code": about.class_code, "source": "collector", "description": "现场有问题",
            "address": "南门大街1号", "lon": handmade.WEST + 0.001, "lat": handmade.SOUTH + 0.001,
            "grid": handmade.GRID_WEST, "area_class": "core", **data,
        }  # fmt: skip

    def registered(self, condition: Condition | None = None, **data: Any) -> Case:
        """A case that the operator has accepted."""
        return self.do("op1", "register", **self.report(condition, **data))

    def filed(
        self, condition: Condition | None = None, filing: dict[str, Any] | None = None, **data: Any
    ) -> Case:
        """A case that the shift leader has filed; what is not a patrol's was checked first."""
        about = condition or self.condition()
        case = self.registered(about, **data)
        if self.handbook.sources[case.source].family != "patrol":
            self.do("op1", "send_check", case, to="col1")
            case = self.do("col1", "checked", case, result="true_report")
        fields = {
            "kind": about.kind,
            "class_code": about.class_code,
            "condition": about.key,
            **(filing or {}),
        }
        return self.do("sl1", "file", case, **fields)

    def dispatched(self, unit: str = "U1", order: dict[str, Any] | None = None, **data: Any) -> Case:
        """A case that a unit has been sent."""
        return self.sent(self.filed(**data), unit, **(order or {}))

    def sent(self, case: Case, unit: str, **order: Any) -> Case:
        """The dispatcher sends it to the unit, with a requirement."""
        return self.do("dis1", "dispatch", case, **{"unit": unit, "requirement": "按标准处置", **order})

    def received(self, unit: str = "U1", **data: Any) -> Case:
        """A case that the unit has received and, where the handbook wants that, its leader has approved."""
        return self.taken(self.dispatched(unit, **data))

    def taken(self, case: Case) -> Case:
        """The lead unit receives, and its leader approves where the handbook wants that."""
        assert case.lead is not None
        return self.approved(self.do(self.receiver(case.lead.unit), "receive", case))

    def taken_by_district(self, case: Case) -> Case:
        """The district's dispatcher receives, and its leader approves where the handbook wants that."""
        return self.approved(self.do("qad", "receive", case))

    def approved(self, case: Case) -> Case:
        """The unit's leader approves, where the handbook wants it."""
        if not self.handbook.rules.leader_approves or case.lead is None:
            return case
        leader = next(
            key for key, (post, unit) in POSTS.items() if (post, unit) == ("unit_leader", case.lead.unit)
        )
        return self.do(leader, "approve_receipt", case)

    def fed_back(self, unit: str = "U1", **data: Any) -> Case:
        """A case whose unit says that it is done."""
        return self.disposed(self.received(unit, **data))

    def disposed(self, case: Case, **data: Any) -> Case:
        """The lead unit does it: received and approved where it is not yet, fed back."""
        if case.state is State.DISPATCHED:
            case = self.taken(case)
        assert case.lead is not None
        return self.do(self.receiver(case.lead.unit), "feed_back", case, note="已处置", **data)

    def verified(self, case: Case, result: str) -> Case:
        """The collector has looked."""
        self.do("op1", "send_verify", case, to="col1")
        return self.do("col1", "verified", case, result=result)

    def closed(self, **data: Any) -> Case:
        """A case that has gone round the loop."""
        return self.do("sl1", "close", self.verified(self.fed_back(**data), "pass"))

    def receiver(self, unit: str) -> str:
        """Who receives for the unit."""
        return next(key for key, (post, of) in POSTS.items() if post == "receiver" and of == unit)


def due(case: Case, clock: str) -> str:
    """When a clock of the case is due, as wall-clock time in China."""
    run = running(case, clock)
    assert run.due_at is not None
    return f"{run.due_at.astimezone(CHINA):%m-%d %H:%M}"


def running(case: Case, clock: str) -> ClockRun:
    """A clock of the case."""
    run = case.clock(clock)
    assert run is not None, f"{clock} does not run"
    return run
