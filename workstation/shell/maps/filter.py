"""Which cases one map window shows: mine, stages, lights, classes, units. Applied while it is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from ...workflow.case import Stage
from ..texts.text import light_text
from ..widgets.basics import kind_label, stage_names
from ..widgets.dialogs import Dialog
from ..widgets.flow import FlowLayout
from .bridge import Choice

if TYPE_CHECKING:
    from .window import MapWindow

ROLE = Qt.ItemDataRole.UserRole
LIST_HEIGHT = 220


class _Ticks(QWidget):
    """A list to tick in, narrowed by typing; nothing ticked means all of them."""

    def __init__(self, title: str, rows: Iterable[tuple[str, str, int]], ticked: frozenset[str]) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setFixedHeight(LIST_HEIGHT)
        self.search = QLineEdit()
        self.search.setPlaceholderText(title)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        for key, words, count in rows:
            item = QListWidgetItem(f"{words}  {count:,}" if count else words)
            item.setData(ROLE, key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.search, 0, 0)
        grid.addWidget(self.list, 1, 0)

    def _narrow(self, words: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(words.strip() not in item.text())

    def ticked(self) -> frozenset[str]:
        """The keys that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return frozenset(item.data(ROLE) for item in items if item.checkState() == Qt.CheckState.Checked)

    def clear(self) -> None:
        """Tick none."""
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Unchecked)


class MapFilterDialog(Dialog):
    """Lists are made of the cases that are on the map now, and of what was chosen before."""

    def __init__(self, window: MapWindow, parent: QWidget | None = None) -> None:
        super().__init__("", parent, icon="filter", width=640)
        self.heading.setText(self.tr("「{name}」显示哪些案卷").format(name=window.name))
        self._window = window
        context = window.context
        choice = window.choice
        stages, lights = window.canvas.cases.hidden()
        bridge = context.bridge
        markers = list(bridge.markers.values()) if bridge is not None else []
        self.mine = QCheckBox(self.tr("只显示待我办理的"))
        self.mine.setChecked(choice.mine)
        self.stages = {
            stage.value: self._check(name, stage.value not in stages)
            for stage, name in stage_names().items()
            if stage is not Stage.EVALUATE
        }
        self.lights = {
            light: self._check(light_text("" if light == "none" else light), light not in lights)
            for light in ("red", "yellow", "green", "none")
        }
        classes = Counter(marker.class_name for marker in markers if marker.class_name)
        units = Counter(marker.unit for marker in markers if marker.unit)
        self.classes = _Ticks(
            self.tr("查找类别（不选即全部）"), _rows(classes, choice.classes, {}), choice.classes
        )
        self.units = _Ticks(
            self.tr("查找单位（不选即全部）"), _rows(units, choice.units, context.names), choice.units
        )
        self.body.addWidget(self.mine)
        self._add_row(self.tr("阶段"), self.stages)
        self._add_row(self.tr("时限"), self.lights)
        lists = QHBoxLayout()
        lists.addWidget(self.classes)
        lists.addWidget(self.units)
        self.body.addLayout(lists)
        self.add_button(self.tr("全部显示"), on_click=self.show_all)
        self.add_button(self.tr("确定"), "primary", self._agree)

    def _check(self, words: str, on: bool) -> QCheckBox:
        check = QCheckBox(words)
        check.setChecked(on)
        return check

    def _add_row(self, title: str, checks: Mapping[str, QCheckBox]) -> None:
        self.body.addWidget(kind_label(title, "section"))
        holder = QWidget()
        flow = FlowLayout(holder)
        for check in checks.values():
            flow.addWidget(check)
        self.body.addWidget(holder)

    def show_all(self) -> None:
        """Leave nothing out."""
        self.mine.setChecked(False)
        for check in (*self.stages.values(), *self.lights.values()):
            check.setChecked(True)
        self.classes.clear()
        self.units.clear()

    def _agree(self) -> None:
        window = self._window
        window.canvas.set_case_filter(
            [key for key, check in self.stages.items() if not check.isChecked()],
            [key for key, check in self.lights.items() if not check.isChecked()],
        )
        window.set_choice(Choice(self.classes.ticked(), self.units.ticked(), self.mine.isChecked()))
        self.accept()


class RenameDialog(Dialog):
    """Another name for a map window."""

    def __init__(self, window: MapWindow, parent: QWidget | None = None) -> None:
        super().__init__("", parent, icon="edit", width=360)
        self.heading.setText(self.tr("地图窗口的名称"))
        self._window = window
        self.edit = QLineEdit(window.name)
        self.edit.selectAll()
        self.body.addWidget(self.edit)
        self.add_button(self.tr("取消"))
        self.add_button(self.tr("确定"), "primary", self._agree)

    def _agree(self) -> None:
        self._window.rename(self.edit.text())
        self.accept()


def _rows(
    counted: Counter[str], chosen: frozenset[str], names: Mapping[str, str]
) -> list[tuple[str, str, int]]:
    keys = sorted({*counted, *chosen}, key=lambda key: (-counted[key], names.get(key, key)))
    return [(key, names.get(key, key), counted[key]) for key in keys]
