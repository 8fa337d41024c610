"""Icons by role, drawn from our own SVG files in the colours of the theme: the same sign for the same thing everywhere."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ...paths import resource
from . import theme as themes

ICONS = resource("icons")
_SIZES = (16, 18, 22)
"""The sizes the window uses; each drawing costs time at the start."""


def roles() -> frozenset[str]:
    """The names there is a drawing for."""
    return frozenset(path.stem for path in ICONS.glob("*.svg"))


@cache
def _source(role: str) -> str:
    return (ICONS / f"{role}.svg").read_text(encoding="utf-8")


def svg(role: str, color: QColor) -> QByteArray:
    """The drawing of a role as SVG in that colour. FileNotFoundError for a role that has none."""
    return QByteArray(_source(role).replace("currentColor", color.name()).encode())


@cache
def _pixmap(role: str, color_name: str, size: int, ratio: float) -> QPixmap:
    pixels = round(size * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(svg(role, QColor(color_name))).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(role: str, size: int = 16, color: QColor | str | None = None, ratio: float = 1.0) -> QPixmap:
    """The drawing at ``size`` logical pixels; ``color`` is a colour or a token of the theme (default: text_2)."""
    return _pixmap(role, _color(color or "text_2").name(), size, ratio)


def icon(role: str, color: QColor | str | None = None, on: QColor | str | None = None) -> QIcon:
    """The icon of a role: ``color`` when off (default: the theme's text_2), ``on`` when checked or selected."""
    result = QIcon()
    normal = _color(color or "text_2").name()
    disabled = _color("disabled").name()
    checked = _color(on).name() if on is not None else normal
    for size in _SIZES:
        for ratio in _ratios():
            result.addPixmap(_pixmap(role, normal, size, ratio), QIcon.Mode.Normal, QIcon.State.Off)
            if checked != normal:
                result.addPixmap(_pixmap(role, checked, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
            result.addPixmap(_pixmap(role, disabled, size, ratio), QIcon.Mode.Disabled, QIcon.State.Off)
    return result


def _ratios() -> set[float]:
    """The pixel ratios of the screens there are."""
    return {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}


def icon_size(size: int = 16) -> QSize:
    """A square size."""
    return QSize(size, size)


def _color(value: QColor | str) -> QColor:
    if isinstance(value, QColor):
        return value
    if value.startswith("#"):
        return QColor(value)
    return themes.current().color(value)
