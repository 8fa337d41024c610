"""One city behind one door, whichever store it lies in.

``read()`` gives a snapshot that cannot write; ``write()`` a transaction that is committed at its end and rolled back
on any error. Connections are SQLAlchemy's and belong to the thread that asked for them.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Dialect, Engine, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from . import postgis, schema, spatialite
from .changes import NOTIFY as NOTIFY
from .errors import StoreError


def database_errors(dialect: Dialect) -> tuple[type[BaseException], ...]:
    """What the database, its driver or the pool raises, whether a statement went through SQLAlchemy or straight to the driver."""
    driver: Any = dialect.dbapi
    return (DatabaseError, driver.Error, PoolTimeout)


def parse_url(url: str) -> URL:
    """A path, ``sqlite:///…`` or ``postgresql://…`` as a URL; StoreError bad_url otherwise."""
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError("bad_url", url=url.split("@")[-1].split("?")[0]) from error
    backend = parsed.get_backend_name()
    if backend not in ("sqlite", "postgresql") or (backend == "sqlite" and not parsed.database):
        raise StoreError("bad_url", url=parsed.render_as_string())
    if backend == "postgresql":
        # As they may stand in libpq's addresses too; in their own places so that the password is never shown.
        query = {name: value if isinstance(value, str) else value[-1] for name, value in parsed.query.items()}
        user, password = query.pop("user", parsed.username), query.pop("password", parsed.password)
        parsed = parsed.set(username=user, password=password, query=query)
    return parsed


class Watcher(Protocol):
    """Who is told how using the city went, such as :class:`workstation.services.seat.link.Link`."""

    def passable(self) -> StoreError | None:
        """Why there is no use in trying now; None where there is."""

    def ok(self, *, wrote: bool = False) -> None:
        """The city was read, or (``wrote``) something was committed."""

    def lost(self, error: BaseException) -> None:
        """It could not be used."""

    def close(self) -> None:
        """The city is closed."""


class Database:
    """An open city. Make one with :meth:`open` or :meth:`create`; safe to use from several threads."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self.kind = "spatialite" if url.get_backend_name() == "sqlite" else "postgis"
        self._lock = threading.Lock()
        self._holder: int | None = None
        # SpatiaLite's one writing connection, kept from one transaction to the next.
        self._held: Connection | None = None
        self.watcher: Watcher | None = None
        self.read_only = False
        """Whether it is a replica, as it was opened: it can be read, and takes no command."""
        self._readers: Engine
        self._writer: Engine
        self._asker: Engine
        self._error_code: Callable[[BaseException], str]
        if self.kind == "spatialite":
            self._readers = spatialite.engine(self.path, writer=False)
            self._writer = self._asker = spatialite.engine(self.path, writer=True)
            self._error_code = spatialite.error_code
        else:
            self._readers = postgis.engine(url, postgis.READ)
            self._writer = postgis.engine(url, postgis.WRITE)
            self._asker = postgis.engine(url, postgis.ASK)
            self._error_code = postgis.error_code

    @classmethod
    def open(cls, url: str) -> Database:
        """The city at ``url``, at the newest schema; StoreError (see there) when it cannot be opened."""
        database = cls.connect(url)
        try:
            with database.read() as conn:
                schema.require_current(conn, database.url)
                if database.kind == "postgis":
                    _require_program(conn, database.url)
                    database.read_only = bool(conn.execute(text("SELECT pg_is_in_recovery()")).scalar())
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def connect(cls, url: str) -> Database:
        """What :meth:`open` does short of looking at the schema: for upgrading, checking and backing up."""
        parsed = parse_url(url)
        if parsed.get_backend_name() == "sqlite":
            spatialite.check_file(Path(parsed.database or ""))
        database = cls(parsed)
        try:
            with database.read() as conn:
                if database.kind == "spatialite":
                    conn.execute(text("SELECT count(*) FROM sqlite_master"))
                elif not postgis.has_postgis(conn):
                    raise StoreError("no_postgis", url=database.url)
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def create(cls, url: str) -> Database:
        """A new, empty city at the newest schema. StoreError exists when there is something already."""
        parsed = parse_url(url)
        if parsed.get_backend_name() == "sqlite":
            _create_file(Path(parsed.database or ""))
            return cls.open(url)
        database = cls(parsed)
        try:
            with database.write() as conn:
                if schema.revision(conn) is not None:
                    raise StoreError("exists", url=database.url)
                conn.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
                schema.upgrade(conn)
                _require_program(conn, database.url)
        except BaseException:
            database.close()
            raise
        return database

    @property
    def url(self) -> str:
        """Where the city is, without the password: what may be shown and logged."""
        return self._url.render_as_string(hide_password=True)

    @property
    def secret_url(self) -> str:
        """Where the city is, with the password: for opening it again, never for showing."""
        return self._url.render_as_string(hide_password=False)

    @property
    def identity(self) -> str:
        """Which city it is, whoever signs in to it: the file, or the server and the name of the database."""
        if self.kind == "spatialite":
            return str(self.path.absolute())
        return f"{self._url.host or ''}:{self._url.port or 5432}/{self._url.database}"

    @property
    def path(self) -> Path:
        """The file of a SpatiaLite city."""
        return Path(self._url.database or "")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A snapshot to read from: all selects in it see the same moment, and it cannot write."""
        with self._reading(postgis.snapshot if self.kind == "postgis" else Connection.begin) as conn:
            yield conn

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """For reading by a single statement, which sees one moment by itself: on a server without the way to it and back
        that a snapshot's beginning and its end each take."""
        with self._reading(nullcontext if self.kind == "postgis" else Connection.begin) as conn:
            yield conn

    @contextmanager
    def _reading(
        self, moment: Callable[[Connection], AbstractContextManager[object]]
    ) -> Iterator[Connection]:
        self._pass()
        try:
            with _taken(self._readers) as conn, moment(conn):
                yield conn
        except database_errors(self._readers.dialect) as error:
            raise self._failed(error) from error
        if self.watcher is not None:
            self.watcher.ok()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: committed at the end of the block, rolled back when it raises.

        On SpatiaLite one at a time, here by a lock and among seats by BEGIN IMMEDIATE.
        Integrity errors pass as they are; what the store itself fails with becomes a StoreError.
        """
        self._pass()
        if self.kind == "postgis":
            with self._writing() as conn:
                yield conn
            self._wrote()
            return
        if self._holder == threading.get_ident():
            raise RuntimeError("write() inside write() in one thread")
        with self._lock:
            self._holder = threading.get_ident()
            try:
                if self._held is None:
                    self._held = self._writer.connect()
                with self._held.begin():
                    yield self._held
            except BaseException as error:
                # Whatever has happened to the connection, the next writer begins with another one.
                self._release()
                if isinstance(error, database_errors(self._writer.dialect)):
                    raise self._failed(error) from error
                raise
            finally:
                self._holder = None
        self._wrote()

    def _pass(self) -> None:
        if self.watcher is not None:
            away = self.watcher.passable()
            if away is not None:
                raise away

    def _wrote(self) -> None:
        if self.watcher is not None:
            self.watcher.ok(wrote=True)

    def _failed(self, error: BaseException) -> BaseException:
        told = self._translate(error)
        if self.watcher is not None and isinstance(told, StoreError):
            self.watcher.lost(told)
        return told

    def _release(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with _taken(self._writer) as conn, conn.begin():
                conn.info.pop(NOTIFY, None)
                yield conn
                last = conn.info.pop(NOTIFY, None)
                if last is not None:
                    conn.execute(
                        text("SELECT pg_notify(:channel, :last)"), {"channel": NOTIFY, "last": str(last)}
                    )
        except database_errors(self._writer.dialect) as error:
            raise self._failed(error) from error

    @contextmanager
    def autocommit(self) -> Iterator[Connection]:
        """A connection of a server's city on which each statement is a transaction: for databases, and for asking the door."""
        self._pass()
        try:
            with _taken(self._asker) as conn:
                yield conn
        except database_errors(self._asker.dialect) as error:
            raise self._failed(error) from error
        self._wrote()

    def _translate(self, error: BaseException) -> BaseException:
        if isinstance(error, PoolTimeout):
            return StoreError("busy", url=self.url, reason="every connection is in use")
        original = getattr(error, "orig", None) or error
        # The driver of PostGIS has a class for each SQLSTATE, below these.
        kinds = {kind.__name__ for kind in type(original).__mro__}
        if (
            "OperationalError" in kinds
            or type(original).__name__ in ("DatabaseError", "ReadOnlySqlTransaction")
            or getattr(error, "connection_invalidated", False)
        ):
            return self.told(original)
        return error

    def told(self, error: BaseException) -> StoreError:
        """What the driver raised as this store's own error."""
        return StoreError(self._error_code(error), url=self.url, reason=" ".join(str(error).split()))

    def ping(self) -> None:
        """Ask for an answer past the pools and past the watcher; StoreError when there is none within seconds."""
        try:
            if self.kind == "postgis":
                postgis.ping(self._writer)
            else:
                with self._readers.connect() as conn:
                    conn.execute(text("SELECT count(*) FROM sqlite_master"))
        except database_errors(self._readers.dialect) as error:
            raise self.told(getattr(error, "orig", None) or error) from error

    def forget(self) -> None:
        """Close the connections that nobody uses; those in use are closed when they come back."""
        if self.kind == "postgis":
            for made in (self._readers, self._writer, self._asker):
                made.dispose()

    def worker_source(self) -> dict[str, Any]:
        """Where the map worker finds the layers: ``{"kind": "spatialite", "path"}`` or the parts of a server's URL."""
        if self.kind == "spatialite":
            return {"kind": "spatialite", "path": str(self.path.absolute())}
        url = self._url
        host = url.host or url.query.get("host") or ""
        return {
            "kind": "postgis",
            "host": host if isinstance(host, str) else host[0],
            "port": url.port or 5432,
            "database": url.database or "",
            "user": url.username or "",
            "password": url.password or "",
        }

    def close(self) -> None:
        """Close every connection; waits for a write that is under way."""
        watcher, self.watcher = self.watcher, None
        if watcher is not None:
            watcher.close()
        with self._lock:
            self._release()
        for made in (self._readers, self._writer, self._asker):
            made.dispose()


@contextmanager
def _taken(engine: Engine) -> Iterator[Connection]:
    """A connection of the engine's. One that was given up does not go back among the others."""
    with engine.connect() as conn:
        try:
            yield conn
        except database_errors(engine.dialect):
            if not conn.invalidated and getattr(conn.connection.driver_connection, "closed", False):
                conn.invalidate()
            raise


def _require_program(conn: Connection, url: str) -> None:
    """The server decides by the program that this seat has (see there)."""
    from .server.door import require_program

    require_program(conn, url)


def _create_file(path: Path) -> None:
    """Make the city beside its place and move it there when it is whole: a failure leaves no half-made city."""
    if path.exists():
        raise StoreError("exists", path=str(path))
    if not path.parent.is_dir():
        raise StoreError("missing", path=str(path.parent))
    partial = path.with_name(path.name + ".partial")
    remove_file(partial)
    try:
        spatialite.initialise(partial)
        made = Database(URL.create("sqlite", database=str(partial)))
        try:
            with made.write() as conn:
                schema.upgrade(conn)
        finally:
            made.close()
        partial.rename(path)
    except sqlite3.Error as error:
        raise StoreError(spatialite.error_code(error), path=str(path), reason=str(error)) from error
    finally:
        remove_file(partial)


def remove_file(path: Path) -> None:
    """Remove a SpatiaLite file with its log, where they are."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
