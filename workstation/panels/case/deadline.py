"""By when an answer is wanted: an instant that may be left out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QHBoxLayout, QWidget

from workstation.panels.common.fields import ZONE, Field
from workstation.workflow.event import format_instant

DAYS = 1
"""A day ahead to begin with."""


class AnswerBy(Field):
    """A tick and an instant; nothing is sent while it is not ticked."""

    def __init__(self, name: str, title: str, *, now: datetime, on: bool = False) -> None:
        super().__init__(name)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.box = QCheckBox(self.tr("限时回复"))
        self.box.setChecked(on)
        start = QDateTime.fromSecsSinceEpoch(int(now.timestamp()) // 60 * 60, ZONE)
        self.edit = QDateTimeEdit()
        self.edit.setTimeZone(ZONE)
        self.edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.edit.setCalendarPopup(True)
        self.edit.setMinimumDateTime(start.addSecs(60))
        self.edit.setDateTime(start.addDays(DAYS))
        self.edit.setEnabled(on)
        row.addWidget(self.box)
        row.addWidget(self.edit, 1)
        self.box.toggled.connect(self._toggled)
        self.edit.dateTimeChanged.connect(lambda _at: self.changed.emit())
        self._row(title, holder)

    def _toggled(self, on: bool) -> None:
        self.edit.setEnabled(on)
        self.changed.emit()

    def focus(self) -> None:
        self.box.setFocus()

    def value(self) -> Any:
        if not self.box.isChecked():
            return None
        return format_instant(datetime.fromtimestamp(self.edit.dateTime().toSecsSinceEpoch(), UTC))
