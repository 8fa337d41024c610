"""The look: colours as tokens for day and night, the palette made of them, and the style sheet (:mod:`.style`).

The three lights and the seven stages are from a colour-blind safe set, and are always shown with a shape or a word.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

FONT_FAMILIES = ["Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI", "PingFang SC", "sans-serif"]
BASE_PIXELS = 13

_SHARED = {
    "green": "#0A8F6A",
    "yellow": "#D99000",
    "red": "#C8321F",
    "stage_collect": "#64748B",
    "stage_build": "#2F6FBF",
    "stage_dispatch": "#6F57B8",
    "stage_dispose": "#B8730F",
    "stage_feed_back": "#16899B",
    "stage_verify": "#AD437A",
    "stage_evaluate": "#4F8331",
}

DAY = _SHARED | {
    "window": "#EDF0F4",
    "surface": "#FFFFFF",
    "surface_alt": "#F7F9FB",
    "sunken": "#E9EDF2",
    "border": "#DDE3EA",
    "border_strong": "#BCC6D2",
    "text": "#17202E",
    "text_2": "#475467",
    "text_3": "#74818F",
    "disabled": "#A5AFBC",
    "accent": "#1D4E9E",
    "accent_hover": "#2860BC",
    "accent_pressed": "#163D7D",
    "accent_soft": "#E6EEFA",
    "on_accent": "#FFFFFF",
    "selection": "#DCE8FA",
    "hover": "#F0F4F9",
    "focus": "#5E92EA",
    "danger": "#B92D1B",
    "danger_hover": "#D03A26",
    "green_soft": "#E0F3EC",
    "yellow_soft": "#FDF2D9",
    "red_soft": "#FBE7E3",
    "bar": "#12294F",
    "bar_2": "#0E2143",
    "bar_border": "#24406F",
    "bar_text": "#F2F6FC",
    "bar_text_2": "#A9BBD8",
    "bar_hover": "#1F3C6D",
    "bar_active": "#2A5299",
    "shadow": "#30405A",
}

NIGHT = _SHARED | {
    "green": "#2BB891",
    "yellow": "#E9B03A",
    "red": "#EC6A55",
    "stage_collect": "#8796AB",
    "stage_build": "#5E9BE6",
    "stage_dispatch": "#9A86DE",
    "stage_dispose": "#D89A3D",
    "stage_feed_back": "#42B3C4",
    "stage_verify": "#D873A5",
    "stage_evaluate": "#7DB45C",
    "window": "#0D131B",
    "surface": "#151D28",
    "surface_alt": "#1A2431",
    "sunken": "#0F161F",
    "border": "#273343",
    "border_strong": "#3B4A5E",
    "text": "#E5EAF1",
    "text_2": "#B0BBC9",
    "text_3": "#8593A5",
    "disabled": "#5A6778",
    "accent": "#3B76DB",
    "accent_hover": "#4E88EA",
    "accent_pressed": "#2F62BC",
    "accent_soft": "#1B2C49",
    "on_accent": "#FFFFFF",
    "selection": "#213A63",
    "hover": "#1C2735",
    "focus": "#5E92EA",
    "danger": "#C94A38",
    "danger_hover": "#DB5C49",
    "green_soft": "#12332B",
    "yellow_soft": "#38301A",
    "red_soft": "#3D201C",
    "bar": "#0A1220",
    "bar_2": "#080E19",
    "bar_border": "#1C2939",
    "bar_text": "#E8EEF7",
    "bar_text_2": "#8FA1BC",
    "bar_hover": "#152236",
    "bar_active": "#20427E",
    "shadow": "#000000",
}

LIGHT_NAMES = ("green", "yellow", "red")


class Theme(QObject):
    """The theme in force. ``changed`` follows each switch; widgets that paint themselves ask :meth:`color` anew."""

    changed = Signal()

    def __init__(self, name: str = "day", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name if name in ("day", "night") else "day"
        global _current
        _current = self

    @property
    def name(self) -> str:
        """``day`` or ``night``."""
        return self._name

    @property
    def tokens(self) -> dict[str, str]:
        """Every colour of the theme in force, as #RRGGBB."""
        return NIGHT if self._name == "night" else DAY

    def color(self, token: str) -> QColor:
        """The colour of a token; ``<token>_soft`` of any colour is a quiet ground in its hue. KeyError for no token."""
        tokens = self.tokens
        if token not in tokens and token.endswith("_soft"):
            return self.soft(QColor(tokens[token.removesuffix("_soft")]))
        return QColor(tokens[token])

    def soft(self, color: QColor) -> QColor:
        """A quiet ground in the hue of a colour."""
        base = self.color("surface")
        share = 0.22 if self._name == "night" else 0.12
        return QColor.fromRgbF(
            color.redF() * share + base.redF() * (1 - share),
            color.greenF() * share + base.greenF() * (1 - share),
            color.blueF() * share + base.blueF() * (1 - share),
        )

    def light_color(self, light: str) -> QColor:
        """The colour of a light; of no light ("") the quiet text's."""
        return self.color(light if light in LIGHT_NAMES else "text_3")

    def stage_color(self, stage: str) -> QColor:
        """The colour of one of the seven stages."""
        return self.color(f"stage_{stage}")

    def set_name(self, name: str) -> None:
        """Switch to ``day`` or ``night`` and tell everybody."""
        if name == self._name or name not in ("day", "night"):
            return
        self._name = name
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.apply(app)
        self.changed.emit()

    def toggle(self) -> None:
        """Day to night and back."""
        self.set_name("day" if self._name == "night" else "night")

    def palette(self) -> QPalette:
        """The palette for Fusion."""
        c = self.color
        role = QPalette.ColorRole
        palette = QPalette()
        for which, token in (
            (role.Window, "window"),
            (role.WindowText, "text"),
            (role.Base, "surface"),
            (role.AlternateBase, "surface_alt"),
            (role.Text, "text"),
            (role.Button, "surface"),
            (role.ButtonText, "text"),
            (role.BrightText, "on_accent"),
            (role.ToolTipBase, "bar"),
            (role.ToolTipText, "bar_text"),
            (role.PlaceholderText, "text_3"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on_accent"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.Light, "surface"),
            (role.Midlight, "surface_alt"),
            (role.Mid, "border"),
            (role.Dark, "border_strong"),
            (role.Shadow, "shadow"),
            (role.Accent, "accent"),
        ):
            palette.setColor(which, c(token))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, c("disabled"))
        return palette

    def apply(self, app: QApplication) -> None:
        """Give the application this look: style, font, palette and style sheet."""
        from .style import style_sheet

        if app.style().objectName().lower() != "fusion":
            app.setStyle("Fusion")
        app.setFont(base_font())
        app.setPalette(self.palette())
        app.setStyleSheet(style_sheet(self._name, self.tokens))


def base_font(pixels: int = BASE_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The program's typeface at a size in pixels."""
    font = QFont()
    font.setFamilies(FONT_FAMILIES)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


_current: Theme | None = None


def current() -> Theme:
    """The theme in force; a day theme where none was made yet."""
    if _current is None or not shiboken6.isValid(_current):
        return Theme()
    return _current
