"""What an arrow does to a case's clocks, as plain data for its event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from .calendar import WorkCalendar
from .case import TERMINAL, Case, ClockRun, Pause, State
from .clock import YELLOW_SHARE, due, is_provisional, limits
from .context import Context
from .event import format_instant, parse_instant
from .flow import Arrow
from .handbook import Handbook
from .limits import URGENT_OF

_UNDER_DISPOSAL = frozenset({State.DISPATCHED, State.RECEIVED, State.WORKING})
_STATES = frozenset(state.value for state in State)
_COORDINATE = "coordinate"
_CAUSES = {_COORDINATE: "coordinating", "grant_suspension": "suspended"}
"""The cause of a pause by the arrow that makes it; of any other arrow its name."""


def clock_changes(
    case: Case | None, arrow: Arrow, data: dict[str, Any], context: Context
) -> list[dict[str, Any]]:
    """What the arrow does to the clocks: which stop, pause, go on, are extended and start, in this order."""
    return _Clocks(case, arrow, data, context).changed()


def told_again(run: ClockRun, context: Context) -> dict[str, Any]:
    """The deadline as it is told now; nothing while the clock is paused."""
    if _paused(run):
        return {}
    due_at, yellow_at = due(run, context.calendar)
    out: dict[str, Any] = {"due_at": format_instant(due_at), "yellow_at": format_instant(yellow_at)}
    if is_provisional(run.unit, due_at, context.calendar):
        out["provisional"] = True
    return out


RETURN = "return"
"""The name of the clock that :func:`return_clock` makes."""


def return_clock(case: Case, handbook: Handbook, calendar: WorkCalendar) -> ClockRun | None:
    """How long the lead unit may still return the case (MQ-25-RETURN), as a clock that explains itself.

    It is nobody's duty, so it is no clock of the case: when it runs out the case is simply the unit's. It runs from the
    dispatch and stops with the unit's request. None where there is nothing to return: no unit, or a binding decision.
    """
    rules = handbook.rules
    if case.lead is None or case.no_return or case.state not in _UNDER_DISPOSAL:
        return None
    start = case.lead.dispatched_at
    asked = [r for r in case.requests if r.kind == RETURN and r.asked_at >= start]
    due_at, yellow_at = limits(start, rules.return_amount, rules.return_unit, calendar, rules.yellow_share)
    return ClockRun(
        RETURN,
        start,
        rules.return_amount,
        rules.return_unit,
        due_at,
        yellow_at,
        stopped_at=asked[-1].asked_at if asked else None,
        article=rules.articles.get("return_within", ""),
        provisional=is_provisional(rules.return_unit, due_at, calendar),
        holder=case.lead.unit,
        stopped_with="ask_return" if asked else "",
        stopped_by=asked[-1].by if asked else "",
        yellow_share=rules.yellow_share,
    )


def _paused(run: ClockRun) -> bool:
    return bool(run.pauses) and run.pauses[-1].end is None


def _by_state(run: ClockRun) -> bool:
    return run.pauses[-1].cause in _STATES


class _Clocks:
    """The running clocks of a case while one arrow is taken, and what was changed about them so far."""

    def __init__(self, case: Case | None, arrow: Arrow, data: Mapping[str, Any], context: Context) -> None:
        self._case = case
        self._arrow = arrow
        self._data = data
        self._context = context
        self._handbook = context.handbook
        self._state = arrow.to or (case.state if case is not None else None)
        self._running = {} if case is None else {c.name: c for c in case.clocks if c.stopped_at is None}
        self._changes: list[dict[str, Any]] = []

    def changed(self) -> list[dict[str, Any]]:
        arrow = self._arrow
        for name in self._stopping():
            self._stop(name)
        for name in arrow.pause:
            if name in self._running:
                self._pause_by_arrow(name)
        for name in arrow.resume:
            self._resume(name)
        if arrow.of_request == "extension" and "dispose" in self._running:
            self._extend("dispose", self._data["amount"])
        for name in list(self._running):
            self._stand_in_state(name)
        for name in arrow.start:
            if name not in self._running:
                self._start(name)
        return self._changes

    def _stopping(self) -> list[str]:
        arrow, handbook = self._arrow, self._handbook
        if arrow.to in TERMINAL:
            return list(self._running)
        stop = list(arrow.stop)
        if "dispose" in stop:
            stop += [name for name in self._running if name in handbook.milestones]
        elif self._data.get("milestone"):
            stop.append(self._data["milestone"])
        return stop

    def _of_key_cases(self, name: str) -> bool:
        spec = self._handbook.clocks.get(name)
        return spec is not None and spec.key_cases

    # ---- stopping, pausing, going on ----

    def _stop(self, name: str) -> None:
        self._resume(name)
        if self._running.pop(name, None) is not None:
            self._changes.append({"do": "stop", "name": name})

    def _pause_by_arrow(self, name: str) -> None:
        if _paused(self._running[name]):
            if not _by_state(self._running[name]):
                return
            # What somebody decided lasts longer than the state that the case happens to be in.
            self._resume(name)
        self._pause(name, _CAUSES.get(self._arrow.name, self._arrow.name), self._context.now)

    def _pause(self, name: str, cause: str, since: datetime) -> None:
        run = self._running[name]
        change: dict[str, Any] = {"do": "pause", "name": name, "cause": cause}
        if since != self._context.now:
            change["at"] = format_instant(since)
        self._changes.append(change)
        self._running[name] = replace(run, pauses=(*run.pauses, Pause(since, None, "", "", cause)))

    def _resume(self, name: str) -> None:
        """A pause ends now; a suspension when the grant said that it would, if that is earlier."""
        run = self._running.get(name)
        if run is None or not _paused(run):
            return
        pause, end = run.pauses[-1], self._context.now
        requests = self._case.requests if self._case is not None else ()
        granted = [r for r in requests if r.kind == "suspension" and r.answer == "granted"]
        if pause.cause == "suspended" and granted:
            end = max(pause.start, min(end, parse_instant(granted[-1].data["until"])))
        run = replace(run, pauses=(*run.pauses[:-1], replace(pause, end=end)))
        self._running[name] = run
        told = told_again(run, self._context)
        self._changes.append({"do": "resume", "name": name, "at": format_instant(end), **told})

    def _extend(self, name: str, amount: float) -> None:
        run = self._running[name]
        run = self._running[name] = replace(run, extended=run.extended + amount)
        told = told_again(run, self._context)
        self._changes.append({"do": "extend", "name": name, "extended": run.extended, **told})

    def _stand_in_state(self, name: str) -> None:
        """A clock stands still in the states that the handbook names, and goes on when the case leaves them."""
        stands, run = self._stands(name), self._running[name]
        if stands and not _paused(run):
            resumed = [c["at"] for c in self._changes if c["do"] == "resume" and c["name"] == name]
            self._pause(name, str(self._state), parse_instant(resumed[-1]) if resumed else self._context.now)
        elif not stands and _paused(run) and _by_state(run):
            self._resume(name)

    def _stands(self, name: str) -> bool:
        spec = self._handbook.clocks.get(name)
        return spec is not None and self._state in spec.pause_in

    # ---- starting ----

    def _start(self, name: str) -> None:
        case, context = self._case, self._context
        spec, start = self._handbook.clocks[name], context.now
        if spec.key_cases and not self._is_key_at_work():
            return
        if not spec.of_condition:
            area = self._data.get("area_class") or (case.area_class if case is not None else "")
            self._started(name, start, spec.amount_for(area), spec.unit, spec.article, self._holder(name))
            return
        if case is None or not case.limit:
            return
        unit = case.limit_unit
        again = any(c.stopped_with == "feed_back" for c in case.clocks)
        if case.emergency and spec.emergency_from_acceptance:
            unit = URGENT_OF.get(unit, unit)
            # A second disposal has its own time, not what the first one left.
            if case.registered_at is not None and not again:
                start = case.registered_at
        self._started(name, start, case.limit, unit, spec.article, self._lead())
        condition = self._handbook.condition(case.condition)
        for key in condition.milestones if condition is not None and not again else ():
            mark = self._handbook.milestones[key]
            self._started(key, context.now, mark.amount, mark.unit, mark.article, self._lead())

    def _is_key_at_work(self) -> bool:
        """Whether the case is a key one and a unit is at work on it."""
        marked = self._arrow.name == "mark_key" or (self._case is not None and self._case.key_case)
        return marked and self._state in _UNDER_DISPOSAL

    def _holder(self, name: str) -> str:
        if name == "check":
            return str(self._data.get("to", ""))
        return self._lead() if name == "receive" or self._of_key_cases(name) else ""

    def _lead(self) -> str:
        if "unit" in self._data:
            return str(self._data["unit"])
        return self._case.lead.unit if self._case is not None and self._case.lead is not None else ""

    def _started(
        self, name: str, start: datetime, amount: float, unit: str, article: str, holder: str
    ) -> None:
        calendar, share = self._context.calendar, self._handbook.rules.yellow_share
        due_at, yellow_at = limits(start, amount, unit, calendar, share)
        out: dict[str, Any] = {
            "do": "start",
            "name": name,
            "amount": amount,
            "unit": unit,
            "article": article,
        }
        out["due_at"] = format_instant(due_at)
        out["yellow_at"] = format_instant(yellow_at)
        if start != self._context.now:
            out["at"] = format_instant(start)
        if is_provisional(unit, due_at, calendar):
            out["provisional"] = True
        if holder:
            out["holder"] = holder
        if share != YELLOW_SHARE:
            out["yellow_share"] = share
        self._changes.append(out)
        waits = self._waits_for_decision(name)
        if waits or self._stands(name):
            self._running[name] = ClockRun(name, start, amount, unit, due_at, yellow_at, yellow_share=share)
            # What somebody has to decide lasts longer than the state that the case happens to be in.
            if waits:
                self._pause(name, _CAUSES[_COORDINATE], self._context.now)
            else:
                self._stand_in_state(name)

    def _waits_for_decision(self, name: str) -> bool:
        """Whether the clock stands still because a coordination is open, and is not what this arrow sets going again."""
        opening = self._handbook.arrow(_COORDINATE)
        if opening is None or name not in opening.pause or name in self._arrow.resume:
            return False
        return self._case is not None and self._case.coordinating is not None
