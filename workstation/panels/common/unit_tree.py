"""The units as a tree by kind, each with what it has in hand: to choose from, and to drop cases on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from workstation.map.dragging import DropInfo, cases_of, has_cases
from workstation.services.centre.units import UnitInfo, UnitLoad
from workstation.shell.context import AppContext
from workstation.shell.look import theme

from .droprows import RowCard

UNIT = Qt.ItemDataRole.UserRole
NAME, OPEN, OVERDUE, JOIN = range(4)
KINDS = ("district", "street", "community", "department", "enterprise", "crew", "centre")


class UnitTree(QTreeWidget):
    """``unit_chosen(code)``: the lead; ``joined``: the cooperating units changed; ``dropped(ids, code)``.

    ``joining``: whether units can be ticked to cooperate.
    """

    unit_chosen = Signal(str)
    joined = Signal()
    dropped = Signal(object, str)
    drag_entered = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None, *, joining: bool = True) -> None:
        super().__init__(parent)
        self._context = context
        self._items: dict[str, QTreeWidgetItem] = {}
        self._units: tuple[UnitInfo, ...] = ()
        self.card = RowCard(context, self)
        self._chosen = ""
        self.setObjectName("unit-tree")
        self.setColumnCount(4)
        self.setHeaderLabels([self.tr("单位"), self.tr("在办"), self.tr("超期"), self.tr("协办")])
        self.setRootIsDecorated(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(44)
        for column in (OPEN, OVERDUE, JOIN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, 56)
        self.setColumnHidden(JOIN, not joining)
        self.currentItemChanged.connect(self._current_changed)
        self.itemChanged.connect(self._item_changed)

    # ---- what it shows ------------------------------------------------------------------------------------------

    def set_units(self, units: Sequence[UnitInfo], loads: Mapping[str, UnitLoad]) -> None:
        """Show these units; only the numbers change where the units are the same."""
        if tuple(units) != self._units:
            self._units = tuple(units)
            self._build()
        red = theme.current().color("red")
        plain = theme.current().color("text")
        self.blockSignals(True)
        for code, item in self._items.items():
            load = loads.get(code, UnitLoad())
            item.setText(OPEN, str(load.open) if load.open else "")
            item.setText(OVERDUE, str(load.overdue) if load.overdue else "")
            item.setForeground(OVERDUE, red if load.overdue else plain)
            item.setToolTip(
                OPEN,
                self.tr("在办 {open} 件，其中超期 {overdue} 件，今日到期 {today} 件").format(
                    open=load.open, overdue=load.overdue, today=load.due_today
                ),
            )
        self.blockSignals(False)

    def _build(self) -> None:
        joined = self.cooperating()
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        kinds = [*KINDS, *sorted({unit.kind for unit in self._units} - set(KINDS))]
        for kind in kinds:
            members = [unit for unit in self._units if unit.kind == kind]
            if not members:
                continue
            group = QTreeWidgetItem([self._context.label("unit_kinds", kind)])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setFont(NAME, bold)
            group.setFirstColumnSpanned(True)
            self.addTopLevelItem(group)
            # A unit's own subordinates stand under it; codes sort a parent before its children.
            for unit in sorted(members, key=lambda unit: unit.code):
                item = QTreeWidgetItem([unit.short_name or unit.name])
                item.setData(NAME, UNIT, unit.code)
                contact = "  ".join(part for part in (unit.head, unit.telephone) if part)
                item.setToolTip(NAME, f"{unit.name}\n{contact}".strip())
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled
                    | Qt.ItemFlag.ItemIsSelectable
                    | Qt.ItemFlag.ItemIsUserCheckable
                    | Qt.ItemFlag.ItemIsDropEnabled
                )
                item.setCheckState(
                    JOIN, Qt.CheckState.Checked if unit.code in joined else Qt.CheckState.Unchecked
                )
                for column in (OPEN, OVERDUE):
                    item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                (self._items.get(unit.parent) or group).addChild(item)
                item.setExpanded(True)
                self._items[unit.code] = item
            group.setExpanded(True)
        self.blockSignals(False)
        self.choose(self._chosen)

    def filter(self, text: str) -> None:
        """Show only the units whose name holds the text."""
        wanted = text.strip().casefold()
        names = {unit.code: unit.name.casefold() + unit.short_name.casefold() for unit in self._units}
        for code, item in self._items.items():
            item.setHidden(bool(wanted) and wanted not in names[code])
        for item in reversed(self._items.values()):
            above = item.parent()
            if not item.isHidden() and above is not None:
                above.setHidden(False)
        for place in range(self.topLevelItemCount()):
            group = self.topLevelItem(place)
            if group is not None:
                children = [group.child(n) for n in range(group.childCount())]
                group.setHidden(all(child is None or child.isHidden() for child in children))

    # ---- what is chosen -----------------------------------------------------------------------------------------

    @property
    def chosen(self) -> str:
        """The unit to be the lead, "" for none."""
        return self._chosen

    def choose(self, code: str) -> None:
        """Choose without telling."""
        self._chosen = code if code in self._items else ""
        self.blockSignals(True)
        self.setCurrentItem(self._items.get(code))  # type: ignore[arg-type]
        self.blockSignals(False)
        if self._chosen:
            self.scrollToItem(self._items[code])

    def cooperating(self) -> list[str]:
        """The units that are to cooperate, in the tree's order."""
        return [code for code, item in self._items.items() if item.checkState(JOIN) == Qt.CheckState.Checked]

    def clear_cooperating(self) -> None:
        """None cooperates."""
        self.blockSignals(True)
        for item in self._items.values():
            item.setCheckState(JOIN, Qt.CheckState.Unchecked)
        self.blockSignals(False)

    def _current_changed(self, item: QTreeWidgetItem | None) -> None:
        code = str(item.data(NAME, UNIT) or "") if item is not None else ""
        if code:
            self._chosen = code
            self.unit_chosen.emit(code)

    def _item_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == JOIN:
            self.joined.emit()

    # ---- drops --------------------------------------------------------------------------------------------------

    def set_drop_info(self, info: Mapping[str, DropInfo]) -> None:
        """What dropping the dragged cases on each unit would do."""
        self.card.set_info(info)

    def unit_at(self, position: QPoint) -> str:
        """The unit under a point of the viewport, "" for none."""
        item = self.itemAt(position)
        return str(item.data(NAME, UNIT) or "") if item is not None else ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cases may be dropped here."""
        if has_cases(event.mimeData()):
            event.acceptProposedAction()
            self.card.begin(cases_of(event.mimeData()))
            self.drag_entered.emit(cases_of(event.mimeData()))
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Say beside the pointer what dropping on this unit would do."""
        position = event.position().toPoint()
        code = self.unit_at(position)
        item = self._items.get(code)
        self.blockSignals(True)
        self.setCurrentItem(item)  # type: ignore[arg-type]
        self.blockSignals(False)
        if not code or not self.card.allowed(code):
            event.ignore()
        else:
            event.acceptProposedAction()
        row = self.visualRect(self.indexAt(position))
        self.card.show_over(position, code, self._context.name_of(code) if code else "", row)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag has gone elsewhere."""
        self.card.end()
        self.choose(self._chosen)

    def dropEvent(self, event: QDropEvent) -> None:
        """Dispatch what was dropped to the unit under the pointer."""
        self.card.end()
        code = self.unit_at(event.position().toPoint())
        ids = cases_of(event.mimeData())
        self.choose(self._chosen)
        if code and ids:
            event.acceptProposedAction()
            self.dropped.emit(ids, code)
