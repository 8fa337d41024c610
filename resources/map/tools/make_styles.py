"""Writes the .qml files of a theme from its palette: ``/usr/bin/python3 resources/map/tools/make_styles.py``.

The .qml files are the source that the program draws with, and GIS staff change them in QGIS; this makes a first
edition of a whole theme at once, so that day and night differ in colours only. Widths and sizes are millimetres on
the screen (96 dots an inch) unless they say metres.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_HASH_SEED"] = "0"  # attributes in the same order each time

from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsGraduatedSymbolRenderer,
    QgsLineSymbol,
    QgsMapUnitScale,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererCategory,
    QgsRendererRange,
    QgsRuleBasedLabeling,
    QgsRuleBasedRenderer,
    QgsSimpleLineSymbolLayer,
    QgsSimpleMarkerSymbolLayer,
    QgsSvgMarkerSymbolLayer,
    QgsSymbolLayer,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorSimplifyMethod,
)
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QColor

sys.path.insert(0, str(Path(__file__).parent))

from component_symbols import COMPONENTS, MAINS, OLD_MARK, SIZES, STATES, USUAL_SIZE, codes
from palettes import THEMES
from style_parts import (
    at_centre,
    colour,
    fill,
    kept_categories,
    label,
    letters,
    mix,
    number_rules,
    on_line,
    scaled_rule,
    spaced,
    symbol_of,
)

FOLDER = Path(__file__).resolve().parents[1]
NEAR_ROADS = 3_500.0
RIMS, FAR_ROADS, FARTHEST_ROADS = 10_000.0, 20_000.0, 30_000.0
"""Farther out a road has no rim, which takes as long as the road; then no width of its own; and at last it is a thinner line."""
FAR = 0.0
"""No limit of scale."""
THIN = 0.25
"""A line up to a pixel wide is drawn by a way of Qt's own, in a fifth of the time of one that is a little wider."""


@dataclass(frozen=True)
class Road:
    """How a kind of road is drawn. ``thin`` is its least width in millimetres, ``far`` the scale from which on it is
    drawn, ``named`` the scale from which on its name is, ``wide`` the one from which on it is wider than its name, which then needs
    no halo: that takes as long as all the rest of a name."""

    kind: str
    title: str
    thin: float
    far: float
    named: float
    wide: float
    size: float


ROADS = (
    Road("lane", "街巷", 0.3, 8_000, 3_000, 1_900, 7.5),
    Road("branch", "支路", 0.5, 20_000, 6_000, 3_500, 8.0),
    Road("secondary", "次干路", 0.7, 45_000, 12_000, 5_800, 8.5),
    Road("main", "主干路", 1.0, FAR, 24_000, 8_700, 9.0),
    Road("expressway", "快速路", 1.4, FAR, 60_000, 8_700, 9.5),
)
FAR_WIDTHS = {"secondary": (0.55, THIN), "main": (0.9, 0.55), "expressway": (1.3, 0.9)}
"""Millimetres beyond ``FAR_ROADS`` and beyond ``FARTHEST_ROADS``."""

NAMES_REPEATED = 12_000.0
"""Farther out the name of a road is written half as often."""
COUNTS_FROM, LARGER_FROM, NAMES_FROM = 4_000.0, 1_100.0, 600.0
"""From here on components (and buildings) are drawn instead of their numbers; larger; with their names."""
NUMBER_MM = 6.0
"""A grid that is narrower on the screen has no room for its number."""
NUMBERS_FROM = 8_500.0
"""From here on a grid is large enough on the screen for its number to be read and not be a texture."""
SHORT_NAMES = 18_000.0
"""Farther out street offices are called without the words that all have: half the letters, and twice the room."""
DISTRICTS, STREETS, COMMUNITIES, DIVISIONS_NEAR = 36_000.0, 7_000.0, 2_500.0, 4_000.0
"""Names of districts out to here are those of the city; nearer streets', then communities' take their place."""
COUNTS_READ = 90_000.0
"""Farther out a street office is too small on the screen for its number."""
FAR_STREETS, SYMBOLS_FROM = 30_000.0, 2_300.0
COARSE_PIXELS = 3.0
COUNT_STEPS = (0, 10, 20, 30, 45, 70)
"""Components a hectare at which the tint of a grid changes."""
MOST_DENSE = 1_000_000_000
"""More than all components of a country on one hectare."""


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
        self.count_area()
        self.grid()
        self.division()
        self.division_far()
        self.component()
        self.component_state()
        self.component_dots()

    def land(self) -> None:
        p = self.palette
        inside = fill(QColor(p["land"]), QColor(p["land_line"]), THIN)
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
                    12_000,
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
        form = letters(p["water_text"], 9.0, p["water"], halo_width=0.5)
        form.setNamedStyle("Medium")
        lake = label(spaced("name"), form, QgsPalLayerSettings.Horizontal, 6)
        lake.fitInPolygonOnly = True
        self._save("water", "Polygon", renderer, [("", lake, 80_000, 0)])

    def building(self) -> None:
        p = self.palette
        line = QColor(p["building_line"])
        uses: tuple[tuple[object, str, str], ...] = (
            (["commercial", "office"], "office", "商业、办公"),
            ("public", "public", "公共建筑"),
            ("industrial", "industry", "工业建筑"),
            ("", "home", "住宅"),  # all others
        )
        kinds = [
            QgsRendererCategory(value, fill(QColor(p[ink]), line, 0.15), title) for value, ink, title in uses
        ]
        renderer = QgsCategorizedSymbolRenderer("kind", kinds)
        name = label('"name"', letters(p["building_text"], 7.5, p["halo"]), QgsPalLayerSettings.Horizontal, 2)
        self._save("building", "Polygon", renderer, [("\"name\" <> ''", name, 2_500, 0)])

    def road(self) -> None:
        p = self.palette
        rules = []
        names = []
        for order, road in enumerate(ROADS):
            kind = f"\"kind\" = '{road.kind}'"
            if road.kind in FAR_WIDTHS:
                limits = (FARTHEST_ROADS, FAR_ROADS), (road.far, FARTHEST_ROADS)
                for place, (far, near) in enumerate(limits):
                    width = FAR_WIDTHS[road.kind][place]
                    plain = symbol_of(QgsLineSymbol, self._far_line(road, order, width))
                    rules.append(("", kind, plain, far, near))
            far = FAR_ROADS if road.kind in FAR_WIDTHS else road.far
            if road.kind in ("expressway", "main"):  # wide, and of a colour that would shout from near
                rules.append((road.title, kind, self._road(road, order, ""), RIMS, NEAR_ROADS))
                rules.append(("", kind, self._road(road, order, "_near"), NEAR_ROADS, 0))
            else:
                rules.append((road.title, kind, self._road(road, order, ""), min(far, RIMS), 0))
            if far > RIMS:
                rules.append(("", kind, self._road(road, order, "", rim=False), far, RIMS))
            form = letters(p["road_text"], road.size, p["halo"], halo_width=0.8)
            on_road = letters(p["road_text"], road.size, p["halo"], halo_width=0)
            if road.named > NAMES_REPEATED:
                names.append((kind, _along(form, 3 + order, 300.0), road.named, NAMES_REPEATED))
            names.append((kind, _along(form, 3 + order, 200.0), min(road.named, NAMES_REPEATED), road.wide))
            names.append((kind, _along(on_road, 3 + order, 200.0), road.wide, 0))
        renderer = self._rules(rules)
        renderer.setUsingSymbolLevels(True)
        self._save("road", "LineString", renderer, names)

    def _road(self, road: Road, order: int, suffix: str, *, rim: bool = True) -> QgsLineSymbol:
        large = road.kind in ("expressway", "main")
        edge = 0.45 if large else 0.4
        # Roads of one kind run together at crossings, and large ones over small ones: all rims first, then upwards.
        layers = [
            self._road_line(self.palette[road.kind + suffix], road.thin, '"width_m"', order + len(ROADS))
        ]
        if rim:
            width = f'"width_m" + {edge / 1000} * @map_scale'
            layers.insert(
                0, self._road_line(self.palette[f"{road.kind}_line"], road.thin + edge, width, order)
            )
        for layer in layers:
            layer.setPenCapStyle(Qt.FlatCap if large else Qt.RoundCap)
        return symbol_of(QgsLineSymbol, *layers)

    def _far_line(self, road: Road, order: int, width: float) -> QgsSimpleLineSymbolLayer:
        layer = QgsSimpleLineSymbolLayer(QColor(self.palette[f"{road.kind}_far"]), width)
        layer.setPenCapStyle(Qt.FlatCap)
        layer.setPenJoinStyle(Qt.MiterJoin)
        layer.setRenderingPass(order + len(ROADS))
        return layer

    def _road_line(self, ink: str, thin: float, width: str, level: int) -> QgsSimpleLineSymbolLayer:
        layer = QgsSimpleLineSymbolLayer(QColor(ink), 10.0)
        layer.setWidthUnit(QgsUnitTypes.RenderMapUnits)
        limits = QgsMapUnitScale()
        limits.minSizeMMEnabled = True
        limits.minSizeMM = thin
        layer.setWidthMapUnitScale(limits)
        layer.setDataDefinedProperty(QgsSymbolLayer.PropertyStrokeWidth, QgsProperty.fromExpression(width))
        layer.setPenJoinStyle(Qt.MiterJoin)
        layer.setRenderingPass(level)
        return layer

    def grid_count(self) -> None:
        p = self.palette
        form = letters(p["count_text"], 8.0, p["halo"], halo_width=0, bold=True)
        number = at_centre(label('"components"', form, QgsPalLayerSettings.OverPoint, 8))
        wide_enough = f'sqrt("area_m2") * 1000 / @map_scale >= {NUMBER_MM}'
        self._save("grid_count", "Polygon", self._tints(), [(wide_enough, number, NUMBERS_FROM, 0)])

    def count_area(self) -> None:
        """Counts from afar, by street office and by community: the same tints, and from the farthest the numbers, as long
        as no names of streets stand there."""
        p = self.palette
        number = label(
            """if("components" < 10000, "components", format_number("components" / 10000.0, 1) || '万')""",
            letters(p["count_text"], 7.5, p["halo"], halo_width=0),
            QgsPalLayerSettings.OverPoint,
            3,
        )
        numbers = [("", at_centre(number, exact=True), COUNTS_READ, DISTRICTS)]
        self._save("count_area", "MultiPolygon", self._tints(), numbers)

    def _tints(self) -> QgsGraduatedSymbolRenderer:
        """A tint for each step of density. Graduated, not by rule: the density of an area is worked out once, and not for each
        rule, which took as long as drawing it."""
        p = self.palette
        edge = colour(p["count_line"], 0.7)
        steps = []
        for index, (low, high) in enumerate(zip(COUNT_STEPS, (*COUNT_STEPS[1:], MOST_DENSE), strict=True)):
            share = index / (len(COUNT_STEPS) - 1)
            tint = mix(p["count_low"], p["count_high"], share)
            tint.setAlphaF(0.30 + 0.35 * share)
            title = f"{low} 件/公顷以上" if high == MOST_DENSE else f"{low}–{high} 件/公顷"
            steps.append(QgsRendererRange(low, high, fill(tint, edge, 0.2), title))
        return QgsGraduatedSymbolRenderer('"components" * 10000.0 / "area_m2"', steps)

    def grid(self) -> None:
        p = self.palette
        renderer = self._rules(
            [
                (
                    "",
                    "",
                    fill(colour("#ffffff", 0.0), colour(p["grid"], 0.3), 0.2),
                    NUMBERS_FROM,
                    COUNTS_FROM,
                ),
                ("单元网格", "", fill(colour("#ffffff", 0.0), colour(p["grid"], 0.5), THIN), COUNTS_FROM, 0),
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
        """Borders from near, on the roads that they run along, and all names."""
        p = self.palette
        nothing = colour("#ffffff", 0.0)
        near = fill(nothing, colour(p["street"], 0.5), 0.5)
        renderer = self._rules(
            [
                # Names are only written of what is drawn, so it is, unseen.
                ("", "\"level\" = 'district'", fill(nothing), FAR, DISTRICTS),
                ("", "\"level\" = 'street'", fill(nothing), DISTRICTS, STREETS),
                ("", "\"level\" = 'community'", fill(nothing), STREETS, DIVISIONS_NEAR),
                ("", "\"level\" IN ('district', 'street')", near, DIVISIONS_NEAR, 0),
                ("", "\"level\" = 'community'", fill(nothing), DIVISIONS_NEAR, 0),
            ]
        )
        names = []
        short = (
            'if(right("name", 2) = \'街道\' AND length("name") > 3, left("name", length("name") - 2), "name")'
        )
        for level, text, size, priority, far, nearest in (
            ("district", spaced("name"), 15.0, 10, FAR, DISTRICTS),
            ("street", short, 10.5, 9, DISTRICTS, SHORT_NAMES),
            ("street", '"name"', 10.5, 9, SHORT_NAMES, STREETS),
            ("community", '"name"', 8.5, 6, STREETS, COMMUNITIES),
        ):
            form = letters(p["street_text"], size, p["halo"], halo_width=1.0, bold=level != "community")
            name = label(text, form, QgsPalLayerSettings.OverPoint, priority)
            at_centre(name, of_seen=nearest < SHORT_NAMES)  # near, a part is seen of most
            names.append((f"\"level\" = '{level}'", name, far, nearest))
        self._save("division", "MultiPolygon", renderer, names)

    def division_far(self) -> None:
        """Borders from afar: a soft band below the roads, that shows at their sides and hides none."""
        p = self.palette
        nothing = colour("#ffffff", 0.0)
        # Neighbours each draw the border they share: twice as dark as one of them.
        district = fill(nothing, colour(p["street"], 0.22), 2.4)
        street = fill(nothing, colour(p["street"], 0.13), 2.3)
        thin = fill(nothing, colour(p["street"], 0.25), THIN)
        quiet = fill(nothing, colour(p["community"], 0.5), 0.25)
        renderer = self._rules(
            [
                ("区界", "\"level\" = 'district'", district, FAR, DIVISIONS_NEAR),
                ("", "\"level\" = 'street'", thin, DISTRICTS, FAR_STREETS),
                ("街道界", "\"level\" = 'street'", street, FAR_STREETS, DIVISIONS_NEAR),
                ("社区界", "\"level\" = 'community'", quiet, NUMBERS_FROM, DIVISIONS_NEAR),
            ]
        )
        self._save("division_far", "MultiPolygon", renderer, [], coarse=True)

    def component(self) -> None:
        p = self.palette
        kinds = []
        numbers = codes()
        for title, entries in COMPONENTS.values():
            for symbol, name, _ in entries:
                kinds.append(
                    QgsRendererCategory(numbers[symbol], _sign(symbol, self.share), f"{title} · {name}")
                )
        gone = QgsRendererCategory("removed", _sign("other_05", self.share), "", False)
        kinds.append(gone)  # not drawn
        # What no edition that ships has a number for; QGIS's word for all the others is an empty value.
        kinds.append(QgsRendererCategory("", _sign("other_05", self.share), "其他"))
        # By category, not by rule: one look into a table for each component instead of eighty questions. Not LIKE, which is a
        # pattern to search for each time: asked so, it took three times as long as drawing them.
        renderer = QgsCategorizedSymbolRenderer(
            "CASE WHEN \"state\" = 'removed' THEN 'removed' "
            f"WHEN left(\"class_edition\", 2) = 'CJ' THEN '{OLD_MARK}' || \"class_code\" "
            'ELSE "class_code" END',
            kinds,
        )
        renderer.setUsingSymbolLevels(True)
        name = label(
            '"name"',
            letters(p["component_text"], 7.5, p["halo"]),
            QgsPalLayerSettings.OrderedPositionsAroundPoint,
            1,
        )
        name.dist = 2.2
        self._save("component", "Point", renderer, [("", name, NAMES_FROM, 0)])

    def component_state(self) -> None:
        """The marks of components that are not as they should be, above and right of their symbols."""
        marks = []
        for state, title, picture in STATES:
            layer = QgsSvgMarkerSymbolLayer(f"{picture}.svg")
            layer.setSize(3.0)
            layer.setOffset(QPointF(1.9, -1.9))
            small = QgsSvgMarkerSymbolLayer(f"{picture}.svg")
            small.setSize(2.4)
            condition = f"\"state\" = '{state}'"
            marks.append((title, condition, symbol_of(QgsMarkerSymbol, layer), SYMBOLS_FROM, 0))
            marks.append(("", condition, symbol_of(QgsMarkerSymbol, small), COUNTS_FROM, SYMBOLS_FROM))
        self._save("component_state", "Point", self._rules(marks), [])

    def component_dots(self) -> None:
        p = self.palette
        kinds = [
            QgsRendererCategory(list(MAINS[main]), _dot(p[f"class_{main}"], p["dot_line"]), title)
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
        *,
        coarse: bool = False,
    ) -> None:
        layer = QgsVectorLayer(f"{kind}?crs=EPSG:4490", name, "memory")
        layer.setRenderer(renderer)
        if coarse:  # corners of less than so many pixels are not seen in a soft band
            simple = QgsVectorSimplifyMethod(layer.simplifyMethod())
            simple.setSimplifyAlgorithm(QgsVectorSimplifyMethod.Visvalingam)
            simple.setThreshold(COARSE_PIXELS)
            layer.setSimplifyMethod(simple)
        root = QgsRuleBasedLabeling.Rule(None)
        for condition, settings, far, near in labels:
            rule = QgsRuleBasedLabeling.Rule(settings)
            rule.setFilterExpression(condition)
            scaled_rule(rule, far, near)
            root.appendChild(rule)
        layer.setLabeling(QgsRuleBasedLabeling(root))
        layer.setLabelsEnabled(bool(labels))
        message, good = layer.saveNamedStyle(str(self.folder / f"{name}.qml"), kept_categories(layer))
        if not good:
            raise SystemExit(message)
        number_rules(self.folder / f"{name}.qml")


def _along(form: QgsTextFormat, priority: int, apart: float) -> QgsPalLayerSettings:
    """The name of a road, along it; again after so many millimetres."""
    name = label('"name"', form, QgsPalLayerSettings.Curved, priority)
    line = name.lineSettings()
    line.setPlacementFlags(on_line())
    line.setMergeLines(True)
    name.setLineSettings(line)
    name.repeatDistance = apart
    name.repeatDistanceUnit = QgsUnitTypes.RenderMillimeters
    name.maxCurvedCharAngleIn = 25.0
    name.maxCurvedCharAngleOut = -25.0
    return name


def _dot(ink: str, line: str) -> QgsMarkerSymbol:
    layer = QgsSimpleMarkerSymbolLayer()  # of a fixed size: QGIS draws it once and copies it
    layer.setSize(1.15)
    layer.setColor(colour(ink, 0.8))
    layer.setStrokeColor(colour(line, 0.7))
    layer.setStrokeWidth(0.15)
    return symbol_of(QgsMarkerSymbol, layer)


def _sign(name: str, share: float) -> QgsMarkerSymbol:
    size, larger, order = SIZES.get(name, USUAL_SIZE)
    layer = QgsSvgMarkerSymbolLayer(f"{name}.svg")
    layer.setSize(size)
    layer.setDataDefinedProperty(
        QgsSymbolLayer.PropertySize,
        QgsProperty.fromExpression(f"if(@map_scale < {LARGER_FROM:.0f}, {larger}, {size})"),
    )
    layer.setRenderingPass(order)
    symbol = symbol_of(QgsMarkerSymbol, layer)
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
