"""Which cases a list shows, and in what order: plain data that panels build and keep."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ..workflow.case import State

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

    ``unit`` is the lead unit, with ``cooperating`` also a cooperating one. ``pending`` is a kind of request or "any".
    ``found``: whether the collector who was sent has said what is there. ``since`` (inclusive) and ``until``
    (exclusive) bound the instant named by ``period``: reported_at, registered_at, filed_at, dispatched_at, fed_back_at,
    closed_at, changed_at. ``class_code`` is a prefix. ``light``: green, yellow, red. ``ids`` limits the list to these
    cases. ``within``: whatever else is asked, only cases that this unit leads or cooperates in. ``text``: each word occurs in code, address, description or class name. ``sort``: deadline (the first due
    first), changed (the newest first), code (the newest first).
    """

    states: Collection[State] = ()
    open: bool | None = None
    unit: str = ""
    cooperating: bool = False
    text: str = ""
    pending: str = ""
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
    suspended: bool | None = None
    disposed_in_time: bool | None = None
    closed_in_time: bool | None = None
    period: str = "registered_at"
    since: datetime | None = None
    until: datetime | None = None
    ids: Collection[str] | None = None
    within: str | None = None
    any_of: tuple[CaseFilter, ...] = ()
    sort: str = "deadline"
