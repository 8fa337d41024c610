"""What an arrow does to a case's clocks, as plain data for its event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from .case import TERMINAL, Case, ClockRun
from .clock import due, is_provisional, limits
from .context import Context
from .event import format_instant, parse_instant
from .flow import Arrow
from .limits import URGENT_OF


def clock_changes(
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


def told_again(run: ClockRun, context: Context) -> dict[str, Any]:
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
    return {"do": "resume", "name": run.name, "at": format_instant(end), **told_again(ended, context)}


def _extended(run: ClockRun, amount: float, context: Context) -> dict[str, Any]:
    longer = replace(run, extended=run.extended + amount)
    return {"do": "extend", "name": run.name, "extended": longer.extended, **told_again(longer, context)}


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
        if case.registered_at is not None and not _disposed_before(case):
            start = case.registered_at
    holder = _lead(case, data)
    out = [_start(name, start, case.limit, unit, spec.article, holder, context)]
    condition = context.handbook.condition(case.condition)
    for key in condition.milestones if condition is not None and not _disposed_before(case) else ():
        mark = context.handbook.milestones[key]
        out.append(_start(key, context.now, mark.amount, mark.unit, mark.article, holder, context))
    return out


def _disposed_before(case: Case) -> bool:
    """Whether this is a second disposal: its time is its own, not what the first one left."""
    return any(c.stopped_with == "feed_back" for c in case.clocks)


def _lead(case: Case | None, data: Mapping[str, Any]) -> str:
    if "unit" in data:
        return str(data["unit"])
    return case.lead.unit if case is not None and case.lead is not None else ""


def _start(
    name: str, start: datetime, amount: float, unit: str, article: str, holder: str, context: Context
) -> dict[str, Any]:
    calendar = context.calendar
    due_at, yellow_at = limits(start, amount, unit, calendar)
    out: dict[str, Any] = {"do": "start", "name": name, "amount": amount, "unit": unit, "article": article}
    out["due_at"] = format_instant(due_at)
    out["yellow_at"] = format_instant(yellow_at)
    if start != context.now:
        out["at"] = format_instant(start)
    if is_provisional(unit, due_at, calendar):
        out["provisional"] = True
    if holder:
        out["holder"] = holder
    return out
