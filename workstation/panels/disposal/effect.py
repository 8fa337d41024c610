"""What the disposal panel reads in the background: the case, why it came again, and what an application would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workstation.panels.common.answer import RequestEffect, read_request
from workstation.panels.common.units_inside import units_inside
from workstation.panels.common.view import StageView, load_view
from workstation.services.centre.units import UnitInfo, UnitLoad
from workstation.services.recommending.recommending import Recommendation
from workstation.services.services import Services
from workstation.workflow.case import Case, Order, Request
from workstation.workflow.clock import deadline, refreshed
from workstation.workflow.event import Actor, Refusal


@dataclass(frozen=True)
class Inside:
    """To whom a district may pass the case on: the units below it, what each has in hand, and who is suggested."""

    units: tuple[UnitInfo, ...]
    loads: dict[str, UnitLoad]
    recommendation: Recommendation


@dataclass(frozen=True)
class DisposalView(StageView):
    """A case for a unit. ``again``: why it must be disposed of again; ``verdict``: what the verifier found last time.

    ``request`` is the application that waits for an answer, ``inside`` where the unit passes cases on.
    """

    unit: str
    again: str
    verdict: str
    request: RequestEffect | None = None
    inside: Inside | None = None

    @property
    def leads(self) -> bool:
        """Whether the unit is the lead, not a cooperating one."""
        return self.case.lead is not None and self.case.lead.unit == self.unit

    @property
    def own_request(self) -> Request | None:
        """The unit's application that nobody has answered; what the centre proposes is not its own."""
        mine = [request for request in self.case.requests if request.unit == self.unit]
        return next((request for request in reversed(mine) if not request.answer), None)

    @property
    def inner(self) -> Order | None:
        """The order that the unit has from its district, None where it has none."""
        order = self.case.inner
        return order if order is not None and order.unit == self.unit else None


def read_disposal(services: Services, case_id: str, actor: Actor) -> DisposalView:
    """The case as its unit needs to see it."""
    base = load_view(services, case_id, actor)
    case = base.case
    again, verdict = "", ""
    if case.rework:
        for stored in services.cases.history(case_id):
            if stored.event.kind == "dispose_again":
                again = str(stored.event.data.get("reason", ""))
            elif stored.event.kind == "verified":
                verdict = str(stored.event.data.get("note", ""))
    inside = None
    if base.may("dispatch_inside"):
        inside = read_inside(services, case, actor)
    return DisposalView(base, actor.unit, again, verdict, read_request(services, base, actor), inside)


def read_inside(services: Services, case: Case, actor: Actor) -> Inside:
    """The units below the actor's, with loads and those among them that something speaks for."""
    units = units_inside(services.units.all(), actor.unit)
    suggested = services.recommending.recommend(case, actor, inside=actor.unit)
    return Inside(tuple(units), services.units.loads(), suggested)


@dataclass(frozen=True)
class AskEffect:
    """What an application would do: refused at once, or the deadline now and, were it granted, afterwards.

    ``endorser``: the post that must agree before it goes on, "" where none must. ``article``: what it rests on.
    """

    refusal: Refusal | None
    due_now: datetime | None
    due_then: datetime | None
    return_until: datetime | None
    endorser: str = ""
    article: str = ""


def ask_effect(services: Services, case: Case, name: str, data: Mapping[str, Any], actor: Actor) -> AskEffect:
    """Ask what the application would do. Writes nothing."""
    preview = services.cases.preview(name, [case.id], data, actor)[0]
    handbook = services.handbook_of(case)
    clock = case.clock("dispose")
    now_due = clock.due_at if clock is not None else None
    then = None
    if name == "ask_extension" and clock is not None and now_due is not None:
        longer = replace(clock, extended=clock.extended + float(data["amount"]))
        then = refreshed(longer, services.calendar).due_at
    until = None
    if name == "ask_return" and case.lead is not None:
        rules = handbook.rules
        until = deadline(case.lead.dispatched_at, rules.return_amount, rules.return_unit, services.calendar)
    arrow = handbook.arrow(name)
    asked = preview.after.pending() if preview.after is not None else None
    wanted = asked is not None and asked.kind in handbook.rules.endorsed and asked.endorsed_at is None
    return AskEffect(
        preview.refusal,
        now_due,
        then,
        until,
        handbook.rules.endorser if wanted else "",
        arrow.article if arrow is not None else "",
    )


def read_units(services: Services) -> list[UnitInfo]:
    """The units that may be suggested."""
    return services.units.all()
