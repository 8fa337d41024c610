"""How a found thing lies: the course of a road, the outline of an area, the grids that somebody walks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ...store import raw
from .index import ONE_ROAD_METRES, together

if TYPE_CHECKING:
    from sqlalchemy import Connection

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a found thing lies: its box, and of a road its whole course, of an area its outline, in lines of degrees."""

    bounds: Bounds
    lines: tuple[tuple[Point, ...], ...]


class Thing(Protocol):
    """What there is to know of a found thing here."""

    @property
    def kind(self) -> str:
        """Its group."""

    @property
    def ref(self) -> str:
        """Its code or number."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def lon(self) -> float | None:
        """Degrees."""

    @property
    def lat(self) -> float | None:
        """Degrees."""


def shape_of(conn: Connection, found: Thing) -> Shape | None:
    """How a road, an area or what a unit answers for lies; None of what is a point, or has no place."""
    import shapely  # a shape is asked for when somebody goes there

    shapes = [shapely.from_wkb(bytes(wkb)) for wkb in _wkbs(conn, found)]
    if not shapes:
        return None
    if found.kind == "road" and len(shapes) > 1:
        here = shapely.Point(found.lon, found.lat)
        groups = together(range(len(shapes)), shapes, ONE_ROAD_METRES)
        nearest = min(groups, key=lambda group: min(shapes[at].distance(here) for at in group))
        shapes = [shapes[at] for at in nearest]
    parts = [part for shape in shapes for part in getattr(shape, "geoms", [shape])]
    lines = [getattr(part, "exterior", part).coords for part in parts]
    west, south, east, north = (float(value) for value in shapely.union_all(shapes).bounds)
    return Shape(
        (west, south, east, north), tuple(tuple((float(x), float(y)) for x, y in line) for line in lines)
    )


def _wkbs(conn: Connection, found: Thing) -> list[Any]:
    if found.kind == "person":
        query = (
            "SELECT ST_AsBinary(g.geom) FROM grid AS g JOIN collector_grid AS c ON c.grid_code = g.code"
            " WHERE c.person_id = ? AND g.valid_to IS NULL"
        )
        return [row[0] for row in raw.all_rows(conn, query, (found.ref,))]
    if found.kind == "unit":
        query = (
            "SELECT coalesce(ST_AsBinary(u.geom), ST_AsBinary(d.geom)) FROM unit AS u"
            " LEFT JOIN division AS d ON d.code = u.division WHERE u.code = ?"
        )
        rows = raw.all_rows(conn, query, (found.ref,))
        return [row[0] for row in rows if row[0] is not None]
    column = {"road": "name", "division": "code", "grid": "code"}.get(found.kind, "id")
    if found.kind not in ("road", "building", "water", "green", "division", "grid"):
        return []
    key: Any = found.title if found.kind == "road" else found.ref
    query = f"SELECT ST_AsBinary(geom) FROM {found.kind} WHERE {column} = ?"
    return [row[0] for row in raw.all_rows(conn, query, (int(key) if column == "id" else key,))]
