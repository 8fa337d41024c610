"""What arrives from a worker: messages of pieces of any size, frames read into their pictures, strangers kept short."""

from __future__ import annotations

import contextlib
import json
import random
import socket

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from workstation.map import protocol
from workstation.map.intake import Intake, Wire
from workstation.map.messages import PictureMessage, frame_of
from workstation.map.protocol import Message, ProtocolError, encode


def frame_message(width: int = 7, height: int = 5, stride: int | None = None) -> Message:
    """A frame of one colour."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#204060"))
    fields = {
        "view": "main",
        "number": 3,
        "extent": [0, 0, 70, 50],
        "width": width,
        "height": height,
        "stride": stride or 4 * width,
        "ratio": 1.0,
        "partial": False,
        "millis": 2.0,
    }
    body = bytes(image.constBits())
    return Message(protocol.FRAME, fields, body if stride is None else b"\0" * stride * height)


def fed(intake: Intake, data: bytes, most: int) -> list[Message]:
    """What an intake makes of these bytes when they come in pieces of at most so many."""
    pieces, rnd = [data], random.Random(1)

    def source(into: memoryview) -> int:
        if not pieces[0]:
            raise BlockingIOError
        count = min(len(into), rnd.randint(1, most), len(pieces[0]))
        into[:count] = pieces[0][:count]
        pieces[0] = pieces[0][count:]
        return count

    found: list[Message] = []
    while pieces[0]:
        found += intake.read(source)[0]
    return found


@pytest.mark.parametrize("most", [1, 3, 64, 10_000])
def test_messages_come_out_as_they_went_in(most: int) -> None:
    """Whatever the pieces: words, a body of bytes, and a frame whose pixels lie in its picture."""
    intake = Intake()
    intake.trusted = True
    sent = [
        Message("hello", {"text": "井盖"}),
        frame_message(),
        Message("legend_ready", {"n": 1}, b"12345"),
        Message("pong"),
    ]
    came = fed(intake, b"".join(encode(message) for message in sent), most)
    assert [message.type for message in came] == [message.type for message in sent]
    assert came[0].fields == {"text": "井盖"} and bytes(came[2].body) == b"12345"
    picture = came[1]
    assert isinstance(picture, PictureMessage)
    frame = frame_of(picture)
    assert frame.image.pixelColor(6, 4) == QColor("#204060") and frame.extent == (0, 0, 70, 50)


def test_a_frame_with_other_rows_is_taken_by_its_bytes() -> None:
    """Rows that are longer than their pixels fit no picture as it is: the numbers decide, and lies are refused."""
    intake = Intake()
    intake.trusted = True
    (wide,) = fed(intake, encode(frame_message(stride=32)), 100)
    assert not isinstance(wide, PictureMessage)
    assert frame_of(wide).image.width() == 7
    short = frame_message()
    lie = Message(short.type, {**short.fields, "height": 6}, short.body)
    (came,) = fed(intake, encode(lie), 100)
    with pytest.raises(ProtocolError):
        frame_of(came)


def raw(header: bytes, body: int = 0) -> bytes:
    """A message of these bytes that promises such a body."""
    return len(header).to_bytes(4, "big") + body.to_bytes(4, "big") + header


@pytest.mark.parametrize(
    ("trusted", "data", "code"),
    [
        (False, raw(b"x" * 70_000), "header_too_long"),
        (False, raw(json.dumps({"type": "hello"}).encode(), 10), "body_too_long"),
        (True, raw(b"x" * 10, protocol.MAX_BODY + 1), "body_too_long"),
        (True, raw(b""), "empty_header"),
        (True, raw(b"{nonsense"), "not_json"),
        (True, raw(b"[1]"), "not_an_object"),
        (True, raw(b"{}"), "no_type"),
    ],
)
def test_what_is_no_message_is_refused(trusted: bool, data: bytes, code: str) -> None:
    """Before it is read whole: nobody makes the window allocate what they promise. A stranger may say but little."""
    intake = Intake()
    intake.trusted = trusted
    with pytest.raises(ProtocolError) as refused:
        fed(intake, data, 1000)
    assert refused.value.code == code


def test_a_wire_hears_and_speaks_without_waiting(qtbot: QtBot) -> None:
    """More than a socket holds is sent as the other side reads; its end is told once, and nothing after it."""
    ours, theirs = socket.socketpair()
    wire = Wire(ours)
    heard: list[Message] = []
    ends: list[str] = []
    wire.received.connect(heard.append)
    wire.ended.connect(ends.append)
    wire.intake.trusted = True
    wire.send(b"a" * 3_000_000)
    theirs.setblocking(False)
    got = 0

    def all_there() -> bool:
        nonlocal got
        with contextlib.suppress(BlockingIOError):
            got += len(theirs.recv(1_000_000))
        return got == 3_000_000

    qtbot.waitUntil(all_there)
    theirs.sendall(encode(Message("pong")) + b"\0\0")
    qtbot.waitUntil(lambda: len(heard) == 1)
    theirs.close()
    qtbot.waitUntil(lambda: ends == [""])
    wire.send(b"x")
    wire.close()
    wire.deleteLater()


def test_a_wire_ends_where_the_protocol_is_broken(qtbot: QtBot) -> None:
    """With the reason, and closed."""
    ours, theirs = socket.socketpair()
    wire = Wire(ours)
    with qtbot.waitSignal(wire.ended) as ended:
        theirs.sendall(raw(b"nonsense"))
    assert "not_json" in ended.args[0]
    theirs.close()
    wire.deleteLater()
