"""Clocks: limits in every unit, what pauses give back, lights."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.workflow.calendar import CalendarError, Slot, WorkCalendar
from workstation.workflow.case import ClockRun, Pause
from workstation.workflow.clock import ClockError, deadline, light, refreshed
from workstation.workflow.limits import CONTINUOUS, UNITS, budget, is_working

from .play import local

MONDAY = local(2026, 3, 2, 9, 0)
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 10, 1)).map(lambda d: d.replace(tzinfo=UTC))


def pause(*, start: datetime, end: datetime | None) -> Pause:
    return Pause(start, end, "待料", "r1")


@pytest.mark.parametrize(
    ("amount", "unit", "due"),
    [
        (2, "urgent_hours", local(2026, 3, 2, 11, 0)),
        (24, "natural_hours", local(2026, 3, 3, 9, 0)),
        (2, "urgent_days", local(2026, 3, 4, 9, 0)),
        (7, "natural_days", local(2026, 3, 9, 9, 0)),
        (4, "work_hours", local(2026, 3, 2, 15, 0)),
        (0.25, "work_hours", local(2026, 3, 2, 9, 15)),
        (1, "work_days", local(2026, 3, 3, 9, 0)),
        (5, "work_days", local(2026, 3, 9, 9, 0)),
        (0.5, "work_days", local(2026, 3, 2, 15, 0)),
    ],
)
@pytest.mark.article("MQ-23-LIMIT")
def test_units(weekdays: WorkCalendar, amount: float, unit: str, due: datetime) -> None:
    """Every unit is counted in its own time; working days and days are not the same."""
    assert deadline(MONDAY, amount, unit, weekdays) == due


def test_long_limits_do_not_overflow(weekdays: WorkCalendar) -> None:
    """25 and 50 days are 25 and 50 days: milliseconds in 32 bits made them overdue or 6.95 hours."""
    assert deadline(MONDAY, 25, "natural_days", weekdays) == MONDAY + timedelta(days=25)
    assert deadline(MONDAY, 50, "natural_days", weekdays) == MONDAY + timedelta(days=50)
    assert deadline(MONDAY, 25, "work_days", weekdays) == MONDAY + timedelta(weeks=5)
    assert deadline(MONDAY, 50, "work_days", weekdays) == MONDAY + timedelta(weeks=10)


@pytest.mark.parametrize("unit", ["natural_days", "work_days"])
def test_absurd_limits_are_refused(weekdays: WorkCalendar, unit: str) -> None:
    """A limit beyond all calendars is an error that names the years, in either kind of time."""
    with pytest.raises(CalendarError) as caught:
        deadline(MONDAY, 3e6, unit, weekdays)
    assert caught.value.code == "out_of_range"


def test_suspended_over_a_weekend(weekdays: WorkCalendar) -> None:
    """Five working days, suspended Friday 17:00 to Monday 09:00: two working hours are given back."""
    over = pause(start=local(2026, 3, 6, 17, 0), end=local(2026, 3, 9, 9, 0))
    assert deadline(MONDAY, 5, "work_days", weekdays, (over,)) == local(2026, 3, 9, 11, 0)


def test_suspended_for_thirty_days(weekdays: WorkCalendar) -> None:
    """Five working days, suspended for 30 calendar days: 22 working days are given back, not 30 times 24 hours."""
    month = pause(start=local(2026, 3, 3, 9, 0), end=local(2026, 4, 2, 9, 0))
    assert deadline(MONDAY, 5, "work_days", weekdays, (month,)) == local(2026, 4, 8, 9, 0)


def test_extension_survives_a_pause(weekdays: WorkCalendar) -> None:
    """What was granted before a suspension is still there after it."""
    over = pause(start=local(2026, 3, 6, 17, 0), end=local(2026, 3, 9, 9, 0))
    assert deadline(MONDAY, 5, "work_days", weekdays, (over,), extended=2) == local(2026, 3, 11, 11, 0)


def test_holidays_do_not_count(china: WorkCalendar) -> None:
    """One working day from the last one before the Spring Festival ends after it, a make-up day included."""
    assert deadline(local(2026, 2, 14, 10, 0), 1, "work_days", china) == local(2026, 2, 24, 10, 0)


@given(
    start=INSTANTS,
    amount=st.floats(0.1, 40),
    unit=st.sampled_from(UNITS),
    begin=st.floats(0, 0.99),
    length=st.floats(0, 60),
    extended=st.floats(0, 20),
)
def test_a_pause_gives_back_exactly_what_it_took(
    china: WorkCalendar,
    start: datetime,
    amount: float,
    unit: str,
    begin: float,
    length: float,
    extended: float,
) -> None:
    """On the clock's own axis the deadline moves by the length of the pause, whatever the unit."""
    plain = deadline(start, amount, unit, china, extended=extended)
    first = deadline(start, amount, unit, china, extended=extended, share=begin)
    last = first + timedelta(days=length)
    moved = deadline(start, amount, unit, china, (pause(start=first, end=last),), extended)
    if is_working(unit):
        assert china.worked(moved) - china.worked(plain) == china.worked(last) - china.worked(first)
    else:
        assert moved - plain == last - first


@given(start=INSTANTS, cuts=st.lists(st.floats(0, 300), min_size=4, max_size=4))
def test_overlapping_pauses_are_one(china: WorkCalendar, start: datetime, cuts: list[float]) -> None:
    """Two pauses that overlap or repeat give back their union, in whatever order they are told."""
    a, b, c, d = (start + timedelta(hours=h) for h in sorted(cuts))
    over = (pause(start=b, end=d), pause(start=a, end=c))
    assert deadline(start, 60, "work_days", china, over) == deadline(
        start, 60, "work_days", china, (pause(start=a, end=d),)
    )


def test_a_pause_after_the_end_gives_nothing_back(weekdays: WorkCalendar) -> None:
    """What ran out cannot be paused back into time."""
    late = pause(start=local(2026, 3, 12, 9, 0), end=local(2026, 3, 20, 9, 0))
    for unit in ("work_days", "natural_days"):
        assert deadline(MONDAY, 5, unit, weekdays, (late,)) == deadline(MONDAY, 5, unit, weekdays)


def test_a_pause_that_lasts_has_no_deadline(weekdays: WorkCalendar) -> None:
    """While a clock is paused nobody can say when it runs out."""
    with pytest.raises(ClockError) as caught:
        deadline(MONDAY, 5, "work_days", weekdays, (pause(start=local(2026, 3, 3, 9, 0), end=None),))
    assert caught.value.code == "paused"


@given(start=INSTANTS, amount=st.floats(0.1, 30), more=st.floats(0, 30), unit=st.sampled_from(UNITS))
def test_more_time_is_never_earlier(
    china: WorkCalendar, start: datetime, amount: float, more: float, unit: str
) -> None:
    """Deadlines grow with the extension, and the yellow instant lies between start and deadline."""
    due = deadline(start, amount, unit, china)
    longer = deadline(start, amount, unit, china, extended=more)
    yellow = deadline(start, amount, unit, china, share=0.8)
    assert start <= yellow <= due <= longer


def test_yellow_is_in_counted_time(weekdays: WorkCalendar) -> None:
    """80 % of five working days are four working days, not 80 % of the calendar stretch."""
    assert deadline(MONDAY, 5, "work_days", weekdays, share=0.8) == local(2026, 3, 6, 9, 0)


@pytest.mark.parametrize(
    ("now", "colour"),
    [
        (local(2026, 3, 2, 9, 0), "green"),
        (local(2026, 3, 6, 8, 59), "green"),
        (local(2026, 3, 6, 9, 0), "yellow"),
        (local(2026, 3, 9, 9, 0), "yellow"),
        (local(2026, 3, 9, 9, 0) + timedelta(microseconds=1), "red"),
    ],
)
def test_lights(now: datetime, colour: str) -> None:
    """Green to 80 % of the limit, yellow to 100 %, red after; exactly on the deadline is in time."""
    assert light(local(2026, 3, 6, 9, 0), local(2026, 3, 9, 9, 0), now) == colour


def test_no_clock_no_light() -> None:
    """A list shows no light where nothing runs, or where the clock is paused."""
    assert light(None, None, MONDAY) == light(MONDAY, None, MONDAY) == ""


def test_a_work_day_is_an_ordinary_days_work() -> None:
    """The commonest working day of the week is the measure; of two equally common ones the longer."""
    short, long = (Slot(480, 720),), (Slot(480, 720), Slot(840, 1080))
    four = WorkCalendar([long, long, long, long, short, (), ()])
    even = WorkCalendar([long, long, short, short, (), (), ()])
    assert budget(1, "work_days", four) == budget(8, "work_hours", four)
    assert budget(1, "work_days", even) == budget(8, "work_hours", even)


def test_unknown_units_are_errors(weekdays: WorkCalendar) -> None:
    """A unit nobody knows is never taken for another."""
    with pytest.raises(KeyError):
        deadline(MONDAY, 1, "days", weekdays)
    assert set(CONTINUOUS) & {"work_hours", "work_days"} == set()


def test_refreshing_tells_the_deadline_again(weekdays: WorkCalendar, china: WorkCalendar) -> None:
    """With another calendar, as when a year's notice arrives, a run gets its deadline anew; a paused one has none."""
    run = ClockRun("dispose", local(2026, 2, 13, 9, 0), 2, "work_days", None, None)
    assert refreshed(run, weekdays).due_at == local(2026, 2, 17, 9, 0)
    assert refreshed(run, weekdays).provisional
    assert refreshed(run, china).due_at == local(2026, 2, 24, 9, 0)
    assert not refreshed(run, china).provisional
    paused = replace(run, pauses=(pause(start=local(2026, 2, 13, 10, 0), end=None),))
    assert refreshed(paused, china).due_at is None
    natural = replace(run, unit="natural_days")
    assert not refreshed(natural, weekdays).provisional
