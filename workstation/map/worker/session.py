"""What the worker does for each message of the interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

from workstation.map import protocol
from workstation.map.protocol import Message, ProtocolError
from workstation.map.worker.additions import Additions
from workstation.map.worker.export import ExportError, export
from workstation.map.worker.identify import identify
from workstation.map.worker.layers import LayerError, Layers
from workstation.map.worker.legend import legend
from workstation.map.worker.link import Link
from workstation.map.worker.views import Request, View
from workstation.map.worker.watch import Watch


class Session:
    """The state of a worker: its layers and its views."""

    def __init__(self, link: Link, project: QgsProject) -> None:
        self._link = link
        self._project = project
        self._layers = Layers(project)
        self._additions = Additions(self._layers, project)
        self._watch = Watch(self._look_for_lost)
        self._views: dict[str, View] = {}
        self._problems: dict[str, dict[str, str]] = {}
        self._svg_paths = QgsApplication.svgPaths()
        self._background = QColor("white")
        self._actions: dict[str, Callable[[Message], None]] = {
            protocol.OPEN: self._open,
            protocol.RENDER: self._render,
            protocol.DROP_VIEW: self._drop_view,
            protocol.RELOAD: self._reload,
            protocol.IDENTIFY: self._identify,
            protocol.LEGEND: self._legend,
            protocol.EXPORT: self._export,
            protocol.ADDITIONS: self._add,
            protocol.PING: lambda message: self._link.send(Message(protocol.PONG)),
            protocol.STOP: lambda message: QCoreApplication.quit(),
        }

    def handle(self, message: Message) -> None:
        """Does what the message asks, or says why not."""
        action = self._actions.get(message.type)
        try:
            if action is None:
                raise ProtocolError("unknown_type", type=message.type)
            action(message)
        except (ProtocolError, LayerError, ExportError) as error:
            fields: dict[str, Any] = {"asked": message.type, "code": error.code, "detail": str(error)}
            if isinstance(message.fields.get("request"), int):
                fields["request"] = message.fields["request"]
            self._link.send(Message(protocol.REFUSED, fields))

    def close(self) -> None:
        """Ends all drawing and lets go of all layers."""
        self._watch.close()
        self._close_views()
        self._layers.close()

    def _open(self, message: Message) -> None:
        self._close_views()
        QgsApplication.setSvgPaths([message.text("symbols", ""), *self._svg_paths])
        self._background = QColor(message.text("background", "#ffffff"))
        failed = self._layers.open(
            message.mapping("source"), message.text("map_crs"), message.mappings("layers")
        )
        self._link.send(Message(protocol.OPENED, {"layers": self._layers.keys()}))
        self._tell_failed(failed)

    def _render(self, message: Message) -> None:
        request = Request.of(message)
        view = self._views.get(request.view)
        if view is None:
            view = View(self._layers, self._project, self._background, self._link.send, self._tell_drawing)
            self._views[request.view] = view
        view.request(request)

    def _drop_view(self, message: Message) -> None:
        view = self._views.pop(message.text("view"), None)
        if view is not None:
            view.close()

    def _reload(self, message: Message) -> None:
        closed = {key for key in message.texts("layers") if self._layers.get(key) is None}
        failed = self._layers.reload(message.texts("layers"))
        self._additions.dress_again(closed - set(failed))
        self._link.send(Message(protocol.OPENED, {"layers": self._layers.keys()}))
        self._tell_failed(failed)

    def _identify(self, message: Message) -> None:
        number = message.integer("request", 0, 2**62)
        view = self._views.get(message.text("view"))
        features: list[dict[str, Any]] = []
        if view is not None and view.settings is not None:
            features = identify(
                self._layers,
                self._project,
                view.settings,
                message.number("x", -1e12, 1e12),
                message.number("y", -1e12, 1e12),
                message.number("radius", 0, 1e9),
                set(view.hidden),
            )
        self._link.send(Message(protocol.IDENTIFIED, {"request": number, "features": features}))

    def _legend(self, message: Message) -> None:
        number = message.integer("request", 0, 2**62)
        described, pixels = legend(self._layers, message.number("ratio", 0.25, 8.0, 1.0))
        self._link.send(Message(protocol.LEGEND_READY, {"request": number, "layers": described}, pixels))

    def _export(self, message: Message) -> None:
        number = message.integer("request", 0, 2**62)
        path = export(self._layers, self._project, self._background, message)
        self._link.send(Message(protocol.EXPORTED, {"request": number, "path": path}))

    def _add(self, message: Message) -> None:
        """Takes what was added to the map; drawings under way would miss it, and are asked for again."""
        changed = self._additions.would_change(message)
        if changed and not self._additions.only_opacities(message):
            self._close_views()
        said = self._additions.apply(message)
        self._link.send(Message(protocol.ADDED, {**said, "changed": changed}))

    def _close_views(self) -> None:
        for view in self._views.values():
            view.close()
        self._views.clear()

    def _look_for_lost(self) -> None:
        """Tells of layers whose data went away; the interface asks for them again from time to time."""
        self._tell_failed(self._layers.lost())

    def _tell_drawing(self, view: str, problems: dict[str, str]) -> None:
        """Says which layers could not be drawn; once, until they could be again."""
        if self._problems.get(view, {}) != problems:
            self._problems[view] = problems
            self._tell_failed({key: LayerError("not_drawn", text) for key, text in problems.items()})

    def _tell_failed(self, failed: dict[str, LayerError]) -> None:
        for key, error in failed.items():
            self._link.send(
                Message(protocol.LAYER_FAILED, {"layer": key, "code": error.code, "detail": error.detail})
            )
