"""The dock of contacts: every unit's people with their telephones; for those who keep the staff, posts and certificates."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from workstation.shell.context import AppContext
from workstation.shell.panel import Panel
from workstation.shell.widgets import SegmentBar, refresh_icons

from .people import PeoplePage
from .units import UnitsPage

SETTLE_MILLISECONDS = 120


class ContactsPanel(Panel):
    """Two pages; the second only for posts that the handbook lets keep the staff."""

    key = "contacts"
    icon = "contacts"
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._stale = True
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.tabs = SegmentBar([("units", self.tr("单位通讯录")), ("people", self.tr("人员岗位"))])
        self.tabs.changed.connect(self.show_part)
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(12, 10, 12, 0)
        row.addWidget(self.tabs)
        box.addWidget(holder)
        self.units = UnitsPage(context)
        self.people = PeoplePage(context)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.units)
        self.pages.addWidget(self.people)
        box.addWidget(self.pages, 1)
        holder.setVisible(self.people.may_staff or self.people.may_stop)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._read)
        context.changed.connect(self._changed)
        context.theme_changed.connect(self._redraw)

    @property
    def title(self) -> str:
        return self.tr("通讯录")

    def show_part(self, key: str) -> None:
        """Bring a page to the front: units or people."""
        self.tabs.choose(key)
        self.pages.setCurrentIndex(0 if key == "units" else 1)
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._read()

    def _changed(self, changes: Any) -> None:
        if changes.topics & {"unit", "person"}:
            if self.isVisible():
                self._settle.start()
            else:
                self._stale = True

    def _read(self) -> None:
        if self.tabs.current == "units":
            self.units.reload()
        else:
            self.people.reload()

    def _redraw(self) -> None:
        refresh_icons(self)
        self._read()
