"""Sending cases to whoever is responsible, many at once: planned, done in portions, and taken back. No widgets here.

Each case goes the way that its state allows, or comes back with why it did not: refused, or somebody was quicker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workstation.map.targets import COLLECTOR, Target
from workstation.panels.common.drop import ERRANDS, errand_data, sending_moves, usual_data, ways_of
from workstation.services.errors import Conflict, Refused
from workstation.services.lists.lists import CaseRow
from workstation.services.services import Services
from workstation.workflow.case import State
from workstation.workflow.event import Actor, Command, Refusal
from workstation.workflow.handbook import Handbook

PORTION = 25
"""Cases that are sent in one go: what is under way can be stopped after each of them."""
BACK = {
    "dispatch": "recall",
    "rapid": "recall",
    "first_response": "recall",
    "dispatch_inside": "recall_inside",
}
"""How a sending is taken back, where the handbook has an arrow for it."""


@dataclass(frozen=True)
class Planned:
    """One case of a sending: by which arrow it goes with which data, or why it does not (``error``)."""

    case_id: str
    row: CaseRow | None
    move: str
    data: Mapping[str, Any] = field(default_factory=dict)
    error: BaseException | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one case. ``case`` is how it stands (None where it is only known that it did not go), ``kept`` True
    where it waits on this seat for the server; ``back`` is what became of taking it back: "", "done" or "refused" (then
    ``stays`` says why)."""

    case_id: str
    row: CaseRow | None
    move: str
    data: Mapping[str, Any] = field(default_factory=dict)
    case: Any = None
    error: BaseException | None = None
    kept: bool = False
    back: str = ""
    stays: BaseException | None = None

    @property
    def sent(self) -> bool:
        """Whether it went, and has not been taken back."""
        return self.error is None and self.back != "done"

    @property
    def late(self) -> bool:
        """Whether somebody else was quicker."""
        return isinstance(self.error, Conflict)


@dataclass
class Sending:
    """Cases on their way to a target. ``planned`` is what is to be done, ``outcomes`` what was, in the same order."""

    target: Target
    planned: tuple[Planned, ...] = ()
    outcomes: list[Outcome] = field(default_factory=list)
    stopped: bool = False

    @property
    def sent(self) -> list[Outcome]:
        """The cases that went."""
        return [one for one in self.outcomes if one.sent]

    @property
    def not_sent(self) -> list[Outcome]:
        """The cases that did not."""
        return [one for one in self.outcomes if one.error is not None]


def plan(
    services: Services,
    case_ids: Sequence[str],
    target: Target,
    data: Mapping[str, Any],
    seen: Mapping[str, int],
    actor: Actor,
) -> tuple[Planned, ...]:
    """How each of the cases goes to the target, or why not. ``data``: what was filled in; ``seen``: the ``seq`` each case
    had when the hand took it, so that it is told where somebody else has moved it on."""
    rows = {row.id: row for row in services.lists.seen_by(actor).rows(list(case_ids))}
    waiting = list(case_ids)
    out: dict[str, Planned] = {}
    refusals: dict[str, Refusal] = {}
    for move, values in ways_to(services, target):
        arrow = services.handbook.arrow(move)
        if arrow is None:
            continue
        wanted = {**values, **{k: v for k, v in data.items() if arrow.field(k) is not None}}
        for told in services.cases.preview(move, waiting, wanted, actor):
            if told.refusal is None:
                out[told.case_id] = Planned(told.case_id, rows.get(told.case_id), move, wanted)
            elif told.case_id not in refusals or told.refusal.code != "wrong_state":
                refusals[told.case_id] = told.refusal
        waiting = [case_id for case_id in waiting if case_id not in out]
    for case_id in waiting:
        refusal = refusals.get(case_id, Refusal("unknown_command", {"arrow": "dispatch"}))
        error = _overtaken(services, rows.get(case_id), seen.get(case_id)) or Refused(refusal)
        out[case_id] = Planned(case_id, rows.get(case_id), "", error=error)
    return tuple(out[case_id] for case_id in case_ids)


def ways_to(services: Services, target: Target) -> list[tuple[str, dict[str, Any]]]:
    """The arrows that lead to a target, in the order in which they are tried, with what they send.

    A crew or a vehicle gets what its unit is sent, and the requirement says who is meant.
    """
    if target.kind == COLLECTOR:
        return [(move, errand_data(target.id)) for move in ERRANDS]
    book, code = services.handbook, target.unit or target.id
    unit = next((item for item in services.units.listed() if item.code == code), None)
    if unit is None:
        return [("dispatch", {"unit": code})]
    return [(move, usual_data(book, move, code)) for move in ways_of(sending_moves(book)(unit))]


def _overtaken(services: Services, row: CaseRow | None, seen: int | None) -> Conflict | None:
    if row is None or seen is None or row.seq <= seen:
        return None
    events = [stored for stored in services.cases.history(row.id) if stored.event.seq > seen]
    return Conflict(events, services.cases.get(row.id))


def send(services: Services, planned: Sequence[Planned], actor: Actor) -> list[Outcome]:
    """Do these; a result for each in their order."""
    cases = services.cases
    commands = [
        Command(
            item.move,
            item.case_id,
            cases.new_command_id(),
            dict(item.data),
            item.row.seq if item.row else None,
        )
        for item in planned
        if item.error is None
    ]
    answers = iter(services.outbox.execute_many(commands, actor) if commands else [])
    return [
        Outcome(item.case_id, item.row, item.move, error=item.error)
        if item.error is not None
        else _outcome(item, next(answers))
        for item in planned
    ]


def _outcome(item: Planned, answer: Any) -> Outcome:
    made = Outcome(item.case_id, item.row, item.move, item.data)
    if isinstance(answer, BaseException):
        return replace(made, error=answer)
    return replace(made, case=answer.case, kept=bool(getattr(answer, "kept", False)))


def way_back(handbook: Handbook, outcome: Outcome) -> str:
    """The arrow that takes the case back; "" where there is none, or it did not go."""
    name = back_of(handbook, outcome.move)
    return name if outcome.sent and not outcome.kept else ""


def back_of(handbook: Handbook, move: str) -> str:
    """The arrow that takes back what ``move`` sent; "" where the handbook has none, as for sending a collector."""
    name = BACK.get(move, "")
    return name if handbook.arrow(name) is not None else ""


def take_back(services: Services, outcomes: Sequence[Outcome], reason: str, actor: Actor) -> list[Outcome]:
    """Take these back as far as that is still possible: each with ``back`` done, or refused and why (``error``)."""
    commands, places = [], []
    out = list(outcomes)
    for place, one in enumerate(out):
        book = services.handbook if one.case is None else services.handbook_of(one.case)
        name = way_back(book, one)
        arrow = book.arrow(name) if name else None
        if arrow is None:
            continue
        data = {"reason": reason} if arrow.field("reason") is not None else {}
        new_id = services.cases.new_command_id()
        commands.append(Command(name, one.case_id, new_id, data, one.case.seq))
        places.append(place)
    answers = services.outbox.execute_many(commands, actor) if commands else []
    for place, answer in zip(places, answers, strict=True):
        if isinstance(answer, Conflict) and answer.case.state is State.FILED:
            out[place] = replace(out[place], back="done", case=answer.case)  # taken back already
        elif isinstance(answer, BaseException):
            out[place] = replace(out[place], back="refused", stays=answer)
        else:
            out[place] = replace(out[place], back="done", case=answer.case)
    return out


def send_anew(
    services: Services, outcomes: Sequence[Outcome], changes: Mapping[str, Any], reason: str, actor: Actor
) -> list[Outcome]:
    """Send these again with other words: taken back and sent in one step, so that none is left lying in between."""
    out = []
    cases = services.cases
    for one in outcomes:
        book = services.handbook_of(one.case)
        name = way_back(book, one)
        arrow, back = book.arrow(one.move), book.arrow(name) if name else None
        if arrow is None or back is None:
            out.append(
                replace(
                    one, error=Refused(Refusal("wrong_state", {"arrow": one.move, "state": one.case.state}))
                )
            )
            continue
        data = {**one.data, **{k: v for k, v in changes.items() if arrow.field(k) is not None}}
        data = {key: value for key, value in data.items() if value}
        first = Command(
            name,
            one.case_id,
            cases.new_command_id(),
            {"reason": reason} if back.field("reason") is not None else {},
            one.case.seq,
        )
        second = Command(one.move, one.case_id, cases.new_command_id(), data)
        try:
            done = cases.execute_together([first, second], actor)[-1]
        except (Refused, Conflict) as error:
            out.append(replace(one, error=error))
        else:
            out.append(replace(one, case=done.case, data=data))
    return out
