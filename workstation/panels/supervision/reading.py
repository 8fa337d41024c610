"""What has to be looked after: which cases, and of which units; read in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from workstation.services.centre.contacts import Contact
from workstation.services.lists.filter import CaseFilter
from workstation.services.lists.lists import CaseLists, CaseRow
from workstation.services.services import Services
from workstation.workflow.case import State
from workstation.workflow.clock import light
from workstation.workflow.event import Actor
from workstation.workflow.handbook import Handbook

PARTS = ("red", "yellow", "key", "directed")
"""Overdue; nearly due; key cases that owe word of their progress; directions that wait for an answer."""
COUNTED = 2000
"""So many cases of a part are counted by unit; the part's own number is always the whole."""
PAGE = 500
KEY_CLOCK = "key_feedback"


@dataclass(frozen=True)
class Board:
    """The parts with their filters and numbers, and the numbers by unit (part → unit → cases)."""

    filters: Mapping[str, CaseFilter]
    counts: Mapping[str, int]
    by_unit: Mapping[str, Mapping[str, int]]
    contacts: Mapping[str, list[Contact]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def units(self) -> list[str]:
        """The units that have anything, those with most overdue first."""
        found = {unit for counts in self.by_unit.values() for unit in counts}
        return sorted(found, key=lambda u: (*(-self.by_unit[part].get(u, 0) for part in PARTS), u))


def reachable(handbook: Handbook) -> frozenset[State]:
    """The states in which a case can be urged at all."""
    arrow = handbook.arrow("urge") or handbook.arrow("supervise")
    return frozenset(state for state in arrow.frm if state is not None) if arrow is not None else frozenset()


def read_board(services: Services, actor: Actor) -> Board:
    """Everything that is to be looked after."""
    lists = services.lists.seen_by(actor)
    base = CaseFilter(open=True, states=reachable(services.handbook))
    filters = {
        "red": replace(base, light="red"),
        "yellow": replace(base, light="yellow"),
        "key": CaseFilter(ids=_silent(services, lists)),
        "directed": CaseFilter(open=True, directed=True),
    }
    by_unit: dict[str, dict[str, int]] = {}
    for part, wanted in filters.items():
        counts = by_unit.setdefault(part, {})
        for row in _rows(lists, wanted):
            counts[row.unit] = counts.get(row.unit, 0) + 1
    contacts: dict[str, list[Contact]] = {}
    for contact in services.units.contacts():
        contacts.setdefault(contact.unit, []).append(contact)
    return Board(
        filters,
        {part: lists.count(wanted) for part, wanted in filters.items()},
        by_unit,
        contacts,
        {unit.code: unit.short_name or unit.name for unit in services.units.all()},
    )


def _silent(services: Services, lists: CaseLists) -> frozenset[str]:
    """The key cases whose word of progress is due soon or overdue."""
    now = services.now()
    ids = [row.id for row in _rows(lists, CaseFilter(open=True, key_case=True))]
    out = set()
    for case in services.cases.get_many(ids):
        clock = case.clock(KEY_CLOCK)
        if clock is None or clock.stopped_at is not None:
            continue
        if light(clock.yellow_at, clock.due_at, now) in ("yellow", "red"):
            out.add(case.id)
    return frozenset(out)


def _rows(lists: CaseLists, wanted: CaseFilter) -> list[CaseRow]:
    rows: list[CaseRow] = []
    after = None
    while len(rows) < COUNTED:
        page = lists.page(wanted, after, PAGE)
        rows.extend(page.rows)
        after = page.next
        if after is None:
            break
    return rows[:COUNTED]
