"""The worker by itself, spoken to over a bare socket: what it does with what it cannot do."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.map.qgis_python import needs_qgis, qgis_python
from workstation.map import protocol, worker_process
from workstation.map.definitions import MapDefinition
from workstation.map.protocol import Decoder, Message, encode
from workstation.map.worker_process import candidate_pythons, worker_environment

MAIN = Path(worker_process.__file__).parent / "worker" / "main.py"


class Talk:
    """A worker process and the socket it came to."""

    def __init__(self, folder: Path) -> None:
        place = str(folder / "s")
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.bind(place)
        server.listen(1)
        server.settimeout(40)
        self.process = subprocess.Popen(
            [qgis_python(), "-s", "-E", str(MAIN), place, str(os.getpid())],
            env=worker_environment("the secret", folder / "settings"),
            stderr=subprocess.PIPE,
        )
        self.socket, _ = server.accept()
        server.close()
        self.socket.settimeout(40)
        self._decoder = Decoder()
        self._waiting: list[Message] = []

    def say(self, kind: str, **fields: Any) -> None:
        """Sends a message."""
        self.socket.sendall(encode(Message(kind, fields)))

    def hear(self, *kinds: str) -> Message:
        """The next message of these kinds; others before it are passed over."""
        while True:
            while self._waiting:
                message = self._waiting.pop(0)
                if message.type in kinds:
                    return message
            data = self.socket.recv(1 << 20)
            assert data, "the worker hung up"
            self._waiting += self._decoder.feed(data)

    def close(self) -> tuple[int, str]:
        """Hangs up; the worker's exit code and last words."""
        self.socket.close()
        _, words = self.process.communicate(timeout=20)
        return self.process.returncode, words.decode()


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    """A worker that has said hello and has no city open."""
    made = Talk(tmp_path_factory.mktemp("w"))
    yield made
    if made.process.poll() is None:
        made.close()


@pytest.mark.qgis
@needs_qgis
def test_it_shows_that_it_is_ours(talk: Talk) -> None:
    """The first thing a worker says has the secret it was given, the protocol's version and QGIS's."""
    hello = talk.hear(protocol.HELLO)
    assert hello.fields["token"] == "the secret"
    assert hello.fields["version"] == protocol.VERSION
    assert hello.fields["pid"] == talk.process.pid
    assert hello.fields["qgis_number"] >= 32200


@pytest.mark.qgis
@needs_qgis
@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("dance", {}, "unknown_type"),
        ("render", {}, "missing"),
        (
            "render",
            {"view": "a", "number": 1, "extent": [0, 0, 0, 0], "width": 10, "height": 10},
            "out_of_range",
        ),
        (
            "render",
            {"view": "a", "number": 1, "extent": [0, 0, 1, 1], "width": 10**9, "height": 10},
            "out_of_range",
        ),
        (
            "render",
            {"view": "a", "number": 1, "extent": [0, 0, 1, 1], "width": "10", "height": 10},
            "wrong_type",
        ),
        ("open", {"source": {}, "map_crs": "EPSG:0", "layers": []}, "bad_definition"),
        ("open", {"source": {}, "map_crs": "EPSG:4549", "layers": [1]}, "wrong_type"),
        ("identify", {"request": 1, "view": 3}, "wrong_type"),
        ("export", {"request": 7, "path": "/tmp/page.exe", "extent": [0, 0, 1, 1]}, "bad_format"),
    ],
)
def test_what_it_cannot_do_it_refuses(talk: Talk, kind: str, fields: dict[str, Any], code: str) -> None:
    """A request that makes no sense is refused by name, with the number it came with, and the worker goes on."""
    talk.say(kind, **fields)
    refused = talk.hear(protocol.REFUSED)
    assert (refused.fields["asked"], refused.fields["code"]) == (kind, code)
    assert refused.fields.get("request") == fields.get("request")
    talk.say(protocol.PING)
    talk.hear(protocol.PONG)


@pytest.mark.qgis
@needs_qgis
def test_an_unknown_store_fails_its_layers_and_no_more(talk: Talk) -> None:
    """A source that the worker does not know, and a server that is not there, are told layer by layer, at once."""
    for source, code in (
        ({"kind": "paper"}, "bad_definition"),
        ({"kind": "postgis", "host": "127.0.0.1", "port": 1, "database": "x"}, "unreachable"),
    ):
        wire = MapDefinition.load().wire()
        talk.say("open", source=source, map_crs="EPSG:4549", **wire)
        for _ in wire["layers"]:
            assert talk.hear(protocol.LAYER_FAILED).fields["code"] == code


@pytest.mark.qgis
@needs_qgis
def test_it_ends_when_nobody_listens_any_more(tmp_path: Path) -> None:
    """When the other end hangs up, the worker ends by itself, in order and without complaint."""
    talk = Talk(tmp_path)
    talk.hear(protocol.HELLO)
    code, words = talk.close()
    assert code == 0
    assert "Traceback" not in words


@pytest.mark.qgis
@needs_qgis
def test_it_ends_when_what_it_hears_is_not_the_protocol(tmp_path: Path) -> None:
    """After bytes that are no message the stream is lost: the worker says so and ends."""
    talk = Talk(tmp_path)
    talk.hear(protocol.HELLO)
    talk.socket.sendall(b"GET / HTTP/1.1\r\n\r\n")
    _, words = talk.process.communicate(timeout=20)
    talk.socket.close()
    assert "header_too_long" in words.decode()


@needs_qgis
def test_a_wrong_call_is_told(tmp_path: Path) -> None:
    """Called by hand, the worker says how it is called, and starts nothing."""
    done = subprocess.run([qgis_python(), str(MAIN)], capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stderr.strip()) == (2, "usage: main.py SOCKET PARENT_PID")


def test_a_python_that_is_named_is_the_only_one(tmp_path: Path) -> None:
    """WORKSTATION_QGIS_PYTHON overrides the search; without it the system's Python comes first, ours never."""
    assert candidate_pythons({"WORKSTATION_QGIS_PYTHON": "/opt/qgis/python"}) == ["/opt/qgis/python"]
    (tmp_path / "python3").touch()
    found = candidate_pythons({"PATH": f"{tmp_path}:{tmp_path}:/nowhere"})
    assert found.count(str(tmp_path / "python3")) == 1
    assert all("shims" not in path for path in found)


def test_the_workers_environment_is_clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing that would lead the worker to our Python's or Qt's files reaches it, and it never needs a screen."""
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "QT_PLUGIN_PATH", "LD_LIBRARY_PATH", "DISPLAY"):
        monkeypatch.setenv(name, "ours")
    environment = worker_environment("secret", tmp_path)
    assert "ours" not in environment.values()
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert environment["QGIS_CUSTOM_CONFIG_PATH"] == str(tmp_path)
