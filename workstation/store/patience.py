"""Connections to a server that do not wait for ever.

A cable that is pulled out says nothing: whoever waits for an answer waits. The system gives up on packets that nobody
takes (keepalives, ``tcp_user_timeout``), but not where something between here and the server still takes them. So whoever
has waited for some seconds asks the server, on another connection, whether it is still at work for this one. A long
evaluation may take its time; what nobody works on any more is given up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

import psycopg
from psycopg import pq

CONNECT_SECONDS = 3
"""For making a connection; libpq allows no fewer than two."""
PATIENCE = 3.0
"""Seconds without an answer until the server is asked whether it is at work."""
AGAIN = 2.0
"""Seconds until it is asked again: an answer may be on its way just when it is asked."""
PROBE_SECONDS = 5.0
"""For the answer to that. A server with all hands full, as when everybody comes in the morning, takes seconds to say so."""
SYSTEM = {
    "keepalives": "1",
    "keepalives_idle": "4",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "8000",
}
"""What the system is told about the connection: it is given up some eight seconds after the other end has gone."""
SESSION = {
    # The same on the server's side: what a seat that has gone held must not be held for hours.
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "3",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "15000",
    "client_connection_check_interval": "5s",
    # Who begins a change and then says nothing for minutes is not working on it, and everybody waits for it.
    "idle_in_transaction_session_timeout": "300s",
    "lock_timeout": "20s",
}
READING = {
    **SESSION,
    "statement_timeout": "600s",
    "default_transaction_isolation": "repeatable read",
    "default_transaction_read_only": "on",
}
"""A reading takes ten minutes at most; a change has no such bound, for an import or a migration takes its time."""
FOR_PROBE = {"autocommit": True, "connect_timeout": str(int(PROBE_SECONDS))}
_STATE = "SELECT state FROM pg_catalog.pg_stat_activity WHERE pid = %s"
_AT_REST = frozenset({"idle", "idle in transaction", "idle in transaction (aborted)"})


def settings(values: dict[str, str], given: str = "") -> str:
    """The value of libpq's ``options`` that sets these for the session; ``given`` is what the URL says itself."""
    said = ("-c {}={}".format(name, value.replace(" ", "\\ ")) for name, value in values.items())
    return " ".join([*said, given]).strip()


class _Bounded(psycopg.Connection[Any]):
    """A connection whose waits are watched: :meth:`overdue` is called every now and then while one lasts."""

    def overdue(self, seconds: float) -> bool:
        """Whether to give up after having waited so long."""
        raise NotImplementedError

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        """As psycopg's, with an end."""
        return super().wait(self._watched(gen), *args, **kwargs)

    def _watched(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        try:
            state = next(gen)
            begun = time.monotonic()
            while True:
                ready = yield state
                if not ready and self.overdue(time.monotonic() - begun):
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server does not answer: connection given up")
                state = gen.send(ready)
        except StopIteration as end:
            return end.value


class Probe(_Bounded):
    """For one short question."""

    def overdue(self, seconds: float) -> bool:
        return seconds > PROBE_SECONDS


class Patient(_Bounded):
    """What the pools hold: waits as long as the server works."""

    _ask: Callable[[], psycopg.Connection[Any]] | None = None
    _next = PATIENCE
    _rested = False

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        self._next, self._rested = PATIENCE, False
        return super().wait(gen, *args, **kwargs)

    def overdue(self, seconds: float) -> bool:
        if seconds < self._next:
            return False
        working = self._at_work()
        self._next = seconds + AGAIN
        if working is None or (not working and self._rested):
            return True
        self._rested = not working
        return False

    def _at_work(self) -> bool | None:
        """Whether the server is at work for this connection; None where it cannot be asked."""
        if self._ask is None or self.pgconn.status != pq.ConnStatus.OK:
            return None
        try:
            with self._ask() as conn:
                row = conn.execute(_STATE, (self.pgconn.backend_pid,)).fetchone()
        except psycopg.Error:
            return None
        # What is another role's is not told (NULL): such a one is at work for all that is known.
        return row is not None and row[0] not in _AT_REST


def connect(*args: Any, **kwargs: Any) -> Patient:
    """A connection for the pool, which knows how to ask the server about itself."""
    made = Patient.connect(*args, **kwargs)
    made._ask = lambda: Probe.connect(*args, **{**kwargs, **FOR_PROBE})
    return made
