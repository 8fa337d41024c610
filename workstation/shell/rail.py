"""The rail at the left: one button for each panel the post may see; lit while the panel is open."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from . import icons
from .registry import PanelEntry, title_of


class Rail(QWidget):
    """``asked(key)`` when a button is pressed: open the panel, or bring it to the front, or close it."""

    asked = Signal(str)
    help_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(76)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(6, 8, 6, 8)
        self._box.setSpacing(4)
        self._box.addStretch(1)
        self._help = self._button("help", self.tr("帮助"))
        self._help.setCheckable(False)
        self._help.clicked.connect(self.help_asked)
        self._box.addWidget(self._help)
        self._buttons: dict[str, QToolButton] = {}
        self._roles: dict[str, str] = {}

    def _button(self, role: str, title: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(role, "bar_text_2", "bar_text"))
        button.setIconSize(QSize(22, 22))
        button.setText(title)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(56)
        return button

    def set_panels(self, entries: Iterable[PanelEntry]) -> None:
        """Show buttons for these, in this order."""
        for button in self._buttons.values():
            self._box.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons, self._roles = {}, {}
        for at, entry in enumerate(entries):
            title = title_of(entry)
            button = self._button(entry.icon, title)
            button.setToolTip(self.tr("{title}（Ctrl+{n}）").format(title=title, n=at + 1))
            button.clicked.connect(lambda _checked=False, key=entry.key: self.asked.emit(key))
            self._box.insertWidget(at, button)
            self._buttons[entry.key] = button
            self._roles[entry.key] = entry.icon

    def set_open(self, key: str, shown: bool) -> None:
        """Light the button of a panel, or put it out."""
        if key in self._buttons:
            self._buttons[key].setChecked(shown)

    def button(self, key: str) -> QToolButton | None:
        """The button of a panel, if the post has it."""
        return self._buttons.get(key)

    def recolor(self) -> None:
        """Draw the icons in the colours of the theme."""
        for key, button in self._buttons.items():
            button.setIcon(icons.icon(self._roles[key], "bar_text_2", "bar_text"))
        self._help.setIcon(icons.icon("help", "bar_text_2"))
