"""Which markers stand together at a scale: found once per half octave of zoom, so that panning regroups nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Clusters:
    """The grouping at one level: ``singles`` are row numbers that stand alone, groups are columns of equal length."""

    singles: Indices
    x: Array
    y: Array
    members: tuple[Indices, ...]
    lights: NDArray[np.int64]
    """One row a group: how many have each light (none, green, yellow, red)."""


def level_of(resolution: float) -> int:
    """The level a resolution belongs to: two levels for each doubling."""
    return math.floor(math.log2(resolution) * 2)


def radius_of(level: int) -> float:
    """The distance in map units under which markers are grouped at a level: 22 pixels near, 48 far out."""
    resolution = math.pow(2.0, (level + 1) / 2)
    pixels = float(np.interp(level, [0, 4, 10], [22.0, 42.0, 48.0]))
    return pixels * resolution


def cluster(x: Array, y: Array, lights: NDArray[np.int8], rows: Indices, radius: float) -> Clusters:
    """Group the given rows: those in one cell of ``radius``, and neighbouring cells whose middles are nearer than it."""
    if not len(rows):
        empty = np.empty(0)
        return Clusters(rows, empty, empty, (), np.empty((0, 4), dtype=np.int64))
    px, py = x[rows], y[rows]
    keys = np.floor(px / radius).astype(np.int64) * _STRIDE + np.floor(py / radius).astype(np.int64)
    cells, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    mx = np.bincount(inverse, px) / counts
    my = np.bincount(inverse, py) / counts
    group = _join(cells, mx, my, counts, radius)
    _, labels, sizes = np.unique(group[inverse], return_inverse=True, return_counts=True)
    several = np.flatnonzero(sizes > 1)
    order = np.argsort(labels, kind="stable")
    ends = np.cumsum(sizes)
    light_counts = np.bincount(labels * 4 + lights[rows], minlength=4 * len(sizes)).reshape(-1, 4)
    return Clusters(
        singles=rows[np.flatnonzero(sizes[labels] == 1)],
        x=(np.bincount(labels, px) / sizes)[several],
        y=(np.bincount(labels, py) / sizes)[several],
        members=tuple(rows[order[ends[n] - sizes[n] : ends[n]]] for n in several),
        lights=light_counts[several],
    )


_STRIDE = 1 << 24
"""Cells of a column: no map has more at any level."""


def _join(cells: NDArray[np.int64], mx: Array, my: Array, counts: NDArray[np.intp], radius: float) -> Indices:
    """The group of each cell: the fullest cells first take in the free cells around them that are near enough."""
    keys, xs, ys = cells.tolist(), mx.tolist(), my.tolist()
    number = {key: n for n, key in enumerate(keys)}
    around = [dx * _STRIDE + dy for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]
    group = [-1] * len(keys)
    limit = radius * radius
    for n in np.argsort(-counts, kind="stable").tolist():
        if group[n] >= 0:
            continue
        group[n] = n
        for step in around:
            other = number.get(keys[n] + step)
            if other is None or group[other] >= 0:
                continue
            if (xs[other] - xs[n]) ** 2 + (ys[other] - ys[n]) ** 2 < limit:
                group[other] = n
    return np.array(group, dtype=np.intp)
