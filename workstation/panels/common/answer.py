"""An application that waits for an answer and what agreeing to it would do, read in the background."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from workstation.services.services import Services
from workstation.workflow.case import Case, ClockRun, Request
from workstation.workflow.clock import refreshed
from workstation.workflow.event import Actor, Refusal, parse_instant
from workstation.workflow.guards import answerable
from workstation.workflow.handbook import Handbook

from .view import CaseView


@dataclass(frozen=True)
class RequestEffect:
    """What granting a request would do: refused, or the disposal deadline before and after.

    ``due_after`` None with ``until`` set: the clock is paused until then. ``endorsement``: "" where none is needed,
    wanted (the unit's head has not agreed yet) or given. ``may_endorse``: whether that is the actor's to do.
    ``article`` is what the agreement rests on.
    """

    request: Request
    may_grant: bool
    may_refuse: bool
    grant_refusal: Refusal | None
    due_before: datetime | None
    due_after: datetime | None
    until: datetime | None = None
    may_endorse: bool = False
    endorsement: str = ""
    article: str = ""

    @property
    def binding_possible(self) -> bool:
        """Whether refusing may settle whose case it is for good: the centre's, not the unit's own head's, to say."""
        return self.request.kind == "return" and self.may_refuse and not self.may_endorse


def endorsement(request: Request, handbook: Handbook) -> str:
    """Whether the unit's own head must agree before the request goes on: "", wanted or given."""
    if request.endorsed_at is not None:
        return "given"
    return "wanted" if request.kind in handbook.rules.endorsed else ""


def waiting_request(case: Case, actor: Actor, handbook: Handbook) -> Request | None:
    """The application that waits for an answer, the actor's own to answer first."""
    mine = answerable(case, actor.post, handbook)
    return mine[-1] if mine else case.pending()


def read_request(services: Services, base: CaseView, actor: Actor) -> RequestEffect | None:
    """The application that waits for an answer, the actor's own to answer first; None where there is none."""
    case, handbook = base.case, base.handbook
    mine = answerable(case, actor.post, handbook)
    request = waiting_request(case, actor, handbook)
    if request is None:
        return None
    name = f"grant_{request.kind}"
    arrow = handbook.arrow(name)
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
    state = endorsement(request, handbook)
    may_endorse = state == "wanted" and base.may("endorse_request")
    if may_endorse:
        data = {"request_id": request.id}
        refusal = services.cases.preview("endorse_request", [case.id], data, actor)[0].refusal
    may_refuse = base.may("refuse_request") and (request in mine or may_endorse)
    return RequestEffect(
        request,
        request in mine and not may_endorse and name in base.allowed,
        may_refuse,
        refusal,
        before,
        after,
        until,
        may_endorse,
        state,
        arrow.article if arrow is not None else "",
    )


def extended_due(services: Services, clock: ClockRun, amount: float) -> datetime | None:
    """The deadline of a running clock with ``amount`` of its unit added; None while it is paused."""
    return refreshed(replace(clock, extended=clock.extended + amount), services.calendar).due_at
