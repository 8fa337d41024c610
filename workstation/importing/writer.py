"""Bringing rows into a table by their source key: new ones in, changed ones changed, the others left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from geoalchemy2 import Geometry
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, LargeBinary, Table, bindparam, func, insert, select, update

from ..store.tables import SRID

_BATCH = 2000


@dataclass(slots=True)
class Row:
    """A row to be: its place in the file, its source key, columns, geometries by column. ``keep`` names columns whose
    stored value stays when the row is there already (a code that was made, a date of first appearance)."""

    row: int
    key: str
    columns: dict[str, Any]
    geometry: dict[str, BaseGeometry | None]
    keep: frozenset[str] = frozenset()


@dataclass(slots=True)
class Written:
    """What :func:`upsert` did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    keys: list[str] = field(default_factory=list)
    """The ``names`` column of what is new or changed."""


def stored(conn: Connection, table: Table, prefix: str, key: str = "source_key") -> dict[str, dict[str, Any]]:
    """The rows of a table whose key begins with ``prefix``, by source key; geometry as WKB."""
    column = table.c[key]
    wanted = [func.ST_AsBinary(c).label(c.name) if _is_geometry(c) else c for c in table.columns]
    statement = select(*wanted)
    if prefix:
        statement = statement.where(func.substr(column, 1, len(prefix)) == prefix)
    return {row._mapping[key]: dict(row._mapping) for row in conn.execute(statement)}


def upsert(
    conn: Connection,
    table: Table,
    rows: Iterable[Row],
    before: Mapping[str, Mapping[str, Any]],
    *,
    key: str = "source_key",
    names: str = "code",
    on_change: Mapping[str, Any] | None = None,
) -> Written:
    """Write ``rows``; ``before`` is what :func:`stored` gave in this transaction.

    ``on_change`` holds columns that are set only when something else of the row changes (an instant of change).
    """
    done = Written()
    fresh: list[dict[str, Any]] = []
    altered: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        values = {**row.columns, **{name: _wkb(g) for name, g in row.geometry.items()}}
        old = before.get(row.key)
        if old is None:
            fresh.append({key: row.key, **values, **(on_change or {})})
            done.keys.append(str(values.get(names, "")))
            continue
        different = {n: v for n, v in values.items() if n not in row.keep and not _same(old[n], v)}
        if not different:
            done.unchanged += 1
            continue
        different.update(on_change or {})
        altered.setdefault(tuple(sorted(different)), []).append({"_key": row.key, **different})
        done.changed += 1
        done.keys.append(str(old.get(names, "")))
        if names in different:  # another one from now on
            done.keys.append(str(different[names]))
    done.new = len(fresh)
    if fresh:
        statement = insert(table).values(_bindings(table, tuple(fresh[0])))
        for chunk in _chunks(fresh):
            conn.execute(statement, chunk)
    for columns, changes in altered.items():
        changing = update(table).where(table.c[key] == bindparam("_key")).values(_bindings(table, columns))
        for chunk in _chunks(changes):
            conn.execute(changing, chunk)
    return done


def _bindings(table: Table, columns: Sequence[str]) -> dict[str, Any]:
    return {
        name: func.ST_GeomFromWKB(bindparam(name, type_=LargeBinary), SRID)
        if _is_geometry(table.c[name])
        else bindparam(name)
        for name in columns
    }


def _is_geometry(column: Any) -> bool:
    return isinstance(column.type, Geometry)


def _wkb(geometry: BaseGeometry | None) -> bytes | None:
    return None if geometry is None else shapely.to_wkb(geometry)


def _same(old: Any, new: Any) -> bool:
    """Whether a stored value says the same; geometry by its coordinates, because stores spell WKB in their own way."""
    if isinstance(new, bytes) and old is not None:
        was = bytes(old)
        return was == new or bool(shapely.equals_exact(shapely.from_wkb(was), shapely.from_wkb(new), 0.0))
    return bool(old == new)


def _chunks(rows: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]
