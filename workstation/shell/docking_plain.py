"""Docks by Qt's own dock widgets: what there is where the docking library is missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from .arrangement import Arrangement
from .docks import DockHost, Holder


class PlainHost(DockHost):
    """Docks by Qt's own dock widgets, in a main window inside the window."""

    _AREAS = {
        "left": Qt.DockWidgetArea.LeftDockWidgetArea,
        "right": Qt.DockWidgetArea.RightDockWidgetArea,
        "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
    }

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._main = QMainWindow(parent)
        self._main.setWindowFlags(Qt.WindowType.Widget)
        self._main.setDockNestingEnabled(True)
        self._main.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._docks: dict[str, QDockWidget] = {}
        self._holders: dict[str, Holder] = {}
        self._arrangement = Arrangement()

    def widget(self) -> QWidget:
        """The inner main window."""
        return self._main

    def set_center(self, widget: QWidget) -> None:
        """The map in the middle."""
        self._main.setCentralWidget(widget)

    def add(self, key: str, title: str, icon: QIcon, make: Callable[[], QWidget]) -> Holder:
        """A dock that is closed for the time being."""
        dock = QDockWidget(title, self._main)
        dock.setObjectName(f"dock-{key}")
        dock.setWindowIcon(icon)
        holder = Holder(key, make)
        dock.setWidget(holder)
        dock.hide()
        self._main.addDockWidget(self._AREAS["right"], dock)
        dock.hide()
        dock.visibilityChanged.connect(lambda shown, k=key: self.shown.emit(k, bool(shown)))
        self._docks[key] = dock
        self._holders[key] = holder
        return holder

    def names(self) -> list[str]:
        """The docks."""
        return list(self._holders)

    def holder(self, key: str) -> Holder:
        """The place of a dock's content."""
        return self._holders[key]

    def is_open(self, key: str) -> bool:
        """Whether the dock is there, if behind another."""
        return not self._docks[key].isHidden()

    def in_front(self, key: str) -> bool:
        """Whether the dock is there and not behind another."""
        return self.is_open(key) and not self._docks[key].visibleRegion().isEmpty()

    def open(self, key: str) -> None:
        """Show it and bring it to the front."""
        dock = self._docks[key]
        dock.show()
        dock.raise_()

    def close(self, key: str) -> None:
        """Close it; its content stays."""
        self._docks[key].hide()

    def set_icon(self, key: str, icon: QIcon) -> None:
        """Another icon, after a switch of theme."""
        self._docks[key].setWindowIcon(icon)

    def arrange(self, arrangement: Arrangement) -> None:
        """Build the arrangement; docks it does not name are closed."""
        self._arrangement = arrangement
        for dock in self._docks.values():
            dock.hide()
        for side in ("left", "right", "bottom"):
            for group in arrangement.side(side):
                first: QDockWidget | None = None
                for key in group:
                    dock = self._docks.get(key)  # type: ignore[assignment]
                    if dock is None:
                        continue
                    self._main.addDockWidget(self._AREAS[side], dock)
                    if first is not None:
                        self._main.tabifyDockWidget(first, dock)
                    first = first or dock
                    dock.setVisible(key not in arrangement.closed)
                if first is not None:
                    first.raise_()
        for side, width in (("left", arrangement.left_width), ("right", arrangement.right_width)):
            docks = [self._docks[g[0]] for g in arrangement.side(side) if g and g[0] in self._docks]
            self._main.resizeDocks(docks, [width] * len(docks), Qt.Orientation.Horizontal)

    def save(self) -> QByteArray:
        """The layout as it is."""
        return self._main.saveState()

    def restore(self, state: QByteArray) -> bool:
        """A saved layout."""
        return bool(self._main.restoreState(state))

    def floats(self) -> list[QWidget]:
        """The windows of the docks that float, as far as they are seen."""
        return [dock for dock in self._docks.values() if dock.isFloating() and dock.isVisible()]

    def dispose(self) -> None:
        """Nothing to do: floating docks go with the main window."""
