"""The agenda as a tree: topic, under it the units, under them their cases with what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from workstation.shell.context import AppContext
from workstation.shell.look import theme as themes
from workstation.shell.texts import text
from workstation.workflow.clock import light

from .reading import Line

CASE = Qt.ItemDataRole.UserRole
SHORT_CODE = 9
"""Month, day and number: district and year are the same for nearly all."""


def topic_text(topic: str) -> str:
    """Why a case is on the agenda."""
    translate = QCoreApplication.translate
    return {
        "overdue": translate("Meeting", "超期案卷"),
        "returned": translate("Meeting", "回退案卷"),
        "disputed": translate("Meeting", "责任争议"),
        "key": translate("Meeting", "重点案卷"),
        "suspended": translate("Meeting", "挂账案卷"),
    }.get(topic, topic)


class AgendaTree(QTreeWidget):
    """``pointed(case_id)``: a case is chosen. ``opened(case_id)``: its sheet is wanted."""

    pointed = Signal(str)
    opened = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setColumnCount(4)
        self.setHeaderLabels([self.tr("案卷"), self.tr("地址"), self.tr("剩余时间"), self.tr("决定")])
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 130), (2, 110), (3, 64)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        self.currentItemChanged.connect(self._changed)
        self.itemDoubleClicked.connect(lambda item, _column: self._open(item))

    def resizeEvent(self, event: object) -> None:
        """The address goes where there is no room for it."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.setColumnHidden(1, self.viewport().width() < 560)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the case that was chosen stays so. Until something is decided, its column leaves its room."""
        self.setColumnHidden(3, not any(line.decision for line in lines))
        before = self.case_id
        self.blockSignals(True)
        self.clear()
        topics: dict[str, QTreeWidgetItem] = {}
        units: dict[tuple[str, str], QTreeWidgetItem] = {}
        total: dict[object, int] = {}
        for line in lines:
            total[line.topic] = total.get(line.topic, 0) + 1
            total[line.topic, line.unit] = total.get((line.topic, line.unit), 0) + 1
        for line in lines:
            topic = topics.get(line.topic)
            if topic is None:
                topic = self._group(f"{topic_text(line.topic)}　{total[line.topic]}", None)
                topics[line.topic] = topic
            key = (line.topic, line.unit)
            unit = units.get(key)
            if unit is None:
                name = self._context.name_of(line.unit) if line.unit else self.tr("责任单位未定")
                unit = units[key] = self._group(f"{name}　{total[key]}", topic)
            unit.addChild(self._case(line))
        self.expandAll()
        self.blockSignals(False)
        if before:
            self.choose(before)

    def _group(self, words: str, parent: QTreeWidgetItem | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words])
        item.setFirstColumnSpanned(True)
        font = item.font(0)
        font.setBold(parent is None)
        item.setFont(0, font)
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        item.setFirstColumnSpanned(True)
        return item

    def _case(self, line: Line) -> QTreeWidgetItem:
        row, now, theme = line.row, self._context.services.now(), themes.current()
        if row is None:
            item = QTreeWidgetItem([line.case_id, "", "", line.decision])
        else:
            left = self.tr("挂账") if row.suspended else text.remaining_text(row.clock_due_at, now)
            decided = self.tr("已决定") if line.decision else ""
            item = QTreeWidgetItem(
                [f"{row.code[-SHORT_CODE:]}　{row.class_name}", row.address, left, decided]
            )
            item.setToolTip(0, "\n".join((row.code, row.class_name, row.description)))
            item.setToolTip(1, row.address)
            lamp = "" if row.suspended else light(row.clock_yellow_at, row.clock_due_at, now)
            if lamp in ("yellow", "red"):
                item.setForeground(2, QColor(theme.light_color(lamp)))
            item.setForeground(3, QColor(theme.color("green")))
        item.setData(0, CASE, line.case_id)
        item.setToolTip(3, line.decision)
        return item

    # ---- choosing ---------------------------------------------------------------------------------------------------

    @property
    def case_id(self) -> str:
        """The case that is chosen; "" for none."""
        item = self.currentItem()
        return str(item.data(0, CASE) or "") if item is not None else ""

    def cases(self) -> list[QTreeWidgetItem]:
        """The items of cases, in order."""
        root = self.invisibleRootItem()
        return [case for topic in _below(root) for unit in _below(topic) for case in _below(unit)]

    def choose(self, case_id: str) -> bool:
        """Choose a case; False where it is not on the agenda."""
        for item in self.cases():
            if item.data(0, CASE) == case_id:
                self.setCurrentItem(item)
                return True
        return False

    def next_open(self) -> bool:
        """Go to the next case on which nothing was decided; False where there is none."""
        items = self.cases()
        here = self.currentItem()
        at = items.index(here) if here in items else -1
        for item in (*items[at + 1 :], *items[: at + 1]):
            if not item.text(3):
                self.setCurrentItem(item)
                return True
        return False

    def _changed(self, new: QTreeWidgetItem | None, _old: QTreeWidgetItem | None) -> None:
        case_id = str(new.data(0, CASE) or "") if new is not None else ""
        self.pointed.emit(case_id)

    def _open(self, item: QTreeWidgetItem) -> None:
        case_id = str(item.data(0, CASE) or "")
        if case_id:
            self.opened.emit(case_id)


def _below(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for n in range(item.childCount()) if (child := item.child(n)) is not None]
