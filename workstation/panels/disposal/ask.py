"""Applying to the centre: return with a suggested unit, extension with its new deadline, suspension, void."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from workstation.panels.common.action import ActionDialog
from workstation.panels.common.effects import rests_on
from workstation.panels.common.fields import Amount, Field, Given, OneUnit, Until, Words, trial_values
from workstation.panels.common.phrases import phrases
from workstation.shell.context import AppContext
from workstation.shell.texts.text import limit_text, refusal_text, time_text

from .effect import AskEffect, DisposalView, ask_effect, read_units

SUSPENSION_DAYS = 30


class AskDialog(ActionDialog):
    """One application for one case. What would come of it, and who has to agree first, is shown while it is filled in."""

    def __init__(
        self,
        context: AppContext,
        name: str,
        view: DisposalView,
        on_ok: Callable[[dict[str, Any]], object],
        parent: QWidget,
    ) -> None:
        self._view = view
        request = context.services.cases.new_command_id()
        super().__init__(
            context,
            name,
            [view.case],
            [Given("request_id", lambda: request), *self._asked(context, name, view)],
            on_ok,
            parent,
            title=view.handbook.label("arrows", name),
            ok_text=self.tr("提交申请"),
        )
        if name == "ask_return":
            context.tasks.run(read_units, context.services, owner=self, on_done=self._show_units)

    def _asked(self, context: AppContext, name: str, view: DisposalView) -> list[Field]:
        case, rules = view.case, view.handbook.rules
        reason = Words("reason", self.tr("理由"), phrases=phrases(name), height=84)
        clock = case.clock("dispose")
        if name == "ask_return":
            words = self.tr("建议由哪个单位办理")
            return [
                reason,
                OneUnit("suggested_unit", self.tr("建议单位"), required=False, placeholder=words),
            ]
        if name == "ask_extension" and clock is not None:
            most = clock.amount * rules.extension_share
            return [
                reason,
                Amount(
                    "amount",
                    self.tr("延长"),
                    low=0.5,
                    high=max(most, 0.5),
                    value=most,
                    suffix=" " + view.handbook.label("units", clock.unit),
                    hint=self.tr("一次最多延长 {limit}").format(limit=limit_text(most, clock.unit)),
                ),
            ]
        if name == "ask_suspension":
            days = float(min(SUSPENSION_DAYS, rules.suspension_days))
            now = context.services.now()
            return [
                reason,
                Until("until", self.tr("挂账至"), now=now, days=days, most=float(rules.suspension_days)),
            ]
        return [reason]

    def _show_units(self, units: list[Any]) -> None:
        self.field("suggested_unit").set_units(unit for unit in units if unit.code != self._view.unit)

    def foresee(self) -> None:
        """Ask what the application itself would do, and what would come of it were it granted."""
        # Whether it is possible at all does not hang on the reason's words.
        data = trial_values(self.fields)
        if data is None:
            self.ok.setEnabled(True)
            self.note.say([])
            return
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
        lines = [(self._effect_words(effect), "")]
        if effect.refusal is None:
            lines[0] = lines[0][0], rests_on(self._view.handbook, effect.article)
            if effect.endorser:
                who = self._view.handbook.label("posts", effect.endorser)
                lines.append((self.tr("须先经{who}审批同意，再报派遣员答复。").format(who=who), ""))
        self.note.say(lines, bad=effect.refusal is not None)

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
