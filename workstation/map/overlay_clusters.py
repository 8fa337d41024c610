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
    """The distance in map units under which markers are grouped at a level: 22 pixels near, 46 far out."""
    resolution = math.pow(2.0, (level + 1) / 2)
    pixels = float(np.interp(level, [0, 10], [22.0, 46.0]))
    return pixels * resolution


def cluster(x: Array, y: Array, lights: NDArray[np.int8], rows: Indices, radius: float) -> Clusters:
    """Group the given rows: those in one cell of ``radius``, and neighbouring cells whose middles are nearer than it."""
    if not len(rows):
        empty = np.empty(0)
        return Clusters(rows, empty, empty, (), np.empty((0, 4), dtype=np.int64))
    px, py = x[rows], y[rows]
    keys = np.stack([np.floor(px / radius), np.floor(py / radius)], axis=1).astype(np.int64)
    cells, inverse, counts = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    inverse = inverse.reshape(-1)
    mx = np.bincount(inverse, px) / counts
    my = np.bincount(inverse, py) / counts
    group = _join(cells, mx, my, counts, radius)
    labels = group[inverse]
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(labels[order]) != 0])
    parts = np.split(order, starts[1:])
    single_parts = [part for part in parts if len(part) == 1]
    groups = [part for part in parts if len(part) > 1]
    singles = rows[np.concatenate(single_parts)] if single_parts else rows[:0]
    members = tuple(rows[part] for part in groups)
    return Clusters(
        singles=singles,
        x=np.array([x[part].mean() for part in members]),
        y=np.array([y[part].mean() for part in members]),
        members=members,
        lights=np.array([np.bincount(lights[part], minlength=4)[:4] for part in members], dtype=np.int64).reshape(-1, 4),
    )


def _join(cells: NDArray[np.int64], mx: Array, my: Array, counts: NDArray[np.intp], radius: float) -> Indices:
    """The group of each cell: the fullest cells first take in the free cells around them that are near enough."""
    number = {(int(cx), int(cy)): n for n, (cx, cy) in enumerate(cells)}
    group = np.full(len(cells), -1, dtype=np.intp)
    limit = radius * radius
    for n in np.argsort(-counts, kind="stable"):
        if group[n] >= 0:
            continue
        group[n] = n
        cx, cy = int(cells[n, 0]), int(cells[n, 1])
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                other = number.get((cx + dx, cy + dy))
                if other is None or group[other] >= 0:
                    continue
                if (mx[other] - mx[n]) ** 2 + (my[other] - my[n]) ** 2 < limit:
                    group[other] = n
    return group
