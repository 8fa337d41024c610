"""The worker's end of the socket: reads in Qt's loop, writes in a thread, so that neither waits for the other."""

from __future__ import annotations

import collections
import socket
import sys
import threading
from collections.abc import Callable

from qgis.PyQt.QtCore import QSocketNotifier

from workstation.map.protocol import Decoder, Message, ProtocolError, encode_head

_CHUNK = 256 * 1024


class Link:
    """Messages in and out: ``on_message`` is called for each that comes, ``on_closed`` when no more will.

    ``send`` never waits: a slow reader on the other side must not hold up drawing. What waits to be written and has
    been overtaken (an older frame of the same view) is dropped by ``send``'s ``replaces``.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.on_message: Callable[[Message], None] = lambda message: None
        self.on_closed: Callable[[], None] = lambda: None
        self._socket = connection
        self._decoder = Decoder()
        self._queue: collections.deque[Message] = collections.deque()
        self._there = threading.Condition()
        self._ending = False
        self._writer = threading.Thread(target=self._write, name="link-writer", daemon=True)
        self._writer.start()
        self._notifier = QSocketNotifier(connection.fileno(), _read_type())
        self._notifier.activated.connect(self._read)

    def send(self, message: Message, replaces: Callable[[Message], bool] | None = None) -> None:
        """Queues a message; first drops those still waiting for which ``replaces`` says yes."""
        with self._there:
            if replaces is not None:
                self._queue = collections.deque(item for item in self._queue if not replaces(item))
            self._queue.append(message)
            self._there.notify()

    def close(self) -> None:
        """Writes what waits (a second at most), then closes."""
        self._notifier.setEnabled(False)
        with self._there:
            self._ending = True
            self._there.notify()
        self._writer.join(1.0)
        self._socket.close()

    def _read(self, *_: object) -> None:
        try:
            data = self._socket.recv(_CHUNK)
        except OSError:
            data = b""
        if not data:
            self._notifier.setEnabled(False)
            self.on_closed()
            return
        try:
            for message in self._decoder.feed(data):
                self.on_message(message)
        except ProtocolError as error:
            print(f"what arrived is not our protocol: {error}", file=sys.stderr)
            self._notifier.setEnabled(False)
            self.on_closed()

    def _write(self) -> None:
        while True:
            with self._there:
                while not self._queue and not self._ending:
                    self._there.wait()
                if not self._queue:
                    return
                message = self._queue.popleft()
            try:
                self._socket.sendall(encode_head(message))
                if len(message.body):
                    self._socket.sendall(message.body)
            except OSError:  # the interface has gone; the reading side sees it too and ends the process
                return


def _read_type() -> object:
    """QSocketNotifier.Read, which Qt 6 moved into an enumeration of its own."""
    return getattr(QSocketNotifier, "Type", QSocketNotifier).Read
