"""What the ways around the happy way do to a case: coordination, an inner order, costs, key cases, directions."""

from __future__ import annotations

from dataclasses import replace

from .case import Case, Coordination, Cost, Direction, Order, Step
from .effects_requests import Changes, Effect, undispatch
from .event import Event, parse_instant

# ---- who is responsible ----


def _coordinate(case: Case, event: Event, changes: Changes) -> None:
    data = event.data
    opened = Coordination(
        data["coordination_id"],
        data["cause"],
        data["scope"],
        data["body"],
        event.at,
        event.actor,
        data["reason"],
        tuple(data.get("units", ())),
        (Step(data["body"], event.at, event.actor, data["reason"]),),
    )
    changes["coordinations"] = (*case.coordinations, opened)


def _escalate(case: Case, event: Event, changes: Changes) -> None:
    data = event.data
    step = Step(data["body"], event.at, event.actor, data.get("note", ""))
    changes["coordinations"] = tuple(
        c if c.outcome else replace(c, body=step.body, steps=(*c.steps, step)) for c in case.coordinations
    )


def _decided(case: Case, event: Event, changes: Changes, outcome: str, unit: str, decision: str) -> None:
    changes["coordinations"] = tuple(
        c
        if c.outcome
        else replace(
            c, outcome=outcome, unit=unit, decision=decision, decided_at=event.at, decided_by=event.actor
        )
        for c in case.coordinations
    )


def _uphold(case: Case, event: Event, changes: Changes) -> None:
    """The unit keeps the case for good; a return that it asked for is answered by that."""
    unit = case.lead.unit if case.lead is not None else ""
    decision = event.data["decision"]
    _decided(case, event, changes, "upheld", unit, decision)
    changes["no_return"] = True
    changes["ruled_unit"] = unit
    if case.pending("return") is not None:
        changes["requests"] = tuple(
            r
            if r.answer or r.kind != "return"
            else replace(
                r, answer="refused", answered_at=event.at, answered_by=event.actor, answer_reason=decision
            )
            for r in case.requests
        )


def _assign(case: Case, event: Event, changes: Changes) -> None:
    unit = event.data["unit"]
    _decided(case, event, changes, "assigned", unit, event.data["decision"])
    undispatch(case, event, changes)
    changes["no_return"] = True
    changes["ruled_unit"] = unit


def _withdraw_coordination(case: Case, event: Event, changes: Changes) -> None:
    _decided(case, event, changes, "withdrawn", "", event.data["reason"])


def _settle(case: Case, event: Event, changes: Changes) -> None:
    unit = event.data["unit"]
    changes["settled_unit"] = unit
    if case.coordinating is not None:
        _decided(case, event, changes, "assigned", unit, event.data.get("note", ""))
        changes["no_return"] = True
        changes["ruled_unit"] = unit


# ---- feedback, and what it cost ----


def _feed_back(case: Case, event: Event, changes: Changes) -> None:
    data = event.data
    changes["fed_back_at"] = event.at
    if case.lead is not None:
        changes["lead"] = replace(case.lead, fed_back_at=event.at, note=data.get("note", ""))
    if "cost" in data:
        cost = Cost(data["cost"], case.budget, data.get("cost_note", ""), event.at, event.actor)
        changes["costs"] = (*case.costs, cost)


# ---- inside a district ----


def _dispatch_inside(case: Case, event: Event, changes: Changes) -> None:
    data = event.data
    changes["inner"] = Order(data["unit"], "inner", event.at, requirement=data.get("requirement", ""))


def _recall_inside(case: Case, event: Event, changes: Changes) -> None:
    changes["inner"] = None


def _work_inside(case: Case, event: Event, changes: Changes) -> None:
    if case.inner is None:
        return
    order = replace(
        case.inner,
        received_at=case.inner.received_at or event.at,
        note=event.data.get("note") or case.inner.note,
    )
    changes["inner"] = replace(order, fed_back_at=event.at) if event.kind == "feed_back_inside" else order


# ---- key cases and directions ----


def _mark_key(case: Case, event: Event, changes: Changes) -> None:
    changes["key_case"] = event.kind == "mark_key"


def _direct(case: Case, event: Event, changes: Changes) -> None:
    data = event.data
    until = parse_instant(data["until"]) if "until" in data else None
    direction = Direction(
        data.get("direction_id", ""), event.kind, event.at, event.actor, data.get("note", ""), until
    )
    changes["directions"] = (*case.directions, direction)
    if event.kind != "instruct":
        changes["urged"] = case.urged + 1


def _reply(case: Case, event: Event, changes: Changes) -> None:
    data = event.data
    changes["directions"] = tuple(
        replace(d, answered_at=event.at, answered_by=event.actor, answer=data["note"])
        if d.id == data["direction_id"] and d.answered_at is None
        else d
        for d in case.directions
    )


AROUND: dict[str, Effect] = {
    "coordinate": _coordinate,
    "escalate": _escalate,
    "uphold": _uphold,
    "assign": _assign,
    "withdraw_coordination": _withdraw_coordination,
    "settle": _settle,
    "feed_back": _feed_back,
    "dispatch_inside": _dispatch_inside,
    "recall_inside": _recall_inside,
    "return_inside": _recall_inside,
    "receive_inside": _work_inside,
    "feed_back_inside": _work_inside,
    "mark_key": _mark_key,
    "unmark_key": _mark_key,
    "urge": _direct,
    "supervise": _direct,
    "instruct": _direct,
    "reply": _reply,
}
