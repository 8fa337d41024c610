"""What the map says of itself: drawing, restarting, failed; and what the tool in hand waits for."""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHideEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from workstation.map.overlay_palette import Palette, font

BOX_REACH = 318
"""How far the box of finding reaches from the left edge of a map."""


class LoadingStrip(QWidget):
    """A thin strip at the top edge with a light that runs along it while a frame is under way."""

    HEIGHT = 3

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(
            Qt.WidgetAttribute.WA_OpaquePaintEvent
        )  # else the map beneath is painted with each of its steps
        self._palette = palette
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=40)
        self._timer.timeout.connect(self.update)
        self.hide()

    def set_busy(self, busy: bool) -> None:
        """Run, or be gone."""
        if busy:
            self._clock.restart()
            self._timer.start()
            self.show()
            self.raise_()
        else:
            self._timer.stop()
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """No timer runs unseen."""
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The running light."""
        painter = QPainter(self)
        accent = self._palette.color("accent")
        painter.fillRect(self.rect(), self._palette.color("window"))
        painter.fillRect(self.rect(), self._palette.color("accent", 50))
        width = max(120.0, self.width() * 0.28)
        at = (self._clock.elapsed() % 1300) / 1300 * (self.width() + width) - width
        gradient = QLinearGradient(at, 0, at + width, 0)
        clear = QColor(accent)
        clear.setAlpha(0)
        gradient.setColorAt(0, clear)
        gradient.setColorAt(0.6, accent)
        gradient.setColorAt(1, clear)
        painter.fillRect(QRectF(at, 0, width, self.height()), gradient)
        painter.end()


class Banner(QWidget):
    """A rounded line of text on the map: a hint while a tool waits, or a notice of what is wrong."""

    closed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self._palette = palette
        self._text = ""
        self._kind = "info"
        self._closable = False
        self._over = False
        self.setMouseTracking(True)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    @property
    def kind(self) -> str:
        """The kind of what is said; "" while hidden."""
        return self._kind if self._text else ""

    @property
    def text(self) -> str:
        """What is said; "" while hidden."""
        return self._text

    def say(self, text: str, kind: str = "info", *, closable: bool = False, for_ms: int = 0) -> None:
        """Say this. ``kind``: info, hint, warning, restarting, error. ``for_ms`` 0: until :meth:`clear`."""
        self._text, self._kind, self._closable = text, kind, closable
        self._timer.stop()
        if for_ms:
            self._timer.start(for_ms)
        width = QFontMetricsF(font(13, bold=True)).horizontalAdvance(text) + 56 + (26 if closable else 0)
        room = max(120, self._host.width() - 40)
        self.resize(min(math.ceil(width), room), 48)
        self.place()
        self.show()
        self.raise_()
        self.update()

    def place(self) -> None:
        """In the middle of the parent's upper edge; below the box of finding where that would be under it."""
        left = (self._host.width() - self.width()) // 2
        self.move(left, 10 if left > BOX_REACH else 52)

    def clear(self) -> None:
        """Be gone."""
        self._timer.stop()
        self._text = ""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dark plate for hints, a coloured one for what is wrong."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._palette.color
        back = {
            "warning": QColor("#7A5200"),
            "restarting": QColor("#7A5200"),
            "error": QColor("#9C2417"),
        }.get(self._kind, QColor(18, 41, 79))
        body = QRectF(self.rect()).adjusted(6, 5, -6, -7)
        painter.setPen(Qt.PenStyle.NoPen)
        for grow, alpha in ((5, 10), (3, 18), (1, 34)):
            painter.setBrush(QColor(10, 20, 40, alpha))
            painter.drawRoundedRect(body.adjusted(-grow, -grow + 2, grow, grow + 2), 18, 18)
        back.setAlpha(240)
        painter.setBrush(back)
        painter.drawRoundedRect(body, 18, 18)
        dot = {"warning": color("yellow"), "error": QColor("#FF9C8F")}.get(self._kind, QColor("#8EB8FF"))
        painter.setBrush(dot)
        painter.drawEllipse(QPointF(body.left() + 18, body.center().y()), 4, 4)
        painter.setPen(QColor("#F2F6FC"))
        painter.setFont(font(13, bold=True))
        room = body.adjusted(32, 0, -34 if self._closable else -12, 0)
        text = QFontMetricsF(painter.font()).elidedText(self._text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        if self._closable:
            painter.setPen(QPen(QColor(255, 255, 255, 255 if self._over else 170), 1.6))
            middle = self._cross()
            painter.drawLine(middle + QPointF(-4, -4), middle + QPointF(4, 4))
            painter.drawLine(middle + QPointF(-4, 4), middle + QPointF(4, -4))
        painter.end()

    def _cross(self) -> QPointF:
        return QPointF(self.width() - 6 - 18, self.height() / 2 - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the cross."""
        over = self._closable and (event.position() - self._cross()).manhattanLength() < 18
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on the cross."""
        if self._closable and (event.position() - self._cross()).manhattanLength() < 18:
            self.clear()
            self.closed.emit()
        event.accept()
