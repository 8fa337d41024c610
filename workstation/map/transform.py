"""Between the degrees everything is kept in (EPSG:4490) and the metres of the map on the screen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer

from workstation.map.viewport import Extent

GEOGRAPHIC = "EPSG:4490"
SCREEN_DPI = 96.0
"""What a logical pixel is held to be, here and in the worker: 1/96 inch."""
METRES_PER_PIXEL_AT_1 = 0.0254 / SCREEN_DPI

Array = NDArray[np.float64]


class Projection:
    """Longitude and latitude (EPSG:4490, degrees) to a map CRS and back; whole arrays at a time."""

    def __init__(self, map_crs: str) -> None:
        self.map_crs = map_crs
        crs = CRS.from_user_input(map_crs)
        self._forward = Transformer.from_crs(GEOGRAPHIC, crs, always_xy=True)
        self._back = Transformer.from_crs(crs, GEOGRAPHIC, always_xy=True)
        self._degrees = crs.is_geographic
        axis = crs.axis_info[0] if crs.axis_info else None
        self._factor = float(axis.unit_conversion_factor) if axis is not None else 1.0

    def to_map(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
        """Map coordinates of positions in degrees. What cannot be projected becomes inf."""
        x, y = self._forward.transform(np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64))
        return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)

    def to_lonlat(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        """Degrees of map coordinates."""
        lon, lat = self._back.transform(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
        return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)

    def point_to_map(self, lon: float, lat: float) -> tuple[float, float]:
        """One position in map coordinates."""
        x, y = self._forward.transform(lon, lat)
        return float(x), float(y)

    def point_to_lonlat(self, x: float, y: float) -> tuple[float, float]:
        """One map position in degrees."""
        lon, lat = self._back.transform(x, y)
        return float(lon), float(lat)

    def bounds_to_map(self, bounds: Sequence[float]) -> Extent:
        """The map extent that holds a box given in degrees (west, south, east, north); edges are bent, so many points."""
        west, south, east, north = bounds
        steps = np.linspace(0.0, 1.0, 9)
        lon = np.concatenate([west + (east - west) * steps] * 2 + [np.full(9, west), np.full(9, east)])
        lat = np.concatenate(
            [
                np.full(9, south),
                np.full(9, north),
                south + (north - south) * steps,
                south + (north - south) * steps,
            ]
        )
        x, y = self.to_map(lon, lat)
        return Extent(float(x.min()), float(y.min()), float(x.max()), float(y.max()))

    def metres_per_unit(self, y: float) -> float:
        """Ground metres of one map unit near ``y`` (for a map in degrees: along the parallel)."""
        if self._degrees:
            return 111_319.49 * max(0.01, float(np.cos(np.radians(y))))
        return self._factor

    def scale(self, resolution: float, y: float) -> float:
        """The scale's denominator at a resolution in map units per logical pixel."""
        return resolution * self.metres_per_unit(y) / METRES_PER_PIXEL_AT_1

    def resolution(self, scale: float, y: float) -> float:
        """Map units per logical pixel at a scale's denominator."""
        return scale * METRES_PER_PIXEL_AT_1 / self.metres_per_unit(y)
