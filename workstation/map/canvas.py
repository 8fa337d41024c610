"""The map the operators work on: cases over the frames, selection, dispatch by drag, tools; all that hands do."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from workstation.map.canvas_cases import CaseSurface, utc_now
from workstation.map.canvas_controls import Controls, Shape
from workstation.map.canvas_drop import DropController
from workstation.map.canvas_lookup import Lookup
from workstation.map.canvas_notice import Banner
from workstation.map.dragging import DropInfo
from workstation.map.overlay import AREAS, CASES, OverlayHit
from workstation.map.overlay_cases import Hit
from workstation.map.overlay_hud import paint_pin, paint_snap
from workstation.map.overlay_palette import ColorSource
from workstation.map.tools import (
    IdentifyTool,
    NavigateTool,
    PickTool,
    SelectBoxTool,
    SelectLassoTool,
    Tool,
    ZoomBoxTool,
)
from workstation.map.tools_measure import MeasureAreaTool, MeasureTool
from workstation.map.viewport import Viewport

WHEEL_STEP = 0.55
"""Doublings of the scale for one notch of the wheel."""
PULSE_SPAN = 1500
PICTURES_S = 0.003
"""So long markers' pictures are made in one turn of the event loop."""
OUTLINES_S, OUTLINES_DRAGGING_S = 0.0025, 0.001
"""So long outlines and names of areas are drawn in one turn; during a drag, whose movements come between, less."""


@dataclass(frozen=True)
class MapPlace:
    """A place on the map that somebody points at: pixel, degrees, and what lies there."""

    position: QPointF
    lon: float
    lat: float
    found: Hit | OverlayHit | None


class MapCanvas(CaseSurface):
    """A map window with the open cases on it. Signals tell what hands did; setters show and say nothing back."""

    pointer_moved = Signal(float, float)
    case_activated = Signal(str)
    point_picked = Signal(float, float)
    pick_cancelled = Signal()
    feature_identified = Signal(object)
    cases_dropped = Signal(object, str)
    drag_started = Signal(object)
    tool_changed = Signal(str)
    menu_wanted = Signal(object, object)
    """A menu (QMenu) that is about to be shown for a MapPlace: add what can be done there."""

    def __init__(
        self,
        client: Any,
        map_crs: str,
        name: str = "main",
        theme: ColorSource | None = None,
        parent: QWidget | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(client, map_crs, name, theme, parent, now)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("地图"))
        self.drops = DropController(self)
        self.units.patient = True
        self.lookup = Lookup(self)
        self._grab: QPointF | None = None
        self._overlay_has_press = False
        self._press: tuple[OverlayHit, QPointF] | None = None
        self._space = False
        self._tools: dict[str, Tool] = {
            tool.name: tool(self)
            for tool in (
                NavigateTool,
                SelectBoxTool,
                SelectLassoTool,
                ZoomBoxTool,
                IdentifyTool,
                MeasureTool,
                MeasureAreaTool,
                PickTool,
            )
        }
        self._tool = self._tools["navigate"]
        self._tool_before_pick = "navigate"
        self._pictures_due = QTimer(
            self, interval=1
        )  # at 0 it would have to wait until nobody wants anything
        self._pictures_due.timeout.connect(self._make_pictures)
        self.controls = Controls(self.palette_, self)
        self.controls.show_tool("navigate")
        self.controls.tool_chosen.connect(self.set_tool)
        self.controls.zoom.connect(self.zoom_by)
        self.controls.home.connect(self.full_extent)
        self.controls.back.connect(self.previous_view)
        self.controls.areas_toggled.connect(self._areas_toggled)
        self.areas_changed.connect(self.controls.areas.setChecked)
        self.hint = Banner(self.palette_, self)
        self.hint.closed.connect(self.cancel_pick)
        self.view_changed.connect(self._view_moved)

    def shutdown(self) -> None:
        """Ask for nothing more; the client forgets this view."""
        super().shutdown()
        self._pictures_due.stop()
        self.drops.finish()
        self.lookup.cancel()

    @property
    def busy_hand(self) -> bool:
        """Whether a gesture is under way: then the view is the hand's alone."""
        return self._tool.busy or self._grab is not None or self._overlay_has_press or self.drops.state.active

    def _areas_toggled(self, on: bool) -> None:
        if on != (self._shown_units is None):
            self.show_unit_areas(None if on else ())

    def hover(self, position: QPointF) -> None:
        """The pointer rests or moves without a button; tools that point at the ground see no cases."""
        if self._tool.hovers:
            super().hover(position)

    def start_drag(self, case_id: str) -> None:
        """Drag this case, or the whole selection when it is one of it. Returns when the drag has ended."""
        if self.past:
            self.say(self.past, "warning")
            return
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

    def set_candidates(self, candidates: Iterable[object], note: str = "") -> None:
        """The units proposed for the cases under way, best first; ``note`` is what is to be known of that."""
        self.drops.set_candidates(candidates, note)

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

    def add_tool(self, tool: type[Tool], shape: Shape, tip: str, group: str = "") -> None:
        """One more tool, under its class's ``name``, with a button of its own or in the flyout of a ``group``'s. ``shape``
        draws the button's sign within seven pixels around the origin, or is the name of a sign that there is."""
        self._tools[tool.name] = tool(self)
        self.controls.add_tool(tool.name, shape, tip, group)
        self.place_children()

    def tool_named(self, name: str) -> Tool:
        """The tool itself, in hand or not. Raises KeyError."""
        return self._tools[name]

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

    def _areas_wanted(self) -> tuple[bool, frozenset[str] | None]:
        """Whether areas are shown, and which (None: all)."""
        only = None if self.drops.state.active else self._shown_units
        return only is None or bool(only), only

    def paint_ground(self, painter: QPainter, dirty: QRectF) -> None:
        """Also what lies on the frame and under the cases. While a drag goes over a map that rests it is one picture."""
        whole = QRectF(self.rect()).adjusted(-40, -40, 40, 40)
        self.drops.paint_ground(painter, self._paint_ground, dirty, whole)

    def _paint_ground(self, painter: QPainter, dirty: QRectF) -> None:
        view, dpr = self.view, self.devicePixelRatioF()
        super().paint_ground(painter, dirty)
        with_areas, only = self._areas_wanted()
        self.overlays.paint(painter, view, dpr, dirty, -math.inf, AREAS)
        if with_areas:
            self.units.paint(painter, view, dpr, self.drops.state, only=only)

    def paint_overlay(self, painter: QPainter, dirty: QRectF) -> None:
        """Cases with the overlays between and above areas and them, pin, and what the tool in hand draws."""
        view, dpr = self.view, self.devicePixelRatioF()
        drop = self.drops.state
        with_areas, _ = self._areas_wanted()
        if drop.active:
            self.units.paint_lights(painter, view, dpr, drop)
        self.overlays.paint(painter, view, dpr, dirty, AREAS, CASES)
        if drop.active:
            self.drops.paint_still(painter, view, dpr, self._paint_under_way)
        else:
            self.cases.paint_pulse(painter, view, dpr, self._beat_clock.elapsed() % PULSE_SPAN / PULSE_SPAN)
            self.cases.paint(painter, view, dpr, dirty)
            if with_areas:
                self.units.paint_names(painter, view, dirty)
        if (self.cases.owing or (with_areas and self.units.owing)) and not self._pictures_due.isActive():
            self._pictures_due.start()
        self.overlays.paint(painter, view, dpr, dirty, CASES, math.inf)
        if self._pin is not None:
            paint_pin(painter, view, self._pin, self.palette_)
        if self.lookup.marked is not None:
            paint_snap(painter, view, self.lookup.marked, "", self.palette_)
        if self.picking and self.lookup.snapped is not None:
            paint_snap(painter, view, self.lookup.snapped, self.lookup.snap_title(), self.palette_)
        self._tool.paint(painter)

    def _paint_under_way(self, painter: QPainter, view: Viewport) -> None:
        """The cases while some of them are dragged: those in their own light, the others faint. Names of areas over them."""
        dpr, whole = self.devicePixelRatioF(), QRectF(-40, -40, view.width + 80, view.height + 80)
        painter.setOpacity(0.55)
        self.cases.paint(painter, view, dpr, whole)
        painter.setOpacity(1.0)
        self.cases.paint_these(painter, view, dpr, self.drops.lifted(view))
        self.units.paint_names(painter, view, whole)

    def _make_pictures(self) -> None:
        """Between two paintings: groups of a new scale are found, what was painted plainly gets its picture, outlines of
        areas are drawn. While the map moves by itself each step paints anyway, and no outline would last."""
        moving = self.motion.moving
        if self.cases.owing:
            ready = self.cases.make_pictures(PICTURES_S)
            if ready:
                self.drops.forget_still()
        else:
            dragging = self.drops.state.active
            ready = not moving and self.units.make(OUTLINES_DRAGGING_S if dragging else OUTLINES_S)
        if not self.cases.owing and (moving or not self.units.owing):
            self._pictures_due.stop()
        if ready and not moving:
            self.update()

    def top_children(self) -> Iterable[QWidget]:
        """The buttons."""
        return (self.controls,)

    def place_children(self) -> None:
        """The hint stands where notices stand."""
        self.controls.fit(self.height() - 24)
        super().place_children()
        self.hint.place()

    def _view_moved(self) -> None:
        self.hide_hover()
        self.cases.view_changed(self.view)
        if self._pointer.x() < 0:
            self.readout.clear_position()
        else:
            self._say_position(self._pointer)

    # ---- hands ----

    def update_cursor(self) -> None:
        """The cursor that says what a press would do."""
        if self._grab is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif (self.cases.hovered is not None or self._over is not None) and not self.picking:
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
        elif not self._press_overlay(event):
            self._tool.press(event)

    def _press_overlay(self, event: QMouseEvent) -> bool:
        """Let an overlay have the press, where one lies under it that wants it. Tools that point at the ground see none."""
        self._press = None
        left = event.button() == Qt.MouseButton.LeftButton
        found = self.overlay_at(event.position()) if left and self._tool.hovers else None
        if found is None:
            return False
        if found.overlay.pressed(found.hit, event):
            self._overlay_has_press = True
            self.hide_hover()
            return True
        self._press = found, event.position()
        return False

    def _click_overlay(self, event: QMouseEvent) -> bool:
        """A press without a move on an overlay is a click on it, where it wants it."""
        press, self._press = self._press, None
        if press is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        found, at = press
        if (event.position() - at).manhattanLength() >= QApplication.startDragDistance():
            return False
        return found.overlay.clicked(found.hit, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say where the pointer is; the rest is the tool's."""
        position = event.position()
        self._pointer = position
        self._say_position(position)
        if self._grab is not None:
            moved = position - self._grab
            self._grab = position
            self.pan_by(moved.x(), moved.y())
        elif not self._overlay_has_press:
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
        elif self._overlay_has_press:
            self._overlay_has_press = False
        elif self._click_overlay(event):
            self._tool.cancel()
            self.update_cursor()
        else:
            self._tool.release(event)
        self.motion.settle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open, or go nearer."""
        found = self.overlay_at(event.position()) if self._tool.hovers else None
        if found is None or not found.overlay.activated(found.hit):
            self._tool.double(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done here: of the overlay under the pointer, and of whoever listens to ``menu_wanted``."""
        menu = self.menu_at(QPointF(event.pos()))
        if menu is not None:
            menu.popup(event.globalPos())
        event.accept()

    def menu_at(self, position: QPointF) -> QMenu | None:
        """The menu of a place; None where nothing can be done there, or a gesture is under way. It goes when it is
        closed."""
        if self.busy_hand or self.picking:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = self.under(position)
        if isinstance(found, OverlayHit):
            found.overlay.add_actions(found.hit, menu)
        lon, lat = self.projection.point_to_lonlat(*self.view.to_map(position.x(), position.y()))
        self.menu_wanted.emit(menu, MapPlace(position, lon, lat, found))
        if menu.isEmpty():
            menu.deleteLater()
            return None
        self.hide_hover()
        return menu

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._pointer = QPointF(-1, -1)
        self.readout.clear_position()
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
        """Arrows, + and -, Home, *, Backspace, Space, Esc."""
        key = event.key()
        if self.lookup.card.key(event) or self._tool.key(event):
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
        elif key == Qt.Key.Key_Asterisk:
            self.let_go()
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
