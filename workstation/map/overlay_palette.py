"""The colours the overlay paints with: the theme's tokens where there is a theme, a day palette of its own where not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtGui import QColor, QFont

_DAY: Mapping[str, str] = {
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
    "window": "#EDF0F4",
    "surface": "#FFFFFF",
    "surface_alt": "#F7F9FB",
    "border": "#DDE3EA",
    "border_strong": "#BCC6D2",
    "text": "#17202E",
    "text_2": "#475467",
    "text_3": "#74818F",
    "disabled": "#A5AFBC",
    "accent": "#1D4E9E",
    "accent_soft": "#E6EEFA",
    "on_accent": "#FFFFFF",
    "hover": "#F0F4F9",
    "focus": "#5E92EA",
    "shadow": "#30405A",
}

FONT_FAMILIES = ["Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI", "PingFang SC", "sans-serif"]


class ColorSource(Protocol):
    """What a theme must offer; KeyError for a token it does not know."""

    def color(self, token: str) -> QColor:
        """The colour of a token."""
        ...


class Palette:
    """Colours by token. ``generation`` grows with each change, so that cached pictures know they are old."""

    def __init__(self, source: ColorSource | None = None) -> None:
        self._source = source
        self._cache: dict[str, QColor] = {}
        self.generation = 0

    def set_source(self, source: ColorSource | None) -> None:
        """Paint with another theme."""
        self._source = source
        self.refresh()

    def refresh(self) -> None:
        """The theme has changed."""
        self._cache.clear()
        self.generation += 1

    def color(self, token: str, alpha: int = 255) -> QColor:
        """The colour of a token, made translucent where ``alpha`` says so."""
        color = self._cache.get(token)
        if color is None:
            color = self._source.color(token) if self._source is not None else QColor(_DAY[token])
            self._cache[token] = color
        if alpha == 255:
            return color
        out = QColor(color)
        out.setAlpha(alpha)
        return out

    def rim(self) -> QColor:
        """The edge of a plate that lies on the map."""
        return self.color("border_strong" if self.dark else "border")

    @property
    def dark(self) -> bool:
        """Whether the theme is a night one."""
        return self.color("surface").lightness() < 128


def font(pixels: float, *, bold: bool = False) -> QFont:
    """The map's typeface at a size in logical pixels."""
    out = QFont()
    out.setFamilies(FONT_FAMILIES)
    out.setPixelSize(max(1, round(pixels)))
    out.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return out
