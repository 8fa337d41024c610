"""What dropping cases on each unit would do: asked while the drag is under way, in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workstation.services.services import Services
from workstation.workflow.event import Actor, Refusal

SUGGESTED = 3
"""So many units are proposed for a case."""


@dataclass(frozen=True)
class DropFacts:
    """One unit as a target for a set of cases. ``due_first`` is the earliest deadline that would result."""

    unit: str
    name: str
    open: int
    overdue: int
    due_today: int
    due_first: datetime | None
    accepted: int
    refusals: tuple[Refusal, ...]
    suggested: int


@dataclass(frozen=True)
class DropAnswer:
    """What is known about a drag: each unit as a target, and who is suggested, best first, with the reasons."""

    facts: dict[str, DropFacts]
    candidates: tuple[tuple[str, tuple[str, ...]], ...]


def drop_facts(services: Services, case_ids: Sequence[str], actor: Actor) -> DropAnswer:
    """For each unit: its load, and what dispatching these cases to it would do. Writes nothing."""
    loads = services.units.loads()
    suggested: dict[str, int] = {}
    scores: dict[str, float] = {}
    reasons: dict[str, dict[str, None]] = {}
    for case_id in case_ids:
        for suggestion in services.units.suggest(services.cases.get(case_id))[:SUGGESTED]:
            suggested[suggestion.unit] = suggested.get(suggestion.unit, 0) + 1
            scores[suggestion.unit] = scores.get(suggestion.unit, 0.0) + suggestion.score
            reasons.setdefault(suggestion.unit, {}).update(dict.fromkeys(suggestion.reasons))
    out: dict[str, DropFacts] = {}
    for unit in services.units.all():
        previews = services.cases.preview("dispatch", list(case_ids), {"unit": unit.code}, actor)
        dues = [p.due_at for p in previews if p.refusal is None and p.due_at is not None]
        refusals = tuple(p.refusal for p in previews if p.refusal is not None)
        load = loads.get(unit.code)
        out[unit.code] = DropFacts(
            unit=unit.code,
            name=unit.name,
            open=load.open if load else 0,
            overdue=load.overdue if load else 0,
            due_today=load.due_today if load else 0,
            due_first=min(dues) if dues else None,
            accepted=len(previews) - len(refusals),
            refusals=refusals,
            suggested=suggested.get(unit.code, 0),
        )
    best = sorted(scores, key=lambda code: (-scores[code], code))
    return DropAnswer(out, tuple((code, tuple(reasons[code])) for code in best))
