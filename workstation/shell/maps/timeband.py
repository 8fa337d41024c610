"""The day as a band: what was received, filed, dispatched and closed in each quarter of an hour, and where one stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ..look import theme as themes

QUARTERS = 96
MINUTES = 1440
AXIS = 18
TONES = {
    "received": "stage_build",
    "filed": "stage_dispatch",
    "dispatched": "stage_dispose",
    "closed": "stage_evaluate",
}


class TimeBand(QWidget):
    """``minute`` is where one stands, in minutes from the beginning of the day; ``end`` how far the day is known."""

    moved = Signal(float)
    """Somebody has put the mark at this minute of the day."""
    stepped = Signal(int)
    """Somebody wants the next event (1) or the last one (-1)."""
    toggled = Signal()
    """Play, or stop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[str, Sequence[int]] = {}
        self._minute = 0.0
        self._end = float(MINUTES)
        self._bars = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(62)
        self.setAccessibleName(self.tr("一天的时间"))

    def set_day(self, counts: Mapping[str, Sequence[int]], end: float) -> None:
        """Another day, known up to a minute of it."""
        self._counts, self._end = counts, end
        self._bars = QPixmap()
        self.update()

    def set_minute(self, minute: float) -> None:
        """Stand there; says nothing back."""
        if minute == self._minute:
            return
        for at in (self._minute, minute):
            self.update(round(self._x(at)) - 8, 0, 17, self.height())
        self._minute = minute

    @property
    def minute(self) -> float:
        """Where one stands."""
        return self._minute

    def recolor(self) -> None:
        """Another theme."""
        self._bars = QPixmap()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(720, 62)

    # ---- painting ----

    def _x(self, minute: float) -> float:
        return 8 + minute / MINUTES * (self.width() - 16)

    def _draw(self) -> None:
        """The bars and the axis: painted once for a day, a size and a theme."""
        theme = themes.current()
        ratio = self.devicePixelRatioF()
        self._bars = QPixmap(self.size() * ratio)
        self._bars.setDevicePixelRatio(ratio)
        self._bars.fill(theme.color("surface_alt"))
        painter = QPainter(self._bars)
        floor = self.height() - AXIS
        known = QRectF(self._x(0), 0, self._x(self._end) - self._x(0), floor)
        painter.fillRect(known, theme.color("surface"))
        painter.setFont(themes.base_font(11))
        step = 3 if self.width() >= 560 else 6
        for hour in range(0, 25, step):
            x = self._x(hour * 60)
            painter.setPen(QPen(theme.color("border"), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, floor))
            painter.setPen(theme.color("text_3"))
            left = min(max(x - 20, 0.0), self.width() - 40.0)
            flag = Qt.AlignmentFlag.AlignLeft if hour == 0 else Qt.AlignmentFlag.AlignHCenter
            flag = Qt.AlignmentFlag.AlignRight if hour == 24 else flag
            painter.drawText(QRectF(left, floor + 1, 40, AXIS - 1), flag, f"{hour:02d}:00")
        most = max((max(bars) for bars in self._counts.values()), default=0)
        slot = (self.width() - 16) / QUARTERS
        thick = max(1.0, (slot - 1) / len(TONES))
        painter.setPen(Qt.PenStyle.NoPen)
        for n, (name, tone) in enumerate(TONES.items()):
            painter.setBrush(theme.color(tone))
            for at, count in enumerate(self._counts.get(name, ())):
                if count:
                    high = max(2.0, (floor - 6) * count / most)
                    painter.drawRect(QRectF(8 + at * slot + n * thick, floor - high, thick, high))
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The day, and the mark."""
        if self._bars.isNull():
            self._draw()
        theme = themes.current()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._bars)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, floor = self._x(self._minute), self.height() - AXIS
        color = theme.color("accent" if self.hasFocus() else "text")
        painter.setPen(QPen(color, 2))
        painter.drawLine(QPointF(x, 4), QPointF(x, floor))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF([QPointF(x - 6, 0), QPointF(x + 6, 0), QPointF(x, 8)]))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Painted anew."""
        self._bars = QPixmap()

    # ---- hands ----

    def _minute_at(self, x: float) -> float:
        return min(self._end, max(0.0, (x - 8) / max(1, self.width() - 16) * MINUTES))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.moved.emit(self._minute_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along with the pointer; without a button, say what happened there."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.moved.emit(self._minute_at(event.position().x()))
        else:
            QToolTip.showText(event.globalPosition().toPoint(), self.words_at(event.position().x()), self)

    def words_at(self, x: float) -> str:
        """What happened in the quarter of an hour under a pixel."""
        if not self._counts:
            return ""
        at = min(QUARTERS - 1, int(max(0.0, (x - 8) / max(1, self.width() - 16)) * QUARTERS))
        start, end = at * 15, at * 15 + 15
        values = {name: bars[at] for name, bars in self._counts.items()}
        span = f"{start // 60:02d}:{start % 60:02d}–{end // 60:02d}:{end % 60:02d}"
        words = self.tr("受理 {received}  立案 {filed}  派遣 {dispatched}  结案 {closed}")
        return f"{span}\n{words.format(**values)}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows: a minute, with Shift a quarter of an hour, with Ctrl an event; Home, End; Space plays."""
        key, held = event.key(), event.modifiers()
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if way is not None and held & Qt.KeyboardModifier.ControlModifier:
            self.stepped.emit(way)
        elif way is not None:
            wide = 15 if held & Qt.KeyboardModifier.ShiftModifier else 1
            self.moved.emit(min(self._end, max(0.0, self._minute + way * wide)))
        elif key == Qt.Key.Key_Home:
            self.moved.emit(0.0)
        elif key == Qt.Key.Key_End:
            self.moved.emit(self._end)
        elif key == Qt.Key.Key_Space:
            self.toggled.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The mark says whether the keys are here."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)
