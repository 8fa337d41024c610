"""Applying to the centre: return with a suggested unit, extension with its new deadline, suspension, void."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDateTimeEdit, QDoubleSpinBox, QPlainTextEdit, QWidget

from workstation.panels.common.phrases import phrases
from workstation.shell.context import AppContext
from workstation.shell.text import limit_text, refusal_text, time_text
from workstation.shell.widgets import Card, Dialog, FormRow, PhraseBar, UnitCombo, kind_label
from workstation.workflow.event import format_instant

from .effect import AskEffect, DisposalView, ask_effect, read_units

SUSPENSION_DAYS = 30
ZONE = QTimeZone(b"Asia/Shanghai")


class AskDialog(Dialog):
    """One application for one case. What would come of it is shown while it is filled in."""

    def __init__(
        self,
        context: AppContext,
        name: str,
        view: DisposalView,
        on_ok: Callable[[dict[str, Any]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(view.handbook.label("arrows", name), parent)
        self._context = context
        self._name = name
        self._view = view
        self._on_ok = on_ok
        self._request = context.services.cases.new_command_id()
        self.reason = QPlainTextEdit()
        self.reason.setFixedHeight(84)
        self.reason.setTabChangesFocus(True)
        self._reason_row = FormRow(self.tr("理由"), self.reason, required=True)
        self.body.addWidget(self._reason_row)
        self.body.addWidget(PhraseBar(phrases(name), self.reason))
        self.unit = UnitCombo(self, placeholder=self.tr("建议由哪个单位办理（可不填）"))
        self.amount = QDoubleSpinBox(self)
        self.until = QDateTimeEdit(self)
        for field, asked in ((self.unit, "return"), (self.amount, "extension"), (self.until, "suspension")):
            field.setVisible(name == f"ask_{asked}")
        if name == "ask_return":
            self.body.addWidget(FormRow(self.tr("建议单位"), self.unit))
            context.tasks.run(read_units, context.services, owner=self, on_done=self._show_units)
        elif name == "ask_extension":
            self._build_amount()
        elif name == "ask_suspension":
            self._build_until()
        self._note = Card(kind="note", margin=10)
        self._words = kind_label("")
        self._words.setWordWrap(True)
        self._note.body.addWidget(self._words)
        self.body.addWidget(self._note)
        self._note.hide()
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(self.tr("提交申请"), "primary", self._accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._accept)
        self.reason.setFocus()
        self._foresee()

    def _build_amount(self) -> None:
        clock = self._view.case.clock("dispose")
        most = clock.amount * self._view.handbook.rules.extension_share if clock is not None else 0.0
        self.amount.setDecimals(1)
        self.amount.setRange(0.5, max(most, 0.5))
        self.amount.setSingleStep(0.5)
        self.amount.setValue(most)
        if clock is not None:
            self.amount.setSuffix(" " + self._view.handbook.label("units", clock.unit))
        self.amount.valueChanged.connect(self._foresee)
        hint = (
            self.tr("一次最多延长 {limit}").format(limit=limit_text(most, clock.unit))
            if clock is not None
            else ""
        )
        self.body.addWidget(FormRow(self.tr("延长"), self.amount, required=True, hint=hint))

    def _build_until(self) -> None:
        start = QDateTime.fromSecsSinceEpoch(int(self._context.services.now().timestamp()), ZONE)
        self.until.setTimeZone(ZONE)
        self.until.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.until.setCalendarPopup(True)
        self.until.setMinimumDateTime(start)
        self.until.setMaximumDateTime(start.addDays(self._view.handbook.rules.suspension_days))
        self.until.setDateTime(start.addDays(SUSPENSION_DAYS))
        self.until.dateTimeChanged.connect(self._foresee)
        self.body.addWidget(FormRow(self.tr("挂账至"), self.until, required=True))

    def _show_units(self, units: list[Any]) -> None:
        self.unit.set_units(unit for unit in units if unit.code != self._view.unit)

    def data(self) -> dict[str, Any]:
        """What would be sent."""
        out: dict[str, Any] = {"request_id": self._request, "reason": self.reason.toPlainText().strip()}
        if self._name == "ask_return" and self.unit.code:
            out["suggested_unit"] = self.unit.code
        elif self._name == "ask_extension":
            out["amount"] = self.amount.value()
        elif self._name == "ask_suspension":
            seconds = self.until.dateTime().toSecsSinceEpoch()
            out["until"] = format_instant(datetime.fromtimestamp(seconds, UTC))
        return out

    def _foresee(self) -> None:
        # Whether it is possible at all does not hang on the reason's words.
        data = self.data() | {"reason": self.reason.toPlainText().strip() or "-"}
        context = self._context
        context.tasks.run(
            ask_effect,
            context.services,
            self._view.case,
            self._name,
            data,
            context.actor,
            owner=self,
            key="effect",
            on_done=self._foreseen,
        )

    def _foreseen(self, effect: AskEffect) -> None:
        self.ok.setEnabled(effect.refusal is None)
        words = self._effect_words(effect)
        self._words.setText(words)
        self._note.setVisible(bool(words))

    def _effect_words(self, effect: AskEffect) -> str:
        now = self._context.services.now()
        due = time_text(effect.due_now, now)
        if effect.refusal is not None:
            return refusal_text(effect.refusal, self._view.handbook, self._view.base.unit_names)
        if self._name == "ask_extension":
            return self.tr("现截止 {now}，同意后延至 {then}。答复前计时不停。").format(
                now=due, then=time_text(effect.due_then, now)
            )
        if self._name == "ask_suspension":
            return self.tr("同意后处置计时暂停，恢复后接着计。答复前计时不停，现截止 {now}。").format(now=due)
        if self._name == "ask_return":
            return self.tr("须在 {until} 前申请。不同意时须继续处置，计时不停，现截止 {now}。").format(
                until=time_text(effect.return_until, now), now=due
            )
        return self.tr("由值班长答复。答复前计时不停，现截止 {now}。").format(now=due)

    def _accept(self) -> None:
        if not self.reason.toPlainText().strip():
            self._reason_row.set_error(self.tr("请填写理由"))
            self.reason.setFocus()
            return
        data = self.data()
        self.accept()
        self._on_ok(data)
