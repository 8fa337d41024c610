"""Statements straight to the driver, inside a SQLAlchemy transaction.

For the few statements that every command runs: SQLAlchemy's own bookkeeping for a result takes longer than SQLite takes
for the work. Marks are ``?`` for every driver. Inside the server ``conn`` is a small object with what is used here of
a SQLAlchemy connection; what runs there too (:mod:`workstation.store.server.door` lists it) knows SQLAlchemy by name only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection

Errors = tuple[type[BaseException], ...]
INSIDE = "plpython"
"""``conn.dialect.driver`` of the connection that the program has inside the server (:mod:`workstation.store.inside`)."""


def integrity_errors(conn: Connection) -> Errors:
    """What a broken unique key or a refusing trigger raises when a statement goes through this module.

    The driver is asked of the dialect, so that a city in a file never loads the server's.
    """
    driver: Any = conn.dialect.dbapi
    kinds = driver.IntegrityError  # inside the server there is one for each code
    return kinds if isinstance(kinds, tuple) else (kinds,)


def _is_psycopg(conn: Connection) -> bool:
    return conn.dialect.name == "postgresql" and conn.dialect.driver != INSIDE


@lru_cache(maxsize=512)
def _psycopg_marks(statement: str) -> str:
    return statement.replace("%", "%%").replace("?", "%s")


def cursor(conn: Connection, statement: str, values: Sequence[Any] = ()) -> Any:
    """Run a statement; the driver's cursor, to fetch from."""
    driver: Any = conn.connection.driver_connection
    if _is_psycopg(conn):
        statement = _psycopg_marks(statement)
    return driver.execute(statement, values)


def many(conn: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement for each row."""
    driver: Any = conn.connection.driver_connection
    if _is_psycopg(conn):
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
