"""What is due by the clock alone, whoever sits at a seat: a suspension that has run out ends by itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..workflow.case import Case
from ..workflow.event import Actor, Command, parse_instant
from .errors import Conflict, Refused
from .filter import CaseFilter

if TYPE_CHECKING:
    from .cases import Done
    from .services import Services

CLOCK = Actor("system", "系统", "system")
BATCH = 500


def resume_due(services: Services) -> list[Done]:
    """Resume every suspended case whose granted term is over; what was resumed.

    Any number of seats may call it at once: the command's id names the case and the request, so it is done once. The
    clock goes on from the granted instant, not from when somebody looked.
    """
    now = services.now()
    done: list[Done] = []
    key = None
    while True:
        page = services.lists.page(CaseFilter(open=True, suspended=True, sort="changed"), key, BATCH)
        for case in services.cases.get_many([row.id for row in page.rows]):
            request = _run_out(case, now)
            if request:
                try:
                    done.append(
                        services.cases.execute(
                            Command("resume", case.id, f"resume/{case.id}/{request}"), CLOCK
                        )
                    )
                except (Refused, Conflict):
                    continue  # somebody resumed or ended the case between the look and the command
        if page.next is None:
            return done
        key = page.next


def _run_out(case: Case, now: datetime) -> str:
    """The id of the granted suspension that is over; "" while there is none."""
    granted = [r for r in case.requests if r.kind == "suspension" and r.answer == "granted"]
    if case.suspended and granted and parse_instant(granted[-1].data["until"]) <= now:
        return granted[-1].id
    return ""
