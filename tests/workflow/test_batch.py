"""Many deadlines in one call: the same as one by one, whatever the mixture, and fast."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.workflow.batch import CODE, Pauses, deadlines, instants
from workstation.workflow.calendar import CalendarError, Slot, WorkCalendar
from workstation.workflow.case import Pause
from workstation.workflow.clock import ClockError, deadline
from workstation.workflow.limits import UNITS

from .play import local

MONDAY = local(2026, 3, 2, 9, 0)
_INSTANTS = st.datetimes(datetime(2015, 1, 1), datetime(2031, 1, 1)).map(lambda d: d.replace(tzinfo=UTC))
_ROWS = st.lists(
    st.tuples(
        _INSTANTS,
        st.floats(0, 400, allow_subnormal=False),
        st.sampled_from(UNITS),
        st.floats(0, 20),
        st.lists(st.tuples(st.floats(-200, 2000), st.floats(0, 900)), max_size=5),
    ),
    min_size=1,
    max_size=30,
)


@settings(deadline=None, max_examples=50)
@given(rows=_ROWS)
def test_the_same_as_one_by_one(china: WorkCalendar, rows: list[tuple]) -> None:
    """To the microsecond: fractions, extensions, pauses in any number and order, units mixed."""
    starts, amounts, units, extended, cuts = (list(column) for column in zip(*rows, strict=True))
    pauses = [
        tuple(
            Pause(start + timedelta(hours=a), start + timedelta(hours=a + length), "", "")
            for a, length in own
        )
        for start, own in zip(starts, cuts, strict=True)
    ]
    told = deadlines(starts, amounts, units, china, Pauses.of(pauses), extended).tolist()
    for i, at in enumerate(told):
        alone = deadline(starts[i], amounts[i], units[i], china, pauses[i], extended[i])
        assert at.replace(tzinfo=UTC) == alone


def test_units_by_word_or_number(weekdays: WorkCalendar) -> None:
    """Units are words, an array of words, or an array of their numbers."""
    units = ["work_days", "natural_hours"]
    expected = instants([local(2026, 3, 9, 9, 0), local(2026, 3, 2, 14, 0)])
    for given_units in (units, np.array(units), np.array([CODE[u] for u in units])):
        assert (deadlines([MONDAY] * 2, [5, 5], given_units, weekdays) == expected).all()


def test_nothing_asked_nothing_told(weekdays: WorkCalendar) -> None:
    """No rows, no deadlines."""
    assert len(deadlines([], [], [], weekdays, Pauses.of([]))) == 0
    assert len(deadlines([], [], np.array([], int), weekdays)) == 0


def test_a_calendar_that_rests_for_years() -> None:
    """Where the years around the start have no work, the next that has some is found."""
    days = [datetime(2019, 1, 1) + timedelta(days=n) for n in range(365 * 4 + 1)]
    text = f"holidays = [{', '.join(f'{d:%Y-%m-%d}' for d in days)}]\n[week]\nmonday = ['08:00-12:00']\n"
    calendar = WorkCalendar.from_text(text)
    start = local(2021, 1, 4, 9, 0)
    assert deadlines([start], [1], ["work_hours"], calendar).tolist() == [datetime(2023, 1, 2, 1)]
    assert deadline(start, 1, "work_hours", calendar) == local(2023, 1, 2, 9, 0)


@pytest.mark.parametrize(
    ("amount", "unit", "kind"),
    [
        (1, "days", KeyError),
        (1e9, "work_days", CalendarError),
        (1e9, "natural_days", CalendarError),
        (3e6, "natural_days", CalendarError),
        (2.92e6, "natural_days", CalendarError),
        (float("nan"), "natural_days", CalendarError),
    ],
)
def test_what_one_refuses_many_refuse(
    weekdays: WorkCalendar, amount: float, unit: str, kind: type[Exception]
) -> None:
    """Unknown units and limits beyond all calendars are errors, not numbers that ran over."""
    with pytest.raises(kind):
        deadlines([MONDAY], [amount], [unit], weekdays)


@pytest.mark.parametrize("code", [-1, len(UNITS)])
def test_numbers_of_no_unit_are_refused(weekdays: WorkCalendar, code: int) -> None:
    """A number that stands for no unit is never taken for another."""
    with pytest.raises(KeyError):
        deadlines([MONDAY], [1.0], np.array([code]), weekdays)


def test_pauses_that_cannot_be(weekdays: WorkCalendar) -> None:
    """An open pause has no deadline and a reversed one no meaning, here as in the single call."""
    with pytest.raises(ClockError) as open_:
        Pauses.of([(Pause(MONDAY, None, "", ""),)])
    with pytest.raises(ClockError) as reversed_:
        back = Pauses.of([(Pause(MONDAY, MONDAY - timedelta(hours=1), "", ""),)])
        deadlines([MONDAY], [1], ["work_days"], weekdays, back)
    with pytest.raises(ClockError) as alone:
        deadline(MONDAY, 1, "work_days", weekdays, (Pause(MONDAY, MONDAY - timedelta(hours=1), "", ""),))
    assert (open_.value.code, reversed_.value.code, alone.value.code) == (
        "paused",
        "reversed_pause",
        "reversed_pause",
    )


def test_slots_of_a_single_minute() -> None:
    """A week that is worked one minute long counts minute by minute, week by week."""
    calendar = WorkCalendar([(Slot(0, 1),)] + [()] * 6)
    assert deadlines([MONDAY], [3], ["work_days"], calendar).tolist() == [datetime(2026, 3, 22, 16, 1)]
