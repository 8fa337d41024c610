"""What waits for whom (待办): for each post the states, and the open requests, in which the next move is its own."""

from __future__ import annotations

from ..workflow.case import State
from ..workflow.event import Actor
from ..workflow.handbook import Handbook
from .filter import CaseFilter

NOTHING = CaseFilter(ids=())
DISPOSING = frozenset({State.DISPATCHED, State.RECEIVED, State.WORKING})


def inbox(actor: Actor, handbook: Handbook) -> CaseFilter:
    """The filter for this actor; of a post for which nothing ever waits, one that matches nothing."""
    patrol = frozenset(key for key, source in handbook.sources.items() if source.family == "patrol")
    others = frozenset(handbook.sources) - patrol
    match actor.post:
        case "operator":
            return _any(
                CaseFilter(states=frozenset({State.REPORTED})),
                CaseFilter(states=frozenset({State.REGISTERED}), sources=others),
            )
        case "shift_leader":
            return _any(
                CaseFilter(states=frozenset({State.CHECKED})),
                CaseFilter(states=frozenset({State.REGISTERED}), sources=patrol),
                CaseFilter(states=frozenset({State.VERIFYING}), found=True),
                CaseFilter(pending="void"),
            )
        case "dispatcher":
            return _any(
                CaseFilter(states=frozenset({State.FILED, State.FED_BACK})),
                CaseFilter(pending="return"),
                CaseFilter(pending="extension"),
                CaseFilter(pending="suspension"),
            )
        case "receiver" | "unit_leader":
            return CaseFilter(open=True, unit=actor.unit, cooperating=True, states=DISPOSING)
        case "collector":
            return CaseFilter(open=True, collector=actor.person)
        case "commander":
            return _any(CaseFilter(light="red"), CaseFilter(emergency=True))
        case _:
            return NOTHING


def _any(*parts: CaseFilter) -> CaseFilter:
    return CaseFilter(open=True, any_of=parts)
