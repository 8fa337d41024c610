"""Parts of statements that go straight to the driver: one of many values, and what narrows cases to what somebody sees."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .scope import Scope

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
