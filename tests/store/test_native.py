"""Two copies of PROJ and GEOS in one process."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sqlite3
from workstation.store.spatialite import load_extension
conn = sqlite3.connect(":memory:")
load_extension(conn)
assert conn.execute("SELECT ST_Area(ST_Buffer(MakePoint(0, 0), 1))").fetchone()[0] > 3
for name in {order!r}:
    if name == "pyproj":
        import pyproj
        x, _ = pyproj.Transformer.from_crs(4490, 4549, always_xy=True).transform(120.0, 32.0)
        assert abs(x - 500000) < 1e-3
    elif name == "shapely":
        import shapely
        assert shapely.Point(0, 0).buffer(1).area > 3
    else:
        import pyogrio
        assert pyogrio.list_drivers()
conn.close()
"""


@pytest.mark.parametrize("order", [["pyproj", "shapely"], ["shapely", "pyogrio", "pyproj"]], ids=" ".join)
def test_projections_after_spatialite_neither_crash_nor_abort_at_exit(order: list[str]) -> None:
    """With SpatiaLite's PROJ loaded first, pyproj, shapely and pyogrio still work and the process ends cleanly."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(order=order)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
