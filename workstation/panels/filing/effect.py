"""What the filing panel reads in the background: a case with what the check found, and what filing it would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workstation.panels.common.answer import RequestEffect, read_request
from workstation.panels.common.view import StageView, load_view
from workstation.services.cases.scope import case_for
from workstation.services.services import Services
from workstation.workflow.case import Case
from workstation.workflow.clock import deadline
from workstation.workflow.event import Actor, Refusal
from workstation.workflow.handbook import Condition
from workstation.workflow.limits import URGENT_OF


@dataclass(frozen=True)
class FilingView(StageView):
    """A case that may be filed. ``found`` is the latest check's event data with who said it; ``back`` why it came back."""

    found_by: str
    found_at: datetime | None
    found_note: str
    request: RequestEffect | None
    back: str
    """The reason given when the case was last sent back to here; "" when it was not."""


def read_filing(services: Services, case_id: str, actor: Actor) -> FilingView:
    """The case, what the check found, and why it came back, from its log."""
    base = load_view(services, case_id, actor)
    found_by, found_at, note, back = "", None, "", ""
    for stored in services.cases.history(case_id):
        event = stored.event
        if event.kind == "checked":
            found_by, found_at, note = event.actor_name, event.at, str(event.data.get("note", ""))
        elif event.kind in ("send_back", "return_to_filing"):
            back = str(event.data.get("reason", ""))
        elif event.kind == "file":
            back = ""
    return FilingView(base, found_by, found_at, note, read_request(services, base, actor), back)


@dataclass(frozen=True)
class FilingEffect:
    """What filing would do: refused, or when it must be dispatched and, were it dispatched now, disposed of."""

    refusal: Refusal | None
    dispatch_due: datetime | None
    amount: float
    unit: str
    dispose_due: datetime


def limit_of(condition: Condition, emergency: bool, area_class: str) -> tuple[float, str]:
    """The condition's limit where the case lies; an emergency's clock ignores working days (MQ-29-EMERGENCY)."""
    unit = URGENT_OF.get(condition.unit, condition.unit) if emergency else condition.unit
    return condition.amount_for(area_class), unit


def filing_effect(services: Services, case: Case, data: Mapping[str, Any], actor: Actor) -> FilingEffect:
    """Ask what filing with this data would do. Writes nothing."""
    handbook = services.handbook_of(case)
    condition = handbook.condition(str(data["condition"]))
    if condition is None:
        raise KeyError(data["condition"])
    emergency = bool(data.get("emergency"))
    amount, unit = limit_of(condition, emergency, case.area_class)
    spec = handbook.clocks.get("dispose")
    start = services.now()
    if emergency and spec is not None and spec.emergency_from_acceptance:
        start = case.registered_at or start
    preview = services.cases.preview("file", [case.id], data, actor)[0]
    return FilingEffect(
        preview.refusal, preview.due_at, amount, unit, deadline(start, amount, unit, services.calendar)
    )


@dataclass(frozen=True)
class BatchItem:
    """One of several cases to be filed together, with the conditions of its class."""

    case: Case
    conditions: tuple[Condition, ...]
    fileable: bool


def read_batch(services: Services, case_ids: Sequence[str], actor: Actor) -> list[BatchItem]:
    """The selected cases as they stand."""
    out = []
    for case_id in case_ids:
        case = case_for(services, case_id, actor)
        handbook = services.handbook_of(case)
        may = any(arrow.name == "file" for arrow in services.cases.allowed(case, actor))
        out.append(BatchItem(case, tuple(handbook.conditions(case.kind, case.class_code)), may))
    return out
