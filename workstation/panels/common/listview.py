"""The list widget over :class:`.worklist.WorkModel`: selection shared with the whole workstation, drag, next case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QDrag, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from workstation.map.dragging import cases_mime
from workstation.map.dragging_card import hang_card
from workstation.map.overlay_palette import Palette
from workstation.shell.cases.choosing import SharedChoice
from workstation.shell.cases.table import runs
from workstation.shell.context import AppContext
from workstation.shell.look import theme
from workstation.shell.seat.attendance import WORK
from workstation.workflow.clock import light

from .rows import ROW_ROLE, CaseDelegate
from .worklist import WorkModel

Badges = Callable[[Any], list[tuple[str, str]]]


class WorkList(SharedChoice, QListView):
    """Cases to work on. ``opened(id)`` when the user comes to a case here, by click, key or :meth:`advance_from`.

    Follows and sets the shared selection; a case that leaves the list while it is being worked on (another seat took
    it) leaves the selection alone, so that nothing is typed into the wrong case.
    """

    opened = Signal(str)
    drag_begun = Signal(object)
    work_wanted = Signal()

    def __init__(
        self,
        context: AppContext,
        badges: Badges,
        second_line: Callable[[Any], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._quiet = False
        self.share_choice(context)
        self._leaving: set[str] = set()
        self._left: set[str] = set()
        self._next_row = -1
        self._empty = ""
        self.rows = WorkModel(context, self)
        self._badges = badges
        self._delegate = CaseDelegate(context.services.now, self._marked, second_line)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setObjectName("worklist")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(120)
        self.doubleClicked.connect(self._double_clicked)
        self.rows.rowsAboutToBeRemoved.connect(self._rows_leave)
        self.rows.refreshed.connect(self._refreshed)
        context.selection.changed.connect(self._follow)

    def _marked(self, row: Any) -> list[tuple[str, str]]:
        """The row's badges, and who else works on it, before one begins to do the same."""
        busy = [one.name for one in self._context.presence.at(row.id) if one.doing == WORK]
        return [
            *self._badges(row),
            *((self.tr("{name}在办").format(name=name), "yellow") for name in busy[:1]),
        ]

    def set_empty_text(self, text: str) -> None:
        """What is said where there is no case."""
        self._empty = text
        self.viewport().update()

    def set_filter(self, wanted: Any) -> None:
        """Show what this filter gives."""
        self._quiet = True
        self.rows.set_filter(wanted)
        self._quiet = False

    def advance_from(self, case_id: str) -> None:
        """The user is done with this case: when it leaves the list and was looked at, come to the one after it."""
        self._leaving.add(case_id)

    def ids(self) -> list[str]:
        """The selected cases in the list's order."""
        return [index.data(ROW_ROLE).id for index in sorted(self.selectedIndexes())]

    chosen = ids

    def open_row(self, row: int) -> None:
        """Come to the case at that place, as a click would."""
        index = self.rows.index(row)
        if index.isValid():
            self.setCurrentIndex(index)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """What the user selects here is selected everywhere."""
        super().selectionChanged(selected, deselected)
        if self._quiet or self.rows.updating:
            return
        ids = self.ids()
        if not ids:
            return
        current = self.rows.id_at(self.currentIndex().row())
        if current not in ids:
            current = ids[-1]
        if self._more:
            ids += sorted(self._context.selection.ids - self.rows.places().keys())
        self._quiet = True
        self._context.selection.set(frozenset(ids), current)
        self._quiet = False
        self.opened.emit(current)

    def _follow(self) -> None:
        if self._quiet:
            return
        self._quiet = True
        wanted = QItemSelection()
        chosen = self._context.selection.ids
        for first, last in runs(place for case_id, place in self.rows.places().items() if case_id in chosen):
            wanted.select(self.rows.index(first), self.rows.index(last))
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        place = self.rows.row_of(self._context.selection.current or "")
        if place >= 0:
            index = self.rows.index(place)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        self._quiet = False

    def rowsAboutToBeRemoved(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        """Qt would select a neighbour here; whether to move on is ours to say."""
        self._quiet = True
        super().rowsAboutToBeRemoved(parent, start, end)
        self._quiet = False

    def _rows_leave(self, parent: QModelIndex, start: int, end: int) -> None:
        for place in range(start, end + 1):
            case_id = self.rows.id_at(place)
            if case_id in self._leaving:
                self._leaving.discard(case_id)
                self._left.add(case_id)
                self._next_row = start

    def _refreshed(self) -> None:
        place, self._next_row = self._next_row, -1
        was_here = self._context.selection.current in self._left
        self._left.clear()
        if place >= 0 and was_here and self.rows.rowCount():
            self._quiet = True
            self.clearSelection()
            self._quiet = False
            self.open_row(min(place, self.rows.rowCount() - 1))
        else:
            self._follow()
        self.viewport().update()

    def _double_clicked(self, index: QModelIndex) -> None:
        self._context.show_case(index.data(ROW_ROLE).id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes from the list to the work on the case, D to who is to get it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.work_wanted.emit()
        elif event.key() == Qt.Key.Key_D and not event.modifiers() and self._context.selection.ids:
            self._context.selecting.dispatch()
        else:
            super().keyPressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected cases, shown as a small card with their number."""
        ids = self.ids()
        if not ids:
            return
        ids += sorted(self._context.selection.ids - set(ids))
        self.drag_begun.emit(ids)
        drag = QDrag(self)
        drag.setMimeData(cases_mime(ids))
        first = self.rows.row(ids[0])
        now = light(first.clock_yellow_at, first.clock_due_at, self._context.services.now())
        shown = "" if first.suspended else now
        hang_card(drag, first, len(ids), shown, Palette(theme.current()), self.devicePixelRatioF())
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows; or, where there are none, the sentence that says so."""
        super().paintEvent(event)
        if self.rows.loaded and not self.rows.rowCount() and self._empty:
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().color("text_3"))
            painter.drawText(
                self.viewport().rect().adjusted(16, 8, -16, -8),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._empty,
            )
            painter.end()
