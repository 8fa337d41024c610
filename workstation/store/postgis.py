"""The PostGIS side of the store: many seats on one server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DisconnectionError

POOL_SECONDS = 15.0
"""How long to wait for a connection while all of them are in use."""
REST_SECONDS = 2.0
"""A connection that nobody has used for so long is asked whether it is still there before it is used again."""
_REST = "workstation.rest"


READ, WRITE, ASK = "read", "write", "ask"
"""What a pool's connections are for: reading, transactions that write, and statements that are a transaction each."""
KEPT = {READ: 3, WRITE: 1, ASK: 2}
"""Connections that a seat keeps once it has made them; with the one that listens seven (docs/deployment.md)."""


def engine(url: URL, use: str) -> Engine:
    """The engine for one use. No wait on it is without an end.

    Connections for reading and asking commit each statement by itself (:func:`snapshot` begins more); what reads cannot write.
    """
    from . import patience

    given = url.query.get("options", "")
    options = patience.settings(
        patience.READING if use == READ else patience.SESSION,
        given if isinstance(given, str) else " ".join(given),
    )
    query = {
        "connect_timeout": str(patience.CONNECT_SECONDS),
        "application_name": "workstation",
        **patience.SYSTEM,
        **url.query,
        "options": options,
    }
    made = create_engine(
        url.set(drivername="postgresql+psycopg", query=query),
        hide_parameters=True,
        pool_size=KEPT[use],
        max_overflow=8,
        pool_timeout=POOL_SECONDS,
    )

    @event.listens_for(made, "do_connect")
    def _connect(_dialect: Any, _record: Any, args: Any, kwargs: Any) -> Any:
        connection = patience.connect(*args, **kwargs)
        connection.autocommit = use != WRITE
        return connection

    @event.listens_for(made, "checkin")
    def _returned(_connection: Any, record: Any) -> None:
        record.info[_REST] = time.monotonic()

    @event.listens_for(made, "checkout")
    def _taken(connection: Any, record: Any, _proxy: Any) -> None:
        # What was in use a moment ago is there; asking each time costs as much as a short question itself.
        rested = time.monotonic() - record.info.get(_REST, time.monotonic())
        if rested > REST_SECONDS and not _answers(connection):
            raise DisconnectionError("the connection has gone while nobody used it")

    return made


def _answers(connection: Any) -> bool:
    import psycopg

    try:
        if connection.autocommit:
            connection.execute("")
        else:
            connection.autocommit = True
            connection.execute("")
            connection.autocommit = False
    except psycopg.Error:
        return False
    return True


@contextmanager
def snapshot(conn: Connection) -> Iterator[None]:
    """Let everything that a connection for reading reads within the block be of one moment."""
    driver: Any = conn.connection.driver_connection
    with driver.transaction():
        yield


def ping(made: Engine) -> None:
    """Ask the server for an answer, on a connection of its own; what the driver raises when there is none in seconds."""
    from . import patience

    args, kwargs = made.dialect.create_connect_args(made.url)
    with patience.Probe.connect(*args, **{**kwargs, **patience.FOR_PROBE}) as conn:
        conn.execute("SELECT 1")


def has_postgis(conn: Connection) -> bool:
    """Whether the extension is there; made if the login may do so."""
    found = conn.execute(text("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'")).scalar()
    return bool(found)


# By SQLSTATE, the whole of it or its class. What is not listed has nothing to do with the connection.
_CODES = {
    "08": "unreachable",
    "28": "refused_login",
    "3D": "no_database",
    "40": "busy",
    "53": "crowded",
    "53100": "disk_full",
    "55P03": "busy",
    "57014": "busy",
    "57P01": "unreachable",
    "57P02": "unreachable",
    "57P03": "starting",
    "57P05": "unreachable",
    "25P03": "unreachable",
    "25006": "read_only",
}

_INSIDE = frozenset({"read_only", "disk_full", "busy"})


def error_code(error: BaseException) -> str:
    """The StoreError code for what the server, or the attempt to reach it, said."""
    state = str(getattr(error, "sqlstate", None) or "")
    for length in (5, 2):
        if state[:length] in _CODES:
            return _CODES[state[:length]]
    inside = state.startswith("38")  # what the program met inside the server has only words left
    if state and not inside:
        return "failed"
    # An attempt to connect that is turned away has no SQLSTATE, only words.
    message = str(error).lower()
    for words, code in (
        ("password authentication failed", "refused_login"),
        ("no password supplied", "refused_login"),
        ("starting up", "starting"),
        ("shutting down", "starting"),
        ("recovery mode", "starting"),
        ("too many clients", "crowded"),
        ("remaining connection slots", "crowded"),
        ("does not exist", "no_database"),
        ("read-only", "read_only"),
        ("disk full", "disk_full"),
        ("no space left", "disk_full"),
        ("could not extend file", "disk_full"),
        ("lock timeout", "busy"),
        ("deadlock detected", "busy"),
    ):
        if words in message and (not inside or code in _INSIDE):
            return code
    return "failed" if inside else "unreachable"
