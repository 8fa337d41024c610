"""Components and cases in an area: drawn, around something within metres, or a grid's, division's or unit's own.

The database finds candidates by its index of places; what lies in the area is then decided exactly, on every candidate,
borders included. What is found is kept as columns (ids, places, classes, states), so that a million of them are counted at
once and any page of their rows is read by its ids. Geometry is EPSG:4490; distances are metres on a plane around the place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, Connection, false, func, select

from ...store import raw
from ...store.tables import cases
from ...workflow.event import Actor
from ..cases.scope import scope_in
from ..errors import NotFound
from ..lists.query import within
from . import columns as spatial_columns
from .columns import BATCH, Columns
from .plane import MetricPlane

if TYPE_CHECKING:
    from ..services import Services

COMPONENT, CASE = "component", "case"
ROUND = 64
"""Points on a quarter of a circle: at 300 m it is right to 3 cm."""
WIDEST = 20_000.0
"""Metres of the widest buffer."""
AREAS = ("grid", "street", "community", "district", "unit")
_ID: dict[str, type] = {COMPONENT: np.int64, CASE: object}
THINGS = ("road", "component", "case")
PAGE = 200

Floats = NDArray[np.float64]
Progress = Callable[[int], None]
"""Called with how many candidates were looked at."""


class Cancelled(Exception):
    """Nobody waits any more."""


class BadArea(Exception):
    """The area cannot be asked about. ``code``: empty (no area at all), crossing (its border crosses itself), too_wide
    (a buffer wider than :data:`WIDEST`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. ``what``: component or case; ``class_code`` a class or the beginning of one; ``open`` of cases
    only: None for all."""

    what: str
    shape: BaseGeometry
    class_code: str = ""
    open: bool | None = True


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """What lies in the area, in the order of the ids: columns of equal length."""

    what: str
    ids: NDArray[Any]
    lon: Floats
    lat: Floats
    classes: NDArray[Any]
    states: NDArray[Any]

    def __len__(self) -> int:
        return len(self.ids)

    def by_class(self) -> list[tuple[str, int]]:
        """How many of each class, the most first."""
        return _counts(self.classes)

    def by_state(self) -> list[tuple[str, int]]:
        """How many in each state, the most first."""
        return _counts(self.states)

    def only(self, class_code: str = "", state: str = "") -> Found:
        """Those of one class or in one state."""
        keep = np.ones(len(self), bool)
        if class_code:
            keep &= self.classes == class_code
        if state:
            keep &= self.states == state
        return Found(
            self.what, self.ids[keep], self.lon[keep], self.lat[keep], self.classes[keep], self.states[keep]
        )


@dataclass(frozen=True, slots=True)
class FoundComponent:
    """A row of the list."""

    id: int
    code: str
    class_code: str
    name: str
    state: str
    grid: str
    owner: str
    maintainer: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A row of the list. Nothing of who reported it."""

    id: str
    code: str
    class_code: str
    class_name: str
    state: str
    address: str
    grid: str
    unit: str
    reported_at: str
    lon: float
    lat: float


FoundRow = FoundComponent | FoundCase


def _counts(values: NDArray[Any]) -> list[tuple[str, int]]:
    found = Counter(values.tolist())
    return sorted(((str(key), n) for key, n in found.items()), key=lambda item: (-item[1], item[0]))


class SpatialQuery:
    """Asks for what lies in an area."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db

    # ---- areas ----

    def polygon(self, lonlat: Sequence[tuple[float, float]]) -> BaseGeometry:
        """The area inside a border drawn in degrees. BadArea empty or crossing."""
        if len(set(lonlat)) < 3:
            raise BadArea("empty")
        shape = shapely.Polygon(lonlat)
        if not shape.is_valid:
            raise BadArea("crossing")
        return shape

    def box(self, west: float, south: float, east: float, north: float) -> BaseGeometry:
        """A box in degrees. BadArea empty."""
        if west >= east or south >= north:
            raise BadArea("empty")
        return shapely.box(west, south, east, north)

    def buffer(self, shape: BaseGeometry, metres: float) -> BaseGeometry:
        """Everything within ``metres`` of a shape in degrees, measured on a plane
        around it. BadArea empty or too_wide."""
        if shape.is_empty or metres <= 0:
            raise BadArea("empty")
        if metres > WIDEST:
            raise BadArea("too_wide")
        west, _, east, _ = shape.bounds
        plane = MetricPlane((west + east) / 2)
        around = shapely.transform(shape, plane.metres).buffer(metres, quad_segs=ROUND)
        return shapely.transform(around, plane.degrees)

    def circle(self, lon: float, lat: float, metres: float) -> BaseGeometry:
        """Everything within ``metres`` of a point."""
        return self.buffer(shapely.Point(lon, lat), metres)

    def area_of(self, kind: str, key: str) -> BaseGeometry:
        """The area of a grid in force, a division or a unit (:data:`AREAS`). NotFound no_such_area; BadArea empty where it
        has none."""
        if kind == "grid":
            statement = "SELECT ST_AsBinary(geom) FROM grid WHERE code = ? AND valid_to IS NULL"
        elif kind == "unit":
            statement = "SELECT ST_AsBinary(geom) FROM unit WHERE code = ?"
        else:
            statement = "SELECT ST_AsBinary(geom) FROM division WHERE code = ?"
        with self._database.read() as conn:
            row = raw.first(conn, statement, (key,))
        if row is None:
            raise NotFound("no_such_area", key)
        if row[0] is None:
            raise BadArea("empty")
        return shapely.from_wkb(bytes(row[0]))

    def area_named(self, kind: str, words: str) -> tuple[str, str]:
        """Code and name of the area of that code or name, of several of the name the first. NotFound no_such_area."""
        words = words.strip()
        table = {"grid": "grid", "unit": "unit"}.get(kind, "division")
        where = {"grid": "valid_to IS NULL", "unit": "active"}.get(kind, "level = ?")
        values = [words, words, *([kind] if table == "division" else [])]
        with self._database.read() as conn:
            row = raw.first(
                conn,
                f"SELECT code, name FROM {table} WHERE (code = ? OR name = ?) AND {where} ORDER BY code",
                values,
            )
        if row is None or not words:
            raise NotFound("no_such_area", words)
        return str(row[0]), str(row[1])

    def thing(self, kind: str, key: str, actor: Actor) -> BaseGeometry:
        """A road (all pieces of that name), a component by its code or a case by its id, to put a buffer around.

        NotFound no_such_thing, also for a case that the actor does not see; BadArea empty for a case without a place.
        """
        with self._database.read() as conn:
            if kind == "road":
                rows = raw.all_rows(conn, "SELECT ST_AsBinary(geom) FROM road WHERE name = ?", (key,))
                if not rows or not key:
                    raise NotFound("no_such_thing", key)
                return shapely.union_all([shapely.from_wkb(bytes(row[0])) for row in rows])
            if kind == "component":
                row = raw.first(conn, "SELECT ST_AsBinary(geom) FROM component WHERE code = ?", (key,))
                if row is None:
                    raise NotFound("no_such_thing", key)
                return shapely.from_wkb(bytes(row[0]))
            query = select(cases.c.lon, cases.c.lat).where(cases.c.id == key, *self._seen(conn, actor))
            found = conn.execute(query).first()
        if found is None:
            raise NotFound("no_such_thing", key)
        if found.lon is None or found.lat is None:
            raise BadArea("empty")
        return shapely.Point(found.lon, found.lat)

    # ---- what lies there ----

    def find(
        self,
        asked: Asked,
        actor: Actor,
        cancelled: Callable[[], bool] = bool,
        progress: Progress | None = None,
    ) -> Found:
        """What lies in the area or on its border, of cases those that the actor sees; components that were removed are left
        out. Cancelled where ``cancelled`` says so; BadArea empty."""
        if asked.shape.is_empty:
            raise BadArea("empty")
        shapely.prepare(asked.shape)
        columns: list[Columns] = []
        looked = 0
        with self._database.read() as conn:
            if asked.what == COMPONENT:
                parts = spatial_columns.components(conn, asked.shape.bounds, asked.class_code)
            else:
                parts = self._cases(conn, asked, actor)
            for part in parts:
                if cancelled():
                    raise Cancelled
                looked += len(part.ids)
                columns.append(spatial_columns.inside(part, asked.shape))
                if progress is not None:
                    progress(looked)
        return Found(asked.what, *spatial_columns.together(columns, _ID[asked.what]))

    def _seen(self, conn: Connection, actor: Actor) -> list[ColumnElement[bool]]:
        scope = scope_in(conn, actor, self._services.handbook)
        return [] if scope is None else [within(scope)]

    def _cases(self, conn: Connection, asked: Asked, actor: Actor) -> Iterator[Columns]:
        west, south, east, north = asked.shape.bounds
        c = cases.c
        query = select(c.id, c.lon, c.lat, c.class_code, c.state).where(
            c.lon.between(west, east), c.lat.between(south, north), *self._seen(conn, actor)
        )
        if asked.open is not None:
            # So that the index of places leads.
            query = query.where(func.coalesce(c.open, false()).is_(asked.open))
        if asked.class_code:
            query = query.where(c.class_code >= asked.class_code, c.class_code < asked.class_code + "\uffff")
        result = conn.execute(query.order_by(c.id))
        for part in result.partitions(BATCH):
            yield spatial_columns.of_rows([tuple(row) for row in part], object)

    # ---- its rows ----

    def rows(self, found: Found, start: int, stop: int, actor: Actor) -> list[FoundRow]:
        """The rows from ``start`` to before ``stop``, in the order of the ids; those that are still there."""
        ids = found.ids[max(0, start) : max(0, stop)].tolist()
        if not ids:
            return []
        with self._database.read() as conn:
            if found.what == CASE:
                return self._case_rows(conn, ids, actor)
            marks = ", ".join("?" * len(ids))
            rows = raw.all_rows(
                conn,
                "SELECT id, code, class_code, name, state, grid_code, owner_code, maintainer_code, ST_X(geom), ST_Y(geom)"
                f" FROM component WHERE id IN ({marks}) ORDER BY id",
                ids,
            )
        return [FoundComponent(*row) for row in rows]

    def _case_rows(self, conn: Connection, ids: list[str], actor: Actor) -> list[FoundRow]:
        c = cases.c
        columns = (
            *(c.id, c.code, c.class_code, c.class_name, c.state, c.address, c.grid, c.unit),
            *(c.reported_at, c.lon, c.lat),
        )
        query = select(*columns).where(c.id.in_(ids), *self._seen(conn, actor)).order_by(c.id)
        return [_case(*row) for row in conn.execute(query)]


def _case(*row: Any) -> FoundRow:
    texts = ["" if value is None else str(value) for value in row[:-2]]
    id, code, class_code, class_name, state, address, grid, unit, reported_at = texts
    return FoundCase(
        id, code, class_code, class_name, state, address, grid, unit, reported_at, row[-2], row[-1]
    )
