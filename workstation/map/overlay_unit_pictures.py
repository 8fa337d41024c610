"""How the areas of units look: pictures of outlines and of names, and what is painted into them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import shapely
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QTransform

from workstation.map.dragging import DropState
from workstation.map.overlay_palette import Palette, font
from workstation.map.viewport import Extent, Viewport

STRENGTH = {1: 60, 2: 22, 3: 12}
"""How strongly the area of a proposed unit is filled, by its rank."""
TARGET_FILL = 58
PLATES = 800
"""Of some two hundred units each look of their names: at rest, during a drag, proposed."""
LEAST = 900
"""Square pixels of an area that are seen, from which on it is named."""
SLACK = 160
"""Pixels the pictures are larger than the window on each side: a pan repaints them only after so many."""


class Look(NamedTuple):
    """What pictures of areas and of names depend on. ``told``: what is known of the units during a drag."""

    res: float
    width: int
    height: int
    dpr: float
    generation: int
    codes: tuple[str, ...]
    drag: bool
    told: tuple[object, ...]

    def stands_for(self, wanted: Look) -> bool:
        """Whether pictures of this look may be shown until those that are wanted are there: they tell nothing that is not so."""
        return (wanted.drag or not self.drag) and self.told in ((), wanted.told)


@dataclass(frozen=True)
class Layer:
    """Pictures with their places in the window of one view, good for every view within :data:`SLACK` of it."""

    look: Look
    view: Viewport
    pictures: list[tuple[QPointF, QPixmap]]

    def shift(self, view: Viewport) -> QPointF:
        """By how many pixels the pictures lie elsewhere in this view, which has the same scale, and may be larger."""
        wider, higher = (view.width - self.view.width) / 2, (view.height - self.view.height) / 2
        x, y = (self.view.cx - view.cx) / view.res, (view.cy - self.view.cy) / view.res
        return QPointF(round(x + wider), round(y + higher))

    def covers(self, view: Viewport) -> bool:
        """Whether the pictures reach to the window's edges in this view."""
        shift = self.shift(view)
        return abs(shift.x()) <= SLACK and abs(shift.y()) <= SLACK

    def paint(self, painter: QPainter, view: Viewport) -> None:
        """Set the pictures where they belong now; scaled where the scale has become another since they were made."""
        if view.res == self.view.res:
            shift = self.shift(view)
            for place, picture in self.pictures:
                painter.drawPixmap(place + shift, picture)
            return
        for place, picture in self.pictures:
            corner = QPointF(*view.to_screen(*self.view.to_map(place.x(), place.y())))
            size = picture.deviceIndependentSize() * (self.view.res / view.res)
            painter.drawPixmap(QRectF(corner, size), picture, QRectF(picture.rect()))

    def paint_plates(self, painter: QPainter, view: Viewport, dirty: QRectF) -> None:
        """The same for plates, which keep their size: their middles lie where they belong. Those outside ``dirty`` are not
        painted."""
        if view.res == self.view.res:
            shift = self.shift(view)
            for place, picture in self.pictures:
                corner = place + shift
                if QRectF(corner, picture.deviceIndependentSize()).intersects(dirty):
                    painter.drawPixmap(corner, picture)
            return
        for place, picture in self.pictures:
            size = picture.deviceIndependentSize()
            half = QPointF(size.width() / 2, size.height() / 2)
            middle = place + half
            x, y = view.to_screen(*self.view.to_map(middle.x(), middle.y()))
            painter.drawPixmap(QPointF(round(x), round(y)) - half, picture)


class Area:
    """An area in map coordinates, and coarser copies of it for views that cannot tell the difference."""

    def __init__(self, code: str, name: str, shape: Any, hue: int) -> None:
        self.code = code
        self.name = name
        self.shape = shape
        self.size = float(shape.area)
        self.extent = Extent(*shape.bounds)
        self.hue = hue
        self._coarse: dict[int, tuple[Any, QPainterPath]] = {}
        self._middle: Any = None

    def _at(self, view: Viewport) -> tuple[Any, QPainterPath]:
        level = math.floor(math.log2(view.res))
        found = self._coarse.get(level)
        if found is None:
            shape = self.shape.simplify(0.4 * 2.0**level, preserve_topology=True)
            found = shape, path_of(shape)
            self._coarse[level] = found
        return found

    def path_at(self, view: Viewport) -> QPainterPath:
        """The outline, to within half a pixel."""
        return self._at(view)[1]

    def shape_at(self, view: Viewport) -> Any:
        """The area, to within half a pixel."""
        return self._at(view)[0]

    def middle_in(self, view: Viewport, window: Any) -> Any:
        """A point in the middle of what a window (the view as a shape) shows of the area; None where that is too little for a name."""
        if view.extent.holds(self.extent):
            if self.size < LEAST * view.res * view.res:
                return None
            if self._middle is None:
                self._middle = _middle(self.shape)
            return self._middle
        seen = self.shape_at(view).intersection(window)
        return None if seen.is_empty or seen.area < LEAST * view.res * view.res else _middle(seen)


class AreaPainter:
    """Paints areas and names with one palette; keeps the plates of names."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._plates: dict[tuple[object, ...], QPixmap] = {}

    def clear(self) -> None:
        """Other units: their plates are others."""
        self._plates.clear()

    def paint_area(self, painter: QPainter, area: Area, view: Viewport, drop: DropState) -> None:
        refused = drop.active and not drop.allowed(area.code)
        rank = drop.rank(area.code) if drop.active else 0
        fill, line, width = self._colors(area, refused=refused, rank=rank, dragging=drop.active)
        path = transform_of(view).map(area.path_at(view))
        if fill.alpha():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.fillPath(path, fill)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(path, line_pen(line, width))

    def _colors(
        self, area: Area, *, refused: bool, rank: int, dragging: bool
    ) -> tuple[QColor, QColor, float]:
        none = QColor(0, 0, 0, 0)
        if refused:
            return none, self._palette.color("border_strong", 120), 1.0
        if rank:
            tone = self._palette.color("accent" if not self._palette.dark else "focus")
            fill = QColor(tone)
            fill.setAlpha(STRENGTH.get(rank, 0))
            return fill, tone, 3.4 if rank == 1 else 2.2
        tone = QColor.fromHsl(area.hue, 150, 150 if self._palette.dark else 100)
        if dragging:
            # Areas of several kinds of units lie over each other: their fills would mix to mud.
            return none, tone, 1.5
        fill = QColor(tone)
        fill.setAlpha(18)
        return fill, tone, 2.0

    def label_box(
        self, view: Viewport, area: Area, window: Any, drop: DropState, taken: list[QRectF]
    ) -> QRectF | None:
        """Where the name goes: in the middle of what is seen of the area, beneath another name that is there."""
        point = area.middle_in(view, window)
        if point is None:
            return None
        px, py = view.to_screen(point.x, point.y)
        width = QFontMetricsF(font(12.5, bold=True)).horizontalAdvance(area.name) + 20
        if drop.active and drop.rank(area.code):
            load = _load(drop, area.code)
            width += 20 + (QFontMetricsF(font(11.5)).horizontalAdvance(load) + 8 if load else 0)
        box = QRectF(round(px - width / 2), round(py - 12), math.ceil(width), 26)
        for _ in range(6):
            clash = next((other for other in taken if other.intersects(box)), None)
            if clash is None:
                break
            box.moveTop(clash.bottom() + 2)
        taken.append(box)
        return box

    def label_of(self, area: Area, box: QRectF, drop: DropState, dpr: float) -> QPixmap:
        """The plate, painted once for what it says and how."""
        code = area.code
        told = (drop.rank(code), drop.allowed(code), _load(drop, code)) if drop.active else (0, True, "")
        look = code, drop.active, *told, box.width(), dpr, self._palette.generation
        known = self._plates.get(look)
        if known is None:
            if len(self._plates) > PLATES:
                self._plates.clear()
            known = self._plates[look] = self._label(area, box, drop, dpr)
        return known

    def _label(self, area: Area, box: QRectF, drop: DropState, dpr: float) -> QPixmap:
        color = self._palette.color
        rank = drop.rank(area.code) if drop.active else 0
        refused = drop.active and not drop.allowed(area.code)
        picture = QPixmap(math.ceil(box.width() * dpr), math.ceil(box.height() * dpr))
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QRectF(1, 1, box.width() - 2, box.height() - 2)
        painter.setPen(QPen(color("accent") if rank else color("border_strong"), 1))
        painter.setBrush(color("surface", 236))
        painter.drawRoundedRect(plate, 12, 12)
        text_box = plate.adjusted(8, 0, -8, 0)
        if rank:
            badge = QRectF(plate.left() + 4, plate.top() + 4, 16, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawEllipse(badge)
            painter.setPen(color("on_accent"))
            painter.setFont(font(11, bold=True))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(rank))
            text_box.setLeft(text_box.left() + 16)
            load = _load(drop, area.code)
            if load:
                painter.setFont(font(11.5))
                painter.setPen(color("text_2"))
                painter.drawText(text_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, load)
                text_box.setRight(
                    text_box.right() - QFontMetricsF(painter.font()).horizontalAdvance(load) - 8
                )
        painter.setFont(font(12.5, bold=rank > 0 or not drop.active))
        painter.setPen(color("text_3") if refused else color("text"))
        painter.drawText(text_box, Qt.AlignmentFlag.AlignCenter, area.name)
        painter.end()
        return picture

    def paint_target(self, painter: QPainter, path: QPainterPath, drop: DropState) -> None:
        """The area that would get the cases: filled, with a bright double outline; red where it would refuse."""
        tone = self._palette.color("accent" if drop.allowed(drop.target) else "red")
        fill = QColor(tone)
        fill.setAlpha(TARGET_FILL - STRENGTH.get(drop.rank(drop.target), 0) // 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillPath(path, fill)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(path, line_pen(QColor("#FFFFFF"), 6.5))
        painter.strokePath(path, line_pen(tone, 3.4))


def _middle(shape: Any) -> Any:
    centre = shape.centroid
    return centre if shape.contains(centre) else shape.representative_point()


def wide_size(view: Viewport, dpr: float) -> QSize:
    """The pixels of a picture of the view."""
    return QSize(math.ceil(view.width * dpr), math.ceil(view.height * dpr))


def blank(view: Viewport, dpr: float) -> QPixmap:
    """A picture for the view; what is in it is chance."""
    return QPixmap(wide_size(view, dpr))


def _load(drop: DropState, code: str) -> str:
    info = drop.info.get(code)
    return info.load if info is not None else ""


def line_pen(color: QColor, width: float) -> QPen:
    """Opaque, flat and bevelled: of all pens the one that is stroked fastest."""
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.BevelJoin)


def transform_of(view: Viewport) -> QTransform:
    scale = 1 / view.res
    return QTransform(
        scale, 0, 0, -scale, view.width / 2 - view.cx * scale, view.height / 2 + view.cy * scale
    )


def path_of(shape: Any) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for polygon in getattr(shape, "geoms", [shape]):
        for ring in [polygon.exterior, *polygon.interiors]:
            first, *others = shapely.get_coordinates(ring).tolist()  # plain numbers: a tenth of the time
            path.moveTo(*first)
            for x, y in others:
                path.lineTo(x, y)
            path.closeSubpath()
    return path
