"""What a word from above asks for: a note and, where one is wanted, the time by which it must be answered."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from workstation.shell.context import AppContext

from .fields import Field, Given, Until, Words
from .phrases import phrases

MOST_DAYS = 30.0


def direction_fields(context: AppContext, kind: str) -> list[Field]:
    """The fields of urge, supervise and instruct."""
    new = context.services.cases.new_command_id()
    note = QCoreApplication.translate("Directions", "意见")
    return [
        Given("direction_id", lambda: new),
        Words("note", note, phrases=phrases(kind), height=64),
        answer_by(context, kind != "urge"),
    ]


def answer_by(context: AppContext, on: bool) -> Until:
    """By when an answer is wanted, or that none is."""
    return Until(
        "until",
        QCoreApplication.translate("Directions", "回复期限"),
        now=context.services.now(),
        days=1.0,
        most=MOST_DAYS,
        tick=QCoreApplication.translate("Directions", "要求回复，限时"),
        on=on,
    )
