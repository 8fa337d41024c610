"""Places components where such things stand: lamps, trees and covers in rows along streets, signals and bollards at
crossings, benches in parks, signs on shop fronts, railings by the water."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from .blocks import Block
from .catalogue import ROWS, SPOTS, Row
from .fabric import Fabric
from .land import Land
from .plane import Array, Polyline, stream
from .recipe import Recipe
from .streets import Network

_LETTER = {"m": "main", "s": "secondary", "b": "branch", "l": "lane"}
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Crossing:
    """A place where two streets of different names meet: the point and the numbers of the two courses."""

    x: float
    y: float
    first: int
    second: int


@dataclass(frozen=True)
class Components:
    """Components as columns: place, class (index into ``codes``), grid (index of its block), street (or -1)."""

    xy: Array
    kind: Numbers
    block: Numbers
    course: Numbers
    codes: tuple[str, ...]


def crossings(network: Network, names: list[str]) -> list[Crossing]:
    """All crossings of two streets, once each, in order of their courses."""
    lines = np.array([c.line for c in network.courses], object)
    tree = shapely.STRtree(lines)
    a, b = tree.query(lines, predicate="intersects")
    keep = a < b
    order = np.lexsort((b[keep], a[keep]))
    a, b = a[keep][order], b[keep][order]
    points = shapely.intersection(lines[a], lines[b])
    found: list[Crossing] = []
    seen: set[tuple[int, int]] = set()
    for i, j, place in zip(a.tolist(), b.tolist(), points, strict=True):
        if names[i] == names[j]:
            continue
        for x, y in shapely.get_coordinates(place).tolist():
            key = (round(x / 4), round(y / 4))
            if key not in seen:
                seen.add(key)
                found.append(Crossing(x, y, i, j))
    return found


class Furnisher:
    """Places the components of one city. Call :meth:`place` once."""

    def __init__(
        self,
        recipe: Recipe,
        land: Land,
        network: Network,
        blocks: list[Block],
        fabric: Fabric,
        meetings: list[Crossing],
        seed: int,
    ) -> None:
        self.recipe, self.land, self.network, self.blocks = recipe, land, network, blocks
        self.fabric, self.meetings, self.seed = fabric, meetings, seed
        self.lines = [Polyline.of(c.line) for c in network.courses]
        pieces, owner = network.pieces()
        half = np.array([recipe.carriageway(c.kind) / 2 for c in network.courses])
        self.half = half
        self._belts = shapely.STRtree(shapely.buffer(pieces, half[owner] + 0.25, quad_segs=3))
        self._belt_owner = owner
        self._grids = shapely.STRtree([b.shape for b in blocks])
        self._water = shapely.STRtree(
            [land.river, *network.lakes, *([network.canal] if network.canal else [])]
        )
        self._inner = self._shares_inside()

    def _shares_inside(self) -> Array:
        """How much of each course lies in the city: the rest runs out of it and holds nothing of ours."""
        rim = self.land.outline
        shapely.prepare(rim)
        lines = np.array([c.line for c in self.network.courses], object)
        cut = ~shapely.contains(rim, lines)
        length = shapely.length(lines)
        length[cut] = shapely.length(shapely.intersection(lines[cut], rim))
        result: Array = length
        return result

    def place(self, count: int) -> Components:
        """``count`` components. Rows are spaced evenly, so that together with the spots they make the number."""
        codes = tuple([r.code for r in ROWS] + [s.code for s in SPOTS])
        spots = self._spots(count)
        xy_s, kind_s, course_s = spots
        block_s, good = self._settle(xy_s, course_s, kind_s, codes, strict=False)
        spot_set = (xy_s[good], kind_s[good], course_s[good], block_s[good])
        wanted = count - len(spot_set[0])
        factor = 1.16
        for _ in range(8):
            xy_r, kind_r, course_r = self._rows(wanted * factor)
            block_r, good = self._settle(xy_r, course_r, kind_r, codes, strict=True)
            found = int(good.sum())
            if found >= wanted:
                break
            factor *= 1.04 * wanted / max(found, 1)
        keep = np.nonzero(good)[0]
        rng = stream(self.seed, "gaps")
        keep = np.sort(rng.permutation(keep)[:wanted])
        xy = np.vstack([spot_set[0], xy_r[keep]])
        kind = np.concatenate([spot_set[1], kind_r[keep]])
        course = np.concatenate([spot_set[2], course_r[keep]])
        block = np.concatenate([spot_set[3], block_r[keep]])
        order = np.lexsort((xy[:, 0], block, kind))
        return Components(xy[order], kind[order], block[order], course[order], codes)

    # ---- rows along streets ------------------------------------------------------------------------------------

    def _rows(self, wanted: float) -> tuple[Array, Numbers, Numbers]:
        rng = stream(self.seed, "rows")
        total = sum(r.share for r in ROWS)
        kinds_of = [{_LETTER[letter] for letter in row.kinds} for row in ROWS]
        length: dict[str, float] = defaultdict(float)
        for course, inner in zip(self.network.courses, self._inner.tolist(), strict=True):
            length[course.kind] += inner
        spacing = [
            max(1.5, sum(length[k] for k in allowed) * row.sides / max(1.0, wanted * row.share / total))
            for row, allowed in zip(ROWS, kinds_of, strict=True)
        ]
        places: list[Array] = []
        kinds: list[Numbers] = []
        courses: list[Numbers] = []
        for k, course in enumerate(self.network.courses):
            stations: list[Array] = []
            offsets: list[float] = []
            numbers: list[int] = []
            for number, row in enumerate(ROWS):
                if course.kind in kinds_of[number]:
                    for side in range(row.sides):
                        stations.append(self._stations(rng, self.lines[k].length, spacing[number], row, side))
                        offsets.append(self._offset(row, k, side))
                        numbers.append(number)
            counts = [len(s) for s in stations]
            along = np.concatenate(stations)
            place, _ = self.lines[k].place(along, np.repeat(offsets, counts))
            places.append(place)
            kinds.append(np.repeat(numbers, counts))
            courses.append(np.full(len(along), k))
        return np.vstack(places), np.concatenate(kinds), np.concatenate(courses)

    @staticmethod
    def _stations(rng: np.random.Generator, length: float, spacing: float, row: Row, side: int) -> Array:
        start = (rng.random() if spacing > 60 else 0.25 + 0.5 * side * (row.code == "0137")) * spacing
        s = np.arange(start + 3.0, length - 3.0, spacing)
        if row.jitter:
            s = np.clip(s + rng.uniform(-1, 1, len(s)) * row.jitter * spacing, 1.0, max(length - 1.0, 1.0))
        return s

    def _offset(self, row: Row, k: int, side: int) -> float:
        """Metres to the left of the centre line. On the carriageway, a share of its half width (chains by type)."""
        half = float(self.half[k])
        pavement = self.recipe.pavement(self.network.courses[k].kind)
        if row.offset >= 0:
            distance = half + min(row.offset, pavement * 0.85) + 0.3
        elif row.sides == 2:
            distance = half + row.offset
        else:
            distance = half * (row.offset + 0.5) * 1.6
        return distance if side == 0 else -distance

    # ---- spots -------------------------------------------------------------------------------------------------

    def _spots(self, count: int) -> tuple[Array, Numbers, Numbers]:
        rng = stream(self.seed, "spots")
        pools = self._pools(rng)
        places: list[Array] = []
        kinds: list[Numbers] = []
        courses: list[Numbers] = []
        for number, spot in enumerate(SPOTS, len(ROWS)):
            points, course = pools[spot.place]
            if not len(points):
                continue
            sites = min(len(points), max(1, round(count * spot.share / spot.group)))
            pick = np.sort(rng.permutation(len(points))[:sites])
            for member in range(spot.group):
                shift = (
                    rng.normal(0, 0.8, (sites, 2))
                    if spot.group == 1
                    else self._around(rng, sites, member, spot.place)
                )
                places.append(points[pick] + shift)
                kinds.append(np.full(sites, number))
                courses.append(course[pick])
        return np.vstack(places), np.concatenate(kinds), np.concatenate(courses)

    @staticmethod
    def _around(rng: np.random.Generator, sites: int, member: int, place: str) -> Array:
        """Where the members of a group stand: at the four corners of a signal, in a file on a pavement."""
        if place == "signal":
            corner = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])[member % 4]
            return np.asarray(corner * 15.5 + rng.normal(0, 0.5, (sites, 2)))
        turn = np.linspace(0, 2 * np.pi, sites, endpoint=False) * 7.0
        step = 1.5 * (member - 1.0)
        return np.column_stack([np.cos(turn), np.sin(turn)]) * step + rng.normal(0, 0.1, (sites, 2))

    def _pools(self, rng: np.random.Generator) -> dict[str, tuple[Array, Numbers]]:
        """Candidate places of each sort, with the course they belong to (-1: none)."""
        kinds = [c.kind for c in self.network.courses]
        big = {"main", "secondary"}
        signals = [
            m
            for m in self.meetings
            if kinds[m.first] in big
            and kinds[m.second] in big
            and "main" in (kinds[m.first], kinds[m.second])
        ]
        pools = {"signal": _at(signals)}
        corner_points: list[list[float]] = []
        corner_course: list[int] = []
        for m in self.meetings:
            reach = max(self.half[m.first], self.half[m.second]) + 1.6
            for sx, sy in ((1, 1), (-1, -1), (1, -1), (-1, 1)):
                corner_points.append([m.x + sx * reach, m.y + sy * reach])
                corner_course.append(m.first)
        pools["corner"] = _pool(corner_points, corner_course)
        pools["stop"] = self._stops()
        parks = [shape for shape, _, kind in self.fabric.greens if kind in ("park", "square")]
        pools["park"] = _scatter(rng, parks, 0.0035)
        verges = [shape for shape, _, kind in self.fabric.greens if kind == "verge"]
        if not len(pools["park"][0]):
            pools["park"] = _scatter(rng, verges, 0.002)
        shops = [b for b, _, kind, _ in self.fabric.buildings if kind == "commercial"]
        pools["shop"] = self._near_street(_middles(shops))
        homes = [
            b
            for b, _, kind, _ in self.fabric.buildings
            if kind in ("residential", "public", "office", "house")
        ]
        pools["yard"] = _none(_middles(homes[:: max(1, len(homes) // 4000)]) + 9.0)
        old = [b.shape for b in self.blocks if b.zone == "old"]
        pools["old"] = _scatter(rng, old or parks, 0.0006)
        pools["bank"] = self._banks()
        pools["bridge"] = self._bridges()
        return pools

    def _stops(self) -> tuple[Array, Numbers]:
        points: list[Array] = []
        courses: list[int] = []
        for k, course in enumerate(self.network.courses):
            if course.kind in ("main", "secondary"):
                for side in (1, -1):
                    s = np.arange(120.0 + 40 * side, self.lines[k].length - 60, 420.0)
                    if len(s):
                        place, _ = self.lines[k].place(s, side * (self.half[k] + 2.0))
                        points.append(place)
                        courses += [k] * len(s)
        return (np.vstack(points), np.array(courses)) if points else _pool([], [])

    def _near_street(self, points: Array) -> tuple[Array, Numbers]:
        """Points drawn towards the street they face."""
        if not len(points):
            return _pool([], [])
        geometry = shapely.points(points)
        tree = shapely.STRtree([c.line for c in self.network.courses])
        nearest = tree.nearest(geometry)
        foot = shapely.get_coordinates(shapely.shortest_line(geometry, tree.geometries[nearest])).reshape(
            -1, 2, 2
        )[:, 1]
        gap = np.hypot(*(points - foot).T)
        goal = (
            self.half[nearest]
            + np.array([self.recipe.pavement(self.network.courses[k].kind) for k in nearest])
        ) - 0.6
        ratio = np.where(gap > 0, goal / np.maximum(gap, 0.1), 0.0)
        return foot + (points - foot) * np.minimum(ratio, 1.0)[:, None], nearest.astype(np.int64)

    def _banks(self) -> tuple[Array, Numbers]:
        ring = shapely.get_exterior_ring(shapely.buffer([self.land.river, *self.network.lakes], 2.5))
        points = [shapely.get_coordinates(shapely.segmentize(r, 14.0)) for r in ring]
        return _none(np.vstack(points))

    def _bridges(self) -> tuple[Array, Numbers]:
        waters = [self.land.river, *([self.network.canal] if self.network.canal else [])]
        points: list[list[float]] = []
        courses: list[int] = []
        for k, course in enumerate(self.network.courses):
            for water in waters:
                for part in shapely.get_parts(shapely.intersection(course.line, water)):
                    if part.length > 8:
                        middle = part.interpolate(0.5, normalized=True)
                        points.append([middle.x, middle.y])
                        courses.append(k)
        return _pool(points, courses)

    # ---- settling ----------------------------------------------------------------------------------------------

    def _settle(
        self, xy: Array, course: Numbers, kind: Numbers, codes: tuple[str, ...], strict: bool
    ) -> tuple[Numbers, NDArray[np.bool_]]:
        """The block each point lies in, and whether it may stay: in the city, not in water nor on another street."""
        points = shapely.points(xy)
        block = np.full(len(xy), -1)
        which, grid = self._grids.query(points, predicate="within")
        block[which] = grid
        good = block >= 0
        wet = np.unique(self._water.query(points, predicate="within")[0])
        on_bridges = np.isin(kind, [codes.index("0137"), codes.index("0209")])
        drowned = np.zeros(len(xy), bool)
        drowned[wet] = True
        good &= ~drowned | on_bridges
        which, belt = self._belts.query(points, predicate="within")
        foreign = which[self._belt_owner[belt] != course[which]] if strict else which
        struck = np.zeros(len(xy), bool)
        struck[foreign] = True
        bridge = kind == codes.index("0209")
        return block, good & (~struck | bridge)


def _pool(points: list[list[float]], courses: list[int]) -> tuple[Array, Numbers]:
    return np.array(points, float).reshape(-1, 2), np.array(courses, np.int64)


def _none(points: Array) -> tuple[Array, Numbers]:
    return points, np.full(len(points), -1)


def _at(meetings: list[Crossing]) -> tuple[Array, Numbers]:
    return _pool([[m.x, m.y] for m in meetings], [m.first for m in meetings])


def _middles(shapes: list[shapely.Polygon]) -> Array:
    middles: Array = shapely.get_coordinates(shapely.centroid(np.array(shapes, object))).reshape(-1, 2)
    return middles


def _scatter(
    rng: np.random.Generator, shapes: list[shapely.Polygon], density: float
) -> tuple[Array, Numbers]:
    """Random points in shapes, ``density`` per square metre."""
    found: list[Array] = []
    for shape in shapes:
        x0, y0, x1, y1 = shape.bounds
        n = int(density * (x1 - x0) * (y1 - y0)) + 2
        points = np.column_stack([rng.uniform(x0, x1, n), rng.uniform(y0, y1, n)])
        shapely.prepare(shape)
        found.append(points[shapely.contains_xy(shape, points[:, 0], points[:, 1])])
    return _none(np.vstack(found)) if found else _pool([], [])
