"""The look: every token in both themes, readable contrasts, every icon drawn, lights told apart without colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workstation.paths import resource
from workstation.shell import registry
from workstation.shell.look import icons, style
from workstation.shell.look.theme import DAY, NIGHT, Theme
from workstation.shell.widgets.bars import StageBar
from workstation.shell.widgets.basics import LightDot, paint_light
from workstation.workflow.case import Stage, State

SHELL = Path(registry.__file__).parent


def luminance(color: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_both_themes_have_the_same_tokens() -> None:
    """A colour asked for by day is there by night."""
    assert set(DAY) == set(NIGHT)


@pytest.mark.parametrize("tokens", [DAY, NIGHT], ids=["day", "night"])
def test_text_can_be_read(tokens: dict[str, str]) -> None:
    """Text has 4.5:1 on its grounds, quiet text 3.5:1, lights and stages 2.5:1."""
    for ground in ("surface", "window", "selection", "hover"):
        assert contrast(tokens["text"], tokens[ground]) >= 7, ground
    for ground in ("surface", "surface_alt"):
        assert contrast(tokens["text_2"], tokens[ground]) >= 4.5, ground
        assert contrast(tokens["text_3"], tokens[ground]) >= 3.5, ground
    assert contrast(tokens["on_accent"], tokens["accent"]) >= 4
    assert contrast(tokens["bar_text"], tokens["bar"]) >= 7
    for light in ("green", "yellow", "red", *(f"stage_{s.value}" for s in Stage)):
        assert contrast(tokens[light], tokens["surface"]) >= 2.5, light


@pytest.mark.parametrize("name", ["day", "night"])
def test_the_sheet_is_complete(name: str, qapp: QApplication) -> None:
    """Every token and glyph the style sheet names exists; Qt takes it without a warning (warnings fail tests)."""
    theme = Theme(name)
    theme.apply(qapp)
    sheet = style.style_sheet(name, theme.tokens)
    assert "$" not in sheet
    for glyph in set(re.findall(r"glyph:([\w-]+\.svg)", sheet)):
        assert Path(style.QDir.searchPaths("glyph")[0], glyph).is_file(), glyph


def test_every_icon_that_is_named_is_drawn(qapp: QApplication) -> None:
    """Roles written in the interface's code have a drawing, and each drawing shows something."""
    named = {item.icon for item in registry.PANELS} | {role for role, _ in style._GLYPHS.values()}
    for file in SHELL.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        named |= set(re.findall(r"(?:icons\.icon|icons\.pixmap|tool_button|icon=)\(?\"([a-z-]+)\"", source))
    assert named <= icons.roles(), named - icons.roles()
    assert len(icons.roles()) >= 50
    for role in icons.roles():
        image = icons.pixmap(role, 24, "#000000").toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), role


def test_icons_take_the_colour_of_the_theme(qapp: QApplication) -> None:
    """The same icon is drawn in the colour that is asked for, and in no other."""
    red = icons.pixmap("close", 24, "#FF0000").toImage().pixelColor(12, 12)
    assert red.red() > 200 and red.green() < 60


def test_lights_differ_in_shape() -> None:
    """Painted in one colour, the four lights are still four pictures."""

    def outline(light: str) -> bytes:
        image = QImage(QSize(16, 16), QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        paint_light(painter, light, QPointF(8, 8), 12)
        painter.end()
        return bytes(1 if image.pixelColor(x, y).alpha() > 100 else 0 for y in range(16) for x in range(16))

    assert len({outline(light) for light in ("green", "yellow", "red", "")}) == 4


def test_a_light_says_its_word(qtbot: QtBot) -> None:
    """A light has its word as tooltip and for screen readers."""
    dot = LightDot("red")
    qtbot.addWidget(dot)
    assert dot.toolTip() == dot.accessibleName() == "超期"


def test_soft_colours_are_made_for_every_colour(qapp: QApplication) -> None:
    """``<token>_soft`` of any colour is a quiet ground; a token that does not exist is an error."""
    theme = Theme("day")
    soft = theme.color("stage_verify_soft")
    assert contrast(soft.name().upper(), DAY["surface"]) < 1.4
    with pytest.raises(KeyError):
        theme.color("no_such_colour")


def test_the_switch_reaches_what_is_shown(qtbot: QtBot, qapp: QApplication) -> None:
    """After a switch of theme the application's palette is the other one and everybody was told."""
    theme = Theme("day")
    theme.apply(qapp)
    with qtbot.waitSignal(theme.changed):
        theme.toggle()
    assert qapp.palette().window().color() == QColor(NIGHT["window"])
    theme.set_name("day")


def test_the_bar_of_stages_names_where_the_case_stands(qtbot: QtBot) -> None:
    """The seven stages; the present one is told to screen readers too."""
    bar = StageBar()
    qtbot.addWidget(bar)
    from workstation.workflow.case import STAGE_OF

    bar.set_stage(STAGE_OF[State.FILED])
    assert bar.accessibleName() == "任务派遣"
    assert bar.toolTip().count("›") == 6
    bar.resize(420, 32)
    assert not bar.grab().isNull()


def test_icons_are_files_of_our_own() -> None:
    """Each is a small SVG of 24 by 24 that takes its colour from outside."""
    for file in resource("icons").glob("*.svg"):
        source = file.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in source and "currentColor" in source, file.name
