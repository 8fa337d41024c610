"""The ledger: a clock explains itself stretch by stretch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.case import ClockRun, Pause
from workstation.workflow.clock import deadline, ledger
from workstation.workflow.library import data_folder
from workstation.workflow.limits import UNITS, budget

from .play import SHANGHAI, local


def run(start: datetime, amount: float, unit: str, **fields: object) -> ClockRun:
    return ClockRun("dispose", start, amount, unit, None, None, **fields)  # type: ignore[arg-type]


def shown(entries: object) -> list[str]:
    return [
        f"{e.start.astimezone(SHANGHAI):%d %H:%M}-{e.end.astimezone(SHANGHAI):%d %H:%M} {'+' if e.counted else '-'}{e.cause}"
        for e in entries  # type: ignore[attr-defined]
    ]


def test_one_day_explains_itself(china: WorkCalendar) -> None:
    """Work, lunch, the night: each stretch is there with its reason, up to the deadline."""
    told = ledger(run(local(2026, 3, 2, 9, 0), 1, "work_days"), china, local(2026, 3, 2, 15, 0))
    assert shown(told.entries) == [
        "02 09:00-02 12:00 +work",
        "02 12:00-02 14:00 -lunch",
        "02 14:00-02 15:00 +work",
        "02 15:00-02 18:00 +work",
        "02 18:00-03 08:00 -night",
        "03 08:00-03 09:00 +work",
    ]
    assert (told.used, told.limit, told.used_share, told.light) == (240, 480, 0.5, "green")
    assert told.due_at == local(2026, 3, 3, 9, 0)


def test_holidays_name_their_notice(china: WorkCalendar) -> None:
    """The Spring Festival is one stretch that names its notice; a make-up Saturday counts and says why."""
    told = ledger(run(local(2026, 2, 13, 17, 0), 2, "work_days"), china, local(2026, 2, 13, 17, 0))
    causes = {e.cause: e for e in told.entries}
    assert shown([causes["make_up"], causes["holiday"]]) == [
        "14 14:00-14 18:00 +make_up",
        "15 00:00-24 00:00 -holiday",
    ]
    for cause in ("make_up", "holiday"):
        assert causes[cause].detail["name"] == "春节"
        assert causes[cause].detail["url"].startswith("https://www.gov.cn/")


def test_weekend_and_local_exception() -> None:
    """A weekend is one stretch; a day the city took off or worked by itself says so."""
    text = (data_folder() / "calendars" / "china.toml").read_text(encoding="utf-8")
    own = WorkCalendar.from_text(
        text
        + '\n[[exception]]\nday = 2026-03-09\nhours = []\nreason = "暴雪停工"\n'
        + '\n[[exception]]\nday = 2026-03-10\nhours = ["08:00-12:00"]\nreason = "半日"\n'
    )
    told = ledger(run(local(2026, 3, 6, 17, 0), 2, "work_hours"), own, local(2026, 3, 6, 17, 0))
    assert shown(told.entries) == [
        "06 17:00-06 18:00 +work",
        "06 18:00-07 00:00 -night",
        "07 00:00-09 00:00 -weekend",
        "09 00:00-10 00:00 -exception_off",
        "10 00:00-10 08:00 -night",
        "10 08:00-10 09:00 +exception",
    ]
    assert told.entries[-1].detail["name"] == "半日"


def test_suspended_by_whom(china: WorkCalendar) -> None:
    """A suspension is one stretch with who granted it and why; the deadline is read off after it."""
    over = Pause(local(2026, 3, 6, 17, 0), local(2026, 3, 9, 9, 0), "待料", "d1")
    told = ledger(
        run(local(2026, 3, 6, 16, 0), 4, "work_hours", pauses=(over,)), china, local(2026, 3, 9, 10, 0)
    )
    assert shown(told.entries) == [
        "06 16:00-06 17:00 +work",
        "06 17:00-09 09:00 -suspended",
        "09 09:00-09 10:00 +work",
        "09 10:00-09 12:00 +work",
    ]
    assert told.entries[1].detail == {"by": "d1", "reason": "待料"}
    assert told.used == 120


def test_still_suspended(china: WorkCalendar) -> None:
    """While it is suspended there is neither deadline nor light, and time stands still."""
    over = Pause(local(2026, 3, 6, 17, 0), None, "待料", "d1")
    told = ledger(
        run(local(2026, 3, 6, 16, 0), 4, "work_hours", pauses=(over,)), china, local(2026, 5, 1, 0, 0)
    )
    assert (told.due_at, told.light, told.used, told.used_share) == (None, "", 60, 0.25)
    assert told.entries[-1].cause == "suspended"
    assert told.entries[-1].end == local(2026, 5, 1, 0, 0)


def test_a_pause_inside_a_pause(china: WorkCalendar) -> None:
    """Overlapping suspensions are one stretch after another, never counted twice."""
    outer = Pause(local(2026, 3, 2, 10, 0), local(2026, 3, 2, 15, 0), "待料", "d1")
    inner = Pause(local(2026, 3, 2, 11, 0), local(2026, 3, 2, 14, 0), "雨", "d2")
    told = ledger(
        run(local(2026, 3, 2, 9, 0), 2, "work_hours", pauses=(inner, outer)), china, local(2026, 3, 2, 9, 0)
    )
    assert shown(told.entries) == [
        "02 09:00-02 10:00 +work",
        "02 10:00-02 15:00 -suspended",
        "02 15:00-02 16:00 +work",
    ]


def test_overdue_time_is_told_apart(china: WorkCalendar) -> None:
    """After the deadline working time is marked late, and the share used grows beyond one."""
    told = ledger(run(local(2026, 3, 2, 9, 0), 2, "work_hours"), china, local(2026, 3, 2, 15, 0))
    assert shown(told.entries) == [
        "02 09:00-02 11:00 +work",
        "02 11:00-02 12:00 +late",
        "02 12:00-02 14:00 -lunch",
        "02 14:00-02 15:00 +late",
    ]
    assert (told.light, told.used_share) == ("red", 2.0)


@pytest.mark.article("MQ-29-EMERGENCY")
def test_continuous_time_is_one_stretch(china: WorkCalendar) -> None:
    """An urgent clock runs through night and holiday."""
    told = ledger(run(local(2026, 2, 16, 23, 0), 4, "urgent_hours"), china, local(2026, 2, 17, 2, 30))
    assert shown(told.entries) == ["16 23:00-17 02:30 +continuous", "17 02:30-17 03:00 +continuous"]
    assert told.light == "yellow"


def test_a_stopped_clock_ends_where_it_stopped(china: WorkCalendar) -> None:
    """The ledger of a finished stage does not grow, and its light is the one it ended with."""
    done = run(local(2026, 3, 2, 9, 0), 4, "work_hours", stopped_at=local(2026, 3, 2, 10, 0))
    told = ledger(done, china, local(2026, 6, 1, 0, 0))
    assert shown(told.entries) == ["02 09:00-02 10:00 +work"]
    assert (told.light, told.used) == ("green", 60)


def test_stopped_before_it_started(china: WorkCalendar) -> None:
    """A clock of no length has no entries."""
    start = local(2026, 3, 2, 9, 0)
    assert ledger(run(start, 1, "work_hours", stopped_at=start), china, start).entries == ()


@given(
    start=st.datetimes(datetime(2025, 1, 1), datetime(2026, 6, 1)),
    amount=st.floats(0.1, 20),
    unit=st.sampled_from(UNITS),
    begin=st.floats(0, 0.99),
    length=st.floats(0.01, 30),
    later=st.floats(0, 60),
)
def test_the_deadline_is_read_off_the_ledger(
    china: WorkCalendar, start: datetime, amount: float, unit: str, begin: float, length: float, later: float
) -> None:
    """Entries follow each other without gap, and what counts until the deadline adds up to the limit."""
    at = start.replace(tzinfo=UTC)
    first = deadline(at, amount, unit, china, share=begin)
    over = Pause(first, first + timedelta(days=length), "", "")
    told = ledger(run(at, amount, unit, pauses=(over,)), china, at + timedelta(days=later))
    assert told.due_at is not None
    assert told.entries[0].start == at
    for one, other in zip(told.entries, told.entries[1:], strict=False):
        assert one.end == other.start
    counted = sum(
        ((min(e.end, told.due_at) - e.start) for e in told.entries if e.counted and e.start < told.due_at),
        timedelta(),
    )
    assert counted / timedelta(microseconds=1) == budget(amount, unit, china)
