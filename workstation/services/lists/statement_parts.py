"""Parts of statements that go straight to the driver: one of many values, what narrows cases to what somebody sees, many rows at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...store import raw
from ..cases.scope import Scope

if TYPE_CHECKING:
    from sqlalchemy import Connection


def listed(conn: Connection, values: Sequence[Any]) -> tuple[str, Any]:
    """``= one of these`` behind a column's name, and its one value: however many they are, it is the same statement."""
    if conn.dialect.name == "postgresql":
        return "= ANY(?)", list(values)
    return "IN (SELECT value FROM json_each(?))", json.dumps(list(values))


def seen(conn: Connection, scope: Scope | None) -> tuple[str, list[Any]]:
    """What narrows a list of ``cases AS c`` to what somebody sees, to be added to a WHERE."""
    if scope is None:
        return "", []
    unit, units = listed(conn, sorted(scope.units))
    grid, grids = listed(conn, sorted(scope.grids))
    clause = (
        f" AND (c.unit {unit} OR c.inner_unit {unit} OR c.grid {grid}"
        f" OR EXISTS (SELECT 1 FROM case_unit AS u WHERE u.case_id = c.id AND u.unit {unit}))"
    )
    return clause, [units, units, grids, units]


def gathered(conn: Connection, names: str, statement: str, values: Sequence[Any] = ()) -> list[Sequence[Any]]:
    """The rows of a SELECT whose columns have these names. Of SQLite truth values come as numbers.

    SQLite's driver lets go of Python's lock at every row, and while the interface paints, each row then waits for it again:
    hundreds of rows take longer than all that is asked of them. So they come as one value. A server sends them all at once.
    """
    if conn.dialect.name == "postgresql":
        return list(raw.all_rows(conn, statement, values))
    row = raw.first(conn, f"SELECT json_group_array(json_array({names})) FROM ({statement})", values)
    rows: list[Sequence[Any]] = json.loads(row[0]) if row is not None else []
    return rows
