"""How a list's filter becomes queries that stay quick on a million cases.

A list wants the first hundred rows in some order. Either an index holds the matching rows in that order already; then
they are read straight off. Or it does not; then the first few thousand rows in that order are looked through, which is
enough for any filter that many rows pass, and only if too few are found there, all matching rows are gathered by the
filter's index and sorted, which is quick because they are few.

Which index a query may use is not left to the planner, which on a fresh file knows nothing of the data: one condition
leads, the others are written so that no index fits them (``coalesce(column, '') = …``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from ..store.tables import case_unit, cases
from ..workflow.event import format_instant
from .filter import CaseFilter

LOOKED_THROUGH = 4000
"""Rows that are looked through before the matching rows are gathered."""

# Leading condition → the sorts in which its index holds the rows.
ORDERED: dict[str, tuple[str, ...]] = {
    "": ("due_key", "changed_at", "code"),
    "open": ("due_key", "changed_at"),
    "state": ("due_key", "changed_at", "code"),
    "unit": ("changed_at", "code"),
    "open unit": ("due_key", "changed_at"),
    "collector": ("due_key",),
    "pending": ("due_key",),
    "grid": ("changed_at",),
    "class": ("changed_at", "code"),
    "cooperating": (),
    "ids": (),
}


@dataclass(frozen=True, slots=True)
class Branch:
    """One alternative of a filter: ``leading`` and ``rest`` conditions, and the sorts its index has ready."""

    leading: tuple[ColumnElement[bool], ...]
    rest: tuple[ColumnElement[bool], ...]
    ordered: tuple[str, ...]

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """All of them."""
        return self.leading + self.rest


def branches(filter: CaseFilter, now: datetime, is_class: Callable[[str], bool]) -> list[Branch]:
    """The alternatives that together are the filter; none: nothing can match. They may overlap."""
    merged = (_merged(filter, part) for part in filter.any_of) if filter.any_of else (filter,)
    return [branch for part in merged if part is not None for branch in _branches(part, now, is_class)]


def _merged(filter: CaseFilter, part: CaseFilter) -> CaseFilter | None:
    """What must hold for all alternatives and what one of them adds; None where the two exclude each other."""
    base = CaseFilter()
    values: dict[str, Any] = {}
    for name in CaseFilter.__dataclass_fields__:
        common, added, default = getattr(filter, name), getattr(part, name), getattr(base, name)
        if added in (default, common):
            values[name] = common
        elif common == default:
            values[name] = added
        elif name == "text":
            values[name] = f"{common} {added}"
        elif name in ("states", "sources", "ids"):
            values[name] = frozenset(common) & frozenset(added)
            if not values[name]:
                return None
        elif name not in ("any_of", "sort"):
            return None
    return CaseFilter(**{**values, "any_of": (), "sort": filter.sort})


def _branches(filter: CaseFilter, now: datetime, is_class: Callable[[str], bool]) -> list[Branch]:
    if (filter.ids is not None and not filter.ids) or filter.within == "":
        return []
    c = cases.c
    rest = _rest(filter, now)
    if filter.within and not filter.unit:
        filter = replace(filter, unit=filter.within, cooperating=True)
    elif filter.within:
        rest.append(of_unit(filter.within))
    tests: dict[str, ColumnElement[bool]] = {}
    if filter.ids:
        tests["ids"] = c.id.in_(sorted(filter.ids))
    if filter.collector:
        tests["collector"] = c.collector == filter.collector
    if filter.pending and filter.pending != "any":
        tests["pending"] = c.pending == filter.pending
    if filter.unit:
        tests["unit"] = c.unit == filter.unit
    if filter.grid:
        tests["grid"] = c.grid == filter.grid
    if filter.class_code:
        if is_class(filter.class_code):
            tests["class"] = c.class_code == filter.class_code
        else:
            rest.append(
                and_(
                    _loose("class_code") >= filter.class_code,
                    _loose("class_code") < filter.class_code + "\uffff",
                )
            )
    led = next(iter(tests), "")
    for name in list(tests):
        if name != led:
            del tests[name]
            rest.append(
                of_unit(filter.unit) if name == "unit" and filter.cooperating else _loose_equal(name, filter)
            )
    if led == "unit":
        return _by_unit(filter, rest)
    if led:
        return [Branch((tests[led],), (*rest, *_loose_state(filter), *_loose_open(filter)), ORDERED[led])]
    if filter.states:
        return [
            Branch((c.state == state.value,), (*rest, *_loose_open(filter)), ORDERED["state"])
            for state in sorted(filter.states)
        ]
    if filter.open is not None:
        return [Branch((c.open.is_(filter.open),), tuple(rest), ORDERED["open"])]
    return [Branch((), tuple(rest), ORDERED[""])]


def _by_unit(filter: CaseFilter, rest: list[ColumnElement[bool]]) -> list[Branch]:
    c = cases.c
    lead: tuple[ColumnElement[bool], ...] = (c.unit == filter.unit,)
    ordered = ORDERED["unit"]
    if filter.open is not None and filter.sort == "deadline":
        lead, ordered = (*lead, c.open.is_(filter.open)), ORDERED["open unit"]
    out = [Branch(lead, (*rest, *_loose_state(filter), *_loose_open(filter)), ordered)]
    if filter.cooperating:
        ids = c.id.in_(_cooperated_in(filter.unit))
        out.append(
            Branch((ids,), (*rest, *_loose_state(filter), *_loose_open(filter)), ORDERED["cooperating"])
        )
    return out


def of_unit(unit: str) -> ColumnElement[bool]:
    """The unit leads the case or cooperates in it; so written that no index fits."""
    return or_(_loose("unit") == unit, cases.c.id.in_(_cooperated_in(unit)))


def _cooperated_in(unit: str) -> Select[tuple[str]]:
    return select(case_unit.c.case_id).where(case_unit.c.unit == unit)


def _loose(name: str) -> ColumnElement[Any]:
    """The column, so written that no index fits."""
    column: ColumnElement[Any] = func.coalesce(cases.c[name], "")
    return column


def _loose_equal(name: str, filter: CaseFilter) -> ColumnElement[bool]:
    column = {"class": "class_code"}.get(name, name)
    test: ColumnElement[bool] = _loose(column) == getattr(filter, column)
    return test


def _loose_state(filter: CaseFilter) -> list[ColumnElement[bool]]:
    return [_loose("state").in_([state.value for state in sorted(filter.states)])] if filter.states else []


def _loose_open(filter: CaseFilter) -> list[ColumnElement[bool]]:
    return [_is("open", filter.open)] if filter.open is not None else []


def _is(name: str, value: bool) -> ColumnElement[bool]:
    test: ColumnElement[bool] = func.coalesce(cases.c[name], false()).is_(value)
    return test


def _rest(filter: CaseFilter, now: datetime) -> list[ColumnElement[bool]]:
    """The conditions that never lead."""
    c = cases.c
    out: list[ColumnElement[bool]] = []
    for flag in ("emergency", "suspended"):
        value = getattr(filter, flag)
        if value is not None:
            out.append(_is(flag, value))
    for fact in ("disposed_in_time", "closed_in_time"):
        value = getattr(filter, fact)
        if value is not None:
            out.append(c[fact].is_(value))  # NULL: not decided, neither in time nor late
    for name in ("street", "kind", "component"):
        if getattr(filter, name):
            out.append(_loose(name) == getattr(filter, name))
    if filter.pending == "any":
        out.append(_loose("pending") != "")
    if filter.found is not None:
        out.append(_loose("collector") == "" if filter.found else _loose("collector") != "")
    if filter.sources:
        out.append(_loose("source").in_(sorted(filter.sources)))
    if filter.since is not None:
        out.append(_loose(filter.period) >= format_instant(filter.since))
    if filter.until is not None:
        out.append(and_(c[filter.period].is_not(None), _loose(filter.period) < format_instant(filter.until)))
    if filter.light:
        out.append(_light_is(filter.light, format_instant(now)))
    out.extend(_contains(word) for word in filter.text.split())
    return out


def _light_is(light: str, now: str) -> ColumnElement[bool]:
    due, yellow = _loose("due_key"), cases.c.clock_yellow_at
    if light == "red":
        return due <= now
    if light == "yellow":
        return and_(due > now, yellow <= now)
    return and_(cases.c.clock_due_at.is_not(None), due > now, or_(yellow.is_(None), yellow > now))


def _contains(word: str) -> ColumnElement[bool]:
    pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    places = (cases.c.code, cases.c.address, cases.c.description, cases.c.class_name)
    return or_(*(place.like(pattern, escape="\\") for place in places))
