"""A splitter that puts the work beside the list where there is room, and beneath it where there is not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

WIDE = 860
"""From this width on (logical pixels) list and work stand side by side."""
SHARE = 0.28
"""The list takes no more of the height than this at first: the work is what counts on a small screen."""
LEAST = 158


class AdaptiveSplitter(QSplitter):
    """List first, work second; turns with its own width. What the user drags is kept until it turns."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        height: int,
        parent: QWidget | None = None,
        *,
        share: float = SHARE,
        wide: int = 360,
    ) -> None:
        """``height``: the most that the first gets on top, and ``share`` of the whole; ``wide`` what it gets beside."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._height, self._part, self._wide = height, share, wide
        self._shared = False
        self.setChildrenCollapsible(False)
        self.addWidget(first)
        self.addWidget(second)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self._share(self.orientation())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when the width crosses :data:`WIDE`."""
        wanted = Qt.Orientation.Horizontal if event.size().width() >= WIDE else Qt.Orientation.Vertical
        if wanted != self.orientation():
            self.setOrientation(wanted)
            self._share(wanted)
        elif not self._shared and event.size().height() > LEAST:
            self._shared = True
            self._share(wanted)
        super().resizeEvent(event)

    def _share(self, orientation: Qt.Orientation) -> None:
        if orientation == Qt.Orientation.Horizontal:
            self.setSizes([self._wide, max(self.width() - self._wide, 500)])
        else:
            top = min(self._height, max(LEAST, round(self.height() * self._part)))
            self.setSizes([top, max(self.height() - top, LEAST)])
