"""What the roles of a city on PostGIS are called, and how statements of installing are run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

LONGEST = 63
"""Bytes of a PostgreSQL name."""
KEPT = 40
"""Bytes of a prefix, so that the names made with it fit."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of a city, by ``prefix``.

    ``owner`` owns the tables and runs the functions; ``keeper`` makes the roles of persons and nothing else; ``person`` is what
    every person is a member of, ``whole`` besides whoever sees every case; ``seat`` is who asks to be let in;
    ``gis`` is the group of the logins with which staff open the map in QGIS itself.
    """

    prefix: str

    @property
    def owner(self) -> str:
        """Owns the tables and the functions; nobody logs in as it."""
        return f"{self.prefix}_owner"

    @property
    def keeper(self) -> str:
        """Owns the few functions that make and end roles."""
        return f"{self.prefix}_keeper"

    @property
    def person(self) -> str:
        """The group of all persons."""
        return f"{self.prefix}_person"

    @property
    def whole(self) -> str:
        """The group of those who see every case."""
        return f"{self.prefix}_whole"

    @property
    def seat(self) -> str:
        """Whom a seat connects as before anybody has signed in."""
        return f"{self.prefix}_seat"

    @property
    def gis(self) -> str:
        """The group of logins that read the map's layers and write its project, in QGIS itself."""
        return f"{self.prefix}_gis"


def roles_of(database: str) -> Roles:
    """The names of the roles of the city in that database."""
    prefix = f"city_{database}"
    if len(prefix.encode()) > KEPT:
        prefix = f"city_{hashlib.sha256(database.encode()).hexdigest()[:16]}"
    return Roles(prefix)


def quoted(name: str) -> str:
    """A name as it is written in a statement."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as it is written in a statement."""
    return "'" + text.replace("'", "''") + "'"


def run(conn: Connection, script: str) -> Any:
    """Run statements as they stand: nothing in them is a mark for a value."""
    driver: Any = conn.connection.driver_connection
    return driver.execute(script)


def database_of(conn: Connection) -> str:
    """The name of the database that the connection is in."""
    return str(run(conn, "SELECT current_database()").fetchone()[0])


def has_roles(conn: Connection, roles: Roles) -> bool:
    """Whether the city's roles were made (``workstation server init``)."""
    found = run(conn, f"SELECT count(*) FROM pg_roles WHERE rolname = {literal(roles.owner)}").fetchone()
    return bool(found[0])
