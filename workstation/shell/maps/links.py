"""Map windows that look where the main one looks: who moves takes the others along, each frame asked for as ever."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas


class Link(StrEnum):
    """How a window goes with the main one: not at all, by its middle, by middle and scale."""

    FREE = "free"
    CENTER = "center"
    VIEW = "view"


class _Watch(QObject):
    """Hears one canvas move."""

    def __init__(self, links: MapLinks, canvas: MapCanvas) -> None:
        super().__init__(links)
        self._links = links
        self._canvas = canvas
        canvas.view_changed.connect(self._moved)

    @Slot()
    def _moved(self) -> None:
        self._links.moved(self._canvas)

    def end(self) -> None:
        """Hear no more."""
        self._canvas.view_changed.disconnect(self._moved)
        self.deleteLater()


class MapLinks(QObject):
    """The links of the windows to the main canvas. A hand on a linked window moves the main one too."""

    def __init__(self, main: MapCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._main = main
        self._modes: dict[MapCanvas, Link] = {}
        self._watches: dict[MapCanvas, _Watch] = {main: _Watch(self, main)}
        self._following = False

    def add(self, canvas: MapCanvas, mode: Link) -> None:
        """A window, linked like this; it looks there at once."""
        self._watches[canvas] = _Watch(self, canvas)
        self._modes[canvas] = mode
        self._follow(self._main, canvas)

    def remove(self, canvas: MapCanvas) -> None:
        """The window is closed."""
        if self._modes.pop(canvas, None) is not None:
            self._watches.pop(canvas).end()

    def mode(self, canvas: MapCanvas) -> Link:
        """How the window is linked."""
        return self._modes.get(canvas, Link.FREE)

    def set_mode(self, canvas: MapCanvas, mode: Link) -> None:
        """Link it like this; it looks where the main one does at once."""
        self._modes[canvas] = mode
        self._follow(self._main, canvas)

    def moved(self, canvas: MapCanvas) -> None:
        """This canvas looks elsewhere: the main one and all that are linked to it go along."""
        if self._following or (canvas is not self._main and self.mode(canvas) is Link.FREE):
            return
        if canvas is not self._main:
            self._follow(canvas, self._main)
        for other in self._modes:
            if other is not canvas:
                self._follow(self._main, other)

    def _follow(self, leader: MapCanvas, follower: MapCanvas) -> None:
        """Never under a hand: a canvas with a gesture under way stays as it is until the next movement."""
        window = leader if follower is self._main else follower
        mode = self.mode(window)
        if mode is Link.FREE or follower.busy_hand:
            return
        view = leader.view
        res = view.res if mode is Link.VIEW else follower.view.res
        self._following = True
        try:
            follower.look_at(view.cx, view.cy, res)
        finally:
            self._following = False
