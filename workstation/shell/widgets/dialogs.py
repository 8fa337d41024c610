"""Dialogs: a reason with its usual phrases, a question, a form made from an arrow's fields.

All are opened, never executed: no nested event loop, and tests can drive them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..look import icons
from .basics import FormRow, button, kind_label
from .flow import FlowLayout

MOST_OF_SCREEN = 0.92


class Dialog(QDialog):
    """A window-modal dialog with a title, a body and a row of buttons. Deleted when closed."""

    def __init__(
        self, title: str, parent: QWidget | None = None, *, icon: str = "", width: int = 460
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(
            Qt.WindowModality.WindowModal if parent is not None else Qt.WindowModality.ApplicationModal
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 18, 20, 16)
        outer.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        if icon:
            sign = QLabel()
            tone = {"warning": "yellow", "close-circle": "red", "check-circle": "green"}.get(icon, "accent")
            sign.setPixmap(icons.pixmap(icon, 24, tone, self.devicePixelRatioF()))
            head.addWidget(sign)
        self.heading = kind_label(title, "title")
        self.heading.setWordWrap(True)
        head.addWidget(self.heading, 1)
        outer.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        outer.addLayout(self.body, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        outer.addSpacing(4)
        outer.addLayout(self._buttons)

    def open(self) -> None:
        """Show it as high as its fields; room to spare goes below the body, not between its fields."""
        self.body.addStretch(1)
        super().open()
        self._grow(shrink=True)

    def event(self, event: QEvent) -> bool:
        """What comes up later, such as a note or an error, gets room of its own instead of squeezing the rest."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def _grow(self, *, shrink: bool = False) -> None:
        layout, screen = self.layout(), self.screen()
        if layout is None or screen is None:
            return
        # The hint's height is that of a narrower dialog, where what wraps takes more lines.
        wraps = layout.hasHeightForWidth()
        needed = layout.totalHeightForWidth(self.width()) if wraps else layout.totalSizeHint().height()
        height = min(needed, round(screen.availableGeometry().height() * MOST_OF_SCREEN))
        if height > self.height() or shrink:
            self.resize(self.width(), height)

    def add_button(
        self, words: str, kind: str = "", on_click: Callable[[], object] | None = None
    ) -> QPushButton:
        """A button at the right end of the row; without ``on_click`` it closes the dialog."""
        widget = button(words, kind, on_click=on_click or self.reject)
        widget.setAutoDefault(kind in ("primary", "danger"))
        widget.setDefault(kind in ("primary", "danger"))
        self._buttons.addWidget(widget)
        return widget


class ReasonDialog(Dialog):
    """Asks for a reason. Usual phrases 惯用语 are one click away; empty is not accepted where it is required."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        on_ok: Callable[[str], object],
        *,
        phrases: Sequence[str] = (),
        caption: str = "",
        ok_text: str = "",
        required: bool = True,
        danger: bool = False,
    ) -> None:
        super().__init__(title, parent)
        self._on_ok = on_ok
        self._required = required
        self.edit = QPlainTextEdit()
        self.edit.setFixedHeight(92)
        self.edit.setTabChangesFocus(True)
        self._row = FormRow(caption or self.tr("理由"), self.edit, required=required)
        self.body.addWidget(self._row)
        if phrases:
            self.body.addWidget(PhraseBar(phrases, self.edit))
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(ok_text or self.tr("确定"), "danger" if danger else "primary", self._accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._accept)
        self.edit.setFocus()

    def _accept(self) -> None:
        words = self.edit.toPlainText().strip()
        if self._required and not words:
            self._row.set_error(self.tr("请填写理由"))
            self.edit.setFocus()
            return
        self.accept()
        self._on_ok(words)

    @classmethod
    def ask(
        cls, parent: QWidget | None, title: str, on_ok: Callable[[str], object], **options: object
    ) -> ReasonDialog:
        """Open it; ``on_ok(reason)`` is called when the person agrees."""
        dialog = cls(parent, title, on_ok, **options)  # type: ignore[arg-type]
        dialog.open()
        return dialog


class PhraseBar(QWidget):
    """Usual phrases as chips; a click puts the phrase into the text."""

    def __init__(self, phrases: Sequence[str], edit: QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        layout = FlowLayout(self, spacing=6)
        for phrase in phrases:
            chip = button(phrase, "chip")
            chip.setAutoDefault(False)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _checked=False, words=phrase: self._put(words))
            layout.addWidget(chip)

    def _put(self, words: str) -> None:
        before = self._edit.toPlainText().rstrip()
        glue = "" if not before or before[-1] in "，。；,;" else "，"
        self._edit.setPlainText(before + glue + words)
        self._edit.moveCursor(self._edit.textCursor().MoveOperation.End)
        self._edit.setFocus()


class ConfirmDialog(Dialog):
    """A question with one answer that acts."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        words: str,
        ok_text: str,
        on_ok: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(title, parent, icon="warning" if danger else "help")
        label = kind_label(words, "label")
        label.setWordWrap(True)
        self.body.addWidget(label)
        self._on_ok = on_ok
        self.add_button(self.tr("取消"))
        self.ok = self.add_button(ok_text, "danger" if danger else "primary", self._accept)

    def _accept(self) -> None:
        self.accept()
        self._on_ok()
