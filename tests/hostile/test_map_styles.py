"""Styles that somebody edited, or made to do harm: a layer that cannot be read is said to be so, and the map goes on."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pyproj
import pytest

from tests.map.qgis_python import needs_qgis
from tests.map.test_worker import Talk
from workstation.map import protocol
from workstation.map.definitions import MapDefinition
from workstation.services.services import Services

pytestmark = [pytest.mark.qgis, needs_qgis]

BOMB = (
    "<!DOCTYPE qgis [<!ENTITY a0 'aaaaaaaaaaaaaaaa'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 16}'>" for n in range(1, 12))
    + "]><qgis><x>&a11;</x></qgis>"
)
OUTSIDE = "<!DOCTYPE qgis [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><qgis><x>&e;</x></qgis>"


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    """A worker that goes through all of this module alive."""
    made = Talk(tmp_path_factory.mktemp("w"))
    made.hear(protocol.HELLO)
    yield made
    assert made.close()[0] == 0


@pytest.fixture(scope="module")
def opened(demo_file: Path) -> Iterator[Services]:
    """The small demo city, to look at only."""
    services = Services.open(str(demo_file))
    yield services
    services.close()


def draw(talk: Talk, services: Services, style: Path) -> list[str]:
    """Open the city with ``style`` for its components and draw a whole frame; the layers that failed."""
    wire = MapDefinition.load().wire()
    for layer in wire["layers"]:
        if layer["key"] == "component":
            layer["style"] = str(style)
            layer["min_scale"] = layer["max_scale"] = 0.0
    crs = services.city.map_crs
    talk.say("open", source=services.db.worker_source(), map_crs=crs, **wire)
    opened = set(talk.hear(protocol.OPENED).fields["layers"])
    west, south, east, north = services.places.extent
    turn = pyproj.Transformer.from_crs("EPSG:4490", crs, always_xy=True).transform
    extent = [*turn(west, south), *turn(east, north)]
    talk.say("render", view="v", number=1, extent=extent, width=400, height=300, layers=["component"])
    while talk.hear(protocol.FRAME).fields.get("partial"):
        pass
    return sorted({layer["key"] for layer in wire["layers"]} - opened)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"<qgis",
        b"<qgis/>",
        b"<html>no style</html>",
        BOMB.encode(),
        OUTSIDE.encode(),
        b"<" * 50_000,
    ],
    ids=["empty", "zeros", "cut", "bare", "html", "bomb", "entity", "deep"],
)
def test_a_style_that_is_none(talk: Talk, opened: Services, tmp_path: Path, content: bytes) -> None:
    """The layer fails or is drawn plainly; the worker answers, and lives."""
    style = tmp_path / "component.qml"
    style.write_bytes(content)
    assert draw(talk, opened, style) in ([], ["component"])


def test_a_style_calls_nobody(talk: Talk, opened: Services, tmp_path: Path) -> None:
    """A symbol by an address on the network is not fetched: the worker has no network of its own."""
    ear = socket.create_server(("127.0.0.1", 0))
    ear.settimeout(2)
    address = f"http://127.0.0.1:{ear.getsockname()[1]}/tell.svg"
    sound = (Path(MapDefinition.load().styles) / "component.qml").read_text(encoding="utf-8")
    assert ".svg" in sound
    style = tmp_path / "component.qml"
    style.write_text(re.sub(r'"[^"]*\.svg"', f'"{address}"', sound), encoding="utf-8")
    draw(talk, opened, style)
    with pytest.raises(TimeoutError):
        ear.accept()
    ear.close()
