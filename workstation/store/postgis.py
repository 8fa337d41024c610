"""The PostGIS side of the store: many seats on one server."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, text


def engine(url: URL, *, writer: bool) -> Engine:
    """The engine for reading (snapshots that cannot write) or for writing."""
    query = {"connect_timeout": "5", "application_name": "workstation", **url.query}
    options: dict[str, Any] = (
        {} if writer else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )
    return create_engine(
        url.set(drivername="postgresql+psycopg", query=query),
        pool_size=2 if writer else 4,
        max_overflow=8,
        pool_pre_ping=True,
        execution_options=options,
    )


def has_postgis(conn: Connection) -> bool:
    """Whether the extension is there; made if the login may do so."""
    found = conn.execute(text("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'")).scalar()
    return bool(found)


def error_code(error: BaseException) -> str:
    """The StoreError code for what the server, or the attempt to reach it, said."""
    message = str(error).lower()
    for words, code in (
        ("password authentication failed", "refused_login"),
        ("no password supplied", "refused_login"),
        ("does not exist", "no_database"),
        ("read-only", "read_only"),
        ("disk full", "disk_full"),
        ("no space left", "disk_full"),
    ):
        if words in message:
            return code
    return "unreachable"
