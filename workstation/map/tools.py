"""The tools a hand holds over the map: each turns presses, moves and releases into what the canvas can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from workstation.map.overlay_cases import Hit
from workstation.map.overlay_palette import font

if TYPE_CHECKING:
    from workstation.map.canvas import MapCanvas

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
COUNT_MS = 50
"""What is in a box or a loop is counted at most so often while it is drawn."""
STEP = 4.0
"""Pixels between two corners of a loop: finer ones change nothing that is chosen."""
LEFT = Qt.MouseButton.LeftButton


class Tool:
    """A tool. ``busy`` is True from a press to its release: then nothing else may move the view."""

    name = ""
    cursor = Qt.CursorShape.ArrowCursor
    hovers = True
    """Whether cases under the pointer light up and tell what they are."""

    def __init__(self, canvas: MapCanvas) -> None:
        self.canvas = canvas
        self.busy = False

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved, a button down or not."""

    def release(self, event: QMouseEvent) -> None:
        """A button came up."""

    def double(self, event: QMouseEvent) -> None:
        """A button was pressed twice."""

    def key(self, event: QKeyEvent) -> bool:
        """A key; True when it was for this tool."""
        return False

    def paint(self, painter: QPainter) -> None:
        """What the tool itself draws."""

    def cancel(self) -> None:
        """Forget what was begun."""
        self.busy = False


class NavigateTool(Tool):
    """The hand and the pointer in one: pan on the empty map, choose a case, drag it to a unit.

    Shift draws a box to zoom to, Ctrl one to add cases to the selection. The tools below are the same with another
    thing happening on the empty map. Box and loop choose anew; with Shift or Ctrl they add, with Alt (or Ctrl and Shift,
    where the window manager keeps Alt for itself) they take away; how many there will be is said while they are drawn.
    """

    name = "navigate"
    on_empty = "pan"

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._hit: Hit | None = None
        self._start = QPointF()
        self._last = QPointF()
        self._mode = ""
        self._points = QPolygonF()
        self._said = ""
        self._counted = QElapsedTimer()

    def press(self, event: QMouseEvent) -> None:
        """Remember what lies there; what it becomes shows when the pointer moves."""
        if event.button() != LEFT:
            return
        self.busy = True
        self.canvas.motion.stop()
        self._hit = self.canvas.hit(event.position())
        self._start = self._last = event.position()
        self._said = ""
        self._counted.invalidate()
        self._mode = ""
        self.canvas.hide_hover()
        if self._hit is not None and self._hit.id:
            self.canvas.drops.get_ready()

    def move(self, event: QMouseEvent) -> None:
        """Pan, stretch a box, draw a loop, or begin a drag of cases."""
        if not self.busy:
            self.canvas.hover(event.position())
            return
        position = event.position()
        if not self._mode:
            if (position - self._start).manhattanLength() < QApplication.startDragDistance():
                return
            if self._hit is not None and self._hit.id:
                case_id = self._hit.id
                self.cancel()
                self.canvas.start_drag(case_id)
                return
            self._mode = self._mode_for(event.modifiers())
            self._points = QPolygonF([self._start])
            if self._mode == "pan":
                self.canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._mode == "pan":
            moved = position - self._last
            self._last = position
            self.canvas.pan_by(moved.x(), moved.y())
            return
        self._last = position
        if (position - self._points.last()).manhattanLength() >= STEP:
            self._points.append(position)
        due = not self._counted.isValid() or self._counted.elapsed() >= COUNT_MS
        if self._mode in ("box", "lasso") and due:
            self._foresee(event.modifiers())
            self._counted.start()
        self.canvas.update()

    def _found(self) -> frozenset[str]:
        """The cases in the box or the loop as it is drawn now."""
        cases, view = self.canvas.cases, self.canvas.view
        if self._mode == "box":
            return cases.inside_rect(view, QRectF(self._start, self._last))
        return cases.inside_polygon(view, self._points)

    def _result(self, found: frozenset[str], modifiers: Qt.KeyboardModifier) -> frozenset[str]:
        before = self.canvas.cases.selection
        if self._takes_away(modifiers):
            return before - found
        return found | before if modifiers & (CONTROL | SHIFT) else found

    @staticmethod
    def _takes_away(modifiers: Qt.KeyboardModifier) -> bool:
        return bool(modifiers & ALT) or (bool(modifiers & CONTROL) and bool(modifiers & SHIFT))

    def _foresee(self, modifiers: Qt.KeyboardModifier) -> None:
        found = self._found()
        result = self._result(found, modifiers)
        translate = QCoreApplication.translate
        if self._takes_away(modifiers):
            words = translate("SelectTool", "减去 {n} 件 · 余 {all} 件")
            n = len(self.canvas.cases.selection & found)
        elif modifiers & (CONTROL | SHIFT):
            words, n = (
                translate("SelectTool", "添加 {n} 件 · 共 {all} 件"),
                len(found - self.canvas.cases.selection),
            )
        else:
            words, n = translate("SelectTool", "{n} 件"), len(found)
        self._said = words.format(n=n, all=len(result))

    def _mode_for(self, modifiers: Qt.KeyboardModifier) -> str:
        if modifiers & SHIFT and self.on_empty in ("pan", "zoom"):
            return "zoom"
        if modifiers & CONTROL and self.on_empty == "pan":
            return "box"
        return self.on_empty

    def release(self, event: QMouseEvent) -> None:
        """Do what the gesture asked for; a press without a move is a click."""
        if event.button() != LEFT or not self.busy:
            return
        mode, self._mode, self.busy = self._mode, "", False
        self.canvas.update_cursor()
        add = bool(event.modifiers() & (CONTROL | SHIFT))
        if not mode:
            self.click(event, add)
        elif mode == "zoom":
            self.canvas.zoom_to_pixels(QRectF(self._start, self._last).normalized())
        elif mode in ("box", "lasso"):
            self._mode = mode
            chosen = self._result(self._found(), event.modifiers())
            self._mode = ""
            self.canvas.choose(chosen)
        self.canvas.update()

    def click(self, event: QMouseEvent, add: bool) -> None:
        """A click where the press was."""
        hit = self._hit
        if hit is None:
            if not add:
                self.canvas.choose(frozenset())
            self.canvas.close_fan()
        elif hit.ids:
            before, ids = self.canvas.cases.selection, frozenset(hit.ids)
            if add:
                self.canvas.choose(before - ids if ids <= before else before | ids)
            else:
                self.canvas.open_group(hit.ids)
        else:
            self.canvas.click_case(hit.id, toggle=add)

    def double(self, event: QMouseEvent) -> None:
        """Open a case; on the empty map go nearer, with Shift farther."""
        if event.button() != LEFT:
            return
        hit = self._hit  # of the first press: its click may have moved the map
        if hit is not None and hit.id:
            self.canvas.case_activated.emit(hit.id)
        elif hit is None:
            factor = 0.5 if event.modifiers() & SHIFT else 2.0
            self.canvas.zoom_by(factor, event.position())

    def cancel(self) -> None:
        """Forget box or loop."""
        super().cancel()
        self._mode = ""
        self._hit = None
        self._points = QPolygonF()
        self._said = ""
        self._counted.invalidate()
        self.canvas.update()

    def paint(self, painter: QPainter) -> None:
        """The box or the loop."""
        if self._mode in ("zoom", "box", "lasso"):
            accent = self.canvas.palette_.color("accent")
            fill = QColor(accent)
            fill.setAlpha(34)
            painter.setPen(QPen(QColor(255, 255, 255, 200), 3.2))
            painter.setBrush(fill)
            pen = QPen(accent, 1.6, Qt.PenStyle.DashLine if self._mode != "zoom" else Qt.PenStyle.SolidLine)
            if self._mode == "lasso":
                painter.drawPolygon(self._points)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPolygon(self._points)
                self._paint_count(painter)
                return
            box = QRectF(self._start, self._last).normalized()
            painter.drawRect(box)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            if self._mode == "box":
                self._paint_count(painter)

    def _paint_count(self, painter: QPainter) -> None:
        """How many there will be, beside the pointer."""
        if not self._said:
            return
        color, face = self.canvas.palette_.color, font(12.5, bold=True)
        width = QFontMetricsF(face).horizontalAdvance(self._said) + 18
        left = self._last.x() + 14
        if left + width > self.canvas.width():
            left = self._last.x() - 14 - width
        plate = QRectF(left, min(self._last.y() + 14, self.canvas.height() - 28.0), width, 24)
        painter.setPen(QPen(color("border_strong"), 1))
        painter.setBrush(color("surface", 245))
        painter.drawRoundedRect(plate, 6, 6)
        painter.setFont(face)
        painter.setPen(color("text"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self._said)


class ZoomBoxTool(NavigateTool):
    """Every drag on the empty map is a box to zoom to."""

    name = "zoom_box"
    on_empty = "zoom"
    cursor = Qt.CursorShape.CrossCursor


class SelectBoxTool(NavigateTool):
    """Every drag on the empty map chooses the cases in a box."""

    name = "select_box"
    on_empty = "box"
    cursor = Qt.CursorShape.CrossCursor


class SelectLassoTool(NavigateTool):
    """Every drag on the empty map chooses the cases in a loop."""

    name = "select_lasso"
    on_empty = "lasso"
    cursor = Qt.CursorShape.CrossCursor


class IdentifyTool(NavigateTool):
    """A click asks QGIS what stands there; the rest is as with the hand."""

    name = "identify"
    cursor = Qt.CursorShape.WhatsThisCursor

    def click(self, event: QMouseEvent, add: bool) -> None:
        """Ask."""
        if self._hit is not None:
            super().click(event, add)
            return
        self.canvas.identify_at(event.position())


class PickTool(NavigateTool):
    """A click is a position for somebody who asked for one; the map can be panned and zoomed meanwhile."""

    name = "pick"
    cursor = Qt.CursorShape.CrossCursor
    hovers = False

    def press(self, event: QMouseEvent) -> None:
        """Markers are no obstacle: a new case may stand where another does."""
        super().press(event)
        self._hit = None

    def move(self, event: QMouseEvent) -> None:
        """Look for something to snap to."""
        if self.busy:
            super().move(event)
        else:
            self.canvas.snap_preview(event.position())

    def click(self, event: QMouseEvent, add: bool) -> None:
        """Here."""
        self.canvas.finish_pick(event.position())

    def double(self, event: QMouseEvent) -> None:
        """Nothing: the first click was the answer."""
