"""Deciding: a command on a case becomes exactly one event, or a refusal that says why. Pure.

The event holds everything :func:`workstation.workflow.apply.apply` needs (limits as told, deadlines as they were at the
time, which clocks start, stop and pause), so that replaying a log needs neither handbook nor calendar.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from .case import TERMINAL, Case, ClockRun, State
from .clock import YELLOW_SHARE, deadline, due, is_provisional
from .context import Context
from .event import Actor, Command, Event, Refusal, format_instant, parse_instant
from .flow import AREA_CLASSES, CHECK_RESULTS, KINDS, PHOTO_ROLES, VERIFY_RESULTS, Arrow, FieldSpec
from .guards import CASE_GUARDS, DATA_GUARDS, find_request
from .handbook import Handbook
from .limits import URGENT_OF

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
    data = _fields(case, arrow, command.data, context)
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
    clocks = _clock_changes(case, arrow, data, context)
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


# ---- fields ----


def _fields(case: Case | None, arrow: Arrow, given: Mapping[str, Any], context: Context) -> dict[str, Any] | Refusal:
    """The command's fields, checked and in their plain form."""
    data: dict[str, Any] = {}
    for spec in arrow.fields:
        value = given.get(spec.name)
        if value is None or (spec.required and value == ""):
            if spec.required and not (arrow.inherits and value is None and _has(case, spec.name)):
                return Refusal("field_missing", {"arrow": arrow.name, "field": spec.name})
            continue
        try:
            data[spec.name] = _READERS[spec.type](value, spec, arrow)
        except (ValueError, TypeError, KeyError):
            return Refusal("field_wrong", {"arrow": arrow.name, "field": spec.name})
    if len(data) < len(given):
        names = {spec.name for spec in arrow.fields}
        for name in given:
            if name not in names:
                return Refusal("field_unknown", {"arrow": arrow.name, "field": name})
    handbook = context.handbook
    if "source" in data and data["source"] not in handbook.sources:
        return Refusal("source_unknown", {"source": data["source"]})
    if data.get("class_code"):
        kind = data.get("kind") or (case.kind if case is not None else "")
        if handbook.class_item(kind, data["class_code"]) is None:
            return Refusal("class_unknown", {"kind": kind, "class_code": data["class_code"]})
    return data


def _has(case: Case | None, name: str) -> bool:
    return case is not None and getattr(case, name) not in ("", None)


def _text(value: Any, spec: FieldSpec, arrow: Arrow) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    text = value.strip()
    if spec.required and not text:
        raise ValueError(value)
    return text


def _texts(value: Any, spec: FieldSpec, arrow: Arrow) -> list[str]:
    if isinstance(value, str):
        raise TypeError(value)
    texts = [_text(v, spec, arrow) for v in value]
    if len(set(texts)) < len(texts) or "" in texts:
        raise ValueError(value)
    return texts


def _boolean(value: Any, spec: FieldSpec, arrow: Arrow) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _number(value: Any, lowest: float, highest: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(value)
    if not lowest <= value <= highest:
        raise ValueError(value)
    return float(value)


def _choice(*choices: str) -> Callable[[Any, FieldSpec, Arrow], str]:
    def read(value: Any, spec: FieldSpec, arrow: Arrow) -> str:
        if value not in choices:
            raise ValueError(value)
        return str(value)

    return read


def _result(value: Any, spec: FieldSpec, arrow: Arrow) -> str:
    return _choice(*(CHECK_RESULTS if arrow.name == "checked" else VERIFY_RESULTS))(value, spec, arrow)


def _instant(value: Any, spec: FieldSpec, arrow: Arrow) -> str:
    return format_instant(value if isinstance(value, datetime) else parse_instant(value))


def _photos(value: Any, spec: FieldSpec, arrow: Arrow) -> list[dict[str, str]]:
    out = []
    for item in value:
        sha = item["sha256"]
        if len(sha) != 64 or set(sha) - set("0123456789abcdef"):
            raise ValueError(item)
        role = _choice(*PHOTO_ROLES)(item.get("role", "other"), spec, arrow)
        out.append({"sha256": sha, "role": role, "name": str(item.get("name", ""))})
    return out


def _amount(value: Any, spec: FieldSpec, arrow: Arrow) -> float:
    number = _number(value, 0, 100_000)
    if number == 0:
        raise ValueError(value)
    return number


_READERS: dict[str, Callable[[Any, FieldSpec, Arrow], Any]] = {
    "text": _text,
    "texts": _texts,
    "boolean": _boolean,
    "kind": _choice(*KINDS),
    "class": _text,
    "condition": _text,
    "source": _text,
    "area_class": _choice("", *AREA_CLASSES),
    "lon": lambda value, spec, arrow: _number(value, -180, 180),
    "lat": lambda value, spec, arrow: _number(value, -90, 90),
    "result": _result,
    "instant": _instant,
    "amount": _amount,
    "photos": _photos,
}


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
    """A report's class is told by name too, and under which edition."""
    handbook = context.handbook
    if data.get("class_code"):
        item = handbook.class_item(data.get("kind") or (case.kind if case is not None else ""), data["class_code"])
        if item is not None:
            data["class_name"] = item.name
            data["class_edition"] = item.edition
    if case is None:
        data["handbook"] = handbook.id
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
        told = _told(run, context)
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


# ---- clocks ----


def _clock_changes(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> list[dict[str, Any]]:
    """What the arrow does to the clocks, as plain data for the event."""
    changes: list[dict[str, Any]] = []
    running = {} if case is None else {c.name: c for c in case.clocks if c.stopped_at is None}
    stop = list(arrow.stop)
    if arrow.to in TERMINAL:
        stop = list(running)
    elif "dispose" in stop:
        stop += [name for name in running if name in context.handbook.milestones]
    elif data.get("milestone"):
        stop.append(data["milestone"])
    for name in stop:
        if name in running:
            run = running.pop(name)
            if _paused(run):
                changes.append(_resumed(run, case, context))
            changes.append({"do": "stop", "name": name})
    for name in arrow.pause:
        if name in running and not _paused(running[name]):
            changes.append({"do": "pause", "name": name})
    for name in arrow.resume:
        if name in running and _paused(running[name]):
            changes.append(_resumed(running[name], case, context))
    if arrow.of_request == "extension" and "dispose" in running:
        changes.append(_extended(running["dispose"], data["amount"], context))
    for name in arrow.start:
        if name not in running:
            changes += _started(name, case, data, context)
    return changes


def _paused(run: ClockRun) -> bool:
    return bool(run.pauses) and run.pauses[-1].end is None


def _told(run: ClockRun, context: Context) -> dict[str, Any]:
    """The deadline as it is told now; nothing while the clock is paused."""
    if _paused(run):
        return {}
    due_at, yellow_at = due(run, context.calendar)
    out: dict[str, Any] = {"due_at": format_instant(due_at), "yellow_at": format_instant(yellow_at)}
    if is_provisional(run.unit, due_at, context.calendar):
        out["provisional"] = True
    return out


def _resumed(run: ClockRun, case: Case | None, context: Context) -> dict[str, Any]:
    """A pause ends now, or when the grant said it would, whichever comes first."""
    end = context.now
    for request in case.requests if case is not None else ():
        if request.kind == "suspension" and request.answer == "granted":
            end = max(run.pauses[-1].start, min(end, parse_instant(request.data["until"])))
    ended = replace(run, pauses=(*run.pauses[:-1], replace(run.pauses[-1], end=end)))
    return {"do": "resume", "name": run.name, "at": format_instant(end), **_told(ended, context)}


def _extended(run: ClockRun, amount: float, context: Context) -> dict[str, Any]:
    longer = replace(run, extended=run.extended + amount)
    return {"do": "extend", "name": run.name, "extended": longer.extended, **_told(longer, context)}


def _started(name: str, case: Case | None, data: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    spec = context.handbook.clocks[name]
    start = context.now
    if not spec.of_condition:
        area = data.get("area_class") or (case.area_class if case is not None else "")
        holder = data.get("to", "") if name == "check" else _lead(case, data) if name == "receive" else ""
        return [_start(name, start, spec.amount_for(area), spec.unit, spec.article, holder, context)]
    if case is None or not case.limit:
        return []
    unit = case.limit_unit
    if case.emergency and spec.emergency_from_acceptance:
        unit = URGENT_OF.get(unit, unit)
        if not case.rework and case.registered_at is not None:
            start = case.registered_at
    holder = _lead(case, data)
    out = [_start(name, start, case.limit, unit, spec.article, holder, context)]
    condition = context.handbook.condition(case.condition)
    for key in condition.milestones if condition is not None and not case.rework else ():
        mark = context.handbook.milestones[key]
        out.append(_start(key, context.now, mark.amount, mark.unit, mark.article, holder, context))
    return out


def _lead(case: Case | None, data: Mapping[str, Any]) -> str:
    if "unit" in data:
        return str(data["unit"])
    return case.lead.unit if case is not None and case.lead is not None else ""


def _start(
    name: str, start: datetime, amount: float, unit: str, article: str, holder: str, context: Context
) -> dict[str, Any]:
    calendar = context.calendar
    due_at = deadline(start, amount, unit, calendar)
    out: dict[str, Any] = {"do": "start", "name": name, "amount": amount, "unit": unit, "article": article}
    out["due_at"] = format_instant(due_at)
    out["yellow_at"] = format_instant(deadline(start, amount, unit, calendar, share=YELLOW_SHARE))
    if start != context.now:
        out["at"] = format_instant(start)
    if is_provisional(unit, due_at, calendar):
        out["provisional"] = True
    if holder:
        out["holder"] = holder
    return out
