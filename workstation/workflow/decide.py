"""Deciding: a command on a case becomes exactly one event, or a refusal that says why. Pure.

The event holds everything :func:`workstation.workflow.apply.apply` needs (limits as told, deadlines as they were at the
time, which clocks start, stop and pause), so that replaying a log needs neither handbook nor calendar.
"""

from __future__ import annotations

from dataclasses import replace

from .case import TERMINAL, Case, State
from .clockwork import clock_changes
from .completions import COMPLETIONS
from .context import Context
from .event import Actor, Command, Event, Refusal
from .fields import read_fields
from .flow import ANY_REQUEST, Arrow
from .guards import case_guards, data_guards
from .handbook import Handbook

__all__ = ["Context", "allowed", "decide"]

_BLANK = Case("", 0, State.REPORTED)
"""What guards look at where there is no case yet."""


def allowed(case: Case | None, actor: Actor, handbook: Handbook) -> list[Arrow]:
    """The arrows that this person may take now, as far as can be told before the fields are filled in."""
    state = case.state if case is not None else None
    return [a for a in handbook.arrows_from(state) if _closed_to(case, a, actor, handbook) is None]


def decide(case: Case | None, command: Command, context: Context) -> Event | Refusal:
    """The one event that the command makes of the case, or why it may not."""
    handbook, actor = context.handbook, context.actor
    arrow = handbook.arrow(command.name)
    if arrow is None:
        return Refusal("unknown_command", {"arrow": command.name})
    refusal = _closed_to(case, arrow, actor, handbook)
    if refusal is not None:
        return refusal
    data = read_fields(case, arrow, command.data, context)
    if isinstance(data, Refusal):
        return data
    if case is not None and case.changed_at is not None and context.now < case.changed_at:
        # A seat whose clock is behind does not write into the past.
        context = replace(context, now=case.changed_at)
    subject = case if case is not None else _BLANK.changed({"id": command.case_id})
    for guard in data_guards(arrow.guards):
        if (refusal := guard(subject, arrow, data, context)) is not None:
            return refusal
    complete = COMPLETIONS.get(arrow.name)
    if complete is not None and (refusal := complete(case, arrow, data, context)) is not None:
        return refusal
    clocks = clock_changes(case, arrow, data, context)
    if clocks:
        data["clocks"] = clocks
    to = arrow.to or (case.state if case is not None else State.REPORTED)
    return Event(
        case_id=command.case_id,
        seq=case.seq + 1 if case is not None else 1,
        kind=arrow.name,
        at=context.now,
        actor=actor.person,
        actor_name=actor.name,
        post=actor.post,
        unit=actor.unit,
        command_id=command.id,
        to=to.value,
        data=data,
    )


def _closed_to(case: Case | None, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Why this person may not take the arrow from where the case stands, whatever the command says."""
    state = case.state if case is not None else None
    if state not in arrow.frm:
        if state is None:
            return Refusal("no_case", {"arrow": arrow.name})
        if state in TERMINAL:
            return Refusal("closed", {"arrow": arrow.name, "state": state.value})
        if arrow.frm == (None,):
            return Refusal("already_exists", {"arrow": arrow.name})
        return Refusal("wrong_state", {"arrow": arrow.name, "state": state.value})
    if actor.post not in arrow.posts:
        return Refusal("wrong_post", {"arrow": arrow.name, "post": actor.post, "posts": list(arrow.posts)})
    if case is None:
        case = _BLANK
    elif arrow.unit and (refusal := _not_its_unit(case, arrow, actor)) is not None:
        return refusal
    if arrow.of_request and case.pending("" if arrow.of_request == ANY_REQUEST else arrow.of_request) is None:
        return Refusal("request_unknown", {"arrow": arrow.name})
    for guard in case_guards(arrow.guards):
        if (refusal := guard(case, arrow, actor, handbook)) is not None:
            return refusal
    return None


def _not_its_unit(case: Case, arrow: Arrow, actor: Actor) -> Refusal | None:
    """Some moves are those of the people of the lead unit, of a cooperating one, or of the inner one."""
    if arrow.unit == "cooperating" and all(o.unit != actor.unit for o in case.cooperating):
        return Refusal("not_cooperating", {"unit": actor.unit, "arrow": arrow.name})
    if arrow.unit in ("lead", "inner"):
        order = case.lead if arrow.unit == "lead" else case.inner
        if order is None or order.unit != actor.unit:
            return Refusal("wrong_unit", {"unit": order.unit if order else "", "arrow": arrow.name})
    return None
