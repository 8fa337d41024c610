"""What styles are made of: colours, areas, letters, labels, and the small things about QGIS's files."""

from __future__ import annotations

import re
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsPalLayerSettings,
    QgsRuleBasedLabeling,
    QgsRuleBasedRenderer,
    QgsSimpleFillSymbolLayer,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

FONTS = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
]
"""The first that is there is used: Debian's, Adobe's two names of the same, Windows's, two of older systems."""


def colour(value: str, share: float = 1.0) -> QColor:
    """A colour, ``share`` of it opaque."""
    made = QColor(value)
    made.setAlphaF(share)
    return made


def symbol_of(kind: type, *parts: QgsSymbolLayer) -> object:
    """A symbol of these parts. (Not ``kind(list)``: Python frees parts that come in a list.)"""
    symbol = kind.createSimple({})
    symbol.changeSymbolLayer(0, parts[0])
    for part in parts[1:]:
        symbol.appendSymbolLayer(part)
    return symbol


def mix(first: str, second: str, share: float) -> QColor:
    """A colour between two."""
    a, b = QColor(first), QColor(second)
    parts = [round(getattr(a, p)() * (1 - share) + getattr(b, p)() * share) for p in ("red", "green", "blue")]
    return QColor(*parts)


def fill(inside: QColor, line: QColor | None = None, width: float = 0.2) -> QgsFillSymbol:
    """A plain area."""
    layer = QgsSimpleFillSymbolLayer(inside)
    if inside.alpha() == 0:
        layer.setBrushStyle(Qt.NoBrush)
    if line is None:
        layer.setStrokeStyle(Qt.NoPen)
    else:
        layer.setStrokeColor(line)
        layer.setStrokeWidth(width)
        layer.setPenJoinStyle(Qt.BevelJoin)
    return symbol_of(QgsFillSymbol, layer)


def letters(
    text: str, size: float, halo: str, *, halo_width: float = 0.7, bold: bool = False
) -> QgsTextFormat:
    """How names are written."""
    form = QgsTextFormat()
    font = QFont(FONTS[0])
    font.setWeight(QFont.Bold if bold else QFont.Normal)
    form.setFont(font)
    form.setFamilies(FONTS)
    form.setNamedStyle("Bold" if bold else "Regular")
    form.setSize(size)
    form.setColor(QColor(text))
    edge = QgsTextBufferSettings()
    edge.setEnabled(halo_width > 0)
    edge.setColor(colour(halo, 0.92))
    edge.setSize(halo_width)
    edge.setJoinStyle(Qt.BevelJoin)  # as round to the eye; half the time
    form.setBuffer(edge)
    return form


def spaced(column: str) -> str:
    """The expression of a Chinese name set wide, by blanks between its characters: a font's own spacing is lost where letters are drawn
    as letters, and the halo then stands beside its name."""
    return f"""regexp_replace("{column}", '([一-鿿])(?=[一-鿿])', '\\\\1 ')"""


def label(expression: str, form: QgsTextFormat, placement: int, priority: int) -> QgsPalLayerSettings:
    """A label that gives way to more important ones (``priority`` 0 to 10)."""
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = True
    settings.setFormat(form)
    settings.placement = placement
    settings.priority = priority
    return settings


def at_centre(
    settings: QgsPalLayerSettings, *, of_seen: bool = False, exact: bool = False
) -> QgsPalLayerSettings:
    """The label of an area written about its middle (``of_seen``: that of the part which is seen; ``exact``: at the centre of gravity
    where that lies inside, which takes half as long again), as that of a point. QGIS looks for
    an area's place on its outline and holds the names of all other layers against that: with hundreds of areas as long as the
    drawing of all of them takes."""
    seen = "intersection($geometry, transform(@map_extent, @map_crs, @layer_crs))" if of_seen else "$geometry"
    middle = f"point_on_surface({seen})"
    if exact:
        middle = (
            f"with_variable('area', {seen}, with_variable('middle', centroid(@area), "
            "if(intersects(@area, @middle), @middle, point_on_surface(@area))))"
        )
    settings.geometryGenerator = middle
    settings.geometryGeneratorType = QgsWkbTypes.PointGeometry
    settings.geometryGeneratorEnabled = True
    obstacle = settings.obstacleSettings()
    obstacle.setIsObstacle(False)
    settings.setObstacleSettings(obstacle)
    return settings


def scaled_rule(
    rule: QgsRuleBasedRenderer.Rule | QgsRuleBasedLabeling.Rule, far: float, near: float = 0.0
) -> None:
    """Limits a rule to scales from 1:far to 1:near."""
    rule.setMinimumScale(far)
    rule.setMaximumScale(near)


def number_rules(file: Path) -> None:
    """Numbers instead of QGIS's random keys of rules, so that files differ only where styles do."""
    text = file.read_text(encoding="utf-8")
    for number, key in enumerate(dict.fromkeys(re.findall(r"\{[0-9a-f]{8}-[0-9a-f-]{27}\}", text))):
        text = text.replace(key, f"{{{number}}}")
    file.write_text(text, encoding="utf-8")


def kept_categories(layer: QgsVectorLayer) -> object:
    kinds = getattr(Qgis, "StyleCategory", None) or type(layer)
    return kinds.Symbology | kinds.Labeling | kinds.Rendering


def on_line() -> object:
    from qgis.core import QgsLabeling

    return QgsLabeling.LinePlacementFlags(QgsLabeling.OnLine)
