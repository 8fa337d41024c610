"""What the screen paints over the map, as layers for a page: cases with their signs, areas of responsibility."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsProject,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsSvgMarkerSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QByteArray
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF

from workstation.map.protocol import Message, ProtocolError

FONT = "Noto Sans CJK SC"
MOST = 20_000
_MAX_SIGN = 64 * 1024


def marks(project: QgsProject, message: Message) -> QgsVectorLayer | None:
    """The cases of a page (``marks``: ``title``, ``signs`` by key with ``svg``, ``label`` and ``mm``, and ``points`` as
    ``[x, y, key, number]``), bottom first; None without any."""
    if "marks" not in message.fields:
        return None
    wanted = Message("marks", message.mapping("marks"))
    signs, points = wanted.mapping("signs"), wanted.fields.get("points", [])
    if not isinstance(points, list) or len(points) > MOST:
        raise ProtocolError("out_of_range", type=message.type, field="points", low=0, high=MOST)
    layer = _memory(project, "Point", "field=sign:string&field=number:string", wanted.text("title", ""))
    layer.setRenderer(
        QgsCategorizedSymbolRenderer("sign", [_category(key, sign) for key, sign in signs.items()])
    )
    _numbered(layer)
    features = []
    for point in points:
        x, y, sign, number = _point(message, point)
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        feature.setAttributes([sign, number])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def areas(project: QgsProject, message: Message) -> QgsVectorLayer | None:
    """The areas of a page (``areas``: ``title`` and ``shapes`` as ``[WKB in hex, name, colour]``); None without any."""
    if "areas" not in message.fields:
        return None
    wanted = Message("areas", message.mapping("areas"))
    shapes = wanted.fields.get("shapes", [])
    if not isinstance(shapes, list) or len(shapes) > MOST:
        raise ProtocolError("out_of_range", type=message.type, field="shapes", low=0, high=MOST)
    layer = _memory(project, "MultiPolygon", "field=name:string&field=ink:string", wanted.text("title", ""))
    inks: dict[str, QgsRendererCategory] = {}
    features = []
    for shape in shapes:
        if not (isinstance(shape, list) and len(shape) == 3 and all(isinstance(part, str) for part in shape)):
            raise ProtocolError("wrong_type", type=message.type, field="shapes", wanted="shape, name, colour")
        geometry = QgsGeometry()
        geometry.fromWkb(QByteArray.fromHex(shape[0].encode("ascii", "replace")))
        if geometry.isNull():
            continue
        geometry.convertToMultiType()
        feature = QgsFeature(layer.fields())
        feature.setGeometry(geometry)
        feature.setAttributes([shape[1], shape[2]])
        features.append(feature)
        inks.setdefault(shape[2], QgsRendererCategory(shape[2], _area(shape[2]), ""))
    layer.dataProvider().addFeatures(features)
    if len(inks) == 1:
        layer.setRenderer(QgsSingleSymbolRenderer(_area(next(iter(inks)))))
    else:
        layer.setRenderer(QgsCategorizedSymbolRenderer("ink", list(inks.values())))
    names = QgsPalLayerSettings()
    names.fieldName = "name"
    names.placement = QgsPalLayerSettings.OverPoint
    names.centroidInside = True
    names.setFormat(letters(8, bold=True))
    layer.setLabeling(QgsVectorLayerSimpleLabeling(names))
    layer.setLabelsEnabled(True)
    return layer


def letters(points: float, *, bold: bool = False, halo: bool = True, ink: str = "#27303c") -> QgsTextFormat:
    """How text on a page is written."""
    form = QgsTextFormat()
    font = QFont(FONT)
    font.setBold(bold)
    form.setFont(font)
    form.setSize(points)
    form.setColor(QColor(ink))
    if halo:
        edge = QgsTextBufferSettings()
        edge.setEnabled(True)
        edge.setSize(0.7)
        edge.setColor(QColor(255, 255, 255, 230))
        form.setBuffer(edge)
    return form


def width_mm(text: str, points: float, *, bold: bool = False) -> float:
    """How wide a line of text is on a page."""
    font = QFont(FONT)
    font.setBold(bold)
    font.setPixelSize(100)
    return float(QFontMetricsF(font).horizontalAdvance(text)) / 100 * points * 25.4 / 72


def _memory(project: QgsProject, kind: str, fields: str, title: str) -> QgsVectorLayer:
    return QgsVectorLayer(f"{kind}?crs={project.crs().authid()}&{fields}", title, "memory")


def _category(key: str, sign: Mapping[str, Any]) -> QgsRendererCategory:
    wanted = Message("sign", sign)
    svg = wanted.text("svg").encode("utf-8")
    if len(svg) > _MAX_SIGN or b"<!ENTITY" in svg or b"href" in svg:
        raise ProtocolError("out_of_range", type="sign", field="svg", low=0, high=_MAX_SIGN)
    layer = QgsSvgMarkerSymbolLayer("base64:" + base64.b64encode(svg).decode("ascii"))
    layer.setSize(wanted.number("mm", 0.5, 50, 5.0))
    symbol = QgsMarkerSymbol.createSimple({})
    symbol.changeSymbolLayer(0, layer)
    return QgsRendererCategory(key, symbol, wanted.text("label", ""))


def _point(message: Message, point: object) -> tuple[float, float, str, str]:
    if isinstance(point, list) and len(point) == 4:
        x, y, sign, number = point
        numbers = all(
            isinstance(v, (int, float)) and not isinstance(v, bool) and -1e12 < v < 1e12 for v in (x, y)
        )
        if numbers and isinstance(sign, str) and isinstance(number, str):
            return float(x), float(y), sign, number
    raise ProtocolError("wrong_type", type=message.type, field="points", wanted="x, y, sign, number")


def _numbered(layer: QgsVectorLayer) -> None:
    """The numbers of the list beside the signs."""
    numbers = QgsPalLayerSettings()
    numbers.fieldName = "number"
    numbers.placement = QgsPalLayerSettings.OrderedPositionsAroundPoint
    numbers.dist = 2.4
    numbers.priority = 10
    numbers.setFormat(letters(7, bold=True))
    layer.setLabeling(QgsVectorLayerSimpleLabeling(numbers))
    layer.setLabelsEnabled(True)


def _area(ink: str) -> QgsFillSymbol:
    inside = QColor(ink)
    inside.setAlpha(15)
    symbol = QgsFillSymbol.createSimple({"outline_width": "0.5"})
    symbol.symbolLayer(0).setFillColor(inside)
    symbol.symbolLayer(0).setStrokeColor(QColor(ink))
    return symbol
