"""The big figures above the table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ...evaluation.document import figure_text
from ...evaluation.figures import Report
from ...shell.widgets import Card, kind_label
from .model import meaning


class Tile(Card):
    """One big figure over its counts. ``clicked`` opens its cases."""

    clicked = Signal(str)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, "card", 10, 2)
        self.key = key
        self._label = kind_label("", "small")
        self._value = kind_label("—", "number")
        self._of = kind_label("", "small")
        for label in (self._label, self._value, self._of):
            self.body.addWidget(label)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_report(self, found: Report, colour: str) -> None:
        """The figure of the totals."""
        definitions, totals = found.definitions, found.totals
        self._label.setText(found.label(self.key))
        self._value.setText(figure_text(totals, self.key, definitions.words["no_data"]))
        self._value.setStyleSheet(f"color: {colour}" if colour else "")
        if self.key in totals.counts:
            closed = definitions.counter("closed").label
            self._of.setText(f"{closed} {totals.counts['closed']}")
        else:
            rate = definitions.rate(self.key)
            self._of.setText(f"{totals.counts[rate.numerator]} / {totals.counts[rate.denominator]}")
        self.setToolTip(meaning(found, self.key))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the cases."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self.key)
