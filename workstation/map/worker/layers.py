"""The layers a worker draws: opened from definitions that the interface sends, each on its own, so that one that
cannot be opened keeps none of the others from being drawn."""

from __future__ import annotations

import re
import socket
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qgis.core import (
    QgsAbstractVectorLayerLabeling,
    QgsCoordinateReferenceSystem,
    QgsDataSourceUri,
    QgsMapLayer,
    QgsProject,
    QgsRuleBasedLabeling,
    QgsVectorLayer,
    QgsWkbTypes,
)

from workstation.map.worker.statistics import note

_STORE_CRS = "EPSG:4490"
_CONNECT_SECONDS = 3.0

_GEOMETRIES = {
    "point": QgsWkbTypes.Point,
    "line": QgsWkbTypes.LineString,
    "polygon": QgsWkbTypes.Polygon,
    "multipolygon": QgsWkbTypes.MultiPolygon,
}


class LayerError(Exception):
    """A layer that cannot be drawn. ``code``: ``no_database``, ``unreachable``, ``unreadable``, ``no_style``,
    ``bad_style``, ``bad_definition``, ``not_drawn``; ``detail`` is what QGIS said, in its words."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail}")


class Layers:
    """Definitions and their open layers, in drawing order: the first definition is drawn at the bottom."""

    def __init__(self, project: QgsProject) -> None:
        self._project = project
        self._source: Mapping[str, Any] = {}
        self._definitions: dict[str, Mapping[str, Any]] = {}
        self._layers: dict[str, QgsVectorLayer] = {}
        self._named: set[str] = set()
        self._order: list[str] | None = None
        self.generation = 0
        """Grows with each ``open``."""

    def open(
        self, source: Mapping[str, Any], map_crs: str, definitions: list[Mapping[str, Any]]
    ) -> dict[str, LayerError]:
        """Opens all anew. Returns what failed, by key."""
        crs = QgsCoordinateReferenceSystem(map_crs)
        if not crs.isValid():
            raise LayerError("bad_definition", f"unknown CRS {map_crs}")
        self.close()
        self.generation += 1
        self._project.setCrs(crs)
        self._source = source
        self._definitions = {str(definition["key"]): definition for definition in definitions}
        return self._open(list(self._definitions))

    def reload(self, keys: list[str]) -> dict[str, LayerError]:
        """Reads these layers (all, when empty) again: those that failed are tried anew, those that are open forget
        what they know about their data."""
        wanted = [key for key in self._definitions if not keys or key in keys or self.known_as(key) in keys]
        for key in wanted:
            if key in self._layers:
                # Not its extent: nothing is drawn by it, and QGIS would read a million places to know it.
                self._layers[key].reload()
                self._layers[key].triggerRepaint()  # pictures that views keep of it are of what was
        return self._open([key for key in wanted if key not in self._layers])

    def lost(self) -> dict[str, LayerError]:
        """Closes those open layers whose data cannot be reached any more, and says why, by key."""
        wanted = [key for key in self.keys() if not self._definitions[key].get("added")]
        failed: dict[str, LayerError] = {}
        if self._unreachable():
            failed = {key: self._no_answer() for key in wanted}
        else:
            failed = _unreadable(self._source, (self._definitions[key] for key in wanted))
            for key in [key for key in wanted if key not in failed]:
                try:
                    _connect(self._source, self._definitions[key])
                except LayerError as error:
                    failed[key] = error
        for key in failed:
            self._named.discard(key)
            self._project.removeMapLayer(self._layers.pop(key).id())
        return failed

    def close(self) -> None:
        """Forgets every layer."""
        self._project.removeAllMapLayers()
        self._layers = {}
        self._definitions = {}
        self._named = set()
        self._order = None

    def put(self, key: str, definition: Mapping[str, Any], layer: QgsMapLayer, above: str) -> None:
        """Adds a layer that was opened elsewhere, to be drawn over the one called ``above`` (at the bottom without)."""
        self._layers[key] = layer
        self._project.addMapLayer(layer, False)
        items = [(name, value) for name, value in self._definitions.items() if name != key]
        names = [name for name, _ in items]
        items.insert(names.index(above) + 1 if above in names else 0, (key, definition))
        self._definitions = dict(items)
        if isinstance(layer, QgsVectorLayer) and layer.labelsEnabled():
            self._named.add(key)

    def take_away(self, key: str) -> None:
        """Forgets a layer that was put."""
        self._definitions.pop(key, None)
        self._named.discard(key)
        layer = self._layers.pop(key, None)
        if layer is not None:
            self._project.removeMapLayer(layer.id())

    def defined(self, key: str) -> bool:
        """Whether there is a definition of this key, be its layer open or not."""
        return key in self._definitions

    def dressed(self, key: str) -> None:
        """The looks of this layer were changed by somebody else."""
        (self._named.add if self._layers[key].labelsEnabled() else self._named.discard)(key)

    def restore(self, key: str) -> None:
        """Gives a layer the looks of its definition back."""
        layer = self._layers.get(key)
        if layer is not None:
            dress(layer, self._definitions[key])
            self.dressed(key)

    def reorder(self, keys: list[str] | None) -> None:
        """Draws these in this order, bottom first, in the places that they have now together; None: as defined."""
        self._order = keys

    def _in_order(self) -> list[str]:
        if self._order is None:
            return list(self._definitions)
        wanted = [key for key in self._order if key in self._definitions]
        turn = iter(wanted)
        return [next(turn) if key in wanted else key for key in self._definitions]

    @property
    def definitions(self) -> list[Mapping[str, Any]]:
        """The definitions, bottom first, of failed layers too."""
        return list(self._definitions.values())

    def keys(self) -> list[str]:
        """The keys of the open layers, bottom first."""
        return [key for key in self._definitions if key in self._layers]

    def key_of(self, layer_id: str) -> str:
        """The key of the layer that QGIS calls so; empty when there is none."""
        return next((key for key, layer in self._layers.items() if layer.id() == layer_id), "")

    def get(self, key: str) -> QgsVectorLayer | None:
        """The open layer of this key."""
        return self._layers.get(key)

    def shown(self, hidden: set[str], scale: float = 0.0) -> list[QgsVectorLayer]:
        """The open layers that are not hidden, top first, as QGIS wants them, made ready for this scale.

        Those that are out of scale are left out: QGIS keeps the names of a picture only as long as all layers with names
        that it was given have written some. A layer whose names are all out of scale has them switched off: QGIS would
        work out the outline of each of its symbols for names of other layers to keep clear of, which took as long as
        drawing them.
        """
        layers = []
        for key in reversed(self._in_order()):
            if key in self._layers and key not in hidden and self.known_as(key) not in hidden:
                layer = self._layers[key]
                if scale > 0 and not layer.isInScaleRange(scale):
                    continue
                if key in self._named:
                    layer.setLabelsEnabled(_any_in_scale(layer.labeling(), scale))
                layers.append(layer)
        return layers

    def known_as(self, key: str) -> str:
        """The key of the layer that this one is part of, or its own."""
        return str(self._definitions[key].get("part_of") or key)

    def _open(self, keys: list[str]) -> dict[str, LayerError]:
        if keys and self._unreachable():
            # Found out once, and quickly: QGIS would try in vain for each layer.
            return {key: self._no_answer() for key in keys}
        if keys and self._source.get("kind") == "spatialite":
            tables = [self._definitions[key] for key in keys if not self._definitions[key].get("sql")]
            note(
                Path(str(self._source.get("path", ""))),
                [(str(table["table"]), str(table.get("geometry", "geom"))) for table in tables],
            )
        failed = _unreadable(self._source, (self._definitions[key] for key in keys))
        for key in [key for key in keys if key not in failed]:
            try:
                layer = open_layer(self._source, self._definitions[key])
            except LayerError as error:
                failed[key] = error
            else:
                self._layers[key] = layer
                if layer.labelsEnabled():
                    self._named.add(key)
                self._project.addMapLayer(layer, False)
        return failed

    def _unreachable(self) -> bool:
        return self._source.get("kind") == "postgis" and not _answers(self._source)

    def _no_answer(self) -> LayerError:
        return LayerError("unreachable", f"{self._source.get('host')}:{self._source.get('port')}")


def _answers(source: Mapping[str, Any]) -> bool:
    """Whether something listens where the server should be."""
    host, port = str(source.get("host", "")), int(source.get("port") or 5432)
    try:
        if host == "" or host.startswith("/"):
            folders = [host] if host else ["/var/run/postgresql", "/tmp"]
            return any(Path(folder, f".s.PGSQL.{port}").exists() for folder in folders)
        with socket.create_connection((host, port), timeout=_CONNECT_SECONDS):
            return True
    except OSError:
        return False


def open_layer(source: Mapping[str, Any], definition: Mapping[str, Any]) -> QgsVectorLayer:
    """Opens a layer in the looks of its definition. Raises LayerError."""
    layer = _connect(source, definition)
    dress(layer, definition)
    return layer


def _connect(source: Mapping[str, Any], definition: Mapping[str, Any]) -> QgsVectorLayer:
    provider, uri = _uri(source, definition)
    options = QgsVectorLayer.LayerOptions(False)  # no style from the database: ours comes from a file
    options.skipCrsValidation = True
    layer = QgsVectorLayer(uri, str(definition.get("title", definition["key"])), provider, options)
    if not layer.isValid():
        raise LayerError("unreadable", _words(layer) or str(definition.get("table", "")))
    layer.setReadOnly(True)
    layer.setCrs(QgsCoordinateReferenceSystem(_STORE_CRS))
    return layer


def dress(layer: QgsVectorLayer, definition: Mapping[str, Any]) -> None:
    """Gives a layer the style and the scales of its definition. Raises LayerError."""
    style = str(definition.get("style", ""))
    if style:
        if not Path(style).is_file():
            raise LayerError("no_style", style)
        message, good = layer.loadNamedStyle(style)
        if not good:
            raise LayerError("bad_style", message)
    farthest, nearest = definition.get("min_scale"), definition.get("max_scale")
    layer.setScaleBasedVisibility(bool(farthest or nearest))
    layer.setMinimumScale(float(farthest or 0))
    layer.setMaximumScale(float(nearest or 0))


def _unreadable(source: Mapping[str, Any], definitions: Iterable[Mapping[str, Any]]) -> dict[str, LayerError]:
    """The definitions, by key, whose table in a city's file cannot be read. QGIS believes what SpatiaLite has noted about
    it, and would open it. One connection for all: each has to read the schema, some 8 ms."""
    path = Path(str(source.get("path", "")))
    if source.get("kind") != "spatialite" or not path.is_file():
        return {}  # told of each when it is opened
    failed: dict[str, LayerError] = {}
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
    except sqlite3.Error as error:
        return {str(definition["key"]): LayerError("unreadable", str(error)) for definition in definitions}
    try:
        for definition in definitions:
            name = str(definition["table"]).replace('"', '""')
            try:
                connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()
            except sqlite3.Error as error:
                failed[str(definition["key"])] = LayerError("unreadable", str(error))
    finally:
        connection.close()
    return failed


def _words(layer: QgsVectorLayer) -> str:
    """What QGIS says about a layer that it could not open. (``summary`` of an empty error ends the process.)"""
    provider = layer.dataProvider()
    errors = [layer.error()] if provider is None else [layer.error(), provider.error()]
    return "; ".join(error.summary() for error in errors if not error.isEmpty())


def _any_in_scale(labeling: QgsAbstractVectorLayerLabeling, scale: float) -> bool:
    if scale <= 0 or not isinstance(labeling, QgsRuleBasedLabeling):
        return True
    return any(
        rule.maximumScale() <= scale and (rule.minimumScale() == 0 or scale <= rule.minimumScale())
        for rule in labeling.rootRule().children()
    )


def _sql(source: Mapping[str, Any], definition: Mapping[str, Any]) -> str:
    """A definition's query with the store's own keys: ``{rowid:table}`` is what is unique there, without counting rows."""
    own = r"\1.ROWID" if source.get("kind") == "spatialite" else r"\1.code"
    return re.sub(r"\{rowid:(\w+)\}", own, str(definition.get("sql", "")).strip())


def _uri(source: Mapping[str, Any], definition: Mapping[str, Any]) -> tuple[str, str]:
    """QGIS's provider and its address of a layer's data."""
    uri = QgsDataSourceUri()
    table = _sql(source, definition) or str(definition["table"])
    if definition.get("sql"):
        table = f"({table})"
    geometry = str(definition.get("geometry", "geom"))
    identity = str(definition.get("id", ""))
    subset = str(definition.get("subset", ""))
    if source.get("kind") == "spatialite":
        path = Path(str(source.get("path", "")))
        if not path.is_file():
            raise LayerError("no_database", str(path))
        uri.setDatabase(str(path))
        uri.setDataSource("", table, geometry, subset, identity if definition.get("sql") else "")
        return "spatialite", uri.uri(False)
    if source.get("kind") == "postgis":
        uri.setConnection(
            str(source.get("host", "")),
            str(source.get("port", "") or ""),
            str(source.get("database", "")),
            str(source.get("user", "")),
            str(source.get("password", "")),
        )
        schema = "" if definition.get("sql") else str(source.get("schema", "public"))
        uri.setDataSource(schema, table, geometry, subset, identity)
        uri.setUseEstimatedMetadata(True)
        uri.setSrid("4490")
        kind = _GEOMETRIES.get(str(definition.get("kind", "")))
        if kind is not None:
            uri.setWkbType(kind)
        return "postgres", uri.uri(False)
    raise LayerError("bad_definition", f"unknown kind of source {source.get('kind')!r}")
