"""Words from above (催办、督办、批示) that the people at work on a case read and answer."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts.text import remaining_text, time_text
from workstation.shell.widgets import Badge, Card, SectionHeader, button, kind_label
from workstation.workflow.case import Direction

from .action import ActionDialog
from .card import wrapped
from .fields import Given, Words
from .phrases import phrases
from .view import CaseView

SHOWN = 3
TONES = {"urge": "yellow", "supervise": "red", "instruct": "accent"}


class DirectionCard(Card):
    """The latest directions of a case, those that wait for an answer first; hidden where there is none."""

    reply = Signal(object, object)
    """The user's answer: case, data of ``reply``."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, kind="inset", spacing=6)
        self._context = context
        self._view: CaseView | None = None
        self._head = SectionHeader("")
        self.body.addWidget(self._head)
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        self.body.addLayout(self._box)
        self._lines: list[QWidget] = []

    def show_view(self, view: CaseView) -> None:
        """Show the case's."""
        self._view = view
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        found = sorted(view.case.directions, key=lambda item: (not item.waiting, -item.at.timestamp()))
        self._lines = [self._line(view, item) for item in found[:SHOWN]]
        for line in self._lines:
            self._box.addWidget(line)
        waiting = sum(item.waiting for item in found)
        self._head.set_title(
            self.tr("督办催办 · {n} 条待回复").format(n=waiting) if waiting else self.tr("督办催办")
        )
        self.setVisible(bool(found))

    def _line(self, view: CaseView, item: Direction) -> QWidget:
        now = self._context.services.now()
        line = QWidget()
        box = QVBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Badge(view.handbook.label("arrows", item.kind), TONES.get(item.kind, "accent")))
        who = f"{view.people.get(item.by, item.by)} · {time_text(item.at, now)}"
        head.addWidget(kind_label(who, "small"), 1)
        if item.waiting and view.may("reply"):
            head.addWidget(button(self.tr("回复"), "small", on_click=partial(self.answer, item.id)))
        box.addLayout(head)
        box.addWidget(wrapped(item.note))
        if item.waiting and item.until is not None:
            late = item.until < now
            due = self.tr("{until} 前回复（{left}）").format(
                until=time_text(item.until, now), left=remaining_text(item.until, now)
            )
            box.addWidget(kind_label(due, "error" if late else "label"))
        if item.answered_at is not None:
            said = self.tr("{who} {when} 回复：{answer}").format(
                who=view.people.get(item.answered_by, item.answered_by),
                when=time_text(item.answered_at, now),
                answer=item.answer,
            )
            small = kind_label(said, "label")
            small.setWordWrap(True)
            box.addWidget(small)
        return line

    def answer(self, direction_id: str) -> ActionDialog | None:
        """Ask for the answer to one direction."""
        if self._view is None:
            return None
        case = self._view.case
        item = next(found for found in case.directions if found.id == direction_id)

        def agreed(data: dict[str, Any]) -> None:
            self.reply.emit(case, data)

        dialog = ActionDialog(
            self._context,
            "reply",
            [case],
            [
                Given("direction_id", lambda: direction_id),
                Words("note", self.tr("回复内容"), phrases=phrases("reply")),
            ],
            agreed,
            self,
            intro=item.note,
        )
        dialog.open()
        return dialog
