"""An area that was asked about, and what was found in it: shown on a map window until the question is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from workstation.map.overlay import QUERY, Overlay
from workstation.map.overlay_palette import Palette, font
from workstation.map.transform import Array, Projection
from workstation.map.viewport import Extent, Viewport

Rings = Sequence[Array]
"""Borders as (n, 2) arrays of degrees; those inside another are holes."""
MOST_MARKS = 4000
"""Marks that are painted at once: beyond that one stands for all in its few pixels."""
CELL = 4


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
        self._marks: Array = np.empty((0, 2))
        self._chosen: Array = np.empty((0, 2))
        self._routes: list[tuple[Array, Route]] = []
        self._box: Extent | None = None

    def show_area(self, rings: Rings) -> None:
        """The border of what is asked about; none: no area."""
        self._rings = [self._moved(ring) for ring in rings]
        self._measure()

    def show_marks(self, lon: NDArray[Any], lat: NDArray[Any]) -> None:
        """A mark on each of these."""
        self._marks = np.column_stack(self._projection.to_map(lon, lat)) if len(lon) else np.empty((0, 2))
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
        self._marks = self._chosen = np.empty((0, 2))
        self._measure()

    def _moved(self, lonlat: Array) -> Array:
        return np.column_stack(self._projection.to_map(lonlat[:, 0], lonlat[:, 1]))

    def _measure(self) -> None:
        parts = [*self._rings, self._marks, self._chosen, *(way for way, _ in self._routes)]
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
        self._paint_marks(painter, view, dpr, dirty)
        for way, route in self._routes:
            self._paint_route(painter, view, way, route)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for x, y in zip(*view.to_screen_arrays(self._chosen[:, 0], self._chosen[:, 1]), strict=True):
            for pen in (QPen(color("surface"), 5), QPen(color("accent"), 2.6)):
                painter.setPen(pen)
                painter.drawEllipse(QPointF(x, y), 11, 11)

    def _paint_marks(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        if not len(self._marks):
            return
        x, y = view.to_screen_arrays(self._marks[:, 0], self._marks[:, 1])
        seen = (
            (x > dirty.left() - 8)
            & (x < dirty.right() + 8)
            & (y > dirty.top() - 8)
            & (y < dirty.bottom() + 8)
        )
        x, y = x[seen], y[seen]
        if len(x) > MOST_MARKS:
            # One in each few pixels: nobody can tell more apart.
            cells = np.floor(x / CELL).astype(np.int64) * 100_003 + np.floor(y / CELL).astype(np.int64)
            _, first = np.unique(cells, return_index=True)
            x, y = x[first], y[first]
        small = len(x) > MOST_MARKS // 4
        radius = 2.0 if small else 4.5
        if len(x) > MOST_MARKS:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(self._palette.color("accent"), 3))
            painter.drawPoints(
                QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
            )
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            return
        mark = self._mark(radius, dpr)
        half = mark.width() / dpr / 2
        for a, b in zip(x.tolist(), y.tolist(), strict=True):
            painter.drawPixmap(QPointF(a - half, b - half), mark)

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
