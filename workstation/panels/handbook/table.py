"""The table of a page: cells are changed where they stand, and what is typed is checked with every key."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from .sheet import Cell, Row, Sheet

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
LEAST, MOST, WIDE = 60, 148, 150
"""Pixels: a column that has no share of the room that is left is between the first two, one that has at least the third."""


class SheetModel(QAbstractTableModel):
    """A sheet, narrowed to the rows that hold every word of a text. ``edited(place, value)``: somebody changed a cell."""

    edited = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = Sheet("", (), ())
        self._rows: tuple[Row, ...] = ()
        self._words: list[str] = []
        self.writable = False

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self._sheet

    def show(self, sheet: Sheet) -> None:
        """Show another sheet, or the same one with other values: then selection and place stay."""
        same = sheet.columns == self._sheet.columns and [r.key for r in sheet.rows] == [
            r.key for r in self._sheet.rows
        ]
        if same:
            self._sheet = sheet
            keep = {row.key for row in self._rows}
            self._rows = tuple(row for row in sheet.rows if row.key in keep)
            if self._rows:
                last = self.index(len(self._rows) - 1, len(sheet.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._sheet = sheet
        self._rows = self._filtered()
        self.endResetModel()

    def narrow(self, text: str) -> None:
        """Only rows in which every word occurs."""
        self.beginResetModel()
        self._words = text.casefold().split()
        self._rows = self._filtered()
        self.endResetModel()

    def _filtered(self) -> tuple[Row, ...]:
        if not self._words:
            return self._sheet.rows
        out = []
        for row in self._sheet.rows:
            told = " ".join((row.key, *(cell.text for cell in row.cells))).casefold()
            if all(word in told for word in self._words):
                out.append(row)
        return tuple(out)

    def row_at(self, number: int) -> Row:
        """The row at that place of the list."""
        return self._rows[number]

    def cell_at(self, index: Index) -> Cell:
        """The cell."""
        return self._rows[index.row()].cells[index.column()]

    def can_write(self, index: Index) -> bool:
        """Whether the cell may be changed now."""
        return self.writable and self.cell_at(index).place is not None

    # ---- Qt --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._sheet.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._sheet.columns[section] if section < len(self._sheet.columns) else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        found = self.cell_at(index)
        if found.kind.name == "switch":
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if found.value else Qt.CheckState.Unchecked
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return found.text
        if role == Qt.ItemDataRole.EditRole:
            return found.raw or found.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return found.tip or (found.text if len(found.text) > 12 else None)
        if role == Qt.ItemDataRole.TextAlignmentRole and found.kind.name in ("number", "whole", "share"):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.can_write(index):
            switch = self.cell_at(index).kind.name == "switch"
            return base | (Qt.ItemFlag.ItemIsUserCheckable if switch else Qt.ItemFlag.ItemIsEditable)
        return base

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or not self.can_write(index):
            return False
        found = self.cell_at(index)
        if role == Qt.ItemDataRole.CheckStateRole:
            self.edited.emit(found.place, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        made, wrong = found.kind.read(str(value))
        if wrong:
            return False
        if made != found.value:
            self.edited.emit(found.place, made)
        return True


class CellDelegate(QStyledItemDelegate):
    """Editors of cells. ``said(text)``: what is wrong with what is being typed, "" when nothing is."""

    said = Signal(str)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list where one of several is chosen, else a line that says at once when it is wrong."""
        cell = _model(index).cell_at(index)
        if cell.kind.name == "choice":
            box = QComboBox(parent)
            for key, label in cell.kind.choices.items():
                box.addItem(label, key)
            box.setCurrentIndex(max(0, box.findData(cell.value)))
            box.activated.connect(lambda _n: self._chosen(box))
            return box
        line = QLineEdit(parent)
        line.setFrame(False)
        line.textChanged.connect(lambda words: self._typed(line, cell, words))
        return line

    def _typed(self, line: QLineEdit, cell: Cell, words: str) -> None:
        _, wrong = cell.kind.read(words)
        line.setProperty("bad", "true" if wrong else "false")
        line.style().unpolish(line)
        line.style().polish(line)
        line.setToolTip(wrong)
        self.said.emit(wrong)

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Called again whenever the model tells of a change: what is being typed must survive that.
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """What is wrong is not taken: the cell keeps what it had."""
        words = editor.currentData() if isinstance(editor, QComboBox) else editor.text()  # type: ignore[attr-defined]
        model.setData(index, words)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self.said.emit("")
        super().destroyEditor(editor, index)


def _model(index: Index) -> SheetModel:
    model = index.model()
    assert isinstance(model, SheetModel)
    return model


class SheetTable(QTableView):
    """The view of a sheet: one click chooses, a second one or a key edits; Enter goes on to the next row."""

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet_model = model
        self.setModel(model)
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(34)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        model.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Columns as wide as what is in them; the wide ones share the rest."""
        sheet = self._sheet_model.sheet
        wide = [n for n in sheet.wide if n < len(sheet.columns)]
        taken = 0
        for column in range(len(sheet.columns)):
            if column not in wide:
                size = max(
                    self.sizeHintForColumn(column) + 20, self.horizontalHeader().sectionSizeHint(column) + 8
                )
                self.setColumnWidth(column, min(MOST, max(LEAST, size)))
                taken += self.columnWidth(column)
        room = self.viewport().width() - taken
        for column in wide:
            self.setColumnWidth(column, max(WIDE, room // len(wide)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
