"""Drawing an area to ask about: a box, a polygon or a circle. What lies in it is somebody else's to find."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from workstation.map.overlay_palette import font
from workstation.map.tools import LEFT, NavigateTool
from workstation.map.tools_measure import CGCS2000, LonLat, length_text

if TYPE_CHECKING:
    from workstation.map.canvas import MapCanvas

Drawn = Callable[[str, tuple[LonLat, ...]], object]
"""Told what was drawn: "box" (two corners), "polygon" (its corners) or "circle" (middle and a point on it), in degrees."""
SMALL = 6.0


class QueryTool(NavigateTool):
    """What drawing tools share: a hint line, Esc takes back, and whom to tell."""

    cursor = Qt.CursorShape.CrossCursor
    hovers = False
    shape = ""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self.drawn: Drawn | None = None
        self._pointer: QPointF | None = None

    def degrees(self, position: QPointF) -> LonLat:
        """The place of a pixel."""
        return self.canvas.projection.point_to_lonlat(*self.canvas.view.to_map(position.x(), position.y()))

    def pixel(self, place: LonLat) -> QPointF:
        """The pixel of a place."""
        return QPointF(*self.canvas.view.to_screen(*self.canvas.projection.point_to_map(*place)))

    def tell(self, *places: LonLat) -> None:
        """It is drawn."""
        if self.drawn is not None:
            self.drawn(self.shape, places)
        self.canvas.update()

    def _pen(self, painter: QPainter) -> None:
        color = self.canvas.palette_.color
        painter.setPen(QPen(color("accent"), 1.8, Qt.PenStyle.DashLine))
        painter.setBrush(color("accent", 34))


class _Dragged(QueryTool):
    """A shape between the place of the press and that of the release."""

    def press(self, event: QMouseEvent) -> None:
        """Begin."""
        if event.button() == LEFT:
            self.busy = True
            self._start = self._last = event.position()
            self.canvas.motion.stop()

    def move(self, event: QMouseEvent) -> None:
        """Stretch."""
        if self.busy:
            self._last = event.position()
            self.canvas.update()

    def release(self, event: QMouseEvent) -> None:
        """Ask about it; a shape too small to mean one is none."""
        if event.button() != LEFT or not self.busy:
            return
        self.busy = False
        if (self._last - self._start).manhattanLength() >= SMALL:
            self.tell(self.degrees(self._start), self.degrees(self._last))
        self.canvas.update()

    def double(self, event: QMouseEvent) -> None:
        """Nothing."""


class QueryBoxTool(_Dragged):
    """A box between two corners."""

    name = "query_box"
    shape = "box"

    def paint(self, painter: QPainter) -> None:
        """The box so far."""
        if self.busy:
            self._pen(painter)
            painter.drawRect(QRectF(self._start, self._last).normalized())


class QueryCircleTool(_Dragged):
    """A circle around the place of the press; its radius is read off."""

    name = "query_circle"
    shape = "circle"

    @property
    def radius(self) -> float:
        """Metres on the ellipsoid."""
        a, b = self.degrees(self._start), self.degrees(self._last)
        return float(CGCS2000.inv(*a, *b)[2])

    def paint(self, painter: QPainter) -> None:
        """The circle so far."""
        if not self.busy:
            return
        self._pen(painter)
        away = self._last - self._start
        radius = (away.x() ** 2 + away.y() ** 2) ** 0.5
        painter.drawEllipse(self._start, radius, radius)
        painter.drawLine(self._start, self._last)
        painter.setFont(font(12.5, bold=True))
        painter.setPen(self.canvas.palette_.color("text"))
        painter.drawText(self._last + QPointF(10, -8), length_text(self.radius))


class QueryPolygonTool(QueryTool):
    """A border by clicks; a double click or Enter closes it, Backspace takes a corner back, Insert puts one in the middle
    of the map."""

    name = "query_polygon"
    shape = "polygon"

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self.corners: list[LonLat] = []

    def press(self, event: QMouseEvent) -> None:
        """Markers are no obstacle."""
        super().press(event)
        self._hit = None

    def move(self, event: QMouseEvent) -> None:
        """The last side follows the pointer."""
        self._pointer = event.position()
        if self.busy:
            super().move(event)
        elif self.corners:
            self.canvas.update()

    def click(self, event: QMouseEvent, add: bool) -> None:
        """One more corner."""
        self._pointer = event.position()
        self.corners.append(self.degrees(event.position()))
        self.canvas.update()

    def double(self, event: QMouseEvent) -> None:
        """It is closed."""
        if event.button() == LEFT:
            self.finish()

    def finish(self) -> None:
        """Ask about it; fewer than three corners are no area."""
        corners = tuple(dict.fromkeys(self.corners))
        self.corners.clear()
        if len(corners) >= 3:
            self.tell(*corners)
        self.canvas.update()

    def key(self, event: QKeyEvent) -> bool:
        """As the class says."""
        key = event.key()
        if key == Qt.Key.Key_Insert:
            self._pointer = QPointF(self.canvas.width() / 2, self.canvas.height() / 2)
            self.corners.append(self.degrees(self._pointer))
        elif not self.corners:
            return False
        elif key == Qt.Key.Key_Backspace:
            self.corners.pop()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif key == Qt.Key.Key_Escape:
            self.corners.clear()
        else:
            return False
        self.canvas.update()
        return True

    def cancel(self) -> None:
        """Begin anew."""
        super().cancel()
        self.corners.clear()

    def paint(self, painter: QPainter) -> None:
        """The border so far."""
        super().paint(painter)
        if not self.corners:
            return
        points = [self.pixel(corner) for corner in self.corners]
        if self._pointer is not None:
            points.append(self._pointer)
        self._pen(painter)
        painter.drawPolygon(QPolygonF(points))
        painter.setPen(QPen(self.canvas.palette_.color("accent"), 2))
        painter.setBrush(self.canvas.palette_.color("surface"))
        for point in points[: len(self.corners)]:
            painter.drawEllipse(point, 3.6, 3.6)
