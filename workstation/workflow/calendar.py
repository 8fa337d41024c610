"""Working time: a table of half-open intervals made from weekly hours, holidays, make-up days and local exceptions.

All arithmetic is on one growing function W(t), the working time passed since a fixed origin. A deadline is
``instant(W(start) + amount)``: two bisections, whatever the limit. Units inside are whole microseconds, so that
nothing is lost by adding and taking away.
"""

from __future__ import annotations

import threading
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .library import data_folder

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = 60_000_000
"""Microseconds."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_NEW_YEAR = timedelta(days=3)
_FIRST_YEAR, _LAST_YEAR = 1950, 2200
_ORIGIN_YEAR = 2020
_OF_NOTICES = ("holiday", "make_up")


class CalendarError(Exception):
    """A calendar that cannot be used. ``code`` says how; ``data`` names the file's key and the value at fault.

    Codes: not_toml, not_text, missing, bad_type, unknown_key, unknown_zone, bad_time, bad_date, reversed_slot,
    empty_slot, overlapping_slots, no_working_time, reversed_holiday, duplicate_day, twice, bad_makeup_like,
    no_such_calendar, out_of_range.
    """

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(f"{code}: " + ", ".join(f"{k}={v!r}" for k, v in data.items()))
        self.code = code
        self.data = data


class Slot(NamedTuple):
    """Part of a day that is worked, in minutes after local midnight, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Day:
    """What one local date is. ``kind``: work, weekend, holiday, make_up, exception.

    ``name`` is the holiday's (or the exception's reason); ``notice`` and ``url`` are what it rests on.
    """

    kind: str
    slots: tuple[Slot, ...]
    name: str = ""
    notice: str = ""
    url: str = ""


class Table(NamedTuple):
    """The local years ``first``..``last`` as parallel lists: start, end and W(start) of every working interval.

    Instants are microseconds since 1970 in UTC. ``base`` is W where the table begins, ``total`` where it ends.
    """

    first: int
    last: int
    starts: list[int]
    ends: list[int]
    before: list[int]
    base: int
    total: int


class WorkCalendar:
    """Working time in one time zone. Immutable to its users and safe to share between threads."""

    def __init__(
        self,
        week: Sequence[Sequence[Slot]],
        *,
        zone: str = "Asia/Shanghai",
        special: Mapping[date, Day] | None = None,
        noticed: frozenset[int] | None = frozenset(),
        name: str = "",
        title: str = "",
    ) -> None:
        """``week`` is Monday to Sunday; ``special`` overrides dates.

        ``noticed`` are the years whose notice is in; None for a calendar that waits for no notices.
        """
        if len(week) != 7:
            raise CalendarError("missing", key="week")
        self.name = name
        self.title = title
        try:
            self.zone = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise CalendarError("unknown_zone", key="timezone", value=zone) from error
        self._week = tuple(
            Day("work" if slots else "weekend", check_slots(slots, WEEKDAYS[i]))
            for i, slots in enumerate(week)
        )
        lengths = Counter(sum(s.end - s.start for s in day.slots) for day in self._week if day.slots)
        if not lengths:
            raise CalendarError("no_working_time", key="week")
        self.ordinary_day = max(lengths, key=lambda length: (lengths[length], length)) * MINUTE
        """The working time of an ordinary day, in microseconds: the commonest among the week's working days."""
        self._special = dict(special or {})
        for day, what in self._special.items():
            check_slots(what.slots, str(day))
        self.noticed = noticed
        self._lock = threading.Lock()
        empty = Table(_ORIGIN_YEAR, _ORIGIN_YEAR - 1, [], [], [], 0, 0)
        self._table = self._grown(empty, _ORIGIN_YEAR, _ORIGIN_YEAR)

    # ---- where it comes from ----

    @classmethod
    def named(cls, name: str) -> WorkCalendar:
        """A calendar of ``data/calendars``, read once. CalendarError (no_such_calendar) where there is none."""
        return _named(name)

    @classmethod
    def from_toml(cls, path: Path) -> WorkCalendar:
        """The calendar in a TOML file; CalendarError names the key at fault."""
        try:
            return cls.from_text(path.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError as error:
            raise CalendarError("not_text", problem=str(error)) from error

    @classmethod
    def from_text(cls, text: str) -> WorkCalendar:
        """The calendar written in TOML."""
        try:
            raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise CalendarError("not_toml", problem=str(error)) from error
        from .calendar_reader import read_calendar

        return read_calendar(raw)

    # ---- days ----

    def day(self, local: date) -> Day:
        """What the date is, and the hours worked on it."""
        return self._special.get(local) or self._week[local.weekday()]

    def week_slots(self, weekday: int) -> tuple[Slot, ...]:
        """The hours of a day of the week; 0 is Monday."""
        return self._week[weekday].slots

    def notices(self, year: int) -> frozenset[str]:
        """The notices that speak of days of the year."""
        special = self._special.items()
        return frozenset(
            day.notice for at, day in special if at.year == year and day.kind in _OF_NOTICES and day.notice
        )

    def special_years(self) -> frozenset[int]:
        """The years that have a notice, or a day that is not like its day of the week."""
        return (self.noticed or frozenset()) | {local.year for local in self._special}

    def is_working_day(self, local: date) -> bool:
        """Whether anything is worked on that date."""
        return bool(self.day(local).slots)

    def is_provisional(self, until: datetime) -> bool:
        """Whether a deadline at ``until`` may still move, because the notice for that year is not in.

        The last days of December belong to two notices: that for 2019 made 29 December 2018 a working Saturday.
        """
        if self.noticed is None:
            return False
        local = until.astimezone(self.zone).date()
        return not self.noticed >= {local.year, (local + _NEW_YEAR).year}

    # ---- time ----

    def worked(self, at: datetime) -> int:
        """W(at): the working time from the calendar's origin to ``at``, in microseconds; negative before it."""
        instant = (at - EPOCH) // _MICRO
        table = self._table
        # A local year may reach a day into its neighbours.
        if not table.first < at.year < table.last:
            table = self.covering(at.year - 1, at.year + 1)
        i = bisect_right(table.starts, instant) - 1
        if i < 0:
            return table.base
        return table.before[i] + min(instant, table.ends[i]) - table.starts[i]

    def instant(self, worked: int) -> datetime:
        """The earliest instant at which W reaches ``worked``: the end of a working interval, not the next start."""
        table = self.reaching(worked)
        i = bisect_left(table.before, worked) - 1
        return EPOCH + timedelta(microseconds=table.starts[i] + worked - table.before[i])

    def add_work(self, start: datetime, minutes: float) -> datetime:
        """``start`` and so many working minutes later; never before ``start``."""
        return max(start, self.instant(self.worked(start) + round(minutes * MINUTE)))

    def work_between(self, start: datetime, end: datetime) -> float:
        """The working minutes between two instants; negative where they are reversed."""
        return (self.worked(end) - self.worked(start)) / MINUTE

    def working_intervals(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The half-open working intervals inside ``start``..``end``, cut to it, in UTC."""
        table = self.covering(start.year - 1, max(end.year, start.year) + 1)
        lo, hi = (start - EPOCH) // _MICRO, (end - EPOCH) // _MICRO
        out = []
        for i in range(bisect_right(table.ends, lo), bisect_left(table.starts, hi)):
            a, b = max(table.starts[i], lo), min(table.ends[i], hi)
            if a < b:
                out.append((EPOCH + timedelta(microseconds=a), EPOCH + timedelta(microseconds=b)))
        return out

    # ---- the table ----

    def covering(self, first: int, last: int) -> Table:
        """The table, grown to hold these years. CalendarError (out_of_range) where they are absurd."""
        with self._lock:
            table = self._table
            if first < table.first or last > table.last:
                self._table = table = self._grown(table, min(first, table.first), max(last, table.last))
            return table

    def reaching(self, worked: int) -> Table:
        """The table, grown until W reaches ``worked`` inside it. CalendarError (out_of_range) where that is absurd."""
        table = self._table
        while worked <= table.base:
            table = self.covering(table.first - 1, table.last)
        while worked > table.total:
            # Twice as far each time: a limit of centuries is found out in a few steps.
            reach = min(2 * table.last - table.first, _LAST_YEAR)
            table = self.covering(table.first, max(table.last + 1, reach))
        return table

    def _grown(self, old: Table, first: int, last: int) -> Table:
        if first < _FIRST_YEAR or last > _LAST_YEAR:
            raise CalendarError("out_of_range", first=first, last=last)
        head = self._intervals(first, old.first - 1)
        tail = self._intervals(old.last + 1, last)
        starts = [a for a, _ in head] + old.starts + [a for a, _ in tail]
        ends = [b for _, b in head] + old.ends + [b for _, b in tail]
        # Positions stay what they were: years put before the others count down from there.
        base = passed = old.base - sum(b - a for a, b in head)
        before = []
        for a, b in zip(starts, ends, strict=True):
            before.append(passed)
            passed += b - a
        return Table(first, last, starts, ends, before, base, passed)

    def _intervals(self, first: int, last: int) -> list[tuple[int, int]]:
        day, stop = date(first, 1, 1), date(last + 1, 1, 1)
        out = []
        while day < stop:
            out += [(_micros(a), _micros(b)) for a, b in self.worked_on(day)]
            day += _DAY
        return out

    def worked_on(self, local: date) -> list[tuple[datetime, datetime]]:
        """The working intervals of a local date in UTC: the instants at which the wall clock shows working hours.

        Where the clocks are put forward the hour that is left out is not worked, and where they are put back the hour
        that comes twice is worked twice.
        """
        slots = self.day(local).slots
        if not slots:
            return []
        start, end = self.at(local, 0), self.at(local, 1440)
        if end - start == _DAY:
            return [(self.at(local, slot.start), self.at(local, slot.end)) for slot in slots]
        out: list[tuple[datetime, datetime]] = []
        minute = start
        while minute < end:
            wall = minute.astimezone(self.zone)
            now = wall.hour * 60 + wall.minute
            if any(slot.start <= now < slot.end for slot in slots):
                if out and out[-1][1] == minute:
                    out[-1] = out[-1][0], minute + _MINUTE
                else:
                    out.append((minute, minute + _MINUTE))
            minute += _MINUTE
        return out

    def at(self, local: date, minute: int) -> datetime:
        """The instant of a local date and minute of the day (1440 is the next midnight), in UTC."""
        if minute == 1440:
            local, minute = local + _DAY, 0
        return datetime.combine(local, time(minute // 60, minute % 60), self.zone).astimezone(UTC)


_MICRO = timedelta(microseconds=1)


def _micros(at: datetime) -> int:
    return (at - EPOCH) // _MICRO


@cache
def _named(name: str) -> WorkCalendar:
    path = data_folder() / "calendars" / f"{name}.toml"
    if name not in calendar_names():
        raise CalendarError("no_such_calendar", value=name, names=calendar_names())
    return WorkCalendar.from_toml(path)


def calendar_names() -> list[str]:
    """The calendars of ``data/calendars``."""
    return sorted(path.stem for path in (data_folder() / "calendars").glob("*.toml"))


def check_slots(slots: Sequence[Slot], key: str) -> tuple[Slot, ...]:
    """The slots in order; refused where one is empty, reversed, out of the day, or overlaps another."""
    ordered = tuple(sorted(Slot(*s) for s in slots))
    for slot in ordered:
        if slot.start == slot.end:
            raise CalendarError("empty_slot", key=key, value=slot_text(slot))
        if slot.start > slot.end:
            raise CalendarError("reversed_slot", key=key, value=slot_text(slot))
        if slot.start < 0 or slot.end > 1440:
            raise CalendarError("bad_time", key=key, value=slot_text(slot))
    for one, other in pairwise(ordered):
        if other.start < one.end:
            raise CalendarError("overlapping_slots", key=key, value=f"{slot_text(one)} {slot_text(other)}")
    return ordered


def slot_text(slot: Slot) -> str:
    """``08:00-12:00``."""
    return "-".join(f"{m // 60:02d}:{m % 60:02d}" for m in slot)
