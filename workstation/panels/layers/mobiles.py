"""The branch 外勤人员 of the layer tree: which kinds of people and vehicles are shown on the maps, and how many there are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QTreeWidgetItem

from workstation.map.mobile_pictures import draw
from workstation.map.overlay_mobiles import KINDS, kind_title
from workstation.map.overlay_palette import Palette
from workstation.shell.context import AppContext
from workstation.shell.maps import work as mapwork

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
SIDE, WHOLE = 16, 24
COUNT = 1


class MobileBranch(QObject):
    """Items under a root that the panel makes; without anybody to be seen they do nothing. The panel calls :meth:`apply` when something was ticked."""

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        work = mapwork.found(context)
        self._field = None if work is None else work.field
        self._items: dict[str, QTreeWidgetItem] = {}
        if self._field is not None:
            self._field.shown.connect(self.show_counts)

    @property
    def empty(self) -> bool:
        """Whether there is nobody who could be shown."""
        return self._field is None

    @staticmethod
    def title() -> str:
        """What the branch is called."""
        return QCoreApplication.translate("MobileBranch", "外勤人员与车辆")

    def fill(self, items: dict[str, QTreeWidgetItem], palette: Palette, dpr: float) -> None:
        """Take these items, one for each kind, as they are made anew."""
        self._items = items
        for kind, item in items.items():
            item.setText(0, kind_title(kind))
            shown = self._field is None or kind in self._field.kinds_shown
            item.setCheckState(0, CHECKED if shown else UNCHECKED)
            item.setIcon(0, _sign(palette, kind, dpr))
        self.show_counts()

    def show_counts(self) -> None:
        """How many of each are out."""
        tree = next((item.treeWidget() for item in self._items.values()), None)
        if tree is None or self._field is None:
            return
        blocked = tree.blockSignals(True)
        for kind, count in self._field.counts().items():
            if kind in self._items:
                self._items[kind].setText(COUNT, f"{count:,}" if count else "")
        tree.blockSignals(blocked)

    def apply(self) -> None:
        """Show the kinds that are ticked."""
        if self._items and self._field is not None:
            ticked = (kind for kind, item in self._items.items() if item.checkState(0) == CHECKED)
            self._field.set_kinds(frozenset(ticked))

    def show_all(self) -> None:
        """Tick all."""
        for item in self._items.values():
            item.setCheckState(0, CHECKED)


def _sign(palette: Palette, kind: str, dpr: float) -> QIcon:
    picture = QPixmap(round(WHOLE * dpr), round(WHOLE * dpr))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.drawPixmap(QRectF(0, 0, WHOLE, WHOLE).topLeft(), draw(palette, kind, "duty", SIDE, False, dpr))
    painter.end()
    return QIcon(picture)


__all__ = ["KINDS", "MobileBranch"]
