"""The record of what went to and fro over a case: directions, coordinations, requests that were answered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.widgets import EmptyState, SectionHeader

from .around import coordination_card, directions_card
from .clocks import clear
from .reading import CaseSheet
from .requests import answered_card


class RecordsView(QWidget):
    """``on_move(name)`` is called by the buttons of an open coordination."""

    def __init__(
        self, context: AppContext, on_move: Callable[..., object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._on_move = on_move
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)

    @staticmethod
    def count(sheet: CaseSheet) -> int:
        """How many there are."""
        case = sheet.case
        return len(case.directions) + len(case.coordinations) + len(case.requests)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show a case's."""
        clear(self._box)
        case = sheet.case
        if case.directions:
            self._box.addWidget(directions_card(self._context, sheet))
        if case.coordinations:
            self._box.addWidget(SectionHeader(self.tr("责任协调"), icon="people"))
            for coordination in reversed(case.coordinations):
                self._box.addWidget(coordination_card(self._context, coordination, sheet, self._on_move))
        if case.requests:
            self._box.addWidget(answered_card(self._context, list(case.requests), sheet))
        if not self.count(sheet):
            self._box.addWidget(EmptyState("inbox", self.tr("没有督办、协调和申请")))
