"""The sheet 流转单: what happened to a case, by whom, in which post, with what opinion, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.shell.look import theme as themes
from workstation.shell.texts import text
from workstation.shell.widgets import state_tone
from workstation.store.log import StoredEvent
from workstation.workflow.handbook import Handbook

from .sentences import lines


@dataclass(frozen=True)
class Entry:
    """One line of the sheet."""

    title: str
    state: str
    tone: str
    who: str
    when: str
    lines: tuple[str, ...]


def entries(
    history: list[StoredEvent],
    handbook: Handbook,
    name_of: Callable[[str], str],
    code_of: Callable[[str], str] = str,
    before: str = "",
) -> list[Entry]:
    """The sheet of a log, the newest first. ``code_of``: the code of another case by its id; ``before``: the state until
    then, where the log is not given from its beginning."""
    made = []
    for stored in history:
        event = stored.event
        changed = event.to != before
        before = event.to
        post = text.post_text(event.post, handbook)
        unit = name_of(event.unit) if event.unit else ""
        who = " · ".join(part for part in (event.actor_name or name_of(event.actor), post, unit) if part)
        made.append(
            Entry(
                text.label(handbook, "arrows", event.kind),
                text.label(handbook, "states", event.to) if changed else "",
                state_tone(event.to),
                who,
                text.time_text(event.at),
                tuple(lines(event, handbook, name_of, code_of)),
            )
        )
    return made[::-1]


class Timeline(QWidget):
    """Draws the sheet: a line of time with a dot for each event. As high as its content at its width."""

    _LEFT = 26
    _GAP = 14

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_entries(self, wanted: list[Entry]) -> None:
        """Show these, the newest first."""
        self._entries = wanted
        self.setAccessibleName("；".join(f"{e.when} {e.title} {e.who}" for e in wanted[:20]))
        self._grow()
        self.update()

    def _grow(self) -> None:
        self.setFixedHeight(max(20, self._lay(None, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            self._grow()

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._lay(painter, self.width())

    def _lay(self, painter: QPainter | None, width: int) -> int:
        """Lay the entries out, drawing when there is a painter; the height they take."""
        theme = themes.current()
        bold, plain, small = (
            themes.base_font(13, QFont.Weight.DemiBold),
            themes.base_font(13),
            themes.base_font(12),
        )
        room = max(80, width - self._LEFT - 4)
        y = 4.0
        for at, entry in enumerate(self._entries):
            top = y
            if painter is not None:
                painter.setFont(small)
                painter.setPen(theme.color("text_3"))
                when = QFontMetrics(small).horizontalAdvance(entry.when)
                painter.drawText(
                    QRectF(self._LEFT, y, room, 20),
                    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                    entry.when,
                )
                painter.setFont(bold)
                painter.setPen(theme.color("text"))
                title = QFontMetrics(bold).elidedText(
                    entry.title, Qt.TextElideMode.ElideRight, room - when - 8
                )
                painter.drawText(QRectF(self._LEFT, y, room, 20), Qt.AlignmentFlag.AlignVCenter, title)
                if entry.state:
                    left = self._LEFT + QFontMetrics(bold).horizontalAdvance(title) + 8
                    painter.setFont(small)
                    painter.setPen(theme.color(entry.tone))
                    painter.drawText(
                        QRectF(left, y, room, 20), Qt.AlignmentFlag.AlignVCenter, f"→ {entry.state}"
                    )
            y += 21
            y += self._block(painter, entry.who, small, "text_3", y, room)
            for words in entry.lines:
                y += self._block(painter, words, plain, "text_2", y, room)
            if painter is not None:
                if at + 1 < len(self._entries):
                    painter.setPen(QPen(theme.color("border_strong"), 1.5))
                    painter.drawLine(QPointF(9, top + 17), QPointF(9, y + self._GAP + 3))
                painter.setPen(QPen(theme.color("surface"), 2))
                painter.setBrush(theme.color(entry.tone if entry.state or at == 0 else "border_strong"))
                radius = 5.5 if at == 0 else 4.5
                painter.drawEllipse(QPointF(9, top + 10), radius, radius)
            y += self._GAP
        return round(y)

    def _block(
        self, painter: QPainter | None, words: str, font: QFont, tone: str, y: float, room: float
    ) -> float:
        flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        box = QFontMetrics(font).boundingRect(0, 0, round(room), 4000, flags, words)
        if painter is not None:
            painter.setFont(font)
            painter.setPen(themes.current().color(tone))
            painter.drawText(QRectF(self._LEFT, y, room, box.height() + 2), flags, words)
        return box.height() + 3
