"""Docks by Qt's own dock widgets: what there is where the docking library is missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, Qt
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
        self._windows: dict[str, QDockWidget] = {}
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

    def add_window(self, key: str, title: str, icon: QIcon, widget: QWidget) -> None:
        """A window of its own, not seen yet."""
        dock = QDockWidget(title, self._main)
        dock.setObjectName(f"window-{key}")
        dock.setWindowIcon(icon)
        dock.setWidget(widget)
        self._main.addDockWidget(self._AREAS["right"], dock)
        dock.hide()
        dock.installEventFilter(self)
        self._windows[key] = dock

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of a window that somebody closes."""
        if event.type() == QEvent.Type.Close:
            for key, dock in list(self._windows.items()):
                if dock is watched:
                    self.window_closed.emit(key)
        return False

    def remove_window(self, key: str) -> None:
        """Take the window out."""
        dock = self._windows.pop(key)
        dock.removeEventFilter(self)
        widget = dock.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
        self._main.removeDockWidget(dock)
        dock.deleteLater()

    def windows(self) -> list[str]:
        """The keys of the windows."""
        return list(self._windows)

    def show_window(self, key: str, place: QRect | None = None) -> None:
        """Float it at a place, or bring it to the front."""
        dock = self._windows[key]
        if place is not None:
            dock.setFloating(True)
            dock.setGeometry(place)
        dock.show()
        dock.raise_()

    def window_place(self, key: str) -> QRect | None:
        """Where it floats."""
        dock = self._windows[key]
        return dock.geometry() if dock.isFloating() and not dock.isHidden() else None

    def is_window_open(self, key: str) -> bool:
        """Whether it is there."""
        return not self._windows[key].isHidden()

    def set_window_title(self, key: str, title: str) -> None:
        """Another name."""
        self._windows[key].setWindowTitle(title)

    def floats(self) -> list[QWidget]:
        """The windows of the docks that float, as far as they are seen."""
        docks = (*self._docks.values(), *self._windows.values())
        return [dock for dock in docks if dock.isFloating() and dock.isVisible()]

    def dispose(self) -> None:
        """Nothing to do: floating docks go with the main window."""
