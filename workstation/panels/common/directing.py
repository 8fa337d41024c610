"""What a word from above asks for: a note and, where one is wanted, the time by which it must be answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox

from workstation.shell.context import AppContext

from .fields import Field, Given, Until, Words
from .phrases import phrases

MOST_DAYS = 30.0


class ReplyUntil(Until):
    """A time by which an answer is wanted; left out while the tick is not set."""

    def __init__(self, now: datetime, days: float, asked: bool) -> None:
        words = QCoreApplication.translate("Directions", "要求回复，限时")
        super().__init__("until", words, now=now, days=days, most=MOST_DAYS, required=False)
        self.box = QCheckBox(words)
        self.box.setChecked(asked)
        self.box.toggled.connect(self._toggled)
        self.rows = [self.box, self.edit]
        self.row = None
        self._toggled(asked)

    def _toggled(self, on: bool) -> None:
        self.edit.setEnabled(on)
        self.changed.emit()

    def focus(self) -> None:
        self.box.setFocus()

    def value(self) -> Any:
        return super().value() if self.box.isChecked() else None


def direction_fields(context: AppContext, kind: str) -> list[Field]:
    """The fields of urge, supervise and instruct."""
    new = context.services.cases.new_command_id()
    note = QCoreApplication.translate("Directions", "意见")
    return [
        Given("direction_id", lambda: new),
        Words("note", note, phrases=phrases(kind), height=64),
        ReplyUntil(context.services.now(), 1.0, kind != "urge"),
    ]
