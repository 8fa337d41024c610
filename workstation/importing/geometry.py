"""Geometry of foreign files: to EPSG:4490 degrees, flat, valid, of the kind a table takes."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from .errors import ImportRefused, RowRefused

STORE_CRS = "EPSG:4490"
# Systems whose degrees are CGCS2000's to within what PROJ knows (it has no shift between them either).
_SAME_AS_STORE = frozenset((4490, 4326, 4479, 4978, 4979))


def parse_crs(text: str) -> pyproj.CRS:
    """The coordinate system named by a user: ``EPSG:4549``, ``4549`` or WKT."""
    try:
        return pyproj.CRS.from_user_input(int(text) if text.strip().isdigit() else text)
    except (pyproj.exceptions.CRSError, OverflowError):
        raise ImportRefused("bad_crs", crs=text) from None


def transform(geometries: np.ndarray, crs: pyproj.CRS) -> np.ndarray:
    """All geometries in EPSG:4490, longitude first. What cannot be transformed gets infinite coordinates, which
    :func:`check` refuses row by row."""
    if crs.to_epsg() in _SAME_AS_STORE:
        return geometries
    change = transformer(crs.to_wkt(), STORE_CRS)

    def move(points: np.ndarray) -> np.ndarray:
        x, y = change.transform(points[:, 0], points[:, 1], errcheck=False)
        return np.column_stack((x, y))

    return np.asarray(shapely.transform(geometries, move))


@cache
def transformer(source: str, target: str) -> pyproj.Transformer:
    """A transformation, longitude and easting first. Making one takes tens of milliseconds, so they are kept."""
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def to_metres(geometries: Any, map_crs: str) -> Any:
    """Degrees (EPSG:4490) to the city's map system, for lengths and areas."""
    change = transformer(STORE_CRS, map_crs)
    return shapely.transform(geometries, lambda p: np.column_stack(change.transform(p[:, 0], p[:, 1])))


def to_degrees(geometries: Any, map_crs: str) -> Any:
    """The city's map system to degrees (EPSG:4490)."""
    change = transformer(map_crs, STORE_CRS)
    return shapely.transform(geometries, lambda p: np.column_stack(change.transform(p[:, 0], p[:, 1])))


def check(geometry: BaseGeometry | None, wanted: str) -> BaseGeometry:
    """The geometry as the table wants it (POINT, LINESTRINGS, POLYGON, MULTIPOLYGON, ANY), or RowRefused.

    POINT takes areas and lines too: the caller keeps them as the footprint. LINESTRINGS gives one or several lines.
    """
    if geometry is None or geometry.is_empty:
        raise RowRefused("no_geometry")
    bounds = geometry.bounds if geometry.geom_type != "Point" else (geometry.x, geometry.y) * 2
    if not all(math.isfinite(bound) for bound in bounds):
        raise RowRefused("out_of_range", "geometry", _short(geometry))
    if bounds[0] < -180 or bounds[2] > 180 or bounds[1] < -90 or bounds[3] > 90:
        raise RowRefused("out_of_range", "geometry", _short(geometry))
    if bounds == (0.0, 0.0, 0.0, 0.0):
        raise RowRefused("zero_coordinates", "geometry", _short(geometry))
    if wanted == "ANY":
        return geometry
    if wanted == "POINT":
        return _pointlike(geometry)
    if wanted == "LINESTRINGS":
        lines = [
            part for part in shapely.get_parts(geometry) if part.geom_type in ("LineString", "LinearRing")
        ]
        if not lines or len(lines) != len(shapely.get_parts(geometry)):
            raise RowRefused(
                "wrong_geometry", "geometry", _short(geometry), found=geometry.geom_type, wanted="line"
            )
        return geometry
    return _area(geometry, wanted)


def _pointlike(geometry: BaseGeometry) -> BaseGeometry:
    if geometry.geom_type == "MultiPoint" and len(geometry.geoms) == 1:
        return geometry.geoms[0]
    if geometry.geom_type in ("Point", "LineString", "MultiLineString"):
        return geometry
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return _area(geometry, "MULTIPOLYGON" if geometry.geom_type == "MultiPolygon" else "POLYGON")
    raise RowRefused(
        "wrong_geometry", "geometry", _short(geometry), found=geometry.geom_type, wanted="point or area"
    )


def _area(geometry: BaseGeometry, wanted: str) -> BaseGeometry:
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        raise RowRefused(
            "wrong_geometry", "geometry", _short(geometry), found=geometry.geom_type, wanted="polygon"
        )
    if not geometry.is_valid:
        geometry = _repaired(geometry)
    if geometry.area == 0:
        raise RowRefused("no_area", "geometry")
    parts = shapely.get_parts(geometry)
    if wanted == "POLYGON":
        if len(parts) != 1:
            raise RowRefused("several_parts", "geometry", parts=len(parts))
        return parts[0]
    return shapely.multipolygons(parts)


def _repaired(geometry: BaseGeometry) -> BaseGeometry:
    """A bow tie or a doubled line is repaired where nothing of the area is lost; else the row is refused."""
    detail = shapely.is_valid_reason(geometry)
    repaired = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    if repaired.is_empty or repaired.geom_type not in ("Polygon", "MultiPolygon"):
        raise RowRefused("bad_geometry", "geometry", detail=detail)
    return repaired


def _short(geometry: BaseGeometry) -> str:
    return f"{geometry.geom_type} {tuple(round(float(b), 6) for b in geometry.bounds)}"
