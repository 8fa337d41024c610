"""What lies at a place: nearest first, small things before large ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

from workstation.map.worker.layers import Layers

LIMIT = 50
"""Features of one layer that are looked at: more are under no pointer."""


def identify(
    layers: Layers,
    project: QgsProject,
    settings: QgsMapSettings,
    x: float,
    y: float,
    radius: float,
    hidden: set[str],
) -> list[dict[str, Any]]:
    """The features that are drawn at these settings within ``radius`` of a point (map units). Points come before
    lines, lines before areas; of each, the nearest first; then as drawn, top first. ``x`` and ``y`` are its nearest
    point (map units): where something snaps to."""
    place = QgsGeometry.fromPointXY(QgsPointXY(x, y))
    around = QgsRectangle(x - radius, y - radius, x + radius, y + radius)
    scale = settings.scale()
    found = []
    for height, definition in enumerate(reversed(layers.definitions)):
        key = str(definition["key"])
        layer = layers.get(key)
        known = layers.known_as(key)
        if layer is None or hidden.intersection((key, known)) or not definition.get("identify", True):
            continue
        if not layer.isInScaleRange(scale):
            continue
        for distance, feature, nearest in _near(
            layer, project, place, around, str(definition.get("only", ""))
        ):
            order = (int(layer.geometryType()), distance, height)
            described = _describe(known, definition, layer, feature, distance)
            found.append((order, {**described, "x": nearest.x(), "y": nearest.y()}))
    found.sort(key=lambda item: item[0])
    return [described for _, described in found]


def _near(
    layer: QgsVectorLayer, project: QgsProject, place: QgsGeometry, around: QgsRectangle, only: str
) -> list[tuple[float, QgsFeature, QgsPointXY]]:
    to_map = QgsCoordinateTransform(layer.crs(), project.crs(), project)
    try:
        window = to_map.transformBoundingBox(around, QgsCoordinateTransform.ReverseTransform)
    except QgsCsException:  # outside of what the map's projection can show: nothing lies there
        return []
    near = []
    request = QgsFeatureRequest(window)
    request.setLimit(LIMIT)
    if only:
        request.setFilterExpression(only)
    radius = around.width() / 2
    for feature in layer.getFeatures(request):
        shape = QgsGeometry(feature.geometry())
        if shape.isNull():
            continue
        shape.transform(to_map)
        distance = shape.distance(place)
        if 0 <= distance <= radius:
            near.append((distance, feature, shape.nearestPoint(place).asPoint()))
    return near


def _describe(
    key: str, definition: Mapping[str, Any], layer: QgsVectorLayer, feature: QgsFeature, distance: float
) -> dict[str, Any]:
    names = [field.name() for field in layer.fields()]
    attributes = {name: _plain(feature.attribute(name)) for name in names}
    wanted = str(definition.get("label", ""))
    title = ""
    if wanted:
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
        context.setFeature(feature)
        value = _plain(QgsExpression(wanted).evaluate(context))
        title = "" if value is None else str(value)
    identity = attributes.get(str(definition.get("id", "")), feature.id())
    return {
        "layer": key,
        "layer_title": definition.get("title", ""),
        "title": title,
        "id": identity,
        "distance": round(distance, 3),
        "attributes": attributes,
    }


def _plain(value: Any) -> Any:
    """A value as JSON has it. QGIS's NULL is an object of its own that is neither None nor equal to it."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if isinstance(value, (QDate, QTime, QDateTime)):
        return value.toString("yyyy-MM-dd HH:mm:ss") if isinstance(value, QDateTime) else value.toString()
    if hasattr(value, "isNull") and value.isNull():
        return None
    return str(value)
