"""Open cases of the class nearby, shown while registering: probably the same problem, one click from being merged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.texts.text import time_text
from workstation.shell.widgets import Badge, Card, button, kind_label, state_tone

from .place import Near

SHOWN = 4


class NearbyBox(Card):
    """A warning with the cases; hidden while there is none. ``merge(case id)`` when the user takes one for the same."""

    merge = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, kind="warn", margin=10, spacing=6)
        self._context = context
        self.found: list[Near] = []
        self._title = kind_label("", "section")
        self.body.addWidget(self._title)
        self._box = QVBoxLayout()
        self._box.setSpacing(6)
        self.body.addLayout(self._box)
        self._lines: list[QWidget] = []
        self.hide()

    def show_near(self, found: Sequence[Near]) -> None:
        """Show these, nearest first."""
        self.found = list(found)
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(near) for near in self.found[:SHOWN]]
        for line in self._lines:
            self._box.addWidget(line)
        rules = self._context.services.handbook.rules
        self._title.setText(
            self.tr("附近 {metres:g} 米、{hours:g} 小时内有同类未结案卷 {n} 件").format(
                metres=rules.duplicate_metres, hours=rules.duplicate_hours, n=len(self.found)
            )
        )
        self.setVisible(bool(self.found))

    def _line(self, near: Near) -> QWidget:
        row = near.row
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(Badge(self._context.label("states", row.state), state_tone(row.state)))
        when = time_text(row.reported_at or row.registered_at, self._context.services.now())
        words = kind_label(self.tr("{metres:.0f} 米 · {when}").format(metres=near.metres, when=when))
        words.setToolTip(f"{row.code}\n{row.address}\n{row.description}")
        layout.addWidget(words, 1)
        layout.addWidget(button(self.tr("查看"), "link", on_click=lambda: self._context.show_case(row.id)))
        layout.addWidget(button(self.tr("并案"), "small", on_click=lambda: self.merge.emit(row.id)))
        return line
