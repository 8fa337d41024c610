"""Where: divisions, grids, components and the base map."""

from __future__ import annotations

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from .base import SRID, BigId, geometry, metadata

division = Table(
    "division",
    metadata,
    Column("code", String, primary_key=True),  # 6 district, 9 street office, 12 community
    Column("level", String, nullable=False),  # district, street, community
    Column("name", String, nullable=False),
    Column("parent", String, nullable=False),
    geometry("MULTIPOLYGON"),
)

grid = Table(
    "grid",
    metadata,
    Column("code", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("street_code", String, nullable=False, index=True),
    Column("community_code", String, nullable=False, index=True),
    Column("area_class", String, nullable=False),  # core, general, fringe
    Column("area_m2", Float, nullable=False),
    Column("perimeter_m", Float, nullable=False),
    Column("valid_from", String, nullable=False),
    Column("valid_to", String),
    Column(
        "source_key", String, unique=True
    ),  # the record of the file it came from, so importing again changes nothing
    geometry("POLYGON"),
)

component = Table(
    "component",
    metadata,
    Column("id", BigId, primary_key=True),  # QGIS wants an integer key
    Column("code", String, nullable=False, unique=True),
    Column("class_edition", String, nullable=False),
    Column("class_code", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("dept_code", String, nullable=False),  # 主管部门
    Column("owner_code", String, nullable=False),  # 权属单位
    Column("maintainer_code", String, nullable=False),  # 养护单位
    Column("grid_code", String, nullable=False, index=True),
    Column("state", String, nullable=False),  # intact, damaged, missing, abandoned, removed
    Column("valid_from", String, nullable=False),
    Column("changed_at", String, nullable=False),
    Column("source", String, nullable=False),
    Column("source_key", String, unique=True),
    Column("note", Text, nullable=False),
    Column("attributes", Text, nullable=False),  # JSON: what the source had besides
    geometry("POINT"),
    Column("footprint", Geometry("GEOMETRY", srid=SRID, spatial_index=False), nullable=True),
)

# Components by grid and main class, kept by triggers: what a map far out shows instead of a million points.
grid_count = Table(
    "grid_count",
    metadata,
    Column("grid_code", String, primary_key=True),
    Column("main_code", String, primary_key=True),
    Column("components", Integer, nullable=False),
)


def _base(name: str, kind: str, *columns: Column[Any]) -> Table:
    return Table(
        name,
        metadata,
        Column("id", BigId, primary_key=True),
        Column("name", String, nullable=False),
        Column("kind", String, nullable=False),
        *columns,
        Column("source_key", String, unique=True),
        geometry(kind),
    )


road = _base(
    "road", "LINESTRING", Column("width_m", Float, nullable=False)
)  # kind: expressway, main, secondary, branch, lane
Index("ix_road_kind", road.c.kind)
building = _base("building", "POLYGON", Column("floors", Integer, nullable=False))
water = _base("water", "POLYGON")  # kind: river, lake, canal
green = _base("green", "POLYGON")  # kind: park, verge, square
