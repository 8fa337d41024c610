"""Rows of a city as plain values, the same whichever store they are read from; reading, writing, numbers, triggers.

Text, whole numbers, floats, truths and bytes are Python's; a geometry is its WKB (two dimensions, little endian).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import Boolean, Column, Connection, Float, LargeBinary, Table

from .. import raw
from ..tables import SRID

AT_A_TIME = 2_000
BIG_AT_A_TIME = 20
"""Rows in memory at once; of tables with photographs and files only a few."""
_SPATIALITES_OWN = re.compile(r"(gg[iu]|gi[iud]|tm[iud])_")
"""The triggers by which SpatiaLite keeps its indexes and checks a geometry's type."""

Row = tuple[Any, ...]


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def _at_a_time(table: Table) -> int:
    return BIG_AT_A_TIME if any(isinstance(c.type, LargeBinary) for c in table.columns) else AT_A_TIME


def _is_geometry(column: Column[Any]) -> bool:
    return isinstance(column.type, Geometry)


def read(conn: Connection, table: Table) -> Iterator[Row]:
    """Every row of a table, in no particular order."""
    postgis = conn.dialect.name == "postgresql"
    binary = "ST_AsBinary({}, 'NDR')" if postgis else "AsBinary({})"
    chosen = ", ".join(
        binary.format(quoted(c.name)) if _is_geometry(c) else quoted(c.name) for c in table.columns
    )
    statement = f"SELECT {chosen} FROM {quoted(table.name)}"
    makes = [_maker(column) for column in table.columns]
    for values in _fetched(conn, statement, _at_a_time(table)):
        yield tuple(
            value if make is None or value is None else make(value)
            for make, value in zip(makes, values, strict=True)
        )


def _maker(column: Column[Any]) -> Any:
    if isinstance(column.type, Boolean):
        return bool
    if isinstance(column.type, Float):
        return _float
    return bytes if isinstance(column.type, LargeBinary) or _is_geometry(column) else None


def _float(value: float) -> float:
    return float(value) + 0.0  # no negative zero: not every store keeps it


def _fetched(conn: Connection, statement: str, size: int) -> Iterator[Sequence[Any]]:
    driver: Any = conn.connection.driver_connection
    if conn.dialect.name == "postgresql":
        # Without a name the driver would take the whole answer into memory.
        with driver.cursor(name="moving") as cursor:
            cursor.itersize = size
            cursor.execute(statement)
            yield from cursor
        return
    cursor = driver.execute(statement)
    while rows := cursor.fetchmany(size):
        yield from rows


def write(conn: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Write rows as :func:`read` gives them."""
    if conn.dialect.name == "postgresql":
        _copy(conn, table, rows)
        return
    marks = ", ".join(f"GeomFromWKB(?, {SRID})" if _is_geometry(c) else "?" for c in table.columns)
    names = ", ".join(quoted(c.name) for c in table.columns)
    statement = f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({marks})"
    source = iter(rows)
    while part := list(islice(source, _at_a_time(table))):
        raw.many(conn, statement, part)


def _copy(conn: Connection, table: Table, rows: Iterable[Row]) -> None:
    driver: Any = conn.connection.driver_connection
    names = ", ".join(quoted(c.name) for c in table.columns)
    geometries = [n for n, column in enumerate(table.columns) if _is_geometry(column)]
    with driver.cursor() as cursor, cursor.copy(f"COPY {quoted(table.name)} ({names}) FROM STDIN") as copy:
        for row in rows:
            if geometries:
                values = list(row)
                for n in geometries:
                    values[n] = None if values[n] is None else _with_srid(values[n])
                copy.write_row(values)
            else:
                copy.write_row(row)


def _with_srid(wkb: bytes) -> str:
    """PostGIS's form of a geometry: the kind with a mark that the SRID follows, in hexadecimal."""
    (kind,) = struct.unpack_from("<I", wkb, 1)
    return (wkb[:1] + struct.pack("<II", kind | 0x2000_0000, SRID) + wkb[5:]).hex()


# ---- numbers that are given out ---------------------------------------------------------------------------------


def numbers(conn: Connection, tables: Iterable[Table]) -> dict[str, int]:
    """The highest number that each counting table has given out, also to rows that are gone."""
    out = {}
    for table in tables:
        column = table.autoincrement_column
        if column is None:
            continue
        highest = conn.exec_driver_sql(
            f"SELECT max({quoted(column.name)}) FROM {quoted(table.name)}"
        ).scalar()
        out[table.name] = max(int(highest or 0), _counter(conn, table.name, column.name))
    return out


def _counter(conn: Connection, table: str, column: str) -> int:
    if conn.dialect.name != "postgresql":
        found = raw.first(conn, "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return int(found[0]) if found else 0
    sequence = _sequence(conn, table, column)
    if sequence is None:
        return 0
    found = raw.first(conn, f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
    return int(found[0]) if found else 0


def _sequence(conn: Connection, table: str, column: str) -> str | None:
    found = raw.first(conn, "SELECT pg_get_serial_sequence(?, ?)", (quoted(table), column))
    return None if found is None or found[0] is None else str(found[0])


def set_number(conn: Connection, table: str, number: int) -> None:
    """Go on counting after ``number``."""
    if not number:
        return
    if conn.dialect.name != "postgresql":
        # Only tables that promise never to give a number twice have a line here; the others count from their rows.
        raw.cursor(conn, "UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (number, table))
        if _promises(conn, table) and raw.first(conn, "SELECT changes()") == (0,):
            raw.cursor(conn, "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))
        return
    sequence = _sequence(conn, table, "id")
    if sequence is not None:
        raw.first(conn, "SELECT setval(?, ?)", (sequence, number))


def _promises(conn: Connection, table: str) -> bool:
    found = raw.first(conn, "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return found is not None and "AUTOINCREMENT" in str(found[0]).upper()


# ---- triggers ---------------------------------------------------------------------------------------------------


@contextmanager
def without_triggers(conn: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Write rows as they were: what the triggers would make of them is among the rows already.

    Foreign keys hold all the while, as do SpatiaLite's own triggers, which keep the spatial indexes.
    """
    names = [table.name for table in tables]
    if conn.dialect.name == "postgresql":
        for name in names:
            conn.exec_driver_sql(f"ALTER TABLE {quoted(name)} DISABLE TRIGGER USER")
        yield
        for name in names:
            conn.exec_driver_sql(f"ALTER TABLE {quoted(name)} ENABLE TRIGGER USER")
        return
    found = raw.all_rows(conn, "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    ours = [(name, sql) for name, of, sql in found if of in names and not _SPATIALITES_OWN.match(name)]
    for name, _ in ours:
        conn.exec_driver_sql(f"DROP TRIGGER {quoted(name)}")
    yield
    for _, sql in ours:
        conn.exec_driver_sql(sql)
