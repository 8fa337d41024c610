"""What waits for whom (待办): in each state one move takes the case on, and it waits for the posts that may make it.

Which posts these are, whose unit a move is bound to, who sits in which body and which requests a unit's head agrees to
first is the handbook's: here it is only said which move leads on from where.
"""

from __future__ import annotations

from dataclasses import replace

from ...workflow.case import State
from ...workflow.event import Actor
from ...workflow.flow import Arrow
from ...workflow.handbook import Handbook
from .filter import CaseFilter

NOTHING = CaseFilter(ids=())
DISPOSING = frozenset({State.DISPATCHED, State.RECEIVED, State.WORKING})
IN_HAND = frozenset({State.RECEIVED, State.WORKING})
OWN_TURN = ("", "fed_back")
"""A case that was dispatched again inside a district waits for the district when the inner unit has fed back."""
TO_SPOT = "sent_to_me"
"""The guard of the moves that somebody on the spot makes."""


def inbox(actor: Actor, handbook: Handbook) -> CaseFilter:
    """The filter for this actor; of a post for which nothing ever waits, one that matches nothing."""
    parts: list[CaseFilter] = []
    for name, part in _moves(handbook):
        arrow = handbook.arrow(name)
        if arrow is not None and actor.post in arrow.posts:
            waiting = _bound(part, arrow, actor, handbook)
            if waiting is not None and waiting not in parts:
                parts.append(waiting)
    seats = tuple(key for key, body in handbook.bodies.items() if actor.post in body.posts)
    if seats:
        parts.append(CaseFilter(open=True, coordinating=True, bodies=seats))
    if not parts:
        return NOTHING
    # What all of them say is said once: it narrows them together, and those that say nothing else become one.
    if all(part.open for part in parts):
        return CaseFilter(open=True, any_of=_joined([replace(part, open=None) for part in parts]))
    return CaseFilter(any_of=_joined(parts))


def _bound(part: CaseFilter, arrow: Arrow, actor: Actor, handbook: Handbook) -> CaseFilter | None:
    """The part as far as it waits for this person; None where it does not."""
    if TO_SPOT in arrow.guards:
        post = handbook.posts.get(actor.post)
        on_the_spot = post is not None and post.level == "field"
        return CaseFilter(open=True, collector=actor.person) if on_the_spot else None
    if not arrow.unit:
        return part
    if not actor.unit:
        return None
    if arrow.unit == "lead":
        return replace(part, unit=actor.unit)
    if arrow.unit == "cooperating":
        return replace(part, cooperator=actor.unit)
    return replace(part, inner_unit=actor.unit)


def _joined(parts: list[CaseFilter]) -> tuple[CaseFilter, ...]:
    """The alternatives with those that differ in their states only joined into one."""
    states: dict[int, set[State]] = {}
    kinds: list[CaseFilter] = []
    for part in parts:
        kind = replace(part, states=())
        if kind not in kinds:
            kinds.append(kind)
        if part.states:
            states.setdefault(kinds.index(kind), set()).update(part.states)
    return tuple(replace(kind, states=frozenset(states.get(n, ()))) for n, kind in enumerate(kinds))


def _moves(handbook: Handbook) -> list[tuple[str, CaseFilter]]:
    """The move that leads on, and the cases that wait for it."""
    rules = handbook.rules
    patrol = frozenset(key for key, source in handbook.sources.items() if source.family == "patrol")
    moves = [
        ("checked", _open(State.CHECKING)),
        ("verified", _open(State.VERIFYING, found=False)),
        ("register", _open(State.REPORTED)),
        ("send_check", _open(State.REGISTERED, sources=frozenset(handbook.sources) - patrol)),
        ("file", _open(State.REGISTERED, sources=patrol)),
        ("file", _open(State.CHECKED)),
        ("dispatch", _open(State.FILED, coordinating=False)),
        ("receive", _open(State.DISPATCHED)),
        ("feed_back", _open(*IN_HAND, inner_states=OWN_TURN)),
        ("cooperate_feed_back", _open(*DISPOSING)),
        ("feed_back_inside", _open(*DISPOSING, inner_states=("sent", "received"))),
        ("send_verify", _open(State.FED_BACK)),
        ("close", _open(State.VERIFYING, found=True)),
        ("instruct", CaseFilter(open=True, light="red")),
        ("instruct", CaseFilter(open=True, emergency=True)),
        ("instruct", CaseFilter(open=True, key_case=True)),
        ("settle", CaseFilter(way="first", settled=False)),
        ("report_up", CaseFilter(to_report_up=True)),
    ]
    for kind in ("return", "extension", "suspension", "void"):
        first = kind in rules.endorsed
        moves.append((f"grant_{kind}", CaseFilter(open=True, pending=kind, endorsed=True if first else None)))
        if first:
            moves.append(("endorse_request", CaseFilter(open=True, pending=kind, endorsed=False)))
    if rules.leader_approves:
        moves.append(("approve_receipt", _open(*IN_HAND, approved=False)))
    return moves


def _open(*states: State, **also: object) -> CaseFilter:
    return CaseFilter(open=True, states=frozenset(states), **also)  # type: ignore[arg-type]
