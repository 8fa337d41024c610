"""Telephone and identity numbers in free text: told where they are typed, and moved to the field that keeps them encrypted.

Free text is kept as it was written, in the log, for good; nothing is changed in it silently.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from workstation.services.personal.masking import Found, found_in
from workstation.shell.widgets import button, kind_label

Edit = QLineEdit | QPlainTextEdit
PAUSE = 300
"""Milliseconds without a key before the text is looked through."""


def text_of(edit: Edit) -> str:
    """What stands in it."""
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


class PrivateNote(QFrame):
    """Watches free texts; shown while one of them has a number in it. ``phone``: the field that such a number belongs in."""

    def __init__(
        self, edits: tuple[Edit, ...], phone: QLineEdit | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._edits, self._phone = edits, phone
        self.setProperty("kind", "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(8)
        self.words = kind_label("")
        self.words.setWordWrap(True)
        row.addWidget(self.words, 1)
        self.move_button = button(self.tr("移到联系电话"), "link", on_click=self.take)
        row.addWidget(self.move_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)
        for edit in edits:
            edit.textChanged.connect(self._timer.start)
        self.hide()

    def _found(self) -> list[tuple[Edit, Found]]:
        return [(edit, item) for edit in self._edits for item in found_in(text_of(edit))]

    def look(self) -> None:
        """Look through the texts now."""
        found = self._found()
        numbers = [item for _, item in found if item.kind != "identity"]
        if len(numbers) < len(found):
            self.words.setText(self.tr("文字中有身份证号码。办理问题用不到，请删去。"))
        elif found:
            self.words.setText(
                self.tr("文字中有电话号码 {number}。写在这里人人可见，也不能撤回。").format(
                    number=numbers[0].text
                )
            )
        self.move_button.setVisible(bool(numbers) and self._phone is not None)
        self.setVisible(bool(found))

    def take(self) -> None:
        """Move the first telephone number to its field, behind what stands there."""
        for edit, item in self._found():
            if item.kind == "identity" or self._phone is None:
                continue
            text = text_of(edit)
            rest = (text[: item.start] + text[item.end :]).strip()
            put: Callable[[str], None] = edit.setText if isinstance(edit, QLineEdit) else edit.setPlainText
            put(rest)
            before = self._phone.text().strip()
            if item.text not in before:
                self._phone.setText("、".join(part for part in (before, item.text) if part))
                self._phone.textEdited.emit(self._phone.text())
            break
        self.look()
