"""Background work: services are called on pool threads, their answers arrive in the GUI thread while somebody waits.

The runner owns the one signal that crosses threads; a runnable holds only the bound ``emit`` and its arguments, so no
QObject is ever destroyed on a pool thread.
"""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

log = logging.getLogger(__name__)


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


class _Job(QRunnable):
    def __init__(self, task: Task, emit: Callable[[object, object, object], None]) -> None:
        super().__init__()
        self._task = task
        self._emit = emit

    def run(self) -> None:
        task = self._task
        if task.cancelled:
            self._emit(task, None, None)
            return
        try:
            result = task.fn(*task.args)
        except Exception as error:  # every error goes to the GUI thread, which shows it
            self._emit(task, None, error)
        else:
            self._emit(task, result, None)


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
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._running: set[Task] = set()
        self._latest: dict[tuple[int, str], Task] = {}
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

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
        self._pool.start(_Job(task, self._finished.emit), priority)
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
        return bool(self._pool.waitForDone(milliseconds))
