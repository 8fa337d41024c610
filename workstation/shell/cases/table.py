"""The table of cases: how rows are drawn, chosen together with the whole window, dragged, and acted on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from ...map.dragging import cases_mime
from ...map.dragging_card import hang_card
from ...map.overlay_palette import Palette
from ...services.lists.filter import CaseFilter
from ...workflow.clock import light
from ..look import theme as themes
from .cells import ROW_HEIGHT, CaseDelegate
from .choosing import SharedChoice
from .model import COLUMNS, CaseListModel

if TYPE_CHECKING:
    from ..context import AppContext

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
PAGE = 1000
MOST_CHOSEN = 20_000
"""So many cases at most are chosen by one key."""
_OPTIONAL = ("reported", "unit", "address", "class")


class CaseTable(SharedChoice, QTableView):
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
        self.share_choice(context)
        self._stale = False
        self.short_codes = False
        self._empty = self.tr("没有符合条件的案卷")
        self.rows = CaseListModel(context, self)
        self.setModel(self.rows)
        self._cells = CaseDelegate(self)
        self.setItemDelegate(self._cells)
        self._paint_rest = QTimer(self, singleShot=True, interval=0)
        self._paint_rest.timeout.connect(self._paint_owing)
        self._owing = QRegion()
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
        context.theme_changed.connect(self._cells.forget)
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

    def _paint_owing(self) -> None:
        owing, self._owing = self._owing, QRegion()
        self.viewport().update(owing)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._cells.begin()
        super().paintEvent(event)
        if not self._cells.owing.isEmpty():
            self._owing += self._cells.owing
            self._paint_rest.start()
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


def ids_of(rows: Iterable[Any]) -> list[str]:
    """The ids of rows."""
    return [row.id for row in rows]
