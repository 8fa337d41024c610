"""A city of two grids, made by hand: small enough to know by heart, with somebody in every post.

Below the centre C stand the district centre D, its street office S1 (both grids) and that one's community K1 (the west
grid); W is the centre's own crew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from workstation.services.city import City, save_city
from workstation.store import tables
from workstation.store.database import Database

WEST, SOUTH, MIDDLE, EAST, NORTH = 119.93, 32.46, 119.935, 119.94, 32.465
GRID_WEST, GRID_EAST = "32991100100101", "32991100100102"
MANHOLE = "3299110101000001"

# person → (post, unit)
STAFF = {
    "op1": ("operator", "C"),
    "col1": ("collector", "C"),
    "col2": ("collector", "C"),
    "sl1": ("shift_leader", "C"),
    "dis1": ("dispatcher", "C"),
    "rec1": ("receiver", "U1"),
    "rec2": ("receiver", "U2"),
    "lead1": ("unit_leader", "U1"),
    "eva1": ("evaluator", "C"),
    "com1": ("commander", "C"),
    "adm1": ("admin", "C"),
    "dd1": ("district_dispatcher", "D"),
    "recs": ("receiver", "S1"),
    "leads": ("unit_leader", "S1"),
    "st1": ("street_terminal", "S1"),
    "ct1": ("community_terminal", "K1"),
    "recw": ("receiver", "W"),
}
# code → (name, kind, level, the unit above, division)
UNITS = {
    "C": ("指挥中心", "centre", "city", "", ""),
    "U1": ("供水公司", "enterprise", "unit", "", ""),
    "U2": ("环卫中心", "department", "unit", "", ""),
    "D": ("试验区数字城管中心", "district", "district", "C", "329911"),
    "S1": ("城南街道办事处", "street", "street", "D", "329911001"),
    "K1": ("南门社区居委会", "community", "community", "S1", "329911001001"),
    "W": ("快速处置队", "crew", "unit", "C", ""),
}


def box(west: float, south: float, east: float, north: float) -> str:
    """The ring of a rectangle."""
    return f"(({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"


def component(code: str, **values: Any) -> dict[str, Any]:
    """A row of ``component``; what is not told is the manhole's in the west grid."""
    row = {
        "code": code,
        "class_edition": "gbt30428.2-2013",
        "class_code": "0101",
        "name": "上水井盖",
        "dept_code": "C",
        "owner_code": "U1",
        "maintainer_code": "U1",
        "grid_code": GRID_WEST,
        "state": "intact",
        "valid_from": "2026-01-01T00:00:00.000000Z",
        "changed_at": "2026-01-01T00:00:00.000000Z",
        "source": "test",
        "source_key": code,
        "note": "",
        "attributes": "{}",
        "geom": f"SRID=4490;POINT({WEST + 0.001} {SOUTH + 0.001})",
    }
    return {**row, **values}


def fill(database: Database) -> None:
    """Put the city into an empty store."""
    with database.write() as conn:
        save_city(
            conn,
            City(
                name="试验市试验区",
                district_code="329911",
                map_crs="EPSG:4549",
                center=(MIDDLE, SOUTH + 0.0025),
                extent=(WEST, SOUTH, EAST, NORTH),
            ),
        )
        whole = f"SRID=4490;MULTIPOLYGON({box(WEST, SOUTH, EAST, NORTH)})"
        conn.execute(
            insert(tables.division),
            [
                {"code": "329911", "level": "district", "name": "试验区", "parent": "", "geom": whole},
                {
                    "code": "329911001",
                    "level": "street",
                    "name": "城南街道",
                    "parent": "329911",
                    "geom": whole,
                },
                {
                    "code": "329911001001",
                    "level": "community",
                    "name": "南门社区",
                    "parent": "329911001",
                    "geom": whole,
                },
                {
                    "code": "329911001002",
                    "level": "community",
                    "name": "北门社区",
                    "parent": "329911001",
                    "geom": f"SRID=4490;MULTIPOLYGON({box(MIDDLE, SOUTH, EAST, NORTH)})",
                },
            ],
        )
        conn.execute(
            insert(tables.grid),
            [
                {
                    "code": code,
                    "name": name,
                    "street_code": "329911001",
                    "community_code": community,
                    "area_class": "core",
                    "area_m2": 1.0,
                    "perimeter_m": 1.0,
                    "valid_from": "2026-01-01",
                    "valid_to": None,
                    "source_key": None,
                    "geom": f"SRID=4490;POLYGON{box(west, SOUTH, east, NORTH)}",
                }
                for code, name, west, east, community in (
                    (GRID_WEST, "南门西", WEST, MIDDLE, "329911001001"),
                    (GRID_EAST, "南门东", MIDDLE, EAST, "329911001002"),
                )
            ],
        )
        areas = {"U1": whole, "U2": f"SRID=4490;MULTIPOLYGON({box(MIDDLE, SOUTH, EAST, NORTH)})"}
        conn.execute(
            insert(tables.unit),
            [
                {
                    "code": code,
                    "name": name,
                    "short_name": name[:2],
                    "kind": kind,
                    "level": level,
                    "parent": parent,
                    "head": "",
                    "telephone": "",
                    "active": True,
                    "division": division,
                    "geom": areas.get(code),
                }
                for code, (name, kind, level, parent, division) in UNITS.items()
            ],
        )
        conn.execute(
            insert(tables.unit_duty),
            [
                {"unit_code": "U1", "kind": "component", "class_prefix": "01"},
                {"unit_code": "U2", "kind": "component", "class_prefix": ""},
                {"unit_code": "U2", "kind": "event", "class_prefix": ""},
            ],
        )
        conn.execute(
            insert(tables.person),
            [
                {"id": key, "name": f"人员{key}", "unit_code": unit, "telephone": "", "active": True}
                for key, (_, unit) in STAFF.items()
            ],
        )
        conn.execute(
            insert(tables.person_post), [{"person_id": key, "post": post} for key, (post, _) in STAFF.items()]
        )
        conn.execute(
            insert(tables.collector_grid),
            [{"person_id": "col1", "grid_code": GRID_WEST}, {"person_id": "col2", "grid_code": GRID_EAST}],
        )
        conn.execute(insert(tables.component), [component(MANHOLE)])
        conn.execute(
            insert(tables.road),
            [
                {
                    "name": "南门大街",
                    "kind": "main",
                    "width_m": 30.0,
                    "source_key": None,
                    "geom": f"SRID=4490;LINESTRING({WEST} {SOUTH + 0.0012}, {EAST} {SOUTH + 0.0012})",
                }
            ],
        )
