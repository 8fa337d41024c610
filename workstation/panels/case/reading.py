"""Everything the panel shows of a case, read and worked out in one go in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workstation.services.scope import case_for
from workstation.services.services import Services
from workstation.store.log import StoredEvent
from workstation.workflow.case import Case, ClockRun
from workstation.workflow.clock import Ledger, ledger
from workstation.workflow.event import Actor
from workstation.workflow.handbook import Handbook

from .fields import Surroundings
from .forms import Moves


@dataclass(frozen=True)
class ClockView:
    """One run of a clock with its explanation."""

    run: ClockRun
    ledger: Ledger


@dataclass(frozen=True)
class CaseSheet:
    """A case with its log, clocks, what may be done with it now, and where it lies."""

    case: Case
    handbook: Handbook
    history: list[StoredEvent]
    clocks: list[ClockView]
    moves: Moves
    place: str
    component: Any

    @property
    def main_clock(self) -> ClockView | None:
        """The clock that matters now: the disposal's while it runs, else the one of the stage."""
        running = [view for view in self.clocks if view.run.stopped_at is None]
        return next(
            (view for view in running if view.run.name == "dispose"), running[-1] if running else None
        )


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
        [ClockView(run, ledger(run, services.calendar, now)) for run in case.clocks],
        moves,
        place,
        services.places.component(case.component) if case.component else None,
    )
