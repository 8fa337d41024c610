"""A map with the open cases and the units on it: what is shown, selected and under the pointer."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QPointF, QRect, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from workstation.map.canvas_surface import MapSurface
from workstation.map.overlay import CASES, Overlay, OverlayHit
from workstation.map.overlay_cards import FloatingCard
from workstation.map.overlay_cases import CaseLayer, CaseMarker, Hit
from workstation.map.overlay_hud import case_card
from workstation.map.overlay_palette import ColorSource
from workstation.map.overlay_units import UnitArea, UnitLayer
from workstation.map.viewport import Extent

HOVER_MS = 240
LIGHTS_MS = 15_000
NEAREST_FIT = 1.3
"""Map units a pixel: a view that fits itself to few cases goes no nearer (1:5,000)."""
REACH = 104
"""Pixels from a marker within which the group that it belongs to is painted."""


def utc_now() -> datetime:
    """This instant, aware UTC."""
    return datetime.now(UTC)


class CaseSurface(MapSurface):
    """A map window that knows cases and units. Setters show and say nothing back; signals tell what hands did."""

    case_clicked = Signal(str)
    selection_changed = Signal(object)
    cases_changed = Signal()
    """Other cases, or the light of one has changed."""
    filter_changed = Signal()
    """Other cases than before are left out."""
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
        self.now = self.present = now
        self.past = ""
        self.cases = CaseLayer(self.projection, self.palette_, now)
        self.units = UnitLayer(self.projection, self.palette_)
        self._narrowed = False
        self._fitted: frozenset[str] | None = None
        self._shown_units: frozenset[str] | None = frozenset()
        self._pin: tuple[float, float] | None = None
        self._pointer = QPointF(-1, -1)
        self._over: OverlayHit | None = None
        self._hover_card = FloatingCard(self.palette_, self)
        self._hover_timer = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._hover_timer.timeout.connect(self._show_hover)
        self._lights = QTimer(self, interval=LIGHTS_MS)
        self._lights.timeout.connect(self._time_passed)
        self.motion.rested.connect(self._hover_again)

    def shutdown(self) -> None:
        """Ask for nothing more; the client forgets this view."""
        super().shutdown()
        self._hover_timer.stop()
        self._lights.stop()

    # ---- what is shown ----

    def set_cases(self, markers: Iterable[CaseMarker]) -> None:
        """Show these open cases. A view that somebody has touched stays where it is."""
        self.cases.set_cases(markers)
        self.cases.hovered = None
        self._cases_are_others()
        self._update_pulse()
        self.update()
        self.cases_changed.emit()

    def set_narrowed(self, narrowed: bool) -> None:
        """Whether the cases given are a choice of all: then a view that nobody has touched shows those, not the city."""
        if narrowed != self._narrowed:
            self._narrowed = narrowed
            self._cases_are_others()

    def whole(self) -> Extent | None:
        """The city; or the cases shown, where others are left out."""
        stages, lights = self.cases.hidden()
        if not (self._narrowed or stages or lights):
            return super().whole()
        box = self.cases.extent_shown()
        if box is None:
            return super().whole()
        room = NEAREST_FIT * max(1, min(self.width(), self.height())) / 2
        x, y = box.center
        dx, dy = max(box.width * 0.55, room), max(box.height * 0.55, room)
        return Extent(x - dx, y - dy, x + dx, y + dy)

    def _cases_are_others(self) -> None:
        """Other cases may be shown than before: where they are, and nobody has touched the view, it holds them all."""
        if self.touched:
            return
        stages, lights = self.cases.hidden()
        shown = self.cases.shown_ids() if self._narrowed or stages or lights else None
        if shown != self._fitted:
            self._fitted = shown
            self.refit()

    def touch_cases(self, ids: Iterable[str], markers: Iterable[CaseMarker]) -> None:
        """These cases have changed, and those of them that are open are these. Nothing is painted for what is not in view."""
        touched = self.cases.touch(ids, markers)
        if not touched.places:
            return
        self._cases_are_others()
        near = self.rect().adjusted(-REACH, -REACH, REACH, REACH)
        for place in touched.places:
            x, y = self.view.to_screen(*place)
            if not near.contains(round(x), round(y)):
                continue
            if touched.others:  # groups form anew, also at some distance
                self.cases.hovered = None
                self.update()
                break
            self.update(QRect(round(x) - REACH, round(y) - REACH, 2 * REACH, 2 * REACH))
        self._update_pulse()
        self.cases_changed.emit()

    def set_clock(self, now: Callable[[], datetime], past: str = "") -> None:
        """Lights are those of this clock's instants. ``past``: why nothing can be done to the cases shown, "" where it can."""
        self.now = now
        self.past = past
        self.cases.set_clock(now)
        self._time_passed()

    def set_units(self, units: Iterable[UnitArea]) -> None:
        """The units, with their areas of responsibility where they have one."""
        self.units.set_units(units)
        self.update()

    def set_selection(self, ids: Iterable[str]) -> None:
        """Mark these cases; says nothing back."""
        self.cases.selection = frozenset(ids)
        self.update()

    def flash(self, case_id: str) -> None:
        """Rings around the case's place for a moment, where it is shown."""
        place = self.cases.position(case_id)
        if place is not None and self._seen:
            self._ripple = place
            self._ripple_clock.restart()
            self._update_pulse()

    def set_focus(self, ids: Iterable[str]) -> None:
        """The cases that wait for the person at this seat stand alone, in front of all groups."""
        if self.cases.set_focus(ids):
            self.update()

    def set_case_filter(self, hidden_stages: Iterable[str] = (), hidden_lights: Iterable[str] = ()) -> None:
        """Leave out the cases of these stages and lights (green, yellow, red, none)."""
        self.cases.set_hidden(frozenset(hidden_stages), frozenset(hidden_lights))
        self._cases_are_others()
        self._update_pulse()
        self.update()
        self.filter_changed.emit()

    def set_cases_visible(self, visible: bool) -> None:
        """Show the cases at all, or not."""
        self.cases.visible = visible
        self._update_pulse()
        self.update()
        self.filter_changed.emit()

    def show_unit_areas(self, codes: Iterable[str] | None) -> None:
        """Show the areas of these units also when nothing is dragged; None: of all."""
        self._shown_units = None if codes is None else frozenset(codes)
        self.update()
        self.areas_changed.emit(self._shown_units is None)

    def unit_areas_shown(self) -> frozenset[str] | None:
        """The units whose areas are shown also when nothing is dragged; None: all."""
        return self._shown_units

    @property
    def areas_shown(self) -> bool:
        """Whether the areas of all units are shown."""
        return self._shown_units is None

    def set_pin(self, lon: float | None, lat: float | None = None) -> None:
        """A pin at the position being registered; None takes it away."""
        self._pin = None if lon is None or lat is None else self.projection.point_to_map(lon, lat)
        self.update()

    def remove_overlay(self, overlay: Overlay) -> None:
        """Paint it no more; nothing of it is under the pointer then."""
        if self._over is not None and self._over.overlay is overlay:
            self.hide_hover()
        super().remove_overlay(overlay)

    # ---- what is under the pointer ----

    def update_cursor(self) -> None:
        """Let the cursor say what a press would do: for those who know what a press does."""

    def hit(self, position: QPointF) -> Hit | None:
        """The case or group under a pixel; None where an overlay lies over it."""
        found = self.under(position)
        return found if isinstance(found, Hit) else None

    def overlay_at(self, position: QPointF) -> OverlayHit | None:
        """What of an overlay lies under a pixel; None where a case lies over it."""
        found = self.under(position)
        return found if isinstance(found, OverlayHit) else None

    def under(self, position: QPointF) -> Hit | OverlayHit | None:
        """What lies uppermost under a pixel: overlays above the cases, cases, overlays below them."""
        view, x, y = self.view, position.x(), position.y()
        return (
            self.overlays.hit(view, x, y, CASES, math.inf)
            or self.cases.hit(view, x, y)
            or self.overlays.hit(view, x, y, -math.inf, CASES)
        )

    @property
    def over(self) -> OverlayHit | None:
        """What of an overlay the pointer is over."""
        return self._over

    def hover(self, position: QPointF) -> None:
        """The pointer rests or moves without a button."""
        found = self.under(position)
        changed = self._hover_case(found if isinstance(found, Hit) else None)
        changed |= self._hover_overlay(found if isinstance(found, OverlayHit) else None)
        if changed:
            self._hover_card.hide()
            self.update_cursor()
            self._hover_timer.stop()
            if found is not None:
                self._hover_timer.start()

    def _hover_case(self, found: Hit | None) -> bool:
        before = self.cases.hovered
        if (found.id, found.ids) == (before.id, before.ids) if found and before else found is before:
            return False
        self.cases.hovered = found
        for hit in (found, before):
            if hit is not None:
                self.update(QRect(round(hit.at[0]) - 48, round(hit.at[1]) - 48, 96, 96))
        return True

    def _hover_overlay(self, found: OverlayHit | None) -> bool:
        before = self._over
        if found.same_as(before) if found is not None else before is None:
            return False
        self._over = found
        if before is not None and (found is None or found.overlay is not before.overlay):
            before.overlay.hovered(None)
        if found is not None:
            found.overlay.hovered(found.hit)
        return True

    def _hover_again(self) -> None:
        """The map has come to rest: something else lies under the pointer now."""
        if self.rect().contains(self._pointer.toPoint()) and not self.busy_hand:
            self.hover(self._pointer)

    def hide_hover(self) -> None:
        """No card beside the pointer."""
        self._hover_timer.stop()
        self._hover_card.hide()
        self._hover_overlay(None)
        if self.cases.hovered is not None:
            self.cases.hovered = None
            self.update()

    def _show_hover(self) -> None:
        hit, over = self.cases.hovered, self._over
        if self.busy_hand or (hit is None and over is None):
            return
        if over is not None:
            text = over.overlay.hover_card(over.hit)
        else:
            assert hit is not None
            text = case_card(hit, self.cases, self.units, self.now())
        if text is not None:
            self._hover_card.show_at(self._pointer.toPoint(), text)

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

    def pulsing(self) -> list[tuple[float, float]]:
        """The pixels of emergencies in view."""
        return self.cases.emergencies(self.view)

    # ---- time ----

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
