"""The areas the units answer for: outlines with names, and how they look while cases are dragged over them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QTransform

from workstation.map.dragging import DropState
from workstation.map.overlay_palette import Palette, font
from workstation.map.transform import Projection
from workstation.map.viewport import Viewport

HUES = (212, 262, 152, 28, 330, 186, 48, 236, 100, 300, 12, 172)


class UnitArea(Protocol):
    """What the map needs to know of a unit; ``services`` calls it UnitInfo."""

    code: str
    name: str
    short_name: str
    area_wkb: bytes | None


@dataclass
class _Area:
    code: str
    name: str
    shape: Any
    path: QPainterPath
    size: float
    hue: int


class UnitLayer:
    """Holds the areas in map coordinates and paints them."""

    def __init__(self, projection: Projection, palette: Palette) -> None:
        self._projection = projection
        self._palette = palette
        self._areas: list[_Area] = []
        self._names: dict[str, str] = {}
        self._pictures: dict[str, tuple[tuple[object, ...], QPixmap]] = {}

    def set_units(self, units: Iterable[UnitArea]) -> None:
        """These units; those without an area are only known by name."""
        self._areas = []
        self._names = {}
        self._pictures.clear()
        for number, unit in enumerate(units):
            self._names[unit.code] = unit.short_name or unit.name
            if not unit.area_wkb:
                continue
            shape = shapely.transform(shapely.from_wkb(unit.area_wkb), self._project)
            if shape.is_empty:
                continue
            shapely.prepare(shape)
            hue = HUES[number % len(HUES)]
            self._areas.append(_Area(unit.code, self._names[unit.code], shape, _path(shape), shape.area, hue))
        # Large areas first, so that small ones lie on top and are hit first.
        self._areas.sort(key=lambda area: -area.size)

    def _project(self, points: Any) -> Any:
        return np.stack(self._projection.to_map(points[:, 0], points[:, 1]), axis=1)

    def name(self, code: str) -> str:
        """A unit's short name; its code where it is not known."""
        return self._names.get(code, code)

    @property
    def codes(self) -> list[str]:
        """The units that have an area."""
        return [area.code for area in self._areas]

    def at(self, x: float, y: float) -> list[str]:
        """The units whose areas hold a map position, the smallest area first."""
        point = shapely.Point(x, y)
        return [area.code for area in reversed(self._areas) if area.shape.contains(point)]

    def paint(
        self, painter: QPainter, view: Viewport, dpr: float, drop: DropState, *, only: frozenset[str] | None = None
    ) -> None:
        """All areas (or only these); during a drag the one that would get the cases stands out."""
        painter.drawPixmap(0, 0, self._picture("areas", view, dpr, drop, only))
        if drop.active:
            for code in reversed(drop.here):
                if code != drop.target:
                    self._outline(painter, view, code, self._palette.color("text_2", 190), 1.6, dashed=True)
            if drop.target:
                self._target(painter, view, drop)

    def paint_names(
        self, painter: QPainter, view: Viewport, dpr: float, drop: DropState, *, only: frozenset[str] | None = None
    ) -> None:
        """The names of the same areas, to lie over the cases."""
        painter.drawPixmap(0, 0, self._picture("names", view, dpr, drop, only))

    def _picture(
        self, what: str, view: Viewport, dpr: float, drop: DropState, only: frozenset[str] | None
    ) -> QPixmap:
        """Areas or names as a picture of the window, painted anew only when something about them has changed."""
        wanted = [area for area in self._areas if only is None or area.code in only]
        key = (
            view,
            dpr,
            self._palette.generation,
            tuple(area.code for area in wanted),
            drop.active,
            tuple(sorted((code, info.allowed) for code, info in drop.info.items())),
            tuple(candidate.unit for candidate in drop.candidates),
        )
        known = self._pictures.get(what)
        if known is not None and known[0] == key:
            return known[1]
        picture = QPixmap(math.ceil(view.width * dpr), math.ceil(view.height * dpr))
        picture.setDevicePixelRatio(dpr)
        picture.fill(QColor(8, 16, 32, 30) if drop.active and what == "areas" else Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if what == "areas":
            self._paint_areas(painter, wanted, view, drop)
        else:
            window = shapely.box(*view.extent)
            taken: list[QRectF] = []
            for area in sorted(wanted, key=lambda a: (drop.rank(a.code) or 999, a.size)):
                self._label(painter, view, area, window, drop, taken)
        painter.end()
        self._pictures[what] = (key, picture)
        return picture

    def _paint_areas(self, painter: QPainter, areas: list[_Area], view: Viewport, drop: DropState) -> None:
        transform = _transform(view)
        for area in areas:
            refused = drop.active and not drop.allowed(area.code)
            rank = drop.rank(area.code) if drop.active else 0
            fill, line, width = self._colors(area, refused=refused, rank=rank, dragging=drop.active)
            path = transform.map(area.path)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPath(path)
            pen = QPen(line, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if refused:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)

    def _colors(self, area: _Area, *, refused: bool, rank: int, dragging: bool) -> tuple[QColor, QColor, float]:
        none = QColor(0, 0, 0, 0)
        if refused:
            return none, self._palette.color("text_3", 190), 1.2
        if rank:
            tone = self._palette.color("accent")
            fill = QColor(tone)
            fill.setAlpha(64 if rank == 1 else 38)
            return fill, tone, 2.6 if rank == 1 else 2.0
        tone = QColor.fromHsl(area.hue, 150, 150 if self._palette.dark else 100)
        if dragging:
            # Areas of several kinds of units lie over each other: their fills would mix to mud.
            tone.setAlpha(200)
            return none, tone, 1.5
        fill = QColor(tone)
        fill.setAlpha(18)
        tone.setAlpha(230)
        return fill, tone, 2.0

    def _label(
        self, painter: QPainter, view: Viewport, area: _Area, window: Any, drop: DropState, taken: list[QRectF]
    ) -> None:
        """The name where the visible part of the area has room, unless another name is there."""
        seen = area.shape.intersection(window)
        if seen.is_empty or seen.area < 900 * view.res * view.res:
            return
        point = seen.representative_point() if not seen.contains(seen.centroid) else seen.centroid
        px, py = view.to_screen(point.x, point.y)
        face = font(12.5, bold=True)
        metrics = QFontMetricsF(face)
        rank = drop.rank(area.code) if drop.active else 0
        refused = drop.active and not drop.allowed(area.code)
        width = metrics.horizontalAdvance(area.name) + 18 + (20 if rank else 0)
        box = QRectF(px - width / 2, py - 12, width, 24)
        for _ in range(6):
            clash = next((other for other in taken if other.intersects(box)), None)
            if clash is None:
                break
            box.moveTop(clash.bottom() + 4)
        taken.append(box)
        color = self._palette.color
        painter.setPen(QPen(color("accent") if rank else color("border_strong"), 1))
        painter.setBrush(color("surface", 236))
        painter.drawRoundedRect(box, 12, 12)
        text_box = box.adjusted(9, 0, -9, 0)
        if rank:
            badge = QRectF(box.left() + 4, box.top() + 4, 16, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawEllipse(badge)
            painter.setPen(color("on_accent"))
            painter.setFont(font(11, bold=True))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(rank))
            text_box.setLeft(text_box.left() + 16)
        painter.setFont(face)
        painter.setPen(color("text_3") if refused else color("text"))
        painter.drawText(text_box, Qt.AlignmentFlag.AlignCenter, area.name)

    def _area(self, code: str) -> _Area | None:
        return next((area for area in self._areas if area.code == code), None)

    def _outline(
        self, painter: QPainter, view: Viewport, code: str, color: QColor, width: float, *, dashed: bool = False
    ) -> None:
        area = self._area(code)
        if area is None:
            return
        pen = QPen(color, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_transform(view).map(area.path))

    def _target(self, painter: QPainter, view: Viewport, drop: DropState) -> None:
        """The area that would get the cases: filled, with a bright double outline; red where it would refuse."""
        area = self._area(drop.target)
        if area is None:
            return
        allowed = drop.allowed(area.code)
        tone = self._palette.color("accent" if allowed else "red")
        path = _transform(view).map(area.path)
        fill = QColor(tone)
        fill.setAlpha(72)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPath(path)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((QColor(255, 255, 255, 230), 6.5), (tone, 3.4)):
            pen = QPen(color, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(path)


def _transform(view: Viewport) -> QTransform:
    scale = 1 / view.res
    return QTransform(
        scale, 0, 0, -scale, view.width / 2 - view.cx * scale, view.height / 2 + view.cy * scale
    )


def _path(shape: Any) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for polygon in getattr(shape, "geoms", [shape]):
        for ring in [polygon.exterior, *polygon.interiors]:
            points = [QPointF(x, y) for x, y in shapely.get_coordinates(ring)]
            path.moveTo(points[0])
            for point in points[1:]:
                path.lineTo(point)
            path.closeSubpath()
    return path
