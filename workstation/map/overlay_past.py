"""The mark of a map that shows a moment of the past: a frame round it, and a plate that says when and that nothing can be done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from workstation.map.overlay import Overlay
from workstation.map.overlay_palette import Palette, font
from workstation.map.viewport import Viewport

EDGE = 4
PLATE = 30
TOP = 12
WIDE, BELOW = 1000, 44
"""A narrower map has no room beside the box of finding in its corner: the plate is below it."""


class PastMark(Overlay):
    """Lies over everything; ``words`` change while the day is played."""

    z = 90

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._words = ""
        self._font = font(14, bold=True)
        self._width = 0.0

    def say(self, words: str) -> None:
        """Another instant."""
        if words != self._words:
            self._words = words
            self._width = QFontMetricsF(self._font).horizontalAdvance(words) + 2 * PLATE * 0.6
            self.changed()

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """The frame, and the plate in the middle of the upper edge."""
        color = self._palette.color("yellow")
        half = EDGE / 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, EDGE))
        painter.drawRect(QRectF(half, half, view.width - EDGE, view.height - EDGE))
        top = TOP if view.width >= WIDE else TOP + BELOW
        plate = QRectF((view.width - self._width) / 2, top, self._width, PLATE)
        if plate.intersects(dirty):
            painter.setPen(QPen(color, 1.5))
            painter.setBrush(self._palette.color("surface", 240))
            painter.drawRoundedRect(plate, 6, 6)
            painter.setPen(self._palette.color("text"))
            painter.setFont(self._font)
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self._words)
