"""The cells of the case table: what is drawn in each, and pictures of them, so that scrolling a long list only copies.

Laying out a cell's words takes a fifth of a millisecond, a screen of them three frames. A cell is therefore painted once for what it
says; of those never painted before as many as there is time for, the others a turn of the event loop later.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ..look import theme as themes
from ..seat.attendance import WORK
from ..widgets.basics import paint_badge, paint_light, state_tone
from .model import COLUMNS

if TYPE_CHECKING:
    from .table import CaseTable

ROW_HEIGHT = 32
MOST_MARKS = 3
NEW_CELLS_S = 0.005
"""So long new cells are painted within one painting of the table."""
MOST_BYTES = 12_000_000
_SHORT_CODE = 9
"""Signs of a short code: month, day and number within the day; district and year are the same for nearly all."""


class CaseDelegate(QStyledItemDelegate):
    """Draws a cell: light and code, class with its marks, state as a badge, time in the light's colour.

    The table calls :meth:`begin` before each painting; what :attr:`owing` holds after it has to be painted again.
    """

    def __init__(self, table: CaseTable) -> None:
        super().__init__(table)
        self._table = table
        self._cells: dict[tuple[object, ...], QPixmap] = {}
        self._bytes = 0
        self._until = math.inf
        self.owing = QRegion()

    def begin(self) -> None:
        """A painting begins: what has to be painted anew in it has so much time."""
        self._until = time.perf_counter() + NEW_CELLS_S
        self.owing = QRegion()

    def forget(self) -> None:
        """Other colours: paint anew."""
        self._cells.clear()
        self._bytes = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = themes.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        rows = self._table.rows
        row = rows.case_row(index.row())
        picture = None if row is None else self._cell(row, COLUMNS[index.column()], rect.size(), painter)
        if picture is not None:
            painter.drawPixmap(rect.topLeft(), picture)
            return
        if row is not None:
            self.owing += rect
        inner = rect.adjusted(8, 0, -6, 0)
        bar = QRectF(inner.left(), rect.center().y() - 5, max(20.0, inner.width() * 0.6), 10)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(bar, 4, 4)
        painter.restore()

    def _cell(self, row: Any, column: str, size: QSize, painter: QPainter) -> QPixmap | None:
        """The picture of a cell without its ground; None where it would have to be painted and there is no time for that now."""
        rows = self._table.rows
        lamp = rows.lamp(row) if column in ("code", "remaining") else ""
        more: object = None
        if column == "code":
            more = rows.presence_of(row.id), self._table.short_codes
        elif column == "class":
            more = self._marks(row)
        elif column == "state":
            more = row.state
        dpr = painter.device().devicePixelRatioF()
        key = column, rows.words(row, column), lamp, more, size.width(), size.height(), dpr
        found = self._cells.get(key)
        if found is not None:
            return found
        if time.perf_counter() > self._until:
            return None
        picture = QPixmap(math.ceil(size.width() * dpr), math.ceil(size.height() * dpr))
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        canvas = QPainter(picture)
        self._draw(canvas, QRect(0, 0, size.width(), size.height()), row, column, key[1], lamp)
        canvas.end()
        self._bytes += picture.width() * picture.height() * 4
        if self._bytes > MOST_BYTES:
            self.forget()
            self._bytes = picture.width() * picture.height() * 4
        self._cells[key] = picture
        return picture

    def _draw(self, painter: QPainter, rect: QRect, row: Any, column: str, words: str, lamp: str) -> None:
        theme = themes.current()
        inner = rect.adjusted(8, 0, -6, 0)
        painter.setFont(themes.base_font(13))
        painter.setPen(theme.color("text"))
        if column == "code":
            self._present(painter, row.id, rect)
            paint_light(painter, lamp, QPointF(rect.left() + 14, rect.center().y() + 0.5), 10)
            inner.setLeft(rect.left() + 28)
            if self._table.short_codes and len(words) > 12:
                words = words[-_SHORT_CODE:]
            painter.setFont(themes.base_font(13, QFont.Weight.Medium))
        elif column == "state":
            painter.setFont(themes.base_font(12))
            width = painter.fontMetrics().horizontalAdvance(words) + 14
            box = QRectF(inner.left(), rect.center().y() - 10, min(width, inner.width()), 21)
            paint_badge(painter, box, words, theme.color(state_tone(row.state)))
            return
        elif column == "remaining":
            painter.setPen(theme.light_color(lamp) if lamp in ("yellow", "red") else theme.color("text_2"))
            if lamp == "red":
                painter.setFont(themes.base_font(13, QFont.Weight.DemiBold))
        elif column in ("reported", "unit"):
            painter.setPen(theme.color("text_2"))
        elif column == "class":
            inner.setRight(inner.right() - self._paint_marks(painter, row, rect))
            painter.setFont(themes.base_font(13))
            painter.setPen(theme.color("text"))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _present(self, painter: QPainter, case_id: str, rect: QRect) -> None:
        """Somebody else is at the case: a bar at the row's edge, solid where they work on it; the tooltip names them."""
        doing = self._table.rows.presence_of(case_id)
        if doing:
            tone = themes.current().color("yellow" if doing == WORK else "border_strong")
            painter.fillRect(QRect(rect.left(), rect.top() + 3, 3, rect.height() - 7), tone)

    def _marks(self, row: Any) -> tuple[tuple[str, str], ...]:
        """Signs at the right of the class, the most pressing first, each with its tone; the tooltip has them all in words."""
        marks = (
            (row.emergency, self.tr("急"), "red"),
            (row.directed, self.tr("督"), "yellow"),
            (row.coordinating, self.tr("协"), "stage_dispatch"),
            (row.key_case, self.tr("重"), "accent_hover"),
            (row.pending, self.tr("申"), "yellow"),
            (row.way == "rapid", self.tr("快"), "stage_dispose"),
            (row.way == "first", self.tr("先"), "stage_dispose"),
            (row.rework, str(row.rework + 1), "stage_verify"),
        )
        return tuple((words, tone) for there, words, tone in marks if there)[:MOST_MARKS]

    def _paint_marks(self, painter: QPainter, row: Any, rect: QRect) -> int:
        right = float(rect.right() - 4)
        painter.setFont(themes.base_font(11))
        for words, tone in reversed(self._marks(row)):
            box = QRectF(right - 18, rect.center().y() - 8, 18, 17)
            paint_badge(painter, box, words, themes.current().color(tone))
            right = box.left() - 3
        return int(rect.right() - right)
