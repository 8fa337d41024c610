"""The streets as a graph: how far it is along them, and who is nearest.

The lines of the table ``road`` are drawn by hand and by import and are not cut at crossings. They are noded here: wherever two lines
meet or cross, there is a junction, and every stretch can be gone both ways. Whether one passes over or under the other (bridges,
tunnels, an elevated road) is not in the data, nor is which way a street is one-way: such crossings count as junctions, and a distance
told here may be shorter than the true way. Built in the background, once for each state of the roads, and kept in memory.
"""

from __future__ import annotations

import heapq
import math
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...store import raw
from ..recommending.facts import DEGREE, wkb_of

if TYPE_CHECKING:
    from ..services import Services

SNAP_METRES = 300.0
"""A point so far from the nearest street is still on the network; one farther away is not."""
GRID = 1e-6
"""Degrees: ends that lie nearer to each other than about a decimetre are one junction."""
LonLat = tuple[float, float]
Target = tuple[str, float, float]
Found = tuple[str, float, list[LonLat]]
"""(id, metres, the way there as longitude and latitude, from the point asked for to the target)."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a point comes onto the network: a stretch, metres to it and along it from its first end, and the place."""

    edge: int
    away: float
    along: float
    place: LonLat


class StreetNetwork:
    """A graph of streets. Immutable, safe to use from several threads.

    ``costs``: by kind of road, what a metre of it costs (1 where it is not named); distances told stay metres.
    """

    def __init__(
        self, lines: Iterable[Any], kinds: Sequence[str] = (), costs: Mapping[str, float] | None = None
    ) -> None:
        """From shapely line strings in degrees (EPSG:4490); no lines make a network that finds nothing."""
        import numpy
        import shapely

        given = numpy.array([line for line in lines if line is not None and not line.is_empty], dtype=object)
        parts = shapely.get_parts(shapely.unary_union(given, grid_size=GRID)) if len(given) else given
        coords, owner = shapely.get_coordinates(parts, return_index=True)
        lat = float(coords[:, 1].mean()) if len(coords) else 0.0
        self._scale = (DEGREE * math.cos(math.radians(lat)), DEGREE)
        flat = coords * self._scale
        steps = numpy.hypot(*(flat[1:] - flat[:-1]).T) if len(flat) else numpy.zeros(0)
        inner = owner[1:] == owner[:-1]
        lengths = numpy.bincount(owner[1:][inner], steps[inner], minlength=len(parts))
        starts = numpy.searchsorted(owner, numpy.arange(len(parts)))
        stops = numpy.append(starts[1:], len(coords))
        ends = numpy.concatenate([coords[starts], coords[stops - 1]]) if len(parts) else coords
        keys = numpy.round(ends / GRID).astype(numpy.int64)
        nodes, number = numpy.unique(keys, axis=0, return_inverse=True)
        number = number.reshape(-1)
        self._from: list[int] = number[: len(parts)].tolist()
        self._to: list[int] = number[len(parts) :].tolist()
        self._metres: list[float] = lengths.tolist()
        factor = _factors(given, kinds, parts, costs) if costs and len(parts) else None
        self._costs: list[float] = self._metres if factor is None else (lengths * factor).tolist()
        self._flat, self._coords = flat, coords
        self._starts, self._stops = starts.tolist(), stops.tolist()
        self._at: list[list[int]] = [[] for _ in range(len(nodes))]
        for edge, (a, b) in enumerate(zip(self._from, self._to, strict=True)):
            self._at[a].append(edge)
            if a != b:
                self._at[b].append(edge)
        self._tree = shapely.STRtree(shapely.linestrings(flat, indices=owner) if len(parts) else parts)

    @property
    def junctions(self) -> int:
        """How many ends of stretches there are."""
        return len(self._at)

    @property
    def stretches(self) -> int:
        """How many stretches between two of them."""
        return len(self._from)

    # ---- asking --------------------------------------------------------------------------------------------------

    def nearest(self, lon: float, lat: float, targets: Sequence[Target], n: int) -> list[Found]:
        """The ``n`` of the targets that are nearest along the streets, the nearest first; equal ones by id.

        What is farther than 300 m from any street, or not joined to the point's, is not found. The way from a point to its street
        is counted as walked straight. Dijkstra's search ends as soon as no nearer one can come.
        """
        here, *there = self._spots([(lon, lat), *((target[1], target[2]) for target in targets)])
        if here is None or n <= 0:
            return []
        spots: dict[int, list[tuple[_Spot, Target]]] = {}
        for target, spot in zip(targets, there, strict=True):
            if spot is not None:
                spots.setdefault(spot.edge, []).append((spot, target))
        if not spots:
            return []
        best: dict[str, tuple[float, float, tuple[int, ...], _Spot, Target]] = {}
        for spot, target in spots.get(here.edge, ()):
            straight = abs(spot.along - here.along)
            cost = straight * self._ratio(here.edge)
            best[target[0]] = (cost, here.away + straight + spot.away, (), spot, target)
        self._search(here, spots, n, best)
        ranked = sorted(best.values(), key=lambda item: (item[0], item[1], item[4][0]))[:n]
        return [
            (target[0], metres, [(lon, lat), *self._way(here, spot, path), (target[1], target[2])])
            for _, metres, path, spot, target in ranked
        ]

    def _search(
        self,
        here: _Spot,
        spots: Mapping[int, Sequence[tuple[_Spot, Target]]],
        n: int,
        best: dict[str, tuple[float, float, tuple[int, ...], _Spot, Target]],
    ) -> None:
        """Spread from the point over the junctions, and settle the targets on each stretch that is reached."""
        wanted = {target[0] for listed in spots.values() for _, target in listed}
        n = min(n, len(wanted))
        ratio = self._ratio(here.edge)
        a, b, whole = self._from[here.edge], self._to[here.edge], self._metres[here.edge]
        heap: list[tuple[float, int]] = []
        told: dict[int, float] = {}
        back: dict[int, tuple[int, int]] = {}
        way: dict[int, float] = {}
        for node, along in ((a, here.along), (b, whole - here.along)):
            if along * ratio < told.get(node, math.inf):
                told[node], way[node], back[node] = along * ratio, here.away + along, (-1, here.edge)
                heapq.heappush(heap, (along * ratio, node))
        done: set[int] = set()
        limit = math.inf
        while heap:
            cost, node = heapq.heappop(heap)
            if node in done:
                continue
            if cost > limit:
                return
            done.add(node)
            for edge in self._at[node]:
                first = self._from[edge] == node
                for spot, target in spots.get(edge, ()):
                    rest = spot.along if first else self._metres[edge] - spot.along
                    total = cost + rest * self._ratio(edge)
                    if total < best.get(target[0], (math.inf,))[0]:
                        path = (*self._trail(node, back), edge)
                        best[target[0]] = (total, way[node] + rest + spot.away, path, spot, target)
                        if len(best) >= n:
                            limit = sorted(item[0] for item in best.values())[n - 1]
                other = self._to[edge] if first else self._from[edge]
                through = cost + self._costs[edge]
                if other not in done and through < told.get(other, math.inf):
                    told[other], way[other], back[other] = (
                        through,
                        way[node] + self._metres[edge],
                        (node, edge),
                    )
                    heapq.heappush(heap, (through, other))

    @staticmethod
    def _trail(node: int, back: Mapping[int, tuple[int, int]]) -> tuple[int, ...]:
        edges = []
        while node >= 0:
            node, edge = back[node]
            edges.append(edge)
        return tuple(reversed(edges))

    def _ratio(self, edge: int) -> float:
        return self._costs[edge] / self._metres[edge] if self._metres[edge] else 1.0

    def _spots(self, places: Sequence[LonLat]) -> list[_Spot | None]:
        """Where each of the points comes onto the network; None for those too far from it. Of equally near ones the first stretch."""
        import numpy
        import shapely

        out: list[_Spot | None] = [None] * len(places)
        if not places or not self._from:
            return out
        flat = numpy.array(places, dtype=float) * self._scale
        points = shapely.points(flat)
        which, edges = self._tree.query_nearest(points, max_distance=SNAP_METRES, all_matches=True)
        order = numpy.lexsort((edges, which))
        which, edges = which[order], edges[order]
        which, first = numpy.unique(which, return_index=True)
        edges = edges[first]
        lines = self._tree.geometries[edges]
        along = shapely.line_locate_point(lines, points[which])
        places_on = shapely.line_interpolate_point(lines, along)
        away = shapely.distance(points[which], places_on)
        on = shapely.get_coordinates(places_on) / self._scale
        for i, edge, metres_to, metres_on, place in zip(
            which.tolist(), edges.tolist(), away.tolist(), along.tolist(), on.tolist(), strict=True
        ):
            out[i] = _Spot(edge, metres_to, min(metres_on, self._metres[edge]), (place[0], place[1]))
        return out

    def _way(self, here: _Spot, spot: _Spot, path: Sequence[int]) -> list[LonLat]:
        """The way from spot to spot: along one stretch, or by the first, those between, and the last."""
        if not path:
            return [here.place, *self._piece(here.edge, here.along, spot.along), spot.place]
        out: list[LonLat] = [here.place]
        node = self._leaving(path)
        out += self._piece(here.edge, here.along, 0.0 if node == self._from[here.edge] else math.inf)
        for edge in path[1:-1]:
            forward = self._from[edge] == node
            out += self._piece(edge, *((-1.0, math.inf) if forward else (math.inf, -1.0)))
            node = self._to[edge] if forward else self._from[edge]
        last = path[-1]
        out += self._piece(last, -1.0 if self._from[last] == node else math.inf, spot.along)
        return [*out, spot.place]

    def _leaving(self, path: Sequence[int]) -> int:
        """The end of the first stretch by which the way leaves it: the one from which the others lead to the last."""
        for node in (self._from[path[0]], self._to[path[0]]):
            at: int | None = node
            for edge in path[1:]:
                if at == self._from[edge]:
                    at = self._to[edge]
                elif at == self._to[edge]:
                    at = self._from[edge]
                else:
                    at = None
                    break
            if at is not None:
                return node
        raise AssertionError("the way is one")

    def _piece(self, edge: int, start: float, stop: float) -> list[LonLat]:
        """The corners of a stretch between two distances along it, in that order."""
        first, last = self._starts[edge], self._stops[edge]
        flat, at, inside = self._flat, 0.0, []
        low, high = min(start, stop), max(start, stop)
        for i in range(first, last):
            if i > first:
                at += math.dist(flat[i], flat[i - 1])
            if low <= at <= high:
                inside.append((float(self._coords[i, 0]), float(self._coords[i, 1])))
        return inside if start <= stop else inside[::-1]


def _factors(given: Any, kinds: Sequence[str], parts: Any, costs: Mapping[str, float]) -> Any:
    """What a metre of each stretch costs, by the kind of the road it came from: the one that its middle lies on."""
    import numpy
    import shapely

    if len(kinds) != len(given):
        raise ValueError("a kind for each line")
    middles = shapely.line_interpolate_point(parts, 0.5, normalized=True)
    pairs = shapely.STRtree(given).query_nearest(middles, all_matches=False)
    by_kind = numpy.array([float(costs.get(kind, 1.0)) for kind in kinds])
    factors = numpy.ones(len(parts))
    factors[pairs[0]] = by_kind[pairs[1]]
    return factors


class Streets:
    """The network of an open city: built when it is first asked for, and again when the roads are others."""

    _STAMP = "SELECT count(*), min(id), max(id) FROM road"

    def __init__(self, services: Services) -> None:
        self._services = services
        self._building = threading.Lock()
        self._network: StreetNetwork | None = None
        self._stamp: tuple[Any, ...] | None = None
        services.subscribe(self._told)

    def _told(self, changes: Any) -> None:
        if changes.topics & {"road", "city"}:
            self._stamp = None

    @property
    def ready(self) -> StreetNetwork | None:
        """The network, where it has been built and the roads have not changed since that anybody told of; else None."""
        return self._network if self._stamp is not None else None

    def get(self) -> StreetNetwork:
        """The network; builds it, in seconds for a large city, where that has not been done. For a background thread."""
        with self._building:
            with self._services.db.read() as conn:
                stamp = raw.first(conn, self._STAMP)
                if self._network is not None and stamp == self._stamp:
                    return self._network
                rows = raw.all_rows(conn, f"SELECT {wkb_of(conn, 'geom')} FROM road ORDER BY id")
            import shapely

            self._network = StreetNetwork(shapely.from_wkb([bytes(row[0]) for row in rows]))
            self._stamp = stamp
            return self._network
