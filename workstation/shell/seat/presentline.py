"""The line that says who else is at a case: ``王芳 正在办理 · 派遣员``. Hidden while nobody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ..look import icons
from ..widgets.basics import kind_label
from .attendance import WORK

if TYPE_CHECKING:
    from ..context import AppContext


class PresentLine(QWidget):
    """Follows one case. Whoever works there is told in the colour of what is to be minded, whoever looks in a quiet one."""

    def __init__(self, context: AppContext, parent: QWidget | None = None, *, margin: int = 0) -> None:
        super().__init__(parent)
        self._context = context
        self._case = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, 2, margin, 2)
        row.setSpacing(6)
        self._sign = QLabel()
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self.words = kind_label("", "small")
        self.words.setWordWrap(True)
        row.addWidget(self.words, 1)
        self.hide()
        context.presence.changed.connect(self._changed)
        context.theme_changed.connect(self._show)

    def set_case(self, case_id: str) -> None:
        """Tell of this case; "" of none."""
        self._case = case_id
        self._show()

    @Slot(object)
    def _changed(self, ids: object) -> None:
        if self._case in ids:  # type: ignore[operator]
            self._show()

    @Slot()
    def _show(self) -> None:
        found = self._context.presence.at(self._case) if self._case else ()
        self.setVisible(bool(found))
        if not found:
            return
        tone = "yellow" if found[0].doing == WORK else "text_3"
        self._sign.setPixmap(icons.pixmap("person", 14, tone, self.devicePixelRatioF()))
        self.words.setText(self._context.presence.words(self._case))
        self.setAccessibleName(self.words.text())
