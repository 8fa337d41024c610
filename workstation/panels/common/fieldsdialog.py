"""Fields and a button for what is no move of a case: it is done in the background, and a refusal is shown in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts.text import error_text
from workstation.shell.widgets import Dialog, ScrollBody, kind_label
from workstation.shell.widgets.dialogs import MOST_OF_SCREEN

from .fields import Field

REST = 150
"""Pixels that are kept for the title and the buttons; fields that have no room beside them on the screen scroll."""


class FieldsDialog(Dialog):
    """``work(values)`` runs in the background; ``on_done`` gets what it returns. Refused, nothing typed is lost."""

    def __init__(
        self, context: AppContext, title: str, ok_text: str, fields: Sequence[Field], parent: QWidget | None
    ) -> None:
        super().__init__(title, parent, width=560)
        self._context = context
        self.fields = {field.name: field for field in fields}
        scroll = ScrollBody(margin=0, spacing=10)
        for field in fields:
            field.setParent(self)
            for row in field.rows:
                scroll.body.addWidget(row)
        scroll.body.addStretch(1)
        self._scroll = scroll
        self.body.addWidget(scroll, 100)
        self.error = kind_label("", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(ok_text, "primary", self.submit)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.submit)
        self.work: Callable[[dict[str, Any]], Any] = lambda _data: None
        self.on_done: Callable[[Any], object] = lambda _made: None
        next(iter(fields)).focus()

    def open(self) -> None:
        """Show all the fields, as far as the screen is high enough."""
        super().open()
        most = round(self.screen().availableGeometry().height() * MOST_OF_SCREEN) - REST
        needed = self._scroll.body.totalHeightForWidth(self._scroll.viewport().width())
        self._scroll.setMinimumHeight(max(1, min(needed, most)))
        self._grow(shrink=True)

    def submit(self) -> None:
        """Do it, when everything that is needed is there."""
        for field in self.fields.values():
            wrong = field.missing()
            if field.row is not None:
                field.row.set_error(wrong)
            if wrong:
                field.focus()
                return
        data = {name: field.value() for name, field in self.fields.items()}
        self.ok.setEnabled(False)
        self.error.hide()
        self._context.tasks.run(
            self.work, data, owner=self, on_done=self._finished, on_error=self._failed, priority=1
        )

    def _finished(self, made: Any) -> None:
        self.accept()
        self.on_done(made)

    def _failed(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        self.error.setText(error_text(error, self._context.services.handbook, self._context.names))
        self.error.show()
