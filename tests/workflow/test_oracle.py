"""Deadlines in every unit, with pauses and extensions, in odd calendars: held against a judge that counts minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.workflow.batch import Pauses, deadlines
from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import ClockRun, Pause
from workstation.workflow.clock import deadline, ledger
from workstation.workflow.limits import UNITS

from .oracle import MINUTE, Paper, minutes_of, walk

FIRST = date(2026, 3, 1)
ZONES = (("Asia/Shanghai", 8), ("Asia/Urumqi", 6), ("Asia/Tokyo", 9), ("UTC", 0))


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Weeks with one to three slots a day in quarters of an hour, free days anywhere, holidays and make-up days."""
    week = []
    for _ in range(7):
        cuts = sorted(draw(st.lists(st.integers(0, 96), max_size=6, unique=True)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        week.append(tuple((15 * a, 15 * b) for a, b in pairs))
    if not any(week):
        week[draw(st.integers(0, 6))] = ((480, 720),)
    days = draw(st.lists(st.integers(0, 40), max_size=8, unique=True))
    half = draw(st.integers(0, len(days)))
    like = draw(st.sampled_from([i for i, hours in enumerate(week) if hours]))
    zone, offset = draw(st.sampled_from(ZONES))
    return Paper(
        tuple(week),
        frozenset(FIRST + timedelta(days=n) for n in days[:half]),
        frozenset(FIRST + timedelta(days=n) for n in days[half:]),
        like,
        zone,
        offset,
    )


starts = st.integers(0, 20 * 1440).map(lambda n: datetime(2026, 3, 1, tzinfo=UTC) + n * MINUTE)


@settings(deadline=None, max_examples=80)
@given(
    paper=papers(),
    start=starts,
    fifths=st.integers(1, 12),
    more=st.integers(0, 5),
    unit=st.sampled_from(UNITS),
    cuts=st.lists(st.tuples(st.integers(-3000, 9000), st.integers(0, 4000)), max_size=4),
)
def test_deadlines_agree_with_counting_minutes(
    paper: Paper, start: datetime, fifths: int, more: int, unit: str, cuts: list[tuple[int, int]]
) -> None:
    """Start anywhere, pauses anywhere (overlapping, empty, outside), fractions of every unit: the minute is the same."""
    calendar = WorkCalendar.from_text(paper.toml())
    spans = [(start + a * MINUTE, start + (a + length) * MINUTE) for a, length in cuts]
    minutes = minutes_of((fifths + more) / 5, unit, paper)
    if minutes > 3000:
        return
    expected = walk(start, minutes, unit, paper, spans)
    pauses = tuple(Pause(a, b, "", "") for a, b in spans)
    assert deadline(start, fifths / 5, unit, calendar, pauses, more / 5) == expected
    many = deadlines([start], [fifths / 5], [unit], calendar, Pauses.of([pauses]), more / 5)
    assert many.tolist() == [expected.replace(tzinfo=None)]
    run = ClockRun("limit", start, fifths / 5, unit, None, None, pauses=pauses, extended=more / 5)
    told = ledger(run, calendar, start)
    assert told.due_at == expected
    assert (
        sum((e.end - e.start for e in told.entries if e.counted and e.end <= expected), timedelta())
        == minutes * MINUTE
    )


@settings(deadline=None, max_examples=25)
@given(paper=papers(), start=starts)
def test_a_work_day_is_an_ordinary_days_work(paper: Paper, start: datetime) -> None:
    """A work day is as long as the commonest working day of the week, whichever day it is counted on."""
    calendar = WorkCalendar.from_text(paper.toml())
    end = deadline(start, 1, "work_days", calendar)
    assert calendar.work_between(start, end) == paper.ordinary_minutes()
