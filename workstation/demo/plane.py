"""The metric plane the demo city is drawn in, and small helpers: named random streams, smooth noise, polylines.

Plane coordinates are metres east and north of the city's centre in its map CRS, so that areas and distances on the
screen are those of the recipe.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

Array = NDArray[np.float64]


def stream(seed: int, name: str) -> np.random.Generator:
    """An independent random stream for one purpose, so that a change in one part leaves the others as they were."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


class Plane:
    """Conversion between the plane (metres from the centre) and EPSG:4490 (degrees, rounded to 1e-9)."""

    def __init__(self, lon: float, lat: float, crs: str) -> None:
        self._out = Transformer.from_crs(crs, "EPSG:4490", always_xy=True)
        self._in = Transformer.from_crs("EPSG:4490", crs, always_xy=True)
        self._east, self._north = self._in.transform(lon, lat)

    def degrees(self, xy: Array) -> Array:
        """``xy`` (n, 2) in metres as longitude and latitude. The same point gives the same digits always."""
        lon, lat = self._out.transform(xy[:, 0] + self._east, xy[:, 1] + self._north)
        return np.round(np.column_stack([lon, lat]), 9)

    def to_degrees(self, geometries: NDArray[np.object_]) -> NDArray[np.object_]:
        """An array of geometries in the plane as geometries in EPSG:4490."""
        result: NDArray[np.object_] = shapely.transform(geometries, self.degrees)
        return result


@dataclass(frozen=True)
class Noise:
    """Smooth noise of one variable: a few sines of random phase. Amplitude is about 1."""

    frequency: Array
    phase: Array
    weight: Array

    @classmethod
    def make(cls, rng: np.random.Generator, wavelength: float, octaves: int = 3) -> Noise:
        """Noise whose longest wave is ``wavelength`` long, each octave about half as long and half as strong."""
        k = np.arange(octaves)
        frequency = 2 * np.pi / (wavelength / 1.9**k * rng.uniform(0.85, 1.15, octaves))
        weight = 0.5**k
        return cls(frequency, rng.uniform(0, 2 * np.pi, octaves), weight / weight.sum())

    def __call__(self, t: Array | float) -> Array:
        values = np.sin(np.multiply.outer(np.asarray(t, float), self.frequency) + self.phase)
        result: Array = values @ self.weight
        return result


@dataclass(frozen=True)
class Polyline:
    """A line with its lengths worked out, for placing things along it."""

    points: Array
    at: Array

    @classmethod
    def of(cls, line: shapely.LineString) -> Polyline:
        points = shapely.get_coordinates(line)
        steps = np.hypot(*np.diff(points, axis=0).T)
        return cls(points, np.concatenate([[0.0], np.cumsum(steps)]))

    @property
    def length(self) -> float:
        return float(self.at[-1])

    def place(self, s: Array, offset: Array | float = 0.0) -> tuple[Array, Array]:
        """Points at distances ``s``, shifted ``offset`` metres to the left, and the unit tangents there."""
        i = np.clip(np.searchsorted(self.at, s, side="right") - 1, 0, len(self.at) - 2)
        step = self.points[i + 1] - self.points[i]
        size = np.maximum(self.at[i + 1] - self.at[i], 1e-9)
        tangent = step / size[:, None]
        base = self.points[i] + tangent * (s - self.at[i])[:, None]
        normal = np.column_stack([-tangent[:, 1], tangent[:, 0]])
        return base + normal * np.broadcast_to(offset, s.shape)[:, None], tangent


def offset_curve(points: Array, distance: Array | float) -> Array:
    """``points`` moved to the left of their course by ``distance`` (negative: to the right)."""
    tangent = np.gradient(points, axis=0)
    tangent /= np.hypot(tangent[:, 0], tangent[:, 1])[:, None]
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    moved: Array = points + normal * np.broadcast_to(distance, len(points))[:, None]
    return moved
