"""The case (案卷): its states, its parts, and its plain-data form.

A case is what its events make of it (:func:`workstation.workflow.apply.apply`). What is asked and answered on the way
(requests, directions from above, coordinations of a responsibility, a dispatch inside a district) are parts of the
case, never states.
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
    """One unit's part in the disposal. ``role``: lead, cooperating, or inner (whom a district sent inside itself).

    ``approved_at`` and ``approved_by``: the unit's leader approved the case for handling (批办, MQ-22-RECEIVE).
    ``requirement`` is what a district asks of its inner unit; the centre's is the case's.
    """

    unit: str
    role: str
    dispatched_at: datetime
    received_at: datetime | None = None
    fed_back_at: datetime | None = None
    note: str = ""
    approved_at: datetime | None = None
    approved_by: str = ""
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for and somebody else grants. ``kind``: return, extension, suspension, void.

    ``data`` holds what was asked (suggested unit, amount, until when), ``answer`` is "", granted, refused, withdrawn,
    or lapsed (the case moved on before anybody answered). ``endorsed_at``: the unit's own head agreed that it be asked,
    where the handbook wants that first.
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
    endorsed_at: datetime | None = None
    endorsed_by: str = ""


@dataclass(frozen=True, slots=True)
class Direction:
    """A word from above that somebody may answer. ``kind``: urge (催办), supervise (督办) or instruct (批示).

    ``until``: by when an answer is wanted.
    """

    id: str
    kind: str
    at: datetime
    by: str
    note: str
    until: datetime | None = None
    answered_at: datetime | None = None
    answered_by: str = ""
    answer: str = ""

    @property
    def waiting(self) -> bool:
        """Whether an answer is wanted and not given: an urge without a time is only heard."""
        return self.answered_at is None and (self.kind != "urge" or self.until is not None)


@dataclass(frozen=True, slots=True)
class Step:
    """A coordination comes before a body (``body``: a key of the handbook's bodies), and why."""

    body: str
    at: datetime
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Coordination:
    """Finding who is responsible (MQ-26-UNCLEAR, TZ-15-DISPUTE).

    ``cause``: unclear or disputed; ``scope``: inside one district or trade, or across them; ``body`` is the one that it
    lies before now. ``outcome``: "" while open, upheld, assigned, withdrawn, or lapsed (the case went on without it);
    ``unit`` is the one that a decision made responsible.
    """

    id: str
    cause: str
    scope: str
    body: str
    opened_at: datetime
    by: str
    reason: str
    units: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    decided_at: datetime | None = None
    decided_by: str = ""
    unit: str = ""
    decision: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a disposal cost, in yuan, and which budget of the handbook's paid for it."""

    amount: float
    budget: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Pause:
    """An interval that does not count, and why. ``end`` None: it lasts still.

    ``cause`` is a key of the handbook's causes: suspended, coordinating, or the state in which the clock stands still.
    """

    start: datetime
    end: datetime | None
    reason: str
    by: str
    cause: str = "suspended"


@dataclass(frozen=True)
class ClockRun(Record):
    """One run of one clock: accept, check, file, dispatch, receive, dispose, verify, close (or a milestone's).

    ``amount`` and ``unit`` are the limit as told (unit: urgent_hours, urgent_days, work_hours, work_days,
    natural_hours, natural_days); ``extended`` is the sum of granted extensions in the same unit. ``due_at`` and
    ``yellow_at`` are None while the clock is paused. ``article`` is what the limit rests on. ``holder`` is the unit or
    person who has to act, ``stopped_with`` the arrow that stopped it and ``stopped_by`` the person who took that arrow.
    ``yellow_share`` is the share of the limit after which the handbook turns the light yellow.
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
    yellow_share: float = 0.8


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
    """A case as its events have made it so far. Coordinates are EPSG:4490 degrees; instants aware UTC.

    ``way`` is "" for the ordinary dispatch, rapid (the centre's own crew, TZ-16-RAPID) or first (before anybody is
    responsible, MQ-27-FIRST), with its ``plan`` and ``budget``. ``ruled_unit`` was made responsible by a binding
    decision, ``settled_unit`` after a disposal that came first. ``evidence`` is the SHA-256 of the file that went to the
    enforcement body. ``satisfaction`` is what the reporter said when called back.
    """

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
    inner: Order | None = None
    directions: tuple[Direction, ...] = ()
    coordinations: tuple[Coordination, ...] = ()
    costs: tuple[Cost, ...] = ()
    way: str = ""
    plan: str = ""
    budget: str = ""
    ruled_unit: str = ""
    settled_unit: str = ""
    children: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    satisfaction: str = ""
    upstream_code: str = ""
    reported_up_at: datetime | None = None
    evidence: str = ""

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
        if clock is None or clock.stopped_at is not None or clock.due_at is not None:
            return False
        # A clock may also stand still because of the state that the case is in.
        return not clock.pauses or clock.pauses[-1].cause == "suspended"

    @property
    def coordinating(self) -> Coordination | None:
        """The coordination that nobody has decided yet."""
        return next((c for c in reversed(self.coordinations) if not c.outcome), None)

    @property
    def cost(self) -> float:
        """What the disposals have cost so far, in yuan."""
        return sum(c.amount for c in self.costs)

    @property
    def directed(self) -> bool:
        """Whether a direction waits for its answer."""
        return any(d.waiting for d in self.directions)

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
