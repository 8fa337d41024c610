"""The field of the box of finding: text is its own, the keys that mean the list are handed over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit


class FinderEdit(QLineEdit):
    """The field: hands over the keys that mean the list."""

    stepped = Signal(int)
    entered = Signal(bool)
    """Enter; True with Shift."""
    numbered = Signal(int)
    escaped = Signal()
    focused = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter, Alt+1 to 9 and Esc are the list's, everything else is text."""
        key, modifiers = event.key(), event.modifiers()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if Qt.Key(key) in steps:
            self.stepped.emit(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif modifiers & Qt.KeyboardModifier.AltModifier and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.numbered.emit(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody wants to find something."""
        super().focusInEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,  # the window came back: nobody asked for anything
            Qt.FocusReason.PopupFocusReason,
        ):
            self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Not any more."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
