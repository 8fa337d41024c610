"""Guards of the outcomes of a verification, and of what comes after the end of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .case import Case
from .event import Actor, Refusal, format_instant
from .flow import Arrow
from .guarding import case_guard

if TYPE_CHECKING:
    from .handbook import Handbook


def _verdict(case: Case) -> str:
    return case.verifications[-1].result if case.verifications else ""


@case_guard
def verification_passed(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """What was found on the spot allows closing."""
    result = _verdict(case)
    if not result:
        return Refusal("not_verified", {"arrow": arrow.name})
    return Refusal("verification_failed", {"arrow": arrow.name}) if result != "pass" else None


@case_guard
def verification_failed(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """What was found on the spot does not allow closing."""
    result = _verdict(case)
    if not result:
        return Refusal("not_verified", {"arrow": arrow.name})
    return Refusal("verification_passed", {"arrow": arrow.name}) if result != "fail" else None


@case_guard
def filers_close(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """Who files, closes: somebody of the unit that filed, where it is known (TY-4-OWNER)."""
    if handbook.rules.filers_close and case.filed_unit not in ("", actor.unit):
        return Refusal("other_filed", {"unit": case.filed_unit})
    return None


@case_guard
def unvisited(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """What a reporter said stays said; who was not reached is called again (MOH-1-SATISFACTION)."""
    return Refusal("visited") if case.satisfaction not in ("", "unreachable") else None


@case_guard
def from_upstream(case: Case, arrow: Arrow, actor: Actor, handbook: Handbook) -> Refusal | None:
    """A result goes back to where the case came from, once (TJA-3-DOWNLINK)."""
    if not case.upstream_code:
        return Refusal("not_from_upstream")
    if case.reported_up_at is not None:
        return Refusal("reported_up_already", {"until": format_instant(case.reported_up_at)})
    return None
