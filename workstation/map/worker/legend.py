"""The legend: for each layer the pictures and names of what its style tells apart."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsLegendSymbolItem,
    QgsLineSymbolLayer,
    QgsProperty,
    QgsRenderContext,
    QgsSimpleFillSymbolLayer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QImage, QPainter

from workstation.map.worker.layers import Layers

SIDE = 20
"""Points of a legend's picture."""

HEADING = " · "
"""Between a heading and what stands under it, in the label of a category: categories have no headings of their own."""

_DOTS_PER_MM = 96.0 / 25.4
_WIDEST, _WIDEST_BORDER = 2.2, 1.0
"""Millimetres of a line and of an area's border in a legend."""


def legend(layers: Layers, ratio: float) -> tuple[list[dict[str, Any]], bytes]:
    """The legend of all open layers, bottom layer first, and the pixels of its pictures one after another. An entry
    says where its own begin (``offset``; -1 where it has no picture: a heading)."""
    described: dict[str, dict[str, Any]] = {}
    pixels = bytearray()
    side = max(1, round(SIDE * ratio))
    for definition in layers.definitions:
        layer = layers.get(str(definition["key"]))
        if not isinstance(layer, QgsVectorLayer) or definition.get("added"):
            continue
        known = layers.known_as(str(definition["key"]))
        own = known == definition["key"]
        if not own and described.get(known, {}).get("entries"):
            continue  # another part has said it
        items = _items(layer)
        if not own and len(items) < 2:
            continue
        entries = _entries(items, pixels, side, ratio)
        if own and not entries and known in described:
            continue
        described[known] = {"layer": known, "title": definition.get("title", ""), "entries": entries}
    return list(described.values()), bytes(pixels)


def _entries(
    items: list[QgsLegendSymbolItem], pixels: bytearray, side: int, ratio: float
) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    above = ""
    for item in items:
        heading, _, label = item.label().rpartition(HEADING)
        level = item.level() + bool(heading)
        if heading and heading != above:
            entries.append({"label": heading, "level": level - 1, "offset": -1, "side": side})
            entries[-1].update(min_scale=0, max_scale=0)
        above = heading
        entry: dict[str, Any] = {"label": label, "level": level, "offset": -1, "side": side}
        far, near = item.scaleMinDenom(), item.scaleMaxDenom()
        entry["min_scale"], entry["max_scale"] = max(far, near, 0), max(min(far, near), 0)
        if item.symbol() is not None:
            entry["offset"] = len(pixels)
            pixels += _picture(item, side, ratio)
        entries.append(entry)
    return entries


def _items(layer: QgsVectorLayer) -> list[QgsLegendSymbolItem]:
    renderer = layer.renderer()
    return [] if renderer is None else [item for item in renderer.legendSymbolItems() if item.label()]


def _picture(item: QgsLegendSymbolItem, side: int, ratio: float) -> bytes:
    image = QImage(side, side, QImage.Format_ARGB32_Premultiplied)
    image.fill(Qt.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.Antialiasing)
    symbol = item.symbol().clone()
    size = QSize(side, side)
    if symbol.type() == QgsSymbol.Fill:
        # An area that fills its picture has no border to be known by.
        painter.translate(side * 0.1, side * 0.2)
        size = QSize(round(side * 0.8), round(side * 0.6))
    if symbol.type() != QgsSymbol.Marker:
        in_millimetres(symbol)
    context = QgsRenderContext.fromQPainter(painter)
    context.setScaleFactor(_DOTS_PER_MM * ratio)
    symbol.drawPreviewIcon(painter, size, context)
    painter.end()
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    return bytes(bits)


def in_millimetres(symbol: QgsSymbol) -> None:
    """Gives lines that are as wide as on the ground a width for the legend: twice their least. A band that would be a block
    there is made thinner, with all that is drawn in it."""
    lines = [layer for layer in symbol.symbolLayers() if isinstance(layer, QgsLineSymbolLayer)]
    for layer in lines:
        if layer.widthUnit() == QgsUnitTypes.RenderMapUnits:
            layer.setDataDefinedProperty(QgsSymbolLayer.PropertyStrokeWidth, QgsProperty())
            layer.setWidthUnit(QgsUnitTypes.RenderMillimeters)
            layer.setWidth(layer.widthMapUnitScale().minSizeMM * 2)
    inked = [layer for layer in lines if layer.widthUnit() == QgsUnitTypes.RenderMillimeters]
    widest = max((layer.width() for layer in inked), default=0.0)
    for layer in inked if widest > _WIDEST else ():
        layer.setWidth(layer.width() * _WIDEST / widest)
    for layer in symbol.symbolLayers():
        if (
            isinstance(layer, QgsSimpleFillSymbolLayer)
            and layer.strokeWidthUnit() == QgsUnitTypes.RenderMillimeters
        ):
            layer.setStrokeWidth(min(layer.strokeWidth(), _WIDEST_BORDER))
