"""Points to make densities of: cases of a period as far as somebody sees them, and the inventory by grid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select, union

from ...store import raw
from ...store.tables import cases
from ...workflow.event import Actor
from ..cases.scope import scope_in
from ..lists.filter import CaseFilter
from ..lists.query import branches

if TYPE_CHECKING:
    from ..services import Services

Point = tuple[float, float, float]
"""Longitude, latitude (EPSG:4490 degrees), weight."""

EMERGENCY, OTHER = 3.0, 1.0
"""What a case of a period weighs where the urgent ones are to weigh more."""

_BOXES = {
    "postgresql": "SELECT code, ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom) FROM grid",
    "sqlite": "SELECT g.code, i.xmin, i.ymin, i.xmax, i.ymax FROM grid AS g JOIN idx_grid_geom AS i ON i.pkid = g.rowid",
}


class Densities:
    """Reads what is counted by area."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def of_cases(self, filter: CaseFilter, actor: Actor, *, weighted: bool = False) -> list[Point]:
        """The cases of the filter that have a position and that the actor sees; each weighs 1, or ``weighted`` by urgency."""
        services = self._services
        with services.db.read() as conn:
            filter = replace(filter, seen=scope_in(conn, actor, services.handbook))
            listed = branches(filter, services.now(), services.handbook.class_codes)
            if not listed:
                return []
            c = cases.c
            parts = [
                select(c.id, c.lon, c.lat, c.emergency).where(
                    *branch.conditions, c.lon.is_not(None), c.lat.is_not(None)
                )
                for branch in listed
            ]
            # Alternatives may overlap; a union has each case once.
            rows = conn.execute(parts[0] if len(parts) == 1 else union(*parts))
            return [(lon, lat, EMERGENCY if weighted and urgent else OTHER) for _, lon, lat, urgent in rows]

    def of_components(self, main_class: str = "") -> list[Point]:
        """Each grid's components (of a main class, or all), at the middle of the grid's box."""
        where, values = (" WHERE main_code = ?", (main_class,)) if main_class else ("", ())
        with self._services.db.read() as conn:
            counted = raw.all_rows(
                conn,
                f"SELECT grid_code, SUM(components) FROM grid_count{where} GROUP BY grid_code",
                values,
            )
            boxes = raw.all_rows(conn, _BOXES[conn.dialect.name])
        places = {
            row[0]: ((row[1] + row[3]) / 2, (row[2] + row[4]) / 2) for row in boxes if row[1] is not None
        }
        return [(*places[code], float(count)) for code, count in counted if code in places and count]
