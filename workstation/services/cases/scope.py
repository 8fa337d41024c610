"""Which cases somebody sees: the centre's people all of them, everybody else their own part (TY-4-LEVELS, TY-3-TERMINALS).

A post has a level (``posts.toml``), a person a unit, and a unit a place in the tree of units (``unit.parent``). A
district's and a unit's people see what their unit and those below it lead, cooperate in or were sent inside a
district; a street's and a community's see what lies in their division besides. It is said here and nowhere else, and
every list, count, map and case is read through it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...store import raw
from ...store.log import StoredEvent
from ...workflow.case import Case
from ...workflow.event import Actor
from ...workflow.handbook import Handbook
from ..errors import NotFound

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ..services import Services

WHOLE = frozenset({"centre", "field", "system"})
"""Levels that see every case: the centre, those it has sent out, and the program itself."""
BY_PLACE = frozenset({"street", "community"})
"""Levels that see, besides what their units have to do with, what lies in their division."""

_BELOW = (
    "WITH RECURSIVE below (code) AS (SELECT CAST(? AS VARCHAR)"
    " UNION SELECT u.code FROM unit AS u JOIN below AS b ON u.parent = b.code) SELECT code FROM below"
)
_GRIDS = (
    "SELECT g.code FROM grid AS g JOIN unit AS u ON g.street_code = u.division OR g.community_code = u.division"
    " WHERE u.code = ? AND u.division <> ''"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Part of the cases: those that one of ``units`` has to do with, and those in one of ``grids``. Empty: none."""

    units: frozenset[str] = frozenset()
    grids: frozenset[str] = frozenset()

    def sees(self, case: Case) -> bool:
        """Whether the case is of this part."""
        orders = (case.lead, case.inner, *case.cooperating)
        return case.grid in self.grids or any(order and order.unit in self.units for order in orders)


def subtree(conn: Connection, unit: str) -> frozenset[str]:
    """The unit and every unit below it, those out of service too."""
    return frozenset(row[0] for row in raw.all_rows(conn, _BELOW, (unit,)))


def sees_all(actor: Actor, handbook: Handbook) -> bool:
    """Whether the actor's post sees every case; one that the handbook does not know sees what a unit's does."""
    post = handbook.posts.get(actor.post)
    return post is not None and post.level in WHOLE


def scope_in(conn: Connection, actor: Actor, handbook: Handbook) -> Scope | None:
    """What the actor sees; None: every case. A post bound to a unit, held by somebody without one, sees none."""
    if sees_all(actor, handbook):
        return None
    if not actor.unit:
        return Scope()
    post = handbook.posts.get(actor.post)
    by_place = post is not None and post.level in BY_PLACE
    grids = (row[0] for row in raw.all_rows(conn, _GRIDS, (actor.unit,))) if by_place else ()
    return Scope(subtree(conn, actor.unit), frozenset(grids))


def scope_of(services: Services, actor: Actor) -> Scope | None:
    """:func:`scope_in` by the handbook in force."""
    if sees_all(actor, services.handbook):
        return None
    with services.db.read() as conn:
        return scope_in(conn, actor, services.handbook)


def sees(services: Services, actor: Actor, case: Case) -> bool:
    """Whether the actor may look into the case."""
    scope = scope_of(services, actor)
    return scope is None or scope.sees(case)


def sees_reporter(actor: Actor, handbook: Handbook) -> bool:
    """Whether the handbook lets the actor's post see who reported any case that it sees (TZ-5-PRIVACY)."""
    post = handbook.posts.get(actor.post)
    return post is not None and post.reporter == "seen"


def case_for(services: Services, case_id: str, actor: Actor) -> Case:
    """The case as the actor may look into it. NotFound: ``no_such_case``, or ``not_yours`` where it is another unit's."""
    case = services.cases.get(case_id)
    if not sees(services, actor, case):
        raise NotFound("not_yours", case_id)
    return case


def history_for(services: Services, case_id: str, actor: Actor) -> list[StoredEvent]:
    """Everything that happened to the case, for somebody who may look into it; NotFound as for :func:`case_for`."""
    case_for(services, case_id, actor)
    return services.cases.history(case_id)
