"""What fills the blocks: buildings by the kind of neighbourhood, parks, verges along the river and gardens.

Buildings keep clear of streets and water, so that none is cut by the border of a unit grid, which runs along streets.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from .blocks import Block
from .plane import Array, stream
from .recipe import Recipe
from .streets import Network

Shapes = NDArray[np.object_]
_SETBACK = {"old": 0.8, "centre": 5.0, "residential": 3.5, "new": 6.0, "industrial": 8.0, "fringe": 5.0}


@dataclass
class Fabric:
    """Buildings and greens of a city, and where shops stand (their fronts draw bins and signs)."""

    buildings: list[tuple[Polygon, str, str, int]] = field(default_factory=list)  # shape, name, kind, floors
    greens: list[tuple[Polygon, str, str]] = field(default_factory=list)  # shape, name, kind


def sites(recipe: Recipe, network: Network, blocks: list[Block], water: list[Polygon]) -> list[list[Polygon]]:
    """For each block, the ground between the building lines of its streets and the banks of its waters."""
    pieces, owner = network.pieces()
    reserve = np.array([recipe.reserve(c.kind) for c in network.courses])[owner]
    belts = shapely.buffer(pieces, reserve, quad_segs=3)
    shapes = np.array([b.shape for b in blocks], object)
    tree = shapely.STRtree(belts)
    which, belt = tree.query(shapes, predicate="intersects")
    order = np.lexsort((belt, which))
    which, belt = which[order], belt[order]
    starts = np.searchsorted(which, np.arange(len(blocks) + 1))
    moats = shapely.STRtree([shapely.buffer(w, 9.0, quad_segs=3) for w in water])
    result: list[list[Polygon]] = []
    for k, block in enumerate(blocks):
        near = [*belts[belt[starts[k] : starts[k + 1]]], *moats.geometries[np.sort(moats.query(block.shape))]]
        ground = shapely.difference(block.shape, shapely.union_all(near)) if near else block.shape
        ground = shapely.simplify(ground, 0.3)
        result.append([p for p in shapely.get_parts(ground) if isinstance(p, Polygon) and p.area > 120])
    return result


def _frame(shape: Polygon, southward: bool) -> float:
    """The angle that rows are laid along: the block's own axis; ``southward`` takes the one nearer to east-west."""
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))
    side = box[1] - box[0]
    other = box[2] - box[1]
    if not southward and np.hypot(*other) > np.hypot(*side):
        side = other
    angle = math.atan2(side[1], side[0])
    if southward:
        angle = (angle + math.pi / 4) % (math.pi / 2) - math.pi / 4
        return angle if abs(angle) < 0.5 else angle * 0.55
    return angle


def lattice(
    shape: Polygon,
    angle: float,
    rng: np.random.Generator,
    width: tuple[float, float],
    depth: tuple[float, float],
    gap: tuple[float, float],
    row_gap: tuple[float, float],
) -> Shapes:
    """Rectangles in rows over ``shape`` in a frame turned by ``angle``: widths, depths and gaps drawn from ranges."""
    cos, sin = math.cos(angle), math.sin(angle)
    points = shapely.get_coordinates(shape)
    x, y = points[:, 0] * cos + points[:, 1] * sin, -points[:, 0] * sin + points[:, 1] * cos
    low_x, high_x, low_y, high_y = x.min(), x.max(), y.min(), y.max()
    boxes: list[Array] = []
    top = low_y + rng.uniform(0, 0.5) * row_gap[0]
    while top < high_y:
        tall = rng.uniform(*depth)
        count = int((high_x - low_x) / (width[0] + gap[0])) + 1
        widths, gaps = rng.uniform(*width, count), rng.uniform(*gap, count)
        left = (
            low_x + rng.uniform(-0.5, 0.5) * width[0] + np.concatenate([[0.0], np.cumsum(widths + gaps)[:-1]])
        )
        left, widths = left[left < high_x], widths[left < high_x]
        boxes.append(
            np.column_stack([left, np.full(len(left), top), left + widths, np.full(len(left), top + tall)])
        )
        top += tall + rng.uniform(*row_gap)
    if not boxes:
        return np.array([], object)
    box = np.vstack(boxes)
    corners = np.stack(
        [box[:, [0, 1]], box[:, [2, 1]], box[:, [2, 3]], box[:, [0, 3]], box[:, [0, 1]]], axis=1
    )
    turned = np.stack(
        [corners[..., 0] * cos - corners[..., 1] * sin, corners[..., 0] * sin + corners[..., 1] * cos],
        axis=-1,
    )
    cells: Shapes = shapely.polygons(turned)
    return cells


def _inside(cells: Shapes, shape: Polygon) -> Shapes:
    shapely.prepare(shape)
    kept: Shapes = cells[shapely.contains_properly(shape, cells)]
    return kept


def _clipped(cells: Shapes, shape: Polygon, least: float, share: float) -> Shapes:
    shapely.prepare(shape)
    near = cells[shapely.intersects(shape, cells)]
    cut = shapely.intersection(near, shape)
    area = shapely.area(cut)
    good = (area > least) & (area > share * shapely.area(near)) & (shapely.get_type_id(cut) == 3)
    kept: Shapes = cut[good]
    return kept


def _rows(
    shape: Polygon,
    angle: float,
    rng: np.random.Generator,
    width: tuple[float, float],
    depth: tuple[float, float],
    gap: tuple[float, float],
    row_gap: tuple[float, float],
) -> Shapes:
    """The best of a few lattices of slabs, those at the edge shortened to fit."""
    best = np.array([], object)
    for _ in range(4):
        cells = _clipped(
            lattice(shape, angle, rng, width, depth, gap, row_gap), shape, 0.4 * width[0] * depth[0], 0.42
        )
        cells = cells[shapely.area(shapely.minimum_rotated_rectangle(cells)) < 1.35 * shapely.area(cells)]
        if shapely.area(cells).sum() > shapely.area(best).sum():
            best = cells
    return best


def _fronts(shape: Polygon, rng: np.random.Generator, depth: float, width: tuple[float, float]) -> Shapes:
    """Narrow buildings shoulder to shoulder along the edges of ``shape``, with gateways between them."""
    ring = shapely.get_coordinates(shapely.orient_polygons(shapely.simplify(shape, 2.0)).exterior)
    found: list[Array] = []
    for a, b in itertools.pairwise(ring):
        length = float(np.hypot(*(b - a)))
        if length < 24 or rng.random() < 0.14:
            continue
        along = (b - a) / length
        inward = np.array([-along[1], along[0]])
        s = 1.0 + rng.uniform(0, 4)
        while s < length - 8:
            w = rng.uniform(*width)
            if s + w > length - 1:
                break
            p = a + along * s + inward * 0.4
            d = depth * rng.uniform(0.85, 1.12)
            found.append(np.array([p, p + along * w, p + along * w + inward * d, p + inward * d, p]))
            s += w + (rng.uniform(5, 16) if rng.random() < 0.22 else 0.25)
    if not found:
        return np.array([], object)
    cells = _inside(shapely.polygons(np.array(found)), shape)
    if not len(cells):
        return cells
    left, right = shapely.STRtree(cells).query(cells, predicate="intersects")
    clash = np.unique(right[left < right])
    return np.delete(cells, clash)


class Builder:
    """Fills the blocks of one city."""

    def __init__(self, recipe: Recipe, seed: int) -> None:
        self.recipe = recipe
        self.rng = stream(seed, "fabric")
        self.fabric = Fabric()
        names = recipe.names
        self._public = list(names["public"])
        self._malls = list(names["malls"])
        self._factories = list(names["factories"])
        self._parks = list(names["parks"])
        self._squares = list(names["squares"])
        self._compounds = 0
        self._lake = 0

    def build(self, network: Network, blocks: list[Block], river: Polygon) -> Fabric:
        """Buildings and greens in every block."""
        water = [*network.lakes, *([network.canal] if network.canal else [])]
        for block, grounds in zip(blocks, sites(self.recipe, network, blocks, [river, *water]), strict=True):
            for ground in grounds:
                self._fill(block, ground)
        return self.fabric

    def _add(self, shapes: Shapes, kind: str, floors: tuple[int, int], name: str = "") -> None:
        storeys = self.rng.integers(floors[0], floors[1] + 1, len(shapes))
        middle = int(np.argmax(shapely.area(shapes))) if len(shapes) else -1
        for k, (shape, count) in enumerate(zip(shapes, storeys.tolist(), strict=True)):
            self.fabric.buildings.append((shape, name if k == middle else "", kind, count))

    def _green(self, shape: shapely.Geometry, name: str, kind: str) -> None:
        for part in shapely.get_parts(shape):
            if isinstance(part, Polygon) and part.area > 60:
                self.fabric.greens.append((part, name, kind))
                name = ""

    def _fill(self, block: Block, ground: Polygon) -> None:
        if block.use == "river":
            self._green(ground, "", "verge")
            return
        if block.use in ("park", "lake_park", "square"):
            self._park(block, ground)
            return
        ground_in = ground.buffer(-_SETBACK[block.zone], join_style="mitre", mitre_limit=2.5)
        for part in shapely.get_parts(ground_in):
            if isinstance(part, Polygon) and part.area > 100:
                getattr(self, f"_{block.zone}")(part)

    def _park(self, block: Block, ground: Polygon) -> None:
        square = block.use == "square"
        pool = self._squares if square else self._parks
        if block.use == "lake_park":
            lakes = self.recipe.names["lakes"]
            name = lakes[self._lake % len(lakes)] + "公园"
            self._lake += 1
        else:
            name = pool.pop(0) if pool and ground.area > 3000 else ""
        self._green(ground, name, "square" if square else "park")
        if ground.area > 6000:
            core = ground.buffer(-14)
            huts = _inside(lattice(ground, 0.4, self.rng, (9, 16), (8, 12), (60, 120), (60, 120)), core)
            self._add(huts[:4], "public", (1, 2))

    # One method a zone; the name is the zone's.

    def _old(self, site: Polygon) -> None:
        fronts = _fronts(site, self.rng, 9.0, (6.0, 13.0))
        self._add(fronts, "commercial", (2, 3))
        core = site.buffer(-10.5, join_style="mitre")
        for part in shapely.get_parts(core):
            if part.is_empty:
                continue
            cells = lattice(part, _frame(part, False), self.rng, (8, 17), (8, 15), (0.3, 1.6), (0.4, 2.6))
            cells = _clipped(cells, part, 28, 0.4)
            cells = cells[self.rng.random(len(cells)) > 0.10]
            yards = (self.rng.random(len(cells)) < 0.3) & (shapely.area(cells) > 130)
            yard = shapely.buffer(cells[yards], -3.6, join_style="mitre")
            cells[yards] = shapely.difference(cells[yards], yard)
            self._add(cells[shapely.get_type_id(cells) == 3], "house", (1, 3))

    def _centre(self, site: Polygon) -> None:
        rng = self.rng
        choice = rng.random()
        if choice < 0.30 and self._malls and 5000 < site.area < 14000:
            mall = site.buffer(-9, join_style="mitre").buffer(-6).buffer(6)
            parts = np.array([p for p in shapely.get_parts(mall) if p.area > 400], object)
            self._add(parts, "commercial", (5, 8), self._malls.pop(0))
        elif choice < 0.62:
            cells = lattice(site, _frame(site, False), rng, (26, 48), (24, 40), (9, 18), (12, 20))
            self._add(_clipped(cells, site, 320, 0.62), "office", (8, 32))
        elif choice < 0.72 and self._public:
            self._campus(site)
        else:
            self._residential(site)

    def _residential(self, site: Polygon) -> None:
        rng = self.rng
        if site.area > 9000 and rng.random() < 0.10:
            self._campus(site)
            return
        fronts = _fronts(site, rng, 10.5, (11.0, 27.0))
        self._add(fronts, "commercial", (2, 4))
        core = site.buffer(-16.5, join_style="mitre")
        tall = rng.random() < 0.35
        name = self._compound()
        for part in shapely.get_parts(core):
            if part.is_empty or part.area < 500:
                continue
            spacing = (24, 29) if tall else (15, 19)
            depth = (13.5, 15.5) if tall else (10.5, 12.5)
            cells = _rows(part, _frame(part, True), rng, (30, 56), depth, (6, 11), spacing)
            self._compound_of(cells, (11, 18) if tall else (5, 7), name)

    def _compound_of(self, cells: Shapes, floors: tuple[int, int], name: str) -> None:
        if len(cells) > 7:
            garden = int(self.rng.integers(2, len(cells) - 2))
            self._green(shapely.buffer(cells[garden], 4.0, quad_segs=4), "", "verge")
            cells = np.delete(cells, garden)
        self._add(cells, "residential", floors, name)

    def _new(self, site: Polygon) -> None:
        rng = self.rng
        choice = rng.random()
        if choice < 0.12:
            self._campus(site)
        elif choice < 0.3:
            cells = lattice(site, _frame(site, False), rng, (34, 62), (30, 48), (16, 26), (18, 28))
            self._add(_clipped(cells, site, 500, 0.6), "office", (6, 26))
        else:
            if rng.random() < 0.6:
                self._add(_fronts(site, rng, 12.0, (18.0, 36.0)), "commercial", (2, 3))
            core = site.buffer(-15, join_style="mitre")
            for part in shapely.get_parts(core):
                if part.is_empty or part.area < 600:
                    continue
                cells = _rows(part, _frame(part, True), rng, (26, 42), (14, 18), (13, 22), (25, 33))
                self._compound_of(cells, (18, 33), self._compound())

    def _industrial(self, site: Polygon) -> None:
        rng = self.rng
        cells = lattice(site, _frame(site, False), rng, (42, 95), (24, 48), (10, 20), (12, 22))
        kept = _clipped(cells, site, 420, 0.55)
        kept = kept[rng.random(len(kept)) > 0.12]
        self._add(kept, "industrial", (1, 4), self._factories.pop(0) if self._factories and len(kept) else "")

    def _fringe(self, site: Polygon) -> None:
        rng = self.rng
        middle = np.array(site.representative_point().coords[0]) + rng.normal(0, 40, 2)
        village = shapely.intersection(site, shapely.Point(middle).buffer(rng.uniform(55, 120)))
        houses: list[Polygon] = []
        for part in shapely.get_parts(village):
            if isinstance(part, Polygon) and part.area > 300:
                cells = _inside(
                    lattice(part, _frame(part, True), rng, (9, 13), (8, 11), (2, 7), (7, 12)), part
                )
                cells = cells[rng.random(len(cells)) > 0.15]
                self._add(cells, "house", (2, 3))
                houses += list(cells)
        if rng.random() < 0.6:
            # Fields and nurseries around the houses.
            yards = shapely.buffer(np.array(houses, object), 13, join_style="mitre")
            fields = shapely.buffer(
                shapely.difference(site, shapely.union_all(yards)), -9, join_style="mitre"
            )
            self._green(shapely.simplify(shapely.buffer(fields, 3, quad_segs=2), 0.5), "", "verge")

    def _campus(self, site: Polygon) -> None:
        """A school, hospital or office of the government: long wings, and a sports ground."""
        rng = self.rng
        name = self._public.pop(0) if self._public else "实验学校"
        cells = _rows(site, _frame(site, True), rng, (38, 70), (12, 18), (12, 20), (20, 27))
        if len(cells) > 3:
            ground = int(rng.integers(0, len(cells)))
            self._green(shapely.buffer(cells[ground], 5.0), "", "square")
            cells = np.delete(cells, ground)
        self._add(cells, "public", (3, 9), name)

    def _compound(self) -> str:
        names = self.recipe.names
        self._compounds += 1
        stem = names["communities"][int(self.rng.integers(len(names["communities"])))]
        return str(stem + names["compounds"][self._compounds % len(names["compounds"])])
