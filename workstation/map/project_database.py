"""The project of QGIS that a city on a server keeps in its database: fetched in the background when it was saved anew, and
laid into a file of this seat's, which is what the worker reads. So the looks are there at once at the next start, and while
the server is away."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from workstation.store.map_projects import NAME, Kept, look

if TYPE_CHECKING:
    from workstation.store.database import Database

_log = logging.getLogger(__name__)


class Tasks(Protocol):
    """What is needed of the runner of background work."""

    def run(self, fn: Any, *args: Any, owner: QObject, on_done: Any = None, on_error: Any = None) -> object:
        """Does it in another thread, and calls back in the owner's."""


class DatabaseProject(QObject):
    """The copy of the database's project. ``looked``: it has been asked for; the copy is as new as the server's, where that
    answered."""

    looked = Signal()

    def __init__(self, tasks: Tasks, database: Database, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._database = database
        self._copy = folder / f"{NAME}.qgz"
        self._mark = ""
        self._busy = False
        self.state = "there" if self._copy.is_file() else "none"
        """``there``, ``none``, ``closed`` (this person may not read it), ``too_large``."""

    @property
    def path(self) -> str:
        """The copy's file; "" where the database has no project."""
        return str(self._copy) if self.state == "there" else ""

    def look(self) -> None:
        """Ask whether it was saved anew. Never waits: ``looked`` comes when it is known."""
        if self._busy:
            return
        self._busy = True
        self._tasks.run(
            _fetch,
            *(self._database, self._mark, self._copy),
            owner=self,
            on_done=self._fetched,
            on_error=self._failed,
        )

    def _fetched(self, kept: Kept) -> None:
        self.state, self._mark = kept.state, kept.mark
        self._over()

    def _failed(self, error: BaseException) -> None:
        # Mostly the server is away, and others say so: what was goes on.
        _log.info("the database's project of QGIS could not be fetched: %s", error)
        self._over()

    def _over(self) -> None:
        self._busy = False
        self.looked.emit()


def _fetch(database: Database, known: str, copy: Path) -> Kept:
    kept = look(database, known if copy.is_file() else "")
    if kept.content and not (copy.is_file() and copy.read_bytes() == kept.content):
        copy.parent.mkdir(parents=True, exist_ok=True)
        # Several windows of one user share the copy: each makes its own and puts it into place.
        number, partial = tempfile.mkstemp(dir=copy.parent, prefix=".", suffix=".qgz")
        with os.fdopen(number, "wb") as file:
            file.write(kept.content)
        Path(partial).replace(copy)
    elif kept.state != "there":
        copy.unlink(missing_ok=True)
    return kept._replace(content=b"")
