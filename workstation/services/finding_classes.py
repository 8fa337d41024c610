"""Classes of components by name, and the components of a class that are nearest to a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import Connection

from ..store import raw
from ..workflow.handbook_parts import ClassItem
from . import pinyin
from .finding_index import METRES_PER_DEGREE
from .finding_names import EXACT, INSIDE, PREFIX
from .places import Plane, inside

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
    """A component near a place, ``metres`` away."""

    code: str
    name: str
    grid: str
    class_code: str
    lon: float
    lat: float
    metres: float


def _by_distance(middle: Point, rows: Sequence[Any]) -> list[Near]:
    """The nearest of the components, some more than are shown."""
    import shapely  # only where somebody looks for a class

    if not rows:
        return []
    points = shapely.from_wkb(np.array([bytes(row[-1]) for row in rows], dtype=object))
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    east = (lon - middle[0]) * np.cos(np.radians(middle[1]))
    metres = np.hypot(east, lat - middle[1]) * METRES_PER_DEGREE
    order = np.argsort(metres, kind="stable")[: 4 * NEAREST].tolist()
    out = []
    for at in order:
        code, name, grid, class_code, _ = rows[at]
        out.append(Near(code, name, grid, class_code, float(lon[at]), float(lat[at]), float(metres[at])))
    return out


def nearest_of(conn: Connection, codes: Sequence[str], middle: Point) -> list[Near]:
    """The components of the classes nearest to the place. Of rare classes, or far from any, among those read first."""
    listed = ", ".join(f"'{code}'" for code in codes if code.isalnum())
    if not listed:
        return []
    plane = Plane(*middle)
    columns = ["code", "name", "grid_code", "class_code"]
    which = f"class_code IN ({listed}) AND state <> 'removed'"
    for metres in BOXES:
        rows = inside(conn, "component", columns, plane.box(metres), which)
        near = [item for item in _by_distance(middle, rows) if item.metres <= metres]
        if len(near) >= NEAREST:
            return near[:NEAREST]
    some = f"SELECT {', '.join(columns)}, ST_AsBinary(geom) FROM component WHERE {which} LIMIT {RARE}"
    merged = {row[0]: row for row in [*rows, *raw.all_rows(conn, some)]}
    return _by_distance(middle, list(merged.values()))[:NEAREST]
