"""What the verification panel reads in the background: the case, who verifies, and how long it took against its limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation.panels.common.view import StageView, load_view
from workstation.services.people import Person
from workstation.services.services import Services
from workstation.workflow.case import Case
from workstation.workflow.clock import ledger
from workstation.workflow.event import Actor, Refusal
from workstation.workflow.limits import is_working


@dataclass(frozen=True)
class Used:
    """What the disposal took, in minutes: of working time where ``working``; and its limit, extensions included."""

    used: float
    working: bool
    amount: float
    unit: str
    light: str
    due_at: datetime | None


@dataclass(frozen=True)
class VerificationView(StageView):
    """A case that was fed back. ``outcomes``: for each of the four, why it is not possible (None: it is)."""

    collectors: tuple[Person, ...]
    suggested: str
    used: Used | None
    outcomes: dict[str, Refusal | None]


OUTCOMES = ("close", "dispose_again", "close_unqualified", "redispatch")
"""The four outcomes of verification (TZ-14-OUTCOMES)."""


def read_verification(services: Services, case_id: str, actor: Actor) -> VerificationView:
    """The case with the time it took, the collector of its grid, and the outcomes that are open."""
    base = load_view(services, case_id, actor)
    case = base.case
    collectors: tuple[Person, ...] = ()
    suggested = ""
    if "send_verify" in base.allowed:
        collectors = tuple(services.people.with_post("collector"))
        someone = services.people.collector_for(case.grid)
        suggested = someone.id if someone is not None else ""
    outcomes = {
        name: services.cases.preview(name, [case_id], {} if name == "close" else {"reason": "-"}, actor)[
            0
        ].refusal
        for name in OUTCOMES
    }
    return VerificationView(base, collectors, suggested, _used(services, case), outcomes)


def _used(services: Services, case: Case) -> Used | None:
    clock = case.clock("dispose")
    if clock is None:
        return None
    book = ledger(clock, services.calendar, services.now())
    return Used(
        book.used, is_working(clock.unit), clock.amount + clock.extended, clock.unit, book.light, book.due_at
    )
