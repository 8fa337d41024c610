"""The stories that the demo city's cases tell: what happens to a problem from its report to its end, or until today."""

from __future__ import annotations

import contextlib
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..workflow.case import Case, ClockRun
from ..workflow.event import Actor
from . import wording
from .casework import Hold, Stopped, Work
from .incidents import Incident
from .plots import Plot

_BEFORE = {"feed_back": 0.0, "send_verify": 9.0, "verified": 36.0, "dispose_again": 45.0}
"""Minutes from the unit's feedback to the step that a case stands at today."""

SYSTEM = Actor("system", "系统", "system")


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything one story needs: its plot, its problem, its source and its code."""

    plot: Plot
    incident: Incident
    source: str
    taken_by: str
    code: str
    grid: str
    area_class: str
    other_unit: str
    street_unit: str
    centre: str
    command: str
    photos: tuple[str, str]  # before and after; "" for none
    twin: str  # a case to merge into


def tell(work: Work, told: Telling) -> None:
    """Play the story until it ends or the present is reached."""
    with contextlib.suppress(Stopped):
        _Story(work, told).play()


class _Story:
    def __init__(self, work: Work, told: Telling) -> None:
        self.w, self.t, self.p, self.rng = work, told, told.plot, work.rng
        self.collector = work.staff.collectors.get(told.grid) or work.staff.pick(work.rng, "collector")
        pick = work.staff.pick
        self.operator = pick(self.rng, "operator", told.centre)
        self.leader = pick(self.rng, "shift_leader", told.centre)
        self.dispatcher = pick(self.rng, "dispatcher", told.command)
        self.requests = 0

    def say(self, texts: tuple[str, ...]) -> str:
        return texts[self.rng.randrange(len(texts))]

    def between(self, low: float, high: float) -> float:
        """Minutes, rather few than many. What is to lie on a desk today has come there quickly."""
        minutes: float = low + (high - low) * self.rng.random() ** 1.6
        return 0.45 * minutes if self.p.hold and not self.p.share else minutes

    @property
    def case(self) -> Case:
        case = self.w.case
        if case is None:
            raise RuntimeError("the story has not begun")
        return case

    # ---- collect and build -------------------------------------------------------------------------------------

    def play(self) -> None:
        end = self.p.end
        if end == "answered":
            self.w.do("answer", self.operator, **self._question())
            return
        self._begin()
        if end == "merged" and self.t.twin:
            self.w.do(
                "merge",
                self.operator,
                "desk",
                self.between(2, 20),
                into=self.t.twin,
                reason=self.say(wording.MERGE),
            )
            return
        if end == "rejected":
            self.w.do("reject", self.operator, "desk", self.between(3, 15), reason=self.say(wording.REJECT))
            return
        self._check(true=end != "false")
        if end == "false":
            self.w.do(
                "reject", self.leader, "desk", self.between(3, 15), reason=self.say(wording.FALSE_REJECT)
            )
            return
        self._file()
        if end == "transferred":
            self.w.do(
                "transfer",
                self.leader,
                "desk",
                self.between(20, 90),
                to=self.say(wording.ELSEWHERE),
                reason=self.say(wording.TRANSFER),
            )
            return
        self._dispatch()
        if end == "void":
            self.w.do("void", self.leader, "desk", self.between(60, 500), reason=self.say(wording.VOID))
            return
        self._dispose()
        self._verify()

    def _report(self) -> dict[str, Any]:
        t, i = self.t, self.t.incident
        data: dict[str, Any] = {
            "code": t.code, "kind": i.kind, "class_code": i.class_code, "source": t.source, "description": i.description,
            "address": i.address, "lon": i.lon, "lat": i.lat, "grid": t.grid, "area_class": t.area_class,
        }  # fmt: skip
        if i.component:
            data["component"] = i.component
        if t.photos[0]:
            data["photos"] = [{"sha256": t.photos[0], "role": "before", "name": "采集照片.jpg"}]
        if t.taken_by == "operator" or t.source in ("app", "website", "microblog"):
            data["reporter"] = self._caller()
            data["reporter_phone"] = f"13{self.rng.randint(0, 9)}{self.rng.randint(10**7, 10**8 - 1)}"
        return data

    def _caller(self) -> str:
        surname = self.rng.choice("王李张刘陈杨黄赵吴周徐孙马朱胡")
        return surname + self.rng.choice(("先生", "女士"))

    def _question(self) -> dict[str, Any]:
        return {
            "code": self.t.code, "source": "hotline_12319", "reason": self.say(wording.ANSWER),
            "description": "来电咨询。", "reporter": self._caller(),
            "reporter_phone": f"13{self.rng.randint(0, 9)}{self.rng.randint(10**7, 10**8 - 1)}",
        }  # fmt: skip

    def _begin(self) -> None:
        report = self._report()
        if self.t.taken_by == "collector":
            self.w.do("report", self.collector, **report)
        elif self.t.taken_by == "system":
            self.w.do("report", SYSTEM, **report)
        if self.t.taken_by == "operator":
            self.w.do("register", self.operator, **report)
        else:
            self.w.do("register", self.operator, "desk", self.between(1, 14))

    @property
    def _patrol(self) -> bool:
        return self.w.staff.handbook.sources[self.t.source].family == "patrol"

    def _check(self, true: bool) -> None:
        if self._patrol and not self.p.checked:
            return
        self.w.do("send_check", self.operator, "desk", self.between(1, 8), to=self.collector.person)
        who, after = "field", self.between(7, 27)
        result = "true_report" if true else "false_report"
        note = self.say(wording.CHECK_TRUE if true else wording.CHECK_FALSE)
        self.w.do("checked", self.collector, who, after, result=result, note=note)

    def _file(self) -> None:
        i = self.t.incident
        self.w.do(
            "file",
            self.leader,
            "desk",
            self.between(2, 16),
            kind=i.kind,
            class_code=i.class_code,
            condition=i.condition.key,
        )

    # ---- dispatch and dispose ----------------------------------------------------------------------------------

    def _dispatch(self) -> None:
        unit = self.t.incident.unit
        wrong = self.p.request in ("return", "return_refused") and self.t.other_unit
        first = self.t.other_unit if self.p.request == "return" and wrong else unit
        data: dict[str, Any] = {"unit": first, "requirement": self.say(wording.REQUIRE)}
        if self.p.cooperate and self.t.street_unit != first:
            data["cooperating"] = [self.t.street_unit]
        self.w.do("dispatch", self.dispatcher, "desk", self.between(1, 13), **data)
        if wrong:
            self._return(first, unit)

    def _request_id(self) -> str:
        self.requests += 1
        return f"{self.w.case_id}-r{self.requests}"

    def _receiver(self) -> Actor:
        lead = self.case.lead
        if lead is None:
            raise RuntimeError("nobody leads")
        return self.w.staff.pick(self.rng, "receiver", lead.unit)

    @property
    def _hours(self) -> str:
        clock = self.case.clock("dispose")
        return "any" if clock is not None and clock.unit.startswith("urgent") else "unit"

    def _return(self, first: str, unit: str) -> None:
        """The unit asks to give the case back within the hour; it is agreed to and dispatched anew, or refused."""
        request = self._request_id()
        asked = self.w.do(
            "ask_return", self._receiver(), "any", self.between(4, 28), optional=True,
            request_id=request, reason=self.say(wording.RETURN), suggested_unit=unit,
        )  # fmt: skip
        if not asked:
            return
        if self.p.request == "return_refused":
            self.w.do(
                "refuse_request",
                self.dispatcher,
                "desk",
                self.between(5, 40),
                request_id=request,
                reason="经核对责任清单，属你单位职责，请继续处置。",
            )
            return
        self.w.do("grant_return", self.dispatcher, "desk", self.between(5, 40), request_id=request)
        self.w.do(
            "dispatch",
            self.dispatcher,
            "desk",
            self.between(1, 12),
            unit=unit,
            requirement=self.say(wording.REQUIRE),
        )

    def _dispose(self) -> None:
        receiver = self._receiver()
        self.w.do("receive", receiver, self._hours, self.between(4, 50))
        clock = self.case.clock("dispose")
        if clock is None or clock.due_at is None:
            raise RuntimeError("no disposal clock")
        if self.p.end == "void_asked":
            request = self._request_id()
            self.w.do(
                "ask_void",
                receiver,
                self._hours,
                self.between(20, 120),
                request_id=request,
                reason=self.say(wording.VOID),
            )
            self.w.do("grant_void", self.leader, "desk", self.between(10, 90), request_id=request)
            raise Stopped
        self._cooperate()
        if self.p.scene or "on_scene" in {c.name for c in self.case.running()}:
            marked = self.case.clock("on_scene")
            data: dict[str, Any] = {"note": "已到场，设置围挡和警示标志。"}
            if marked is not None and marked.stopped_at is None:
                data["milestone"] = "on_scene"
            self.w.do("on_scene", receiver, self._hours, self.between(10, 70), **data)
        if self.p.request in ("extension", "extension_refused", "suspension", "withdrawn"):
            self._ask(receiver, clock)
        if self.p.urged:
            self.w.do("urge", self.dispatcher, "desk", self.between(60, 300), note=self.say(wording.URGE))
        self._feed_back(receiver)

    def _cooperate(self) -> None:
        for order in self.case.cooperating:
            helper = self.w.staff.pick(self.rng, "receiver", order.unit)
            self.w.do("cooperate_receive", helper, self._hours, self.between(5, 60))
            self.w.do(
                "cooperate_feed_back",
                helper,
                self._hours,
                self.between(20, 160),
                note="已配合完成现场秩序维护。",
            )

    def _ask(self, receiver: Actor, clock: ClockRun) -> None:
        """An extension or a suspension is asked for while there is time, and granted, refused or withdrawn."""
        due = clock.due_at or self.w.now
        lead_in = max(5.0, (due - self.w.now).total_seconds() / 60 * self.rng.uniform(0.15, 0.45))
        request, kind = self._request_id(), self.p.request
        if kind == "suspension":
            until = self.w.now + timedelta(days=self.rng.randint(20, 60))
            if not self.w.do(
                "ask_suspension",
                receiver,
                self._hours,
                lead_in,
                optional=True,
                request_id=request,
                reason=self.say(wording.SUSPEND),
                until=until,
            ):
                return
            if self.w.do(
                "grant_suspension",
                self.dispatcher,
                "desk",
                self.between(20, 200),
                optional=True,
                request_id=request,
            ):
                self.w.do(
                    "resume",
                    self.dispatcher,
                    "desk",
                    self.rng.uniform(2, 14) * 1440,
                    reason="具备处置条件，恢复计时。",
                )
            return
        if not self.w.do(
            "ask_extension",
            receiver,
            self._hours,
            lead_in,
            optional=True,
            request_id=request,
            reason=self.say(wording.EXTEND),
        ):
            return
        if kind == "withdrawn":
            self.w.do(
                "withdraw_request",
                receiver,
                self._hours,
                self.between(10, 60),
                request_id=request,
                reason="已协调解决，撤销申请。",
            )
        elif kind == "extension_refused":
            self.w.do(
                "refuse_request",
                self.dispatcher,
                "desk",
                self.between(20, 160),
                request_id=request,
                reason="理由不充分，请按原时限处置。",
            )
        else:
            self.w.do(
                "grant_extension",
                self.dispatcher,
                "desk",
                self.between(20, 160),
                optional=True,
                request_id=request,
            )

    def _feed_back(self, receiver: Actor) -> None:
        clock = self.case.clock("dispose")
        due = clock.due_at if clock is not None and clock.due_at is not None else self.w.now
        left = max(0.0, (due - self.w.now).total_seconds() / 60)
        used = self.rng.uniform(1.05, 1.8) if self.p.late else self.rng.uniform(0.25, 0.93)
        after = left * used if left else self.rng.uniform(30, 240)
        if left and not self.p.late and self._hours == "unit":
            # Not beyond the limit only because the shift ended: then it is done before.
            target = self.w.staff.at_work(self.w.now + timedelta(minutes=after), "unit")
            if target >= due:
                after = left * 0.2
        hold = self.w.hold
        if hold is not None and hold.at is not None and hold.arrow in _BEFORE:
            # It was done just before the step that it stands at today.
            after = (hold.at - self.w.now).total_seconds() / 60 - _BEFORE[hold.arrow] * self.rng.uniform(
                0.6, 1.2
            )
            after, hours = max(after, 1.0), "any"
        else:
            hours = self._hours
        photos = (
            [{"sha256": self.t.photos[1], "role": "after", "name": "处置后.jpg"}] if self.t.photos[1] else []
        )
        self.w.do("feed_back", receiver, hours, max(after, 1.0), note=self.say(wording.DONE), photos=photos)

    # ---- verify and close --------------------------------------------------------------------------------------

    def _verify(self) -> None:
        for turn in range(4):
            self.w.do("send_verify", self.operator, "desk", self.between(2, 15), to=self.collector.person)
            fails = turn < self.p.rework
            result, note = ("fail", self.say(wording.FAIL)) if fails else ("pass", self.say(wording.PASS))
            self.w.do("verified", self.collector, "field", self.between(8, 40), result=result, note=note)
            if not fails:
                self.w.do("close", self.leader, "desk", self.between(2, 13), note="")
                return
            if self.p.end == "unqualified" and turn + 1 >= self.p.rework:
                self.w.do(
                    "close_unqualified",
                    self.leader,
                    "desk",
                    self.between(4, 14),
                    reason=self.say(wording.UNQUALIFIED),
                )
                return
            if self.rng.random() < 0.12 and not self.p.hold:
                self.w.do(
                    "redispatch", self.leader, "desk", self.between(4, 14), reason="责任单位有误，重新派遣。"
                )
                self.w.do(
                    "dispatch",
                    self.dispatcher,
                    "desk",
                    self.between(1, 12),
                    unit=self.t.incident.unit,
                    requirement="请彻底整改。",
                )
            else:
                self.w.do(
                    "dispose_again", self.leader, "desk", self.between(4, 14), reason=self.say(wording.AGAIN)
                )
            receiver = self._receiver()
            self.w.do("receive", receiver, self._hours, self.between(5, 50))
            self._cooperate()
            self._feed_back(receiver)


def hold_of(plot: Plot, until: datetime, rng: random.Random) -> Hold | None:
    """Where the plot stands still, for :class:`Work`."""
    if not plot.hold:
        return None
    if plot.hold.startswith("<"):
        return Hold("", before=plot.hold[1:])
    at = None if plot.share else until - timedelta(minutes=rng.uniform(*plot.ago))
    return Hold(plot.hold, at)
