"""The rows of what was found, page by page: a million of them open at once, for only what is looked at is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from workstation.map.identify_card import value_title
from workstation.services.spatial.query import CASE, PAGE, Found
from workstation.shell.context import AppContext
from workstation.shell.texts.text import time_text

KEPT = 40
"""Pages that are kept: more are read again when somebody comes back to them."""
Index = QModelIndex | QPersistentModelIndex


def columns(what: str) -> dict[str, str]:
    """The fields of a row with their headings, in order."""
    translate = QCoreApplication.translate
    if what == CASE:
        return {
            "code": translate("QueryModel", "案卷号"),
            "class_name": translate("QueryModel", "类别"),
            "state": translate("QueryModel", "状态"),
            "address": translate("QueryModel", "地址"),
            "unit": translate("QueryModel", "处置单位"),
            "reported_at": translate("QueryModel", "上报时间"),
        }
    return {
        "name": translate("QueryModel", "名称"),
        "code": translate("QueryModel", "标识码"),
        "state": translate("QueryModel", "状态"),
        "grid": translate("QueryModel", "单元网格"),
        "maintainer": translate("QueryModel", "养护单位"),
    }


def exported(what: str) -> dict[str, str]:
    """The columns of a file: those of the list and what a table is worked with."""
    translate = QCoreApplication.translate
    more = {"class_code": translate("QueryModel", "类别代码")}
    if what == CASE:
        more["grid"] = translate("QueryModel", "单元网格")
    else:
        more["owner"] = translate("QueryModel", "权属单位")
    place = {"lon": translate("QueryModel", "经度"), "lat": translate("QueryModel", "纬度")}
    return {**columns(what), **more, **place}


def shown(context: AppContext, what: str) -> Callable[[str, Any], Any]:
    """A value in the operator's words. What it needs is taken now: it may be asked in the background."""
    names = dict(context.names)
    states = dict(context.services.handbook.labels.get("states", {})) if what == CASE else {}

    def words(column: str, value: Any) -> Any:
        if column in ("unit", "owner", "maintainer"):
            return names.get(value, value)
        if column == "state":
            return states.get(value, value) if what == CASE else value_title("state", str(value))
        if column == "reported_at" and value:
            from workstation.workflow.event import parse_instant

            return time_text(parse_instant(value))
        return value

    return words


class FoundModel(QAbstractTableModel):
    """What was found, as a table."""

    def __init__(self, context: AppContext, parent: Any = None) -> None:
        super().__init__(parent)
        self._context = context
        self.found: Found | None = None
        self._columns: dict[str, str] = {}
        self._fields: list[str] = []
        self._words: Callable[[str, Any], Any] = lambda column, value: value
        self._pages: dict[int, dict[Any, Any]] = {}
        self._asked: set[int] = set()

    def show(self, found: Found | None) -> None:
        """These rows and no others."""
        self.beginResetModel()
        self.found = found
        self._pages.clear()
        self._asked.clear()
        self._columns = columns(found.what) if found is not None else {}
        self._fields = list(self._columns)
        if found is not None:
            self._words = shown(self._context, found.what)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.found) if self.found is not None else 0

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self._fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[self._fields[section]]
        return None

    def row(self, number: int) -> Any:
        """The row, None while it is being read, and where it is gone since."""
        page = self._pages.get(number // PAGE)
        return page.get(self.found.ids[number]) if page is not None and self.found is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.ToolTipRole:
            row = self.row(index.row())
            if row is None:
                self._read(index.row() // PAGE)
                return "…" if role == Qt.ItemDataRole.DisplayRole else None
            field = self._fields[index.column()]
            return str(self._words(field, getattr(row, field)))
        if role == Qt.ItemDataRole.ForegroundRole and self.row(index.row()) is None:
            return QColor(self._context.theme.color("text_3"))
        return None

    def _read(self, page: int) -> None:
        if page in self._asked or self.found is None:
            return
        self._asked.add(page)
        found, context = self.found, self._context

        def done(rows: list[Any]) -> None:
            if self.found is not found:
                return
            while len(self._pages) >= KEPT:
                old = next(iter(self._pages))
                del self._pages[old]
                self._asked.discard(old)
            self._pages[page] = {row.id: row for row in rows}
            first, last = page * PAGE, min(len(found), (page + 1) * PAGE) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._fields) - 1))

        def failed(error: BaseException) -> None:
            self._asked.discard(page)
            context.say_error(error)

        start = page * PAGE
        context.tasks.run(
            context.services.spatial.rows,
            found,
            start,
            start + PAGE,
            context.actor,
            owner=self,
            on_done=done,
            on_error=failed,
        )
