"""What lies or stands on the map is painted anew with every movement under it: so it is painted once, and then only copied.

Numbers that change with every step are put together of signs that are painted once: laying out a line of text takes longer than all
the rest of a strip.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from workstation.map.overlay_palette import font
from workstation.map.viewport import Viewport

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


class KeptLayer:
    """A part of the map's painting, kept as a picture while a gesture goes over it. ``opaque``: it fills the window.

    The picture's memory stays for the next one: of a whole window's picture most of the time goes into getting its memory.
    """

    def __init__(self, *, opaque: bool = False) -> None:
        self._slack = 0
        self._opaque = opaque
        self._key: object = None
        self._view: Viewport | None = None
        self._picture: QPixmap | None = None

    @property
    def kept(self) -> bool:
        """Whether a picture of it is on hand."""
        return self._view is not None

    def forget(self) -> None:
        """It looks different now, or the gesture is over."""
        self._key = self._view = None

    def paint(
        self,
        painter: QPainter,
        view: Viewport,
        dpr: float,
        key: object,
        draw: Callable[[QPainter, Viewport], None],
        slack: int = 0,
    ) -> None:
        """Paint it under ``view``; ``draw(painter, view)`` does so where ``key`` has just become another, which leaves no time for
        a picture, and makes the picture at the next painting: good for every view of the same scale within ``slack`` pixels."""
        whole = key, view.res, view.width, view.height, dpr
        if whole != self._key:
            self._key, self._view = whole, None
            draw(painter, view)
            return
        shift = self._shift(view)
        if shift is None:
            self._slack = slack
            self._make(view, dpr, draw)
            shift = QPointF()
        assert self._picture is not None
        painter.drawPixmap(shift - QPointF(self._slack, self._slack), self._picture)

    def _shift(self, view: Viewport) -> QPointF | None:
        """By how many pixels the picture lies elsewhere in this view; None where it does not reach to the window's edges."""
        made = self._view
        if made is None:
            return None
        x, y = round((made.cx - view.cx) / view.res), round((view.cy - made.cy) / view.res)
        return QPointF(x, y) if max(abs(x), abs(y)) <= self._slack else None

    def _make(self, view: Viewport, dpr: float, draw: Callable[[QPainter, Viewport], None]) -> None:
        wide = view.grown(self._slack) if self._slack else view
        size = QSize(math.ceil(wide.width * dpr), math.ceil(wide.height * dpr))
        picture = self._picture
        if picture is None or picture.size() != size:
            picture = QPixmap(size)
        picture.setDevicePixelRatio(dpr)
        if not self._opaque:
            picture.fill(Qt.GlobalColor.transparent)
        inner = QPainter(picture)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(inner, wide)
        inner.end()
        self._view, self._picture = view, picture


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
