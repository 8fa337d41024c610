"""A TCP proxy between a seat and its server that can do what networks do: refuse, fall silent, reset, cut an answer."""

from __future__ import annotations

import contextlib
import selectors
import socket
import struct
import threading
from collections.abc import Iterator

PASS, REFUSE, SILENT = "pass", "refuse", "silent"


class Proxy:
    """Listens on :attr:`port`. Change :attr:`mode` at any time; it holds for what is said from then on."""

    def __init__(self, target: int) -> None:
        self._target = target
        self.mode = PASS
        self.cut_answer_after = b""
        """Once, when the seat has said this: the server gets it, and the connection is cut before its answer is here."""
        self.cuts = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port = int(self._listener.getsockname()[1])
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._stopping = False
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        while not self._stopping:
            try:
                seat, _ = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            if self.mode == REFUSE:
                seat.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                seat.close()
                continue
            with self._lock:
                # Looked at again: refusing may have begun, and all been dropped, while the server was dialled.
                if self.mode == REFUSE:
                    self._end(seat, server)
                    continue
                self._pairs.append((seat, server))
            thread = threading.Thread(target=self._pump, args=(seat, server), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _pump(self, seat: socket.socket, server: socket.socket) -> None:
        cutting = False
        with contextlib.suppress(OSError, ValueError), selectors.DefaultSelector() as selector:
            selector.register(seat, selectors.EVENT_READ)
            selector.register(server, selectors.EVENT_READ)
            while not self._stopping:
                for key, _ in selector.select(0.05):
                    if self.mode == SILENT:
                        threading.Event().wait(0.02)
                        continue
                    source = key.fileobj
                    content = source.recv(65536)  # type: ignore[union-attr]
                    if not content:
                        return self._end(seat, server)
                    if source is server:
                        if cutting:
                            self.cuts += 1
                            return self._end(seat, server)
                        seat.sendall(content)
                    else:
                        if self.cut_answer_after and self.cut_answer_after in content:
                            self.cut_answer_after = b""
                            cutting = True
                        server.sendall(content)
        self._end(seat, server)

    def _end(self, *sockets: socket.socket) -> None:
        for one in sockets:
            with contextlib.suppress(OSError):
                one.close()

    def drop(self, *, reset: bool = False) -> None:
        """End every connection; ``reset``: with a reset instead of a farewell."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for seat, server in pairs:
            with contextlib.suppress(OSError):
                if reset:
                    seat.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                seat.shutdown(socket.SHUT_RDWR) if not reset else seat.close()
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End."""
        self._stopping = True
        self.drop()
        self._listener.close()
        for thread in self._threads:
            thread.join(2)


@contextlib.contextmanager
def proxied(target: int) -> Iterator[Proxy]:
    """A proxy to the server on that port, for the length of the block."""
    proxy = Proxy(target)
    try:
        yield proxy
    finally:
        proxy.close()
