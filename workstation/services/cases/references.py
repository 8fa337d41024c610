"""Whether what a command names exists and fits: units, people, photographs, files, other cases. The pure domain cannot know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ...store import raw
from ...workflow.case import Case, State
from ...workflow.event import Event, Refusal
from .scope import subtree
from .standing import may_collect

if TYPE_CHECKING:
    from sqlalchemy import Connection

_UNITS = ("unit", "suggested_unit")
_MORE_UNITS = ("cooperating", "units")
_ENDS_WELL = frozenset({State.CLOSED.value, State.CLOSED_UNQUALIFIED.value})
# Asked with every command that names one, so written out: see workstation.store.raw.
_UNIT = "SELECT 1 FROM unit WHERE code = ? AND active"
_CREW = "SELECT 1 FROM unit WHERE code = ? AND kind = 'crew'"
_COLLECTOR = (
    "SELECT p.certified_until, p.stopped FROM person AS p JOIN person_post AS h ON h.person_id = p.id"
    " WHERE p.id = ? AND p.active AND h.post = 'collector'"
)
_PHOTO = "SELECT 1 FROM photo WHERE sha256 = ?"
_INTO = "SELECT 1 FROM cases WHERE id = ? AND open"
_EVIDENCE = "SELECT 1 FROM evidence_file WHERE sha256 = ? AND case_id = ?"
_CHILDREN = "SELECT count(*) FROM cases WHERE parent = ? AND parent <> '' AND open"

Known = dict[tuple[str, str], bool]
"""What was asked already, and whether it is there: for many cases under one command, in one transaction."""
_Check = Callable[["Connection", Case, Mapping[str, Any], datetime, Known], Refusal | None]


def missing_reference(
    conn: Connection,
    case: Case | None,
    event: Event,
    data: Mapping[str, Any],
    now: datetime,
    known: Known | None = None,
) -> Refusal | None:
    """The refusal for the first thing that the event names and that is not there or does not fit; None when all does.

    ``case`` is the case before the event, ``data`` what the sender said; ``known`` is filled.
    """
    known = {} if known is None else known
    units = {str(data[key]) for key in _UNITS if data.get(key)}
    for key in _MORE_UNITS:
        units.update(data.get(key) or ())
    missing = sorted(code for code in units if not _found(conn, _UNIT, code, known))
    if missing:
        return Refusal("unit_unknown", {"units": missing})
    hashes = {str(item["sha256"]) for item in data.get("photos") or ()}
    absent = sum(not _found(conn, _PHOTO, digest, known) for digest in hashes)
    if absent:
        return Refusal("photo_unknown", {"count": absent})
    if case is None:
        return None
    if event.to in _ENDS_WELL and case.children:
        row = raw.first(conn, _CHILDREN, (case.id,))
        if row and row[0] and case.open:
            return Refusal("children_open", {"count": row[0]})
    check = _CHECKS.get(event.kind)
    return check(conn, case, data, now, known) if check is not None else None


def _collector(
    conn: Connection, case: Case, data: Mapping[str, Any], now: datetime, known: Known
) -> Refusal | None:
    """Somebody is sent to the spot only who may collect (MQ-14-TRAINED, MQ-15-QUALITY)."""
    person = data.get("to")
    if not person:
        return None
    row = raw.first(conn, _COLLECTOR, (person,))
    if row is None:
        return Refusal("collector_unknown", {"to": person})
    return None if may_collect(row[0], row[1], now) else Refusal("collector_stopped", {"to": person})


def _into(
    conn: Connection, case: Case, data: Mapping[str, Any], now: datetime, known: Known
) -> Refusal | None:
    into = data.get("into")
    return None if not into or _found(conn, _INTO, into, known) else Refusal("into_unknown", {"into": into})


def _crew(
    conn: Connection, case: Case, data: Mapping[str, Any], now: datetime, known: Known
) -> Refusal | None:
    """What is disposed of rapidly goes to the centre's own crew (TZ-16-RAPID)."""
    unit = data.get("unit")
    return None if not unit or _found(conn, _CREW, unit, known) else Refusal("not_a_crew", {"unit": unit})


def _below(
    conn: Connection, case: Case, data: Mapping[str, Any], now: datetime, known: Known
) -> Refusal | None:
    """A district dispatches inside itself: to a unit below its own (TZ-10-REDISPATCH)."""
    unit, lead = data.get("unit"), case.lead.unit if case.lead else ""
    if not unit or (unit != lead and unit in subtree(conn, lead)):
        return None
    return Refusal("not_below", {"unit": unit, "lead": lead})


def _evidence(
    conn: Connection, case: Case, data: Mapping[str, Any], now: datetime, known: Known
) -> Refusal | None:
    """The file that goes along is one that was made of this case and kept."""
    digest = data.get("evidence")
    if not digest or raw.first(conn, _EVIDENCE, (digest, case.id)) is not None:
        return None
    return Refusal("evidence_unknown", {"evidence": digest})


_CHECKS: dict[str, _Check] = {
    "send_check": _collector,
    "send_verify": _collector,
    "merge": _into,
    "rapid": _crew,
    "dispatch_inside": _below,
    "transfer": _evidence,
}


def _found(conn: Connection, statement: str, key: str, known: Known) -> bool:
    asked = statement, key
    if asked not in known:
        known[asked] = raw.first(conn, statement, (key,)) is not None
    return known[asked]
