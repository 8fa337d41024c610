"""The rail at the left: one button for each panel the post may see; lit while the panel is open.

What has no room on a low screen is in the menu of the last button, 更多.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ..look import icons
from ..registry import PanelEntry, title_of

HEIGHT = 56
SPACING = 4


class Rail(QWidget):
    """``asked(key)`` when a button is pressed: open the panel, or bring it to the front, or close it."""

    asked = Signal(str)
    help_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(76)
        self.setMinimumHeight(4 * (HEIGHT + SPACING))  # not that of all buttons: they make room
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(6, 8, 6, 8)
        self._box.setSpacing(SPACING)
        self.more = self._button("more", self.tr("更多"))
        self.more.setToolTip(self.tr("其余面板"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self._menu)
        self.more.hide()
        self._box.addWidget(self.more)
        self._box.addStretch(1)
        self._help = self._button("help", self.tr("帮助"))
        self._help.setCheckable(False)
        self._help.clicked.connect(self.help_asked)
        self._box.addWidget(self._help)
        self._buttons: dict[str, QToolButton] = {}
        self._roles: dict[str, str] = {}
        self._apart: list[str] = []

    def _button(self, role: str, title: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icons.icon(role, "bar_text_2", "bar_text"))
        button.setIconSize(QSize(22, 22))
        button.setText(title)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(HEIGHT)
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
            keys = self.tr("{title}（Ctrl+{n}）").format(title=title, n=at + 1)
            button.setToolTip(keys if at < 9 else title)
            button.clicked.connect(lambda _checked=False, key=entry.key: self.asked.emit(key))
            self._box.insertWidget(at, button)
            self._buttons[entry.key] = button
            self._roles[entry.key] = entry.icon
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Show the buttons there is room for; the rest goes into the menu."""
        room = (self.height() - 16 + SPACING) // (HEIGHT + SPACING) - 1
        keys = list(self._buttons)
        shown = len(keys) if len(keys) <= room else max(1, room - 1)
        self._apart = keys[shown:]
        for key, button in self._buttons.items():
            button.setVisible(key not in self._apart)
        self.more.setVisible(bool(self._apart))
        self._light_more()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for key in self._apart:
            button = self._buttons[key]
            action = self._menu.addAction(icons.icon(self._roles[key]), button.text())
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            action.triggered.connect(lambda _checked=False, k=key: self.asked.emit(k))

    def _light_more(self) -> None:
        self.more.setChecked(any(self._buttons[key].isChecked() for key in self._apart))

    @property
    def apart(self) -> list[str]:
        """The panels that are in the menu, for want of room."""
        return list(self._apart)

    def set_open(self, key: str, shown: bool) -> None:
        """Light the button of a panel, or put it out."""
        if key in self._buttons:
            self._buttons[key].setChecked(shown)
            self._light_more()

    def button(self, key: str) -> QToolButton | None:
        """The button of a panel, if the post has it."""
        return self._buttons.get(key)

    def recolor(self) -> None:
        """Draw the icons in the colours of the theme."""
        for key, button in self._buttons.items():
            button.setIcon(icons.icon(self._roles[key], "bar_text_2", "bar_text"))
        self._help.setIcon(icons.icon("help", "bar_text_2"))
        self.more.setIcon(icons.icon("more", "bar_text_2", "bar_text"))
