"""What dropping cases on each unit would do: asked while the drag is under way, in the background.

A decision depends on the case and hardly ever on the unit, so a case is judged once for each way it could go and the
answer holds for every unit that is sent to in that way; only the cases whose answer names a unit (a binding ruling, a
unit that must stand below another) are judged for each unit. Of many cases a sample is judged first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from workstation.services.cases.cases import Preview
from workstation.services.centre.units import UnitInfo, UnitLoad
from workstation.services.lists.filter import CaseFilter
from workstation.services.recommending.recommending import Reason, Recommendation
from workstation.services.services import Services
from workstation.workflow.event import Actor, Refusal
from workstation.workflow.flow import WAYS
from workstation.workflow.handbook import Handbook

from .phrases import phrases

SUGGESTED = 3
"""So many units are proposed for a case."""
SAMPLE = 16
"""Of more cases than this a sample is judged first; the answer for all of them follows."""
ASKED_WHO = 12
"""Of so many cases at most it is asked whose they are; the others of their kind count with them."""

CREW = "crew"
"""The kind of the centre's own crews (作业队伍): what goes to them goes by rapid disposal, where the city has it."""
ERRANDS = ("send_check", "send_verify")
"""How a collector is sent to the spot: before filing, and after disposal."""

MoveOf = Callable[[UnitInfo], str]


class DropFacts(NamedTuple):
    """One target for a set of cases. ``move`` is the arrow that most of them take; ``due_first`` and ``due_last`` bound the
    deadlines that would result; ``accepted`` of ``asked`` cases would go, the others are refused for ``refusals`` (each
    reason, and of how many). ``exact`` False: told from a sample.
    """

    unit: str
    name: str
    open: int
    overdue: int
    due_today: int
    due_first: datetime | None
    accepted: int
    refusals: tuple[tuple[Refusal, int], ...]
    suggested: int
    move: str = "dispatch"
    due_last: datetime | None = None
    asked: int = 0
    exact: bool = True


@dataclass(frozen=True)
class DropAnswer:
    """What is known about a drag: each unit as a target, and who is suggested, best first, with the reasons."""

    facts: dict[str, DropFacts]
    candidates: tuple[tuple[str, tuple[Reason, ...]], ...]
    exact: bool = True
    single: Recommendation | None = None
    """What is recommended for the one case that is dragged; None for several."""


@dataclass
class _Judged:
    """What each way would do with the cases at hand: answers by (way, unit) as they were asked for."""

    services: Services
    actor: Actor
    ids: Sequence[str]
    known: dict[str, dict[str, Preview]] = field(default_factory=dict)
    own: dict[str, set[str]] = field(default_factory=dict)

    def _ask(self, ids: Iterable[str], *tries: tuple[str, str]) -> list[dict[str, Preview]]:
        """What each (way, unit) would do with the cases."""
        commands = [(move, usual_data(self.services.handbook, move, unit)) for move, unit in tries]
        found = self.services.cases.preview_each(commands, list(ids), self.actor)
        return [{preview.case_id: preview for preview in told} for told in found]

    def learn(self, units_of: Mapping[str, Sequence[str]]) -> None:
        """Judge each way with two of the units that it leads to: where they differ, or a unit is named, each has its own
        answer."""
        tries = [(move, unit) for move, units in units_of.items() for unit in (units[0], units[-1])]
        answers = self._ask(self.ids, *tries)
        for move, first, other in zip(units_of, answers[::2], answers[1::2], strict=True):
            self.known[move] = first
            self.own[move] = {i for i, told in first.items() if _names_unit(told) or _differ(told, other[i])}

    def of(self, move: str, unit: str) -> Mapping[str, Preview]:
        """What that way to that unit would do to each case."""
        known, own = self.known[move], self.own[move]
        return known if not own else {**known, **self._ask(own, (move, unit))[0]}


def _names_unit(told: Preview) -> bool:
    return told.refusal is not None and not {"unit", "units"}.isdisjoint(told.refusal.data)


def _differ(one: Preview, other: Preview) -> bool:
    codes = [told.refusal.code if told.refusal is not None else "" for told in (one, other)]
    return codes[0] != codes[1] or one.due_at != other.due_at


def sending_moves(handbook: Handbook) -> MoveOf:
    """How the dispatcher sends a case to a unit: rapid to an own crew where the city has rapid disposal."""
    has_rapid = handbook.rapid is not None and handbook.arrow("rapid") is not None
    return lambda unit: "rapid" if has_rapid and unit.kind == CREW else "dispatch"


def ways_of(move: str) -> tuple[str, ...]:
    """The arrows that are tried for a case, the first that it may take goes: a crew gets by ordinary dispatch what the
    handbook does not let it dispose of rapidly."""
    return ("rapid", "dispatch") if move == "rapid" else (move,)


def sampled(
    services: Services, case_ids: Sequence[str], actor: Actor, size: int = SAMPLE
) -> dict[str, float]:
    """Cases that stand for all of these, each with how many it stands for: of every kind of case some.

    A kind is what decides where a case may go: its state, class and edition, and what is under way with it.
    """
    if len(case_ids) <= size:
        return dict.fromkeys(case_ids, 1.0)
    rows = services.lists.seen_by(actor).kinds(case_ids)
    kinds = _grouped((case_id, (standing, of_class)) for case_id, standing, of_class in rows)
    if len(kinds) > size:
        kinds = _grouped((case_id, standing) for case_id, standing, _ in rows)
    out: dict[str, float] = {}
    for members in sorted(kinds.values(), key=len, reverse=True)[:size]:
        count = max(1, min(len(members), (size - len(kinds)) * len(members) // len(rows)))
        step = len(members) / count
        out.update((members[int(n * step)], step) for n in range(count))
    return out


def _grouped(rows: Iterable[tuple[str, Any]]) -> dict[Any, list[str]]:
    kinds: dict[Any, list[str]] = {}
    for case_id, kind in rows:
        kinds.setdefault(kind, []).append(case_id)
    return kinds


def drop_facts(
    services: Services,
    case_ids: Sequence[str],
    actor: Actor,
    units: Sequence[UnitInfo] | None = None,
    move_of: MoveOf | None = None,
    exact: bool = True,
) -> DropAnswer:
    """For each unit: its load, and what sending these cases to it would do. Writes nothing.

    ``units``: only these (None: all); ``move_of``: the arrow by unit (None: as the dispatcher sends); ``exact`` False: of
    many cases a sample is judged.
    """
    loads = services.units.loads(actor)
    listed = services.units.listed() if units is None else list(units)
    move = move_of or sending_moves(services.handbook)
    weights = sampled(services, case_ids, actor)
    judged_ids = list(case_ids) if exact else list(weights)
    standing = dict.fromkeys(judged_ids, 1.0) if exact else weights
    judged = _Judged(services, actor, judged_ids)
    ways = {unit.code: ways_of(move(unit)) for unit in listed}
    by_move: dict[str, list[str]] = {}
    for code, tried in ways.items():
        for way in tried:
            by_move.setdefault(way, []).append(code)
    judged.learn(by_move)
    known = {unit.code for unit in listed}
    inside = actor.unit if units is not None else ""
    suggested, candidates, single = suggestions(services, weights, known, actor, inside)
    out: dict[str, DropFacts] = {}
    # Most units are told the same: what comes of that is put together once, not for each of them.
    known_outcomes: dict[tuple[int, ...], _Outcome] = {}
    kept: list[Mapping[str, Preview]] = []
    for unit in listed:
        told = [judged.of(way, unit.code) for way in ways[unit.code]]
        kept += told
        same = tuple(id(one) for one in told)
        outcome = known_outcomes.get(same)
        if outcome is None:
            outcome = known_outcomes[same] = _outcome(
                list(zip(ways[unit.code], told, strict=True)), standing, len(case_ids)
            )
        load = loads.get(unit.code, UnitLoad())
        share = round(suggested.get(unit.code, 0.0))
        out[unit.code] = _facts(unit.code, unit.name, load, outcome, share)
    return DropAnswer(out, candidates, len(judged_ids) == len(case_ids), single)


@dataclass(frozen=True)
class _Outcome:
    """What would come of the cases by some ways; its parts are those of :class:`DropFacts`."""

    move: str
    accepted: int
    refusals: tuple[tuple[Refusal, int], ...]
    due_first: datetime | None
    due_last: datetime | None
    asked: int
    exact: bool


def _outcome(
    ways: Sequence[tuple[str, Mapping[str, Preview]]], standing: Mapping[str, float], asked: int
) -> _Outcome:
    taken: dict[str, float] = {}
    dues: set[datetime] = set()
    refusals: dict[str, tuple[Refusal, int]] = {}
    refused = 0.0
    for case_id, weight in standing.items():
        tried = [(way, told[case_id]) for way, told in ways]
        good = next(((way, told) for way, told in tried if told.refusal is None), None)
        if good is None:
            refused += weight
            why = _plainest(told for _, told in tried)
            key = f"{why.code} {why.data}"
            before = refusals.get(key, (why, 0))[1]
            refusals[key] = why, before + max(1, round(weight))
            continue
        taken[good[0]] = taken.get(good[0], 0.0) + weight
        if good[1].due_at is not None:
            dues.add(good[1].due_at)
    going = sum(taken.values())
    total = going + refused
    return _Outcome(
        move=max(taken, key=lambda way: taken[way]) if taken else ways[-1][0],
        accepted=round(asked * going / total) if total else 0,
        refusals=tuple(refusals.values()),
        due_first=min(dues, default=None),
        due_last=max(dues, default=None),
        asked=asked,
        exact=len(standing) == asked,
    )


def _facts(key: str, name: str, load: UnitLoad, outcome: _Outcome, suggested: int) -> DropFacts:
    return DropFacts(
        unit=key,
        name=name,
        open=load.open,
        overdue=load.overdue,
        due_today=load.due_today,
        due_first=outcome.due_first,
        accepted=outcome.accepted,
        refusals=outcome.refusals,
        suggested=suggested,
        move=outcome.move,
        due_last=outcome.due_last,
        asked=outcome.asked,
        exact=outcome.exact,
    )


def _plainest(tried: Iterable[Preview]) -> Refusal:
    """Of several ways that are closed, why: what is said of the first whose state would have fitted, else of the last."""
    refusals = [told.refusal for told in tried if told.refusal is not None]
    fitting = [refusal for refusal in refusals if refusal.code not in ("wrong_state", "closed", "wrong_post")]
    return fitting[-1] if fitting else refusals[-1]


def suggestions(
    services: Services, weights: Mapping[str, float], known: set[str], actor: Actor, inside: str = ""
) -> tuple[dict[str, float], tuple[tuple[str, tuple[Reason, ...]], ...], Recommendation | None]:
    """Whose these cases are: for how many of them each unit is recommended; the units, best first, with reasons; and of a
    single case what was recommended."""
    suggested: dict[str, float] = {}
    scores: dict[str, float] = {}
    reasons: dict[str, dict[str, Reason]] = {}
    foremost = sorted(weights, key=lambda case_id: -weights[case_id])[:ASKED_WHO]
    cases = services.cases.get_many(foremost)
    told = services.recommending.recommend_many(cases, actor, inside)
    for case, found in zip(cases, told, strict=True):
        weight = weights[case.id]
        for item in [one for one in found.ranked if one.unit in known and one.score > 0][:SUGGESTED]:
            suggested[item.unit] = suggested.get(item.unit, 0.0) + weight
            scores[item.unit] = scores.get(item.unit, 0.0) + item.score * weight
            mine = reasons.setdefault(item.unit, {})
            for reason in (*item.reasons, *item.shortfalls):
                mine.setdefault(reason.code, reason)
    best_first = sorted(scores, key=lambda code: (-scores[code], code))
    ranked = tuple((code, tuple(reasons[code].values())) for code in best_first)
    return suggested, ranked, told[0] if len(weights) == 1 and told else None


def errand_facts(
    services: Services, case_ids: Sequence[str], actor: Actor, person: str, name: str, exact: bool = True
) -> DropFacts:
    """The same for a collector: which of the cases he would be sent to, to check or to verify, and how many he has."""
    standing = dict.fromkeys(case_ids, 1.0) if exact else sampled(services, case_ids, actor)
    ids = list(standing)
    ways = [
        (
            move,
            {p.case_id: p for p in services.cases.preview(move, ids, errand_data(person), actor)},
        )
        for move in ERRANDS
        if services.handbook.arrow(move) is not None
    ]
    count = services.lists.seen_by(actor).count(CaseFilter(open=True, collector=person))
    return _facts(person, name, UnitLoad(count), _outcome(ways, standing, len(case_ids)), 0)


def errand_data(person: str) -> dict[str, Any]:
    """What sends a collector."""
    return {"to": person}


def usual_data(handbook: Handbook, move: str, unit: str) -> dict[str, Any]:
    """What a drop sends: the unit, and the usual of what the handbook wants besides, which a drop cannot ask for."""
    data: dict[str, Any] = {"unit": unit}
    arrow = handbook.arrow(move)
    for spec in arrow.fields if arrow is not None else ():
        if spec.required and spec.name == "requirement":
            data["requirement"] = phrases("requirement")[0]
        elif spec.required and spec.name == "budget":
            way = WAYS.get(move, "")
            budgets = [key for key, budget in handbook.budgets.items() if way in budget.ways]
            data["budget"] = budgets[0] if budgets else ""
    return data
