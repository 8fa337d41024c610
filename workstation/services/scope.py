"""Which cases a post sees: the centre's all of them, a unit's people only what their unit leads or cooperates in.

The level of a post is the handbook's (``posts.toml``); what follows from it is said here and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..workflow.case import Case
from ..workflow.event import Actor
from ..workflow.handbook import Handbook
from .errors import NotFound

if TYPE_CHECKING:
    from .services import Services


def unit_seen(actor: Actor, handbook: Handbook) -> str | None:
    """The unit whose cases are all that the actor sees; None: every case. "" (a unit's post without a unit): none.

    A post that the handbook does not know sees what a unit's does.
    """
    post = handbook.posts.get(actor.post)
    return actor.unit if post is None or post.level == "unit" else None


def sees(actor: Actor, handbook: Handbook, case: Case) -> bool:
    """Whether the actor may look into the case."""
    unit = unit_seen(actor, handbook)
    if unit is None:
        return True
    leads = case.lead is not None and case.lead.unit == unit
    return bool(unit) and (leads or any(order.unit == unit for order in case.cooperating))


def sees_reporter(actor: Actor, handbook: Handbook) -> bool:
    """Whether the actor is shown who reported a case: the supervisors at the centre, who may have to call back."""
    post = handbook.posts.get(actor.post)
    return post is not None and post.hand == "supervise" and post.level == "centre"


def case_for(services: Services, case_id: str, actor: Actor) -> Case:
    """The case as the actor may look into it. NotFound: ``no_such_case``, or ``not_yours`` where it is another unit's."""
    case = services.cases.get(case_id)
    if not sees(actor, services.handbook, case):
        raise NotFound("not_yours", case_id)
    return case
