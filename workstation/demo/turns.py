"""The part of a story that is its units': dispatch, the ways around, disposal. What the handbook lacks is left out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ..workflow.case import ClockRun
from ..workflow.event import Actor
from . import wording
from .asking import Asking

_BEFORE = {"feed_back": 0.0, "send_verify": 9.0, "verified": 36.0, "dispose_again": 45.0}
"""Minutes from the unit's feedback to the step that a case stands at today."""


class Disposal(Asking):
    """From filing to the unit's feedback."""

    def play(self) -> None:
        """Dispatch it and have it disposed of, with whatever turn the plot has."""
        dispute = self.p.dispute
        if dispute in ("assigned", "withdrawn"):
            self.coordinate("unclear")
        if not self._other_way():
            self._dispatch()
        self.take(self.receiver())
        if self.p.end == "void_asked":
            self.ask_void()
        if dispute in ("upheld", "committee"):
            self.coordinate("disputed")
        self._cooperate()
        self._scene()
        self._turns()
        self._inside()
        self._feed_back()

    def again(self) -> None:
        """What did not pass is received and disposed of once more."""
        self.take(self.receiver())
        self._cooperate()
        self._feed_back()

    # ---- dispatch ----------------------------------------------------------------------------------------------

    def _dispatch(self) -> None:
        unit = self.case.ruled_unit or self._lead()
        wrong = self.p.request in ("return", "return_refused") and self.t.other_unit
        first = self.t.other_unit if self.p.request == "return" and wrong else unit
        data: dict[str, Any] = {"unit": first, "requirement": self.s.say(wording.REQUIRE)}
        if self.p.cooperate and self.t.street_unit != first:
            data["cooperating"] = [self.t.street_unit]
        self.s.do("dispatch", self.s.dispatcher, "desk", (1, 13), **data)
        if wrong:
            self.give_back(unit)

    def _lead(self) -> str:
        """The unit that answers for it, or where the plot goes by it the district above that unit."""
        unit = self.t.incident.unit
        above = self.staff.parents.get(unit, "")
        inside = self.p.inside and self.s.has("dispatch_inside", "district_dispatcher")
        return above if inside and self.staff.has("district_dispatcher", above) else unit

    def _other_way(self) -> bool:
        """The centre's own crew goes, rapidly or before anybody is responsible."""
        if not self.p.way or not self.staff.crews:
            return False
        crew = self.staff.crews[self.rng.randrange(len(self.staff.crews))]
        data: dict[str, Any] = {"unit": crew, "requirement": self.s.say(wording.REQUIRE)}
        budget = next((b.key for b in self.book.budgets.values() if self.p.way in b.ways), "")
        if budget:
            data["budget"] = budget
        if self.p.way == "rapid":
            rapid = self.book.rapid is not None and self.s.has("rapid", "dispatcher")
            return rapid and self.s.do("rapid", self.s.dispatcher, "desk", (1, 13), True, **data)
        if not self.s.has("first_response", "commander"):
            return False
        plans = self.book.plans_for(self.case.kind, self.case.class_code)
        if plans:
            data["plan"] = plans[0].key
        return self.s.do("first_response", self.commander(), "any", (5, 20), True, **data)

    def settle(self) -> None:
        """Who should have done it is settled afterwards; now and then the rule is proposed for the handbook."""
        data = {"unit": self.t.incident.unit, "note": "经研究明确责任单位。"}
        if self.rng.random() < 0.4:
            item = self.book.class_item(self.case.kind, self.case.class_code)
            data["rule"] = (
                f"{item.name if item else self.case.class_name}由养护单位负责，无养护单位的由街道办事处负责。"
            )
        self.s.do("settle", self.s.dispatcher, "desk", (300, 3000), True, **data)

    # ---- at work -----------------------------------------------------------------------------------------------

    def _cooperate(self) -> None:
        for order in self.case.cooperating:
            helper = self.receiver(order.unit)
            note = "已配合完成现场秩序维护。"
            self.s.do("cooperate_receive", helper, self.hours, (5, 60))
            self.s.do("cooperate_feed_back", helper, self.hours, (20, 160), note=note)

    def _scene(self) -> None:
        if not self.p.scene and "on_scene" not in {c.name for c in self.case.running()}:
            return
        marked = self.case.clock("on_scene")
        data: dict[str, Any] = {"note": "已到场，设置围挡和警示标志。"}
        if marked is not None and marked.stopped_at is None:
            data["milestone"] = "on_scene"
        self.s.do("on_scene", self.receiver(), self.hours, (10, 70), **data)

    def _turns(self) -> None:
        clock = self.case.clock("dispose")
        if clock is None or clock.stopped_at is not None:
            return
        if self.p.request in ("extension", "extension_refused", "suspension", "withdrawn"):
            self.ask(clock)
        if self.p.direct:
            self._direct(clock)
        if self.case.key_case and self.s.has("progress", "receiver"):
            self._progress(clock)

    def _progress(self, clock: ClockRun) -> None:
        """A key case is reported on again and again, inside the time that the handbook sets."""
        due = clock.due_at or self.s.w.now
        for _ in range(12):
            if self.s.w.now + timedelta(hours=5) > due:
                return
            self.s.do("progress", self.receiver(), "unit", (90, 225), note=self.s.say(wording.PROGRESS))

    def _direct(self, clock: ClockRun) -> None:
        """A word from above, and mostly an answer to it."""
        kind = self.p.direct
        actor = self.commander() if kind == "instruct" else self.s.dispatcher
        if not self.s.has(kind, actor.post):
            return
        due = clock.due_at or self.s.w.now
        left = max(10.0, (due - self.s.w.now).total_seconds() / 60)
        name: dict[str, Any] = {"direction_id": f"{self.s.w.case_id}-d1"}
        note = self.s.say(
            {"urge": wording.URGE, "supervise": wording.SUPERVISE, "instruct": wording.INSTRUCT}[kind]
        )
        after = min(left * self.rng.uniform(0.3, 0.8), 3000.0)
        until: dict[str, Any] = {}
        if kind != "urge":
            begin = self.s.w.now + timedelta(minutes=after)
            until["until"] = self.staff.at_work(begin + timedelta(days=self.rng.randint(2, 4)), "unit")
        self.s.do(kind, actor, "desk", after, note=note, **name, **until)
        if kind != "urge" or self.rng.random() < 0.5:
            answer = self.s.say(wording.REPLY)
            self.s.do("reply", self.receiver(), "unit", (20, 400), note=answer, **name)

    def _inside(self) -> None:
        """A district sends it on inside itself, and waits."""
        lead = self.case.lead.unit if self.case.lead else ""
        unit = self.t.incident.unit
        if (
            unit in (lead, *(order.unit for order in self.case.cooperating))
            or self.staff.parents.get(unit) != lead
            or not self.staff.has("district_dispatcher", lead)
        ):
            return
        district = self.staff.pick(self.rng, "district_dispatcher", lead)
        require = self.s.say(wording.REQUIRE)
        self.s.do("dispatch_inside", district, self.hours, (5, 40), unit=unit, requirement=require)
        inner = self.receiver(unit)
        self.s.do("receive_inside", inner, self.hours, (5, 50))
        self._done(inner, "feed_back_inside", 0.8)

    def _feed_back(self) -> None:
        self._done(self.receiver(), "feed_back", 1.0)

    def _done(self, actor: Actor, arrow: str, share: float) -> None:
        """The work is done in this share of the time that it takes."""
        w = self.s.w
        clock = self.case.clock("dispose")
        due = clock.due_at if clock is not None and clock.due_at is not None else w.now
        left = max(0.0, (due - w.now).total_seconds() / 60)
        used = self.rng.uniform(1.05, 1.8) if self.p.late else self.rng.uniform(0.25, 0.93)
        after = share * (left * used if left else self.rng.uniform(30, 240))
        if left and not self.p.late and self.hours == "unit":
            # Not beyond the limit only because the shift ended: then it is done before.
            target = self.staff.at_work(w.now + timedelta(minutes=after), "unit")
            if target >= due:
                after = left * 0.2
        hours, hold = self.hours, w.hold
        if hold is not None and hold.at is not None and hold.arrow in _BEFORE:
            # It was done just before the step that it stands at today.
            back = _BEFORE[hold.arrow] * self.rng.uniform(0.6, 1.2)
            after = (hold.at - w.now).total_seconds() / 60 - back
            hours = "any"
        data: dict[str, Any] = {"note": self.s.say(wording.DONE)}
        if self.t.photographed:
            data["photos"] = [self.s.photo(1, "after", "处置后.jpg")]
        if arrow == "feed_back" and self.case.way:
            data["cost"] = round(
                self.rng.uniform(60, 900) if self.case.way == "rapid" else self.rng.uniform(800, 9000), 2
            )
            data["cost_note"] = self.s.say(wording.COST)
        self.s.do(arrow, actor, hours, max(after, 1.0), **data)
