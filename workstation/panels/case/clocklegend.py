"""What the colours of a clock's bar mean in this case, and how much time there is of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.shell.look import theme as themes
from workstation.shell.texts import text
from workstation.shell.widgets import kind_label
from workstation.shell.widgets.flow import FlowLayout
from workstation.workflow.clock import Entry, Ledger
from workstation.workflow.handbook import Handbook

from .clockbar import paint_stretch
from .clockwords import cause_text, is_pause, minutes_text


class Swatch(QWidget):
    """A piece of the bar, as large as a letter."""

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(14, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(0.5, 0.5, self.width() - 1.0, self.height() - 1.0)
        paint_stretch(painter, box, self._entry)
        painter.setPen(QPen(themes.current().color("border_strong"), 1))
        painter.drawRect(box)


class LineSwatch(QWidget):
    """A line across the bar."""

    def __init__(self, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(6, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(themes.current().color(self._tone), 2))
        painter.drawLine(3, 1, 3, self.height() - 1)


class ClockLegend(QWidget):
    """One line of swatches with their words, wrapped where it is narrow: 计时 31小时, 下班时间 98小时, 挂账暂停（…）."""

    def __init__(
        self,
        ledger: Ledger,
        until: datetime,
        handbook: Handbook,
        names: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        box = FlowLayout(self, 10)
        self.lines: list[str] = []
        for entry, words in self._items(ledger, until, handbook, names):
            self._add(box, Swatch(entry), words)
        last = ledger.entries[-1].end if ledger.entries else until
        if ledger.yellow_at is not None and ledger.yellow_at <= last:
            words = self.tr("{time} 起临期").format(time=text.time_text(ledger.yellow_at))
            self._add(box, LineSwatch("yellow"), words)

    def _add(self, box: FlowLayout, sign: QWidget, words: str) -> None:
        self.lines.append(words)
        item = QWidget()
        row = QHBoxLayout(item)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(sign)
        row.addWidget(kind_label(words, "small"))
        box.addWidget(item)

    def _items(
        self, ledger: Ledger, until: datetime, handbook: Handbook, names: Mapping[str, str]
    ) -> list[tuple[Entry, str]]:
        """An entry to draw and its words: what counts first, then what does not, the longest first."""
        first: dict[str, Entry] = {}
        spent: dict[str, timedelta] = {}
        ahead: dict[str, timedelta] = {}
        for entry in ledger.entries:
            words = cause_text(entry, handbook, names)
            first.setdefault(words, entry)
            sums = spent if entry.end <= until else ahead
            sums[words] = sums.get(words, timedelta()) + (entry.end - entry.start)
        order = sorted(first, key=lambda w: (not first[w].counted, -_minutes(spent, w) - _minutes(ahead, w)))
        out = []
        for words in order:
            past, still = _minutes(spent, words), _minutes(ahead, words)
            if first[words].counted and past and still:
                length = self.tr("已计{past}，尚余{still}").format(
                    past=minutes_text(past), still=minutes_text(still)
                )
            elif first[words].counted and still:
                length = self.tr("尚余{still}").format(still=minutes_text(still))
            else:
                length = minutes_text(past + still)
            mark = "" if first[words].counted or is_pause(first[words]) else self.tr("不计")
            out.append((first[words], " ".join(part for part in (words, mark, length) if part)))
        return out


def _minutes(sums: Mapping[str, timedelta], words: str) -> float:
    return sums.get(words, timedelta()) / timedelta(minutes=1)
