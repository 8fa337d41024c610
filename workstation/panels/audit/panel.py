"""The dock 审计: one tab for each page of :mod:`.pages`. Only posts that the handbook lets audit see it."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.panel import Panel
from workstation.shell.widgets import SegmentBar, refresh_icons

from .pages import PAGES, AuditPage, title_of


class AuditPanel(Panel):
    """What an auditor reads. Nothing can be changed here."""

    key = "audit"
    icon = "shield"
    area = "left"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.tabs = SegmentBar([(entry.key, title_of(entry.key)) for entry in PAGES])
        self.tabs.changed.connect(self.show_part)
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(12, 10, 12, 0)
        row.addWidget(self.tabs)
        box.addWidget(holder)
        self.stack = QStackedWidget()
        box.addWidget(self.stack, 1)
        self.pages: dict[str, AuditPage] = {}
        context.actor_changed.connect(self._actor_changed)
        context.theme_changed.connect(lambda: refresh_icons(self))

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("审计")

    def show_part(self, key: str) -> None:
        """Bring a page to the front, made the first time."""
        self.tabs.choose(key)
        if key not in self.pages:
            entry = next(entry for entry in PAGES if entry.key == key)
            self.pages[key] = entry.make(self.context)
            self.stack.addWidget(self.pages[key])
        self.stack.setCurrentWidget(self.pages[key])
        if self.isVisible():
            self.pages[key].reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what has come since."""
        super().showEvent(event)
        self.show_part(self.tabs.current or PAGES[0].key)

    def _actor_changed(self, _actor: object) -> None:
        """Nothing that one has read is left for the next."""
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.pages.clear()
        if self.isVisible():
            self.show_part(self.tabs.current or PAGES[0].key)
