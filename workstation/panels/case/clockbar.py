"""A clock drawn: what counted, what did not and why, where it turns yellow, where it ends, and where it is now.

Nights and weekends would dwarf the working time, so a stretch that does not count is drawn no longer than a share of
the time that does; its true length stands in the list below the bar and in its tooltip.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workstation.shell import text
from workstation.shell import theme as themes
from workstation.shell.widgets import soft
from workstation.workflow.clock import Entry, Ledger
from workstation.workflow.handbook import Handbook


def cause_text(entry: Entry, handbook: Handbook, names: Mapping[str, str]) -> str:
    """Why a stretch counted or did not: 午休; 法定节假日（国庆节）; 挂账暂停（谁，为什么）."""
    words = text.label(handbook, "causes", entry.cause)
    detail = entry.detail
    if entry.cause == "suspended":
        by = names.get(str(detail.get("by", "")), str(detail.get("by", "")))
        extra = "，".join(part for part in (by, str(detail.get("reason", ""))) if part)
    else:
        extra = str(detail.get("name", ""))
    return f"{words}（{extra}）" if extra else words


def span_text(start: datetime, end: datetime) -> str:
    """``11-21 09:00–11:30``, with the second date where it is another."""
    a, b = text.local(start), text.local(end)
    tail = b.strftime("%H:%M") if a.date() == b.date() else b.strftime("%m-%d %H:%M")
    return f"{a:%m-%d %H:%M} – {tail}"


class ClockBar(QWidget):
    """One ledger as a bar of 56 pixels."""

    _TOP = 18
    _HEIGHT = 18

    def __init__(self, handbook: Handbook, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._handbook = handbook
        self._names = names
        self._ledger: Ledger | None = None
        self._until: datetime | None = None
        self._stopped = False
        self._pieces: list[tuple[float, float, Entry]] = []
        self.setFixedHeight(58)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def set_ledger(self, ledger: Ledger, until: datetime, stopped: bool) -> None:
        """Show a ledger; ``until`` is now, or when the clock stopped."""
        self._ledger, self._until, self._stopped = ledger, until, stopped
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 58)

    def _lay(self) -> None:
        """The stretches from 0 to 1: counted ones by their length, others no longer than a share."""
        assert self._ledger is not None
        listed = [entry for entry in self._ledger.entries if entry.end > entry.start]
        counted = sum((e.end - e.start).total_seconds() for e in listed if e.counted) or 1.0
        most = counted * 0.10
        sizes = [
            max((e.end - e.start).total_seconds(), counted * 0.012)
            if e.counted
            else min((e.end - e.start).total_seconds(), most)
            for e in listed
        ]
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
                share = (instant - entry.start).total_seconds() / max(
                    (entry.end - entry.start).total_seconds(), 1e-9
                )
                return left + (right - left) * share
        return 0.0 if instant < self._pieces[0][2].start else 1.0

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ledger is None:
            return
        self._lay()
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() - 12
        bar = QRectF(6, self._TOP, width, self._HEIGHT)
        clip = QPainterPath()
        clip.addRoundedRect(bar, 4, 4)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(bar, theme.color("sunken"))
        now = self._place(self._until)
        for left, right, entry in self._pieces:
            box = QRectF(bar.left() + left * width, bar.top(), max(1.0, (right - left) * width), bar.height())
            self._paint_piece(painter, box, entry)
        if now is not None and not self._stopped:
            rest = QRectF(bar.left() + now * width, bar.top(), (1 - now) * width, bar.height())
            veil = QColor(theme.color("surface"))
            veil.setAlpha(150)
            painter.fillRect(rest, veil)
        painter.restore()
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.drawPath(clip)
        self._paint_marks(painter, bar, now)

    def _paint_piece(self, painter: QPainter, box: QRectF, entry: Entry) -> None:
        theme = themes.current()
        if entry.counted:
            painter.fillRect(box, theme.color("red" if entry.cause == "late" else "accent"))
            return
        tone = theme.color("stage_dispatch") if entry.cause == "suspended" else theme.color("text_3")
        painter.fillRect(box, soft(tone))
        painter.save()
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        pen = QColor(tone)
        pen.setAlpha(110)
        painter.setPen(QPen(pen, 1))
        x = box.left() - box.height()
        while x < box.right():
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
            x += 6
        painter.restore()

    def _paint_marks(self, painter: QPainter, bar: QRectF, now: float | None) -> None:
        assert self._ledger is not None
        theme = themes.current()
        painter.setFont(themes.base_font(11))
        due, yellow = self._place(self._ledger.due_at), self._place(self._ledger.yellow_at)
        for share, tone in ((yellow, "yellow"), (due, "red")):
            if share is None:
                continue
            x = bar.left() + share * bar.width()
            painter.setPen(QPen(theme.color(tone), 2))
            painter.drawLine(QPointF(x, bar.top() - 3), QPointF(x, bar.bottom() + 3))
        below = bar.bottom() + 4
        painter.setPen(theme.color("text_3"))
        first = self._pieces[0][2].start if self._pieces else None
        painter.drawText(
            QRectF(bar.left(), below, 120, 16), Qt.AlignmentFlag.AlignLeft, text.time_text(first)
        )
        if due is not None:
            words = self._tr_due().format(time=text.time_text(self._ledger.due_at))
            self._word(painter, words, due, below, bar, "text_2", 130 if due < 0.4 else 0)
        if now is not None:
            x = bar.left() + now * bar.width()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("text"))
            painter.drawPolygon(
                QPolygonF(
                    [QPointF(x, bar.top() - 1), QPointF(x - 5, bar.top() - 8), QPointF(x + 5, bar.top() - 8)]
                )
            )
            word = (
                QCoreApplication.translate("ClockBar", "停止")
                if self._stopped
                else QCoreApplication.translate("ClockBar", "现在")
            )
            width = painter.fontMetrics().horizontalAdvance(word)
            left = x + 8 if x + 12 + width < bar.right() else x - 10 - width
            painter.setPen(theme.color("text_2"))
            painter.drawText(QRectF(left, 0, width + 4, 14), Qt.AlignmentFlag.AlignVCenter, word)

    @staticmethod
    def _tr_due() -> str:
        return QCoreApplication.translate("ClockBar", "截止 {time}")

    def _word(
        self, painter: QPainter, words: str, share: float, y: float, bar: QRectF, tone: str, keep_left: float
    ) -> None:
        painter.setPen(themes.current().color(tone))
        width = painter.fontMetrics().horizontalAdvance(words) + 2
        left = bar.left() + share * bar.width() - width / 2
        left = min(max(left, bar.left() + keep_left), bar.right() - width)
        painter.drawText(QRectF(left, y, width, 16), Qt.AlignmentFlag.AlignLeft, words)

    def event(self, event: QEvent) -> bool:
        """A stretch says its times and its cause under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._pieces:
            share = (event.pos().x() - 6) / max(1, self.width() - 12)
            piece = next((p for p in self._pieces if p[0] <= share <= p[1]), None)
            if piece is not None:
                entry = piece[2]
                words = (
                    f"{span_text(entry.start, entry.end)}\n{cause_text(entry, self._handbook, self._names)}"
                )
                QToolTip.showText(event.globalPos(), words, self)
                return True
        return super().event(event)
