"""The feedback of a disposal: what was done, photographs, and what it cost where a budget pays for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from workstation.panels.common.photos import PhotoEntry
from workstation.panels.common.phrases import phrases
from workstation.shell.context import AppContext
from workstation.shell.widgets import Card, FormRow, PhraseBar, SectionHeader

from .effect import DisposalView

MOST_YUAN = 10_000_000.0


class FeedCard(Card):
    """Note, photographs and cost. Photographs and cost not yet sent stay with their case; so does the note (the panel's)."""

    def __init__(self, context: AppContext, area: QWidget) -> None:
        super().__init__()
        self._case = ""
        self._kept: dict[str, tuple[list[dict[str, str]], float]] = {}
        self.head = SectionHeader("")
        self.body.addWidget(self.head)
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(76)
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("怎样处置、结果如何"))
        self.body.addWidget(FormRow(self.tr("处置说明"), self.note))
        self.body.addWidget(PhraseBar(phrases("feed_back"), self.note))
        self.photos = PhotoEntry(context, "after", area)
        self.body.addWidget(FormRow(self.tr("处置后照片"), self.photos))
        self.cost = QDoubleSpinBox()
        self.cost.setRange(0.0, MOST_YUAN)
        self.cost.setDecimals(2)
        self.cost.setSingleStep(100.0)
        self.cost.setGroupSeparatorShown(True)
        self.cost.setSuffix(self.tr(" 元"))
        self.cost_note = QLineEdit()
        self.cost_note.setPlaceholderText(self.tr("人工、材料等（可不填）"))
        self._costs = QWidget()
        row = QHBoxLayout(self._costs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.cost_row = FormRow(self.tr("费用"), self.cost, required=True)
        row.addWidget(self.cost_row, 2)
        row.addWidget(FormRow(self.tr("费用说明"), self.cost_note), 3)
        self.body.addWidget(self._costs)

    def show_view(self, view: DisposalView, name: str, title: str) -> None:
        """Ready for the feedback ``name`` ("": only the title says why it cannot be given yet)."""
        case = view.case
        self.head.set_title(title)
        if case.id != self._case:
            if self._case:
                self._kept[self._case] = self.photos.photos(), self.cost.value()
            self._case = case.id
            photos, cost = self._kept.get(case.id, ([], 0.0))
            self.photos.set_photos(photos)
            self.cost.setValue(cost)
        paid = bool(case.way) and name == "feed_back"
        self._costs.setVisible(paid)
        if paid:
            budget = view.handbook.budgets.get(case.budget)
            self.cost_row.set_error("")
            self.cost.setToolTip(budget.label if budget is not None else "")

    def data(self, view: DisposalView, name: str) -> dict[str, Any]:
        """The data of the feedback as filled in now."""
        out: dict[str, Any] = {}
        if note := self.note.toPlainText().strip():
            out["note"] = note
        if photos := self.photos.photos():
            out["photos"] = photos
        if view.case.way and name == "feed_back":
            out["cost"] = self.cost.value()
            if words := self.cost_note.text().strip():
                out["cost_note"] = words
        return out

    def used(self, case_id: str) -> None:
        """What was filled in for the case has been sent."""
        self._kept.pop(case_id, None)
        if self._case == case_id:
            self.photos.clear()
            self.cost.setValue(0.0)
