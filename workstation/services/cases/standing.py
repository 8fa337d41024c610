"""Whether somebody may act as what they say: in active service, in that unit, in a post that they hold, trained for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ...store import raw
from ...workflow.event import Actor

if TYPE_CHECKING:
    from sqlalchemy import Connection

SYSTEM = "system"
"""The post of gateways and the clock; never a person's."""
CLOCK = Actor(SYSTEM, "系统", SYSTEM)
"""Who does what is due by the clock alone."""
LOCAL = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who holds the post they act in. ``certified``: as far as the post asks for it."""

    certified: bool


def may_collect(certified_until: str | None, stopped: bool | int, now: datetime) -> bool:
    """Whether a certificate (its last day, as it is stored) holds, and nobody has stopped the person."""
    return not stopped and (
        certified_until is None or now.astimezone(LOCAL).date().isoformat() <= certified_until
    )


def standing_of(conn: Connection, actor: Actor, now: datetime) -> Standing | None:
    """How the actor stands, who must be in active service, in that unit, and hold the post; else None.

    The system needs no person.
    """
    if actor.post == SYSTEM:
        return Standing(True)
    row = raw.first(
        conn,
        "SELECT p.unit_code, p.certified_until, p.stopped"
        " FROM person_post AS h JOIN person AS p ON p.id = h.person_id"
        " WHERE h.person_id = ? AND h.post = ? AND p.active",
        (actor.person, actor.post),
    )
    if row is None or actor.unit not in ("", row[0]):
        return None
    return Standing(may_collect(row[1], row[2], now))
