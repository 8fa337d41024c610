"""The picture of many cases at one place: how many, how the lights share among them, how many are overdue or selected.

The ring tells the lights by form as well as by colour: overdue is thick and whole, due soon thick and broken, in time thin,
no clock thinnest and dotted; a bubble with overdue cases wears the exclamation mark of an overdue case, and one of which most are
overdue is filled. Pictures are put together of a few painted once, so that a new scale costs no frame.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QRadialGradient

from workstation.map.kept import KeptSigns
from workstation.map.overlay_palette import Palette

SIZES = ((5, 15.0), (10, 17.0), (25, 19.5), (100, 22.0), (1000, 25.0))
LARGEST = 28.0
PARTS = 8
"""Steps in which the ring tells shares; a light that is there has at least one."""
MOST_BYTES = 24_000_000
"""So much of pictures is kept for one map."""
_ROOM = 9.0
_WIDTHS = (2.2, 2.6, 4.6, 5.4)
"""Of the ring by light: none, green, yellow, red."""


def bubble_radius(total: int) -> float:
    """The radius of a bubble of so many cases: six sizes, growing slowly."""
    return next((radius for limit, radius in SIZES if total < limit), LARGEST)


def count_text(total: int) -> str:
    """How many, in at most five signs."""
    return str(total) if total < 1000 else f"{total / 1000:.1f}k" if total < 99_950 else "99k+"


class Look(NamedTuple):
    """All that a bubble's ground depends on. ``selected``: none of its cases, some (1) or all (2)."""

    radius: float
    shares: tuple[int, int, int, int]
    full: bool
    selected: int
    hovered: bool


def look_of(lights: tuple[int, int, int, int], selected: int, *, hovered: bool) -> Look:
    """The look of a group with so many of each light (none, green, yellow, red), of which so many are selected."""
    total = sum(lights)
    parts = [0 if not n else max(1, round(PARTS * n / total)) for n in lights]
    marked = 0 if not selected else 2 if selected == total else 1
    return Look(
        bubble_radius(total),
        (parts[0], parts[1], parts[2], parts[3]),
        2 * lights[3] > total,
        marked,
        hovered,
    )


class BubblePictures:
    """Paints and keeps them, for one palette; :meth:`clear` when its colours have changed."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._grounds: dict[tuple[Look, float], QPixmap] = {}
        self._signs = KeptSigns()
        self._whole: dict[tuple[Look, str, float], QPixmap] = {}
        self._bytes = 0

    def clear(self) -> None:
        """Other colours: paint anew."""
        self._grounds.clear()
        self._whole.clear()
        self._bytes = 0

    def known(self, look: Look, text: str, dpr: float) -> QPixmap | None:
        """The picture, if it has been made."""
        return self._whole.get((look, text, dpr))

    def picture(self, look: Look, text: str, dpr: float) -> QPixmap:
        """The picture; its middle is the group's position."""
        found = self._whole.get((look, text, dpr))
        if found is None:
            ground = self._ground(look, dpr)
            found = QPixmap(ground)
            painter = QPainter(found)
            middle = found.width() / dpr / 2
            self._write(painter, middle, middle, look, text, dpr)
            painter.end()
            self._keep(found)
            self._whole[look, text, dpr] = found
        return found

    def paint_plain(self, painter: QPainter, x: float, y: float, look: Look, text: str, dpr: float) -> None:
        """What is shown for it while its own picture has not been made: the count on a ground without shares. There are few
        such grounds, so they are there at once."""
        ground = self._ground(look._replace(shares=(0, 0, 0, 0)), dpr)
        half = ground.width() / dpr / 2
        painter.drawPixmap(QPointF(round((x - half) * dpr) / dpr, round((y - half) * dpr) / dpr), ground)
        self._write(painter, x, y, look, text, dpr)

    def _write(self, painter: QPainter, x: float, y: float, look: Look, text: str, dpr: float) -> None:
        size = 12.5 if len(text) < 4 else 11.0
        color = QColor("#FFFFFF") if look.full else self._palette.color("text")
        left = x - self._signs.width(text, size, color, dpr, bold=True) / 2
        self._signs.write(painter, left, y, text, size, color, dpr, bold=True)

    def _ground(self, look: Look, dpr: float) -> QPixmap:
        found = self._grounds.get((look, dpr))
        if found is None:
            radius = look.radius * (1.08 if look.hovered else 1.0)
            side = 2 * (radius + _ROOM)
            found = _canvas(side, side, dpr)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(found.width() / dpr / 2, found.height() / dpr / 2)
            self._paint_ground(painter, look, radius)
            painter.end()
            self._keep(found)
            self._grounds[look, dpr] = found
        return found

    def _keep(self, picture: QPixmap) -> None:
        """One more is kept; when they have become many, the others go: a dense screen's are four times as large."""
        self._bytes += picture.width() * picture.height() * 4
        if self._bytes > MOST_BYTES:
            self._grounds.clear()
            self._whole.clear()
            self._bytes = 0

    def _paint_ground(self, painter: QPainter, look: Look, radius: float) -> None:
        color = self._palette.color
        if look.selected:
            pen = QPen(color("accent"), 3.0)
            if look.selected == 1:
                pen.setDashPattern([1.6, 1.1])
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.setBrush(color("surface", 220))
            painter.drawEllipse(QPointF(0, 0), radius + 4.5, radius + 4.5)
        shade = QRadialGradient(QPointF(0, 1.5), radius + 4)
        shade.setColorAt(0.82, QColor(10, 20, 40, 80))
        shade.setColorAt(1.0, QColor(10, 20, 40, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(shade))
        painter.drawEllipse(QPointF(0, 1.5), radius + 4, radius + 4)
        painter.setBrush(color("surface"))
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        if look.full:
            painter.setBrush(color("red"))
            inner = radius - _WIDTHS[3] - 2.4
            painter.drawEllipse(QPointF(0, 0), inner, inner)
        self._paint_ring(painter, look.shares, radius)
        if look.shares[3]:
            paint_overdue_sign(painter, QPointF(radius * 0.76, -radius * 0.76), color("red"))

    def _paint_ring(self, painter: QPainter, shares: tuple[int, int, int, int], radius: float) -> None:
        total = sum(shares)
        if not total:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        angle = 90.0
        for light in (3, 2, 1, 0):
            if not shares[light]:
                continue
            span = 360.0 * shares[light] / total
            gap = 6.0 if span < 355 else 0.0
            width = _WIDTHS[light]
            reach = radius - 1 - width / 2
            tokens = ("text_3", "green", "yellow", "red")
            pen = QPen(self._palette.color(tokens[light]), width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if light == 2:
                pen.setDashPattern([1.3, 0.45])
            elif light == 0:
                pen.setDashPattern([0.9, 1.1])
            painter.setPen(pen)
            box = QRectF(-reach, -reach, 2 * reach, 2 * reach)
            painter.drawArc(box, round(16 * (angle - gap / 2)), round(-16 * max(2.0, span - gap)))
            angle -= span


def paint_overdue_sign(painter: QPainter, at: QPointF, red: QColor) -> None:
    """The exclamation mark of what is overdue: tells red without colour."""
    painter.setPen(QPen(QColor("#FFFFFF"), 1.4))
    painter.setBrush(red)
    painter.drawEllipse(at, 5.2, 5.2)
    painter.setPen(QPen(QColor("#FFFFFF"), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(at.x(), at.y() - 2.4), QPointF(at.x(), at.y() + 0.5))
    painter.drawPoint(QPointF(at.x(), at.y() + 2.6))


def _canvas(width: float, height: float, dpr: float) -> QPixmap:
    picture = QPixmap(math.ceil(width * dpr / 2) * 2, math.ceil(height * dpr / 2) * 2)
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
