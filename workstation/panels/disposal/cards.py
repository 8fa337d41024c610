"""What a unit sees besides the case: milestones with a time of their own, and the application it has made."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.panels.common.card import ClockLine, Facts
from workstation.shell.context import AppContext
from workstation.shell.text import limit_text, time_text
from workstation.shell.widgets import Card, SectionHeader
from workstation.workflow.event import parse_instant

from .effect import DisposalView


class MilestoneCard(Card):
    """The milestones of the case (TZ-13-SAFETY), each with its clock; hidden where there is none."""

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
        marks = view.handbook.milestones
        for clock in view.case.clocks:
            if clock.name in marks and view.leads:
                line = ClockLine(self._context, self)
                line.show_clock(clock, marks[clock.name].label)
                self._box.addWidget(line)
                self._lines.append(line)
        self.setVisible(bool(self._lines))


class PendingCard(Card):
    """The unit's application that waits for an answer; hidden where there is none."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, kind="warn")
        self._context = context
        self._facts = Facts()
        self.body.addWidget(self._facts)

    def show_view(self, view: DisposalView) -> None:
        """Show what was asked and since when."""
        request = view.case.pending() if view.leads else None
        self.setVisible(request is not None)
        if request is None:
            return
        now = self._context.services.now()
        clock = view.case.clock("dispose")
        amount, until = request.data.get("amount"), request.data.get("until")
        suggested = str(request.data.get("suggested_unit", ""))
        asked = self.tr("{kind} · {when} · 等待答复，计时不停").format(
            kind=view.handbook.label("requests", request.kind), when=time_text(request.asked_at, now)
        )
        self._facts.set(
            [
                (self.tr("已申请"), asked),
                (self.tr("理由"), request.reason),
                (self.tr("延长"), limit_text(float(amount), clock.unit) if amount and clock else ""),
                (self.tr("挂账至"), time_text(parse_instant(str(until)), now) if until else ""),
                (self.tr("建议单位"), view.base.unit_names.get(suggested, suggested)),
            ]
        )
