"""A plain table to read and choose rows in: the look and the keys that all of them share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ..look import theme as themes

KEY = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 32


def plain_table(
    titles: Sequence[str], widths: Sequence[int], stretch: int = 0, parent: QWidget | None = None
) -> QTableWidget:
    """An empty table; the column ``stretch`` takes what room the ``widths`` of the others leave."""
    table = QTableWidget(0, len(titles), parent)
    table.setHorizontalHeaderLabels(list(titles))
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate(widths):
        mode = QHeaderView.ResizeMode.Stretch if column == stretch else QHeaderView.ResizeMode.Fixed
        header.setSectionResizeMode(column, mode)
        table.setColumnWidth(column, width)
    return table


def cell(words: str, key: str = "", tone: str = "", tip: str = "") -> QTableWidgetItem:
    """A cell; ``tone`` is a token of the theme, ``key`` what the row stands for (under :data:`KEY`)."""
    item = QTableWidgetItem(words)
    if key:
        item.setData(KEY, key)
    if tone:
        item.setForeground(QColor(themes.current().color(tone)))
    item.setToolTip(tip or words)
    return item


def fill(table: QTableWidget, rows: Sequence[Sequence[QTableWidgetItem]]) -> None:
    """Show these rows; the row of the key that was chosen is chosen again where it is still there."""
    before = chosen(table)
    table.blockSignals(True)
    table.setRowCount(len(rows))
    for at, row in enumerate(rows):
        for column, item in enumerate(row):
            table.setItem(at, column, item)
    table.clearSelection()
    table.setCurrentCell(-1, -1)
    table.blockSignals(False)
    if before:
        choose(table, before)


def chosen(table: QTableWidget) -> str:
    """The key of the row that is chosen; "" for none."""
    item = table.item(table.currentRow(), 0) if table.currentRow() >= 0 else None
    return str(item.data(KEY) or "") if item is not None else ""


def choose(table: QTableWidget, key: str) -> bool:
    """Choose the row of that key; False where there is none."""
    for at in range(table.rowCount()):
        item = table.item(at, 0)
        if item is not None and item.data(KEY) == key:
            table.setCurrentCell(at, 0)
            return True
    return False


def fit_height(table: QTableWidget, most: int = 12, row: int = ROW_HEIGHT) -> None:
    """As high as its rows of ``row`` pixels, up to ``most`` of them."""
    rows = min(max(table.rowCount(), 1), most)
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + rows * row + 4)
