"""Facts: what evaluation may say about one case, derived from what its log made of it and from nothing else.

None means "not decided": the stage has not ended, or it ended otherwise than by being done (a recall, a void). No
figure is made of what is not decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .case import Case, ClockRun, State
from .event import parse_instant

DONE_WITH: dict[str, frozenset[str]] = {
    "accept": frozenset({"register", "answer", "reject", "self_dispose"}),
    "check": frozenset({"checked"}),
    "file": frozenset({"file", "reject", "answer"}),
    "dispatch": frozenset({"dispatch", "rapid", "first_response"}),
    "receive": frozenset({"receive"}),
    "dispose": frozenset({"feed_back"}),
    "verify": frozenset({"verified"}),
    "close": frozenset({"close", "close_unqualified", "dispose_again", "redispatch"}),
    "key_feedback": frozenset(
        {"progress", "feed_back", "close", "close_unqualified", "dispose_again", "redispatch"}
    ),
}
"""The arrows that do a stage's work, where not every one does that ends it. What a key case has to
report stands still from the feedback on, so that whichever arrow ends it then finds it as the feedback left it."""

_ENDED_OTHERWISE = frozenset(
    {"recall", "grant_return", "assign", "redispatch", "grant_void", "void", "transfer", "merge"}
)
"""Arrows that end a stage without anybody having done its work. Any other does the work of a milestone, and of a clock that a
handbook adds over several stages."""

_CLOSED = (State.CLOSED, State.CLOSED_UNQUALIFIED)


@dataclass(frozen=True, slots=True)
class StageFact:
    """One run of one stage: who had to act (``holder``), who did (``by``), with which arrow, and whether in time."""

    name: str
    started_at: datetime
    stopped_at: datetime | None
    due_at: datetime | None
    holder: str
    by: str
    done_with: str
    in_time: bool | None


@dataclass(frozen=True, slots=True)
class Facts:
    """One case as evaluation sees it.

    ``disposed_in_time``: the present lead unit's latest disposal was fed back in time and no second verification
    failed. ``closed_in_time``: the case was closed as qualified and every disposal on the way was in time; False for
    one closed as unqualified. ``checked_true``: what the check on the spot found. ``unit`` is the lead.

    ``closed`` leaves out what a collector put right alone: that is ``self_disposed``. ``way`` is rapid or first where
    the present disposal did not go to whoever is responsible, ``settled_unit`` who should have done it, ``cost`` what
    the disposals cost, in yuan. ``coordinations`` counts all that were asked for, ``ruled`` those that ended in a
    decision. ``directions`` counts what came from above; ``directions_in_time``: every one whose answer was wanted by a
    time had it by then, None where there was none or one may still be answered in time. ``satisfaction`` is "" until
    the reporter was reached.
    """

    filed: bool
    disposed: bool
    closed: bool
    disposed_in_time: bool | None
    closed_in_time: bool | None
    checked_true: bool | None
    rework: int
    returns: int
    extensions: int
    suspensions: int
    failed_verifications: int
    overdue_counted: bool
    unit: str
    reported_by: str
    registered_by: str
    filed_by: str
    dispatched_by: str
    closed_by: str
    stages: tuple[StageFact, ...]
    key_case: bool = False
    self_disposed: bool = False
    way: str = ""
    settled_unit: str = ""
    cost: float = 0.0
    coordinations: int = 0
    ruled: int = 0
    directions: int = 0
    urged: int = 0
    directions_in_time: bool | None = None
    satisfaction: str = ""

    def in_time(self, stage: str) -> bool | None:
        """Whether every finished run of the stage was in time; None where none is decided."""
        decided = [s.in_time for s in self.stages if s.name == stage and s.in_time is not None]
        return all(decided) if decided else None


def facts(case: Case) -> Facts:
    """The facts of a case as it stands."""
    self_disposed = _self_disposed(case)
    closed = case.state in _CLOSED and not self_disposed
    disposed_in_time, closed_in_time = in_time(case)
    granted = [r.kind for r in case.requests if r.answer == "granted"]
    return Facts(
        filed=case.filed_at is not None,
        disposed=case.fed_back_at is not None,
        closed=closed,
        disposed_in_time=disposed_in_time,
        closed_in_time=closed_in_time,
        checked_true=case.check_result == "true_report" if case.check_result else None,
        rework=case.rework,
        returns=case.returns,
        extensions=granted.count("extension"),
        suspensions=granted.count("suspension"),
        failed_verifications=sum(v.result == "fail" for v in case.verifications),
        overdue_counted=case.overdue_counted,
        unit=case.lead.unit if case.lead is not None else "",
        reported_by=case.reported_by,
        registered_by=case.registered_by,
        filed_by=case.filed_by,
        dispatched_by=case.dispatched_by,
        closed_by=case.closed_by if closed else "",
        stages=tuple(_stage(run) for run in case.clocks),
        key_case=case.key_case,
        self_disposed=self_disposed,
        way=case.way,
        settled_unit=case.settled_unit,
        cost=case.cost,
        coordinations=len(case.coordinations),
        ruled=sum(c.outcome in ("upheld", "assigned") for c in case.coordinations),
        directions=len(case.directions),
        urged=case.urged,
        directions_in_time=_directions_in_time(case),
        satisfaction="" if case.satisfaction == "unreachable" else case.satisfaction,
    )


def in_time(case: Case) -> tuple[bool | None, bool | None]:
    """The two facts that are asked for with every event: ``disposed_in_time`` and ``closed_in_time`` of :class:`Facts`."""
    decided = [told for run in case.clocks if run.name == "dispose" and (told := _in_time(run)) is not None]
    # While a disposal is fed back, the latest one is the present lead's.
    disposed = decided[-1] and not case.overdue_counted if case.fed_back_at is not None and decided else None
    if case.state not in _CLOSED or _self_disposed(case):
        return disposed, None
    return disposed, case.state is State.CLOSED and all(decided) and not case.overdue_counted


def _self_disposed(case: Case) -> bool:
    """Closed without ever having been anybody's to dispose of."""
    return case.state is State.CLOSED and case.filed_at is None and case.fed_back_at is None


def run_out(case: Case, now: datetime) -> str:
    """The id of the granted suspension whose term is over; "" while there is none."""
    granted = [r for r in case.requests if r.kind == "suspension" and r.answer == "granted"]
    if case.suspended and granted and parse_instant(granted[-1].data["until"]) <= now:
        return granted[-1].id
    return ""


def _directions_in_time(case: Case) -> bool | None:
    """An unanswered one is late once the case went on after its time; what has no time is neither."""
    decided = []
    for direction in case.directions:
        if direction.until is not None:
            told = direction.answered_at or case.changed_at
            late = told is not None and told > direction.until
            if late or direction.answered_at is not None:
                decided.append(not late)
    return all(decided) if decided else None


def _done(run: ClockRun) -> bool:
    done = DONE_WITH.get(run.name)
    if done is None:
        return bool(run.stopped_with) and run.stopped_with not in _ENDED_OTHERWISE
    return run.stopped_with in done


def _in_time(run: ClockRun) -> bool | None:
    """None while the stage is not done, and where it ended otherwise than by being done."""
    if run.stopped_at is None or run.due_at is None or not _done(run):
        return None
    return run.stopped_at <= run.due_at


def _stage(run: ClockRun) -> StageFact:
    return StageFact(
        run.name,
        run.started_at,
        run.stopped_at,
        run.due_at,
        run.holder,
        run.stopped_by,
        run.stopped_with if _done(run) else "",
        _in_time(run),
    )
