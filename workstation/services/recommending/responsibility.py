"""Gaps and overlaps of the areas of responsibility: where nobody answers, and where two do.

Somebody answers for a problem at a place when the component names a unit in charge, or a rule of the handbook names one for the class,
or a unit has the duty for the class and either no area of its own (then it answers for the whole city) or one that holds the place.
Where nobody does, that is a gap only where a problem of the class is to be expected:

- *drawn*: the areas of the units with the duty hold a good part of the city (``spread``), so the city has been divided among them,
  and what is left out was forgotten: each piece of land is a gap;
- *arisen*: they hold less (parks, a river: places, no division), so only those grids count where such cases were reported (``days``)
  or components stand that name nobody, outside the areas; all of a group's grids are one gap.

The kinds of unit that must be everywhere (``cover``) are looked at as divided cities. Which units overlap is asked among units of one
kind, told by prefixes of one length, of which none stands above the other. Events can happen anywhere; of components and other kinds
a finding speaks only where some are that it concerns. Pieces below a tolerance come from drawing one border twice: they are counted
and not shown. The figures are in ``data/recommending/default.toml`` under ``[responsibility]``.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ...workflow.event import format_instant
from . import rules as recommending_rules
from .facts import Facts
from .responsibility_land import Land, read_land, unnamed, whole
from .rules import Rules

if TYPE_CHECKING:
    from ..services import Services

GAP, OVERLAP, NOBODY = "gap", "overlap", "nobody"
DRAWN, ARISEN = "drawn", "arisen"
CLASSES_KEPT = 12
"""Of the classes that a finding is of, so many are kept by name; ``class_count`` is of all."""

BESIDE_METRES, BESIDE_AT_MOST = 100.0, 6
"""Units named for a gap: so near to it, and no more."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of land, or several where a gap has ``arisen``. ``kind``: gap (nobody answers there), overlap (two do), or
    nobody: no unit answers for the classes at all, anywhere; it has no land.

    ``of``: the kind of unit that should be everywhere, or "" for one of ``classes`` ("component:0101"; the first few of
    ``class_count``, those with most to be concerned first). ``units``: of an overlap the two, of a gap those whose land begins beside
    it, and where it has arisen the nearest with the duty. ``area_wkb``: EPSG:4490, ``lon``, ``lat`` a point on it; ``grids`` those that it touches, ``cases`` the open ones inside that it
    concerns, ``components`` how many are concerned that name no unit in charge. ``why`` of a gap: drawn or arisen;
    ``reported`` of one that has arisen: how many cases of the last while, open or closed.
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
    components: int = 0
    why: str = ""
    reported: int = 0


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, what concerns most first; ``slivers`` pieces of ``sliver_m2`` together were too small. ``days``: for so long
    reported cases count. ``seconds`` it took.

    ``complete`` is False where it was cancelled.
    """

    found: tuple[Finding, ...]
    slivers: int
    sliver_m2: float
    seconds: float
    complete: bool = True
    days: int = 0


@dataclass(frozen=True)
class _Group:
    """Units among which gaps and overlaps are looked for. ``ranks``: units that are equally specific have the same."""

    of: str
    classes: tuple[str, ...]
    units: tuple[str, ...]
    ranks: tuple[int, ...]
    everywhere: bool


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
            rules = recommending_rules.read(conn).rules
            groups = self._groups(facts, rules)
            lost = self._lost(facts)
            days = int(rules.responsibility["days"])
            since = format_instant(self._services.now() - timedelta(days=days))
            placed = {key for group in groups for key in group.classes}
            land = read_land(conn, placed, since)
            bare = unnamed(conn, [key.partition(":")[2] for key in lost if key.startswith("component:")])
        search = _Search(facts, rules, land)
        made: list[Finding] = []
        complete = True
        for n, group in enumerate(groups):
            if cancelled():
                complete = False
                break
            made += search.gaps(group)
            made += search.overlaps(group)
            if progress is not None:
                progress(n + 1, len(groups))
        if complete and facts.duties:
            made += search.nobody(lost, bare)
        made = _merged(made)
        made.sort(key=lambda item: (-len(item.cases), -item.components, -item.area_m2, item.key))
        seconds = time.perf_counter() - began
        return Findings(tuple(made), search.slivers, search.sliver_m2, seconds, complete, days)

    def _groups(self, facts: Facts, rules: Rules) -> list[_Group]:
        """The kinds that must be everywhere, then the classes by who answers for them."""
        out: list[_Group] = []
        for kind in rules.responsibility["cover"]:
            units = tuple(unit.code for unit in facts.units.values() if unit.kind == kind and unit.has_area)
            if units:
                out.append(_Group(kind, (), units, (0,) * len(units), False))
        by_units: dict[tuple[tuple[str, int], ...], list[str]] = {}
        for item in self._services.handbook.classes:
            duty = facts.duty_of(item.kind, item.code)
            told = tuple(sorted((code, len(prefix)) for code, prefix in duty.items()))
            if told and not self._ruled(facts, item.kind, item.code):
                by_units.setdefault(told, []).append(f"{item.kind}:{item.code}")
        for told, classes in sorted(by_units.items()):
            ranked = [(code, rank) for code, rank in told if facts.units[code].has_area]
            if ranked:
                codes, ranks = tuple(code for code, _ in ranked), tuple(rank for _, rank in ranked)
                out.append(_Group("", tuple(sorted(classes)), codes, ranks, len(ranked) < len(told)))
        return out

    def _ruled(self, facts: Facts, kind: str, code: str) -> bool:
        """Whether a rule of the handbook names a unit for the class: it goes before duties."""
        rules = self._services.handbook.responsibilities
        return any(rule.unit in facts.units and rule.covers(kind, code) for rule in rules)

    def _lost(self, facts: Facts) -> list[str]:
        """The classes that no unit has the duty for, and no rule."""
        return sorted(
            f"{item.kind}:{item.code}"
            for item in self._services.handbook.classes
            if not facts.duty_of(item.kind, item.code) and not self._ruled(facts, item.kind, item.code)
        )


class _Search:
    """One search: what was read, and what has been too small so far."""

    def __init__(self, facts: Facts, rules: Rules, land: Land) -> None:
        self._facts, self._rules, self._land = facts, rules, land
        self._limits: Mapping[str, Any] = rules.responsibility
        self.slivers, self.sliver_m2 = 0, 0.0

    # ---- gaps ----

    def gaps(self, group: _Group) -> list[Finding]:
        """Where none of the group's units is, though it would have to be."""
        import shapely

        land = self._land
        areas = [land.areas[code] for code in group.units if code in land.areas]
        if group.everywhere or not areas or land.city.is_empty:
            return []
        covered = whole(areas)
        rest = shapely.difference(land.city, covered)
        if land.city.area - rest.area >= self._limits["spread"] * land.city.area:
            made = [self._finding(GAP, group, group.units, piece) for piece in self._pieces(rest)]
            return [replace(item, why=DRAWN) for item in made if item is not None]
        return self._arisen(group, areas, covered) if group.classes else []

    def _arisen(self, group: _Group, areas: Sequence[Any], covered: Any) -> list[Finding]:
        """The grids where the group's problems are outside its areas, as one gap."""
        import numpy
        import shapely

        land = self._land
        touched: set[int] = set()
        classes: set[str] = set()
        reported = 0
        along = {key for key in group.classes if self._rules.along_a_line(*key.split(":"))}
        for keys, reach in ((along, self._rules.line_metres), ({*group.classes} - along, 0.0)):
            for points in (land.components, land.cases):
                found = points.outside(areas, keys, reach)
                classes |= points.counted(found).keys()
                touched.update(
                    land.grids.query(points.tree.geometries[found], predicate="intersects")[1].tolist()
                )
                reported += len(found) if points is land.cases else 0
        if not touched:
            return []
        grids = whole(land.grids.geometries[numpy.array(sorted(touched))])
        pieces = list(self._pieces(shapely.difference(grids, covered)))
        narrowed = replace(group, classes=tuple(sorted(classes)))
        if not pieces:
            return []
        made = self._finding(GAP, narrowed, group.units, shapely.multipolygons(pieces), math.inf)
        return [] if made is None else [replace(made, why=ARISEN, reported=reported)]

    # ---- overlaps ----

    def overlaps(self, group: _Group) -> list[Finding]:
        """Where two of the group's units are that are alike."""
        import shapely

        land, facts = self._land, self._facts
        units = [
            (code, rank) for code, rank in zip(group.units, group.ranks, strict=True) if code in land.areas
        ]
        areas = [land.areas[code] for code, _ in units]
        tree = shapely.STRtree(areas)
        out: list[Finding] = []
        for i, j in zip(*tree.query(areas, predicate="intersects").tolist(), strict=True):
            (a, rank), (b, other) = units[i], units[j]
            alike = facts.units[a].kind == facts.units[b].kind and rank == other
            if i < j and alike and not facts.one_line(a, b):
                if (a, b) not in land.shared:
                    land.shared[a, b] = shapely.intersection(areas[i], areas[j])
                made = (self._finding(OVERLAP, group, (a, b), x) for x in self._pieces(land.shared[a, b]))
                out += [item for item in made if item is not None]
        return out

    # ---- nobody ----

    def nobody(self, lost: Sequence[str], bare: Mapping[str, int]) -> list[Finding]:
        """The classes that nobody answers for anywhere: of events all, of other kinds those of which there are some."""
        land = self._land
        going = land.open & land.cases.wanted(frozenset(lost))
        concerned = land.cases.counted(going.nonzero()[0])
        for key in lost:
            if count := bare.get(key.partition(":")[2], 0) if key.startswith("component:") else 0:
                concerned[key] = concerned.get(key, 0) + count
        classes = _ordered((key for key in lost if key.startswith("event:") or key in concerned), concerned)
        if not classes:
            return []
        cases = tuple(land.case_ids[n] for n in going.nonzero()[0].tolist())
        where = (0.0, 0.0, 0.0, 0.0)
        kept, count = tuple(classes[:CLASSES_KEPT]), len(classes)
        components = sum(bare.values())
        return [
            Finding(NOBODY, NOBODY, "", kept, count, (), 0.0, b"", 0.0, 0.0, where, (), cases, components)
        ]

    # ---- pieces of land ----

    def _pieces(self, shape: Any) -> list[Any]:
        """The pieces of the shape that are no slivers; those are counted."""
        import shapely

        out: list[Any] = []
        for piece in shapely.get_parts(shape):
            if piece.geom_type != "Polygon":
                continue
            area = float(piece.area)
            width = 2 * area / piece.length if piece.length else 0.0
            if area >= self._limits["sliver_m2"] and width >= self._limits["sliver_metres"]:
                out.append(piece)
            elif area > 0:
                self.slivers += 1
                self.sliver_m2 += area
        return out

    def _finding(
        self, kind: str, group: _Group, units: Sequence[str], piece: Any, reach: float = BESIDE_METRES
    ) -> Finding | None:
        """What is to be said of the piece; None where nothing there is concerned and nothing can happen.

        ``reach``: how near the land of those must be that are named for a gap, metres.
        """
        import numpy
        import shapely

        land = self._land
        shapely.prepare(piece)
        classes = frozenset(group.classes)
        components = land.components.inside(piece, classes) if classes else numpy.empty(0, int)
        cases = land.cases.inside(piece, classes)
        going = cases[land.open[cases]]
        concerned = land.cases.counted(cases)
        for key, count in land.components.counted(components).items():
            concerned[key] = concerned.get(key, 0) + count
        told = _ordered((key for key in classes if key.startswith("event:") or key in concerned), concerned)
        if classes and not told:
            return None
        touched = numpy.sort(land.grids.query(piece, predicate="intersects"))
        grids = land.grids.geometries[touched]
        # Most grids of a large piece lie wholly in it: only those at its edge are cut to see how much of them is.
        shared = shapely.covers(piece, grids)
        shared[~shared] = shapely.area(shapely.intersection(grids[~shared], piece)) > 1.0
        place = piece.representative_point()
        round_ = shapely.transform(piece, lambda coords: coords / land.scale)
        west, south, east, north = round_.bounds
        return Finding(
            f"{kind}/{group.of or group.classes[0]}/{','.join(units[:2])}/{west:.6f},{south:.6f}",
            kind,
            group.of,
            tuple(told[:CLASSES_KEPT]),
            len(told),
            tuple(units) if kind == OVERLAP else self._beside(units, piece, reach),
            round(float(piece.area), 1),
            shapely.to_wkb(round_),
            place.x / land.scale[0],
            place.y / land.scale[1],
            (west, south, east, north),
            tuple(land.grid_codes[i] for i in touched[shared].tolist()),
            tuple(land.case_ids[i] for i in going.tolist()),
            len(components),
        )

    def _beside(self, units: Sequence[str], piece: Any, reach: float) -> tuple[str, ...]:
        """The units whose land begins where the gap ends, the nearest first: one of them it will be."""
        areas = self._land.areas
        away = sorted((areas[code].distance(piece), code) for code in units if code in areas)
        return tuple(code for metres, code in away[:BESIDE_AT_MOST] if metres < reach)


def _ordered(classes: Iterable[str], concerned: Mapping[str, int]) -> list[str]:
    """Those with most to be concerned first."""
    return sorted(classes, key=lambda key: (-concerned.get(key, 0), key))


def _merged(findings: Iterable[Finding]) -> list[Finding]:
    """The same land between the same units, found for several groups of classes, is one finding of all of them."""
    by_land: dict[tuple[Any, ...], Finding] = {}
    for item in findings:
        same = (item.kind, item.of, item.units, item.area_wkb)
        known = by_land.get(same)
        if known is None:
            by_land[same] = item
            continue
        by_land[same] = replace(
            known,
            classes=tuple(dict.fromkeys((*known.classes, *item.classes)))[:CLASSES_KEPT],
            class_count=known.class_count + item.class_count,
            cases=tuple(sorted({*known.cases, *item.cases})),
            components=known.components + item.components,
            reported=known.reported + item.reported,
        )
    return list(by_land.values())
