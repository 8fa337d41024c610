"""Collecting garbage in the GUI thread only, and so that nobody feels it.

Python's collector runs in whichever thread happens to allocate. When that is a pool thread, Qt objects of the interface in a dead cycle are
destroyed there: a timer stays registered with the GUI thread's event loop, which then calls into freed memory. So the
automatic collector is switched off while the interface lives, and the same thresholds are looked at by a timer in the GUI thread.

A collection of the oldest generation looks at every object of the program: a tenth of a second, six frames of a map that somebody is
pulling. What was found alive is therefore set aside (``gc.freeze``), so that the next one looks only at what has come since; and all
of it is looked at when the pointer has lain still for a while.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QCursor

INTERVAL = 250
"""Milliseconds between two looks."""
AT_REST_S = 60.0
"""With the pointer still for so long nobody pulls a map, and there is time for everything."""
WHOLE_EVERY_S = 600.0


def collect_due() -> None:
    """Collect the generations whose threshold is passed, as the automatic collector would; survivors of the oldest are set
    aside."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            if generation == 2:
                gc.freeze()
            return


def collect_whole() -> None:
    """Look at everything, what was set aside too."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class GarbageCollector(QObject):
    """Makes the GUI thread the only one that collects, from its making until :meth:`stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._moved = self._whole = time.monotonic()
        self._pointer = QCursor.pos()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        now = time.monotonic()
        if QCursor.pos() != self._pointer:
            self._moved, self._pointer = now, QCursor.pos()
        if now - self._moved > AT_REST_S and now - self._whole > WHOLE_EVERY_S:
            self._whole = now
            collect_whole()
        else:
            collect_due()

    def stop(self) -> None:
        """Leave it to Python again, where it was before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()
