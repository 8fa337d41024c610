"""Docks around the map: the only file that knows the docking library. Without it, Qt's own dock widgets do.

A dock's content is made when it is shown for the first time (:class:`Holder`), so that the window opens as fast with
twenty panels as with two.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from .arrangement import Arrangement

try:
    import PySide6QtAds as ads  # noqa: N813
except ImportError:  # the fallback below takes its place
    ads = None


class Holder(QWidget):
    """An empty place that makes its content at its first showing. ``made(key, widget)`` when it has."""

    made = Signal(str, object)

    def __init__(self, key: str, make: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._make = make
        self.content: QWidget | None = None
        self._asked = False
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(300)

    def ensure(self) -> QWidget:
        """The content, made now if it was not."""
        if self.content is None:
            self.content = self._make()
            self._box.addWidget(self.content)
            self.made.emit(self._key, self.content)
        return self.content

    def drop(self) -> None:
        """Throw the content away; it is made anew when the dock is shown again."""
        if self.content is not None:
            self._box.removeWidget(self.content)
            self.content.hide()
            self.content.deleteLater()
            self.content = None
        self._asked = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.content is None and not self._asked:
            self._asked = True
            QTimer.singleShot(0, self, self._make_if_seen)

    def _make_if_seen(self) -> None:
        self._asked = False
        if self.isVisible():
            self.ensure()


class DockHost(QObject):
    """What the window needs of docks, whichever library makes them."""

    shown = Signal(str, bool)
    """(key, seen) when a dock comes to the front, goes behind another or is closed."""

    def widget(self) -> QWidget:
        """The widget that goes into the window."""
        raise NotImplementedError

    def set_center(self, widget: QWidget) -> None:
        """Put the map in the middle: always there, without a tab."""
        raise NotImplementedError

    def add(self, key: str, title: str, icon: QIcon, make: Callable[[], QWidget]) -> Holder:
        """A dock that is closed for the time being."""
        raise NotImplementedError

    def names(self) -> list[str]:
        """The keys of the docks, the map not among them."""
        raise NotImplementedError

    def holder(self, key: str) -> Holder:
        """The place of a dock's content."""
        raise NotImplementedError

    def is_open(self, key: str) -> bool:
        """Whether the dock is there, if behind another."""
        raise NotImplementedError

    def in_front(self, key: str) -> bool:
        """Whether the dock is there and not behind another."""
        raise NotImplementedError

    def open(self, key: str) -> None:
        """Show it and bring it to the front, at its place in the arrangement when it was closed."""
        raise NotImplementedError

    def close(self, key: str) -> None:
        """Close it; its content stays."""
        raise NotImplementedError

    def set_icon(self, key: str, icon: QIcon) -> None:
        """Another icon, after a switch of theme."""
        raise NotImplementedError

    def arrange(self, arrangement: Arrangement) -> None:
        """Build the arrangement; docks it does not name are closed."""
        raise NotImplementedError

    def save(self) -> QByteArray:
        """The layout as it is."""
        raise NotImplementedError

    def restore(self, state: QByteArray) -> bool:
        """A saved layout; False when it is none. Not in a constructor: floating docks would vanish."""
        raise NotImplementedError

    def dispose(self) -> None:
        """Put away what would outlive the window, such as floating docks."""


def make_host(parent: QWidget, *, plain: bool = False) -> DockHost:
    """Docks by QtAds; by Qt's own dock widgets where it is missing or ``plain`` asks for them."""
    return PlainHost(parent) if plain or ads is None else AdsHost(parent)


class AdsHost(DockHost):
    """Docks by the Qt Advanced Docking System."""

    _configured = False

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._configure()
        self._manager = ads.CDockManager(parent)
        self._docks: dict[str, ads.CDockWidget] = {}
        self._holders: dict[str, Holder] = {}
        self._arrangement = Arrangement()

    @classmethod
    def _configure(cls) -> None:
        if cls._configured:
            return
        cls._configured = True
        flags = ads.CDockManager.eConfigFlag
        manager = ads.CDockManager
        manager.setConfigFlags(
            flags.DisableStylesheet
            | flags.OpaqueSplitterResize
            | flags.AlwaysShowTabs
            | flags.ActiveTabHasCloseButton
            | flags.TabCloseButtonIsToolButton
            | flags.DockAreaHasUndockButton
            | flags.DockAreaHasTabsMenuButton
            | flags.DockAreaDynamicTabsMenuButtonVisibility
            | flags.HideSingleCentralWidgetTitleBar
            | flags.DragPreviewIsDynamic
            | flags.DragPreviewShowsContentPixmap
            | flags.DoubleClickUndocksWidget
            | flags.FloatingContainerHasWidgetTitle
            | flags.EqualSplitOnInsertion
            | flags.DisableTabTextEliding
            | flags.XmlCompressionEnabled
        )

    def widget(self) -> QWidget:
        """The dock manager itself."""
        manager: QWidget = self._manager
        return manager

    def set_center(self, widget: QWidget) -> None:
        """The map: always there, without a tab."""
        dock = ads.CDockWidget(self._manager, "map", None)
        dock.setObjectName("dock-map")
        dock.setWidget(widget, ads.CDockWidget.eInsertMode.ForceNoScrollArea)
        dock.setFeature(ads.CDockWidget.DockWidgetFeature.NoTab, True)
        self._manager.setCentralWidget(dock).titleBar().setMaximumHeight(0)
        self._docks["map"] = dock

    def add(self, key: str, title: str, icon: QIcon, make: Callable[[], QWidget]) -> Holder:
        """A dock that is closed for the time being."""
        dock = ads.CDockWidget(self._manager, title, None)
        dock.setObjectName(f"dock-{key}")
        dock.setIcon(icon)
        holder = Holder(key, make)
        dock.setWidget(holder, ads.CDockWidget.eInsertMode.ForceNoScrollArea)
        dock.setMinimumSizeHintMode(ads.CDockWidget.eMinimumSizeHintMode.MinimumSizeHintFromContent)
        self._docks[key] = dock
        self._holders[key] = holder
        self._manager.addDockWidget(ads.DockWidgetArea.RightDockWidgetArea, dock)
        dock.toggleView(False)
        dock.viewToggled.connect(lambda shown, k=key: self.shown.emit(k, bool(shown) and self.in_front(k)))
        dock.visibilityChanged.connect(lambda shown, k=key: self.shown.emit(k, bool(shown)))
        return holder

    def names(self) -> list[str]:
        """The docks but the map."""
        return list(self._holders)

    def holder(self, key: str) -> Holder:
        """The place of a dock's content."""
        return self._holders[key]

    def is_open(self, key: str) -> bool:
        """Whether the dock is there, if behind another."""
        return not self._docks[key].isClosed()

    def in_front(self, key: str) -> bool:
        """Whether the dock is there and not behind another."""
        return self.is_open(key) and bool(self._docks[key].isCurrentTab())

    def open(self, key: str) -> None:
        """Show it and bring it to the front, at its place in the arrangement when it was closed."""
        dock = self._docks[key]
        if dock.isClosed():
            self._place(key)
            self._reveal(dock)
        dock.setAsCurrentTab()
        dock.raise_()

    def close(self, key: str) -> None:
        """Close it; its content stays."""
        self._docks[key].toggleView(False)

    def set_icon(self, key: str, icon: QIcon) -> None:
        """Another icon, after a switch of theme."""
        self._docks[key].setIcon(icon)

    @staticmethod
    def _reveal(dock: ads.CDockWidget) -> None:
        """Show a dock that was added while closed: adding opens it, but leaves its tab hidden until it is toggled."""
        dock.toggleView(False)
        dock.toggleView(True)

    def _place(self, key: str) -> None:
        """Beside its neighbours of the arrangement where one is open, else at its side of the map."""
        dock = self._docks[key]
        side, group = self._arrangement.place_of(key)
        for other in group:
            area = self._docks[other].dockAreaWidget() if other in self._docks else None
            if other != key and area is not None and self.is_open(other):
                self._manager.addDockWidgetTabToArea(dock, area)
                return
        for others in self._arrangement.side(side):
            for other in others:
                area = self._docks[other].dockAreaWidget() if other in self._docks else None
                if other != key and area is not None and self.is_open(other):
                    self._manager.addDockWidgetTabToArea(dock, area)
                    return
        self._manager.addDockWidget(_SIDES[side], dock)
        self._apply_widths()

    def arrange(self, arrangement: Arrangement) -> None:
        """Build the arrangement; docks it does not name are closed."""
        self._arrangement = arrangement
        for key in self._holders:
            self._docks[key].toggleView(False)
        for side in ("left", "right", "bottom"):
            above = None
            for group in arrangement.side(side):
                area = None
                for key in group:
                    dock = self._docks.get(key)
                    if dock is None or key in arrangement.closed:
                        continue
                    if area is not None:
                        self._manager.addDockWidgetTabToArea(dock, area)
                    elif above is not None:
                        area = self._manager.addDockWidget(ads.DockWidgetArea.BottomDockWidgetArea, dock, above)
                    else:
                        area = self._manager.addDockWidget(_SIDES[side], dock)
                    self._reveal(dock)
                if area is not None:
                    above = area
                    area.setCurrentIndex(0)
        self._apply_widths()

    def _apply_widths(self) -> None:
        """Give the columns their widths and the map the rest."""
        center = self._docks["map"].dockAreaWidget() if "map" in self._docks else None
        splitter = center.parentSplitter() if center is not None else None
        if center is None or splitter is None or splitter.orientation() != Qt.Orientation.Horizontal:
            return
        at = splitter.indexOf(center)
        total = max(splitter.width(), 640)
        seen = [i for i in range(splitter.count()) if splitter.widget(i).isVisibleTo(splitter)]
        sizes = [0] * splitter.count()
        for i in seen:
            if i != at:
                sizes[i] = self._arrangement.left_width if i < at else self._arrangement.right_width
        sizes[at] = max(320, total - sum(sizes))
        splitter.setSizes(sizes)

    def save(self) -> QByteArray:
        """The layout as it is."""
        state: QByteArray = self._manager.saveState()
        return state

    def restore(self, state: QByteArray) -> bool:
        """A saved layout. Not in a constructor: floating docks would vanish."""
        restored = bool(self._manager.restoreState(state))
        self._docks["map"].dockAreaWidget().titleBar().setMaximumHeight(0)
        return restored

    def dispose(self) -> None:
        """Close floating docks before the window goes."""
        for window in list(self._manager.floatingWidgets()):
            window.hide()


_SIDES = (
    {}
    if ads is None
    else {
        "left": ads.DockWidgetArea.LeftDockWidgetArea,
        "right": ads.DockWidgetArea.RightDockWidgetArea,
        "bottom": ads.DockWidgetArea.BottomDockWidgetArea,
    }
)


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

    def dispose(self) -> None:
        """Nothing to do: floating docks go with the main window."""
