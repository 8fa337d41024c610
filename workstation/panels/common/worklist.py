"""The worklist: the cases that wait at one stage, paged from the store, redrawn row by row, and a source of drags."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from workstation.map.dragging import CASES_MIME, cases_mime
from workstation.services.lists.filter import SORTS
from workstation.services.lists.lists import CaseLists, key_of
from workstation.shell.context import AppContext

from .rows import ROW_ROLE

PAGE = 60


def read_rows(lists: CaseLists, wanted: Any, after: Any, count: int) -> tuple[list[Any], Any]:
    """``count`` rows or more from ``after`` on, page by page, and the key of the next ones (None: that was all)."""
    rows: list[Any] = []
    while True:
        page = lists.page(wanted, after, PAGE)
        rows.extend(page.rows)
        after = page.next
        if after is None or len(rows) >= count:
            return rows, after


def look(lists: CaseLists, wanted: Any, ids: frozenset[str]) -> tuple[Any, frozenset[str], list[Any]]:
    """Those of these cases that the filter has."""
    return wanted, ids, lists.among(wanted, ids)


class WorkModel(QAbstractListModel):
    """The rows of one filter. :meth:`refresh` reads what is loaded anew and tells only the rows that differ."""

    refreshed = Signal()

    def __init__(self, context: AppContext, parent: Any = None) -> None:
        super().__init__(parent)
        self._context = context
        self._filter: Any = None
        self._rows: list[Any] = []
        self._next: Any = None
        self._touched: set[str] = set()
        self._looking = False
        self.loaded = False
        self.updating = False
        """Whether rows come and go because the store changed, not by the user's hand."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many are loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The row under :data:`ROW_ROLE`; words for screen readers and type-ahead under the display role."""
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.class_name} {row.address} {row.code}"
        if role == Qt.ItemDataRole.ToolTipRole:
            words = (row.description, self._context.presence.words(row.id))
            return "\n".join(part for part in words if part) or None
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Selectable, and a source of drags."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Cases, by their ids."""
        return [CASES_MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        """The ids of the dragged cases, one a line."""
        return cases_mime(self._rows[row].id for row in sorted({index.row() for index in indexes}))

    def row_of(self, case_id: str) -> int:
        """Where the case is, -1 where it is not loaded."""
        return next((n for n, row in enumerate(self._rows) if row.id == case_id), -1)

    def places(self) -> dict[str, int]:
        """Where each loaded case is."""
        return {row.id: place for place, row in enumerate(self._rows)}

    def id_at(self, row: int) -> str:
        """The case at that place, "" outside."""
        return str(self._rows[row].id) if 0 <= row < len(self._rows) else ""

    def row(self, case_id: str) -> Any:
        """The loaded row of a case, None where it is not here."""
        place = self.row_of(case_id)
        return self._rows[place] if place >= 0 else None

    def set_filter(self, wanted: Any) -> None:
        """Show what this filter gives, from its start; None: nothing."""
        self._filter = wanted
        self.loaded = False
        self.beginResetModel()
        self._rows, self._next = [], None
        self.endResetModel()
        self.refresh()

    def change_filter(self, wanted: Any) -> None:
        """The same list by another filter: rows that stay are not touched."""
        self._filter = wanted
        self.refresh()

    def refresh(self) -> None:
        """Read again, in the background, as many rows as are loaded."""
        if self._filter is None:
            return
        self._context.tasks.run(
            read_rows,
            self._context.lists,
            self._filter,
            None,
            max(len(self._rows), PAGE),
            owner=self,
            key="rows",
            on_done=self._show,
        )

    def touch(self, ids: Iterable[str]) -> None:
        """These cases have changed: read them, and change, put in, take out or move their rows and no others."""
        if self._filter is None or not self.loaded:
            return
        self._touched.update(ids)
        if self._touched and not self._looking:
            self._looking = True
            asked, self._touched = frozenset(self._touched), set()
            self._context.tasks.run(
                look,
                self._context.lists,
                self._filter,
                asked,
                owner=self,
                on_done=self._looked,
                on_error=self._not_looked,
            )

    def _not_looked(self, error: BaseException) -> None:
        self._looking = False
        self._context.say_error(error)

    def _looked(self, answer: tuple[Any, frozenset[str], list[Any]]) -> None:
        self._looking = False
        wanted, ids, found = answer
        if wanted is self._filter and self.loaded:
            sort = wanted.sort
            descending = SORTS[sort][1]
            if self._next is not None:  # what stands beyond the rows that are loaded comes with their page
                found = [row for row in found if (key_of(row, sort) <= self._next) != descending]
            stay = [row for row in self._rows if row.id not in ids]
            rows = sorted([*stay, *found], key=lambda row: key_of(row, sort), reverse=descending)
            before = [row.id for row in self._rows]
            self.updating = True
            self._take((rows, self._next))
            self.updating = False
            if before != [row.id for row in rows]:
                self.refreshed.emit()
        if self._touched:
            self.touch(())

    def marked(self, ids: Iterable[str]) -> None:
        """Something that is painted with the rows is another for these cases."""
        for case_id in ids:
            place = self.row_of(case_id)
            if place >= 0:
                self.dataChanged.emit(self.index(place), self.index(place))

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether there are rows beyond those loaded."""
        return not parent.isValid() and self._next is not None

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:
        """Read the next page in the background."""
        after, self._next = self._next, None
        self._context.tasks.run(
            read_rows,
            self._context.lists,
            self._filter,
            after,
            PAGE,
            owner=self,
            key="rows",
            on_done=self._more,
        )

    def _more(self, result: tuple[list[Any], Any]) -> None:
        known = {row.id for row in self._rows}
        rows = [row for row in result[0] if row.id not in known]
        self._next = result[1]
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def _show(self, result: tuple[list[Any], Any]) -> None:
        self.updating = True
        self._take(result)
        self.updating = False
        self.loaded = True
        self.refreshed.emit()

    def _take(self, result: tuple[list[Any], Any]) -> None:
        wanted, self._next = result
        root = QModelIndex()
        keep = {row.id for row in wanted}
        for place in range(len(self._rows) - 1, -1, -1):
            if self._rows[place].id not in keep:
                self.beginRemoveRows(root, place, place)
                del self._rows[place]
                self.endRemoveRows()
        for place, row in enumerate(wanted):
            found = self.row_of(row.id)
            if found < 0:
                self.beginInsertRows(root, place, place)
                self._rows.insert(place, row)
                self.endInsertRows()
                continue
            if found != place:
                self.beginMoveRows(root, found, found, root, place)
                self._rows.insert(place, self._rows.pop(found))
                self.endMoveRows()
            if self._rows[place] != row:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place), self.index(place))
