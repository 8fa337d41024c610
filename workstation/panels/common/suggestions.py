"""Who is recommended for a case, best first, with the reasons: one click or Alt+1 to Alt+3 chooses."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from workstation.services.centre.units import UnitLoad
from workstation.services.recommending.recommending import Candidate, Recommendation
from workstation.shell.look import icons
from workstation.shell.look.style import set_kind
from workstation.shell.widgets import Badge, FlowLayout, kind_label

from .reasons import Names, reason_sentence, reason_text, reasons_text, verdict_text

__all__ = ["Doubt", "SuggestionList", "SuggestionRow", "reason_text"]

SHOWN = 3


class SuggestionRow(QFrame):
    """One suggested unit."""

    clicked = Signal(str)

    def __init__(self, number: int, candidate: Candidate, names: Names, load: UnitLoad) -> None:
        super().__init__()
        self.unit = candidate.unit
        self.setProperty("kind", "inset")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        told = (*candidate.reasons, *(r for r in candidate.shortfalls if r not in candidate.reasons))
        click = self.tr("点选为主办单位（Alt+{n}）").format(n=number)
        self.setToolTip(f"{click}\n{reasons_text(told, names)}")
        self.setAccessibleName(names.get(candidate.unit, candidate.unit))
        self.setAccessibleDescription(reasons_text(told, names))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        row.addWidget(kind_label(str(number), "muted", self))
        row.addWidget(kind_label(names.get(candidate.unit, candidate.unit), "mono", self))
        reasons = QWidget(self)
        flow = FlowLayout(reasons, spacing=4)
        for reason in told:
            badge = Badge(reason_text(reason), "red" if reason.weight < 0 else "accent", reasons)
            badge.setToolTip(reason_sentence(reason, names))
            flow.addWidget(badge)
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


class Doubt(QFrame):
    """A sentence that is not to be overlooked: that nobody is recommended, or two are, and why. Not to be seen without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 7, 10, 7)
        row.setSpacing(8)
        self._sign = QLabel()
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self.words = QLabel()
        self.words.setWordWrap(True)
        row.addWidget(self.words, 1)
        self.hide()

    def say(self, words: str) -> None:
        """Say this; "" is nothing to say."""
        self._sign.setPixmap(icons.pixmap("warning", 16, "yellow", self.devicePixelRatioF()))
        self.words.setText(words)
        self.setVisible(bool(words))


class SuggestionList(QWidget):
    """The best few, and above them, where it is not plain, that two are equally likely or that there is nobody, and why.

    ``chosen(code)`` when the user takes one. Not to be seen while nothing is recommended in the city.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(5)
        self._rows: list[SuggestionRow] = []
        self.doubt = Doubt()
        self.verdict = self.doubt.words
        self._box.addWidget(self.doubt)

    def show_suggestions(self, found: Recommendation, names: Names, loads: Mapping[str, UnitLoad]) -> None:
        """Show these, best first."""
        for row in self._rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, candidate in enumerate(found.ranked[:SHOWN], 1):
            row = SuggestionRow(number, candidate, names, loads.get(candidate.unit, candidate.load))
            row.clicked.connect(self.chosen)
            self._box.addWidget(row)
            self._rows.append(row)
        words = verdict_text(found, names)
        self.doubt.say(words)
        self.setVisible(bool(words or self._rows))

    def mark(self, unit: str) -> None:
        """Show which unit is chosen now."""
        for row in self._rows:
            row.set_chosen(row.unit == unit)

    def take(self, number: int) -> None:
        """Choose the ``number``-th (from 1)."""
        if 1 <= number <= len(self._rows):
            self.chosen.emit(self._rows[number - 1].unit)
