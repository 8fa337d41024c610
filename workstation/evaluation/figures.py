"""The evaluation of a period: a row for each unit, grid or street office, and the cases behind every figure."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from ..services.lists.filter import CaseFilter
from ..store.database import Database
from ..store.tables import cases, division, grid, unit
from ..workflow.event import format_instant
from .conditions import CLOSED, of_row
from .indicators import Dictionary, Grade, dictionary
from .period import ZONE, Period

BY = ("unit", "grid", "street")

MOST_IDS = 20_000
"""Cases that a filter lists one by one."""


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one object. ``rates`` in percent; None is «no data», never 0. ``key`` "" is everything unassigned."""

    key: str
    name: str
    counts: Mapping[str, int]
    rates: Mapping[str, float | None]
    score: float | None

    def value(self, column: str) -> float | None:
        """The figure in a column: a counter, a rate, or ``score``."""
        if column == "score":
            return self.score
        return self.counts[column] if column in self.counts else self.rates[column]


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation as of an instant: what is overdue is overdue then. ``daily``: (day, filed, closed)."""

    period: Period
    by: str
    rows: tuple[Row, ...]
    totals: Row
    definitions: Dictionary
    as_of: datetime
    daily: tuple[tuple[date, int, int], ...] = ()

    def columns(self) -> list[str]:
        """The keys of the columns: counters, rates, and the score where it is meant for such rows."""
        keys = [c.key for c in self.definitions.counters] + [r.key for r in self.definitions.rates]
        return [*keys, "score"] if self.by in self.definitions.score.by else keys

    def label(self, column: str) -> str:
        """The name of a column."""
        if column == "score":
            return self.definitions.score.label
        if column in self.totals.counts:
            return self.definitions.counter(column).label
        return self.definitions.rate(column).label

    def grade(self, row: Row, column: str) -> Grade | None:
        """The grade of a figure; None for counts and where there is no data."""
        value = row.value(column)
        if value is None or column in row.counts:
            return None
        if column == "score":
            return self.definitions.grade(value)
        return self.definitions.grade(self.definitions.points(self.definitions.rate(column), value))

    def row(self, key: str) -> Row:
        """The row of an object; KeyError where it has none."""
        return {row.key: row for row in self.rows}[key]


def report(db: Database, period: Period, by: str = "unit", as_of: datetime | None = None) -> Report:
    """The evaluation of the cases filed in ``period``, as the projection has them now; overdue as of ``as_of`` (now).

    One statement over the projection for the figures, one for the days. ``by`` is unit, grid or street.
    """
    if by not in BY:
        raise ValueError(by)
    at = as_of or datetime.now(UTC)
    definitions = dictionary()
    conditions = of_row(at, db.kind)
    keys = [c.key for c in definitions.counters]
    column = cases.c[by]
    sums = [func.sum(case((conditions[key], 1), else_=0)).label(key) for key in keys]
    statement = select(column, *sums).where(*_inside(period)).group_by(column)
    with db.read() as conn:
        found = {
            str(values[0]): dict(zip(keys, map(int, values[1:]), strict=True))
            for values in conn.execute(statement)
        }
        names = _names(conn, by, set(found))
        daily = _daily(conn, period)
    return build(definitions, period, by, found, names, daily, at)


def build(
    definitions: Dictionary,
    period: Period,
    by: str,
    found: Mapping[str, Mapping[str, int]],
    names: Mapping[str, str],
    daily: tuple[tuple[date, int, int], ...],
    as_of: datetime,
) -> Report:
    """The report of these counts, the same whether they come from the projection or from the log."""
    scored = by in definitions.score.by
    rows = [
        _row(definitions, key, names.get(key, key), counts, scored and key != "")
        for key, counts in found.items()
    ]
    rows.sort(key=lambda row: (row.key == "", -row.counts["filed"], row.key))
    total: Tally[str] = Tally({c.key: 0 for c in definitions.counters})
    for counts in found.values():
        total.update(counts)
    totals = _row(definitions, "", definitions.words["total"], dict(total), False)
    return Report(period, by, tuple(rows), totals, definitions, as_of, daily)


def _row(definitions: Dictionary, key: str, name: str, counts: Mapping[str, int], scored: bool) -> Row:
    rates = {rate.key: rate.of(counts) for rate in definitions.rates}
    return Row(key, name, counts, rates, definitions.total(counts, rates) if scored else None)


def _inside(period: Period) -> tuple[ColumnElement[bool], ...]:
    column = cases.c.filed_at
    return (column >= format_instant(period.since), column < format_instant(period.until))


def _names(conn: Connection, by: str, keys: set[str]) -> dict[str, str]:
    table, name = {
        "unit": (unit, func.coalesce(func.nullif(unit.c.short_name, ""), unit.c.name)),
        "grid": (grid, grid.c.name),
        "street": (division, division.c.name),
    }[by]
    found = {str(code): str(text) for code, text in conn.execute(select(table.c.code, name))}
    return {key: found[key] for key in keys if key in found}


def _daily(conn: Connection, period: Period) -> tuple[tuple[date, int, int], ...]:
    """How many cases were filed and how many closed on each local day of the period."""
    filed = _per_day(conn, period, "filed_at", ())
    closed = _per_day(conn, period, "closed_at", (cases.c.state.in_([s.value for s in CLOSED]),))
    return tuple((day, filed[day], closed[day]) for day in period.each_day())


def _per_day(
    conn: Connection, period: Period, name: str, conditions: tuple[ColumnElement[bool], ...]
) -> Tally[date]:
    # The store keeps UTC: the hour is cut from the text, and whole hours are what China's one zone is away.
    column = cases.c[name]
    hour = func.substr(column, 1, 13).label("hour")
    statement = (
        select(hour, func.count())
        .where(column >= format_instant(period.since), column < format_instant(period.until), *conditions)
        .group_by(hour)
    )
    days: Tally[date] = Tally()
    for text, count in conn.execute(statement):
        days[datetime.fromisoformat(f"{text}:00:00+00:00").astimezone(ZONE).date()] += int(count)
    return days


def behind(db: Database, found: Report, key: str | None, column: str) -> CaseFilter:
    """The cases behind a figure. ``key`` None is the row of totals. Of a rate, those of its denominator.

    The filter lists the very cases, and goes on showing what the figure counted when they change afterwards. Above
    ``MOST_IDS`` cases it says what they have in common instead, where a filter can say that.
    """
    if column == "score":
        column = "filed"
    counters = {c.key for c in found.definitions.counters}
    counter = column if column in counters else found.definitions.rate(column).denominator
    row = found.totals if key is None else found.row(key)
    common = _in_common(found, key, counter)
    if row.counts[counter] > MOST_IDS and common is not None:
        return common
    statement = select(cases.c.id).where(*_inside(found.period), of_row(found.as_of, db.kind)[counter])
    if key is not None:
        statement = statement.where(cases.c[found.by] == key)
    with db.read() as conn:
        ids = frozenset(str(id_) for id_ in conn.execute(statement).scalars())
    return CaseFilter(ids=ids, sort="changed")


def _in_common(found: Report, key: str | None, counter: str) -> CaseFilter | None:
    """The filter that says what the cases of a counter have in common; None where filters cannot say it."""
    if key == "":
        return None
    place: dict[str, Any] = {} if key is None else {found.by: key}
    inside = CaseFilter(
        period="filed_at", since=found.period.since, until=found.period.until, sort="changed", **place
    )
    narrowed: dict[str, CaseFilter] = {
        "filed": inside,
        "disposed_in_time": replace(inside, disposed_in_time=True),
        "closed_in_time": replace(inside, closed_in_time=True),
        "closed": replace(inside, states=CLOSED),
    }
    return narrowed.get(counter)
