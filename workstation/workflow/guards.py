"""Guards: named conditions that an arrow of a handbook may ask for. Pure; None means that nothing stands in the way.

Case guards look at the case, the actor and the handbook alone: they also decide which arrows are offered at all.
Data guards look at what the command says and at the time. One name may have both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from .case import Case, ClockRun, Request, State
from .clock import deadline
from .event import Actor, Refusal, format_instant, parse_instant
from .flow import ANY_REQUEST, Arrow

if TYPE_CHECKING:
    from .context import Context
    from .handbook import Handbook

CaseGuard = Callable[[Case, Arrow, Actor, "Handbook"], Refusal | None]
DataGuard = Callable[[Case, Arrow, Mapping[str, Any], "Context"], Refusal | None]

CASE_GUARDS: dict[str, CaseGuard] = {}
DATA_GUARDS: dict[str, DataGuard] = {}


def _case_guard(guard: CaseGuard) -> CaseGuard:
    CASE_GUARDS[guard.__name__] = guard
    return guard


def _data_guard(guard: DataGuard) -> DataGuard:
    DATA_GUARDS[guard.__name__] = guard
    return guard


# ---- before filing ----


@_case_guard
def operator_before_check(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """What was checked on the spot is rejected by the others that the arrow names, not by an operator."""
    if actor.post == "operator" and case.state is State.CHECKED:
        posts = [p for p in arrow.posts if p != "operator"]
        return Refusal("checked_already", {"posts": posts, "post": actor.post})
    return None


@_case_guard
def sent_to_me(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """A collector answers only the task sent to them; an operator records what anybody said."""
    to = case.check_to
    if case.state is State.VERIFYING:
        to = case.verifications[-1].to if case.verifications else ""
    if actor.post == "collector" and to != actor.person:
        return Refusal("not_sent_to_you", {"to": to})
    return None


@_case_guard
def checked_or_patrol(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Patrol's reports are filed as they are; everything else once a check found it true (TY-4-ACCEPT)."""
    if case.check_result == "false_report":
        return Refusal("check_false")
    source = handbook.sources.get(case.source)
    if case.check_result != "true_report" and (source is None or source.family != "patrol"):
        return Refusal("check_first", {"source": case.source})
    return None


@_data_guard
def not_into_itself(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """A case is merged into another one."""
    return Refusal("into_itself") if data["into"] == case.id else None


# ---- disposal ----


@_data_guard
def one_lead(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """The lead unit is not also a cooperating one (TJA-7-LEAD)."""
    if data["unit"] in data.get("cooperating", ()):
        return Refusal("lead_cooperates", {"unit": data["unit"]})
    return None


@_case_guard
def cooperation_not_received(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """A cooperating unit receives once."""
    received = any(o.unit == actor.unit and o.received_at for o in case.cooperating)
    return Refusal("cooperation_received", {"unit": actor.unit}) if received else None


@_case_guard
def cooperation_open(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """A cooperating unit feeds back once."""
    done = any(o.unit == actor.unit and o.fed_back_at for o in case.cooperating)
    return Refusal("cooperation_done", {"unit": actor.unit}) if done else None


@_case_guard
def cooperators_done(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Where the handbook says so, the lead waits for every cooperating unit."""
    waiting = [o.unit for o in case.cooperating if o.fed_back_at is None]
    return Refusal("cooperators_open", {"units": waiting}) if waiting and handbook.rules.lead_waits else None


@_data_guard
def milestone_known(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """The milestone, where one is named, is one of this case's that has not been reached."""
    name = data.get("milestone", "")
    if not name:
        return None
    run = case.clock(name)
    if run is None or name not in context.handbook.milestones:
        return Refusal("milestone_unknown", {"milestone": name})
    return Refusal("milestone_reached", {"milestone": name}) if run.stopped_at else None


# ---- requests ----


def find_request(case: Case, request_id: str) -> Request | None:
    """The case's request of that id, answered or not."""
    return next((r for r in case.requests if r.id == request_id), None)


@_case_guard
def request_new(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """One request of a kind at a time."""
    return Refusal("request_pending", {"request": arrow.asks}) if case.pending(arrow.asks) else None


def _request_id_new(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """A request's id is used once."""
    return Refusal("request_exists") if find_request(case, data["request_id"]) else None


DATA_GUARDS["request_new"] = _request_id_new


@_data_guard
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


def answerable(case: Case, post: str, handbook: Handbook) -> list[Request]:
    """The open requests that a post may grant, and so may refuse."""
    out = []
    for request in case.requests:
        granting = (a for a in handbook.arrows if a.of_request == request.kind)
        if not request.answer and any(post in a.posts for a in granting):
            out.append(request)
    return out


@_case_guard
def may_answer(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Somebody who may grant one of the open requests."""
    if answerable(case, actor.post, handbook):
        return None
    pending = case.pending()
    return Refusal("not_yours_to_answer", {"post": actor.post, "request": pending.kind if pending else ""})


def _may_answer_this(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """Who may grant this request may refuse it, nobody else."""
    actor = context.actor
    if any(r.id == data["request_id"] for r in answerable(case, actor.post, context.handbook)):
        return None
    request = find_request(case, data["request_id"])
    return Refusal("not_yours_to_answer", {"post": actor.post, "request": request.kind if request else ""})


DATA_GUARDS["may_answer"] = _may_answer_this


@_case_guard
def return_in_time(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """After a coordinated decision the unit must act (MQ-28-BINDING)."""
    return Refusal("return_barred") if case.no_return else None


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


DATA_GUARDS["return_in_time"] = _inside_return_limit


def _disposal(case: Case) -> ClockRun | None:
    run = case.clock("dispose")
    return run if run is not None and run.stopped_at is None else None


@_case_guard
def not_suspended(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """The disposal clock runs."""
    return Refusal("suspended") if case.suspended else None


@_case_guard
def suspended(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """The disposal clock is paused."""
    return None if case.suspended else Refusal("not_suspended")


@_case_guard
def not_emergency(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """An emergency is not put off (MQ-29-EMERGENCY)."""
    return Refusal("emergency_waits_not") if case.emergency else None


@_data_guard
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


@_case_guard
def extensions_left(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """At most so many extensions of one case are granted."""
    count = granted(case, "extension")
    return Refusal("no_extension_left", {"count": count}) if count >= handbook.rules.extensions else None


def _extension_short(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """One extension adds at most the share of the limit that the handbook allows."""
    run = _disposal(case)
    if run is None:
        return Refusal("no_limit", {"class_code": case.class_code})
    most = run.amount * context.handbook.rules.extension_share
    if data.get("amount", 0) > most:
        return Refusal("extension_too_long", {"amount": most, "time_unit": run.unit})
    return None


DATA_GUARDS["extensions_left"] = _extension_short


@_case_guard
def suspension_left(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """At most so many suspensions of one case are granted."""
    count = granted(case, "suspension")
    return Refusal("no_suspension_left", {"count": count}) if count >= handbook.rules.suspensions else None


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


DATA_GUARDS["suspension_left"] = _suspension_short


# ---- the four outcomes ----


def _verdict(case: Case) -> str:
    return case.verifications[-1].result if case.verifications else ""


@_case_guard
def verification_passed(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """What was found on the spot allows closing."""
    result = _verdict(case)
    if not result:
        return Refusal("not_verified", {"arrow": arrow.name})
    return Refusal("verification_failed", {"arrow": arrow.name}) if result != "pass" else None


@_case_guard
def verification_failed(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """What was found on the spot does not allow closing."""
    result = _verdict(case)
    if not result:
        return Refusal("not_verified", {"arrow": arrow.name})
    return Refusal("verification_passed", {"arrow": arrow.name}) if result != "fail" else None


@_case_guard
def filers_close(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Who files, closes: somebody of the unit that filed, where it is known (TY-4-OWNER)."""
    if handbook.rules.filers_close and case.filed_unit not in ("", actor.unit):
        return Refusal("other_filed", {"unit": case.filed_unit})
    return None


GUARDS = frozenset(CASE_GUARDS) | frozenset(DATA_GUARDS)
"""The names that a handbook may use."""
