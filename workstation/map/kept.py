"""What stands on the map is painted anew with every movement under it: so it is painted once, and then only copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class KeptPicture:
    """A widget's own picture, kept until what it depends on is another."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._key: tuple[object, ...] | None = None
        self._picture = QPixmap()

    def show(self, key: tuple[object, ...], draw: Callable[[QPainter], None]) -> None:
        """In a paint event: bring the picture to the screen; ``draw`` makes it where ``key``, size or pixel ratio have changed."""
        widget = self._widget
        ratio = widget.devicePixelRatioF()
        whole = (*key, widget.width(), widget.height(), ratio)
        if whole != self._key:
            self._picture = QPixmap(widget.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter)
            painter.end()
            self._key = whole
        painter = QPainter(widget)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()
