"""What the dispatch panel reads in the background: suggestions with reasons, loads, and what a dispatch would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation.panels.common.answer import RequestEffect, read_request
from workstation.panels.common.view import load_view
from workstation.panels.common.ways import SuggestedView
from workstation.services.centre.units import UnitInfo, UnitLoad
from workstation.services.recommending.recommending import Recommendation
from workstation.services.services import Services
from workstation.workflow.event import Actor, Refusal


@dataclass(frozen=True)
class DispatchView(SuggestedView):
    """A case for the dispatcher: who is suggested and why, and the request that waits for an answer."""

    request: RequestEffect | None


def read_dispatch(services: Services, case_id: str, actor: Actor) -> DispatchView:
    """The case with suggestions, where it waits for a unit, and with its open request."""
    base = load_view(services, case_id, actor)
    recommendation = Recommendation((), "")
    if base.allowed & {"dispatch", "coordinate", "first_response", "settle"}:
        recommendation = services.recommending.recommend(base.case, actor)
    return DispatchView(base, recommendation, read_request(services, base, actor))


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


def dispatch_effect(
    services: Services, case_id: str, data: dict[str, object], actor: Actor
) -> DispatchEffect:
    """Ask; nothing is written."""
    preview = services.cases.preview("dispatch", [case_id], data, actor)[0]
    return DispatchEffect(str(data["unit"]), preview.refusal, preview.due_at)
