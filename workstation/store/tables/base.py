"""What every table of a city is made with: the names of keys and indexes, the kinds of columns."""

from __future__ import annotations

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, Column, Integer, MetaData

SRID = 4490

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigId = BigInteger().with_variant(Integer, "sqlite")


def geometry(kind: str, *, nullable: bool = False, name: str = "geom") -> Column[Any]:
    """A column of geometry in EPSG:4490 with its spatial index."""
    return Column(name, Geometry(kind, srid=SRID, spatial_index=True), nullable=nullable)
