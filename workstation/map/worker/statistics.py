"""What SpatiaLite notes about a layer, noted for it: QGIS has it find out when it opens a layer for the first time, which reads
every value of every row; 15 s for a million components, for three numbers that its index knows."""

from __future__ import annotations

import sqlite3
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

_WAIT_SECONDS = 5.0
_CELL = struct.Struct(">q4f")
"""A cell of an R*Tree's node: the row or node it leads to, and xmin, xmax, ymin, ymax."""
_HEAD = struct.Struct(">HH")


def note(path: Path, layers: Iterable[tuple[str, str]]) -> None:
    """For those of these tables and geometry columns of which nothing is noted, how many rows they have and where they lie.
    Where that cannot be written or read it is left to QGIS, which takes its time."""
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=rw", uri=True, timeout=_WAIT_SECONDS, isolation_level=None
        )
    except sqlite3.Error as error:
        print(f"layers' extents not noted in {path}: {error}", file=sys.stderr)
        return
    try:
        unknown = set(
            connection.execute(
                "SELECT s.f_table_name, s.f_geometry_column FROM geometry_columns_statistics AS s"
                " JOIN geometry_columns AS g USING (f_table_name, f_geometry_column)"
                " WHERE s.last_verified IS NULL AND g.spatial_index_enabled = 1"
            )
        )
        found = [
            (*layer, *_measure(connection, *layer)) for layer in dict.fromkeys(layers) if layer in unknown
        ]
        if found:
            connection.execute("BEGIN IMMEDIATE")
            for table, column, count, west, east, south, north in found:
                connection.execute(
                    "UPDATE geometry_columns_statistics SET last_verified = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),"
                    " row_count = ?, extent_min_x = ?, extent_min_y = ?, extent_max_x = ?, extent_max_y = ?"
                    " WHERE f_table_name = ? AND f_geometry_column = ? AND last_verified IS NULL",
                    (count, west, south, east, north, table, column),
                )
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        print(f"layers' extents not noted in {path}: {error}", file=sys.stderr)
    finally:
        connection.close()


def _measure(
    connection: sqlite3.Connection, table: str, column: str
) -> tuple[int, float | None, float | None, float | None, float | None]:
    """Rows of a table, and what the root of its index spans: west, east, south, north; None where there is none."""
    index = f"idx_{table}_{column}"
    count = connection.execute(f'SELECT count(*) FROM "{index}_rowid"').fetchone()[0]
    root = connection.execute(f'SELECT data FROM "{index}_node" WHERE nodeno = 1').fetchone()[0]
    _, cells = _HEAD.unpack_from(root)
    if not cells:
        return count, None, None, None, None
    boxes = [_CELL.unpack_from(root, _HEAD.size + number * _CELL.size)[1:] for number in range(cells)]
    return (
        count,
        min(box[0] for box in boxes),
        max(box[1] for box in boxes),
        min(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
