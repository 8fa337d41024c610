"""Many deadlines at once: what ``clock.deadline`` says of each, for a million rows in one call.

The same arithmetic on the same table of working intervals, with numpy's bisection instead of Python's. Everything is
whole microseconds, so the results are not nearly but exactly those of the single call.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .calendar import EPOCH, CalendarError, Table, WorkCalendar
from .case import Pause
from .clock import ClockError
from .limits import UNITS, is_working, unit_length

Instants = NDArray[np.datetime64]
_Integers = NDArray[np.int64]

CODE = {unit: code for code, unit in enumerate(UNITS)}
"""The number of a unit, for callers that have arrays of numbers instead of words."""
_MICRO = timedelta(microseconds=1)
_LAST = (datetime.max.replace(tzinfo=EPOCH.tzinfo) - EPOCH) // _MICRO
_TYPE = "datetime64[us]"


@dataclass(frozen=True, slots=True)
class Pauses:
    """The pauses of many rows: ``row`` says whose each is, ``start`` and ``end`` are UTC. In any order."""

    row: _Integers
    start: Instants
    end: Instants

    @classmethod
    def of(cls, rows: Iterable[Sequence[Pause]]) -> Pauses:
        """The pauses of row 0, of row 1, ... ClockError (paused) where one lasts still."""
        row, start, end = [], [], []
        for i, pauses in enumerate(rows):
            for pause in pauses:
                if pause.end is None:
                    raise ClockError("paused")
                row.append(i)
                start.append(pause.start)
                end.append(pause.end)
        return cls(np.array(row, np.int64), instants(start), instants(end))


def instants(values: Sequence[datetime]) -> Instants:
    """Aware datetimes as numpy instants in UTC."""
    return np.array([(value - EPOCH) // _MICRO for value in values], np.int64).view(_TYPE)


def deadlines(
    starts: Instants | Sequence[datetime],
    amounts: Sequence[float] | NDArray[np.float64],
    units: Sequence[str] | NDArray[Any],
    calendar: WorkCalendar,
    pauses: Pauses | None = None,
    extended: Sequence[float] | NDArray[np.float64] | float = 0.0,
) -> Instants:
    """When each limit ends, in UTC: row by row what :func:`workstation.workflow.clock.deadline` says.

    ``units`` are words of UNITS or their numbers in CODE. KeyError for an unknown unit, ClockError (reversed_pause),
    CalendarError (out_of_range) for absurd limits.
    """
    begun = _microseconds(starts if isinstance(starts, np.ndarray) else instants(starts))
    codes = _codes(units)
    lengths = np.array([unit_length(unit, calendar) for unit in UNITS], np.float64)
    wanted = np.rint((np.asarray(amounts, np.float64) + extended) * lengths[codes])
    if not (np.abs(wanted) < _LAST).all():
        raise CalendarError("out_of_range", first=1, last=9999)
    total = wanted.astype(np.int64)
    working = np.array([is_working(unit) for unit in UNITS])[codes]
    position = begun.copy()
    position[working] = _worked(begun[working], calendar)
    due = position + total
    if pauses is not None and len(pauses.row):
        due += _given_back(pauses, position, total, working, calendar)
    out = due
    out[working] = np.maximum(begun[working], _instant(due[working], calendar))
    if len(out) and out.max() > _LAST:
        raise CalendarError("out_of_range", first=1, last=9999)
    return out.view(_TYPE)


def _microseconds(values: NDArray[Any]) -> _Integers:
    return np.ascontiguousarray(values.astype(_TYPE)).view(np.int64)


def _codes(units: Sequence[str] | NDArray[Any]) -> NDArray[np.intp]:
    if isinstance(units, np.ndarray) and units.dtype.kind in "iu":
        if len(units) and not (units.min() >= 0 and units.max() < len(UNITS)):
            raise KeyError(int(units.max()))
        return units.astype(np.intp)
    words = units.tolist() if isinstance(units, np.ndarray) else units
    return np.fromiter(map(CODE.__getitem__, words), np.intp, len(words))


def _given_back(
    pauses: Pauses, position: _Integers, total: _Integers, working: NDArray[np.bool_], calendar: WorkCalendar
) -> _Integers:
    """What each row's pauses give back on its own axis: the first pause of every row, then the second of those left."""
    start, end = _microseconds(pauses.start), _microseconds(pauses.end)
    if (end < start).any():
        raise ClockError("reversed_pause")
    order = np.lexsort((start, pauses.row))
    row, start, end = pauses.row[order], start[order], end[order]
    fresh = np.flatnonzero(np.diff(row, prepend=-1))
    rank = np.arange(len(row)) - np.repeat(fresh, np.diff(fresh, append=len(row)))
    by_rank = np.argsort(rank, kind="stable")
    bounds = np.searchsorted(rank[by_rank], np.arange(int(rank.max()) + 2))
    back, reached = np.zeros_like(total), position.copy()
    over = np.zeros(len(total), bool)
    for k in range(len(bounds) - 1):
        mine = by_rank[bounds[k] : bounds[k + 1]]
        mine = mine[~over[row[mine]]]
        of = row[mine]
        first = np.maximum(_on_axis(start[mine], working[of], calendar), reached[of])
        late = first - position[of] - back[of] >= total[of]
        over[of[late]] = True
        of, first, mine = of[~late], first[~late], mine[~late]
        last = np.maximum(_on_axis(end[mine], working[of], calendar), first)
        back[of] += last - first
        reached[of] = last
    return back


def _on_axis(values: _Integers, working: NDArray[np.bool_], calendar: WorkCalendar) -> _Integers:
    out = values.copy()
    out[working] = _worked(values[working], calendar)
    return out


def _worked(values: _Integers, calendar: WorkCalendar) -> _Integers:
    """W of each instant; see WorkCalendar.worked."""
    if not len(values):
        return values
    ends_of = np.array([values.min(), values.max()]).view(_TYPE).astype("datetime64[Y]").astype(np.int64)
    first, last = (int(year) + 1970 for year in ends_of)
    table = calendar.covering(first - 1, last + 1)
    starts, ends, before = _arrays(table)
    if not len(starts):
        return np.full_like(values, table.base)
    at = np.searchsorted(starts, values, side="right") - 1
    out: _Integers = before[at] + np.minimum(values, ends[at]) - starts[at]
    out[at < 0] = table.base
    return out


def _instant(worked: _Integers, calendar: WorkCalendar) -> _Integers:
    """The earliest instant of each position; see WorkCalendar.instant."""
    if not len(worked):
        return worked
    calendar.reaching(int(worked.min()))
    table = calendar.reaching(int(worked.max()))
    starts, _, before = _arrays(table)
    at = np.searchsorted(before, worked, side="left") - 1
    out: _Integers = starts[at] + worked - before[at]
    return out


def _arrays(table: Table) -> tuple[_Integers, _Integers, _Integers]:
    return tuple(np.array(part, np.int64) for part in (table.starts, table.ends, table.before))  # type: ignore[return-value]
