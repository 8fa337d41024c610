"""Cards beside the pointer and what hangs on it: the facts of a case, what a drop would do, the pixmap of a drag."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workstation.map.kept import KeptPicture
from workstation.map.overlay_palette import Palette, font

SHADOW = 8
PAD = 12
GAP = 18


@dataclass(frozen=True)
class Line:
    """A line of a card. ``token`` is the colour; ``key`` marks a choice by number key, ``strong`` the one in force."""

    text: str
    token: str = "text_2"
    strong: bool = False
    key: str = ""


@dataclass(frozen=True)
class CardText:
    """What a card says. ``bar`` is the colour of the stripe at its left; ``badge`` a word in a coloured lozenge."""

    title: str
    lines: Sequence[Line] = field(default_factory=tuple)
    bar: str = "accent"
    badge: str = ""
    badge_token: str = "accent"


def card_size(text: CardText, widest: float = 330.0) -> QSize:
    """The size a card needs, shadow included."""
    title = QFontMetricsF(font(13.5, bold=True))
    width = title.horizontalAdvance(text.title)
    if text.badge:
        width += QFontMetricsF(font(11, bold=True)).horizontalAdvance(text.badge) + 24
    for line in text.lines:
        face = QFontMetricsF(font(12, bold=line.strong))
        width = max(width, face.horizontalAdvance(line.text) + (24 if line.key else 0))
    width = min(width, widest)
    height = 22 + sum(_line_height(line, width) for line in text.lines) + (4 if text.lines else 0)
    return QSize(math.ceil(width + 2 * PAD + 6 + 2 * SHADOW), math.ceil(height + 2 * PAD - 4 + 2 * SHADOW))


def _line_height(line: Line, width: float) -> float:
    metrics = QFontMetricsF(font(12, bold=line.strong))
    space = width - (24 if line.key else 0)
    box = metrics.boundingRect(QRectF(0, 0, space + 1, 1000), Qt.TextFlag.TextWordWrap, line.text)
    return max(20.0, math.ceil(box.height()) + 3.0)


def paint_card(painter: QPainter, rect: QRectF, text: CardText, palette: Palette) -> None:
    """A card inside ``rect`` (shadow included)."""
    color = palette.color
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    body = rect.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    painter.setPen(Qt.PenStyle.NoPen)
    for grow, alpha in ((6, 10), (4, 16), (2, 24), (1, 30)):
        painter.setBrush(QColor(10, 20, 40, alpha))
        painter.drawRoundedRect(body.adjusted(-grow, -grow + 2, grow, grow + 2), 8 + grow, 8 + grow)
    painter.setPen(QPen(palette.rim(), 1))
    painter.setBrush(color("surface", 248))
    painter.drawRoundedRect(body, 8, 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(text.bar))
    painter.drawRoundedRect(QRectF(body.left() + 5, body.top() + 8, 3, body.height() - 16), 1.5, 1.5)
    left, top = body.left() + PAD + 5, body.top() + PAD - 3
    width = body.width() - 2 * PAD - 5
    badge_width = 0.0
    if text.badge:
        face = font(11, bold=True)
        badge_width = QFontMetricsF(face).horizontalAdvance(text.badge) + 14
        box = QRectF(left + width - badge_width, top + 1, badge_width, 18)
        painter.setBrush(color(text.badge_token))
        painter.drawRoundedRect(box, 9, 9)
        painter.setFont(face)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text.badge)
        badge_width += 8
    painter.setFont(font(13.5, bold=True))
    painter.setPen(color("text"))
    title = QFontMetricsF(painter.font()).elidedText(
        text.title, Qt.TextElideMode.ElideRight, width - badge_width
    )
    painter.drawText(QRectF(left, top, width - badge_width, 20), Qt.AlignmentFlag.AlignVCenter, title)
    y = top + 24
    for line in text.lines:
        x = left
        height = _line_height(line, width)
        if line.key:
            key = QRectF(x, y + 1, 17, 17)
            painter.setPen(QPen(color("accent") if line.strong else color("border_strong"), 1))
            painter.setBrush(color("accent") if line.strong else color("surface_alt"))
            painter.drawRoundedRect(key, 4, 4)
            painter.setFont(font(11, bold=True))
            painter.setPen(color("on_accent") if line.strong else color("text_2"))
            painter.drawText(key, Qt.AlignmentFlag.AlignCenter, line.key)
            x += 24
        painter.setFont(font(12, bold=line.strong))
        painter.setPen(color(line.token))
        flags = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(QRectF(x, y, left + width - x + 1, height - 1), flags, line.text)
        y += height


def place_beside(point: QPoint, size: QSize, area: QRect, gap_below: int = GAP) -> QPoint:
    """Where a card goes: below right of the point, on the other side where there is no room."""
    x = point.x() + GAP
    if x + size.width() > area.right():
        x = point.x() - GAP - size.width()
    y = point.y() + gap_below
    if y + size.height() > area.bottom():
        y = point.y() - gap_below - size.height()
    return QPoint(max(area.left(), x), max(area.top(), y))


class FloatingCard(QWidget):
    """A card that follows the pointer and lets every click through."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._palette = palette
        self._text: CardText | None = None
        self._kept = KeptPicture(self)
        self.hide()

    @property
    def text(self) -> CardText | None:
        """What the card says; None while it is hidden."""
        return self._text if self.isVisibleTo(self._host) else None

    def show_at(self, point: QPoint, text: CardText, gap_below: int = GAP) -> None:
        """Say this beside the point (in the parent's coordinates)."""
        if text != self._text:
            self._text = text
            self.resize(card_size(text))
            self.update()
        self.move(place_beside(point, self.size(), self._host.rect(), gap_below))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card."""
        text = self._text
        if text is not None:
            key = text, self._palette.generation
            self._kept.show(
                key, lambda painter: paint_card(painter, QRectF(self.rect()), text, self._palette)
            )
