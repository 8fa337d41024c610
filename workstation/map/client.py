"""The map's pictures, asked for and delivered without ever waiting: the interface's door to the map worker."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.map import protocol
from workstation.map.definitions import RESOURCES, MapDefinition
from workstation.map.export import MapExport
from workstation.map.messages import Frame, IdentifyResult, frame_of, legend_of
from workstation.map.protocol import Message, ProtocolError
from workstation.map.spare import SpareWorker
from workstation.map.worker_process import WorkerProcess, candidate_pythons, settings_folder

_log = logging.getLogger(__name__)

_DELAYS_MILLIS = (0, 250, 1000, 2000, 5000, 10_000)
"""Before the first, second, ... restart in a row without a picture in between."""
_GIVE_NOTICE_AFTER = 4
_SPARE_DELAY_MILLIS = 3000
_PING_MILLIS = 5000
_SILENCE_MILLIS = 30_000
_RETRY_MILLIS = 10_000

Extent = tuple[float, float, float, float]


class MapClient(QObject):
    """Keeps a map worker running and draws views with it. Lives in the GUI thread; no method waits.

    What was asked for last is kept, so that a worker that died is replaced by one that goes on where it stopped:
    views are drawn again without anybody asking. A second worker is kept started and idle for that.
    """

    ready = Signal(dict)
    """A worker draws: QGIS's version and the keys of the open layers."""
    frame = Signal(object)
    """A Frame."""
    identified = Signal(object)
    """An IdentifyResult."""
    legend = Signal(object)
    """A Legend."""
    layers = Signal(list)
    """The LayerDefinitions of the map that people know, bottom first."""
    layer_failed = Signal(str, str)
    """A layer's key and what is wrong with it; the others are drawn."""
    layer_recovered = Signal(str)
    """A layer that had failed is drawn again."""
    exported = Signal(int, str, str)
    """The number of an export, its file, and an empty text or what went wrong."""
    added = Signal(dict)
    """What the worker could take of what :meth:`set_additions` added, and what not (``worker/additions.py``)."""
    restarting = Signal(int)
    """The worker died; the how-manieth in a row this restart is."""
    failed = Signal(str, str)
    """``no_qgis`` (and the Pythons tried), ``keeps_crashing`` (and its last words; it is still tried), or what the
    worker refused."""

    def __init__(
        self, parent: QObject | None = None, *, pythons: list[str] | None = None, spare: bool = True
    ) -> None:
        super().__init__(parent)
        self._pythons = candidate_pythons() if pythons is None else list(pythons)
        self._candidates = list(self._pythons)
        self._want_spare = spare
        self._settings_folder = settings_folder()
        self._worker: WorkerProcess | None = None
        self._spare: SpareWorker | None = None
        self._exporters: list[MapExport] = []
        self._broken: set[str] = set()
        self.problems: dict[str, str] = {}
        """What is wrong with layers at the moment, as :attr:`layer_failed` said it: for who comes later."""
        self._source: dict[str, Any] = {}
        self._map_crs = ""
        self._definition: MapDefinition | None = None
        self._on_paper: MapDefinition | None = None
        self._additions = Message(protocol.ADDITIONS, {"project": "", "rasters": []})
        self._opened = False
        self._opening: Message | None = None
        """What the worker was told to open."""
        self._open_layers: list[str] | None = None
        """The keys of the layers that it has open; None until it has said so."""
        self._views: dict[str, Message] = {}
        self._asked: dict[int, Message] = {}
        self._asked_again: set[int] = set()
        self._numbers = count(1)
        self._failures = 0
        self._running = False
        self._restart = self._timer(self._start_worker, single=True)
        self._start_spare_later = self._timer(self._start_spare, single=True)
        self._ping = self._timer(self._send_ping)
        self._silence = self._timer(self._silent, single=True)
        self._retry = self._timer(self._retry_broken)

    # ---- what the interface asks

    def start(
        self, source: Mapping[str, Any], map_crs: str, style_folder: Path = RESOURCES, theme: str = "day"
    ) -> None:
        """Starts drawing this database (``Database.worker_source()``) with the map of this folder (layers.toml,
        styles/, symbols/). Raises LayerFileError.

        Where just this is open already (another person has sat down), nothing is opened anew; ``ready`` comes all the
        same."""
        self._definition = MapDefinition.load(Path(style_folder), theme)
        self._on_paper = MapDefinition.load(Path(style_folder), "day")
        other_city = bool(self._source) and self._source != dict(source)
        self._source = dict(source)
        self._map_crs = map_crs
        self._running = True
        self._failures = 0
        self._candidates = list(self._pythons)
        self.layers.emit(self._definition.listed())
        if other_city and self._worker is not None:
            # QGIS keeps connections to the old one; a fresh process surely does not.
            _dismiss(self._worker)
            self._worker = None
            self._views.clear()
            self._drop_spare()
        if self._worker is None:
            self._start_worker()
        elif self._worker.is_ready and self._opening == self._open_message() and not self._broken:
            if self._open_layers is not None:
                QTimer.singleShot(0, self, self._say_ready)
        elif self._worker.is_ready:
            self._resume()

    def warm_up(self) -> None:
        """Starts a worker before it is known what it will draw: QGIS takes its time. :meth:`start` gives it its map."""
        self._running = True
        if self._worker is None:
            self._start_worker()

    def stop(self) -> None:
        """Ends the workers. Nothing is left running, and no signal comes any more."""
        self._running = False
        for timer in (self._restart, self._start_spare_later, self._ping, self._silence, self._retry):
            timer.stop()
        for exporter in self._exporters:
            exporter.cancel()
            exporter.deleteLater()
        self._exporters.clear()
        self._drop_spare()
        if self._worker is not None:
            _dismiss(self._worker)
            self._worker = None
        self._opened = False
        self._asked.clear()

    def render(
        self,
        view: str,
        extent: Extent,
        width: int,
        height: int,
        dpr: float = 1.0,
        hidden: frozenset[str] = frozenset(),
    ) -> int:
        """Asks for a picture of ``extent`` (map CRS), ``width`` x ``height`` points with ``dpr`` pixels each. Newer
        requests of the same view take the place of older ones. Returns the request's number."""
        number = next(self._numbers)
        message = Message(
            protocol.RENDER,
            {
                "view": view,
                "number": number,
                "extent": [float(value) for value in extent],
                "width": max(1, round(width * dpr)),
                "height": max(1, round(height * dpr)),
                "ratio": float(dpr),
                "hidden": sorted(hidden),
            },
        )
        self._views[view] = message
        self._send(message)
        return number

    def drop_view(self, view: str) -> None:
        """Forgets a view: its window has been closed."""
        if self._views.pop(view, None) is not None:
            self._send(Message(protocol.DROP_VIEW, {"view": view}))

    def identify(self, view: str, x: float, y: float, radius: float) -> int:
        """Asks what the view shows within ``radius`` of a point (both in the map's CRS and its units)."""
        return self._ask(
            protocol.IDENTIFY, {"view": view, "x": float(x), "y": float(y), "radius": float(radius)}
        )

    def request_legend(self, dpr: float = 1.0) -> int:
        """Asks for the legend of all layers; it comes with ``legend``."""
        return self._ask(protocol.LEGEND, {"ratio": float(dpr)})

    def reload(self, layers: list[str] | None = None) -> None:
        """The data of these layers (None: all) have changed: they are read again and every view is drawn again."""
        message = Message(protocol.RELOAD, {"layers": list(layers or [])})
        self._send(message)
        if self._spare is not None:
            self._spare.send(message)
        for message in self._views.values():
            self._send(message)

    def set_additions(
        self,
        rasters: Sequence[Mapping[str, Any]],
        project: str,
        opacities: Mapping[str, float] | None = None,
    ) -> None:
        """Draws these pictures of the ground (bottom first: ``key``, ``title``, ``path``, ``opacity`` 0 to 1) and dresses
        the layers as in this file of QGIS's (none: as they ship); ``opacities`` of layers by key come over both.
        ``added`` says what came of it. Called again with the same, it is the worker that looks whether the file has
        changed: nothing is drawn anew where it has not."""
        self._additions = Message(
            protocol.ADDITIONS,
            {
                "project": project,
                "rasters": [dict(raster) for raster in rasters],
                "opacities": dict(opacities or {}),
            },
        )
        self._send(self._additions)

    def export_map(
        self,
        path: str | Path,
        extent: Extent,
        *,
        title: str = "",
        subtitle: str = "",
        note: str = "",
        page: str = "A4",
        dpi: float = 200.0,
        hidden: frozenset[str] = frozenset(),
        content: Mapping[str, Any] | None = None,
    ) -> int:
        """Writes a page (A4, A3 or the ``view`` alone) with this part of the map to a .pdf or .png; ``exported`` tells the
        end. ``content`` is what else is on it, as ``worker/export.py`` and ``worker/export_marks.py`` have it: which way the
        page lies, legend, list, cases, areas, scale.
        A worker of its own does it, so that the map goes on meanwhile; in the day's colours, whatever the screen's are:
        paper is white. Returns the export's number."""
        number = next(self._numbers)
        request = Message(
            protocol.EXPORT,
            {
                "request": number,
                "path": str(Path(path).absolute()),
                "extent": [float(value) for value in extent],
                "title": title,
                "subtitle": subtitle,
                "note": note,
                "page": page,
                "dpi": dpi,
                "hidden": sorted(hidden),
                **(content or {}),
            },
        )
        if self._definition is None or not self._candidates:
            QTimer.singleShot(0, self, lambda: self.exported.emit(number, str(path), "no_qgis"))
            return number
        opening = self._open_message(self._on_paper)
        exporter = next((each for each in self._exporters if each.opening == opening), None)
        if exporter is None:
            # The one kept ready is there at once; another is made ready in its place.
            spare = self._spare if self._spare is not None and self._spare.is_ready else None
            worker = spare.take() if spare is not None else None
            if spare is not None:
                self._spare = None
                spare.deleteLater()
                self._start_spare_later.start(_SPARE_DELAY_MILLIS)
            exporter = MapExport(
                worker or self._new_worker(), opening, self, spare.opening if spare and worker else None
            )
            exporter.finished.connect(self.exported)
            exporter.over.connect(self._exporter_over)
            self._exporters.append(exporter)
            exporter.start()
        exporter.ask(self._additions, request)
        return number

    # ---- workers coming and going

    def _timer(self, slot: Any, single: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.timeout.connect(slot)
        return timer

    def _new_worker(self) -> WorkerProcess:
        return WorkerProcess(self._candidates[0], self._settings_folder, self)

    def _start_worker(self) -> None:
        if not self._running:
            return
        if not self._candidates:
            self.failed.emit("no_qgis", ", ".join(self._pythons))
            return
        if self._promote_spare():
            return
        worker = self._new_worker()
        self._adopt(worker)
        worker.start()

    def _adopt(self, worker: WorkerProcess) -> None:
        self._worker = worker
        worker.hello.connect(self._hello)
        worker.received.connect(self._received)
        worker.ended.connect(self._ended)

    def _start_spare(self) -> None:
        if self._running and self._spare is None and self._failures == 0 and self._candidates:
            views = list(self._views.values())
            self._spare = SpareWorker(self._new_worker(), self._open_message(), views, self)

    def _promote_spare(self) -> bool:
        spare, self._spare = self._spare, None
        if spare is None:
            return False
        worker = spare.take()
        spare.deleteLater()
        if worker is None:
            return False
        self._adopt(worker)
        if worker.is_ready:
            same = spare.said and spare.opening == self._open_message()
            self._ping.start(_PING_MILLIS)
            self._resume(spare.said if same else None)
        return True

    def _drop_spare(self) -> None:
        if self._spare is not None:
            worker = self._spare.take()
            if worker is not None:
                _dismiss(worker)
            self._spare.deleteLater()
            self._spare = None

    def _hello(self, greeting: dict[str, Any]) -> None:
        self._ping.start(_PING_MILLIS)
        self._resume()

    def _resume(self, already_said: list[Message] | None = None) -> None:
        """Gives a worker all that ours had: the city (unless it has it open, and ``already_said`` how that went), the
        views, the questions not yet answered."""
        if self._definition is None:  # warmed up, and no city yet
            return
        self._opened = True
        self._broken.clear()
        self.problems.clear()
        self._opening = self._open_message()
        self._open_layers = None
        if already_said is None:
            self._send(self._opening)
        for message in (self._additions, *self._views.values(), *self._asked.values()):
            self._send(message)
        for message in already_said or ():
            self._received(message)

    def _open_message(self, definition: MapDefinition | None = None) -> Message:
        definition = definition or self._definition
        wire = definition.wire() if definition is not None else {}
        return Message(protocol.OPEN, {"source": self._source, "map_crs": self._map_crs, **wire})

    def _ended(self, code: str, detail: str) -> None:
        _log.warning("the map worker ended: %s %s", code, detail)
        self._opened = False
        for timer in (self._ping, self._silence, self._retry):
            timer.stop()
        if self._worker is not None:
            _dismiss(self._worker)
            self._worker = None
        if not self._running:
            return
        self._give_up_questions()
        if code in ("no_qgis", "not_started"):
            self._candidates = self._candidates[1:]
            self._start_worker()
            return
        delay = _DELAYS_MILLIS[min(self._failures, len(_DELAYS_MILLIS) - 1)]
        self._failures += 1
        if self._failures == _GIVE_NOTICE_AFTER:
            self.failed.emit("keeps_crashing", detail)
        self.restarting.emit(self._failures)
        self._restart.start(delay)

    def _give_up_questions(self) -> None:
        """A question is asked again of one new worker, not of every next: it may be what kills them."""
        for number in self._asked_again & set(self._asked):
            if self._asked.pop(number).type == protocol.IDENTIFY:
                self.identified.emit(IdentifyResult(number, [], done=False))
        self._asked_again = set(self._asked)

    def _send_ping(self) -> None:
        if not self._silence.isActive():
            self._silence.start(_SILENCE_MILLIS)
        self._send(Message(protocol.PING))

    def _silent(self) -> None:
        worker = self._worker
        if worker is not None:
            worker.kill()
            self._ended("silent", "")

    # ---- what the worker says

    def _ask(self, kind: str, fields: dict[str, Any]) -> int:
        number = next(self._numbers)
        message = Message(kind, {"request": number, **fields})
        self._asked[number] = message
        self._send(message)
        return number

    def _send(self, message: Message) -> None:
        if self._worker is not None and self._opened:
            self._worker.send(message)

    def _received(self, message: Message) -> None:
        self._silence.stop()
        try:
            self._take(message)
        except ProtocolError as error:
            _log.error("the map worker sent what cannot be used: %s", error)

    def _take(self, message: Message) -> None:
        if message.type == protocol.FRAME:
            self._take_frame(frame_of(message))
        elif message.type == protocol.OPENED:
            self._take_opened(message.texts("layers"))
        elif message.type == protocol.LAYER_FAILED:
            self._take_broken(message)
        elif message.type == protocol.IDENTIFIED:
            number = message.integer("request", 0, 2**62)
            self._asked.pop(number, None)
            self.identified.emit(
                IdentifyResult(number, [dict(found) for found in message.mappings("features")])
            )
        elif message.type == protocol.LEGEND_READY:
            legend = legend_of(message)
            self._asked.pop(legend.request, None)
            self.legend.emit(legend)
        elif message.type == protocol.ADDED:
            self._take_added(message)
        elif message.type == protocol.REFUSED:
            self._refused(message)

    def _take_frame(self, frame: Frame) -> None:
        if frame.view not in self._views:
            return
        if not frame.partial:
            self._failures = 0
            if self._spare is None and self._want_spare:
                self._start_spare_later.start(_SPARE_DELAY_MILLIS)
        self.frame.emit(frame)

    def _take_opened(self, layers: list[str]) -> None:
        back = self._broken.intersection(layers)
        self._broken -= back
        for key in sorted(self._known(back) - self._known(self._broken)):
            self.problems.pop(key, None)
            self.layer_recovered.emit(key)
        if back:
            for view in self._views.values():
                self._send(view)
        if not self._broken:
            self._retry.stop()
        self._open_layers = layers
        self._say_ready()

    def _say_ready(self) -> None:
        if self._open_layers is not None:
            self.ready.emit({**(self._worker.greeting if self._worker else {}), "layers": self._open_layers})

    def _take_added(self, message: Message) -> None:
        if message.fields.get("changed") is True:
            for view in self._views.values():
                self._send(view)
        self.added.emit(dict(message.fields))

    def _take_broken(self, message: Message) -> None:
        key = message.text("layer")
        first = self._known({key}).isdisjoint(self._known(self._broken))
        self._broken.add(key)
        if not self._retry.isActive():
            self._retry.start(_RETRY_MILLIS)
        if first:
            known = self._known({key}).pop()
            self.problems[known] = f"{message.text('code')}: {message.text('detail', '')}"
            self.layer_failed.emit(known, self.problems[known])

    def _known(self, keys: set[str]) -> set[str]:
        return {self._definition.known_as(key) for key in keys} if self._definition is not None else keys

    def _retry_broken(self) -> None:
        """A server that was away may be back."""
        self._send(Message(protocol.RELOAD, {"layers": sorted(self._broken)}))

    def _refused(self, message: Message) -> None:
        number = message.integer("request", 0, 2**62, 0)
        asked = self._asked.pop(number, None)
        _log.error("the map worker refused %s: %s", message.fields.get("asked"), message.fields.get("detail"))
        if asked is not None and asked.type == protocol.IDENTIFY:
            self.identified.emit(IdentifyResult(number, [], done=False))
        else:
            self.failed.emit(message.text("code"), message.text("detail", ""))

    def _exporter_over(self) -> None:
        exporter = self.sender()
        if isinstance(exporter, MapExport) and exporter in self._exporters:
            self._exporters.remove(exporter)
            exporter.deleteLater()


def _dismiss(worker: WorkerProcess) -> None:
    worker.blockSignals(True)
    worker.kill()
    worker.deleteLater()
