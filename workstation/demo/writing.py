"""Writes rows in bulk into an empty city: geometry as WKB, spatial indexes and counting triggers put back after loading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import shapely
from geoalchemy2 import Geometry
from sqlalchemy import Connection, Table

from ..store.tables import SRID

BATCH = 20_000
_ROW_TRIGGERS = {"component": "component_count%", "case_event": "case_event%"}
"""SQLite's triggers that run for every row: what they count is counted after the load; what they guard against (an
event written over) cannot happen in an empty log with a primary key."""


def _geometry_columns(table: Table) -> dict[str, bool]:
    """The table's geometry columns, and whether each has a spatial index."""
    return {c.name: bool(c.type.spatial_index) for c in table.columns if isinstance(c.type, Geometry)}


def insert(conn: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert ``rows`` (tuples in the order of ``columns``; geometries as WKB bytes or None). Returns how many."""
    shapes = _geometry_columns(table)
    count = 0
    source = iter(rows)
    if conn.dialect.name == "postgresql":
        driver: Any = conn.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in source:
                copy.write_row(
                    [_hex(v) if name in shapes else v for name, v in zip(columns, row, strict=True)]
                )
                count += 1
        return count
    marks = ", ".join(f"GeomFromWKB(?, {SRID})" if name in shapes else "?" for name in columns)
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
    while batch := list(islice(source, BATCH)):
        conn.exec_driver_sql(statement, [tuple(row) for row in batch])
        count += len(batch)
    return count


def _hex(value: bytes | None) -> str | None:
    if value is None:
        return None
    return str(shapely.to_wkb(shapely.set_srid(shapely.from_wkb(value), SRID), hex=True, include_srid=True))


@contextmanager
def loading(conn: Connection, table: Table, count: int) -> Iterator[None]:
    """Around a load of ``count`` rows: on large loads without spatial index and row triggers, which are made after."""
    shapes = [name for name, indexed in _geometry_columns(table).items() if indexed]
    if count < 5_000:
        yield
        return
    if conn.dialect.name == "postgresql":
        found = conn.exec_driver_sql(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE '%%USING gist%%'",
            (table.name,),
        ).all()
        for name, _ in found:
            conn.exec_driver_sql(f'DROP INDEX "{name}"')
        yield
        for _, definition in found:
            conn.exec_driver_sql(definition)
        return
    triggers = conn.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name LIKE ?",
        (table.name, _ROW_TRIGGERS.get(table.name, "")),
    ).all()
    for name, _ in triggers:
        conn.exec_driver_sql(f"DROP TRIGGER {name}")
    for column in shapes:
        conn.exec_driver_sql("SELECT DisableSpatialIndex(?, ?)", (table.name, column))
        conn.exec_driver_sql(f"DROP TABLE idx_{table.name}_{column}")
    yield
    for column in shapes:
        made = conn.exec_driver_sql("SELECT CreateSpatialIndex(?, ?)", (table.name, column)).scalar()
        if made != 1:
            raise RuntimeError(f"no spatial index on {table.name}.{column}")
    for _, sql in triggers:
        conn.exec_driver_sql(sql)
    if table.name == "component":
        conn.exec_driver_sql(
            "INSERT INTO grid_count (grid_code, main_code, components) SELECT grid_code, substr(class_code, 1, 2),"
            " count(*) FROM component WHERE state <> 'removed' GROUP BY 1, 2"
        )
