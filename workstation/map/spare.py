"""A second map worker, kept ready: started when nothing else is to do, city open, fonts and symbols loaded."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PySide6.QtCore import QObject

from workstation.map import protocol
from workstation.map.protocol import Message
from workstation.map.worker_process import WorkerProcess

_log = logging.getLogger(__name__)

_SHARE = 4
"""The picture a spare draws to warm up is this much smaller each way."""


class SpareWorker(QObject):
    """Holds a worker until it is needed. What it says about its layers is kept for whoever takes it over."""

    def __init__(
        self, worker: WorkerProcess, opening: Message, views: Sequence[Message], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.worker: WorkerProcess | None = worker
        self.opening = opening
        self.said: list[Message] = []
        self._views = [_smaller(view) for view in views]
        worker.hello.connect(self._hello)
        worker.received.connect(self._received)
        worker.ended.connect(self._ended)
        worker.start()

    @property
    def is_ready(self) -> bool:
        """Whether it can take over at once."""
        return self.worker is not None and self.worker.is_ready

    def send(self, message: Message) -> None:
        """Tells it what the worker in use was told, so that it stays as good as that one."""
        if self.is_ready and self.worker is not None:
            self.worker.send(message)

    def take(self) -> WorkerProcess | None:
        """Hands the worker over; what it says from now on is the taker's. None when it has died."""
        if self.is_ready:
            for view in self._views:  # a warm-up under way would hold up what is wanted now
                self.send(Message(protocol.DROP_VIEW, {"view": view.fields["view"]}))
        worker, self.worker = self.worker, None
        if worker is not None:
            worker.hello.disconnect(self._hello)
            worker.received.disconnect(self._received)
            worker.ended.disconnect(self._ended)
        return worker

    def _hello(self, greeting: dict[str, object]) -> None:
        self.send(self.opening)
        for view in self._views:
            self.send(view)

    def _received(self, message: Message) -> None:
        if message.type in (protocol.OPENED, protocol.LAYER_FAILED):
            self.said.append(message)

    def _ended(self, code: str, detail: str) -> None:
        _log.warning("the spare map worker ended: %s %s", code, detail)
        worker = self.take()
        if worker is not None:
            worker.deleteLater()


def _smaller(view: Message) -> Message:
    # Under a name that no view has: nobody takes the picture for one that was asked for.
    fields = {**view.fields, "view": f"warm-up of {view.fields['view']}"}
    for name in ("width", "height"):
        fields[name] = max(1, fields[name] // _SHARE)
    return Message(view.type, fields)
