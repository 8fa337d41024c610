"""How this seat stands with its city's database: reached, being tried for, or away; since when, and why.

Every use of the database and the listener tell it how they fared. While the database is away nobody else tries it: uses
fail at once, with the reason, and one thread tries again and again until there is an answer. Then the pools are empty,
everybody is told, and work goes on where it was.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ...store.errors import StoreError

if TYPE_CHECKING:
    from ...store.database import Database

log = logging.getLogger(__name__)

ONLINE, TRYING, OFFLINE = "online", "trying", "offline"
AWAY = frozenset({"unreachable", "starting", "crowded"})
"""Codes of StoreError that mean: no connection."""
CLOSED = frozenset({"read_only", "disk_full"})
"""Codes that mean: there is a connection, and what is there can be read, but nothing can be written."""
UNANSWERED = AWAY | CLOSED | {"busy"}
"""Codes after which a command is not acknowledged and may be sent again. A refusal or a conflict is an answer."""
PAUSES = (0.2, 0.4, 0.8, 1.5, 3.0, 5.0)
"""Seconds between the attempts; the last again and again."""
CALM_SECONDS = 3.0
"""A server that is back within so long was restarted: until then it is being tried for, then it is away."""


@dataclass(frozen=True, slots=True)
class LinkState:
    """``state``: online, trying, offline. ``since``: of this state (of trying and offline: when it was lost).

    ``code`` is the StoreError's; online with a code: can be read, not written. ``as_of``: when the database was last read,
    ``next_try``: when it is tried for again.
    """

    state: str
    since: datetime
    code: str
    as_of: datetime
    next_try: datetime | None = None

    @property
    def online(self) -> bool:
        """Whether the database can be read."""
        return self.state == ONLINE

    @property
    def writing(self) -> bool:
        """Whether, for all that is known, commands can be done."""
        return self.online and not self.code


class Link:
    """The state, fed by whoever uses the database. Safe to use from any thread; callbacks come in the thread that tells."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._lock = threading.Lock()
        self._read_at = now()
        self._state = LinkState(ONLINE, self._read_at, "", self._read_at)
        self._callbacks: list[Callable[[LinkState], None]] = []
        self._nudge = threading.Event()
        self._stopping = False
        self._lost_at = 0.0
        self._thread: threading.Thread | None = None
        database.watcher = self

    @property
    def state(self) -> LinkState:
        """As it is now."""
        state = self._state
        if state.online:
            return LinkState(state.state, state.since, state.code, self._read_at)
        return state

    def subscribe(self, callback: Callable[[LinkState], None]) -> Callable[[], None]:
        """Call ``callback(state)`` with each other state; it must be quick. What is returned ends that."""
        self._callbacks.append(callback)

        def unsubscribe() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return unsubscribe

    # ---- what is told to it ------------------------------------------------------------------------------------

    def passable(self) -> StoreError | None:
        """The reason not to try the database just now; None where there is none."""
        state = self._state
        if state.online:
            return None
        return StoreError(state.code or "unreachable", url=self._database.url, reason="away")

    def ok(self, *, wrote: bool = False) -> None:
        """The database was used, or the listener has reached it."""
        state = self._state
        if state.online:
            self._read_at = self._now()
            if wrote and state.code:
                self._become(LinkState(ONLINE, self._now(), "", self._read_at), state)
        else:
            # It may have been used before it was lost: whether it is back is seen by trying.
            self._nudge.set()

    def lost(self, error: BaseException) -> None:
        """The database could not be used. What is not of the connection (a code of its own) changes nothing here."""
        code = error.code if isinstance(error, StoreError) else self._database.told(error).code
        if code in CLOSED:
            self._cannot_write(code)
        if code not in AWAY or self._database.kind != "postgis":
            return
        with self._lock:
            if self._stopping or not self._state.online:
                return
            before = self._state
            self._state = LinkState(TRYING, self._now(), code, self._read_at)
            self._nudge.clear()
            self._lost_at = time.monotonic()
            self._thread = threading.Thread(target=self._try, name="link", daemon=True)
            self._thread.start()
        log.warning("the database is away (%s)", code)
        self._tell(before)

    def _cannot_write(self, code: str) -> None:
        state = self._state
        if state.online and state.code != code:
            self._become(LinkState(ONLINE, self._now(), code, self._read_at), state)

    def try_now(self) -> None:
        """Somebody asks for it: do not wait for the next attempt."""
        self._nudge.set()

    def close(self) -> None:
        """Stop trying."""
        with self._lock:
            self._stopping = True
            self._callbacks.clear()
            thread = self._thread
        self._nudge.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join(1.0)

    # ---- trying ------------------------------------------------------------------------------------------------

    def _become(self, state: LinkState, before: LinkState) -> bool:
        """Take on the state where it still is as ``before``."""
        with self._lock:
            if self._state is not before or self._stopping:
                return False
            self._state = state
        self._tell(before)
        return True

    def _tell(self, before: LinkState) -> None:
        state = self.state
        if (state.state, state.code) != (before.state, before.code) or state.next_try != before.next_try:
            for callback in tuple(self._callbacks):
                callback(state)

    def _try(self) -> None:
        """Until there is an answer. What waits in the pools is of the time before, and is thrown away."""
        self._database.forget()
        attempt = 0
        while not self._stopping:
            # Fifty seats do not all come at the same moment.
            self._wait(PAUSES[min(attempt, len(PAUSES) - 1)] * random.uniform(0.8, 1.2))
            if self._stopping:
                return
            attempt += 1
            try:
                self._database.ping()
            except StoreError as error:
                self._still_away(error)
                continue
            self._database.forget()
            state = self._state
            back = self._now()
            self._read_at = back
            log.info("the database is back after %s", back - state.since)
            self._become(LinkState(ONLINE, back, "", back), state)
            return

    def _wait(self, seconds: float) -> None:
        """Wait, and say when it is tried again; on the way what was being tried for becomes away."""
        after = self._now() + timedelta(seconds=seconds)
        state = self._state
        self._become(replace(state, next_try=after), state)
        calm = CALM_SECONDS - (time.monotonic() - self._lost_at)
        if state.state == TRYING and calm < seconds and not self._nudge.wait(max(0.0, calm)):
            seconds -= max(0.0, calm)
            state = self._state
            self._become(replace(state, state=OFFLINE), state)
        self._nudge.wait(seconds)
        self._nudge.clear()

    def _still_away(self, error: StoreError) -> None:
        state = self._state
        if error.code != state.code:
            self._become(replace(state, code=error.code), state)
