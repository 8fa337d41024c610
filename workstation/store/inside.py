"""The connection that the program has inside the server: of SQLAlchemy's surface as much as :mod:`.raw` uses, over PL/Python.

Every statement runs in the transaction of whoever called the function, with the rights of the function's owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from .raw import INSIDE

_TYPES = {
    bool: "bool",
    int: "int8",
    float: "float8",
    str: "text",
    bytes: "bytea",
    list: "text[]",
    tuple: "text[]",
}
_CLASS_23 = (
    *("IntegrityConstraintViolation", "RestrictViolation", "NotNullViolation", "ForeignKeyViolation"),
    *("UniqueViolation", "CheckViolation", "ExclusionViolation"),
)


@lru_cache(maxsize=1024)
def numbered(statement: str, kinds: tuple[type, ...]) -> tuple[str, tuple[str, ...]]:
    """The statement with its ``?`` as PostgreSQL numbers them, and the types of those values.

    PL/Python wants a type for each value and has none for a missing one: that is written out as NULL.
    """
    kind = iter(kinds)
    types: list[str] = []

    def mark(_found: re.Match[str]) -> str:
        wanted = next(kind)
        if wanted is type(None):
            return "NULL"
        types.append(_TYPES[wanted])
        return f"${len(types)}"

    return re.sub(r"\?", mark, statement), tuple(types)


class Rows:
    """What a statement has given."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self._rows = rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row; None where there is none."""
        return self._rows[0] if self._rows else None

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Every row."""
        return self._rows


class Inside:
    """A connection inside the server. ``plpy`` is PL/Python's own module."""

    name = "postgresql"
    driver = INSIDE

    def __init__(self, plpy: Any) -> None:
        self._plpy = plpy
        self._plans: dict[tuple[str, tuple[str, ...]], Any] = {}
        self.info: dict[str, Any] = {}
        self.IntegrityError = tuple(getattr(plpy.spiexceptions, name) for name in _CLASS_23)
        self.circles = (plpy.spiexceptions.DeadlockDetected,)
        """What is raised where two transactions wait for one another."""

    # What :mod:`.raw` asks a SQLAlchemy connection for, each by its way there.

    @property
    def dialect(self) -> Inside:
        """Itself: it has a ``name`` and a ``driver``."""
        return self

    @property
    def dbapi(self) -> Inside:
        """Itself: it has ``IntegrityError``."""
        return self

    @property
    def connection(self) -> Inside:
        """Itself."""
        return self

    @property
    def driver_connection(self) -> Inside:
        """Itself: it has ``execute``."""
        return self

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        """Run a statement with ``?`` for its values. A plan is made once a connection."""
        key = numbered(statement, tuple(map(type, values)))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._plpy.prepare(key[0], list(key[1]))
        given = [value for value in values if value is not None]
        found = self._plpy.execute(plan, given)
        rows = [tuple(row.values()) for row in found]
        if rows and len(rows[0]) != len(found.colnames()):
            raise ValueError("PL/Python gives rows by name: two columns must not have the same one")
        return Rows(rows)

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement for each row."""
        for row in rows:
            self.execute(statement, row)

    @contextmanager
    def begin_nested(self) -> Iterator[None]:
        """A part of the transaction: what was done in it is taken back when the block raises."""
        with self._plpy.subtransaction():
            yield

    # A snapshot to read from is the transaction that is going on.

    @contextmanager
    def read(self) -> Iterator[Inside]:
        """Itself, for what asks a database for a connection to read from."""
        yield self
