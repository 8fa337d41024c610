"""Guards of the ways around the happy way: coordination, rapid and first disposal, key cases, directions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .case import Case, Direction
from .event import Actor, Refusal, parse_instant
from .flow import WAYS, Arrow
from .guarding import case_guard, data_guard, with_data

if TYPE_CHECKING:
    from .context import Context
    from .handbook import Handbook

# ---- who is responsible (MQ-26-UNCLEAR, TZ-15-DISPUTE) ----


@case_guard
def not_coordinating(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Nobody is about to decide whose the case is."""
    return Refusal("coordinating", {"arrow": arrow.name}) if case.coordinating else None


@with_data("not_coordinating")
def _coordination_id_new(
    case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context
) -> Refusal | None:
    """A coordination's id is used once."""
    used = {c.id for c in case.coordinations}
    return Refusal("coordination_exists") if data.get("coordination_id") in used else None


@case_guard
def coordinating(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """A coordination is open."""
    return None if case.coordinating else Refusal("not_coordinating", {"arrow": arrow.name})


@with_data("coordinating")
def _this_coordination(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """It is the one that the command names, where it names one."""
    now = case.coordinating
    other = now is not None and data.get("coordination_id", now.id) != now.id
    return Refusal("coordination_unknown") if other else None


def next_body(case: Case, handbook: Handbook) -> str:
    """The body that the open coordination goes to next; "" where the last one has it, or none is open."""
    now = case.coordinating
    bodies = handbook.coordination.get(now.scope, ()) if now is not None else ()
    if now is None or now.body not in bodies:
        return ""
    return next(iter(bodies[bodies.index(now.body) + 1 :]), "")


@case_guard
def body_left(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """There is a body above the one that has the coordination."""
    return None if next_body(case, handbook) else Refusal("no_body_left")


@case_guard
def body_decides(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """The decision is written down by the posts of the body that has the coordination."""
    now = case.coordinating
    body = handbook.bodies.get(now.body) if now is not None else None
    if body is None or actor.post not in body.posts:
        posts = list(body.posts) if body is not None else []
        return Refusal("body_decides", {"body": body.key if body else "", "posts": posts, "post": actor.post})
    return None


# ---- rapid (TZ-16-RAPID) and first (MQ-27-FIRST, TY-3-EMERGENCYFUND) ----


@case_guard
def rapid_allowed(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """The city has rapid disposal, and for cases of this class."""
    if handbook.rapid is None:
        return Refusal("no_rapid")
    if not handbook.rapid.covers(case.kind, case.class_code):
        return Refusal("not_for_rapid", {"class_code": case.class_code})
    return None


@data_guard
def plan_known(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """It follows an emergency plan for the class; where there are several, one is named."""
    plans = [p.key for p in context.handbook.plans_for(case.kind, case.class_code)]
    if data.get("plan"):
        return None if data["plan"] in plans else Refusal("plan_unknown", {"plan": data["plan"]})
    return Refusal("field_missing", {"arrow": arrow.name, "field": "plan"}) if len(plans) > 1 else None


@data_guard
def budget_known(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """The budget, where one is named, is there for this way."""
    if not data.get("budget"):
        return None
    budget = context.handbook.budgets.get(data["budget"])
    known = budget is not None and WAYS.get(arrow.name, "") in budget.ways
    return None if known else Refusal("budget_unknown", {"budget": data["budget"]})


@case_guard
def unsettled(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """The case was disposed of first, and nobody has said yet who should have."""
    return None if case.way == "first" and not case.settled_unit else Refusal("nothing_to_settle")


@case_guard
def body_settles(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """While a body has the question, the answer is that body's."""
    return body_decides(case, arrow, actor, handbook) if case.coordinating else None


@case_guard
def not_first(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Whoever disposes of it first is neither called back nor made responsible by that: the decision is to settle."""
    return Refusal("settle_instead", {"arrow": arrow.name}) if case.way == "first" else None


# ---- key cases (TZ-3-KEY) ----


@case_guard
def not_key(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """The case is not a key case."""
    return Refusal("key_already") if case.key_case else None


@case_guard
def is_key(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """The case is a key case."""
    return None if case.key_case else Refusal("not_key")


# ---- directions ----


def find_direction(case: Case, direction_id: str) -> Direction | None:
    """The case's direction of that id, answered or not."""
    return next((d for d in case.directions if d.id == direction_id), None)


@data_guard
def direction_new(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """A direction's id is used once, and its answer is wanted in the future."""
    if find_direction(case, data.get("direction_id", "")) is not None:
        return Refusal("direction_exists")
    past = "until" in data and parse_instant(data["until"]) <= context.now
    return Refusal("until_past", {"until": data["until"]}) if past else None


@case_guard
def directed(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """There is a direction that nobody has answered."""
    return None if any(d.answered_at is None for d in case.directions) else Refusal("no_direction")


@with_data("directed")
def _direction_open(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """It is the one that the command names."""
    direction = find_direction(case, data["direction_id"])
    if direction is None:
        return Refusal("direction_unknown")
    return Refusal("direction_answered") if direction.answered_at else None


@case_guard
def own_unit_replies(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Outside the centre only the lead unit answers."""
    lead = case.lead.unit if case.lead is not None else ""
    if handbook.posts[actor.post].level != "centre" and actor.unit != lead:
        return Refusal("wrong_unit", {"unit": lead, "arrow": arrow.name})
    return None
