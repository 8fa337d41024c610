"""What events do to a case, by the kind of event: from the report to the end. What lies beside that is in other modules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .case import Case, Order, Verification
from .effects_around import AROUND
from .effects_requests import REQUESTS
from .event import Event

Changes = dict[str, Any]
Effect = Callable[[Case, Event, Changes], None]

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
    "upstream_code",
    "parent",
)


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
    outcome(case, event, changes)


def outcome(case: Case, event: Event, changes: Changes) -> None:
    """How a case ended, in words."""
    changes["outcome_reason"] = event.data.get("reason", "")


def _self_dispose(case: Case, event: Event, changes: Changes) -> None:
    _place(case, event, changes)
    changes["outcome_reason"] = event.data.get("reason") or event.data.get("note", "")


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
    for name in ("way", "plan", "budget"):
        changes[name] = data.get(name, "")
    if data.get("binding"):
        changes["no_return"] = True


def _receive(case: Case, event: Event, changes: Changes) -> None:
    if case.lead is not None:
        changes["lead"] = replace(case.lead, received_at=event.at)


def _approve_receipt(case: Case, event: Event, changes: Changes) -> None:
    if case.lead is not None:
        changes["lead"] = replace(case.lead, approved_at=event.at, approved_by=event.actor)


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
    changes["inner"] = None
    if case.lead is not None:
        changes["lead"] = Order(case.lead.unit, "lead", event.at)
    changes["cooperating"] = tuple(Order(o.unit, "cooperating", event.at) for o in case.cooperating)


def _transfer(case: Case, event: Event, changes: Changes) -> None:
    changes["transferred_to"] = event.data["to"]
    changes["evidence"] = event.data.get("evidence", "")
    outcome(case, event, changes)


def _merge(case: Case, event: Event, changes: Changes) -> None:
    changes["merged_into"] = event.data["into"]
    outcome(case, event, changes)


def _absorb(case: Case, event: Event, changes: Changes) -> None:
    changes["duplicates"] = (*case.duplicates, event.data["duplicate"])


def _split(case: Case, event: Event, changes: Changes) -> None:
    changes["children"] = (*case.children, *event.data["children"])


def _visit(case: Case, event: Event, changes: Changes) -> None:
    changes["satisfaction"] = event.data["result"]


def _report_up(case: Case, event: Event, changes: Changes) -> None:
    changes["reported_up_at"] = event.at


EFFECTS: dict[str, Effect] = {
    "report": _place,
    "register": _register,
    "register_part": _register,
    "self_dispose": _self_dispose,
    "answer": _answer,
    "reject": outcome,
    "send_check": _send_check,
    "checked": _checked,
    "send_back": _send_back,
    "file": _file,
    "dispatch": _dispatch,
    "rapid": _dispatch,
    "first_response": _dispatch,
    "receive": _receive,
    "approve_receipt": _approve_receipt,
    "cooperate_receive": _cooperate,
    "cooperate_feed_back": _cooperate,
    "on_scene": _on_scene,
    "send_verify": _send_verify,
    "verified": _verified,
    "dispose_again": _dispose_again,
    "close_unqualified": outcome,
    "void": outcome,
    "transfer": _transfer,
    "merge": _merge,
    "absorb": _absorb,
    "split": _split,
    "visit": _visit,
    "report_up": _report_up,
    **REQUESTS,
    **AROUND,
}
"""What the program knows to do for an event of each kind; of any other only the state and the clocks change."""
