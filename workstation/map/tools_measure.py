"""Measuring on the ground: lengths and areas on the ellipsoid of CGCS2000, which stay on the map until they are closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from pyproj import Geod
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QMenu

from workstation.map.overlay import SELECTION, Overlay
from workstation.map.overlay_palette import Palette, font
from workstation.map.tools import LEFT, NavigateTool
from workstation.map.viewport import Viewport

if TYPE_CHECKING:
    from workstation.map.canvas import MapCanvas

CGCS2000 = Geod(a=6378137.0, rf=298.257222101)
MU = 2000.0 / 3.0
"""Square metres of a 亩."""
LonLat = tuple[float, float]
Snapper = Callable[[float, float, float, Callable[[LonLat | None], None]], object]
"""Asked for what stands near a place (lon, lat, metres); the answer, None for nothing, comes by the last argument."""
SNAP_PIXELS = 12.0
CLOSE = 18.0


def length_of(points: Sequence[LonLat]) -> float:
    """Metres along the geodesics from point to point."""
    if len(points) < 2:
        return 0.0
    lon, lat = zip(*points, strict=True)
    return float(CGCS2000.line_length(lon, lat))


def area_of(points: Sequence[LonLat]) -> tuple[float, float]:
    """Square metres inside a border and metres along it; 0 and its length for fewer than three points."""
    if len(points) < 3:
        return 0.0, length_of([*points, points[0]]) if points else 0.0
    lon, lat = zip(*points, strict=True)
    area, around = CGCS2000.polygon_area_perimeter(lon, lat)
    return abs(float(area)), float(around)


def crosses(points: Sequence[LonLat]) -> bool:
    """Whether a border crosses itself: then there is no area inside."""
    count = len(points)
    sides = [(points[n], points[(n + 1) % count]) for n in range(count)]
    for i in range(count):
        for j in range(i + 2, count):
            if (j + 1) % count != i and _meet(*sides[i], *sides[j]):
                return True
    return False


def _meet(a: LonLat, b: LonLat, c: LonLat, d: LonLat) -> bool:
    def side(p: LonLat, q: LonLat, r: LonLat) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def length_text(metres: float) -> str:
    """A length in words: metres to a decimetre, from a kilometre on kilometres to a metre."""
    if metres >= 1000:
        return QCoreApplication.translate("MeasureTool", "{} 千米").format(f"{metres / 1000:.3f}")
    return QCoreApplication.translate("MeasureTool", "{} 米").format(f"{metres:.1f}")


def way_text(metres: float) -> str:
    """A way to go, in words: to ten metres and not below, from a kilometre on to a tenth of one. Nobody walks decimetres."""
    tens = max(10.0, round(metres, -1))
    if tens >= 1000:
        return QCoreApplication.translate("MeasureTool", "{} 千米").format(f"{metres / 1000:.1f}")
    return QCoreApplication.translate("MeasureTool", "{} 米").format(f"{tens:.0f}")


def area_text(square: float) -> str:
    """An area in words: square metres, from a hectare on hectares, from a square kilometre on those; and in 亩."""
    translate = QCoreApplication.translate
    mu = translate("MeasureTool", "{} 亩").format(f"{square / MU:,.2f}")
    if square >= 1e6:
        return translate("MeasureTool", "{} 平方千米").format(f"{square / 1e6:,.3f}") + f"  {mu}"
    if square >= 1e4:
        return translate("MeasureTool", "{} 公顷").format(f"{square / 1e4:,.3f}") + f"  {mu}"
    return translate("MeasureTool", "{} 平方米").format(f"{square:,.1f}") + f"  {mu}"


@dataclass(eq=False)
class Measure:
    """A line or a border, in degrees."""

    area: bool
    points: list[LonLat] = field(default_factory=list)

    def lines(self, points: Sequence[LonLat] | None = None) -> list[str]:
        """What was measured, in words: the result first."""
        translate = QCoreApplication.translate
        shown = self.points if points is None else points
        if not self.area:
            out = [length_text(length_of(shown))]
            if len(shown) > 2:
                out.append(translate("MeasureTool", "{} 段").format(len(shown) - 1))
            return out
        if crosses(shown):
            return [translate("MeasureTool", "边界自相交，没有面积")]
        square, around = area_of(shown)
        out = [area_text(square)]
        if square >= 1e4:
            out.append(translate("MeasureTool", "{} 平方米").format(f"{square:,.1f}"))
        out.append(translate("MeasureTool", "周长 {}").format(length_text(around)))
        return out

    def text(self) -> str:
        """The same as one text, for the clipboard."""
        return "\n".join(self.lines())


class Measures(Overlay):
    """What has been measured on one map window; closed by the cross at each result."""

    z = SELECTION

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self.done: list[Measure] = []

    def add(self, measure: Measure) -> None:
        """Keep a result on the map."""
        self.done.append(measure)
        self.changed()

    def close(self, measure: Measure) -> None:
        """Take it off."""
        self.done.remove(measure)
        self.changed()

    def clear(self) -> None:
        """Take all off."""
        self.done.clear()
        self.changed()

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """All of them, with their results."""
        for measure in self.done:
            paint_measure(painter, view, self._canvas, measure, measure.points, closable=True)

    def hit(self, view: Viewport, x: float, y: float) -> Measure | None:
        """The result whose words lie under a pixel."""
        for measure in reversed(self.done):
            if _label_box(view, self._canvas, measure, measure.points, closable=True).contains(x, y):
                return measure
        return None

    def clicked(self, hit: Measure, event: QMouseEvent) -> bool:
        """The cross closes, anywhere else copies."""
        box = _label_box(self._canvas.view, self._canvas, hit, hit.points, closable=True)
        if event.position().x() > box.right() - CLOSE - 6:
            self.close(hit)
        else:
            copy(self._canvas, hit)
        return True

    def add_actions(self, hit: Measure, menu: QMenu) -> None:
        """Copy, close, close all."""
        translate = QCoreApplication.translate
        menu.addAction(translate("MeasureTool", "复制结果"), lambda: copy(self._canvas, hit))
        menu.addAction(translate("MeasureTool", "关闭"), lambda: self.close(hit))
        menu.addAction(translate("MeasureTool", "清除全部量测"), self.clear)


def copy(canvas: MapCanvas, measure: Measure) -> None:
    """Put the result on the clipboard."""
    QGuiApplication.clipboard().setText(measure.text())
    canvas.say(
        QCoreApplication.translate("MeasureTool", "已复制：{}").format(measure.lines()[0]), "info", 1800
    )


def measures_of(canvas: MapCanvas) -> Measures:
    """The results on a map window; made when the first is asked for."""
    for overlay in canvas.overlays:
        if isinstance(overlay, Measures):
            return overlay
    made = Measures(canvas)
    canvas.add_overlay(made)
    return made


class MeasureTool(NavigateTool):
    """Clicks make a line whose length is read off along it; a double click or Enter ends it, Backspace takes a point back.

    S switches snapping to components and corners on and off; Insert puts a point in the middle of the map, so that the
    arrow keys alone will do; Ctrl+C copies the result.
    """

    name = "measure"
    cursor = Qt.CursorShape.CrossCursor
    hovers = False
    area = False

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._measure = Measure(self.area)
        self._pointer: QPointF | None = None
        self._snapped: LonLat | None = None
        self._asked = 0
        self.snapping = False
        self.snapper: Snapper | None = None

    @property
    def points(self) -> list[LonLat]:
        """The points so far, in degrees."""
        return list(self._measure.points)

    @property
    def length(self) -> float:
        """Metres along the points so far."""
        return length_of(self._measure.points)

    # ---- hands ----

    def press(self, event: QMouseEvent) -> None:
        """Markers are no obstacle; the words of a result are buttons."""
        measures = measures_of(self.canvas)
        if event.button() == LEFT and not self._measure.points:
            position = event.position()
            found = measures.hit(self.canvas.view, position.x(), position.y())
            if found is not None:
                measures.clicked(found, event)
                return
        super().press(event)
        self._hit = None

    def move(self, event: QMouseEvent) -> None:
        """The last leg follows the pointer, to what it would snap to."""
        self._pointer = event.position()
        if self.busy:
            super().move(event)
            return
        if self.snapping:
            self._look(event.position(), self._show_snap)
        if self._measure.points or self.snapping:
            self.canvas.update()

    def click(self, event: QMouseEvent, add: bool) -> None:
        """One more point."""
        self._pointer = event.position()
        self._put(event.position())

    def _put(self, position: QPointF) -> None:
        measure = self._measure
        measure.points.append(self._degrees(position))
        number = len(measure.points) - 1
        if self.snapping:
            if self._snapped is not None and self._near(self._snapped, position):
                measure.points[number] = self._snapped
            else:
                self._look(position, lambda found: self._move_to(measure, number, found))
        self.canvas.update()

    def double(self, event: QMouseEvent) -> None:
        """The line is complete."""
        if event.button() == LEFT:
            self.finish()

    def finish(self) -> None:
        """Keep what was measured on the map, and begin anew; nothing where it is too short to be one."""
        if len(self._measure.points) >= (3 if self.area else 2):
            measures_of(self.canvas).add(self._measure)
        self._begin()

    def _begin(self) -> None:
        self._measure = Measure(self.area)
        self._snapped = None
        self.canvas.update()

    def key(self, event: QKeyEvent) -> bool:
        """Backspace, Enter, Esc, S, Insert and Ctrl+C as the class says; others are the map's."""
        key, points = event.key(), self._measure.points
        if key == Qt.Key.Key_Backspace and points:
            points.pop()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and points:
            self.finish()
        elif key == Qt.Key.Key_Escape and points:
            self._begin()
        elif key == Qt.Key.Key_Insert:
            middle = QPointF(self.canvas.width() / 2, self.canvas.height() / 2)
            self._pointer = middle
            self._put(middle)
        elif key == Qt.Key.Key_S and not event.modifiers():
            self.set_snapping(not self.snapping)
        elif key == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self._copy()
        else:
            return False
        self.canvas.update()
        return True

    def _copy(self) -> bool:
        done = measures_of(self.canvas).done
        measure = self._measure if len(self._measure.points) > 1 else done[-1] if done else None
        if measure is None:
            return False
        copy(self.canvas, measure)
        return True

    def cancel(self) -> None:
        """Forget what is not finished; results stay."""
        super().cancel()
        self._begin()

    # ---- snapping ----

    def set_snapping(self, on: bool) -> None:
        """Snap to components and corners from now on, or not."""
        translate = QCoreApplication.translate
        self.snapping = on and self.snapper is not None
        self._snapped = None
        words = (
            translate("MeasureTool", "捕捉部件和拐点：开（S 关）")
            if self.snapping
            else translate("MeasureTool", "捕捉：关（S 开）")
        )
        self.canvas.say(words, "hint", 1600)

    def _look(self, position: QPointF, answer: Callable[[LonLat | None], None]) -> None:
        if self.snapper is None:
            return
        view = self.canvas.view
        metres = SNAP_PIXELS * view.res * self.canvas.projection.metres_per_unit(view.cy)
        self.snapper(*self._degrees(position), metres, answer)

    def _show_snap(self, found: LonLat | None) -> None:
        if found != self._snapped:
            self._snapped = found
            self.canvas.update()

    def _move_to(self, measure: Measure, number: int, found: LonLat | None) -> None:
        """What stands there was told after the click: the point goes to it, if it is still there."""
        if found is not None and number < len(measure.points):
            measure.points[number] = found
            self.canvas.update()

    def _near(self, place: LonLat, position: QPointF) -> bool:
        view = self.canvas.view
        x, y = view.to_screen(*self.canvas.projection.point_to_map(*place))
        return abs(x - position.x()) <= SNAP_PIXELS * 1.5 and abs(y - position.y()) <= SNAP_PIXELS * 1.5

    def _degrees(self, position: QPointF) -> LonLat:
        return self.canvas.projection.point_to_lonlat(*self.canvas.view.to_map(position.x(), position.y()))

    # ---- painting ----

    def paint(self, painter: QPainter) -> None:
        """The line so far with the leg to the pointer, and what a click would snap to."""
        super().paint(painter)
        canvas = self.canvas
        shown = self.points
        if shown and self._pointer is not None:
            near = self._snapped is not None and self._near(self._snapped, self._pointer)
            shown.append(
                self._snapped if near and self._snapped is not None else self._degrees(self._pointer)
            )
        if shown:
            paint_measure(painter, canvas.view, canvas, self._measure, shown, closable=False)
        if self._snapped is not None:
            x, y = canvas.view.to_screen(*canvas.projection.point_to_map(*self._snapped))
            painter.setPen(QPen(canvas.palette_.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(x - 7, y - 7, 14, 14))


class MeasureAreaTool(MeasureTool):
    """The same for a border: the area inside it, and how long it is."""

    name = "measure_area"
    area = True


# ---- painting --------------------------------------------------------------------------------------------------------


def _pixels(view: Viewport, canvas: Any, points: Sequence[LonLat]) -> list[QPointF]:
    lon, lat = np.array(points, float).T
    x, y = view.to_screen_arrays(*canvas.projection.to_map(lon, lat))
    return [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]


def _label_box(
    view: Viewport, canvas: Any, measure: Measure, points: Sequence[LonLat], *, closable: bool
) -> QRectF:
    if not points:
        return QRectF()
    pixels = _pixels(view, canvas, points)
    lines = measure.lines(points)
    width = max(
        QFontMetricsF(font(12.5, bold=n == 0)).horizontalAdvance(line) for n, line in enumerate(lines)
    )
    width += 20 + (CLOSE if closable else 0)
    height = 8 + 18 * len(lines)
    if measure.area and len(pixels) > 2:
        x = sum(p.x() for p in pixels) / len(pixels) - width / 2
        y = sum(p.y() for p in pixels) / len(pixels) - height / 2
        return QRectF(round(x), round(y), width, height)
    return QRectF(round(pixels[-1].x() + 12), round(pixels[-1].y() - height - 6), width, height)


def paint_measure(
    painter: QPainter,
    view: Viewport,
    canvas: Any,
    measure: Measure,
    points: Sequence[LonLat],
    *,
    closable: bool,
) -> None:
    """The line or border, its corners with the length so far, and the result."""
    palette: Palette = canvas.palette_
    color = palette.color
    pixels = _pixels(view, canvas, points)
    polygon = QPolygonF(pixels)
    halo = QPen(palette.color("surface", 220), 5)
    line = QPen(color("accent"), 2.4)
    for pen in (halo, line):
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if measure.area and len(pixels) > 2:
            painter.setBrush(color("accent", 38) if pen is line else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(polygon)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(polygon)
    painter.setPen(QPen(color("accent"), 2))
    painter.setBrush(color("surface"))
    for point in pixels:
        painter.drawEllipse(point, 3.6, 3.6)
    if not measure.area:
        _running(painter, palette, pixels, points)
    box = _label_box(view, canvas, measure, points, closable=closable)
    painter.setPen(QPen(palette.rim(), 1))
    painter.setBrush(color("surface", 245))
    painter.drawRoundedRect(box, 6, 6)
    for number, text in enumerate(measure.lines(points)):
        painter.setFont(font(12.5, bold=number == 0))
        painter.setPen(color("text" if number == 0 else "text_2"))
        row = QRectF(box.left() + 10, box.top() + 4 + 18 * number, box.width() - 20, 18)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    if closable:
        painter.setPen(QPen(color("text_3"), 1.6))
        x, y = box.right() - 13, box.top() + 13
        painter.drawLine(QPointF(x - 4, y - 4), QPointF(x + 4, y + 4))
        painter.drawLine(QPointF(x - 4, y + 4), QPointF(x + 4, y - 4))


def _running(painter: QPainter, palette: Palette, pixels: list[QPointF], points: Sequence[LonLat]) -> None:
    """The length so far at each corner but the last, where there is room for it."""
    face = font(11)
    metrics = QFontMetricsF(face)
    painter.setFont(face)
    for number in range(1, len(points) - 1):
        at, before = pixels[number], pixels[number - 1]
        if (at - before).manhattanLength() < 60:
            continue
        text = length_text(length_of(points[: number + 1]))
        box = QRectF(at.x() + 8, at.y() + 4, metrics.horizontalAdvance(text) + 10, 17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("surface", 225))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(palette.color("text_2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
