"""The open cases on the map: where they stand, which are grouped, what is hit, and painting them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from workstation.map.overlay_clusters import Clusters, cluster, level_of, radius_of
from workstation.map.overlay_markers import FULL, LIGHTS, STAGES, MarkerPictures, cluster_radius
from workstation.map.overlay_palette import Palette
from workstation.map.transform import Projection
from workstation.map.viewport import Extent, Viewport
from workstation.workflow.case import STAGE_OF, State

SMALL_ABOVE = 3.2
"""Metres per pixel above which single markers are drawn small."""
FAN_LIMIT = 60
FOCUS_LIMIT = 150
_NUMBER_OF_STAGE = {stage: n for n, stage in enumerate(STAGES)}


class CaseMarker(Protocol):
    """What the map needs to know of a case; ``services`` calls it Marker."""

    id: str
    code: str
    lon: float
    lat: float
    state: str
    clock_yellow_at: datetime | None
    clock_due_at: datetime | None
    emergency: bool
    class_name: str
    unit: str
    suspended: bool


@dataclass(frozen=True)
class Hit:
    """What lies under a pixel: one case (``id``), or a group of cases (``ids``) that would part or fan out."""

    id: str = ""
    ids: tuple[str, ...] = ()
    at: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Touched:
    """What a change of some cases has changed on the map: the map coordinates where; whether cases came, went or moved."""

    places: tuple[tuple[float, float], ...]
    others: bool


class CaseLayer:
    """Holds the markers as arrays and paints those in view. Lights are read off the two instants of each case, by the
    same rule as :func:`workstation.workflow.clock.light`."""

    def __init__(self, projection: Projection, palette: Palette, now: Callable[[], datetime]) -> None:
        self._projection = projection
        self._palette = palette
        self._pictures = MarkerPictures(palette)
        self._now = now
        self._markers: list[CaseMarker] = []
        self._row: dict[str, int] = {}
        self._x = np.empty(0)
        self._y = np.empty(0)
        self._stage = np.empty(0, dtype=np.int8)
        self._light = np.empty(0, dtype=np.int8)
        self._yellow = np.empty(0)
        self._due = np.empty(0)
        self._emergency = np.empty(0, dtype=bool)
        self._apart = np.empty(0, dtype=bool)
        self._focus: frozenset[str] = frozenset()
        self._shown = np.empty(0, dtype=bool)
        self._levels: dict[int, Clusters] = {}
        self._group_pictures: dict[int, tuple[tuple[float, int], list[QPixmap]]] = {}
        self._hidden_stages: frozenset[str] = frozenset()
        self._hidden_lights: frozenset[str] = frozenset()
        self.selection: frozenset[str] = frozenset()
        self.hovered: Hit | None = None
        self.fan: tuple[str, ...] = ()
        self._fan_level = 0
        self.visible = True

    # ---- data ----

    def set_cases(self, markers: Iterable[CaseMarker]) -> None:
        """Show these cases and no others."""
        self._markers = list(markers)
        self._row = {marker.id: n for n, marker in enumerate(self._markers)}
        self._x, self._y = self._projection.to_map(
            [marker.lon for marker in self._markers], [marker.lat for marker in self._markers]
        )
        self._stage = np.array([_stage_number(marker.state) for marker in self._markers], dtype=np.int8)
        self._yellow = np.array([_stamp(marker.clock_yellow_at) for marker in self._markers])
        self._due = np.array([_due(marker) for marker in self._markers])
        self._emergency = np.array([marker.emergency for marker in self._markers], dtype=bool)
        self._keep_apart()
        self.fan = tuple(i for i in self.fan if i in self._row)
        self.refresh_lights(force=True)

    def touch(self, ids: Iterable[str], markers: Iterable[CaseMarker]) -> Touched:
        """These cases have changed; ``markers`` are those of them that are shown. Nothing is done for the others."""
        found = {marker.id: marker for marker in markers}
        before = {case_id: self._row[case_id] for case_id in ids if case_id in self._row}
        stay = {
            case_id: row
            for case_id, row in before.items()
            if case_id in found and _same_place(self._markers[row], found[case_id])
        }
        places: list[tuple[float, float]] = []
        for case_id, row in stay.items():
            if self._look_again(row, found[case_id]):
                places.append((float(self._x[row]), float(self._y[row])))
        gone = sorted(row for case_id, row in before.items() if case_id not in stay)
        come = [marker for case_id, marker in found.items() if case_id not in stay]
        if not gone and not come:
            if places:
                self._filter()
            return Touched(tuple(places), False)
        places += [(float(self._x[row]), float(self._y[row])) for row in gone]
        kept = np.ones(len(self._markers), dtype=bool)
        kept[gone] = False
        self._markers = [marker for marker, keep in zip(self._markers, kept.tolist(), strict=True) if keep]
        self._markers += come
        self._row = {marker.id: n for n, marker in enumerate(self._markers)}
        x, y = self._projection.to_map([marker.lon for marker in come], [marker.lat for marker in come])
        self._x, self._y = np.append(self._x[kept], x), np.append(self._y[kept], y)
        stages = np.array([_stage_number(marker.state) for marker in come], dtype=np.int8)
        self._stage = np.append(self._stage[kept], stages)
        self._yellow = np.append(self._yellow[kept], [_stamp(marker.clock_yellow_at) for marker in come])
        self._due = np.append(self._due[kept], [_due(marker) for marker in come])
        flags = np.array([marker.emergency for marker in come], dtype=bool)
        self._emergency = np.append(self._emergency[kept], flags)
        places += list(zip(np.asarray(x).tolist(), np.asarray(y).tolist(), strict=True))
        self._keep_apart()
        self.fan = tuple(case_id for case_id in self.fan if case_id in self._row)
        self.refresh_lights(force=True)
        return Touched(tuple(places), True)

    def _look_again(self, row: int, marker: CaseMarker) -> bool:
        """Take the marker in its row, which stays where it is; whether it looks different."""
        self._markers[row] = marker
        self._yellow[row], self._due[row] = _stamp(marker.clock_yellow_at), _due(marker)
        stage, now = _stage_number(marker.state), self._now().timestamp()
        due, yellow = self._due[row], self._yellow[row]
        light = 0 if math.isinf(due) else 3 if now > due else 2 if now >= yellow else 1
        same = (self._stage[row], self._light[row]) == (stage, light)
        self._stage[row], self._light[row] = stage, light
        return not same

    def set_focus(self, ids: Iterable[str]) -> bool:
        """Whether they are others than before. The cases that wait for the person at this seat: they stand alone, in front and large. Where there are more
        than :data:`FOCUS_LIMIT`, none does: everything in front is nothing in front."""
        focus = frozenset(ids)
        if focus == self._focus:
            return False
        self._focus = focus
        self._keep_apart()
        self._filter()
        return True

    def _keep_apart(self) -> None:
        self._apart = self._emergency.copy()
        rows = [self._row[i] for i in self._focus if i in self._row]
        if len(rows) <= FOCUS_LIMIT:
            self._apart[rows] = True

    def set_clock(self, now: Callable[[], datetime]) -> None:
        """Read the lights off another clock from now on."""
        self._now = now

    def refresh_lights(self, *, force: bool = False) -> bool:
        """Time has passed: which lights are there now. True when one has changed."""
        now = self._now().timestamp()
        light = np.where(
            np.isinf(self._due), 0, np.where(now > self._due, 3, np.where(now >= self._yellow, 2, 1))
        )
        if not force and np.array_equal(light, self._light):
            return False
        self._light = light.astype(np.int8)
        self._filter()
        return True

    def set_hidden(self, stages: frozenset[str], lights: frozenset[str]) -> None:
        """Leave out the cases of these stages and lights ("none" is no light: suspended, or no clock runs)."""
        self._hidden_stages, self._hidden_lights = stages, lights
        self._filter()

    def hidden(self) -> tuple[frozenset[str], frozenset[str]]:
        """The stages and lights that are left out."""
        return self._hidden_stages, self._hidden_lights

    def _filter(self) -> None:
        shown = np.isfinite(self._x) & np.isfinite(self._y)
        for stage in self._hidden_stages:
            shown &= self._stage != _NUMBER_OF_STAGE[stage]
        for light in self._hidden_lights:
            shown &= self._light != LIGHTS.index("" if light == "none" else light)
        self._shown = shown
        self._levels.clear()
        self._group_pictures.clear()

    def __len__(self) -> int:
        return len(self._markers)

    def marker(self, case_id: str) -> CaseMarker | None:
        """The marker of a case, or None."""
        row = self._row.get(case_id)
        return None if row is None else self._markers[row]

    def light(self, case_id: str) -> str:
        """The light of a case now: green, yellow, red or "" for none."""
        row = self._row.get(case_id)
        return "" if row is None else LIGHTS[self._light[row]]

    def position(self, case_id: str) -> tuple[float, float] | None:
        """The case's map coordinates."""
        row = self._row.get(case_id)
        return None if row is None else (float(self._x[row]), float(self._y[row]))

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many cases there are of each stage and of each light ("none" for no light)."""
        stages = {stage: int((self._stage == n).sum()) for n, stage in enumerate(STAGES)}
        lights = {light or "none": int((self._light == n).sum()) for n, light in enumerate(LIGHTS)}
        return stages, lights

    def extent(self, ids: Iterable[str] | None = None) -> Extent | None:
        """The box around these cases (all when None)."""
        rows = (
            np.arange(len(self._x))
            if ids is None
            else np.array([self._row[i] for i in ids if i in self._row], int)
        )
        rows = rows[np.isfinite(self._x[rows]) & np.isfinite(self._y[rows])]
        if not len(rows):
            return None
        x, y = self._x[rows], self._y[rows]
        return Extent(float(x.min()), float(y.min()), float(x.max()), float(y.max()))

    # ---- what is where ----

    def _clusters(self, view: Viewport) -> Clusters:
        level = level_of(view.res)
        found = self._levels.get(level)
        if found is None:
            rows = np.flatnonzero(self._shown & ~self._apart)
            found = cluster(self._x, self._y, self._light, rows, radius_of(level))
            self._levels[level] = found
        return found

    def _alone(self, view: Viewport) -> NDArray[np.intp]:
        """Rows painted as single markers in view, from the back to the front."""
        special = self._apart.copy()
        for case_id in self.selection:
            row = self._row.get(case_id)
            if row is not None:
                special[row] = True
        singles = self._clusters(view).singles
        plain = singles[~special[singles]]
        front = np.flatnonzero(special & self._shown)
        rows = np.concatenate([plain, front])
        box = view.grown(40).extent
        x, y = self._x[rows], self._y[rows]
        keep = (x >= box.xmin) & (x <= box.xmax) & (y >= box.ymin) & (y <= box.ymax)
        rows = rows[keep]
        selected = np.array([self._markers[row].id in self.selection for row in rows], dtype=np.int8)
        order: NDArray[np.intp] = np.lexsort(
            (-self._y[rows], self._light[rows], self._emergency[rows], self._apart[rows], selected)
        )
        front_last: NDArray[np.intp] = rows[order]
        return front_last

    def emergencies(self, view: Viewport) -> list[tuple[float, float]]:
        """The pixels of emergencies in view."""
        if not self.visible:
            return []
        rows = np.flatnonzero(self._emergency & self._shown)
        sx, sy = view.to_screen_arrays(self._x[rows], self._y[rows])
        inside = (sx > -40) & (sy > -40) & (sx < view.width + 40) & (sy < view.height + 40)
        return list(zip(sx[inside].tolist(), sy[inside].tolist(), strict=True))

    def _fan_places(
        self, view: Viewport
    ) -> tuple[tuple[float, float], list[tuple[str, float, float]]] | None:
        """Where the members of an opened group stand: on a ring, or a spiral when they are many."""
        rows = [self._row[i] for i in self.fan]
        if not rows:
            return None
        cx, cy = view.to_screen(float(self._x[rows].mean()), float(self._y[rows].mean()))
        places = []
        many = len(rows) > 10
        angle, reach = 0.0, 30.0
        for n, row in enumerate(rows):
            if many:
                angle += 36.0 / reach
                reach += 3.4
            else:
                angle = -math.pi / 2 + n * 2 * math.pi / len(rows)
                reach = max(34.0, len(rows) * 36.0 / (2 * math.pi))
            places.append((self._markers[row].id, cx + math.cos(angle) * reach, cy + math.sin(angle) * reach))
        return (cx, cy), places

    def hit(self, view: Viewport, px: float, py: float) -> Hit | None:
        """The case or group under a pixel, or None; what is painted last is hit first."""
        if not self.visible or not self._markers:
            return None
        fan = self._fan_places(view)
        if fan is not None:
            for case_id, sx, sy in reversed(fan[1]):
                if math.hypot(sx - px, sy - py) <= FULL / 2 + 2:
                    return Hit(id=case_id, at=(sx, sy))
        rows = self._alone(view)
        reach = np.where(self._apart[rows] | (view.res <= SMALL_ABOVE), FULL / 2 + 2, 11.0)
        sx_all, sy_all = view.to_screen_arrays(self._x[rows], self._y[rows])
        distance = np.hypot(sx_all - px, sy_all - py)
        near = np.flatnonzero(distance <= reach)
        if len(near):
            best = max(near, key=lambda n: (-round(float(distance[n]) / 5), n))
            return Hit(id=self._markers[rows[best]].id, at=(float(sx_all[best]), float(sy_all[best])))
        groups = self._clusters(view)
        sx_all, sy_all = view.to_screen_arrays(groups.x, groups.y)
        distance = np.hypot(sx_all - px, sy_all - py)
        for n in np.argsort(distance)[:3]:
            if distance[n] <= cluster_radius(len(groups.members[n])):
                ids = tuple(self._markers[row].id for row in groups.members[n])
                if not (self.fan and set(self.fan) == set(ids)):
                    return Hit(ids=ids, at=(float(sx_all[n]), float(sy_all[n])))
        return None

    def screen_position(self, view: Viewport, case_id: str) -> tuple[float, float] | None:
        """Where the case's own marker is on the screen (on the ring when its group is fanned out)."""
        fan = self._fan_places(view)
        if fan is not None:
            for fanned, sx, sy in fan[1]:
                if fanned == case_id:
                    return sx, sy
        place = self.position(case_id)
        return None if place is None else view.to_screen(*place)

    def inside_rect(self, view: Viewport, rect: QRectF) -> frozenset[str]:
        """The shown cases in a box of pixels, grouped ones too."""
        rect = rect.normalized()
        sx, sy = view.to_screen_arrays(self._x, self._y)
        inside = (
            (sx >= rect.left())
            & (sx <= rect.right())
            & (sy >= rect.top())
            & (sy <= rect.bottom())
            & self._shown
        )
        return self._ids(np.flatnonzero(inside))

    def inside_polygon(self, view: Viewport, polygon: QPolygonF) -> frozenset[str]:
        """The shown cases in a loop of pixels (odd-even), grouped ones too."""
        points = np.array([(p.x(), p.y()) for p in polygon.toList()])
        if len(points) < 3:
            return frozenset()
        sx, sy = view.to_screen_arrays(self._x, self._y)
        inside = np.zeros(len(sx), dtype=bool)
        ax, ay = points[-1]
        for bx, by in points:
            crosses = (ay > sy) != (by > sy)
            if ay != by:
                inside ^= crosses & (sx < (bx - ax) * (sy - ay) / (by - ay) + ax)
            ax, ay = bx, by
        return self._ids(np.flatnonzero(inside & self._shown))

    def _ids(self, rows: NDArray[np.intp]) -> frozenset[str]:
        if not self.visible:
            return frozenset()
        return frozenset(self._markers[row].id for row in rows)

    def open_fan(self, ids: Sequence[str], view: Viewport) -> None:
        """Spread a group's members around their place, until the scale changes or :meth:`close_fan`."""
        self.fan = tuple(ids[:FAN_LIMIT])
        self._fan_level = level_of(view.res)

    def close_fan(self) -> None:
        """Together again."""
        self.fan = ()

    def view_changed(self, view: Viewport) -> None:
        """A fan belongs to the scale it was opened at."""
        if self.fan and level_of(view.res) != self._fan_level:
            self.fan = ()

    # ---- painting ----

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """Groups first, then single cases, the urgent and the selected last."""
        if not self.visible or not self._markers:
            return
        self._paint_groups(painter, view, dpr, dirty)
        small = view.res > SMALL_ABOVE
        rows = self._alone(view)
        sx, sy = view.to_screen_arrays(self._x[rows], self._y[rows])
        hovered = self.hovered.id if self.hovered else ""
        fanned = frozenset(self.fan)
        for row, px, py in zip(rows.tolist(), sx.tolist(), sy.tolist(), strict=True):
            case_id = self._markers[row].id
            if case_id in fanned or not dirty.contains(px, py):
                continue
            self._paint_one(painter, row, px, py, dpr, small=small, hovered=case_id == hovered)
        fan = self._fan_places(view)
        if fan is not None:
            (cx, cy), places = fan
            painter.setPen(QPen(self._palette.color("text_2", 170), 1.2))
            for _, px, py in places:
                painter.drawLine(QPointF(cx, cy), QPointF(px, py))
            for case_id, px, py in places:
                self._paint_one(
                    painter, self._row[case_id], px, py, dpr, small=False, hovered=case_id == hovered
                )

    def _paint_one(
        self, painter: QPainter, row: int, px: float, py: float, dpr: float, *, small: bool, hovered: bool
    ) -> None:
        selected = self._markers[row].id in self.selection
        picture = self._pictures.marker(
            STAGES[self._stage[row]],
            int(self._light[row]),
            small=small and not selected and not self._apart[row],
            selected=selected,
            hovered=hovered,
            dpr=dpr,
            front=bool(self._apart[row]),
        )
        half = picture.width() / dpr / 2
        painter.drawPixmap(QPointF(round((px - half) * dpr) / dpr, round((py - half) * dpr) / dpr), picture)

    def _paint_groups(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        groups = self._clusters(view)
        if not groups.members:
            return
        pictures = self._pictures_of(groups, level_of(view.res), dpr)
        sx, sy = view.to_screen_arrays(groups.x, groups.y)
        over = self.hovered.ids[0] if self.hovered and self.hovered.ids else ""
        fanned = frozenset(self.fan)
        inside = (sx > dirty.left()) & (sx < dirty.right()) & (sy > dirty.top()) & (sy < dirty.bottom())
        rows = np.flatnonzero(inside)
        left, top = np.round(sx[rows] * dpr) / dpr, np.round(sy[rows] * dpr) / dpr
        for n, px, py in zip(rows.tolist(), left.tolist(), top.tolist(), strict=True):
            picture = pictures[n]
            if over or fanned:
                first = self._markers[groups.members[n][0]].id
                if first in fanned:
                    continue
                if first == over:
                    picture = self._pictures.cluster(_four(groups, n), hovered=True, dpr=dpr)
            half = picture.width() / dpr / 2
            painter.drawPixmap(QPointF(px - half, py - half), picture)

    def _pictures_of(self, groups: Clusters, level: int, dpr: float) -> list[QPixmap]:
        """The pictures of a level's groups, looked up once."""
        key = (dpr, self._palette.generation)
        known = self._group_pictures.get(level)
        if known is None or known[0] != key:
            found = [
                self._pictures.cluster(_four(groups, n), hovered=False, dpr=dpr)
                for n in range(len(groups.members))
            ]
            known = key, found
            self._group_pictures[level] = known
        return known[1]

    def paint_these(self, painter: QPainter, view: Viewport, dpr: float, ids: Iterable[str]) -> None:
        """These cases once more, over everything."""
        for case_id in ids:
            place = self.screen_position(view, case_id)
            if place is not None:
                self._paint_one(painter, self._row[case_id], *place, dpr, small=False, hovered=False)

    def paint_pulse(self, painter: QPainter, view: Viewport, phase: float) -> None:
        """The ring that widens around each emergency; ``phase`` 0 to 1."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for px, py in self.emergencies(view):
            for shift in (0.0, 0.5):
                part = (phase + shift) % 1.0
                color = self._palette.color("red", round(210 * (1 - part) ** 1.4))
                painter.setPen(QPen(color, 3.0 - 1.6 * part))
                radius = FULL / 2 + 22 * part
                painter.drawEllipse(QPointF(px, py), radius, radius)


def _four(groups: Clusters, n: int) -> tuple[int, int, int, int]:
    none, green, yellow, red = groups.lights[n].tolist()
    return none, green, yellow, red


def _stage_number(state: str) -> int:
    return _NUMBER_OF_STAGE[STAGE_OF[State(state)].value]


def _runs(marker: CaseMarker) -> bool:
    return not marker.suspended and marker.clock_yellow_at is not None


def _due(marker: CaseMarker) -> float:
    return _stamp(marker.clock_due_at) if _runs(marker) else math.inf


def _same_place(one: CaseMarker, other: CaseMarker) -> bool:
    return (one.lon, one.lat, one.emergency) == (other.lon, other.lat, other.emergency)


def _stamp(instant: datetime | None) -> float:
    return math.inf if instant is None else instant.astimezone(UTC).timestamp()
