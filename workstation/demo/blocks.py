"""From streets to unit grids: faces of the street network, merged down to the number asked for, gathered into
communities and street offices, and numbered.

Faces come from one polygonising of all streets, so that neighbours share every vertex: no gaps, no overlaps. Streets
run along the borders, so that no border splits a building.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from .land import Land
from .plane import Array
from .streets import SNAP, Network

_CROSSING_COST = {"lane": 1.0, "branch": 1.6, "secondary": 6.0, "main": 40.0, "expressway": 80.0}


@dataclass
class Block:
    """One unit grid: its shape, zone and use, and the codes of what it belongs to."""

    shape: Polygon
    zone: str
    use: str
    code: str = ""
    community: str = ""
    street: str = ""
    area_class: str = ""


@dataclass
class Area:
    """A district, street office or community: code, level (district, street, community), parent, and its blocks."""

    code: str
    level: str
    parent: str
    blocks: list[int]


class TooFew(Exception):
    """The network has fewer faces than the grids asked for; ``found`` says how many."""

    def __init__(self, found: int) -> None:
        super().__init__(found)
        self.found = found


def faces(network: Network, land: Land) -> list[Polygon]:
    """The faces of the street network inside the outline, exactly tiling it."""
    lines = np.array([*(c.line for c in network.courses), land.outline.exterior], object)
    net = shapely.union_all(lines, grid_size=SNAP)
    shapes = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    inside = shapely.contains(land.outline, shapely.point_on_surface(shapes))
    return list(shapes[inside])


def borders(shapes: list[Polygon]) -> tuple[NDArray[np.int64], Array, Array]:
    """Pairs of neighbouring shapes (i < j), the length of each shared edge, and the edge's middle."""
    coords, owner = shapely.get_coordinates(
        shapely.get_exterior_ring(np.array(shapes, object)), return_index=True
    )
    same = owner[1:] == owner[:-1]
    a, b, owner = coords[:-1][same], coords[1:][same], owner[:-1][same]
    ka, kb = np.round(a / SNAP).astype(np.int64), np.round(b / SNAP).astype(np.int64)
    flip = (ka[:, 0] > kb[:, 0]) | ((ka[:, 0] == kb[:, 0]) & (ka[:, 1] > kb[:, 1]))
    first, last = np.where(flip[:, None], kb, ka), np.where(flip[:, None], ka, kb)
    order = np.lexsort((owner, last[:, 1], last[:, 0], first[:, 1], first[:, 0]))
    key = np.hstack([first, last])[order]
    twin = np.nonzero((key[1:] == key[:-1]).all(axis=1))[0]
    left, right = order[twin], order[twin + 1]
    pairs = np.sort(np.column_stack([owner[left], owner[right]]), axis=1)
    return pairs, np.hypot(*(b[left] - a[left]).T), (a[left] + b[left]) / 2


def _graph(shapes: list[Polygon], network: Network) -> dict[int, dict[int, tuple[float, float]]]:
    """Neighbours of each shape: shared length and the mean cost of crossing the streets between."""
    pairs, lengths, middles = borders(shapes)
    pieces, owner = network.pieces()
    nearest = owner[shapely.STRtree(pieces).nearest(shapely.points(middles))]
    cost = np.array([_CROSSING_COST[c.kind] for c in network.courses])[nearest]
    graph: dict[int, dict[int, tuple[float, float]]] = defaultdict(dict)
    for (i, j), length, c in zip(pairs.tolist(), lengths.tolist(), cost.tolist(), strict=True):
        if i == j:
            continue
        old = graph[i].get(j, (0.0, 0.0))
        total = old[0] + length
        graph[i][j] = graph[j][i] = (total, (old[0] * old[1] + length * c) / total)
    return graph


def merge_down(shapes: list[Polygon], network: Network, count: int) -> list[Polygon]:
    """The shapes merged, the smallest first and over the least important street, until ``count`` are left."""
    if len(shapes) < count:
        raise TooFew(len(shapes))
    graph = _graph(shapes, network)
    area = [s.area for s in shapes]
    members: dict[int, list[int]] = {k: [k] for k in range(len(shapes))}
    heap = [(a, k) for k, a in enumerate(area)]
    heapq.heapify(heap)
    while len(members) > count and heap:
        size, k = heapq.heappop(heap)
        if k not in members or size != area[k] or not graph[k]:
            continue
        other = min(
            graph[k], key=lambda n: (graph[k][n][1] * (1 + area[n] / 60000) / (1 + graph[k][n][0] / 60), n)
        )
        members[other] += members.pop(k)
        area[other] += area[k]
        for n, (length, cost) in graph.pop(k).items():
            del graph[n][k]
            if n != other:
                old = graph[other].get(n, (0.0, 0.0))
                total = old[0] + length
                graph[other][n] = graph[n][other] = (total, (old[0] * old[1] + length * cost) / total)
        heapq.heappush(heap, (area[other], other))
    merged = []
    for _, parts in sorted(members.items()):
        whole = (
            shapes[parts[0]] if len(parts) == 1 else shapely.coverage_union_all([shapes[p] for p in parts])
        )
        merged += [p for p in shapely.get_parts(whole) if isinstance(p, Polygon)]
    return merged


def grow(
    graph: dict[int, dict[int, tuple[float, float]]], nodes: list[int], parts: int, centres: Array
) -> list[list[int]]:
    """``nodes`` gathered into about ``parts`` connected groups of like size, borders along wide streets."""
    free = set(nodes)
    parts = max(1, min(parts, len(nodes)))
    # Seeds far apart, beginning in the north-west.
    points = centres[nodes]
    seeds = [int(np.argmin(points[:, 0] - points[:, 1]))]
    distance = np.hypot(*(points - points[seeds[0]]).T)
    while len(seeds) < parts:
        seeds.append(int(np.argmax(distance)))
        distance = np.minimum(distance, np.hypot(*(points - points[seeds[-1]]).T))
    groups = [[nodes[s]] for s in seeds]
    fringe: list[list[tuple[float, int]]] = []
    for g in groups:
        free.discard(g[0])
    scale = float(np.sqrt(np.ptp(points[:, 0]) * np.ptp(points[:, 1]) / parts)) + 1.0

    def reach(k: int, node: int) -> None:
        for n, (length, cost) in graph[node].items():
            if n in free:
                away = float(np.hypot(*(centres[n] - centres[groups[k][0]]))) / scale
                heapq.heappush(fringe[k], (away + 0.055 * cost - min(length, 200) / 2000, n))

    for k, g in enumerate(groups):
        fringe.append([])
        reach(k, g[0])
    while free:
        open_groups = [k for k in range(len(groups)) if fringe[k]]
        if not open_groups:
            rest = min(free)  # an island: it joins the group whose seed is nearest
            k = min(
                range(len(groups)), key=lambda k: float(np.hypot(*(centres[rest] - centres[groups[k][0]])))
            )
            node = rest
        else:
            k = min(open_groups, key=lambda k: len(groups[k]) + 6.0 * fringe[k][0][0])
            node = heapq.heappop(fringe[k])[1]
        if node in free:
            free.discard(node)
            groups[k].append(node)
            reach(k, node)
    return groups


class Divider:
    """Makes blocks and areas out of faces."""

    def __init__(self, network: Network, land: Land, shapes: list[Polygon]) -> None:
        self.land = land
        self.network = network
        self.shapes = shapes
        self.centres = shapely.get_coordinates(shapely.point_on_surface(np.array(shapes, object)))
        self.graph = _graph(shapes, network)

    def blocks(self) -> list[Block]:
        """The shapes with the zone and use of the cell they lie in, and the class of area."""
        tree = shapely.STRtree([c.shape for c in self.network.cells])
        points = shapely.points(self.centres)
        found = dict(zip(*tree.query(points, predicate="within").tolist(), strict=True))
        zones = self.land.zones(self.centres)
        blocks = []
        for k, shape in enumerate(self.shapes):
            cell = self.network.cells[found[k]] if k in found else None
            use = cell.use if cell else "built"
            zone = cell.zone if cell and use != "built" else zones[k]
            area_class = {"old": "core", "centre": "core", "fringe": "fringe", "industrial": "fringe"}.get(
                zone, "general"
            )
            blocks.append(Block(shape, zone, use, area_class=area_class))
        return blocks

    def divide(self, blocks: list[Block], district_codes: list[str]) -> list[Area]:
        """Districts, street offices and communities; the blocks are given their codes."""
        areas: list[Area] = []
        everything = list(range(len(blocks)))
        districts = grow(self.graph, everything, len(district_codes), self.centres)
        for code, members in zip(district_codes, self._in_order(districts), strict=True):
            areas.append(Area(code, "district", "", members))
            street_groups = grow(self.graph, members, max(1, min(round(len(members) / 48), 60)), self.centres)
            for s, street_members in enumerate(self._in_order(street_groups), 1):
                street = f"{code}{s:03d}"
                areas.append(Area(street, "street", code, street_members))
                groups = grow(
                    self.graph, street_members, max(1, round(len(street_members) / 10)), self.centres
                )
                for c, members_of in enumerate(self._in_order(groups), 1):
                    community = f"{street}{c:03d}"
                    areas.append(Area(community, "community", street, members_of))
                    for number, k in enumerate(self._row_order(members_of), 1):
                        blocks[k].code = f"{community}{number:03d}"
                        blocks[k].community, blocks[k].street = community, street
        return areas

    def _in_order(self, groups: list[list[int]]) -> list[list[int]]:
        """Groups from west to east and north to south, by their middles."""
        middles = np.array([self.centres[g].mean(axis=0) for g in groups])
        height = max(1.0, float(np.ptp(middles[:, 1])) / max(1, round(len(groups) ** 0.5)))
        rank = np.floor((middles[:, 1].max() - middles[:, 1]) / height)
        return [groups[k] for k in np.lexsort((middles[:, 0], rank))]

    def _row_order(self, members: list[int]) -> list[int]:
        """Blocks of a community from west to east, row by row from north to south."""
        points = self.centres[members]
        rows = max(1, round(len(members) ** 0.5))
        height = max(1.0, float(np.ptp(points[:, 1])) / rows)
        rank = np.floor((points[:, 1].max() - points[:, 1]) / height)
        return [members[k] for k in np.lexsort((points[:, 0], rank))]
