"""What some arrows add to what was said: the event then holds all that applying it needs, and why it was so decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .case import Case
from .clockwork import told_again
from .context import Context
from .event import Refusal, parse_instant
from .flow import WAYS, Arrow
from .guards import find_request, next_body

Completion = Callable[[Case | None, Arrow, dict[str, Any], Context], Refusal | None]
"""Changes the command's fields in place, or says why the arrow cannot be taken."""


def _complete_file(case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context) -> Refusal | None:
    """Filing fixes the class, the limit and the closing standard, under one edition of the handbook for life."""
    handbook = context.handbook
    for name in ("kind", "class_code", "condition"):
        data.setdefault(name, getattr(case, name))
    item = handbook.class_item(data["kind"], data["class_code"])
    condition = handbook.condition(data["condition"])
    if item is None:
        return Refusal("class_unknown", {"kind": data["kind"], "class_code": data["class_code"]})
    if condition is None or (condition.kind, condition.class_code) != (item.kind, item.code):
        return Refusal("condition_unknown", {"class_code": item.code, "condition": data["condition"]})
    flagged = case is not None and case.emergency
    data.setdefault("emergency", flagged or handbook.is_emergency(item.kind, item.code))
    data["class_edition"] = item.edition
    data["class_name"] = item.name
    area = case.area_class if case is not None else ""
    data["limit"] = {"amount": condition.amount_for(area), "unit": condition.unit}
    data["closing_standard"] = condition.closing_standard
    data["handbook"] = handbook.id
    return None


def _complete_place(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> Refusal | None:
    """A report's class is told by name too, and under which edition; a class of the other kind is forgotten."""
    handbook = context.handbook
    if case is None:
        data["handbook"] = handbook.id
    elif "kind" in data and data["kind"] != case.kind:
        data.setdefault("class_code", "")
    if "class_code" in data:
        kind = data.get("kind") or (case.kind if case is not None else "")
        item = handbook.class_item(kind, data["class_code"])
        data["class_name"] = item.name if item is not None else ""
        data["class_edition"] = handbook.class_edition
    return None


def _complete_verified(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> Refusal | None:
    """The second failed verification counts the case overdue (MQ-24-TWICE)."""
    before = sum(v.result == "fail" for v in case.verifications[:-1]) if case is not None else 0
    failures = before + (data["result"] == "fail")
    data["overdue"] = failures >= context.handbook.rules.failures_until_overdue
    return None


def _complete_extension(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> Refusal | None:
    """Who asks for no amount asks for one more limit."""
    run = case.clock("dispose") if case is not None else None
    if run is not None and "amount" not in data:
        request = find_request(case, data["request_id"]) if case is not None else None
        data["amount"] = request.data["amount"] if request is not None else run.amount
    return None


def _complete_recompute(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> Refusal | None:
    """When a year's notice arrives, deadlines told before are told again; where none moves, nothing happened."""
    changes = []
    for run in case.running() if case is not None else ():
        told = told_again(run, context)
        provisional = told.get("provisional", False)
        if told and (parse_instant(told["due_at"]), provisional) != (run.due_at, run.provisional):
            changes.append({"do": "tell", "name": run.name, **told})
    data["clocks"] = changes
    return None if changes else Refusal("nothing_moves")


def _complete_asked(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> Refusal | None:
    """What the unit's own head asks for, the head has agreed to."""
    rules = context.handbook.rules
    if arrow.asks in rules.endorsed and context.actor.post == rules.endorser:
        data["endorsed"] = True
    return None


def _complete_ask_extension(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> Refusal | None:
    _complete_asked(case, arrow, data, context)
    return _complete_extension(case, arrow, data, context)


def _complete_way(case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context) -> Refusal | None:
    """Who names no plan or budget where there is one takes that; the case is on its way from now on."""
    handbook, way = context.handbook, WAYS[arrow.name]
    data["way"] = way
    if arrow.field("plan") is not None and not data.get("plan") and case is not None:
        plans = handbook.plans_for(case.kind, case.class_code)
        data["plan"] = plans[0].key if plans else ""
    if not data.get("budget"):
        data["budget"] = next((b.key for b in handbook.budgets.values() if way in b.ways), "")
    return None


def _complete_coordinate(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> Refusal | None:
    """A coordination begins before the first body of its scope."""
    bodies = context.handbook.coordination.get(data["scope"])
    if not bodies:
        return Refusal("scope_unknown", {"scope": data["scope"]})
    data["body"] = bodies[0]
    if not data.get("coordination_id"):
        data["coordination_id"] = _fresh("c", (c.id for c in case.coordinations) if case is not None else ())
    return None


def _complete_escalate(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> Refusal | None:
    """It goes on to the next one."""
    data["body"] = next_body(case, context.handbook) if case is not None else ""
    return None


def _complete_direction(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> Refusal | None:
    if not data.get("direction_id"):
        data["direction_id"] = _fresh("d", (d.id for d in case.directions) if case is not None else ())
    return None


def _fresh(letter: str, used: Iterable[str]) -> str:
    """An id that the case has not used: the letter and the first number that is free."""
    known = set(used)
    number = len(known) + 1
    while f"{letter}{number}" in known:
        number += 1
    return f"{letter}{number}"


COMPLETIONS: dict[str, Completion] = {
    "recompute": _complete_recompute,
    "report": _complete_place,
    "register": _complete_place,
    "register_part": _complete_place,
    "self_dispose": _complete_place,
    "answer": _complete_place,
    "file": _complete_file,
    "rapid": _complete_way,
    "first_response": _complete_way,
    "verified": _complete_verified,
    "ask_return": _complete_asked,
    "ask_extension": _complete_ask_extension,
    "ask_suspension": _complete_asked,
    "ask_void": _complete_asked,
    "grant_extension": _complete_extension,
    "coordinate": _complete_coordinate,
    "escalate": _complete_escalate,
    "urge": _complete_direction,
    "supervise": _complete_direction,
    "instruct": _complete_direction,
}
