"""Filing several cases at once: a line a case, its condition chosen, and the result beside each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workstation.shell.context import AppContext
from workstation.shell.texts.text import error_text, limit_text
from workstation.shell.widgets import kind_label
from workstation.workflow.handbook import Condition

from .effect import BatchItem

POPUP_WIDTH = 460


class BatchFiling(QWidget):
    """The selected cases as a table. ``ready(n)``: so many are ready to be filed; ``finished`` after the filing."""

    ready = Signal(int)
    finished = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._items: list[BatchItem] = []
        self._combos: list[QComboBox] = []
        self._title = kind_label("", "title")
        self._hint = kind_label(
            self.tr("只有一条立案条件的已自动选定；有多条的请逐件选择，未选的不会立案。"), "muted"
        )
        self._hint.setWordWrap(True)
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels([self.tr("案卷"), self.tr("立案条件与时限"), self.tr("结果")])
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(46)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        self.table.setColumnWidth(0, 158)
        self.table.setColumnWidth(2, 84)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(8)
        box.addWidget(self._title)
        box.addWidget(self._hint)
        box.addWidget(self.table, 1)

    def show_items(self, items: list[BatchItem]) -> None:
        """Show these cases, nothing filed yet."""
        self._items = items
        self._combos = []
        self._title.setText(self.tr("批量立案 · {n} 件").format(n=len(items)))
        self.table.setRowCount(len(items))
        for place, item in enumerate(items):
            case = item.case
            title = case.class_name or self.tr("未定类别")
            cell = QTableWidgetItem(f"{title}\n{case.address}")
            cell.setToolTip(f"{case.code}\n{case.address}\n{case.description}")
            self.table.setItem(place, 0, cell)
            combo = QComboBox()
            combo.view().setMinimumWidth(POPUP_WIDTH)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.addItem(self.tr("请选择立案条件"), None)
            for condition in item.conditions:
                combo.addItem(_words(condition, case.area_class), condition)
                combo.setItemData(combo.count() - 1, condition.text, Qt.ItemDataRole.ToolTipRole)
            if len(item.conditions) == 1:
                combo.setCurrentIndex(1)
            combo.setEnabled(item.fileable and bool(item.conditions))
            combo.currentIndexChanged.connect(self._count)
            self.table.setCellWidget(place, 1, combo)
            self._combos.append(combo)
            self._say(place, self._obstacle(item))
        self._count()

    def _obstacle(self, item: BatchItem) -> str:
        if not item.fileable:
            return self.tr("现在不能立案")
        return "" if item.conditions else self.tr("类别未定或无立案条件")

    def _say(self, place: int, words: str) -> None:
        cell = QTableWidgetItem(words)
        cell.setToolTip(words)
        self.table.setItem(place, 2, cell)

    def combo(self, case_id: str) -> QComboBox:
        """The condition's box of a case."""
        place = next(n for n, item in enumerate(self._items) if item.case.id == case_id)
        return self._combos[place]

    def _chosen(self) -> list[tuple[int, BatchItem, Condition]]:
        return [
            (place, item, condition)
            for place, (item, combo) in enumerate(zip(self._items, self._combos, strict=True))
            if combo.isEnabled() and (condition := combo.currentData()) is not None
        ]

    def _count(self) -> None:
        self.ready.emit(len(self._chosen()))

    def file(self) -> None:
        """File those whose condition is chosen; each result appears beside its case."""
        chosen = self._chosen()
        if not chosen:
            return
        data = {
            item.case.id: {
                "kind": item.case.kind,
                "class_code": item.case.class_code,
                "condition": condition.key,
            }
            for _, item, condition in chosen
        }

        def done(results: list[Any]) -> None:
            for (place, _, _), result in zip(chosen, results, strict=True):
                failed = isinstance(result, BaseException)
                self._combos[place].setEnabled(False)
                self._say(
                    place,
                    error_text(result, self._context.services.handbook, self._context.names)
                    if failed
                    else self.tr("已立案"),
                )
            self._count()
            self.finished.emit(results)

        self._context.execute_many(
            "file", [item.case for _, item, _ in chosen], lambda case: data[case.id], done, owner=self
        )


def _words(condition: Condition, area_class: str) -> str:
    return f"{limit_text(condition.amount_for(area_class), condition.unit)} · {condition.text}"
