"""The columns of the tables that every command writes, in the tables' order, for programs that know no SQLAlchemy.

A test holds them to :mod:`workstation.store.tables`.
"""

from __future__ import annotations

# fmt: off
EVENT_COLUMNS = (
    "case_id", "seq", "log_id", "kind", "at", "actor", "actor_name", "post", "unit", "command_id",
    "to_state", "data", "prev_hash", "hash",
)
"""``case_event``."""
CASE_COLUMNS = (
    "id", "seq", "last_hash", "code", "state", "open", "kind", "class_edition", "class_code",
    "class_name", "source", "address", "description", "grid", "street", "unit", "component",
    "collector", "lon", "lat", "emergency", "key_case", "pending", "suspended", "reported_at",
    "registered_at", "filed_at", "dispatched_at", "fed_back_at", "closed_at", "changed_at", "clock",
    "clock_yellow_at", "clock_due_at", "due_key", "dispose_due_at", "disposed_in_time",
    "closed_in_time", "rework", "parent", "inner_unit", "inner_state", "coordinating", "body",
    "way", "settled_unit", "directed", "endorsed", "approved", "upstream_code", "to_report_up",
    "doc",
)
"""``cases``."""
# fmt: on
