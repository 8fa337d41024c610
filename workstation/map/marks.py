"""Places of very many things, thinned for each scale: made in the background, so that a map paints a million in milliseconds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workstation.map.transform import Array, Projection
from workstation.map.viewport import Extent

STEPS = 33
"""Lines of the net over which projecting is linear: over 20 km it is right to a centimetre."""
FEW = 3000
SIDES = tuple(2.0**n for n in range(1, 9))
"""Map units of the cells in which one thing stands for all."""


class MapNet:
    """Puts degrees on a map without the projection's library, for any thread: linearly between the lines of a net."""

    def __init__(self, projection: Projection, bounds: Sequence[float]) -> None:
        self._west, self._south, east, north = bounds
        self._dx = max(east - self._west, 1e-6) / (STEPS - 1)
        self._dy = max(north - self._south, 1e-6) / (STEPS - 1)
        lon, lat = np.meshgrid(
            self._west + np.arange(STEPS) * self._dx, self._south + np.arange(STEPS) * self._dy
        )
        x, y = projection.to_map(lon.ravel(), lat.ravel())
        self._net = np.stack([x.reshape(STEPS, STEPS), y.reshape(STEPS, STEPS)], axis=-1)

    def xy(self, lon: Array, lat: Array) -> Array:
        """(n, 2) on the map; what lies outside the net is carried on from its edge."""
        u, v = (lon - self._west) / self._dx, (lat - self._south) / self._dy
        i = np.clip(u.astype(np.int64), 0, STEPS - 2)
        j = np.clip(v.astype(np.int64), 0, STEPS - 2)
        u, v = (u - i)[:, None], (v - j)[:, None]
        net = self._net
        low = net[j, i] * (1 - u) + net[j, i + 1] * u
        high = net[j + 1, i] * (1 - u) + net[j + 1, i + 1] * u
        out: Array = low * (1 - v) + high * v
        return out


class Marks:
    """Places on the map, in order of x, and thinner ones for each scale. Immutable; for any thread."""

    def __init__(self, xy: Array) -> None:
        xy = xy[np.argsort(xy[:, 0], kind="stable")]
        self.count = len(xy)
        self._levels: list[tuple[float, Array]] = [(0.0, xy)]
        self.extent: Extent | None = None
        if not len(xy):
            return
        low, high = xy.min(axis=0), xy.max(axis=0)
        self.extent = Extent(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        for side in SIDES:
            if len(xy) <= FEW:
                break
            cells = np.floor((xy - low) / side).astype(np.int64)
            _, first = np.unique(cells[:, 0] * 4_000_037 + cells[:, 1], return_index=True)
            xy = xy[np.sort(first)]
            self._levels.append((side, xy))

    def within(self, box: Extent, cell: float) -> Array:
        """Those in a box of the map; of more than one within ``cell`` map units, one may stand for all."""
        xy = max((level for level in self._levels if level[0] <= cell), key=lambda level: level[0])[1]
        begin, end = np.searchsorted(xy[:, 0], (box.xmin, box.xmax))
        part = xy[begin:end]
        out: Array = part[(part[:, 1] >= box.ymin) & (part[:, 1] <= box.ymax)]
        return out


NONE = Marks(np.empty((0, 2)))
