"""All cases of the demo city: when each begins, what it is about, and its playing through the real workflow, in order of
time and in parts, so that any number fits in memory. What a case is depends on the seed and its number alone."""

from __future__ import annotations

import multiprocessing
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from multiprocessing.pool import AsyncResult

import numpy as np

from ..workflow.calendar import WorkCalendar
from ..workflow.case import TERMINAL, Case, State
from ..workflow.event import Actor, Event
from ..workflow.handbook import Handbook
from ..workflow.limits import budget, is_working
from .casework import CHINA, Aside, Staff, Work
from .incidents import Incident, Town, Weighted
from .plan import Plan
from .plane import stream
from .plots import SHOWN, Plot, desk_plot, disposal_plot, past_plot
from .stories import Ties, hold_of, tell
from .telling import Telling
from .wording import HOURS, PETTY, SOURCES, WEEKDAYS

DAYS = 60
"""How many days the cases go back, at as many cases a grid as the default city has. More cases go back further, not
faster: a city with a million cases in its log does not have a million on its desks."""
_MOST_DAYS = 1_000
_CASES_PER_GRID = 12.5
_PART = 4_000
_LEAD = {
    "report": 0.0, "register": 6.0, "send_check": 12.0, "checked": 25.0, "file": 14.0, "dispatch": 22.0, "rapid": 22.0, "coordinate": 40.0,
    "<grant_void": 45.0,
}  # fmt: skip
"""Minutes from the report until a story usually has come to the arrow, checks on the spot apart."""

_PARTS = 250
"""Every so many cases one is a part of an earlier one, which was begun a while ago and is likely to be worked on."""
_A_WHILE = timedelta(minutes=100)
_DIVISIBLE = frozenset({State.CHECKED, State.FILED, State.DISPATCHED, State.RECEIVED, State.WORKING})
_TYING = {False: ("merge", "absorb"), True: ("register_part", "split")}
"""The arrows that bind two cases: a duplicate's, and a part's."""

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
        self._sources = [source for source in SOURCES if source[0] in handbook.sources]
        self._day_sources = Weighted([w for _, w, _, _ in self._sources])
        self._night_sources = Weighted([w for _, _, w, _ in self._sources])
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
        if number % _PARTS == 0:
            return Plot(part=True, urgent=None)
        return past_plot(rng, rng.random() < 0.05)

    def _problem(self, number: int) -> tuple[random.Random, Plot, Incident]:
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
        self._followers: dict[int, list[int]] = {}
        for number in order.tolist():
            start = datetime.fromtimestamp(float(starts[number]), CHINA)
            day = f"{district}{start:%Y%m%d}"
            serial[day] = serial.get(day, 0) + 1
            whole = earlier
            if number >= held and number % _PARTS == 0:
                whole = next((n for begun, n in reversed(recent) if begun < start - _A_WHILE), earlier)
            result.append(Opening(number, start, f"{day}{serial[day]:05d}", whole))
            if whole >= 0 and (number >= held or (number < self.shown and _tied(SHOWN[number]))):
                self._followers.setdefault(whole, []).append(number)
            if number >= held:
                earlier = number
                recent.append((start, number))
        self.serials = serial
        self._openings = {opening.number: opening for opening in result}
        return result

    def _bind(self, starts: np.ndarray, held: int) -> None:
        """In the smallest city too a duplicate and a part follow a case that is there still: they begin after it."""
        wholes = [
            number
            for number in range(held, min(self.count, held + 400))
            if (plot := self.plot(number, self.rng(number))).end == "closed"
            and not _tied(plot)
            and 8 <= datetime.fromtimestamp(float(starts[number]), CHINA).hour < 16
        ]
        for number in range(self.shown):
            if _tied(SHOWN[number]) and wholes:
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
            checked = plot.checked and plot.hold in ("file", "dispatch", "coordinate")
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

    def play(self, opening: Opening) -> Worked:
        """One case, from its report to its end or until today, with what it has to do with another one."""
        work = self._tell(opening, *self._ties(opening))
        return [e for e, _ in work.events], work.events[-1][1]

    def _ties(self, opening: Opening) -> tuple[Ties, list[Aside]]:
        """What binds the case to an earlier one, and what later ones do to it."""
        ties = self._own_ties(opening)
        asides: list[Aside] = []
        for number in self._followers.get(opening.number, ()):
            later = self._openings[number]
            own = self._own_ties(later)
            if not own.into and not own.whole:
                continue
            work = self._tell(later, own, [])
            event, case = work.events[0] if own.whole else work.events[-1]
            actor = Actor(event.actor, event.actor_name, event.post, event.unit)
            if own.whole:
                asides.append(Aside(event.at, "split", actor, {"children": [case.id]}))
                last = work.events[-1][1]
                ties = replace(ties, parts=True, until=None if last.open else last.changed_at)
            else:
                asides.append(Aside(event.at, "absorb", actor, {"duplicate": case.id}))
        return ties, asides

    def _own_ties(self, opening: Opening) -> Ties:
        """The case that this one is merged into, or is a part of: one that is still there when that happens."""
        plot = self.plot(opening.number, self.rng(opening.number))
        twin = self._openings.get(opening.twin)
        if twin is None or not _tied(plot) or _tied(self.plot(twin.number, self.rng(twin.number))):
            return Ties()
        if not all(self.staff.handbook.arrow(name) for name in _TYING[plot.part]):
            return Ties()
        twin_id = self.case_id(twin)
        ties = Ties(whole=twin_id) if plot.part else Ties(into=twin_id)
        at = opening.start
        if ties.into:
            event = self._tell(opening, ties, []).events[-1][0]
            if event.kind != "merge":
                return Ties()
            at = event.at
        state = next(
            (case.state for event, case in reversed(self._tell(twin, Ties(), []).events) if event.at <= at),
            None,
        )
        if state is None or state in TERMINAL or (plot.part and state not in _DIVISIBLE):
            return Ties()
        return ties

    def _tell(self, opening: Opening, ties: Ties, asides: list[Aside]) -> Work:
        """The case's story, told as if these were its ties."""
        rng, plot, incident = self._problem(opening.number)
        if ties.into or ties.whole:
            incident = self._problem(opening.twin)[2]
        block = self.plan.blocks[incident.block]
        if ties.whole:
            part = incident.description.removesuffix("。") + "，其中人行道部分。"
            incident = replace(incident, description=part, unit=block.street)
        source, taken = self._source(opening, plot, incident, rng)
        unit = incident.unit
        other = block.street if unit != block.street else self._centre[:6] + "D02"
        photos = self.photos.get((incident.picture, False), ""), self.photos.get((incident.picture, True), "")
        told = Telling(
            plot, incident, source, taken, opening.code, block.code, block.area_class, other, block.street,
            self._centre, self._command, photos, all(photos) and rng.random() < 0.35,
        )  # fmt: skip
        hold = hold_of(plot, self._base, rng)
        work = Work(self.staff, rng, self.case_id(opening), opening.start, self.until, hold, asides)
        tell(work, told, ties)
        return work

    def _source(
        self, opening: Opening, plot: Plot, incident: Incident, rng: random.Random
    ) -> tuple[str, str]:
        """Where the report comes from, and who takes it in."""
        draw = self._day_sources if 7 <= opening.start.hour < 19 else self._night_sources
        source, _, _, taken = self._sources[draw(rng)]
        if plot.end == "answered":
            return "hotline_12319", "operator"
        if incident.kind == "warning":
            return "sensor", "system"
        if plot.end == "self":
            return "collector", "collector"
        if plot.checked or plot.end in ("false", "rejected"):
            while source in ("collector", "video"):
                source, _, _, taken = self._sources[draw(rng)]
        elif plot.hold and not plot.share:
            return "collector", "collector"
        if plot.hold == "report" and taken == "operator":
            return "app", "system"
        return source, taken

    def part(self, openings: list[Opening]) -> list[Worked]:
        """Several cases."""
        return [self.play(opening) for opening in openings]

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


def _tied(plot: Plot) -> bool:
    """Whether a plot has to do with another case."""
    return plot.end == "merged" or plot.part


_book: Casebook


def _play_part(openings: list[Opening]) -> list[Worked]:
    return _book.part(openings)
