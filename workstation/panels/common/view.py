"""A case and what a panel needs to show with it, loaded in one go in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.services.cases.scope import case_for
from workstation.services.services import Services
from workstation.workflow.case import Case
from workstation.workflow.event import Actor, Refusal
from workstation.workflow.handbook import Handbook


@dataclass(frozen=True)
class CaseView:
    """A case with the edition it lives under, what the actor's post may do now, and names for its codes."""

    case: Case
    handbook: Handbook
    allowed: frozenset[str]
    unit_names: Mapping[str, str]
    people: Mapping[str, str]
    place: str

    def may(self, name: str) -> bool:
        """Whether the post may take that arrow now."""
        return name in self.allowed


@dataclass(frozen=True)
class StageView:
    """A case as a stage's panel shows it: the ``base`` that all have, and what the panel's own view adds."""

    base: CaseView

    @property
    def case(self) -> Case:
        """The case."""
        return self.base.case

    @property
    def handbook(self) -> Handbook:
        """The edition the case lives under."""
        return self.base.handbook

    @property
    def allowed(self) -> frozenset[str]:
        """What the post may do now."""
        return self.base.allowed

    def may(self, name: str) -> bool:
        """Whether the post may take that arrow now."""
        return self.base.may(name)


def load_view(services: Services, case_id: str, actor: Actor) -> CaseView:
    """The case as it stands and what belongs to it. NotFound where the actor sees no such case."""
    case = case_for(services, case_id, actor)
    place = ""
    if case.lon is not None and case.lat is not None:
        grid = services.places.grid_at(case.lon, case.lat)
        if grid is not None:
            place = " · ".join(part for part in (grid.street, grid.community, grid.name) if part)
    return CaseView(
        case=case,
        handbook=services.handbook_of(case),
        allowed=frozenset(arrow.name for arrow in services.cases.allowed(case, actor)),
        unit_names={unit.code: unit.short_name or unit.name for unit in services.units.all()},
        people={person.id: person.name for person in services.people.all()},
        place=place,
    )


@dataclass(frozen=True)
class Foreseen:
    """What an action would do to one case: refused, or the deadline of the clock that matters afterwards."""

    case_id: str
    refusal: Refusal | None
    due_at: Any = None


def foresee(services: Services, name: str, case_id: str, data: Mapping[str, Any], actor: Actor) -> Foreseen:
    """Ask what the action would do; nothing is written."""
    preview = services.cases.preview(name, [case_id], dict(data), actor)[0]
    return Foreseen(case_id, preview.refusal, preview.due_at)
