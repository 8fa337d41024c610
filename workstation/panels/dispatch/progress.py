"""Many cases on their way: how far it is, over the map, and a button that stops it. Nothing waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from workstation.shell.context import AppContext
from workstation.shell.widgets import button, kind_label

if TYPE_CHECKING:
    from .desk import DispatchDesk

TOP = 64


class ProgressCard(QFrame):
    """Stands at the top of the map in hand until the sending is over."""

    def __init__(self, context: AppContext, desk: DispatchDesk, count: int) -> None:
        host: QWidget = context.canvas
        super().__init__(host)
        self._host = host
        self._desk = desk
        self.setObjectName("toast")  # the look of what lies over the window
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        self._words = kind_label("")
        row.addWidget(self._words)
        self._bar = QProgressBar()
        self._bar.setRange(0, count)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(160, 6)
        row.addWidget(self._bar)
        self.halt = button(self.tr("停止"), "link", on_click=self._stop)
        row.addWidget(self.halt)
        desk.progressed.connect(self._progressed)
        desk.sent.connect(self._over)
        host.installEventFilter(self)
        self._progressed(0, count)
        self.show()
        self.raise_()

    def _progressed(self, done: int, count: int) -> None:
        self._bar.setValue(done)
        self._words.setText(self.tr("正在派遣 {done} / {all}").format(done=done, all=count))
        self._place()

    def _stop(self) -> None:
        self.halt.setEnabled(False)
        self._desk.stop()

    def _over(self) -> None:
        self._host.removeEventFilter(self)
        self._desk.progressed.disconnect(self._progressed)
        self._desk.sent.disconnect(self._over)
        self.hide()
        self.deleteLater()

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._host.width() - self.width()) // 2, TOP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the map changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
