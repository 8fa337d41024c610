"""A meeting's agenda as lines, whether it is still to be held or was: read in the background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workstation.services.cases.scope import case_for
from workstation.services.centre.meetings import OPEN, MeetingInfo, MeetingItem
from workstation.services.lists.lists import CaseRow
from workstation.services.services import Services
from workstation.workflow.case import Case
from workstation.workflow.event import Actor
from workstation.workflow.flow import Arrow


@dataclass(frozen=True)
class Line:
    """A case under a topic. ``decision`` is "" while nothing was decided."""

    topic: str
    unit: str
    case_id: str
    row: CaseRow | None
    decision: str = ""


@dataclass(frozen=True)
class Agenda:
    """What the panel lists: ``meeting`` None for an agenda that is not held yet."""

    key: str
    meeting: MeetingInfo | None
    lines: Sequence[Line]
    may_hold: bool


@dataclass(frozen=True)
class Point:
    """The case that is spoken about, and the moves by which its responsibility can be decided here."""

    case: Case
    rulings: Mapping[str, Arrow]
    units: Mapping[str, str]


def read_agenda(services: Services, key: str, actor: Actor) -> Agenda:
    """The open meeting of that key with its items; the agenda as it would be now where none is open."""
    meetings = services.meetings
    held = next((info for info in meetings.history(key, 5) if info.state == OPEN), None)
    if held is not None:
        return Agenda(key, held, _lines(services, held.items, actor), meetings.may_hold(actor))
    lines = [Line(item.topic, item.unit, item.case.id, item.case) for item in meetings.agenda(key)]
    return Agenda(key, None, lines, meetings.may_hold(actor))


def read_held(services: Services, meeting_id: str, actor: Actor) -> Agenda:
    """A meeting that was held."""
    held = services.meetings.get(meeting_id)
    return Agenda(held.key, held, _lines(services, held.items, actor), services.meetings.may_hold(actor))


def _lines(services: Services, items: Sequence[MeetingItem], actor: Actor) -> list[Line]:
    wanted = sorted({item.case_id for item in items})
    rows = {row.id: row for row in services.lists.seen_by(actor).rows(wanted)}
    return [
        Line(item.topic, item.unit, item.case_id, rows.get(item.case_id), item.decision) for item in items
    ]


def read_point(services: Services, case_id: str, actor: Actor) -> Point:
    """The case that is spoken about."""
    case = case_for(services, case_id, actor)
    rulings = {a.name: a for a in services.cases.allowed(case, actor) if a.name in ("uphold", "assign")}
    if case.coordinating is None:
        rulings = {}
    units = {unit.code: unit.name for unit in services.units.all() if unit.kind != "centre"}
    return Point(case, rulings, units)
