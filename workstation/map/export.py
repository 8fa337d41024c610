"""Map exports: a worker of its own, told to open the city, that writes page after page and goes when none is wanted."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.map import protocol
from workstation.map.protocol import Message
from workstation.map.worker_process import WorkerProcess

IDLE_MILLIS = 45_000
"""How long a worker that has written a page waits for the next: a preview is followed by another, or by the page."""


class MapExport(QObject):
    """Runs exports, one after the other. ``finished`` comes once for each: the number, the file, and an empty text or
    what went wrong; ``over`` once, when it takes no more."""

    finished = Signal(int, str, str)
    over = Signal()

    def __init__(
        self, worker: WorkerProcess, opening: Message, parent: QObject, opened: Message | None = None
    ) -> None:
        """``opened``: what a worker that runs already has open; None for one that is not started."""
        super().__init__(parent)
        self.opening = opening
        self._worker = worker
        self._asked: dict[int, tuple[Message, Message]] = {}
        self._open = False
        self._over = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MILLIS)
        self._idle.timeout.connect(self._end)
        worker.setParent(self)
        worker.hello.connect(self._hello)
        worker.received.connect(self._received)
        worker.ended.connect(self._ended)

        if opened is not None:
            self._open = True
            if opened != opening:
                worker.send(opening)

    def start(self) -> None:
        """Starts the worker, unless it runs."""
        if not self._open:
            self._worker.start()

    def ask(self, additions: Message, request: Message) -> None:
        """Has this page written, on the map with these additions."""
        self._idle.stop()
        self._asked[request.integer("request", 0, 2**62)] = (additions, request)
        if self._open:
            self._worker.send(additions)
            self._worker.send(request)

    def cancel(self) -> None:
        """Ends it; no signal comes any more."""
        self._over = True
        self._idle.stop()
        self._worker.kill()

    def _hello(self, greeting: dict[str, object]) -> None:
        self._open = True
        self._worker.send(self.opening)
        for additions, request in self._asked.values():
            self._worker.send(additions)
            self._worker.send(request)

    def _received(self, message: Message) -> None:
        number = message.integer("request", 0, 2**62, 0)
        if message.type == protocol.EXPORTED:
            self._finish(number, "")
        elif message.type == protocol.REFUSED:
            problem = f"{message.fields.get('code')}: {message.fields.get('detail')}"
            for refused in [number] if number in self._asked else list(self._asked):
                self._finish(refused, problem)

    def _ended(self, code: str, detail: str) -> None:
        for number in list(self._asked):
            self._finish(number, f"{code}: {detail}" if detail else code)
        self._end()

    def _finish(self, number: int, problem: str) -> None:
        asked = self._asked.pop(number, None)
        if asked is None or self._over:
            return
        if not self._asked:
            self._idle.start()
        self.finished.emit(number, asked[1].text("path"), problem)

    def _end(self) -> None:
        if not self._over:
            self.cancel()
            self.over.emit()
