"""The two sides of the map's benchmarks: our client with its worker, and QGIS's own QgsMapCanvas in a process of its own.

Each is given a map folder (layers.toml, styles, symbols) and asked for one picture after another. What they are asked to draw:

- ``layout``: the map as it ships, laid out by scale;
- ``symbols``: the same base and every component as a point at every scale, in the components' own symbols;
- ``dots``: the same with QGIS's plain round marker, as a layer has it that nobody has styled.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from workstation.map.client import MapClient
from workstation.map.definitions import RESOURCES, LayerDefinition, MapDefinition
from workstation.map.messages import Frame, IdentifyResult
from workstation.map.worker_process import candidate_pythons, worker_environment

WIDTH, HEIGHT = 1920, 1080
MAP_CRS = "EPSG:4549"
SECONDS = 600.0

Extent = tuple[float, float, float, float]


@dataclass
class Ours:
    """The client, driven step by step."""

    map_folder: Path = RESOURCES
    spare: bool = False
    frames: list[Frame] = field(default_factory=list)
    found: list[IdentifyResult] = field(default_factory=list)
    last: list[Frame] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = MapClient(spare=self.spare)
        self.client.frame.connect(self.frames.append)
        self.client.identified.connect(self.found.append)
        self.client.layer_failed.connect(lambda key, detail: failed.append((key, detail)))
        failed: list[tuple[str, str]] = []
        self.failed = failed

    def first(self, source: dict[str, Any], extent: Extent) -> tuple[float, float]:
        """Seconds from nothing to the first whole frame; milliseconds of drawing in that."""
        begun = time.perf_counter()
        self.client.start(source, MAP_CRS, self.map_folder)
        self._wait(self.client.render("main", extent, WIDTH, HEIGHT))
        if self.failed:
            raise SystemExit(f"layers that cannot be drawn: {self.failed}")
        return time.perf_counter() - begun, self.last[0].millis

    def settle(self) -> None:
        """Waits until the spare worker is up: its start takes a core for a second or two, once."""
        until(
            lambda: self.client._spare is not None and self.client._spare.is_ready and self.client._spare.said
        )

    def draw(self, extent: Extent) -> float:
        """Milliseconds from asking to having the whole frame."""
        begun = time.perf_counter()
        self._wait(self.client.render("main", extent, WIDTH, HEIGHT))
        return (time.perf_counter() - begun) * 1000

    def redraw(self, layers: list[str]) -> float:
        """Milliseconds from telling that these layers' data have changed to having the whole frame."""
        begun = time.perf_counter()
        self.frames.clear()
        self.client.reload(layers)
        until(lambda: any(not frame.partial for frame in self.frames))
        self.last = [frame for frame in self.frames if not frame.partial][-1:]
        self.frames.clear()
        return (time.perf_counter() - begun) * 1000

    def at(self, x: float, y: float, layer: str) -> dict[str, Any]:
        """The attributes of what the last picture shows of a layer at a place."""
        number = self.client.identify("main", x, y, 0.5)
        until(lambda: any(result.request == number for result in self.found))
        result = next(result for result in self.found if result.request == number)
        self.found.clear()
        return next(thing["attributes"] for thing in result.features if thing["layer"] == layer)

    def back_after_kill(self, extents: list[Extent]) -> float:
        """Seconds from SIGKILL, while panning, to the first whole frame of the new worker."""
        until(lambda: self.client._spare is not None and self.client._spare.is_ready)
        os.kill(self.pid, signal.SIGKILL)
        begun = time.perf_counter()
        number = 0
        for extent in extents:
            number = self.client.render("main", extent, WIDTH, HEIGHT)
            QCoreApplication.processEvents()
        self._wait(number)
        return time.perf_counter() - begun

    @property
    def pid(self) -> int:
        """The worker's process."""
        assert self.client._worker is not None
        return self.client._worker.pid

    def close(self) -> None:
        """Ends it."""
        self.client.stop()

    def _wait(self, number: int) -> None:
        until(lambda: self.frames and self.frames[-1].number == number and not self.frames[-1].partial)
        self.last = self.frames[-1:]
        self.frames.clear()


class Theirs:
    """A QgsMapCanvas in a process of its own, driven step by step over its standard streams."""

    def __init__(self, source: dict[str, Any], folder: Path, map_folder: Path = RESOURCES) -> None:
        wire = MapDefinition.load(map_folder).wire()
        city = folder / "canvas.json"
        city.write_text(json.dumps({"source": source, "map_crs": MAP_CRS, **wire}), encoding="utf-8")
        environment = worker_environment("", folder / "qgis-settings")
        self._begun = time.perf_counter()
        program = str(Path(__file__).with_name("_canvas.py"))
        self._process = subprocess.Popen(
            [qgis_python(), "-s", "-E", program, str(city), str(WIDTH), str(HEIGHT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def first(self, extent: Extent) -> tuple[float, float]:
        """Seconds from nothing to the first refreshed canvas; milliseconds of drawing in that."""
        drawn = self.draw(extent)
        return time.perf_counter() - self._begun, drawn

    def draw(self, extent: Extent) -> float:
        """Milliseconds from setting the extent to the refreshed canvas, as the canvas's process saw it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(extent) + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        """Ends it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


def qgis_python() -> str:
    """The first Python that has QGIS."""
    ask = "import importlib.util, sys; sys.exit(importlib.util.find_spec('qgis') is None)"
    for python in candidate_pythons():
        if subprocess.run([python, "-s", "-E", "-c", ask], check=False).returncode == 0:
            return python
    raise SystemExit("no Python with qgis found: install python3-qgis, or set WORKSTATION_QGIS_PYTHON")


def until(condition: Callable[[], Any]) -> None:
    """Lets Qt run until the condition holds; sleeping, for the canvas's process is not looked at every millisecond either."""
    deadline = time.monotonic() + SECONDS
    tick = QTimer()
    tick.start(100)
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit("the map did not draw in time")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def window(x: float, y: float, scale: float) -> Extent:
    """What a window of our size shows at a scale, at 96 dots an inch."""
    pixel = scale * 0.0254 / 96
    return (x - WIDTH / 2 * pixel, y - HEIGHT / 2 * pixel, x + WIDTH / 2 * pixel, y + HEIGHT / 2 * pixel)


def every_point(folder: Path, *, plain: bool) -> Path:
    """A map folder in ``folder`` with the shipped base and every component as a point at every scale: in its own symbol,
    or ``plain``. No counts."""
    shipped = MapDefinition.load()
    made = folder / ("dots" if plain else "symbols")
    shutil.copytree(RESOURCES / "styles" / "day", made / "styles" / "day")
    (made / "symbols").symlink_to(RESOURCES / "symbols")
    _at_every_scale(made / "styles" / "day" / "component.qml", plain=plain)
    lines = ["[themes.day]", f'background = "{shipped.background}"']
    for layer in shipped.layers:
        name = layer.part_of or layer.key
        if name == "grid_count" or (layer.table == "component" and layer.key != "component"):
            continue
        lines.append("[[layer]]")
        for item in fields(LayerDefinition):
            value = getattr(layer, item.name)
            if layer.key == "component" and item.name in ("min_scale", "max_scale"):
                value = 0.0
            lines.append(f"{item.name} = {json.dumps(value, ensure_ascii=False)}")
    (made / "layers.toml").write_text("\n".join(lines), encoding="utf-8")
    return made


def _at_every_scale(style: Path, *, plain: bool) -> None:
    """Takes limits of scale from the symbols of a style, or takes the symbols and leaves QGIS's marker."""
    text = style.read_text(encoding="utf-8")
    begin, end = text.index("<renderer-v2"), text.rindex("</renderer-v2>")
    if plain:
        # QGIS, finding no symbols in a style, takes a round marker of its own, two millimetres wide.
        marker = (
            '<renderer-v2 type="singleSymbol"><symbols><symbol type="marker" name="0"><layer class="SimpleMarker">'
            '<prop k="name" v="circle"/><prop k="size" v="2"/><prop k="color" v="145,82,45,255"/></layer></symbol></symbols>'
        )
        style.write_text(_unnamed(text[:begin] + marker + text[end:]), encoding="utf-8")
        return
    symbols = re.sub(r' scale(min|max)denom="[^"]*"', "", text[begin:end])
    style.write_text(text[:begin] + symbols + text[end:], encoding="utf-8")


def _unnamed(text: str) -> str:
    return text.replace('labelsEnabled="1"', 'labelsEnabled="0"', 1)


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)
