"""An area that was asked about, and what was found in it: shown on a map window until the question is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from workstation.map.marks import NONE, Marks
from workstation.map.overlay import QUERY, Overlay
from workstation.map.overlay_kept import KeptLayer
from workstation.map.overlay_palette import Palette, font
from workstation.map.transform import Array, Projection
from workstation.map.viewport import Extent, Viewport

Rings = Sequence[Array]
"""Borders as (n, 2) arrays of degrees; those inside another are holes."""
MOST_MARKS = 1200
"""So many marks are drawn with an edge of their own; more are dots."""
CELL = 3
"""Pixels within which one may stand for all."""


@dataclass(frozen=True)
class Route:
    """A way on the map with a word at its end. ``straight``: as the crow flies, because no street is known."""

    lonlat: tuple[tuple[float, float], ...]
    label: str = ""
    straight: bool = False
    strong: bool = False


class QueryOverlay(Overlay):
    """The area, marks on what was found, and ways to it. One for each map window."""

    z = QUERY

    def __init__(self, projection: Projection, palette: Palette) -> None:
        self._projection = projection
        self._palette = palette
        self._rings: list[Array] = []
        self._marks = NONE
        self._kept = KeptLayer(lambda view: [partial(self._paint_marks, view=view)], lambda: self.changed())
        self._chosen: Array = np.empty((0, 2))
        self._routes: list[tuple[Array, Route]] = []
        self._box: Extent | None = None

    def show_area(self, rings: Rings) -> None:
        """The border of what is asked about; none: no area."""
        self._rings = [self._moved(ring) for ring in rings]
        self._measure()

    def show_marks(self, marks: Marks) -> None:
        """A mark on each of these."""
        self._marks = marks
        self._kept.forget()
        self._measure()

    def choose(self, lonlat: Sequence[tuple[float, float]]) -> None:
        """Ring these, the rows that are chosen."""
        self._chosen = self._moved(np.array(lonlat, float)) if lonlat else np.empty((0, 2))
        self._measure()

    def show_routes(self, routes: Sequence[Route]) -> None:
        """These ways."""
        self._routes = [(self._moved(np.array(route.lonlat, float)), route) for route in routes]
        self._measure()

    def clear(self) -> None:
        """Nothing is shown."""
        self._rings, self._routes = [], []
        self._marks = NONE
        self._chosen = np.empty((0, 2))
        self._measure()

    def _moved(self, lonlat: Array) -> Array:
        return np.column_stack(self._projection.to_map(lonlat[:, 0], lonlat[:, 1]))

    def _measure(self) -> None:
        parts = [*self._rings, self._chosen, *(way for way, _ in self._routes)]
        if self._marks.extent is not None:
            parts.append(np.array(self._marks.extent, float).reshape(2, 2))
        points = np.vstack(parts) if parts else np.empty((0, 2))
        self._box = None
        if len(points):
            low, high = points.min(axis=0), points.max(axis=0)
            self._box = Extent(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        self.changed()

    def extent(self) -> Extent | None:
        """Around all of it."""
        return self._box

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """Area below, then marks, ways and what is chosen."""
        color = self._palette.color
        if self._rings:
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.OddEvenFill)
            for ring in self._rings:
                path.addPolygon(_polygon(view, ring))
                path.closeSubpath()
            painter.setPen(QPen(color("surface", 200), 4))
            painter.setBrush(color("accent", 24))
            painter.drawPath(path)
            painter.setPen(QPen(color("accent"), 1.8, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
        if self._marks.count:
            self._kept.paint(painter, view, dpr, self._palette.generation)
        for way, route in self._routes:
            self._paint_route(painter, view, way, route)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for x, y in zip(*view.to_screen_arrays(self._chosen[:, 0], self._chosen[:, 1]), strict=True):
            for pen in (QPen(color("surface"), 5), QPen(color("accent"), 2.6)):
                painter.setPen(pen)
                painter.drawEllipse(QPointF(x, y), 11, 11)

    def _paint_marks(self, painter: QPainter, view: Viewport) -> None:
        found = self._marks.within(view.extent, CELL * view.res)
        if not len(found):
            return
        x, y = view.to_screen_arrays(found[:, 0], found[:, 1])
        if len(x) > MOST_MARKS:
            painter.drawImage(0, 0, self._dots(x, y, view))
            return
        mark = self._mark(2.6 if len(x) > MOST_MARKS // 3 else 4.5, painter.device().devicePixelRatio())
        half = mark.deviceIndependentSize().width() / 2
        for a, b in zip(x.tolist(), y.tolist(), strict=True):
            painter.drawPixmap(QPointF(a - half, b - half), mark)

    def _dots(self, x: Array, y: Array, view: Viewport) -> QImage:
        """Three pixels square for each: a picture is written, not a hundred thousand shapes."""
        image = QImage(view.width, view.height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        pixels = np.frombuffer(image.bits(), np.uint32).reshape(view.height, view.width)
        at_x, at_y = np.round(x).astype(np.int64), np.round(y).astype(np.int64)
        inside = (at_x > 0) & (at_x < view.width - 1) & (at_y > 0) & (at_y < view.height - 1)
        at_x, at_y = at_x[inside], at_y[inside]
        color = np.uint32(self._palette.color("accent").rgba())
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                pixels[at_y + dy, at_x + dx] = color
        return image

    def _mark(self, radius: float, dpr: float) -> QPixmap:
        side = 2 * radius + 4
        picture = QPixmap(round(side * dpr), round(side * dpr))
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._palette.color("surface"), 1.2))
        painter.setBrush(self._palette.color("accent", 220))
        painter.drawEllipse(QPointF(side / 2, side / 2), radius, radius)
        painter.end()
        return picture

    def _paint_route(self, painter: QPainter, view: Viewport, way: Array, route: Route) -> None:
        color = self._palette.color
        line = _polygon(view, way)
        style = Qt.PenStyle.DashLine if route.straight else Qt.PenStyle.SolidLine
        for pen in (
            QPen(color("surface", 230), 7.5 if route.strong else 6),
            QPen(color("accent" if route.strong else "text_3"), 4 if route.strong else 2.6, style),
        ):
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(line)
        if route.label:
            face = font(11.5, bold=route.strong)
            end = line.at(line.size() - 1)
            box = QRectF(
                end.x() + 14, end.y() - 10, QFontMetricsF(face).horizontalAdvance(route.label) + 12, 20
            )
            painter.setPen(QPen(self._palette.rim(), 1))
            painter.setBrush(color("surface", 240))
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(color("text"))
            painter.setFont(face)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, route.label)


def _polygon(view: Viewport, points: Array) -> QPolygonF:
    x, y = view.to_screen_arrays(points[:, 0], points[:, 1])
    return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
