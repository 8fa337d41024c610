"""``workstation deadline``: one deadline and its ledger, tables of them, and errors that name the place."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path

import pytest

from workstation.cli import main
from workstation.workflow.calendar import CalendarError
from workstation.workflow.deadline_words import _CALENDAR, _LIMIT

WEEK = """
timezone = "Asia/Shanghai"
[week]
monday = ["08:00-12:00", "14:00-18:00"]
tuesday = ["08:00-12:00", "14:00-18:00"]
wednesday = ["08:00-12:00", "14:00-18:00"]
thursday = ["08:00-12:00", "14:00-18:00"]
friday = ["08:00-12:00", "14:00-18:00"]
"""
MONDAY = "2026-03-02T09:00"


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A calendar of weekdays without holidays."""
    path = tmp_path / "week.toml"
    path.write_text(WEEK, encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *words: object) -> list[str]:
    """The lines printed by ``workstation deadline`` with these words."""
    assert main(["deadline", *map(str, words)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """What is said where it cannot be told."""
    assert main(["deadline", *map(str, words)]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("limit", "more", "due"),
    [
        ("5 work_days", (), "2026-03-09T09:00:00+08:00"),
        ("5个工作日", (), "2026-03-09T09:00:00+08:00"),
        ("5 work_days", ("--pause", "2026-03-06T17:00/2026-03-09T09:00"), "2026-03-09T11:00:00+08:00"),
        ("5 work_days", ("--pause", "2026-03-03T09:00/2026-04-02T09:00"), "2026-04-08T09:00:00+08:00"),
        (
            "5 work_days",
            ("--pause", "2026-03-06T17:00/2026-03-09T09:00", "--extend", "2 work_days"),
            "2026-03-11T11:00:00+08:00",
        ),
        ("1 work_day", ("--extend", "2 work_hours"), "2026-03-03T11:00:00+08:00"),
        ("25 natural_days", (), "2026-03-27T09:00:00+08:00"),
        ("50 natural_days", (), "2026-04-21T09:00:00+08:00"),
        ("25 work_days", (), "2026-04-06T09:00:00+08:00"),
        ("50 work_days", (), "2026-05-11T09:00:00+08:00"),
        ("1.5 urgent_hours", (), "2026-03-02T10:30:00+08:00"),
        ("0.5 work_days", (), "2026-03-02T15:00:00+08:00"),
        (
            "1 work_day",
            ("--pause", "2026-03-02T10:00/2026-03-02T15:00", "--pause", "2026-03-02T11:00/2026-03-02T14:30"),
            "2026-03-03T12:00:00+08:00",
        ),
        ("1 work_day", ("--pause", "2026-02-01T09:00/2026-03-01T09:00"), "2026-03-03T09:00:00+08:00"),
        ("1 work_day", ("--pause", "2026-03-02T02:00Z/2026-03-02T03:00Z"), "2026-03-03T10:00:00+08:00"),
        ("2 natural_days", ("--pause", "2026-03-02T10:00/2026-03-02T16:00"), "2026-03-04T15:00:00+08:00"),
    ],
)
def test_one_deadline(
    capsys: pytest.CaptureFixture[str], week: Path, limit: str, more: tuple[str, ...], due: str
) -> None:
    """The first line is the deadline with its offset, and without --explain it is the only one."""
    assert told(capsys, "--start", MONDAY, "--limit", limit, "--calendar", week, *more) == [due]


def test_starts_outside_working_time(capsys: pytest.CaptureFixture[str]) -> None:
    """On a Saturday, in the night, on a holiday: the clock waits for the next working time."""
    for start, due in (
        ("2026-03-07T11:00", "2026-03-09T10:00:00+08:00"),
        ("2026-03-02T23:30", "2026-03-03T10:00:00+08:00"),
        ("2026-03-02T12:30", "2026-03-02T16:00:00+08:00"),
        ("2026-10-01T09:00", "2026-10-08T10:00:00+08:00"),
        ("2026-02-14T01:00Z", "2026-02-14T11:00:00+08:00"),
    ):
        line = told(capsys, "--start", start, "--limit", "2 work_hours", "--calendar", "china")
        assert line == [due]


def test_the_ledger_explains(capsys: pytest.CaptureFixture[str]) -> None:
    """With --explain every stretch says what counted and why not, with the notice and the pause, and adds up."""
    lines = told(
        capsys, "--start", "2026-02-13T16:00", "--limit", "2 work_days", "--calendar", "china",
        "--pause", "2026-02-24T09:00/2026-02-24T10:00", "--explain",
    )  # fmt: skip
    assert lines[0] == "2026-02-24T17:00:00+08:00"
    text = "\n".join(lines[1:])
    assert "limit     16 h 00 m of working time" in text
    assert (
        "2026年部分节假日安排的通知" in text and "make up" in text and "holiday" in text and "pause" in text
    )
    counted = [re.search(r"counts +(\d+) h (\d+) m", line) for line in lines]
    assert sum(int(m[1]) * 60 + int(m[2]) for m in counted if m) == 16 * 60


def test_a_year_without_its_notice_is_said(capsys: pytest.CaptureFixture[str], week: Path) -> None:
    """A deadline that may move says so; a calendar that waits for no notices has none that may."""
    words = ("--start", "2031-03-03T09:00", "--limit", "1 work_day", "--explain", "--calendar")
    assert "provisional" in "\n".join(told(capsys, *words, "china"))
    assert "provisional" not in "\n".join(told(capsys, *words, week))
    assert "continuous time" in "\n".join(
        told(capsys, "--start", MONDAY, "--limit", "3天", "--calendar", week, "--explain")
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"--start": None}, ["--start is missing"]),
        ({"--start": "yesterday"}, ["--start", "yesterday", "2026-03-02T09:00"]),
        ({"--start": "2026-03-02"}, ["--start", "is no time"]),
        ({"--start": "0001-01-01T00:00"}, ["--start"]),
        ({"--start": "1900-01-01T00:00"}, ["1950"]),
        ({"--limit": "3-5天"}, ["--limit", "more than one way", "3, 5"]),
        ({"--limit": "1紧急工作时制止"}, ["制止"]),
        ({"--limit": "900000 work_days"}, ["--limit", "2200"]),
        ({"--calendar": "nowhere.toml"}, ["--calendar", "nowhere.toml", "china"]),
        ({"--calendar": ""}, ["--calendar: it is empty"]),
        ({"--pause": "2026-03-03T09:00"}, ["--pause", "is no pause"]),
        ({"--pause": "2026-03-03T09:00/2026-03-02T09:00"}, ["--pause", "ends before it begins"]),
        ({"--pause": "2026-03-03T09:00/x"}, ["--pause", "'x' is no time"]),
        ({"--extend": "2 natural_days"}, ["--extend", "do not count the same time"]),
        ({"--out": "x.csv"}, ["--out goes with --csv"]),
    ],
)
def test_what_cannot_be_told_is_named(
    capsys: pytest.CaptureFixture[str], week: Path, change: dict[str, str | None], words: list[str]
) -> None:
    """Each part that cannot be used is named with what to do."""
    given = {"--start": MONDAY, "--limit": "5 work_days", "--calendar": str(week), **change}
    said = refused(capsys, *[w for k, v in given.items() if v is not None for w in (k, v)])
    assert all(word in said for word in words), said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[week", "is no TOML"),
        ("", "week is missing"),
        (WEEK.replace("08:00-12:00", "12:00-08:00"), "ends before it begins"),
        (WEEK.replace("08:00-12:00", "12:00-12:00"), "holds no time"),
        (WEEK + "[[year]]\n", "year[0].year is missing"),
        (WEEK.replace("Asia", "Asien"), "no time zone"),
    ],
)
def test_a_calendar_that_cannot_be_used(
    capsys: pytest.CaptureFixture[str], week: Path, text: str, words: str
) -> None:
    """The calendar's file and the key in it are named; a reversed slot is refused and hangs nothing."""
    week.write_text(text, encoding="utf-8")
    said = refused(capsys, "--start", MONDAY, "--limit", "1 work_day", "--calendar", week)
    assert str(week) in said and words in said


def test_a_calendar_that_is_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A folder is no calendar."""
    assert "there is no file" in refused(
        capsys, "--start", MONDAY, "--limit", "1 work_day", "--calendar", tmp_path
    )


def test_every_error_has_its_sentence() -> None:
    """Each code that the classes name has words, and no words are left over."""
    for doc, table in ((CalendarError.__doc__, _CALENDAR),):
        codes = re.findall(r"[a-z_]{4,}", (doc or "").split("Codes:")[1])
        assert set(codes) == set(table)
    assert len(_LIMIT) == 8


# ---- tables ----

TABLE = """id,start,limit,calendar,pauses
a,2026-03-02T09:00,5 work_days,week.toml,
a2,2026-03-02T10:00,5 work_days,week.toml,
b,2026-03-02T09:00,5个工作日,week.toml,2026-03-06T17:00/2026-03-09T09:00
c,2026-03-02T09:00,1.5 urgent_hours,china,2026-03-02T09:30/2026-03-02T10:00;2026-03-02T09:45/2026-03-02T10:30

"d,1",2026-03-02T01:00Z,24小时,week.toml,
"""
DUE = [
    ["id", "due"],
    ["a", "2026-03-09T09:00:00+08:00"],
    ["a2", "2026-03-09T10:00:00+08:00"],
    ["b", "2026-03-09T11:00:00+08:00"],
    ["c", "2026-03-02T11:30:00+08:00"],
    ["d,1", "2026-03-03T09:00:00+08:00"],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_table(capsys: pytest.CaptureFixture[str], week: Path, encoding: str) -> None:
    """Every row's deadline in the order of the rows; calendars by name, or by file beside the table."""
    table, out = week.with_name("in.csv"), week.with_name("out.csv")
    table.write_text(TABLE, encoding=encoding)
    assert told(capsys, "--csv", table, "--out", out) == []
    with out.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == DUE
    assert not list(week.parent.glob(".*"))


def test_a_table_without_pauses(capsys: pytest.CaptureFixture[str], week: Path) -> None:
    """The column of pauses may be left out, and others may be there."""
    table, out = week.with_name("in.csv"), week.with_name("out.csv")
    table.write_text(
        "note,calendar,limit,start,id\nx,week.toml,1 work_day,2026-03-02T09:00,a\n", encoding="utf-8"
    )
    told(capsys, "--csv", table, "--out", out)
    assert out.read_text(encoding="utf-8") == "id,due\na,2026-03-03T09:00:00+08:00\n"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",2026-03-02T09:00,5 work_days,week.toml,", "row 2, id:"),
        ("a,2026-13-02T09:00,5 work_days,week.toml,", "row 2, start: '2026-13-02T09:00' is no time"),
        ("a,2026-03-02T09:00,5 days,week.toml,", "row 2, limit: 'days'"),
        ("a,2026-03-02T09:00,5 work_days,gone.toml,", "row 2, calendar: there is no file"),
        ("a,2026-03-02T09:00,5 work_days,,", "row 2, calendar: it is empty"),
        ("a,2026-03-02T09:00,5 work_days,week.toml,now", "row 2, pauses: 'now' is no pause"),
        ("a,2026-03-02T09:00,5 work_days,week.toml", "row 2, 4 fields where the header has 5"),
        ("a,2026-03-02T09:00,900000 work_days,week.toml,", "row 2, limit: the deadline lies outside"),
        ('a,"2026-03-02T09:00"x,5 work_days,week.toml,', "is no table"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], week: Path, row: str, words: str
) -> None:
    """File, row, field and what to do; what was at the place of the output is still there."""
    table, out = week.with_name("in.csv"), week.with_name("out.csv")
    table.write_text(
        f"id,start,limit,calendar,pauses\n{row}\nz,{MONDAY},1 work_day,gone.toml,\n", encoding="utf-8"
    )
    out.write_text("before", encoding="utf-8")
    said = refused(capsys, "--csv", table, "--out", out)
    assert str(table) in said and words in said, said
    assert out.read_text(encoding="utf-8") == "before"
    assert {p.name for p in week.parent.iterdir()} == {"in.csv", "out.csv", "week.toml"}


def test_many_wrong_rows_are_counted(capsys: pytest.CaptureFixture[str], week: Path) -> None:
    """Twenty wrong rows are told, the others counted."""
    table = week.with_name("in.csv")
    table.write_text("id,start,limit,calendar\n" + "a,x,1 work_day,week.toml\n" * 30, encoding="utf-8")
    said = refused(capsys, "--csv", table, "--out", week.with_name("out.csv"))
    assert said.count("is no time") == 20 and "and 10 more rows" in said


@pytest.mark.parametrize("header", ["", "id,start,limit", "id,start,limit,calendar,id"])
def test_a_table_without_its_columns(capsys: pytest.CaptureFixture[str], week: Path, header: str) -> None:
    """The columns that are missing, or named twice, are named."""
    table = week.with_name("in.csv")
    table.write_text(header + "\n", encoding="utf-8")
    said = refused(capsys, "--csv", table, "--out", week.with_name("out.csv"))
    assert "row 1" in said and ("calendar is missing" in said or "twice" in said)


def test_tables_and_places_that_cannot_be(capsys: pytest.CaptureFixture[str], week: Path) -> None:
    """A table that is not there, no text, its own output, an output without a folder: each is said."""
    table, out = week.with_name("in.csv"), week.with_name("out.csv")
    assert "cannot be read" in refused(capsys, "--csv", table, "--out", out)
    table.write_bytes(b"\xff\xfe\x00a")
    assert "no UTF-8" in refused(capsys, "--csv", table, "--out", out)
    assert "--out is missing" in refused(capsys, "--csv", table)
    assert "is the table itself" in refused(capsys, "--csv", table, "--out", table)
    assert "there is no folder" in refused(capsys, "--csv", table, "--out", week.parent / "no" / "o.csv")
    assert "does not go with --csv" in refused(capsys, "--csv", table, "--out", out, "--explain")
    table.write_text(TABLE, encoding="utf-8")
    out.mkdir()
    assert "cannot be written" in refused(capsys, "--csv", table, "--out", out)


def test_a_calendar_that_may_not_be_read(
    capsys: pytest.CaptureFixture[str], week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that the system refuses is said with the system's reason."""

    def closed(self: Path, *args: object, **kwargs: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", closed)
    said = refused(capsys, "--start", MONDAY, "--limit", "1 work_day", "--calendar", week)
    assert "cannot be read: Permission denied" in said


def test_offsets_of_other_zones(capsys: pytest.CaptureFixture[str], week: Path) -> None:
    """A time without offset is the calendar's, and the deadline is told in the calendar's zone."""
    week.write_text(WEEK.replace("Asia/Shanghai", "Asia/Tokyo"), encoding="utf-8")
    line = told(capsys, "--start", MONDAY, "--limit", "1 work_hour", "--calendar", week)
    assert datetime.fromisoformat(line[0]) == datetime.fromisoformat("2026-03-02T10:00+09:00")
