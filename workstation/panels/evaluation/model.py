"""The table of an evaluation: sortable figures under a row of totals that stays on top, and how a figure is painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ...evaluation.document import figure_text
from ...evaluation.figures import Report, Row
from ...shell.look.theme import Theme

Index = QModelIndex | QPersistentModelIndex

# The figures that are looked at first stand first; behind them the counts that they are made of.
ORDER = (
    "filed",
    "disposal_in_time_rate",
    "closing_in_time_rate",
    "rework_rate",
    "score",
    "closing_rate",
    "should_dispose",
    "disposed",
    "disposed_in_time",
    "overdue",
    "should_close",
    "closed",
    "closed_in_time",
    "rework",
    "returned",
)

GRADE_TOKENS = {"green": "green", "blue": "stage_build", "yellow": "yellow", "red": "red", "black": "text_2"}
"""The theme's colour for each colour of a grade; black would be lost on a dark ground."""

GRADE_ROLE = Qt.ItemDataRole.UserRole + 1
TOTAL_ROLE = Qt.ItemDataRole.UserRole + 2


class ReportModel(QAbstractTableModel):
    """Row 0 is the totals; the others are sorted by a column, those without data last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self._rows: list[Row] = []
        self._columns: list[str] = []
        self._sorted = ("filed", Qt.SortOrder.DescendingOrder)

    @property
    def report(self) -> Report | None:
        """The evaluation that is shown."""
        return self._report

    def show(self, report: Report) -> None:
        """Show another evaluation; the order stays."""
        self.beginResetModel()
        self._report = report
        present = set(report.columns())
        self._columns = [key for key in ORDER if key in present]
        self._rows = list(report.rows)
        self._order()
        self.endResetModel()

    def column_key(self, column: int) -> str:
        """The figure in a column."""
        return self._columns[column]

    def column_of(self, key: str) -> int:
        """Where a figure stands."""
        return self._columns.index(key)

    def row_at(self, row: int) -> Row:
        """The object of a row; row 0 is the totals."""
        assert self._report is not None
        return self._report.totals if row == 0 else self._rows[row - 1]

    def name(self, row: Row) -> str:
        """How an object is called; what is assigned to nobody has a name too."""
        assert self._report is not None
        words = self._report.definitions.words
        if row is self._report.totals or row.key:
            return row.name
        return words["nobody"] if self._report.by == "unit" else words["no_place"]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; the totals stay on top."""
        if not 0 <= column < len(self._columns):
            return
        self.layoutAboutToBeChanged.emit()
        self._sorted = (self._columns[column], order)
        self._order()
        self.layoutChanged.emit()

    def turn(self, column: int) -> None:
        """Sort by a column, the biggest first; the other way round when it was sorted by already."""
        key, order = self._sorted
        down = key != self._columns[column] or order == Qt.SortOrder.AscendingOrder
        self.sort(column, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._rows))

    def _order(self) -> None:
        key, order = self._sorted
        if key not in self._columns:
            key = "filed"
        down = order == Qt.SortOrder.DescendingOrder
        known = [row for row in self._rows if row.value(key) is not None]
        known.sort(key=lambda row: row.value(key) or 0.0, reverse=down)
        self._rows = known + [row for row in self._rows if row.value(key) is None]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The objects and the totals."""
        return 0 if parent.isValid() or self._report is None else len(self._rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The figures."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A figure as text, with its grade for the delegate and its meaning as tooltip."""
        if self._report is None or not index.isValid():
            return None
        row, key = self.row_at(index.row()), self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return figure_text(row, key, self._report.definitions.words["no_data"])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == GRADE_ROLE:
            grade = self._report.grade(row, key)
            return "" if grade is None else grade.colour
        if role == TOTAL_ROLE:
            return index.row() == 0
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("{name} · {figure}：点击查看案卷").format(
                name=self.name(row), figure=self._report.label(key)
            )
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Figures across, objects down."""
        if self._report is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return self.name(self.row_at(section))
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            return None
        if not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            label = self._report.label(self._columns[section])
            key, order = self._sorted
            if key != self._columns[section]:
                return label
            return f"{label} {'↓' if order == Qt.SortOrder.DescendingOrder else '↑'}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return meaning(self._report, self._columns[section])
        return None


def meaning(report: Report, key: str) -> str:
    """What a figure means, as the dictionary defines it, and the source."""
    definitions = report.definitions
    if key == "score":
        return definitions.score.note
    if key in report.totals.counts:
        counter = definitions.counter(key)
        return f"{counter.meaning}\n{counter.source}"
    rate = definitions.rate(key)
    formula = f"{definitions.counter(rate.numerator).label} ÷ {definitions.counter(rate.denominator).label}"
    return "\n".join(part for part in (formula, rate.note, rate.source) if part)


class FigureDelegate(QStyledItemDelegate):
    """Paints figures: graded ones on a quiet ground in the grade's colour, zeros and no data quietly."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        color = self._theme.color
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        total = bool(index.data(TOTAL_ROLE))
        if total:
            painter.fillRect(rect, color("accent_soft"))
        elif hovered:
            painter.fillRect(rect, color("hover"))
        text = str(index.data())
        grade = str(index.data(GRADE_ROLE) or "")
        font = QFont(option.font)
        font.setBold(total or bool(grade))
        font.setUnderline(hovered)
        painter.setFont(font)
        tone = self._tone(text, grade)
        inner = rect.adjusted(6, 0, -12, 0)
        if grade:
            width = QFontMetrics(font).horizontalAdvance(text) + 16
            pill = QRectF(inner.right() - width + 8, rect.center().y() - 11, width, 22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.soft(tone))
            painter.drawRoundedRect(pill, 6, 6)
        painter.setPen(tone)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()

    def _tone(self, text: str, grade: str) -> QColor:
        if grade:
            return self._theme.color(GRADE_TOKENS[grade])
        return self._theme.color("text" if text[:1].isdigit() and text != "0" else "text_3")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the ground of a grade."""
        width = QFontMetrics(option.font).horizontalAdvance(str(index.data())) + 40
        return QSize(width, 32)
