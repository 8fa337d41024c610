"""One map export: a worker of its own, told to open the city and write the page, and gone afterwards."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from workstation.map import protocol
from workstation.map.protocol import Message
from workstation.map.worker_process import WorkerProcess


class MapExport(QObject):
    """Runs an export. ``finished`` comes once: the number, the file, and an empty text or what went wrong."""

    finished = Signal(int, str, str)

    def __init__(
        self,
        worker: WorkerProcess,
        opening: Message,
        additions: Message,
        request: Message,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._opening = opening
        self._additions = additions
        self._request = request
        self._over = False
        worker.setParent(self)
        worker.hello.connect(self._hello)
        worker.received.connect(self._received)
        worker.ended.connect(self._ended)

    def start(self) -> None:
        """Starts the worker."""
        self._worker.start()

    def cancel(self) -> None:
        """Ends it; ``finished`` does not come."""
        self._over = True
        self._worker.kill()

    def _hello(self, greeting: dict[str, object]) -> None:
        self._worker.send(self._opening)
        self._worker.send(self._additions)
        self._worker.send(self._request)

    def _received(self, message: Message) -> None:
        if message.type == protocol.EXPORTED:
            self._finish("")
        elif message.type == protocol.REFUSED:
            self._finish(f"{message.fields.get('code')}: {message.fields.get('detail')}")

    def _ended(self, code: str, detail: str) -> None:
        self._finish(f"{code}: {detail}" if detail else code)

    def _finish(self, problem: str) -> None:
        if self._over:
            return
        self._over = True
        self._worker.kill()
        number = self._request.integer("request", 0, 2**62)
        self.finished.emit(number, self._request.text("path"), problem)
