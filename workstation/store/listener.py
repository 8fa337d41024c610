"""Hears of what others commit, within milliseconds: one thread and one connection of its own for each open city.

On PostGIS the connection listens. A notification says which cases were changed and under which numbers of the change log;
where those do not follow what was heard before, the log is read, and so it is after each new connection. Nothing is missed
while a connection is away, then, and every few seconds what was told is held against the log: anybody who has logged in can
send a notification, only the server writes the log. On SpatiaLite the thread
looks at ``PRAGMA data_version``, which another connection's commit changes and which costs nothing to read.
"""

from __future__ import annotations

import logging
import random
import select
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .changes import Change, told_by
from .database import NOTIFY, Database
from .errors import StoreError

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger(__name__)

PRESENCE = "workstation_presence"
"""The channel on which seats tell that somebody has come to a case or has left it."""
FALLBACK_SECONDS = 5.0
"""The change log is read so often whatever was told: a notification can be lost or forged, a row cannot."""
FILE_SECONDS = 1.0
GAP_SECONDS = 0.06
"""Between two readings at least: with fifty seats at work each would otherwise read once for every commit of the others."""
ANSWER_SECONDS = 5.0
"""A server that has not answered by then is away: a half-open connection never says so itself."""
ROTATE_SECONDS = 3600.0
"""A connection is replaced after so long: it then has the password that is valid now, and a server of a list that is there."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
PAGE = 5000
NEVER = float("-inf")
_SINCE = "SELECT id, topic, key FROM change_log WHERE id > {0} ORDER BY id LIMIT {1}"


class Listener:
    """A thread that calls ``heard(channel)``; that may ask :meth:`since`. ``lost(error)`` and ``found()`` tell of the
    connection. All three are called in the listener's thread. A StoreError from ``heard`` counts as a lost connection.
    """

    def __init__(
        self,
        database: Database,
        heard: Callable[[str], None],
        lost: Callable[[BaseException], None],
        found: Callable[[], None],
    ) -> None:
        self._database = database
        self._heard = heard
        self._lost = lost
        self._found = found
        self._stopping = False
        self._hand, self._ear = socket.socketpair()
        self._ear.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def nudge(self) -> None:
        """Look now; while the connection is away, try now."""
        try:
            self._hand.send(b".")
        except OSError:  # stopped meanwhile
            log.debug("a listener that has ended was nudged")

    def stop(self, seconds: float = 1.0) -> None:
        """End. Waits that long for the thread, which ends soon after in any case."""
        self._stopping = True
        self.nudge()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(seconds)

    def since(self, number: int) -> list[Change]:
        """What the change log has after ``number``, read on the listener's own connection. Only within ``heard``."""
        rows: list[Change] = []
        while True:
            found = self._read(_SINCE.format(int(number), PAGE))
            rows.extend(Change(int(row[0]), str(row[1]), str(row[2])) for row in found)
            if len(found) < PAGE:
                return rows
            number = rows[-1].id

    def _read(self, statement: str) -> Sequence[Sequence[Any]]:
        raise NotImplementedError

    def _connect(self) -> None:
        raise NotImplementedError

    def _serve(self) -> None:
        """Until it is time to stop or to take another connection; raises what the connection ends with."""
        raise NotImplementedError

    def _close(self) -> None:
        raise NotImplementedError

    def _errors(self) -> tuple[type[BaseException], ...]:
        raise NotImplementedError

    def _run(self) -> None:
        pause, away = FIRST_PAUSE, False
        errors: tuple[type[BaseException], ...] = (OSError, StoreError, *self._errors())
        try:
            while not self._stopping:
                try:
                    self._connect()
                    for channel in (NOTIFY, PRESENCE):
                        self._heard(channel)
                    if away:
                        away = False
                        self._found()
                    pause = FIRST_PAUSE
                    self._serve()
                except errors as error:
                    if self._stopping:
                        break
                    if not away:
                        log.info("the connection that listens was lost: %s", error)
                    away = True
                    self._lost(error)
                    self._wait(pause * random.uniform(0.7, 1.3))
                    pause = min(pause * 2, LONGEST_PAUSE)
                finally:
                    self._close()
        finally:
            self._hand.close()
            self._ear.close()

    def _wait(self, seconds: float, *others: int) -> bool:
        """Wait for a nudge, or for one of the files to have something. Whether something came at all."""
        files: list[Any] = [self._ear, *others]
        ready, _, _ = select.select(files, (), (), max(0.0, seconds))
        if self._ear in ready:
            self._ear.recv(1024)
        return bool(ready)


class ServerListener(Listener):
    """On PostGIS."""

    _conn: psycopg.Connection[Any] | None = None
    _sure = -1
    """The number up to which the change log itself was read; -1: not on this connection yet."""
    _read_at = NEVER

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._news: list[str] = []
        self._believed: dict[int, Change] = {}

    def _errors(self) -> tuple[type[BaseException], ...]:
        import psycopg

        return (psycopg.Error,)

    def since(self, number: int) -> list[Change]:
        """As the notifications tell it where they leave nothing out, else as the change log has it."""
        news, self._news = self._news, []
        if self._sure >= 0 and time.monotonic() - self._read_at < FALLBACK_SECONDS:
            rows = _following(news, number)
            if rows is not None:
                self._believed.update((row.id, row) for row in rows)
                return rows
        believed, self._believed = self._believed, {}
        # What was told may have run ahead of the log: where it was forged.
        sure = min(number, self._sure) if self._sure >= 0 else number
        rows = super().since(sure)
        self._read_at = time.monotonic()
        self._sure = rows[-1].id if rows else sure
        return [row for row in rows if row.id > number or believed.get(row.id) != row]

    def _connect(self) -> None:
        import psycopg

        # What is not answered for seconds is given up, by the system as well.
        patience = {
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 8000,
        }
        conn = psycopg.connect(
            self._database.secret_url.replace("postgresql+psycopg://", "postgresql://", 1),
            autocommit=True,
            connect_timeout=3,
            application_name="workstation listening",
            **patience,  # type: ignore[arg-type]
        )
        self._conn = conn
        self._sure, self._news, self._believed = -1, [], {}
        for channel in (NOTIFY, PRESENCE):
            self._read(f"LISTEN {channel}")

    def _serve(self) -> None:
        assert self._conn is not None
        server = self._conn.pgconn
        begun = time.monotonic()
        read = 0.0
        waiting: set[str] = set()
        while not self._stopping and time.monotonic() - begun < ROTATE_SECONDS:
            gap = read + GAP_SECONDS - time.monotonic()
            if waiting and gap <= 0:
                for channel in sorted(waiting):
                    self._heard(channel)
                waiting = self._told()
                read = time.monotonic()
                continue
            if waiting:  # more will come within the gap, and is read together
                time.sleep(gap)
            elif not self._wait(FALLBACK_SECONDS, server.socket):
                waiting.add(NOTIFY)
                self._read_at = NEVER
                continue
            server.consume_input()
            told = self._told()
            if not told and not waiting:  # somebody asks for it
                told, self._read_at = {NOTIFY}, NEVER
            waiting |= told

    def _told(self) -> set[str]:
        """The channels of the notifications that have come."""
        assert self._conn is not None
        channels: set[str] = set()
        while (notification := self._conn.pgconn.notifies()) is not None:
            channel = notification.relname.decode()
            channels.add(channel)
            if channel == NOTIFY:
                self._news.append(notification.extra.decode())
        return channels

    def _read(self, statement: str) -> Sequence[Sequence[Any]]:
        """Run a statement, and wait for its answer no longer than :data:`ANSWER_SECONDS`."""
        from psycopg import OperationalError
        from psycopg.pq import ExecStatus

        assert self._conn is not None
        server = self._conn.pgconn
        server.send_query(statement.encode())
        deadline = time.monotonic() + ANSWER_SECONDS
        while server.is_busy():
            left = deadline - time.monotonic()
            if left <= 0 or self._stopping:
                raise OperationalError("the server does not answer")
            if select.select([server.socket], (), (), min(left, 0.2))[0]:
                server.consume_input()
        rows: list[list[str]] = []
        while (result := server.get_result()) is not None:
            if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
                raise OperationalError(result.error_message.decode(errors="replace").strip())
            for row in range(result.ntuples):
                rows.append([(result.get_value(row, n) or b"").decode() for n in range(result.nfields)])
        return rows

    def _close(self) -> None:
        conn, self._conn = self._conn, None
        if conn is not None:
            conn.close()


def _following(news: Sequence[str], number: int) -> list[Change] | None:
    """The changes after ``number`` that were told, where they follow it one by one; None where the log must be asked."""
    rows: list[Change] = []
    for text in news:
        told = told_by(text)
        if not told or told[0].id > number + 1:
            return None
        rows += (row for row in told if row.id > number)
        number = max(number, told[-1].id)
    return rows


class FileListener(Listener):
    """On SpatiaLite: several windows, or a gateway, over one file."""

    _conn: sqlite3.Connection | None = None
    _version = -1

    def _errors(self) -> tuple[type[BaseException], ...]:
        return (sqlite3.Error,)

    def _connect(self) -> None:
        address = f"{self._database.path.absolute().as_uri()}?mode=rw"
        self._conn = sqlite3.connect(address, uri=True, timeout=2.0, isolation_level=None)
        self._conn.execute("PRAGMA query_only=ON")

    def _serve(self) -> None:
        while not self._stopping:
            self._wait(FILE_SECONDS)
            if not self._stopping:
                self._heard(NOTIFY)

    def _newest(self) -> int:
        assert self._conn is not None
        return int(self._conn.execute("PRAGMA data_version").fetchone()[0])

    def since(self, number: int) -> list[Change]:
        """Nothing is read while nobody has committed anything."""
        version = self._newest()
        if version == self._version:
            return []
        rows = super().since(number)
        self._version = version
        return rows

    def _read(self, statement: str) -> Sequence[Sequence[Any]]:
        assert self._conn is not None
        return self._conn.execute(statement).fetchall()

    def _close(self) -> None:
        conn, self._conn = self._conn, None
        self._version = -1
        if conn is not None:
            conn.close()


def listener(
    database: Database,
    heard: Callable[[str], None],
    lost: Callable[[BaseException], None],
    found: Callable[[], None],
) -> Listener:
    """The listener of the city's store; not started yet."""
    kind = FileListener if database.kind == "spatialite" else ServerListener
    return kind(database, heard, lost, found)
