"""No sequence of commands breaks a case, in no city that ships: hypothesis plays everybody at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from workstation.workflow.apply import apply, replay
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import TERMINAL, Case, ClockRun, State
from workstation.workflow.clock import due, ledger, light
from workstation.workflow.decide import Context, allowed, decide
from workstation.workflow.event import GENESIS, Actor, Command, Event, Refusal, canonical_json, event_hash
from workstation.workflow.facts import facts
from workstation.workflow.flow import KNOWN, RESULTS, WAYS
from workstation.workflow.handbook import Condition, Handbook
from workstation.workflow.limits import is_working

from .machine_fields import FIELDS, RIGHT, TEXT, UNITS
from .play import REPORT, local, with_rules

NATIONAL = Handbook.national()
STRICT = with_rules(
    NATIONAL,
    endorsed=("extension", "suspension"),
    endorser="unit_leader",
    leader_approves=True,
    evidence_needed=True,
)
"""A city that asks for more steps."""
CHINA = WorkCalendar.named("china")

CITIES = {name: Handbook.named(name) for name in Handbook.available()} | {"strict": STRICT}
OF_UNITS = {p.key for city in CITIES.values() for p in city.posts.values() if p.level in ("unit", "district")}
POSTS = list(dict.fromkeys(key for city in CITIES.values() for key in city.posts))
ACTORS = [
    *(Actor(post, post, post, "C") for post in POSTS if post not in OF_UNITS),
    *(Actor(f"{post}-2", post, post, "C") for post in ("collector", "shift_leader")),
    *(Actor(f"{post}-{unit}", post, post, unit) for post in POSTS if post in OF_UNITS for unit in UNITS),
]
BY_UNIT = {a.unit: a for a in ACTORS if a.post == "receiver"}
UNDER_DISPOSAL = {State.DISPATCHED, State.RECEIVED, State.WORKING}
WITH_LEAD = UNDER_DISPOSAL | {State.FED_BACK, State.VERIFYING}
DISPATCHES = {"dispatch", *WAYS}
AFTER_THE_END = {"visit", "report_up", "settle"}
WAY = ("register", "file", "dispatch", "receive", "approve_receipt", "feed_back", "send_verify", "verified")
"""The straight way, along which a machine's case has come some steps before it starts."""
CLOSINGS = {"close", "close_unqualified"}
ANSWERS = {"endorse_request", "uphold", "assign", "escalate", "settle", "reply", "feed_back_inside"}
DULL = {"comment", "recompute", "absorb", "split", "urge", "instruct", "propose_void", *ANSWERS}
"""What may be done at any time, and what answers: the others are to have their turn."""
GROWING = ("requests", "directions", "coordinations", "costs", "children", "duplicates", "verifications")


def chosen(handbook: Handbook) -> list[Condition]:
    """Some conditions of a city: the first of each kind, unit of time and way with milestones, emergencies among them."""
    found: dict[tuple[str, str, bool, bool], Condition] = {}
    for c in handbook.all_conditions:
        sort = (c.kind, c.unit, bool(c.milestones), handbook.is_emergency(c.kind, c.class_code))
        found.setdefault(sort, c)
    return list(found.values())


class Machine(RuleBasedStateMachine):
    """One case, everybody's commands, time that passes."""

    case: Case | None = None

    @initialize(
        day=st.integers(0, 300),
        minute=st.integers(0, 1439),
        steps=st.integers(0, len(WAY)),
        city=st.sampled_from(sorted(CITIES)),
        data=st.data(),
    )
    def begin(self, day: int, minute: int, steps: int, city: str, data: st.DataObject) -> None:
        handbook = self.handbook = CITIES[city]
        self.conditions = chosen(handbook)
        self.now = local(2026, 1, 5, 0, 0) + timedelta(days=day, minutes=minute)
        self.events: list[Event] = []
        self.hashes: list[str] = []
        condition = data.draw(st.sampled_from(self.conditions))
        upstream = data.draw(st.sampled_from(["", "", "SJ-7"]))
        what = {"kind": condition.kind, "class_code": condition.class_code}
        said = {
            "register": {**REPORT, **what, "upstream_code": upstream},
            "file": {**what, "condition": condition.key},
            "dispatch": {"unit": "U1", "cooperating": data.draw(st.sampled_from([[], [], ["U2"]]))},
            "send_verify": {"to": "collector"},
            "verified": {"result": data.draw(st.sampled_from(["pass", "fail"]))},
        }
        for name in WAY[:steps]:
            if name == "feed_back" and self.case is not None:
                for order in self.case.cooperating:
                    self.send(data, BY_UNIT[order.unit], "cooperate_feed_back", given={})
            may = [a for a in ACTORS if name in {w.name for w in allowed(self.case, a, handbook)}]
            if not may:
                continue  # a city may have no such step
            made = self.send(data, may[0], name, given=self.fields(data, name, True) | said.get(name, {}))
            assert isinstance(made, Event), made

    @rule(hours=st.floats(0, 100))
    def wait(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    @rule(data=st.data(), actor=st.sampled_from(ACTORS))
    def somebody_may(self, data: st.DataObject, actor: Actor) -> None:
        """Somebody takes an arrow offered to them, with fields that are mostly right."""
        arrows = allowed(self.case, actor, self.handbook)
        if arrows:
            self.send(data, actor, data.draw(st.sampled_from(arrows)).name, careful=True)

    @rule(data=st.data())
    def the_case_goes_on(self, data: st.DataObject) -> None:
        """Whoever can take the case further does, or closes it."""
        state = self.case.state if self.case is not None else None
        self.one_of(
            data,
            {a.name for a in self.handbook.arrows if a.to not in (None, state, *TERMINAL)} | CLOSINGS,
        )

    @precondition(lambda self: self.case is not None)
    @rule(data=st.data())
    def something_is_asked(self, data: st.DataObject) -> None:
        """A request, a direction, a coordination, an order inside a district: what leaves the state as it is."""
        self.one_of(data, {a.name for a in self.handbook.arrows if a.to is None and not a.of_request} - DULL)

    @precondition(lambda self: self.case is not None)
    @rule(data=st.data())
    def something_is_answered(self, data: st.DataObject) -> None:
        """A request is granted or refused, a coordination decided, a direction replied to."""
        self.one_of(data, {a.name for a in self.handbook.arrows if a.of_request} | ANSWERS)

    def one_of(self, data: st.DataObject, names: set[str]) -> None:
        ways = [
            (actor, arrow.name)
            for actor in ACTORS
            for arrow in allowed(self.case, actor, self.handbook)
            if arrow.name in names
        ]
        if ways:
            # By the arrow first: many may urge, few may settle.
            name = data.draw(st.sampled_from(sorted({name for _, name in ways})))
            actor = data.draw(st.sampled_from([a for a, n in ways if n == name]))
            self.send(data, actor, name, careful=True)

    @rule(data=st.data(), actor=st.sampled_from(ACTORS), name=st.sampled_from(sorted(KNOWN)))
    def somebody_tries(self, data: st.DataObject, actor: Actor, name: str) -> None:
        """Anybody tries anything; what is not offered is refused, whatever the fields."""
        offered = {a.name for a in allowed(self.case, actor, self.handbook)}
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
        context = Context(self.now, actor, self.handbook, CHINA)
        made = decide(self.case, command, context)
        assert decide(self.case, command, context) == made
        assert before is None or (self.case is not None and canonical_json(self.case.to_doc()) == before)
        if isinstance(made, Event):
            event(f"done: {name}")
            self.happened(made)
        else:
            event(f"refused: {made.code}")
            assert made.code in self.handbook.labels["refusals"]
        return made

    # ---- what is said ----

    def fields(self, data: st.DataObject, name: str, careful: bool) -> dict[str, Any]:
        arrow = self.handbook.arrow(name)
        given: dict[str, Any] = {}
        for spec in arrow.fields if arrow is not None else ():
            wanted = spec.required or self.due(spec.name) if careful else data.draw(st.booleans())
            if wanted or data.draw(st.integers(0, 3)) == 0:
                given[spec.name] = data.draw(self.field(name, spec.name, careful), label=spec.name)
        condition = self.handbook.condition(given.get("condition", ""))
        if careful and condition is not None:
            given["kind"], given["class_code"] = condition.kind, condition.class_code
        elif careful and "class_code" in given:
            given["kind"] = "component"
        return given

    def due(self, field: str) -> bool:
        """What a careful person says though the arrow could do without it."""
        spent = self.case is not None and self.case.way != ""
        return field == "evidence" or (field == "cost" and spent)

    def field(self, arrow: str, name: str, careful: bool) -> st.SearchStrategy[Any]:
        if name == "until":
            return st.floats(0.1 if careful else -1, 300 if careful else 400).map(
                lambda days: self.now + timedelta(days=days)
            )
        known = self.known(arrow, name) if careful else None
        if known is not None:
            return known
        if careful and name in RIGHT:
            return RIGHT[name]
        return FIELDS.get(name, st.just("说明") if careful else TEXT)

    def known(self, arrow: str, name: str) -> st.SearchStrategy[Any] | None:
        """What a careful person reads off the case."""
        case = self.case
        if name == "result" and arrow == "checked":
            return st.sampled_from(["true_report"] * 3 + ["false_report"])
        if name == "result":
            return st.sampled_from(RESULTS[arrow])
        if name == "condition":
            return st.sampled_from([c.key for c in self.conditions])
        if name == "class_code":
            return st.sampled_from([c.class_code for c in self.conditions if c.kind == "component"])
        if case is None:
            return None
        if name == "request_id":
            if arrow.startswith(("ask_", "propose_")):
                return st.just(f"q{len(case.requests)}")
            pending = [r.id for r in case.requests if not r.answer]
            return st.sampled_from(pending) if pending else None
        if name == "direction_id":
            waiting = [d.id for d in case.directions if d.answered_at is None]
            return st.sampled_from(waiting) if waiting and arrow == "reply" else st.just("")
        if name == "coordination_id":
            return st.just(case.coordinating.id if case.coordinating else "")
        if name == "plan":
            plans = [p.key for p in self.handbook.plans_for(case.kind, case.class_code)]
            return st.sampled_from(plans) if plans else st.just("")
        if name == "budget":
            return st.just("rapid" if arrow == "rapid" else "emergency")
        if name == "unit" and arrow in DISPATCHES and case.ruled_unit:
            return st.just(case.ruled_unit)
        if name == "children":
            return st.just([f"part-{len(case.children)}"])
        if name == "duplicate":
            return st.just(f"twin-{len(case.duplicates)}")
        return None

    # ---- what happened ----

    def happened(self, made: Event) -> None:
        before, after = self.case, apply(self.case, made)
        assert made.seq == len(self.events) + 1 == after.seq
        assert not self.events or made.at >= self.events[-1].at
        self.hashes.append(event_hash(self.hashes[-1] if self.hashes else GENESIS, made))
        self.events.append(made)
        self.case = after
        if before is not None:
            self.check_end(before, after, made)
            self.check_nothing_is_lost(before, after)
            self.check_two_agreed(before, made)
            self.check_dispatch(before, after, made)
            self.check_clocks(before, after, made)

    def check_end(self, before: Case, after: Case, made: Event) -> None:
        """What has ended stays as it ended."""
        if before.state in TERMINAL:
            assert made.kind in AFTER_THE_END
            assert (after.state, after.closed_at, after.closed_by) == (
                before.state,
                before.closed_at,
                before.closed_by,
            )
            assert after.clocks == before.clocks and after.outcome_reason == before.outcome_reason

    def check_nothing_is_lost(self, before: Case, after: Case) -> None:
        """What was asked, said, spent or found stays in the case; answers are given once."""
        for name in GROWING:
            assert len(getattr(after, name)) >= len(getattr(before, name)), name
        assert after.costs[: len(before.costs)] == before.costs and after.cost >= before.cost
        assert after.no_return >= before.no_return and after.returns >= before.returns
        for old, new in zip(before.requests, after.requests, strict=False):
            assert (not old.answer or new == old) and (old.id, old.kind) == (new.id, new.kind)
        for told, now in zip(before.directions, after.directions, strict=False):
            assert told.answered_at is None or now == told
        for was, is_now in zip(before.coordinations, after.coordinations, strict=False):
            assert not was.outcome or is_now == was

    def check_two_agreed(self, before: Case, made: Event) -> None:
        """Nobody grants their own wish to void; where a unit's head comes first, the head has agreed."""
        if not made.kind.startswith("grant_"):
            return
        request = next(r for r in before.requests if r.id == made.data["request_id"])
        assert request.by != made.actor
        assert request.endorsed_at or request.kind not in self.handbook.rules.endorsed

    def check_dispatch(self, before: Case, after: Case, made: Event) -> None:
        """A decision binds; a unit does what its arrow wants done before."""
        if made.kind in DISPATCHES:
            assert after.lead is not None and before.ruled_unit in ("", after.lead.unit)
            assert made.kind == "first_response" or before.coordinating is None
            assert after.way == WAYS.get(made.kind, "")
        if made.kind == "ask_return":
            assert not before.no_return
        if made.kind == "feed_back":
            assert before.inner is None or before.inner.fed_back_at
            assert len(after.costs) - len(before.costs) == ("cost" in made.data)
            assert "cost" in made.data or not before.way
        if made.kind in ("feed_back", "on_scene") and self.handbook.rules.leader_approves:
            assert before.lead is not None and before.lead.approved_at

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

    @precondition(lambda self: self.case is not None)
    @invariant()
    def the_log_makes_the_case(self) -> None:
        assert replay(self.events) == self.case

    @precondition(lambda self: self.case is not None)
    @invariant()
    def documents_hold_everything(self) -> None:
        assert self.case is not None and Case.from_doc(self.case.to_doc()) == self.case

    @precondition(lambda self: self.case is not None)
    @invariant()
    def hashes_differ(self) -> None:
        assert len(set(self.hashes)) == len(self.hashes)

    @precondition(lambda self: self.case is not None)
    @invariant()
    def orders_are_in_order(self) -> None:
        """A lead where there is work; nobody twice; an inner unit and a way only under a lead."""
        case = self.case
        assert case is not None
        if case.state in WITH_LEAD:
            assert case.lead is not None and case.lead.role == "lead"
        units = [o.unit for o in (case.lead, case.inner, *case.cooperating) if o is not None]
        assert len(set(units)) == len(units)
        if case.inner is not None or case.way:
            assert case.lead is not None
        assert case.way or not (case.plan or case.budget)

    @precondition(lambda self: self.case is not None)
    @invariant()
    def coordinations_are_in_order(self) -> None:
        """At most one is open, and only where it matters; what was decided is binding."""
        case = self.case
        assert case is not None
        still = [c for c in case.coordinations if not c.outcome]
        assert len(still) <= 1 and case.coordinating == (still[0] if still else None)
        for told in case.coordinations:
            assert (told.decided_at is not None) == bool(told.outcome)
            assert bool(told.unit) == (told.outcome in ("upheld", "assigned"))
            assert told.steps and told.steps[-1].body == told.body
        assert len({c.id for c in case.coordinations}) == len(case.coordinations)
        if still:
            assert case.state in UNDER_DISPOSAL | {State.FILED}
        if still and case.state is State.FILED:
            clock = case.clock("dispatch")
            assert clock is not None and clock.stopped_at is None and clock.due_at is None
        assert case.no_return or not case.ruled_unit

    @precondition(lambda self: self.case is not None)
    @invariant()
    def clocks_are_in_order(self) -> None:
        case = self.case
        assert case is not None
        running = [c.name for c in case.running()]
        assert len(set(running)) == len(running)
        if case.state in TERMINAL:
            assert running == [] and case.closed_at is not None
            assert all(
                a.name in AFTER_THE_END for actor in ACTORS for a in allowed(case, actor, self.handbook)
            )
        else:
            assert case.closed_at is None
        if case.state in UNDER_DISPOSAL:
            assert "dispose" in running
        if "key_feedback" in running:
            clock = case.clock("key_feedback")
            assert case.key_case and case.state in WITH_LEAD and clock is not None
            assert (clock.due_at is None) == (case.state not in UNDER_DISPOSAL)
        for run in case.clocks:
            paused = bool(run.pauses) and run.pauses[-1].end is None
            assert (run.due_at is None) == paused and not (paused and run.stopped_at)
            assert run.due_at is None or run.started_at <= (run.yellow_at or run.started_at) <= run.due_at

    @precondition(lambda self: self.case is not None)
    @invariant()
    def requests_are_in_order(self) -> None:
        case = self.case
        assert case is not None
        pending = [r.kind for r in case.requests if not r.answer]
        assert len(set(pending)) == len(pending)
        if case.state not in UNDER_DISPOSAL:
            assert set(pending) <= {"void"}
        if case.state in TERMINAL:
            assert pending == []
        for request in case.requests:
            assert (request.answered_at is not None) == bool(request.answer)
            assert (request.endorsed_at is not None) == bool(request.endorsed_by)
            assert request.endorsed_at is None or request.kind in self.handbook.rules.endorsed
        granted = [r.kind for r in case.requests if r.answer == "granted"]
        rules = self.handbook.rules
        assert granted.count("extension") <= rules.extensions
        assert granted.count("suspension") <= rules.suspensions

    @precondition(lambda self: self.case is not None)
    @invariant()
    def directions_are_in_order(self) -> None:
        case = self.case
        assert case is not None
        assert len({d.id for d in case.directions}) == len(case.directions)
        for told in case.directions:
            assert (told.answered_at is not None) == bool(told.answer) == bool(told.answered_by)
        assert case.urged == sum(d.kind != "instruct" for d in case.directions)

    @precondition(lambda self: self.case is not None)
    @invariant()
    def facts_say_only_what_is_decided(self) -> None:
        case = self.case
        assert case is not None
        told = facts(case)
        ended = case.state in (State.CLOSED, State.CLOSED_UNQUALIFIED)
        assert ended == (told.closed or told.self_disposed) and not (told.closed and told.self_disposed)
        assert (told.closed_in_time is not None) == told.closed
        assert told.disposed or told.disposed_in_time is None
        assert told.self_disposed == any(e.kind == "self_dispose" for e in self.events)

    def teardown(self) -> None:
        """At the end every clock explains itself, and its ledger agrees with the deadline that was told."""
        for run in self.case.clocks if self.case is not None else ():
            told = ledger(run, CHINA, self.now)
            assert told.due_at == run.due_at
            assert told.light == light(run.yellow_at, run.due_at, run.stopped_at or self.now)


Machine.TestCase.settings = settings(
    max_examples=50, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestMachine = Machine.TestCase
