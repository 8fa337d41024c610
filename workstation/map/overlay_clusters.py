"""Which markers stand together at a scale: found once per half octave of zoom, so that panning regroups nothing.

All of it is arithmetic on whole arrays: five thousand cases take some milliseconds at any level, which is within a frame.
"""

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

    def among(self, mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How many members of each group the mask (one value a row of the table) has."""
        if not self.members:
            return np.empty(0, dtype=np.int64)
        sizes = np.array([len(rows) for rows in self.members])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        found: NDArray[np.int64] = np.add.reduceat(
            mask[np.concatenate(self.members)].astype(np.int64), starts
        )
        return found


def level_of(resolution: float) -> int:
    """The level a resolution belongs to: two levels for each doubling."""
    return math.floor(math.log2(resolution) * 2)


def radius_of(level: int) -> float:
    """The distance in map units under which markers are grouped at a level: 30 pixels near, 64 far out, where a group's
    picture is some 50 wide and a city full of them must leave ground to be seen."""
    resolution = math.pow(2.0, (level + 1) / 2)
    pixels = float(np.interp(level, [0, 3, 7], [30.0, 48.0, 64.0]))
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
    together = rows[order]
    ends = np.cumsum(sizes)
    light_counts = np.bincount(labels * 4 + lights[rows], minlength=4 * len(sizes)).reshape(-1, 4)
    starts = (ends - sizes)[several].tolist()
    return Clusters(
        singles=rows[np.flatnonzero(sizes[labels] == 1)],
        x=(np.bincount(labels, px) / sizes)[several],
        y=(np.bincount(labels, py) / sizes)[several],
        members=tuple(together[start:end] for start, end in zip(starts, ends[several].tolist(), strict=True)),
        lights=light_counts[several],
    )


_STRIDE = 1 << 24
"""Cells of a column: no map has more at any level."""


def _join(cells: NDArray[np.int64], mx: Array, my: Array, counts: NDArray[np.intp], radius: float) -> Indices:
    """The group of each cell: the fullest cells first take in the free cells around them that are near enough.

    In rounds: every free cell that has no fuller free cell beside it becomes a group and takes in the free ones around
    it, those claimed by several going to the fullest. ``cells`` are sorted.
    """
    number = len(cells)
    rank = np.empty(number, dtype=np.intp)
    rank[np.argsort(-counts, kind="stable")] = np.arange(number)
    first, second = _neighbours(cells)
    near = (mx[first] - mx[second]) ** 2 + (my[first] - my[second]) ** 2 < radius * radius
    first, second = first[near], second[near]
    fuller = np.where(rank[first] < rank[second], first, second)
    other = first + second - fuller
    weakest_first = np.argsort(-rank[fuller], kind="stable")  # of several claims the last one written holds
    fuller, other = fuller[weakest_first], other[weakest_first]
    group = np.full(number, -1, dtype=np.intp)
    while len(fuller):
        waits = np.zeros(number, dtype=bool)
        waits[other] = True
        heads = (group < 0) & ~waits
        group[heads] = np.flatnonzero(heads)
        takes = heads[fuller]
        group[other[takes]] = fuller[takes]
        free = (group[fuller] < 0) & (group[other] < 0)
        fuller, other = fuller[free], other[free]
    alone = group < 0
    group[alone] = np.flatnonzero(alone)
    return group


def _neighbours(cells: NDArray[np.int64]) -> tuple[Indices, Indices]:
    """The pairs of cells that touch, each once."""
    pairs = []
    for step in (1, _STRIDE - 1, _STRIDE, _STRIDE + 1):
        at = np.minimum(np.searchsorted(cells, cells + step), len(cells) - 1)
        there = np.flatnonzero(cells[at] == cells + step)
        pairs.append((there, at[there]))
    return np.concatenate([one for one, _ in pairs]), np.concatenate([other for _, other in pairs])
