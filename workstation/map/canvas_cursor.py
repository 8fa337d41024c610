"""The map by keyboard alone: a ring that goes from marker to marker, chooses them, and asks for their dispatch.

Tab goes through the markers in view, the most pressing first, an arrow to the next one in its direction, Space chooses or
leaves it, Enter or D asks who is to get what is chosen, Esc puts the ring away (then the next Tab leaves the map).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen

from workstation.map.overlay import SELECTION, Overlay
from workstation.map.overlay_cases import Hit
from workstation.map.overlay_palette import Palette, font
from workstation.map.viewport import Extent, Viewport

if TYPE_CHECKING:
    from workstation.map.canvas import MapCanvas

RING = 21.0
TOOLS = frozenset({"navigate", "select_box", "select_lasso"})
"""With these in hand the keys go to markers; other tools have keys of their own."""
DIRECTIONS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class _Ring(Overlay):
    """The ring round the marker, and what the marker is."""

    z = SELECTION

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self.at: tuple[float, float] | None = None
        self.words = ""

    def extent(self) -> Extent | None:
        """Where it is."""
        return None if self.at is None else Extent(*self.at, *self.at)

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """A ring in two colours, seen on every ground, and a plate under it."""
        if self.at is None:
            return
        color = self._palette.color
        centre = QPointF(*view.to_screen(*self.at))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(color("surface"), 5.5), QPen(color("focus"), 3.0)):
            painter.setPen(pen)
            painter.drawEllipse(centre, RING, RING)
        face = font(12, bold=True)
        width = QFontMetricsF(face).horizontalAdvance(self.words) + 18
        plate = QRectF(centre.x() - width / 2, centre.y() + RING + 5, width, 23)
        painter.setPen(QPen(color("focus"), 1.2))
        painter.setBrush(color("surface", 246))
        painter.drawRoundedRect(plate, 6, 6)
        painter.setFont(face)
        painter.setPen(color("text"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self.words)


class MarkerCursor(QObject):
    """Belongs to a canvas. ``dispatch_wanted``: somebody wants to say who gets what is chosen."""

    dispatch_wanted = Signal()

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._ring = _Ring(canvas.palette_)
        self._ids: frozenset[str] = frozenset()
        self._released = False
        self._known: tuple[Viewport, frozenset[str], list[Hit]] | None = None
        canvas.add_overlay(self._ring)
        canvas.installEventFilter(self)
        canvas.cases_changed.connect(self._cases_changed)

    @property
    def ids(self) -> frozenset[str]:
        """The case in the ring, or the cases of the group in it; empty where there is no ring."""
        return self._ids

    def _cases_changed(self) -> None:
        self._known = None
        if self._ids and not any(self._canvas.cases.marker(case_id) for case_id in self._ids):
            self.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that are for markers never reach the map."""
        kind = event.type()
        if kind == QEvent.Type.FocusOut:
            self._released = False
            self.clear()
        elif kind == QEvent.Type.MouseButtonPress:
            self.clear()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.key(event)
        return False

    def key(self, event: QKeyEvent) -> bool:
        """Do what the key says; True when it was for a marker."""
        canvas, key = self._canvas, Qt.Key(event.key())
        if canvas.tool not in TOOLS or canvas.busy_hand:
            return False
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held != Qt.KeyboardModifier.NoModifier:
            return False
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._tab(-1 if key == Qt.Key.Key_Backtab else 1)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_D):
            return self._dispatch()
        if not self._ids:
            return False
        if key in DIRECTIONS:
            self._step(*DIRECTIONS[key])
        elif key == Qt.Key.Key_Space:
            self._toggle()
        elif key == Qt.Key.Key_Escape:
            self._released = True
            self.clear()
        else:
            return False
        return True

    # ---- where it goes ------------------------------------------------------------------------------------------

    def stops(self) -> list[Hit]:
        """The markers and groups in view, the most pressing first. What is chosen stands beside its group."""
        canvas, view = self._canvas, self._canvas.view
        chosen = canvas.cases.selection
        if self._known is None or self._known[:2] != (view, chosen):
            self._known = view, chosen, canvas.cases.stops(view)
        return self._known[2]

    def _here(self, stops: list[Hit]) -> int | None:
        """Which of the stops the ring is at: that with the same case, or with one of the same."""
        for n, stop in enumerate(stops):
            if stop.id in self._ids or not self._ids.isdisjoint(stop.ids):
                return n
        return None

    def _tab(self, way: int) -> bool:
        """The next stop; beyond the last one the focus leaves the map."""
        if self._released:
            self._released = False
            return False
        stops = self.stops()
        if not stops:
            return False
        here = self._here(stops)
        place = (0 if way > 0 else len(stops) - 1) if here is None else here + way
        if not 0 <= place < len(stops):
            self.clear()
            return False
        self._go(stops[place], place, len(stops))
        return True

    def _step(self, dx: float, dy: float) -> None:
        """The nearest stop in a direction: what lies aside of it counts double."""
        stops = self.stops()
        if self._ring.at is None:
            return
        x, y = self._canvas.view.to_screen(*self._ring.at)
        here = self._here(stops)
        best: tuple[float, int] | None = None
        for n, stop in enumerate(stops):
            sx, sy = stop.at
            along = (sx - x) * dx + (sy - y) * dy
            aside = abs((sx - x) * dy) + abs((sy - y) * dx)
            if along > 2 and aside <= along * 2 and n != here:
                best = min(best or (1e9, 0), (along + 2 * aside, n))
        if best is not None:
            self._go(stops[best[1]], best[1], len(stops))

    def _go(self, stop: Hit, place: int, count: int) -> None:
        canvas = self._canvas
        self._ids = frozenset(stop.ids or (stop.id,))
        self._ring.at = canvas.view.to_map(*stop.at)
        self._ring.words = self._words(place, count)
        canvas.setAccessibleDescription(self._ring.words)
        canvas.hide_hover()
        self._ring.changed()

    def _words(self, place: int, count: int) -> str:
        translate = QCoreApplication.translate
        marker = self._canvas.cases.marker(min(self._ids))
        if len(self._ids) > 1 or marker is None:
            what = translate("MarkerCursor", "{n} 件").format(n=len(self._ids))
        else:
            what = " ".join(part for part in (marker.class_name, marker.code) if part)
        chosen = self._ids <= self._canvas.cases.selection
        sign = translate("MarkerCursor", "已选 · ") if chosen else ""
        return translate("MarkerCursor", "{sign}{what}（{place}/{count}）").format(
            sign=sign, what=what, place=place + 1, count=count
        )

    # ---- what it does -------------------------------------------------------------------------------------------

    def _toggle(self) -> None:
        canvas, ids = self._canvas, self._ids
        before = canvas.cases.selection
        if len(ids) == 1:
            canvas.click_case(next(iter(ids)), toggle=True)
        else:
            canvas.choose(before - ids if ids <= before else before | ids)
        self._said_again()

    def _said_again(self) -> None:
        stops = self.stops()
        self._ring.words = self._words(self._here(stops) or 0, len(stops))
        self._ring.changed()

    def _dispatch(self) -> bool:
        """Ask who gets what is chosen; where nothing is, what is in the ring."""
        canvas = self._canvas
        if not canvas.cases.selection and self._ids:
            canvas.choose(self._ids)
        if not canvas.cases.selection:
            return False
        self.dispatch_wanted.emit()
        return True

    def clear(self) -> None:
        """No ring."""
        if self._ids:
            self._ids = frozenset()
            self._ring.at = None
            self._canvas.setAccessibleDescription("")
            self._ring.changed()
