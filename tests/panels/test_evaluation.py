"""The evaluation panel: figures of the chosen period, each opening its cases; order, grades, charts, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester

from tests.panels.desk import Desk
from workstation.evaluation.period import ZONE
from workstation.panels.evaluation import EvaluationPanel
from workstation.panels.evaluation.charts import RATE, Charts
from workstation.panels.evaluation.model import GRADE_ROLE, ORDER, ReportModel


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The panel, open, with the last 30 days by unit."""
    return desk.open(EvaluationPanel, 460, 900)


def asked(desk: Desk) -> list[tuple[Any, str]]:
    """What the panel asks to be listed."""
    found: list[tuple[Any, str]] = []
    desk.context.cases_requested.connect(lambda filter, title: found.append((filter, title)))
    return found


def test_figures_are_there_when_it_is_shown(desk: Desk, panel: Any) -> None:
    """Opened, it shows the last 30 days by unit, computed in the background: totals on top, a row for each unit."""
    found = panel.report
    assert found is not None and found.by == "unit" and len(found.daily) == 30
    model = panel.findChild(ReportModel)
    assert model.rowCount() == len(found.rows) + 1
    assert model.headerData(0, Qt.Orientation.Vertical) == "合计"
    assert model.index(0, 0).data() == str(found.totals.counts["filed"])
    assert desk.visible_text(panel, str(found.totals.counts["filed"]))


def test_a_figure_opens_its_cases(desk: Desk, panel: Any) -> None:
    """A click on a cell asks the list for exactly the cases that were counted, titled by object and figure."""
    requests = asked(desk)
    model, table = panel.findChild(ReportModel), panel._table
    row = model.row_at(1)
    table.clicked.emit(model.index(1, model.column_of("filed")))
    desk.settle()
    filter, title = requests[0]
    assert desk.services.lists.count(filter) == row.counts["filed"]
    assert title == f"{model.name(row)} · 立案数"
    panel._tiles[1].clicked.emit("disposal_in_time_rate")
    desk.settle()
    assert desk.services.lists.count(requests[1][0]) == panel.report.totals.counts["should_dispose"]
    panel.findChild(Charts).chosen.emit(row.key)
    desk.settle()
    assert desk.services.lists.count(requests[2][0]) == row.counts["should_dispose"]


def test_order(desk: Desk, panel: Any) -> None:
    """A heading sorts by its figure, the biggest first, then the other way; totals stay on top, no data goes last."""
    model = panel.findChild(ReportModel)
    column = model.column_of(RATE)
    for expected in (True, False):
        panel._table.horizontalHeader().sectionClicked.emit(column)
        values = [model.row_at(n).value(RATE) for n in range(1, model.rowCount())]
        known = [v for v in values if v is not None]
        assert known == sorted(known, reverse=expected) and values[: len(known)] == known
        assert model.headerData(0, Qt.Orientation.Vertical) == "合计"
    assert model.headerData(column, Qt.Orientation.Horizontal).endswith("↑")


def test_grades_are_shown(panel: Any) -> None:
    """Rates carry the colour of their grade; counts have none."""
    model = panel.findChild(ReportModel)
    column = model.column_of(RATE)
    graded = [
        model.index(n, column).data(GRADE_ROLE)
        for n in range(1, model.rowCount())
        if model.row_at(n).value(RATE) is not None
    ]
    assert graded and set(graded) <= {"green", "blue", "yellow", "red", "black"}
    assert model.index(1, model.column_of("filed")).data(GRADE_ROLE) == ""


@pytest.mark.parametrize("by", ["grid", "street"])
def test_other_objects_and_periods(desk: Desk, panel: Any, by: str) -> None:
    """Grids and street offices, and days of one's own, in whatever order they are entered."""
    today = desk.services.now().astimezone(ZONE).date()
    panel.choose("custom", by, today, today.replace(day=1))
    desk.settle()
    found = panel.report
    assert (found.by, found.period.first_day, found.period.last_day) == (by, today.replace(day=1), today)
    assert "score" not in found.columns()


def test_an_empty_period_says_so(desk: Desk, panel: Any) -> None:
    """A period without cases shows no table of zeros."""
    from datetime import date

    panel.choose("custom", "unit", date(2001, 1, 1), date(2001, 1, 2))
    desk.settle()
    assert panel._pages.currentWidget() is panel._empty
    assert panel.report.totals.rates[RATE] is None


def test_another_seats_work_is_counted(desk: Desk, panel: Any) -> None:
    """A case filed elsewhere is in the figures soon after, without anybody asking."""
    before = panel.report.totals.counts["filed"]
    desk.case("filed")
    desk.settle()
    assert panel.report.totals.counts["filed"] == before + 1


def test_export(desk: Desk, panel: Any, tmp_path: Path) -> None:
    """The evaluation on the screen is written as PDF and as CSV, and the message says where."""
    for name, start in (("e.pdf", b"%PDF"), ("e.csv", b"\xef\xbb\xbf")):
        panel.export(tmp_path / name)
        desk.settle()
        assert (tmp_path / name).read_bytes().startswith(start)
        assert name in desk.said()


def test_the_model_is_sound(qtbot: Any, panel: Any) -> None:
    """The table's model keeps Qt's rules while it is filled and sorted."""
    model = ReportModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(panel.report)
    model.turn(2)
    model.show(panel.report)
    assert tester.model() is model
    assert {model.column_key(n) for n in range(model.columnCount())} <= set(ORDER)


def test_it_looks_right_wide_and_by_night(desk: Desk, panel: Any) -> None:
    """Wide, table and charts stand side by side; by night the charts are dark too."""
    assert panel._split.orientation() == Qt.Orientation.Vertical
    panel.resize(1200, 800)
    desk.theme.set_name("night")
    desk.settle()
    assert panel._split.orientation() == Qt.Orientation.Horizontal
    charts = panel.findChild(Charts)
    image: QImage = charts.grab().toImage()
    corner = image.pixelColor(image.width() - 3, image.height() - 3)
    assert corner.lightness() < 60
