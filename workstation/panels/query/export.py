"""Writing what was found to a file, in the background, with a way to stop it."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from workstation.paths import home
from workstation.services.spatial.export import export_found
from workstation.services.spatial.query import Cancelled, Found
from workstation.shell.context import AppContext

from .model import exported, shown

ENDINGS = (".xlsx", ".csv", ".geojson")


class Export(QObject):
    """One export at a time. ``moved(rows, all)`` while it runs, ``over`` at its end."""

    moved = Signal(int, int)
    over = Signal()
    _step = Signal(int)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._stop: threading.Event | None = None
        self._count = 0
        self._step.connect(self._stepped)

    @property
    def running(self) -> bool:
        """Whether one is under way."""
        return self._stop is not None

    def ask_where(self, found: Found, title: str, parent: QWidget) -> None:
        """Let the operator say where to."""
        names = {
            ".xlsx": self.tr("Excel 表格 (*.xlsx)"),
            ".csv": self.tr("CSV 表格 (*.csv)"),
            ".geojson": self.tr("GeoJSON (*.geojson)"),
        }
        dialog = QFileDialog(
            parent, self.tr("导出查询结果"), str(home() / f"{title}.xlsx"), ";;".join(names.values())
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def taken(path: str) -> None:
            chosen = next(key for key, name in names.items() if name == dialog.selectedNameFilter())
            file = Path(path)
            self.start(found, file if file.suffix.lower() in ENDINGS else file.with_name(file.name + chosen))

        dialog.fileSelected.connect(taken)
        dialog.open()

    def start(self, found: Found, path: Path) -> None:
        """Write the file; its end is told by a message."""
        if self.running:
            return
        context, stop = self._context, threading.Event()
        self._stop, self._count = stop, len(found)
        words, titles = shown(context, found.what), exported(found.what)

        def work() -> int:
            return export_found(
                context.services, found, path, titles, context.actor, words, stop.is_set, self._step.emit
            )

        def done(count: int) -> None:
            self._end()
            context.notify(
                self.tr("已导出 {n} 行到 {file}").format(n=f"{count:,}", file=path.name), "success"
            )

        def failed(error: BaseException) -> None:
            self._end()
            if isinstance(error, Cancelled):
                context.notify(self.tr("导出已取消"), "info")
            elif isinstance(error, OSError):
                context.notify(self.tr("文件写不进去：{}").format(error.strerror or error), "error")
            else:
                context.say_error(error)

        context.tasks.run(work, owner=self, on_done=done, on_error=failed)

    def cancel(self) -> None:
        """Stop; nothing is left of the file."""
        if self._stop is not None:
            self._stop.set()

    def _stepped(self, rows: int) -> None:
        if self.running:
            self.moved.emit(rows, self._count)

    def _end(self) -> None:
        self._stop = None
        self.over.emit()
