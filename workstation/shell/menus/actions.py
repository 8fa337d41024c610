"""Everything a menu or a key can do, in one registry: the menus, the shortcuts and the help list are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ..look import icons


@dataclass(frozen=True)
class ActionSpec:
    """One thing that can be done. ``menu`` is a key of the menus, ``under`` the title of a menu inside that one;
    ``separated`` puts a rule before it."""

    key: str
    text: str
    menu: str
    run: Callable[[], object]
    icon: str = ""
    shortcut: str = ""
    checkable: bool = False
    separated: bool = False
    under: str = ""


class Actions(QObject):
    """The registry. Actions are added to the window, so that their keys work wherever the focus is."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._others: list[QWidget] = []

    def serve(self, widget: QWidget) -> None:
        """Let the keys work in this widget's window too, until it is destroyed."""
        self._others.append(widget)
        widget.destroyed.connect(lambda: self._others.remove(widget))
        widget.addActions(list(self._actions.values()))

    def add(self, spec: ActionSpec) -> QAction:
        """Register one; a key registered before is replaced."""
        self.remove(spec.key)
        action = QAction(spec.text, self)
        if spec.icon:
            action.setIcon(icons.icon(spec.icon))
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(spec.checkable)
        action.triggered.connect(lambda _checked=False: spec.run())
        self._specs[spec.key] = spec
        self._actions[spec.key] = action
        for widget in (self._window, *self._others):
            widget.addAction(action)
        return action

    def remove(self, key: str) -> None:
        """Take one out, if it is there."""
        action = self._actions.pop(key, None)
        self._specs.pop(key, None)
        if action is not None:
            for widget in (self._window, *self._others):
                widget.removeAction(action)
            action.deleteLater()

    def action(self, key: str) -> QAction:
        """The Qt action; KeyError where there is none."""
        return self._actions[key]

    def specs(self) -> Iterator[ActionSpec]:
        """All, in the order they were registered."""
        return iter(list(self._specs.values()))

    def fill(self, menu: QMenu, key: str) -> None:
        """Put the actions of one menu into it, those that belong together into menus inside it."""
        inside: dict[str, QMenu] = {}
        for spec in self.specs():
            if spec.menu != key:
                continue
            place = menu
            if spec.under:
                if spec.under not in inside:
                    inside[spec.under] = menu.addMenu(spec.under)
                place = inside[spec.under]
            if spec.separated and not place.isEmpty():
                place.addSeparator()
            place.addAction(self._actions[spec.key])

    def recolor(self) -> None:
        """Draw the icons again after a switch of theme."""
        for key, spec in self._specs.items():
            if spec.icon:
                self._actions[key].setIcon(icons.icon(spec.icon))
