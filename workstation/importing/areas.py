"""Which area holds a place: the city's grids, communities and street offices in a search tree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, func, select

from ..store.tables import division, grid


class Areas:
    """Areas by code. On a border the area with the smaller code holds the place; outside of all, "" does."""

    def __init__(self, rows: Sequence[tuple[str, bytes]]) -> None:
        ordered = sorted((code, bytes(wkb)) for code, wkb in rows)
        self._codes = [code for code, _ in ordered]
        self._tree = shapely.STRtree(shapely.from_wkb([wkb for _, wkb in ordered])) if ordered else None

    def __len__(self) -> int:
        return len(self._codes)

    def at(self, place: BaseGeometry) -> str:
        """The area that holds a point."""
        return self.at_all([place])[0]

    def at_all(self, places: Sequence[BaseGeometry | None]) -> list[str]:
        """The area of each point, in one go: thousands of times quicker than one by one. None is in no area."""
        found = np.full(len(places), len(self._codes))
        if self._tree is not None and len(places):
            which, area = self._tree.query(np.array(places, dtype=object), predicate="intersects")
            np.minimum.at(found, which, area)
        return [self._codes[n] if n < len(self._codes) else "" for n in found]


def grids(conn: Connection) -> Areas:
    """The unit grids in force."""
    rows = conn.execute(select(grid.c.code, func.ST_AsBinary(grid.c.geom)).where(grid.c.valid_to.is_(None)))
    return Areas([(row[0], row[1]) for row in rows])


def divisions(conn: Connection, level: str) -> Areas:
    """The divisions of a level: street, community."""
    rows = conn.execute(
        select(division.c.code, func.ST_AsBinary(division.c.geom)).where(division.c.level == level)
    )
    return Areas([(row[0], row[1]) for row in rows])


def places(geometry: np.ndarray) -> list[BaseGeometry | None]:
    """A point of each geometry: itself, or one inside it; None where there is none or its coordinates are not finite."""
    out: list[BaseGeometry | None] = []
    for item in geometry:
        point = item if item is None or item.geom_type == "Point" else item.representative_point()
        sound = (
            point is not None and not point.is_empty and bool(np.isfinite(point.x) and np.isfinite(point.y))
        )
        out.append(point if sound else None)
    return out
