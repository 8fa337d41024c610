"""The sixth schema: which cases there were at an instant is read off two indexes; roads of a kind are found by one."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both ends of a case's time and its id lie in each of the two indexes, so that no row of other years is touched."""
    op.create_index("ix_cases_reported_at", "cases", ["reported_at", "closed_at", "id"])
    op.drop_index("ix_cases_closed_at", table_name="cases")
    op.create_index("ix_cases_closed_at", "cases", ["closed_at", "state", "reported_at", "id"])
    op.create_index("ix_road_kind", "road", ["kind"])


def downgrade() -> None:
    """As the first schema had them."""
    op.drop_index("ix_road_kind", table_name="road")
    op.drop_index("ix_cases_closed_at", table_name="cases")
    op.create_index("ix_cases_closed_at", "cases", ["closed_at", "state"])
    op.drop_index("ix_cases_reported_at", table_name="cases")
