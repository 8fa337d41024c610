"""Docks around the map: the only file that knows the docking library. Without it, Qt's own dock widgets do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from .arrangement import Arrangement
from .docking_plain import PlainHost
from .docks import DockHost, Holder

try:
    import PySide6QtAds as ads  # noqa: N813
except ImportError:  # the fallback below takes its place
    ads = None


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
        self._windows: dict[str, ads.CDockWidget] = {}
        self._watched: QWidget | None = None
        self._quiet = False
        self._away = False
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
        # Docks without a place of their own come together too: a column for each would leave no map.
        placed = [other for others in self._arrangement.side(side) for other in others]
        for other in (*placed, *(k for k in self._docks if k not in placed)):
            area = self._docks[other].dockAreaWidget() if other in self._docks else None
            if (
                other not in (key, "map")
                and area is not None
                and self.is_open(other)
                and not self._docks[other].isFloating()
                and self._arrangement.place_of(other)[0] == side
            ):
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
                        area = self._manager.addDockWidget(
                            ads.DockWidgetArea.BottomDockWidgetArea, dock, above
                        )
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
        total = max(splitter.width(), self._manager.width(), 640)
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
        self._away = False
        self._quiet = True  # windows that the layout does not know are closed by it, not by anybody
        try:
            restored = bool(self._manager.restoreState(state))
        finally:
            self._quiet = False
        self._docks["map"].dockAreaWidget().titleBar().setMaximumHeight(0)
        QTimer.singleShot(0, self, self._show_open)
        return restored

    def _show_open(self) -> None:
        """Whatever floats and is not closed is seen, unless it was put away."""
        if self._away:
            return
        for dock in (*self._docks.values(), *self._windows.values()):
            box = None if dock.isClosed() else dock.floatingDockContainer()
            if box is not None and box.isHidden():
                box.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, True)
                box.show()

    def add_window(self, key: str, title: str, icon: QIcon, widget: QWidget) -> None:
        """A window of its own, not seen yet."""
        dock = ads.CDockWidget(self._manager, title, None)
        dock.setObjectName(f"window-{key}")
        dock.setIcon(icon)
        dock.setWidget(widget, ads.CDockWidget.eInsertMode.ForceNoScrollArea)
        dock.setMinimumSizeHintMode(ads.CDockWidget.eMinimumSizeHintMode.MinimumSizeHintFromContent)
        self._windows[key] = dock
        # Floating and closed: only what the manager has once been given does it find when a layout comes back.
        self._manager.addDockWidgetFloating(dock).hide()
        if self._watched is None:
            self._watched = self._manager.window()
            self._watched.installEventFilter(self)
        dock.toggleView(False)
        dock.closed.connect(lambda k=key: self._closed(k))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Elsewhere than on X11 the library hides floating docks, for it changes their flags to lift them above the
        window when that becomes active, and to let go when it no longer is: they are shown again, without becoming
        active themselves, or it would go on for ever."""
        turns = (QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate)
        if event.type() in turns and watched is self._watched and not self._away:
            QTimer.singleShot(0, self, self._show_open)
        return False

    def _closed(self, key: str) -> None:
        if not self._quiet and key in self._windows:
            self.window_closed.emit(key)

    def remove_window(self, key: str) -> None:
        """Take the window out."""
        dock = self._windows.pop(key)
        widget = dock.takeWidget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
        self._manager.removeDockWidget(dock)
        dock.deleteLater()

    def windows(self) -> list[str]:
        """The keys of the windows."""
        return list(self._windows)

    def show_window(self, key: str, place: QRect | None = None) -> None:
        """Float it at a place, or bring it to the front."""
        dock = self._windows[key]
        if place is not None:
            if dock.floatingDockContainer() is None:
                self._manager.addDockWidgetFloating(dock)
            dock.toggleView(True)
            box = dock.floatingDockContainer()
            box.setGeometry(place)
            box.show()
        elif dock.isClosed():
            dock.toggleView(True)
        dock.setAsCurrentTab()
        dock.raise_()

    def window_place(self, key: str) -> QRect | None:
        """Where it floats."""
        dock = self._windows[key]
        box = dock.floatingDockContainer()
        return box.geometry() if box is not None and not dock.isClosed() else None

    def is_window_open(self, key: str) -> bool:
        """Whether it is there."""
        return not self._windows[key].isClosed()

    def set_window_title(self, key: str, title: str) -> None:
        """Another name."""
        self._windows[key].setWindowTitle(title)

    def floats(self) -> list[QWidget]:
        """The windows of the docks that float, as far as they are seen."""
        return [window for window in self._manager.floatingWidgets() if window.isVisible()]

    def hide_floats(self) -> None:
        """Hide them until a layout is restored."""
        self._away = True
        super().hide_floats()

    def dispose(self) -> None:
        """Close floating docks before the window goes."""
        self._quiet = True
        if self._watched is not None:
            self._watched.removeEventFilter(self)
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
