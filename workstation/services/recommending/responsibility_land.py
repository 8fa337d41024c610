"""The ground under areas of responsibility: the city as it lies flat, and where problems of each class are or have been.

Of components only those stand here that name no unit in charge of their own (maintainer, owner or department): whoever is named
answers, wherever the place is. Of cases those that nobody is named for by their component: the open ones, and the others of a while.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...store import raw
from .facts import wkb_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NAMED = (
    "EXISTS (SELECT 1 FROM unit AS u WHERE u.code IN (c.maintainer_code, c.owner_code, c.dept_code)"
    " AND u.active AND u.kind <> 'centre')"
)
_COMPONENTS = (
    "SELECT c.class_code, ST_X(c.geom), ST_Y(c.geom) FROM component AS c"
    f" WHERE c.state <> 'removed' AND c.class_code IN ({{marks}}) AND NOT {_NAMED}"
)
_UNNAMED = (
    "SELECT class_code, count(*) FROM component AS c"
    f" WHERE c.state <> 'removed' AND c.class_code IN ({{marks}}) AND NOT {_NAMED} GROUP BY class_code"
)
_CASES = (
    "SELECT k.id, k.kind, k.class_code, k.lon, k.lat, k.open FROM cases AS k"
    " WHERE {which} AND k.lon IS NOT NULL AND k.lat IS NOT NULL AND (k.component = ''"
    f" OR NOT EXISTS (SELECT 1 FROM component AS c WHERE c.code = k.component AND {_NAMED})) ORDER BY k.id"
)
_OPEN, _CLOSED = "k.open", "NOT k.open AND k.registered_at >= ? AND k.class_code IN ({marks})"
CHUNK = 400
"""Values of one IN list: SQLite takes no more than 999 of old."""


@dataclass
class Points:
    """Where things of classes are, in metres: ``of`` numbers in ``keys`` ("component:0101"), beside the index of places."""

    keys: tuple[str, ...]
    of: Any
    tree: Any

    @classmethod
    def made(cls, told: Sequence[str], lonlat: Any, scale: tuple[float, float]) -> Points:
        """Of as many classes as places (degrees)."""
        import numpy
        import shapely

        keys, of = numpy.unique(numpy.array(told, dtype=object).astype(str), return_inverse=True)
        flat = numpy.asarray(lonlat, dtype=float).reshape(-1, 2) * scale
        return cls(tuple(str(key) for key in keys), of, shapely.STRtree(shapely.points(flat)))

    def wanted(self, classes: Collection[str]) -> Any:
        """Which of the things are of these classes."""
        import numpy

        numbers = [n for n, key in enumerate(self.keys) if key in classes]
        return numpy.isin(self.of, numbers)

    def inside(self, piece: Any, classes: Collection[str]) -> Any:
        """The numbers of those of these classes that lie in the piece of land; all where no classes are told."""
        import numpy

        found = numpy.sort(self.tree.query(piece, predicate="intersects"))
        return found[self.wanted(classes)[found]] if classes else found

    def outside(self, areas: Sequence[Any], classes: Collection[str], reach: float) -> Any:
        """The numbers of those of these classes that lie more than ``reach`` metres from each of the areas."""
        import numpy
        import shapely

        mine = numpy.flatnonzero(self.wanted(classes))
        if not len(mine):
            return mine
        held = shapely.STRtree(areas).query(
            self.tree.geometries[mine], predicate="dwithin", distance=max(reach, 1e-6)
        )[0]
        return numpy.setdiff1d(mine, mine[held])

    def counted(self, numbers: Any) -> dict[str, int]:
        """By class, how many of these there are."""
        import numpy

        found, counts = numpy.unique(self.of[numbers], return_counts=True)
        return {self.keys[n]: int(count) for n, count in zip(found.tolist(), counts.tolist(), strict=True)}


@dataclass
class Land:
    """The city as it lies flat, in metres. ``open`` of cases says which of them are still going on."""

    city: Any
    areas: dict[str, Any]
    grids: Any
    grid_codes: tuple[str, ...]
    scale: tuple[float, float]
    components: Points
    cases: Points
    case_ids: tuple[str, ...]
    open: Any
    shared: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What two areas have in common, by the two units: it is asked for by many classes."""


def read_land(conn: Connection, placed: Collection[str], since: str) -> Land:
    """The land with what is of the classes ``placed``, and the cases registered from ``since``, besides all open ones."""
    import numpy
    import shapely

    wkb = wkb_of(conn, "geom")
    rows = raw.all_rows(conn, f"SELECT code, {wkb} FROM grid WHERE valid_to IS NULL ORDER BY code")
    grids = _shapes([row[1] for row in rows])
    owned = raw.all_rows(
        conn,
        f"SELECT code, {wkb} FROM unit WHERE active AND kind <> 'centre' AND geom IS NOT NULL ORDER BY code",
    )
    areas = _shapes([row[1] for row in owned])
    bounds = shapely.total_bounds(grids if len(grids) else areas)
    middle = float((bounds[1] + bounds[3]) / 2) if len(bounds) and bounds[1] == bounds[1] else 0.0
    scale = degree_metres(middle)
    flat = [_flat(shapely.make_valid(shapes), scale) for shapes in (grids, areas)]
    cases = _cases(conn, placed, since)
    return Land(
        whole(flat[0]),
        {row[0]: area for row, area in zip(owned, flat[1], strict=True) if area is not None},
        shapely.STRtree(flat[0]),
        tuple(row[0] for row in rows),
        scale,
        _components(conn, placed, scale),
        Points.made([f"{row[1]}:{row[2]}" for row in cases], [row[3:5] for row in cases], scale),
        tuple(row[0] for row in cases),
        numpy.array([bool(row[5]) for row in cases], dtype=bool),
    )


def unnamed(conn: Connection, codes: Collection[str]) -> dict[str, int]:
    """By class code, how many components there are that name no unit in charge; of these classes of components."""
    found: dict[str, int] = {}
    for part in _chunks(codes):
        found.update(raw.all_rows(conn, _UNNAMED.format(marks=", ".join("?" for _ in part)), part))
    return found


def _components(conn: Connection, placed: Collection[str], scale: tuple[float, float]) -> Points:
    """Class by class: the index of classes leads, and no more than one class's rows are held as Python has them."""
    import numpy

    told: list[str] = []
    places: list[Any] = [numpy.empty((0, 2))]
    for key in sorted(placed):
        kind, _, code = key.partition(":")
        if kind == "component":
            rows = raw.all_rows(conn, _COMPONENTS.format(marks="?"), [code])
            if rows:
                told += [key] * len(rows)
                places.append(numpy.array([row[1:] for row in rows], dtype=float))
    return Points.made(told, numpy.vstack(places), scale)


def _cases(conn: Connection, placed: Collection[str], since: str) -> list[Any]:
    rows = list(raw.all_rows(conn, _CASES.format(which=_OPEN)))
    for part in _chunks({key.partition(":")[2] for key in placed}):
        which = _CLOSED.format(marks=", ".join("?" for _ in part))
        rows += raw.all_rows(conn, _CASES.format(which=which), [since, *part])
    return rows


def _chunks(values: Collection[str]) -> list[list[str]]:
    listed = sorted(values)
    return [listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK)]


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


def whole(shapes: Any) -> Any:
    """The union. Where nothing overlaps, as of grids, it is had by leaving out the inner borders, many times faster."""
    import shapely

    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.union_all(shapes)
