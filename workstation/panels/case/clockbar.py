"""A clock drawn: what counted, what did not and why, where it turns yellow, where it ends, and where it is now.

Nights and weekends would dwarf the working time, so a stretch that does not count is drawn no longer than a share of
the time that does; its true length stands in the legend, in the list below the bar and in its tooltip.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workstation.shell.look import theme as themes
from workstation.shell.texts import text
from workstation.workflow.clock import Entry, Ledger
from workstation.workflow.handbook import Handbook

from .clockwords import DAYS_OFF, is_pause, short_text, told

_LONGEST = {"lunch": 0.025, "night": 0.035, "weekend": 0.07}
"""How much of the counted time's width an uncounted stretch takes at most, by its cause."""
_LONGEST_OTHER, _LEAST_OTHER, _LEAST = 0.16, 0.09, 0.012


def tone_of(entry: Entry) -> str:
    """The colour's token of a stretch: counted, late, off duty, day off, paused."""
    if entry.counted:
        return "red" if entry.cause == "late" else "accent"
    if is_pause(entry):
        return "stage_dispatch"
    return "stage_dispose" if entry.cause in DAYS_OFF else "text_3"


def paint_stretch(painter: QPainter, box: QRectF, entry: Entry) -> None:
    """Counted: solid. Not counted: a quiet ground with strokes, so that it is told without its colour too."""
    theme = themes.current()
    tone = theme.color(tone_of(entry))
    if entry.counted:
        painter.fillRect(box, tone)
        return
    painter.fillRect(box, theme.soft(tone))
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    pen = QColor(tone)
    pen.setAlpha(95)
    painter.setPen(QPen(pen, 1))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += 5
    painter.restore()


class ClockBar(QWidget):
    """One ledger as a bar: the marks above it, the days and the deadline below."""

    _TOP, _HEIGHT, _SIDE = 20, 24, 6
    _WHOLE = 66

    def __init__(
        self,
        handbook: Handbook,
        names: Mapping[str, str],
        article: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``article`` is what the clock's limit rests on."""
        super().__init__(parent)
        self._handbook = handbook
        self._names = names
        self._article = article
        self._ledger: Ledger | None = None
        self._until: datetime | None = None
        self._stopped = False
        self._pieces: list[tuple[float, float, Entry]] = []
        self._under: Entry | None = None
        self.setFixedHeight(self._WHOLE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def set_ledger(self, ledger: Ledger, until: datetime, stopped: bool) -> None:
        """Show a ledger; ``until`` is now, or when the clock stopped."""
        self._ledger, self._until, self._stopped = ledger, until, stopped
        self._lay()
        self.setAccessibleName(QCoreApplication.translate("ClockBar", "计时过程"))
        self.setAccessibleDescription("\n".join(self._told(entry) for _, _, entry in self._pieces))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, self._WHOLE)

    def stretch_at(self, x: float) -> Entry | None:
        """The stretch drawn at that place of the widget."""
        share = (x - self._SIDE) / max(1.0, self._bar().width())
        return next((entry for left, right, entry in self._pieces if left <= share <= right), None)

    def _told(self, entry: Entry) -> str:
        return told(entry, self._handbook, self._names, self._article)

    def _bar(self) -> QRectF:
        return QRectF(self._SIDE, self._TOP, self.width() - 2 * self._SIDE, self._HEIGHT)

    # ---- where everything lies ----

    def _lay(self) -> None:
        """The stretches from 0 to 1: counted ones by their length, others no longer than a share."""
        assert self._ledger is not None
        listed = [entry for entry in self._ledger.entries if entry.end > entry.start]
        counted = sum((e.end - e.start).total_seconds() for e in listed if e.counted) or 1.0
        sizes = [_size(entry, counted) for entry in listed]
        total = sum(sizes) or 1.0
        at = 0.0
        self._pieces = []
        for entry, size in zip(listed, sizes, strict=True):
            self._pieces.append((at / total, (at + size) / total, entry))
            at += size

    def _place(self, instant: datetime | None) -> float | None:
        """Where an instant lies, 0 to 1."""
        if instant is None or not self._pieces:
            return None
        for left, right, entry in self._pieces:
            if entry.start <= instant <= entry.end:
                return left + (right - left) * ((instant - entry.start) / (entry.end - entry.start))
        return 0.0 if instant < self._pieces[0][2].start else 1.0

    # ---- drawing ----

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ledger is None:
            return
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = self._bar()
        clip = QPainterPath()
        clip.addRoundedRect(bar, 4, 4)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(bar, theme.color("sunken"))
        boxes = [
            (
                QRectF(
                    bar.left() + a * bar.width(), bar.top(), max(1.0, (b - a) * bar.width()), bar.height()
                ),
                e,
            )
            for a, b, e in self._pieces
        ]
        for box, entry in boxes:
            paint_stretch(painter, box, entry)
        now = self._place(self._until)
        if now is not None and not self._stopped:
            veil = QColor(theme.color("surface"))
            veil.setAlpha(150)
            x = bar.left() + now * bar.width()
            painter.fillRect(QRectF(x, bar.top(), bar.right() - x, bar.height()), veil)
        for box, entry in boxes:
            self._paint_word(painter, box, entry)
        painter.restore()
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.drawPath(clip)
        self._paint_marks(painter, bar, now)
        self._paint_axis(painter, bar)

    def _paint_word(self, painter: QPainter, box: QRectF, entry: Entry) -> None:
        """What a stretch is, where there is room for the word; and a frame around the one under the pointer."""
        theme = themes.current()
        if entry is self._under:
            painter.setPen(QPen(theme.color("text"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        if entry.counted and entry.cause != "make_up":
            return
        words = short_text(entry, self._handbook)
        painter.setFont(themes.base_font(11))
        if painter.fontMetrics().horizontalAdvance(words) + 4 > box.width():
            return
        painter.setPen(theme.color("on_accent" if entry.counted else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_marks(self, painter: QPainter, bar: QRectF, now: float | None) -> None:
        """The yellow and the red line, and now."""
        assert self._ledger is not None
        theme = themes.current()
        painter.setFont(themes.base_font(11))
        for instant, tone in ((self._ledger.yellow_at, "yellow"), (self._ledger.due_at, "red")):
            share = self._place(instant)
            # A clock that stopped in time ends before its marks.
            if share is not None and instant is not None and instant <= self._pieces[-1][2].end:
                x = bar.left() + share * bar.width()
                painter.setPen(QPen(theme.color(tone), 2))
                painter.drawLine(QPointF(x, bar.top() - 4), QPointF(x, bar.bottom() + 4))
        if now is None:
            return
        x = bar.left() + now * bar.width()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text"))
        painter.drawPolygon(
            QPolygonF([QPointF(x, bar.top()), QPointF(x - 5, bar.top() - 8), QPointF(x + 5, bar.top() - 8)])
        )
        word = (
            QCoreApplication.translate("ClockBar", "停止 {time}")
            if self._stopped
            else QCoreApplication.translate("ClockBar", "现在 {time}")
        ).format(time=text.time_text(self._until))
        width = painter.fontMetrics().horizontalAdvance(word) + 4
        left = x + 8 if x + 8 + width < bar.right() else x - 8 - width
        painter.setPen(theme.color("text_2"))
        painter.drawText(QRectF(left, 1, width, 15), Qt.AlignmentFlag.AlignVCenter, word)

    def _paint_axis(self, painter: QPainter, bar: QRectF) -> None:
        """Below: when it began, when it ends, and between them the days as far as there is room."""
        assert self._ledger is not None
        if not self._pieces:
            return
        theme = themes.current()
        painter.setFont(themes.base_font(11))
        metrics = painter.fontMetrics()
        top, taken = bar.bottom() + 5, []
        due = self._place(self._ledger.due_at)
        if due is not None:
            words = QCoreApplication.translate("ClockBar", "截止 {time}").format(
                time=text.time_text(self._ledger.due_at)
            )
            width = metrics.horizontalAdvance(words) + 2
            left = min(max(bar.left() + due * bar.width() - width / 2, bar.left()), bar.right() - width)
            painter.setPen(theme.color("text"))
            painter.drawText(QRectF(left, top, width, 16), Qt.AlignmentFlag.AlignLeft, words)
            taken.append((left - 8, left + width + 8))
        first = self._pieces[0][2].start
        marks = [(0.0, text.time_text(first))]
        marks += [(share, words) for share, words in self._days()]
        for share, words in marks:
            width = metrics.horizontalAdvance(words) + 2
            x = bar.left() + share * bar.width()
            if share:
                painter.setPen(QPen(theme.color("border_strong"), 1))
                painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 4))
            left = x
            if left + width > bar.right() or any(left < b and left + width > a for a, b in taken):
                continue
            painter.setPen(theme.color("text_3"))
            painter.drawText(QRectF(left, top, width, 16), Qt.AlignmentFlag.AlignLeft, words)
            taken.append((left - 8, left + width + 8))

    def _days(self) -> list[tuple[float, str]]:
        """Where each local day begins, and its date."""
        start, end = text.local(self._pieces[0][2].start), self._pieces[-1][2].end
        day = start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        out: list[tuple[float, str]] = []
        while day < end and len(out) < 400:
            share = self._place(day)
            if share is not None:
                out.append((share, f"{day:%m-%d}"))
            day += timedelta(days=1)
        return out

    # ---- under the pointer ----

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.stretch_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def _point_at(self, entry: Entry | None) -> None:
        if entry is not self._under:
            self._under = entry
            self.update()

    def event(self, event: QEvent) -> bool:
        """A stretch says its times, its cause and what it rests on under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            entry = self.stretch_at(event.pos().x())
            if entry is not None:
                QToolTip.showText(event.globalPos(), self._told(entry), self)
                return True
        return super().event(event)


def _size(entry: Entry, counted: float) -> float:
    """How wide a stretch is drawn, in seconds of counted time."""
    real = (entry.end - entry.start).total_seconds()
    if entry.counted:
        return max(real, counted * _LEAST)
    if entry.cause in _LONGEST:
        return min(real, counted * _LONGEST[entry.cause])
    return min(max(real, counted * _LEAST_OTHER), counted * _LONGEST_OTHER)
