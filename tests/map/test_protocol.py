"""The wire between the interface and the map worker: whole, in pieces, and when it is not ours at all."""

from __future__ import annotations

import ast
import itertools
import json
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.map import protocol
from workstation.map.protocol import Decoder, Message, ProtocolError, encode

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=5,
)
MESSAGES = st.builds(
    Message,
    st.text(min_size=1, max_size=20).filter(lambda text: text.encode("utf-8", "ignore").decode() == text),
    st.dictionaries(st.text(max_size=10).filter(lambda key: key != "type"), JSON, max_size=5),
    st.binary(max_size=500),
)


def frame(header: bytes, body: bytes = b"") -> bytes:
    """Bytes as on the wire, whatever the header is."""
    return struct.pack("!II", len(header), len(body)) + header + body


def plain(value: Any) -> Any:
    """A value as it comes back from JSON."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


@settings(max_examples=60, deadline=None)
@given(st.lists(MESSAGES, max_size=4), st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_messages_survive_any_cutting(messages: list[Message], sizes: list[int]) -> None:
    """However the bytes of a stream are cut, the same messages come out in the same order, and nothing is left."""
    stream = b"".join(encode(message) for message in messages)
    decoder = Decoder()
    out = []
    for size in itertools.cycle(sizes):
        if not stream:
            break
        out += list(decoder.feed(stream[:size]))
        stream = stream[size:]
    decoder.finish()
    assert [(m.type, m.fields, bytes(m.body)) for m in out] == [
        (m.type, plain(dict(m.fields)), bytes(m.body)) for m in messages
    ]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_hostile_bytes_are_refused_or_awaited(data: bytes) -> None:
    """Any bytes either make messages, wait for more, or raise ProtocolError: never anything else, never a large buffer."""
    decoder = Decoder(max_header=1000, max_body=1000)
    try:
        for message in decoder.feed(data):
            assert isinstance(message.type, str)
    except ProtocolError as error:
        assert error.code
    assert decoder.waiting <= len(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.binary(max_size=20))
def test_hostile_headers_are_refused(header: bytes, body: bytes) -> None:
    """A header that is not a JSON object with a type is a ProtocolError that says so."""
    try:
        parsed = json.loads(header.decode("utf-8"))
        good = isinstance(parsed, dict) and isinstance(parsed.get("type"), str) and bool(parsed["type"])
    except ValueError:
        good = False
    decoder = Decoder()
    if good:
        assert len(list(decoder.feed(frame(header, body)))) == 1
    else:
        with pytest.raises(ProtocolError) as caught:
            list(decoder.feed(frame(header, body)))
        assert caught.value.code in ("empty_header", "not_json", "not_an_object", "no_type")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (struct.pack("!II", protocol.MAX_HEADER + 1, 0), "header_too_long"),
        (struct.pack("!II", 10, protocol.MAX_BODY + 1), "body_too_long"),
        (struct.pack("!II", 0, 0), "empty_header"),
        (frame(b"\xff\xfe"), "not_json"),
        (frame(b"[" * 100_000), "not_json"),
        (frame(b"[1]"), "not_an_object"),
        (frame(b'{"type": 3}'), "no_type"),
    ],
)
def test_each_malformation_has_its_name(data: bytes, code: str) -> None:
    """What is wrong with bytes is told by a code, before anything large is kept."""
    with pytest.raises(ProtocolError) as caught:
        list(Decoder().feed(data))
    assert caught.value.code == code


def test_a_stream_that_ends_inside_a_message_is_truncated() -> None:
    """The end of a stream is fine between messages and an error inside one."""
    whole = encode(Message("ping"))
    for size in range(1, len(whole)):
        decoder = Decoder()
        assert list(decoder.feed(whole[:size])) == []
        with pytest.raises(ProtocolError, match="truncated"):
            decoder.finish()


def test_too_large_a_message_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the other side would refuse is refused here."""
    monkeypatch.setattr(protocol, "MAX_BODY", 10)
    with pytest.raises(ProtocolError, match="body_too_long"):
        encode(Message("frame", {}, b"x" * 11))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "missing"),
        ("1,2,3,4", "wrong_type"),
        ([1, 2, 3], "wrong_type"),
        ([1, 2, 3, True], "wrong_type"),
        ([1, 2, "3", 4], "wrong_type"),
        ([0, 0, 0, 10], "out_of_range"),
        ([10, 0, 0, 10], "out_of_range"),
        ([0, 0, 1e300, 10], "out_of_range"),
        ([0, float("nan"), 1, 10], "out_of_range"),
    ],
)
def test_an_extent_must_have_an_inside(value: Any, code: str) -> None:
    """A rectangle that is none is refused with the name of the value."""
    with pytest.raises(ProtocolError) as caught:
        Message("render", {"extent": value}).extent()
    assert (caught.value.code, caught.value.data["field"]) == (code, "extent")


def test_values_are_checked_by_kind_and_range() -> None:
    """Numbers, texts and lists of the wrong kind or size are refused; defaults stand in for what is missing."""
    message = Message("render", {"width": 5000.5, "yes": True, "hidden": ["a", 1], "source": [], "name": 3})
    assert message.number("width", 0, 10_000) == 5000.5
    assert message.number("height", 0, 10, 7) == 7
    assert message.texts("nothing") == []
    for call in (
        lambda: message.integer("width", 0, 10_000),
        lambda: message.number("yes", 0, 10),
        lambda: message.number("width", 0, 10),
        lambda: message.texts("hidden"),
        lambda: message.mapping("source"),
        lambda: message.text("name"),
        lambda: message.text("nothing"),
        lambda: message.mappings("hidden"),
    ):
        with pytest.raises(ProtocolError):
            call()


def test_the_protocol_loads_alone() -> None:
    """The worker's Python loads the protocol and gets nothing else of ours, and nothing that is not Python's own."""
    root = Path(protocol.__file__).parents[2]
    code = (
        "import sys; before = set(sys.modules); sys.path.insert(0, sys.argv[1]); import workstation.map.protocol; "
        "print(*sorted(m for m in sys.modules if m.startswith('workstation') or m in ('PySide6', 'shapely', 'sqlalchemy')))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, str(root)], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.split() == ["workstation", "workstation.map", "workstation.map.protocol"]


def test_the_worker_is_written_for_older_pythons() -> None:
    """The worker's files and the protocol parse as Python 3.9, which some systems' QGIS still runs under."""
    folder = Path(protocol.__file__).parent
    for file in [folder / "protocol.py", folder / "__init__.py", *sorted((folder / "worker").glob("*.py"))]:
        ast.parse(file.read_text(encoding="utf-8"), str(file), feature_version=(3, 9))
