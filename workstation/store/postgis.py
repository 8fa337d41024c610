"""The PostGIS side of the store: many seats on one server."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

POOL_SECONDS = 15.0
"""How long to wait for a connection while all of them are in use."""


def engine(url: URL, *, writer: bool) -> Engine:
    """The engine for reading (snapshots that cannot write) or for writing. No wait on it is without an end."""
    from . import patience

    given = url.query.get("options", "")
    options = patience.settings(
        patience.SESSION if writer else patience.READING, given if isinstance(given, str) else " ".join(given)
    )
    query = {
        "connect_timeout": str(patience.CONNECT_SECONDS),
        "application_name": "workstation",
        **patience.SYSTEM,
        **url.query,
        "options": options,
    }
    execution: dict[str, Any] = (
        {} if writer else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )
    made = create_engine(
        url.set(drivername="postgresql+psycopg", query=query),
        hide_parameters=True,
        pool_size=2 if writer else 4,
        max_overflow=8,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=True,
        execution_options=execution,
    )

    @event.listens_for(made, "do_connect")
    def _connect(_dialect: Any, _record: Any, args: Any, kwargs: Any) -> Any:
        return patience.connect(*args, **kwargs)

    return made


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
