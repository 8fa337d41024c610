"""The weekly hours: one line for each day of the week, checked as it is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.shell.texts.calendar import calendar_error_text
from workstation.shell.widgets import kind_label
from workstation.workflow.calendar import CalendarError

from .draft import Draft
from .yearview import weekday_words


class WeekForm(QWidget):
    """Seven fields; an empty one is a free day. ``edited`` follows each change that the draft took."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        self.fields: list[QLineEdit] = []
        for i, word in enumerate(weekday_words()):
            name = kind_label(self.tr("周{day}").format(day=word), "label")
            field = QLineEdit()
            field.setPlaceholderText(self.tr("休息"))
            field.setAccessibleName(name.text())
            field.editingFinished.connect(lambda at=i: self._leave(at))
            name.setBuddy(field)
            grid.addWidget(name, i, 0)
            grid.addWidget(field, i, 1)
            self.fields.append(field)
        box.addLayout(grid)
        self.note = kind_label(self.tr("时段写成 08:00-12:00 14:00-18:00，留空为休息。"), "small")
        self.note.setWordWrap(True)
        self.wrong = kind_label("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        box.addWidget(self.note)
        box.addWidget(self.wrong)

    def show_draft(self, draft: Draft, editable: bool) -> None:
        """The hours of a draft; only read where the post may not edit."""
        self._draft = draft
        for i, field in enumerate(self.fields):
            field.setText(draft.hours(i))
            field.setReadOnly(not editable)
        self.note.setVisible(editable)
        self.wrong.hide()

    def _leave(self, at: int) -> None:
        draft, field = self._draft, self.fields[at]
        if draft is None or field.isReadOnly() or field.text().split() == draft.hours(at).split():
            return
        try:
            draft.set_hours(at, field.text())
        except CalendarError as error:
            self.wrong.setText(calendar_error_text(error))
            self.wrong.show()
            return
        self.wrong.hide()
        self.edited.emit()
