"""A year as twelve small months, or one month large: every day in the colour of what it is."""

from __future__ import annotations

import calendar as months
from collections.abc import Collection
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workstation.shell.look import theme as themes
from workstation.shell.widgets import soft
from workstation.workflow.calendar import Day, WorkCalendar

from .draft import hours_text

_HEAD, _WEEK = 20.0, 16.0


def weekday_words() -> tuple[str, ...]:
    """一 to 日."""
    translate = QCoreApplication.translate
    return (
        translate("Calendar", "一"),
        translate("Calendar", "二"),
        translate("Calendar", "三"),
        translate("Calendar", "四"),
        translate("Calendar", "五"),
        translate("Calendar", "六"),
        translate("Calendar", "日"),
    )


def kind_words(day: Day) -> str:
    """What a day is, in a word."""
    translate = QCoreApplication.translate
    if day.kind == "exception":
        return translate("Calendar", "本地上班") if day.slots else translate("Calendar", "本地休息")
    return {
        "work": translate("Calendar", "工作日"),
        "weekend": translate("Calendar", "周末"),
        "holiday": translate("Calendar", "法定节假日"),
        "make_up": translate("Calendar", "调休上班"),
    }[day.kind]


def day_tone(day: Day) -> str:
    """The colour's token of a day."""
    if day.kind == "exception":
        return "stage_dispatch"
    return {"holiday": "red", "make_up": "accent", "weekend": "text_3"}.get(day.kind, "")


class YearView(QWidget):
    """The days of a year, or of one of its months. ``picked`` tells the day that was clicked or walked to by keys."""

    picked = Signal(object)

    def __init__(self, calendar: WorkCalendar, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calendar = calendar
        self.year = year
        self.month: int | None = None
        self.day: date | None = None
        self._changed: frozenset[date] = frozenset()
        self._today: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(QCoreApplication.translate("Calendar", "日历"))

    def show_calendar(self, calendar: WorkCalendar, changed: Collection[date], today: date) -> None:
        """Another calendar; the days that are ``changed`` and not saved get a mark."""
        self._calendar, self._changed, self._today = calendar, frozenset(changed), today
        self.update()

    def show_part(self, year: int, month: int | None) -> None:
        """Another year, or one month of it."""
        self.year, self.month = year, month
        self.updateGeometry()
        self.update()

    def choose(self, day: date) -> None:
        """Pick a day; its year comes into view."""
        self.day = day
        if day.year != self.year or (self.month is not None and day.month != self.month):
            self.year, self.month = day.year, self.month and day.month
        self.update()
        self.picked.emit(day)

    # ---- sizes ---------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self.month is not None:
            return 24 + 20 + 6 * 50
        rows = -(-12 // self._columns(width))
        return round(rows * (_HEAD + _WEEK + 6 * 20 + 10))

    def sizeHint(self) -> QSize:
        return QSize(440, self.heightForWidth(440))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)

    @staticmethod
    def _columns(width: int) -> int:
        return max(2, min(6, width // 150))

    def _boxes(self) -> list[tuple[int, QRectF]]:
        """The months and where they are drawn."""
        if self.month is not None:
            return [(self.month, QRectF(0, 0, self.width(), self.height()))]
        columns = self._columns(self.width())
        rows = -(-12 // columns)
        wide, high = self.width() / columns, self.height() / rows
        return [
            (i + 1, QRectF((i % columns) * wide + 4, (i // columns) * high + 2, wide - 8, high - 6))
            for i in range(12)
        ]

    def _cells(self, month: int, box: QRectF) -> list[tuple[date, QRectF]]:
        first = date(self.year, month, 1)
        head = _HEAD + _WEEK + (8 if self.month is not None else 0)
        wide, high = box.width() / 7, (box.height() - head) / 6
        out = []
        for n in range(months.monthrange(self.year, month)[1]):
            place = first.weekday() + n
            cell = QRectF(box.left() + (place % 7) * wide, box.top() + head + (place // 7) * high, wide, high)
            out.append((first + timedelta(days=n), cell))
        return out

    def day_at(self, x: float, y: float) -> date | None:
        """The day drawn at that place."""
        cells = (cell for month, box in self._boxes() for cell in self._cells(month, box))
        return next((day for day, cell in cells if cell.contains(x, y)), None)

    # ---- drawing -------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month, box in self._boxes():
            painter.setFont(themes.base_font(13 if self.month is None else 15, QFont.Weight.DemiBold))
            painter.setPen(theme.color("text"))
            title = QCoreApplication.translate("Calendar", "{n}月").format(n=month)
            painter.drawText(
                QRectF(box.left() + 4, box.top(), box.width(), _HEAD), Qt.AlignmentFlag.AlignVCenter, title
            )
            painter.setFont(themes.base_font(10 if self.month is None else 12))
            painter.setPen(theme.color("text_3"))
            for i, word in enumerate(weekday_words()):
                at = QRectF(box.left() + i * box.width() / 7, box.top() + _HEAD, box.width() / 7, _WEEK)
                painter.drawText(at, Qt.AlignmentFlag.AlignCenter, word)
            for day, cell in self._cells(month, box):
                self._paint_day(painter, day, cell)

    def _paint_day(self, painter: QPainter, day: date, cell: QRectF) -> None:
        theme = themes.current()
        what = self._calendar.day(day)
        tone = day_tone(what)
        inner = cell.adjusted(1, 1, -1, -1)
        if tone and what.kind != "weekend":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(soft(theme.color(tone)))
            painter.drawRoundedRect(inner, 3, 3)
        if day == self.day:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(inner, 3, 3)
        large = self.month is not None
        heavy = QFont.Weight.Bold if day == self._today else QFont.Weight.Normal
        painter.setFont(themes.base_font(15 if large else 11, heavy))
        painter.setPen(theme.color(tone or "text"))
        number = inner.adjusted(6, 3, 0, 0) if large else inner
        where = (
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop if large else Qt.AlignmentFlag.AlignCenter
        )
        painter.drawText(number, where, str(day.day))
        if day == self._today:
            painter.setBrush(theme.color("accent"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRect(QRectF(inner.left() + 3, inner.bottom() - 2.5, inner.width() - 6, 2))
        if day in self._changed:
            painter.setBrush(theme.color("yellow"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QRectF(inner.right() - 6, inner.top() + 1, 5, 5))
        if large and what.kind not in ("work", "weekend"):
            painter.setFont(themes.base_font(11))
            painter.setPen(theme.color("text_2"))
            words = what.name or kind_words(what)
            if what.slots:
                words = QCoreApplication.translate("Calendar", "班 {name}").format(name=words)
            metrics = painter.fontMetrics()
            cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(inner.width()) - 8)
            painter.drawText(
                inner.adjusted(6, 0, -2, -4), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, cut
            )

    # ---- pointer and keys ----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().x(), event.position().y())
        if day is not None:
            self.choose(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.choose((self.day or date(self.year, self.month or 1, 1)) + timedelta(days=step))

    def event(self, event: QEvent) -> bool:
        """A day says what it is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(event.pos().x(), event.pos().y())
            if day is not None:
                what = self._calendar.day(day)
                parts = (f"{day:%Y-%m-%d}", kind_words(what), what.name, hours_text(what.slots))
                QToolTip.showText(event.globalPos(), " · ".join(p for p in parts if p), self)
                return True
        return super().event(event)
