"""Applying: what an event makes of a case. Needs nothing but the two; never refuses what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .case import TERMINAL, Case, ClockRun, Pause, Photo, State
from .effects import EFFECTS, Changes
from .event import Event, parse_instant

_UNDER_DISPOSAL = frozenset({State.DISPATCHED, State.RECEIVED, State.WORKING})
_COORDINATED = _UNDER_DISPOSAL | {State.FILED}
"""Where it can be asked who is responsible."""


def apply(case: Case | None, event: Event) -> Case:
    """The case after the event. ``case`` is None for the first."""
    data = event.data
    state = State(event.to)
    first = case is None
    if case is None:
        case = Case(event.case_id, 0, state)
    changes: Changes = {"seq": event.seq, "state": state, "changed_at": event.at}
    effect = EFFECTS.get(event.kind)
    if effect is not None:
        effect(case, event, changes)
    if "clocks" in data:
        changes["clocks"] = _clocks(case, event)
    if data.get("photos"):
        changes["photos"] = (*case.photos, *(_photo(p, event) for p in data["photos"]))
    if state in TERMINAL and (first or case.state not in TERMINAL):
        changes["closed_at"] = event.at
        changes["closed_by"] = event.actor
    if case.requests and state is not case.state:
        _let_lapse(case, event, state, changes)
    if case.coordinations and case.state in _COORDINATED and state not in _COORDINATED:
        _end_coordination(case, event, changes)
    return case.changed(changes)


def replay(events: list[Event]) -> Case:
    """The case that a whole log makes. ValueError for an empty one."""
    case = None
    for event in events:
        case = apply(case, event)
    if case is None:
        raise ValueError("a case has at least one event")
    return case


def _photo(item: Mapping[str, str], event: Event) -> Photo:
    return Photo(item["sha256"], item["role"], item["name"], event.at, event.actor)


def _let_lapse(case: Case, event: Event, state: State, changes: Changes) -> None:
    """Nobody answers a unit's request about a disposal that is over; a proposal to void lives as long as the case."""
    ended = state in TERMINAL
    if not ended and (case.state not in _UNDER_DISPOSAL or state in _UNDER_DISPOSAL):
        return
    lead = case.lead.unit if case.lead is not None else ""
    requests = changes.get("requests", case.requests)
    changes["requests"] = tuple(
        replace(r, answer="lapsed", answered_at=event.at)
        if not r.answer and (ended or r.kind != "void" or r.unit == lead)
        else r
        for r in requests
    )


def _end_coordination(case: Case, event: Event, changes: Changes) -> None:
    """A case that went on without a decision needs none."""
    changes["coordinations"] = tuple(
        c if c.outcome else replace(c, outcome="lapsed", decided_at=event.at) for c in case.coordinations
    )


# ---- clocks ----


def _clocks(case: Case, event: Event) -> tuple[ClockRun, ...]:
    runs = list(case.clocks)
    for change in event.data["clocks"]:
        name = change["name"]
        what = change["do"]
        if what == "start":
            runs.append(
                ClockRun(
                    name,
                    parse_instant(change["at"]) if "at" in change else event.at,
                    change["amount"],
                    change["unit"],
                    parse_instant(change["due_at"]),
                    parse_instant(change["yellow_at"]),
                    article=change["article"],
                    provisional=change.get("provisional", False),
                    holder=change.get("holder", ""),
                    yellow_share=change.get("yellow_share", 0.8),
                )
            )
            continue
        i = max(n for n, run in enumerate(runs) if run.name == name)
        runs[i] = _changed(runs[i], what, change, event)
    return tuple(runs)


def _changed(run: ClockRun, what: str, change: Mapping[str, Any], event: Event) -> ClockRun:
    if what == "stop":
        return run.changed({"stopped_at": event.at, "stopped_with": event.kind, "stopped_by": event.actor})
    if what == "pause":
        cause = change.get("cause", "suspended")
        since = parse_instant(change["at"]) if "at" in change else event.at
        pause = Pause(since, None, event.data.get("reason", ""), event.actor, cause)
        return run.changed({"pauses": (*run.pauses, pause), "due_at": None, "yellow_at": None})
    told: Changes = {"extended": change.get("extended", run.extended)}
    if "due_at" in change:
        told["due_at"] = parse_instant(change["due_at"])
        told["yellow_at"] = parse_instant(change["yellow_at"])
        told["provisional"] = change.get("provisional", False)
    if what == "resume":
        ended = replace(run.pauses[-1], end=parse_instant(change["at"]))
        told["pauses"] = (*run.pauses[:-1], ended)
    return run.changed(told)
