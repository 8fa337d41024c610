"""What the check on the spot found (核实结果): true or false, who says so, with note and photographs."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.panels.common.card import Facts
from workstation.shell.context import AppContext
from workstation.shell.texts.text import time_text
from workstation.shell.widgets import Badge, Card, SectionHeader
from workstation.shell.widgets.photos import PhotoStrip
from workstation.workflow.case import State

from .effect import FilingView

TONES = {"true_report": "green", "false_report": "red"}


class CheckCard(Card):
    """Shows the latest check, or that none is needed or none has come back yet."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, kind="inset")
        self._context = context
        head = QHBoxLayout()
        head.addWidget(SectionHeader(self.tr("核实结果")), 1)
        self._result = Badge(parent=self)
        head.addWidget(self._result)
        self.body.addLayout(head)
        self._facts = Facts()
        self.body.addWidget(self._facts)
        self._photos = PhotoStrip(context, role="check")
        self.body.addWidget(self._photos)

    def show_view(self, view: FilingView) -> None:
        """Show what is known."""
        case, book = view.case, view.handbook
        source = book.sources.get(case.source)
        if case.check_result:
            result = book.label("results", case.check_result)
        elif source is not None and source.family == "patrol":
            result = self.tr("免核实")
        else:
            result = self.tr("待核实")
        self._result.set(result, TONES.get(case.check_result, "text_3"))
        when = time_text(view.found_at, self._context.services.now())
        who = " ".join(part for part in (view.found_by, when) if part)
        if not who and case.state is State.CHECKING:
            who = view.base.people.get(case.check_to, case.check_to)
        self._facts.set([(self.tr("核实人"), who), (self.tr("核实说明"), view.found_note)])
        self._photos.set_photos(photo for photo in case.photos if photo.role == "check")
