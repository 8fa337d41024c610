"""What the disposal panel reads in the background: the case, why it came again, and what an application would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workstation.panels.common.view import StageView, load_view
from workstation.services.services import Services
from workstation.services.units import UnitInfo
from workstation.workflow.case import Case
from workstation.workflow.clock import deadline, refreshed
from workstation.workflow.event import Actor, Refusal


@dataclass(frozen=True)
class DisposalView(StageView):
    """A case for a unit. ``again``: why it must be disposed of again; ``verdict``: what the verifier found last time."""

    unit: str
    again: str
    verdict: str

    @property
    def leads(self) -> bool:
        """Whether the unit is the lead, not a cooperating one."""
        return self.case.lead is not None and self.case.lead.unit == self.unit


def read_disposal(services: Services, case_id: str, actor: Actor) -> DisposalView:
    """The case as its unit needs to see it."""
    base = load_view(services, case_id, actor)
    again, verdict = "", ""
    if base.case.rework:
        for stored in services.cases.history(case_id):
            if stored.event.kind == "dispose_again":
                again = str(stored.event.data.get("reason", ""))
            elif stored.event.kind == "verified":
                verdict = str(stored.event.data.get("note", ""))
    return DisposalView(base, actor.unit, again, verdict)


@dataclass(frozen=True)
class AskEffect:
    """What an application would do: refused at once, or the deadline now and, were it granted, afterwards."""

    refusal: Refusal | None
    due_now: datetime | None
    due_then: datetime | None
    return_until: datetime | None


def ask_effect(services: Services, case: Case, name: str, data: Mapping[str, Any], actor: Actor) -> AskEffect:
    """Ask what the application would do. Writes nothing."""
    refusal = services.cases.preview(name, [case.id], data, actor)[0].refusal
    clock = case.clock("dispose")
    now_due = clock.due_at if clock is not None else None
    then = None
    if name == "ask_extension" and clock is not None and now_due is not None:
        longer = replace(clock, extended=clock.extended + float(data["amount"]))
        then = refreshed(longer, services.calendar).due_at
    until = None
    if name == "ask_return" and case.lead is not None:
        rules = services.handbook_of(case).rules
        until = deadline(case.lead.dispatched_at, rules.return_amount, rules.return_unit, services.calendar)
    return AskEffect(refusal, now_due, then, until)


def read_units(services: Services) -> list[UnitInfo]:
    """The units that may be suggested."""
    return services.units.all()
