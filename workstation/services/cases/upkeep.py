"""What is due by the clock or the calendar alone, whoever sits at a seat.

A suspension that has run out ends by itself. Deadlines that a new edition of the calendar moves are told again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ...store import raw
from ...workflow.calendar import WorkCalendar
from ...workflow.case import Case
from ...workflow.clock import refreshed
from ...workflow.event import Command
from ...workflow.facts import run_out
from ..errors import Conflict, Refused
from ..lists.filter import CaseFilter
from .cases import Done
from .standing import CLOCK

if TYPE_CHECKING:
    from ..services import Services

BATCH = 500
_CATCHING = threading.Lock()
"""Held while this seat catches up; whoever comes second does not wait."""

Progress = Callable[[int, int], None]
"""Called with how many open cases were looked at, and how many there were at the beginning."""


def resume_due(services: Services) -> list[Done]:
    """Resume every suspended case whose granted term is over; what was resumed.

    Any number of seats may call it at once: the command's id names the case and the request, so it is done once. The
    clock goes on from the granted instant, not from when somebody looked.
    """
    now = services.now()
    done: list[Done] = []
    for cases in _pages(services, CaseFilter(open=True, suspended=True, sort="changed")):
        for case in cases:
            request = run_out(case, now)
            if request:
                try:
                    done.append(
                        services.cases.execute(
                            Command("resume", case.id, f"resume/{case.id}/{request}"), CLOCK
                        )
                    )
                except (Refused, Conflict):
                    continue  # somebody resumed or ended the case between the look and the command
    return done


def _pages(services: Services, filter: CaseFilter) -> Iterator[list[Case]]:
    key = None
    while True:
        page = services.lists.page(filter, key, BATCH)
        yield services.cases.get_many([row.id for row in page.rows])
        if page.next is None:
            return
        key = page.next


# ---- when the calendar changes ----


@dataclass(frozen=True, slots=True)
class Moved:
    """A running clock whose deadline another calendar moves. ``provisional``: it may move again."""

    case_id: str
    code: str
    clock: str
    before: datetime
    after: datetime
    provisional: bool


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What telling the deadlines again has done: ``looked`` open cases, the clocks that ``moved``, the cases ``left``.

    ``left`` are ids of cases that could not be told again: somebody ended them meanwhile, or their handbook does not
    let it. ``complete`` is False where it was cancelled; doing it again goes on from there.
    """

    looked: int
    moved: tuple[Moved, ...]
    left: tuple[str, ...]
    complete: bool


def moving(
    services: Services,
    calendar: WorkCalendar,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = bool,
) -> Recomputed:
    """What telling all running deadlines by this calendar would move. Writes nothing."""
    return _each(services, calendar, progress, cancelled, lambda case: True)


def recompute(
    services: Services, progress: Progress | None = None, cancelled: Callable[[], bool] = bool
) -> Recomputed:
    """Tell the running deadlines of all open cases again by the calendar in force, each in an event of its case.

    Any number of seats may do it at once: the command's id names the case and the edition, so it is done once.
    """
    calendars = services.calendars
    edition, calendar = calendars.in_force().id, calendars.calendar

    def tell(case: Case) -> bool:
        try:
            command = Command("recompute", case.id, f"recompute/{case.id}/{edition}")
            services.cases.execute(command, CLOCK)
        except (Refused, Conflict):
            return False
        return True

    def step(at: int, of: int) -> None:
        calendars.claim(edition, anyway=True)
        if progress is not None:
            progress(at, of)

    calendars.claim(edition, anyway=True)
    done = _each(services, calendar, step, cancelled, tell)
    if done.complete:
        calendars.mark_told(edition)
    return done


def catch_up(services: Services) -> Recomputed | None:
    """Tell the running deadlines again where nobody has since the calendar changed; None where there is nothing to do here.

    So it is after a seat went away in the middle, and where a newer program ships a newer calendar. One seat at a time.
    """
    if not _CATCHING.acquire(blocking=False):
        return None
    try:
        calendars = services.calendars
        if calendars.told() or not _sees_all(services) or not calendars.claim(calendars.in_force().id):
            return None
        return recompute(services)
    finally:
        _CATCHING.release()


def _sees_all(services: Services) -> bool:
    """Whether this login reads every case: a seat that is shown a part would leave the others, and nobody would know."""
    if services.db.kind == "spatialite":
        return True
    with services.db.read() as conn:
        return raw.first(conn, "SELECT door.is_owner() OR door.sees_whole(door.me())") == (True,)


def _each(
    services: Services,
    calendar: WorkCalendar,
    progress: Progress | None,
    cancelled: Callable[[], bool],
    tell: Callable[[Case], bool],
) -> Recomputed:
    everything = CaseFilter(open=True, sort="code")
    total, looked = services.lists.count(everything), 0
    moved: list[Moved] = []
    left: list[str] = []
    for cases in _pages(services, everything):
        for case in cases:
            if cancelled():
                return Recomputed(looked, tuple(moved), tuple(left), False)
            looked += 1
            changed, found = _moved(case, calendar)
            if changed and tell(case):
                moved += found
            elif changed:
                left.append(case.id)
        if progress is not None:
            progress(min(looked, total), total)
    return Recomputed(looked, tuple(moved), tuple(left), True)


def _moved(case: Case, calendar: WorkCalendar) -> tuple[bool, list[Moved]]:
    """Whether anything of the case is to be told again, and the deadlines that move."""
    changed, moved = False, []
    for run in case.running():
        if run.due_at is None:
            continue  # it is paused, and told when it goes on
        again = refreshed(run, calendar)
        if again.due_at is None or (again.due_at, again.provisional) == (run.due_at, run.provisional):
            continue
        changed = True
        if again.due_at != run.due_at:
            moved.append(Moved(case.id, case.code, run.name, run.due_at, again.due_at, again.provisional))
    return changed, moved
