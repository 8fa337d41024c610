"""What a unit asks for and somebody else grants, and whose a case is where that is not clear."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ..workflow.case import ClockRun
from . import wording
from .casework import Stopped
from .side import UnitSide


class Asking(UnitSide):
    """Requests and coordinations, as the plot has them and as far as the handbook knows them."""

    def _endorse(self, kind: str, request: str) -> None:
        """The unit's own head agrees first, where the handbook wants that."""
        leader = self.head()
        if kind in self.book.rules.endorsed and leader is not None:
            self.s.do("endorse_request", leader, self.hours, (5, 60), request_id=request, note="同意上报。")

    def give_back(self, unit: str) -> None:
        """The unit asks to give the case back within the hour; it is agreed to and dispatched anew, or refused."""
        request, reason = self.s.request_id(), self.s.say(wording.RETURN)
        asked = self.s.do(
            "ask_return", self.receiver(), "any", (4, 28), True,
            request_id=request, reason=reason, suggested_unit=unit,
        )  # fmt: skip
        if not asked:
            return
        self._endorse("return", request)
        if self.p.request == "return_refused":
            no = "经核对责任清单，属你单位职责，请继续处置。"
            self.s.do("refuse_request", self.s.dispatcher, "desk", (5, 40), request_id=request, reason=no)
            return
        self.s.do("grant_return", self.s.dispatcher, "desk", (5, 40), request_id=request)
        self.dispatch_anew(unit, self.s.say(wording.REQUIRE))

    def ask_void(self) -> None:
        """The unit asks that the case be voided, and that ends it."""
        request, reason = self.s.request_id(), self.s.say(wording.VOID)
        self.s.do("ask_void", self.receiver(), self.hours, (20, 120), request_id=request, reason=reason)
        self._endorse("void", request)
        self.s.do("grant_void", self.s.leader, "desk", (10, 90), request_id=request)
        raise Stopped

    def ask(self, clock: ClockRun) -> None:
        """An extension or a suspension is asked for while there is time, and granted, refused or withdrawn."""
        due = clock.due_at or self.s.w.now
        after = max(5.0, (due - self.s.w.now).total_seconds() / 60 * self.rng.uniform(0.15, 0.45))
        request, receiver, dispatcher = self.s.request_id(), self.receiver(), self.s.dispatcher
        named: dict[str, Any] = {"request_id": request}
        if self.p.request == "suspension":
            self._suspend(after, named)
            return
        why = self.s.say(wording.EXTEND)
        if not self.s.do("ask_extension", receiver, self.hours, after, True, reason=why, **named):
            return
        if self.p.request == "withdrawn":
            why = "已协调解决，撤销申请。"
            self.s.do("withdraw_request", receiver, self.hours, (10, 60), reason=why, **named)
            return
        self._endorse("extension", request)
        if self.p.request == "extension_refused":
            why = "理由不充分，请按原时限处置。"
            self.s.do("refuse_request", dispatcher, "desk", (20, 160), reason=why, **named)
        else:
            self.s.do("grant_extension", dispatcher, "desk", (20, 160), True, **named)

    def _suspend(self, after: float, named: dict[str, Any]) -> None:
        until = self.s.w.now + timedelta(days=self.rng.randint(20, 60))
        why = self.s.say(wording.SUSPEND)
        if not self.s.do(
            "ask_suspension", self.receiver(), self.hours, after, True, reason=why, until=until, **named
        ):
            return
        self._endorse("suspension", named["request_id"])
        if self.s.do("grant_suspension", self.s.dispatcher, "desk", (20, 200), True, **named):
            days = self.rng.uniform(2, 14) * 1440
            self.s.do("resume", self.s.dispatcher, "desk", days, reason="具备处置条件，恢复计时。")

    def coordinate(self, cause: str) -> None:
        """The centre coordinates, and where it cannot, the next body decides; the decision binds."""
        lead = self.case.lead.unit if self.case.lead else self.t.incident.unit
        units = [lead, self.t.other_unit if self.t.other_unit != lead else self.t.street_unit]
        own = self.staff.parents.get(units[0], "") == self.staff.parents.get(units[1], "") != ""
        scope = (
            "inside" if own and self.book.coordination.get("inside") and self.rng.random() < 0.4 else "across"
        )
        if not self.book.coordination.get(scope) or not self.s.has("coordinate", "dispatcher"):
            return
        named: dict[str, Any] = {"coordination_id": f"{self.s.w.case_id}-c1"}
        why = self.s.say(wording.UNCLEAR if cause == "unclear" else wording.DISPUTED)
        self.s.do(
            "coordinate",
            self.s.dispatcher,
            "desk",
            (5, 60),
            cause=cause,
            scope=scope,
            reason=why,
            units=units,
            **named,
        )
        if self.p.dispute == "withdrawn":
            why = "双方已协商一致，撤回协调。"
            self.s.do("withdraw_coordination", self.s.dispatcher, "desk", (20, 200), reason=why, **named)
            return
        if self.p.dispute == "committee":
            for _ in self.book.coordination[scope][1:]:
                self.s.do(
                    "escalate", self.s.dispatcher, "desk", (60, 600), note="协调未果，报请裁定。", **named
                )
        now = self.case.coordinating
        posts = self.book.bodies[now.body].posts if now is not None else ()
        post = next((p for p in posts if self.staff.has(p)), "")
        if not post:
            raise Stopped
        decider = self.s.dispatcher if post == "dispatcher" else self.staff.pick(self.rng, post)
        if self.p.dispute == "upheld":
            self.s.do("uphold", decider, "desk", (60, 900), decision=self.s.say(wording.UPHELD), **named)
            return
        unit = self.t.incident.unit if cause == "unclear" else units[1]
        self.s.do(
            "assign", decider, "desk", (60, 900), unit=unit, decision=self.s.say(wording.RULED), **named
        )
        if cause == "disputed":
            self.dispatch_anew(unit, self.s.say(wording.REQUIRE))
            self.take(self.receiver())
