"""二次派遣: a district passes on, to a unit below it, what the city sent it (TZ-10-REDISPATCH)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workstation.panels.common.effectnote import EffectNote
from workstation.panels.common.phrases import phrases
from workstation.panels.common.suggestions import SuggestionList
from workstation.panels.common.unit_tree import UnitTree
from workstation.services.centre.units import UnitInfo
from workstation.shell.context import AppContext
from workstation.shell.widgets import Card, FormRow, PhraseBar, SectionHeader

from .effect import DisposalView


class InsideCard(Card):
    """Chooses the unit below, by list, key or drag, and what is asked of it. ``ready(bool)``: whether it can be sent."""

    ready = Signal(bool)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: DisposalView | None = None
        self.body.addWidget(SectionHeader(self.tr("区内派遣给")))
        self.suggestions = SuggestionList()
        self.suggestions.chosen.connect(self.choose)
        self.body.addWidget(self.suggestions)
        self.tree = UnitTree(context, joining=False)
        self.tree.setMinimumHeight(170)
        self.tree.unit_chosen.connect(self._chosen)
        self.body.addWidget(self.tree)
        self.requirement = QPlainTextEdit()
        self.requirement.setFixedHeight(48)
        self.requirement.setTabChangesFocus(True)
        self.requirement.setPlaceholderText(self.tr("可不填"))
        self.body.addWidget(FormRow(self.tr("办理要求"), self.requirement))
        self.body.addWidget(PhraseBar(phrases("inside"), self.requirement))
        self.note = EffectNote(context)
        self.note.told.connect(self.ready)
        self.body.addWidget(self.note)

    def show_view(self, view: DisposalView) -> None:
        """Offer the units below; hidden where the case may not be passed on."""
        again = self._view is not None and self._view.case.id == view.case.id
        self._view = view
        inside = view.inside
        self.setVisible(inside is not None)
        if inside is None:
            return
        self.tree.set_units(inside.units, inside.loads)
        self.suggestions.show_suggestions(inside.recommendation, view.base.unit_names, inside.loads)
        if not again or not self.tree.chosen:
            best = inside.recommendation.best
            self.choose(best.unit if best is not None else "")
        else:
            self._chosen(self.tree.chosen)

    def units(self) -> Sequence[UnitInfo]:
        """The units that the case may go to."""
        inside = self._view.inside if self._view is not None else None
        return inside.units if inside is not None else ()

    def choose(self, code: str) -> None:
        """Make this the unit it goes to."""
        self.tree.choose(code)
        self._chosen(self.tree.chosen)

    def _chosen(self, code: str) -> None:
        self.suggestions.mark(code)
        self.ready.emit(False)
        if not code or self._view is None:
            self.note.say([(self.tr("请选择区内单位"), "")])
            return
        self.note.ask("dispatch_inside", [self._view.case.id], self.data())

    def data(self) -> dict[str, Any]:
        """The data of ``dispatch_inside`` as chosen now."""
        out: dict[str, Any] = {"unit": self.tree.chosen}
        if words := self.requirement.toPlainText().strip():
            out["requirement"] = words
        return out
