"""In a demo city the program plays the terminals, so that people and vehicles are seen to move: switched in the menu 地图, and there in no
other city. Whether it can be is looked up in the background; what makes the positions up lies in ``demo/patrolling.py``.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QAction

from ...store.errors import StoreError
from .actions import ActionSpec

if TYPE_CHECKING:
    from ...demo.patrolling import Patrol
    from ...services.services import Services
    from ..context import AppContext
    from ..window import MainWindow

FIRST_MS, TICK_MS = 5000, 5000
"""After the start and from then on: each time a part of them is due."""
SETTING = "demo/patrols"
log = logging.getLogger(__name__)


def found(services: Services) -> Patrol | None:
    """The patrols of a demo city that this seat may feed; None of any other. For a background thread."""
    from ...demo.patrolling import (
        Patrol,
    )  # shapely and the demo's parts: not at the start, and not for a city's own

    patrol = Patrol(services)
    return patrol if patrol.possible() else None


def offer(window: MainWindow) -> None:
    """Put the switch into the window's menu; it is seen once this is known to be a demo city."""
    context = window.context
    if context is None:
        return
    patrol = context.findChild(DemoPatrol) or DemoPatrol(context)
    words = QCoreApplication.translate("Menus", "演示：人员车辆走动")
    action = window.actions_.add(
        ActionSpec("map.patrols", words, "map", lambda: patrol.switch(action.isChecked()), checkable=True)
    )
    patrol.show_in(action)


class DemoPatrol(QObject):
    """Feeds the demo city of a context while it is open and wanted."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._patrol: Patrol | None = None
        self._action: QAction | None = None
        self._busy = False
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.feed)
        QTimer.singleShot(FIRST_MS, self, self.look)

    @property
    def on(self) -> bool:
        """Whether it is wanted at this seat."""
        return self._context.settings.value(SETTING, "on") != "off"

    def show_in(self, action: QAction) -> None:
        """This is the switch now."""
        self._action = action
        action.setVisible(self._patrol is not None)
        action.setChecked(self.on)

    def look(self) -> None:
        """See whether this is a demo city that may be fed."""
        context = self._context
        if not context.stopped:
            context.tasks.run(found, context.services, owner=self, key="found", on_done=self._found)

    def _found(self, patrol: Patrol | None) -> None:
        self._patrol = patrol
        if patrol is None or self._action is None:
            return
        self.show_in(self._action)
        self._apply(self.on)

    def switch(self, on: bool) -> None:
        """Feed it or not, and remember that."""
        self._context.settings.setValue(SETTING, "on" if on else "off")
        self._apply(on)

    def _apply(self, on: bool) -> None:
        if on:
            self._timer.start()
            self.feed()
        else:
            self._timer.stop()

    def feed(self) -> None:
        """Tell what is due, in the background; not while the last is being told."""
        context = self._context
        if context.stopped or self._busy or self._patrol is None:
            return
        self._busy = True
        context.tasks.run(
            self._patrol.feed, owner=self, key="feed", on_done=self._fed, on_error=self._not_fed
        )

    def _fed(self, _count: int) -> None:
        self._busy = False

    def _not_fed(self, error: BaseException) -> None:
        """A city that cannot be written to has nobody walking: that is no news for an operator."""
        self._busy = False
        self._timer.stop()
        if not isinstance(error, StoreError):
            raise error
        log.warning("the demo's patrols stop: %s", error.code)
