"""Gaps and overlaps of the areas of responsibility: where nobody answers, and where two do.

Looked at are, one after the other, the kinds of unit that must be everywhere (districts, streets, communities, where any of them has an
area), and the classes of problems, those with the same responsible units together. A unit without an area of its own answers for the
whole city. Which units overlap is asked among units of one kind, told by prefixes of one length, of which none stands above the other.
Pieces below a tolerance come from drawing one border twice: they are counted and not shown.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..store import raw
from .recommending_facts import Facts, wkb_of
from .recommending_rules import shipped

if TYPE_CHECKING:
    from .services import Services

GAP, OVERLAP, NOBODY = "gap", "overlap", "nobody"
CLASSES_KEPT = 12
"""Of the classes that a finding is of, so many are kept by name; ``class_count`` is of all."""

BESIDE_METRES, BESIDE_AT_MOST = 100.0, 6
"""Units named for a gap: so near to it, and no more."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of land. ``kind``: gap (nobody answers there), overlap (two do), or nobody: no unit answers for the classes
    at all, anywhere; it has no land.

    ``of``: the kind of unit that should be everywhere, or "" for one of ``classes`` ("component:0101"; the first few of
    ``class_count``). ``units``: of an overlap the two, of a gap those whose land begins beside it. ``area_wkb``: EPSG:4490,
    ``lon``, ``lat`` a point on it; ``grids`` those that it touches, ``cases`` the open ones inside that it concerns.
    """

    key: str
    kind: str
    of: str
    classes: tuple[str, ...]
    class_count: int
    units: tuple[str, ...]
    area_m2: float
    area_wkb: bytes
    lon: float
    lat: float
    bounds: tuple[float, float, float, float]
    grids: tuple[str, ...]
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, the largest first; ``slivers`` pieces of ``sliver_m2`` together were too small. ``seconds`` it took.

    ``complete`` is False where it was cancelled.
    """

    found: tuple[Finding, ...]
    slivers: int
    sliver_m2: float
    seconds: float
    complete: bool = True


@dataclass(frozen=True)
class _Group:
    """Units among which gaps and overlaps are looked for. ``ranks``: units that are equally specific have the same."""

    of: str
    classes: tuple[str, ...]
    units: tuple[str, ...]
    ranks: tuple[int, ...]
    everywhere: bool


@dataclass
class _Land:
    """The city as it lies flat, in metres."""

    city: Any
    areas: dict[str, Any]
    grids: Any
    grid_codes: tuple[str, ...]
    cases: Any
    case_rows: tuple[tuple[str, str], ...]
    scale: tuple[float, float]
    shared: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What two areas have in common, by the two units: it is asked for by many classes."""


class Responsibility:
    """Asks the areas of an open city. Slow: for a background thread."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def find(
        self, progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] = bool
    ) -> Findings:
        """Everything there is to find. ``progress(done, of)`` after each group of units."""
        began = time.perf_counter()
        with self._services.db.read() as conn:
            facts = self._services.recommending.facts(conn)
            land = self._land(conn)
        groups = self._groups(facts, land)
        made: list[Finding] = []
        thin = [0.0, 0.0]
        complete = True
        for n, group in enumerate(groups):
            if cancelled():
                complete = False
                break
            made += _gaps(group, land, thin)
            made += _overlaps(group, land, facts, thin)
            if progress is not None:
                progress(n + 1, len(groups))
        if complete:
            made += self._nobody(facts)
        made = _merged(made)
        made.sort(key=lambda item: (-len(item.cases), -item.area_m2, item.key))
        seconds = time.perf_counter() - began
        return Findings(tuple(made), int(thin[0]), thin[1], seconds, complete)

    def _land(self, conn: Any) -> _Land:
        import numpy
        import shapely

        wkb = wkb_of(conn, "geom")
        rows = raw.all_rows(conn, f"SELECT code, {wkb} FROM grid WHERE valid_to IS NULL ORDER BY code")
        grids = _shapes([row[1] for row in rows])
        owned = raw.all_rows(
            conn,
            f"SELECT code, {wkb} FROM unit WHERE active AND kind <> 'centre' AND geom IS NOT NULL ORDER BY code",
        )
        cases = raw.all_rows(
            conn,
            "SELECT id, kind, class_code, lon, lat FROM cases WHERE open AND lon IS NOT NULL AND lat IS NOT NULL"
            " ORDER BY id",
        )
        areas = _shapes([row[1] for row in owned])
        bounds = shapely.total_bounds(grids if len(grids) else areas)
        scale = degree_metres(
            float((bounds[1] + bounds[3]) / 2) if len(bounds) and bounds[1] == bounds[1] else 0.0
        )
        flat = [_flat(shapely.make_valid(shapes), scale) for shapes in (grids, areas)]
        points = shapely.points(numpy.array([row[3:] for row in cases], dtype=float).reshape(-1, 2) * scale)
        return _Land(
            _whole(flat[0]),
            {row[0]: area for row, area in zip(owned, flat[1], strict=True) if area is not None},
            shapely.STRtree(flat[0]),
            tuple(row[0] for row in rows),
            shapely.STRtree(points),
            tuple((row[0], f"{row[1]}:{row[2]}") for row in cases),
            scale,
        )

    def _groups(self, facts: Facts, land: _Land) -> list[_Group]:
        """The kinds that must be everywhere, then the classes by who answers for them."""
        out: list[_Group] = []
        for kind in shipped()["responsibility"]["cover"]:
            units = tuple(unit.code for unit in facts.units.values() if unit.kind == kind)
            if any(code in land.areas for code in units):
                placed = tuple(code for code in units if code in land.areas)
                out.append(_Group(kind, (), placed, (0,) * len(placed), False))
        by_units: dict[tuple[tuple[str, int], ...], list[str]] = {}
        for item in self._services.handbook.classes:
            duty = facts.duty_of(item.kind, item.code)
            told = tuple(sorted((code, len(prefix)) for code, prefix in duty.items()))
            if told:
                by_units.setdefault(told, []).append(f"{item.kind}:{item.code}")
        for told, classes in sorted(by_units.items()):
            units = tuple(code for code, _ in told)
            everywhere = any(code not in land.areas for code in units)
            ranked = [(code, rank) for code, rank in told if code in land.areas]
            if ranked:
                codes, ranks = tuple(code for code, _ in ranked), tuple(rank for _, rank in ranked)
                out.append(_Group("", tuple(sorted(classes)), codes, ranks, everywhere))
        return out

    def _nobody(self, facts: Facts) -> list[Finding]:
        lost = sorted(
            f"{item.kind}:{item.code}"
            for item in self._services.handbook.classes
            if not facts.duty_of(item.kind, item.code)
        )
        if not lost or not facts.duties:
            return []
        where = (0.0, 0.0, 0.0, 0.0)
        return [
            Finding(
                NOBODY,
                NOBODY,
                "",
                tuple(lost[:CLASSES_KEPT]),
                len(lost),
                (),
                0.0,
                b"",
                0.0,
                0.0,
                where,
                (),
                (),
            )
        ]


def degree_metres(lat: float) -> tuple[float, float]:
    """Metres of a degree of longitude and of latitude on the ellipsoid (the usual series; better than a metre in 100 km)."""
    phi = math.radians(lat)
    return (
        111412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi) + 0.118 * math.cos(5 * phi),
        111132.92 - 559.82 * math.cos(2 * phi) + 1.175 * math.cos(4 * phi),
    )


def _shapes(wkb: Sequence[Any]) -> Any:
    """The shapes; None for one that cannot be read."""
    import numpy
    import shapely

    return shapely.from_wkb(numpy.array([bytes(item) for item in wkb], dtype=object), on_invalid="ignore")


def _flat(shapes: Any, scale: tuple[float, float]) -> Any:
    import shapely

    return shapely.transform(shapes, lambda coords: coords * scale)


def _whole(shapes: Any) -> Any:
    """The union. Where nothing overlaps, as of grids, it is had by leaving out the inner borders, many times faster."""
    import shapely

    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.union_all(shapes)


def _gaps(group: _Group, land: _Land, thin: list[float]) -> list[Finding]:
    import shapely

    if group.everywhere:
        return []
    covered = _whole([land.areas[code] for code in group.units])
    rest = shapely.difference(land.city, covered)
    return _pieces(GAP, group, group.units, rest, land, thin)


def _overlaps(group: _Group, land: _Land, facts: Facts, thin: list[float]) -> list[Finding]:
    import shapely

    areas = [land.areas[code] for code in group.units]
    tree = shapely.STRtree(areas)
    out: list[Finding] = []
    pairs = tree.query(areas, predicate="intersects")
    for i, j in zip(*pairs.tolist(), strict=True):
        a, b = group.units[i], group.units[j]
        alike = facts.units[a].kind == facts.units[b].kind and group.ranks[i] == group.ranks[j]
        if i < j and alike and not facts.one_line(a, b):
            if (a, b) not in land.shared:
                land.shared[a, b] = shapely.intersection(areas[i], areas[j])
            out += _pieces(OVERLAP, group, (a, b), land.shared[a, b], land, thin)
    return out


def _pieces(
    kind: str, group: _Group, units: Sequence[str], shape: Any, land: _Land, thin: list[float]
) -> list[Finding]:
    """The pieces of land of the shape that are no slivers, as findings; the slivers are added to ``thin`` (how many, m²)."""
    import shapely

    limits = shipped()["responsibility"]
    out: list[Finding] = []
    for piece in shapely.get_parts(shape):
        if piece.geom_type != "Polygon":
            continue
        area = float(piece.area)
        width = 2 * area / piece.length if piece.length else 0.0
        if area < limits["sliver_m2"] or width < limits["sliver_metres"]:
            if area > 0:
                thin[0] += 1
                thin[1] += area
            continue
        out.append(_finding(kind, group, units, piece, area, land))
    return out


def _finding(kind: str, group: _Group, units: Sequence[str], piece: Any, area: float, land: _Land) -> Finding:
    import numpy
    import shapely

    shapely.prepare(piece)
    touched = numpy.sort(land.grids.query(piece, predicate="intersects"))
    grids = land.grids.geometries[touched]
    # Most grids of a large piece lie wholly in it: only those at its edge are cut to see how much of them is.
    shared = shapely.covers(piece, grids)
    shared[~shared] = shapely.area(shapely.intersection(grids[~shared], piece)) > 1.0
    inside = numpy.sort(land.cases.query(piece, predicate="intersects"))
    wanted = frozenset(group.classes)
    cases = (land.case_rows[i] for i in inside.tolist())
    place = piece.representative_point()
    round_ = shapely.transform(piece, lambda coords: coords / land.scale)
    west, south, east, north = round_.bounds
    return Finding(
        f"{kind}/{group.of or group.classes[0]}/{','.join(units[:2])}/{west:.6f},{south:.6f}",
        kind,
        group.of,
        group.classes[:CLASSES_KEPT],
        len(group.classes),
        tuple(units) if kind == OVERLAP else _beside(units, piece, land),
        round(area, 1),
        shapely.to_wkb(round_),
        place.x / land.scale[0],
        place.y / land.scale[1],
        (west, south, east, north),
        tuple(land.grid_codes[i] for i in touched[shared].tolist()),
        tuple(case for case, told in cases if not wanted or told in wanted),
    )


def _beside(units: Sequence[str], piece: Any, land: _Land) -> tuple[str, ...]:
    """The units whose land begins where the gap ends, the nearest first: one of them it will be."""
    away = sorted((land.areas[code].distance(piece), code) for code in units)
    return tuple(code for metres, code in away[:BESIDE_AT_MOST] if metres < BESIDE_METRES)


def _merged(findings: Iterable[Finding]) -> list[Finding]:
    """The same land between the same units, found for several groups of classes, is one finding of all of them."""
    by_land: dict[tuple[Any, ...], Finding] = {}
    for item in findings:
        same = (item.kind, item.of, item.units, item.area_wkb)
        known = by_land.get(same)
        if known is None:
            by_land[same] = item
            continue
        classes = tuple(sorted({*known.classes, *item.classes}))[:CLASSES_KEPT]
        cases = tuple(sorted({*known.cases, *item.cases}))
        by_land[same] = replace(
            known, classes=classes, class_count=known.class_count + item.class_count, cases=cases
        )
    return list(by_land.values())
