"""What a unit sees besides the case: clocks of their own, what became of its application, and the order inside a district."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.panels.common.answer import endorsement
from workstation.panels.common.card import ClockLine, Facts
from workstation.shell.context import AppContext
from workstation.shell.look.style import set_kind
from workstation.shell.texts.text import limit_text, remaining_text, time_text
from workstation.shell.widgets import Card, SectionHeader
from workstation.workflow.case import Request
from workstation.workflow.event import parse_instant

from .effect import DisposalView


class MilestoneCard(Card):
    """Milestones (TZ-13-SAFETY) and what a key case asks for (TZ-3-KEY), each with its clock; hidden where there is none."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, kind="inset", spacing=4)
        self._context = context
        self.body.addWidget(SectionHeader(self.tr("节点时限")))
        self._box = QVBoxLayout()
        self._box.setSpacing(4)
        self.body.addLayout(self._box)
        self._lines: list[QWidget] = []

    def show_view(self, view: DisposalView) -> None:
        """Show the lead unit's."""
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        marks, specs = view.handbook.milestones, view.handbook.clocks
        for clock in view.case.clocks:
            label = marks[clock.name].label if clock.name in marks else ""
            spec = specs.get(clock.name)
            if spec is not None and spec.key_cases and clock.stopped_at is None:
                label = spec.label
            if label and view.leads:
                line = ClockLine(self._context, self)
                line.show_clock(clock, label)
                self._box.addWidget(line)
                self._lines.append(line)
        self.setVisible(bool(self._lines))


class PendingCard(Card):
    """The unit's application that waits for an answer, or the answer it got; hidden where there is none."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, kind="warn")
        self._context = context
        self._facts = Facts()
        self.body.addWidget(self._facts)

    def show_view(self, view: DisposalView) -> None:
        """Show what was asked and since when, or how it was answered while the order stands."""
        request = view.own_request
        answered = self._answered(view) if request is None else None
        shown = request or answered
        # Whoever has to answer it here reads it in a card of its own.
        deciding = view.request is not None and (view.request.may_endorse or view.request.may_grant)
        self.setVisible(shown is not None and not deciding)
        if shown is None:
            return
        set_kind(self, "warn" if request is not None else "inset")
        clock = view.case.clock("dispose")
        now = self._context.services.now()
        amount, until = shown.data.get("amount"), shown.data.get("until")
        suggested = str(shown.data.get("suggested_unit", ""))
        facts = [
            (self.tr("已申请"), self._state(view, shown, now)),
            (self.tr("理由"), shown.reason),
            (self.tr("延长"), limit_text(float(amount), clock.unit) if amount and clock else ""),
            (self.tr("挂账至"), time_text(parse_instant(str(until)), now) if until else ""),
            (self.tr("建议单位"), view.base.unit_names.get(suggested, suggested)),
        ]
        if answered is not None:
            facts.append((self.tr("答复"), self._answer(view, answered, now)))
        self._facts.set(facts)

    def _answered(self, view: DisposalView) -> Request | None:
        """The latest answer to the present order's applications."""
        lead = view.case.lead
        if not view.leads or lead is None:
            return None
        mine = [
            request
            for request in view.case.requests
            if request.unit == view.unit
            and request.answer in ("granted", "refused")
            and request.asked_at >= lead.dispatched_at
        ]
        return mine[-1] if mine else None

    def _state(self, view: DisposalView, request: Request, now: datetime) -> str:
        words = f"{view.handbook.label('requests', request.kind)} · {time_text(request.asked_at, now)}"
        if request.answer:
            return words
        if endorsement(request, view.handbook) == "wanted":
            who = view.handbook.label("posts", view.handbook.rules.endorser)
            return self.tr("{what} · 待{who}审批，计时不停").format(what=words, who=who)
        return self.tr("{what} · 等待答复，计时不停").format(what=words)

    def _answer(self, view: DisposalView, request: Request, now: datetime) -> str:
        who = view.base.people.get(request.answered_by, request.answered_by)
        words = " · ".join(
            part
            for part in (
                view.handbook.label("answers", request.answer),
                who,
                time_text(request.answered_at, now),
            )
            if part
        )
        if request.answer_reason:
            words += self.tr("：{why}").format(why=request.answer_reason)
        clock = view.case.clock("dispose")
        if request.answer == "refused" and clock is not None and clock.due_at is not None:
            words += "\n" + self.tr("计时从未停止，须在 {due} 前完成（{left}）。").format(
                due=time_text(clock.due_at, now), left=remaining_text(clock.due_at, now)
            )
        if request.kind == "return" and view.case.no_return:
            words += "\n" + self.tr("责任已裁定，不得再申请回退。")
        return words
