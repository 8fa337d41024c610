"""Things painted over the frame by whoever knows them: an overlay is an object that a canvas paints, hits and asks.

The map itself knows none of them. An overlay belongs to one canvas at a time; several overlays may share the object that
holds their data, and each says :attr:`Overlay.changed` for its own canvas.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QMouseEvent, QPainter

from workstation.map.viewport import Extent, Viewport

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from workstation.map.overlay_cards import CardText

HEAT, AREAS, FINDINGS, TRACKS, QUERY, CASES, MOBILES, SELECTION = 10, 20, 25, 30, 35, 40, 50, 60
"""Who lies over whom. Unit areas and cases are painted by the canvas itself, at :data:`AREAS` and :data:`CASES`."""
BEYOND = 64.0
"""Pixels by which what an overlay paints may reach beyond its :meth:`Overlay.extent`."""


def unheard(_region: QRectF | None = None) -> None:
    """What ``changed`` is while no canvas paints the overlay: nobody has to be told."""


class Overlay:
    """What a canvas needs of an overlay, with an answer of "nothing" to all of it; override what there is.

    Everything here runs in the interface's thread and many times a second: look things up with numpy, keep pixmaps,
    paint only what lies in ``dirty``. Coordinates of the map are ``view``'s; pixels are the canvas's logical ones.
    """

    z: int = MOBILES
    """Larger lies above. Fixed while a canvas has the overlay."""
    visible: bool = True
    """Whether it is painted and hit at all. Call :attr:`changed` after setting it."""
    changed: Callable[..., None] = staticmethod(unheard)
    """Set by the canvas: call it, with the pixels concerned (QRectF) or with nothing for all, to be painted again."""

    def extent(self) -> Extent | None:
        """The box in map coordinates that holds all there is; None while there is nothing. What is out of sight costs
        nothing then."""
        return Extent(-1e12, -1e12, 1e12, 1e12)

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """Paint what lies in ``dirty`` (logical pixels). The painter's state is put back afterwards."""

    def hit(self, view: Viewport, x: float, y: float) -> object | None:
        """What of it lies under a pixel: anything that compares equal while it is the same thing, or None."""
        return None

    def hover_card(self, hit: Any) -> CardText | None:
        """What the card says when the pointer rests on ``hit``; None for no card."""
        return None

    def hovered(self, hit: Any | None) -> None:
        """The pointer is over another ``hit`` now, or over none: for those that light up. Call :attr:`changed` then."""

    def pressed(self, hit: Any, event: QMouseEvent) -> bool:
        """The left button went down on ``hit``. True takes the whole press: no panning, no tool until it is up again."""
        return False

    def clicked(self, hit: Any, event: QMouseEvent) -> bool:
        """The left button came up where it went down. True: it was for this overlay, and the tool hears nothing of it."""
        return False

    def activated(self, hit: Any) -> bool:
        """A double click on ``hit``. True: it was for this overlay, the map does not zoom."""
        return False

    def add_actions(self, hit: Any, menu: QMenu) -> None:
        """What can be done with ``hit``, for the menu of the right button."""


@dataclass(frozen=True)
class OverlayHit:
    """What lies under a pixel, and which overlay knows it."""

    overlay: Overlay
    hit: Any

    def same_as(self, other: OverlayHit | None) -> bool:
        """Whether both are the same thing."""
        return other is not None and self.overlay is other.overlay and bool(self.hit == other.hit)


class OverlayInUse(ValueError):
    """``overlay`` is painted by another canvas: make one for each, over the same data."""

    def __init__(self, overlay: Overlay) -> None:
        self.overlay = overlay
        super().__init__(type(overlay).__name__)


class OverlayStack:
    """The overlays of one canvas, the lowest first; of equal ones the newer lies above."""

    def __init__(self, tell: Callable[[QRectF | None], None]) -> None:
        self._tell = tell
        self._overlays: list[Overlay] = []

    def __iter__(self) -> Iterator[Overlay]:
        return iter(tuple(self._overlays))

    def __len__(self) -> int:
        return len(self._overlays)

    def add(self, overlay: Overlay) -> None:
        """One more; nothing happens where it is here already. Raises OverlayInUse where another canvas has it."""
        if overlay in self._overlays:
            return
        if overlay.changed is not unheard:
            raise OverlayInUse(overlay)
        overlay.changed = self._changed
        bisect.insort_right(self._overlays, overlay, key=lambda one: one.z)
        self._tell(None)

    def remove(self, overlay: Overlay) -> None:
        """One less; nothing happens where it is not here."""
        if overlay in self._overlays:
            self._overlays.remove(overlay)
            overlay.changed = unheard
            self._tell(None)

    def clear(self) -> None:
        """All of them go: the canvas is closed."""
        for overlay in self._overlays:
            overlay.changed = unheard
        self._overlays.clear()

    def _changed(self, region: QRectF | None = None) -> None:
        self._tell(region)

    def paint(
        self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF, low: float, high: float
    ) -> None:
        """Paint those with ``low <= z < high`` that have something in ``dirty``."""
        left, top = view.to_map(dirty.left() - BEYOND, dirty.top() - BEYOND)
        right, bottom = view.to_map(dirty.right() + BEYOND, dirty.bottom() + BEYOND)
        seen = Extent(left, bottom, right, top)
        for overlay in self._overlays:
            if not low <= overlay.z < high or not overlay.visible:
                continue
            box = overlay.extent()
            if box is not None and box.intersects(seen):
                painter.save()
                overlay.paint(painter, view, dpr, dirty)
                painter.restore()

    def hit(self, view: Viewport, x: float, y: float, low: float, high: float) -> OverlayHit | None:
        """What lies under a pixel, of those with ``low <= z < high``: what is painted last is hit first."""
        for overlay in reversed(self._overlays):
            if low <= overlay.z < high and overlay.visible:
                found = overlay.hit(view, x, y)
                if found is not None:
                    return OverlayHit(overlay, found)
        return None
