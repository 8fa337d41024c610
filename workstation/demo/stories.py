"""The stories that the demo city's cases tell: what happens to a problem from its report to its end, or until today.

This is the course of a case; the ways around it that its unit goes are in ``turns``.
"""

from __future__ import annotations

import contextlib
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..workflow.case import State
from ..workflow.event import Actor
from . import wording
from .casework import REPEATED, Hold, Stopped, Work
from .plots import Plot
from .telling import Teller, Telling
from .turns import Disposal

SYSTEM = Actor("system", "系统", "system")
_CALLED_BACK = 0.55
"""The share of those who reported something that are called back afterwards."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What binds a story to another case's: ``into`` the case that it is merged into, ``whole`` the one that it is a part
    of, and of its own parts ``until`` when the last one ended (None: not yet; no parts: long ago)."""

    into: str = ""
    whole: str = ""
    parts: bool = False
    until: datetime | None = None


def tell(work: Work, told: Telling, ties: Ties) -> None:
    """Play the story until it ends or the present is reached."""
    with contextlib.suppress(Stopped):
        _Story(work, told, ties).play()
    work.rest()


class _Story(Teller):
    """One case's course."""

    def __init__(self, work: Work, told: Telling, ties: Ties) -> None:
        super().__init__(work, told)
        self.ties = ties
        pick = work.staff.pick
        self.collector = work.staff.collectors.get(told.grid) or pick(self.rng, "collector")
        self.operator = pick(self.rng, "operator", told.centre)
        self.disposal = Disposal(self)

    def play(self) -> None:
        end = self.p.end
        if end == "answered":
            self.do("answer", self.operator, **self._question())
            return
        if end == "self" and self.has("self_dispose", "collector"):
            self._put_right()
            return
        self._begin()
        if end == "merged" and self.ties.into:
            reason = self.say(wording.MERGE)
            self.do("merge", self.operator, "desk", (2, 20), into=self.ties.into, reason=reason)
            return
        if end == "rejected":
            self.do("reject", self.operator, "desk", (3, 15), reason=self.say(wording.REJECT))
            self._call_back()
            return
        self._check(true=end != "false")
        if end == "false":
            self.do("reject", self.leader, "desk", (3, 15), reason=self.say(wording.FALSE_REJECT))
            return
        self._file()
        if end == "transferred" and not self.w.staff.handbook.rules.evidence_needed:
            to, reason = self.say(wording.ELSEWHERE), self.say(wording.TRANSFER)
            self.do("transfer", self.leader, "desk", (20, 90), to=to, reason=reason)
            return
        if end == "void":
            self._void()
            return
        self.disposal.play()
        self._verify()
        self._afterwards()

    # ---- collect and build -------------------------------------------------------------------------------------

    def _report(self) -> dict[str, Any]:
        t, i = self.t, self.t.incident
        data: dict[str, Any] = {
            "code": t.code, "kind": i.kind, "class_code": i.class_code, "source": t.source, "description": i.description,
            "address": i.address, "lon": i.lon, "lat": i.lat, "grid": t.grid, "area_class": t.area_class,
        }  # fmt: skip
        if i.component:
            data["component"] = i.component
        if t.photographed:
            data["photos"] = [self.photo(0, "before", "采集照片.jpg")]
        if t.source == "superior":
            data["upstream_code"] = f"{t.code[:4]}00{t.code[6:14]}{self.rng.randint(1, 99999):05d}"
        elif t.taken_by == "operator" or t.source in ("app", "website", "microblog"):
            data["reporter"] = self._caller()
            data["reporter_phone"] = self._telephone()
        return data

    def _caller(self) -> str:
        return self.rng.choice("王李张刘陈杨黄赵吴周徐孙马朱胡") + self.rng.choice(("先生", "女士"))

    def _telephone(self) -> str:
        return f"13{self.rng.randint(0, 9)}{self.rng.randint(10**7, 10**8 - 1)}"

    def _question(self) -> dict[str, Any]:
        return {
            "code": self.t.code, "source": "hotline_12319", "reason": self.say(wording.ANSWER),
            "description": "来电咨询。", "reporter": self._caller(), "reporter_phone": self._telephone(),
        }  # fmt: skip

    def _put_right(self) -> None:
        """The collector picks it up: a picture of before and one of after, and the case is over."""
        data = self._report()
        data["photos"] = [self.photo(0, "before", "处置前.jpg"), self.photo(1, "after", "处置后.jpg")]
        self.do("self_dispose", self.collector, note=self.say(wording.SELF), **data)

    def _begin(self) -> None:
        report = self._report()
        if self.ties.whole:
            # The number above is the whole's; its parts have none.
            report.pop("upstream_code", None)
            self.do("register_part", self.leader, parent=self.ties.whole, **report)
            return
        if self.t.taken_by == "operator":
            self.do("register", self.operator, **report)
            return
        self.do("report", self.collector if self.t.taken_by == "collector" else SYSTEM, **report)
        self.do("register", self.operator, "desk", (1, 14))

    @property
    def _patrol(self) -> bool:
        return self.w.staff.handbook.sources[self.t.source].family == "patrol"

    def _check(self, true: bool) -> None:
        if self.ties.whole or (self._patrol and not self.p.checked):
            return
        self.do("send_check", self.operator, "desk", (1, 8), to=self.collector.person)
        result = "true_report" if true else "false_report"
        note = self.say(wording.CHECK_TRUE if true else wording.CHECK_FALSE)
        self.do("checked", self.collector, "field", (7, 27), result=result, note=note)

    def _file(self) -> None:
        i = self.t.incident
        condition = i.condition.key
        self.do(
            "file", self.leader, "desk", (2, 16), kind=i.kind, class_code=i.class_code, condition=condition
        )
        if self.p.key and self.has("mark_key", "shift_leader"):
            self.do("mark_key", self.leader, "desk", (5, 40), reason=self.say(wording.KEY))

    def _void(self) -> None:
        """One proposes, another agrees."""
        request = self.request_id()
        reason = self.say(wording.VOID)
        self.do("propose_void", self.dispatcher, "desk", (10, 60), request_id=request, reason=reason)
        self.do("grant_void", self.leader, "desk", (10, 90), request_id=request)

    # ---- verify and close --------------------------------------------------------------------------------------

    def _verify(self) -> None:
        for turn in range(4):
            self.do("send_verify", self.operator, "desk", (2, 15), to=self.collector.person)
            fails = turn < self.p.rework
            result, note = ("fail", self.say(wording.FAIL)) if fails else ("pass", self.say(wording.PASS))
            self.do("verified", self.collector, "field", (8, 40), result=result, note=note)
            if not fails:
                self._close()
                return
            unqualified = self.p.end == "unqualified" and self.has("close_unqualified", "shift_leader")
            if unqualified and turn + 1 >= self.p.rework:
                reason = self.say(wording.UNQUALIFIED)
                self.do("close_unqualified", self.leader, "desk", (4, 14), reason=reason)
                return
            anew = self.has("redispatch", "shift_leader") and not self.p.hold
            if self.rng.random() < 0.12 and anew:
                self.do("redispatch", self.leader, "desk", (4, 14), reason="责任单位有误，重新派遣。")
                self.disposal.dispatch_anew(self.t.incident.unit, "请彻底整改。")
            else:
                self.do("dispose_again", self.leader, "desk", (4, 14), reason=self.say(wording.AGAIN))
            self.disposal.again()

    def _close(self) -> None:
        """A case that was divided waits for its parts."""
        if self.ties.parts:
            if self.ties.until is None:
                raise Stopped
            self.w.now = max(self.w.now, self.ties.until)
        self.do("close", self.leader, "desk", (2, 13), note="")

    def _afterwards(self) -> None:
        """The result goes back up; who reported it is called; who should have done it is settled."""
        if self.case.upstream_code and self.has("report_up", "system"):
            self.do("report_up", SYSTEM, "any", (1, 5), note="处置结果已上报。")
        self._call_back()
        if self.case.way == "first":
            self.disposal.settle()

    def _call_back(self) -> None:
        ended = self.case.state in (State.CLOSED, State.CLOSED_UNQUALIFIED, State.REJECTED)
        if not ended or not self.case.reporter_phone or not self.has("visit", "operator"):
            return
        if self.rng.random() < _CALLED_BACK:
            result, note = self.rng.choices(wording.VISITS, [w for _, _, w in wording.VISITS])[0][:2]
            self.do("visit", self.operator, "desk", (60, 2000), result=result, note=note)


def hold_of(plot: Plot, until: datetime, rng: random.Random) -> Hold | None:
    """Where the plot stands still, for :class:`Work`."""
    if not plot.hold:
        return None
    if plot.hold.startswith("<"):
        return Hold("", before=plot.hold[1:])
    at = (
        None
        if plot.share and plot.hold not in REPEATED
        else until - timedelta(minutes=rng.uniform(*plot.ago))
    )
    return Hold(plot.hold, at)
