"""What closing waits for and what comes after it: the parts of a split case, and the call to whoever reported it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from workstation.panels.common.phrases import phrases
from workstation.panels.common.private import PrivateNote
from workstation.panels.common.reporter import ReporterLine
from workstation.shell.context import AppContext
from workstation.shell.widgets import (
    Badge,
    Card,
    FormRow,
    PhraseBar,
    SectionHeader,
    button,
    kind_label,
    state_tone,
)
from workstation.workflow.flow import VISIT_RESULTS

from .effect import VerificationView


class PartsCard(Card):
    """The cases that this one was split into, each with its state; hidden where there is none."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, kind="inset", spacing=6)
        self._context = context
        self._head = SectionHeader("")
        self.body.addWidget(self._head)
        self._box = QVBoxLayout()
        self._box.setSpacing(4)
        self.body.addLayout(self._box)
        self._lines: list[QWidget] = []

    def show_view(self, view: VerificationView) -> None:
        """Show the case's parts."""
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        waiting = view.open_children
        self._head.set_title(
            self.tr("子案卷 · {n} 件未办结，办结后方可结案").format(n=waiting)
            if waiting
            else self.tr("子案卷 · 已全部办结")
        )
        for row in view.children:
            line = QWidget()
            box = QHBoxLayout(line)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(8)
            box.addWidget(Badge(view.handbook.label("states", row.state), state_tone(row.state)))
            words = kind_label(f"{row.class_name} · {row.description}")
            words.setWordWrap(True)
            box.addWidget(words, 1)
            box.addWidget(button(self.tr("查看"), "link", on_click=partial(self._context.show_case, row.id)))
            self._box.addWidget(line)
            self._lines.append(line)
        self.setVisible(bool(self._lines))


class VisitCard(Card):
    """回访: what the reporter says when called back (MOH-1-SATISFACTION). ``ready(bool)``: whether it can be recorded."""

    ready = Signal(bool)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._case = ""
        self.body.addWidget(SectionHeader(self.tr("回访")))
        self.reporter = ReporterLine(context)
        self.body.addWidget(self.reporter)
        row = QHBoxLayout()
        row.setSpacing(14)
        self.results: dict[str, QRadioButton] = {}
        for key in VISIT_RESULTS:
            radio = QRadioButton(context.label("results", key))
            radio.toggled.connect(self._chosen)
            row.addWidget(radio)
            self.results[key] = radio
        row.addStretch(1)
        self.body.addLayout(row)
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(60)
        self.note.setTabChangesFocus(True)
        self.body.addWidget(FormRow(self.tr("回访记录"), self.note))
        self.body.addWidget(PrivateNote((self.note,)))
        self.body.addWidget(PhraseBar(phrases("visit"), self.note))

    def show_view(self, view: VerificationView) -> None:
        """Ready for the answer; hidden where nobody is to be called."""
        may = view.may("visit")
        self.setVisible(may)
        if not may:
            return
        case = view.case
        self.reporter.show_case(case)
        if case.id != self._case:
            self._case = case.id
            for radio in self.results.values():
                radio.setAutoExclusive(False)
                radio.setChecked(False)
                radio.setAutoExclusive(True)
        self._chosen()

    def _chosen(self) -> None:
        self.ready.emit(bool(self.result))

    @property
    def result(self) -> str:
        """What the reporter said; "" while nothing is chosen: nobody is satisfied by default."""
        return next((key for key, radio in self.results.items() if radio.isChecked()), "")

    def data(self) -> dict[str, Any]:
        """The data of ``visit`` as filled in now."""
        out: dict[str, Any] = {"result": self.result}
        if words := self.note.toPlainText().strip():
            out["note"] = words
        return out
