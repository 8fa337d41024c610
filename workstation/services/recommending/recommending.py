"""Who should get a case: ranked units with what speaks for each, and plainly when nobody does, or two do.

Deterministic: the same city, cases, positions and figures give the same answer. The figures are data
(:mod:`.rules`); sentences are made in the interface from each reason's ``code`` and ``data``.

Reasons: ``suggested`` {by} · ``maintainer``, ``owner``, ``department`` {component} · ``rule`` {text} · ``duty`` {prefix} ·
``area`` {unit, level} · ``beside`` {unit, metres} · ``near`` {mobile, name, metres, by: straight | street} ·
``history`` {count, decided, in_time, returned, again, days} · ``returned`` {times}.
Shortfalls: ``outside`` {unit} (answers for the class, but elsewhere) · ``returned``.
Why nobody: ``off`` · ``no_component`` · ``no_owner`` {component} · ``no_duty`` {kind, class_code} · ``outside_areas`` {units}
· ``no_place`` · ``all_returned``. Why two: ``tie`` or ``overlap`` {units, difference} · ``load`` {units, open}.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...workflow.case import Case
from ...workflow.event import Actor, Command, format_instant
from ..cases.scope import subtree
from ..centre.units import UnitLoad
from . import rules as recommending_rules
from .advice import Agreement, AutomaticDispatch, agreement, automatic_dispatches, noted
from .facts import (
    Facts,
    Track,
    components,
    given_back,
    histories,
    metres,
    stamp_of,
    tracks,
)
from .rules import Rules, Switches

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ..services import Services

ONE, TWO, NONE = "one", "two", "none"
RENEWED_BY = frozenset({"unit", "grid", "city"})
"""Topics after which units, areas and grids are read again."""
NO_LOAD = UnitLoad()
ELSEWHERE_KEPT = 5
"""Units that answer for the class, but elsewhere: so many are named, the most specific first."""
OFF_DUTY = frozenset({"off", "rest"})
_OF_COMPONENT = ("maintainer", "owner", "department")
_STRONG = frozenset({"suggested", "rule", *_OF_COMPONENT})
"""What makes a unit a candidate wherever the place is."""
_GROUNDS = _STRONG | {"duty"}
"""What makes a unit a candidate; the others only say more of one."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against a unit: what, with which figures, and how strongly."""

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit for a case. ``mobile``: its nearest crew on duty (id), ""; ``load``: what the unit has in hand."""

    unit: str
    mobile: str
    score: float
    reasons: tuple[Reason, ...]
    shortfalls: tuple[Reason, ...] = ()
    load: UnitLoad = NO_LOAD


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Candidates, the best first. ``verdict``: one (the first is who), two (the first two are equally likely) or none.

    ``why`` says why there are two or none; () for one.
    """

    ranked: tuple[Candidate, ...]
    verdict: str
    why: tuple[Reason, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """The one unit, where there is one."""
        return self.ranked[0] if self.verdict == ONE else None

    def rank(self, unit: str) -> int:
        """Which place the unit has, from 1; 0 where it is not among them."""
        return next((n for n, item in enumerate(self.ranked, 1) if item.unit == unit), 0)


@dataclass(frozen=True)
class _Reading:
    """What was read for a set of cases."""

    facts: Facts
    rules: Rules
    loads: Mapping[str, UnitLoad]
    components: Mapping[str, tuple[str, str, str]]
    history: Any
    returned: Mapping[str, Sequence[str]]
    grids: Mapping[str, tuple[str, ...]]
    mobiles: Mapping[str, Sequence[Any]]
    inside: frozenset[str] | None


class Recommending:
    """The recommender of an open city. Safe to use from several threads."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lock = threading.Lock()
        self._facts: Facts | None = None
        services.subscribe(self._told)

    def _told(self, changes: Any) -> None:
        if changes.topics & RENEWED_BY:
            self._facts = None

    def switches(self) -> Switches:
        """Whether units are recommended, whether what is plain is dispatched by itself, and by what figures."""
        with self._services.db.glance() as conn:
            return recommending_rules.read(conn)

    def facts(self, conn: Connection) -> Facts:
        """Units, areas and duties as they are now."""
        with self._lock:
            if self._facts is None or self._facts.stamp != stamp_of(conn):
                self._facts = Facts.read(conn)
            return self._facts

    def recommend(self, case: Case, actor: Actor | None = None, inside: str = "") -> Recommendation:
        """Who should get the case.

        ``actor``: whose loads and positions are seen (None: the program's own). ``inside``: only units below this one,
        for a district that dispatches inside itself.
        """
        return self.recommend_many([case], actor, inside)[0]

    def recommend_many(
        self, cases: Sequence[Case], actor: Actor | None = None, inside: str = ""
    ) -> list[Recommendation]:
        """The same for each of the cases, in their order, with what is read read once."""
        with self._services.db.read() as conn:
            switches = recommending_rules.read(conn)
            if not switches.recommend:
                return [Recommendation((), NONE, (Reason("off"),)) for _ in cases]
            reading = self._read(conn, cases, actor, switches.rules, inside)
        return [self._of(case, reading, len(cases) == 1) for case in cases]

    def _read(
        self, conn: Connection, cases: Sequence[Case], actor: Actor | None, rules: Rules, inside: str
    ) -> _Reading:
        facts = self.facts(conn)
        grids = {
            case.id: facts.around(case.lon, case.lat, rules.around_metres)
            for case in cases
            if case.lon is not None and case.lat is not None
        }
        now = self._services.now()
        since = now - timedelta(days=rules.history_days)
        shown = histories(
            conn,
            {case.class_code for case in cases if case.class_code},
            {code for listed in grids.values() for code in listed},
            format_instant(since),
        )
        back = given_back(conn, {row[0] for rows in shown.values() for row in rows})
        mobiles: dict[str, list[Any]] = {}
        if actor is not None:
            for item in self._services.positions.mobiles(actor):
                if item.kind != "collector" and item.doing not in OFF_DUTY and not item.silent(now):
                    mobiles.setdefault(item.unit, []).append(item)
        return _Reading(
            facts,
            rules,
            self._services.units.loads(actor),
            components(conn, {case.component for case in cases if case.component}),
            shown,
            back,
            grids,
            mobiles,
            subtree(conn, inside) - {inside} if inside else None,
        )

    # ---- what became of it ---------------------------------------------------------------------------------------

    def noted(self, commands: Sequence[Command], actor: Actor) -> list[Command]:
        """The commands, each dispatch with what is recommended for it now, so that the log keeps it."""
        return noted(self._services, commands, actor)

    def agreement(self, since: datetime, until: datetime) -> Agreement:
        """How often dispatches from ``since`` to before ``until`` went where it was recommended."""
        with self._services.db.read() as conn:
            return agreement(conn, since, until)

    def automatic_dispatches(
        self, since: datetime, until: datetime, limit: int = 500
    ) -> list[AutomaticDispatch]:
        """What the program dispatched by itself from ``since`` to before ``until``, the newest first."""
        with self._services.db.read() as conn:
            return automatic_dispatches(conn, since, until, limit)

    # ---- one case ------------------------------------------------------------------------------------------------

    def _of(self, case: Case, reading: _Reading, alone: bool) -> Recommendation:
        rules, facts = reading.rules, reading.facts
        inside: set[str] = set()
        beside: dict[str, float] = {}
        placed = case.lon is not None and case.lat is not None
        if case.lon is not None and case.lat is not None:
            reach = rules.line_metres if rules.along_a_line(case.kind, case.class_code) else 0.0
            inside, beside = facts.holding(case.lon, case.lat, reach)
        made = self._grounds(case, reading)
        elsewhere = self._by_duty(case, reading, made, {*inside, *beside} if placed else None)
        self._by_place(case, reading, made, (inside, beside), alone)
        self._by_history(case, reading, made)
        candidates = [
            self._candidate(
                code,
                reasons,
                Reason("outside", {"unit": code}, rules.weights["outside"]) if code in elsewhere else None,
                reading,
            )
            for code, reasons in made.items()
        ]
        ranked = tuple(
            sorted(candidates, key=lambda item: (-item.score, item.load.overdue, item.load.open, item.unit))
        )
        verdict, why = self._verdict(case, ranked, reading)
        return Recommendation(ranked, verdict, why)

    def _grounds(self, case: Case, reading: _Reading) -> dict[str, dict[str, Reason]]:
        made: dict[str, dict[str, Reason]] = {}
        weights = reading.rules.weights

        def say(unit: str, reason: str, data: Mapping[str, Any], weight: float | None = None) -> None:
            if unit in reading.facts.units and (reading.inside is None or unit in reading.inside):
                told = Reason(reason, data, weights[reason] if weight is None else weight)
                made.setdefault(unit, {}).setdefault(reason, told)

        for request in case.requests:
            if request.kind == "return" and request.answer == "granted":
                times = sum(
                    1
                    for r in case.requests
                    if r.kind == "return" and r.answer == "granted" and r.unit == request.unit
                )
                say(request.unit, "returned", {"times": times})
                say(str(request.data.get("suggested_unit", "")), "suggested", {"by": request.unit})
        for rule in self._services.handbook.responsibilities:
            if rule.covers(case.kind, case.class_code):
                say(rule.unit, "rule", {"text": rule.text})
        for reason, unit in zip(_OF_COMPONENT, reading.components.get(case.component, ()), strict=False):
            say(unit, reason, {"component": case.component})
        return made

    def _by_duty(
        self,
        case: Case,
        reading: _Reading,
        made: dict[str, dict[str, Reason]],
        held: set[str] | None,
    ) -> set[str]:
        """Who answers for the class. Of those who do so elsewhere, whom nothing else speaks for, a few are told and returned.

        ``held``: the units whose area is at the place; None where there is no place. A class may be two hundred streets'.
        """
        weights, facts = reading.rules.weights, reading.facts
        elsewhere: list[str] = []
        for unit, prefix in facts.duty_of(case.kind, case.class_code).items():
            if reading.inside is not None and unit not in reading.inside:
                continue
            away = held is not None and unit not in held and facts.units[unit].has_area
            if away and not (_STRONG & made.get(unit, {}).keys()):
                if len(elsewhere) == ELSEWHERE_KEPT:
                    continue
                elsewhere.append(unit)
            weight = weights["duty"] + weights["duty_digit"] * len(prefix)
            made.setdefault(unit, {}).setdefault("duty", Reason("duty", {"prefix": prefix}, weight))
        return set(elsewhere)

    def _by_place(
        self,
        case: Case,
        reading: _Reading,
        made: dict[str, dict[str, Reason]],
        around: tuple[set[str], dict[str, float]],
        alone: bool,
    ) -> None:
        if case.lon is None or case.lat is None:
            return
        rules, facts = reading.rules, reading.facts
        inside, beside = around
        for code, reasons in made.items():
            if not _GROUNDS & set(reasons):
                continue
            level = facts.units[code].level
            if code in inside:
                weight = rules.weights["area"] + rules.levels.get(level, 0.0)
                reasons["area"] = Reason("area", {"unit": code, "level": level}, weight)
            elif code in beside:
                data = {"unit": code, "metres": round(beside[code], 1)}
                reasons["beside"] = Reason("beside", data, rules.weights["beside"])
            near = min(
                (
                    (metres(case.lon, case.lat, item.lon, item.lat), item.id, item)
                    for item in reading.mobiles.get(code, ())
                ),
                default=None,
                key=lambda found: found[:2],
            )
            if near is not None and near[0] <= rules.near_metres:
                data = {"mobile": near[1], "name": near[2].name, "metres": round(near[0]), "by": "straight"}
                weight = rules.weights["near"] * (1 - near[0] / rules.near_metres)
                reasons["near"] = Reason("near", self._along(case, near[2], data, alone), round(weight, 4))

    def _along(self, case: Case, mobile: Any, data: dict[str, Any], alone: bool) -> dict[str, Any]:
        """The distance along the streets, told where they are known already; what it weighs stays the straight one's."""
        network = self._services.streets.ready if alone else None
        if network is None or case.lon is None or case.lat is None:
            return data
        found = network.nearest(case.lon, case.lat, [(mobile.id, mobile.lon, mobile.lat)], 1)
        return {**data, "metres": round(found[0][1]), "by": "street"} if found else data

    def _by_history(self, case: Case, reading: _Reading, made: dict[str, dict[str, Reason]]) -> None:
        rules = reading.rules
        keys = [(grid, case.kind, case.class_code) for grid in reading.grids.get(case.id, ())]
        for unit, track in tracks(reading.history, reading.returned, keys, case.id).items():
            if unit in made and _GROUNDS & set(made[unit]):
                data = {
                    "count": track.count,
                    "decided": track.decided,
                    "in_time": track.in_time,
                    "returned": track.returned,
                    "again": track.again,
                    "days": rules.history_days,
                }
                made[unit]["history"] = Reason("history", data, _history_weight(track, rules))

    def _candidate(
        self, code: str, reasons: Mapping[str, Reason], outside: Reason | None, reading: _Reading
    ) -> Candidate:
        shortfalls = [reasons["returned"]] if "returned" in reasons else []
        if outside is not None:
            shortfalls.append(outside)
        weights = [reason.weight for reason in reasons.values()] + ([outside.weight] if outside else [])
        near = reasons.get("near")
        return Candidate(
            code,
            str(near.data["mobile"]) if near is not None else "",
            round(sum(weights), 4),
            tuple(reasons.values()),
            tuple(shortfalls),
            reading.loads.get(code, UnitLoad()),
        )

    def _verdict(
        self, case: Case, ranked: Sequence[Candidate], reading: _Reading
    ) -> tuple[str, tuple[Reason, ...]]:
        rules, facts = reading.rules, reading.facts
        good = [item for item in ranked if item.score >= rules.least]
        if not good:
            return NONE, self._why_none(case, ranked, reading)
        first = good[0]
        rivals = [item for item in good[1:] if not facts.one_line(first.unit, item.unit)]
        if not rivals or first.score - rivals[0].score > rules.margin:
            return ONE, ()
        second = rivals[0]
        both = (first.unit, second.unit)
        areas = all(any(reason.code == "area" for reason in item.reasons) for item in (first, second))
        kinds = {facts.units[unit].kind for unit in both}
        data = {"units": both, "difference": round(first.score - second.score, 4)}
        why = [Reason("overlap" if areas and len(kinds) == 1 else "tie", data)]
        if first.score == second.score and first.load != second.load:
            why.append(Reason("load", {"units": both, "open": (first.load.open, second.load.open)}))
        return TWO, tuple(why)

    def _why_none(self, case: Case, ranked: Sequence[Candidate], reading: _Reading) -> tuple[Reason, ...]:
        why: list[Reason] = []
        if not case.component:
            why.append(Reason("no_component"))
        elif not any(reason.code in _OF_COMPONENT for item in ranked for reason in item.reasons):
            why.append(Reason("no_owner", {"component": case.component}))
        with_duty = [item for item in ranked if any(reason.code == "duty" for reason in item.reasons)]
        outside = [
            item.unit for item in with_duty if any(reason.code == "outside" for reason in item.shortfalls)
        ]
        if not with_duty:
            why.append(Reason("no_duty", {"kind": case.kind, "class_code": case.class_code}))
        elif len(outside) == len(with_duty):
            why.append(Reason("outside_areas", {"units": tuple(outside)}))
        if case.lon is None or case.lat is None:
            why.append(Reason("no_place"))
        if ranked and all(any(r.code == "returned" for r in item.shortfalls) for item in ranked):
            why.append(Reason("all_returned"))
        return tuple(why)


def _history_weight(track: Track, rules: Rules) -> float:
    """From -1 to 1 times what history can say: in time speaks for a unit, given back and done twice against it."""
    spoken = track.count + track.returned
    if not spoken:
        return 0.0
    good = track.in_time / track.decided if track.decided else 0.5
    bad = (track.returned + track.again) / spoken
    return round(rules.weights["history"] * (good - bad) * spoken / (spoken + rules.history_enough), 4)
