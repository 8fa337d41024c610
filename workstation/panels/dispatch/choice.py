"""Choosing whom a case goes to: suggestions, the tree of units, the requirement, and the deadline that would result."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from workstation.panels.common.phrases import phrases
from workstation.panels.common.suggestions import SuggestionList
from workstation.panels.common.unit_tree import UnitTree
from workstation.shell.context import AppContext
from workstation.shell.texts.text import refusal_text, time_text
from workstation.shell.widgets import Card, FormRow, PhraseBar, SectionHeader, kind_label

from .effect import DispatchEffect, DispatchView, UnitState, dispatch_effect, read_units


class UnitChoice(QWidget):
    """For one case at a time. ``ready(bool)``: whether it can be dispatched as chosen now."""

    ready = Signal(bool)
    units_known = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: DispatchView | None = None
        self._state = UnitState((), {})
        self._count = 1
        self.effect: DispatchEffect | None = None
        self.suggestions = SuggestionList()
        self.suggestions.chosen.connect(self.choose)
        self.note = kind_label("", "label")
        self.note.setWordWrap(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("查找单位；也可把案卷拖到单位或地图上"))
        self.search.setClearButtonEnabled(True)
        self.tree = UnitTree(context)
        self.tree.setMinimumHeight(210)
        self.tree.unit_chosen.connect(self._chosen)
        self.tree.joined.connect(self.foresee)
        self.search.textChanged.connect(self.tree.filter)
        self.requirement = QPlainTextEdit()
        self.requirement.setFixedHeight(58)
        self.requirement.setTabChangesFocus(True)
        self.requirement.setPlaceholderText(self.tr("可不填"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        units = Card()
        units.body.addWidget(SectionHeader(self.tr("派遣给")))
        for widget in (self.suggestions, self.note, self.search):
            units.body.addWidget(widget)
        units.body.addWidget(self.tree, 1)
        box.addWidget(units, 1)
        words = Card()
        self.requirement_row = FormRow(self.tr("处置要求"), self.requirement)
        words.body.addWidget(self.requirement_row)
        words.body.addWidget(PhraseBar(phrases("requirement"), self.requirement))
        box.addWidget(words)

    # ---- what it shows ------------------------------------------------------------------------------------------

    def show_view(self, view: DispatchView, count: int) -> None:
        """Choose for this case, and ``count`` - 1 more that are selected. The same case again keeps what is chosen."""
        again = self._view is not None and self._view.case.id == view.case.id
        self._view, self._count = view, count
        self._show_suggestions()
        arrow = view.handbook.arrow("dispatch")
        spec = arrow.field("requirement") if arrow is not None else None
        self.requirement_row.set_required(spec is not None and spec.required)
        if spec is not None and spec.required and not again and not self.requirement.toPlainText():
            self.requirement.setPlainText(phrases("requirement")[0])
        if again and self.tree.chosen:
            self.foresee()
            return
        self.tree.clear_cooperating()
        self._choose_best(view)

    def clear(self) -> None:
        """No case."""
        self._view = None

    def read_units(self) -> None:
        """Read the units and their loads again."""
        self._context.tasks.run(
            read_units, self._context.services, owner=self, key="units", on_done=self._show_units
        )

    def _show_units(self, state: UnitState) -> None:
        self._state = state
        self.tree.set_units(state.units, state.loads)
        self.units_known.emit(state.units)
        if self._view is not None:
            self._show_suggestions()
            if not self.tree.chosen:
                self._choose_best(self._view)

    def _show_suggestions(self) -> None:
        if self._view is not None:
            names = self._view.base.unit_names
            self.suggestions.show_suggestions(self._view.recommendation, names, self._state.loads)
            self.suggestions.mark(self.tree.chosen)

    def _choose_best(self, view: DispatchView) -> None:
        """Choose for the dispatcher where it is plain; where two are equally likely, or nobody is, it is theirs to say."""
        best = view.recommendation.best
        self.choose(best.unit if best is not None else "")

    # ---- what is chosen -----------------------------------------------------------------------------------------

    def choose(self, code: str) -> None:
        """Make this unit the lead."""
        self.tree.choose(code)
        self._chosen(self.tree.chosen)

    def _chosen(self, code: str) -> None:
        self.suggestions.mark(code)
        self.foresee()

    def data(self, unit: str) -> dict[str, Any]:
        """The data of ``dispatch`` to that unit with what is filled in now."""
        out: dict[str, Any] = {"unit": unit}
        cooperating = [code for code in self.tree.cooperating() if code != unit]
        if cooperating:
            out["cooperating"] = cooperating
        if requirement := self.requirement.toPlainText().strip():
            out["requirement"] = requirement
        return out

    def foresee(self) -> None:
        """Ask what dispatching as chosen would do."""
        self.effect = None
        unit = self.tree.chosen
        self.ready.emit(bool(unit))
        self.note.setText("" if unit else self.tr("请选择主办单位"))
        if not unit or self._view is None:
            return
        self._context.tasks.run(
            dispatch_effect,
            self._context.services,
            self._view.case.id,
            self.data(unit),
            self._context.actor,
            owner=self,
            key="effect",
            on_done=self._foreseen,
        )

    def _foreseen(self, effect: DispatchEffect) -> None:
        view = self._view
        if view is None or effect.unit != self.tree.chosen:
            return
        self.effect = effect
        if effect.refusal is not None:
            words = refusal_text(effect.refusal, view.base.handbook, view.base.unit_names)
        else:
            name = view.base.unit_names.get(effect.unit, effect.unit)
            due = time_text(effect.due_at, self._context.services.now())
            words = self.tr("派给{unit}，处置截止 {due}。").format(unit=name, due=due)
            if self._count > 1:
                words = self.tr("所选 {n} 件都派给{unit}；本件处置截止 {due}。").format(
                    n=self._count, unit=name, due=due
                )
        self.note.setText(words)
        self.ready.emit(effect.refusal is None)
