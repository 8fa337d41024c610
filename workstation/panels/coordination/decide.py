"""Writing a decision down: the unit that has the case keeps it, or another one gets it; either way it binds."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QRadioButton, QWidget

from workstation.panels.common.effectnote import EffectNote
from workstation.panels.common.phrases import phrases
from workstation.panels.common.suggestions import reason_text
from workstation.shell.context import AppContext
from workstation.shell.texts.text import joined
from workstation.shell.widgets import Card, FormRow, PhraseBar, SectionHeader, UnitCombo

from .effect import CoordinationView


class DecideCard(Card):
    """For one case at a time. ``ready(bool)``: whether the decision as chosen can be made."""

    ready = Signal(bool)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: CoordinationView | None = None
        self._case = ""
        self._head = SectionHeader("")
        self.body.addWidget(self._head)
        self.keep = QRadioButton()
        self.give = QRadioButton(self.tr("裁定由下列单位负责"))
        for radio in (self.keep, self.give):
            radio.toggled.connect(self._changed)
            self.body.addWidget(radio)
        self.unit = UnitCombo(self)
        self.unit.setAccessibleName(self.tr("裁定的责任单位"))
        self.unit.changed.connect(lambda _code: self._unit_chosen())
        self.body.addWidget(self.unit)
        self.decision = QPlainTextEdit()
        self.decision.setFixedHeight(60)
        self.decision.setTabChangesFocus(True)
        self._words = FormRow(self.tr("裁定理由"), self.decision, required=True)
        self.body.addWidget(self._words)
        self.body.addWidget(PhraseBar(phrases("decision"), self.decision))
        self.note = EffectNote(context)
        self.note.told.connect(self.ready)
        self.body.addWidget(self.note)

    def show_view(self, view: CoordinationView) -> None:
        """Ready to decide; hidden where somebody else decides, or nothing is open."""
        found = view.case.coordinating
        may = view.allowed & {"uphold", "assign"}
        self._view = view
        self.setVisible(found is not None and bool(may))
        if found is None or not may:
            self._case = ""
            return
        body = view.handbook.bodies.get(found.body)
        self._head.set_title(
            self.tr("{body}裁定").format(body=body.label if body is not None else found.body)
        )
        lead = view.case.lead
        self.keep.setVisible("uphold" in may)
        if lead is not None:
            name = view.base.unit_names.get(lead.unit, lead.unit)
            self.keep.setText(self.tr("维持由{unit}负责").format(unit=name))
        parties = {party.unit: self.tr("当事单位") for party in view.parties}
        hints = {
            **parties,
            **{
                item.unit: joined(reason_text(reason) for reason in item.reasons)
                for item in view.suggestions
                if item.unit not in parties
            },
        }
        self.unit.set_units([unit for unit in view.units if unit.kind != "centre"], hints)
        if view.case.id != self._case:
            self._case = view.case.id
            for radio in (self.keep, self.give):
                radio.setAutoExclusive(False)
                radio.setChecked(False)
                radio.setAutoExclusive(True)
            self.give.setChecked("uphold" not in may)
            self.unit.set_code("")
        self._changed()

    def _unit_chosen(self) -> None:
        self.give.setChecked(True)
        self._changed()

    @property
    def name(self) -> str:
        """The arrow that is chosen: uphold or assign; "" while neither is."""
        return "uphold" if self.keep.isChecked() else "assign" if self.give.isChecked() else ""

    def data(self) -> dict[str, Any]:
        """The data of the chosen arrow."""
        found = self._view.case.coordinating if self._view is not None else None
        out: dict[str, Any] = {"decision": self.decision.toPlainText().strip()}
        if found is not None:
            out["coordination_id"] = found.id
        if self.name == "assign":
            out["unit"] = self.unit.code
        return out

    def complete(self) -> bool:
        """Whether the words are there; marks them where they are not, and goes there."""
        missing = not self.decision.toPlainText().strip()
        self._words.set_error(self.tr("请写明裁定理由") if missing else "")
        if missing:
            self.decision.setFocus()
        return not missing

    def _changed(self) -> None:
        self.ready.emit(False)
        if self._view is None or self.isHidden():
            return
        if not self.name or (self.name == "assign" and not self.unit.code):
            self.note.say([(self.tr("请选择责任单位。裁定对各方有约束力，此后不得再申请回退。"), "")])
            return
        data = self.data()
        data["decision"] = data["decision"] or "-"
        self.note.ask(self.name, [self._view.case.id], data)
