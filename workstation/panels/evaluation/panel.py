"""The panel: period, kind of object, the four figures that matter most, table, charts, export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QDate, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDateEdit,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...evaluation.document import write_csv, write_pdf
from ...evaluation.figures import Report, behind, report
from ...evaluation.period import ZONE, Period
from ...shell.panel import Panel
from ...shell.widgets import Card, EmptyState, SegmentBar, button, kind_label
from .charts import RATE, Charts
from .model import GRADE_TOKENS, FigureDelegate, ReportModel
from .tiles import Tile

if TYPE_CHECKING:
    from ...shell.context import AppContext

TILES = ("filed", "disposal_in_time_rate", "closing_in_time_rate", "rework_rate")
WIDE = 860
"""From this width on, table and charts stand side by side."""

ROW_OF_TILES = 430
"""From this width on, the four tiles stand in one row."""

REFRESH_MILLISECONDS = 1500
"""How long changes are gathered before the figures are computed again."""


class EvaluationPanel(Panel):
    """Figures of a period, computed from the cases' facts; every figure opens the cases it counts."""

    key: ClassVar[str] = "evaluation"
    icon: ClassVar[str] = "evaluation"
    posts: ClassVar[frozenset[str]] = frozenset()
    area: ClassVar[str] = "right"

    loaded = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._report: Report | None = None
        self._stale = True
        self._build()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(REFRESH_MILLISECONDS)
        self._settle.timeout.connect(self._refresh_if_seen)
        context.changed.connect(self._changed)
        context.theme_changed.connect(self._repaint)

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("综合评价")

    @property
    def report(self) -> Report | None:
        """The evaluation that is shown."""
        return self._report

    # ---- building ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._periods = SegmentBar(
            [
                ("week", self.tr("本周")),
                ("month", self.tr("本月")),
                ("last_month", self.tr("上月")),
                ("days30", self.tr("近30天")),
                ("custom", self.tr("自定义")),
            ]
        )
        self._periods.choose("days30")
        self._periods.changed.connect(self._period_chosen)
        self._by = SegmentBar(
            [("unit", self.tr("按单位")), ("grid", self.tr("按网格")), ("street", self.tr("按街道"))]
        )
        self._by.changed.connect(lambda _key: self.refresh())
        self._dates = self._date_row()
        self._dates.setVisible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(10)
        box.addWidget(self._periods)
        box.addWidget(self._dates)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._by)
        row.addStretch(1)
        self._csv = button(self.tr("表格"), "small", "download", lambda: self._ask("csv"))
        self._csv.setToolTip(self.tr("导出为 CSV 表格"))
        self._pdf = button(self.tr("报告"), "small", "print", lambda: self._ask("pdf"))
        self._pdf.setToolTip(self.tr("导出 PDF 评价报告"))
        row.addWidget(self._csv)
        row.addWidget(self._pdf)
        box.addLayout(row)
        self._when = kind_label("", "small")
        box.addWidget(self._when)
        self._tiles_grid = QGridLayout()
        self._tiles_grid.setSpacing(8)
        self._tiles = [Tile(key) for key in TILES]
        for tile in self._tiles:
            tile.clicked.connect(lambda key: self.open_cases(None, key))
        box.addLayout(self._tiles_grid)
        self._model = ReportModel(self)
        self._table = self._make_table()
        self._charts = Charts(self.context.theme)
        self._charts.chosen.connect(lambda key: self.open_cases(key, RATE))
        card = Card(kind="card", margin=4)
        card.body.addWidget(self._charts)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(8)
        self._split.addWidget(self._table)
        self._split.addWidget(card)
        self._split.setSizes([360, 420])
        self._empty = EmptyState("evaluation", self.tr("这个周期没有立案的案卷"), self.tr("换一个周期再看"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._split)
        self._pages.addWidget(self._empty)
        box.addWidget(self._pages, 1)
        self._arrange(2, False)

    def _date_row(self) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        today = self.context.services.now().astimezone(ZONE).date()
        self._first, self._last = QDateEdit(), QDateEdit()
        for edit, day in ((self._first, today.replace(day=1)), (self._last, today)):
            edit.setCalendarPopup(True)
            edit.setDisplayFormat("yyyy-MM-dd")
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.dateChanged.connect(lambda _date: self._settle.start())
        row.addWidget(self._first, 1)
        row.addWidget(QLabel(self.tr("至")))
        row.addWidget(self._last, 1)
        return widget

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setItemDelegate(FigureDelegate(self.context.theme, table))
        table.setMouseTracking(True)
        table.setShowGrid(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setCornerButtonEnabled(False)
        table.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        across, down = table.horizontalHeader(), table.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setHighlightSections(False)
        across.setSectionsClickable(True)
        across.sectionClicked.connect(self._model.turn)
        # The names are the vertical header: they stay in sight while the figures scroll sideways.
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(32)
        down.setFixedWidth(140)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        down.setStyleSheet("QHeaderView::section { font-weight: normal; }")
        down.setHighlightSections(False)
        down.setSectionsClickable(True)
        down.sectionClicked.connect(lambda row: self._open_row(row))
        table.clicked.connect(self._cell_clicked)
        return table

    def _arrange(self, columns: int, wide: bool) -> None:
        for number, tile in enumerate(self._tiles):
            self._tiles_grid.addWidget(tile, number // columns, number % columns)
        self._split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self._arranged = (columns, wide)

    # ---- life --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        wanted = (4 if self.width() >= ROW_OF_TILES else 2, self.width() >= WIDE)
        if wanted != self._arranged:
            self._arrange(*wanted)

    def showEvent(self, event: QShowEvent) -> None:
        """Compute when looked at, not before."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is computed while nobody looks."""
        super().hideEvent(event)
        self._settle.stop()

    def _changed(self, changes: Any) -> None:
        if "case" in changes.topics:
            self._stale = True
            if self.isVisible() and not self._settle.isActive():
                self._settle.start()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    def _repaint(self) -> None:
        if self._report is not None:
            self._show_tiles(self._report)
        self._table.viewport().update()

    # ---- computing ---------------------------------------------------------------------------------------------

    def choose(
        self, period: str, by: str = "unit", first: date | None = None, last: date | None = None
    ) -> None:
        """Show another period (week, month, last_month, days30, custom with both days) and kind of object."""
        for edit, day in ((self._first, first), (self._last, last)):
            if day is not None:
                edit.blockSignals(True)
                edit.setDate(QDate(day.year, day.month, day.day))
                edit.blockSignals(False)
        self._periods.choose(period)
        self._by.choose(by)
        self._period_chosen(period)

    def _period_chosen(self, key: str) -> None:
        self._dates.setVisible(key == "custom")
        self.refresh()

    def period(self) -> Period:
        """The chosen period. Days in the wrong order are taken the other way round."""
        now = self.context.services.now()
        makers: dict[str, Callable[[], Period]] = {
            "week": lambda: Period.week(now),
            "month": lambda: Period.month(now),
            "last_month": lambda: Period.month(now, 1),
            "days30": lambda: Period.last_days(now, 30),
            "custom": lambda: Period.days(*sorted((_day(self._first), _day(self._last)))),
        }
        return makers[self._periods.current]()

    def refresh(self) -> None:
        """Compute the figures anew, in the background."""
        self._settle.stop()
        self._stale = False
        services = self.context.services
        self.context.tasks.run(
            report,
            services.db,
            self.period(),
            self._by.current,
            services.now(),
            owner=self,
            on_done=self._show,
            on_error=self._failed,
            key="report",
        )

    def _failed(self, error: BaseException) -> None:
        self._stale = True
        self.context.say_error(error)

    def _show(self, found: Report) -> None:
        self._report = found
        self._model.show(found)
        self._table.resizeColumnsToContents()
        across = self._table.horizontalHeader()
        for column in range(self._model.columnCount()):
            # Room for the arrow of the order, whichever column gets it.
            across.resizeSection(
                column, max(across.sectionSize(column), across.sectionSizeHint(column) + 18, 84)
            )
        self._show_tiles(found)
        self._charts.show_report(found)
        self._pages.setCurrentWidget(self._split if found.rows else self._empty)
        self._when.setText(
            self.tr("{first} 至 {last} 立案的案卷 · 数据截止 {at}").format(
                first=found.period.first_day.isoformat(),
                last=found.period.last_day.isoformat(),
                at=found.as_of.astimezone(ZONE).strftime("%m-%d %H:%M"),
            )
        )
        self.loaded.emit(found)

    def _show_tiles(self, found: Report) -> None:
        for tile in self._tiles:
            grade = found.grade(found.totals, tile.key)
            tile.show_report(
                found, "" if grade is None else self.context.theme.color(GRADE_TOKENS[grade.colour]).name()
            )

    # ---- figures open their cases ------------------------------------------------------------------------------

    def _cell_clicked(self, index: QModelIndex) -> None:
        row = self._model.row_at(index.row())
        self.open_cases(None if index.row() == 0 else row.key, self._model.column_key(index.column()))

    def _open_row(self, row: int) -> None:
        self.open_cases(None if row == 0 else self._model.row_at(row).key, "filed")

    def open_cases(self, key: str | None, column: str) -> None:
        """Show the cases behind a figure in the list. ``key`` None: of all objects together."""
        found = self._report
        if found is None:
            return
        row = found.totals if key is None else found.row(key)
        title = self.tr("{name} · {figure}").format(name=self._model.name(row), figure=found.label(column))
        self.context.tasks.run(
            behind,
            self.context.services.db,
            found,
            key,
            column,
            owner=self,
            on_done=lambda filter: self.context.show_cases(filter, title),
            key="behind",
        )

    # ---- export ------------------------------------------------------------------------------------------------

    def _ask(self, kind: str) -> None:
        if self._report is None:
            return
        period = self._report.period
        name = f"{self.title}-{period.first_day:%Y%m%d}-{period.last_day:%Y%m%d}.{kind}"
        words = self.tr("PDF 文档 (*.pdf)") if kind == "pdf" else self.tr("CSV 表格 (*.csv)")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("导出评价"), name, words)
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write the evaluation that is shown to a file, PDF or CSV by its ending."""
        found = self._report
        if found is None:
            return
        city = self.context.services.city.name

        def work() -> Path:
            if path.suffix.lower() == ".csv":
                write_csv(found, path)
            else:
                write_pdf(found, path, city)
            return path

        self.context.tasks.run(work, owner=self, on_done=self._exported)

    def _exported(self, path: Path) -> None:
        self.context.notify(self.tr("已导出 {path}").format(path=path), "success")


def _day(edit: QDateEdit) -> date:
    chosen = edit.date()
    return date(chosen.year(), chosen.month(), chosen.day())
