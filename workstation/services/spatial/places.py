"""Places: which grid a point lies in, what stands around it, how its address reads.

Points are EPSG:4490 degrees. The database finds candidates by its spatial index; distances are measured here, in
metres on a plane that touches the point, which over the few hundred metres asked for is right to a millimetre.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, false, func, select

from ...store.database import Database
from ...store.tables import cases, component, division, grid
from ...workflow.event import format_instant
from ...workflow.fields import storable
from ..cases.scope import Scope
from ..city import load_city
from ..lists.lists import CaseRow, case_row, row_columns
from ..lists.query import within

METRES_PER_DEGREE = 111_320.0
ROAD_METRES = 300.0
BUILDING_METRES = 60.0


@dataclass(frozen=True, slots=True)
class GridInfo:
    """A unit grid (单元网格). ``area_class``: core, general, fringe."""

    code: str
    name: str
    street_code: str
    street: str
    community_code: str
    community: str
    area_class: str


@dataclass(frozen=True, slots=True)
class ComponentInfo:
    """A component (部件) of the inventory. ``distance`` in metres from the point asked about, 0 where none was."""

    id: int
    code: str
    class_edition: str
    class_code: str
    name: str
    dept_code: str
    owner_code: str
    maintainer_code: str
    grid_code: str
    state: str
    lon: float
    lat: float
    distance: float = 0.0


class Plane:
    """Metres east and north of a point."""

    def __init__(self, lon: float, lat: float) -> None:
        self.lon = lon
        self.lat = lat
        self._x = METRES_PER_DEGREE * math.cos(math.radians(lat))

    def box(self, metres: float) -> tuple[float, float, float, float]:
        """West, south, east, north of the square around the point."""
        dx, dy = metres / self._x, metres / METRES_PER_DEGREE
        return self.lon - dx, self.lat - dy, self.lon + dx, self.lat + dy

    def distance(self, geometry: BaseGeometry) -> float:
        """Metres from the point to a geometry in degrees."""
        moved = shapely.transform(
            geometry, lambda xy: (xy - (self.lon, self.lat)) * (self._x, METRES_PER_DEGREE)
        )
        return float(moved.distance(Point(0.0, 0.0)))


def inside(
    conn: Connection,
    table: str,
    columns: Sequence[str],
    box: tuple[float, float, float, float],
    where: str = "",
) -> list[Any]:
    """Rows of a table whose geometry's box meets ``box``: the columns, then the geometry as WKB."""
    listed = ", ".join([*columns, "ST_AsBinary(geom)"])
    also = f" AND {where}" if where else ""
    if conn.dialect.name == "postgresql":
        query = f"SELECT {listed} FROM {table} WHERE geom && ST_MakeEnvelope(%s, %s, %s, %s, 4490){also}"
        return list(conn.exec_driver_sql(query, box))
    query = (
        f"SELECT {listed} FROM {table} WHERE rowid IN (SELECT pkid FROM idx_{table}_geom"
        f" WHERE xmax >= ? AND ymax >= ? AND xmin <= ? AND ymin <= ?){also}"
    )
    return list(conn.exec_driver_sql(query, box))


class Places:
    """Asks the map's tables about places."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def grid_at(self, lon: float, lat: float) -> GridInfo | None:
        """The grid in force that holds the point; None outside every grid. On a border the smaller code."""
        with self._database.read() as conn:
            return self.grid_in(conn, lon, lat)

    def grid_in(self, conn: Connection, lon: float, lat: float) -> GridInfo | None:
        """:meth:`grid_at` inside the caller's transaction."""
        found = inside(conn, "grid", ["code"], (lon, lat, lon, lat), "valid_to IS NULL")
        codes = sorted(
            code for code, wkb in found if shapely.from_wkb(bytes(wkb)).intersects(Point(lon, lat))
        )
        return self._grids(conn, codes[0])[0] if codes else None

    def grids(self) -> list[GridInfo]:
        """Every grid in force, by code."""
        with self._database.read() as conn:
            return self._grids(conn)

    def _grids(self, conn: Connection, code: str = "") -> list[GridInfo]:
        street, community = division.alias("street"), division.alias("community")
        query = (
            select(
                grid.c.code,
                grid.c.name,
                grid.c.street_code,
                street.c.name,
                grid.c.community_code,
                community.c.name,
                grid.c.area_class,
            )
            .select_from(
                grid.outerjoin(street, street.c.code == grid.c.street_code).outerjoin(
                    community, community.c.code == grid.c.community_code
                )
            )
            .where(grid.c.valid_to.is_(None))
            .order_by(grid.c.code)
        )
        if code:
            query = query.where(grid.c.code == code)
        return [GridInfo(r[0], r[1], r[2], r[3] or "", r[4], r[5] or "", r[6]) for r in conn.execute(query)]

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the city."""
        with self._database.read() as conn:
            return load_city(conn).extent

    def address_near(self, lon: float, lat: float) -> str:
        """An address for the point: street office, nearest road, and the building close by; "" where nothing is."""
        plane = Plane(lon, lat)
        where = self.grid_at(lon, lat)
        with self._database.read() as conn:
            road = _nearest(
                plane, inside(conn, "road", ["name"], plane.box(ROAD_METRES), "name <> ''"), ROAD_METRES
            )
            building = _nearest(
                plane,
                inside(conn, "building", ["name"], plane.box(BUILDING_METRES), "name <> ''"),
                BUILDING_METRES,
            )
        return "".join(part for part in (where.street if where else "", road, building) if part)

    def components_near(
        self, lon: float, lat: float, metres: float, class_code: str | None = None, limit: int = 50
    ) -> list[ComponentInfo]:
        """Components within ``metres``, the nearest first; ``class_code`` is a class or the beginning of one."""
        plane = Plane(lon, lat)
        with self._database.read() as conn:
            found = inside(conn, "component", _COMPONENT, plane.box(metres), "state <> 'removed'")
        out = []
        for *values, wkb in found:
            if class_code and not str(values[3]).startswith(class_code):
                continue
            made = _component(values, wkb, plane)
            if made.distance <= metres:
                out.append(made)
        return sorted(out, key=lambda item: (item.distance, item.code))[:limit]

    def component(self, code: str) -> ComponentInfo | None:
        """The component of that code; None when the inventory has none."""
        if not storable(code):
            return None
        columns = [component.c[name] for name in _COMPONENT]
        query = select(*columns, component.c.geom.ST_AsBinary()).where(component.c.code == code)
        with self._database.read() as conn:
            found = conn.execute(query).first()
        return None if found is None else _component(found[:-1], found[-1], None)

    def nearby_cases(
        self,
        lon: float,
        lat: float,
        class_code: str = "",
        metres: float = 50.0,
        hours: float = 24.0,
        *,
        seen: Scope | None = None,
    ) -> list[CaseRow]:
        """Open cases of the class within ``metres`` that came in during the last ``hours``: likely the same problem.

        ``seen``: what of them may be shown (see :func:`workstation.services.cases.scope.scope_of`); None: all.
        """
        plane = Plane(lon, lat)
        west, south, east, north = plane.box(metres)
        since = format_instant(self._now() - timedelta(hours=hours))
        c = cases.c
        query = select(*row_columns()).where(
            c.lon.between(west, east),
            c.lat.between(south, north),
            func.coalesce(c.open, false()).is_(True),  # so that the index of places leads
            (c.reported_at >= since) | (c.registered_at >= since),
        )
        if class_code:
            query = query.where(c.class_code == class_code)
        if seen is not None:
            query = query.where(within(seen))
        with self._database.read() as conn:
            rows = [case_row(values) for values in conn.execute(query)]
        near = [(plane.distance(Point(row.lon, row.lat)), row) for row in rows]
        return [
            row
            for distance, row in sorted(near, key=lambda item: (item[0], item[1].id))
            if distance <= metres
        ]


_COMPONENT = [
    "id",
    "code",
    "class_edition",
    "class_code",
    "name",
    "dept_code",
    "owner_code",
    "maintainer_code",
    "grid_code",
    "state",
]


def _component(values: Sequence[Any], wkb: Any, plane: Plane | None) -> ComponentInfo:
    point = shapely.from_wkb(bytes(wkb))
    distance = plane.distance(point) if plane else 0.0
    told = dict(zip(_COMPONENT, values, strict=True))
    return ComponentInfo(**told, lon=point.x, lat=point.y, distance=distance)


def _nearest(plane: Plane, found: list[Any], metres: float) -> str:
    measured = [(plane.distance(shapely.from_wkb(bytes(wkb))), name) for name, wkb in found]
    near = [item for item in measured if item[0] <= metres]
    return str(min(near)[1]) if near else ""
