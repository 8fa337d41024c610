"""The case: its log, the projection that lists are read from, its photographs and the files made of it."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    TextClause,
    false,
    func,
    text,
)

from .base import BigId, metadata

case_event = Table(
    "case_event",
    metadata,
    Column("case_id", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("log_id", BigId, nullable=False, unique=True),
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
# Each has both ends of a case's time: which there were at an instant is read off one of them, whichever year it lies in.
Index("ix_cases_closed_at", cases.c.closed_at, cases.c.state, cases.c.reported_at, cases.c.id)
Index("ix_cases_reported_at", cases.c.reported_at, cases.c.closed_at, cases.c.id)
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
