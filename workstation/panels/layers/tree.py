"""The tree of layers: as any tree, but that imagery can be put in another order by hand and by key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

ROLE = Qt.ItemDataRole.UserRole
RASTER = "layer:raster:"
ICON = 24


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


def is_raster(item: QTreeWidgetItem) -> bool:
    """Whether a row stands for a picture of the ground."""
    return str(item.data(0, ROLE)).startswith(RASTER)
