"""Keeps two copies of PROJ, GEOS and GDAL in one process from being mixed up.

SQLite loads an extension with its symbols global. mod_spatialite brings the system's PROJ and GEOS; the wheels of pyproj, shapely
and pyogrio bring their own. A wheel's module that is loaded *afterwards* finds the system's symbols first and calls into another
version: seen as a crash in ``proj_create`` and as «free(): invalid pointer» at exit. Loaded *before*, it is bound to its own copy.
So all compiled modules of the three are loaded (not imported: nothing of them runs) before the extension is.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
from functools import cache
from pathlib import Path

_PACKAGES = ("shapely", "pyproj", "pyogrio")


@cache
def bind_wheels() -> None:
    """Load the compiled modules of the wheels, once, each bound to the libraries that it came with."""
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            continue
        for module in sorted(Path(spec.origin).parent.rglob("*.so")):
            ctypes.CDLL(str(module), mode=os.RTLD_NOW)
