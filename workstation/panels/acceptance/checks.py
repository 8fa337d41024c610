"""A registered case on its way to filing: sent to be checked, and what was found written down for the collector."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workstation.panels.common.card import CaseCard
from workstation.panels.common.people import PersonCombo
from workstation.panels.common.photos import PhotoEntry
from workstation.panels.common.phrases import phrases
from workstation.panels.common.private import PrivateNote
from workstation.panels.common.view import StageView, load_view
from workstation.services.centre.people import Person
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.widgets import Card, FormRow, PhraseBar, ScrollBody, SectionHeader
from workstation.workflow.event import Actor


@dataclass(frozen=True)
class AcceptanceView(StageView):
    """A case before filing, with who may check it and whose grid it is in."""

    collectors: tuple[Person, ...]
    suggested: str
    back: str
    """Why it was sent back, "" when it was not."""


def read_acceptance(services: Services, case_id: str, actor: Actor) -> AcceptanceView:
    """The case as the operator needs it."""
    base = load_view(services, case_id, actor)
    someone = services.people.collector_for(base.case.grid) if base.case.grid else None
    back = ""
    for stored in services.cases.history(case_id):
        if stored.event.kind == "send_back":
            back = str(stored.event.data.get("reason", ""))
    return AcceptanceView(
        base,
        tuple(services.people.with_post("collector")),
        someone.id if someone is not None else "",
        back,
    )


class CheckPage(ScrollBody):
    """Shows the case; asks for the collector before the check, for what was found after it."""

    changed = Signal()

    def __init__(self, context: AppContext, area: QWidget) -> None:
        super().__init__(margin=14)
        self.card = CaseCard(context, reporter=True)
        self.body.addWidget(self.card)
        self._send = Card()
        self._send.body.addWidget(SectionHeader(self.tr("派核实")))
        self.collector = PersonCombo()
        self.collector.changed.connect(self.changed)
        self._send.body.addWidget(FormRow(self.tr("核实人"), self.collector, required=True))
        self.body.addWidget(self._send)
        self._find = Card()
        self._find.body.addWidget(SectionHeader(self.tr("录入核实结果")))
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(62)
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("采集员在现场看到的情况"))
        self._find.body.addWidget(self.note)
        self._find.body.addWidget(PrivateNote((self.note,)))
        self._find.body.addWidget(PhraseBar(phrases("check_true") + phrases("check_false"), self.note))
        self.photos = PhotoEntry(context, "check", area)
        self._find.body.addWidget(FormRow(self.tr("核实照片"), self.photos))
        self.body.addWidget(self._find)
        self.body.addStretch(1)

    def show_view(self, view: AcceptanceView) -> None:
        """Show the case."""
        case = view.case
        sent = view.base.people.get(case.check_to, case.check_to)
        self.card.show_view(view.base, [(self.tr("核实人"), sent), (self.tr("退回原因"), view.back)])
        self._send.setVisible(view.may("send_check"))
        self._find.setVisible(view.may("checked"))
        self.collector.set_people(view.collectors, view.suggested, case.id)
