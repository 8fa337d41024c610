"""Which cases a list shows, and in what order: plain data that panels build and keep."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ...workflow.case import State
from ..cases.scope import Scope

Key = tuple[str, str]
"""The place of a row in a list: the value it is sorted by, and its id."""

# Sort → (column, newest first).
SORTS: dict[str, tuple[str, bool]] = {
    "deadline": ("due_key", False),
    "changed": ("changed_at", True),
    "code": ("code", True),
}


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Every condition that is set must hold. ``any_of``: besides, at least one of these filters' conditions.

    Whose: ``unit`` leads the case, with ``cooperating`` or cooperates in it; ``cooperator`` cooperates; ``inner_unit``
    was sent it by a district, which is so far in ``inner_states`` ("" without one, sent, received, fed_back);
    ``within`` leads, cooperates or was sent it by a district; ``parent`` is the case that it was split from; ``seen`` is
    what somebody sees at all (set by :meth:`CaseLists.seen_by`).

    What is under way: ``pending`` is a kind of request or "any", ``endorsed`` whether the unit's head agreed to it;
    ``approved``: whether the head approved the case for handling; ``coordinating``: a coordination is open, ``bodies``:
    before one of these; ``directed``: a direction waits for its answer; ``way``: rapid, first or "any"; ``settled``:
    whether a unit was made responsible after a disposal that came first; ``to_report_up``: its result is still to be
    sent to the system that passed it down; ``found``: whether the collector who was sent has said what is there.

    ``since`` (inclusive) and ``until`` (exclusive) bound the instant named by ``period``: reported_at, registered_at,
    filed_at, dispatched_at, fed_back_at, closed_at, changed_at. ``class_code`` is a prefix. ``light``: green, yellow,
    red. ``ids`` limits the list to these cases. ``text``: each word occurs in code, address, description, class name or
    the code of the system that passed the case down. ``sort``: deadline (the first due first), changed (the newest
    first), code (the newest first).
    """

    states: Collection[State] = ()
    open: bool | None = None
    unit: str = ""
    cooperating: bool = False
    cooperator: str = ""
    inner_unit: str = ""
    inner_states: Collection[str] = ()
    parent: str = ""
    text: str = ""
    pending: str = ""
    endorsed: bool | None = None
    approved: bool | None = None
    coordinating: bool | None = None
    bodies: Collection[str] = ()
    directed: bool | None = None
    way: str = ""
    settled: bool | None = None
    to_report_up: bool | None = None
    collector: str = ""
    found: bool | None = None
    sources: Collection[str] = ()
    grid: str = ""
    street: str = ""
    component: str = ""
    kind: str = ""
    class_code: str = ""
    light: str = ""
    emergency: bool | None = None
    key_case: bool | None = None
    suspended: bool | None = None
    disposed_in_time: bool | None = None
    closed_in_time: bool | None = None
    period: str = "registered_at"
    since: datetime | None = None
    until: datetime | None = None
    ids: Collection[str] | None = None
    within: str | None = None
    seen: Scope | None = None
    any_of: tuple[CaseFilter, ...] = ()
    sort: str = "deadline"

    def __post_init__(self) -> None:
        # Equal filters are remembered as one.
        for name in ("states", "inner_states", "bodies", "sources"):
            value = getattr(self, name)
            if not isinstance(value, tuple | frozenset):
                object.__setattr__(self, name, tuple(value))
