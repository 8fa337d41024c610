"""A new city for a file that has none yet: what it is, and the staff of its centre."""

from __future__ import annotations

import json
import re
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from ..services.city import City, map_crs_for, save_city
from ..store import changes
from ..store.tables import city, person, person_post, unit
from .errors import ImportRefused

CENTRE = "centre"
COLLECTOR = "collector"

# One person for each post, so that a city that was only imported can be worked in at once. The three hands
# (supervising, disposing, evaluating) are held by different people; real names are entered later.
STAFF = (
    ("operator", "受理员"),
    ("shift_leader", "值班长"),
    ("dispatcher", "派遣员"),
    ("collector", "信息采集员"),
    ("evaluator", "考评员"),
    ("gis", "数据管理员"),
    ("commander", "指挥长"),
    ("admin", "系统管理员"),
)


def found(
    conn: Connection, name: str, district: str, extent: tuple[float, float, float, float], now: datetime
) -> str:
    """Write the facts of a new city and its centre; return its map system.

    ``district`` is the code of six digits that all its codes begin with, ``extent`` in degrees (EPSG:4490).
    """
    if not re.fullmatch(r"\d{6}", district):
        raise ImportRefused("district", value=district)
    west, south, east, north = extent
    center = ((west + east) / 2, (south + north) / 2)
    map_crs = map_crs_for(*center)
    save_city(conn, City(name=name, district_code=district, map_crs=map_crs, center=center, extent=extent))
    conn.execute(
        insert(unit).values(
            code=CENTRE,
            name=f"{name}监督指挥中心",
            short_name="监督指挥中心",
            kind="centre",
            level="district",
            parent="",
            head="",
            telephone="",
            active=True,
        )
    )
    for post, label in STAFF:
        conn.execute(insert(person).values(id=post, name=label, unit_code=CENTRE, telephone="", active=True))
        conn.execute(insert(person_post).values(person_id=post, post=post))
    changes.record(conn, "city", ["city"], now)
    return map_crs


def widen(conn: Connection, extent: tuple[float, float, float, float]) -> None:
    """Let the city's extent hold what was just imported as well. Its map system and centre stay."""
    text = conn.execute(select(city.c.value).where(city.c.key == "extent")).scalar()
    if text is None:
        return
    old = json.loads(text)
    new = [min(old[0], extent[0]), min(old[1], extent[1]), max(old[2], extent[2]), max(old[3], extent[3])]
    if new != old:
        conn.execute(update(city).where(city.c.key == "extent").values(value=json.dumps(new)))
