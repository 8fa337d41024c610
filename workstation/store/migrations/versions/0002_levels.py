"""The second schema: levels, ways around the happy way, editions under approval, and the centre's day.

As at every revision the tables are written out as they were; ``store/tables`` goes on changing, this does not.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

from workstation.store.migrations.triggers_0002 import POSTGIS, POSTGIS_DROP, SPATIALITE, SPATIALITE_DROP

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_BigId = BigInteger().with_variant(Integer, "sqlite")

# The tables of the first schema that the new ones refer to: only so that the foreign keys find their column.
_unit = Table("unit", metadata, Column("code", String, primary_key=True))
_person = Table("person", metadata, Column("id", String, primary_key=True))

calendar_edition = Table(
    "calendar_edition",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("registered_at", String, nullable=False, index=True),
    Column("by", String, nullable=False),
    Column("note", Text, nullable=False),
)

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

operation = Table(
    "operation",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("plan", String, nullable=False),
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
    Column("unit", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("actor_name", String, nullable=False),
    Column("post", String, nullable=False),
    Column("data", Text, nullable=False),
    sqlite_with_rowid=False,
)

meeting = Table(
    "meeting",
    metadata,
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("at", String, nullable=False, index=True),
    Column("by", String, nullable=False),
    Column("state", String, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
)

meeting_item = Table(
    "meeting_item",
    metadata,
    Column("meeting_id", ForeignKey("meeting.id"), primary_key=True),
    Column("case_id", String, primary_key=True, index=True),
    Column("topic", String, primary_key=True),
    Column("unit", String, nullable=False),
    Column("decision", Text, nullable=False, server_default=""),
    Column("decided_at", String),
    Column("decided_by", String, nullable=False, server_default=""),
)

unit_contact = Table(
    "unit_contact",
    metadata,
    Column("unit_code", ForeignKey("unit.code"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("since", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("telephone", String, nullable=False),
    Column("changed_by", String, nullable=False),
    sqlite_with_rowid=False,
)

person_change = Table(
    "person_change",
    metadata,
    Column("id", _BigId, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("by", String, nullable=False),
    sqlite_autoincrement=True,
)

evidence_file = Table(
    "evidence_file",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("case_id", String, nullable=False, index=True),
    Column("seq", Integer, nullable=False),
    Column("made_at", String, nullable=False),
    Column("made_by", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

NEW = (
    *(calendar_edition, shift_handover, operation, operation_event, meeting, meeting_item),
    *(evidence_file, unit_contact, person_change),
)

ADDED = {
    "handbook_edition": (
        Column("status", String, nullable=False, server_default="approved"),
        Column("author", String, nullable=False, server_default=""),
        Column("approver", String, nullable=False, server_default=""),
        Column("approved_at", String),
        Column("valid_from", String, nullable=False, server_default=""),
        Column("note", Text, nullable=False, server_default=""),
        Column("base", String, nullable=False, server_default=""),
    ),
    "unit": (Column("division", String, nullable=False, server_default=""),),
    "person": (
        Column("certified_until", String),
        Column("stopped", Boolean, nullable=False, server_default=false()),
    ),
}

# None of these parts is in a case of the first schema, so their empty values are what its log says.
CASES = (
    Column("parent", String, nullable=False, server_default=""),
    Column("inner_unit", String, nullable=False, server_default=""),
    Column("inner_state", String, nullable=False, server_default=""),
    Column("coordinating", Boolean, nullable=False, server_default=false()),
    Column("body", String, nullable=False, server_default=""),
    Column("way", String, nullable=False, server_default=""),
    Column("settled_unit", String, nullable=False, server_default=""),
    Column("directed", Boolean, nullable=False, server_default=false()),
    Column("endorsed", Boolean, nullable=False, server_default=false()),
    Column("approved", Boolean, nullable=False, server_default=false()),
    Column("upstream_code", String, nullable=False, server_default=""),
    Column("to_report_up", Boolean, nullable=False, server_default=false()),
)

# Name, columns, and for which cases: the others have no entry in it.
INDEXES = (
    ("ix_cases_key_case", ("due_key", "id"), "key_case = 1"),
    ("ix_cases_coordinating", ("due_key", "id"), "coordinating = 1"),
    ("ix_cases_directed", ("due_key", "id"), "directed = 1"),
    ("ix_cases_way", ("due_key", "id"), "way <> ''"),
    ("ix_cases_to_report_up", ("due_key", "id"), "to_report_up = 1"),
    ("ix_cases_open_grid", ("grid", "id"), "coalesce(open, 0) IS 1"),
    ("ix_cases_inner", ("inner_unit", "open", "due_key", "id"), "inner_unit <> ''"),
    ("ix_cases_parent", ("parent", "open"), "parent <> ''"),
)


def upgrade() -> None:
    """Add the tables, the columns, their indexes and the triggers; what is there stays."""
    bind = op.get_bind()
    sqlite = bind.dialect.name == "sqlite"
    for table in NEW:
        table.create(bind)
    for name, columns in ADDED.items():
        for column in columns:
            op.add_column(name, column)
    op.create_index("ix_unit_parent", "unit", ["parent"])
    # SQLite keeps a row's columns in order and reads past ``doc``, which is long, for each one behind it.
    with op.batch_alter_table("cases", recreate="always" if sqlite else "never") as cases:
        for column in CASES:
            cases.add_column(column, insert_before="doc" if sqlite else None)
    for name, indexed, which in INDEXES:
        # A truth is a number on SQLite, and only a condition in these words uses the index there.
        said = which if sqlite else which.removesuffix(" = 1").replace("0) IS 1", "false) IS true")
        op.create_index(name, "cases", list(indexed), sqlite_where=text(said), postgresql_where=text(said))
    for statement in SPATIALITE if sqlite else POSTGIS:
        bind.exec_driver_sql(statement)


def downgrade() -> None:
    """Take it back."""
    bind = op.get_bind()
    sqlite = bind.dialect.name == "sqlite"
    for statement in SPATIALITE_DROP if sqlite else POSTGIS_DROP:
        bind.exec_driver_sql(statement)
    for name, _, _ in INDEXES:
        op.drop_index(name, "cases")
    with op.batch_alter_table("cases") as cases:
        for column in CASES:
            cases.drop_column(column.name)
    op.drop_index("ix_unit_parent", "unit")
    for name, columns in ADDED.items():
        for column in columns:
            op.drop_column(name, column.name)
    for table in reversed(NEW):
        table.drop(bind)
