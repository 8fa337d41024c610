"""Working time: the official calendar, the arithmetic on it, and what is refused."""

from __future__ import annotations

import sys
import threading
import timeit
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.workflow.calendar import CalendarError, Slot, WorkCalendar
from workstation.workflow.library import data_folder

from .play import local

YEARS = range(2001, 2027)
"""The years whose notices are in: those of the holidays package. chinesecalendar begins with 2004."""
ALL_DAYS = [date(2001, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2001, 1, 1)).days)]
_SARS = "the notice of 21 April 2003 took the long holiday in May back; the holidays package has the one before it"
AGAINST_HOLIDAYS = {
    date(2003, 4, 26): _SARS,
    date(2003, 4, 27): _SARS,
    date(2003, 5, 6): _SARS,
    date(2003, 5, 7): _SARS,
}
AGAINST_CHINESECALENDAR = {
    date(
        2005, 12, 31
    ): "the notice for 2006 has this Saturday worked for 3 January; chinesecalendar reads a year's "
    "notice for the days of that year only",
}
"""Every day on which this calendar follows the notice and not the package, and why."""

GOOD = (data_folder() / "calendars" / "china.toml").read_text(encoding="utf-8")
WEEK = "[week]\n" + "".join(
    f'{d} = ["08:00-12:00", "14:00-18:00"]\n' for d in ("monday", "tuesday", "wednesday", "thursday", "friday")
) + "saturday = []\nsunday = []\n"  # fmt: skip


def test_every_day_agrees_with_holidays(china: WorkCalendar) -> None:
    """Each day of 2001-2026 is worked exactly when the holidays package says so, but for what is disputed."""
    # A year's notice speaks of December before it too, so the package is asked for one year more.
    theirs = holidays.country_holidays("CN", years=[*YEARS, 2027])
    differing = [d for d in ALL_DAYS if china.is_working_day(d) != theirs.is_working_day(d)]
    assert differing == list(AGAINST_HOLIDAYS)


def test_every_day_agrees_with_chinesecalendar(china: WorkCalendar) -> None:
    """Each day of 2004-2026 is worked exactly when the chinesecalendar package says so, but for what is disputed."""
    days = [d for d in ALL_DAYS if d.year >= 2004]
    differing = [d for d in days if china.is_working_day(d) != chinese_calendar.is_workday(d)]
    assert differing == list(AGAINST_CHINESECALENDAR)


def test_every_holiday_names_its_notice(china: WorkCalendar) -> None:
    """A holiday and a make-up day say by which notice, and where it can be read where that is known."""
    special = {d: china.day(d) for d in ALL_DAYS if china.day(d).kind in ("holiday", "make_up")}
    make_up = {d for d, day in special.items() if day.kind == "make_up"}
    known = {*chinese_calendar.constants.workdays, *AGAINST_CHINESECALENDAR}
    assert {d for d in make_up if d.year >= 2004} == known
    for on, day in special.items():
        assert day.name and day.notice.startswith(("国务院办公厅关于", "国务院关于", "全国年节")), on
        assert day.url.startswith("http") or on.year in (2001, 2003, 2015), on
    assert china.noticed == frozenset(YEARS)
    second = {d.year: china.day(d).notice for d in (date(2015, 9, 3), date(2019, 5, 4), date(2020, 2, 1))}
    assert "70周年" in second[2015] and "调整" in second[2019] and "延长" in second[2020]


def test_kinds_of_days(china: WorkCalendar) -> None:
    """A worked weekday, a weekend, a holiday and a make-up day are told apart."""
    kinds = [china.day(date(2026, 2, d)).kind for d in (13, 14, 15, 28)] + [china.day(date(2026, 3, 1)).kind]
    assert kinds == ["work", "make_up", "holiday", "make_up", "weekend"]
    assert china.day(date(2022, 12, 31)).name == "元旦"
    assert china.ordinary_day == 8 * 3600 * 1_000_000


def test_a_year_without_notice_is_provisional(china: WorkCalendar) -> None:
    """A deadline in a year whose notice is not in may move, and in the days before it; in the other years not."""
    assert chinese_calendar.is_workday(date(2018, 12, 29))
    assert not china.is_provisional(local(2026, 12, 28, 23, 59))
    assert china.is_provisional(local(2026, 12, 29, 0, 0))
    assert not china.is_provisional(local(2025, 12, 31, 12, 0))
    assert china.is_provisional(local(2027, 1, 1, 0, 0))
    assert china.is_provisional(local(2000, 6, 1, 0, 0))


def _by_the_minute(calendar: WorkCalendar, start: datetime, minutes: int) -> datetime:
    """The oracle: walk minute by minute and count those that begin inside a slot."""
    at = start
    while minutes:
        wall = at.astimezone(calendar.zone)
        minute = wall.hour * 60 + wall.minute
        if any(s.start <= minute < s.end for s in calendar.day(wall.date()).slots):
            minutes -= 1
        at += timedelta(minutes=1)
    return at


@given(
    start=st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 1)).map(
        lambda d: d.replace(second=0, microsecond=0, tzinfo=UTC)
    ),
    minutes=st.integers(1, 1500),
)
def test_adding_work_agrees_with_counting_minutes(china: WorkCalendar, start: datetime, minutes: int) -> None:
    """A deadline is where somebody counting minute by minute would put it."""
    assert china.add_work(start, minutes) == _by_the_minute(china, start, minutes)


@given(start=st.datetimes(datetime(2022, 1, 1), datetime(2028, 1, 1)), minutes=st.floats(0, 100_000))
def test_adding_and_measuring_undo_each_other(china: WorkCalendar, start: datetime, minutes: float) -> None:
    """Between a start and the start plus so much work lies exactly so much work."""
    start = start.replace(tzinfo=UTC)
    end = china.add_work(start, minutes)
    assert end >= start
    assert china.work_between(start, end) == pytest.approx(minutes, abs=1e-6)
    assert china.work_between(end, start) == -china.work_between(start, end)


@given(
    a=st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1)),
    days=st.floats(0, 40),
)
def test_intervals_add_up_to_the_work_between(china: WorkCalendar, a: datetime, days: float) -> None:
    """The working intervals of a stretch are disjoint, in order, inside it, and add up to its working time."""
    start = a.replace(tzinfo=UTC)
    end = start + timedelta(days=days)
    intervals = china.working_intervals(start, end)
    flat = [t for pair in intervals for t in pair]
    assert flat == sorted(flat) and all(start <= t <= end for t in flat)
    assert sum((b - a).total_seconds() for a, b in intervals) / 60 == pytest.approx(
        china.work_between(start, end), abs=1e-6
    )


def test_no_work_is_no_time(china: WorkCalendar) -> None:
    """Nothing added on a Saturday is still that Saturday, and not the Friday before."""
    saturday = local(2026, 3, 7, 10, 0)
    assert china.add_work(saturday, 0) == saturday
    assert china.working_intervals(saturday, saturday) == []
    assert china.working_intervals(saturday, saturday - timedelta(days=3)) == []
    at_work = local(2026, 3, 2, 9, 0)
    assert china.working_intervals(at_work, at_work) == []
    assert china.working_intervals(at_work, at_work - timedelta(minutes=1)) == []


def test_half_open(china: WorkCalendar) -> None:
    """Work that ends with the day is due at 18:00, not at 08:00 of the next."""
    assert china.add_work(local(2026, 3, 2, 14, 0), 240) == local(2026, 3, 2, 18, 0)
    assert china.add_work(local(2026, 3, 2, 18, 0), 1) == local(2026, 3, 3, 8, 1)


@pytest.mark.parametrize("order", [(2001, 2024, 2040), (2040, 2001, 2024), (2024, 2040, 2001)])
def test_far_years_come_when_asked_for(order: tuple[int, ...]) -> None:
    """Whatever year is asked for first, positions in time stay the same."""
    calendar = WorkCalendar.from_text(GOOD)
    worked = {y: calendar.worked(local(y, 6, 1, 12, 0)) for y in order}
    for year, position in worked.items():
        alone = WorkCalendar.from_text(GOOD)
        assert alone.instant(position) == calendar.instant(position)
        assert alone.worked(local(year, 6, 1, 12, 0)) == position


def test_absurd_years_are_refused(china: WorkCalendar) -> None:
    """A limit of thousands of years is an error, not an endless loop."""
    with pytest.raises(CalendarError) as caught:
        china.add_work(local(2026, 1, 5, 9, 0), 60 * 8 * 250 * 1000)
    assert caught.value.code == "out_of_range"


def test_many_threads_share_a_calendar() -> None:
    """Threads that ask for different years at once all get right answers."""
    calendar = WorkCalendar.from_text(GOOD)
    alone = WorkCalendar.from_text(GOOD)
    expected = {y: alone.worked(local(y, 3, 3, 9, 0)) for y in (2005, 2039, *range(2005, 2040))}
    wrong: list[int] = []

    def ask(years: range) -> None:
        wrong.extend(y for y in years if calendar.worked(local(y, 3, 3, 9, 0)) != expected[y])

    threads = [
        threading.Thread(target=ask, args=(years,))
        for years in (range(2005, 2040), range(2039, 2004, -1), range(2020, 2040), range(2024, 2005, -1))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_fast_enough_for_a_million_cases(china: WorkCalendar) -> None:
    """Adding five working days costs 20 microseconds at most, warm."""
    if sys.gettrace() is not None:
        pytest.skip("coverage is watching, which costs more than the calendar")
    start = local(2026, 3, 2, 9, 0)
    best = min(timeit.repeat(lambda: china.add_work(start, 2400), number=500, repeat=7)) / 500
    assert best <= 20e-6


def test_local_exception_overrides_the_country() -> None:
    """A city's own arrangement for a day, worked or not, stands before the national one."""
    calendar = WorkCalendar.from_text(
        GOOD
        + '\n[[exception]]\nday = 2026-10-01\nhours = ["09:00-10:00"]\nreason = "国庆保障"\n'
        + '\n[[exception]]\nday = 2026-03-02\nhours = []\nreason = "暴雪停工"\n'
    )
    assert calendar.day(date(2026, 10, 1)).slots == (Slot(540, 600),)
    assert not calendar.is_working_day(date(2026, 3, 2))
    assert calendar.add_work(local(2026, 3, 2, 9, 0), 60) == local(2026, 3, 3, 9, 0)


def test_slots_may_reach_midnight() -> None:
    """A day may be worked around the clock: 00:00-24:00."""
    calendar = WorkCalendar.from_text(WEEK.replace("saturday = []", 'saturday = ["00:00-24:00"]'))
    assert calendar.work_between(local(2026, 3, 7, 0, 0), local(2026, 3, 8, 0, 0)) == 24 * 60
    assert calendar.day(date(2026, 3, 7)).kind == "work"


def test_slots_may_touch() -> None:
    """A morning that ends where the afternoon begins is one stretch of work, without lunch."""
    calendar = WorkCalendar([(Slot(480, 720), Slot(720, 1080))] * 5 + [()] * 2)
    assert calendar.add_work(local(2026, 3, 2, 11, 0), 120) == local(2026, 3, 2, 13, 0)


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("[week", "not_toml", ""),
        ("", "missing", "week"),
        ("week = 1", "bad_type", "week"),
        (WEEK + "lunch = 1\n", "unknown_key", "week.lunch"),
        ("zoen = 1\n" + WEEK, "unknown_key", "zoen"),
        ('timezone = "Asia/Nowhere"\n' + WEEK, "unknown_zone", "timezone"),
        ('timezone = "../etc"\n' + WEEK, "unknown_zone", "timezone"),
        ("timezone = 8\n" + WEEK, "bad_type", "timezone"),
        (WEEK.replace("08:00-12:00", "12:00-08:00"), "reversed_slot", "monday"),
        (WEEK.replace("08:00-12:00", "08:00-08:00"), "empty_slot", "monday"),
        (WEEK.replace("08:00-12:00", "08:00-15:00"), "overlapping_slots", "monday"),
        (WEEK.replace("08:00-12:00", "08:00-25:00"), "bad_time", "monday"),
        (WEEK.replace("08:00-12:00", "8-12"), "bad_time", "week.monday"),
        (WEEK.replace("08:00-12:00", "08:70-12:00"), "bad_time", "week.monday"),
        (WEEK.replace("08:00-12:00", "08:00"), "bad_time", "week.monday"),
        (WEEK.replace('["08:00-12:00", "14:00-18:00"]', "[]"), "no_working_time", "week"),
        (WEEK.replace('"08:00-12:00"', '"08:00-12:00-13:00"'), "bad_time", "week.monday"),
        (WEEK.replace("08:00-12:00", "008:00-12:00"), "bad_time", "week.monday"),
        (WEEK + '[[year]]\nyear = 2026\n', "missing", "year[0].notice"),
        (WEEK + '[[year]]\nyear = true\nnotice = "n"\n', "bad_type", "year[0].year"),
        (WEEK + '[[year]]\nyear = 2026\nnotice = "n"\nholiday = []\n', "unknown_key", "year[0].holiday"),
        (WEEK + '[[year]]\nyear = 2026\nnotice = "n"\nmake_up = [{ name = "x" }]\n', "missing", "year[0].make_up[0].day"),
        (WEEK + '[[exception]]\nday = 2026-01-01T08:00:00\nhours = []\nreason = "x"\n', "bad_date", "exception[0].day"),
        ("holidays = 1\n" + WEEK, "bad_type", "holidays"),
        ('holidays = ["10-01"]\n' + WEEK, "bad_date", "holidays[0]"),
        ("holidays = [20261001]\n" + WEEK, "bad_date", "holidays[0]"),
        ("holidays = [2026-10-01]\nworkdays = [2026-10-01]\n" + WEEK, "duplicate_day", "workdays"),
        ("holidays = [2026-10-01]\n" + WEEK + "holidays = [2026-10-02]\n", "twice", "holidays"),
        ('makeup_like = "someday"\n' + WEEK, "bad_makeup_like", "makeup_like"),
        ('makeup_like = "sunday"\nworkdays = [2026-10-10]\n' + WEEK, "bad_makeup_like", "makeup_like"),
        ("year = [1]\n" + WEEK, "missing", "year[0].year"),
        (
            WEEK + '[[year]]\nyear = 2026\nnotice = "n"\nurl = "u"\n'
            'holidays = [{ name = "x", first = 2026-01-03, last = 2026-01-01 }]\n',
            "reversed_holiday",
            "year[0].holidays[0]",
        ),
        (
            WEEK + '[[year]]\nyear = 2026\nnotice = "n"\nurl = "u"\n'
            'holidays = [{ name = "x", first = 2026-01-01, last = 2026-01-03 }]\n'
            'make_up = [{ name = "x", day = 2026-01-02 }]\n',
            "duplicate_day",
            "year[0].make_up[0]",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(text: str, code: str, key: str) -> None:
    """A calendar that cannot be used says what is wrong with which key."""
    with pytest.raises(CalendarError) as caught:
        WorkCalendar.from_text(text)
    assert caught.value.code == code
    assert caught.value.data.get("key", "") == key


def test_seven_days_make_a_week() -> None:
    """A week of five days is refused."""
    with pytest.raises(CalendarError):
        WorkCalendar([(Slot(480, 720),)] * 5)


def test_named_calendar_is_read_once(tmp_path: Path) -> None:
    """Asking for a calendar by name twice gives the same one; a file gives one of its own."""
    assert WorkCalendar.named("china") is WorkCalendar.named("china")
    path = tmp_path / "x.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert WorkCalendar.from_toml(path).title == "中国法定工作时间"
    assert tomllib.loads(GOOD)["name"] == WorkCalendar.named("china").name


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are an error of the calendar, not of the program; a byte order mark is none."""
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CalendarError) as caught:
        WorkCalendar.from_toml(path)
    assert caught.value.code == "not_text"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert WorkCalendar.from_toml(path).noticed == frozenset(YEARS)


def test_unknown_names_are_refused_with_those_there_are() -> None:
    """A name that is no calendar of the program is refused, a path in it too."""
    for name in ("nowhere", "../calendars/china"):
        with pytest.raises(CalendarError) as caught:
            WorkCalendar.named(name)
        assert caught.value.code == "no_such_calendar" and "china" in caught.value.data["names"]


PLAIN = """
timezone = "Asia/Shanghai"
holidays = [2026-03-04, "2026-03-05", 2026-03-04]
workdays = [2026-03-07, 2026-03-08]
makeup_like = "friday"
[week]
monday = ["08:00-12:00", "14:00-18:00"]
tuesday = ["08:00-12:00", "14:00-18:00"]
wednesday = ["08:00-12:00", "14:00-18:00"]
thursday = ["8:30 - 12:00"]
friday = ["09:00-12:00"]
"""


def test_plain_lists_of_days() -> None:
    """Holidays and make-up days as lists of dates; days left out of the week are free; nothing is provisional."""
    calendar = WorkCalendar.from_text(PLAIN)
    kinds = [calendar.day(date(2026, 3, d)).kind for d in range(2, 10)]
    assert kinds == ["work", "work", "holiday", "holiday", "work", "make_up", "make_up", "work"]
    assert calendar.day(date(2026, 3, 7)).slots == (Slot(540, 720),)
    assert calendar.day(date(2026, 3, 12)).slots == (Slot(510, 720),)
    assert calendar.day(date(2026, 3, 14)).kind == "weekend"
    assert calendar.ordinary_day == 8 * 3600 * 1_000_000
    assert not calendar.is_provisional(local(2030, 1, 1, 0, 0))


def test_a_make_up_day_is_like_monday_where_nothing_is_said() -> None:
    """Without makeup_like a make-up day has Monday's hours."""
    calendar = WorkCalendar.from_text(PLAIN.replace('makeup_like = "friday"\n', ""))
    assert calendar.day(date(2026, 3, 7)).slots == (Slot(480, 720), Slot(840, 1080))


def test_lists_written_after_the_week_are_read_too() -> None:
    """In TOML a key below [week] belongs to it: days written there mean what they would above."""
    head, week = PLAIN.split("[week]\n")
    zone, lists = head.strip().split("\n", 1)
    below = WorkCalendar.from_text(f"{zone}\n[week]\n{week}{lists}\n")
    above = WorkCalendar.from_text(PLAIN)
    assert all(below.day(d) == above.day(d) for d in ALL_DAYS[-365:])


def test_a_year_without_any_work() -> None:
    """A calendar whose first year is all holidays counts on in the next; one that never works again says so."""
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(366)]
    text = (
        f"holidays = [{', '.join(map(str, days))}]\n"
        + PLAIN.replace("holidays", "workdays", 1).split("\n", 4)[4]
    )
    calendar = WorkCalendar.from_text(text)
    start = local(2020, 5, 1, 9, 0)
    assert calendar.add_work(start, 60) == local(2021, 1, 1, 10, 0)
    assert calendar.add_work(local(2019, 12, 31, 12, 0), 60) == local(2019, 12, 31, 15, 0)
    assert calendar.work_between(local(2019, 12, 31, 9, 0), start) == 7 * 60


def test_summer_time() -> None:
    """The hour that a change of the clocks leaves out is not worked, and the one that comes twice is worked twice."""
    calendar = WorkCalendar([(Slot(60, 180),)] * 7, zone="America/New_York")
    spring, autumn = date(2026, 3, 8), date(2026, 11, 1)
    lengths = [sum((b - a for a, b in calendar.worked_on(d)), timedelta()) for d in (spring, autumn)]
    assert lengths == [timedelta(hours=1), timedelta(hours=3)]
    assert WorkCalendar([(Slot(130, 170),)] * 7, zone="America/New_York").worked_on(spring) == []
    split = WorkCalendar([(Slot(60, 90),)] * 7, zone="America/New_York")
    assert len(split.worked_on(autumn)) == 2


def test_what_an_editor_asks(china: WorkCalendar) -> None:
    """The hours of the week's days, the notices that speak of a year, and the years that are not ordinary throughout."""
    assert [len(china.week_slots(i)) for i in range(7)] == [2, 2, 2, 2, 2, 0, 0]
    # New Year's Eve 2022 is of the notice for 2023.
    assert china.notices(2022) == {f"国务院办公厅关于{y}年部分节假日安排的通知" for y in (2022, 2023)}
    assert china.notices(2027) == frozenset() and china.special_years() == frozenset(YEARS)
    plain = WorkCalendar.from_text("holidays = [2030-05-01]\n" + WEEK)
    assert plain.special_years() == {2030} and plain.notices(2030) == frozenset()
