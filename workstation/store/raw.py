"""Statements straight to the driver, inside a SQLAlchemy transaction.

For the few statements that every command runs: SQLAlchemy's own bookkeeping for a result takes longer than SQLite takes
for the work. Marks are ``?`` for both drivers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

INTEGRITY = (IntegrityError, sqlite3.IntegrityError, psycopg.IntegrityError)
"""What a broken unique key or a refusing trigger raises, whichever way the statement went."""
DRIVER_ERRORS = (sqlite3.Error, psycopg.Error)


@lru_cache(maxsize=512)
def _psycopg_marks(statement: str) -> str:
    return statement.replace("%", "%%").replace("?", "%s")


def cursor(conn: Connection, statement: str, values: Sequence[Any] = ()) -> Any:
    """Run a statement; the driver's cursor, to fetch from."""
    driver: Any = conn.connection.driver_connection
    if conn.dialect.name == "postgresql":
        statement = _psycopg_marks(statement)
    return driver.execute(statement, values)


def many(conn: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement for each row."""
    driver: Any = conn.connection.driver_connection
    if conn.dialect.name == "postgresql":
        with driver.cursor() as made:
            made.executemany(_psycopg_marks(statement), rows)
    else:
        driver.executemany(statement, rows)


def first(conn: Connection, statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """The first row, or None."""
    row: tuple[Any, ...] | None = cursor(conn, statement, values).fetchone()
    return row


def all_rows(conn: Connection, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Every row."""
    rows: list[tuple[Any, ...]] = cursor(conn, statement, values).fetchall()
    return rows
