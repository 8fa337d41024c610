"""Statements straight to the driver, inside a SQLAlchemy transaction.

For the few statements that every command runs: SQLAlchemy's own bookkeeping for a result takes longer than SQLite takes
for the work. Marks are ``?`` for both drivers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DatabaseError, IntegrityError

Errors = tuple[type[BaseException], ...]


def integrity_errors(conn: Connection) -> Errors:
    """What a broken unique key or a refusing trigger raises, whichever way the statement went."""
    return (IntegrityError, _driver(conn.dialect).IntegrityError)


def database_errors(dialect: Dialect) -> Errors:
    """What the database or its driver raises, whichever way the statement went."""
    return (DatabaseError, _driver(dialect).Error)


def _driver(dialect: Dialect) -> Any:
    """The driver's module. Asked of the dialect, so that a city in a file never loads the server's driver."""
    return dialect.dbapi


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
