"""A projection as a table, for other threads: PROJ is asked once, in the interface's thread; the rest is arithmetic.

PROJ keeps a context for each thread, and one that is made in a pool's thread beside SpatiaLite's own PROJ has crashed.
Between nodes of the table positions are interpolated: over a city of fifty kilometres that is right to a decimetre.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from workstation.map.transform import Array, Projection

NODES = 65
LEAST = 0.01
"""Degrees: no table is smaller than this."""


class Plane:
    """Map coordinates of degrees in and around a box (west, south, east, north). Immutable: for any thread."""

    def __init__(self, projection: Projection, bounds: Sequence[float]) -> None:
        west, south, east, north = bounds
        self._west, self._south = west, south
        self._wide = max(LEAST, east - west) / (NODES - 1)
        self._high = max(LEAST, north - south) / (NODES - 1)
        steps = np.arange(NODES)
        lon, lat = np.meshgrid(west + steps * self._wide, south + steps * self._high)
        x, y = projection.to_map(lon.ravel(), lat.ravel())
        self._x, self._y = x.reshape(NODES, NODES), y.reshape(NODES, NODES)

    def to_map(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
        """Map coordinates of positions in degrees; what lies beside the box goes on straight."""
        across = (np.asarray(lon, dtype=np.float64) - self._west) / self._wide
        up = (np.asarray(lat, dtype=np.float64) - self._south) / self._high
        column = np.clip(np.floor(across), 0, NODES - 2).astype(np.int64)
        row = np.clip(np.floor(up), 0, NODES - 2).astype(np.int64)
        u, v = across - column, up - row

        def between(nodes: Array) -> Array:
            low = nodes[row, column] * (1 - u) + nodes[row, column + 1] * u
            high = nodes[row + 1, column] * (1 - u) + nodes[row + 1, column + 1] * u
            return np.asarray(low * (1 - v) + high * v)

        return between(self._x), between(self._y)
