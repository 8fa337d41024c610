"""Who: units and their duties, people and what they may do."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    String,
    Table,
    Text,
    false,
)

from .base import BigId, geometry, metadata

unit = Table(
    "unit",
    metadata,
    Column("code", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("short_name", String, nullable=False),
    # centre, district, department, street, community, enterprise, crew
    Column("kind", String, nullable=False),
    Column("level", String, nullable=False),  # city, district, street, community, unit
    Column("parent", String, nullable=False, index=True),
    Column("head", String, nullable=False),
    Column("telephone", String, nullable=False),
    Column("active", Boolean, nullable=False),
    # The division that a district, street or community answers for; "" for the others.
    Column("division", String, nullable=False, server_default=""),
    geometry("MULTIPOLYGON", nullable=True),  # area of responsibility
)

# Who answers for a unit and how they are reached, since when: the newest row of a role holds, the others are history.
unit_contact = Table(
    "unit_contact",
    metadata,
    Column("unit_code", ForeignKey("unit.code"), primary_key=True),
    Column("role", String, primary_key=True),  # leader, head, receiver
    Column("since", String, primary_key=True),  # instant
    Column("name", String, nullable=False),
    Column("telephone", String, nullable=False),
    Column("changed_by", String, nullable=False),  # person
    sqlite_with_rowid=False,
)

# Which classes a unit answers for: a prefix of the class code ("" is all of the kind).
unit_duty = Table(
    "unit_duty",
    metadata,
    Column("unit_code", ForeignKey("unit.code"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("class_prefix", String, primary_key=True),
)

person = Table(
    "person",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("unit_code", ForeignKey("unit.code"), nullable=False),
    Column("telephone", String, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("certified_until", String),  # last day of the collector's certificate; NULL: none is needed
    Column("stopped", Boolean, nullable=False, server_default=false()),  # may not collect (any more, for now)
)

# What was changed about a person, when, by whom: rows are added and nothing else.
person_change = Table(
    "person_change",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),  # grant, revoke, certify, stop, resume
    Column("detail", Text, nullable=False),  # the post, the date, the reason
    Column("by", String, nullable=False),  # person
    sqlite_autoincrement=True,
)

person_post = Table(
    "person_post",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("post", String, primary_key=True),
)

collector_grid = Table(
    "collector_grid",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("grid_code", ForeignKey("grid.code"), primary_key=True),
)
