"""Any number of map windows round one main map: made, found again at the next start, put where a screen still is.

All of them draw with one map worker, each under a name of its own, and only while they are seen. The main map is one of
them and is never closed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from ..frame.screens import clamp, settled
from ..look import icons
from .links import Link, MapLinks
from .window import MAIN, MapWindow

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from ...map.canvas import MapCanvas
    from ..context import AppContext
    from ..docks import DockHost
    from ..menus.actions import Actions

SIZE = (900, 640)
CROWDED = 0.15
"""A screen of which a window covers more is not free for another."""
STEP = 36
"""Pixels by which each new window lies beside the last one, so that its title is seen."""


class MapWindows(QObject):
    """The map windows of one context. Lives as long as the docks do."""

    def __init__(self, context: AppContext, host: DockHost, actions: Actions, settings: QSettings) -> None:
        super().__init__(host)
        self._context = context
        self._host = host
        self._actions = actions
        self._settings = settings
        self._longing: dict[str, tuple[QRect, QRect]] = {}
        """Of windows whose screen is gone: where they were, and where they stand instead."""
        self._links = MapLinks(context.main_canvas, self)
        main = MapWindow(context, context.main_canvas, self._links, self.tr("主图"), self)
        self._windows: dict[str, MapWindow] = {MAIN: main}
        host.set_center(main.frame)
        host.window_closed.connect(self._closed)
        context.theme_changed.connect(self._recolor)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._screens_changed)
            application.screenAdded.connect(self._screens_changed)

    def __iter__(self) -> Iterator[MapWindow]:
        return iter(tuple(self._windows.values()))

    def __len__(self) -> int:
        return len(self._windows)

    @property
    def main(self) -> MapWindow:
        """The map in the middle."""
        return self._windows[MAIN]

    @property
    def current(self) -> MapWindow:
        """The one in hand."""
        return self.of(self._context.canvas)

    def of(self, canvas: MapCanvas) -> MapWindow:
        """The window of a canvas; the main one for a canvas that is none's."""
        return self._windows.get(canvas.name, self.main)

    # ---- opening and closing ---------------------------------------------------------------------------------

    def new(self) -> MapWindow:
        """One more, with what the one in hand shows, going with the main map; it floats and has the keyboard."""
        like = self.current
        number = next(n for n in range(2, 1000) if f"map{n}" not in self._windows)
        window = self._make(f"map{number}", self.tr("地图 {n}").format(n=number), Link.VIEW)
        state = like.state()
        for name in ("link", "view", "heat", "overview"):
            state.pop(name, None)
        window.apply(state)
        self._host.show_window(window.key, self._free_place())
        window.canvas.setFocus()
        self._context.set_canvas(window.canvas)
        return window

    def _make(self, key: str, name: str, link: Link) -> MapWindow:
        from ...map.canvas import MapCanvas

        context = self._context
        main = context.main_canvas
        canvas = MapCanvas(context.client, main.projection.map_crs, key, context.theme, now=main.present)
        canvas.motion.animated = main.motion.animated
        canvas.set_layers(main.layer_definitions())
        window = MapWindow(context, canvas, self._links, name, self)
        self._windows[key] = window
        context.add_canvas(canvas)
        self._links.add(canvas, link)
        self._host.add_window(key, name, icons.icon("map"), window.frame)
        self._actions.serve(window.frame)
        window.changed.connect(self._name_changed)
        if window.bar is not None:
            window.bar.refresh()
        return window

    def close(self, window: MapWindow) -> None:
        """Close a window and free all that it had; the main one stays."""
        if window.key == MAIN or self._windows.get(window.key) is not window:
            return
        del self._windows[window.key]
        window.close()
        self._context.remove_canvas(window.canvas)
        window.canvas.shutdown()
        self._host.remove_window(window.key)
        window.frame.deleteLater()
        window.deleteLater()

    @Slot(str)
    def _closed(self, key: str) -> None:
        """Later: docks are still about it."""
        window = self._windows.get(key)
        if window is not None:
            QTimer.singleShot(0, self, lambda: self.close(window))

    def next(self) -> None:
        """The keyboard goes to the next window that is there."""
        there = [w for w in self if w.key == MAIN or self._host.is_window_open(w.key)]
        at = there.index(self.current) if self.current in there else -1
        window = there[(at + 1) % len(there)]
        if window.key != MAIN:
            self._host.show_window(window.key)
        window.canvas.window().activateWindow()
        window.canvas.setFocus()
        self._context.set_canvas(window.canvas)

    def _name_changed(self) -> None:
        for window in self:
            if window.key != MAIN:
                self._host.set_window_title(window.key, window.name)

    # ---- screens ---------------------------------------------------------------------------------------------

    def _free_place(self) -> QRect:
        """On a screen that has no part of the main window, else beside the last one."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        main = self._context.main_canvas.window()
        home, own = main.geometry(), main.screen().availableGeometry()
        taken = [
            place for window in self if window.key != MAIN and (place := self._host.window_place(window.key))
        ]
        width, height = SIZE
        for screen in screens:
            free = screen != own and _share(screen, home) < CROWDED
            if free and not any(_share(screen, place) > CROWDED for place in taken):
                return QRect(screen.left(), screen.top() + 30, screen.width(), screen.height() - 30)
        # Beside the work list rather than on it, and nothing of it off the screen.
        shift = STEP * (len(self._windows) - 1)
        width, height = min(width, own.width() - 80), min(height, own.height() - 160)
        left = max(own.left(), min(home.right(), own.right()) - width - shift)
        top = max(own.top(), min(home.top() + 80 + shift, own.bottom() - height))
        return clamp(QRect(left, top, width, height), screens)

    @Slot(object)
    def _screens_changed(self, _screen: object) -> None:
        """Once the system has told where things are."""
        QTimer.singleShot(0, self, self.rescue)

    def rescue(self) -> None:
        """Whatever cannot be reached on any screen comes back on one; what had to leave its screen goes back when it is there."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        for window in self:
            place = None if window.key == MAIN else self._host.window_place(window.key)
            if place is not None:
                self._put(window, place, screens)
        for box in self._host.floats():
            place = settled(box.geometry(), screens)
            if place != box.geometry():
                box.setGeometry(place)

    def _put(self, window: MapWindow, wanted: QRect, screens: list[QRect]) -> None:
        """The window there, or where it was before its screen went, or else where a screen is."""
        now = self._host.window_place(window.key)
        before, instead = self._longing.pop(window.key, (wanted, None))
        if instead is not None and now is not None and _near(now, instead):
            wanted = before
        place = settled(wanted, screens)
        if place != now:
            window.frame.window().setGeometry(place)
        if place != wanted:
            self._longing[window.key] = wanted, place

    # ---- coming back -----------------------------------------------------------------------------------------

    def _setting(self) -> str:
        return f"mapwindows/{self._context.actor.post}"

    def save(self) -> None:
        """Keep what every window shows for this post, and where it floats. Where docked ones stand is the layout's matter."""
        states: list[dict[str, Any]] = []
        for window in self:
            state = window.state()
            if window.key != MAIN:
                place = self._host.window_place(window.key)
                before, instead = self._longing.get(window.key, (place, None))
                if instead is not None and place is not None and _near(place, instead):
                    place = before
                state["place"] = place and [place.left(), place.top(), place.width(), place.height()]
            states.append(state)
        city = self._context.services.city
        self._settings.setValue(self._setting(), json.dumps({"city": city.name, "windows": states}))

    def restore(self) -> None:
        """The windows as this post left them; called before the layout is restored, which puts docked ones in place."""
        for window in [window for window in self if window.key != MAIN]:
            self.close(window)
        for state in self._saved():
            key, name = state.get("key"), state.get("name")
            if key == MAIN:
                self.main.apply(state)
            elif isinstance(key, str) and key and key not in self._windows:
                window = self._make(key, name if isinstance(name, str) and name else key, Link.FREE)
                window.apply(state)
                link = state.get("link")
                window.set_link(Link(link) if link in list(Link) else Link.FREE)

    def settle(self) -> None:
        """After the layout: what it did not place floats where it was, and everything is on a screen that exists."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        for state in self._saved():
            key, rect = state.get("key"), _rect(state.get("place"))
            if not isinstance(key, str) or key == MAIN or key not in self._windows:
                continue
            if not self._host.is_window_open(key):
                self._host.show_window(key, self._free_place() if rect is None else settled(rect, screens))
            if rect is not None and self._host.window_place(key) is not None:
                self._put(self._windows[key], rect, screens)
        self.rescue()

    def _saved(self) -> list[dict[str, Any]]:
        """What was saved for the post in this city; of another city only the windows, not where they looked."""
        text = self._settings.value(self._setting(), "")
        try:
            saved = json.loads(text) if isinstance(text, str) and text else {}
        except ValueError:
            return []
        windows = saved.get("windows") if isinstance(saved, dict) else None
        found = [dict(w) for w in windows if isinstance(w, dict)] if isinstance(windows, list) else []
        if found and saved.get("city") != self._context.services.city.name:
            for state in found:
                for name in ("view", "classes", "units"):
                    state.pop(name, None)
        return found

    @Slot()
    def _recolor(self) -> None:
        for window in self:
            window.recolor()

    def dispose(self) -> None:
        """All windows go with the docks; the canvases are the context's to end."""
        for window in self:
            if window.key != MAIN:
                self.close(window)
        self.main.close()


def _near(one: QRect, other: QRect) -> bool:
    """Whether nobody has moved a window from the one place: systems shift windows by their frames."""
    return (one.topLeft() - other.topLeft()).manhattanLength() < STEP * 2


def _share(screen: QRect, place: QRect) -> float:
    """How much of a screen a window covers."""
    part = screen.intersected(place)
    return part.width() * part.height() / max(1, screen.width() * screen.height())


def _rect(value: Any) -> QRect | None:
    """A rectangle kept as four numbers; None where it is none."""
    if isinstance(value, list) and len(value) == 4 and all(isinstance(part, int) for part in value):
        left, top, width, height = value
        return QRect(left, top, width, height)
    return None
