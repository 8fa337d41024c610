"""A player: takes one case along its arrows as the people who may, and remembers every event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workstation.workflow.apply import apply
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import Case
from workstation.workflow.decide import Context, allowed, decide
from workstation.workflow.event import Actor, Command, Event, Refusal
from workstation.workflow.handbook import Handbook

SHANGHAI = ZoneInfo("Asia/Shanghai")

CENTRE = "C"
OPERATOR = Actor("o1", "王受理", "operator", CENTRE)
LEADER = Actor("s1", "李值班", "shift_leader", CENTRE)
DISPATCHER = Actor("d1", "赵派遣", "dispatcher", CENTRE)
COLLECTOR = Actor("k1", "孙采集", "collector", CENTRE)
OTHER_COLLECTOR = Actor("k2", "周采集", "collector", CENTRE)
COMMANDER = Actor("m1", "吴指挥", "commander", CENTRE)
EVALUATOR = Actor("e1", "郑考评", "evaluator", CENTRE)
SYSTEM = Actor("system", "系统", "system", "")
UNIT = "U1"
OTHER_UNIT = "U2"
RECEIVER = Actor("r1", "冯接收", "receiver", UNIT)
OTHER_RECEIVER = Actor("r2", "陈接收", "receiver", OTHER_UNIT)
HEAD = Actor("h1", "许负责", "unit_leader", UNIT)
DISTRICT = Actor("g1", "何区派", "district_dispatcher", UNIT)
INNER_UNIT = "U9"
INNER_RECEIVER = Actor("r9", "吕接收", "receiver", INNER_UNIT)

REPORT: dict[str, Any] = {
    "code": "32991120260302000001",
    "kind": "component",
    "class_code": "0101",
    "source": "collector",
    "description": "井盖缺失",
    "address": "清和路 12 号",
    "lon": 119.93,
    "lat": 32.46,
    "grid": "329911001001001",
    "area_class": "general",
}
SHORT = "component/0101/1"
"""2 urgent hours, with the milestones of a danger to the public."""
HOURS = "component/0101/2"
"""4 work hours."""
DAYS = "component/0101/4"
"""5 work days."""


def local(*parts: int) -> datetime:
    """A wall-clock instant in China, as aware UTC."""
    return datetime(*parts, tzinfo=SHANGHAI).astimezone(UTC)  # type: ignore[misc, arg-type]


class Play:
    """One case being worked on. ``now`` moves a minute with every step."""

    def __init__(self, handbook: Handbook, calendar: WorkCalendar, start: datetime | None = None) -> None:
        self.handbook = handbook
        self.calendar = calendar
        self.now = start or local(2026, 3, 2, 9, 0)
        self.case: Case | None = None
        self.events: list[Event] = []
        self.steps = 0
        self.certified = True

    def at(self, *parts: int) -> Play:
        """Go on at this wall-clock time."""
        self.now = local(*parts)
        return self

    def wait(self, **parts: float) -> Play:
        """Let time pass."""
        self.now += timedelta(**parts)
        return self

    def attempt(self, actor: Actor, name: str, **data: Any) -> Event | Refusal:
        """What deciding says; an event is applied, a refusal changes nothing."""
        self.steps += 1
        command = Command(name, "case-1", f"command-{self.steps}", data)
        context = Context(self.now, actor, self.handbook, self.calendar, self.certified)
        made = decide(self.case, command, context)
        if isinstance(made, Event):
            self.case = apply(self.case, made)
            self.events.append(made)
            self.now += timedelta(minutes=1)
        return made

    def do(self, actor: Actor, name: str, **data: Any) -> Case:
        """Take the arrow; the test fails where it is refused."""
        made = self.attempt(actor, name, **data)
        assert isinstance(made, Event), f"{name}: {made}"
        assert self.case is not None
        return self.case

    def refused(self, actor: Actor, name: str, **data: Any) -> Refusal:
        """The refusal; the test fails where the command is possible."""
        before = self.case
        made = self.attempt(actor, name, **data)
        assert isinstance(made, Refusal), f"{name} was possible"
        assert self.case is before
        return made

    def may(self, actor: Actor) -> set[str]:
        """The names of the arrows offered to somebody."""
        return {a.name for a in allowed(self.case, actor, self.handbook)}

    # ---- how far to go ----

    def registered(self, **fields: Any) -> Play:
        self.do(OPERATOR, "register", **{**REPORT, **fields})
        return self

    def filed(self, condition: str = DAYS, **fields: Any) -> Play:
        emergency = {"emergency": fields.pop("emergency")} if "emergency" in fields else {}
        self.registered(**fields)
        self.do(LEADER, "file", condition=condition, **emergency)
        return self

    def dispatched(self, condition: str = DAYS, cooperating: tuple[str, ...] = (), **fields: Any) -> Play:
        self.filed(condition, **fields)
        self.do(DISPATCHER, "dispatch", unit=UNIT, cooperating=list(cooperating))
        return self

    def received(self, condition: str = DAYS, cooperating: tuple[str, ...] = (), **fields: Any) -> Play:
        self.dispatched(condition, cooperating, **fields)
        self.do(RECEIVER, "receive")
        return self

    def fed_back(self, condition: str = DAYS) -> Play:
        self.received(condition)
        self.do(RECEIVER, "feed_back", note="已处置")
        return self

    def verified(self, result: str, condition: str = DAYS) -> Play:
        self.fed_back(condition)
        return self.verify(result)

    def verify(self, result: str) -> Play:
        self.do(OPERATOR, "send_verify", to=COLLECTOR.person)
        self.do(COLLECTOR, "verified", result=result)
        return self

    def again(self) -> Play:
        """Receive and feed back once more."""
        self.do(RECEIVER, "receive")
        self.do(RECEIVER, "feed_back")
        return self

    def voided(self, reason: str = "误报") -> Case:
        """Void it: the dispatcher proposes, the shift leader agrees."""
        request = f"void-{self.steps}"
        self.do(DISPATCHER, "propose_void", request_id=request, reason=reason)
        return self.do(LEADER, "grant_void", request_id=request)

    def suspended(self, until: datetime, request: str = "q") -> Play:
        self.do(RECEIVER, "ask_suspension", request_id=request, reason="待料", until=until)
        self.do(DISPATCHER, "grant_suspension", request_id=request)
        return self


def with_rules(handbook: Handbook, **rules: Any) -> Handbook:
    """The handbook with other switches."""
    return replace(handbook, rules=replace(handbook.rules, **rules))
