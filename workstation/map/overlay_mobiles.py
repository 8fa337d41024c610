"""Collectors, crews and vehicles on the map: where each was last heard of, what it does, and who it is.

A :class:`MobileField` holds what all map windows show; each window has a :class:`MobileOverlay` over it. A marker that
gets a new place goes there within a second, and only while that is to be seen; nothing is drawn between two places that
were not told as if it were known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from workstation.map.mobile_pictures import DOT, ROOM, SIZE, SPECK, TOKENS, draw, name
from workstation.map.overlay import CASES, MOBILES, Overlay
from workstation.map.overlay_cards import CardText, Line
from workstation.map.overlay_palette import Palette
from workstation.map.targets import Target
from workstation.map.transform import Array, Projection
from workstation.map.viewport import Extent, Viewport

CHINA = ZoneInfo("Asia/Shanghai")
KINDS = ("collector", "crew", "vehicle")
STATES = ("duty", "task", "rest", "silent")
GLIDE_MS = 900
TICK_MS = 60
NEAR, FAR, FARTHEST = 1.4, 3.6, 9.0
"""Metres per pixel up to which names are written, and from which on markers are dots, and the dots specks: a whole city's
people would lie over the city otherwise."""


class Place(Protocol):
    """What is shown of one, as :class:`workstation.services.spatial.positions.MobilePlace` has it."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def plate(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def lon(self) -> float: ...
    @property
    def lat(self) -> float: ...
    @property
    def speed_kmh(self) -> float | None: ...
    @property
    def heading(self) -> float | None: ...
    @property
    def doing(self) -> str: ...
    def silent(self, now: datetime) -> bool: ...


@dataclass(frozen=True)
class MobileHit:
    """The marker under a pixel."""

    id: str


@dataclass
class Words:
    """What the field asks about people: names of units, telephones that may be shown, cases in hand. The window sets them."""

    unit: Callable[[str], str] = str
    telephone: Callable[[Any], str] = lambda place: ""
    in_hand: Mapping[str, int] | None = None


def kind_title(kind: str) -> str:
    """What a kind of mobile is called."""
    translate = QCoreApplication.translate
    return {
        "collector": translate("Mobiles", "采集员"),
        "crew": translate("Mobiles", "处置队伍"),
        "vehicle": translate("Mobiles", "车辆"),
    }.get(kind, kind)


def state_title(state: str) -> str:
    """What a state is called."""
    translate = QCoreApplication.translate
    return {
        "duty": translate("Mobiles", "在岗"),
        "task": translate("Mobiles", "任务中"),
        "rest": translate("Mobiles", "休息"),
        "silent": translate("Mobiles", "失联"),
    }.get(state, state)


class MobileField(QObject):
    """Everybody who is out, for all map windows: places in map coordinates, states, and how far each has glided."""

    shown = Signal()
    """Others than before, or at other places."""

    def __init__(
        self, projection: Projection, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.projection = projection
        self.now = now
        self.words = Words()
        self.places: list[Place] = []
        self.kinds_shown: frozenset[str] = frozenset(KINDS)
        self.states: list[str] = []
        self.overlays: list[MobileOverlay] = []
        self._number: dict[str, int] = {}
        self._from = self._to = np.empty((0, 2))
        self._glide = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    def set_places(self, places: Sequence[Place]) -> None:
        """Show these, but for those who are off duty: where they are is nobody's business. Who was shown before goes to the
        new place."""
        places = [place for place in places if place.doing != "off"]
        here = self.xy()
        before = self._number
        lon = np.array([place.lon for place in places], float)
        lat = np.array([place.lat for place in places], float)
        to = np.column_stack(self.projection.to_map(lon, lat)) if places else np.empty((0, 2))
        start = to.copy()
        for number, place in enumerate(places):
            known = before.get(place.id)
            if known is not None:
                start[number] = here[known]
        self.places = list(places)
        self._number = {place.id: number for number, place in enumerate(places)}
        self._from, self._to = start, to
        self._tell_states()
        if self._seen_moving():
            self._glide.start()
            self._timer.start()
        else:
            self._from = to
        for overlay in self.overlays:
            overlay.changed()
        self.shown.emit()

    def look_at_clock(self) -> None:
        """Who has not been heard of for long is silent now."""
        before = self.states
        self._tell_states()
        if self.states != before:
            for overlay in self.overlays:
                overlay.changed()

    def set_kinds(self, kinds: frozenset[str]) -> None:
        """Show these kinds only."""
        if kinds != self.kinds_shown:
            self.kinds_shown = kinds
            for overlay in self.overlays:
                overlay.changed()

    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        found = dict.fromkeys(KINDS, 0)
        for place in self.places:
            found[place.kind] = found.get(place.kind, 0) + 1
        return found

    def place(self, mobile: str) -> Place | None:
        """Where this one is."""
        number = self._number.get(mobile)
        return None if number is None else self.places[number]

    def xy(self) -> Array:
        """Where each is painted now, in map coordinates; (n, 2)."""
        if not self._timer.isActive():
            return self._to
        share = min(1.0, self._glide.elapsed() / GLIDE_MS)
        share = share * share * (3 - 2 * share)
        return self._from + (self._to - self._from) * share

    def _tell_states(self) -> None:
        now = self.now()
        self.states = [
            "silent"
            if place.silent(now)
            else place.doing
            if place.doing in STATES
            else "rest"
            if place.doing
            else "duty"
            for place in self.places
        ]

    def _moves(self, view: Viewport) -> NDArray[np.int64]:
        """The numbers of those whose way is to be seen in the view, and long enough to be."""
        if not len(self._to):
            return np.empty(0, np.int64)
        far = np.abs(self._to - self._from).max(axis=1) > 1.5 * view.res
        box = view.extent
        low, high = np.minimum(self._from, self._to), np.maximum(self._from, self._to)
        seen = (
            (high[:, 0] > box.xmin)
            & (low[:, 0] < box.xmax)
            & (high[:, 1] > box.ymin)
            & (low[:, 1] < box.ymax)
        )
        return np.flatnonzero(far & seen)

    def _seen_moving(self) -> bool:
        return any(len(self._moves(overlay.view)) for overlay in self.overlays if overlay.view is not None)

    def _tick(self) -> None:
        if self._glide.elapsed() >= GLIDE_MS:
            self._timer.stop()
            self._from = self._to
        for overlay in self.overlays:
            overlay.glide(self._from, self._to)


class MobileOverlay(Overlay):
    """The markers on one map window. Far out they are dots, which :class:`MobileDots` paints under the cases."""

    z = MOBILES

    def __init__(self, field: MobileField, palette: Palette) -> None:
        self._field = field
        self._palette = palette
        self._pictures: dict[tuple[Any, ...], QPixmap] = {}
        self._generation = -1
        self._over = ""
        self.view: Viewport | None = None
        self.marked: frozenset[str] = frozenset()
        """Those that are ringed: whose track is shown."""
        self.menu: Callable[[Place, QMenu], None] = lambda place, menu: None
        self.opened: Callable[[Place], None] = lambda place: None
        field.overlays.append(self)

    def close(self) -> None:
        """The map window goes."""
        self._field.overlays.remove(self)

    def extent(self) -> Extent | None:
        """All over the map."""
        return super().extent() if self._field.places else None

    def glide(self, start: Array, end: Array) -> None:
        """Paint again what is under way."""
        if self.view is None:
            return
        moving = self._field._moves(self.view) if start is not end else np.empty(0, np.int64)
        if not len(moving):
            self.changed()
            return
        x, y = self.view.to_screen_arrays(
            np.r_[start[moving, 0], end[moving, 0]], np.r_[start[moving, 1], end[moving, 1]]
        )
        margin = ROOM[0]
        box = QRectF(float(x.min()), float(y.min()), float(np.ptp(x)), float(np.ptp(y)))
        self.changed(box.adjusted(-margin, -margin, margin, margin))

    # ---- painting ----

    def far(self, view: Viewport) -> bool:
        """Whether the markers are dots in this view."""
        return _side(view.res * self._field.projection.metres_per_unit(view.cy)) <= DOT

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """Markers, small ones farther out; names when near."""
        if not self.far(view):
            self.paint_all(painter, view, dpr, dirty)

    def paint_all(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """Markers at any scale."""
        self.view = view
        if self._generation != self._palette.generation:
            self._pictures.clear()
            self._generation = self._palette.generation
        field = self._field
        metres = view.res * field.projection.metres_per_unit(view.cy)
        side = _side(metres)
        numbers, xs, ys = self._in(view, dirty, side)
        taken: set[tuple[int, int]] = set()
        for number, x, y in zip(numbers, xs, ys, strict=True):
            place, state = field.places[number], field.states[number]
            lit = place.id == self._over or place.id in self.marked
            picture = self._picture(place.kind, state, side, lit, dpr)
            size = picture.width() / dpr
            painter.drawPixmap(round(x - size / 2), round(y - size / 2), picture)
            if metres <= NEAR or (lit and side > DOT):
                self._write(painter, place, state, x, y, size, dpr, taken)

    def _in(self, view: Viewport, dirty: QRectF, side: int) -> tuple[list[int], list[float], list[float]]:
        field = self._field
        xy = field.xy()
        x, y = view.to_screen_arrays(xy[:, 0], xy[:, 1])
        reach = side + ROOM[0]
        inside = (x > dirty.left() - reach) & (x < dirty.right() + reach)
        inside &= (y > dirty.top() - reach) & (y < dirty.bottom() + reach)
        if len(field.kinds_shown) < len(KINDS):
            inside &= np.array([place.kind in field.kinds_shown for place in field.places], bool)
        numbers = np.flatnonzero(inside)
        return numbers.tolist(), x[numbers].tolist(), y[numbers].tolist()

    def _picture(self, kind: str, state: str, side: int, lit: bool, dpr: float) -> QPixmap:
        key = (kind, state, side, lit, dpr)
        found = self._pictures.get(key)
        if found is None:
            found = self._pictures[key] = draw(self._palette, kind, state, side, lit, dpr)
        return found

    def _write(
        self,
        painter: QPainter,
        place: Place,
        state: str,
        x: float,
        y: float,
        size: float,
        dpr: float,
        taken: set[tuple[int, int]],
    ) -> None:
        """The name under a marker, unless another name is near."""
        column, row = int(x // ROOM[0]), int(y // ROOM[1])
        if any((column + i, row + j) in taken for i in (-1, 0, 1) for j in (-1, 0, 1)):
            return
        taken.add((column, row))
        key = ("name", place.name, state == "silent", dpr)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._pictures[key] = name(self._palette, place.name, state == "silent", dpr)
        painter.drawPixmap(round(x - picture.width() / dpr / 2), round(y + size / 2 - 3), picture)

    # ---- hands ----

    def _nearest(self, view: Viewport, x: float, y: float) -> int | None:
        metres = view.res * self._field.projection.metres_per_unit(view.cy)
        reach = max(6.0, _side(metres) / 2 + 2)
        numbers, xs, ys = self._in(view, QRectF(x - 1, y - 1, 2, 2), 0)
        best: tuple[float, int] | None = None
        for number, px, py in zip(numbers, xs, ys, strict=True):
            far = max(abs(px - x), abs(py - y))
            if far <= reach and (best is None or far < best[0]):
                best = far, number
        return None if best is None else best[1]

    def hit(self, view: Viewport, x: float, y: float) -> MobileHit | None:
        """The marker under a pixel; none while they are dots."""
        return None if self.far(view) else self.hit_any(view, x, y)

    def hit_any(self, view: Viewport, x: float, y: float) -> MobileHit | None:
        """The marker or dot under a pixel."""
        number = self._nearest(view, x, y)
        return None if number is None else MobileHit(self._field.places[number].id)

    def target_at(self, view: Viewport, x: float, y: float) -> Target | None:
        """A crew, vehicle or collector that cases can be let go on; nobody who is silent, for nobody knows where that is."""
        number = self._nearest(view, x, y)
        if number is None or self._field.states[number] == "silent":
            return None
        place = self._field.places[number]
        if place.kind == "collector" and not place.person:
            return None
        xy = self._field.xy()[number]
        px, py = view.to_screen(float(xy[0]), float(xy[1]))
        mobile = place.person if place.kind == "collector" else place.id
        return Target(place.kind, mobile, place.name, place.unit, px, py, SIZE / 2)

    def hovered(self, hit: MobileHit | None) -> None:
        """Light up."""
        self._over = "" if hit is None else hit.id
        self.changed()

    def hover_card(self, hit: MobileHit) -> CardText | None:
        """Who it is, since when it is there, and what it has in hand."""
        place = self._field.place(hit.id)
        if place is None:
            return None
        translate, words = QCoreApplication.translate, self._field.words
        state = self._field.states[self._field._number[hit.id]]
        now = self._field.now()
        lines = [Line(f"{kind_title(place.kind)} · {words.unit(place.unit)}", "text_2")]
        if place.plate:
            lines.append(Line(translate("Mobiles", "车牌 {}").format(place.plate)))
        heard = translate("Mobiles", "{clock} 的位置，{ago}").format(
            clock=place.at.astimezone(CHINA).strftime("%H:%M:%S"), ago=ago_text(now - place.at)
        )
        lines.append(Line(heard, "red" if state == "silent" else "text_2"))
        if place.speed_kmh is not None and state != "silent" and place.speed_kmh >= 1:
            lines.append(Line(translate("Mobiles", "时速 {} 千米").format(round(place.speed_kmh))))
        if words.in_hand is not None:
            count = words.in_hand.get(place.id, 0)
            lines.append(Line(translate("Mobiles", "在手案卷 {} 件").format(count), "text_2", bool(count)))
        telephone = words.telephone(place)
        if telephone:
            lines.append(Line(translate("Mobiles", "电话 {}").format(telephone)))
        token = "text_3" if state in ("silent", "rest") else TOKENS.get(place.kind, "accent")
        return CardText(place.name, lines, token, state_title(state), token)

    def clicked(self, hit: MobileHit, event: QMouseEvent) -> bool:
        """What can be done with it."""
        menu = QMenu()
        self.add_actions(hit, menu)
        if menu.isEmpty():
            return False
        menu.exec(event.globalPosition().toPoint())
        return True

    def activated(self, hit: MobileHit) -> bool:
        """Show its track."""
        place = self._field.place(hit.id)
        if place is not None:
            self.opened(place)
        return place is not None

    def add_actions(self, hit: MobileHit, menu: QMenu) -> None:
        """Track and cases, as the window knows them."""
        place = self._field.place(hit.id)
        if place is not None:
            self.menu(place, menu)


class MobileDots(Overlay):
    """The same far out, under the cases: nobody who happens to be there hides the number of a group, or takes its click."""

    z = CASES - 1

    def __init__(self, markers: MobileOverlay) -> None:
        self._markers = markers

    def extent(self) -> Extent | None:
        """As of the markers, while those are to be seen."""
        return self._markers.extent() if self._markers.visible else None

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """The dots, while markers are dots."""
        if self._markers.visible and self._markers.far(view):
            self._markers.paint_all(painter, view, dpr, dirty)

    def hit(self, view: Viewport, x: float, y: float) -> MobileHit | None:
        """The dot under a pixel."""
        if not (self._markers.visible and self._markers.far(view)):
            return None
        return self._markers.hit_any(view, x, y)

    def hovered(self, hit: MobileHit | None) -> None:
        """Light up."""
        self._markers.hovered(hit)

    def hover_card(self, hit: MobileHit) -> CardText | None:
        """As of the marker."""
        return self._markers.hover_card(hit)

    def clicked(self, hit: MobileHit, event: QMouseEvent) -> bool:
        """As on the marker."""
        return self._markers.clicked(hit, event)

    def activated(self, hit: MobileHit) -> bool:
        """As on the marker."""
        return self._markers.activated(hit)

    def add_actions(self, hit: MobileHit, menu: QMenu) -> None:
        """As of the marker."""
        self._markers.add_actions(hit, menu)


def ago_text(span: Any) -> str:
    """How long ago, roughly: for a card that is read at a glance."""
    translate = QCoreApplication.translate
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return translate("Mobiles", "刚刚")
    if minutes < 60:
        return translate("Mobiles", "{} 分钟前").format(minutes)
    if minutes < 60 * 24:
        return translate("Mobiles", "{} 小时前").format(minutes // 60)
    return translate("Mobiles", "{} 天前").format(minutes // (60 * 24))


def _side(metres: float) -> int:
    if metres > FAR:
        return SPECK if metres > FARTHEST else DOT
    return SIZE if metres <= NEAR else 18
