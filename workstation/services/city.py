"""What this city is: its name, district code, map coordinate system, extent, and which handbook and calendar hold."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from ..store import rights
from ..store.tables import city as table

Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class City:
    """The settings of a city. ``center`` is (lon, lat), ``extent`` (west, south, east, north), EPSG:4490 degrees.

    ``handbook`` and ``calendar`` are names under ``data/handbooks`` and ``data/calendars``.
    """

    name: str = ""
    district_code: str = ""
    map_crs: str = ""
    center: tuple[float, float] = (0.0, 0.0)
    extent: Extent = (0.0, 0.0, 0.0, 0.0)
    handbook: str = "national"
    calendar: str = "china"


def map_crs_for(lon: float, lat: float) -> str:
    """The CGCS2000 3-degree Gauss-Krüger zone of a place in China, elsewhere its UTM zone, as ``EPSG:n``."""
    if 73.5 <= lon < 136.5 and 3.0 <= lat <= 54.0:
        return f"EPSG:{4534 + int((lon - 73.5) // 3)}"
    zone = min(60, int((lon + 180.0) // 6) + 1)
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"


def save_city(conn: Connection, city: City) -> None:
    """Write the settings, and what the handbook gives each post; other keys of the table stay as they are."""
    values = {
        "name": city.name,
        "district_code": city.district_code,
        "map_crs": city.map_crs,
        "center": json.dumps(city.center),
        "extent": json.dumps(city.extent),
        "handbook": city.handbook,
        "calendar": city.calendar,
    }
    conn.execute(delete(table).where(table.c.key.in_(values)))
    conn.execute(insert(table), [{"key": key, "value": value} for key, value in values.items()])
    rights.refresh(conn)


def load_city(conn: Connection) -> City:
    """The settings. What is not set comes from the data: the extent of the grids, else of the components."""
    found: dict[str, str] = {row.key: row.value for row in conn.execute(select(table.c.key, table.c.value))}
    extent = _numbers(found.get("extent"), 4) or _extent(conn)
    center = _numbers(found.get("center"), 2) or [(extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2]
    return City(
        name=found.get("name", ""),
        district_code=found.get("district_code", ""),
        map_crs=found.get("map_crs") or map_crs_for(center[0], center[1]),
        center=(center[0], center[1]),
        extent=(extent[0], extent[1], extent[2], extent[3]),
        handbook=found.get("handbook", "national"),
        calendar=found.get("calendar", "china"),
    )


def _numbers(text: str | None, count: int) -> list[float] | None:
    """Numbers written as JSON or parted by commas or blanks; None where they are not that many."""
    if not text:
        return None
    parts = text.strip("[]() ").replace(",", " ").split()
    return [float(part) for part in parts] if len(parts) == count else None


def _extent(conn: Connection) -> list[float]:
    extent = "ST_XMin({0}), ST_YMin({0}), ST_XMax({0}), ST_YMax({0})"
    for name in ("grid", "component", "division"):
        if conn.dialect.name == "postgresql":
            box = f"SELECT {extent.format('e')} FROM (SELECT ST_Extent(geom) AS e FROM {name}) AS x"
        else:
            box = f"SELECT min(xmin), min(ymin), max(xmax), max(ymax) FROM idx_{name}_geom"
        row = conn.exec_driver_sql(box).first()
        if row is not None and row[0] is not None:
            return [float(value) for value in row]
    return [0.0, 0.0, 0.0, 0.0]
