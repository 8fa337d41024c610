"""All cases of the demo city: when each begins, what it is about, and its playing through the real workflow, in order of
time and in parts, so that any number fits in memory. What a case is depends on the seed and its number alone."""

from __future__ import annotations

import multiprocessing
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from multiprocessing.pool import AsyncResult

import numpy as np

from ..workflow.calendar import WorkCalendar
from ..workflow.case import Case
from ..workflow.event import Event
from ..workflow.handbook import Handbook
from ..workflow.limits import budget, is_working
from .casework import CHINA, Staff, Work
from .incidents import Incident, Town, Weighted
from .plan import Plan
from .plane import stream
from .plots import SHOWN, Plot, desk_plot, disposal_plot, past_plot
from .stories import Telling, hold_of, tell
from .wording import HOURS, SOURCES, WEEKDAYS

DAYS = 60
"""How many days the cases go back, at as many cases a grid as the default city has. More cases go back further, not
faster: a city with a million cases in its log does not have a million on its desks."""
_MOST_DAYS = 1_000
_CASES_PER_GRID = 12.5
_PART = 4_000
_LEAD = {"report": 0.0, "register": 6.0, "send_check": 12.0, "checked": 25.0, "file": 14.0, "dispatch": 22.0}
"""Minutes from the report until a story usually has come to the arrow, checks on the spot apart."""

Worked = tuple[list[Event], Case]


@dataclass(frozen=True, slots=True)
class Opening:
    """How a case begins: its number, the instant and its 19-digit code (6 district, 8 day, 5 serial)."""

    number: int
    start: datetime
    code: str
    twin: int


class Casebook:
    """Plays the cases of one city."""

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
        self._day_sources = Weighted([w for _, w, _, _ in SOURCES])
        self._night_sources = Weighted([w for _, _, w, _ in SOURCES])
        district = str(plan.recipe.city["district_code"])
        self._centre, self._command = district + "C01", district + "C02"
        self._base = self._last_desk_hour()

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
        return past_plot(rng, rng.random() < 0.05)

    def _problem(self, number: int) -> tuple[random.Random, Plot, Incident]:
        rng = self.rng(number)
        plot = self.plot(number, rng)
        return rng, plot, self.town.incident(rng, plot.urgent, plot.long)

    # ---- beginnings --------------------------------------------------------------------------------------------

    def openings(self) -> list[Opening]:
        """All cases in order of time, with their codes and, for one to be merged, the number of an earlier one."""
        held = self.shown + self.desk + self.disposal
        starts = np.empty(self.count)
        for number in range(held):
            starts[number] = self._held_start(number).timestamp()
        starts[held:] = self._past_starts(self.count - held, starts[:held])
        order = np.argsort(starts, kind="stable")
        serial: dict[str, int] = {}
        result: list[Opening] = []
        district = str(self.plan.recipe.city["district_code"])
        earlier = -1
        for number in order.tolist():
            start = datetime.fromtimestamp(float(starts[number]), CHINA)
            day = f"{district}{start:%Y%m%d}"
            serial[day] = serial.get(day, 0) + 1
            result.append(Opening(number, start, f"{day}{serial[day]:05d}", earlier))
            if number >= held:
                earlier = number
        self.serials = serial
        return result

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
        rng, plot, incident = self._problem(number)
        if not plot.hold:
            return self._base - timedelta(days=rng.uniform(14, 50), minutes=rng.uniform(0, 300))
        condition = incident.condition
        if plot.request == "return":
            return self._base - timedelta(minutes=rng.uniform(62, 90))
        if plot.share:
            used = plot.share * budget(condition.amount, condition.unit, self.calendar)
            if is_working(condition.unit):
                begun = self.calendar.instant(round(self.calendar.worked(self._base) - used))
            else:
                begun = self._base - timedelta(microseconds=used)
            return begun.astimezone(CHINA) - timedelta(minutes=rng.uniform(45, 75))
        ago = timedelta(minutes=sum(plot.ago) / 2)
        if plot.hold in _LEAD:
            checked = plot.checked and plot.hold in ("file", "dispatch")
            return self._base - ago - timedelta(minutes=_LEAD[plot.hold] + 14 * checked)
        days = max(0.35, 0.8 * budget(condition.amount, condition.unit, self.calendar) / 8.64e10)
        if is_working(condition.unit):
            days *= 4.0
        return self._base - timedelta(days=min(days, 12.0), minutes=rng.uniform(60, 200))

    # ---- playing -----------------------------------------------------------------------------------------------

    def case_id(self, opening: Opening) -> str:
        """The id of a case: its instant first, so that the newest lie together in the store."""
        tail = random.Random(f"{self.seed}/id/{opening.number}").getrandbits(80)
        return f"{int(opening.start.timestamp() * 1000):012x}{tail:020x}"

    def play(self, opening: Opening, twin_id: str) -> Worked:
        """One case, from its report to its end or until today."""
        rng, plot, incident = self._problem(opening.number)
        if plot.end == "merged" and opening.twin >= 0:
            incident = self._problem(opening.twin)[2]
        blocks = self.plan.blocks
        block = blocks[incident.block]
        hour = opening.start.hour
        draw = self._day_sources if 7 <= hour < 19 else self._night_sources
        source, _, _, taken = SOURCES[draw(rng)]
        if plot.checked or plot.end in ("false", "rejected"):
            while source in ("collector", "video"):
                source, _, _, taken = SOURCES[draw(rng)]
        elif plot.hold and not plot.share:
            source, taken = "collector", "collector"
        if plot.end == "answered":
            source, taken = "hotline_12319", "operator"
        elif plot.hold == "report" and taken == "operator":
            source, taken = "app", "system"
        unit = incident.unit
        other = block.street if unit != block.street else self._centre[:6] + "D02"
        photographed = rng.random() < 0.35
        told = Telling(
            plot, incident, source, taken, opening.code, block.code, block.area_class, other, block.street,
            self._centre, self._command,
            tuple(self.photos.get((incident.picture, after), "") if photographed else "" for after in (False, True)),  # type: ignore[arg-type]
            twin_id if opening.twin >= 0 else "",
        )  # fmt: skip
        work = Work(
            self.staff, rng, self.case_id(opening), opening.start, self.until, hold_of(plot, self._base, rng)
        )
        tell(work, told)
        return [e for e, _ in work.events], work.events[-1][1]

    def part(self, openings: list[Opening]) -> list[Worked]:
        """Several cases."""
        by_number = {o.number: o for o in openings}
        made: list[Worked] = []
        for opening in openings:
            twin = by_number.get(opening.twin)
            made.append(self.play(opening, self.case_id(twin) if twin else ""))
        return made

    def parts(self, processes: int) -> Iterator[list[Worked]]:
        """All cases in order of time, in parts; worked out in other processes where asked for."""
        openings = self.openings()
        size = min(_PART, max(200, len(openings) // (2 * processes) + 1))
        pieces = [openings[k : k + size] for k in range(0, len(openings), size)]
        if processes < 2:
            for piece in pieces:
                yield self.part(piece)
            return
        global _book
        _book = self
        with multiprocessing.get_context("fork").Pool(processes - 1) as pool:
            # Few parts ahead of the writer, so that a million cases need no more memory than ten thousand.
            ahead: deque[AsyncResult[list[Worked]]] = deque()
            for piece in pieces:
                ahead.append(pool.apply_async(_play_part, (piece,)))
                if len(ahead) > processes:
                    yield ahead.popleft().get()
            while ahead:
                yield ahead.popleft().get()


_book: Casebook


def _play_part(openings: list[Opening]) -> list[Worked]:
    return _book.part(openings)
