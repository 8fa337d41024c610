"""Who is out in the city: collectors, crews and vehicles, where they are now and which way they came.

Positions are plain longitude and latitude (EPSG:4490): they are read by time and by whose they are, never by a box.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, String, Table

from .base import metadata

mobile = Table(
    "mobile",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),  # collector, crew, vehicle
    Column("name", String, nullable=False),
    Column("unit_code", String, nullable=False, index=True),
    Column("person_id", String, nullable=False, server_default=""),
    Column("plate", String, nullable=False, server_default=""),  # of a vehicle; number of a terminal
    Column("active", Boolean, nullable=False),
)

# The newest position of each.
mobile_place = Table(
    "mobile_place",
    metadata,
    Column("mobile_id", ForeignKey("mobile.id"), primary_key=True),
    Column("at", String, nullable=False),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Column("speed_kmh", Float),
    Column("heading", Float),  # degrees clockwise from north
    Column("doing", String, nullable=False, server_default=""),  # duty, rest, task, off
)

track_point = Table(
    "track_point",
    metadata,
    Column("mobile_id", ForeignKey("mobile.id"), primary_key=True),
    Column("at", String, primary_key=True, index=True),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Column("speed_kmh", Float),
    Column("heading", Float),
)
