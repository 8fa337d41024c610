"""Lists of cases: filtered and sorted by the database, read page by page from a key, never by counting rows off.

A filter with alternatives (several states, an inbox) is asked once for each and the answers are merged, so that each
part can come straight off an index in the wanted order; see ``query``.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Boolean, Connection, Select, func, select, union

from ...store import raw
from ...store.projection import NO_DEADLINE
from ...store.tables import cases
from ...workflow.case import State
from ...workflow.event import Actor, format_instant, parse_instant
from ..cases.scope import Scope, scope_in, sees_all
from . import inbox
from .filter import SORTS, CaseFilter, Key
from .paging import Asked
from .query import Branch, branches, within
from .statement_parts import gathered, listed, seen

if TYPE_CHECKING:
    from ..services import Services

_STANDING = "state, emergency, key_case, pending, suspended, coordinating, way, rework"
_CLASS = "class_edition, kind, class_code"

__all__ = ["CaseFilter", "CaseLists", "CaseRow", "Key", "Marker", "Page", "key_of"]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it. ``unit`` is the lead unit, ``collector`` who is expected on the spot now.

    ``inner_state`` (of the unit that a district sent it to): "", sent, received, fed_back. ``body``: before which of the
    handbook's bodies an open coordination lies. ``endorsed``: the unit's head agreed to the pending request.
    """

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
    parent: str = ""
    inner_unit: str = ""
    inner_state: str = ""
    coordinating: bool = False
    body: str = ""
    way: str = ""
    settled_unit: str = ""
    directed: bool = False
    endorsed: bool = False
    approved: bool = False
    upstream_code: str = ""
    to_report_up: bool = False


class Marker(NamedTuple):
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
_SELECT_ROWS = f"SELECT {', '.join(_NAMES)} FROM cases"
_STATE_AT = _NAMES.index("state")
_FLAGS_AT = tuple(n for n, column in enumerate(_ROW) if isinstance(column.type, Boolean))
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
    for n in _FLAGS_AT:
        if found[n] is not None:  # SQLite has numbers
            found[n] = bool(found[n])
    return CaseRow(*found)


def key_of(row: CaseRow, sort: str) -> Key:
    """The row's place in a list of that sort, as the database has it."""
    if sort == "deadline":
        return (NO_DEADLINE if row.clock_due_at is None else format_instant(row.clock_due_at), row.id)
    return (format_instant(row.changed_at) if sort == "changed" else row.code, row.id)


def _counted(listed: Sequence[Branch]) -> Select[Any]:
    parts = [select(cases.c.id).where(*branch.conditions) for branch in listed]
    # Alternatives may overlap; a union counts each case once.
    ids = parts[0].subquery() if len(parts) == 1 else union(*parts).subquery()
    return select(func.count()).select_from(ids)


class CaseLists:
    """Reads lists of cases: all there are, or those that somebody sees (:meth:`seen_by`)."""

    def __init__(self, services: Services, actor: Actor | None = None) -> None:
        self._services = services
        self._database = services.db
        self._actor = actor

    def seen_by(self, actor: Actor) -> CaseLists:
        """The same lists with nothing in them that the actor's post does not see. The interface reads by these only."""
        return CaseLists(self._services, actor)

    def _scope(self, conn: Connection) -> Scope | None:
        return scope_in(conn, self._actor, self._services.handbook) if self._actor is not None else None

    def _branches(self, conn: Connection, filter: CaseFilter) -> Sequence[Branch]:
        scope = self._scope(conn)
        if scope is not None:
            filter = replace(filter, seen=scope)
        return branches(filter, self._services.now(), self._services.handbook.class_codes)

    def page(self, filter: CaseFilter, after: Key | None = None, limit: int = 100) -> Page:
        """Up to ``limit`` rows after the key, in the filter's order."""
        with self._database.read() as conn:
            return self._page(conn, filter, after, limit)

    def _page(self, conn: Connection, filter: CaseFilter, after: Key | None, limit: int) -> Page:
        column, descending = SORTS[filter.sort]
        asked = Asked(conn, column, descending, after, limit + 1)
        parts = asked.parts(self._branches(conn, filter))
        once = (key for key, _ in groupby(heapq.merge(*parts, reverse=descending)))
        keys = list(islice(once, limit + 1))
        found = {row[0]: row for row in self._read(conn, [key[1] for key in keys[:limit]])}
        rows = [case_row(found[key[1]]) for key in keys[:limit]]
        return Page(rows, keys[limit - 1] if len(keys) > limit else None)

    def among(self, filter: CaseFilter, case_ids: Collection[str]) -> list[CaseRow]:
        """Those of these cases that the filter has, in its order. Nothing but these cases is looked at."""
        ids = frozenset(case_ids) if filter.ids is None else frozenset(case_ids) & frozenset(filter.ids)
        if not ids:
            return []
        with self._database.read() as conn:
            return self._page(conn, replace(filter, ids=ids), None, len(ids)).rows

    def _read(self, conn: Connection, case_ids: Sequence[str]) -> list[tuple[Any, ...]]:
        if conn.dialect.name == "postgresql":
            return raw.all_rows(conn, f"{_SELECT_ROWS} WHERE id = ANY(?)", (list(case_ids),))
        listed = f"{_SELECT_ROWS} WHERE id IN (SELECT value FROM json_each(?))"
        return raw.all_rows(conn, listed, (json.dumps(list(case_ids)),))

    def key_at(self, filter: CaseFilter, place: int) -> Key | None:
        """The key of the row at that place (0 is the first), to jump far into a list with; None beyond its end.

        Only keys are counted off, and rows that belong to several alternatives once.
        """
        column, descending = SORTS[filter.sort]
        with self._database.read() as conn:
            listed = Asked(conn, column, descending, None, place + 1).places(self._branches(conn, filter))
        once = (item for item, _ in groupby(heapq.merge(*listed, reverse=descending)))
        return next(islice(once, place, None), None)

    def count(self, filter: CaseFilter) -> int:
        """How many cases the filter has."""
        whole = self._actor is None or sees_all(self._actor, self._services.handbook)
        with self._database.glance() if whole else self._database.read() as conn:
            listed = self._branches(conn, filter)
            if not listed:
                return 0
            return int(listed[0].query("count", lambda: _counted(listed)).rows(conn)[0][0])

    def rows(self, case_ids: list[str]) -> list[CaseRow]:
        """The rows of these cases, in the given order; those that there are."""
        found: dict[str, CaseRow] = {}
        with self._database.read() as conn:
            scope = self._scope(conn)
            seen = [] if scope is None else [within(scope)]
            for start in range(0, len(case_ids), 500):
                query = select(*_ROW).where(cases.c.id.in_(case_ids[start : start + 500]), *seen)
                found.update((row[0], case_row(row)) for row in conn.execute(query))
        return [found[case_id] for case_id in case_ids if case_id in found]

    def numbers(self, case_ids: Sequence[str]) -> dict[str, int]:
        """How far each of these cases is (``seq``); those that the actor sees."""
        return {row[0]: row[1] for row in self._gathered("id, seq", case_ids)}

    def kinds(self, case_ids: Sequence[str]) -> list[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
        """Of each of these cases what decides where it may go: its id, how it stands, and its class; those that the actor sees."""
        rows = self._gathered(f"id, {_STANDING}, {_CLASS}", case_ids)
        found = {row[0]: (row[0], (*row[1:-4], row[-4] > 0), tuple(row[-3:])) for row in rows}
        return [found[case_id] for case_id in case_ids if case_id in found]

    def _gathered(self, names: str, case_ids: Sequence[str]) -> list[Sequence[Any]]:
        with self._database.read() as conn:
            wanted, ids = listed(conn, case_ids)
            part, values = seen(conn, self._scope(conn))
            statement = f"SELECT {names} FROM cases AS c WHERE c.id {wanted}{part}"
            return gathered(conn, names, statement, [ids, *values])

    @staticmethod
    def everything() -> CaseFilter:
        """All cases, the newest change first."""
        return CaseFilter(sort="changed")

    def inbox(self, actor: Actor) -> CaseFilter:
        """What waits for this person in this post (待办)."""
        return inbox.inbox(actor, self._services.handbook)

    def markers(self, case_ids: Collection[str] | None = None) -> list[Marker]:
        """Every open case that has a position; of these cases only, where they are given."""
        statement = f"SELECT {', '.join(Marker._fields)} FROM cases WHERE open AND lon IS NOT NULL AND lat IS NOT NULL"
        values: list[str] = []
        if case_ids is not None:
            statement += f" AND id IN ({', '.join('?' * len(case_ids)) or 'NULL'})"
            values = sorted(case_ids)
        states = {state.value: state for state in State}
        with self._database.read() as conn:
            scope = self._scope(conn)
            if scope is not None:
                units, grids = sorted(scope.units), sorted(scope.grids)
                marks, places = (", ".join("?" * len(part)) or "NULL" for part in (units, grids))
                statement += (
                    f" AND (unit IN ({marks}) OR inner_unit IN ({marks}) OR grid IN ({places})"
                    f" OR id IN (SELECT case_id FROM case_unit WHERE unit IN ({marks})))"
                )
                values += [*units, *units, *grids, *units]
            return [
                Marker(
                    r[0],
                    r[1],
                    r[2],
                    r[3],
                    states[r[4]],
                    _instant(r[5]),
                    _instant(r[6]),
                    bool(r[7]),
                    r[8],
                    r[9],
                    bool(r[10]),
                )
                for r in raw.all_rows(conn, statement, values)
            ]


def _instant(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)
