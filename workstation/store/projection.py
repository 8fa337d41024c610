"""The row of ``cases`` that a case makes: written with each event, and computed again by the audit.

``street`` is not in the case: it is what the grid table says of the case's grid when the row is written.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..workflow.case import Case, ClockRun, State
from ..workflow.event import canonical_json, format_instant
from ..workflow.facts import in_time
from .columns import CASE_COLUMNS

NO_DEADLINE = "9999"
"""``due_key`` of a case without a running deadline: sorts after every instant."""

COLUMNS = CASE_COLUMNS
LOOKED_UP = "street"


def stage_clock(case: Case) -> ClockRun | None:
    """The running clock that falls due first; of clocks that all stand still, the latest; None without any."""
    running = case.running()
    ticking = [clock for clock in running if clock.due_at is not None]
    if ticking:
        return min(ticking, key=lambda clock: clock.due_at or clock.started_at)
    return running[-1] if running else None


def collector(case: Case) -> str:
    """Who is expected on the spot now: to check before filing or to verify after disposal; "" for nobody."""
    if case.state is State.CHECKING:
        return case.check_to
    if case.state is State.VERIFYING and case.verifications and not case.verifications[-1].result:
        return case.verifications[-1].to
    return ""


def inner_state(case: Case) -> str:
    """How far the unit is that a district re-dispatched the case to: sent, received, fed_back; "" without one."""
    if case.inner is None:
        return ""
    if case.inner.fed_back_at is not None:
        return "fed_back"
    return "sent" if case.inner.received_at is None else "received"


def row(case: Case, last_hash: str, changed_at: datetime, doc: str | None = None) -> dict[str, Any]:
    """The columns of ``cases`` without ``street``. ``changed_at`` is the instant of the last event.

    ``doc`` is the case's text where it has been made already.
    """
    clock = stage_clock(case)
    due = _text(clock.due_at) if clock else None
    dispose = case.clock("dispose")
    pending = case.pending()
    disposed_in_time, closed_in_time = in_time(case)
    coordination = case.coordinating
    return {
        "id": case.id,
        "seq": case.seq,
        "last_hash": last_hash,
        "code": case.code,
        "state": case.state.value,
        "open": case.open,
        "kind": case.kind,
        "class_edition": case.class_edition,
        "class_code": case.class_code,
        "class_name": case.class_name,
        "source": case.source,
        "address": case.address,
        "description": case.description,
        "grid": case.grid,
        "unit": case.lead.unit if case.lead else "",
        "component": case.component,
        "collector": collector(case),
        "lon": case.lon,
        "lat": case.lat,
        "emergency": case.emergency,
        "key_case": case.key_case,
        "pending": pending.kind if pending else "",
        "suspended": case.suspended,
        "reported_at": _text(case.reported_at),
        "registered_at": _text(case.registered_at),
        "filed_at": _text(case.filed_at),
        "dispatched_at": _text(case.dispatched_at),
        "fed_back_at": _text(case.fed_back_at),
        "closed_at": _text(case.closed_at),
        "changed_at": format_instant(changed_at),
        "clock": clock.name if clock else "",
        "clock_yellow_at": _text(clock.yellow_at) if clock else None,
        "clock_due_at": due,
        "due_key": due or NO_DEADLINE,
        "dispose_due_at": _text(dispose.due_at) if dispose else None,
        "disposed_in_time": disposed_in_time,
        "closed_in_time": closed_in_time,
        "rework": case.rework,
        "parent": case.parent,
        "inner_unit": case.inner.unit if case.inner else "",
        "inner_state": inner_state(case),
        "coordinating": coordination is not None,
        "body": coordination.body if coordination else "",
        "way": case.way,
        "settled_unit": case.settled_unit,
        "directed": case.directed,
        "endorsed": pending is not None and pending.endorsed_at is not None,
        "approved": case.lead is not None and case.lead.approved_at is not None,
        "upstream_code": case.upstream_code,
        "to_report_up": bool(case.upstream_code) and not case.open and case.reported_up_at is None,
        "doc": doc if doc is not None else canonical_json(case.to_doc()),
    }


def _text(at: datetime | None) -> str | None:
    return None if at is None else format_instant(at)
