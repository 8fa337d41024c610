"""What is found by name: one row for each thing that has one and a place, written when the thing is written."""

from __future__ import annotations

from sqlalchemy import Column, Float, String, Table, UniqueConstraint

from .base import BigId, metadata

find_entry = Table(
    "find_entry",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "kind", String, nullable=False
    ),  # road, crossing, building, water, green, division, grid, unit, person
    Column("ref", String, nullable=False),  # the code or id of the thing
    Column("name", String, nullable=False),
    Column("detail", String, nullable=False),  # what tells two of one name apart
    Column("pinyin", String, nullable=False),  # whole syllables, without tones or blanks
    Column("initials", String, nullable=False),
    Column("lon", Float),
    Column("lat", Float),
    UniqueConstraint("kind", "ref"),
)
