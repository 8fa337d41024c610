"""How the interface and the map worker talk: frames of bytes, the names of the messages, limits on sizes.

Both sides load this file, and they run under two different Pythons: nothing but the standard library, and nothing
newer than Python 3.9. A message on the wire is ``!II`` (length of the header, length of the body), a JSON object as
header, and raw bytes as body (pixels). The header's ``type`` is the message's kind.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import Any, Iterator, Mapping  # noqa: UP035 - Mapping[...] at run time needs typing on 3.9's dataclasses

VERSION = 1
"""Raised when a change makes an older worker and a newer interface misunderstand each other."""

MAX_HEADER = 8 * 1024 * 1024
MAX_BODY = 512 * 1024 * 1024
MAX_SIDE = 16_384
"""Pixels: no screen is wider, and a wrong number must not make the worker allocate the machine's memory."""

_PREFIX = struct.Struct("!II")

# From the interface to the worker.
OPEN = "open"
RENDER = "render"
DROP_VIEW = "drop_view"
IDENTIFY = "identify"
LEGEND = "legend"
RELOAD = "reload"
EXPORT = "export"
ADDITIONS = "additions"
PING = "ping"
STOP = "stop"

# From the worker to the interface.
HELLO = "hello"
OPENED = "opened"
FRAME = "frame"
IDENTIFIED = "identified"
LEGEND_READY = "legend_ready"
EXPORTED = "exported"
ADDED = "added"
LAYER_FAILED = "layer_failed"
REFUSED = "refused"
PONG = "pong"

ENV_TOKEN = "WORKSTATION_MAP_TOKEN"
"""The environment variable that carries the secret by which a worker shows that it is ours."""


class ProtocolError(ValueError):
    """What arrived is not a message, or not one that can be done. ``code`` is stable; ``data`` says which part.

    Codes: ``header_too_long``, ``body_too_long``, ``empty_header``, ``not_json``, ``not_an_object``, ``no_type``,
    ``missing``, ``wrong_type``, ``out_of_range``, ``truncated``.
    """

    def __init__(self, code: str, **data: Any) -> None:
        self.code = code
        self.data = data
        super().__init__(f"{code} {data}" if data else code)


@dataclass(frozen=True)
class Message:
    """One message: its kind, its named values (plain JSON) and its raw bytes."""

    type: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    body: bytes | bytearray | memoryview = b""

    def text(self, name: str, default: str | None = None) -> str:
        """The text called ``name``. Raises ProtocolError when it is missing (and has no default) or not text."""
        value = self._value(name, default)
        if not isinstance(value, str):
            raise ProtocolError("wrong_type", type=self.type, field=name, wanted="text")
        return value

    def number(self, name: str, low: float, high: float, default: float | None = None) -> float:
        """The finite number called ``name``, inside ``low``..``high``."""
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ProtocolError("wrong_type", type=self.type, field=name, wanted="number")
        if not low <= value <= high:  # NaN is not inside anything
            raise ProtocolError("out_of_range", type=self.type, field=name, low=low, high=high)
        return value

    def integer(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """The whole number called ``name``, inside ``low``..``high``."""
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise ProtocolError("wrong_type", type=self.type, field=name, wanted="whole number")
        if not low <= value <= high:
            raise ProtocolError("out_of_range", type=self.type, field=name, low=low, high=high)
        return value

    def texts(self, name: str) -> list[str]:
        """The list of texts called ``name``; empty when it is not there."""
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ProtocolError("wrong_type", type=self.type, field=name, wanted="list of texts")
        return value

    def mapping(self, name: str) -> Mapping[str, Any]:
        """The object called ``name``."""
        value = self._value(name, None)
        if not isinstance(value, dict):
            raise ProtocolError("wrong_type", type=self.type, field=name, wanted="object")
        return value

    def mappings(self, name: str) -> list[Mapping[str, Any]]:
        """The list of objects called ``name``."""
        value = self._value(name, None)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise ProtocolError("wrong_type", type=self.type, field=name, wanted="list of objects")
        return value

    def extent(self, name: str = "extent") -> tuple[float, float, float, float]:
        """The rectangle called ``name`` (xmin, ymin, xmax, ymax), finite and with an inside."""
        value = self._value(name, None)
        if not isinstance(value, list) or len(value) != 4:
            raise ProtocolError("wrong_type", type=self.type, field=name, wanted="four numbers")
        for item in value:
            if isinstance(item, bool) or not isinstance(item, (int, float)):
                raise ProtocolError("wrong_type", type=self.type, field=name, wanted="four numbers")
        left, bottom, right, top = value
        if not (-1e12 < left < right < 1e12 and -1e12 < bottom < top < 1e12):
            raise ProtocolError("out_of_range", type=self.type, field=name, low=-1e12, high=1e12)
        return float(left), float(bottom), float(right), float(top)

    def _value(self, name: str, default: Any) -> Any:
        value = self.fields.get(name, default)
        if value is None:
            raise ProtocolError("missing", type=self.type, field=name)
        return value


def encode(message: Message) -> bytes:
    """The bytes of a message. Raises ProtocolError when it is larger than the other side takes."""
    return encode_head(message) + bytes(message.body)


def encode_head(message: Message) -> bytes:
    """All bytes of a message but the body, for writers that send a large body without copying it."""
    fields = dict(message.fields)
    fields["type"] = message.type
    header = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    size = len(message.body)
    if len(header) > MAX_HEADER:
        raise ProtocolError("header_too_long", size=len(header), limit=MAX_HEADER)
    if size > MAX_BODY:
        raise ProtocolError("body_too_long", size=size, limit=MAX_BODY)
    return _PREFIX.pack(len(header), size) + header


class Decoder:
    """Makes messages of bytes that arrive in pieces. After a ProtocolError the stream is lost: close it."""

    def __init__(self, max_header: int = MAX_HEADER, max_body: int = MAX_BODY) -> None:
        self._max_header = max_header
        self._max_body = max_body
        self._buffer = bytearray()
        self._wanted = _PREFIX.size
        self._header: dict[str, Any] | None = None
        self._sizes: tuple[int, int] | None = None

    @property
    def waiting(self) -> int:
        """How many bytes lie here that are not yet a whole message."""
        return len(self._buffer)

    def feed(self, data: bytes | bytearray | memoryview) -> Iterator[Message]:
        """Takes bytes in and gives every message that is whole now. Raises ProtocolError at the first bad one."""
        self._buffer += data
        while len(self._buffer) >= self._wanted:
            if self._sizes is None:
                self._sizes = self._read_prefix()
            elif self._header is None:
                self._header = self._read_header(self._sizes)
            else:
                yield self._read_body(self._sizes, self._header)

    def finish(self) -> None:
        """To be called at the end of the stream: raises ``truncated`` when it ended inside a message."""
        if self._buffer or self._sizes is not None:
            raise ProtocolError("truncated", waiting=len(self._buffer))

    def _take(self, count: int) -> bytes:
        taken = bytes(memoryview(self._buffer)[:count])
        del self._buffer[:count]
        return taken

    def _read_prefix(self) -> tuple[int, int]:
        header_size, body_size = _PREFIX.unpack(self._take(_PREFIX.size))
        if header_size > self._max_header:
            raise ProtocolError("header_too_long", size=header_size, limit=self._max_header)
        if body_size > self._max_body:
            raise ProtocolError("body_too_long", size=body_size, limit=self._max_body)
        if header_size == 0:
            raise ProtocolError("empty_header")
        self._wanted = header_size
        return header_size, body_size

    def _read_header(self, sizes: tuple[int, int]) -> dict[str, Any]:
        try:
            header = json.loads(self._take(sizes[0]).decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise ProtocolError("not_json", problem=str(error)[:200]) from error
        if not isinstance(header, dict):
            raise ProtocolError("not_an_object", got=type(header).__name__)
        if not isinstance(header.get("type"), str) or not header["type"]:
            raise ProtocolError("no_type")
        self._wanted = sizes[1]
        return header

    def _read_body(self, sizes: tuple[int, int], header: dict[str, Any]) -> Message:
        body = self._take(sizes[1])
        self._sizes = None
        self._header = None
        self._wanted = _PREFIX.size
        kind = header.pop("type")
        return Message(kind, header, body)
