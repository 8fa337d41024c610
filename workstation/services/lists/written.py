"""Queries that SQLAlchemy puts into words once, and that go straight to the driver from then on.

A list is asked for again and again with nothing but other values. Building its query each time, and finding it among those
that were compiled before, takes a seat longer than the server takes to answer it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Select


class _Words(NamedTuple):
    text: str
    values: dict[str, Any]
    order: list[str] | None
    """Of the values, where the driver wants them one after another."""


class Written:
    """A query of texts, numbers and truth values. Its named parameters are given each time, all others are kept."""

    def __init__(self, query: Select[Any]) -> None:
        self._query = query
        self._words: dict[str, _Words] = {}

    def rows(self, conn: Connection, **given: Any) -> list[tuple[Any, ...]]:
        """Its rows, as the driver gives them (SQLite has numbers for truth values)."""
        words = self._words.get(conn.dialect.name)
        if words is None:
            words = self._words[conn.dialect.name] = _words(self._query, conn.dialect)
        values = words.values | given
        driver: Any = conn.connection.driver_connection
        sent = values if words.order is None else [values[name] for name in words.order]
        found: list[tuple[Any, ...]] = driver.execute(words.text, sent).fetchall()
        return found


def _words(query: Select[Any], dialect: Dialect) -> _Words:
    compiled = query.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    order = compiled.positiontup if compiled.positional else None
    return _Words(str(compiled), dict(compiled.params), order)
