"""The third schema: accounts and sessions, personal data apart, what was refused, presence, daily seals.

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

from workstation.store.migrations.triggers_0003 import POSTGIS, POSTGIS_DROP, SPATIALITE, SPATIALITE_DROP

revision = "0003"
down_revision = "0002"
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

# The table of the first schema that a new one refers to: only so that the foreign key finds its column.
_person = Table("person", metadata, Column("id", String, primary_key=True))

account = Table(
    "account",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("role", String, nullable=False, server_default=""),
    Column("salt", String, nullable=False),
    Column("verifier", String, nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("locked_until", String),
    Column("must_change", Boolean, nullable=False, server_default=false()),
    Column("password_at", String, nullable=False),
    Column("expires_at", String),
    Column("active", Boolean, nullable=False),
    Column("opened_by", String, nullable=False),
    Column("opened_at", String, nullable=False),
)
Index(
    "uq_account_role",
    account.c.role,
    unique=True,
    sqlite_where=text("role <> ''"),
    postgresql_where=text("role <> ''"),
)

account_event = Table(
    "account_event",
    metadata,
    Column("id", _BigId, primary_key=True, autoincrement=True),
    Column("person_id", String, nullable=False, index=True),
    Column("at", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("by", String, nullable=False),
    Column("seat", String, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)

seat_session = Table(
    "seat_session",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", String, nullable=False, index=True),
    Column("seat", String, nullable=False),
    Column("at", String, nullable=False, index=True),
    Column("seen_at", String, nullable=False),
    Column("valid_until", String, nullable=False),
    Column("ended_at", String),
    Column("ended_by", String, nullable=False, server_default=""),
    Column("ended_why", String, nullable=False, server_default=""),
)

personal = Table(
    "personal",
    metadata,
    Column("case_id", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("key_id", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column("keep_until", String, nullable=False, index=True),
    Column("erased_at", String),
)

personal_look = Table(
    "personal_look",
    metadata,
    Column("id", String, primary_key=True),
    Column("case_id", String, nullable=False, index=True),
    Column("person_id", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("post", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("fields", String, nullable=False),
    Column("at", String, nullable=False, index=True),
    Column("xact", String, nullable=False, server_default=""),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", _BigId, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False, index=True),
    Column("person_id", String, nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("post", String, nullable=False),
    Column("what", String, nullable=False),
    Column("code", String, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)

presence = Table(
    "presence",
    metadata,
    Column("seat", String, primary_key=True),
    Column("person_id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("post", String, nullable=False),
    Column("case_id", String, nullable=False, index=True),
    Column("doing", String, nullable=False),
    Column("at", String, nullable=False),
)

post_right = Table(
    "post_right",
    metadata,
    Column("edition", String, primary_key=True),
    Column("post", String, primary_key=True),
    Column("what", String, primary_key=True),
    sqlite_with_rowid=False,
)

seal = Table(
    "seal",
    metadata,
    Column("day", String, primary_key=True),
    Column("first_log", _BigId, nullable=False),
    Column("last_log", _BigId, nullable=False),
    Column("events", Integer, nullable=False),
    Column("root", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("key_id", String, nullable=False),
    Column("signature", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column("others", Text, nullable=False, server_default="{}"),
)

seal_part = Table(
    "seal_part",
    metadata,
    Column("day", String, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("last_log", _BigId, nullable=False),
    Column("root", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

seal_key = Table(
    "seal_key",
    metadata,
    Column("key_id", String, primary_key=True),
    Column("public", String, nullable=False),
    Column("since", String, nullable=False),
    Column("until", String),
    Column("note", Text, nullable=False),
    Column("signed_by", String, nullable=False, server_default=""),
    Column("signature", String, nullable=False, server_default=""),
)

NEW = (
    *(account, account_event, seat_session, personal, personal_look),
    *(attempt, presence, post_right, seal, seal_part, seal_key),
)


def upgrade() -> None:
    """Add the tables and their triggers; what is there stays."""
    bind = op.get_bind()
    for table in NEW:
        table.create(bind)
    for statement in SPATIALITE if bind.dialect.name == "sqlite" else POSTGIS:
        bind.exec_driver_sql(statement)


def downgrade() -> None:
    """Take them back."""
    bind = op.get_bind()
    for statement in SPATIALITE_DROP if bind.dialect.name == "sqlite" else POSTGIS_DROP:
        bind.exec_driver_sql(statement)
    for table in reversed(NEW):
        table.drop(bind)
