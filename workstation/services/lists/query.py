"""How a list's filter becomes queries that stay quick on a million cases.

A list wants the first hundred rows in some order. Either an index holds the matching rows in that order already; then
they are read straight off. Or it does not; then the first few thousand rows in that order are looked through, which is
enough for any filter that many rows pass, and only if too few are found there, all matching rows are gathered by the
filter's index and sorted, which is quick because they are few.

Which index a query may use is not left to the planner, which on a fresh file knows nothing of the data: one condition
leads, the others are written so that no index fits them (``coalesce(column, '') = …``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal_column, or_, select

from ...store.tables import case_unit, cases
from ...workflow.case import TERMINAL
from ...workflow.event import format_instant
from ...workflow.fields import storable
from ...workflow.flow import REQUEST_KINDS
from ..cases.scope import Scope
from .filter import CaseFilter
from .written import Written

REMEMBERED = 128
"""Filters whose alternatives are kept: what the panels of a post ask for again and again."""
_NONE: ColumnElement[str] = literal_column("''")
"""Written out, for an index of the rows that have something serves only where this is said in its own words."""

# Leading condition → the sorts in which its index holds the rows.
ORDERED: dict[str, tuple[str, ...]] = {
    "": ("due_key", "changed_at", "code"),
    "open": ("due_key", "changed_at"),
    "state": ("due_key", "changed_at", "code"),
    "unit": ("changed_at", "code"),
    "open unit": ("due_key", "changed_at"),
    "inner_unit": (),
    "open inner_unit": ("due_key",),
    "collector": ("due_key",),
    "pending": ("due_key",),
    "grid": ("changed_at",),
    "class": ("changed_at", "code"),
    "way": ("due_key",),
    **dict.fromkeys(("key_case", "coordinating", "directed", "to_report_up"), ("due_key",)),
    **dict.fromkeys(("ids", "parent", "cooperator"), ()),
}
FEW = ("to_report_up", "coordinating", "directed", "key_case")
"""What holds of few cases only, and has an index of those."""
FLAGS = ("emergency", "suspended", "endorsed", "approved", *FEW)
FACTS = ("disposed_in_time", "closed_in_time")


@dataclass(frozen=True, slots=True)
class Through:
    """How to look through the first rows for a whole group of branches at once.

    ``window`` narrows the rows that are looked through, by an index that has the sorts ``ordered`` ready;
    ``condition`` says which of them belong to any branch of the group.
    """

    condition: ColumnElement[bool]
    window: tuple[ColumnElement[bool], ...]
    ordered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One alternative of a filter: ``leading`` and ``rest`` conditions, and the sorts its index has ready.

    Branches with the same ``through`` are looked through together before each gathers its own rows. ``written`` keeps the
    queries that were made of it.
    """

    leading: tuple[ColumnElement[bool], ...]
    rest: tuple[ColumnElement[bool], ...]
    ordered: tuple[str, ...]
    through: Through | None = None
    written: dict[object, Written] = field(default_factory=dict, compare=False, repr=False)

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """All of them."""
        return self.leading + self.rest

    def query(self, key: object, write: Callable[[], Select[Any]]) -> Written:
        """The query of that key; written where nobody has asked for it yet."""
        found = self.written.get(key)
        if found is None:
            found = self.written[key] = Written(write())
        return found


def branches(filter: CaseFilter, now: datetime, classes: frozenset[str]) -> Sequence[Branch]:
    """The alternatives that together are the filter; none: nothing can match. They may overlap.

    ``classes``: the codes of whole classes; any other ``class_code`` is the beginning of some. The same ones again for the same
    filter, unless it looks at the clock or at single cases.
    """
    timed = bool(
        filter.light or filter.ids is not None or any(p.light or p.ids is not None for p in filter.any_of)
    )
    return _alternatives(filter, now, classes) if timed else _remembered(filter, classes)


@lru_cache(maxsize=REMEMBERED)
def _remembered(filter: CaseFilter, classes: frozenset[str]) -> tuple[Branch, ...]:
    return tuple(_alternatives(filter, datetime.min, classes))


def _alternatives(filter: CaseFilter, now: datetime, classes: frozenset[str]) -> list[Branch]:
    merged = (_merged(filter, part) for part in filter.any_of) if filter.any_of else (filter,)
    return [branch for part in merged if part is not None for branch in _branches(part, now, classes)]


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
        elif name in ("states", "sources", "ids", "bodies", "inner_states"):
            values[name] = frozenset(common) & frozenset(added)
            if not values[name]:
                return None
        elif name not in ("any_of", "sort"):
            return None
    return CaseFilter(**{**values, "any_of": (), "sort": filter.sort})


def _branches(filter: CaseFilter, now: datetime, classes: frozenset[str]) -> list[Branch]:
    if (filter.ids is not None and not filter.ids) or filter.within == "" or filter.seen == Scope():
        return []
    rest = _rest(filter, now)
    scopes = _scopes(filter)
    tests = _tests(filter)
    if filter.class_code and filter.class_code not in classes:
        del tests["class"]
        low = _loose("class_code") >= filter.class_code
        rest.append(and_(low, _loose("class_code") < filter.class_code + "\uffff"))
    led = next(iter(tests), "")
    rest += [_loosely(name, filter) for name in tests if name != led]
    if led:
        rest += [within(scope) for scope in scopes]
        if led == "unit":
            return _by_unit(filter, rest)
        return [_led(led, tests[led], filter, rest)]
    if scopes:
        rest += [within(scope) for scope in scopes[1:]]
        return _by_scope(scopes[0], filter, rest)
    c = cases.c
    if filter.states:
        return [
            Branch((c.state == state.value,), (*rest, *_loose_open(filter)), ORDERED["state"])
            for state in sorted(filter.states)
        ]
    if filter.open is not None:
        return [Branch((c.open.is_(filter.open),), tuple(rest), ORDERED["open"])]
    return [Branch((), tuple(rest), ORDERED[""])]


def _scopes(filter: CaseFilter) -> list[Scope]:
    """The parts that the cases must be of, without what the other conditions say already."""
    out = [Scope(frozenset({filter.within}))] if filter.within else []
    said = {filter.within, filter.cooperator, filter.inner_unit, "" if filter.cooperating else filter.unit}
    if filter.seen is not None and not any(unit in filter.seen.units for unit in said if unit):
        out.append(filter.seen)
    return out


def _tests(filter: CaseFilter) -> dict[str, ColumnElement[bool]]:
    """The conditions of which one may lead, the best first: each fits an index."""
    c = cases.c
    tests: dict[str, ColumnElement[bool]] = {}
    if filter.ids:
        tests["ids"] = c.id.in_(sorted(filter.ids))
    if filter.parent:
        tests["parent"] = and_(c.parent == filter.parent, c.parent != _NONE)
    if filter.collector:
        tests["collector"] = c.collector == filter.collector
    if filter.pending:
        kinds = REQUEST_KINDS if filter.pending == "any" else (filter.pending,)
        tests["pending"] = c.pending.in_(kinds)
    for name in FEW:
        if getattr(filter, name):
            tests[name] = c[name]
    if filter.inner_unit:
        tests["inner_unit"] = and_(c.inner_unit == filter.inner_unit, c.inner_unit != _NONE)
    if filter.cooperator:
        tests["cooperator"] = c.id.in_(_cooperated_in([filter.cooperator]))
    if filter.unit:
        tests["unit"] = c.unit == filter.unit
    if filter.way:
        tests["way"] = c.way != _NONE
    if filter.grid:
        tests["grid"] = c.grid == filter.grid
    if filter.class_code:
        tests["class"] = c.class_code == filter.class_code
    return tests


def _loosely(name: str, filter: CaseFilter) -> ColumnElement[bool]:
    """A test that does not lead."""
    if name in FEW:
        return _is(name, True)
    if name == "way" or (name == "pending" and filter.pending == "any"):
        return _loose(name) != ""
    if name == "cooperator":
        return cases.c.id.in_(_cooperated_in([filter.cooperator]))
    if name == "unit" and filter.cooperating:
        lead: ColumnElement[bool] = _loose("unit") == filter.unit
        return or_(lead, cases.c.id.in_(_cooperated_in([filter.unit])))
    column = {"class": "class_code"}.get(name, name)
    test: ColumnElement[bool] = _loose(column) == getattr(filter, column)
    return test


def _led(name: str, test: ColumnElement[bool], filter: CaseFilter, rest: list[ColumnElement[bool]]) -> Branch:
    """The branch that the test leads; where its index holds open and ended cases apart, they lead with it."""
    if f"open {name}" in ORDERED and filter.open is not None and filter.sort == "deadline":
        lead = (test, cases.c.open.is_(filter.open))
        return Branch(lead, (*rest, *_loose_state(filter)), ORDERED[f"open {name}"])
    return Branch((test,), (*rest, *_loose_state(filter), *_loose_open(filter)), ORDERED[name])


def _by_unit(filter: CaseFilter, rest: list[ColumnElement[bool]]) -> list[Branch]:
    out = [_led("unit", cases.c.unit == filter.unit, filter, rest)]
    if filter.cooperating:
        out.append(_led("cooperator", cases.c.id.in_(_cooperated_in([filter.unit])), filter, rest))
    return out


def _by_scope(scope: Scope, filter: CaseFilter, rest: list[ColumnElement[bool]]) -> list[Branch]:
    """Led by what somebody has to do with: one unit by its indexes in order; a tree of units and an area gathered."""
    c = cases.c
    units = sorted(scope.units)
    if len(units) == 1 and not scope.grids:
        return [
            *_by_unit(replace(filter, unit=units[0], cooperating=True), rest),
            _led("inner_unit", and_(c.inner_unit == units[0], c.inner_unit != _NONE), filter, rest),
        ]
    window: tuple[ColumnElement[bool], ...] = ()
    ordered = ORDERED[""]
    is_open = filter.open
    if is_open is None and filter.states and TERMINAL.isdisjoint(filter.states):
        is_open = True
    if is_open is not None:
        window, ordered = (c.open.is_(is_open),), ORDERED["open"]
    through = Through(within(scope), window, ordered)
    loose = (*rest, *_loose_state(filter), *_loose_open(filter))
    states = [state.value for state in sorted(filter.states)]
    tests = [
        and_(c.unit.in_(units), *((c.state.in_(states),) if states else window)),
        c.id.in_(_cooperated_in(units)),
        and_(c.inner_unit.in_(units), c.inner_unit != _NONE, *window),
    ]
    if scope.grids:
        # In the words of the index that holds the open ones only.
        tests.append(and_(c.grid.in_(sorted(scope.grids)), *((_is("open", True),) if is_open else ())))
    return [Branch((test,), loose, (), through) for test in tests]


def within(scope: Scope) -> ColumnElement[bool]:
    """The case is of this part; so written that no index fits."""
    units = sorted(scope.units)
    return or_(
        _loose("unit").in_(units),
        _loose("inner_unit").in_(units),
        *((_loose("grid").in_(sorted(scope.grids)),) if scope.grids else ()),
        cases.c.id.in_(_cooperated_in(units)),
    )


def _cooperated_in(units: Sequence[str]) -> Select[tuple[str]]:
    return select(case_unit.c.case_id).where(case_unit.c.unit.in_(units))


def _loose(name: str) -> ColumnElement[Any]:
    """The column, so written that no index fits."""
    column: ColumnElement[Any] = func.coalesce(cases.c[name], "")
    return column


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
    for flag in FLAGS:
        value = getattr(filter, flag)
        if value is not None and not (value and flag in FEW):
            out.append(_is(flag, value))
    for fact in FACTS:
        value = getattr(filter, fact)
        if value is not None:
            out.append(c[fact].is_(value))  # NULL: not decided, neither in time nor late
    if filter.way not in ("", "any"):
        out.append(_loose("way") == filter.way)
    if filter.settled is not None:
        out.append(_loose("settled_unit") != "" if filter.settled else _loose("settled_unit") == "")
    if filter.bodies:
        out.append(_loose("body").in_(sorted(filter.bodies)))
    if filter.inner_states:
        out.append(_loose("inner_state").in_(sorted(filter.inner_states)))
    for name in ("street", "kind", "component"):
        if getattr(filter, name):
            out.append(_loose(name) == getattr(filter, name))
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
    if not storable(word):
        return false()
    pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    c = cases.c
    places = (c.code, c.address, c.description, c.class_name, c.upstream_code)
    return or_(*(place.like(pattern, escape="\\") for place in places))
