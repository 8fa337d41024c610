"""The map to the eye: every text can be read on its ground, every class has its symbol, lights and states are told apart
by people who do not see red and green, and by shape."""

from __future__ import annotations

import csv
import importlib.util
import itertools
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from tests.map.qgis_python import needs_qgis, qgis_python
from workstation.map.definitions import RESOURCES, MapDefinition
from workstation.map.overlay_markers import LIGHTS, MarkerPictures
from workstation.map.overlay_palette import Palette
from workstation.shell.look.theme import Theme

READABLE = 4.5
APART = 10.0
"""CIE76: what is this far apart is two colours at a glance."""
# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB.
DEFECTS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
CLASSES = RESOURCES.parents[1] / "data" / "classes"


def tool(name: str) -> ModuleType:
    """A module of the tools that make the styles."""
    spec = importlib.util.spec_from_file_location(name, RESOURCES / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PALETTES = tool("palettes")
SYMBOLS = tool("component_symbols")


def linear(colour: QColor) -> tuple[float, float, float]:
    """Linear RGB, 0 to 1."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2.1."""
    light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(QColor(c)) for c in (first, second))]
    return (max(light) + 0.05) / (min(light) + 0.05)


def seen(colour: QColor, defect: str) -> tuple[float, float, float]:
    """CIE Lab of a colour as somebody with this defect sees it; "" for none."""
    rgb = linear(colour)
    if defect:
        rgb = tuple(sum(a * b for a, b in zip(row, rgb, strict=True)) for row in DEFECTS[defect])  # type: ignore[assignment]
    r, g, b = (min(1.0, max(0.0, part)) for part in rgb)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(first: QColor, second: QColor, defect: str) -> float:
    """How far apart two colours are to such eyes."""
    pairs = zip(seen(first, defect), seen(second, defect), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize("theme", ["day", "night"])
def test_text_is_read_on_its_ground(theme: str) -> None:
    """Each kind of text has 4.5 to 1 on its halo and on the grounds that it may touch; no kind is left out."""
    palette, _ = PALETTES.THEMES[theme]
    assert {name for name in palette if name.endswith("_text")} == set(PALETTES.TEXTS)
    for text, grounds in PALETTES.TEXTS.items():
        for ground in grounds:
            ratio = contrast(palette[text], palette[ground])
            assert ratio >= READABLE, f"{text} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("theme", ["day", "night"])
def test_numbers_are_read_on_every_tint(theme: str) -> None:
    """Counts stand on the tints themselves, without a halo: the text is readable on the strongest of them, over the land."""
    palette, _ = PALETTES.THEMES[theme]
    style = (MapDefinition.load(theme=theme).styles / "count_area.qml").read_text(encoding="utf-8")
    areas = style[: style.index("</renderer-v2>")]
    found = re.findall(r'"color" value="(\d+,\d+,\d+,\d+)"', areas)
    tints = {tuple(map(int, tint.split(","))) for tint in found}
    assert len(tints) >= 6
    land = QColor(palette["land"])
    for red, green, blue, alpha in tints:
        share = alpha / 255
        under = zip((red, green, blue), (land.red(), land.green(), land.blue()), strict=True)
        ground = QColor(*(round(over * share + below * (1 - share)) for over, below in under))
        ratio = contrast(palette["count_text"], ground.name())
        assert ratio >= READABLE, f"count_text on {ground.name()}: {ratio:.2f}"


@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_styles_are_of_their_palette(theme: str) -> None:
    """What the test above computes is what is drawn: each colour of text stands in a style, and the ground is the same."""
    palette, _ = PALETTES.THEMES[theme]
    definition = MapDefinition.load(theme=theme)
    assert definition.background == palette["background"]
    text = "".join(file.read_text(encoding="utf-8") for file in definition.styles.glob("*.qml"))
    for name in PALETTES.TEXTS:
        colour = QColor(palette[name])
        assert f'textColor="{colour.red()},{colour.green()},{colour.blue()},255"' in text, name


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("defect", ["", *DEFECTS])
def test_lights_are_told_apart(qapp: QApplication, theme: str, defect: str) -> None:
    """Green, yellow and red stay three colours for eyes without red or without green."""
    look = Theme(theme)
    for first, second in itertools.combinations(("green", "yellow", "red"), 2):
        apart = distance(look.color(first), look.color(second), defect)
        assert apart >= APART, f"{first} and {second}: {apart:.1f}"


class OneColour:
    """The day's theme, for which all lights have the same colour."""

    def __init__(self) -> None:
        self._theme = Theme("day")

    def color(self, token: str) -> QColor:
        """The theme's colour; one grey for the lights and for none."""
        return QColor("#606060") if token in (*LIGHTS, "text_3") else self._theme.color(token)


def test_lights_have_shapes(qapp: QApplication) -> None:
    """With all lights in one colour the markers of no two lights are the same."""
    pictures = MarkerPictures(Palette(OneColour()))
    shapes = []
    for number in range(len(LIGHTS)):
        image = pictures.marker("dispose", number, small=False, selected=False, hovered=False, dpr=1.0)
        grey = image.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        shapes.append(grey)
    for first, second in itertools.combinations(shapes, 2):
        assert difference(first, second) > 1.0


def test_every_class_has_a_symbol() -> None:
    """Each component class of each edition that ships is drawn with a symbol of its kind, in both themes."""
    symbols = {code: name for name, codes in SYMBOLS.codes().items() for code in codes}
    editions = sorted(CLASSES.glob("*.csv"))
    assert len(editions) >= 3
    categories = {
        theme: set(re.findall(r'<val [^>]*value="([^"]*)"', (RESOURCES / "styles" / theme / "component.qml").read_text("utf-8")))
        | set(re.findall(r'<category [^>]*value="([^"]*)"', (RESOURCES / "styles" / theme / "component.qml").read_text("utf-8")))
        for theme in ("day", "night")
    }  # fmt: skip
    for file in editions:
        mark = SYMBOLS.OLD_MARK if file.name == SYMBOLS.OLD_EDITION else ""
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["kind"] == "component":
                    code = mark + row["code"]
                    assert (RESOURCES / "symbols" / f"{symbols[code]}.svg").is_file(), row
                    assert all(code in known for known in categories.values()), row


_KEYS = """
import sys
from qgis.core import QgsExpression, QgsExpressionContext, QgsFeature, QgsField, QgsFields
from qgis.PyQt.QtCore import QVariant
fields = QgsFields()
for name in ("state", "class_edition", "class_code"):
    fields.append(QgsField(name, QVariant.String))
for values in (("intact", "GB/T 30428.2-2013", "0101"), ("damaged", "CJ/T 214-2007", "0101"), ("removed", "CJ/T 214-2007", "0101"), ("intact", None, "0101")):
    feature = QgsFeature(fields)
    feature.setAttributes(list(values))
    context = QgsExpressionContext()
    context.setFields(fields)
    context.setFeature(feature)
    print(QgsExpression(sys.argv[1]).evaluate(context))
"""


@needs_qgis
@pytest.mark.parametrize("theme", ["day", "night"])
def test_a_symbol_is_looked_up_by_class_and_edition(theme: str) -> None:
    """QGIS finds the old edition's codes apart from the new one's, and what was removed by its state, whatever its class."""
    style = ET.parse(RESOURCES / "styles" / theme / "component.qml")
    key = next(style.iter("renderer-v2")).get("attr", "")
    said = subprocess.run(
        [qgis_python(), "-s", "-E", "-c", _KEYS, key], check=True, capture_output=True, text=True, timeout=60
    )
    assert said.stdout.split() == ["0101", SYMBOLS.OLD_MARK + "0101", "removed", "0101"]


def drawn(file: Path, side: int) -> QImage:
    """A symbol at this many pixels, in grey, on white."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    QSvgRenderer(str(file)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def difference(first: QImage, second: QImage) -> float:
    """The mean difference of two grey pictures, 0 to 255."""
    pairs = zip(bytes(first.constBits()), bytes(second.constBits()), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (first.width() * first.height())


def test_symbols_are_told_apart_at_sixteen_pixels(qapp: QApplication) -> None:
    """No two symbols look the same when small and without colour."""
    files = [file for file in sorted((RESOURCES / "symbols").glob("*.svg")) if file.stem != "north"]
    pictures = {file.stem: drawn(file, 16) for file in files}
    for first, second in itertools.combinations(pictures, 2):
        assert difference(pictures[first], pictures[second]) > 2.5, (first, second)


def test_states_are_told_by_shape(qapp: QApplication) -> None:
    """Damaged, missing and abandoned differ in grey at nine pixels, and each has its line in the style."""
    marks = {name: drawn(RESOURCES / "symbols" / f"{name}.svg", 9) for _, _, name in SYMBOLS.STATES}
    for first, second in itertools.combinations(marks, 2):
        assert difference(marks[first], marks[second]) > 25, (first, second)
    style = ET.parse(RESOURCES / "styles" / "day" / "component_state.qml")
    rules = {rule.get("label"): rule.get("filter") for rule in style.iter("rule") if rule.get("label")}
    for state, title, _ in SYMBOLS.STATES:
        assert rules[title] == f"\"state\" = '{state}'"


def test_no_style_runs_python() -> None:
    """No style has an expression of a name that QGIS does not know by itself, nor an address on the network."""
    for file in (RESOURCES / "styles").glob("*/*.qml"):
        text = file.read_text(encoding="utf-8")
        assert "http://" not in text.replace("http://mrcc.com/qgis.dtd", "") and "https://" not in text, file
        assert "project_path" not in text and "eval(" not in text, file
