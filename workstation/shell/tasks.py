"""Background work: services are called on pool threads, their answers arrive in the GUI thread while somebody waits.

The runner owns the one signal that crosses threads; a job holds only the bound ``emit`` and its arguments, so no
QObject is ever destroyed on a pool thread.

The threads are Python's own. On a QThreadPool every job begins with nothing that belongs to its thread and loses it when
it ends: pyproj, which keeps PROJ's objects there, crashes of it within seconds.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import weakref
from collections.abc import Callable
from itertools import count
from queue import PriorityQueue
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)

SWITCH_S = 0.0005
"""So long at most the interface waits for Python's lock while a background thread computes. Python's own 5 ms are a third of a
frame; each row that a thread reads of a database waits as long for a busy interface."""


class Task:
    """A piece of work under way. :meth:`cancel` drops its result; the work itself ends by its own means."""

    __slots__ = ("__weakref__", "args", "cancelled", "fn", "key", "on_done", "on_error", "owner")

    def __init__(
        self,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        owner: QObject,
        on_done: Callable[[Any], None] | None,
        on_error: Callable[[BaseException], None] | None,
        key: str | None,
    ) -> None:
        self.fn = fn
        self.args = args
        self.owner = weakref.ref(owner)
        self.on_done = on_done
        self.on_error = on_error
        self.key = key
        self.cancelled = False

    def cancel(self) -> None:
        """Drop the result: neither callback will run."""
        self.cancelled = True

    def wanted(self) -> bool:
        """Whether somebody still waits: not cancelled, and the owner's Qt object lives."""
        owner = self.owner()
        return not self.cancelled and owner is not None and shiboken6.isValid(owner)


def _do(task: Task, emit: Callable[[object, object, object], None]) -> None:
    if task.cancelled:
        emit(task, None, None)
        return
    try:
        result = task.fn(*task.args)
    except Exception as error:  # every error goes to the GUI thread, which shows it
        emit(task, None, error)
    else:
        emit(task, result, None)


class _Threads:
    """At most so many threads that do jobs, the higher priority first, else in their order. Begun when there is work."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._jobs: PriorityQueue[tuple[float, int, Callable[[], None] | None]] = PriorityQueue()
        self._numbers = count()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._free = 0
        self._stopped = False

    def start(self, job: Callable[[], None], priority: int) -> None:
        """Do this as soon as a thread is free."""
        with self._lock:
            # What is asked for after the end, as by a panel that keeps a draft while it closes, has a thread for itself alone.
            wanted = self._stopped or (self._free <= self._jobs.qsize() and len(self._threads) < self._most)
            self._jobs.put((-priority, next(self._numbers), job))
            if wanted:
                # A daemon: work that does not end must not keep the program from ending.
                thread = threading.Thread(target=self._work, name="task", daemon=True)
                self._free += 1
                thread.start()
                if self._stopped:
                    self._jobs.put((float("inf"), next(self._numbers), None))
                else:
                    self._threads.append(thread)

    def stop(self, seconds: float) -> bool:
        """Let the threads end when everything asked for is done; False when one still works after that time."""
        with self._lock:
            threads, self._threads, self._stopped = self._threads, [], True
            for _ in threads:
                self._jobs.put((float("inf"), next(self._numbers), None))
        deadline = time.monotonic() + seconds
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def _work(self) -> None:
        while True:
            job = self._jobs.get()[2]
            with self._lock:
                self._free -= 1
            if job is None:
                return
            job()
            with self._lock:
                self._free += 1


class TaskRunner(QObject):
    """Runs functions on a thread pool and hands results to callbacks in the GUI thread.

    ``on_done(result)`` or ``on_error(exception)`` is called only while ``owner`` lives. A newer task with the same
    owner and key drops the result of the older. Where a task has no ``on_error``, ``unhandled(exception)`` is emitted.
    """

    unhandled = Signal(object)
    idle = Signal()
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None, threads: int = 4) -> None:
        super().__init__(parent)
        self._threads = _Threads(threads)
        weakref.finalize(self, self._threads.stop, 0.0)
        self._running: set[Task] = set()
        self._latest: dict[tuple[int, str], Task] = {}
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        sys.setswitchinterval(SWITCH_S)

    @property
    def busy(self) -> bool:
        """Whether any task is under way or its answer not yet delivered."""
        return bool(self._running)

    def run(
        self,
        fn: Callable[..., Any],
        *args: Any,
        owner: QObject,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        key: str | None = None,
        priority: int = 0,
    ) -> Task:
        """Start ``fn(*args)`` on the pool. Call from the GUI thread only."""
        task = Task(fn, args, owner, on_done, on_error, key)
        if key is not None:
            slot = (id(owner), key)
            older = self._latest.get(slot)
            if older is not None:
                older.cancel()
            self._latest[slot] = task
        self._running.add(task)
        emit = self._finished.emit
        self._threads.start(lambda: _do(task, emit), priority)
        return task

    @Slot(object, object, object)
    def _deliver(self, task: Task, result: object, error: BaseException | None) -> None:
        self._running.discard(task)
        for slot in [s for s, t in self._latest.items() if t is task]:
            del self._latest[slot]
        try:
            if not task.wanted():
                if error is not None:
                    log.info("a task nobody waits for failed: %r", error)
            elif error is not None:
                if task.on_error is not None:
                    task.on_error(error)
                else:
                    self.unhandled.emit(error)
            elif task.on_done is not None:
                task.on_done(result)
        finally:
            if not self._running:
                self.idle.emit()

    def shutdown(self, milliseconds: int = 5000) -> bool:
        """Drop every result and wait for the threads; False when work is still running after that time."""
        for task in self._running:
            task.cancel()
        return self._threads.stop(milliseconds / 1000)
