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
HINT = 132
"""What the work keeps of the height, in pixels, while there is none: room for a sign and a sentence."""


class AdaptiveSplitter(QSplitter):
    """List first, work second; turns with its own width. What the user drags is kept until it turns.

    While :attr:`resting` the list above has nearly all the height; what the user drags then is kept apart.
    """

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
        self._resting = False
        self._dragged: dict[bool, list[int]] = {}
        self.setChildrenCollapsible(False)
        self.addWidget(first)
        self.addWidget(second)
        self.splitterMoved.connect(lambda *_: self._keep())
        self._share(self.orientation())

    @property
    def resting(self) -> bool:
        """Whether nothing is chosen to work on."""
        return self._resting

    def rest(self, resting: bool) -> None:
        """Say whether nothing is chosen to work on: the list has the height then, else its usual share."""
        if resting != self._resting:
            self._resting = resting
            self._share(self.orientation())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when the width crosses :data:`WIDE`."""
        wanted = Qt.Orientation.Horizontal if event.size().width() >= WIDE else Qt.Orientation.Vertical
        if wanted != self.orientation():
            self._dragged.clear()
            self.setOrientation(wanted)
            self._share(wanted)
        elif not self._shared and event.size().height() > LEAST:
            self._shared = True
            self._share(wanted)
        super().resizeEvent(event)

    def _keep(self) -> None:
        # Beside the list the work needs no less room while there is none: one place of the handle is enough there.
        beside = self.orientation() == Qt.Orientation.Horizontal
        self._dragged[self._resting and not beside] = self.sizes()

    def _share(self, orientation: Qt.Orientation) -> None:
        beside = orientation == Qt.Orientation.Horizontal
        resting = self._resting and not beside
        self.setStretchFactor(0, int(resting))
        self.setStretchFactor(1, int(not resting))
        if resting in self._dragged:
            self.setSizes(self._dragged[resting])
        elif beside:
            self.setSizes([self._wide, max(self.width() - self._wide, 500)])
        elif resting:
            self.setSizes([max(self.height() - HINT, LEAST), HINT])
        else:
            top = min(self._height, max(LEAST, round(self.height() * self._part)))
            self.setSizes([top, max(self.height() - top, LEAST)])
