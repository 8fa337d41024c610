"""No sequence of commands breaks a case: hypothesis plays everybody at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from workstation.workflow.apply import apply, replay
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import TERMINAL, Case, ClockRun, State
from workstation.workflow.clock import due, ledger, light
from workstation.workflow.decide import Context, allowed, decide
from workstation.workflow.event import GENESIS, Actor, Command, Event, Refusal, canonical_json, event_hash
from workstation.workflow.facts import facts
from workstation.workflow.flow import KNOWN
from workstation.workflow.handbook import Handbook
from workstation.workflow.limits import is_working

from .play import REPORT, local

NATIONAL = Handbook.national()
CHINA = WorkCalendar.named("china")

UNITS = ("U1", "U2", "U3")
ACTORS = [
    *(Actor(f"{post}-{n}", post, post, "C") for post in NATIONAL.posts for n in (1, 2) if post != "receiver"),
    *(Actor(f"receiver-{unit}", "receiver", "receiver", unit) for unit in UNITS),
]
CONDITIONS = ("component/0101/1", "component/0101/2", "component/0101/4", "component/0102/3", "event/0501/1")
UNDER_DISPOSAL = {State.DISPATCHED, State.RECEIVED, State.WORKING}
WITH_LEAD = UNDER_DISPOSAL | {State.FED_BACK, State.VERIFYING}

FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "code": st.just("32991120260302000001"),
    "kind": st.sampled_from(["component", "event"]),
    "class_code": st.sampled_from(["0101", "0102", "0501", "", "7777"]),
    "condition": st.sampled_from([*CONDITIONS, "nonsense"]),
    "source": st.sampled_from(["collector", "hotline_12319", "sensor", "rumour"]),
    "area_class": st.sampled_from(["core", "fringe", ""]),
    "lon": st.floats(100, 130) | st.just(999.0),
    "lat": st.floats(20, 50),
    "photos": st.just([{"sha256": "0" * 64, "role": "before", "name": "a.jpg"}]),
    "key_case": st.booleans(),
    "emergency": st.booleans(),
    "binding": st.booleans(),
    "to": st.sampled_from(["collector-1", "collector-2"]),
    "result": st.sampled_from(["true_report", "false_report", "pass", "fail"]),
    "unit": st.sampled_from(UNITS),
    "cooperating": st.lists(st.sampled_from(UNITS), max_size=2),
    "milestone": st.sampled_from(["on_scene", "repaired", "nonsense"]),
    "request_id": st.sampled_from([f"q{n}" for n in range(8)]),
    "amount": st.floats(0.25, 6),
    "into": st.sampled_from(["case-1", "case-2"]),
}
RIGHT: dict[str, st.SearchStrategy[Any]] = {
    "class_code": st.sampled_from(["0101", "0102"]),
    "condition": st.sampled_from(CONDITIONS),
    "source": st.sampled_from(["collector", "hotline_12319"]),
    "lon": st.floats(100, 130),
    "milestone": st.sampled_from(["on_scene", "repaired"]),
    "into": st.just("case-2"),
}
"""Values that a careful person gives instead."""
TEXT = st.sampled_from(["说明", "", "另"])
WAY = ("register", "file", "dispatch", "receive", "feed_back", "send_verify", "verified")
"""The straight way, along which a machine's case has come some steps before it starts."""
BY_UNIT = {a.unit: a for a in ACTORS if a.post == "receiver"}
BY = {a.post: a for a in reversed(ACTORS)}


class Machine(RuleBasedStateMachine):
    """One case, everybody's commands, time that passes."""

    @initialize(day=st.integers(0, 300), minute=st.integers(0, 1439), steps=st.integers(0, 7), data=st.data())
    def begin(self, day: int, minute: int, steps: int, data: st.DataObject) -> None:
        self.now = local(2026, 1, 5, 0, 0) + timedelta(days=day, minutes=minute)
        self.case: Case | None = None
        self.events: list[Event] = []
        self.hashes: list[str] = []
        condition = NATIONAL.condition(data.draw(st.sampled_from(CONDITIONS)))
        assert condition is not None
        said = {
            "register": {**REPORT, "kind": condition.kind, "class_code": condition.class_code},
            "file": {"condition": condition.key},
            "dispatch": {"unit": "U1", "cooperating": data.draw(st.sampled_from([[], [], ["U2"]]))},
            "send_verify": {"to": "collector-1"},
            "verified": {"result": data.draw(st.sampled_from(["pass", "fail"]))},
        }
        for name in WAY[:steps]:
            arrow = NATIONAL.arrow(name)
            assert arrow is not None
            if name == "feed_back" and self.case is not None:
                for order in self.case.cooperating:
                    self.send(data, BY_UNIT[order.unit], "cooperate_feed_back", given={})
            actor = BY_UNIT["U1"] if arrow.posts == ("receiver",) else BY[arrow.posts[0]]
            made = self.send(data, actor, name, given=said.get(name, {}))
            assert isinstance(made, Event), made

    @rule(hours=st.floats(0, 100))
    def wait(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    @rule(data=st.data(), actor=st.sampled_from(ACTORS))
    def somebody_may(self, data: st.DataObject, actor: Actor) -> None:
        """Somebody takes an arrow offered to them, with fields that are mostly right."""
        arrows = allowed(self.case, actor, NATIONAL)
        if arrows:
            self.send(data, actor, data.draw(st.sampled_from(arrows)).name, careful=True)

    @rule(data=st.data())
    def the_case_goes_on(self, data: st.DataObject) -> None:
        """Whoever can take the case further does."""
        state = self.case.state if self.case is not None else None
        ways = [
            (actor, arrow.name)
            for actor in ACTORS
            for arrow in allowed(self.case, actor, NATIONAL)
            if arrow.of_request or arrow.asks or arrow.to not in (None, state, *TERMINAL)
        ]
        if ways:
            actor, name = data.draw(st.sampled_from(ways))
            self.send(data, actor, name, careful=True)

    @rule(data=st.data(), actor=st.sampled_from(ACTORS), name=st.sampled_from(sorted(KNOWN)))
    def somebody_tries(self, data: st.DataObject, actor: Actor, name: str) -> None:
        """Anybody tries anything; what is not offered is refused, whatever the fields."""
        offered = {a.name for a in allowed(self.case, actor, NATIONAL)}
        made = self.send(data, actor, name, careful=False)
        if name not in offered:
            assert isinstance(made, Refusal), name

    def send(
        self,
        data: st.DataObject,
        actor: Actor,
        name: str,
        *,
        careful: bool = False,
        given: dict[str, Any] | None = None,
    ) -> Event | Refusal:
        if given is None:
            given = self.fields(data, name, careful)
        before = None if self.case is None else canonical_json(self.case.to_doc())
        command = Command(name, "case-1", f"command-{len(self.events)}", given)
        context = Context(self.now, actor, NATIONAL, CHINA)
        made = decide(self.case, command, context)
        assert decide(self.case, command, context) == made
        assert before is None or (self.case is not None and canonical_json(self.case.to_doc()) == before)
        if isinstance(made, Event):
            event(f"done: {name}")
            self.happened(made)
        else:
            event(f"refused: {made.code}")
            assert made.code in NATIONAL.labels["refusals"]
        return made

    def fields(self, data: st.DataObject, name: str, careful: bool) -> dict[str, Any]:
        arrow = NATIONAL.arrow(name)
        assert arrow is not None
        given: dict[str, Any] = {}
        for spec in arrow.fields:
            wanted = spec.required if careful else data.draw(st.booleans())
            if wanted or data.draw(st.integers(0, 3)) == 0:
                given[spec.name] = data.draw(self.field(name, spec.name, careful), label=spec.name)
        condition = NATIONAL.condition(given.get("condition", ""))
        if careful and condition is not None:
            given["kind"], given["class_code"] = condition.kind, condition.class_code
        elif careful and "class_code" in given:
            given["kind"] = "component"
        return given

    def field(self, arrow: str, name: str, careful: bool) -> st.SearchStrategy[Any]:
        if name == "until":
            return st.floats(0.1 if careful else -1, 300 if careful else 400).map(
                lambda days: self.now + timedelta(days=days)
            )
        if careful and name == "result":
            return st.sampled_from(
                ["true_report"] * 3 + ["false_report"] if arrow == "checked" else ["pass", "fail"]
            )
        if careful and name == "to":
            return st.just("collector-1")
        if careful and name == "request_id" and self.case is not None:
            if arrow.startswith("ask_"):
                return st.just(f"q{len(self.case.requests)}")
            pending = [r.id for r in self.case.requests if not r.answer]
            return st.sampled_from(pending) if pending else FIELDS[name]
        if careful and name in RIGHT:
            return RIGHT[name]
        return FIELDS.get(name, st.just("说明") if careful else TEXT)

    def happened(self, made: Event) -> None:
        before, after = self.case, apply(self.case, made)
        assert before is None or before.state not in TERMINAL
        assert made.seq == len(self.events) + 1 == after.seq
        assert not self.events or made.at >= self.events[-1].at
        self.hashes.append(event_hash(self.hashes[-1] if self.hashes else GENESIS, made))
        self.events.append(made)
        self.case = after
        if before is not None:
            self.check_clocks(before, after, made)

    def check_clocks(self, before: Case, after: Case, made: Event) -> None:
        old, new = before.clock("dispose"), after.clock("dispose")
        if old is None or new is None or new.stopped_at or old.started_at != new.started_at:
            return
        if made.kind == "grant_extension":
            assert old.due_at and new.due_at and new.due_at > old.due_at
        if made.kind == "resume":
            self.check_given_back(new)

    def check_given_back(self, run: ClockRun) -> None:
        """The deadline is later by exactly the time of its own axis that the pauses took."""
        plain = ClockRun(run.name, run.started_at, run.amount, run.unit, None, None, extended=run.extended)
        without, _ = due(plain, CHINA)
        assert run.due_at is not None
        taken = [(p.start, p.end or p.start) for p in run.pauses]
        if is_working(run.unit):
            given = CHINA.worked(run.due_at) - CHINA.worked(without)
            assert given == sum(CHINA.worked(b) - CHINA.worked(a) for a, b in taken)
        else:
            assert run.due_at - without == sum((b - a for a, b in taken), timedelta())

    # ---- what always holds ----

    @invariant()
    def the_log_makes_the_case(self) -> None:
        if self.events:
            assert replay(self.events) == self.case

    @invariant()
    def documents_hold_everything(self) -> None:
        if self.case is not None:
            assert Case.from_doc(self.case.to_doc()) == self.case

    @invariant()
    def hashes_differ(self) -> None:
        assert len(set(getattr(self, "hashes", []))) == len(getattr(self, "hashes", []))

    @invariant()
    def one_lead_where_there_is_work(self) -> None:
        case = getattr(self, "case", None)
        if case is None:
            return
        if case.state in WITH_LEAD:
            assert case.lead is not None and case.lead.role == "lead"
            assert case.lead.unit not in {o.unit for o in case.cooperating}
        assert len({o.unit for o in case.cooperating}) == len(case.cooperating)

    @invariant()
    def clocks_are_in_order(self) -> None:
        case = getattr(self, "case", None)
        if case is None:
            return
        running = [c.name for c in case.running()]
        assert len(set(running)) == len(running)
        if case.state in TERMINAL:
            assert running == [] and case.closed_at is not None and not allowed(case, ACTORS[0], NATIONAL)
        if case.state in UNDER_DISPOSAL:
            assert "dispose" in running
        for run in case.clocks:
            paused = bool(run.pauses) and run.pauses[-1].end is None
            assert (run.due_at is None) == paused and not (paused and run.stopped_at)
            assert run.due_at is None or run.started_at <= (run.yellow_at or run.started_at) <= run.due_at

    @invariant()
    def requests_are_in_order(self) -> None:
        case = getattr(self, "case", None)
        if case is None:
            return
        pending = [r.kind for r in case.requests if not r.answer]
        assert len(set(pending)) == len(pending)
        if case.state not in UNDER_DISPOSAL:
            assert pending == []
        granted = [r.kind for r in case.requests if r.answer == "granted"]
        assert granted.count("extension") <= 2 and granted.count("suspension") <= 1

    @invariant()
    def facts_say_only_what_is_decided(self) -> None:
        case = getattr(self, "case", None)
        if case is None:
            return
        told = facts(case)
        assert (
            (told.closed_in_time is not None)
            == told.closed
            == (case.state in (State.CLOSED, State.CLOSED_UNQUALIFIED))
        )
        assert told.disposed or told.disposed_in_time is None

    def teardown(self) -> None:
        """At the end every clock explains itself, and its ledger agrees with the deadline that was told."""
        for run in self.case.clocks if getattr(self, "case", None) is not None else ():  # type: ignore[union-attr]
            told = ledger(run, CHINA, self.now)
            assert told.due_at == run.due_at
            assert told.light == light(run.yellow_at, run.due_at, run.stopped_at or self.now)


Machine.TestCase.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestMachine = Machine.TestCase
