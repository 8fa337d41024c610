"""A unit's open application and what agreeing to it would do, read in the background."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from workstation.services.services import Services
from workstation.workflow.case import ClockRun, Request
from workstation.workflow.clock import refreshed
from workstation.workflow.event import Actor, Refusal, parse_instant
from workstation.workflow.guards import answerable

from .view import CaseView


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


def read_request(services: Services, base: CaseView, actor: Actor) -> RequestEffect | None:
    """The application that waits for an answer, the actor's own to answer first; None where there is none."""
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
        request,
        request in mine,
        "refuse_request" in base.allowed and request in mine,
        refusal,
        before,
        after,
        until,
    )


def extended_due(services: Services, clock: ClockRun, amount: float) -> datetime | None:
    """The deadline of a running clock with ``amount`` of its unit added; None while it is paused."""
    return refreshed(replace(clock, extended=clock.extended + amount), services.calendar).due_at
