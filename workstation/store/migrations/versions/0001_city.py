"""The first schema: everything a city keeps, for both stores.

The tables are written out here as they were at this revision; ``store/tables`` goes on changing, this does not.
Beside the tables there are the triggers that keep ``grid_count`` and that guard the log.
"""

from __future__ import annotations

from typing import Any

from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from workstation.store.migrations.triggers_0001 import POSTGIS, POSTGIS_DROP, SPATIALITE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SRID = 4490

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_BigId = BigInteger().with_variant(Integer, "sqlite")


def _geometry(kind: str, *, nullable: bool = False, name: str = "geom") -> Column[Any]:
    return Column(name, Geometry(kind, srid=SRID, spatial_index=True), nullable=nullable)


# What this city is: name, district code, map CRS, the handbook in force, the recipe and seed of a demo.
city = Table("city", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

# ---- the case and its log -------------------------------------------------------------------------------------

case_event = Table(
    "case_event",
    metadata,
    Column("case_id", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("log_id", _BigId, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("at", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("actor_name", String, nullable=False),
    Column("post", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("command_id", String, nullable=False, unique=True),
    Column("to_state", String, nullable=False),
    Column("data", Text, nullable=False),
    Column("prev_hash", String, nullable=False),
    Column("hash", String, nullable=False),
    sqlite_with_rowid=False,
)

# The projection: one row a case, written in the same transaction as the event. ``doc`` is Case.to_doc(); the other
# columns are what lists sort, filter and colour by. Nothing here is true that the log does not say.
cases = Table(
    "cases",
    metadata,
    Column("id", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("last_hash", String, nullable=False),
    Column("code", String, nullable=False, unique=True),
    Column("state", String, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("kind", String, nullable=False),
    Column("class_edition", String, nullable=False),
    Column("class_code", String, nullable=False),
    Column("class_name", String, nullable=False),
    Column("source", String, nullable=False),
    Column("address", String, nullable=False),
    Column("description", Text, nullable=False),
    Column("grid", String, nullable=False),
    Column("street", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("component", String, nullable=False),
    Column("collector", String, nullable=False),
    Column("lon", Float),
    Column("lat", Float),
    Column("emergency", Boolean, nullable=False),
    Column("key_case", Boolean, nullable=False),
    Column("pending", String, nullable=False),
    Column("suspended", Boolean, nullable=False),
    Column("reported_at", String),
    Column("registered_at", String),
    Column("filed_at", String),
    Column("dispatched_at", String),
    Column("fed_back_at", String),
    Column("closed_at", String),
    Column("changed_at", String, nullable=False),
    # The stage clock that runs now, and the disposal clock.
    Column("clock", String, nullable=False),
    Column("clock_yellow_at", String),
    Column("clock_due_at", String),
    # ``clock_due_at``, or a text after every instant where no clock runs: what lists by deadline are sorted by.
    Column("due_key", String, nullable=False),
    Column("dispose_due_at", String),
    # Facts for evaluation; NULL while not decided.
    Column("disposed_in_time", Boolean),
    Column("closed_in_time", Boolean),
    Column("rework", Integer, nullable=False),
    Column("doc", Text, nullable=False),
)
# One index for each way a list is sorted and narrowed, so that every list opens at once on a million rows.
Index("ix_cases_open_due", cases.c.open, cases.c.due_key, cases.c.id, cases.c.state, cases.c.unit)
Index("ix_cases_due_key", cases.c.due_key, cases.c.id)
Index("ix_cases_state_due", cases.c.state, cases.c.due_key, cases.c.id)
Index("ix_cases_state_changed", cases.c.state, cases.c.changed_at, cases.c.id)
Index("ix_cases_open_changed", cases.c.open, cases.c.changed_at, cases.c.id)
Index("ix_cases_changed_at", cases.c.changed_at, cases.c.id)
Index("ix_cases_state_code", cases.c.state, cases.c.code)
Index("ix_cases_unit_code", cases.c.unit, cases.c.code)
Index("ix_cases_class_code", cases.c.class_code, cases.c.code)
Index("ix_cases_load", cases.c.state, cases.c.unit, cases.c.dispose_due_at)
Index("ix_cases_unit_due", cases.c.unit, cases.c.open, cases.c.due_key, cases.c.id)
Index("ix_cases_unit_changed", cases.c.unit, cases.c.changed_at, cases.c.id)
Index("ix_cases_collector", cases.c.collector, cases.c.due_key, cases.c.id)
Index("ix_cases_pending", cases.c.pending, cases.c.due_key, cases.c.id)
# Holds every column that the evaluation of a period reads, so that it never touches the rows themselves.
Index(
    "ix_cases_filed_at",
    *(cases.c.filed_at, cases.c.unit, cases.c.grid, cases.c.street, cases.c.state, cases.c.fed_back_at),
    *(cases.c.dispose_due_at, cases.c.disposed_in_time, cases.c.closed_in_time, cases.c.rework),
)
Index("ix_cases_closed_at", cases.c.closed_at, cases.c.state)
Index("ix_cases_registered_at", cases.c.registered_at)
Index("ix_cases_class", cases.c.class_code, cases.c.changed_at, cases.c.id)
Index("ix_cases_grid", cases.c.grid, cases.c.changed_at, cases.c.id)
Index("ix_cases_place", cases.c.lon, cases.c.lat)

# The units besides the lead that an open case was sent to; the lead is in ``cases.unit``.
case_unit = Table(
    "case_unit",
    metadata,
    Column("case_id", String, primary_key=True),
    Column("unit", String, primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_case_unit_unit", case_unit.c.unit)

# The last number of each day's case codes; counted on inside the transaction that uses the number.
case_code = Table(
    "case_code",
    metadata,
    Column("day", String, primary_key=True),  # district code and yyyymmdd
    Column("last", Integer, nullable=False),
)

photo = Table(
    "photo",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("mime", String, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("thumbnail", LargeBinary, nullable=False),
)

# Every committed change, in commit order: what other seats ask for («what after N?»).
change_log = Table(
    "change_log",
    metadata,
    Column("id", _BigId, primary_key=True, autoincrement=True),
    Column("topic", String, nullable=False),  # case, component, grid, unit, ...
    Column("key", String, nullable=False),
    Column("at", String, nullable=False),
    sqlite_autoincrement=True,
)

# The editions of handbooks that cases were filed under, whole, for as long as there are such cases.
handbook_edition = Table(
    "handbook_edition",
    metadata,
    Column("id", String, primary_key=True),  # city/edition/digest
    Column("city", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("registered_at", String, nullable=False),
    Column("content", Text, nullable=False),  # {file name: text} as JSON
)

# ---- who -------------------------------------------------------------------------------------------------------

unit = Table(
    "unit",
    metadata,
    Column("code", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("short_name", String, nullable=False),
    Column("kind", String, nullable=False),  # centre, department, street, enterprise, crew
    Column("level", String, nullable=False),  # city, district, street, community, unit
    Column("parent", String, nullable=False),
    Column("head", String, nullable=False),
    Column("telephone", String, nullable=False),
    Column("active", Boolean, nullable=False),
    _geometry("MULTIPOLYGON", nullable=True),  # area of responsibility
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

# ---- where -----------------------------------------------------------------------------------------------------

division = Table(
    "division",
    metadata,
    Column("code", String, primary_key=True),  # 6 district, 9 street office, 12 community
    Column("level", String, nullable=False),  # district, street, community
    Column("name", String, nullable=False),
    Column("parent", String, nullable=False),
    _geometry("MULTIPOLYGON"),
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
    Column("source_key", String, unique=True),  # the record of the file it came from, so importing again changes nothing
    _geometry("POLYGON"),
)

component = Table(
    "component",
    metadata,
    Column("id", _BigId, primary_key=True),  # QGIS wants an integer key
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
    _geometry("POINT"),
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
        Column("id", _BigId, primary_key=True),
        Column("name", String, nullable=False),
        Column("kind", String, nullable=False),
        *columns,
        Column("source_key", String, unique=True),
        _geometry(kind),
    )


road = _base("road", "LINESTRING", Column("width_m", Float, nullable=False))  # kind: expressway, main, secondary, branch, lane
building = _base("building", "POLYGON", Column("floors", Integer, nullable=False))
water = _base("water", "POLYGON")  # kind: river, lake, canal
green = _base("green", "POLYGON")  # kind: park, verge, square


def upgrade() -> None:
    """Make the tables, their indexes (spatial ones too) and the triggers."""
    bind = op.get_bind()
    metadata.create_all(bind, checkfirst=False)
    for statement in SPATIALITE if bind.dialect.name == "sqlite" else POSTGIS:
        bind.exec_driver_sql(statement)


def downgrade() -> None:
    """Remove everything."""
    bind = op.get_bind()
    metadata.drop_all(bind, checkfirst=False)
    if bind.dialect.name != "sqlite":
        for statement in POSTGIS_DROP:
            bind.exec_driver_sql(statement)
