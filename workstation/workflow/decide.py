"""Deciding: a command on a case becomes exactly one event, or a refusal that says why. Pure.

The event holds everything :func:`workstation.workflow.apply.apply` needs (limits as told, deadlines as they were at the
time, which clocks start, stop and pause), so that replaying a log needs neither handbook nor calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .case import TERMINAL, Case, State
from .clockwork import clock_changes, told_again
from .context import Context
from .event import Actor, Command, Event, Refusal, parse_instant
from .fields import read_fields
from .flow import Arrow
from .guards import CASE_GUARDS, DATA_GUARDS, find_request
from .handbook import Handbook

__all__ = ["Context", "allowed", "decide"]


def allowed(case: Case | None, actor: Actor, handbook: Handbook) -> list[Arrow]:
    """The arrows that this person may take now, as far as can be told before the fields are filled in."""
    state = case.state if case is not None else None
    return [a for a in handbook.arrows_from(state) if _closed_to(case, a, actor, handbook) is None]


def decide(case: Case | None, command: Command, context: Context) -> Event | Refusal:
    """The one event that the command makes of the case, or why it may not."""
    handbook, actor = context.handbook, context.actor
    arrow = handbook.arrow(command.name)
    if arrow is None:
        return Refusal("unknown_command", {"arrow": command.name})
    refusal = _closed_to(case, arrow, actor, handbook)
    if refusal is not None:
        return refusal
    data = read_fields(case, arrow, command.data, context)
    if isinstance(data, Refusal):
        return data
    if case is not None:
        if case.changed_at is not None and context.now < case.changed_at:
            # A seat whose clock is behind does not write into the past.
            context = Context(case.changed_at, actor, handbook, context.calendar)
        for name in arrow.guards:
            guard = DATA_GUARDS.get(name)
            if guard is not None and (refusal := guard(case, arrow, data, context)) is not None:
                return refusal
    complete = _COMPLETIONS.get(arrow.name)
    if complete is not None and (refusal := complete(case, data, context)) is not None:
        return refusal
    clocks = clock_changes(case, arrow, data, context)
    if clocks:
        data["clocks"] = clocks
    to = arrow.to or (case.state if case is not None else State.REPORTED)
    return Event(
        case_id=command.case_id,
        seq=case.seq + 1 if case is not None else 1,
        kind=arrow.name,
        at=context.now,
        actor=actor.person,
        actor_name=actor.name,
        post=actor.post,
        unit=actor.unit,
        command_id=command.id,
        to=to.value,
        data=data,
    )


def _closed_to(case: Case | None, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Why this person may not take the arrow from where the case stands, whatever the command says."""
    state = case.state if case is not None else None
    if state not in arrow.frm:
        if state is None:
            return Refusal("no_case", {"arrow": arrow.name})
        if state in TERMINAL:
            return Refusal("closed", {"arrow": arrow.name, "state": state.value})
        if arrow.frm == (None,):
            return Refusal("already_exists", {"arrow": arrow.name})
        return Refusal("wrong_state", {"arrow": arrow.name, "state": state.value})
    if actor.post not in arrow.posts:
        return Refusal("wrong_post", {"arrow": arrow.name, "post": actor.post, "posts": list(arrow.posts)})
    if case is None:
        return None
    if arrow.unit == "lead" and (case.lead is None or case.lead.unit != actor.unit):
        return Refusal("wrong_unit", {"unit": case.lead.unit if case.lead else "", "arrow": arrow.name})
    if arrow.unit == "cooperating" and all(o.unit != actor.unit for o in case.cooperating):
        return Refusal("not_cooperating", {"unit": actor.unit, "arrow": arrow.name})
    if arrow.of_request and case.pending("" if arrow.of_request == "any" else arrow.of_request) is None:
        return Refusal("request_unknown", {"arrow": arrow.name})
    for name in arrow.guards:
        guard = CASE_GUARDS.get(name)
        if guard is not None and (refusal := guard(case, arrow, actor, handbook)) is not None:
            return refusal
    return None


# ---- what some arrows add to what was said ----

_Completion = Callable[[Case | None, dict[str, Any], Context], Refusal | None]


def _complete_file(case: Case | None, data: dict[str, Any], context: Context) -> Refusal | None:
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
    data["limit"] = {"amount": condition.amount, "unit": condition.unit}
    data["closing_standard"] = condition.closing_standard
    data["handbook"] = handbook.id
    return None


def _complete_place(case: Case | None, data: dict[str, Any], context: Context) -> Refusal | None:
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


def _complete_verified(case: Case | None, data: dict[str, Any], context: Context) -> Refusal | None:
    """The second failed verification counts the case overdue (MQ-24-TWICE)."""
    before = sum(v.result == "fail" for v in case.verifications[:-1]) if case is not None else 0
    failures = before + (data["result"] == "fail")
    data["overdue"] = failures >= context.handbook.rules.failures_until_overdue
    return None


def _complete_extension(case: Case | None, data: dict[str, Any], context: Context) -> Refusal | None:
    """Who asks for no amount asks for one more limit."""
    run = case.clock("dispose") if case is not None else None
    if run is not None and "amount" not in data:
        request = find_request(case, data["request_id"]) if case is not None else None
        data["amount"] = request.data["amount"] if request is not None else run.amount
    return None


def _complete_recompute(case: Case | None, data: dict[str, Any], context: Context) -> Refusal | None:
    """When a year's notice arrives, deadlines told before are told again; where none moves, nothing happened."""
    changes = []
    for run in case.running() if case is not None else ():
        told = told_again(run, context)
        provisional = told.get("provisional", False)
        if told and (parse_instant(told["due_at"]), provisional) != (run.due_at, run.provisional):
            changes.append({"do": "tell", "name": run.name, **told})
    data["clocks"] = changes
    return None if changes else Refusal("nothing_moves")


_COMPLETIONS: dict[str, _Completion] = {
    "recompute": _complete_recompute,
    "report": _complete_place,
    "register": _complete_place,
    "answer": _complete_place,
    "file": _complete_file,
    "verified": _complete_verified,
    "ask_extension": _complete_extension,
    "grant_extension": _complete_extension,
}
