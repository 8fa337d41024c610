"""The bar of buttons under the work area: what can be done with the case now, the usual one at the right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from workstation.shell.widgets import button, kind_label
from workstation.workflow.handbook import Handbook


class ActionBar(QFrame):
    """Buttons by the name of their arrow. Those the post may not take now are hidden; Ctrl+Enter takes the main one."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.setObjectName("action-bar")
        self.setProperty("kind", "bar")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(6)
        self._effect = kind_label("", "small")
        self._effect.setWordWrap(True)
        self._effect.hide()
        column.addWidget(self._effect)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        column.addLayout(self._row)
        self._row.addStretch(1)
        self._buttons: dict[str, QPushButton] = {}
        self._menus: dict[str, QMenu] = {}
        self._extra: set[str] = set()
        self._tips: dict[str, str] = {}
        self._primary: list[str] = []
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(sequence), owner)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.take_primary)

    def add(
        self,
        name: str,
        words: str,
        do: Callable[[], object],
        kind: str = "",
        icon: str = "",
        tip: str = "",
        main: bool = False,
    ) -> QPushButton:
        """A button for an arrow. A main one (every ``primary`` is) stands at the right, the others at the left."""
        main = main or kind == "primary"
        made = button(words, kind, icon, do)
        made.setToolTip(tip or (self.tr("{what}（Ctrl+Enter）").format(what=words) if main else ""))
        made.setObjectName(f"do-{name}")
        if main:
            self._row.addWidget(made)
            self._primary.append(name)
        else:
            self._row.insertWidget(len(self._buttons) - len(self._primary), made)
        self._buttons[name] = made
        return made

    def add_menu(
        self, name: str, words: str, items: Mapping[str, tuple[str, Callable[[], object]]], tip: str = ""
    ) -> QPushButton:
        """A button with a menu of arrows: name → (words, what it does). It shows while one of them is offered."""
        made = self.add(name, words, lambda: None, tip=tip)
        menu = QMenu(made)
        for key, (label, do) in items.items():
            action = menu.addAction(label)
            action.setData(key)
            action.triggered.connect(lambda _checked=False, act=do: act())
        made.setMenu(menu)
        self._menus[name] = menu
        return made

    def extend_menu(self, name: str, items: Mapping[str, tuple[str, Callable[[], object]]]) -> None:
        """These besides, offered as long as they are not replaced: what only this case's handbook knows."""
        menu = self._menus[name]
        for action in menu.actions():
            if action.data() in self._extra:
                menu.removeAction(action)
        self._extra = set(items)
        for key, (label, do) in items.items():
            action = menu.addAction(label)
            action.setData(key)
            action.triggered.connect(lambda _checked=False, act=do: act())

    def menu_offers(self, name: str) -> set[str]:
        """The arrows that the menu of that button offers now."""
        return {str(action.data()) for action in self._menus[name].actions() if action.isVisible()}

    def choose(self, name: str, arrow: str) -> None:
        """Take an arrow of a menu that is offered."""
        for action in self._menus[name].actions():
            if action.data() == arrow and action.isVisible():
                action.trigger()

    def offers(self, name: str) -> bool:
        """Whether the button of that arrow is shown."""
        return name in self._buttons and not self._buttons[name].isHidden()

    def foretell(self, short: Mapping[str, str], full: Mapping[str, str]) -> None:
        """Say over the buttons what the main one does to the clocks (``short``), and in each button's tip all of it."""
        for name in full:
            item = self._buttons[name]
            if name not in self._tips:
                self._tips[name] = item.toolTip()
            item.setToolTip("\n".join(part for part in (full[name], self._tips[name]) if part))
        main = next((name for name in self._primary if short.get(name) and self.offers(name)), "")
        self._effect.setText(short.get(main, ""))
        self._effect.setVisible(bool(main))

    @property
    def foretold(self) -> str:
        """What is said over the buttons."""
        return "" if self._effect.isHidden() else self._effect.text()

    def name_after(self, handbook: Handbook) -> None:
        """Call the arrows as this handbook does: cities have their own words for them."""
        for name, item in self._buttons.items():
            arrow = handbook.arrow(name)
            if arrow is not None:
                item.setText(arrow.label)
        for menu in self._menus.values():
            for action in menu.actions():
                arrow = handbook.arrow(str(action.data()))
                if arrow is not None:
                    action.setText(arrow.label)

    def button(self, name: str) -> QPushButton:
        """The button of that arrow."""
        return self._buttons[name]

    def offer(self, names: Collection[str]) -> None:
        """Show the buttons of these arrows only, and of menus those that hold one; the bar hides where there is none."""
        shown = set(names)
        for name, menu in self._menus.items():
            for action in menu.actions():
                action.setVisible(action.data() in names or action.data() in self._extra)
            shown.discard(name)
            if self.menu_offers(name):
                shown.add(name)
        for name, item in self._buttons.items():
            item.setVisible(name in shown)
        self.setVisible(any(name in shown for name in self._buttons))

    def focus_primary(self) -> None:
        """Put the focus on the first main button that is offered."""
        for name in self._primary:
            if self._buttons[name].isVisibleTo(self):
                self._buttons[name].setFocus()
                return

    def take_primary(self) -> None:
        """Press the first main button that is offered and possible."""
        for name in self._primary:
            item = self._buttons[name]
            if item.isVisibleTo(self) and item.isEnabled():
                item.click()
                return
