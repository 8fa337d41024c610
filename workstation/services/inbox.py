"""What waits for whom (待办): in each state one move takes the case on, and it waits for the posts that may make it.

Which posts these are is the handbook's: here it is only said which move leads on from where.
"""

from __future__ import annotations

from ..workflow.case import State
from ..workflow.event import Actor
from ..workflow.handbook import Handbook
from .filter import CaseFilter
from .scope import unit_seen

NOTHING = CaseFilter(ids=())
DISPOSING = frozenset({State.DISPATCHED, State.RECEIVED, State.WORKING})


def inbox(actor: Actor, handbook: Handbook) -> CaseFilter:
    """The filter for this actor; of a post for which nothing ever waits, one that matches nothing."""
    if actor.post == "collector":
        return CaseFilter(open=True, collector=actor.person)
    unit = unit_seen(actor, handbook)
    if unit is not None:
        return CaseFilter(open=True, within=unit, states=DISPOSING)
    if actor.post == "commander":
        return CaseFilter(open=True, any_of=(CaseFilter(light="red"), CaseFilter(emergency=True)))
    waiting = [part for move, part in _moves(handbook) if _may(actor.post, move, handbook)]
    states = frozenset(
        state for part in waiting if part == CaseFilter(states=part.states) for state in part.states
    )
    parts = [part for part in waiting if part != CaseFilter(states=part.states)]
    if states:
        parts.append(CaseFilter(states=states))
    return CaseFilter(open=True, any_of=tuple(parts)) if parts else NOTHING


def _moves(handbook: Handbook) -> list[tuple[str, CaseFilter]]:
    patrol = frozenset(key for key, source in handbook.sources.items() if source.family == "patrol")
    return [
        ("register", CaseFilter(states=frozenset({State.REPORTED}))),
        (
            "send_check",
            CaseFilter(states=frozenset({State.REGISTERED}), sources=frozenset(handbook.sources) - patrol),
        ),
        ("file", CaseFilter(states=frozenset({State.REGISTERED}), sources=patrol)),
        ("file", CaseFilter(states=frozenset({State.CHECKED}))),
        ("dispatch", CaseFilter(states=frozenset({State.FILED}))),
        ("send_verify", CaseFilter(states=frozenset({State.FED_BACK}))),
        ("close", CaseFilter(states=frozenset({State.VERIFYING}), found=True)),
        ("grant_return", CaseFilter(pending="return")),
        ("grant_extension", CaseFilter(pending="extension")),
        ("grant_suspension", CaseFilter(pending="suspension")),
        ("grant_void", CaseFilter(pending="void")),
    ]


def _may(post: str, move: str, handbook: Handbook) -> bool:
    arrow = handbook.arrow(move)
    return arrow is not None and post in arrow.posts
