"""The markers of collectors, crews and vehicles: the kind by outline and sign, the state by filling, nothing by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from workstation.map.overlay_palette import Palette, font

TOKENS = {"collector": "accent", "crew": "stage_feed_back", "vehicle": "stage_dispatch"}
SIZE = 24
"""Pixels of a marker when near; farther out it is smaller, and at last a dot."""
DOT = 9
SPECK = 4
ROOM = (110.0, 18.0)
"""Pixels of a name at most."""


def draw(palette: Palette, kind: str, state: str, side: int, lit: bool, dpr: float) -> QPixmap:
    """A marker: the kind by its outline and sign, the state by its filling; who is silent is grey and hollow."""
    whole = side + 8
    picture = QPixmap(round(whole * dpr), round(whole * dpr))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(whole / 2, whole / 2)
    color = QColor(palette.color("text_3" if state == "silent" else TOKENS.get(kind, "accent")))
    hollow = state in ("silent", "rest")
    body = _outline(kind, side / 2)
    if lit:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("focus", 130))
        painter.drawEllipse(QRectF(-whole / 2, -whole / 2, whole, whole))
    speck = side <= SPECK
    painter.setOpacity(0.75 if speck else 1.0)
    painter.setPen(QPen(palette.color("surface"), 2.0 if speck else 3.4))
    painter.setBrush(palette.color("surface"))
    painter.drawPath(body)
    pen = QPen(color, 0.8 if speck else 1.8)
    if state == "silent":
        pen.setDashPattern([2.0, 1.6])
    painter.setPen(pen)
    painter.setBrush(palette.color("surface") if hollow else color)
    painter.drawPath(body)
    if side > DOT:
        ink = color if hollow else palette.color("on_accent")
        _sign(painter, kind, ink, side / SIZE)
        if state == "task":
            r = 4.2 * side / SIZE
            painter.setPen(QPen(palette.color("surface"), 1.4))
            painter.setBrush(palette.color("yellow"))
            painter.drawEllipse(QRectF(side / 2 - 1.5 * r, -side / 2 - 0.5 * r, 2 * r, 2 * r))
    painter.end()
    return picture


def _outline(kind: str, half: float) -> QPainterPath:
    path = QPainterPath()
    box = QRectF(-half, -half, 2 * half, 2 * half)
    if kind == "collector":
        path.addEllipse(box)
    elif kind == "crew":
        path.addRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), half * 0.35, half * 0.35)
    else:
        path.moveTo(0, -half * 1.12)
        path.lineTo(half * 1.08, -half * 0.3)
        path.lineTo(half * 0.72, half)
        path.lineTo(-half * 0.72, half)
        path.lineTo(-half * 1.08, -half * 0.3)
        path.closeSubpath()
    return path


def _sign(painter: QPainter, kind: str, ink: QColor, scale: float) -> None:
    painter.save()
    painter.scale(scale, scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if kind == "collector":
        painter.drawEllipse(QRectF(-2.6, -6.6, 5.2, 5.2))
        body = QPainterPath()
        body.moveTo(-5.2, 6.2)
        body.cubicTo(-5.2, 0.6, -2.6, -0.4, 0, -0.4)
        body.cubicTo(2.6, -0.4, 5.2, 0.6, 5.2, 6.2)
        body.closeSubpath()
        painter.drawPath(body)
    elif kind == "crew":
        for x in (-3.3, 3.3):
            painter.drawEllipse(QRectF(x - 2.1, -5.4, 4.2, 4.2))
            painter.drawRoundedRect(QRectF(x - 2.9, -0.4, 5.8, 5.8), 2, 2)
    else:
        painter.drawRoundedRect(QRectF(-6, -1.2, 12, 5), 1.4, 1.4)
        painter.drawRoundedRect(QRectF(-4, -4.4, 8, 4), 1.6, 1.6)
        for x in (-3.4, 3.4):
            painter.drawEllipse(QRectF(x - 1.7, 2.4, 3.4, 3.4))
    painter.restore()


def name(palette: Palette, name: str, silent: bool, dpr: float) -> QPixmap:
    face = font(11, bold=not silent)
    metrics = QFontMetricsF(face)
    text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, ROOM[0] - 8)
    width, height = metrics.horizontalAdvance(text) + 10, ROOM[1]
    picture = QPixmap(round(width * dpr), round(height * dpr))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color("surface", 215))
    painter.drawRoundedRect(QRectF(0.5, 1, width - 1, height - 2), 5, 5)
    painter.setFont(face)
    painter.setPen(palette.color("text_3" if silent else "text"))
    painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture
