"""What hangs on the pointer while cases are dragged, from the map or from a list."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QDrag, QFontMetricsF, QPainter, QPen, QPixmap

from workstation.map.dragging import DropState
from workstation.map.overlay_cards import SHADOW, CardText, FloatingCard, Line, card_size
from workstation.map.overlay_markers import LIGHTS, MarkerPictures
from workstation.map.overlay_palette import Palette, font
from workstation.workflow.case import STAGE_OF, State

WIDE, HIGH = 236, 56
"""The card that hangs on the pointer, without its shadow and those stacked behind it."""
HANG = QPoint(16, 18)
"""How far right and down of the pointer it hangs: what is pointed at stays in sight."""
STACK = 5
BESIDE = 18
"""Pixels between the pointer and the card that tells of the target."""


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
    drag.setHotSpot(QPoint(SHADOW - HANG.x(), SHADOW - HANG.y()))


def hung_rect(point: QPoint, count: int) -> QRect:
    """What the card that hangs on a pointer at ``point`` covers."""
    stack = STACK * (min(count, 3) - 1)
    return QRect(point + HANG, QSize(WIDE + stack, HIGH + stack))


def place_clear(
    point: QPoint, size: QSize, area: QRect, avoid: Sequence[QRect], last: int = 0
) -> tuple[int, QPoint]:
    """Where a card goes beside a pointer so that it hides as little as can be: (which of the places, its corner).

    Tried are below, above right, above left, left; it stays at the ``last`` of them as long as none is better.
    """
    low = max([point.y() + BESIDE, *(box.bottom() + 6 for box in avoid[:1])])
    right, left = point.x() + BESIDE, point.x() - BESIDE - size.width()
    above, middle = point.y() - BESIDE - size.height(), point.y() - size.height() // 2
    corners = [QPoint(right, low), QPoint(right, above), QPoint(left, above), QPoint(left, middle)]
    pointer = QRect(point - QPoint(BESIDE - 4, BESIDE - 4), QSize(2 * BESIDE - 8, 2 * BESIDE - 8))

    def hidden(number: int) -> tuple[int, bool, int]:
        card = QRect(_inside(corners[number], size, area), size)
        covers = [pointer, *avoid]
        return sum(_shared(card, box) for box in covers), number != last, number

    best = min(range(len(corners)), key=hidden)
    return best, _inside(corners[best], size, area)


def _inside(corner: QPoint, size: QSize, area: QRect) -> QPoint:
    x = max(area.left(), min(corner.x(), area.right() + 1 - size.width()))
    y = max(area.top(), min(corner.y(), area.bottom() + 1 - size.height()))
    return QPoint(x, y)


def _shared(one: QRect, other: QRect) -> int:
    both = one.intersected(other)
    return 0 if both.isEmpty() else both.width() * both.height()


def target_card(state: DropState, key: str, name: str, more: Sequence[Line] = ()) -> CardText:
    """What dropping on the target would do: what it has in hand, until when, why it is proposed, what would be refused; then ``more``."""
    translate = QCoreApplication.translate
    info = state.info.get(key)
    allowed = state.allowed(key)
    refused = list(info.refused) if info is not None else []
    plain = "text_2" if allowed or refused else "red"
    lines = [Line(text, plain) for text in (info.lines if info else ())]
    if info is not None and info.due:
        lines.append(Line(info.due, "text", True))
    if info is None:
        lines.append(Line(translate("DropController", "正在计算时限与负荷…"), "text_3"))
    reason = state.reason(key)
    if reason and allowed:
        lines.append(Line(reason, "accent"))
    if state.note and state.rank(key) in (1, 2):
        lines.append(Line(state.note, "yellow"))
    lines += [Line(text, "red") for text in refused]
    lines += more
    rank = state.rank(key)
    badge, token = "", "accent"
    if not allowed:
        verb = info.verb if info is not None else ""
        badge = (
            translate("DropController", "不可{}").format(verb)
            if verb
            else translate("DropController", "不可派遣")
        )
        token = "red"
    elif rank:
        badge = (
            translate("DropController", "首选")
            if rank == 1
            else translate("DropController", "推荐 {}").format(rank)
        )
    if allowed and info is not None and info.verb:
        badge = info.verb
    title = info.title if info and info.title else name
    return CardText(title, lines, bar="accent" if allowed else "red", badge=badge, badge_token=token)


class DropCard(FloatingCard):
    """Tells of the target under a drag, and never lies under the pointer or over the target's own sign."""

    _place = 0

    def say(self, text: CardText) -> None:
        """Say this from now on."""
        if text != self._text:
            self._text = text
            self.resize(card_size(text))
            self.update()

    def show_clear(self, point: QPoint, avoid: Sequence[QRect]) -> None:
        """Stand beside the point, clear of these boxes (in the parent's coordinates; the first is what hangs there)."""
        self._place, corner = place_clear(point, self.size(), self._host.rect(), avoid, self._place)
        if corner != self.pos():
            self.move(corner)
        if self.isHidden():
            self.show()
            self.raise_()


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
    width, height = WIDE + stack * STACK, HIGH + stack * STACK
    pixmap = QPixmap(math.ceil((width + 2 * SHADOW) * dpr), math.ceil((height + 2 * SHADOW) * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = palette.color
    body = QRectF(SHADOW, SHADOW, WIDE, HIGH)
    for n in range(stack, 0, -1):
        back = body.translated(n * STACK, n * STACK)
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
