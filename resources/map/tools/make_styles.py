"""Writes the .qml files of a theme from its palette: ``/usr/bin/python3 resources/map/tools/make_styles.py``.

The .qml files are the source that the program draws with, and GIS staff change them in QGIS; this makes a first
edition of a whole theme at once, so that day and night differ in colours only. Widths and sizes are millimetres on
the screen (96 dots an inch) unless they say metres.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_HASH_SEED"] = "0"  # attributes in the same order each time

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapUnitScale,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererCategory,
    QgsRuleBasedLabeling,
    QgsRuleBasedRenderer,
    QgsSimpleFillSymbolLayer,
    QgsSimpleLineSymbolLayer,
    QgsSimpleMarkerSymbolLayer,
    QgsSvgMarkerSymbolLayer,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

sys.path.insert(0, str(Path(__file__).parent))

from component_symbols import COMPONENTS, SIZES, USUAL_SIZE
from palettes import THEMES

FOLDER = Path(__file__).resolve().parents[1]
FONT = "Noto Sans CJK SC"
NEAR_ROADS = 3_500.0
FAR = 0.0
"""No limit of scale."""


@dataclass(frozen=True)
class Road:
    """How a kind of road is drawn. ``thin`` is its least width in millimetres, ``far`` the scale from which on it is
    drawn, ``named`` the scale from which on its name is."""

    kind: str
    title: str
    thin: float
    far: float
    named: float
    size: float


ROADS = (
    Road("lane", "街巷", 0.4, 8_000, 3_000, 7.5),
    Road("branch", "支路", 0.6, 40_000, 6_000, 8.0),
    Road("secondary", "次干路", 0.9, FAR, 14_000, 8.5),
    Road("main", "主干路", 1.2, FAR, 60_000, 9.0),
    Road("expressway", "快速路", 1.6, FAR, 120_000, 9.5),
)

COUNTS_FADE, COUNTS_FROM, LARGER_FROM, NAMES_FROM = 8_000.0, 4_500.0, 1_100.0, 600.0
COUNT_STEPS = (0, 5, 12, 20, 30, 42)
"""Components a hectare at which the tint of a grid changes."""


def colour(value: str, share: float = 1.0) -> QColor:
    """A colour, ``share`` of it opaque."""
    made = QColor(value)
    made.setAlphaF(share)
    return made


def _symbol(kind: type, *parts: QgsSymbolLayer) -> object:
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
        layer.setPenJoinStyle(Qt.RoundJoin)
    return _symbol(QgsFillSymbol, layer)


def letters(
    text: str, size: float, halo: str, *, halo_width: float = 0.7, bold: bool = False, space: float = 0.0
) -> QgsTextFormat:
    """How names are written."""
    form = QgsTextFormat()
    font = QFont(FONT)
    font.setWeight(QFont.Bold if bold else QFont.Normal)
    font.setLetterSpacing(QFont.AbsoluteSpacing, space)
    form.setFont(font)
    form.setNamedStyle("Bold" if bold else "Regular")
    form.setSize(size)
    form.setColor(QColor(text))
    edge = QgsTextBufferSettings()
    edge.setEnabled(halo_width > 0)
    edge.setColor(colour(halo, 0.92))
    edge.setSize(halo_width)
    edge.setJoinStyle(Qt.RoundJoin)
    form.setBuffer(edge)
    return form


def label(expression: str, form: QgsTextFormat, placement: int, priority: int) -> QgsPalLayerSettings:
    """A label that gives way to more important ones (``priority`` 0 to 10)."""
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = True
    settings.setFormat(form)
    settings.placement = placement
    settings.priority = priority
    return settings


def scaled_rule(
    rule: QgsRuleBasedRenderer.Rule | QgsRuleBasedLabeling.Rule, far: float, near: float = 0.0
) -> None:
    """Limits a rule to scales from 1:far to 1:near."""
    rule.setMinimumScale(far)
    rule.setMaximumScale(near)


class Theme:
    """Makes the files of one theme."""

    def __init__(self, name: str, palette: dict[str, str], share: float) -> None:
        self.share = share
        self.folder = FOLDER / "styles" / name
        self.palette = palette

    def write(self) -> None:
        """Writes all .qml files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.land()
        self.green()
        self.water()
        self.building()
        self.road()
        self.grid_count()
        self.grid()
        self.division()
        self.component()
        self.component_dots()

    def land(self) -> None:
        p = self.palette
        inside = fill(QColor(p["land"]), QColor(p["land_line"]), 0.3)
        self._save("land", "MultiPolygon", self._rules([("辖区", "", inside, FAR, 0)]), [])

    def green(self) -> None:
        p = self.palette
        renderer = self._rules(
            [
                ("公园", "\"kind\" = 'park'", fill(QColor(p["park"]), QColor(p["green_line"]), 0.15), FAR, 0),
                (
                    "广场",
                    "\"kind\" = 'square'",
                    fill(QColor(p["square"]), QColor(p["building_line"]), 0.15),
                    FAR,
                    0,
                ),
                ("绿化带", "ELSE", fill(QColor(p["verge"])), 30_000, 0),
            ]
        )
        name = label('"name"', letters(p["green_text"], 8.0, p["halo"]), QgsPalLayerSettings.Horizontal, 5)
        name.fitInPolygonOnly = True
        self._save("green", "Polygon", renderer, [("", name, 16_000, 0)])

    def water(self) -> None:
        p = self.palette
        renderer = self._rules([("水系", "", fill(QColor(p["water"]), QColor(p["water_line"]), 0.2), FAR, 0)])
        form = letters(p["water_text"], 9.0, p["water"], halo_width=0.5, space=2.0)
        form.setNamedStyle("Medium")
        lake = label('"name"', form, QgsPalLayerSettings.Horizontal, 6)
        lake.fitInPolygonOnly = True
        self._save("water", "Polygon", renderer, [("", lake, 80_000, 0)])

    def building(self) -> None:
        p = self.palette
        line = QColor(p["building_line"])
        renderer = self._rules(
            [
                (
                    "商业、办公",
                    "\"kind\" IN ('commercial', 'office')",
                    fill(QColor(p["office"]), line, 0.15),
                    FAR,
                    0,
                ),
                ("公共建筑", "\"kind\" = 'public'", fill(QColor(p["public"]), line, 0.15), FAR, 0),
                ("工业建筑", "\"kind\" = 'industrial'", fill(QColor(p["industry"]), line, 0.15), FAR, 0),
                ("住宅", "ELSE", fill(QColor(p["home"]), line, 0.15), FAR, 0),
            ]
        )
        name = label('"name"', letters(p["building_text"], 7.5, p["halo"]), QgsPalLayerSettings.Horizontal, 2)
        self._save("building", "Polygon", renderer, [("\"name\" <> ''", name, 2_500, 0)])

    def road(self) -> None:
        p = self.palette
        rules = []
        names = []
        for order, road in enumerate(ROADS):
            kind = f"\"kind\" = '{road.kind}'"
            if road.kind in ("expressway", "main"):  # wide, and of a colour that would shout from near
                rules.append((road.title, kind, self._road(road, order, ""), road.far, NEAR_ROADS))
                rules.append(("", kind, self._road(road, order, "_near"), NEAR_ROADS, 0))
            else:
                rules.append((road.title, kind, self._road(road, order, ""), road.far, 0))
            name = label(
                '"name"',
                letters(p["road_text"], road.size, p["halo"], halo_width=0.8),
                QgsPalLayerSettings.Curved,
                3 + order,
            )
            line = name.lineSettings()
            line.setPlacementFlags(_on_line())
            line.setMergeLines(True)
            name.setLineSettings(line)
            name.repeatDistance = 150.0
            name.repeatDistanceUnit = QgsUnitTypes.RenderMillimeters
            name.maxCurvedCharAngleIn = 25.0
            name.maxCurvedCharAngleOut = -25.0
            names.append((kind, name, road.named, 0))
        renderer = self._rules(rules)
        renderer.setUsingSymbolLevels(True)
        self._save("road", "LineString", renderer, names)

    def _road(self, road: Road, order: int, suffix: str) -> QgsLineSymbol:
        rim = 0.45 if road.kind in ("expressway", "main") else 0.4
        # Roads of one kind run together at crossings, and large ones over small ones: all rims first, then upwards.
        outside = self._road_line(
            self.palette[f"{road.kind}_line"],
            road.thin + rim,
            f'"width_m" + {rim / 1000} * @map_scale',
            order,
        )
        inside = self._road_line(self.palette[road.kind + suffix], road.thin, '"width_m"', order + len(ROADS))
        for layer in (outside, inside):
            layer.setPenCapStyle(Qt.FlatCap if road.kind in ("expressway", "main") else Qt.RoundCap)
        return _symbol(QgsLineSymbol, outside, inside)

    def _road_line(self, ink: str, thin: float, width: str, level: int) -> QgsSimpleLineSymbolLayer:
        layer = QgsSimpleLineSymbolLayer(QColor(ink), 10.0)
        layer.setWidthUnit(QgsUnitTypes.RenderMapUnits)
        limits = QgsMapUnitScale()
        limits.minSizeMMEnabled = True
        limits.minSizeMM = thin
        layer.setWidthMapUnitScale(limits)
        layer.setDataDefinedProperty(QgsSymbolLayer.PropertyStrokeWidth, QgsProperty.fromExpression(width))
        layer.setPenJoinStyle(Qt.RoundJoin)
        layer.setRenderingPass(level)
        return layer

    def grid_count(self) -> None:
        p = self.palette
        density = '"components" * 10000.0 / "area_m2"'
        rules = []
        for index, low in enumerate(COUNT_STEPS):
            last = index + 1 == len(COUNT_STEPS)
            share = index / (len(COUNT_STEPS) - 1)
            tint = mix(p["count_low"], p["count_high"], share)
            tint.setAlphaF(0.45 + 0.35 * share)
            condition = f"{density} >= {low}" + ("" if last else f" AND {density} < {COUNT_STEPS[index + 1]}")
            title = f"{low} 件/公顷以上" if last else f"{low}–{COUNT_STEPS[index + 1]} 件/公顷"
            rules.append((title, condition, fill(tint, colour(p["count_line"], 0.7), 0.2), FAR, COUNTS_FADE))
            tint = colour(tint.name(), tint.alphaF() * 0.5)  # nearer, with buildings on it
            rules.append(("", condition, fill(tint, colour(p["count_line"], 0.7), 0.2), COUNTS_FADE, 0))
        number = label(
            '"components"',
            letters(p["count_text"], 8.0, p["halo"], halo_width=0.6, bold=True),
            QgsPalLayerSettings.OverPoint,
            8,
        )
        number.centroidInside = True
        number.fitInPolygonOnly = True
        self._save("grid_count", "Polygon", self._rules(rules), [("", number, 60_000, 0)])

    def grid(self) -> None:
        p = self.palette
        renderer = self._rules(
            [
                ("", "", fill(colour("#ffffff", 0.0), colour(p["grid"], 0.3), 0.2), 60_000, COUNTS_FROM),
                ("单元网格", "", fill(colour("#ffffff", 0.0), colour(p["grid"], 0.42), 0.3), COUNTS_FROM, 0),
            ]
        )
        code = label(
            'right("code", 3)',
            letters(p["grid_text"], 8.5, p["halo"], halo_width=0.8),
            QgsPalLayerSettings.OverPoint,
            4,
        )
        code.centroidInside = True
        self._save("grid", "Polygon", renderer, [("", code, COUNTS_FROM, 0)])

    def division(self) -> None:
        p = self.palette
        nothing = colour("#ffffff", 0.0)
        band = fill(nothing, colour(p["street"], 0.16), 1.6)
        edge = fill(nothing, colour(p["street"], 0.75), 0.3)
        band.appendSymbolLayer(edge.symbolLayer(0).clone())
        near = fill(nothing, colour(p["street"], 0.35), 0.5)
        quiet = fill(nothing, colour(p["community"], 0.5), 0.25)
        renderer = self._rules(
            [
                ("街道界", "\"level\" = 'street'", band, FAR, 4_000),
                ("", "\"level\" = 'street'", near, 4_000, 0),
                ("社区界", "\"level\" = 'community'", quiet, 30_000, 4_000),
            ]
        )
        street = label(
            '"name"',
            letters(p["street_text"], 11.0, p["halo"], halo_width=1.0, bold=True, space=2.0),
            QgsPalLayerSettings.OverPoint,
            10,
        )
        community = label(
            '"name"',
            letters(p["street_text"], 8.5, p["halo"], halo_width=0.8, space=0.5),
            QgsPalLayerSettings.OverPoint,
            6,
        )
        for settings in (street, community):
            settings.centroidInside = True
            settings.centroidWhole = False
        self._save(
            "division",
            "MultiPolygon",
            renderer,
            [
                ("\"level\" = 'street'", street, FAR, 7_000),
                ("\"level\" = 'community'", community, 7_000, 2_500),
            ],
        )

    def component(self) -> None:
        p = self.palette
        root = QgsRuleBasedRenderer.Rule(None)
        for main, (title, entries) in COMPONENTS.items():
            belongs = f"left(\"class_code\", 2) = '{main}' AND \"state\" <> 'removed'"
            group = QgsRuleBasedRenderer.Rule(None, filterExp=belongs, label=title)
            for symbol, name, codes in entries:
                among = ", ".join(f"'{code}'" for code in codes.split())
                group.appendChild(
                    QgsRuleBasedRenderer.Rule(
                        _sign(symbol, self.share), filterExp=f'"class_code" IN ({among})', label=name
                    )
                )
            other = QgsRuleBasedRenderer.Rule(_sign(f"other_{main}", self.share), label=f"其他{title}")
            other.setIsElse(True)
            group.appendChild(other)
            root.appendChild(group)
        name = label(
            '"name"',
            letters(p["component_text"], 7.5, p["halo"]),
            QgsPalLayerSettings.OrderedPositionsAroundPoint,
            1,
        )
        name.dist = 2.2
        renderer = QgsRuleBasedRenderer(root)
        renderer.setUsingSymbolLevels(True)
        self._save("component", "Point", renderer, [("", name, NAMES_FROM, 0)])

    def component_dots(self) -> None:
        p = self.palette
        kinds = [
            QgsRendererCategory(main, _dot(p[f"class_{main}"], p["dot_line"]), title)
            for main, (title, _) in COMPONENTS.items()
        ]
        standing = 'if("state" = \'removed\', NULL, left("class_code", 2))'
        # By category, not by rule: with ten thousand dots on the screen that is a third of the time.
        self._save("component_dots", "Point", QgsCategorizedSymbolRenderer(standing, kinds), [])

    def _rules(self, entries: list[tuple[str, str, object, float, float]]) -> QgsRuleBasedRenderer:
        """Title, condition, symbol, farthest and nearest scale. Without a title it is not in the legend."""
        root = QgsRuleBasedRenderer.Rule(None)
        for title, condition, symbol, far, near in entries:
            rule = QgsRuleBasedRenderer.Rule(symbol, label=title)
            if condition == "ELSE":
                rule.setIsElse(True)
            elif condition:
                rule.setFilterExpression(condition)
            scaled_rule(rule, far, near)
            root.appendChild(rule)
        return QgsRuleBasedRenderer(root)

    def _save(
        self,
        name: str,
        kind: str,
        renderer: QgsFeatureRenderer,
        labels: list[tuple[str, QgsPalLayerSettings, float, float]],
    ) -> None:
        layer = QgsVectorLayer(f"{kind}?crs=EPSG:4490", name, "memory")
        layer.setRenderer(renderer)
        root = QgsRuleBasedLabeling.Rule(None)
        for condition, settings, far, near in labels:
            rule = QgsRuleBasedLabeling.Rule(settings)
            rule.setFilterExpression(condition)
            scaled_rule(rule, far, near)
            root.appendChild(rule)
        layer.setLabeling(QgsRuleBasedLabeling(root))
        layer.setLabelsEnabled(bool(labels))
        message, good = layer.saveNamedStyle(str(self.folder / f"{name}.qml"), _categories(layer))
        if not good:
            raise SystemExit(message)
        _number_rules(self.folder / f"{name}.qml")


def _number_rules(file: Path) -> None:
    """Numbers instead of QGIS's random keys of rules, so that files differ only where styles do."""
    text = file.read_text(encoding="utf-8")
    for number, key in enumerate(dict.fromkeys(re.findall(r"\{[0-9a-f]{8}-[0-9a-f-]{27}\}", text))):
        text = text.replace(key, f"{{{number}}}")
    file.write_text(text, encoding="utf-8")


def _categories(layer: QgsVectorLayer) -> object:
    kinds = getattr(Qgis, "StyleCategory", None) or type(layer)
    return kinds.Symbology | kinds.Labeling | kinds.Rendering


def _on_line() -> object:
    from qgis.core import QgsLabeling

    return QgsLabeling.LinePlacementFlags(QgsLabeling.OnLine)


def _dot(ink: str, line: str) -> QgsMarkerSymbol:
    layer = QgsSimpleMarkerSymbolLayer()  # of a fixed size: QGIS draws it once and copies it
    layer.setSize(1.15)
    layer.setColor(colour(ink, 0.8))
    layer.setStrokeColor(colour(line, 0.7))
    layer.setStrokeWidth(0.15)
    return _symbol(QgsMarkerSymbol, layer)


def _sign(name: str, share: float) -> QgsMarkerSymbol:
    size, larger, order = SIZES.get(name, USUAL_SIZE)
    layer = QgsSvgMarkerSymbolLayer(f"{name}.svg")
    layer.setSize(size)
    layer.setDataDefinedProperty(
        QgsSymbolLayer.PropertySize,
        QgsProperty.fromExpression(f"if(@map_scale < {LARGER_FROM:.0f}, {larger}, {size})"),
    )
    layer.setRenderingPass(order)
    symbol = _symbol(QgsMarkerSymbol, layer)
    symbol.setOpacity(share)
    return symbol


def main() -> None:
    """Writes all themes."""
    application = QgsApplication([], False)
    application.initQgis()
    QgsApplication.setSvgPaths([str(FOLDER / "symbols")])
    for name, (palette, share) in THEMES.items():
        Theme(name, palette, share).write()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
