"""A map one can look at and move: frames drawn by QGIS, where it looks, scale, readout, what the worker says.

It never waits: it paints what it has and asks the client for better. It never moves the view by itself either: only
a gesture on it, or a call that a person's action elsewhere caused (:meth:`MapSurface.fly_to`), does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from workstation.map.canvas_notice import Banner, LoadingStrip
from workstation.map.frames import Frames, Wish
from workstation.map.motion import Motion
from workstation.map.overlay import Overlay, OverlayStack
from workstation.map.overlay_hud import paint_empty, paint_ripple
from workstation.map.overlay_palette import ColorSource, Palette
from workstation.map.scalebar import Readout, ScaleBar
from workstation.map.transform import Projection
from workstation.map.viewport import Extent, Viewport

PAN_FRAME_MS = 70
"""While the map is being pulled, at most this often a frame is asked for."""
PULSE_MS = 50
RIPPLE_MS = 1400
READINGS_MS = 60
"""Between two readings of scale while the map moves by itself: nobody reads quicker, and writing them takes its time."""
RINGS = 60
"""Pixels around a place that its rings may reach."""
NEAR_SCALE = 2500.0
FRAME_MARGIN, AHEAD_MARGIN = 48, 8
"""Pixels a frame is larger than the window on each side, so that a small pan shows no edge; and where a zoom or a flight will end: what
is waited for there is the sharp map, a tenth sooner."""


class MapSurface(QWidget):
    """One window onto the map. Several may share a client; ``name`` tells their frames apart."""

    view_changed = Signal()
    layers_changed = Signal()
    """Other layers than before, or other layers hidden."""

    def __init__(
        self,
        client: Any,
        map_crs: str,
        name: str = "main",
        theme: ColorSource | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.client = client
        self.name = name
        self.projection = Projection(map_crs)
        self.palette_ = Palette(theme)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 150)
        self.motion = Motion(Viewport(0.0, 0.0, 10.0, max(1, self.width()), max(1, self.height())), self)
        self.frames = Frames(client, name, self)
        self.overlays = OverlayStack(self._overlay_changed)
        self._placed = False
        self._seen = False
        self._touched = False
        self._home: Extent | None = None
        self._pending: Extent | None = None
        self._hidden: frozenset[str] = frozenset()
        self._layers: tuple[Any, ...] = ()
        self._ripple: tuple[float, float] | None = None
        self._ripple_clock = QElapsedTimer()
        self._readings = QElapsedTimer()
        self._readings.start()
        self._beat_clock = QElapsedTimer()
        self._beat_clock.start()
        self._pan_timer = QTimer(self, singleShot=True, interval=PAN_FRAME_MS)
        self._pan_timer.timeout.connect(self._ask_while_moving)
        self._pulse = QTimer(self, interval=PULSE_MS)
        self._pulse.timeout.connect(self._beat)
        self._trouble = QTimer(self, singleShot=True, interval=350)
        self._trouble.timeout.connect(self._say_restarting)
        self.scale_bar = ScaleBar(self.palette_, self)
        self.readout = Readout(self.palette_, self)
        self.readout.scale_chosen.connect(self.set_scale)
        self.banner = Banner(self.palette_, self)
        self.loading = LoadingStrip(self.palette_, self)
        self.motion.moved.connect(self._moved)
        self.motion.aimed.connect(self._aimed)
        self.motion.rested.connect(self._rested)
        self.frames.changed.connect(self._frame_came)
        self.frames.busy_changed.connect(self.loading.set_busy)
        client.ready.connect(self._on_ready)
        client.restarting.connect(self._on_restarting)
        client.failed.connect(self._on_failed)
        client.layers.connect(self._on_layers)

    def shutdown(self) -> None:
        """Ask for nothing more; the client forgets this view."""
        self.motion.close()
        self.frames.close()
        self.overlays.clear()
        for timer in (self._pan_timer, self._pulse, self._trouble):
            timer.stop()

    # ---- what the canvas adds ----

    @property
    def busy_hand(self) -> bool:
        """Whether a gesture is under way: then the view is the hand's alone."""
        return False

    def paint_ground(self, painter: QPainter, dirty: QRectF) -> None:
        """The frame, or what there is of it."""
        view = self.view
        if not self.frames.covers(view):
            painter.fillRect(QRectF(0, 0, view.width, view.height), self.palette_.color("window"))
        if self.frames.picture is None:
            paint_empty(painter, view, self.palette_, self.tr("正在准备地图…"))
        self.frames.paint(painter, view, self.devicePixelRatioF(), moving=self.motion.moving)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def paint_overlay(self, painter: QPainter, dirty: QRectF) -> None:
        """What lies over the frame."""
        self.overlays.paint(painter, self.view, self.devicePixelRatioF(), dirty, -math.inf, math.inf)

    def pulsing(self) -> list[tuple[float, float]]:
        """The pixels where something flashes."""
        return []

    def top_children(self) -> Iterable[QWidget]:
        """Children that keep clear of the upper right corner, to be placed from there down."""
        return ()

    # ---- what others paint over the map ----

    def add_overlay(self, overlay: Overlay) -> None:
        """Paint this too, at its ``z``. Raises OverlayInUse where another canvas paints it."""
        self.overlays.add(overlay)

    def remove_overlay(self, overlay: Overlay) -> None:
        """Paint it no more."""
        self.overlays.remove(overlay)

    def _overlay_changed(self, region: QRectF | None) -> None:
        if region is None:
            self.update()
        else:
            self.update(region.toAlignedRect().adjusted(-1, -1, 1, 1))

    # ---- what is shown ----

    def set_hidden_layers(self, keys: Iterable[str]) -> None:
        """Leave these layers of the map out."""
        hidden = frozenset(keys)
        if hidden != self._hidden:
            self._hidden = hidden
            self._want(self.motion.target, final=True)
            self.layers_changed.emit()

    def hidden_layers(self) -> frozenset[str]:
        """The layers left out."""
        return self._hidden

    def set_theme(self, theme: ColorSource | None) -> None:
        """Paint with this theme; call again when it has changed."""
        self.palette_.set_source(theme)
        for child in self.findChildren(QWidget):
            child.update()
        self.update()

    def say(self, text: str, kind: str = "info", for_ms: int = 3500) -> None:
        """A line on the map for a few seconds. ``kind``: info, hint, warning, error."""
        self.banner.say(text, kind, closable=True, for_ms=for_ms)

    def layer_title(self, key: str) -> str:
        """A layer's name as the operator knows it."""
        return next((str(layer.title) for layer in self._layers if layer.key == key), key)

    def set_layers(self, layers: Sequence[Any]) -> None:
        """The layers of the map, where the client has told them before this window was there."""
        self._on_layers(layers)

    def layer_definitions(self) -> tuple[Any, ...]:
        """The layers of the map, bottom first, as the client told them."""
        return self._layers

    # ---- where it looks ----

    @property
    def view(self) -> Viewport:
        """The view in force."""
        return self.motion.view

    def scale(self) -> float:
        """The scale's denominator."""
        return self.projection.scale(self.view.res, self.view.cy)

    def center(self) -> tuple[float, float]:
        """The middle in degrees."""
        return self.projection.point_to_lonlat(self.view.cx, self.view.cy)

    def bounds(self) -> tuple[float, float, float, float]:
        """What is seen, in degrees: west, south, east, north."""
        box = self.view.extent
        lon, lat = self.projection.to_lonlat(
            [box.xmin, box.xmax, box.xmin, box.xmax], [box.ymin, box.ymin, box.ymax, box.ymax]
        )
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

    def look_at(self, cx: float, cy: float, res: float) -> None:
        """Look there at once, in map coordinates: this window follows another one, or comes back as it was left."""
        self._touched = True
        self._placed = True
        self._pending = None
        self.motion.jump(self.view.at(cx, cy, res))

    def set_home(self, bounds: Sequence[float]) -> None:
        """The whole city (west, south, east, north in degrees): shown at first, and on the Home key."""
        self._home = self.projection.bounds_to_map(bounds)
        if not self._touched and not self.busy_hand:
            self._fit(self.whole() or self._home, ms=0)
        self.frames.want_overview(_grown(self._home, 0.15), self._hidden)

    def fly_to(self, lon: float, lat: float, scale: float | None = None) -> bool:
        """Go to a position, at this scale or, without one, near enough to see it. False while a hand is on the map."""
        if self.busy_hand:
            return False
        x, y = self.projection.point_to_map(lon, lat)
        if scale is None:
            scale = min(self.scale(), NEAR_SCALE * 2) if self._placed else NEAR_SCALE
        target = self.view.at(x, y, self.projection.resolution(scale, y))
        far = self.view.extent.width + target.extent.width
        near_enough = abs(x - self.view.cx) < 3 * far and abs(y - self.view.cy) < 3 * far
        self._touched = True
        self._go(target, 320 if near_enough and self._placed else 0)
        self._ripple = (x, y)
        self._ripple_clock.restart()
        self._update_pulse()
        return True

    def fit_extent(self, bounds: Sequence[float]) -> bool:
        """Show a box given in degrees (west, south, east, north). False while a hand is on the map."""
        if self.busy_hand:
            return False
        self._touched = True
        self._fit(self.projection.bounds_to_map(bounds), ms=280)
        return True

    def full_extent(self) -> None:
        """Show the whole city."""
        home = self._home
        if home is not None and not self.busy_hand:
            self._touched = self.whole() != home
            self._fit(home, ms=280)

    @property
    def touched(self) -> bool:
        """Whether somebody has chosen where the map looks: then nothing but a person moves it."""
        return self._touched

    def whole(self) -> Extent | None:
        """What a view shows that nobody has touched; None while that is not known."""
        return self._home

    def refit(self) -> None:
        """What there is to be seen is other than before: a view that nobody has touched shows the whole of it."""
        whole = self.whole()
        if whole is not None and self._placed and not self._touched and not self.busy_hand:
            self._fit(whole, ms=280)

    def let_go(self) -> None:
        """Show the whole, and go on doing so until somebody touches the view again."""
        if not self.busy_hand:
            self._touched = False
            self.refit()

    def previous_view(self) -> None:
        """Back to where the view rested before."""
        if self.busy_hand:
            return
        self._touched = True
        view = self.motion.history.back()
        if view is not None:
            self._go(view.resized(self.width(), self.height()), 220)

    def next_view(self) -> None:
        """Forward again."""
        if self.busy_hand:
            return
        self._touched = True
        view = self.motion.history.forward()
        if view is not None:
            self._go(view.resized(self.width(), self.height()), 220)

    def set_scale(self, denominator: float) -> None:
        """Keep the middle, change the scale."""
        self._touched = True
        target = self.motion.target
        self._go(target.at(target.cx, target.cy, self.projection.resolution(denominator, target.cy)), 220)

    def zoom_by(self, factor: float, position: QPointF | None = None) -> None:
        """Go nearer (or with less than one, farther); the map under ``position`` stays there."""
        self._touched = True
        at = (None, None) if position is None else (position.x(), position.y())
        self._go(self.motion.target.zoomed(factor, *at), 180)

    def zoom_to_pixels(self, rect: QRectF) -> None:
        """Show what lies in a box of pixels; a box too small to mean one goes nearer about it."""
        self._touched = True
        if rect.width() < 6 or rect.height() < 6:
            self.zoom_by(2.0, rect.center())
            return
        x0, y1 = self.view.to_map(rect.left(), rect.top())
        x1, y0 = self.view.to_map(rect.right(), rect.bottom())
        self._go(self.view.fitted(Extent(x0, y0, x1, y1), 0), 260)

    def pan_by(self, dx: float, dy: float) -> None:
        """Pull the map by pixels, at once."""
        self._touched = True
        self.motion.jump(self.motion.target.panned(dx, dy))

    def pan_smoothly(self, dx: float, dy: float) -> None:
        """Pull the map by pixels, as the arrow keys do."""
        self._touched = True
        self._go(self.motion.target.panned(dx, dy), 180)

    def _fit(self, extent: Extent, ms: int) -> None:
        if not self.isVisible() and not self._placed:
            self._pending = extent
        self._go(self.view.fitted(extent), ms if self._placed else 0)

    def _go(self, view: Viewport, ms: int) -> None:
        self._placed = True
        if view == self.view:
            self._want(view, final=True)
        self.motion.go(view, ms)

    def _moved(self) -> None:
        if not self.motion.moving or self._readings.elapsed() >= READINGS_MS:
            self._update_readings()
        if not self.motion.moving and not self._pan_timer.isActive():
            self._pan_timer.start()
        self._update_pulse()
        self.update()
        self.view_changed.emit()

    def _update_readings(self) -> None:
        self._readings.restart()
        self.scale_bar.set_metres_per_pixel(self.view.res * self.projection.metres_per_unit(self.view.cy))
        self.readout.set_scale(self.scale())

    def _ask_while_moving(self) -> None:
        if not self.motion.moving:
            self._want(self.view, final=False)

    def _aimed(self) -> None:
        self._want(self.motion.target, final=True)

    def _rested(self) -> None:
        self._pan_timer.stop()  # else it would ask once more as if the view still moved, and have a frame that will do drawn anew
        self._want(self.view, final=True)

    def _wish(self, view: Viewport) -> Wish:
        margin = AHEAD_MARGIN if self.motion.moving else FRAME_MARGIN
        return Wish(view.grown(margin), self.devicePixelRatioF(), self._hidden, margin)

    @property
    def sharp(self) -> bool:
        """Whether the view rests and the worker's whole picture of it is on hand."""
        return not self.motion.moving and self.frames.has(self._wish(self.view))

    def _want(self, view: Viewport, *, final: bool) -> None:
        if not self._placed or not self._seen:
            return
        self.frames.want(self._wish(view), final=final)
        if self._home is not None and final:
            self.frames.want_overview(_grown(self._home, 0.15), self._hidden)

    # ---- the worker's news ----

    def _frame_came(self) -> None:
        self._trouble.stop()
        if self.banner.kind == "restarting":
            self.banner.clear()
        self.update()

    def _on_ready(self, info: Mapping[str, Any]) -> None:
        self._trouble.stop()
        if self.banner.kind in ("restarting", "error"):
            self.banner.clear()
        self.frames.refresh_overview()
        version = str(info.get("qgis", "")).partition("-")[0]
        if version:
            self.readout.set_attribution(self.tr("QGIS {} 绘制").format(version))
            self.place_children()

    def _say_restarting(self) -> None:
        self.banner.say(self.tr("地图绘制程序已退出，正在重新启动…案卷与操作不受影响"), "restarting")

    def _on_restarting(self, _attempt: int) -> None:
        self._trouble.start()

    def _on_failed(self, code: str, detail: str) -> None:
        self._trouble.stop()
        reasons = {
            "no_qgis": self.tr("没有找到带 QGIS 的 Python,请安装 python3-qgis"),
            "keeps_crashing": self.tr("地图绘制程序反复退出"),
        }
        text = self.tr("地图无法绘制：{}").format(reasons.get(code, detail or code))
        self.banner.say(text, "error", closable=True)

    def _on_layers(self, layers: Sequence[Any]) -> None:
        self._layers = tuple(layers)
        self.layers_changed.emit()

    # ---- painting and size ----

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame first, then whatever lies over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view, dirty = self.view, QRectF(event.rect()).adjusted(-40, -40, 40, 40)
        self.paint_ground(painter, dirty)
        self.paint_overlay(painter, dirty)
        if self._ripple is not None and self._ripple_clock.elapsed() < RIPPLE_MS:
            paint_ripple(painter, view, self._ripple, self._ripple_clock.elapsed() / RIPPLE_MS, self.palette_)
        painter.end()

    def _update_pulse(self) -> None:
        """Let the heart beat only while something flashes in sight."""
        rippling = self._ripple is not None and self._ripple_clock.elapsed() < RIPPLE_MS
        if self.isVisible() and (rippling or self.pulsing()):
            if not self._pulse.isActive():
                self._pulse.start()
        else:
            self._pulse.stop()

    def _beat(self) -> None:
        places = self.pulsing()
        if self._ripple is not None:
            places.append(self.view.to_screen(*self._ripple))
            if self._ripple_clock.elapsed() >= RIPPLE_MS:
                self._ripple = None
        for x, y in places:
            self.update(QRectF(x - RINGS, y - RINGS, 2 * RINGS, 2 * RINGS).toAlignedRect())
        self._update_pulse()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle; a view nobody has touched still shows the whole."""
        width, height = self.width(), self.height()
        self.motion.resize(width, height)
        if self._pending is not None:
            self.motion.jump(self.view.fitted(self._pending))
        elif not self._touched:
            whole = self.whole()
            if whole is not None:
                self.motion.jump(self.view.fitted(whole))
        self.place_children()

    def place_children(self) -> None:
        """Everything that stands on the map, where it belongs."""
        width, height = self.width(), self.height()
        self.scale_bar.move(10, height - self.scale_bar.height() - 8)
        self.readout.move(max(0, width - self.readout.width() - 10), height - self.readout.height() - 10)
        self.readout.setVisible(width > self.readout.width() + self.scale_bar.width())
        self.loading.setGeometry(0, 0, width, LoadingStrip.HEIGHT)
        self.banner.place()
        y = 12
        for child in self.top_children():
            child.move(width - child.width() - 10, y)
            y += child.height() + 8

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for a frame now that somebody looks; a minimised window that comes back is shown too."""
        self._pending = None
        self._seen = True
        self._want(self.motion.target, final=True)
        self._update_pulse()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing flashes unseen, and nothing is drawn for a window that is hidden or minimised."""
        self._seen = False
        self._pulse.stop()
        self._pan_timer.stop()
        self.frames.rest()


def _grown(extent: Extent, share: float) -> Extent:
    dx, dy = extent.width * share, extent.height * share
    return Extent(extent.xmin - dx, extent.ymin - dy, extent.xmax + dx, extent.ymax + dy)
