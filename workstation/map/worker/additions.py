"""What a seat and GIS staff add to the map: pictures of the ground, and the looks and layers of a project of QGIS."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayer, QgsProject

from workstation.map.protocol import Message
from workstation.map.worker.layers import LayerError, Layers
from workstation.map.worker.project import Described, Entry, place_of, read_project, wear
from workstation.map.worker.raster import hint, open_raster, open_vector

_ABOVE = "building"
"""A picture of the ground covers the areas that are painted, and no road, border or component."""


class Additions:
    """Keeps what was added to the layers of the city. ``apply`` says what it could take, and why not the rest."""

    def __init__(self, layers: Layers, project: QgsProject) -> None:
        self._layers = layers
        self._project = project
        self._generation = -1
        self._fingerprint = ""
        self._base = ""
        """What of the fingerprint is not opacities: where that is the same, nothing is read again."""
        self._message: Message | None = None
        self._own: dict[str, float] = {}
        """How opaque the layers that this seat thins are without it."""
        self._extra: list[str] = []
        self._dressed: list[str] = []
        self._entries: dict[str, Entry] = {}
        self._told: list[dict[str, Any]] = []
        self._said: dict[str, Any] = {}

    def would_change(self, message: Message) -> bool:
        """Whether ``apply`` of this message has anything to do."""
        if self._generation != self._layers.generation:
            wanted = (
                message.text("project", ""),
                message.mappings("rasters"),
                message.fields.get("opacities"),
            )
            return any(wanted)
        return self._fingerprint != _fingerprint(message)

    def only_opacities(self, message: Message) -> bool:
        """Whether all that is new in the message is how opaque layers are."""
        return self._generation == self._layers.generation and self._base == _base(message)

    def apply(self, message: Message) -> dict[str, Any]:
        """Takes the message's ``rasters`` (bottom first: ``key``, ``title``, ``path``, ``opacity``) and ``project`` (a
        file, or nothing) instead of those before. Returns what to say of it."""
        if self._generation == self._layers.generation and self._fingerprint == _fingerprint(message):
            return self._said
        if self.only_opacities(message):
            self._fingerprint = _fingerprint(message)
            for raster in message.mappings("rasters"):
                self._set_opacity(
                    str(raster["key"]), Message(message.type, raster).number("opacity", 0, 1, 1.0)
                )
            self._thin(message)
            return self._said
        path = message.text("project", "")
        rasters = message.mappings("rasters")
        described, problem = None, ""
        try:
            described = read_project(Path(path)) if path else None
        except LayerError as error:
            problem = f"{error.code}: {error.detail}"
            if error.code == "bad_project" and self._is_in_use(path):
                # Caught while it is being saved, or spoilt: what it said before goes on.
                self._fingerprint, self._base = _fingerprint(message), _base(message)
                self._said = {**self._said, "problem": problem}
                self._thin(message)
                return self._said
        self._undo()
        self._generation = self._layers.generation
        self._fingerprint, self._base = _fingerprint(message), _base(message)
        said: dict[str, Any] = {
            "project": path,
            "problem": problem,
            "styled": [],
            "refused": [],
            "hidden": [],
        }
        said["scales"] = {}
        self._told = []
        for raster in rasters:
            self._add_raster(Message(message.type, raster))
        if described is not None:
            self._dress(described, said)
        self._thin(message)
        said["layers"] = self._told
        self._said = said
        return said

    def _is_in_use(self, path: str) -> bool:
        same = self._generation == self._layers.generation and self._said.get("project") == path
        return same and bool(self._dressed)

    def _thin(self, message: Message) -> None:
        """How opaque this seat wants the city's layers, with all their parts: ``opacities``, 0 to 1 by key. The others are as
        their style says."""
        self._message = message
        wanted = Message(message.type, message.mapping("opacities") if "opacities" in message.fields else {})
        opacities = {key: wanted.number(key, 0, 1) for key in wanted.fields}
        for definition in self._layers.definitions:
            key = str(definition["key"])
            opacity = opacities.get(key, opacities.get(self._layers.known_as(key)))
            layer = self._layers.get(key)
            if opacity is not None and layer is not None:
                self._own.setdefault(key, layer.opacity())
                self._set_opacity(key, opacity)
            elif key in self._own:
                self._set_opacity(key, self._own.pop(key))

    def _set_opacity(self, key: str, opacity: float) -> None:
        layer = self._layers.get(key)
        if layer is not None and layer.opacity() != opacity:
            layer.setOpacity(opacity)
            layer.triggerRepaint()  # pictures that views keep of it

    def dress_again(self, keys: set[str]) -> None:
        """These layers could be opened at last: they get the project's looks, and are as opaque, as if they had been there."""
        for key in keys:
            self._own.pop(key, None)
            if key in self._entries:
                self._take_looks(self._entries[key], {"styled": [], "refused": [], "scales": {}})
        if self._message is not None and self._generation == self._layers.generation:
            self._thin(self._message)

    def _undo(self) -> None:
        if self._generation != self._layers.generation:  # opened anew: all that was added is gone
            self._extra, self._dressed, self._own = [], [], {}
        for key, opacity in self._own.items():
            self._set_opacity(key, opacity)
        self._own = {}
        for key in self._extra:
            self._layers.take_away(key)
        for key in self._dressed:
            self._layers.restore(key)
        self._layers.reorder(None)
        self._extra, self._dressed = [], []
        self._entries = {}

    def _add_raster(self, raster: Message) -> None:
        key, title, path = raster.text("key"), raster.text("title"), raster.text("path")
        told = {
            "key": key,
            "title": title,
            "kind": "raster",
            "group": "",
            "code": "",
            "detail": "",
            "hint": "",
        }
        try:
            layer = open_raster(Path(path), title, self._project.crs())
        except LayerError as error:
            told.update(code=error.code, detail=error.detail)
        else:
            layer.setOpacity(raster.number("opacity", 0, 1, 1.0))
            told["hint"] = hint(layer)
            self._put(key, title, layer, above=self._extra[-1] if self._extra else _ABOVE)
        self._told.append(told)

    def _put(self, key: str, title: str, layer: QgsMapLayer, above: str) -> None:
        definition: Mapping[str, Any] = {"key": key, "title": title, "identify": False, "added": True}
        self._layers.put(key, definition, layer, above)
        self._extra.append(key)

    def _dress(self, described: Described, said: dict[str, Any]) -> None:
        order: list[str] = []
        tops = {entry.key: entry.id for entry in reversed(described.entries) if entry.key}
        for entry in reversed(described.entries):  # bottom first
            key = entry.key
            if key and tops[key] != entry.id:  # somebody has duplicated a layer: the upper one is meant
                said["refused"].append({"title": entry.title, "code": "twice", "detail": key})
            elif key and self._layers.defined(key):
                if self._take_looks(entry, said):
                    order.append(key)
                    if entry.id in described.hidden:
                        said["hidden"].append(key)
            elif not key:
                key = self._add_entry(entry, described, order[-1] if order else "")
                if key:
                    order.append(key)
            else:
                said["refused"].append({"title": entry.title, "code": "unknown_key", "detail": key})
        self._layers.reorder(order)

    def _take_looks(self, entry: Entry, said: dict[str, Any]) -> bool:
        self._entries[entry.key] = entry
        layer = self._layers.get(entry.key)
        if layer is None:  # said to have failed already
            return True
        self._dressed.append(entry.key)
        try:
            wear(layer, entry)
        except LayerError as error:
            self._layers.restore(entry.key)
            said["refused"].append({"title": entry.title, "code": error.code, "detail": error.detail})
            return False
        self._layers.dressed(entry.key)
        said["styled"].append(entry.key)
        known = self._layers.known_as(entry.key)
        said["scales"][known] = _together(said["scales"].get(known), entry.scales)
        return True

    def _add_entry(self, entry: Entry, described: Described, below: str) -> str:
        key = f"project:{entry.id}"
        told: dict[str, Any] = {
            "key": key,
            "title": entry.title,
            "kind": entry.kind,
            "code": "",
            "detail": "",
        }
        told["hint"] = ""
        told["group"] = "project"
        self._told.append(told)
        try:
            path, table = place_of(entry, described.folder)
            layer: QgsMapLayer
            if entry.kind == "raster":
                layer = open_raster(path.absolute(), entry.title, self._project.crs())
            else:
                layer = open_vector(path.absolute(), table, entry.title)
            wear(layer, entry)
        except LayerError as error:
            told.update(code=error.code, detail=error.detail)
            return ""
        told["hint"] = hint(layer)
        told["hidden"] = entry.id in described.hidden
        self._put(key, entry.title, layer, above=below)
        return key


def _together(first: list[float] | None, second: tuple[float, float]) -> list[float]:
    """The scales of two parts of a layer: of the far ones the farther, of the near ones the nearer; 0 is no limit."""
    if first is None:
        return list(second)
    far = 0.0 if 0 in (first[0], second[0]) else max(first[0], second[0])
    return [far, min(first[1], second[1])]


def _fingerprint(message: Message) -> str:
    rasters = [dict(raster) for raster in message.mappings("rasters")]
    opacities = message.fields.get("opacities", {})
    return json.dumps([_state(message.text("project", "")), rasters, opacities], sort_keys=True)


def _base(message: Message) -> str:
    rasters = [{**raster, "opacity": 0} for raster in message.mappings("rasters")]
    return json.dumps([_state(message.text("project", "")), rasters], sort_keys=True)


def _state(path: str) -> list[Any]:
    """What shows that a file has changed."""
    try:
        found = Path(path).stat() if path else None
    except OSError:
        found = None
    return [path, found.st_mtime_ns if found else 0, found.st_size if found else -1]
