"""Guards of requests: return, extension, suspension, void; who endorses, grants, refuses and withdraws them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from .case import Case, ClockRun, Request
from .clock import deadline
from .event import Actor, Refusal, format_instant, parse_instant
from .flow import ANY_REQUEST, Arrow
from .guarding import case_guard, data_guard, with_data

if TYPE_CHECKING:
    from .context import Context
    from .handbook import Handbook


def find_request(case: Case, request_id: str) -> Request | None:
    """The case's request of that id, answered or not."""
    return next((r for r in case.requests if r.id == request_id), None)


def unendorsed(request: Request, handbook: Handbook) -> bool:
    """Whether the request is open and the unit's own head has to agree first (the two-step extension)."""
    return not request.answer and request.kind in handbook.rules.endorsed and request.endorsed_at is None


def answerable(case: Case, post: str, handbook: Handbook) -> list[Request]:
    """The open requests that a post may refuse: its own to grant, or to endorse while they wait for that."""
    out = []
    for request in case.requests:
        if unendorsed(request, handbook):
            mine = post == handbook.rules.endorser
        else:
            mine = any(post in a.posts for a in handbook.arrows if a.of_request == request.kind)
        if mine and not request.answer:
            out.append(request)
    return out


# ---- asking and withdrawing ----


@case_guard
def request_new(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """One request of a kind at a time."""
    return Refusal("request_pending", {"request": arrow.asks}) if case.pending(arrow.asks) else None


@with_data("request_new")
def _request_id_new(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """A request's id is used once."""
    return Refusal("request_exists") if find_request(case, data["request_id"]) else None


@case_guard
def own_request(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Who asked takes it back: somebody of the unit that asked."""
    pending = [r for r in case.requests if not r.answer]
    if any(r.unit == actor.unit for r in pending):
        return None
    return Refusal("wrong_unit", {"unit": pending[-1].unit if pending else "", "arrow": arrow.name})


@with_data("own_request")
def _own_request_named(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    request = find_request(case, data["request_id"])
    if request is not None and request.unit != context.actor.unit:
        return Refusal("wrong_unit", {"unit": request.unit, "arrow": arrow.name})
    return None


# ---- the unit's own head ----


@case_guard
def awaits_endorsement(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Something that was asked for waits for the unit's own head."""
    waiting = any(unendorsed(r, handbook) and r.unit == actor.unit for r in case.requests)
    return None if waiting else Refusal("nothing_to_endorse")


@with_data("awaits_endorsement")
def _this_awaits(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    request = find_request(case, data["request_id"])
    if request is None:
        return Refusal("request_unknown")
    if not unendorsed(request, context.handbook) or request.unit != context.actor.unit:
        return Refusal("nothing_to_endorse")
    return None


@case_guard
def endorsed(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """What the unit's own head has to agree to first is granted after that."""
    request = case.pending(arrow.of_request)
    if request is not None and unendorsed(request, handbook):
        return Refusal("not_endorsed", {"request": request.kind, "post": handbook.rules.endorser})
    return None


# ---- answering ----


@data_guard
def request_open(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """The request exists, is of the kind that the arrow answers, and nobody has answered it."""
    request = find_request(case, data["request_id"])
    if request is None:
        return Refusal("request_unknown")
    if request.answer:
        return Refusal("request_answered", {"request": request.kind, "answer": request.answer})
    if arrow.of_request not in (ANY_REQUEST, request.kind):
        return Refusal("request_other_kind", {"request": request.kind})
    return None


@case_guard
def not_the_asker(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Nobody grants what they asked for themselves."""
    request = case.pending(arrow.of_request)
    own = request is not None and request.by == actor.person
    return Refusal("asker_grants", {"request": arrow.of_request}) if own else None


@case_guard
def may_answer(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Somebody who may grant, or endorse, one of the open requests."""
    if answerable(case, actor.post, handbook):
        return None
    pending = case.pending()
    return Refusal("not_yours_to_answer", {"post": actor.post, "request": pending.kind if pending else ""})


@with_data("may_answer")
def _may_answer_this(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """Who may grant or endorse this request may refuse it, nobody else; a unit's head only what the unit asked."""
    actor = context.actor
    request = next(
        (r for r in answerable(case, actor.post, context.handbook) if r.id == data["request_id"]), None
    )
    if request is not None:
        if unendorsed(request, context.handbook) and request.unit != actor.unit:
            return Refusal("wrong_unit", {"unit": request.unit, "arrow": arrow.name})
        return None
    known = find_request(case, data["request_id"])
    return Refusal("not_yours_to_answer", {"post": actor.post, "request": known.kind if known else ""})


# ---- return ----


@case_guard
def return_in_time(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """After a coordinated decision the unit must act (MQ-28-BINDING)."""
    return Refusal("return_barred") if case.no_return else None


@with_data("return_in_time")
def _inside_return_limit(
    case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context
) -> Refusal | None:
    """A return is asked for inside its limit from the dispatch (MQ-25-RETURN)."""
    rules = context.handbook.rules
    if case.lead is not None:
        until = deadline(case.lead.dispatched_at, rules.return_amount, rules.return_unit, context.calendar)
        if context.now > until:
            return Refusal("return_too_late", {"until": format_instant(until)})
    return None


# ---- extension and suspension ----


def _disposal(case: Case) -> ClockRun | None:
    run = case.clock("dispose")
    return run if run is not None and run.stopped_at is None else None


@case_guard
def not_suspended(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """The disposal clock runs."""
    return Refusal("suspended") if case.suspended else None


@case_guard
def suspended(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """The disposal clock is paused."""
    return None if case.suspended else Refusal("not_suspended")


@case_guard
def not_emergency(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """An emergency is not put off (MQ-29-EMERGENCY)."""
    return Refusal("emergency_waits_not") if case.emergency else None


@data_guard
def not_overdue(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """What is overdue already is neither extended nor suspended."""
    run = _disposal(case)
    if run is None:
        return Refusal("no_limit", {"class_code": case.class_code})
    if run.due_at is not None and context.now > run.due_at:
        return Refusal("overdue", {"until": format_instant(run.due_at)})
    return None


def granted(case: Case, kind: str) -> int:
    """How many requests of the kind were granted; refused ones do not count."""
    return sum(r.kind == kind and r.answer == "granted" for r in case.requests)


@case_guard
def extensions_left(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """At most so many extensions of one case are granted."""
    count = granted(case, "extension")
    return Refusal("no_extension_left", {"count": count}) if count >= handbook.rules.extensions else None


@with_data("extensions_left")
def _extension_short(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """One extension adds at most the share of the limit that the handbook allows."""
    run = _disposal(case)
    if run is None:
        return Refusal("no_limit", {"class_code": case.class_code})
    most = run.amount * context.handbook.rules.extension_share
    if data.get("amount", 0) > most:
        return Refusal("extension_too_long", {"amount": most, "time_unit": run.unit})
    return None


@case_guard
def suspension_left(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """At most so many suspensions of one case are granted."""
    count = granted(case, "suspension")
    return Refusal("no_suspension_left", {"count": count}) if count >= handbook.rules.suspensions else None


@with_data("suspension_left")
def _suspension_short(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """A suspension ends in the future, and not later than the handbook allows."""
    request = find_request(case, data["request_id"])
    until = parse_instant(data["until"] if request is None else request.data["until"])
    if until <= context.now:
        return Refusal("suspension_past")
    days = context.handbook.rules.suspension_days
    return (
        Refusal("suspension_too_long", {"days": days}) if until > context.now + timedelta(days=days) else None
    )
