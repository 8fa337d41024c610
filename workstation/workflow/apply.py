"""Applying: what an event makes of a case. Needs nothing but the two; never refuses what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from .case import TERMINAL, Case, ClockRun, Order, Pause, Photo, Request, State, Verification
from .event import Event, parse_instant

_PLACE_FIELDS = (
    "code",
    "kind",
    "class_code",
    "class_name",
    "class_edition",
    "source",
    "reporter",
    "reporter_phone",
    "description",
    "address",
    "lon",
    "lat",
    "grid",
    "area_class",
    "component",
    "emergency",
    "key_case",
    "handbook",
)
_UNDER_DISPOSAL = frozenset({State.DISPATCHED, State.RECEIVED, State.WORKING})

Changes = dict[str, Any]


def apply(case: Case | None, event: Event) -> Case:
    """The case after the event. ``case`` is None for the first."""
    data = event.data
    state = State(event.to)
    if case is None:
        case = Case(event.case_id, 0, state)
    changes: Changes = {"seq": event.seq, "state": state, "changed_at": event.at}
    effect = _EFFECTS.get(event.kind)
    if effect is not None:
        effect(case, event, changes)
    if "clocks" in data:
        changes["clocks"] = _clocks(case, event)
    if data.get("photos"):
        changes["photos"] = (*case.photos, *(_photo(p, event) for p in data["photos"]))
    if state in TERMINAL:
        changes["closed_at"] = event.at
        changes["closed_by"] = event.actor
    if case.state in _UNDER_DISPOSAL and state not in _UNDER_DISPOSAL:
        # Nobody answers a request of a disposal that is over.
        requests = changes.get("requests", case.requests)
        if any(not r.answer for r in requests):
            changes["requests"] = tuple(
                r if r.answer else replace(r, answer="lapsed", answered_at=event.at) for r in requests
            )
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


# ---- effects by kind of event ----


def _place(case: Case, event: Event, changes: Changes) -> None:
    data = event.data
    for name in _PLACE_FIELDS:
        if name in data:
            changes[name] = data[name]
    if case.seq == 0:
        changes["reported_at"] = event.at
        changes["reported_by"] = event.actor


def _register(case: Case, event: Event, changes: Changes) -> None:
    _place(case, event, changes)
    changes["registered_at"] = event.at
    changes["registered_by"] = event.actor


def _answer(case: Case, event: Event, changes: Changes) -> None:
    _place(case, event, changes)
    _outcome(case, event, changes)


def _outcome(case: Case, event: Event, changes: Changes) -> None:
    changes["outcome_reason"] = event.data.get("reason", "")


def _send_check(case: Case, event: Event, changes: Changes) -> None:
    changes["check_to"] = event.data["to"]
    changes["check_result"] = ""


def _checked(case: Case, event: Event, changes: Changes) -> None:
    changes["check_result"] = event.data["result"]


def _send_back(case: Case, event: Event, changes: Changes) -> None:
    changes["check_result"] = ""


def _file(case: Case, event: Event, changes: Changes) -> None:
    data = event.data
    for name in (
        "kind",
        "class_code",
        "class_name",
        "class_edition",
        "condition",
        "closing_standard",
        "handbook",
        "emergency",
    ):
        changes[name] = data[name]
    if "key_case" in data:
        changes["key_case"] = data["key_case"]
    changes["limit"] = data["limit"]["amount"]
    changes["limit_unit"] = data["limit"]["unit"]
    changes["filed_at"] = event.at
    changes["filed_by"] = event.actor
    changes["filed_unit"] = event.unit


def _dispatch(case: Case, event: Event, changes: Changes) -> None:
    data = event.data
    changes["lead"] = Order(data["unit"], "lead", event.at)
    changes["cooperating"] = tuple(Order(u, "cooperating", event.at) for u in data.get("cooperating", ()))
    changes["requirement"] = data.get("requirement", "")
    changes["dispatched_at"] = event.at
    changes["dispatched_by"] = event.actor
    changes["fed_back_at"] = None
    if data.get("binding"):
        changes["no_return"] = True


def _undispatch(case: Case, event: Event, changes: Changes) -> None:
    changes["lead"] = None
    changes["cooperating"] = ()
    changes["dispatched_at"] = None
    changes["fed_back_at"] = None


def _receive(case: Case, event: Event, changes: Changes) -> None:
    if case.lead is not None:
        changes["lead"] = replace(case.lead, received_at=event.at)


def _cooperate(case: Case, event: Event, changes: Changes) -> None:
    note = event.data.get("note", "")
    orders = []
    for order in case.cooperating:
        if order.unit == event.unit:
            order = replace(order, received_at=order.received_at or event.at, note=note or order.note)
            if event.kind == "cooperate_feed_back":
                order = replace(order, fed_back_at=event.at)
        orders.append(order)
    changes["cooperating"] = tuple(orders)


def _on_scene(case: Case, event: Event, changes: Changes) -> None:
    changes["milestones"] = (*case.milestones, (event.data.get("milestone") or "on_scene", event.at))


def _feed_back(case: Case, event: Event, changes: Changes) -> None:
    changes["fed_back_at"] = event.at
    if case.lead is not None:
        changes["lead"] = replace(case.lead, fed_back_at=event.at, note=event.data.get("note", ""))


def _ask(kind: str) -> Callable[[Case, Event, Changes], None]:
    def effect(case: Case, event: Event, changes: Changes) -> None:
        data = event.data
        asked = {k: data[k] for k in ("suggested_unit", "amount", "until") if k in data}
        request = Request(data["request_id"], kind, event.at, event.actor, event.unit, data["reason"], asked)
        changes["requests"] = (*case.requests, request)

    return effect


def _answer_request(answer: str) -> Callable[[Case, Event, Changes], None]:
    def effect(case: Case, event: Event, changes: Changes) -> None:
        data = event.data
        changes["requests"] = tuple(
            replace(
                r,
                answer=answer,
                answered_at=event.at,
                answered_by=event.actor,
                answer_reason=data.get("reason", ""),
            )
            if r.id == data["request_id"]
            else r
            for r in case.requests
        )
        if data.get("binding"):
            changes["no_return"] = True

    return effect


def _grant_return(case: Case, event: Event, changes: Changes) -> None:
    _answer_request("granted")(case, event, changes)
    _undispatch(case, event, changes)
    changes["returns"] = case.returns + 1


def _grant_void(case: Case, event: Event, changes: Changes) -> None:
    _answer_request("granted")(case, event, changes)
    request = next((r for r in case.requests if r.id == event.data["request_id"]), None)
    changes["outcome_reason"] = event.data.get("reason") or (request.reason if request is not None else "")


def _send_verify(case: Case, event: Event, changes: Changes) -> None:
    changes["verifications"] = (*case.verifications, Verification(event.at, event.data["to"]))


def _verified(case: Case, event: Event, changes: Changes) -> None:
    data = event.data
    sent = case.verifications[-1] if case.verifications else Verification(event.at)
    found = replace(sent, result=data["result"], found_at=event.at, by=event.actor, note=data.get("note", ""))
    changes["verifications"] = (*case.verifications[:-1], found)
    changes["overdue_counted"] = data["overdue"]


def _dispose_again(case: Case, event: Event, changes: Changes) -> None:
    changes["rework"] = case.rework + 1
    changes["dispatched_at"] = event.at
    changes["fed_back_at"] = None
    if case.lead is not None:
        changes["lead"] = Order(case.lead.unit, "lead", event.at)
    changes["cooperating"] = tuple(Order(o.unit, "cooperating", event.at) for o in case.cooperating)


def _transfer(case: Case, event: Event, changes: Changes) -> None:
    changes["transferred_to"] = event.data["to"]
    _outcome(case, event, changes)


def _urge(case: Case, event: Event, changes: Changes) -> None:
    changes["urged"] = case.urged + 1


def _merge(case: Case, event: Event, changes: Changes) -> None:
    changes["merged_into"] = event.data["into"]
    _outcome(case, event, changes)


_EFFECTS: dict[str, Callable[[Case, Event, Changes], None]] = {
    "report": _place,
    "register": _register,
    "answer": _answer,
    "reject": _outcome,
    "send_check": _send_check,
    "checked": _checked,
    "send_back": _send_back,
    "file": _file,
    "dispatch": _dispatch,
    "recall": _undispatch,
    "receive": _receive,
    "cooperate_receive": _cooperate,
    "cooperate_feed_back": _cooperate,
    "on_scene": _on_scene,
    "feed_back": _feed_back,
    "ask_return": _ask("return"),
    "ask_extension": _ask("extension"),
    "ask_suspension": _ask("suspension"),
    "ask_void": _ask("void"),
    "withdraw_request": _answer_request("withdrawn"),
    "grant_return": _grant_return,
    "grant_extension": _answer_request("granted"),
    "grant_suspension": _answer_request("granted"),
    "grant_void": _grant_void,
    "refuse_request": _answer_request("refused"),
    "send_verify": _send_verify,
    "verified": _verified,
    "dispose_again": _dispose_again,
    "close_unqualified": _outcome,
    "redispatch": _undispatch,
    "void": _outcome,
    "transfer": _transfer,
    "merge": _merge,
    "urge": _urge,
}


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
        pause = Pause(event.at, None, event.data.get("reason", ""), event.actor)
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
