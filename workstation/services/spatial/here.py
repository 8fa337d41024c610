"""Everything at a point: cases, components, grid and divisions, who is responsible there, road and building; and which crews
are nearest along the streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely import Point
from sqlalchemy import select

from ...store import raw
from ...store.tables import cases
from ...workflow.event import Actor
from ..cases.scope import scope_in
from ..lists.lists import CaseRow, case_row, row_columns
from ..lists.query import within
from .places import ComponentInfo, GridInfo, Plane, inside

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ..services import Services
    from .positions import MobilePlace
    from .street_network import StreetNetwork

ROAD_REACH = 25.0
"""Metres beside its middle line that a point may lie from the road it is on."""
MOST = 3
CREWS = ("crew", "vehicle")
DRIVE_KMH = 25.0
"""What a crew drives on the average in a town, lights and turns included: minutes are told by it."""
CORNERS = ("building", "grid", "road")


@dataclass(frozen=True, slots=True)
class Division:
    """A district, street office or community. ``level`` says which."""

    code: str
    level: str
    name: str


@dataclass(frozen=True, slots=True)
class Responsible:
    """A unit in whose area the point lies. ``duties``: (kind, beginning of the class codes) it answers for."""

    code: str
    name: str
    kind: str
    duties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A road (``distance`` metres from its middle line) or a building (0 inside it). ``size``: metres wide, or floors."""

    name: str
    kind: str
    size: float
    distance: float


@dataclass(frozen=True, slots=True)
class Here:
    """What is at a point. Lists are cut at the nearest :data:`MOST`; ``more_…`` says how many there are besides."""

    lon: float
    lat: float
    cases: tuple[CaseRow, ...]
    more_cases: int
    components: tuple[ComponentInfo, ...]
    more_components: int
    grid: GridInfo | None
    divisions: tuple[Division, ...]
    responsible: tuple[Responsible, ...]
    road: Ground | None
    building: Ground | None


@dataclass(frozen=True, slots=True)
class NearCrew:
    """A crew or vehicle, how far it is and which way. ``straight``: as the crow flies, because no way along streets is
    known; ``minutes`` are by :data:`DRIVE_KMH`."""

    mobile: MobilePlace
    metres: float
    minutes: float
    way: tuple[tuple[float, float], ...]
    straight: bool


def here(services: Services, lon: float, lat: float, metres: float, actor: Actor) -> Here:
    """Everything at the point; of what has a place of its own, what lies within ``metres``. Cases as the actor sees them."""
    plane = Plane(lon, lat)
    box = plane.box(metres)
    point = Point(lon, lat)
    components = services.places.components_near(lon, lat, metres, limit=200)
    with services.db.read() as conn:
        grid = services.places.grid_in(conn, lon, lat)
        near = _cases(conn, services, plane, metres, actor)
        found = inside(conn, "division", ["code", "level", "name"], (lon, lat, lon, lat))
        levels = ("district", "street", "community")
        divisions = [
            Division(code, level, name)
            for code, level, name, wkb in found
            if shapely.from_wkb(bytes(wkb)).intersects(point)
        ]
        responsible = _responsible(conn, lon, lat)
        wide = plane.box(metres + ROAD_REACH)
        road = _ground(plane, inside(conn, "road", ["name", "kind", "width_m"], wide), metres + ROAD_REACH)
        building = _ground(plane, inside(conn, "building", ["name", "kind", "floors"], box), metres)
    divisions.sort(key=lambda item: levels.index(item.level) if item.level in levels else 9)
    return Here(
        lon, lat, tuple(near[:MOST]), max(0, len(near) - MOST), tuple(components[:MOST]),
        max(0, len(components) - MOST), grid, tuple(divisions), tuple(responsible), road, building,
    )  # fmt: skip


def _cases(conn: Connection, services: Services, plane: Plane, metres: float, actor: Actor) -> list[CaseRow]:
    west, south, east, north = plane.box(metres)
    c = cases.c
    query = select(*row_columns()).where(
        c.lon.between(west, east), c.lat.between(south, north), c.open.is_(True)
    )
    scope = scope_in(conn, actor, services.handbook)
    if scope is not None:
        query = query.where(within(scope))
    rows = [case_row(values) for values in conn.execute(query)]
    measured = [(plane.distance(Point(row.lon, row.lat)), row.id, row) for row in rows]
    return [row for distance, _, row in sorted(measured, key=lambda item: item[:2]) if distance <= metres]


def _responsible(conn: Connection, lon: float, lat: float) -> list[Responsible]:
    place = (
        "ST_SetSRID(ST_MakePoint(?, ?), 4490)"
        if conn.dialect.name == "postgresql"
        else "MakePoint(?, ?, 4490)"
    )
    rows = raw.all_rows(
        conn,
        "SELECT u.code, u.name, u.kind, d.kind, d.class_prefix FROM unit AS u"
        " LEFT JOIN unit_duty AS d ON d.unit_code = u.code"
        f" WHERE u.active AND u.geom IS NOT NULL AND ST_Intersects(u.geom, {place}) AND u.code IN"
        " (SELECT unit_code FROM unit_duty) ORDER BY u.code, d.kind, d.class_prefix",
        (lon, lat),
    )
    found: dict[str, Responsible] = {}
    for code, name, kind, duty, prefix in rows:
        known = found.get(code)
        duties = (*(known.duties if known else ()), (str(duty), str(prefix)))
        found[code] = Responsible(code, name, kind, duties)
    return list(found.values())


def _ground(plane: Plane, found: Sequence[tuple[object, ...]], metres: float) -> Ground | None:
    """The nearest of these that has a name, else the nearest."""
    measured = []
    for name, kind, size, wkb in found:
        distance = plane.distance(shapely.from_wkb(bytes(wkb)))  # type: ignore[call-overload]
        if distance <= metres:
            measured.append((not name, distance, Ground(str(name), str(kind), float(size or 0), distance)))  # type: ignore[arg-type]
    return min(measured, key=lambda item: item[:2])[2] if measured else None


def snap(services: Services, lon: float, lat: float, metres: float) -> tuple[float, float] | None:
    """The component within ``metres`` of the point, else the nearest corner of a building, grid or road; degrees."""
    near = services.places.components_near(lon, lat, metres, limit=1)
    if near:
        return near[0].lon, near[0].lat
    plane = Plane(lon, lat)
    best: tuple[float, tuple[float, float]] | None = None
    with services.db.read() as conn:
        for table in CORNERS:
            for (wkb,) in inside(conn, table, [], plane.box(metres)):
                for corner in shapely.get_coordinates(shapely.from_wkb(bytes(wkb))).tolist():
                    distance = plane.distance(Point(corner))
                    if distance <= metres and (best is None or distance < best[0]):
                        best = distance, (corner[0], corner[1])
    return best[1] if best else None


def nearest_crews(
    services: Services, lon: float, lat: float, n: int, actor: Actor, network: StreetNetwork | None
) -> list[NearCrew]:
    """The ``n`` crews and vehicles nearest to a point, of those that the actor sees and that are at work and heard of.

    Along the streets where ``network`` has a way, the nearest first; those that it has none to come after, as the crow
    flies. Without a network all are told so.
    """
    now = services.now()
    crews = {
        place.id: place
        for place in services.positions.mobiles(actor)
        if place.kind in CREWS and place.doing != "off" and not place.silent(now)
    }
    ways = []
    if network is not None and crews:
        ways = network.nearest(lon, lat, [(c.id, c.lon, c.lat) for c in crews.values()], n)
    out = [
        NearCrew(crews[key], metres, _minutes(metres), tuple((x, y) for x, y in path), False)
        for key, metres, path in ways
    ]
    if len(out) < n:
        plane = Plane(lon, lat)
        known = {crew.mobile.id for crew in out}
        rest = [(plane.distance(Point(c.lon, c.lat)), c.id, c) for c in crews.values() if c.id not in known]
        for metres, _, crew in sorted(rest, key=lambda item: item[:2])[: n - len(out)]:
            line = ((lon, lat), (crew.lon, crew.lat))
            out.append(NearCrew(crew, metres, _minutes(metres), line, True))
    return out


def _minutes(metres: float) -> float:
    return metres / (DRIVE_KMH * 1000 / 60)
