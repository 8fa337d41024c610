"""What was recommended when a case was dispatched, kept with the dispatch; and how often it was followed.

Kept is the field ``advice`` of the command (``workflow/fields.py``), where the handbook that the case lives under has it: the units
that were named, which of them it went to, and whether a person chose or the program. It is the seat's word: it says what the program
showed there, and decides nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ...store import raw
from ...workflow.case import Case
from ...workflow.event import Actor, Command, format_instant, parse_instant
from ...workflow.fields import ADVICE_AT_MOST

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ..services import Services
    from .recommending import Recommendation

MOVE, FIELD = "dispatch", "advice"
NAMED = 5
"""So many units are kept with the dispatch."""

_DISPATCHES = (
    "SELECT e.case_id, e.seq, e.at, e.actor, e.actor_name, e.data, c.code, c.class_name, c.address, c.state, c.seq,"
    " (SELECT min(r.seq) FROM case_event AS r WHERE r.case_id = e.case_id AND r.seq > e.seq"
    "  AND r.kind IN ('recall', 'grant_return')) AS back"
    " FROM cases AS c JOIN case_event AS e ON e.case_id = c.id"
    " WHERE c.changed_at >= ? AND e.kind = 'dispatch' AND e.at >= ? AND e.at < ?"
)
"""By the index of changes: a case that was dispatched since has changed since."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the dispatches of a time went with what was recommended.

    ``dispatched``: all of them; ``advised``: those that a recommendation was kept with. Of these ``by_hand`` a person chose:
    ``followed`` went to the first that was named, ``other`` to another of them, ``outside`` to none of them; ``plain`` are those by
    hand for which one unit was recommended, ``plain_followed`` of them went there. ``automatic`` the program chose,
    ``taken_back`` of them were recalled or returned.
    """

    dispatched: int = 0
    advised: int = 0
    by_hand: int = 0
    followed: int = 0
    other: int = 0
    outside: int = 0
    plain: int = 0
    plain_followed: int = 0
    automatic: int = 0
    taken_back: int = 0

    @property
    def rate(self) -> float | None:
        """Of the dispatches by hand with one unit recommended: how many went to it. None: there were none."""
        return self.plain_followed / self.plain if self.plain else None


@dataclass(frozen=True, slots=True)
class AutomaticDispatch:
    """One dispatch that the program made. ``actor`` is at whose seat; ``back`` that it was recalled or returned since."""

    case_id: str
    code: str
    class_name: str
    address: str
    state: str
    seq: int
    at: datetime
    actor: str
    actor_name: str
    unit: str
    score: float
    reasons: tuple[str, ...]
    back: bool


def advice(found: Recommendation, unit: str, by: str) -> dict[str, Any]:
    """What a dispatch to the unit is kept with. ``by``: hand or automatic."""
    rank = found.rank(unit)
    chosen = found.ranked[rank - 1] if rank else None
    return {
        "by": by,
        "verdict": found.verdict,
        "rank": min(rank, ADVICE_AT_MOST),
        "units": [item.unit for item in found.ranked[:NAMED]],
        "score": chosen.score if chosen is not None else 0.0,
        "reasons": [reason.code for reason in chosen.reasons] if chosen is not None else [],
    }


def noted(services: Services, commands: Sequence[Command], actor: Actor) -> list[Command]:
    """The commands, each dispatch with what is recommended now; one that says it already stays as it is."""
    out = list(commands)
    wanted = [n for n, command in enumerate(out) if command.name == MOVE and FIELD not in command.data]
    cases = {case.id: case for case in services.cases.get_many([out[n].case_id for n in wanted])}
    wanted = [n for n in wanted if out[n].case_id in cases and _keeps(services, cases[out[n].case_id])]
    if not wanted or not services.recommending.switches().recommend:
        return out
    found = services.recommending.recommend_many([cases[out[n].case_id] for n in wanted], actor)
    for n, told in zip(wanted, found, strict=True):
        data = {**out[n].data, FIELD: advice(told, str(out[n].data.get("unit", "")), "hand")}
        out[n] = replace(out[n], data=data)
    return out


def _keeps(services: Services, case: Case) -> bool:
    arrow = services.handbook_of(case).arrow(MOVE)
    return arrow is not None and arrow.field(FIELD) is not None


def agreement(conn: Connection, since: datetime, until: datetime) -> Agreement:
    """Count the dispatches in the time, of the cases that the connection sees."""
    sums = dict.fromkeys(Agreement.__dataclass_fields__, 0)
    for row in _dispatches(conn, since, until):
        sums["dispatched"] += 1
        told = json.loads(row[5]).get(FIELD)
        if told is None:
            continue
        sums["advised"] += 1
        first = told["rank"] == 1
        if told["by"] == "automatic":
            sums["automatic"] += 1
            sums["taken_back"] += row[11] is not None
            continue
        sums["by_hand"] += 1
        sums["followed" if first else "other" if told["rank"] else "outside"] += 1
        if told["verdict"] == "one":
            sums["plain"] += 1
            sums["plain_followed"] += first
    return Agreement(**sums)


def automatic_dispatches(
    conn: Connection, since: datetime, until: datetime, limit: int
) -> list[AutomaticDispatch]:
    """What the program dispatched in the time, the newest first."""
    mark = ' AND e.data LIKE \'%"by":"automatic"%\' ORDER BY e.at DESC, e.log_id DESC'
    made: list[AutomaticDispatch] = []
    for row in _dispatches(conn, since, until, mark):
        data = json.loads(row[5])
        told = data.get(FIELD)
        if told is None or told["by"] != "automatic":
            continue  # somebody wrote those very letters into a requirement
        made.append(
            AutomaticDispatch(
                *(row[0], row[6], row[7], row[8], row[9], row[10], parse_instant(row[2]), row[3], row[4]),
                *(str(data["unit"]), float(told["score"]), tuple(told["reasons"]), row[11] is not None),
            )
        )
        if len(made) == limit:
            break
    return made


def _dispatches(conn: Connection, since: datetime, until: datetime, more: str = "") -> list[tuple[Any, ...]]:
    start = format_instant(since)
    return raw.all_rows(conn, _DISPATCHES + more, (start, start, format_instant(until)))
