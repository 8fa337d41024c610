"""Classes of components by name, and the components of a class that are nearest to a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ...store import raw
from ...workflow.handbook_parts import ClassItem
from ..lists.statement_parts import listed
from ..spatial.places import Plane
from . import pinyin
from .index import METRES_PER_DEGREE
from .names import EXACT, INSIDE, PREFIX

if TYPE_CHECKING:
    from sqlalchemy import Connection

Point = tuple[float, float]

NEAREST = 5
"""Components shown of a class."""
BOXES = (150.0, 300.0, 600.0)
"""Metres around the place, one after the other, until there are enough."""
RARE = 2000
"""Of a class with fewer than that the nearest is found wherever it is."""


@dataclass(frozen=True, slots=True)
class NamedClass:
    """A class of components, with what its name is found by."""

    code: str
    name: str
    main: str
    folded: str
    whole: str
    initials: frozenset[str]


@lru_cache(maxsize=4)
def named(classes: tuple[ClassItem, ...]) -> tuple[NamedClass, ...]:
    """The classes of components among these of a handbook."""
    return tuple(
        NamedClass(
            item.code,
            item.name,
            item.main_name,
            pinyin.fold(item.name),
            pinyin.whole(item.name),
            frozenset(pinyin.initials(item.name).split()),
        )
        for item in classes
        if item.kind == "component"
    )


def class_worth(query: str, item: NamedClass) -> float:
    """What a class is worth for the folded query; 0: nothing."""
    if query == item.folded:
        return EXACT
    if item.folded.startswith(query):
        return PREFIX
    if len(query) >= 2 and query in item.folded:
        return INSIDE + 5
    if not pinyin.is_latin(query) or len(query) < 2:
        return 0.0
    if item.whole.startswith(query):
        return 60.0
    if query in item.initials:
        return 55.0
    if pinyin.means(query, item.folded, usual=True):
        return 50.0
    return 30.0 if any(query in said for said in (item.whole, *item.initials)) else 0.0


@dataclass(frozen=True, slots=True)
class Near:
    """A component near a place, ``metres`` away. ``where``: street and name of its grid, "" where that is not known."""

    code: str
    name: str
    grid: str
    class_code: str
    lon: float
    lat: float
    metres: float
    where: str = ""


def _by_distance(middle: Point, rows: Sequence[Sequence[Any]]) -> list[Near]:
    """The nearest of the components, some more than are shown."""
    if not rows:
        return []
    lon = np.array([row[4] for row in rows], float)
    lat = np.array([row[5] for row in rows], float)
    east = (lon - middle[0]) * np.cos(np.radians(middle[1]))
    metres = np.hypot(east, lat - middle[1]) * METRES_PER_DEGREE
    order = np.argsort(metres, kind="stable")[: 4 * NEAREST].tolist()
    out = []
    for at in order:
        code, name, grid, class_code, east_of, north_of = rows[at]
        out.append(Near(code, name, grid, class_code, east_of, north_of, float(metres[at])))
    return out


_COLUMNS = "c.code, c.name, c.grid_code, c.class_code, ST_X(c.geom), ST_Y(c.geom)"


def nearest_of(conn: Connection, codes: Sequence[str], middle: Point) -> list[Near]:
    """The components of the classes nearest to the place. Of rare classes, or far from any, among those read first."""
    clause, values = listed(conn, codes)
    which = f"c.class_code {clause} AND c.state <> 'removed'"
    found = (_around_on_server if conn.dialect.name == "postgresql" else _around)(conn, which, values, middle)
    near = [item for item in _by_distance(middle, found) if item.metres <= BOXES[-1]]
    if len(near) < NEAREST:
        some = f"SELECT {_COLUMNS} FROM component AS c WHERE {which} LIMIT {RARE}"
        merged = {row[0]: row for row in [*found, *raw.all_rows(conn, some, (values,))]}
        near = _by_distance(middle, list(merged.values()))
    return _with_places(conn, near[:NEAREST])


def _around(conn: Connection, which: str, codes: Any, middle: Point) -> list[tuple[Any, ...]]:
    """Those in a box around the place, no larger than is needed."""
    plane = Plane(*middle)
    statement = (
        f"SELECT {_COLUMNS} FROM component AS c WHERE c.id IN (SELECT pkid FROM idx_component_geom"
        f" WHERE xmax >= ? AND ymax >= ? AND xmin <= ? AND ymin <= ?) AND {which}"
    )
    for metres in BOXES:
        rows = raw.all_rows(conn, statement, (*plane.box(metres), codes))
        if sum(item.metres <= metres for item in _by_distance(middle, rows)) >= NEAREST:
            break
    return rows


def _around_on_server(conn: Connection, which: str, codes: Any, middle: Point) -> list[tuple[Any, ...]]:
    """Those of the largest box that are nearest by degrees: several times as many as are shown, for a degree to the east is
    shorter than one to the north."""
    statement = (
        f"SELECT {_COLUMNS} FROM component AS c WHERE c.geom && ST_MakeEnvelope(?, ?, ?, ?, 4490) AND {which}"
        f" ORDER BY c.geom <-> ST_SetSRID(ST_MakePoint(?, ?), 4490) LIMIT {8 * NEAREST}"
    )
    return raw.all_rows(conn, statement, (*Plane(*middle).box(BOXES[-1]), codes, *middle))


def _with_places(conn: Connection, near: Sequence[Near]) -> list[Near]:
    """The same with the names of street and grid."""
    if not near:
        return []
    clause, codes = listed(conn, sorted({item.grid for item in near}))
    rows = raw.all_rows(
        conn,
        "SELECT g.code, d.name, g.name FROM grid AS g LEFT JOIN division AS d ON d.code = g.street_code"
        f" WHERE g.code {clause}",
        (codes,),
    )
    names = {code: " · ".join(part for part in (street, name) if part) for code, street, name in rows}
    return [replace(item, where=names.get(item.grid, "")) for item in near]
