"""The case a meeting speaks about, and the words of its decision; a disputed one is decided on the spot."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from workstation.panels.case.grid import facts_grid, wrapped
from workstation.panels.case.words import cause_text, outcome_text
from workstation.panels.common.fields import Choice, OneUnit
from workstation.shell.context import AppContext
from workstation.shell.texts import text
from workstation.shell.texts.text import joined
from workstation.shell.widgets import (
    Badge,
    Card,
    FormRow,
    PhraseBar,
    ScrollBody,
    button,
    empty,
    kind_label,
    state_tone,
)
from workstation.workflow.case import Case

from .reading import Point

NOTHING = "record"


class PointView(ScrollBody):
    """Shows a point; :meth:`decision` and :meth:`command` are what was decided."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._point: Point | None = None
        self._ruling: Choice | None = None
        self._unit: OneUnit | None = None
        head = QHBoxLayout()
        self.name = kind_label("", "title")
        self.name.setWordWrap(True)
        head.addWidget(self.name, 1)
        self.state = Badge()
        head.addWidget(self.state)
        self.body.addLayout(head)
        second = QHBoxLayout()
        self.code = button("", "link", on_click=self._open)
        second.addWidget(self.code)
        second.addStretch(1)
        self.body.addLayout(second)
        self._facts = QVBoxLayout()
        self.body.addLayout(self._facts)
        self._decided = Card(kind="note", margin=10)
        self._decided_words = wrapped("", "")
        self._decided.body.addWidget(self._decided_words)
        self.body.addWidget(self._decided)
        self._form = QWidget()
        self._form_box = QVBoxLayout(self._form)
        self._form_box.setContentsMargins(0, 0, 0, 0)
        self._form_box.setSpacing(8)
        self._rulings = QVBoxLayout()
        self._form_box.addLayout(self._rulings)
        self.words = QPlainTextEdit()
        self.words.setFixedHeight(76)
        self.words.setTabChangesFocus(True)
        self._row = FormRow(self.tr("会议决定"), self.words, required=True)
        self._form_box.addWidget(self._row)
        self._form_box.addWidget(
            PhraseBar(
                (
                    self.tr("责任单位三日内办结，逾期通报"),
                    self.tr("由主办单位牵头，相关单位配合"),
                    self.tr("转督查部门跟踪"),
                    self.tr("下次例会再议"),
                ),
                self.words,
            )
        )
        self.body.addWidget(self._form)
        self.body.addStretch(1)

    def show_point(self, point: Point, decided: str, open: bool) -> None:
        """Show a case. ``open``: the meeting is going on and the person may write."""
        again = self._point is not None and self._point.case.id == point.case.id
        self._point = point
        case, book = point.case, self._context.services.handbook
        self.name.setText(case.class_name or case.address)
        self.code.setText(case.code)
        self.state.set(book.label("states", case.state), state_tone(case.state))
        empty(self._facts)
        holder = QWidget()
        holder.setLayout(facts_grid(self._rows(case)))
        self._facts.addWidget(holder)
        self._decided.setVisible(bool(decided))
        self._decided_words.setText(self.tr("决定：{words}").format(words=decided))
        self._form.setVisible(open and not decided)
        if not again:
            self.words.clear()
            self._row.set_error("")
            self._make_rulings(point)

    def _rows(self, case: Case) -> list[tuple[str, str]]:
        now, name = self._context.services.now(), self._context.name_of
        clock = case.clock("dispose")
        left = ""
        if clock is not None and clock.stopped_at is None and clock.due_at is not None:
            left = text.remaining_text(clock.due_at, now)
        last = next((request for request in reversed(case.requests)), None)
        dispute, book = case.coordinating, self._context.services.handbook
        return [
            (self.tr("问题描述"), case.description),
            (self.tr("地址"), case.address),
            (self.tr("主办单位"), name(case.lead.unit) if case.lead is not None else ""),
            (self.tr("处置时限"), left),
            (self.tr("最近申请"), f"{name(last.unit)}：{last.reason}" if last is not None else ""),
            (
                self.tr("责任协调"),
                f"{cause_text(dispute.cause)}，{outcome_text(book, dispute)}：{dispute.reason}"
                if dispute is not None
                else "",
            ),
            (
                self.tr("涉及单位"),
                joined(name(unit) for unit in dispute.units) if dispute is not None else "",
            ),
        ]

    def _make_rulings(self, point: Point) -> None:
        """For a disputed case: write down only, keep the unit, or make another one responsible."""
        empty(self._rulings)
        self._ruling = self._unit = None
        if not point.rulings:
            return
        items = [(NOTHING, self.tr("只记录，不裁定"), "")]
        items += [(name, arrow.label, "") for name, arrow in point.rulings.items()]
        self._ruling = Choice("ruling", self.tr("责任裁定"), items, chosen=NOTHING)
        self._ruling.setParent(self)
        self._unit = OneUnit("unit", self.tr("责任单位"))
        self._unit.setParent(self)
        listed = [_Named(code, name) for code, name in point.units.items()]
        dispute = point.case.coordinating
        known = dict.fromkeys(dispute.units, self.tr("涉及单位")) if dispute is not None else {}
        self._unit.set_units(listed, known)
        for row in (*self._ruling.rows, *self._unit.rows):
            self._rulings.addWidget(row)
        self._ruling.changed.connect(self._ruled)
        self._ruled()

    def _ruled(self) -> None:
        if self._ruling is not None and self._unit is not None:
            for row in self._unit.rows:
                row.setVisible(self._ruling.value() == "assign")

    @property
    def ruling(self) -> Choice | None:
        """The choice of a ruling; None where there is nothing to rule on."""
        return self._ruling

    @property
    def unit(self) -> OneUnit | None:
        """The unit that a ruling makes responsible."""
        return self._unit

    def complete(self) -> bool:
        """Whether everything is there; says what is not."""
        empty = not self.words.toPlainText().strip()
        self._row.set_error(self.tr("请填写会议决定") if empty else "")
        if empty:
            self.words.setFocus()
            return False
        if self._ruling is not None and self._ruling.value() == "assign" and self._unit is not None:
            wrong = self._unit.missing()
            if self._unit.row is not None:
                self._unit.row.set_error(wrong)
            return not wrong
        return True

    def decision(self) -> str:
        """The words of the decision."""
        return self.words.toPlainText().strip()

    def command(self) -> tuple[str, dict[str, Any]] | None:
        """What the decision does to the case; None where it only is written down."""
        point = self._point
        if point is None or self._ruling is None or self._ruling.value() in (None, NOTHING):
            return None
        name = str(self._ruling.value())
        data: dict[str, Any] = {"decision": self.decision()}
        if point.case.coordinating is not None:
            data["coordination_id"] = point.case.coordinating.id
        if name == "assign" and self._unit is not None:
            data["unit"] = self._unit.value()
        wanted = {spec.name for spec in point.rulings[name].fields}
        return name, {key: value for key, value in data.items() if key in wanted}

    def _open(self) -> None:
        if self._point is not None:
            self._context.show_case(self._point.case.id)


class _Named:
    """A unit for a combo box."""

    def __init__(self, code: str, name: str) -> None:
        self.code, self.name = code, name
