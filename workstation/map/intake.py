"""The interface's end of a worker's socket: what arrives is read in small pieces, straight to where it will lie.

A frame is eight megabytes, on a dense screen thirty-three. Qt's local socket gathers and copies it several times over in the
interface's thread (a hundred milliseconds a frame); here each piece goes from the kernel into the memory of the picture that will be
painted, and no turn of the event loop takes more than a fraction of a millisecond.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtGui import QImage

from workstation.map import protocol
from workstation.map.messages import PictureMessage
from workstation.map.protocol import Message, ProtocolError

_PREFIX = struct.Struct("!II")
_TURN_S = 0.002
"""So long is read in one turn of the event loop."""
_FIRST_HEADER = 65_536
"""Until the other side has shown that it is ours, it may say no more than this, and no body."""


class Intake:
    """Makes messages of what a socket gives; the body of a frame becomes its picture. After an error the stream is lost."""

    def __init__(self) -> None:
        self.trusted = False
        """Whether more than a greeting is taken."""
        self._image: QImage | None = None
        self._body = bytearray()
        self._header: dict[str, object] | None = None
        self._sizes = (0, 0)
        self._await(_PREFIX.size, self._prefix_is_there)

    def _await(self, count: int, then: Callable[[], Message | None]) -> None:
        self._body = bytearray(count)
        self._into: memoryview | None = memoryview(self._body)
        self._left, self._then = count, then

    def read(self, source: Callable[[memoryview], int]) -> tuple[list[Message], bool]:
        """Read what is there (``source`` fills a piece and says how much of it; BlockingIOError where nothing is there), for
        a turn at most. The messages that are whole, and whether the stream has ended. Raises ProtocolError."""
        messages: list[Message] = []
        until = time.perf_counter() + _TURN_S
        while time.perf_counter() < until:
            assert self._into is not None
            try:
                got = source(self._into[-self._left :])
            except BlockingIOError:
                break
            except OSError:
                return messages, True
            if not got:
                return messages, True
            self._left -= got
            while not self._left:
                message = self._then()
                if message is not None:
                    messages.append(message)
        return messages, False

    def _prefix_is_there(self) -> None:
        header, body = self._sizes = _PREFIX.unpack(self._body)
        if header > (protocol.MAX_HEADER if self.trusted else _FIRST_HEADER):
            raise ProtocolError("header_too_long", size=header)
        if body > (protocol.MAX_BODY if self.trusted else 0):
            raise ProtocolError("body_too_long", size=body)
        if header == 0:
            raise ProtocolError("empty_header")
        self._await(header, self._header_is_there)

    def _header_is_there(self) -> None:
        try:
            header = json.loads(self._body.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise ProtocolError("not_json", problem=str(error)[:200]) from error
        if not isinstance(header, dict):
            raise ProtocolError("not_an_object", got=type(header).__name__)
        if not isinstance(header.get("type"), str) or not header["type"]:
            raise ProtocolError("no_type")
        self._header = header
        self._image = self._picture_for(header, self._sizes[1])
        if self._image is None:
            self._await(self._sizes[1], self._body_is_there)
        else:
            self._into = memoryview(self._image.bits()).cast("B")
            self._left, self._then = self._sizes[1], self._body_is_there

    def _picture_for(self, header: dict[str, object], size: int) -> QImage | None:
        """A picture that the body fills exactly, where it is one; the numbers are looked at again when it is taken."""
        width, height, stride = (header.get(name) for name in ("width", "height", "stride"))
        if header["type"] != protocol.FRAME or not (
            isinstance(width, int) and isinstance(height, int) and isinstance(stride, int)
        ):
            return None
        sides = 1 <= width <= protocol.MAX_SIDE and 1 <= height <= protocol.MAX_SIDE
        if not sides or stride != 4 * width or size != stride * height:
            return None
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        return None if image.isNull() else image

    def _body_is_there(self) -> Message:
        header, image, body = self._header, self._image, self._body
        assert header is not None
        kind = str(header.pop("type"))
        self._into = None  # the picture's memory is its own from now on
        self._image = self._header = None
        self._await(_PREFIX.size, self._prefix_is_there)
        return (
            Message(kind, header, bytes(body)) if image is None else PictureMessage(kind, header, b"", image)
        )


class Wire(QObject):
    """A connected socket in the event loop: messages in, messages out, nothing waits."""

    received = Signal(object)
    """A Message."""
    ended = Signal(str)
    """The connection is gone; with the reason where the other side broke the protocol. Once."""

    def __init__(self, connection: socket.socket, parent: QObject | None = None) -> None:
        super().__init__(parent)
        connection.setblocking(False)
        self._connection = connection
        self.intake = Intake()
        self._out = bytearray()
        self._open = True
        self._reads = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._reads.activated.connect(self._read)
        self._writes = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Write, self)
        self._writes.setEnabled(False)
        self._writes.activated.connect(self._write)

    def send(self, data: bytes) -> None:
        """Send it as the other side takes it."""
        if self._open:
            self._out += data
            self._write()

    def close(self) -> None:
        """Hear and say nothing any more."""
        if self._open:
            self._open = False
            self._reads.setEnabled(False)
            self._writes.setEnabled(False)
            self._connection.close()

    def _read(self) -> None:
        if not self._open:
            return
        try:
            messages, over = self.intake.read(self._connection.recv_into)
        except ProtocolError as error:
            self.close()
            self.ended.emit(str(error))
            return
        for message in messages:
            if self._open:
                self.received.emit(message)
        if over and self._open:
            self.close()
            self.ended.emit("")

    def _write(self) -> None:
        if not self._open:
            return
        try:
            while self._out:
                del self._out[: self._connection.send(self._out)]
        except BlockingIOError:
            pass
        except OSError:
            self._out.clear()  # the reading side is told as well, and tells it
        self._writes.setEnabled(bool(self._out))
