"""What is shown of found things, read from the city by one statement, and only as far as it concerns who asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ...store import raw
from ..cases.scope import Scope
from ..lists.statement_parts import listed, seen

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Row(NamedTuple):
    """A row of the answer. Of a case: id, code, class, address; of a component: code, name, grid's code, street and grid;
    of a name: number of its entry, kind, ref, name and detail."""

    part: str
    key: str
    one: str
    two: str
    three: str
    four: str
    lon: float | None
    lat: float | None
    open: bool


_NOTHING = "CAST(NULL AS DOUBLE PRECISION)"
_CASES = (
    "SELECT 'case', c.id, c.code, c.class_name, c.address, '', c.lon, c.lat, CAST(c.open AS INTEGER)"
    " FROM cases AS c WHERE c.code {codes}{seen}"
)
_COMPONENTS = (
    "SELECT 'component', c.code, c.name, c.grid_code, coalesce(d.name, ''), coalesce(g.name, ''),"
    " ST_X(c.geom), ST_Y(c.geom), 0 FROM component AS c LEFT JOIN grid AS g ON g.code = c.grid_code"
    " LEFT JOIN division AS d ON d.code = g.street_code WHERE c.code {codes} AND c.state <> 'removed'"
)
_NAMES = (
    f"SELECT 'name', CAST(f.id AS VARCHAR), f.kind, f.ref, f.name, f.detail, {_NOTHING}, {_NOTHING}, 0"
    " FROM find_entry AS f WHERE f.id {ids}{seen}"
)


def read(
    conn: Connection,
    scope: Scope | None,
    cases: Sequence[str] = (),
    components: Sequence[str] = (),
    names: Sequence[int] = (),
) -> list[Row]:
    """The cases and components of these codes, and the entries of these numbers, that there are; of cases those of the
    scope, of people those of its units. Components that were removed are left out. One statement."""
    parts: list[str] = []
    values: list[Any] = []
    if cases:
        clause, value = listed(conn, cases)
        narrowed, more = seen(conn, scope)
        parts.append(_CASES.format(codes=clause, seen=narrowed))
        values += [value, *more]
    if components:
        clause, value = listed(conn, components)
        parts.append(_COMPONENTS.format(codes=clause))
        values.append(value)
    if names:
        clause, value = listed(conn, names)
        narrowed, more = "", []
        if scope is not None:
            unit, units = listed(conn, sorted(scope.units))
            people = f"SELECT p.id FROM person AS p WHERE p.unit_code {unit}"
            narrowed, more = f" AND (f.kind <> 'person' OR f.ref IN ({people}))", [units]
        parts.append(_NAMES.format(ids=clause, seen=narrowed))
        values += [value, *more]
    if not parts:
        return []
    rows = raw.all_rows(conn, " UNION ALL ".join(parts), values)
    return [Row._make((*row[:8], bool(row[8]))) for row in rows]


def people_of(conn: Connection, scope: Scope | None) -> frozenset[str] | None:
    """The people of the scope's units; None: everybody."""
    if scope is None:
        return None
    unit, units = listed(conn, sorted(scope.units))
    return frozenset(
        row[0] for row in raw.all_rows(conn, f"SELECT id FROM person WHERE unit_code {unit}", (units,))
    )
