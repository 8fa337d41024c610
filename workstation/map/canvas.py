"""The map the operators work on: cases over the frames, selection, dispatch by drag, tools; all that hands do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from workstation.map.canvas_controls import Controls
from workstation.map.canvas_drop import DropController
from workstation.map.canvas_lookup import Lookup
from workstation.map.canvas_notice import Banner
from workstation.map.canvas_surface import MapSurface
from workstation.map.dragging import DropInfo
from workstation.map.overlay_cards import FloatingCard
from workstation.map.overlay_cases import CaseLayer, CaseMarker, Hit
from workstation.map.overlay_hud import case_card, paint_pin, paint_snap
from workstation.map.overlay_palette import ColorSource
from workstation.map.overlay_units import UnitArea, UnitLayer
from workstation.map.tools import (
    IdentifyTool,
    MeasureTool,
    NavigateTool,
    PickTool,
    SelectBoxTool,
    SelectLassoTool,
    Tool,
    ZoomBoxTool,
)

WHEEL_STEP = 0.55
"""Doublings of the scale for one notch of the wheel."""
HOVER_MS = 240
PULSE_SPAN = 1500
LIGHTS_MS = 15_000


def utc_now() -> datetime:
    """This instant, aware UTC."""
    return datetime.now(UTC)


class MapCanvas(MapSurface):
    """A map window with the open cases on it. Signals tell what hands did; setters show and say nothing back."""

    pointer_moved = Signal(float, float)
    case_clicked = Signal(str)
    case_activated = Signal(str)
    selection_changed = Signal(object)
    point_picked = Signal(float, float)
    pick_cancelled = Signal()
    feature_identified = Signal(object)
    cases_dropped = Signal(object, str)
    drag_started = Signal(object)
    tool_changed = Signal(str)
    cases_changed = Signal()
    """Other cases, or the light of one has changed."""
    areas_changed = Signal(bool)
    """Whether the areas of all units are shown."""

    def __init__(
        self,
        client: Any,
        map_crs: str,
        name: str = "main",
        theme: ColorSource | None = None,
        parent: QWidget | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(client, map_crs, name, theme, parent)
        self.now = now
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("地图"))
        self.cases = CaseLayer(self.projection, self.palette_, now)
        self.units = UnitLayer(self.projection, self.palette_)
        self.drops = DropController(self)
        self.lookup = Lookup(self)
        self._shown_units: frozenset[str] | None = frozenset()
        self._pin: tuple[float, float] | None = None
        self._grab: QPointF | None = None
        self._space = False
        self._pointer = QPointF(-1, -1)
        self._tools: dict[str, Tool] = {
            tool.name: tool(self)
            for tool in (NavigateTool, SelectBoxTool, SelectLassoTool, ZoomBoxTool, IdentifyTool, MeasureTool, PickTool)
        }
        self._tool = self._tools["navigate"]
        self._tool_before_pick = "navigate"
        self.controls = Controls(self.palette_, self)
        self.controls.show_tool("navigate")
        self.controls.tool_chosen.connect(self.set_tool)
        self.controls.zoom.connect(self.zoom_by)
        self.controls.home.connect(self.full_extent)
        self.controls.back.connect(self.previous_view)
        self.controls.areas_toggled.connect(self._areas_toggled)
        self.hint = Banner(self.palette_, self)
        self.hint.closed.connect(self.cancel_pick)
        self._hover_card = FloatingCard(self.palette_, self)
        self._hover_timer = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._hover_timer.timeout.connect(self._show_hover)
        self._lights = QTimer(self, interval=LIGHTS_MS)
        self._lights.timeout.connect(self._time_passed)
        self.view_changed.connect(self._view_moved)
        self.motion.rested.connect(self._hover_again)

    def shutdown(self) -> None:
        """Ask for nothing more; the client forgets this view."""
        super().shutdown()
        self.drops.finish()
        self.lookup.cancel()
        self._hover_timer.stop()
        self._lights.stop()

    # ---- what is shown ----

    def set_cases(self, markers: Iterable[CaseMarker]) -> None:
        """Show these open cases. The view stays where it is."""
        self.cases.set_cases(markers)
        self.cases.hovered = None
        self._update_pulse()
        self.update()
        self.cases_changed.emit()

    def set_units(self, units: Iterable[UnitArea]) -> None:
        """The units, with their areas of responsibility where they have one."""
        self.units.set_units(units)
        self.update()

    def set_selection(self, ids: Iterable[str]) -> None:
        """Mark these cases; says nothing back."""
        self.cases.selection = frozenset(ids)
        self.update()

    def set_focus(self, ids: Iterable[str]) -> None:
        """The cases that wait for the person at this seat stand alone, in front of all groups."""
        self.cases.set_focus(ids)
        self.update()

    def set_case_filter(self, hidden_stages: Iterable[str] = (), hidden_lights: Iterable[str] = ()) -> None:
        """Leave out the cases of these stages and lights (green, yellow, red, none)."""
        self.cases.set_hidden(frozenset(hidden_stages), frozenset(hidden_lights))
        self._update_pulse()
        self.update()

    def set_cases_visible(self, visible: bool) -> None:
        """Show the cases at all, or not."""
        self.cases.visible = visible
        self._update_pulse()
        self.update()

    def show_unit_areas(self, codes: Iterable[str] | None) -> None:
        """Show the areas of these units also when nothing is dragged; None: of all."""
        self._shown_units = None if codes is None else frozenset(codes)
        self.controls.areas.setChecked(self._shown_units is None)
        self.update()
        self.areas_changed.emit(self._shown_units is None)

    @property
    def areas_shown(self) -> bool:
        """Whether the areas of all units are shown."""
        return self._shown_units is None

    def _areas_toggled(self, on: bool) -> None:
        if on != (self._shown_units is None):
            self.show_unit_areas(None if on else ())

    def set_pin(self, lon: float | None, lat: float | None = None) -> None:
        """A pin at the position being registered; None takes it away."""
        self._pin = None if lon is None or lat is None else self.projection.point_to_map(lon, lat)
        self.update()

    @property
    def busy_hand(self) -> bool:
        """Whether a gesture is under way: then the view is the hand's alone."""
        return self._tool.busy or self._grab is not None or self.drops.state.active

    # ---- cases under the pointer ----

    def hit(self, position: QPointF) -> Hit | None:
        """The case or group under a pixel."""
        return self.cases.hit(self.view, position.x(), position.y())

    def hover(self, position: QPointF) -> None:
        """The pointer rests or moves without a button."""
        found = self.hit(position)
        before = self.cases.hovered
        if (found.id, found.ids) != (before.id, before.ids) if found and before else found is not before:
            self.cases.hovered = found
            self._hover_card.hide()
            for hit in (found, before):
                if hit is not None:
                    self.update(QRect(round(hit.at[0]) - 48, round(hit.at[1]) - 48, 96, 96))
            self.update_cursor()
            self._hover_timer.stop()
            if found is not None:
                self._hover_timer.start()

    def _hover_again(self) -> None:
        """The map has come to rest: something else lies under the pointer now."""
        if self.rect().contains(self._pointer.toPoint()) and not self.busy_hand and not self.picking:
            self.hover(self._pointer)

    def hide_hover(self) -> None:
        """No card beside the pointer."""
        self._hover_timer.stop()
        self._hover_card.hide()
        if self.cases.hovered is not None:
            self.cases.hovered = None
            self.update()

    def _show_hover(self) -> None:
        hit = self.cases.hovered
        if hit is not None and not self.busy_hand:
            self._hover_card.show_at(self._pointer.toPoint(), case_card(hit, self.cases, self.units, self.now()))

    def choose(self, ids: frozenset[str]) -> None:
        """The operator selects these cases."""
        if ids != self.cases.selection:
            self.cases.selection = ids
            self.update()
            self.selection_changed.emit(ids)

    def click_case(self, case_id: str, *, toggle: bool) -> None:
        """The operator clicks a case: it alone, or it more or less."""
        self.choose(self.cases.selection ^ {case_id} if toggle else frozenset((case_id,)))
        if case_id in self.cases.selection:
            self.case_clicked.emit(case_id)

    def open_group(self, ids: Sequence[str]) -> None:
        """Go so near that a group parts; where going nearer would not part it, fan it out in place."""
        box = self.cases.extent(ids)
        if box is None:
            return
        target = self.view.fitted(box, 110, nearest=0.16)
        if target.res < self.view.res * 0.75:
            self._touched = True
            self._go(target, 300)
        else:
            self.cases.open_fan(ids, self.view)
            self.update()

    def close_fan(self) -> None:
        """Put a fanned-out group together again."""
        if self.cases.fan:
            self.cases.close_fan()
            self.update()

    def start_drag(self, case_id: str) -> None:
        """Drag this case, or the whole selection when it is one of it. Returns when the drag has ended."""
        selection = self.cases.selection
        if case_id not in selection:
            self.choose(frozenset((case_id,)))
            selection = frozenset((case_id,))
        self.drops.start([case_id, *sorted(selection - {case_id})], case_id)
        self.update_cursor()

    # ---- dispatch by drag ----

    def drop_at(self, position: QPointF | QPoint, ids: Sequence[str]) -> str:
        """Let cases go at a pixel; the unit they went to, "" for none."""
        return self.drops.drop_at(QPointF(position), ids)

    def set_drop_info(self, info: Mapping[str, DropInfo]) -> None:
        """What dropping the cases under way would do on each unit."""
        self.drops.set_info(info)

    def set_candidates(self, candidates: Iterable[object]) -> None:
        """The units proposed for the cases under way, best first."""
        self.drops.set_candidates(candidates)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """See :class:`DropController`."""
        self.drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """See :class:`DropController`."""
        self.drops.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """See :class:`DropController`."""
        self.drops.leave(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """See :class:`DropController`."""
        self.drops.drop(event)

    # ---- tools ----

    @property
    def tool(self) -> str:
        """The tool in hand."""
        return self._tool.name

    def set_tool(self, name: str) -> None:
        """Take another tool: navigate, select_box, select_lasso, zoom_box, identify, measure."""
        if name != "pick" and self.picking:
            self._leave_pick()
            self.pick_cancelled.emit()
        self._tool.cancel()
        self.lookup.cancel()
        self._tool = self._tools[name]
        self.controls.show_tool(name)
        self.update_cursor()
        self.update()
        self.tool_changed.emit(name)

    def identify_at(self, position: QPointF) -> None:
        """Ask what stands at a pixel; the card and ``feature_identified`` follow."""
        self.lookup.identify(position)

    @property
    def picking(self) -> bool:
        """Whether somebody waits for a position."""
        return self._tool.name == "pick"

    def pick_point(self, hint: str) -> None:
        """Ask the operator for a position: ``point_picked`` or ``pick_cancelled`` follows."""
        if not self.picking:
            self._tool_before_pick = self._tool.name
        self.set_tool("pick")
        self.hint.say(hint + self.tr("(Esc 取消)"), "hint", closable=True)

    def cancel_pick(self) -> None:
        """Nobody wants a position any more."""
        if self.picking:
            self.set_tool(self._tool_before_pick)

    def _leave_pick(self) -> None:
        self.hint.clear()
        self.lookup.cancel()

    def snap_preview(self, position: QPointF) -> None:
        """Soon mark what a click here would snap to."""
        self.lookup.preview(position)

    def finish_pick(self, position: QPointF) -> None:
        """The operator has clicked a position."""
        self.lookup.pick(position)

    def picked(self, x: float, y: float) -> None:
        """The position is known, in map coordinates: tell who asked."""
        if not self.picking:
            return
        lon, lat = self.projection.point_to_lonlat(x, y)
        self._leave_pick()
        self._tool.cancel()
        self._tool = self._tools[self._tool_before_pick]
        self.controls.show_tool(self._tool.name)
        self.update_cursor()
        self._pin = (x, y)
        self.update()
        self.tool_changed.emit(self._tool.name)
        self.point_picked.emit(lon, lat)

    # ---- painting ----

    def paint_overlay(self, painter: QPainter, dirty: QRectF) -> None:
        """Areas, cases, pin, and what the tool in hand draws."""
        view, dpr = self.view, self.devicePixelRatioF()
        drop = self.drops.state
        only = None if drop.active else self._shown_units
        with_areas = only is None or bool(only)
        if with_areas:
            self.units.paint(painter, view, dpr, drop, only=only)
        painter.setOpacity(0.55 if drop.active else 1.0)
        self.cases.paint_pulse(painter, view, self._beat_clock.elapsed() % PULSE_SPAN / PULSE_SPAN)
        self.cases.paint(painter, view, dpr, dirty)
        painter.setOpacity(1.0)
        self.cases.paint_these(painter, view, dpr, drop.ids)
        if with_areas:
            self.units.paint_names(painter, view, dpr, drop, only=only)
        if self._pin is not None:
            paint_pin(painter, view, self._pin, self.palette_)
        if self.lookup.marked is not None:
            paint_snap(painter, view, self.lookup.marked, "", self.palette_)
        if self.picking and self.lookup.snapped is not None:
            paint_snap(painter, view, self.lookup.snapped, self.lookup.snap_title(), self.palette_)
        self._tool.paint(painter)

    def pulsing(self) -> list[tuple[float, float]]:
        """The pixels of emergencies in view."""
        return self.cases.emergencies(self.view)

    def top_children(self) -> Iterable[QWidget]:
        """The buttons."""
        return (self.controls,)

    def place_children(self) -> None:
        """The hint stands where notices stand."""
        super().place_children()
        self.hint.place()

    def _view_moved(self) -> None:
        self.hide_hover()
        self.cases.view_changed(self.view)
        if self._pointer.x() < 0:
            self.readout.set_position(*self.center())
        else:
            self._say_position(self._pointer)

    def _time_passed(self) -> None:
        if self.cases.refresh_lights():
            self.update()
            self.cases_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the clock again."""
        super().showEvent(event)
        self.cases.refresh_lights()
        self._lights.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """No clock runs unseen."""
        super().hideEvent(event)
        self._lights.stop()
        self.hide_hover()

    # ---- hands ----

    def update_cursor(self) -> None:
        """The cursor that says what a press would do."""
        if self._grab is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif self.cases.hovered is not None and not self.picking:
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = self._tool.cursor
        self.setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Middle button, or Space and the left one, take hold of the map with any tool."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.lookup.card.dismiss()
        button = event.button()
        if button == Qt.MouseButton.MiddleButton or (self._space and button == Qt.MouseButton.LeftButton):
            self.motion.stop()
            self._grab = event.position()
            self.hide_hover()
            self.update_cursor()
        elif button == Qt.MouseButton.BackButton:
            self.previous_view()
        elif button == Qt.MouseButton.ForwardButton:
            self.next_view()
        else:
            self._tool.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say where the pointer is; the rest is the tool's."""
        position = event.position()
        self._pointer = position
        self._say_position(position)
        if self._grab is not None:
            moved = position - self._grab
            self._grab = position
            self.pan_by(moved.x(), moved.y())
        else:
            self._tool.move(event)

    def _say_position(self, position: QPointF) -> None:
        lon, lat = self.projection.point_to_lonlat(*self.view.to_map(position.x(), position.y()))
        self.readout.set_position(lon, lat)
        self.pointer_moved.emit(lon, lat)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._grab is not None:
            self._grab = None
            self.update_cursor()
        else:
            self._tool.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open, or go nearer."""
        self._tool.double(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._pointer = QPointF(-1, -1)
        self.hide_hover()
        self.update_cursor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; with Ctrl in fine steps."""
        notches = event.angleDelta().y() / 120
        if notches:
            fine = 0.25 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1.0
            self.hide_hover()
            self.zoom_by(2.0 ** (notches * WHEEL_STEP * fine), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, + and -, Home, Backspace, Space, Esc."""
        key = event.key()
        if self._tool.key(event):
            return
        step = {
            Qt.Key.Key_Left: (1, 0),
            Qt.Key.Key_Right: (-1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }.get(Qt.Key(key))
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.previous_view() if key == Qt.Key.Key_Left else self.next_view()
        elif step is not None:
            self.pan_smoothly(step[0] * self.width() * 0.22, step[1] * self.height() * 0.22)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_PageUp):
            self.zoom_by(2.0)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_PageDown):
            self.zoom_by(0.5)
        elif key == Qt.Key.Key_Home:
            self.full_extent()
        elif key == Qt.Key.Key_Backspace:
            self.previous_view()
        elif key == Qt.Key.Key_Space:
            self._space = True
            self.update_cursor()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space is up again."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.update_cursor()
        else:
            super().keyReleaseEvent(event)

    def _escape(self) -> None:
        """Undo the innermost thing: gesture, card, question, fan, tool, selection."""
        if self._tool.busy:
            self._tool.cancel()
        elif self.lookup.card.isVisible():
            self.lookup.card.dismiss()
        elif self.picking:
            self.cancel_pick()
        elif self.cases.fan:
            self.close_fan()
        elif self.tool != "navigate":
            self.set_tool("navigate")
        else:
            self.choose(frozenset())
