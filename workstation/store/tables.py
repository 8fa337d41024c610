"""The tables of a city, the same on SpatiaLite and PostGIS.

Geometry is EPSG:4490 (CGCS2000 degrees). Instants are text ``YYYY-MM-DDTHH:MM:SS.ffffffZ``: fixed width, so text
order is time order on both stores, and what is hashed is what is stored. JSON is text for the same reason.
"""

from __future__ import annotations

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TextClause,
    false,
    func,
    text,
)

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
    # The case that this one was split from.
    Column("parent", String, nullable=False, server_default=""),
    # The unit that a district re-dispatched it to: sent, received, fed_back.
    Column("inner_unit", String, nullable=False, server_default=""),
    Column("inner_state", String, nullable=False, server_default=""),
    # Whether a coordination is open, and the body of the handbook that it lies before.
    Column("coordinating", Boolean, nullable=False, server_default=false()),
    Column("body", String, nullable=False, server_default=""),
    # How it was sent out of turn (rapid, first), and the unit that was made responsible afterwards.
    Column("way", String, nullable=False, server_default=""),
    Column("settled_unit", String, nullable=False, server_default=""),
    Column("directed", Boolean, nullable=False, server_default=false()),
    # What the unit's head has done: agreed to the pending request; approved the case for handling.
    Column("endorsed", Boolean, nullable=False, server_default=false()),
    Column("approved", Boolean, nullable=False, server_default=false()),
    # The code it has in the system that passed it down, and whether its result is still to be sent back there.
    Column("upstream_code", String, nullable=False, server_default=""),
    Column("to_report_up", Boolean, nullable=False, server_default=false()),
    # Last, because it is long: SQLite reads past it for each column behind it.
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


def _few(name: str, of: ColumnElement[bool] | TextClause) -> None:
    """An index by deadline of those few cases only for which the condition holds; the others cost it nothing."""
    Index(name, cases.c.due_key, cases.c.id, sqlite_where=of, postgresql_where=of)


_few("ix_cases_key_case", cases.c.key_case)
_few("ix_cases_coordinating", cases.c.coordinating)
_few("ix_cases_directed", cases.c.directed)
_few("ix_cases_to_report_up", cases.c.to_report_up)
_few("ix_cases_way", text("way <> ''"))
# What lies in a division is mostly closed; who sees it by place asks for what is open. So written that a query which says
# the same is not led by the indexes of ``open``.
_IS_OPEN = func.coalesce(cases.c.open, false()).is_(True)
Index("ix_cases_open_grid", cases.c.grid, cases.c.id, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN)
Index(
    "ix_cases_inner",
    *(cases.c.inner_unit, cases.c.open, cases.c.due_key, cases.c.id),
    sqlite_where=text("inner_unit <> ''"),
    postgresql_where=text("inner_unit <> ''"),
)
Index(
    "ix_cases_parent",
    *(cases.c.parent, cases.c.open),
    sqlite_where=text("parent <> ''"),
    postgresql_where=text("parent <> ''"),
)

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
    Column("topic", String, nullable=False),  # see workstation.store.changes.TOPICS
    Column("key", String, nullable=False),
    Column("at", String, nullable=False),
    sqlite_autoincrement=True,
)

# The editions of the city's handbook, whole: those that cases were filed under, those that hold or will, and drafts.
handbook_edition = Table(
    "handbook_edition",
    metadata,
    Column("id", String, primary_key=True),  # city/edition/digest
    Column("city", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("registered_at", String, nullable=False),
    Column("content", Text, nullable=False),  # {file name: text} as JSON
    Column("status", String, nullable=False, server_default="approved"),  # draft, approved
    Column("author", String, nullable=False, server_default=""),
    Column("approver", String, nullable=False, server_default=""),
    Column("approved_at", String),
    Column("valid_from", String, nullable=False, server_default=""),  # date
    Column("note", Text, nullable=False, server_default=""),
    Column("base", String, nullable=False, server_default=""),  # the edition that this one was made from
)

# The editions of the city's working calendar, as text; the newest holds.
calendar_edition = Table(
    "calendar_edition",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("registered_at", String, nullable=False, index=True),
    Column("by", String, nullable=False),  # person
    Column("note", Text, nullable=False),
)

# ---- the centre's day ------------------------------------------------------------------------------------------

# A shift is handed over with what was open then (``summary``: JSON), and taken over by the next.
shift_handover = Table(
    "shift_handover",
    metadata,
    Column("id", String, primary_key=True),
    Column("post", String, nullable=False),
    Column("from_person", String, nullable=False),
    Column("to_person", String, nullable=False),
    Column("at", String, nullable=False),
    Column("summary", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("accepted_at", String),
    Column("accepted_by", String, nullable=False, server_default=""),
    Column("accepted_note", Text, nullable=False, server_default=""),
)
Index("ix_shift_handover_post_at", shift_handover.c.post, shift_handover.c.at)

# An operation (指挥调度): a major event, severe weather, an emergency. What happened in it is its own log.
operation = Table(
    "operation",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("plan", String, nullable=False),  # key of a plan of the handbook, or ""
    Column("note", Text, nullable=False),
    Column("opened_at", String, nullable=False, index=True),
    Column("opened_by", String, nullable=False),
    Column("closed_at", String),
    Column("closed_by", String, nullable=False, server_default=""),
)

operation_event = Table(
    "operation_event",
    metadata,
    Column("operation_id", ForeignKey("operation.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("unit", String, nullable=False),  # whom it concerns; "" is all
    Column("actor", String, nullable=False),
    Column("actor_name", String, nullable=False),
    Column("post", String, nullable=False),
    Column("data", Text, nullable=False),  # JSON
    sqlite_with_rowid=False,
)

# A regular meeting (例会) that was held, and what it decided on each case of its agenda.
meeting = Table(
    "meeting",
    metadata,
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False),  # which of the handbook's meetings
    Column("at", String, nullable=False, index=True),
    Column("by", String, nullable=False),  # person
    Column("state", String, nullable=False),  # open, closed
    Column("note", Text, nullable=False, server_default=""),
)

meeting_item = Table(
    "meeting_item",
    metadata,
    Column("meeting_id", ForeignKey("meeting.id"), primary_key=True),
    Column("case_id", String, primary_key=True, index=True),
    Column("topic", String, primary_key=True),  # overdue, returned, disputed, key, suspended
    Column("unit", String, nullable=False),
    Column("decision", Text, nullable=False, server_default=""),
    Column("decided_at", String),
    Column("decided_by", String, nullable=False, server_default=""),
)

# What was handed to law enforcement (移送执法): the whole file, by the SHA-256 of its bytes, for a transfer to name.
evidence_file = Table(
    "evidence_file",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("case_id", String, nullable=False, index=True),
    Column("seq", Integer, nullable=False),  # the case's last event in it
    Column("made_at", String, nullable=False),
    Column("made_by", String, nullable=False),  # person
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# ---- who -------------------------------------------------------------------------------------------------------

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
    _geometry("MULTIPOLYGON", nullable=True),  # area of responsibility
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
    Column("id", _BigId, primary_key=True, autoincrement=True),
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
    Column(
        "source_key", String, unique=True
    ),  # the record of the file it came from, so importing again changes nothing
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


road = _base(
    "road", "LINESTRING", Column("width_m", Float, nullable=False)
)  # kind: expressway, main, secondary, branch, lane
building = _base("building", "POLYGON", Column("floors", Integer, nullable=False))
water = _base("water", "POLYGON")  # kind: river, lake, canal
green = _base("green", "POLYGON")  # kind: park, verge, square
