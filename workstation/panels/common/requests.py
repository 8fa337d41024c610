"""An application that waits for an answer, and what agreeing or refusing does to the clock."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts.text import limit_text, refusal_text, remaining_text, time_text
from workstation.shell.widgets import Badge, Card, ReasonDialog, SectionHeader, kind_label
from workstation.workflow.case import Case
from workstation.workflow.event import parse_instant

from .answer import RequestEffect
from .card import Facts
from .effects import rests_on
from .phrases import phrases
from .view import CaseView


class RequestCard(Card):
    """Shows one application. :attr:`binding` is ticked where a refused return is a coordinated decision."""

    answer = Signal(str, object, object)
    """The user's answer, as a command: name, case, data."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case: Case | None = None
        self._effect: RequestEffect | None = None
        head = QHBoxLayout()
        self._head = SectionHeader("")
        self._kind = Badge(tone="accent")
        head.addWidget(self._head, 1)
        head.addWidget(self._kind)
        self.body.addLayout(head)
        self._facts = Facts()
        self.body.addWidget(self._facts)
        self._effects = Card(kind="note", margin=10, spacing=4)
        self._effect_facts = Facts()
        self._effects.body.addWidget(self._effect_facts)
        self._article = kind_label("", "small")
        self._article.setWordWrap(True)
        self._effects.body.addWidget(self._article)
        self.body.addWidget(self._effects)
        self.binding = QCheckBox(self.tr("责任经协调裁定，不同意后不得再申请回退"))
        self.body.addWidget(self.binding)

    def show_request(self, view: CaseView, effect: RequestEffect | None) -> None:
        """Show it; None hides the card."""
        self.setVisible(effect is not None)
        self._case, self._effect = view.case, effect
        if effect is None:
            return
        request = effect.request
        now = self._context.services.now()
        book = view.handbook
        who = view.unit_names.get(request.unit, request.unit) or view.people.get(request.by, request.by)
        self._head.set_title(self.tr("{unit}的申请").format(unit=who))
        self._kind.set(self.tr("申请{kind}").format(kind=book.label("requests", request.kind)))
        suggested = str(request.data.get("suggested_unit", ""))
        amount = request.data.get("amount")
        clock = view.case.clock("dispose")
        until = request.data.get("until")
        self._facts.set(
            [
                (
                    self.tr("申请人"),
                    f"{view.people.get(request.by, request.by)} · {time_text(request.asked_at, now)}",
                ),
                (self.tr("理由"), request.reason),
                (self.tr("单位审批"), self._endorsed(view, effect)),
                (self.tr("建议单位"), view.unit_names.get(suggested, suggested)),
                (self.tr("延长"), limit_text(float(amount), clock.unit) if amount and clock else ""),
                (self.tr("挂账至"), time_text(parse_instant(str(until)), now) if until else ""),
            ]
        )
        self._effect_facts.set(
            [(self.tr("同意后"), self._granted(view, effect)), (self.tr("不同意"), self._refused(effect))]
        )
        article = rests_on(book, effect.article)
        self._article.setText(article)
        self._article.setVisible(bool(article))
        self.binding.setVisible(effect.binding_possible)
        self.binding.setChecked(False)

    def _endorsed(self, view: CaseView, effect: RequestEffect) -> str:
        request = effect.request
        if effect.endorsement == "given" and request.endorsed_at is not None:
            return self.tr("{who} {when} 同意").format(
                who=view.people.get(request.endorsed_by, request.endorsed_by),
                when=time_text(request.endorsed_at, self._context.services.now()),
            )
        return self.tr("待单位负责人审批") if effect.endorsement == "wanted" else ""

    def offers(self) -> set[str]:
        """``grant``, ``endorse`` and ``refuse``, as far as the post may."""
        if self._effect is None:
            return set()
        out = {"grant"} if self._effect.may_grant else set()
        if self._effect.may_endorse:
            out.add("endorse")
        return out | ({"refuse"} if self._effect.may_refuse else set())

    @property
    def possible(self) -> bool:
        """Whether it can be agreed to."""
        return self._effect is not None and self._effect.grant_refusal is None

    def grant(self) -> None:
        """Agree."""
        if self._effect is not None:
            request = self._effect.request
            self._send(f"grant_{request.kind}", {"request_id": request.id})

    def endorse(self) -> None:
        """The unit's head agrees that it be asked."""
        if self._effect is not None:
            self._send("endorse_request", {"request_id": self._effect.request.id})

    def refuse(self) -> None:
        """Do not agree; asks why."""
        if self._effect is None:
            return
        request = self._effect.request

        def agreed(reason: str) -> None:
            data: dict[str, Any] = {"request_id": request.id, "reason": reason}
            if self.binding.isVisibleTo(self) and self.binding.isChecked():
                data["binding"] = True
            self._send("refuse_request", data)

        title = self.tr("不同意{kind}申请").format(kind=self._context.label("requests", request.kind))
        ReasonDialog.ask(self, title, agreed, phrases=phrases("refuse"), ok_text=self.tr("不同意"))

    def _send(self, name: str, data: dict[str, Any]) -> None:
        if self._case is not None:
            self.answer.emit(name, self._case, data)

    def _granted(self, view: CaseView, effect: RequestEffect) -> str:
        if effect.grant_refusal is not None:
            return self.tr("不能同意：{why}").format(
                why=refusal_text(effect.grant_refusal, view.handbook, view.unit_names)
            )
        words = self._granted_words(effect)
        if effect.may_endorse:
            return self.tr("报派遣员答复，答复前计时不停。派遣员同意后：{then}").format(then=words)
        return words

    def _granted_words(self, effect: RequestEffect) -> str:
        now = self._context.services.now()
        if effect.request.kind == "return":
            return self.tr("案卷回到待派遣，本次处置计时停止；重新派遣后从头计时。")
        if effect.request.kind == "void":
            return self.tr("案卷作废，全部计时停止。")
        if effect.request.kind == "suspension":
            left = remaining_text(effect.due_before, now)
            return self.tr("处置计时暂停，恢复后接着计（现{left}）；到期 {until} 自动恢复。").format(
                left=left, until=time_text(effect.until, now)
            )
        return self.tr("处置截止由 {before} 延至 {after}。").format(
            before=time_text(effect.due_before, now), after=time_text(effect.due_after, now)
        )

    def _refused(self, effect: RequestEffect) -> str:
        now = self._context.services.now()
        if effect.due_before is None:
            return self.tr("案卷照常办理，时限不变。")
        return self.tr("单位继续处置，计时从未停止，仍须在 {due} 前完成（{left}）。").format(
            due=time_text(effect.due_before, now), left=remaining_text(effect.due_before, now)
        )
