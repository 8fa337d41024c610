"""What the verification panel reads in the background: the case, who verifies, and how long it took against its limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from workstation.panels.common.effects import Consequence, consequence
from workstation.panels.common.view import StageView, load_view
from workstation.services.centre.people import Person
from workstation.services.lists.filter import CaseFilter
from workstation.services.lists.lists import CaseRow
from workstation.services.services import Services
from workstation.workflow.case import Case, State
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
    """A case that was fed back, or is over and wants a call or a report. ``outcomes``: what each of the four would do.

    ``children``: the cases that it was split into.
    """

    collectors: tuple[Person, ...]
    suggested: str
    used: Used | None
    outcomes: dict[str, Consequence]
    children: tuple[CaseRow, ...] = ()

    @property
    def open_children(self) -> int:
        """How many of the parts are not over yet: the whole is closed after them."""
        return sum(row.open for row in self.children)


VISITED = frozenset({State.CLOSED, State.CLOSED_UNQUALIFIED, State.REJECTED})
VISIT_DAYS = 3
MOST_VISITS = 300
MOST_CHILDREN = 50
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
        name: consequence(services, name, case_id, {} if name == "close" else {"reason": "-"}, actor)
        for name in OUTCOMES
    }
    children: tuple[CaseRow, ...] = ()
    if case.children:
        children = tuple(
            services.lists.seen_by(actor).page(CaseFilter(parent=case.id), None, MOST_CHILDREN).rows
        )
    waiting = sum(row.open for row in children)
    if waiting and outcomes["close"].refusal is None:
        refusal = Refusal("children_open", {"count": waiting})
        outcomes["close"] = replace(outcomes["close"], refusal=refusal, after=None, clocks=())
    return VerificationView(base, collectors, suggested, _used(services, case), outcomes, children)


def read_to_visit(services: Services, actor: Actor) -> list[str]:
    """Cases ended in the last days whose reporter can be called and has not been, the latest first (MOH-1-SATISFACTION)."""
    since = services.now() - timedelta(days=VISIT_DAYS)
    wanted = CaseFilter(states=VISITED, period="closed_at", since=since, sort="changed")
    rows = services.lists.seen_by(actor).page(wanted, None, MOST_VISITS).rows
    out = []
    for case in services.cases.get_many([row.id for row in rows]):
        if case.reporter_phone and any(a.name == "visit" for a in services.cases.allowed(case, actor)):
            out.append(case.id)
    return out


def _used(services: Services, case: Case) -> Used | None:
    clock = case.clock("dispose")
    if clock is None:
        return None
    book = ledger(clock, services.calendar, services.now())
    return Used(
        book.used, is_working(clock.unit), clock.amount + clock.extended, clock.unit, book.light, book.due_at
    )
