"""The unit's side of a story: whoever receives, heads and commands there, and the orders they get."""

from __future__ import annotations

from ..workflow.case import Case
from ..workflow.event import Actor
from ..workflow.limits import is_working
from . import wording
from .telling import Teller


class UnitSide:
    """The people who act for the units of one story's case."""

    def __init__(self, story: Teller) -> None:
        self.s, self.p, self.t, self.rng, self.staff = story, story.p, story.t, story.rng, story.w.staff
        self.book = story.w.staff.handbook

    @property
    def case(self) -> Case:
        """The case as the story has made it."""
        return self.s.case

    def dispatch_anew(self, unit: str, requirement: str) -> None:
        """Send it again, to this unit (or to whoever was ruled responsible)."""
        unit = self.case.ruled_unit or unit
        self.s.do("dispatch", self.s.dispatcher, "desk", (1, 12), unit=unit, requirement=requirement)

    def receiver(self, unit: str = "") -> Actor:
        """Who receives for the unit (without one: for the lead unit)."""
        lead = unit or (self.case.lead.unit if self.case.lead else "")
        for post in ("receiver", "district_dispatcher"):
            if self.staff.has(post, lead):
                return self.staff.pick(self.rng, post, lead)
        raise RuntimeError(f"nobody receives for {lead!r}")

    def commander(self) -> Actor:
        """The commander, or a dispatcher where there is none."""
        return self.staff.pick(self.rng, "commander" if self.staff.has("commander") else "dispatcher")

    @property
    def hours(self) -> str:
        """When the unit works on the case: ``any`` time where its limit runs day and night."""
        clock = self.case.clock("dispose")
        return "unit" if clock is None or is_working(clock.unit) else "any"

    def take(self, receiver: Actor) -> None:
        """Received, and approved by the unit's leader where the handbook wants that."""
        self.s.do("receive", receiver, self.hours, (4, 50))
        leader = self.head()
        if leader is not None and self.book.rules.leader_approves:
            self.s.do("approve_receipt", leader, self.hours, (3, 40), note=self.s.say(wording.APPROVE))

    def head(self) -> Actor | None:
        """The lead unit's leader, where somebody is."""
        lead = self.case.lead.unit if self.case.lead else ""
        return self.staff.pick(self.rng, "unit_leader", lead) if self.staff.has("unit_leader", lead) else None
