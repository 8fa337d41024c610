"""What lies or stands on the map is painted anew with every movement under it: so it is painted once, and then only copied.

Numbers that change with every step are put together of signs that are painted once: laying out a line of text takes longer than all
the rest of a strip.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from workstation.map.overlay_palette import font
from workstation.map.viewport import Viewport

MOST_SIGNS = 2000


def roomy(had: QPixmap | None, width: int, height: int, dpr: float, *, opaque: bool = False) -> QPixmap:
    """A picture of at least so many logical pixels: the one there was, where it is large enough. What is in it is chance.
    ``opaque``: all of it will be painted; bringing it to the screen then copies instead of blending."""
    size = QSize(math.ceil(width * dpr), math.ceil(height * dpr))
    if had is None or had.width() < size.width() or had.height() < size.height():
        had = QPixmap(size if had is None else size.expandedTo(had.size()))
        if not opaque:
            had.fill(Qt.GlobalColor.transparent)  # one that begins without transparency never has it
    had.setDevicePixelRatio(dpr)
    return had


def painter_on(picture: QPixmap, width: int, height: int, *, opaque: bool = False) -> QPainter:
    """Paints into so many logical pixels of it, which are emptied first, unless all of them will be painted (``opaque``)."""
    part = QRect(0, 0, width, height)
    painter = QPainter(picture)
    if not opaque:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(part, Qt.GlobalColor.transparent)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setClipRect(part)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


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
        wide = QSize(view.width + 2 * self._slack, view.height + 2 * self._slack)
        corner = shift - QPointF(self._slack, self._slack)
        painter.drawPixmap(QRectF(corner, wide), self._picture, QRectF(QPointF(), QSizeF(wide) * dpr))

    def get_memory(self, view: Viewport, dpr: float, slack: int = 0) -> None:
        """Have the memory of a picture of this view ready: getting it takes longer than painting into it."""
        self.forget()
        self._picture = roomy(
            self._picture, view.width + 2 * slack, view.height + 2 * slack, dpr, opaque=self._opaque
        )

    def _shift(self, view: Viewport) -> QPointF | None:
        """By how many pixels the picture lies elsewhere in this view; None where it does not reach to the window's edges."""
        made = self._view
        if made is None:
            return None
        x, y = round((made.cx - view.cx) / view.res), round((view.cy - made.cy) / view.res)
        return QPointF(x, y) if max(abs(x), abs(y)) <= self._slack else None

    def _make(self, view: Viewport, dpr: float, draw: Callable[[QPainter, Viewport], None]) -> None:
        wide = view.grown(self._slack) if self._slack else view
        self._picture = roomy(self._picture, wide.width, wide.height, dpr, opaque=self._opaque)
        inner = painter_on(self._picture, wide.width, wide.height, opaque=self._opaque)
        draw(inner, wide)
        inner.end()
        self._view = view


class KeptPatch:
    """A thing on the map, kept as a picture of the pixels of the window that it takes, as long as the view stays."""

    def __init__(self) -> None:
        self._key: object = None
        self._box = QRect()
        self._picture: QPixmap | None = None

    def forget(self) -> None:
        """It looks different now."""
        self._key = None

    def paint(
        self,
        painter: QPainter,
        view: Viewport,
        dpr: float,
        key: object,
        box: QRectF,
        draw: Callable[[QPainter], None],
    ) -> None:
        """Paint it under ``view``; ``draw`` does so, once as long as ``key`` and view are the same. ``box``: the pixels that it takes,
        in the window or not."""
        if (key, view, dpr) != self._key:
            self._make(view, dpr, box, draw)
            self._key = key, view, dpr
        if self._picture is not None and not self._box.isEmpty():
            painter.drawPixmap(
                QRectF(self._box), self._picture, QRectF(QPointF(), QSizeF(self._box.size()) * dpr)
            )

    def get_memory(self, view: Viewport, dpr: float) -> None:
        """Have the memory of a picture as large as the window ready."""
        self.forget()
        self._picture = roomy(self._picture, view.width, view.height, dpr)

    def _make(self, view: Viewport, dpr: float, box: QRectF, draw: Callable[[QPainter], None]) -> None:
        self._box = box.toAlignedRect() & QRect(0, 0, view.width, view.height)
        if self._box.isEmpty():
            return
        self._picture = roomy(self._picture, self._box.width(), self._box.height(), dpr)
        inner = painter_on(self._picture, self._box.width(), self._box.height())
        inner.translate(-self._box.topLeft())
        draw(inner)
        inner.end()


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
