"""The table of cases: how rows are drawn, chosen together with the whole window, dragged, and acted on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ..map.dragging import cases_mime
from ..map.dragging_card import hang_card
from ..map.overlay_palette import Palette
from ..services.filter import CaseFilter
from ..workflow.clock import light
from . import theme as themes
from .attendance import WORK
from .basics import paint_badge, paint_light, state_tone
from .casemodel import COLUMNS, ROW, CaseListModel

if TYPE_CHECKING:
    from .context import AppContext

ROW_HEIGHT = 32
SETTLE_MILLISECONDS = 250
# Column → width; narrower ones where there is no room; and which columns go then, the first named first.
_WIDTHS = {
    "code": 176,
    "class": 112,
    "address": 150,
    "state": 78,
    "unit": 108,
    "remaining": 112,
    "reported": 96,
}
_NARROW = {"code": 106, "class": 80, "state": 68, "remaining": 122}
_SHORT_CODE = 9
"""Signs of a short code: month, day and number within the day; district and year are the same for nearly all."""
MOST_MARKS = 3
PAGE = 1000
MOST_CHOSEN = 20_000
"""So many cases at most are chosen by one key."""
_OPTIONAL = ("reported", "unit", "address", "class")


class CaseTable(QTableView):
    """Cases of one filter. ``opened(id)``: double click or Enter. ``menu_asked(ids, global point)``: right click.

    Chooses with the context's selection, both ways. Rows that others change are read again by themselves.
    """

    opened = Signal(str)
    menu_asked = Signal(object, object)
    sort_asked = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._quiet = False
        self._more = False
        self.clicked.connect(self._clicked)
        self._stale = False
        self.short_codes = False
        self._empty = self.tr("没有符合条件的案卷")
        self.rows = CaseListModel(context, self)
        self.setModel(self.rows)
        self.setItemDelegate(CaseDelegate(self))
        self.setObjectName("case-table")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setMinimumHeight(120)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionClicked.connect(self._header_clicked)
        header.setSortIndicatorShown(True)
        self.doubleClicked.connect(self._double_clicked)
        self.rows.loaded.connect(self._loaded)
        context.selection.changed.connect(self._follow)
        context.changed.connect(self._changed)
        context.minute.connect(self._tick)
        context.theme_changed.connect(self._tick)
        context.presence.changed.connect(self.rows.marked)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._reread)
        self.rows.moved.connect(self._read_soon)
        self._fit_columns()
        context.tasks.run(
            _unit_names, context.services, owner=self, key="units", on_done=self.rows.set_unit_names
        )

    # ---- what is listed ---------------------------------------------------------------------------------------

    def set_filter(self, wanted: CaseFilter, empty: str = "") -> None:
        """List these cases; ``empty`` is said where there are none."""
        self._empty = empty or self.tr("没有符合条件的案卷")
        sorts = {"code": "code", "deadline": "remaining", "changed": "state"}
        column = COLUMNS.index(sorts[wanted.sort])
        order = Qt.SortOrder.AscendingOrder if wanted.sort == "deadline" else Qt.SortOrder.DescendingOrder
        self.horizontalHeader().setSortIndicator(column, order)
        self.rows.set_filter(wanted)

    def chosen(self) -> list[str]:
        """The chosen cases that are loaded, in the list's order."""
        found = []
        selection = self.selectionModel().selection()
        for span in (selection.at(n) for n in range(selection.count())):
            for number in range(span.top(), min(span.bottom(), span.top() + 2000) + 1):
                row = self.rows.case_row(number)
                if row is not None:
                    found.append((number, row.id))
        return [case_id for _, case_id in sorted(found)]

    def meant(self) -> list[str]:
        """Everything that is chosen, as the counts beside the list have it: what is loaded here in the list's order, then the rest."""
        here = self.chosen()
        return here + sorted(self._context.selection.ids - set(here))

    def seen(self) -> tuple[int, int]:
        """The first and the last row that is on the screen."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        total = self.rows.rowCount()
        return max(first, 0), last if last >= 0 else max(total - 1, 0)

    # ---- changes ------------------------------------------------------------------------------------------------

    def _changed(self, changes: Any) -> None:
        if not changes.cases:
            return
        if self.isVisible():
            self.rows.touch(changes.cases)
        else:
            self._stale = True

    def _read_soon(self) -> None:
        if not self._settle.isActive():
            self._settle.start()

    def _reread(self) -> None:
        first, last = self.seen()
        self.rows.refresh(first, min(last, first + 400))

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._reread()

    def _tick(self) -> None:
        self.viewport().update()

    def _loaded(self) -> None:
        self._follow()
        self.viewport().update()

    # ---- choosing -------------------------------------------------------------------------------------------------

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """With Ctrl one more or one less is chosen: then what is chosen elsewhere, and not listed here, stays so."""
        flags = super().selectionCommand(index, event)
        flag = QItemSelectionModel.SelectionFlag
        if event is not None and flags != flag.NoUpdate:  # what the program sets is nobody's key
            self._more = not flags & flag.Clear
        return flags

    def _clicked(self, index: QModelIndex) -> None:
        """A plain click on what is the only one chosen here changes nothing here, but leaves what is chosen elsewhere."""
        ids = self.chosen()
        if ids and not self._more and self._context.selection.ids != set(ids):
            self._context.selection.set(ids)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        # A case that leaves the list because somebody else moved it stays the one that is looked at.
        if self._quiet or self.rows.updating:
            return
        ids = self.chosen()
        if not ids and self.rows.rowCount() == 0:
            return
        if self._more:
            ids += sorted(self._context.selection.ids - self.rows.loaded_ids())
        current = self.rows.case_row(self.currentIndex().row())
        self._quiet = True
        self._context.selection.set(ids, current.id if current is not None and current.id in ids else None)
        self._quiet = False

    def _follow(self) -> None:
        if self._quiet:
            return
        self._quiet = True
        chosen = QItemSelection()
        last = len(COLUMNS) - 1
        for first, end in runs(self.rows.places(self._context.selection.ids)):
            chosen.select(self.rows.index(first, 0), self.rows.index(end, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        number = self.rows.row_of(self._context.selection.current)
        if number >= 0:
            index = self.rows.index(number, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            if not self.visualRect(index).intersects(self.viewport().rect()):
                self.scrollTo(index)
        self._quiet = False

    def selectAll(self) -> None:
        """Choose every case of the list, those too that are not loaded."""
        wanted = self.rows.filter
        if wanted is not None:
            self._context.tasks.run(
                _all_ids,
                self._context.lists,
                wanted,
                owner=self,
                key="all",
                on_done=self._context.selection.set,
            )

    def _double_clicked(self, index: QModelIndex) -> None:
        row = self.rows.case_row(index.row())
        if row is not None:
            self.opened.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._double_clicked(self.currentIndex())
        elif event.key() == Qt.Key.Key_D and not event.modifiers() and self._context.selection.ids:
            self._context.selecting.dispatch()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        ids = self.chosen()
        if ids:
            self.menu_asked.emit(ids, event.globalPos())

    def _header_clicked(self, column: int) -> None:
        sort = self.rows.sort_key(column)
        if sort:
            self.sort_asked.emit(sort)
        else:
            current = self.rows.filter
            if current is not None:
                self.set_filter(current, self._empty)

    def startDrag(self, actions: Qt.DropAction) -> None:
        ids = self.chosen()
        if not ids:
            return
        ids += sorted(self._context.selection.ids - set(ids))
        self._context.drags.begin(ids)
        drag = QDrag(self)
        drag.setMimeData(cases_mime(ids))
        first = self.rows.case_row(self.rows.row_of(ids[0]))
        if first is not None:
            lamp = light(first.clock_yellow_at, first.clock_due_at, self._context.services.now())
            shown = "" if first.suspended else lamp
            hang_card(drag, first, len(ids), shown, Palette(themes.current()), self.devicePixelRatioF())
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)

    # ---- look -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the columns their widths; hide the less needed ones where there is no room; the widest takes the rest.

        Before a column goes, codes lose their first part, district and year; the tooltip has the whole.
        """
        room = self.viewport().width()
        widths = dict(_WIDTHS)
        shown = list(COLUMNS)
        self.short_codes = sum(widths.values()) > room
        if self.short_codes:
            widths |= _NARROW
        for name in _OPTIONAL:
            if sum(widths[column] for column in shown) <= room:
                break
            shown.remove(name)
        rest = max(0, room - sum(widths[column] for column in shown))
        if "class" in shown:
            grown = min(rest, _WIDTHS["class"] - widths["class"])
            widths["class"] += grown
            rest -= grown
        wide = "address" if "address" in shown else "class" if "class" in shown else "code"
        for at, name in enumerate(COLUMNS):
            self.setColumnHidden(at, name not in shown)
            if name in shown:
                self.setColumnWidth(at, widths[name] + (rest if name == wide else 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.rows.ready and not self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(themes.current().color("text_3"))
            area = self.viewport().rect().adjusted(16, 8, -16, -8)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as runs without gaps: (first, last) each, in order. A selection of thousands is few of them."""
    out: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if out and out[-1][1] == number - 1:
            out[-1] = (out[-1][0], number)
        else:
            out.append((number, number))
    return out


def _all_ids(lists: Any, wanted: CaseFilter) -> list[str]:
    ids: list[str] = []
    page = lists.page(wanted, None, PAGE)
    ids += [row.id for row in page.rows]
    while page.next is not None and len(ids) < MOST_CHOSEN:
        page = lists.page(wanted, page.next, PAGE)
        ids += [row.id for row in page.rows]
    return ids


def _unit_names(services: Any) -> dict[str, str]:
    return {unit.code: unit.short_name or unit.name for unit in services.units.all()}


class CaseDelegate(QStyledItemDelegate):
    """Draws a cell: light and code, class with its marks, state as a badge, time in the light's colour."""

    def __init__(self, table: CaseTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = themes.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.setPen(theme.color("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        row = index.data(ROW)
        column = COLUMNS[index.column()]
        inner = rect.adjusted(8, 0, -6, 0)
        if row is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(
                QRectF(inner.left(), rect.center().y() - 5, max(20.0, inner.width() * 0.6), 10), 4, 4
            )
            painter.restore()
            return
        words = str(index.data() or "")
        now = self._table.rows._context.services.now()
        lamp = "" if row.suspended else light(row.clock_yellow_at, row.clock_due_at, now)
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
            painter.restore()
            return
        elif column == "remaining":
            painter.setPen(theme.light_color(lamp) if lamp in ("yellow", "red") else theme.color("text_2"))
            if lamp == "red":
                painter.setFont(themes.base_font(13, QFont.Weight.DemiBold))
        elif column in ("reported", "unit"):
            painter.setPen(theme.color("text_2"))
        elif column == "class":
            inner.setRight(inner.right() - self._marks(painter, row, rect))
            painter.setFont(themes.base_font(13))
            painter.setPen(theme.color("text"))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()

    def _present(self, painter: QPainter, case_id: str, rect: QRect) -> None:
        """Somebody else is at the case: a bar at the row's edge, solid where they work on it; the tooltip names them."""
        found = self._table.rows._context.presence.at(case_id)
        if found:
            tone = themes.current().color("yellow" if found[0].doing == WORK else "border_strong")
            painter.fillRect(QRect(rect.left(), rect.top() + 3, 3, rect.height() - 7), tone)

    def _marks(self, painter: QPainter, row: Any, rect: QRect) -> int:
        """Signs at the right of the class, the most pressing first; the tooltip has them all in words."""
        marks = [
            (words, tone)
            for there, words, tone in (
                (row.emergency, self.tr("急"), "red"),
                (row.directed, self.tr("督"), "yellow"),
                (row.coordinating, self.tr("协"), "stage_dispatch"),
                (row.key_case, self.tr("重"), "accent_hover"),
                (row.pending, self.tr("申"), "yellow"),
                (row.way == "rapid", self.tr("快"), "stage_dispose"),
                (row.way == "first", self.tr("先"), "stage_dispose"),
                (row.rework, str(row.rework + 1), "stage_verify"),
            )
            if there
        ][:MOST_MARKS]
        right = float(rect.right() - 4)
        painter.setFont(themes.base_font(11))
        for words, tone in reversed(marks):
            box = QRectF(right - 18, rect.center().y() - 8, 18, 17)
            paint_badge(painter, box, words, themes.current().color(tone))
            right = box.left() - 3
        return int(rect.right() - right)


def ids_of(rows: Iterable[Any]) -> list[str]:
    """The ids of rows."""
    return [row.id for row in rows]
