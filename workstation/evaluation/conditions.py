"""What each counter counts, twice: as SQL over the projection's columns, and as Python over a case that its log made.

A test holds the two against each other on the same log, so that no figure rests on the projection alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, cast, func, or_
from sqlalchemy.dialects import postgresql

from ..store.tables import cases
from ..workflow.case import Case, State
from ..workflow.event import format_instant
from ..workflow.facts import facts

UNDER_DISPOSAL = (State.DISPATCHED, State.RECEIVED, State.WORKING)
CLOSED = (State.CLOSED, State.CLOSED_UNQUALIFIED)
LEFT_OUT = (State.VOID, State.TRANSFERRED, State.MERGED, State.REJECTED)


def of_row(as_of: datetime, kind: str) -> dict[str, ColumnElement[bool]]:
    """The condition of each counter on a row of ``cases``. ``kind`` is the store's: spatialite or postgis."""
    c = cases.c
    overdue = and_(
        c.state.in_([s.value for s in UNDER_DISPOSAL]),
        c.fed_back_at.is_(None),
        c.dispose_due_at < format_instant(as_of),
    )
    disposed = or_(c.fed_back_at.is_not(None), c.rework > 0)
    return {
        "filed": c.filed_at.is_not(None),
        "should_dispose": or_(c.disposed_in_time.is_not(None), overdue),
        "disposed": disposed,
        "disposed_in_time": c.disposed_in_time.is_(True),
        "overdue": overdue,
        "should_close": and_(or_(disposed, overdue), c.state.not_in([s.value for s in LEFT_OUT])),
        # What a collector put right alone was never anybody's to dispose of.
        "closed": and_(
            c.state.in_([s.value for s in CLOSED]), or_(c.filed_at.is_not(None), c.fed_back_at.is_not(None))
        ),
        "closed_in_time": c.closed_in_time.is_(True),
        "rework": c.rework > 0,
        "returned": _returns(kind) > 0,
    }


def _returns(kind: str) -> ColumnElement[Any]:
    """The number of granted returns, which only the case's document holds; left out of it where there was none."""
    if kind == "postgis":
        held = cast(cases.c.doc, postgresql.JSONB)["returns"].astext.cast(Integer)
    else:
        held = func.json_extract(cases.c.doc, "$.returns")
    return func.coalesce(held, 0)


def of_case(case: Case, as_of: datetime) -> dict[str, bool]:
    """Which counters count this case, which its log has made."""
    known = facts(case)
    clock = case.clock("dispose")
    overdue = (
        case.state in UNDER_DISPOSAL
        and case.fed_back_at is None
        and clock is not None
        and clock.due_at is not None
        and clock.due_at < as_of
    )
    disposed = known.disposed or known.rework > 0
    return {
        "filed": known.filed,
        "should_dispose": known.disposed_in_time is not None or overdue,
        "disposed": disposed,
        "disposed_in_time": known.disposed_in_time is True,
        "overdue": overdue,
        "should_close": (disposed or overdue) and case.state not in LEFT_OUT,
        "closed": known.closed,
        "closed_in_time": known.closed_in_time is True,
        "rework": known.rework > 0,
        "returned": known.returns > 0,
    }
