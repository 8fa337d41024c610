"""Candidates of a question about an area, read as columns: ids, places, classes and states of what the index of places finds.

A server puts the columns together itself, twenty thousand rows to a message: a million rows one by one cost the seat more than
the question costs the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from ...store import raw

if TYPE_CHECKING:
    from sqlalchemy import Connection

BATCH = 20_000
"""Candidates that are read together."""
SEPARATOR = "\x1f"
"""Between texts that a server has joined: no class or state has it."""
_WKB_POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])


class Columns(NamedTuple):
    """Columns of equal length."""

    ids: NDArray[Any]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    classes: NDArray[Any]
    states: NDArray[Any]

    def where(self, keep: NDArray[Any]) -> Columns:
        """The rows of a mask, or of these numbers."""
        return Columns(*(column[keep] for column in self))


def of_rows(rows: Sequence[tuple[Any, ...]], kind: type) -> Columns:
    """Rows of id, longitude, latitude, class and state as columns. ``kind``: of the ids."""
    ids, lon, lat, classes, states = zip(*rows, strict=True) if rows else ((),) * 5
    return Columns(
        np.array(ids, kind),
        np.array(lon, float),
        np.array(lat, float),
        np.array(classes, str),
        np.array(states, str),
    )


def together(parts: Sequence[Columns], kind: type) -> Columns:
    """The parts as one, in the order of the ids."""
    if not parts:
        return of_rows((), kind)
    whole = Columns(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    return whole.where(np.argsort(whole.ids, kind="stable"))


def components(
    conn: Connection, box: tuple[float, float, float, float], class_code: str
) -> Iterator[Columns]:
    """The components of a class (or a beginning of one) whose places lie in the box of degrees, without those that were
    removed; in parts."""
    which = " AND c.state <> 'removed'"
    values: list[Any] = list(box)
    if class_code:
        which += " AND c.class_code >= ? AND c.class_code < ?"
        values += [class_code, class_code + "\uffff"]
    if conn.dialect.name == "postgresql":
        yield from _on_server(conn, which, values)
        return
    cursor = raw.cursor(
        conn,
        "SELECT c.id, ST_X(c.geom), ST_Y(c.geom), c.class_code, c.state FROM component AS c WHERE c.id IN"
        f" (SELECT pkid FROM idx_component_geom WHERE xmax >= ? AND ymax >= ? AND xmin <= ? AND ymin <= ?){which}",
        values,
    )
    while part := cursor.fetchmany(BATCH):
        yield of_rows(part, np.int64)


def _on_server(conn: Connection, which: str, values: Sequence[Any]) -> Iterator[Columns]:
    joined = f"chr({ord(SEPARATOR)})"
    statement = (
        "SELECT string_agg(int8send(c.id), ''), string_agg(ST_AsBinary(c.geom, 'NDR'), ''),"
        f" string_agg(c.class_code, {joined}), string_agg(c.state, {joined}) FROM component AS c"
        f" WHERE c.geom && ST_MakeEnvelope(?, ?, ?, ?, 4490){which} GROUP BY c.id / {BATCH}"
    )
    driver: Any = conn.connection.driver_connection
    with driver.cursor(binary=True) as cursor:
        cursor.execute(statement.replace("?", "%s"), values)
        for ids, places, classes, states in cursor:
            points = np.frombuffer(places, _WKB_POINT)
            yield Columns(
                np.frombuffer(ids, ">i8").astype(np.int64),
                points["x"].astype(float),
                points["y"].astype(float),
                np.array(classes.split(SEPARATOR), str),
                np.array(states.split(SEPARATOR), str),
            )


def inside(part: Columns, shape: shapely.Geometry) -> Columns:
    """Those that lie in the shape, or on its border."""
    return part.where(shapely.intersects_xy(shape, part.lon, part.lat))
