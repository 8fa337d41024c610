"""How a case looks in a worklist: two lines and a light, readable in a dock of 360 pixels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workstation.shell.look import theme
from workstation.shell.texts.text import remaining_text
from workstation.workflow.clock import light

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
HEIGHT = 54


class CaseDelegate(QStyledItemDelegate):
    """Paints a CaseRow (under :data:`ROW_ROLE`): class, badges and remaining time above, place and code beneath."""

    def __init__(
        self,
        now: Callable[[], datetime],
        badges: Callable[[Any], list[tuple[str, str]]],
        second_line: Callable[[Any], str],
    ) -> None:
        super().__init__()
        self._now = now
        self._badges = badges
        self._second_line = second_line

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One height for all rows: the view need not ask each."""
        return QSize(200, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one case."""
        row = index.data(ROW_ROLE)
        look = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(rect, look.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("hover"))
        lamp = "" if row.suspended else light(row.clock_yellow_at, row.clock_due_at, self._now())
        painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height() - 1), look.light_color(lamp))
        painter.setPen(QPen(look.color("border")))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())

        font = QFont(option.font)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        small = QFont(font)
        small.setPixelSize(max(font.pixelSize() - 1, 11))
        upper = QRect(rect.left() + 14, rect.top() + 6, rect.width() - 26, 21)
        lower = QRect(rect.left() + 14, rect.top() + 28, rect.width() - 26, 19)

        right = self._remaining(row)
        width = QFontMetrics(small).horizontalAdvance(right)
        painter.setFont(small)
        painter.setPen(look.light_color(lamp) if lamp else look.color("text_3"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
        upper.setRight(upper.right() - width - 10)

        badges = self._badges(row)
        metrics = QFontMetrics(small)
        taken = sum(metrics.horizontalAdvance(text) + 14 for text, _ in badges)
        title = row.class_name or self.tr("未定类别")
        painter.setFont(bold)
        painter.setPen(look.color("text"))
        shown = QFontMetrics(bold).elidedText(
            title, Qt.TextElideMode.ElideRight, max(upper.width() - taken, 40)
        )
        painter.drawText(upper, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        left = upper.left() + QFontMetrics(bold).horizontalAdvance(shown) + 8
        painter.setFont(small)
        for text, token in badges:
            left = _badge(painter, left, upper, text, look.color(token), look.color(f"{token}_soft"))

        code = row.code
        width = metrics.horizontalAdvance(code)
        painter.setPen(look.color("text_3"))
        painter.drawText(lower, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, code)
        lower.setRight(lower.right() - width - 10)
        painter.setPen(look.color("text_2"))
        text = metrics.elidedText(self._second_line(row), Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _remaining(self, row: Any) -> str:
        if row.suspended:
            return self.tr("挂账中")
        if row.clock_due_at is None:
            return self.tr("协调中") if row.coordinating else ""
        return remaining_text(row.clock_due_at, self._now())


def _badge(painter: QPainter, left: int, line: QRect, text: str, ink: QColor, ground: QColor) -> int:
    width = painter.fontMetrics().horizontalAdvance(text) + 8
    box = QRect(left, line.center().y() - 8, width, 17)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return left + width + 6
