"""Guards of dispatching and disposing: lead, cooperating and inner units, milestones, costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .case import Case
from .event import Actor, Refusal
from .flow import Arrow
from .guarding import case_guard, data_guard, with_data

if TYPE_CHECKING:
    from .context import Context
    from .handbook import Handbook


@data_guard
def one_lead(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """The lead unit is not also a cooperating one (TJA-7-LEAD)."""
    if data["unit"] in data.get("cooperating", ()):
        return Refusal("lead_cooperates", {"unit": data["unit"]})
    return None


@data_guard
def ruling_obeyed(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """What was decided about a responsibility binds the dispatcher too (MQ-28-BINDING)."""
    if case.ruled_unit and data["unit"] != case.ruled_unit:
        return Refusal("ruled_otherwise", {"unit": case.ruled_unit})
    return None


@case_guard
def cooperation_not_received(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """A cooperating unit receives once."""
    received = any(o.unit == actor.unit and o.received_at for o in case.cooperating)
    return Refusal("cooperation_received", {"unit": actor.unit}) if received else None


@case_guard
def cooperation_open(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """A cooperating unit feeds back once."""
    done = any(o.unit == actor.unit and o.fed_back_at for o in case.cooperating)
    return Refusal("cooperation_done", {"unit": actor.unit}) if done else None


@case_guard
def cooperators_done(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Where the handbook says so, the lead waits for every cooperating unit."""
    waiting = [o.unit for o in case.cooperating if o.fed_back_at is None]
    return Refusal("cooperators_open", {"units": waiting}) if waiting and handbook.rules.lead_waits else None


@data_guard
def milestone_known(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """The milestone, where one is named, is one of this case's that has not been reached."""
    name = data.get("milestone", "")
    if not name:
        return None
    run = case.clock(name)
    if run is None or name not in context.handbook.milestones:
        return Refusal("milestone_unknown", {"milestone": name})
    return Refusal("milestone_reached", {"milestone": name}) if run.stopped_at else None


# ---- the unit's leader ----


@case_guard
def receipt_unapproved(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """A leader approves what was received once."""
    approved = case.lead is not None and case.lead.approved_at is not None
    return Refusal("receipt_approved") if approved else None


@case_guard
def leader_approved(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Where the handbook says so, the unit's leader approves before anything is done (MQ-22-RECEIVE)."""
    if handbook.rules.leader_approves and case.lead is not None and case.lead.approved_at is None:
        return Refusal("leader_approves_first", {"unit": case.lead.unit})
    return None


# ---- inside a district (TZ-10-REDISPATCH) ----


@case_guard
def inner_free(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """A district sends a case to one unit inside itself at a time."""
    if case.inner is not None and case.inner.fed_back_at is None:
        return Refusal("inner_busy", {"unit": case.inner.unit})
    return None


@with_data("inner_free")
def _another_unit(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """Whom it sends the case to is not on it already."""
    on_it = {o.unit for o in case.cooperating} | ({case.lead.unit} if case.lead is not None else set())
    return Refusal("inner_on_it", {"unit": data["unit"]}) if data["unit"] in on_it else None


@case_guard
def inner_open(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """There is an inner order that has not been fed back."""
    if case.inner is None:
        return Refusal("no_inner")
    return Refusal("inner_fed_back", {"unit": case.inner.unit}) if case.inner.fed_back_at else None


@case_guard
def inner_not_received(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """An inner unit receives once."""
    received = case.inner is not None and case.inner.received_at is not None
    return Refusal("inner_received") if received else None


@case_guard
def inner_done(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """A district feeds back up what its inner unit has fed back, or was recalled from."""
    if case.inner is not None and case.inner.fed_back_at is None:
        return Refusal("inner_waits", {"unit": case.inner.unit})
    return None


# ---- money ----


@data_guard
def cost_recorded(case: Case, arrow: Arrow, data: Mapping[str, Any], context: Context) -> Refusal | None:
    """What a budget of the centre paid for is fed back with its cost (TY-3-EMERGENCYFUND, TZ-16-RAPID)."""
    return Refusal("cost_missing", {"budget": case.budget}) if case.way and "cost" not in data else None
