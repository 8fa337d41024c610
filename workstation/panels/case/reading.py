"""Everything the panel shows of a case, read and worked out in one go in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workstation.panels.common.clocks import main_clock
from workstation.panels.common.effects import consequence, effect_lines
from workstation.services.cases.scope import case_for
from workstation.services.centre.contacts import Contact
from workstation.services.documents.evidence import EvidenceInfo
from workstation.services.errors import NotFound
from workstation.services.services import Services
from workstation.store.log import StoredEvent
from workstation.workflow.case import Case, ClockRun
from workstation.workflow.clock import Ledger, ledger
from workstation.workflow.clockwork import return_clock
from workstation.workflow.event import Actor
from workstation.workflow.handbook import Handbook

from .fields import Surroundings
from .forms import Moves, fixed_values

MOST_LINKED = 200


@dataclass(frozen=True)
class ClockView:
    """One run of a clock with its explanation."""

    run: ClockRun
    ledger: Ledger


@dataclass(frozen=True)
class Linked:
    """Another case that belongs with the one shown."""

    code: str
    class_name: str
    state: str


@dataclass(frozen=True)
class CaseSheet:
    """A case with its log, clocks, what may be done with it now, and where it lies.

    ``linked`` are the other cases it names, as far as the actor may look into them; ``contacts`` the people of the units
    at work on it, by unit; ``effects`` what a move that asks for nothing would do to the clocks, by its name; ``evidence``
    the evidence files that are kept, None where the post has nothing to do with them.
    """

    case: Case
    handbook: Handbook
    history: list[StoredEvent]
    clocks: list[ClockView]
    moves: Moves
    place: str
    component: Any
    linked: Mapping[str, Linked]
    contacts: Mapping[str, list[Contact]]
    effects: Mapping[str, str]
    evidence: list[EvidenceInfo] | None

    @property
    def main_clock(self) -> ClockView | None:
        """The clock that matters now: the disposal's while it runs, else the first due; of paused ones the newest."""
        running = [view for view in self.clocks if view.run in self.case.running()]
        run = main_clock(self.case)
        found = next((view for view in running if view.run is run), None)
        return found or (running[-1] if running else None)


def read_sheet(services: Services, case_id: str, actor: Actor) -> CaseSheet:
    """Read a case; NotFound where the actor sees none."""
    case = case_for(services, case_id, actor)
    handbook = services.handbook_of(case)
    now = services.now()
    place = ""
    if case.lon is not None and case.lat is not None:
        grid = services.places.grid_at(case.lon, case.lat)
        if grid is not None:
            place = " · ".join(part for part in (grid.street, grid.community, grid.name) if part)
    moves = Moves(
        case,
        tuple(services.cases.allowed(case, actor)),
        Surroundings(services.units.all(), services.people.all()),
    )
    return CaseSheet(
        case,
        handbook,
        services.cases.history(case_id),
        [_explained(services, run, now) for run in _clocks(services, case, handbook)],
        moves,
        place,
        services.places.component(case.component) if case.component else None,
        _linked(services, case, actor),
        _contacts(services, case),
        _effects(services, moves, actor),
        services.evidence.of_case(case_id) if services.evidence.may_make(actor) else None,
    )


def _explained(services: Services, run: ClockRun, now: datetime) -> ClockView:
    """What is over is explained by the calendar of its time, what runs by the one in force."""
    calendar = services.calendar if run.stopped_at is None else services.calendars.at(run.stopped_at)
    return ClockView(run, ledger(run, calendar, now))


def _clocks(services: Services, case: Case, handbook: Handbook) -> list[ClockRun]:
    """The case's clocks, and before them how long it may still be returned."""
    returning = return_clock(case, handbook, services.calendar)
    return [*([returning] if returning is not None else []), *case.clocks]


def _linked(services: Services, case: Case, actor: Actor) -> dict[str, Linked]:
    found = {}
    ids = (case.parent, case.merged_into, *case.children, *case.duplicates)
    for case_id in [case_id for case_id in ids if case_id][:MOST_LINKED]:
        try:
            other = case_for(services, case_id, actor)
        except NotFound:
            continue  # another unit's: that there is one is all that is told
        found[case_id] = Linked(other.code, other.class_name, other.state.value)
    return found


def _contacts(services: Services, case: Case) -> dict[str, list[Contact]]:
    orders = [order for order in (case.lead, *case.cooperating, case.inner) if order is not None]
    return {order.unit: services.units.contacts(order.unit) for order in orders}


def _effects(services: Services, moves: Moves, actor: Actor) -> dict[str, str]:
    """Only for moves that need nothing typed: the others say it in their form."""
    names = {unit.code: unit.name for unit in moves.around.units}
    now = services.now()
    out = {}
    for arrow in moves.arrows:
        if any(spec.required and spec.type != "id" for spec in arrow.fields) or None in arrow.frm:
            continue
        data = fixed_values(services, moves.case, arrow)
        told = consequence(services, arrow.name, moves.case.id, data, actor)
        out[arrow.name] = "\n".join(words for words, _ in effect_lines(told, now, names))
    return out
