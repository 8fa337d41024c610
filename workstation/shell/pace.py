"""How often sums are read again: soon after what was done here, and under others' storms not more often than one can read.

Rows and markers change with each change and cost one look at each case. A count costs a look at all of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

GAP_SECONDS = 2.0
"""After changes of other seats sums are read so often at most; fifty seats at work would keep the database busy with nothing else."""


class Pace(QTimer):
    """Runs ``run`` once, ``milliseconds`` after it was asked for. More changes do not put it off."""

    def __init__(self, parent: QObject, milliseconds: int, run: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self._soon = milliseconds
        self._run = run
        self._ran = 0.0
        self.timeout.connect(self._due)

    def ask(self, changes: Any = None) -> None:
        """Something has changed: what was told of it, or None for what was done here."""
        wait = self._soon
        if changes is not None and changes.others:
            wait = max(wait, round(1000 * (self._ran + GAP_SECONDS - time.monotonic())))
        if not self.isActive() or wait < self.remainingTime():
            self.start(wait)

    def _due(self) -> None:
        self._ran = time.monotonic()
        self._run()
