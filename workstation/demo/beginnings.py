"""When each case of the demo city begins and what it is about: this depends on the seed and the case's number alone."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from ..workflow.calendar import WorkCalendar
from ..workflow.handbook import Handbook
from ..workflow.limits import budget, is_working
from .casework import CHINA, Staff
from .incidents import Incident, Town, Weighted
from .plan import Plan
from .plane import stream
from .plots import SHOWN, Plot, desk_plot, disposal_plot, past_plot
from .wording import HOURS, PETTY, SOURCES, WEEKDAYS

DAYS = 60
"""How many days the cases go back, at as many cases a grid as the default city has. More cases go back further, not
faster: a city with a million cases in its log does not have a million on its desks."""
_MOST_DAYS = 1_000
_CASES_PER_GRID = 12.5
_LEAD = {
    "report": 0.0, "register": 6.0, "send_check": 12.0, "checked": 25.0, "file": 14.0, "dispatch": 22.0, "rapid": 22.0, "coordinate": 40.0,
    "<grant_void": 45.0,
}  # fmt: skip
"""Minutes from the report until a story usually has come to the arrow, checks on the spot apart."""

_PARTS = 250
"""Every so many cases one is a part of an earlier one, which was begun a while ago and is likely to be worked on."""
_A_WHILE = timedelta(minutes=100)


@dataclass(frozen=True, slots=True)
class Opening:
    """How a case begins: its number, the instant and its 19-digit code (6 district, 8 day, 5 serial)."""

    number: int
    start: datetime
    code: str
    twin: int


class Beginnings:
    """The beginnings of the cases of one city, and the people and sources there are for them."""

    def __init__(
        self, plan: Plan, handbook: Handbook, calendar: WorkCalendar, photos: dict[tuple[str, bool], str]
    ) -> None:
        self.plan, self.photos = plan, photos
        self.seed, self.count = plan.size.seed, plan.size.cases
        self.until = plan.size.until
        self.town = Town(plan, handbook)
        self.staff = Staff(plan.population, calendar, handbook)
        self.calendar = calendar
        self.shown = min(len(SHOWN), self.count)
        rest = self.count - self.shown
        fullness = self.count / plan.size.grids / _CASES_PER_GRID
        self.days = round(min(max(DAYS * fullness, DAYS), _MOST_DAYS))
        self.desk = round(0.04 * rest * DAYS / self.days)
        self.disposal = round(0.125 * rest * DAYS / self.days)
        self.sources = [source for source in SOURCES if source[0] in handbook.sources]
        self.by_day = Weighted([w for _, w, _, _ in self.sources])
        self.by_night = Weighted([w for _, _, w, _ in self.sources])
        district = str(plan.recipe.city["district_code"])
        self.centre, self.command = district + "C01", district + "C02"
        self.base = self._last_desk_hour()

    def _last_desk_hour(self) -> datetime:
        """The present, or where nobody is at work now the last evening: what lies on desks was put there then."""
        local = self.until.astimezone(CHINA)
        if local.hour < 8:
            return datetime.combine(local.date() - timedelta(days=1), time(20, 40), CHINA)
        return min(local, datetime.combine(local.date(), time(20, 40), CHINA))

    def rng(self, number: int) -> random.Random:
        """The random stream of one case."""
        return random.Random(f"{self.seed}/case/{number}")

    def plot(self, number: int, rng: random.Random) -> Plot:
        """What is to happen in the case."""
        if number < self.shown:
            return SHOWN[number]
        if number < self.shown + self.desk:
            return desk_plot(rng)
        if number < self.shown + self.desk + self.disposal:
            return disposal_plot(rng)
        if number % _PARTS == 0:
            return Plot(part=True, urgent=None)
        return past_plot(rng, rng.random() < 0.05)

    def problem(self, number: int) -> tuple[random.Random, Plot, Incident]:
        """What the case is about, its plot, and its random stream as far as it was used for that."""
        rng = self.rng(number)
        plot = self.plot(number, rng)
        warning = self.town.warning(rng) if plot.warning else None
        return rng, plot, warning or self.town.incident(rng, lambda made: self._fits(plot, made, rng))

    def _fits(self, plot: Plot, made: Incident, rng: random.Random) -> bool:
        """Whether the plot can be about this problem."""
        fast = made.condition.unit.startswith("urgent")
        days = made.condition.amount if made.condition.unit == "work_days" else 0
        if plot.urgent is not None and fast != plot.urgent:
            return False
        if plot.long and days < 3 and not (days and rng.random() < 0.25):
            return False
        if plot.end == "self":
            return made.class_code in PETTY and made.kind == "event"
        if plot.way == "rapid":
            rapid = self.staff.handbook.rapid
            return rapid is None or rapid.covers(made.kind, made.class_code)
        return not plot.inside or self.staff.has("district_dispatcher", self.staff.parents.get(made.unit, ""))

    # ---- beginnings --------------------------------------------------------------------------------------------

    def openings(self) -> list[Opening]:
        """All cases in order of time, with their codes and, for one to be merged, the number of an earlier one."""
        held = self.shown + self.desk + self.disposal
        starts = np.empty(self.count)
        for number in range(held):
            starts[number] = self._held_start(number).timestamp()
        starts[held:] = self._past_starts(self.count - held, starts[:held])
        self._bind(starts, held)
        order = np.argsort(starts, kind="stable")
        serial: dict[str, int] = {}
        result: list[Opening] = []
        district = str(self.plan.recipe.city["district_code"])
        earlier = -1
        recent: deque[tuple[datetime, int]] = deque(maxlen=400)
        # The next past case after each; and those that may be bound to one which is not the last before them.
        self._next = np.full(self.count, -1, np.int32)
        self._bound: dict[int, list[int]] = {}
        for number in order.tolist():
            start = datetime.fromtimestamp(float(starts[number]), CHINA)
            day = f"{district}{start:%Y%m%d}"
            serial[day] = serial.get(day, 0) + 1
            whole = earlier
            if number >= held and number % _PARTS == 0:
                whole = next((n for begun, n in reversed(recent) if begun < start - _A_WHILE), earlier)
            result.append(Opening(number, start, f"{day}{serial[day]:05d}", whole))
            if whole >= 0 and (whole != earlier or number < held):
                if number >= held or is_tied(self.plot(number, self.rng(number))):
                    self._bound.setdefault(whole, []).append(number)
            elif whole >= 0:
                self._next[whole] = number
            if number >= held:
                earlier = number
                recent.append((start, number))
        self.serials = serial
        self.by_number = sorted(result, key=lambda opening: opening.number)
        return result

    def followers(self, number: int) -> list[int]:
        """The cases that might be duplicates or parts of this one: whose ``twin`` it is."""
        following = int(self._next[number])
        return [*self._bound.get(number, ()), *([following] if following >= 0 else ())]

    def _bind(self, starts: np.ndarray, held: int) -> None:
        """In the smallest city too a duplicate and a part follow a case that is there still: they begin after it."""
        wholes = [
            number
            for number in range(held, min(self.count, held + 400))
            if (plot := self.plot(number, self.rng(number))).end == "closed"
            and not is_tied(plot)
            and 8 <= datetime.fromtimestamp(float(starts[number]), CHINA).hour < 16
        ]
        for number in range(self.shown):
            if is_tied(SHOWN[number]) and wholes:
                whole = wholes.pop(0)
                starts[number] = starts[whole] + (3900 if SHOWN[number].part else 240)

    def _past_starts(self, count: int, held: np.ndarray) -> np.ndarray:
        """Instants of report over the last days: busier of late, by weekday, holiday and hour.

        ``held`` are the reports there are already; each day gets what it lacks.
        """
        rng = stream(self.seed, "rhythm")
        today = self.until.astimezone(CHINA).date()
        days = [today - timedelta(days=n) for n in range(self.days)]
        weight = np.array(
            [
                (1 + 1.3 * np.exp(-n / 13))
                * (WEEKDAYS[d.weekday()] if self.calendar.is_working_day(d) else 0.55)
                for n, d in enumerate(days)
            ]
        )
        hours = np.array(HOURS)
        reached = self.until.astimezone(CHINA).hour + self.until.minute / 60
        weight[0] *= sum(w for h, w in enumerate(HOURS) if h < reached) / hours.sum()
        midnight = np.array([datetime.combine(d, time(), CHINA).timestamp() for d in days])
        there = np.bincount(np.clip(np.searchsorted(-midnight, -held), 0, self.days - 1), minlength=self.days)
        wanted = weight / weight.sum() * self.count
        weight = np.maximum(wanted - there, 0.12 * wanted)
        day = rng.choice(self.days, count, p=weight / weight.sum())
        hour = rng.choice(24, count, p=hours / hours.sum())
        early = [h for h in range(24) if h < reached]
        if early:
            first = np.array([HOURS[h] for h in early])
            hour[day == 0] = rng.choice(early, int((day == 0).sum()), p=first / first.sum())
        at = midnight[day] + hour * 3600 + rng.uniform(0, 3600, count)
        return np.minimum(np.floor(at), self.until.timestamp() - 60)

    def _held_start(self, number: int) -> datetime:
        """When a case must have begun to stand today where its plot wants it."""
        rng, plot, incident = self.problem(number)
        if not plot.hold:
            return self.base - timedelta(days=rng.uniform(14, 50), minutes=rng.uniform(0, 300))
        condition = incident.condition
        if plot.request == "return":
            return self.base - timedelta(minutes=rng.uniform(62, 90))
        if plot.share:
            used = plot.share * budget(condition.amount, condition.unit, self.calendar)
            if is_working(condition.unit):
                begun = self.calendar.instant(round(self.calendar.worked(self.base) - used))
            else:
                begun = self.base - timedelta(microseconds=used)
            return begun.astimezone(CHINA) - timedelta(minutes=rng.uniform(45, 75))
        ago = timedelta(minutes=sum(plot.ago) / 2)
        if plot.hold in _LEAD:
            checked = plot.checked and plot.hold in ("file", "dispatch", "coordinate")
            return self.base - ago - timedelta(minutes=_LEAD[plot.hold] + 14 * checked)
        days = max(0.35, 0.8 * budget(condition.amount, condition.unit, self.calendar) / 8.64e10)
        if is_working(condition.unit):
            days *= 4.0
        return self.base - timedelta(days=min(days, 12.0), minutes=rng.uniform(60, 200))


def is_tied(plot: Plot) -> bool:
    """Whether a plot has to do with another case."""
    return plot.end == "merged" or plot.part
