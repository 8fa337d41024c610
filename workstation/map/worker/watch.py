"""Trouble with data that QGIS only writes into its log: a table that went away, a server that is gone. A drawing in which a
layer could not be read ends like any other, without that layer and without an error."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QTimer

_PROVIDERS = ("SpatiaLite", "PostGIS")
"""The names under which QGIS's providers write what went wrong."""
_SETTLE_MILLIS = 50
_REST_MILLIS = 2000
"""Looking costs a second, and what it finds is written into the log too."""


class Watch:
    """Calls ``look`` soon after a provider has complained, and not again for a while."""

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._settle = _once(_SETTLE_MILLIS, self._complained)
        self._rest = _once(_REST_MILLIS, lambda: None)
        QgsApplication.messageLog().messageReceived.connect(self._heard)

    def close(self) -> None:
        """Listens no more."""
        QgsApplication.messageLog().messageReceived.disconnect(self._heard)
        self._settle.stop()

    def _heard(self, message: str, tag: str, level: Qgis.MessageLevel) -> None:
        if tag in _PROVIDERS and level in (Qgis.Warning, Qgis.Critical) and not self._rest.isActive():
            self._settle.start()

    def _complained(self) -> None:
        self._rest.start()
        self._look()
        self._rest.start()


def _once(millis: int, action: Callable[[], None]) -> QTimer:
    timer = QTimer()
    timer.setSingleShot(True)
    timer.setInterval(millis)
    timer.timeout.connect(action)
    return timer
