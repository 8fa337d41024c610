"""Messages that come and go at the edge of the window: what was done, what failed, and how to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLabel, QWidget
from shiboken6 import isValid

from ..look import icons
from ..look import theme as themes
from .basics import button, kind_label, tool_button

if TYPE_CHECKING:
    from ..context import Notice

_SIGNS = {
    "info": ("info", "accent_hover"),
    "success": ("check-circle", "green"),
    "warning": ("warning", "yellow"),
    "error": ("close-circle", "red"),
}
_SECONDS = {"info": 4, "success": 4, "warning": 8, "error": 10}
_GAP = 10
_WIDEST = 440
_NARROWEST = 300
"""Pixels: a message is laid over the map where that is at least so wide, else over the middle of the window."""
_MAP_FOOT = 64
"""What stands at the foot of the map, such as its scale, stays in sight."""


class Toast(QFrame):
    """One message. It goes by itself after some seconds, later when it offers an action or the pointer rests on it."""

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.notice = notice
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 6, 8)
        row.setSpacing(10)
        role, tone = _SIGNS.get(notice.kind, _SIGNS["info"])
        sign = QLabel()
        sign.setPixmap(icons.pixmap(role, 20, tone, self.devicePixelRatioF()))
        row.addWidget(sign)
        self._words = kind_label(notice.text)
        self._words.setWordWrap(True)
        self._wrap(_WIDEST)
        row.addWidget(self._words, 1)
        if notice.action is not None:
            label, _ = notice.action
            self.button = button(label, "link", on_click=self._act)
            row.addWidget(self.button)
        close = tool_button("close", self.tr("关闭"), self.leave)
        close.setIconSize(icons.icon_size(12))
        row.addWidget(close)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shade = QColor(themes.current().color("shadow"))
        shade.setAlpha(70)
        shadow.setColor(shade)
        self.setGraphicsEffect(shadow)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._stay = 1000 * (_SECONDS.get(notice.kind, 4) + (4 if notice.action else 0))
        self._timer.start(self._stay)

    def _wrap(self, most: int) -> None:
        self._words.setMinimumSize(0, 0)  # else the height is that for the width before
        width = min(most, self._words.fontMetrics().horizontalAdvance(self.notice.text) + 12)
        self._words.setFixedSize(width, max(22, self._words.heightForWidth(width)))

    def fit(self, room: int) -> None:
        """Be no wider than ``room``, in pixels, as far as the words can be wrapped."""
        self._wrap(max(120, min(_WIDEST, room - (self.sizeHint().width() - self._words.width()))))
        self.adjustSize()

    def _act(self) -> None:
        if self.notice.action is not None:
            self.notice.action[1]()
        self.leave()

    def leave(self) -> None:
        """Go now."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def enterEvent(self, event: QEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start(self._stay)


class ToastStack(QObject):
    """The messages on a window, newest lowest, three at most; the oldest goes first."""

    LIMIT = 3

    def __init__(self, host: QWidget, bottom: int = 44) -> None:
        super().__init__(host)
        self._host = host
        self._bottom = bottom
        self._shown: list[Toast] = []
        self._over: QWidget | None = None
        host.installEventFilter(self)

    def lay_over(self, widget: QWidget | None) -> None:
        """Lay messages over this, the map, so that they hide no button of a panel; None: over the window."""
        self._over = widget

    def show(self, notice: Notice) -> Toast:
        """Show a message now. The same words are not stacked twice."""
        for old in [t for t in self._shown if t.notice.text == notice.text]:
            old.leave()
        toast = Toast(notice, self._host)
        toast.destroyed.connect(self._tidy)
        self._shown = [t for t in self._shown if not t.isHidden()]
        self._shown.append(toast)
        while len(self._shown) > self.LIMIT:
            self._shown.pop(0).leave()
        toast.show()
        self._place()
        return toast

    def clear(self) -> None:
        """Take every message away: who comes next has not caused them, and must not take anything back."""
        for toast in self._shown:
            if isValid(toast):
                toast.leave()
        self._shown = []

    @property
    def shown(self) -> list[Toast]:
        """The messages on the window."""
        return list(self._shown)

    def _tidy(self) -> None:
        self._shown = [t for t in self._shown if isValid(t) and not t.isHidden()]
        if isValid(self._host):
            self._place()

    def _area(self) -> QRect:
        """Where messages may be: the lowest ends at its bottom."""
        over = self._over
        if over is not None and isValid(over) and over.isVisible() and over.width() >= _NARROWEST:
            corner = over.mapTo(self._host, QPoint(0, 0))
            return QRect(corner, over.size()).adjusted(8, 0, -8, -_MAP_FOOT)
        return self._host.rect().adjusted(8, 0, -8, -self._bottom)

    def _place(self) -> None:
        area = self._area()
        y = area.bottom() + 1
        for toast in reversed([t for t in self._shown if not t.isHidden()]):
            toast.fit(area.width())
            y -= toast.height()
            toast.move(QPoint(area.left() + (area.width() - toast.width()) // 2, y))
            toast.raise_()
            y -= _GAP

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the window changes its size."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return False
