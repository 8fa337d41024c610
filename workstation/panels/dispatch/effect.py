"""What the dispatch panel reads in the background: suggestions with reasons, and what an answer does to the clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from workstation.panels.common.view import CaseView, load_view
from workstation.services.services import Services
from workstation.services.units import Suggestion, UnitInfo, UnitLoad
from workstation.workflow.case import Case, ClockRun, Request
from workstation.workflow.clock import refreshed
from workstation.workflow.event import Actor, Refusal, parse_instant
from workstation.workflow.guards import answerable


@dataclass(frozen=True)
class RequestEffect:
    """What granting a request would do: refused, or the disposal deadline before and after.

    ``due_after`` None with ``until`` set: the clock is paused until then. ``refuse_refusal``: why it cannot be refused.
    """

    request: Request
    may_grant: bool
    may_refuse: bool
    grant_refusal: Refusal | None
    due_before: datetime | None
    due_after: datetime | None
    until: datetime | None = None


@dataclass(frozen=True)
class DispatchView:
    """A case for the dispatcher: who is suggested and why, and the request that waits for an answer."""

    base: CaseView
    suggestions: tuple[Suggestion, ...]
    request: RequestEffect | None

    @property
    def case(self) -> Case:
        """The case."""
        return self.base.case

    @property
    def handbook(self) -> object:
        """The edition the case lives under."""
        return self.base.handbook

    @property
    def allowed(self) -> frozenset[str]:
        """What the post may do."""
        return self.base.allowed


def read_dispatch(services: Services, case_id: str, actor: Actor) -> DispatchView:
    """The case with suggestions, where it waits for a unit, and with its open request."""
    base = load_view(services, case_id, actor)
    suggestions: tuple[Suggestion, ...] = ()
    if "dispatch" in base.allowed:
        suggestions = tuple(services.units.suggest(base.case))
    return DispatchView(base, suggestions, _request(services, base, actor))


def _request(services: Services, base: CaseView, actor: Actor) -> RequestEffect | None:
    case = base.case
    mine = answerable(case, actor.post, base.handbook)
    request = mine[-1] if mine else case.pending()
    if request is None:
        return None
    name = f"grant_{request.kind}"
    refusal = services.cases.preview(name, [case.id], {"request_id": request.id}, actor)[0].refusal
    clock = case.clock("dispose")
    before = clock.due_at if clock is not None else None
    after, until = before, None
    if clock is not None and request.kind == "extension":
        after = extended_due(services, clock, float(request.data.get("amount", clock.amount)))
    elif request.kind in ("return", "void"):
        after = None
    elif request.kind == "suspension":
        after, until = None, parse_instant(str(request.data["until"]))
    return RequestEffect(
        request, request in mine, "refuse_request" in base.allowed and request in mine, refusal, before, after, until
    )


def extended_due(services: Services, clock: ClockRun, amount: float) -> datetime | None:
    """The deadline of a running clock with ``amount`` of its unit added; None while it is paused."""
    return refreshed(replace(clock, extended=clock.extended + amount), services.calendar).due_at


@dataclass(frozen=True)
class UnitState:
    """The units and what each has in hand."""

    units: tuple[UnitInfo, ...]
    loads: dict[str, UnitLoad]


def read_units(services: Services) -> UnitState:
    """All units with their loads."""
    return UnitState(tuple(services.units.all()), services.units.loads())


@dataclass(frozen=True)
class DispatchEffect:
    """What dispatching to a unit would do to the case shown."""

    unit: str
    refusal: Refusal | None
    due_at: datetime | None


def dispatch_effect(services: Services, case_id: str, data: dict[str, object], actor: Actor) -> DispatchEffect:
    """Ask; nothing is written."""
    preview = services.cases.preview("dispatch", [case_id], data, actor)[0]
    return DispatchEffect(str(data["unit"]), preview.refusal, preview.due_at)
