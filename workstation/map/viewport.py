"""Where the map looks: centre, resolution and size as one value, and the way between two of them. Pure arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MIN_RESOLUTION = 0.02
"""Map units per pixel when all the way in: about 1:75."""
MAX_RESOLUTION = 2000.0


class Extent(NamedTuple):
    """A box in map coordinates."""

    xmin: float
    ymin: float
    xmax: float
    ymax: float

    @property
    def width(self) -> float:
        """Width in map units."""
        return self.xmax - self.xmin

    @property
    def height(self) -> float:
        """Height in map units."""
        return self.ymax - self.ymin

    @property
    def center(self) -> tuple[float, float]:
        """The middle."""
        return (self.xmin + self.xmax) / 2, (self.ymin + self.ymax) / 2

    def intersects(self, other: Extent) -> bool:
        """Whether the boxes share a point."""
        return (
            self.xmin <= other.xmax
            and other.xmin <= self.xmax
            and self.ymin <= other.ymax
            and other.ymin <= self.ymax
        )

    def holds(self, other: Extent) -> bool:
        """Whether the other box lies wholly inside this one."""
        return (
            self.xmin <= other.xmin
            and self.ymin <= other.ymin
            and other.xmax <= self.xmax
            and other.ymax <= self.ymax
        )

    def shared(self, other: Extent) -> float:
        """The share of this box that the other covers, 0 to 1."""
        width = min(self.xmax, other.xmax) - max(self.xmin, other.xmin)
        height = min(self.ymax, other.ymax) - max(self.ymin, other.ymin)
        if width <= 0 or height <= 0 or self.width <= 0 or self.height <= 0:
            return 0.0
        return width * height / (self.width * self.height)


@dataclass(frozen=True, slots=True)
class Viewport:
    """Centre in map coordinates, resolution in map units per logical pixel, size in logical pixels."""

    cx: float
    cy: float
    res: float
    width: int
    height: int

    @property
    def extent(self) -> Extent:
        """What is seen."""
        w, h = self.width * self.res / 2, self.height * self.res / 2
        return Extent(self.cx - w, self.cy - h, self.cx + w, self.cy + h)

    def grown(self, pixels: int) -> Viewport:
        """The same view with a margin all round."""
        return replace(self, width=self.width + 2 * pixels, height=self.height + 2 * pixels)

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a map position."""
        return (x - self.cx) / self.res + self.width / 2, (self.cy - y) / self.res + self.height / 2

    def to_screen_arrays(self, x: Array, y: Array) -> tuple[Array, Array]:
        """The pixels of many map positions."""
        return (x - self.cx) / self.res + self.width / 2, (self.cy - y) / self.res + self.height / 2

    def to_map(self, px: float, py: float) -> tuple[float, float]:
        """The map position of a pixel."""
        return self.cx + (px - self.width / 2) * self.res, self.cy - (py - self.height / 2) * self.res

    def panned(self, dx: float, dy: float) -> Viewport:
        """The view after the map was pulled by so many pixels to the right and down."""
        return replace(self, cx=self.cx - dx * self.res, cy=self.cy + dy * self.res)

    def zoomed(self, factor: float, px: float | None = None, py: float | None = None) -> Viewport:
        """Nearer by ``factor`` (less than one: farther); the map under the pixel stays where it is."""
        px = self.width / 2 if px is None else px
        py = self.height / 2 if py is None else py
        res = clamp_resolution(self.res / factor)
        x, y = self.to_map(px, py)
        return replace(self, res=res, cx=x - (px - self.width / 2) * res, cy=y + (py - self.height / 2) * res)

    def at(self, cx: float, cy: float, res: float | None = None) -> Viewport:
        """The same window over another place."""
        return replace(self, cx=cx, cy=cy, res=clamp_resolution(self.res if res is None else res))

    def resized(self, width: int, height: int) -> Viewport:
        """The same centre and scale in a window of another size."""
        return replace(self, width=max(1, width), height=max(1, height))

    def fitted(self, extent: Extent, margin: int = 24, nearest: float = MIN_RESOLUTION) -> Viewport:
        """The whole extent inside the window, but not nearer than ``nearest``."""
        width, height = max(1, self.width - 2 * margin), max(1, self.height - 2 * margin)
        res = max(extent.width / width, extent.height / height, nearest)
        return self.at(*extent.center, res)

    def same_as(self, other: Viewport | None) -> bool:
        """Whether both show the same to within a hundredth of a pixel."""
        return (
            other is not None
            and (self.width, self.height) == (other.width, other.height)
            and abs(self.res / other.res - 1) < 1e-6
            and abs(self.cx - other.cx) < self.res * 0.01
            and abs(self.cy - other.cy) < self.res * 0.01
        )


def clamp_resolution(res: float) -> float:
    """The resolution, held inside what the map offers."""
    return min(MAX_RESOLUTION, max(MIN_RESOLUTION, res))


def between(start: Viewport, end: Viewport, share: float) -> Viewport:
    """The view on the way from one to the other.

    The scale changes evenly to the eye (geometrically), and the centre goes so that the point both views have at the
    same pixel stays there: a zoom about the pointer is a zoom about the pointer at every moment of it.
    """
    if share >= 1:
        return end
    res = math.exp(math.log(start.res) + (math.log(end.res) - math.log(start.res)) * share)
    part = share if abs(end.res / start.res - 1) < 0.0001 else (res - start.res) / (end.res - start.res)
    return replace(
        end, cx=start.cx + (end.cx - start.cx) * part, cy=start.cy + (end.cy - start.cy) * part, res=res
    )


class ViewHistory:
    """The views an operator has rested on, so that one key leads back."""

    LIMIT = 60

    def __init__(self) -> None:
        self._back: list[Viewport] = []
        self._forward: list[Viewport] = []
        self._now: Viewport | None = None

    def rested(self, view: Viewport) -> None:
        """Remember a view that stayed for a while."""
        if view.same_as(self._now):
            return
        if self._now is not None and not _alike(self._now, view):
            self._back.append(self._now)
            del self._back[: -self.LIMIT]
            self._forward.clear()
        self._now = view

    def back(self) -> Viewport | None:
        """The view before, or None."""
        if not self._back:
            return None
        if self._now is not None:
            self._forward.append(self._now)
        self._now = self._back.pop()
        return self._now

    def forward(self) -> Viewport | None:
        """The view one came back from, or None."""
        if not self._forward:
            return None
        if self._now is not None:
            self._back.append(self._now)
        self._now = self._forward.pop()
        return self._now


def _alike(a: Viewport, b: Viewport) -> bool:
    """So near each other that going back would look like nothing: a nudge of a few pixels, or only another size."""
    near = abs(a.cx - b.cx) < 24 * b.res and abs(a.cy - b.cy) < 24 * b.res
    return near and abs(math.log(a.res / b.res)) < 0.05
