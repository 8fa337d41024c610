"""What this city is, what was changed, the texts that hold in it, and the centre's day."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from .base import BigId, metadata

# What this city is: name, district code, map CRS, the handbook in force, the recipe and seed of a demo.
city = Table("city", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

# Every committed change, in commit order: what other seats ask for («what after N?»).
change_log = Table(
    "change_log",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
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
