"""Computing the projection again from the log, where this program makes more (or something else) of old events."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from ..workflow.apply import apply
from ..workflow.case import Case
from . import audit, projection
from .log import StoredEvent
from .tables import case_unit, cases


def rebuild(conn: Connection) -> int:
    """Write again what of a case's row is not what its events make; how many cases that were.

    The log must be sound: :func:`workstation.store.audit.verify_log` says whether it is. A case that cannot be replayed
    is left as it is, for the audit to name.
    """
    count = 0
    for case_id, events in audit.logs(conn):
        case = _replayed(events)
        if case is None:
            continue
        wanted = projection.row(case, events[-1].hash, events[-1].event.at)
        row = conn.execute(select(cases).where(cases.c.id == case_id)).mappings().first()
        if row is None:
            continue
        changed = {name: value for name, value in wanted.items() if row[name] != value}
        if changed:
            conn.execute(update(cases).where(cases.c.id == case_id).values(changed))
            conn.execute(delete(case_unit).where(case_unit.c.case_id == case_id))
            units = sorted({order.unit for order in case.cooperating})
            if units:
                conn.execute(insert(case_unit), [{"case_id": case_id, "unit": unit} for unit in units])
            count += 1
    return count


def _replayed(events: list[StoredEvent]) -> Case | None:
    case: Case | None = None
    for stored in events:
        try:
            case = apply(case, stored.event)
        except audit.CANNOT_REPLAY:
            return None
    return case
