"""The first keys of a list, after a key, in its order: what a page is cut from.

Only keys are sorted and merged; the rows themselves, which are wide, are read for those few that are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    String,
    bindparam,
    func,
    select,
    tuple_,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.util import ClauseAdapter

from ...store.tables import cases
from .filter import Key
from .query import Branch, Through
from .written import Written

LOOKED_THROUGH = 4000
"""Rows that are looked through before the matching rows are gathered."""
FEW = 1500
"""So many rows are gathered without looking through any first."""
_PLACE, _ID = bindparam("after_place", "", type_=String), bindparam("after_id", "", type_=String)


@dataclass(frozen=True, slots=True)
class Asked:
    """The first ``limit`` keys after a key, in an order: what each alternative is asked for."""

    conn: Connection
    column: str
    descending: bool
    after: Key | None
    limit: int

    def parts(self, branches: Sequence[Branch]) -> list[list[Key]]:
        """The keys of each alternative, or of several at once, in order; together they are the list's."""
        out = []
        for _, group in groupby(branches, key=lambda branch: id(branch.through)):
            together = list(group)
            through = together[0].through
            if through is None:
                out += [self._part(branch) for branch in together]
            else:
                out += self._together(together, through)
        return out

    def places(self, branches: Sequence[Branch]) -> list[list[Key]]:
        """Like :meth:`parts`, for a limit so far away that looking through the first rows is no help."""
        out = []
        for _, group in groupby(branches, key=lambda branch: id(branch.through)):
            together = list(group)
            through = together[0].through
            if through is None or self._few(together):
                out += [self._gathered(branch) for branch in together]
            else:
                conditions = (*through.window, through.condition, *together[0].rest)
                out.append(self._walked(together[0], conditions))
        return out

    def _part(self, branch: Branch) -> list[Key]:
        if self.column not in branch.ordered and not self._few([branch]):
            # Look through the first rows in this order, whatever they are; if too few of them match, gather all that do.
            found = self._looked_through(branch, (), branch.conditions)
            if len(found) == self.limit:
                return found
        return self._gathered(branch)

    def _together(self, branches: Sequence[Branch], through: Through) -> list[list[Key]]:
        if not self._few(branches):
            if self.column in through.ordered:
                found = self._looked_through(
                    branches[0], through.window, (through.condition, *branches[0].rest)
                )
            else:
                conditions = (through.condition, *through.window, *branches[0].rest)
                found = self._looked_through(branches[0], (), conditions)
            if len(found) == self.limit:
                return [found]
        return [self._gathered(branch) for branch in branches]

    def _few(self, branches: Sequence[Branch]) -> bool:
        """Whether the leading conditions leave few rows: told by the index alone."""
        left = FEW
        for branch in branches:
            query = branch.query("few", lambda branch=branch: _few(branch))  # type: ignore[misc]
            left -= int(query.rows(self.conn, most=left + 1)[0][0])
            if left < 0:
                return False
        return True

    def _walked(self, branch: Branch, conditions: Sequence[ColumnElement[bool]]) -> list[Key]:
        query = branch.query(
            ("walked", *self._shape), lambda: self._first(cases, (), None, self.limit).where(*conditions)
        )
        return self._read(query, None)

    def _gathered(self, branch: Branch) -> list[Key]:
        loose = self.column not in branch.ordered

        def write() -> Select[Any]:
            return self._first(cases, (), self.after, self.limit, loose=loose).where(*branch.conditions)

        return self._read(branch.query(("gathered", *self._shape), write), self.after)

    def _looked_through(
        self, branch: Branch, window: Sequence[ColumnElement[bool]], conditions: Sequence[ColumnElement[bool]]
    ) -> list[Key]:
        def write() -> Select[Any]:
            names = {item.name for condition in conditions for item in _columns(condition)}
            rows = self._first(cases, sorted(names), self.after, LOOKED_THROUGH).where(*window).subquery()
            adapt = ClauseAdapter(rows).traverse
            return self._first(rows, (), None, self.limit).where(*map(adapt, conditions))

        return self._read(branch.query(("looked through", *self._shape), write), self.after)

    @property
    def _shape(self) -> tuple[object, ...]:
        """What the words of a query depend on, besides its branch."""
        return self.column, self.descending, self.after is not None, self.limit

    def _first(
        self, table: FromClause, names: Sequence[str], after: Key | None, limit: int, *, loose: bool = False
    ) -> Select[Any]:
        """The first keys of the table after the key, and these columns besides.

        ``loose``: so written that no index in this order leads the query.
        """
        key = (table.c[self.column], table.c.id)
        more = (table.c[name] for name in names if name not in (self.column, "id"))
        query: Select[Any] = select(*key, *more)
        by: tuple[ColumnElement[Any], ...] = (func.coalesce(key[0], ""), key[1]) if loose else key
        if after is not None:
            place, edge = tuple_(*by), tuple_(_PLACE, _ID)
            query = query.where(place < edge if self.descending else place > edge)
        return query.order_by(*((part.desc() if self.descending else part.asc()) for part in by)).limit(limit)

    def _read(self, query: Written, after: Key | None) -> list[Key]:
        given = {} if after is None else {"after_place": after[0], "after_id": after[1]}
        return [(row[0], row[1]) for row in query.rows(self.conn, **given)]


def _few(branch: Branch) -> Select[Any]:
    some = select(cases.c.id).where(*branch.leading).limit(bindparam("most", 0, type_=Integer)).subquery()
    return select(func.count()).select_from(some)


def _columns(condition: ColumnElement[bool]) -> list[Column[Any]]:
    """The columns of cases that a condition looks at."""
    return [item for item in visitors.iterate(condition) if isinstance(item, Column) and item.table is cases]
