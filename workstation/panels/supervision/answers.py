"""What was said about the case looked at, and what was answered."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.panels.case.around import directions_card
from workstation.panels.case.reading import CaseSheet, read_sheet
from workstation.shell.context import AppContext
from workstation.shell.widgets import ScrollBody, empty, kind_label


class AnswersView(ScrollBody):
    """Follows the selection; hidden while there is nothing to read."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0, spacing=4)
        self._context = context
        self._wanted = ""
        self._head = kind_label("", "small")
        self.body.addWidget(self._head)
        self._box = QVBoxLayout()
        self.body.addLayout(self._box)
        self.body.addStretch(1)
        self.setMinimumHeight(0)
        self.hide()
        context.selection.changed.connect(self.reload)
        context.changed.connect(self._changed)

    def _changed(self, changes: object) -> None:
        if self._wanted in getattr(changes, "cases", ()):
            self.reload()

    def reload(self) -> None:
        """Read the case looked at."""
        holder = self.parentWidget()
        if holder is not None and not holder.isVisible():
            return
        self._wanted = self._context.selection.current
        if not self._wanted:
            self.hide()
            return
        context = self._context
        context.tasks.run(
            read_sheet,
            context.services,
            self._wanted,
            context.actor,
            owner=self,
            key="answers",
            on_done=self._show,
            on_error=lambda _error: self.hide(),
        )

    def _show(self, sheet: CaseSheet) -> None:
        if sheet.case.id != self._wanted:
            return
        empty(self._box)
        if not sheet.case.directions:
            self.hide()
            return
        self._head.setText(self.tr("{code} {what}").format(code=sheet.case.code, what=sheet.case.class_name))
        self._box.addWidget(directions_card(self._context, sheet))
        self.show()
