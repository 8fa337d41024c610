"""Figures of a period: from the projection and from the log, by unit, grid and street office, each with its cases."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from workstation.evaluation import Period, Report, behind, report
from workstation.evaluation.charts import Look, daily_lines, rate_bars, shortened
from workstation.evaluation.document import figure_text, write_csv, write_pdf
from workstation.evaluation.figures import BY, build
from workstation.evaluation.indicators import dictionary
from workstation.evaluation.replay import from_log
from workstation.services.lists.lists import CaseLists
from workstation.services.services import Services
from workstation.store.database import Database

NOW = datetime.now(UTC)
PERIOD = Period.last_days(NOW, 90)


def made(counts: dict[str, dict[str, int]], by: str = "unit") -> Report:
    """A report of given counts; those not given are 0."""
    definitions = dictionary()
    full = {key: {c.key: 0 for c in definitions.counters} | row for key, row in counts.items()}
    daily = tuple((day, 3, 1) for day in PERIOD.each_day())
    return build(definitions, PERIOD, by, full, {key: f"单位{key}" for key in full if key}, daily, NOW)


@pytest.mark.article("TJA-6-STATS")
@pytest.mark.parametrize("by", BY)
def test_the_log_says_the_same(city_store: Database, by: str) -> None:
    """Every figure of the one SQL is what replaying each case's log and counting its facts gives, on both stores."""
    quick = report(city_store, PERIOD, by, NOW)
    slow = from_log(city_store, PERIOD, by, NOW)
    assert quick.totals.counts["filed"] > 20 and quick.totals.counts["closed"] > 5
    assert {row.key: row.counts for row in quick.rows} == {row.key: row.counts for row in slow.rows}
    assert quick.totals == slow.totals


def test_rows_add_up(city_store: Database) -> None:
    """Units, grids and street offices are three ways to part the same cases, and counts contain one another."""
    totals = {by: report(city_store, PERIOD, by, NOW).totals.counts for by in BY}
    assert totals["unit"] == totals["grid"] == totals["street"]
    counts = totals["unit"]
    assert counts["disposed_in_time"] <= counts["should_dispose"] <= counts["filed"]
    assert counts["closed_in_time"] <= counts["closed"] <= counts["should_close"] <= counts["filed"]
    assert counts["rework"] <= counts["disposed"]


def test_a_figure_opens_its_cases(services: Services) -> None:
    """The filter behind every count lists exactly as many cases as the count says; a rate opens its denominator."""
    found = report(services.db, PERIOD, "unit", NOW)
    lists: CaseLists = services.lists
    for column in (
        "filed",
        "should_dispose",
        "disposed_in_time",
        "overdue",
        "should_close",
        "closed",
        "rework",
        "returned",
    ):
        assert lists.count(behind(services.db, found, None, column)) == found.totals.counts[column], column
    row = found.rows[0]
    assert lists.count(behind(services.db, found, row.key, "filed")) == row.counts["filed"]
    below = behind(services.db, found, row.key, "disposal_in_time_rate")
    assert lists.count(below) == row.counts["should_dispose"]
    page = lists.page(behind(services.db, found, row.key, "closed"), None, 10)
    assert all(item.unit == row.key and item.closed_at is not None for item in page.rows)


def test_a_big_figure_opens_its_cases_too(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where listing every case would be too much, the filter says what they have in common, and means the same cases."""
    found = report(services.db, PERIOD, "street", NOW)
    key = found.rows[0].key
    for column in ("filed", "disposed_in_time", "closed", "closed_in_time"):
        exact = behind(services.db, found, key, column)
        with monkeypatch.context() as patch:
            patch.setattr("workstation.evaluation.figures.MOST_IDS", 0)
            said = behind(services.db, found, key, column)
        assert said.ids is None and exact.ids is not None
        rows = services.lists.page(said, None, 500).rows
        assert {row.id for row in rows} == exact.ids, column


def test_the_period_is_half_open(services: Services) -> None:
    """A case filed at the very end of a period belongs to the next one; the two together have each case once."""
    middle = services.lists.page(
        behind(services.db, report(services.db, PERIOD, "unit", NOW), None, "filed"), None, 50
    )
    instant = sorted(row.filed_at for row in middle.rows if row.filed_at)[20]
    before = report(services.db, Period(PERIOD.since, instant), "unit", NOW).totals.counts["filed"]
    after = report(services.db, Period(instant, PERIOD.until), "unit", NOW).totals.counts["filed"]
    assert before + after == report(services.db, PERIOD, "unit", NOW).totals.counts["filed"]
    assert after >= 1


def test_overdue_depends_on_as_of(services: Services) -> None:
    """What has no feedback yet becomes overdue as time passes, without any event."""
    now = report(services.db, PERIOD, "unit", NOW).totals.counts
    later = report(services.db, PERIOD, "unit", NOW + timedelta(days=400)).totals.counts
    assert later["overdue"] > now["overdue"] and later["should_close"] > now["should_close"]
    assert later["closed"] == now["closed"]


def test_days(services: Services) -> None:
    """The days of the chart are local days and add up to the period's filed cases."""
    found = report(services.db, PERIOD, "unit", NOW)
    assert len(found.daily) == 90
    assert sum(filed for _, filed, _ in found.daily) == found.totals.counts["filed"]


def test_no_denominator_no_figure() -> None:
    """A unit without anything to dispose of has no rate, no grade and no score; it is neither the best nor the worst."""
    found = made({"U1": {"filed": 2}})
    row = found.rows[0]
    assert all(value is None for value in row.rates.values()) and row.score is None
    assert found.grade(row, "disposal_in_time_rate") is None
    assert figure_text(row, "disposal_in_time_rate", "无数据") == "无数据"


def test_the_score_of_the_source() -> None:
    """120 filed, 95 % closed, 90 % in time, 4 % rework: 75×0.1 + 95×0.3 + 90×0.3 + 96×0.3 = 91.8, grade A."""
    row = {
        "filed": 120,
        "should_dispose": 100,
        "disposed_in_time": 90,
        "should_close": 100,
        "closed": 95,
        "disposed": 100,
        "rework": 4,
    }
    found = made({"U1": row})
    assert found.rows[0].score == pytest.approx(91.8)
    grade = found.grade(found.rows[0], "score")
    assert grade is not None and (grade.key, grade.colour) == ("A", "green")
    assert "score" not in made({"G1": row}, "grid").columns(), "the score is the units'"


@pytest.mark.parametrize(
    ("value", "grade"),
    [(100, "A"), (90, "A"), (89.99, "B"), (75, "B"), (60, "C"), (40, "D"), (39.9, "E"), (0, "E")],
)
def test_grades(value: float, grade: str) -> None:
    """The bands are closed below: [90,100] A, [75,90) B, [60,75) C, [40,60) D, [0,40) E."""
    found = dictionary().grade(value)
    assert found is not None and found.key == grade


def test_a_low_rework_rate_is_good() -> None:
    """Of a rate that is better low, the grade is that of what is left."""
    found = made({"U1": {"filed": 100, "disposed": 100, "rework": 3}})
    grade = found.grade(found.rows[0], "rework_rate")
    assert found.rows[0].rates["rework_rate"] == 3.0 and grade is not None and grade.key == "A"


def test_definitions_name_their_source() -> None:
    """Every counter and rate says what it means and where it comes from; rates are made of counters that exist."""
    definitions = dictionary()
    assert all(c.label and c.meaning and c.source for c in definitions.counters)
    for rate in definitions.rates:
        assert rate.label and rate.source
        assert definitions.counter(rate.numerator) and definitions.counter(rate.denominator)
    assert sum(definitions.score.weights.values()) == pytest.approx(1)
    with pytest.raises(KeyError):
        definitions.rate("nothing")


def test_periods() -> None:
    """Weeks begin on Monday, months on the first, all at midnight in Shanghai; the end does not belong to them."""
    now = datetime(2026, 1, 1, 2, tzinfo=UTC)
    assert (Period.week(now).first_day, Period.week(now).last_day) == (date(2025, 12, 29), date(2026, 1, 4))
    assert (Period.month(now).first_day, Period.month(now).last_day) == (date(2026, 1, 1), date(2026, 1, 31))
    assert (Period.month(now, 1).first_day, Period.month(now, 1).last_day) == (
        date(2025, 12, 1),
        date(2025, 12, 31),
    )
    assert Period.month(now).since == datetime(2025, 12, 31, 16, tzinfo=UTC)
    assert len(Period.last_days(now, 30).each_day()) == 30
    late = datetime(2026, 1, 31, 16, 30, tzinfo=UTC)
    assert Period.month(late).first_day == date(2026, 2, 1), "it is February in Shanghai already"
    with pytest.raises(ValueError, match="ends after"):
        Period(now, now)
    with pytest.raises(ValueError, match="zones"):
        Period(datetime(2026, 1, 1), datetime(2026, 1, 2))


@pytest.mark.parametrize("by", BY)
def test_pdf(services: Services, tmp_path: Path, by: str) -> None:
    """The document has a page of figures, one of definitions, and more pages where there are more rows; fonts are in it."""
    path = tmp_path / "e.pdf"
    found = report(services.db, PERIOD, by, NOW)
    pages = write_pdf(found, path, services.city.name)
    content = path.read_bytes()
    assert content.startswith(b"%PDF") and pages >= 2
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") == pages
    assert b"CJK" in content


def test_csv(services: Services, tmp_path: Path) -> None:
    """The table has a line for each row and the totals; no data is empty, and no name is taken for a formula."""
    path = tmp_path / "e.csv"
    found = made({"U1": {"filed": 2}, "": {"filed": 1}})
    write_csv(found, path, {"U1": "=1+1"})
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    assert len(lines) == 4 and lines[1][0] == "'=1+1" and lines[2][0] == "未派遣" and lines[3][0] == "合计"
    assert lines[3][lines[0].index("立案数")] == "3" and lines[1][lines[0].index("按期处置率")] == ""


def test_charts_are_drawn_on_any_figure() -> None:
    """Bars and lines are drawn without pyplot, a bar less for an object without data, which is said in words."""
    found = made({"U1": {"filed": 9, "should_dispose": 8, "disposed_in_time": 6}, "U2": {"filed": 3}})
    figure = Figure()
    bars = rate_bars(
        figure, found, "disposal_in_time_rate", Look(), "按期处置率", "无数据", (0.2, 0.6, 0.7, 0.3)
    )
    lines = daily_lines(figure, found, Look(), "每日", "立案", "结案", (0.2, 0.1, 0.7, 0.3))
    assert [
        round(patch.get_extents().transformed(bars.transData.inverted()).width) for patch in bars.patches
    ] == [75]
    assert {text.get_text() for text in bars.texts} == {"75.0%", "无数据"}
    assert [len(np.asarray(line.get_xdata())) for line in lines.get_lines()] == [90, 90]
    assert shortened("清和区城市管理局", 8) == "清和区城…" and shortened("ab", 8) == "ab"
