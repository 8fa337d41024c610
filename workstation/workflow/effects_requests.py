"""What requests and their answers do to a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .case import Case, Request
from .event import Event

Changes = dict[str, Any]
Effect = Callable[[Case, Event, Changes], None]


def undispatch(case: Case, event: Event, changes: Changes) -> None:
    """Nobody has the case any more."""
    changes["lead"] = None
    changes["cooperating"] = ()
    changes["inner"] = None
    changes["dispatched_at"] = None
    changes["fed_back_at"] = None
    for name in ("way", "plan", "budget"):
        changes[name] = ""


def _ask(kind: str) -> Effect:
    def effect(case: Case, event: Event, changes: Changes) -> None:
        data = event.data
        asked = {k: data[k] for k in ("suggested_unit", "amount", "until") if k in data}
        request = Request(data["request_id"], kind, event.at, event.actor, event.unit, data["reason"], asked)
        if data.get("endorsed"):
            request = replace(request, endorsed_at=event.at, endorsed_by=event.actor)
        changes["requests"] = (*case.requests, request)

    return effect


def _answer_request(answer: str) -> Effect:
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


def _endorse(case: Case, event: Event, changes: Changes) -> None:
    changes["requests"] = tuple(
        replace(r, endorsed_at=event.at, endorsed_by=event.actor) if r.id == event.data["request_id"] else r
        for r in case.requests
    )


def _grant_return(case: Case, event: Event, changes: Changes) -> None:
    _answer_request("granted")(case, event, changes)
    undispatch(case, event, changes)
    changes["returns"] = case.returns + 1


def _grant_void(case: Case, event: Event, changes: Changes) -> None:
    _answer_request("granted")(case, event, changes)
    request = next((r for r in case.requests if r.id == event.data["request_id"]), None)
    changes["outcome_reason"] = event.data.get("reason") or (request.reason if request is not None else "")


REQUESTS: dict[str, Effect] = {
    "recall": undispatch,
    "redispatch": undispatch,
    "ask_return": _ask("return"),
    "ask_extension": _ask("extension"),
    "ask_suspension": _ask("suspension"),
    "ask_void": _ask("void"),
    "propose_void": _ask("void"),
    "endorse_request": _endorse,
    "withdraw_request": _answer_request("withdrawn"),
    "grant_return": _grant_return,
    "grant_extension": _answer_request("granted"),
    "grant_suspension": _answer_request("granted"),
    "grant_void": _grant_void,
    "refuse_request": _answer_request("refused"),
}
