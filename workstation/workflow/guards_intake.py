"""Guards of collecting, accepting and filing, and of joining and dividing cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .case import Case, State
from .event import Actor, Refusal
from .flow import Arrow
from .guarding import case_guard, data_guard

if TYPE_CHECKING:
    from .context import Context
    from .handbook import Handbook


@data_guard
def certified(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """Only who was trained and passed collects (MQ-14-TRAINED)."""
    return None if context.certified else Refusal("not_certified", {"person": context.actor.person})


@case_guard
def operator_before_check(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """What was checked on the spot is rejected by the others that the arrow names, not by who registers."""
    registering = handbook.arrow("register")
    operators = registering.posts if registering is not None else ()
    if case.state is State.CHECKED and actor.post in operators:
        posts = [p for p in arrow.posts if p not in operators]
        return Refusal("checked_already", {"posts": posts, "post": actor.post})
    return None


@case_guard
def sent_to_me(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Who works in the field answers only the task sent to them; an operator records what anybody said."""
    to = case.check_to
    if case.state is State.VERIFYING:
        to = case.verifications[-1].to if case.verifications else ""
    if handbook.posts[actor.post].level == "field" and to != actor.person:
        return Refusal("not_sent_to_you", {"to": to})
    return None


@case_guard
def checked_or_patrol(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Patrol's reports are filed as they are; everything else once a check found it true (TY-4-ACCEPT).

    What was seen of a whole holds for its parts.
    """
    if case.check_result == "false_report":
        return Refusal("check_false")
    source = handbook.sources.get(case.source)
    if (
        not case.parent
        and case.check_result != "true_report"
        and (source is None or source.family != "patrol")
    ):
        return Refusal("check_first", {"source": case.source})
    return None


@case_guard
def own_report(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Who puts something right alone does so for a report of their own, not for somebody else's."""
    return Refusal("not_your_report") if case.reported_by not in ("", actor.person) else None


@data_guard
def before_and_after(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """Photographs show the problem and that it is gone."""
    roles = {p.role for p in case.photos} | {p["role"] for p in data.get("photos", ())}
    missing = [role for role in ("before", "after") if role not in roles]
    return Refusal("photos_missing", {"roles": missing}) if missing else None


@data_guard
def not_into_itself(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """A case is merged into another one."""
    return Refusal("into_itself") if data["into"] == case.id else None


@data_guard
def duplicate_new(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """A case takes in another one, and each once."""
    if data["duplicate"] == case.id:
        return Refusal("into_itself")
    return Refusal("duplicate_known") if data["duplicate"] in case.duplicates else None


@data_guard
def parts_new(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """A case is divided into other ones, and into each once."""
    if not data["children"]:
        return Refusal("field_missing", {"arrow": arrow.name, "field": "children"})
    known = {case.id, case.parent, *case.children}
    return Refusal("part_known") if known & set(data["children"]) else None


@data_guard
def not_its_own_part(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """A case is part of another one."""
    return Refusal("part_known") if data["parent"] == case.id else None


@data_guard
def evidence_given(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """Where the handbook says so, a breach of law goes to the enforcement body with its evidence (MQ-19-EVIDENCE)."""
    needed = context.handbook.rules.evidence_needed and not data.get("evidence")
    return Refusal("evidence_missing") if needed else None
