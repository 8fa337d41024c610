"""What the recommender knows of a city: its units, their areas and duties, kept in memory, and what the cases have shown."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...store import raw

if TYPE_CHECKING:
    from sqlalchemy import Connection

DEGREE = 111_320.0
"""Metres of a degree of latitude, and of one of longitude at the equator."""
CHUNK = 400
"""Values of one IN list: SQLite takes no more than 999 of old."""
HISTORY_AT_MOST = 400
"""Of a class around a place: the newest so many cases are looked at."""

_UNITS = (
    "SELECT code, name, kind, level, parent, {wkb} FROM unit WHERE active AND kind <> 'centre' ORDER BY code"
)
_STAMP = "SELECT (SELECT count(*) FROM unit WHERE active), (SELECT count(*) FROM unit_duty)"
_BOXES = {
    "sqlite": "SELECT g.code, i.xmin, i.ymin, i.xmax, i.ymax FROM idx_grid_geom AS i"
    " JOIN grid AS g ON g.rowid = i.pkid WHERE g.valid_to IS NULL ORDER BY g.code",
    "postgresql": "SELECT code, ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom) FROM grid"
    " WHERE valid_to IS NULL ORDER BY code",
}


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """How far two points of a city are from each other."""
    x = (other_lon - lon) * DEGREE * math.cos(math.radians(lat))
    return math.hypot(x, (other_lat - lat) * DEGREE)


def wkb_of(conn: Connection, column: str) -> str:
    """The SQL that reads a geometry as WKB."""
    return f"ST_AsBinary({column})" if conn.dialect.name == "postgresql" else f"AsBinary({column})"


@dataclass(frozen=True, slots=True)
class Known:
    """A unit that disposes."""

    code: str
    name: str
    kind: str
    level: str
    parent: str
    has_area: bool


@dataclass(frozen=True, slots=True)
class Track:
    """What a unit has done with such cases around a place: how many, in time of those that are decided, given back."""

    count: int = 0
    decided: int = 0
    in_time: int = 0
    returned: int = 0
    again: int = 0


@dataclass(frozen=True)
class Facts:
    """One reading of units, areas, duties and grids. Coordinates are degrees, EPSG:4490."""

    units: Mapping[str, Known]
    duties: Mapping[str, tuple[tuple[str, str], ...]]
    """By kind of problem: (prefix, unit), the longest prefix first."""
    stamp: tuple[Any, ...]
    _areas: Any = field(repr=False)
    _owners: tuple[str, ...] = field(repr=False)
    _grids: tuple[str, ...] = field(repr=False)
    _boxes: Any = field(repr=False)
    _by_class: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, conn: Connection) -> Facts:
        """Read them."""
        import numpy
        import shapely

        units: dict[str, Known] = {}
        owners: list[str] = []
        shapes: list[Any] = []
        for code, name, kind, level, parent, area in raw.all_rows(
            conn, _UNITS.format(wkb=wkb_of(conn, "geom"))
        ):
            # An area that is damaged is none: nobody is kept from dispatching by it.
            shape = None if area is None else shapely.from_wkb(bytes(area), on_invalid="ignore")
            units[code] = Known(code, name, kind, level, parent, shape is not None)
            if shape is not None:
                owners.append(code)
                shapes.append(shape)
        duties: dict[str, list[tuple[str, str]]] = {}
        for kind, prefix, code in raw.all_rows(
            conn, "SELECT kind, class_prefix, unit_code FROM unit_duty ORDER BY kind, class_prefix, unit_code"
        ):
            if code in units:
                duties.setdefault(kind, []).append((prefix, code))
        boxes = raw.all_rows(conn, _BOXES[conn.dialect.name])
        areas = numpy.array(shapes, dtype=object)
        shapely.prepare(areas)
        return cls(
            units,
            {kind: tuple(sorted(found, key=lambda duty: -len(duty[0]))) for kind, found in duties.items()},
            stamp_of(conn),
            shapely.STRtree(areas),
            tuple(owners),
            tuple(row[0] for row in boxes),
            numpy.array([row[1:] for row in boxes], dtype=float).reshape(-1, 4),
        )

    def duty_of(self, kind: str, class_code: str) -> Mapping[str, str]:
        """The units that answer for the class, each with the longest prefix that says so."""
        found = self._by_class.get((kind, class_code))
        if found is None:
            found = {}
            for prefix, code in self.duties.get(kind, ()):
                if class_code.startswith(prefix):
                    found.setdefault(code, prefix)
            self._by_class[kind, class_code] = found
        return found

    def holding(self, lon: float, lat: float, beside: float) -> tuple[set[str], dict[str, float]]:
        """The units whose area holds the point, and those whose area lies no more than ``beside`` metres away."""
        import shapely

        point = shapely.Point(lon, lat)
        inside = {self._owners[i] for i in self._areas.query(point, predicate="intersects")}
        near: dict[str, float] = {}
        if beside > 0:
            # A degree of longitude is the shorter one: nothing is missed, and the true distance decides.
            reach = beside / (DEGREE * math.cos(math.radians(lat)))
            for i in self._areas.query(point.buffer(reach)):
                code = self._owners[i]
                if code in inside:
                    continue
                to = shapely.shortest_line(point, self._areas.geometries[i]).coords[1]
                away = metres(lon, lat, *to)
                if away <= beside:
                    near[code] = away
        return inside, near

    def around(self, lon: float, lat: float, away: float) -> tuple[str, ...]:
        """The grids whose box comes so near to the point, by code: a grid and its neighbours."""
        dx, dy = away / (DEGREE * math.cos(math.radians(lat))), away / DEGREE
        b = self._boxes
        hit = (b[:, 0] <= lon + dx) & (b[:, 2] >= lon - dx) & (b[:, 1] <= lat + dy) & (b[:, 3] >= lat - dy)
        return tuple(self._grids[i] for i in hit.nonzero()[0])

    def one_line(self, a: str, b: str) -> bool:
        """Whether one of the units stands above the other: no two who would quarrel."""
        return self._above(a, b) or self._above(b, a)

    def _above(self, unit: str, other: str) -> bool:
        seen: set[str] = set()
        while other in self.units and other not in seen:
            seen.add(other)
            other = self.units[other].parent
            if other == unit:
                return True
        return False


def stamp_of(conn: Connection) -> tuple[Any, ...]:
    """Changes when units or duties come or go."""
    return tuple(raw.first(conn, _STAMP) or ())


def _chunks(values: Collection[str]) -> Iterable[list[str]]:
    listed = sorted(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def components(conn: Connection, codes: Collection[str]) -> dict[str, tuple[str, str, str]]:
    """(maintainer, owner, department) of those of the components that there are."""
    found: dict[str, tuple[str, str, str]] = {}
    for part in _chunks(codes):
        marks = ", ".join("?" for _ in part)
        query = f"SELECT code, maintainer_code, owner_code, dept_code FROM component WHERE code IN ({marks})"
        found.update((row[0], (row[1], row[2], row[3])) for row in raw.all_rows(conn, query, part))
    return found


Shown = tuple[str, str, str]
"""(grid, kind, class code)."""
Row = tuple[str, str, bool, Any, int]
"""(id, unit, whether it was disposed of, in time, rework)."""


def histories(
    conn: Connection, class_codes: Collection[str], grids: Collection[str], since: str
) -> dict[Shown, list[Row]]:
    """Cases of these classes in these grids that changed since, by grid and class, the newest first.

    By the index of grid and change: of a million cases it reads those of a few grids.
    """
    found: dict[Shown, list[Row]] = {}
    codes = sorted(class_codes)
    if not codes or len(codes) > CHUNK:
        return found
    wanted = ", ".join("?" for _ in codes)
    for part in _chunks(grids):
        marks = ", ".join("?" for _ in part)
        query = (
            "SELECT grid, kind, class_code, id, unit, fed_back_at IS NOT NULL, disposed_in_time, rework FROM cases"
            f" WHERE grid IN ({marks}) AND changed_at >= ? AND class_code IN ({wanted}) AND unit <> ''"
            " ORDER BY grid, changed_at DESC, id DESC"
        )
        for grid, kind, code, *row in raw.all_rows(conn, query, (*part, since, *codes)):
            rows = found.setdefault((grid, kind, code), [])
            if len(rows) < HISTORY_AT_MOST:
                rows.append((row[0], row[1], bool(row[2]), row[3], row[4]))
    return found


def given_back(conn: Connection, case_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The units that asked to return each of the cases, by case; only cases of which one did."""
    found: dict[str, list[str]] = {}
    for part in _chunks(case_ids):
        marks = ", ".join("?" for _ in part)
        query = f"SELECT case_id, unit FROM case_event WHERE case_id IN ({marks}) AND kind = 'ask_return'"
        for case_id, unit in raw.all_rows(conn, query, part):
            found.setdefault(case_id, []).append(unit)
    return {case_id: tuple(sorted(units)) for case_id, units in found.items()}


def tracks(
    shown: Mapping[Shown, Sequence[Row]],
    returned: Mapping[str, Sequence[str]],
    keys: Iterable[Shown],
    case_id: str,
) -> dict[str, Track]:
    """By unit: what it has done with cases of the class in the grids, without the case itself.

    Counted is what was disposed of; given back counts whatever became of the case.
    """
    sums: dict[str, list[int]] = {}
    for key in keys:
        for other, unit, disposed, in_time, rework in shown.get(key, ()):
            if other == case_id:
                continue
            if disposed:
                row = sums.setdefault(unit, [0, 0, 0, 0, 0])
                row[0] += 1
                row[1] += in_time is not None
                row[2] += bool(in_time)
                row[4] += rework > 0
            for who in returned.get(other, ()):
                sums.setdefault(who, [0, 0, 0, 0, 0])[3] += 1
    return {unit: Track(*row) for unit, row in sums.items()}
