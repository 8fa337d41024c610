"""What is known of a case: problem, place, reporter, class and limit, units, photographs, requests."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.panels.common.reporter import ReporterLine
from workstation.shell.context import AppContext
from workstation.shell.texts import text
from workstation.shell.texts.text import joined
from workstation.shell.widgets import Card, PhotoStrip, SectionHeader, button, kind_label
from workstation.workflow.case import Case

from .around import coordination_card, inner_card, links_card, money_card, waiting_direction
from .clocks import clear
from .evidence import EvidenceCard
from .grid import facts_grid
from .people import contact_tip, daily_receiver
from .reading import CaseSheet
from .requests import pending_card


class FactsView(QWidget):
    """The facts as cards. ``on_move(name)`` is called by the buttons of a pending request."""

    def __init__(
        self, context: AppContext, on_move: Callable[..., object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._on_move = on_move
        self._reporter = ReporterLine(context, self, caption=self.tr("反映人"), erasing=True)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show a case."""
        # It outlives the card that it stands in: what is shown in the clear stays for its time.
        self._reporter.setParent(self)
        clear(self._box)
        case = sheet.case
        for request in reversed(case.requests):
            if not request.answer:
                self._box.addWidget(pending_card(self._context, request, sheet, self._on_move))
        for direction in reversed(case.directions):
            if direction.waiting:
                self._box.addWidget(waiting_direction(self._context, direction, sheet, self._on_move))
        if case.coordinating is not None:
            self._box.addWidget(coordination_card(self._context, case.coordinating, sheet, self._on_move))
        self._box.addWidget(self._problem(sheet))
        self._box.addWidget(self._disposal(sheet))
        for card in (
            money_card(self._context, sheet, self._on_move),
            inner_card(self._context, sheet),
            links_card(self._context, sheet),
        ):
            if card is not None:
                self._box.addWidget(card)
        if case.photos:
            self._box.addWidget(self._photos(case))
        if sheet.evidence is not None:
            self._box.addWidget(EvidenceCard(self._context, case, sheet.evidence))

    # ---- cards --------------------------------------------------------------------------------------------------

    def _problem(self, sheet: CaseSheet) -> Card:
        case, label = sheet.case, sheet.handbook.label
        card = Card()
        head = SectionHeader(self.tr("问题"), icon="warning")
        if case.lon is not None and case.lat is not None:
            lon, lat = case.lon, case.lat
            head.add(
                button(self.tr("定位"), "link", "pin", lambda: self._context.canvas.fly_to(lon, lat, 2000))
            )
        card.body.addWidget(head)
        if case.description:
            words = kind_label(case.description)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(words)
        kind = " · ".join(
            part for part in (text.kind_text(case.kind), case.class_name, case.class_code) if part
        )
        component = ""
        if case.component:
            name = sheet.component.name if sheet.component is not None else ""
            component = " ".join(part for part in (name, case.component) if part)
        card.body.addLayout(
            facts_grid(
                [
                    (self.tr("类别"), kind),
                    (self.tr("地址"), case.address),
                    (self.tr("网格"), sheet.place or case.grid),
                    (self.tr("部件"), component),
                    (self.tr("来源"), label("sources", case.source) if case.source else ""),
                    (self.tr("上级案卷号"), case.upstream_code),
                    (self.tr("上报时间"), text.full_time_text(case.reported_at or case.registered_at)),
                ]
            )
        )
        card.body.addWidget(self._reporter)
        self._reporter.show_case(case)
        return card

    def _disposal(self, sheet: CaseSheet) -> Card:
        case, handbook = sheet.case, sheet.handbook
        card = Card()
        card.body.addWidget(SectionHeader(self.tr("办理"), icon="disposal"))
        condition = handbook.condition(case.condition) if case.condition else None
        dispose = case.clock("dispose")
        limit = text.limit_text(dispose.amount, dispose.unit) if dispose is not None else ""
        if not limit and condition is not None:
            limit = text.limit_text(condition.amount_for(case.area_class), condition.unit)
        name = self._context.name_of
        contacts = sheet.contacts
        lead, others = self.tr("主办单位"), self.tr("协办单位")
        rows = [
            (self.tr("立案条件"), condition.text if condition is not None else ""),
            (self.tr("处置时限"), limit),
            (self.tr("结案标准"), case.closing_standard),
            (lead, name(case.lead.unit) if case.lead is not None else ""),
            (self.tr("值守电话"), daily_receiver(contacts.get(case.lead.unit, ())) if case.lead else ""),
            (self.tr("批办"), self._approval(case)),
            (others, joined(name(order.unit) for order in case.cooperating)),
            (self.tr("裁定单位"), name(case.ruled_unit) if case.ruled_unit else ""),
            (self.tr("处置要求"), case.requirement),
            (self.tr("核实结果"), handbook.label("results", case.check_result) if case.check_result else ""),
            (self.tr("返工次数"), str(case.rework) if case.rework else ""),
            (self.tr("办结理由"), case.outcome_reason),
            (self.tr("移送"), name(case.transferred_to) if case.transferred_to else ""),
            (self.tr("回访结果"), handbook.label("results", case.satisfaction) if case.satisfaction else ""),
            (self.tr("结果上报"), text.full_time_text(case.reported_up_at)),
            (self.tr("指挥手册"), handbook.title if case.filed_at is not None else ""),
        ]
        if not any(value for _, value in rows):
            rows = [(self.tr("现状"), handbook.label("states", case.state))]
        tips = {
            lead: contact_tip(name(case.lead.unit), contacts.get(case.lead.unit, ())) if case.lead else "",
            others: "\n".join(
                contact_tip(name(order.unit), contacts.get(order.unit, ())) for order in case.cooperating
            ),
        }
        card.body.addLayout(facts_grid(rows, tips))
        return card

    def _photos(self, case: Case) -> Card:
        card = Card()
        head = SectionHeader(self.tr("照片"), icon="photo")
        head.set_count(len(case.photos))
        card.body.addWidget(head)
        strip = PhotoStrip(self._context)
        strip.set_photos(case.photos)
        card.body.addWidget(strip)
        return card

    def _approval(self, case: Case) -> str:
        lead = case.lead
        if lead is None or lead.approved_at is None:
            return ""
        return self.tr("{who}，{time}").format(
            who=self._context.name_of(lead.approved_by), time=text.time_text(lead.approved_at)
        )
