"""The pictures of a case on the map: colour, outline and glyph by stage, ring by light.

Each picture is painted once per size and pixel ratio and then only copied. Light and stage are told by shape as well
as by colour: overdue has a thick ring and a notch of its own, due soon a broken ring, suspended a grey one with bars.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from workstation.map.overlay_bubbles import paint_overdue_sign
from workstation.map.overlay_palette import Palette

LIGHTS = ("", "green", "yellow", "red")
"""Lights by their number in arrays; 0 is no light: suspended or no clock."""
STAGES = ("collect", "build", "dispatch", "dispose", "feed_back", "verify", "evaluate")

FULL = 28.0
SMALL = 17.0
PULSE_STEPS = 30


def _polygon(sides: int, radius: float, turn: float) -> QPainterPath:
    path = QPainterPath()
    for n in range(sides):
        a = turn + n * 2 * math.pi / sides
        point = QPointF(math.cos(a) * radius, math.sin(a) * radius)
        path.moveTo(point) if n == 0 else path.lineTo(point)
    path.closeSubpath()
    return path


def _circle(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def _rounded(radius: float, corner: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(-radius, -radius, 2 * radius, 2 * radius), corner, corner)
    return path


def stage_outline(stage: str, radius: float) -> QPainterPath:
    """The outline that stands for a stage, around the origin, of about equal area for all."""
    if stage == "build":
        return _rounded(radius * 0.9, radius * 0.28)
    if stage == "dispatch":
        return _polygon(4, radius * 1.18, -math.pi / 2)
    if stage == "dispose":
        return _polygon(6, radius * 1.06, 0.0)
    if stage == "feed_back":
        return _polygon(5, radius * 1.12, -math.pi / 2)
    if stage == "verify":
        return _polygon(8, radius * 1.03, math.pi / 8)
    return _circle(radius)


def _glyph_collect(p: QPainterPath) -> None:
    p.moveTo(-4.5, -4)
    p.lineTo(4.5, -4)
    p.lineTo(4.5, 2)
    p.lineTo(0, 2)
    p.lineTo(-2.4, 4.8)
    p.lineTo(-2.4, 2)
    p.lineTo(-4.5, 2)
    p.closeSubpath()


def _glyph_build(p: QPainterPath) -> None:
    for y in (-3.2, 0.0, 3.2):
        p.moveTo(-3.8, y)
        p.lineTo(3.8 if y < 3 else 1.2, y)


def _glyph_dispatch(p: QPainterPath) -> None:
    p.moveTo(-4.2, 0)
    p.lineTo(4, 0)
    p.moveTo(0.6, -3.4)
    p.lineTo(4, 0)
    p.lineTo(0.6, 3.4)


def _glyph_dispose(p: QPainterPath) -> None:
    p.moveTo(-3.9, 3.9)
    p.lineTo(1.0, -1.0)
    p.arcMoveTo(QRectF(-0.2, -4.6, 4.8, 4.8), 105)
    p.arcTo(QRectF(-0.2, -4.6, 4.8, 4.8), 105, 240)


def _glyph_feed_back(p: QPainterPath) -> None:
    p.moveTo(4, 3.2)
    p.cubicTo(4, -1.4, 1.5, -1.8, -3.6, -1.8)
    p.moveTo(-0.8, -4.8)
    p.lineTo(-3.8, -1.8)
    p.lineTo(-0.8, 1.2)


def _glyph_verify(p: QPainterPath) -> None:
    p.moveTo(-4, 0.2)
    p.lineTo(-1.2, 3.2)
    p.lineTo(4.2, -3)


def _glyph_evaluate(p: QPainterPath) -> None:
    for x, top in ((-3.2, 0.4), (0.0, -3.8), (3.2, -1.6)):
        p.moveTo(x, 3.8)
        p.lineTo(x, top)


_GLYPHS: dict[str, Callable[[QPainterPath], None]] = {
    "collect": _glyph_collect,
    "build": _glyph_build,
    "dispatch": _glyph_dispatch,
    "dispose": _glyph_dispose,
    "feed_back": _glyph_feed_back,
    "verify": _glyph_verify,
    "evaluate": _glyph_evaluate,
}


def paint_glyph(painter: QPainter, stage: str, color: QColor, scale: float, width: float = 1.9) -> None:
    """The sign of a stage around the origin; ``scale`` 1 is a box of ten pixels."""
    path = QPainterPath()
    _GLYPHS.get(stage, _glyph_collect)(path)
    painter.save()
    painter.scale(scale, scale)
    pen = QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.restore()


def light_color(palette: Palette, light: int) -> QColor:
    """The colour of a light by its number."""
    return palette.color(LIGHTS[light]) if light else palette.color("text_3")


class MarkerPictures:
    """Paints and keeps the pictures."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        self._generation = palette.generation

    def _fresh(self) -> None:
        if self._generation != self._palette.generation:
            self._pictures.clear()
            self._generation = self._palette.generation

    def marker(
        self,
        stage: str,
        light: int,
        *,
        small: bool,
        selected: bool,
        hovered: bool,
        dpr: float,
        front: bool = False,
    ) -> QPixmap:
        """A case's picture; its middle is the case's position. ``front``: with a white rim that sets it off."""
        self._fresh()
        key = ("case", stage, light, small, selected, hovered, dpr, front)
        picture = self._pictures.get(key)
        if picture is None:
            size = SMALL if small else FULL
            if selected or hovered:
                size *= 1.16
            picture = self._canvas(size + (22 if selected else 16 if front else 10), dpr)
            painter = QPainter(picture)
            if front:
                self._paint_rim(painter, picture.width() / dpr / 2, stage, size / 2 + 2.6)
            self._paint_marker(painter, picture.width() / dpr / 2, stage, light, size, selected, small)
            painter.end()
            self._pictures[key] = picture
        return picture

    def paint_sign(self, painter: QPainter, middle: float, stage: str, light: int) -> None:
        """Paints a case's picture at full size, not copied from a picture: for paper."""
        self._paint_marker(painter, middle, stage, light, FULL, False, False)

    def sign(self, stage: str, light: int, side: int, dpr: float) -> QPixmap:
        """A marker that fills a square, for legends. ``stage`` "": only the ring that tells the light."""
        self._fresh()
        key = ("sign", stage, light, side, dpr)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._canvas(side, dpr)
            painter = QPainter(picture)
            self._paint_marker(painter, side / 2, stage, light, side - 7, False, False)
            painter.end()
            self._pictures[key] = picture
        return picture

    def known(
        self, stage: str, light: int, *, small: bool, selected: bool, hovered: bool, dpr: float, front: bool
    ) -> QPixmap | None:
        """A case's picture, if it has been painted before."""
        self._fresh()
        return self._pictures.get(("case", stage, light, small, selected, hovered, dpr, front))

    def pulse(self, step: int, dpr: float) -> QPixmap:
        """The rings that widen around an emergency, at one of :data:`PULSE_STEPS` steps."""
        self._fresh()
        key = ("pulse", step, dpr)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._canvas(2 * (FULL / 2 + 24), dpr)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = picture.width() / dpr / 2
            for shift in (0.0, 0.5):
                part = (step / PULSE_STEPS + shift) % 1.0
                painter.setPen(
                    QPen(self._palette.color("red", round(210 * (1 - part) ** 1.4)), 3.0 - 1.6 * part)
                )
                radius = FULL / 2 + 22 * part
                painter.drawEllipse(QPointF(middle, middle), radius, radius)
            painter.end()
            self._pictures[key] = picture
        return picture

    @staticmethod
    def _canvas(size: float, dpr: float) -> QPixmap:
        pixels = math.ceil(size * dpr / 2) * 2
        picture = QPixmap(pixels, pixels)
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        return picture

    def _paint_marker(
        self,
        painter: QPainter,
        middle: float,
        stage: str,
        light: int,
        size: float,
        selected: bool,
        small: bool,
    ) -> None:
        color = self._palette.color
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(middle, middle)
        radius = size / 2
        outline = stage_outline(stage, radius)
        if selected:
            halo = stage_outline(stage, radius + 5.5)
            painter.setPen(QPen(color("accent"), 2.6))
            painter.setBrush(color("surface", 235))
            painter.drawPath(halo)
        painter.save()
        painter.translate(0, 1.6)
        painter.setPen(Qt.PenStyle.NoPen)
        for grow, alpha in ((2.6, 22), (1.4, 40), (0.4, 60)):
            painter.setBrush(QColor(10, 20, 40, alpha))
            painter.drawPath(stage_outline(stage, radius + grow))
        painter.restore()
        ring = light_color(self._palette, light)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawPath(outline)
        width = {0: 2.2, 1: 2.4, 2: 2.8, 3: 3.6}[light] * (0.72 if small else 1.0)
        rim = stage_outline(stage, radius - width / 2)
        pen = QPen(ring, width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if light == 2:
            pen.setDashPattern([3.4, 0.9])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(rim)
        painter.setPen(Qt.PenStyle.NoPen)
        if stage:
            inner = radius - width - (0.8 if small else 1.6)
            painter.setBrush(color(f"stage_{stage}"))
            painter.drawPath(stage_outline(stage, inner))
        if stage and not small:
            paint_glyph(painter, stage, QColor("#FFFFFF"), size / FULL * 0.94)
        if light == 3 and not small:
            paint_overdue_sign(painter, QPointF(radius * 0.78, -radius * 0.78), color("red"))

    def _paint_rim(self, painter: QPainter, middle: float, stage: str, radius: float) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(middle, middle + 1.2)
        painter.setPen(Qt.PenStyle.NoPen)
        for grow, alpha in ((2.4, 30), (1.0, 70)):
            painter.setBrush(QColor(10, 20, 40, alpha))
            painter.drawPath(stage_outline(stage, radius + grow))
        painter.translate(0, -1.2)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawPath(stage_outline(stage, radius))
        painter.restore()
