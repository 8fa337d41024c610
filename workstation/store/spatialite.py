"""The SpatiaLite side of the store: one file, many readers, one writer.

Every write begins with BEGIN IMMEDIATE: a deferred transaction that reads first and then writes fails at once with
"database is locked" when another seat has written in between, whatever the timeout. ``synchronous=FULL`` in WAL mode
makes each commit reach the disk, because an acknowledged command must survive a power cut.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from .errors import StoreError
from .native import bind_wheels

LIBRARY = "mod_spatialite"
BUSY_SECONDS = 15.0
HEADER = b"SQLite format 3\x00"
PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}",
)
# Kilobytes. A load of a million cases touches every index at random: with the usual 2 MB it waits for the disk.
WRITER_CACHE = "PRAGMA cache_size=-131072"
READER_CACHE = "PRAGMA cache_size=-16384"


def check_file(path: Path) -> None:
    """Raise StoreError when the file cannot be a city: missing, empty, half_written, not_a_database."""
    if not path.is_file():
        raise StoreError("missing", path=str(path))
    size = path.stat().st_size
    if size == 0:
        raise StoreError("empty", path=str(path))
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(HEADER):
        raise StoreError("not_a_database", path=str(path))
    if len(head) < 100:
        raise StoreError("half_written", path=str(path), size=size, expected=100)
    page = int.from_bytes(head[16:18], "big")
    expected = (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big")
    # With a write-ahead log beside it the file may lag behind its own header; the log then completes it.
    if size < expected and not path.with_name(path.name + "-wal").exists():
        raise StoreError("half_written", path=str(path), size=size, expected=expected)


def connect(path: Path, *, query_only: bool = False, create: bool = False) -> sqlite3.Connection:
    """A connection with SpatiaLite loaded and the pragmas set; transactions are begun explicitly."""
    mode = "rwc" if create else "rw"
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        load_extension(conn)
        for pragma in PRAGMAS:
            conn.execute(pragma)
        conn.execute("PRAGMA query_only=ON" if query_only else "PRAGMA journal_mode=WAL")
        conn.execute(READER_CACHE if query_only else WRITER_CACHE)
    except BaseException:
        conn.close()
        raise
    return conn


def load_extension(conn: sqlite3.Connection) -> None:
    """Load SpatiaLite, or raise StoreError no_extensions (this Python's sqlite3) or no_spatialite (the library)."""
    if not hasattr(conn, "enable_load_extension"):
        raise StoreError("no_extensions", python=sqlite3.sqlite_version)
    bind_wheels()
    conn.enable_load_extension(True)
    try:
        conn.load_extension(LIBRARY)
    except sqlite3.OperationalError as error:
        raise StoreError("no_spatialite", library=LIBRARY, reason=str(error)) from error
    finally:
        conn.enable_load_extension(False)


def engine(path: Path, *, writer: bool) -> Engine:
    """The engine for reading (a pool of connections that cannot write) or for writing (one connection)."""

    def creator() -> sqlite3.Connection:
        return connect(path, query_only=not writer)

    made = create_engine(
        "sqlite://",
        creator=creator,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1 if writer else 4,
        max_overflow=0 if writer else 12,
        pool_reset_on_return=None if writer else "rollback",
    )
    statement = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(made, "begin")
    def _begin(conn: Any) -> None:
        conn.connection.dbapi_connection.execute(statement)

    return made


def initialise(path: Path) -> None:
    """Make a new file with the spatial tables and the coordinate systems the city needs, in WAL mode."""
    conn = connect(path, create=True)
    try:
        conn.execute("SELECT InitSpatialMetaDataFull(1, 'NONE')")
        for srid in (4490, 4326):
            conn.execute("SELECT InsertEpsgSrid(?)", (srid,))
    finally:
        conn.close()


def error_code(error: BaseException) -> str:
    """The StoreError code for what sqlite3 said."""
    message = str(error).lower()
    for words, code in (
        ("locked", "busy"),
        ("readonly", "read_only"),
        ("disk is full", "disk_full"),
        ("not a database", "not_a_database"),
        ("malformed", "damaged"),
        ("unable to open", "unreachable"),
    ):
        if words in message:
            return code
    return "failed"
