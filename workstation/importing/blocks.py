"""Unit grids from street lines: the blocks that streets enclose, grouped into communities and street offices.

Pure geometry in metres; nothing here reads a file or a table.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely

SLIVER_M2 = 100.0
"""Faces smaller than this are no block but the room between two lines of one junction."""

COMMUNITY_GRIDS = 20
"""About how many unit grids a made-up community has."""

STREET_COMMUNITIES = 15
"""About how many communities a made-up street office has."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks (metres), how many faces the lines enclosed, and how many of those were merged as slivers."""

    polygons: np.ndarray
    faces: int
    merged: int


def network(lines: np.ndarray, step: float) -> np.ndarray:
    """The lines cut at their crossings, on a grid of ``step`` (in the lines' own unit).

    The grid closes what rounding has opened: ends that lie on another line to within a step meet it. To be done in the
    file's plane or in degrees, before a projection bends what was straight there.
    """
    return np.asarray(shapely.get_parts(shapely.union_all(lines, grid_size=step)))


def blocks(lines: np.ndarray, sliver_m2: float = SLIVER_M2) -> Blocks:
    """The faces of a :func:`network` in metres, slivers merged into the neighbour of the longest shared edge.

    Blocks never overlap; big ones are kept as they are. A sliver with no neighbour stays out. The blocks' union lies
    inside the lines' extent because every face is enclosed by lines.
    """
    faces = shapely.get_parts(shapely.polygonize(lines))
    return Blocks(*_merged(faces, sliver_m2))


def _merged(faces: np.ndarray, sliver_m2: float) -> tuple[np.ndarray, int, int]:
    areas = shapely.area(faces)
    small = np.flatnonzero(areas < sliver_m2)
    if not len(small):
        return faces, len(faces), 0
    edges = _shared_edges(faces, small)
    into = np.arange(len(faces))

    def root(index: int) -> int:
        while into[index] != index:
            index = int(into[index])
        return index

    # The smallest first; slivers that touch only slivers go along with them.
    for index in small[np.argsort(areas[small])]:
        neighbours = [
            (length, other) for other, length in edges[int(index)].items() if root(other) != root(int(index))
        ]
        if neighbours:
            into[root(int(index))] = root(max(neighbours)[1])
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(faces)):
        groups[root(index)].append(index)
    out = []
    for members in groups.values():
        if len(members) == 1:
            if areas[members[0]] >= sliver_m2:
                out.append(faces[members[0]])
            continue
        joined = shapely.union_all(faces[members])
        out.extend(
            part
            for part in shapely.get_parts(joined)
            if part.geom_type == "Polygon" and part.area >= sliver_m2
        )
    return np.array(out, dtype=object), len(faces), len(small)


def _shared_edges(faces: np.ndarray, small: np.ndarray) -> dict[int, dict[int, float]]:
    """For each small face, the length of the boundary that it shares with each neighbour."""
    tree = shapely.STRtree(faces)
    source, other = tree.query(faces[small], predicate="touches")
    shared: dict[int, dict[int, float]] = defaultdict(dict)
    lengths = shapely.length(
        shapely.intersection(shapely.boundary(faces[small][source]), shapely.boundary(faces[other]))
    )
    for a, b, length in zip(small[source], other, lengths, strict=True):
        if length > 0:
            shared[int(a)][int(b)] = float(length)
    return shared


def clusters(points: np.ndarray, size: int) -> np.ndarray:
    """A number for each point, so that neighbours share one and each number has about ``size`` points.

    Halves the points again and again across their longer extent: compact, deterministic, no division layer needed.
    Numbers run as the standard numbers grids: from north to south, then from west to east.
    """
    label = np.zeros(len(points), dtype=int)
    groups: list[np.ndarray] = []
    todo = [np.arange(len(points))]
    while todo:
        members = todo.pop()
        if len(members) <= size * 1.4:
            groups.append(members)
            continue
        spread = np.ptp(points[members], axis=0)
        axis = int(spread[1] > spread[0])
        order = members[np.lexsort((members, points[members, axis]))]
        parts = max(2, round(len(members) / size))
        cut = len(order) * (parts // 2) // parts
        todo += [order[:cut], order[cut:]]
    groups.sort(key=lambda g: (-round(float(points[g, 1].mean()), 3), float(points[g, 0].mean())))
    for number, members in enumerate(groups):
        label[members] = number
    return label


def numbering(points: np.ndarray) -> np.ndarray:
    """The order in which grids of one community are numbered: west to east within rows from north to south.

    Rows are bands as high as a community has grids on a side, because centroids never stand exactly in a row.
    """
    if len(points) < 2:
        return np.arange(len(points))
    height = float(np.ptp(points[:, 1])) or 1.0
    rows = max(1, round(len(points) ** 0.5))
    band = np.minimum((points[:, 1].max() - points[:, 1]) / height * rows, rows - 1).astype(int)
    return np.lexsort((points[:, 0], band))
