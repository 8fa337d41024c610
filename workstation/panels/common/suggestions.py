"""Who is suggested for a case, best first, with the reasons: one click or Alt+1 to Alt+3 chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workstation.services.units import Suggestion, UnitLoad
from workstation.shell.style import set_kind
from workstation.shell.widgets import Badge, FlowLayout, kind_label

SHOWN = 3


def reason_text(reason: str) -> str:
    """Why a unit is suggested, in a word."""
    translate = QCoreApplication.translate
    return {
        "suggested": translate("Suggestions", "退回单位建议"),
        "maintainer": translate("Suggestions", "养护单位"),
        "owner": translate("Suggestions", "权属单位"),
        "department": translate("Suggestions", "主管部门"),
        "duty": translate("Suggestions", "职责对口"),
        "rule": translate("Suggestions", "手册认定"),
        "area": translate("Suggestions", "属地"),
        "returned": translate("Suggestions", "曾退回"),
    }.get(reason, reason)


class SuggestionRow(QFrame):
    """One suggested unit."""

    clicked = Signal(str)

    def __init__(self, number: int, suggestion: Suggestion, name: str, load: UnitLoad) -> None:
        super().__init__()
        self.unit = suggestion.unit
        self.setProperty("kind", "inset")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("点选为主办单位（Alt+{n}）").format(n=number))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        row.addWidget(kind_label(str(number), "muted", self))
        row.addWidget(kind_label(name, "mono", self))
        reasons = QWidget(self)
        flow = FlowLayout(reasons, spacing=4)
        for reason in suggestion.reasons:
            flow.addWidget(Badge(reason_text(reason), "red" if reason == "returned" else "accent", reasons))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        reasons.setSizePolicy(policy)
        row.addWidget(reasons, 1)
        words = self.tr("在办 {n}").format(n=load.open)
        if load.overdue:
            words += self.tr(" · 超期 {n}").format(n=load.overdue)
        row.addWidget(kind_label(words, "small", self))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        self.clicked.emit(self.unit)

    def set_chosen(self, chosen: bool) -> None:
        """Whether this is the unit the case would go to."""
        set_kind(self, "note" if chosen else "inset")


class SuggestionList(QWidget):
    """The best few. ``chosen(code)`` when the user takes one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(5)
        self._rows: list[SuggestionRow] = []
        self._none = kind_label(self.tr("没有可推荐的单位，请在下方选择"), "muted")
        self._box.addWidget(self._none)

    def show_suggestions(
        self, suggestions: Sequence[Suggestion], names: Mapping[str, str], loads: Mapping[str, UnitLoad]
    ) -> None:
        """Show these, best first."""
        for row in self._rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, suggestion in enumerate(suggestions[:SHOWN], 1):
            name = names.get(suggestion.unit, suggestion.unit)
            row = SuggestionRow(number, suggestion, name, loads.get(suggestion.unit, UnitLoad()))
            row.clicked.connect(self.chosen)
            self._box.addWidget(row)
            self._rows.append(row)
        self._none.setVisible(not suggestions)

    def mark(self, unit: str) -> None:
        """Show which unit is chosen now."""
        for row in self._rows:
            row.set_chosen(row.unit == unit)

    def take(self, number: int) -> None:
        """Choose the ``number``-th (from 1)."""
        if 1 <= number <= len(self._rows):
            self.chosen.emit(self._rows[number - 1].unit)
