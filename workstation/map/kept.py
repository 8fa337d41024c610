"""What stands on the map is painted anew with every movement under it: so it is painted once, and then only copied.

Numbers that change with every step are put together of signs that are painted once: laying out a line of text takes longer than all
the rest of a strip.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from workstation.map.overlay_palette import font

MOST_SIGNS = 2000


class KeptPicture:
    """A widget's own picture, kept until what it depends on is another."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._key: tuple[object, ...] | None = None
        self._picture = QPixmap()

    def show(self, key: tuple[object, ...], draw: Callable[[QPainter], None]) -> None:
        """In a paint event: bring the picture to the screen; ``draw`` makes it where ``key``, size or pixel ratio have changed."""
        widget = self._widget
        ratio = widget.devicePixelRatioF()
        whole = (*key, widget.width(), widget.height(), ratio)
        if whole != self._key:
            self._picture = QPixmap(widget.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter)
            painter.end()
            self._key = whole
        painter = QPainter(widget)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()


class KeptSigns:
    """Pictures of single signs, by size, weight, colour and pixel ratio; lines of text made of them."""

    def __init__(self) -> None:
        self._signs: dict[tuple[str, float, bool, int, float], tuple[QPixmap, float]] = {}

    def sign(
        self, sign: str, size: float, color: QColor, dpr: float, *, bold: bool = False
    ) -> tuple[QPixmap, float]:
        """A sign as high as its line, and how far it is to the next one, in logical pixels."""
        key = sign, size, bold, color.rgba(), dpr
        found = self._signs.get(key)
        if found is None:
            if len(self._signs) > MOST_SIGNS:
                self._signs.clear()
            face = font(size, bold=bold)
            metrics = QFontMetricsF(face)
            advance = metrics.horizontalAdvance(sign)
            picture = QPixmap(
                math.ceil((math.ceil(advance) + 2) * dpr / 2) * 2,
                math.ceil(math.ceil(metrics.height()) * dpr / 2) * 2,
            )
            picture.setDevicePixelRatio(dpr)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setFont(face)
            painter.setPen(color)
            painter.drawText(QPointF(0, metrics.ascent()), sign)
            painter.end()
            found = self._signs[key] = picture, advance
        return found

    def width(self, text: str, size: float, color: QColor, dpr: float, *, bold: bool = False) -> float:
        """How wide the line is."""
        return sum(self.sign(sign, size, color, dpr, bold=bold)[1] for sign in text)

    def write(
        self,
        painter: QPainter,
        left: float,
        middle: float,
        text: str,
        size: float,
        color: QColor,
        dpr: float,
        *,
        bold: bool = False,
    ) -> None:
        """Write a line whose left edge and whose middle are here, on whole device pixels."""
        for sign in text:
            picture, advance = self.sign(sign, size, color, dpr, bold=bold)
            top = middle - picture.height() / dpr / 2
            painter.drawPixmap(QPointF(round(left * dpr) / dpr, round(top * dpr) / dpr), picture)
            left += advance
