"""Clocks: when a limit ends, what pauses give back, which light is on, and the ledger that explains it all.

A clock counts time on one axis: working time for working units, plain time for the others. The instant at which it
runs out is that of start + budget + paused time on that axis; everything here follows from that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from .calendar import EPOCH, CalendarError, WorkCalendar
from .case import ClockRun, Pause
from .limits import budget, is_working

_MICRO = timedelta(microseconds=1)
YELLOW_SHARE = 0.8
"""The light turns yellow when this much of the limit is used, where a handbook says nothing else."""


class ClockError(ValueError):
    """A clock was asked for what it cannot tell.

    ``code``: paused (an open pause has no deadline), reversed_pause (it ends before it begins).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def deadline(
    start: datetime,
    amount: float,
    unit: str,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    extended: float = 0.0,
    share: float = 1.0,
) -> datetime:
    """When ``amount + extended`` of ``unit`` are used up, counted from ``start`` without the pauses.

    ``share`` 0.8 gives the yellow instant. A pause gives back exactly the time of the clock's own axis that it
    took, and pauses that overlap do so once; what lies before the start or after the limit ran out gives nothing back.
    ClockError where a pause lasts still or is reversed; CalendarError (out_of_range) for absurd limits.
    """
    total = round(budget(amount + extended, unit, calendar) * share)
    if is_working(unit):
        position = calendar.worked(start)
        due = position + total + _given_back(pauses, position, total, calendar.worked)
        return max(start, calendar.instant(due))
    if pauses:
        total += _given_back(pauses, _plain(start), total, _plain)
    return _after(start, total)


def _after(start: datetime, total: int) -> datetime:
    try:
        return start + timedelta(microseconds=total)
    except OverflowError as error:
        raise CalendarError("out_of_range", first=start.year, last=9999) from error


def _plain(at: datetime) -> int:
    return (at - EPOCH) // _MICRO


def _given_back(pauses: Sequence[Pause], start: int, total: int, axis: Any) -> int:
    back = 0
    reached = start
    closed = []
    for pause in pauses:
        if pause.end is None:
            raise ClockError("paused")
        if pause.end < pause.start:
            raise ClockError("reversed_pause")
        closed.append((pause.start, pause.end))
    for begun, ended in sorted(closed):
        first = max(axis(begun), reached)
        if first - start - back >= total:
            break
        reached = max(axis(ended), first)
        back += reached - first
    return back


def limits(
    start: datetime, amount: float, unit: str, calendar: WorkCalendar, yellow_share: float = YELLOW_SHARE
) -> tuple[datetime, datetime]:
    """(due, yellow) of a clock that starts now: both from one look at the calendar."""
    total = budget(amount, unit, calendar)
    early = round(total * yellow_share)
    if is_working(unit):
        position = calendar.worked(start)
        return max(start, calendar.instant(position + total)), max(start, calendar.instant(position + early))
    return _after(start, total), _after(start, early)


def due(run: ClockRun, calendar: WorkCalendar) -> tuple[datetime, datetime]:
    """(due, yellow) of a clock none of whose pauses is open."""
    if not run.pauses:
        return limits(run.started_at, run.amount + run.extended, run.unit, calendar, run.yellow_share)
    told = (run.started_at, run.amount, run.unit, calendar, run.pauses, run.extended)
    return deadline(*told), deadline(*told, run.yellow_share)


def refreshed(run: ClockRun, calendar: WorkCalendar) -> ClockRun:
    """The same run with its instants computed again, as when a year's notice arrives. Paused: none."""
    if run.pauses and run.pauses[-1].end is None:
        return replace(run, due_at=None, yellow_at=None)
    end, yellow = due(run, calendar)
    return replace(run, due_at=end, yellow_at=yellow, provisional=is_provisional(run.unit, end, calendar))


def is_provisional(unit: str, due_at: datetime, calendar: WorkCalendar) -> bool:
    """Whether a deadline may move when a missing year's notice arrives."""
    return is_working(unit) and calendar.is_provisional(due_at)


def light(yellow_at: datetime | None, due_at: datetime | None, now: datetime) -> str:
    """green, yellow, red, or "" where no clock runs. What ends exactly at its deadline is in time."""
    if due_at is None or yellow_at is None:
        return ""
    if now > due_at:
        return "red"
    return "yellow" if now >= yellow_at else "green"


@dataclass(frozen=True, slots=True)
class Entry:
    """One stretch of a clock's life and why it counted or not.

    ``cause``: work, make_up, exception, continuous, late (counted, the limit already over); lunch, night, weekend,
    holiday, exception_off, and the cause of a pause: suspended, coordinating, a state's name (not counted).
    ``detail`` names the holiday and its notice, or who paused the clock and why.
    """

    start: datetime
    end: datetime
    counted: bool
    cause: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ledger:
    """How a clock got where it is. ``used`` and ``limit`` in counted minutes; ``used_share`` above 1 is overdue.

    ``entries`` run without gap from the start to the deadline, or to now or the stop where that is later.
    """

    entries: tuple[Entry, ...]
    due_at: datetime | None
    yellow_at: datetime | None
    used: float
    limit: float
    used_share: float
    light: str


def ledger(run: ClockRun, calendar: WorkCalendar, now: datetime) -> Ledger:
    """The explanation of a clock at ``now``. The deadline and the light are read off it."""
    run = refreshed(run, calendar)
    stop = run.stopped_at
    until = stop if stop is not None else now
    end = max(until, run.started_at) if stop is not None else max(now, run.due_at or now, run.started_at)
    cuts = {run.due_at, until}
    entries: list[Entry] = []
    at = run.started_at
    for pause in sorted(run.pauses, key=lambda p: p.start):
        first, last = max(pause.start, at), min(pause.end or end, end)
        if first < last:
            entries += _stretch(run, at, first, calendar)
            entries.append(Entry(first, last, False, pause.cause, {"by": pause.by, "reason": pause.reason}))
            at = last
    entries += _stretch(run, at, end, calendar)
    total = budget(run.amount + run.extended, run.unit, calendar)
    entries = [part for entry in entries for part in _cut(entry, cuts, run.due_at)]
    used = sum((e.end - e.start) // _MICRO for e in entries if e.counted and e.end <= until)
    colour = light(run.yellow_at, run.due_at, until)
    return Ledger(
        tuple(entries),
        run.due_at,
        run.yellow_at,
        used / 60e6,
        total / 60e6,
        used / total if total else 1.0,
        colour,
    )


def _cut(entry: Entry, cuts: set[datetime | None], due_at: datetime | None) -> list[Entry]:
    points = [
        entry.start,
        *sorted(c for c in cuts if c is not None and entry.start < c < entry.end),
        entry.end,
    ]
    parts = []
    for start, end in pairwise(points):
        late = entry.counted and due_at is not None and start >= due_at
        parts.append(replace(entry, start=start, end=end, cause="late" if late else entry.cause))
    return parts


def _stretch(run: ClockRun, start: datetime, end: datetime, calendar: WorkCalendar) -> list[Entry]:
    """The unpaused stretch start..end as counted and uncounted entries, neighbours of one cause joined."""
    if start >= end:
        return []
    if not is_working(run.unit):
        return [Entry(start, end, True, "continuous")]
    out: list[Entry] = []
    day = start.astimezone(calendar.zone).date()
    while (midnight := calendar.at(day, 0)) < end:
        what = calendar.day(day)
        detail = {"name": what.name, "notice": what.notice, "url": what.url} if what.name else {}
        worked = calendar.worked_on(day)
        if not worked:
            cause = "exception_off" if what.kind == "exception" else "night" if what.slots else what.kind
            _add(out, midnight, calendar.at(day, 1440), False, cause, detail, (start, end))
        reached = midnight
        for first, last in worked:
            _add(out, reached, first, False, "lunch" if reached != midnight else "night", {}, (start, end))
            _add(out, first, last, True, what.kind, detail, (start, end))
            reached = last
        if worked:
            _add(out, reached, calendar.at(day, 1440), False, "night", {}, (start, end))
        day += timedelta(days=1)
    return out


def _add(
    out: list[Entry],
    start: datetime,
    end: datetime,
    counted: bool,
    cause: str,
    detail: Mapping[str, Any],
    window: tuple[datetime, datetime],
) -> None:
    start, end = max(start, window[0]), min(end, window[1])
    if start >= end:
        return
    last = out[-1] if out else None
    if last and last.end == start and (last.counted, last.cause, last.detail) == (counted, cause, detail):
        out[-1] = replace(last, end=end)
    else:
        out.append(Entry(start.astimezone(UTC), end.astimezone(UTC), counted, cause, detail))
