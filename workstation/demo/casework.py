"""One case worked by the people of the city: every step is a command that the real workflow decides and applies."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ..workflow.apply import apply
from ..workflow.calendar import WorkCalendar
from ..workflow.case import Case
from ..workflow.context import Context
from ..workflow.decide import decide
from ..workflow.event import Actor, Command, Event, Refusal
from ..workflow.handbook import Handbook
from .population import Population

CHINA = ZoneInfo("Asia/Shanghai")

# When people are at work, as minutes of the day: the centre and the collectors every day, units on working days.
_DESK = (7 * 60 + 30, 21 * 60)
_FIELD = (7 * 60 + 30, 18 * 60 + 30)

REPEATED = frozenset({"progress"})
"""Steps that a case takes again and again: it stands still after the last one before today."""
_LAST = timedelta(hours=3, minutes=30)


class StoryBroken(Exception):
    """The workflow refused a step that the story needs: the story no longer fits the handbook."""

    def __init__(self, arrow: str, refusal: Refusal, case: Case | None) -> None:
        super().__init__(arrow, refusal, case.id if case else "")
        self.arrow = arrow
        self.refusal = refusal


class Stopped(Exception):
    """The story has reached the present, or the step it was to stop at."""


@dataclass
class Staff:
    """The people who act, ready as actors, and the hours they work."""

    population: Population
    calendar: WorkCalendar
    handbook: Handbook
    actors: dict[tuple[str, str], list[Actor]] = field(default_factory=dict)
    collectors: dict[str, Actor] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    crews: tuple[str, ...] = ()
    _slots: dict[int, tuple[list[float], list[tuple[datetime, datetime]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in self.population.people:
            for post in person.posts:
                actor = Actor(person.id, person.name, post, person.unit)
                self.actors.setdefault((post, ""), []).append(actor)
                self.actors.setdefault((post, person.unit), []).append(actor)
            for grid in person.grids:
                self.collectors.setdefault(grid, Actor(person.id, person.name, "collector", person.unit))
        self.parents = {unit.code: unit.parent for unit in self.population.units}
        self.crews = tuple(unit.code for unit in self.population.units if unit.kind == "crew")

    def has(self, post: str, unit: str = "") -> bool:
        """Whether anybody holds the post (in the unit)."""
        return (post, unit) in self.actors

    def pick(self, rng: random.Random, post: str, unit: str = "") -> Actor:
        """Somebody in the post (of the unit)."""
        found = self.actors[post, unit]
        return found[rng.randrange(len(found))]

    def at_work(self, when: datetime, who: str) -> datetime:
        """The first instant from ``when`` at which the desk, the field or a unit works; ``any`` works always."""
        if who == "any":
            return when
        if who == "unit":
            return self._unit(when)
        low, high = _DESK if who == "desk" else _FIELD
        local = when.astimezone(CHINA)
        minute = local.hour * 60 + local.minute
        if low <= minute < high:
            return when
        day = local.date() if minute < low else local.date() + timedelta(days=1)
        # Nobody comes in on the dot: the minutes of the arrival become minutes of the delay.
        begin = datetime.combine(day, time(low // 60, low % 60), CHINA) + timedelta(
            seconds=37 * (local.minute % 23) + local.second
        )
        return begin.astimezone(when.tzinfo)

    def _unit(self, when: datetime) -> datetime:
        week = int(when.timestamp() // 604_800)
        if week not in self._slots:
            start = datetime.fromtimestamp(week * 604_800, when.tzinfo)
            slots = self.calendar.working_intervals(start, start + timedelta(days=24))
            self._slots[week] = ([s.timestamp() for s, _ in slots], slots)
        starts, slots = self._slots[week]
        k = bisect_right(starts, when.timestamp()) - 1
        if k >= 0 and when < slots[k][1]:
            return when
        if k + 1 >= len(slots):
            return when
        begin, end = slots[k + 1]
        late = timedelta(seconds=23 * (when.minute + 3) + when.second)
        return begin + min(late, (end - begin) / 2)


@dataclass(frozen=True, slots=True)
class Aside:
    """A step of another case's story that happens to this one at its own time."""

    at: datetime
    arrow: str
    actor: Actor
    data: dict[str, Any]


@dataclass
class Hold:
    """Where a story stands still today: after ``arrow``, done at ``at`` (or as soon as possible after)."""

    arrow: str
    at: datetime | None = None
    before: str = ""


class Work:
    """The course of one case. ``events`` holds what was decided, ``case`` what it made of the case."""

    def __init__(
        self,
        staff: Staff,
        rng: random.Random,
        case_id: str,
        start: datetime,
        until: datetime,
        hold: Hold | None,
        asides: Sequence[Aside] = (),
    ) -> None:
        self.staff, self.rng, self.case_id = staff, rng, case_id
        self.now, self.until, self.hold = start, until, hold
        self.asides = deque(sorted(asides, key=lambda aside: aside.at))
        self.case: Case | None = None
        self.events: list[tuple[Event, Case]] = []

    def wait(self, minutes: float) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)

    def do(
        self,
        arrow: str,
        actor: Actor,
        who: str = "any",
        after: float = 0.0,
        optional: bool = False,
        **data: Any,
    ) -> bool:
        """Take one arrow ``after`` minutes, once ``who`` is at work. Stopped when that lies in the future.

        False when the step was ``optional`` and the workflow refused it.
        """
        hold = self.hold
        if hold and hold.before == arrow:
            raise Stopped
        at = self.now + timedelta(minutes=after)
        last = hold is not None and hold.arrow == arrow and not hold.before
        if last and hold is not None and hold.at is not None and arrow in REPEATED:
            last = self.staff.at_work(at, who) > hold.at - _LAST
        if last and hold is not None and hold.at is not None:
            at = max(self.now + timedelta(seconds=20), hold.at)
        else:
            at = self.staff.at_work(at, who)
        at = at.replace(microsecond=0)
        if at > self.until:
            if not last:
                raise Stopped
            at = self.until
        self._before(at)
        decided = self._decide(arrow, actor, at, data)
        if isinstance(decided, Refusal):
            if optional:
                return False
            raise StoryBroken(arrow, decided, self.case)
        self._take(decided)
        self.now = at
        if last:
            raise Stopped
        return True

    def rest(self) -> None:
        """The story is at its end or has reached the present: what others do to the case is still to be told."""
        self._before(self.until)

    def _before(self, at: datetime) -> None:
        """What others do to the case until then, where it is possible."""
        while self.case is not None and self.asides and self.asides[0].at <= at:
            aside = self.asides.popleft()
            decided = self._decide(aside.arrow, aside.actor, aside.at, aside.data)
            if isinstance(decided, Event):
                self._take(decided)

    def _decide(self, arrow: str, actor: Actor, at: datetime, data: dict[str, Any]) -> Event | Refusal:
        command = Command(arrow, self.case_id, f"{self.case_id}-{len(self.events) + 1:03d}", data)
        return decide(self.case, command, Context(at, actor, self.staff.handbook, self.staff.calendar))

    def _take(self, event: Event) -> None:
        self.case = apply(self.case, event)
        self.events.append((event, self.case))
