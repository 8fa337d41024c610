"""The street network: main streets by the land's frame, the ring, the riverside, secondary streets, then blocks
split again and again by bent branch streets and lanes until they have the size of their zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, Polygon

from .land import Land
from .plane import Array, Noise, stream
from .recipe import Recipe

_PIECE = 90.0
SNAP = 0.01
"""Metres: the precision at which lines are joined into a network."""


@dataclass(frozen=True)
class Course:
    """One street along its whole course: its line, kind and a role that names are chosen by."""

    line: LineString
    kind: str
    role: str


@dataclass(frozen=True)
class Cell:
    """A part of town between main and secondary streets, before it is subdivided."""

    shape: Polygon
    zone: str
    use: str  # built, river, park, square


@dataclass
class Network:
    """All streets, the cells between the larger ones, and the canal's course."""

    courses: list[Course]
    cells: list[Cell]
    canal: Polygon | None
    lakes: list[Polygon]

    def pieces(self) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
        """All courses cut into short pieces, and the number of each piece's course: local work stays local."""
        cut: list[LineString] = []
        owner: list[int] = []
        for k, course in enumerate(self.courses):
            points = shapely.get_coordinates(shapely.segmentize(course.line, _PIECE))
            for n in range(0, len(points) - 1, 2):
                cut.append(LineString(points[n : n + 3]))
                owner.append(k)
        return np.array(cut, object), np.array(owner)


def _lines(geometry: shapely.Geometry) -> list[LineString]:
    parts = shapely.get_parts(geometry)
    return [p for p in parts if isinstance(p, LineString) and p.length > 0]


def _polygons(lines: list[shapely.Geometry]) -> list[Polygon]:
    net = shapely.union_all(np.array(lines, object), grid_size=SNAP)
    return list(shapely.get_parts(shapely.polygonize(_lines(net))))


def _stretch(line: LineString, by: float) -> LineString:
    """The line made longer at both ends, straight on."""
    p = shapely.get_coordinates(line)
    a, b = p[0] - p[1], p[-1] - p[-2]
    a, b = a / np.hypot(*a), b / np.hypot(*b)
    return LineString(np.vstack([p[0] + a * by, p, p[-1] + b * by]))


def _joined(line: LineString, others: list[LineString]) -> LineString:
    """The line with the ends that lie beside one of the others led into it, as a road branches off another."""
    points = shapely.get_coordinates(line)
    for turn in (1, -1):
        end = points[::turn][-1]
        ahead = end - points[::turn][-2]
        ahead = ahead / np.hypot(*ahead)
        other = min(others, key=lambda o: o.distance(shapely.Point(end)))
        if other.distance(shapely.Point(end)) > 90:
            continue
        meeting = other.interpolate(other.project(shapely.Point(end + ahead * 130)))
        target = np.array([meeting.x, meeting.y])
        reach = np.hypot(*(target - end))
        if not 20 < reach < 260:
            continue
        t = np.linspace(0, 1, 9)[1:, None]
        knee = end + ahead * 0.5 * reach
        curve = (1 - t) ** 2 * end + 2 * t * (1 - t) * knee + t**2 * target
        last = curve[-1] - curve[-2]
        curve[-1] += last / np.hypot(*last) * 0.5
        points = np.vstack([points[::turn], curve])[::turn]
    return LineString(points)


class Planner:
    """Draws the network of one city. Call :meth:`draw` once."""

    def __init__(self, recipe: Recipe, land: Land, seed: int) -> None:
        self.recipe = recipe
        self.land = land
        self.rng = stream(seed, "streets")
        self.courses: list[Course] = []

    def draw(self, scale: float = 1.0) -> Network:
        """The whole network; ``scale`` makes the blocks that subdividing stops at larger or smaller."""
        mains = self._mains()
        rim = self.land.outline.exterior
        blocks = [b for b in _polygons([*(c.line for c in mains), rim]) if self._inside(b)]
        canal, canal_road = self._canal()
        secondary = self._secondary(blocks, canal_road)
        self.courses = [*mains, *secondary]
        shapes = [b for b in _polygons([*(c.line for c in self.courses), rim]) if self._inside(b)]
        cells = self._uses(shapes)
        lakes = self._lakes(cells)
        for cell in cells:
            if cell.use in ("built", "square"):
                target = scale * float(self.recipe.streets["block"][cell.zone])
                self._subdivide(cell.shape, target, cell.zone, 0)
        return Network(self.courses, cells, canal, lakes)

    def _inside(self, shape: Polygon) -> bool:
        return bool(self.land.outline.contains(shape.representative_point()))

    # ---- main streets ------------------------------------------------------------------------------------------

    def _along(self, u: Array, v: Array) -> LineString:
        return shapely.simplify(LineString(self.land.warp(u, v)), 0.4)

    def _positions(self, low: float, high: float, spacing: float, avoid: float | None = None) -> list[float]:
        count = max(2, round((high - low) / spacing))
        step = (high - low) / count
        places = low + step * (np.arange(count) + 0.5) + self.rng.uniform(-0.16, 0.16, count) * step
        if avoid is not None:
            places = places[np.abs(places - avoid) > 0.42 * spacing]
        return [float(p) for p in places]

    def _mains(self) -> list[Course]:
        land, spacing = self.land, float(self.recipe.streets["main_spacing"])
        reach_u, reach_v = 1.22 * land.half_width, 1.22 * land.half_height
        u = np.arange(-reach_u, reach_u + 10, 10.0)
        v = np.arange(-reach_v, reach_v + 10, 10.0)
        wanted: list[Course] = []
        river = LineString(land.river_line)
        for name, gap in zip(("north_bank", "south_bank"), land.bank, strict=True):
            bank = shapely.simplify(river.offset_curve(gap, quad_segs=8), 0.4)
            wanted += [Course(line, "main", name) for line in _lines(bank)]
        theta = np.linspace(-0.42 * np.pi, 1.42 * np.pi, 160)
        u0, v0 = land.old_centre
        ring = self._along(
            u0 + 1.12 * land.old_radius * np.sign(np.cos(theta)) * np.abs(np.cos(theta)) ** 0.7,
            v0 + 1.02 * land.old_radius * np.sign(np.sin(theta)) * np.abs(np.sin(theta)) ** 0.7,
        )
        north = LineString(land.river_line).buffer(land.bank[0] - 6)
        wanted += [
            Course(part, "main", "ring") for part in _lines(ring.difference(north)) if part.length > 300
        ]
        t = np.linspace(0, 1, 120)
        bend = Noise.make(self.rng, 2.0, 2)
        diagonal = self._along(
            (-0.02 + 0.86 * t) * land.half_width + 45 * bend(t),
            land.river_v + land.bank[0] + 14 - 1.1 * t * land.half_height + 60 * t * bend(t + 0.7),
        )
        wanted.append(Course(diagonal, "main", "diagonal"))
        for n, place in enumerate(
            self._positions(-0.98 * land.half_height, 0.98 * land.half_height, spacing, land.river_v)
        ):
            wave = Noise.make(self.rng, 2400.0, 2)
            wanted.append(Course(self._along(u, place + 34 * wave(u)), "main", f"east_west#{n}"))
        for n, place in enumerate(
            self._positions(-0.98 * land.half_width, 0.98 * land.half_width, spacing * 1.12)
        ):
            wave = Noise.make(self.rng, 2000.0, 2)
            wanted.append(Course(self._along(place + 34 * wave(v), v), "main", f"north_south#{n}"))
        stage = land.outline.buffer(420)
        kept: list[Course] = []
        strips: list[Polygon] = []
        for course in wanted:
            for line in self._admit(shapely.intersection(course.line, stage), [k.line for k in kept], strips):
                kept.append(Course(line, course.kind, course.role))
                strips.append(line.buffer(58, quad_segs=4))
        return kept

    def _admit(
        self, line: shapely.Geometry, earlier: list[LineString], strips: list[Polygon]
    ) -> list[LineString]:
        """What is left of a line where it would run close beside earlier ones (their strips); there it joins them."""
        found = [
            (n, part) for n, strip in enumerate(strips) for part in _lines(shapely.intersection(line, strip))
        ]
        beside = [(n, part) for n, part in found if part.length > 250]
        if not beside:
            return _lines(line)
        rest = shapely.difference(
            line, shapely.union_all(np.array([p for _, p in beside], object)).buffer(0.5)
        )
        joined = [earlier[n] for n, _ in beside]
        return [_joined(part, joined) for part in _lines(rest) if part.length > 330]

    # ---- secondary streets -------------------------------------------------------------------------------------

    def _canal(self) -> tuple[Polygon | None, LineString | None]:
        land = self.land
        start = land.river_v + 20.0
        v = np.arange(start, 1.15 * land.half_height, 10.0)
        if len(v) < 40:
            return None, None
        wave = Noise.make(self.rng, 1300.0, 3)
        u = land.old_centre[0] + 0.46 * land.old_radius + 46 * wave(v) + 0.10 * (v - start)
        half = float(self.recipe.land["canal_half_width"])
        line = self._along(u, v)
        water = line.buffer(half, cap_style="flat")
        gap = half + self.recipe.reserve("branch") + 3
        roads = _lines(shapely.simplify(line.offset_curve(gap, quad_segs=8), 0.4))
        return water, (max(roads, key=lambda r: r.length) if roads else None)

    def _secondary(self, blocks: list[Polygon], canal_road: LineString | None) -> list[Course]:
        land, spacing = self.land, float(self.recipe.streets["secondary_spacing"])
        u = np.arange(-1.15 * land.half_width, 1.15 * land.half_width, 10.0)
        v = np.arange(-1.15 * land.half_height, 1.15 * land.half_height, 10.0)
        wanted: list[Course] = []
        if canal_road is not None:
            wanted.append(Course(canal_road, "secondary", "canal_road"))
        for place in self._positions(-land.half_height, land.half_height, spacing):
            wave = Noise.make(self.rng, 1500.0, 3)
            wanted.append(Course(self._along(u, place + 38 * wave(u)), "secondary", f"street#{len(wanted)}"))
        for place in self._positions(-land.half_width, land.half_width, spacing * 1.1):
            wave = Noise.make(self.rng, 1300.0, 3)
            wanted.append(Course(self._along(place + 38 * wave(v), v), "secondary", f"street#{len(wanted)}"))
        dry = [b for b in blocks if shapely.intersection(b, land.river).area <= 0.3 * b.area]
        zones = land.zones(np.array([b.representative_point().coords[0] for b in dry]))
        chances = [{"old": 0.55, "fringe": 0.5, "industrial": 0.6}.get(zone, 0.88) for zone in zones]
        tree = shapely.STRtree(dry)
        shapely.prepare(dry)
        inside: dict[int, list[tuple[LineString, str]]] = {}
        kept: list[Course] = []
        for course in wanted:
            parts: list[LineString] = []
            for k in sorted(int(i) for i in tree.query(course.line, predicate="intersects")):
                for piece in _lines(shapely.intersection(course.line, dry[k])):
                    middle = piece.interpolate(0.5, normalized=True)
                    room = dry[k].exterior.distance(middle)
                    beside = any(
                        middle.distance(p) < 80 for p, role in inside.get(k, ()) if role != course.role
                    )
                    if piece.length > 130 and room > 82 and not beside and self.rng.random() < chances[k]:
                        parts.append(piece)
                        inside.setdefault(k, []).append((piece, course.role))
            merged = shapely.line_merge(MultiLineString(parts)) if parts else None
            for line in _lines(merged) if merged is not None else []:
                kept.append(Course(_stretch(line, 0.5), "secondary", course.role))
        return kept

    # ---- uses and blocks ---------------------------------------------------------------------------------------

    def _uses(self, shapes: list[Polygon]) -> list[Cell]:
        land = self.land
        inner = np.array([s.representative_point().coords[0] for s in shapes])
        zones = land.zones(inner)
        uses = ["built"] * len(shapes)
        for k, shape in enumerate(shapes):
            if shapely.intersection(shape, land.river).area > 0.3 * shape.area:
                uses[k] = "river"
        free = {k for k in range(len(shapes)) if uses[k] == "built"}
        wanted = float(self.recipe.land["lake_park_area"])
        for p, q in self.recipe.land["lakes"]:
            spot = shapely.Point(
                land.warp(np.array([p * land.half_width]), np.array([q * land.half_height]))[0]
            )
            # The cell that is near the wanted spot and near the wanted size, and not a strip.
            best = min(
                free,
                key=lambda k: (
                    shapes[k].distance(spot) / 300
                    + abs(np.log(shapes[k].area / wanted))
                    + 0.4 * shapes[k].length ** 2 / shapes[k].area / 16
                ),
                default=None,
            )
            if best is not None and len(shapes) > 12:
                uses[best] = "lake_park"
                free.discard(best)
        share = float(self.recipe.streets["park_share"])
        for k in sorted(free):
            area = shapes[k].area
            if area < 7000 and zones[k] != "fringe":
                uses[k] = "square" if zones[k] in ("centre", "old") else "park"
            elif (
                15000 < area < 60000
                and zones[k] not in ("industrial", "fringe")
                and self.rng.random() < share * 3
            ):
                uses[k] = "park"
        return [Cell(s, z, u) for s, z, u in zip(shapes, zones, uses, strict=True)]

    def _lakes(self, cells: list[Cell]) -> list[Polygon]:
        lakes = []
        for cell in cells:
            if cell.use != "lake_park":
                continue
            # Well inside the park, but not smaller than a tenth of it.
            depths = [share * np.sqrt(cell.shape.area) for share in (0.25, 0.2, 0.16, 0.12)]
            cores = [c for c in (cell.shape.buffer(-d) for d in depths) if c.area > 0.14 * cell.shape.area]
            if not cores:
                continue
            core = max(shapely.get_parts(cores[0]), key=lambda p: p.area)
            points = shapely.get_coordinates(core.segmentize(15).exterior)[:-1]
            middle = points.mean(axis=0)
            angle = np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0])
            wobble = 1 + 0.22 * Noise.make(self.rng, 2 * np.pi / 2, 3)(angle)
            shape = (
                Polygon(middle + (points - middle) * wobble[:, None])
                .buffer(0)
                .buffer(22)
                .buffer(-22)
                .buffer(-16)
                .buffer(16)
            )
            shape = shapely.intersection(shape, cell.shape.buffer(-38))
            if not shape.is_empty:
                lakes.append(shapely.simplify(max(shapely.get_parts(shape), key=lambda p: p.area), 0.4))
        return lakes

    def _subdivide(self, shape: Polygon, target: float, zone: str, depth: int) -> None:
        area = shape.area
        if area < target * self.rng.uniform(1.15, 1.75) or depth > 12:
            return
        box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))[:4]
        sides = np.hypot(*(box[1] - box[0])), np.hypot(*(box[2] - box[1]))
        if min(sides) < 1:
            return
        long = (box[1] - box[0]) / sides[0] if sides[0] >= sides[1] else (box[2] - box[1]) / sides[1]
        ratio = max(sides) / min(sides)
        kind = (
            "branch"
            if area > 60000 or (depth == 0 and area > 2.2 * target) or zone in ("industrial",)
            else "lane"
        )
        cross = ratio < 1.9 and area > 3.0 * target and self.rng.random() < (0.35 if zone == "old" else 0.6)
        middle = box.mean(axis=0) + long * self.rng.uniform(-0.09, 0.09) * max(sides)
        across = np.array([-long[1], long[0]])
        middle = middle + across * self.rng.uniform(-0.07, 0.07) * min(sides)
        cuts = [self._bent(middle, across, max(sides), zone)]
        if cross:
            cuts.append(self._bent(middle, long, max(sides), zone))
        for cut in (cuts, cuts[:1], [self._bent(middle, long, max(sides), zone)]):
            pieces = [
                Course(_stretch(p, 0.5), kind, f"block#{len(self.courses) + n}")
                for n, c in enumerate(cut)
                for p in _lines(shapely.intersection(c, shape))
                if p.length > 25
            ]
            if not pieces:
                continue
            net = [*(p.line for p in pieces), shape.exterior]
            parts = [p for p in _polygons(net) if shape.contains(p.representative_point())]
            if len(parts) > 1 and all(self._fair(p, target) for p in parts):
                self.courses += pieces
                for part in parts:
                    self._subdivide(part, target, zone, depth + 1)
                return

    def _bent(self, through: Array, direction: Array, length: float, zone: str) -> LineString:
        turn = self.rng.normal(0, 0.10 if zone == "old" else 0.045)
        cos, sin = np.cos(turn), np.sin(turn)
        direction = np.array(
            [direction[0] * cos - direction[1] * sin, direction[0] * sin + direction[1] * cos]
        )
        t = np.linspace(-1, 1, 25)
        bend = Noise.make(self.rng, 3.0, 2)
        amount = length * (0.055 if zone == "old" else 0.026)
        side = amount * (bend(t) - bend(0.0))
        normal = np.array([-direction[1], direction[0]])
        return shapely.simplify(
            LineString(through + np.outer(t * length, direction) + np.outer(side, normal)), 0.25
        )

    def _fair(self, part: Polygon, target: float) -> bool:
        return bool(part.area > 0.27 * target and 4 * np.pi * part.area / part.length**2 > 0.36)
