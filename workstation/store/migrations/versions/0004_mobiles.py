"""The fourth schema: who is out in the city and which way they came, and what is found by name.

As at every revision the tables are written out as they were; ``store/tables`` goes on changing, this does not.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

revision = "0004"
down_revision = "0003"
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

mobile = Table(
    "mobile",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("unit_code", String, nullable=False, index=True),
    Column("person_id", String, nullable=False, server_default=""),
    Column("plate", String, nullable=False, server_default=""),
    Column("active", Boolean, nullable=False),
)

mobile_place = Table(
    "mobile_place",
    metadata,
    Column("mobile_id", ForeignKey("mobile.id"), primary_key=True),
    Column("at", String, nullable=False),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Column("speed_kmh", Float),
    Column("heading", Float),
    Column("doing", String, nullable=False, server_default=""),
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

find_entry = Table(
    "find_entry",
    metadata,
    Column("id", _BigId, primary_key=True),
    Column("kind", String, nullable=False),
    Column("ref", String, nullable=False),
    Column("name", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("pinyin", String, nullable=False),
    Column("initials", String, nullable=False),
    Column("lon", Float),
    Column("lat", Float),
    UniqueConstraint("kind", "ref"),
)

NEW = (mobile, mobile_place, track_point, find_entry)


def upgrade() -> None:
    """Add the tables; what is there stays."""
    bind = op.get_bind()
    for table in NEW:
        table.create(bind)


def downgrade() -> None:
    """Take them back."""
    bind = op.get_bind()
    for table in reversed(NEW):
        table.drop(bind)
