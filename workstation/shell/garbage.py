"""Collecting garbage in the GUI thread only.

Python's collector runs in whichever thread happens to allocate. When that is a pool thread, Qt objects of the interface in a dead cycle are
destroyed there: a timer stays registered with the GUI thread's event loop, which then calls into freed memory. So the
automatic collector is switched off while the interface lives, and the same thresholds are looked at by a timer in the GUI thread.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL = 250
"""Milliseconds between two looks."""


def collect_due() -> None:
    """Collect the generations whose threshold is passed, as the automatic collector would."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return


class GarbageCollector(QObject):
    """Makes the GUI thread the only one that collects, from its making until :meth:`stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        collect_due()

    def stop(self) -> None:
        """Leave it to Python again, where it was before."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
