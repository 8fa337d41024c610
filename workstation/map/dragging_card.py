"""What hangs on the pointer while cases are dragged, from the map or from a list."""

from __future__ import annotations

import math
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QFontMetricsF, QPainter, QPen, QPixmap

from workstation.map.overlay_cards import SHADOW
from workstation.map.overlay_markers import LIGHTS, MarkerPictures
from workstation.map.overlay_palette import Palette, font
from workstation.workflow.case import STAGE_OF, State


class Dragged(Protocol):
    """What the card needs to know of the first of the cases: a marker on the map or a row of a list."""

    @property
    def code(self) -> str: ...
    @property
    def class_name(self) -> str: ...
    @property
    def state(self) -> str: ...


def hang_card(drag: QDrag, first: Dragged, count: int, light: str, palette: Palette, dpr: float) -> None:
    """Hang the card of the dragged cases on the pointer: the same from the map and from every list.

    ``light`` is the first case's: green, yellow, red or "".
    """
    pixmap = drag_pixmap(first, count, light, palette, dpr)
    drag.setPixmap(pixmap)
    drag.setHotSpot(QPoint(34, round(pixmap.height() / dpr / 2)))


def drag_pixmap(first: Dragged, count: int, light: str, palette: Palette, dpr: float) -> QPixmap:
    """A card with marker, class and code; stacked and with their number when they are several."""
    translate = QCoreApplication.translate
    title = first.class_name or translate("DragCard", "未定类别")
    line = first.code
    if count > 1:
        line = translate("DragCard", "{code} 等 {n} 件").format(code=first.code, n=count)
    stage = STAGE_OF[State(first.state)].value
    pictures = MarkerPictures(palette)
    stack = min(count, 3) - 1
    width, height = 236 + stack * 5, 56 + stack * 5
    pixmap = QPixmap(math.ceil((width + 2 * SHADOW) * dpr), math.ceil((height + 2 * SHADOW) * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = palette.color
    body = QRectF(SHADOW, SHADOW, 236, 56)
    for n in range(stack, 0, -1):
        back = body.translated(n * 5, n * 5)
        painter.setPen(QPen(color("border_strong"), 1))
        painter.setBrush(color("surface_alt"))
        painter.drawRoundedRect(back, 8, 8)
    painter.setPen(Qt.PenStyle.NoPen)
    for grow, alpha in ((5, 14), (3, 22), (1, 40)):
        painter.setBrush(QColor(10, 20, 40, alpha))
        painter.drawRoundedRect(body.adjusted(-grow, -grow + 2, grow, grow + 2), 8 + grow, 8 + grow)
    painter.setPen(QPen(color("accent"), 1.4))
    painter.setBrush(color("surface", 244))
    painter.drawRoundedRect(body, 8, 8)
    marker = pictures.marker(stage, LIGHTS.index(light), small=False, selected=False, hovered=False, dpr=dpr)
    half = marker.width() / dpr / 2
    painter.drawPixmap(QPointF(body.left() + 26 - half, body.center().y() - half), marker)
    text = QRectF(body.left() + 48, body.top() + 7, body.width() - 58, 22)
    badge_width = 0.0
    if count > 1:
        face = font(12, bold=True)
        label = f"×{count}"
        badge_width = QFontMetricsF(face).horizontalAdvance(label) + 16
        box = QRectF(body.right() - badge_width - 8, body.top() + 8, badge_width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent"))
        painter.drawRoundedRect(box, 10, 10)
        painter.setPen(color("on_accent"))
        painter.setFont(face)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
    painter.setFont(font(13, bold=True))
    painter.setPen(color("text"))
    elide = Qt.TextElideMode.ElideRight
    room = text.width() - badge_width
    painter.drawText(
        text, Qt.AlignmentFlag.AlignVCenter, QFontMetricsF(painter.font()).elidedText(title, elide, room)
    )
    painter.setFont(font(11.5))
    painter.setPen(color("text_2"))
    low = text.translated(0, 21)
    painter.drawText(
        low, Qt.AlignmentFlag.AlignVCenter, QFontMetricsF(painter.font()).elidedText(line, elide, low.width())
    )
    painter.end()
    return pixmap
