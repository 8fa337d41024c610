"""What can be found by name: gathered from the city's tables and kept in ``find_entry``.

Whoever writes roads, buildings, divisions, grids, units or people calls :func:`refresh` in the same transaction. What is
gathered is compared with what is kept and only the difference written, so calling it again costs reading and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, delete, func, insert, select

from ...store.tables import find_entry
from . import pinyin

KINDS = ("road", "crossing", "building", "water", "green", "division", "grid", "unit", "person")
"""In the order in which groups of equal worth are shown."""
METRES_PER_DEGREE = 111_320.0
ONE_ROAD_METRES = 400.0
"""Pieces of one name that lie nearer than this are one road; of two farther apart each is found by itself."""
ONE_CROSSING_METRES = 150.0
_BATCH = 5_000


class Entry(NamedTuple):
    """A row of ``find_entry`` without its reading. ``lon``, ``lat`` None: it has no place."""

    kind: str
    ref: str
    name: str
    detail: str
    lon: float | None
    lat: float | None
    also: str = ""
    """What people call it besides."""


@dataclass(slots=True)
class Difference:
    """What is to be written so that ``find_entry`` is as the city is."""

    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[int, Entry]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.new) + len(self.changed) + len(self.gone)


def refresh(conn: Connection) -> int:
    """Make ``find_entry`` what the city is, inside the caller's transaction; how many rows that changed."""
    found = difference(conn)
    write(conn, found)
    return len(found)


def difference(conn: Connection) -> Difference:
    """What :func:`refresh` would write; reads only."""
    t = find_entry.c
    kept = {
        (row[1], row[2]): row
        for row in conn.execute(select(t.id, t.kind, t.ref, t.name, t.detail, t.lon, t.lat))
    }
    out = Difference()
    for entry in gather(conn):
        had = kept.pop((entry.kind, entry.ref), None)
        if had is None:
            out.new.append(entry)
        elif tuple(had[3:5]) != entry[2:4] or not _same_place(had[5:7], entry[4:6]):
            out.changed.append((had[0], entry))
    out.gone = [row[0] for row in kept.values()]
    return out


def _same_place(a: Sequence[float | None], b: Sequence[float | None]) -> bool:
    return all(x is y if x is None or y is None else abs(x - y) < 1e-9 for x, y in zip(a, b, strict=True))


def write(conn: Connection, found: Difference) -> None:
    """Write a difference that was read before. What is called otherwise now gets another number, so that a number always
    means what it meant when somebody read it."""
    free = conn.execute(select(func.coalesce(func.max(find_entry.c.id), 0))).scalar_one() + 1
    gone = [*found.gone, *(row_id for row_id, _ in found.changed)]
    for start in range(0, len(gone), _BATCH):
        conn.execute(delete(find_entry).where(find_entry.c.id.in_(gone[start : start + _BATCH])))
    new = [*(entry for _, entry in found.changed), *found.new]
    for start in range(0, len(new), _BATCH):
        rows = [_values(entry) for entry in new[start : start + _BATCH]]
        if (
            conn.dialect.name == "sqlite"
        ):  # which would give the numbers of the last rows again; a server does not
            rows = [{"id": free + start + n, **values} for n, values in enumerate(rows)]
        conn.execute(insert(find_entry), rows)


def state(conn: Connection) -> tuple[Any, ...]:
    """What is another one when ``find_entry`` is: how many entries, and the last of them."""
    row = conn.exec_driver_sql(
        "SELECT id, kind, ref, name, (SELECT count(*) FROM find_entry) FROM find_entry ORDER BY id DESC LIMIT 1"
    ).first()
    return (0,) if row is None else tuple(row)


def _values(entry: Entry) -> dict[str, Any]:
    said = [name for name in (entry.name, entry.also) if name]
    kept = entry._asdict()
    del kept["also"]
    return {
        **kept,
        "pinyin": " ".join(dict.fromkeys(pinyin.whole(name) for name in said)),
        "initials": " ".join(dict.fromkeys(pinyin.initials(name) for name in said)),
    }


def rows(conn: Connection) -> list[tuple[Any, ...]]:
    """What the rows of ``find_entry`` would be, in the order of its columns, those of one kind together."""
    made = [_values(entry) for entry in gather(conn)]
    made.sort(key=lambda values: str(values["kind"]))
    return [(n, *(values[name] for name in _COLUMNS)) for n, values in enumerate(made, 1)]


_COLUMNS = ("kind", "ref", "name", "detail", "pinyin", "initials", "lon", "lat")


def outdated(conn: Connection) -> bool:
    """Whether the numbers of named things and of entries differ: a city that was upgraded, or written past the program."""
    kept = {
        kind: (count, names)
        for kind, count, names in conn.exec_driver_sql(
            "SELECT kind, count(*), count(DISTINCT name) FROM find_entry GROUP BY kind"
        )
    }
    for kind, query in _COUNTS.items():
        row = conn.exec_driver_sql(query).first()
        if row is not None and row[0] != kept.get(kind, (0, 0))[kind == "road"]:
            return True
    return False


_COUNTS = {
    "road": "SELECT count(DISTINCT name) FROM road WHERE name <> ''",
    "building": "SELECT count(*) FROM building WHERE name <> ''",
    "water": "SELECT count(*) FROM water WHERE name <> ''",
    "green": "SELECT count(*) FROM green WHERE name <> ''",
    "division": "SELECT count(*) FROM division",
    "grid": "SELECT count(*) FROM grid WHERE valid_to IS NULL",
    "unit": "SELECT count(*) FROM unit WHERE active",
    "person": "SELECT count(*) FROM person WHERE active",
}


# ---- gathering -----------------------------------------------------------------------------------------------


def gather(conn: Connection) -> Iterable[Entry]:
    """Everything of the city that has a name, as entries."""
    divisions = _rows(conn, "SELECT code, level, name, parent, ST_AsBinary(geom) FROM division")
    names = {row[0]: row[2] for row in divisions}
    where = _Where([(row[2], row[4]) for row in divisions if row[1] == "street"])
    roads = _Roads(_rows(conn, "SELECT id, name, ST_AsBinary(geom) FROM road WHERE name <> '' ORDER BY id"))
    yield from roads.entries(where)
    yield from roads.crossings(where)
    for kind in ("building", "water", "green"):
        found = _rows(conn, f"SELECT id, name, ST_AsBinary(geom) FROM {kind} WHERE name <> ''")
        points = _points([row[2] for row in found])
        streets = where.names(points)
        beside = roads.nearest(points) if kind == "building" else [""] * len(found)
        for row, point, street, road in zip(found, points, streets, beside, strict=True):
            yield Entry(kind, str(row[0]), row[1], _joined(street, road), point[0], point[1])
    places = {row[0]: point for row, point in zip(divisions, _points([r[4] for r in divisions]), strict=True)}
    for row in divisions:
        yield Entry("division", row[0], row[2], _joined(names.get(row[3], ""), row[0]), *places[row[0]])
    grids = _rows(conn, "SELECT code, name, street_code, ST_AsBinary(geom) FROM grid WHERE valid_to IS NULL")
    middle = {row[0]: point for row, point in zip(grids, _points([r[3] for r in grids]), strict=True)}
    for row in grids:
        yield Entry("grid", row[0], row[1], _joined(names.get(row[2], ""), row[0]), *middle[row[0]])
    yield from _units(conn, places)
    yield from _people(conn, middle)


def _units(conn: Connection, places: dict[str, tuple[float, float]]) -> Iterable[Entry]:
    rows = _rows(
        conn, "SELECT code, name, short_name, parent, division, ST_AsBinary(geom) FROM unit WHERE active"
    )
    names = {row[0]: row[2] or row[1] for row in rows}
    areas = [row for row in rows if row[5] is not None]
    own = {row[0]: point for row, point in zip(areas, _points([r[5] for r in areas]), strict=True)}
    for row in rows:
        lon, lat = own.get(row[0]) or places.get(row[4]) or (None, None)
        short = row[2] if row[2] != row[1] else ""
        detail = " · ".join(part for part in (short, names.get(row[3], "")) if part)
        yield Entry("unit", row[0], row[1], detail, lon, lat, short)


def _people(conn: Connection, grids: dict[str, tuple[float, float]]) -> Iterable[Entry]:
    """Those in active service. Somebody who walks grids is found in the middle of them; nothing tells a telephone number."""
    walks: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for person_id, grid in _rows(conn, "SELECT person_id, grid_code FROM collector_grid"):
        if grid in grids:
            walks[person_id].append(grids[grid])
    rows = _rows(
        conn,
        "SELECT p.id, p.name, u.name, u.short_name FROM person AS p LEFT JOIN unit AS u ON u.code = p.unit_code"
        " WHERE p.active",
    )
    for person_id, name, unit, short in rows:
        there = walks.get(person_id)
        lon, lat = (float(value) for value in np.mean(there, axis=0)) if there else (None, None)
        yield Entry("person", person_id, name, short or unit or "", lon, lat)


def _rows(conn: Connection, query: str) -> list[Any]:
    return list(conn.exec_driver_sql(query))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _shapes(wkbs: Sequence[Any]) -> Any:
    return shapely.from_wkb(np.array([bytes(wkb) for wkb in wkbs], dtype=object))


def _points(wkbs: Sequence[Any]) -> list[tuple[float, float]]:
    """A point on each of the shapes."""
    if not wkbs:
        return []
    points = shapely.point_on_surface(_shapes(wkbs))
    return [(float(x), float(y)) for x, y in zip(shapely.get_x(points), shapely.get_y(points), strict=True)]


class _Where:
    """In which street's division points lie."""

    def __init__(self, streets: Sequence[tuple[str, Any]]) -> None:
        self._names = [name for name, _ in streets]
        self._tree = shapely.STRtree(_shapes([wkb for _, wkb in streets])) if streets else None

    def names(self, points: Sequence[tuple[float, float]]) -> list[str]:
        """The name for each point, "" where it lies in none; on a border the first."""
        out = [""] * len(points)
        if self._tree is not None and points:
            asked, met = self._tree.query(shapely.points(np.array(points)), predicate="intersects")
            for point, street in sorted(zip(asked.tolist(), met.tolist(), strict=True), reverse=True):
                out[point] = self._names[street]
        return out


class _Roads:
    """The pieces of roads by name, those of one name that lie together as one road."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.names = [row[1] for row in rows]
        self.lines = list(_shapes([row[2] for row in rows])) if rows else []
        by_name: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(self.names):
            by_name[name].append(at)
        self.road_of = [0] * len(rows)  # the first piece of the road that each piece belongs to
        self.pieces: dict[int, list[int]] = {}
        for places in by_name.values():
            for group in together(places, self.lines, ONE_ROAD_METRES):
                self.pieces[group[0]] = group
                for at in group:
                    self.road_of[at] = group[0]
        self.refs = {first: str(rows[first][0]) for first in self.pieces}

    def entries(self, where: _Where) -> Iterable[Entry]:
        """Every road, at the middle of its longest piece; the detail says through which streets it leads."""
        firsts = list(self.pieces)
        middles = [_middle(shapely.union_all([self.lines[at] for at in self.pieces[f]])) for f in firsts]
        sample = [(f, point) for f in firsts for at in self.pieces[f] for point in _along(self.lines[at])]
        led: dict[int, dict[str, None]] = defaultdict(dict)
        for (first, _), street in zip(sample, where.names([point for _, point in sample]), strict=True):
            if street:
                led[first][street] = None
        for first, middle in zip(firsts, middles, strict=True):
            yield Entry("road", self.refs[first], self.names[first], "、".join(led[first]), *middle)

    def crossings(self, where: _Where) -> Iterable[Entry]:
        """Where two roads of different names meet."""
        if not self.lines:
            return
        a, b = shapely.STRtree(self.lines).query(self.lines, predicate="intersects")
        found: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        for i, j in zip(a.tolist(), b.tolist(), strict=True):
            if i < j and self.names[i] != self.names[j]:
                first, second = sorted((self.road_of[i], self.road_of[j]), key=lambda at: self.names[at])
                met = self.lines[i].intersection(self.lines[j])
                points = getattr(met, "geoms", [met])
                found[first, second] += [(p.centroid.x, p.centroid.y) for p in points]
        listed = [
            (roads, at, point)
            for roads, points in found.items()
            for at, point in enumerate(_apart(points, ONE_CROSSING_METRES))
        ]
        streets = where.names([point for _, _, point in listed])
        for ((first, second), at, point), street in zip(listed, streets, strict=True):
            ref = f"{self.refs[first]}+{self.refs[second]}" + (f"#{at}" if at else "")
            yield Entry("crossing", ref, f"{self.names[first]}与{self.names[second]}交叉口", street, *point)

    def nearest(self, points: Sequence[tuple[float, float]]) -> list[str]:
        """The name of the road nearest to each point."""
        if not self.lines or not points:
            return [""] * len(points)
        near = shapely.STRtree(self.lines).nearest(shapely.points(np.array(points)))
        return [self.names[at] for at in near.tolist()]


def together(places: Sequence[int], lines: Sequence[BaseGeometry], metres: float) -> list[list[int]]:
    """The places (numbers of ``lines``) in groups, each within ``metres`` of another of its group; in order."""
    if len(places) == 1:
        return [list(places)]
    reach = metres / METRES_PER_DEGREE
    left = list(places)
    out = []
    while left:
        group = [left.pop(0)]
        for at in group:  # grows while it is gone through
            near = [other for other in left if lines[at].dwithin(lines[other], reach)]
            left = [other for other in left if other not in near]
            group += near
        out.append(sorted(group))
    return out


def _apart(points: Sequence[tuple[float, float]], metres: float) -> list[tuple[float, float]]:
    """Of points that lie nearer to each other than that, the first."""
    reach = metres / METRES_PER_DEGREE
    out: list[tuple[float, float]] = []
    for point in points:
        if all(abs(point[0] - x) + abs(point[1] - y) > reach for x, y in out):
            out.append(point)
    return out


def _middle(shape: BaseGeometry) -> tuple[float, float]:
    lines = shapely.line_merge(shape)
    longest = max(getattr(lines, "geoms", [lines]), key=lambda line: float(line.length))
    point = longest.interpolate(0.5, normalized=True)
    return float(point.x), float(point.y)


def _along(line: BaseGeometry) -> list[tuple[float, float]]:
    points = [line.interpolate(share, normalized=True) for share in (0.1, 0.5, 0.9)]
    return [(float(point.x), float(point.y)) for point in points]
