"""The tree of layers: as any tree, but that imagery can be put in another order by hand and by key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from workstation.map.overlay_palette import Palette

ROLE = Qt.ItemDataRole.UserRole
RASTER = "layer:raster:"
ICON = 24
COUNT_COLUMN = 1
OPEN_AT_FIRST = ("stages", "lights")


class LayerTree(QTreeWidget):
    """``moved``: a picture (its role) is wanted at the place of another, counted from the top of its group. ``removed``:
    a picture is not wanted any more."""

    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIconSize(QSize(ICON, ICON))
        self.setIndentation(18)
        self.setUniformRowHeights(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.setSectionResizeMode(1, header.ResizeMode.ResizeToContents)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Only among pictures."""
        super().dragMoveEvent(event)
        if self._place(event) is None:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Says where to; whoever keeps the order fills the tree anew."""
        place, item = self._place(event), self.currentItem()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # nothing is taken out of the tree here
        event.accept()
        if place is not None and item is not None:
            self.moved.emit(item.data(0, ROLE), place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move a picture, Delete takes it off the map."""
        item = self.currentItem()
        if item is not None and is_raster(item):
            if event.key() == Qt.Key.Key_Delete:
                self.removed.emit(item.data(0, ROLE))
                return
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.shift(item, step)
                return
        super().keyPressEvent(event)

    # ---- what is open stays open ----

    def fold(self) -> None:
        """Groups open, legends closed."""
        self.collapseAll()
        for item in children(self.invisibleRootItem()):
            item.setExpanded(True)

    def open_paths(self) -> set[str] | None:
        """Which items are open; None while there are none."""
        if not self.topLevelItemCount():
            return None
        return {path for path, item in self.paths() if item.isExpanded()}

    def open_again(self, paths: set[str] | None) -> None:
        """Open these items; None: as at first."""
        for path, item in self.paths():
            first = item.data(0, ROLE) in OPEN_AT_FIRST or item.parent() is None
            item.setExpanded(first if paths is None else path in paths)

    def paths(self) -> list[tuple[str, QTreeWidgetItem]]:
        """Every item with the way to it, which is the same for one made anew."""
        found: list[tuple[str, QTreeWidgetItem]] = []

        def walk(item: QTreeWidgetItem, above: str) -> None:
            path = f"{above}/{item.data(0, ROLE)}:{item.text(0)}"
            found.append((path, item))
            for child in children(item):
                walk(child, path)

        for item in children(self.invisibleRootItem()):
            walk(item, "")
        return found

    def shift(self, item: QTreeWidgetItem, step: int) -> None:
        """Ask for a picture one place up (-1) or down (1)."""
        group = item.parent()
        if group is not None:
            place = group.indexOfChild(item) + step
            if 0 <= place < group.childCount():
                self.moved.emit(item.data(0, ROLE), place)

    def _place(self, event: QDropEvent) -> int | None:
        """Where in the group a picture would be after the drop; None where it cannot be dropped."""
        dragged, target = self.currentItem(), self.itemAt(event.position().toPoint())
        if dragged is None or target is None or not is_raster(dragged) or target is dragged:
            return None
        group = dragged.parent()
        if group is None or (target.parent() is not group and target is not group):
            return None
        if target is group:
            return 0
        place = group.indexOfChild(target)
        below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
        if group.indexOfChild(dragged) < place:
            return place if below else place - 1
        return place + 1 if below else place


def make_item(
    parent: QTreeWidgetItem, text: str, role: str, palette: Palette, *, bold: bool = False
) -> QTreeWidgetItem:
    """A row that can be ticked."""
    item = QTreeWidgetItem(parent, [text, ""])
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
    item.setData(0, ROLE, role)
    item.setTextAlignment(COUNT_COLUMN, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setForeground(COUNT_COLUMN, QBrush(palette.color("text_3")))
    if bold:
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
    return item


def children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """The rows under a row."""
    return [child for number in range(item.childCount()) if (child := item.child(number)) is not None]


def is_raster(item: QTreeWidgetItem) -> bool:
    """Whether a row stands for a picture of the ground."""
    return str(item.data(0, ROLE)).startswith(RASTER)
