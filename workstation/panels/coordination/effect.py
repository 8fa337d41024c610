"""What the coordination panel reads in the background: the parties with their loads and what they said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation.panels.common.view import load_view
from workstation.panels.common.ways import SuggestedView
from workstation.services.centre.units import UnitInfo, UnitLoad
from workstation.services.services import Services
from workstation.workflow.case import Case
from workstation.workflow.event import Actor
from workstation.workflow.guards_around import next_body


@dataclass(frozen=True)
class Party:
    """A unit of a dispute: what it has in hand, and why it gave the case back, where it did.

    ``answer``: what became of that return. ``role``: lead (has the case now), suggested (by another unit), or "".
    """

    unit: str
    name: str
    load: UnitLoad
    role: str
    reason: str
    asked_at: datetime | None
    answer: str


@dataclass(frozen=True)
class CoordinationView(SuggestedView):
    """A case whose responsibility is being settled. ``next_body``: where it would go next, "" where nowhere."""

    parties: tuple[Party, ...]
    units: tuple[UnitInfo, ...]
    next_body: str


def read_coordination(services: Services, case_id: str, actor: Actor) -> CoordinationView:
    """The case with its parties, all units, and who speaks for itself."""
    base = load_view(services, case_id, actor)
    units = tuple(services.units.all())
    recommendation = services.recommending.recommend(base.case, actor)
    return CoordinationView(
        base,
        recommendation,
        tuple(_parties(base.case, services.units.loads(), {unit.code: unit.name for unit in units})),
        units,
        next_body(base.case, base.handbook),
    )


def _parties(case: Case, loads: dict[str, UnitLoad], names: dict[str, str]) -> list[Party]:
    """Whom the coordination names, then whoever gave the case back or was suggested instead."""
    codes: dict[str, None] = {}
    for item in case.coordinations[-1:]:
        codes.update(dict.fromkeys(item.units))
    returns = [request for request in case.requests if request.kind == "return"]
    suggested = {str(request.data.get("suggested_unit", "")) for request in returns} - {""}
    codes.update(dict.fromkeys(request.unit for request in returns))
    codes.update(dict.fromkeys(sorted(suggested)))
    if case.lead is not None:
        codes.setdefault(case.lead.unit)
    out = []
    for code in codes:
        told = next((request for request in reversed(returns) if request.unit == code), None)
        role = "lead" if case.lead is not None and case.lead.unit == code else ""
        if not role and code in suggested:
            role = "suggested"
        out.append(
            Party(
                code,
                names.get(code, code),
                loads.get(code, UnitLoad()),
                role,
                told.reason if told is not None else "",
                told.asked_at if told is not None else None,
                told.answer if told is not None else "",
            )
        )
    return out
