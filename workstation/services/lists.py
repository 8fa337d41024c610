"""Lists of cases: filtered and sorted by the database, read page by page from a key, never by counting rows off.

A filter that allows several states is asked once for each and the answers are merged: each part then comes straight
off an index in the wanted order, so that a list of a million cases opens as quickly as one of a hundred.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select, tuple_

from ..store.tables import case_unit, cases
from ..workflow.case import State
from ..workflow.event import Actor, format_instant, parse_instant
from . import inbox
from .filter import SORTS, CaseFilter, Key

if TYPE_CHECKING:
    from .services import Services

__all__ = ["CaseFilter", "CaseLists", "CaseRow", "Key", "Marker", "Page"]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it. ``unit`` is the lead unit, ``collector`` who is expected on the spot now."""

    id: str
    seq: int
    code: str
    state: State
    open: bool
    kind: str
    class_edition: str
    class_code: str
    class_name: str
    source: str
    address: str
    description: str
    grid: str
    street: str
    unit: str
    component: str
    collector: str
    lon: float | None
    lat: float | None
    emergency: bool
    key_case: bool
    pending: str
    suspended: bool
    reported_at: datetime | None
    registered_at: datetime | None
    filed_at: datetime | None
    dispatched_at: datetime | None
    fed_back_at: datetime | None
    closed_at: datetime | None
    changed_at: datetime
    clock: str
    clock_yellow_at: datetime | None
    clock_due_at: datetime | None
    dispose_due_at: datetime | None
    disposed_in_time: bool | None
    closed_in_time: bool | None
    rework: int


@dataclass(frozen=True, slots=True)
class Marker:
    """An open case as the map draws it. ``lon``, ``lat`` EPSG:4490 degrees."""

    id: str
    code: str
    lon: float
    lat: float
    state: State
    clock_yellow_at: datetime | None
    clock_due_at: datetime | None
    emergency: bool
    class_name: str
    unit: str
    suspended: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list, and the key to ask the next ones with; ``next`` None: these were the last."""

    rows: list[CaseRow]
    next: Key | None


_NAMES = tuple(field.name for field in fields(CaseRow))
_INSTANTS = frozenset(name for name in _NAMES if name.endswith("_at"))
_ROW = [cases.c[name] for name in _NAMES]
_STATE_AT = _NAMES.index("state")
_INSTANTS_AT = tuple(n for n, name in enumerate(_NAMES) if name in _INSTANTS)


def row_columns() -> list[Any]:
    """The columns to select for :func:`case_row`."""
    return list(_ROW)


def case_row(values: Any) -> CaseRow:
    """A row read in the order of CaseRow's fields."""
    found = list(values)
    found[_STATE_AT] = State(found[_STATE_AT])
    for n in _INSTANTS_AT:
        if found[n] is not None:
            found[n] = parse_instant(found[n])
    return CaseRow(*found)


class CaseLists:
    """Reads lists of cases."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db

    def page(self, filter: CaseFilter, after: Key | None = None, limit: int = 100) -> Page:
        """Up to ``limit`` rows after the key, in the filter's order."""
        column, descending = SORTS[filter.sort]
        with self._database.read() as conn:
            now = self._services.now()
            parts = [
                self._part(conn, conditions, column, descending, after, limit + 1)
                for conditions in branches(filter, now)
            ]
        merged = heapq.merge(*parts, key=lambda item: item[0], reverse=descending)
        rows: list[Any] = []
        keys: list[Key] = []
        for key, values in merged:
            if keys and keys[-1] == key:
                continue
            keys.append(key)
            rows.append(values)
            if len(rows) > limit:
                break
        return Page(
            [case_row(values) for values in rows[:limit]], keys[limit - 1] if len(rows) > limit else None
        )

    def _part(
        self,
        conn: Connection,
        conditions: list[ColumnElement[bool]],
        column: str,
        descending: bool,
        after: Key | None,
        limit: int,
    ) -> list[tuple[Key, Any]]:
        key = (cases.c[column], cases.c.id)
        query: Select[Any] = select(*_ROW, cases.c[column]).where(*conditions)
        if after is not None:
            place, edge = tuple_(*key), tuple_(literal(after[0]), literal(after[1]))
            query = query.where(place < edge if descending else place > edge)
        query = query.order_by(*((part.desc() if descending else part.asc()) for part in key)).limit(limit)
        return [((row[-1], row[0]), row[:-1]) for row in conn.execute(query)]

    def key_at(self, filter: CaseFilter, place: int) -> Key | None:
        """The key of the row at that place (0 is the first), to jump far into a list with; None beyond its end.

        Only keys are counted off, by the index, and rows that belong to several alternatives once.
        """
        column, descending = SORTS[filter.sort]
        key = (cases.c[column], cases.c.id)
        order = [part.desc() if descending else part.asc() for part in key]
        listed = branches(filter, self._services.now())
        with self._database.read() as conn:
            if len(listed) == 1:
                found = conn.execute(select(*key).where(*listed[0]).order_by(*order).offset(place).limit(1)).first()
                return None if found is None else (found[0], found[1])
            parts = [
                [(row[0], row[1]) for row in conn.execute(select(*key).where(*part).order_by(*order).limit(place + 1))]
                for part in listed
            ]
        merged = (item for item, _ in groupby(heapq.merge(*parts, reverse=descending)))
        return next(islice(merged, place, None), None)

    def count(self, filter: CaseFilter) -> int:
        """How many cases the filter has."""
        listed = branches(filter, self._services.now())
        if not listed:
            return 0
        # The parts of one filter by state do not overlap; alternatives may, so they are counted as one condition.
        parts = [and_(*part) for part in listed] if filter.any_of or filter.cooperating else None
        with self._database.read() as conn:
            if parts is not None:
                return int(
                    conn.execute(select(func.count()).select_from(cases).where(or_(*parts))).scalar_one()
                )
            return sum(
                int(conn.execute(select(func.count()).select_from(cases).where(*part)).scalar_one())
                for part in listed
            )

    def rows(self, case_ids: list[str]) -> list[CaseRow]:
        """The rows of these cases, in the given order; those that there are."""
        found: dict[str, CaseRow] = {}
        with self._database.read() as conn:
            for start in range(0, len(case_ids), 500):
                query = select(*_ROW).where(cases.c.id.in_(case_ids[start : start + 500]))
                found.update((row[0], case_row(row)) for row in conn.execute(query))
        return [found[case_id] for case_id in case_ids if case_id in found]

    @staticmethod
    def everything() -> CaseFilter:
        """All cases, the newest change first."""
        return CaseFilter(sort="changed")

    def inbox(self, actor: Actor) -> CaseFilter:
        """What waits for this person in this post (待办)."""
        return inbox.inbox(actor, self._services.handbook)

    def markers(self) -> list[Marker]:
        """Every open case that has a position."""
        columns = [cases.c[field.name] for field in fields(Marker)]
        query = select(*columns).where(
            cases.c.open.is_(True), cases.c.lon.is_not(None), cases.c.lat.is_not(None)
        )
        with self._database.read() as conn:
            return [
                Marker(
                    row[0],
                    row[1],
                    row[2],
                    row[3],
                    State(row[4]),
                    _instant(row[5]),
                    _instant(row[6]),
                    row[7],
                    row[8],
                    row[9],
                    row[10],
                )
                for row in conn.execute(query)
            ]


def _instant(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)


def branches(filter: CaseFilter, now: datetime) -> list[list[ColumnElement[bool]]]:
    """The filter as alternatives of conditions, each with at most one state; none: nothing can match."""
    if filter.ids is not None and not filter.ids:
        return []
    base = _conditions(filter, now)
    alternatives = [(_conditions(part, now), part.states or filter.states) for part in filter.any_of]
    units: list[list[ColumnElement[bool]]] = [[]]
    if filter.unit:
        units = [[cases.c.unit == filter.unit]]
        if filter.cooperating:
            units.append([cases.c.id.in_(select(case_unit.c.case_id).where(case_unit.c.unit == filter.unit))])
    return [
        [*base, *of_unit, *conditions, *of_state]
        for of_unit in units
        for conditions, states in alternatives or [([], filter.states)]
        for of_state in [[cases.c.state == state.value] for state in sorted(states)] or [[]]
    ]


def _conditions(filter: CaseFilter, now: datetime) -> list[ColumnElement[bool]]:
    c = cases.c
    out: list[ColumnElement[bool]] = []
    for column, value in (
        (c.open, filter.open),
        (c.emergency, filter.emergency),
        (c.suspended, filter.suspended),
        (c.disposed_in_time, filter.disposed_in_time),
        (c.closed_in_time, filter.closed_in_time),
    ):
        if value is not None:
            out.append(column.is_(value))
    for column, text in (
        (c.grid, filter.grid),
        (c.street, filter.street),
        (c.collector, filter.collector),
        (c.kind, filter.kind),
        (c.component, filter.component),
    ):
        if text:
            out.append(column == text)
    if filter.pending:
        out.append(c.pending != "" if filter.pending == "any" else c.pending == filter.pending)
    if filter.found is not None:
        out.append(c.collector == "" if filter.found else c.collector != "")
    if filter.sources:
        out.append(c.source.in_(sorted(filter.sources)))
    if filter.class_code:
        out.append(and_(c.class_code >= filter.class_code, c.class_code < filter.class_code + "\uffff"))
    if filter.since is not None:
        out.append(c[filter.period] >= format_instant(filter.since))
    if filter.until is not None:
        out.append(c[filter.period] < format_instant(filter.until))
    if filter.light:
        out.append(_light_is(filter.light, format_instant(now)))
    if filter.ids:
        out.append(c.id.in_(sorted(filter.ids)))
    for word in filter.text.split():
        out.append(_contains(word))
    return out


def _light_is(light: str, now: str) -> ColumnElement[bool]:
    due, yellow = cases.c.due_key, cases.c.clock_yellow_at
    if light == "red":
        return due <= now
    if light == "yellow":
        return and_(due > now, yellow <= now)
    return and_(cases.c.clock_due_at.is_not(None), due > now, or_(yellow.is_(None), yellow > now))


def _contains(word: str) -> ColumnElement[bool]:
    pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    places = (cases.c.code, cases.c.address, cases.c.description, cases.c.class_name)
    return or_(*(place.like(pattern, escape="\\") for place in places))
