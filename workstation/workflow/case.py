"""The case (案卷): its states, its parts, and its plain-data form.

A case is what its events make of it (:func:`workstation.workflow.apply.apply`). Requests that a unit makes and
somebody else grants (return, extension, suspension, void) are parts of the case, never states.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from .event import format_instant, parse_instant
from .plain import from_plain, to_plain


class State(StrEnum):
    """Where a case stands. ``check`` is before filing (核实), ``verify`` after disposal (核查)."""

    REPORTED = "reported"
    REGISTERED = "registered"
    CHECKING = "checking"
    CHECKED = "checked"
    FILED = "filed"
    DISPATCHED = "dispatched"
    RECEIVED = "received"
    WORKING = "working"
    FED_BACK = "fed_back"
    VERIFYING = "verifying"
    CLOSED = "closed"
    CLOSED_UNQUALIFIED = "closed_unqualified"
    REJECTED = "rejected"
    VOID = "void"
    TRANSFERRED = "transferred"
    MERGED = "merged"


class Stage(StrEnum):
    """The seven stages of the loop (TJA-2-LOOP)."""

    COLLECT = "collect"
    BUILD = "build"
    DISPATCH = "dispatch"
    DISPOSE = "dispose"
    FEED_BACK = "feed_back"
    VERIFY = "verify"
    EVALUATE = "evaluate"


STAGE_OF: dict[State, Stage] = {
    State.REPORTED: Stage.COLLECT,
    State.REGISTERED: Stage.BUILD,
    State.CHECKING: Stage.BUILD,
    State.CHECKED: Stage.BUILD,
    State.FILED: Stage.DISPATCH,
    State.DISPATCHED: Stage.DISPOSE,
    State.RECEIVED: Stage.DISPOSE,
    State.WORKING: Stage.DISPOSE,
    State.FED_BACK: Stage.FEED_BACK,
    State.VERIFYING: Stage.VERIFY,
    State.CLOSED: Stage.EVALUATE,
    State.CLOSED_UNQUALIFIED: Stage.EVALUATE,
    State.REJECTED: Stage.EVALUATE,
    State.VOID: Stage.EVALUATE,
    State.TRANSFERRED: Stage.EVALUATE,
    State.MERGED: Stage.EVALUATE,
}


class Record:
    """A part of a case that events change often. Immutable; a changed copy costs a tenth of ``dataclasses.replace``."""

    def changed(self, changes: dict[str, Any]) -> Self:
        """The same with these fields instead."""
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.__dict__.update(changes)
        return new


TERMINAL = frozenset(s for s, stage in STAGE_OF.items() if stage is Stage.EVALUATE)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph in the case's file, by the SHA-256 of its bytes. ``role``: before, after, check, verify, other."""

    sha256: str
    role: str
    name: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Order:
    """One unit's part in the disposal: the lead (``role`` lead) or a cooperating unit (``role`` cooperating)."""

    unit: str
    role: str
    dispatched_at: datetime
    received_at: datetime | None = None
    fed_back_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What a unit asks for and somebody else grants. ``kind``: return, extension, suspension, void.

    ``data`` holds what was asked (suggested unit, amount, until when), ``answer`` is "", granted, refused, withdrawn,
    or lapsed (the case moved on before anybody answered).
    """

    id: str
    kind: str
    asked_at: datetime
    by: str
    unit: str
    reason: str
    data: dict[str, Any]
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    answer_reason: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """An interval that does not count, and why. ``end`` None: it lasts still."""

    start: datetime
    end: datetime | None
    reason: str
    by: str


@dataclass(frozen=True)
class ClockRun(Record):
    """One run of one clock: accept, check, file, dispatch, receive, dispose, verify, close (or a milestone's).

    ``amount`` and ``unit`` are the limit as told (unit: urgent_hours, urgent_days, work_hours, work_days,
    natural_hours, natural_days); ``extended`` is the sum of granted extensions in the same unit. ``due_at`` and
    ``yellow_at`` are None while the clock is paused. ``article`` is what the limit rests on. ``holder`` is the unit or
    person who has to act, ``stopped_with`` the arrow that stopped it and ``stopped_by`` the person who took that arrow.
    """

    name: str
    started_at: datetime
    amount: float
    unit: str
    due_at: datetime | None
    yellow_at: datetime | None
    stopped_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    extended: float = 0.0
    article: str = ""
    provisional: bool = False
    holder: str = ""
    stopped_with: str = ""
    stopped_by: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found on the spot after a disposal."""

    sent_at: datetime
    to: str = ""
    result: str = ""
    found_at: datetime | None = None
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Case(Record):
    """A case as its events have made it so far. Coordinates are EPSG:4490 degrees; instants aware UTC."""

    id: str
    seq: int
    state: State
    code: str = ""
    handbook: str = ""
    kind: str = ""
    class_edition: str = ""
    class_code: str = ""
    class_name: str = ""
    condition: str = ""
    closing_standard: str = ""
    source: str = ""
    reporter: str = ""
    reporter_phone: str = ""
    description: str = ""
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    grid: str = ""
    area_class: str = ""
    component: str = ""
    emergency: bool = False
    key_case: bool = False
    limit: float = 0.0
    limit_unit: str = ""
    reported_at: datetime | None = None
    registered_at: datetime | None = None
    filed_at: datetime | None = None
    dispatched_at: datetime | None = None
    fed_back_at: datetime | None = None
    closed_at: datetime | None = None
    changed_at: datetime | None = None
    reported_by: str = ""
    registered_by: str = ""
    filed_by: str = ""
    filed_unit: str = ""
    dispatched_by: str = ""
    closed_by: str = ""
    check_to: str = ""
    check_result: str = ""
    lead: Order | None = None
    cooperating: tuple[Order, ...] = ()
    requirement: str = ""
    requests: tuple[Request, ...] = ()
    photos: tuple[Photo, ...] = ()
    clocks: tuple[ClockRun, ...] = ()
    milestones: tuple[tuple[str, datetime], ...] = ()
    verifications: tuple[Verification, ...] = ()
    rework: int = 0
    returns: int = 0
    overdue_counted: bool = False
    no_return: bool = False
    parent: str = ""
    merged_into: str = ""
    transferred_to: str = ""
    urged: int = 0
    outcome_reason: str = ""

    @property
    def stage(self) -> Stage:
        """The stage of the loop that the state belongs to."""
        return STAGE_OF[self.state]

    @property
    def open(self) -> bool:
        """Whether anything can still happen to the case."""
        return self.state not in TERMINAL

    @property
    def suspended(self) -> bool:
        """Whether the running disposal clock is paused by a granted suspension (挂账)."""
        clock = self.clock("dispose")
        return clock is not None and clock.stopped_at is None and clock.due_at is None

    def clock(self, name: str) -> ClockRun | None:
        """The latest run of the named clock."""
        return next((c for c in reversed(self.clocks) if c.name == name), None)

    def running(self) -> tuple[ClockRun, ...]:
        """The clocks that have started and not stopped."""
        return tuple(c for c in self.clocks if c.stopped_at is None)

    def pending(self, kind: str = "") -> Request | None:
        """The open request (of that kind, or any)."""
        return next(
            (r for r in reversed(self.requests) if not r.answer and (not kind or r.kind == kind)), None
        )

    def to_doc(self) -> dict[str, Any]:
        """The case as plain JSON data: what the projection keeps."""
        return to_plain(self, format_instant)

    @classmethod
    def from_doc(cls, doc: dict[str, Any]) -> Case:
        """The case that :meth:`to_doc` wrote."""
        return from_plain(cls, doc, parse_instant)
