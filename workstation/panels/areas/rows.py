"""How a finding looks in the list: what it is of above, how large it is and what it concerns beneath. Nothing is cut at 360 pixels:
as many names stand above as there is room for, and the rest is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workstation.shell.look import theme

HEIGHT = 56
LINE = Qt.ItemDataRole.UserRole + 1
KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Line:
    """A row. ``about(n)`` and ``under(n)`` are the words with at most ``n`` names in them; ``right`` stands at the right, in red."""

    sign: str
    tone: str
    about: Callable[[int], str]
    under: Callable[[int], str]
    right: str


def fitting(words: Callable[[int], str], metrics: QFontMetrics, width: int, most: int) -> str:
    """The words with as many names as there is room for; with none of them elided, where even that is too long."""
    for count in range(most, -1, -1):
        text = words(count)
        if metrics.horizontalAdvance(text) <= width:
            return text
    return metrics.elidedText(words(0), Qt.TextElideMode.ElideRight, width)


class FindingRows(QStyledItemDelegate):
    """Paints a :class:`Line` (under :data:`LINE`)."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One height for all rows: the view need not ask each."""
        return QSize(200, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one finding."""
        line: Line = index.data(LINE)
        look = theme.current()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(rect, look.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("hover"))
        painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height() - 1), look.color(line.tone))
        painter.setPen(QPen(look.color("border")))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        bold, small = QFont(option.font), QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(max(option.font.pixelSize() - 1, 12))
        upper = QRect(rect.left() + 14, rect.top() + 7, rect.width() - 26, 21)
        lower = QRect(rect.left() + 14, rect.top() + 30, rect.width() - 26, 19)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        metrics = QFontMetrics(small)
        if line.right:
            painter.setPen(look.color("red"))
            painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.right)
            upper.setRight(upper.right() - metrics.horizontalAdvance(line.right) - 10)
        painter.setFont(bold)
        painter.setPen(look.color(line.tone))
        painter.drawText(upper, left, line.sign)
        upper.setLeft(upper.left() + QFontMetrics(bold).horizontalAdvance(line.sign) + 10)
        painter.setPen(look.color("text"))
        painter.drawText(upper, left, fitting(line.about, QFontMetrics(bold), upper.width(), 3))
        painter.setFont(small)
        painter.setPen(look.color("text_2"))
        painter.drawText(lower, left, fitting(line.under, metrics, lower.width(), 3))
        painter.restore()
