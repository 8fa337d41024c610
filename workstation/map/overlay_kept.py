"""A picture of what is dear to paint: made once for a view with some room around it, moved with a pan, scaled while a zoom is
under way, and made anew, part by part over several paints, when the map has come to rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap

from workstation.map.viewport import Viewport

ROOM = 160
"""Pixels around the view that are painted as well."""
DEAR = 0.006
"""Seconds: what is made quicker is made anew at every view."""
BUDGET = 0.007
"""Seconds of one paint for parts that are still to be made."""
REST_MS = 120
Part = Callable[[QPainter], None]


class KeptLayer:
    """``draw(view)`` gives the parts of the picture for a view, the lowest first; ``again()`` asks for another paint."""

    def __init__(self, draw: Callable[[Viewport], Sequence[Part]], again: Callable[[], object]) -> None:
        self._draw = draw
        self._again = again
        self._picture: QPixmap | None = None
        self._view: Viewport | None = None
        self._key: object = None
        self._seconds = 0.0
        self._asked: Viewport | None = None
        self._timer: QTimer | None = None
        self._left: list[Part] = []

    def forget(self) -> None:
        """What it shows is another thing now."""
        self._picture = None

    def paint(self, painter: QPainter, view: Viewport, dpr: float, key: object) -> None:
        """Show it for this view. ``key`` is all that the picture depends on besides."""
        made, asked = self._view, self._asked
        self._asked = view
        if (
            self._picture is not None
            and made is not None
            and key == self._key
            and self._picture.devicePixelRatio() == dpr
        ):
            dx, dy = (made.cx - view.cx) / view.res, (view.cy - made.cy) / view.res
            if made.res == view.res and self._covers(made, view, dx, dy):
                self._go_on()
                corner = QPointF(dx + (view.width - made.width) / 2, dy + (view.height - made.height) / 2)
                painter.drawPixmap(corner, self._picture)
                return
            moving = asked is not None and asked != view
            if self._seconds > DEAR and moving:
                self._stand_in(painter, view, made, dx, dy)
                return
        self._make(view, dpr, key)
        if self._picture is not None:
            painter.drawPixmap(QPointF(-ROOM, -ROOM), self._picture)

    @staticmethod
    def _covers(made: Viewport, view: Viewport, dx: float, dy: float) -> bool:
        return abs(dx) <= (made.width - view.width) / 2 and abs(dy) <= (made.height - view.height) / 2

    def _stand_in(self, painter: QPainter, view: Viewport, made: Viewport, dx: float, dy: float) -> None:
        assert self._picture is not None
        factor = made.res / view.res
        width, height = made.width * factor, made.height * factor
        box = QRectF(view.width / 2 + dx - width / 2, view.height / 2 + dy - height / 2, width, height)
        painter.drawPixmap(box, self._picture, QRectF(self._picture.rect()))
        self._ask(REST_MS)

    def _ask(self, milliseconds: int) -> None:
        if self._timer is None:
            self._timer = QTimer(singleShot=True)
            self._timer.timeout.connect(self._again)
        self._timer.start(milliseconds)

    def _make(self, view: Viewport, dpr: float, key: object) -> None:
        grown = view.grown(ROOM)
        picture = QPixmap(round(grown.width * dpr), round(grown.height * dpr))
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        self._picture, self._view, self._key, self._seconds = picture, grown, key, 0.0
        self._left = list(self._draw(grown))
        self._go_on()

    def _go_on(self) -> None:
        """Some more of the parts that are still to be made."""
        if not self._left or self._picture is None:
            return
        begun = time.perf_counter()
        painter = QPainter(self._picture)
        while self._left and time.perf_counter() - begun < BUDGET:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._left.pop(0)(painter)
        painter.end()
        self._seconds += time.perf_counter() - begun
        if self._left:
            self._ask(0)
