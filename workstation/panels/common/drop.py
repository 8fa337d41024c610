"""What dropping cases on each unit would do: asked while the drag is under way, in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workstation.services.recommending import Reason
from workstation.services.services import Services
from workstation.services.units import UnitInfo
from workstation.workflow.event import Actor, Refusal
from workstation.workflow.flow import WAYS
from workstation.workflow.handbook import Handbook

from .phrases import phrases

SUGGESTED = 3
"""So many units are proposed for a case."""

CREW = "crew"
"""The kind of the centre's own crews (作业队伍): what goes to them goes by rapid disposal, where the city has it."""

MoveOf = Callable[[UnitInfo], str]


@dataclass(frozen=True)
class DropFacts:
    """One unit as a target for a set of cases. ``move`` is the arrow that a drop takes, ``due_first`` the earliest
    deadline that would result."""

    unit: str
    name: str
    open: int
    overdue: int
    due_today: int
    due_first: datetime | None
    accepted: int
    refusals: tuple[Refusal, ...]
    suggested: int
    move: str = "dispatch"


@dataclass(frozen=True)
class DropAnswer:
    """What is known about a drag: each unit as a target, and who is suggested, best first, with the reasons."""

    facts: dict[str, DropFacts]
    candidates: tuple[tuple[str, tuple[Reason, ...]], ...]


def sending_move(handbook: Handbook, unit: UnitInfo) -> str:
    """How the dispatcher sends a case to that unit: rapid to an own crew where the city has rapid disposal."""
    has_rapid = handbook.rapid is not None and handbook.arrow("rapid") is not None
    return "rapid" if unit.kind == CREW and has_rapid else "dispatch"


def sending_moves(handbook: Handbook) -> MoveOf:
    """:func:`sending_move` under one handbook."""
    return lambda unit: sending_move(handbook, unit)


def drop_facts(
    services: Services,
    case_ids: Sequence[str],
    actor: Actor,
    units: Sequence[UnitInfo] | None = None,
    move_of: MoveOf | None = None,
) -> DropAnswer:
    """For each unit: its load, and what sending these cases to it would do. Writes nothing.

    ``units``: only these (None: all); ``move_of``: the arrow by unit (None: as the dispatcher sends).
    """
    loads = services.units.loads(actor)
    listed = services.units.all() if units is None else list(units)
    move = move_of or sending_moves(services.handbook)
    known = {unit.code for unit in listed}
    suggested: dict[str, int] = {}
    scores: dict[str, float] = {}
    reasons: dict[str, dict[str, Reason]] = {}
    for found in services.recommending.recommend_many(services.cases.get_many(case_ids), actor):
        best = [item for item in found.ranked if item.unit in known and not item.shortfalls]
        for candidate in best[:SUGGESTED]:
            suggested[candidate.unit] = suggested.get(candidate.unit, 0) + 1
            scores[candidate.unit] = scores.get(candidate.unit, 0.0) + candidate.score
            told = reasons.setdefault(candidate.unit, {})
            for reason in candidate.reasons:
                told.setdefault(reason.code, reason)
    out: dict[str, DropFacts] = {}
    for unit in listed:
        name, data = sent_as(services, case_ids, unit, actor, move(unit))
        previews = services.cases.preview(name, list(case_ids), data, actor)
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
            move=name,
        )
    best_first = sorted(scores, key=lambda code: (-scores[code], code))
    return DropAnswer(out, tuple((code, tuple(reasons[code].values())) for code in best_first))


def sent_as(
    services: Services, case_ids: Sequence[str], unit: UnitInfo, actor: Actor, move: str
) -> tuple[str, Mapping[str, Any]]:
    """The arrow and the data that send the cases to the unit.

    A crew gets by ordinary dispatch what the handbook does not let it dispose of rapidly.
    """
    if move == "rapid":
        data = usual_data(services.handbook, move, unit.code)
        previews = services.cases.preview(move, list(case_ids), data, actor)
        if any(preview.refusal is None for preview in previews):
            return move, data
        move = "dispatch"
    return move, usual_data(services.handbook, move, unit.code)


def usual_data(handbook: Handbook, move: str, unit: str) -> dict[str, Any]:
    """What a drop sends: the unit, and the usual of what the handbook wants besides, which a drop cannot ask for."""
    data: dict[str, Any] = {"unit": unit}
    arrow = handbook.arrow(move)
    for spec in arrow.fields if arrow is not None else ():
        if spec.required and spec.name == "requirement":
            data["requirement"] = phrases("requirement")[0]
        elif spec.required and spec.name == "budget":
            way = WAYS.get(move, "")
            budgets = [key for key, budget in handbook.budgets.items() if way in budget.ways]
            data["budget"] = budgets[0] if budgets else ""
    return data
