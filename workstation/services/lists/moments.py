"""Cases as they stood: what was open at an instant of the past, where, in which state, with whom, under which deadline.

Nothing is kept for this: it is read off the log, event by event. Of each event only what the map shows is followed
(:class:`_Sketch`), which costs a tenth of :func:`workstation.workflow.apply.apply` and must come to the same; a test
holds the two against each other. Which ended cases there were at an instant is read off one of two indexes that have both
ends of a case's time, and which of those that are still open off the index of ``open``: no other case's row or events are
read. Whoever asks sees what his post sees now.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from ...store import raw
from ...workflow.case import TERMINAL, State
from ...workflow.effects import EFFECTS
from ...workflow.event import Actor, format_instant, parse_instant
from ..cases.scope import Scope, scope_in
from .lists import Marker
from .statement_parts import listed, seen

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ..services import Services

RECEIVED, FILED, DISPATCHED, CLOSED = "received", "filed", "dispatched", "closed"
COUNTED = (RECEIVED, FILED, DISPATCHED, CLOSED)
"""What is counted along a day."""


def _like(*names: str) -> frozenset[str]:
    """The kinds of event that do to a case what these do."""
    effects = {EFFECTS[name] for name in names}
    return frozenset(kind for kind, effect in EFFECTS.items() if effect in effects)


_PLACING = _like("report", "register", "answer", "self_dispose", "file")
_DISPATCHING = _like("dispatch")
_TAKING_BACK = _like("recall", "grant_return", "assign")
_TELLING = _PLACING | _DISPATCHING
"""The kinds of event of whose data more than the clocks is wanted."""
_ENDED = frozenset(state.value for state in TERMINAL)
_STATES = {state.value: state for state in State}


@dataclass(frozen=True, slots=True)
class Step:
    """An event that changed what the map shows. ``counts``: received, filed, dispatched, closed, or "" for none."""

    at: datetime
    case_id: str
    kind: str
    state: State
    counts: str


class _Sketch:
    """So much of a case as a marker shows, carried from event to event."""

    __slots__ = ("case_id", "class_name", "clocks", "code", "emergency", "lat", "lon", "state", "unit")

    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        self.code = self.class_name = self.unit = self.state = ""
        self.lon: float | None = None
        self.lat: float | None = None
        self.emergency = False
        # [name, yellow, due, stopped, cause of the last pause or None]
        self.clocks: list[list[Any]] = []

    def take(self, kind: str, state: str, text: str) -> None:
        """One event more."""
        self.state = state
        if kind in _TAKING_BACK:
            self.unit = ""
        clocks = '"clocks":' in text
        if not clocks and kind not in _TELLING:
            return
        data = json.loads(text)
        if kind in _PLACING:
            self.code = data.get("code", self.code)
            self.class_name = data.get("class_name", self.class_name)
            self.lon = data.get("lon", self.lon)
            self.lat = data.get("lat", self.lat)
            self.emergency = data.get("emergency", self.emergency)
        elif kind in _DISPATCHING:
            self.unit = data["unit"]
        for change in data.get("clocks", ()):
            self._turn(change)

    def _turn(self, change: dict[str, Any]) -> None:
        name, what = change["name"], change["do"]
        if what == "start":
            self.clocks.append([name, change["yellow_at"], change["due_at"], False, None])
            return
        run = next(run for run in reversed(self.clocks) if run[0] == name)
        if what == "stop":
            run[3] = True
        elif what == "pause":
            run[1] = run[2] = None
            run[4] = change.get("cause", "suspended")
        elif "due_at" in change:
            run[1], run[2] = change["yellow_at"], change["due_at"]

    @property
    def suspended(self) -> bool:
        """As :attr:`workstation.workflow.case.Case.suspended`."""
        run = next((run for run in reversed(self.clocks) if run[0] == "dispose"), None)
        if run is None or run[3] or run[2] is not None:
            return False
        return run[4] is None or run[4] == "suspended"

    def marker(self) -> Marker | None:
        """What the map shows of the case now; None of one that has ended, or has no position."""
        if self.state in _ENDED or self.lon is None or self.lat is None:
            return None
        yellow = due = None
        for run in self.clocks:
            # Texts of instants sort as the instants do.
            if not run[3] and run[2] is not None and (due is None or run[2] < due):
                yellow, due = run[1], run[2]
        return Marker(
            self.case_id,
            self.code,
            self.lon,
            self.lat,
            _STATES[self.state],
            _instant(yellow) if yellow else None,
            _instant(due) if due else None,
            self.emergency,
            self.class_name,
            self.unit,
            self.suspended,
        )


@lru_cache(maxsize=8192)
def _instant(text: str) -> datetime:
    return parse_instant(text)


class Span:
    """A stretch of the past, in memory: what stood on the map at each instant of it, and what happened in between.

    Made by :meth:`Moments.span`; holds no connection and may be used in any thread.
    """

    def __init__(
        self,
        since: datetime,
        until: datetime,
        histories: Iterable[tuple[str, Sequence[float], Sequence[Marker | None]]],
        steps: Sequence[Step],
    ) -> None:
        self.since = since
        self.until = until
        self.steps = tuple(steps)
        self._stamps = [step.at.timestamp() for step in steps]
        self._histories: dict[str, tuple[Sequence[float], Sequence[Marker | None]]] = {
            case_id: (stamps, markers) for case_id, stamps, markers in histories
        }

    def grown(
        self,
        until: datetime,
        case_ids: frozenset[str],
        histories: Iterable[tuple[str, Sequence[float], Sequence[Marker | None]]],
        steps: Iterable[Step],
    ) -> Span:
        """The same up to a later instant, with other histories and steps of these cases."""
        kept = ((key, *one) for key, one in self._histories.items() if key not in case_ids)
        all_steps = [step for step in self.steps if step.case_id not in case_ids]
        all_steps += steps
        all_steps.sort(key=lambda step: step.at)
        return Span(self.since, until, chain(kept, histories), all_steps)

    def __len__(self) -> int:
        """How many cases have anything to do with the stretch."""
        return len(self._histories)

    def at(self, instant: datetime) -> list[Marker]:
        """The open cases with a position, as they stood at the instant (an event at just that instant has happened)."""
        stamp = self._inside(instant)
        found = (
            markers[bisect_right(stamps, stamp) - 1]
            for stamps, markers in self._histories.values()
            if stamps[0] <= stamp
        )
        return [marker for marker in found if marker is not None]

    def between(self, one: datetime, other: datetime) -> tuple[frozenset[str], list[Marker]]:
        """Going from one instant to the other, either way: the cases that may look different, and those of them shown then."""
        low, high = sorted((self._inside(one), self._inside(other)))
        first, last = bisect_right(self._stamps, low), bisect_right(self._stamps, high)
        ids = frozenset(step.case_id for step in self.steps[first:last])
        return ids, self.shown(ids, other)

    def shown(self, case_ids: Iterable[str], instant: datetime) -> list[Marker]:
        """Those of these cases that are on the map at the instant."""
        stamp = self._inside(instant)
        markers = []
        for case_id in case_ids:
            stamps, known = self._histories.get(case_id, ((), ()))
            marker = known[bisect_right(stamps, stamp) - 1] if stamps and stamps[0] <= stamp else None
            if marker is not None:
                markers.append(marker)
        return markers

    def next(self, instant: datetime) -> Step | None:
        """The first event after the instant."""
        place = bisect_right(self._stamps, instant.timestamp())
        return self.steps[place] if place < len(self.steps) else None

    def previous(self, instant: datetime) -> Step | None:
        """The last event before the instant."""
        stamp = instant.timestamp()
        place = bisect_right(self._stamps, stamp)
        while place > 0 and self._stamps[place - 1] >= stamp:
            place -= 1
        return self.steps[place - 1] if place > 0 else None

    def counts(self, bins: int) -> dict[str, list[int]]:
        """How many cases were received, filed, dispatched and closed in each of so many equal parts of the stretch."""
        out = {name: [0] * bins for name in COUNTED}
        start = self.since.timestamp()
        width = (self.until.timestamp() - start) / bins
        for step, stamp in zip(self.steps, self._stamps, strict=True):
            if step.counts:
                out[step.counts][min(bins - 1, int((stamp - start) / width))] += 1
        return out

    def _inside(self, instant: datetime) -> float:
        return min(max(instant, self.since), self.until).timestamp()


class Moments:
    """Reads the past of a city, as far as an actor sees it."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def at(self, instant: datetime, actor: Actor) -> list[Marker]:
        """The open cases with a position as they stood at the instant."""
        return self.span(instant, instant, actor).at(instant)

    def between(self, since: datetime, until: datetime, actor: Actor) -> tuple[Step, ...]:
        """What happened after ``since`` and up to ``until``, in order."""
        return self.span(since, until, actor).steps

    def span(self, since: datetime, until: datetime, actor: Actor) -> Span:
        """Everything from ``since`` to ``until``. ValueError where that is before it."""
        if until < since:
            raise ValueError("a span ends after it begins")
        first, last = format_instant(since), format_instant(until)
        histories = []
        steps: list[Step] = []
        with self._services.db.read() as conn:
            scope = scope_in(conn, actor, self._services.handbook)
            found = _there(conn, first, last, scope)
            for case_id, rows in groupby(_events(conn, found, last), key=lambda row: row[0]):
                stamps, markers = _history(case_id, rows, first, steps)
                histories.append((case_id, stamps, markers))
        steps.sort(key=lambda step: step.at)  # stable: of one case they stay in order
        return Span(since, until, histories, steps)

    def grow(self, span: Span, until: datetime, case_ids: Iterable[str], actor: Actor) -> Span:
        """The span up to a later instant: what has happened to these cases is read, nothing else. It is the same as reading
        all of it anew, where they are those that changed since it was read."""
        ids = frozenset(case_ids)
        until = max(until, span.until)
        first, last = format_instant(span.since), format_instant(until)
        histories, steps = [], list[Step]()
        with self._services.db.read() as conn:
            narrowed, values = seen(conn, scope_in(conn, actor, self._services.handbook))
            clause, asked = listed(conn, sorted(ids))
            statement = f"SELECT c.id FROM cases AS c WHERE c.id {clause}{narrowed}"
            found = sorted(row[0] for row in raw.all_rows(conn, statement, (asked, *values)))
            for case_id, rows in groupby(_events(conn, found, last), key=lambda row: row[0]):
                stamps, markers = _history(case_id, rows, first, steps)
                histories.append((case_id, stamps, markers))
        return span.grown(until, ids, histories, steps)


def _history(
    case_id: str, rows: Iterable[tuple[Any, ...]], first: str, steps: list[Step]
) -> tuple[list[float], list[Marker | None]]:
    """From when on the case looked how. What happened after ``first`` is added to ``steps``."""
    sketch = _Sketch(case_id)
    stamps: list[float] = []
    markers: list[Marker | None] = []
    before = latest = ""
    for number, (_, seq, kind, at, state, data) in enumerate(rows, 1):
        if seq != number:
            break  # the one before it came later by its clock: after the span
        if at > first and latest and latest <= first:
            stamps.append(float("-inf"))
            markers.append(sketch.marker())
        latest = max(latest, at)  # a case's events are in force one after another, whatever a clock said
        sketch.take(kind, state, data)
        if latest > first:
            instant = parse_instant(latest)
            stamps.append(instant.timestamp())
            markers.append(sketch.marker())
            steps.append(Step(instant, case_id, kind, _STATES[state], _counted(kind, before, state)))
        before = state
    if latest <= first:
        stamps.append(float("-inf"))
        markers.append(sketch.marker())
    return stamps, markers


def _counted(kind: str, before: str, state: str) -> str:
    if state in _ENDED and before not in _ENDED:
        return CLOSED
    if not before:
        return RECEIVED
    if kind == "file":
        return FILED
    return DISPATCHED if state == State.DISPATCHED.value and before != state else ""


# ---- which cases there were --------------------------------------------------------------------------------------


def _there(conn: Connection, first: str, last: str, scope: Scope | None) -> list[str]:
    """The cases that the actor sees, began by ``last`` and had not ended at ``first``."""
    narrowed, values = seen(conn, scope)
    # So written that the index of what is open leads, and not that of the beginnings.
    begun = "SELECT c.id FROM cases AS c WHERE c.open = TRUE AND c.reported_at || '' <= ?"
    open_now = raw.all_rows(conn, f"{begun}{narrowed}", (last, *values))
    clause, ids = listed(conn, _ended(conn, first, last))
    over = f"SELECT c.id FROM cases AS c WHERE c.id {clause} AND NOT c.open{narrowed}"
    ended = raw.all_rows(conn, over, (ids, *values))
    return sorted(row[0] for row in (*open_now, *ended))


def _ended(conn: Connection, first: str, last: str) -> list[str]:
    """The cases that began by ``last`` and ended after ``first``, off the index that has fewer to look through: by the
    beginnings in the first half of the city's time, by the ends in the second."""
    ends = "SELECT (SELECT min(reported_at) FROM cases), (SELECT max(closed_at) FROM cases)"
    row = raw.first(conn, ends)
    if row is None or row[0] is None or row[1] is None:
        return []
    early = parse_instant(last) - parse_instant(row[0]) < parse_instant(row[1]) - parse_instant(first)
    which = ""
    if conn.dialect.name == "sqlite":  # knows nothing of how the instants are spread
        which = f" INDEXED BY {'ix_cases_reported_at' if early else 'ix_cases_closed_at'}"
    rows = raw.all_rows(
        conn, f"SELECT id FROM cases{which} WHERE reported_at <= ? AND closed_at > ?", (last, first)
    )
    return [row[0] for row in rows]


def _events(conn: Connection, case_ids: Sequence[str], last: str) -> Iterator[tuple[Any, ...]]:
    """Of these cases what happened up to ``last``: case, number, kind, instant, state, data; a case's events together, in order."""
    what = "SELECT case_id, seq, kind, at, to_state, data FROM case_event WHERE case_id"
    rest = "AND at <= ? ORDER BY case_id, seq"
    clause, ids = listed(conn, case_ids)
    return iter(raw.all_rows(conn, f"{what} {clause} {rest}", (ids, last)))
