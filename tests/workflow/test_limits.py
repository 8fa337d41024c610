"""Limits in words: what is read, and what is refused with the reason instead of being guessed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.workflow.calendar import WorkCalendar
from workstation.workflow.limits import UNITS, Limit, LimitError, budget, parse_limit

TABLE = Path(__file__).resolve().parents[3] / "shared" / "domain" / "timelimits.csv"


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("5个工作日", 5, "work_days"),
        ("2紧急工作时", 2, "urgent_hours"),
        ("1紧急工作日", 1, "urgent_days"),
        ("24小时", 24, "natural_hours"),
        ("3天", 3, "natural_days"),
        ("3日", 3, "natural_days"),
        ("7个自然日", 7, "natural_days"),
        ("1.5工作时", 1.5, "work_hours"),
        ("4个工作小时", 4, "work_hours"),
        ("半个工作日", 0.5, "work_days"),
        ("半小时", 0.5, "natural_hours"),
        ("两个半小时", 2.5, "natural_hours"),
        ("1个半工作日", 1.5, "work_days"),
        ("二小时", 2, "natural_hours"),
        ("十五个工作日", 15, "work_days"),
        ("二十个工作日", 20, "work_days"),
        ("一百零五天", 105, "natural_days"),
        ("一百一十天", 110, "natural_days"),
        ("两百天", 200, "natural_days"),
        ("１５工作日", 15, "work_days"),
        ("５ 个 工作日 以内", 5, "work_days"),
        ("2小时内", 2, "natural_hours"),
        ("3个工作日之内", 3, "work_days"),
        ("5 work_days", 5, "work_days"),
        ("1 work_day", 1, "work_days"),
        ("1 Working Day", 1, "work_days"),
        ("0.25 work-hours", 0.25, "work_hours"),
        ("1/2 work_days", 0.5, "work_days"),
        ("36 natural_hours", 36, "natural_hours"),
        ("2 calendar days", 2, "natural_days"),
        ("2urgent_hours", 2, "urgent_hours"),
        (" 2 urgent_day ", 2, "urgent_days"),
    ],
)
def test_what_is_read(text: str, amount: float, unit: str) -> None:
    """One number and one unit, in Chinese or English, in figures or words."""
    assert parse_limit(text) == Limit(amount, unit)


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("", "empty", None),
        ("及时", "no_number", None),
        ("当日", "no_number", None),
        ("立即处置", "no_number", None),
        ("1紧急工作时制止", "trailing", "制止"),
        ("1紧急工作时/", "trailing", "/"),
        ("1工作日（含）", "trailing", "(含)"),
        ("种植季节15工作日", "leading", "种植季节"),
        ("第3天", "leading", "第"),
        (".5天", "leading", "."),
        ("3-5天", "ambiguous", ["3", "5"]),
        ("1天2小时", "ambiguous", ["1", "2"]),
        ("2小时或1工作日", "ambiguous", ["2", "1"]),
        ("1,000天", "ambiguous", ["1", "000"]),
        ("半天", "ambiguous", ["半天"]),
        ("一天半", "ambiguous", ["一", "半"]),
        ("1/2工作日", "ambiguous", ["1", "2"]),
        ("1e3 work_days", "ambiguous", ["1", "3"]),
        ("5 days", "unknown_unit", "days"),
        ("24时", "unknown_unit", "时"),
        ("30分钟", "unknown_unit", "分钟"),
        ("3个月", "unknown_unit", "月"),
        ("5", "unknown_unit", ""),
        ("1/0 work_days", "bad_number", "1/0"),
        ("一百五天", "bad_number", "一百五"),
        ("二〇天", "bad_number", "二〇"),
        ("一千天", "bad_number", "一千"),
        ("1.5个半小时", "bad_number", "1.5个半"),
        ("半个半小时", "bad_number", "半个半"),
        ("9999999天", "bad_number", "9999999"),
        ("0工作日", "not_positive", None),
        ("-1天", "not_positive", None),
        ("负1天", "not_positive", None),
    ],
)
def test_what_is_refused(text: str, code: str, part: object) -> None:
    """Anything that is not one limit is refused with a code and the part at fault."""
    with pytest.raises(LimitError) as caught:
        parse_limit(text)
    error = caught.value
    assert (error.code, error.text) == (code, text)
    assert part is None or part in error.data.values()


@given(amount=st.floats(0.001, 1000), unit=st.sampled_from(UNITS))
def test_what_the_program_writes_it_reads(amount: float, unit: str) -> None:
    """Every unit under its own name, with any amount above zero."""
    assert parse_limit(f"{amount:.3f} {unit}") == Limit(float(f"{amount:.3f}"), unit)


@given(text=st.text("0123456789一二十百半个天日小时工作紧急内或-/. work_dayshour", max_size=12))
def test_nothing_but_a_limit_or_a_reason(text: str) -> None:
    """Whatever is written, the answer is a limit above zero or a reason, never another error."""
    try:
        limit = parse_limit(text)
    except LimitError as error:
        assert error.code
    else:
        assert limit.amount > 0 and limit.unit in UNITS


def test_hours_and_days_of_work_are_not_those_of_the_clock(weekdays: WorkCalendar) -> None:
    """24小时 is a day and a night, 24工作时 three working days."""
    hours, work = parse_limit("24小时"), parse_limit("24工作时")
    assert budget(*work, weekdays) == budget(3, "work_days", weekdays)
    assert budget(*hours, weekdays) == budget(1, "natural_days", weekdays)


@pytest.mark.shared_data
def test_every_limit_of_a_real_table() -> None:
    """Of the 26 spellings in one city's table of 518 limits all are read but three, which say why."""
    if not TABLE.exists():
        pytest.skip(f"there is no {TABLE}")
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    units = {"工作日": "work_days", "工作时": "work_hours", "紧急工作时": "urgent_hours", "紧急工作日": "urgent_days",
             "天": "natural_days", "小时": "natural_hours"}  # fmt: skip
    refused = {}
    for row in rows:
        try:
            assert parse_limit(row["limit_raw"]) == (float(row["limit_value"]), units[row["limit_unit"]])
        except LimitError as error:
            refused[error.text] = error.code
    assert len(rows) == 518
    assert refused == {
        "种植季节15工作日": "leading",
        "1紧急工作时制止": "trailing",
        "1紧急工作时/": "trailing",
    }
