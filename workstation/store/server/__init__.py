"""The door of a city on PostGIS: functions and rights that lie in the database itself, and the roles that they are for.

:func:`install` puts all of it there, again at every upgrade. Without the roles (``workstation server init`` makes them) whoever
connects is the owner, and the functions are there for the owner.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

FOLDER = Path(__file__).parent
SCRIPTS = ("who.sql", "keeper.sql", "guards.sql", "looks.sql", "presence.sql", "positions.sql")
"""Statements that stand by themselves, in this order: who is calling, their roles, what may be written, looks, presence,
positions."""
MODULES = ("door", "looks", "editions", "accounts")
"""Modules beside this one whose ``install(conn)`` puts Python into the server."""


def can_install(conn: Connection) -> bool:
    """Whether this login may put Python into this server: a superuser, where PL/Python is there."""
    from .names import run

    found = run(
        conn,
        "SELECT rolsuper AND EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'plpython3u')"
        " FROM pg_roles WHERE rolname = current_user",
    ).fetchone()
    return bool(found[0])


def install(conn: Connection) -> bool:
    """Put the door into the city's database, in the caller's transaction; False where this login cannot (:func:`can_install`).

    Where the city's roles are there, everything is given to the owner and closed to everybody but those whom it is for.
    """
    from .grants import close
    from .names import database_of, has_roles, roles_of, run
    from .texts import script

    if not can_install(conn):
        return False
    roles = roles_of(database_of(conn))
    run(conn, "CREATE EXTENSION IF NOT EXISTS plpython3u")
    for name in SCRIPTS:
        if (FOLDER / name).exists():
            run(conn, script((FOLDER / name).read_text("utf-8"), roles))
    for name in MODULES:
        if (FOLDER / f"{name}.py").exists():
            import_module(f"{__name__}.{name}").install(conn)
    if has_roles(conn, roles):
        close(conn, roles)
    return True
