"""The land: a smooth warp that bends a square frame into a landscape, the city's outline, its river and its zones.

The frame's coordinates are (u, v), in metres; lines of constant u and v become streets that bend together and follow
the river, because the river itself is a straight line of the frame.
"""

from __future__ import annotations

import math

import numpy as np
import shapely

from .plane import Array, Noise, offset_curve, stream
from .recipe import Recipe

ZONES = ("old", "centre", "residential", "new", "industrial", "fringe")


class Land:
    """Outline, river and zones of a city that holds about ``grids`` unit grids."""

    def __init__(self, recipe: Recipe, seed: int, grids: int) -> None:
        land = recipe.land
        rng = stream(seed, "land")
        area = grids * float(land["mean_grid_area"])
        self.half_width = math.sqrt(area * land["aspect"] / math.pi)
        self.half_height = self.half_width / land["aspect"]
        self.river_v = float(land["river_position"]) * self.half_height
        self._turn = math.radians(land["rotation_deg"])
        amplitude = min(float(land["river_amplitude"]), 0.26 * self.half_height)
        self._meander = Noise.make(rng, min(land["river_wavelength"], 1.9 * self.half_width), 3)
        self._amplitude = amplitude
        self._decay = 3.4 * amplitude
        self._waves = [
            (rng.uniform(0, 2 * math.pi), rng.uniform(0, 2 * math.pi), length, strength)
            for length, strength in ((1500.0, 42.0), (2600.0, 78.0), (4700.0, 110.0), (900.0, 14.0))
            for _ in range(2)
        ]
        self._rim = Noise.make(rng, 2 * math.pi / 3, 3)
        self.outline = self._outline()
        self._river_width = Noise.make(rng, 900.0, 2)
        low, high = land["river_half_width"]
        u = np.arange(-1.5 * self.half_width, 1.5 * self.half_width, 12.0)
        self.river_line = self.warp(u, np.full(len(u), self.river_v))
        half = (low + high) / 2 + (high - low) / 2 * self._river_width(u)
        left, right = offset_curve(self.river_line, half), offset_curve(self.river_line, -half)
        self.river = shapely.simplify(shapely.Polygon(np.vstack([left, right[::-1]])).buffer(0), 0.6)
        self.bank = (high + float(land["river_road_gap"]), -(high + float(land["river_road_gap"])))
        # The old town lies in a bend of the north bank, inside the horseshoe of the ring road.
        self.old_radius = float(np.clip(0.30 * self.half_width, 160.0, 1500.0))
        self.old_centre = (-0.10 * self.half_width, self.river_v + 0.78 * self.old_radius)

    def _outline(self) -> shapely.Polygon:
        angle = np.linspace(0, 2 * math.pi, 721)[:-1]
        radius = 1 + 0.075 * self._rim(angle)
        cos, sin = np.cos(angle), np.sin(angle)
        u = self.half_width * radius * np.sign(cos) * np.abs(cos) ** 0.82
        v = self.half_height * radius * np.sign(sin) * np.abs(sin) ** 0.82
        return shapely.simplify(shapely.Polygon(self.warp(u, v)).buffer(0), 0.5)

    def _shift(self, u: Array, v: Array) -> tuple[Array, Array]:
        dx, dy = np.zeros_like(u), np.zeros_like(u)
        for k, (a, b, length, strength) in enumerate(self._waves):
            wave = 2 * math.pi / length
            along, across = (u, v) if k % 2 else (v, u)
            value = strength * np.sin(wave * (along + 0.35 * across) + a)
            dx = dx + value * math.cos(b)
            dy = dy + value * math.sin(b)
        bend = self._amplitude * self._meander(u) * np.exp(-(((v - self.river_v) / self._decay) ** 2))
        return dx, dy + bend

    def warp(self, u: Array, v: Array) -> Array:
        """Points of the frame in the plane (n, 2)."""
        dx, dy = self._shift(u, v)
        x, y = u + dx, v + dy
        cos, sin = math.cos(self._turn), math.sin(self._turn)
        return np.column_stack([x * cos - y * sin, x * sin + y * cos])

    def unwarp(self, xy: Array) -> tuple[Array, Array]:
        """The frame's coordinates of points of the plane, to about a metre."""
        cos, sin = math.cos(self._turn), math.sin(self._turn)
        x, y = xy[:, 0] * cos + xy[:, 1] * sin, -xy[:, 0] * sin + xy[:, 1] * cos
        u, v = x.copy(), y.copy()
        for _ in range(12):
            dx, dy = self._shift(u, v)
            u, v = 0.5 * u + 0.5 * (x - dx), 0.5 * v + 0.5 * (y - dy)
        return u, v

    def zones(self, xy: Array) -> list[str]:
        """The zone of each point: what is built there and how dense."""
        u, v = self.unwarp(xy)
        p, q = u / self.half_width, v / self.half_height
        rim = np.hypot(p, q)
        old = np.hypot((u - self.old_centre[0]) / 1.02, (v - self.old_centre[1]) / 0.92) < self.old_radius
        centre = (np.hypot((p - 0.30) / 0.20, (q - 0.30) / 0.34) < 1) | (
            np.hypot((p - 0.12) / 0.2, (q + 0.42) / 0.2) < 1
        )
        industrial = (p > 0.60) & (q > -0.35) | (p < -0.62) & (q < -0.10)
        new = v < self.river_v
        chosen = np.select(
            [old, (rim > 0.93) & ~industrial, centre, industrial, new],
            ["old", "fringe", "centre", "industrial", "new"],
            "residential",
        )
        return [str(z) for z in chosen]
