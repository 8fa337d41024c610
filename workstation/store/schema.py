"""Which revision of the schema a city has, and the step to the newest one (alembic, imported only when needed)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from . import rights
from .errors import StoreError

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every revision in order, the newest last: what opening a city compares with, without loading alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"


def revision(conn: Connection) -> str | None:
    """The revision that the city is at; None when this database is not a city."""
    names = inspect(conn).get_table_names()
    if "alembic_version" not in names or "city" not in names:
        return None
    found: str | None = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def require_current(conn: Connection, url: str) -> None:
    """Raise StoreError not_a_city, older_schema or newer_schema unless the city is at the newest revision."""
    found = revision(conn)
    if found is None:
        raise StoreError("not_a_city", url=url)
    if found == REVISIONS[-1]:
        return
    code = "older_schema" if found in REVISIONS else "newer_schema"
    raise StoreError(code, url=url, found=found, wanted=REVISIONS[-1])


def upgrade(conn: Connection, to: str = "head") -> None:
    """Bring the schema, and on PostGIS the door and its grants, to revision ``to`` inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = conn
    command.upgrade(config, to)
    if to == "head":
        rights.refresh(conn)
        if conn.dialect.name == "postgresql":
            from .server import install

            install(conn)
