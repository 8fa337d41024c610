"""The panel's charts: the evaluation's own figures on a canvas in the theme's colours. A click on a bar opens its cases."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ...evaluation.charts import MOST_BARS, Look, daily_lines, rate_bars
from ...evaluation.figures import Report
from ...shell.look.theme import Theme
from .model import GRADE_TOKENS

RATE = "disposal_in_time_rate"
_ROW_PIXELS = 24
_FRAME = 84


class Charts(QWidget):
    """Rate by object above, filed and closed by day below. ``chosen(key)`` when a bar is clicked."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._report: Report | None = None
        self._bars: Axes | None = None
        self._bars_shown = MOST_BARS
        # The figure is ours and is kept: a canvas that makes its own may be freed too early.
        self._figure = Figure(figsize=(4, 4))
        self._canvas = FigureCanvasQTAgg(self._figure)  # type: ignore[no-untyped-call]
        self._canvas.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._canvas)
        self._canvas.mpl_connect("button_press_event", self._clicked)
        self._canvas.mpl_connect("resize_event", lambda _event: self._draw())
        theme.changed.connect(self._draw)

    def sizeHint(self) -> QSize:
        """A size at which both can be read."""
        return QSize(420, 440)

    def show_report(self, report: Report) -> None:
        """Draw another evaluation."""
        self._report = report
        self._draw()

    def _draw(self) -> None:
        report = self._report
        self._figure.clear()
        look = self._look()
        self._figure.set_facecolor(look.ground)
        if report is not None:
            words = report.definitions.words
            height, width = max(200, self._canvas.height()), max(240, self._canvas.width())
            # The days get what the bars leave them, and never less than a third.
            wanted = sum(1 for row in report.rows if row.key)
            self._bars_shown = max(2, min(MOST_BARS, wanted, int((height * 0.65 - _FRAME) / _ROW_PIXELS)))
            low = max(0.36, min(0.6, 1 - (max(4, self._bars_shown) * _ROW_PIXELS + _FRAME) / height))
            pad, names = 40 / height, min(0.42, 168 / width)
            self._bars = rate_bars(
                self._figure,
                report,
                RATE,
                look,
                words["rate_chart"],
                words["no_data"],
                (names, low + 34 / height, 0.97 - names, 1 - low - pad - 34 / height),
                self._bars_shown,
            )
            daily_lines(
                self._figure,
                report,
                look,
                words["daily_chart"],
                words["filed"],
                words["closed"],
                (46 / width, 26 / height, 0.97 - 46 / width, low - pad - 26 / height),
            )
        self._canvas.draw_idle()  # type: ignore[no-untyped-call]

    def _look(self) -> Look:
        def name(token: str) -> str:
            return self._theme.color(token).name()

        return Look(
            ground=name("surface"),
            text=name("text"),
            quiet=name("text_3"),
            line=name("border"),
            filed=name("accent"),
            closed=name("green"),
            grades={colour: name(token) for colour, token in GRADE_TOKENS.items()},
        )

    def _clicked(self, event: Any) -> None:
        if self._report is None or event.inaxes is not self._bars or event.ydata is None:
            return
        rows = [row for row in self._report.rows if row.key][: self._bars_shown][::-1]
        number = round(event.ydata)
        if 0 <= number < len(rows):
            self.chosen.emit(rows[number].key)
