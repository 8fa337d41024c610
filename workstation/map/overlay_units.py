"""The areas the units answer for: outlines with names, and how they look while cases are dragged over them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
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


STRENGTH = {1: 60, 2: 22, 3: 12}
"""How strongly the area of a proposed unit is filled, by its rank."""
TARGET_FILL = 58
PLATES = 400
SLACK = 160
"""Pixels the pictures are larger than the window on each side: a pan repaints them only after so many."""


@dataclass(frozen=True)
class _Layer:
    """Pictures with their places in the window of one view, good for every view within :data:`SLACK` of it."""

    key: tuple[object, ...]
    view: Viewport
    pictures: list[tuple[QPointF, QPixmap]]

    def shift(self, view: Viewport) -> QPointF:
        """By how many pixels the pictures lie elsewhere in this view, which has the same scale."""
        return QPointF(round((self.view.cx - view.cx) / view.res), round((view.cy - self.view.cy) / view.res))

    def covers(self, view: Viewport) -> bool:
        """Whether the pictures reach to the window's edges in this view."""
        shift = self.shift(view)
        return abs(shift.x()) <= SLACK and abs(shift.y()) <= SLACK

    def paint(self, painter: QPainter, view: Viewport) -> None:
        """Set the pictures where they belong now."""
        shift = self.shift(view)
        for place, picture in self.pictures:
            painter.drawPixmap(place + shift, picture)


@dataclass(frozen=True)
class Outline:
    """An area to be drawn elsewhere: a shape of shapely's in map coordinates, and the colour of its line by day."""

    code: str
    name: str
    shape: Any
    colour: str


class _Area:
    """An area in map coordinates, and coarser copies of it for views that cannot tell the difference."""

    def __init__(self, code: str, name: str, shape: Any, hue: int) -> None:
        self.code = code
        self.name = name
        self.shape = shape
        self.size = float(shape.area)
        self.hue = hue
        self._coarse: dict[int, tuple[Any, QPainterPath]] = {}

    def _at(self, view: Viewport) -> tuple[Any, QPainterPath]:
        level = math.floor(math.log2(view.res))
        found = self._coarse.get(level)
        if found is None:
            shape = self.shape.simplify(0.4 * 2.0**level, preserve_topology=True)
            found = shape, _path(shape)
            self._coarse[level] = found
        return found

    def path_at(self, view: Viewport) -> QPainterPath:
        """The outline, to within half a pixel."""
        return self._at(view)[1]

    def shape_at(self, view: Viewport) -> Any:
        """The area, to within half a pixel."""
        return self._at(view)[0]


class UnitLayer:
    """Holds the areas in map coordinates and paints them."""

    def __init__(self, projection: Projection, palette: Palette) -> None:
        self._projection = projection
        self._palette = palette
        self._areas: list[_Area] = []
        self._names: dict[str, str] = {}
        self._layers: dict[str, _Layer] = {}
        self._badges: list[tuple[str, QRectF]] = []
        self._lights: dict[str, _Layer] = {}
        self._plates: dict[tuple[object, ...], QPixmap] = {}
        self._begun: tuple[_Layer, list[_Area]] | None = None
        self.budget = math.inf
        """Seconds in which one painting may draw outlines; what is left then is drawn by the next."""
        self.owing: Callable[[], object] = lambda: None
        """Called when outlines are left to the next painting."""

    def set_units(self, units: Iterable[UnitArea]) -> None:
        """These units; those without an area are only known by name."""
        self._areas = []
        self._names = {}
        self._layers.clear()
        self._lights.clear()
        self._plates.clear()
        self._begun = None
        self._badges = []
        for number, unit in enumerate(units):
            self._names[unit.code] = unit.short_name or unit.name
            if not unit.area_wkb:
                continue
            shape = shapely.transform(shapely.from_wkb(unit.area_wkb), self._project)
            if shape.is_empty:
                continue
            shapely.prepare(shape)
            hue = HUES[number % len(HUES)]
            self._areas.append(_Area(unit.code, self._names[unit.code], shape, hue))
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

    def outlines(
        self, codes: Iterable[str] | None, extent: tuple[float, float, float, float]
    ) -> list[Outline]:
        """The areas of these units (None: of all) that reach into an extent of the map, large ones first."""
        wanted = None if codes is None else frozenset(codes)
        window = shapely.box(*extent)
        return [
            Outline(area.code, area.name, area.shape, QColor.fromHsl(area.hue, 150, 100).name())
            for area in self._areas
            if (wanted is None or area.code in wanted) and area.shape.intersects(window)
        ]

    def at(self, x: float, y: float) -> list[str]:
        """The units whose areas hold a map position, the smallest area first."""
        point = shapely.Point(x, y)
        return [area.code for area in reversed(self._areas) if area.shape.contains(point)]

    def inside(self, code: str, lon: Sequence[float], lat: Sequence[float]) -> list[bool]:
        """Which of these positions (degrees) the unit's area holds; none where it has no area."""
        area = self._area(code)
        if area is None or not len(lon):
            return [False] * len(lon)
        x, y = self._projection.to_map(list(lon), list(lat))
        found: list[bool] = shapely.contains_xy(area.shape, x, y).tolist()
        return found

    def paint(
        self,
        painter: QPainter,
        view: Viewport,
        dpr: float,
        drop: DropState,
        *,
        only: frozenset[str] | None = None,
    ) -> None:
        """All areas (or only these); during a drag the one that would get the cases stands out."""
        areas = [area for area in self._areas if only is None or area.code in only]
        if drop.active:
            painter.fillRect(QRectF(0, 0, view.width, view.height), QColor(8, 16, 32, 30))
        self._areas_layer(areas, view, dpr, drop).paint(painter, view)
        if drop.active and self._begun is None:
            for code in reversed(drop.here):
                layer = self._lit(code, view, dpr, drop)
                if layer is not None:
                    layer.paint(painter, view)

    def _areas_layer(self, areas: list[_Area], view: Viewport, dpr: float, drop: DropState) -> _Layer:
        """All outlines in one picture, larger than the window, made anew only when something about it changes or a pan
        leaves it. Where that takes longer than :attr:`budget`, the rest is :attr:`owing` and the one before is shown."""
        key = self._key(areas, view, dpr, drop)
        known = self._layers.get("areas")
        if known is not None and known.key == key and known.covers(view):
            return known
        made, rest = self._begun or (None, [])
        if made is None or made.key != key or not made.covers(view):
            made = _Layer(key, view, [(QPointF(-SLACK, -SLACK), _blank(view.grown(SLACK), dpr))])
            rest = list(areas)
            if drop.active:
                # Who is proposed lies over the others, the first of them on top; who would refuse lies below all.
                rest.sort(key=lambda a: (drop.allowed(a.code), -(drop.rank(a.code) or 999)))
        clock = time.perf_counter()
        canvas = QPainter(made.pictures[0][1])
        while rest:
            self._paint_area(canvas, rest.pop(0), made.view.grown(SLACK), drop)
            if time.perf_counter() - clock > self.budget:
                break
        canvas.end()
        self._begun = (made, rest) if rest else None
        if not rest:
            self._layers["areas"] = made
            return made
        self.owing()
        return known if known is not None and known.view.res == view.res and known.covers(view) else made

    def _lit(self, code: str, view: Viewport, dpr: float, drop: DropState) -> _Layer | None:
        """The area under the pointer, the one that would get the cases in its light: a picture no larger than it is."""
        area = self._area(code)
        if area is None:
            return None
        target, rank = code == drop.target, drop.rank(code)
        look = (
            target,
            rank,
            drop.allowed(code),
            view.res,
            view.width,
            view.height,
            dpr,
            self._palette.generation,
        )
        known = self._lights.get(code)
        if known is not None and known.key == look and known.covers(view):
            return known
        wide = view.grown(SLACK)
        path = _transform(wide).map(area.path_at(view))
        window = QRectF(0, 0, wide.width, wide.height)
        box = path.boundingRect().adjusted(-5, -5, 5, 5).intersected(window).toAlignedRect()
        picture = QPixmap(max(1, math.ceil(box.width() * dpr)), max(1, math.ceil(box.height() * dpr)))
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        canvas = QPainter(picture)
        canvas.translate(-box.topLeft())
        if target:
            self._target(canvas, path, drop)
        else:
            canvas.setRenderHint(QPainter.RenderHint.Antialiasing)
            canvas.strokePath(path, _pen(self._palette.color("text_2"), 2.0))
        canvas.end()
        made = _Layer(look, view, [(QPointF(box.topLeft()) - QPointF(SLACK, SLACK), picture)])
        self._lights[code] = made
        return made

    def reach(self, codes: Iterable[str], view: Viewport) -> QRectF:
        """The pixels that these areas take, so that nothing else is painted when one is lit or goes out."""
        out = QRectF()
        for code in codes:
            area = self._area(code)
            if area is not None:
                box = _transform(view).mapRect(area.path_at(view).boundingRect())
                out = out.united(box.adjusted(-8, -8, 8, 8))
        return out

    def paint_names(
        self,
        painter: QPainter,
        view: Viewport,
        dpr: float,
        drop: DropState,
        *,
        only: frozenset[str] | None = None,
    ) -> None:
        """The names of the same areas, to lie over the cases."""
        areas = [area for area in self._areas if only is None or area.code in only]
        key = self._key(areas, view, dpr, drop)
        layer = self._layers.get("names")
        if drop.active and self._begun is not None:  # outlines first: names a few paintings later
            if layer is not None and layer.view.res == view.res:
                layer.paint(painter, view)
            return
        if layer is None or layer.key != key or not layer.covers(view):
            window = shapely.box(*view.extent)
            labels: list[tuple[QPointF, QPixmap]] = []
            taken: list[QRectF] = []
            self._badges = []
            for area in sorted(
                areas, key=lambda a: (drop.rank(a.code) or 999, not drop.allowed(a.code), a.size)
            ):
                box = self._label_box(view, area, window, drop, taken)
                if box is not None:
                    labels.append((box.topLeft(), self._label_of(area, box, drop, dpr)))
                    self._badges.append((area.code, box))
            layer = _Layer(key, view, labels)
            self._layers["names"] = layer
        layer.paint(painter, view)

    def badge_at(self, view: Viewport, x: float, y: float) -> str:
        """The unit whose badge, as it was painted last, lies under a pixel; "" for none."""
        layer = self._layers.get("names")
        if layer is None or layer.view.res != view.res:
            return ""
        at = QPointF(x, y) - layer.shift(view)
        return next((code for code, box in reversed(self._badges) if box.contains(at)), "")

    def badge_box(self, view: Viewport, code: str) -> QRectF | None:
        """Where the unit's badge is painted, in pixels; None where it has none in this view."""
        layer = self._layers.get("names")
        if layer is None or layer.view.res != view.res:
            return None
        box = next((box for known, box in self._badges if known == code), None)
        return None if box is None else box.translated(layer.shift(view))

    def _key(self, areas: list[_Area], view: Viewport, dpr: float, drop: DropState) -> tuple[object, ...]:
        """What the pictures of areas and names depend on."""
        return (
            view.res,
            view.width,
            view.height,
            dpr,
            self._palette.generation,
            tuple(area.code for area in areas),
            drop.active,
            tuple(sorted((code, info.allowed, info.load) for code, info in drop.info.items())),
            tuple(candidate.unit for candidate in drop.candidates),
        )

    def _paint_area(self, painter: QPainter, area: _Area, view: Viewport, drop: DropState) -> None:
        refused = drop.active and not drop.allowed(area.code)
        rank = drop.rank(area.code) if drop.active else 0
        fill, line, width = self._colors(area, refused=refused, rank=rank, dragging=drop.active)
        path = _transform(view).map(area.path_at(view))
        if fill.alpha():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.fillPath(path, fill)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(path, _pen(line, width))

    def _colors(
        self, area: _Area, *, refused: bool, rank: int, dragging: bool
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

    def _label_box(
        self, view: Viewport, area: _Area, window: Any, drop: DropState, taken: list[QRectF]
    ) -> QRectF | None:
        """Where the name goes: in the middle of what is seen of the area, beneath another name that is there."""
        seen = area.shape_at(view).intersection(window)
        if seen.is_empty or seen.area < 900 * view.res * view.res:
            return None
        point = seen.centroid if seen.contains(seen.centroid) else seen.representative_point()
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

    def _label_of(self, area: _Area, box: QRectF, drop: DropState, dpr: float) -> QPixmap:
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

    def _label(self, area: _Area, box: QRectF, drop: DropState, dpr: float) -> QPixmap:
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

    def _area(self, code: str) -> _Area | None:
        return next((area for area in self._areas if area.code == code), None)

    def _target(self, painter: QPainter, path: QPainterPath, drop: DropState) -> None:
        """The area that would get the cases: filled, with a bright double outline; red where it would refuse."""
        tone = self._palette.color("accent" if drop.allowed(drop.target) else "red")
        fill = QColor(tone)
        fill.setAlpha(TARGET_FILL - STRENGTH.get(drop.rank(drop.target), 0) // 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillPath(path, fill)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(path, _pen(QColor("#FFFFFF"), 6.5))
        painter.strokePath(path, _pen(tone, 3.4))


def _blank(view: Viewport, dpr: float) -> QPixmap:
    picture = QPixmap(math.ceil(view.width * dpr), math.ceil(view.height * dpr))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _load(drop: DropState, code: str) -> str:
    info = drop.info.get(code)
    return info.load if info is not None else ""


def _pen(color: QColor, width: float) -> QPen:
    """Opaque, flat and bevelled: of all pens the one that is stroked fastest."""
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.BevelJoin)


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
