"""The fifth schema: whoever changes a component without changing what is counted waits for nobody who does the same."""

from __future__ import annotations

from alembic import op

from workstation.store.migrations import triggers_0001
from workstation.store.migrations.triggers_0005 import POSTGIS, SPATIALITE

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Other counting triggers; the counts stay."""
    bind = op.get_bind()
    for statement in SPATIALITE if bind.dialect.name == "sqlite" else POSTGIS:
        bind.exec_driver_sql(statement)


def downgrade() -> None:
    """Those of the first schema again."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        for name in ("component_count_out", "component_count_in"):
            bind.exec_driver_sql(f"DROP TRIGGER {name}")
            bind.exec_driver_sql(
                next(s for s in triggers_0001.SPATIALITE if s.startswith(f"CREATE TRIGGER {name} "))
            )
        return
    for statement in triggers_0001.POSTGIS:
        if statement.startswith("CREATE FUNCTION component_count"):
            bind.exec_driver_sql(statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
