"""The open cases on the map: which are grouped at a scale, what is hit, and painting them.

Painting never takes longer than a frame. Of the pictures that have not been painted before a few are made at once, the others are
shown plainly meanwhile and made by :meth:`CaseLayer.make_pictures`, a little at a time; and where the scale or the cases have become
others, the groups that were painted last are painted once more, at their places, until the new ones have been found there.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from workstation.map.overlay_bubbles import BubblePictures, Look, bubble_radius, count_text, look_of
from workstation.map.overlay_case_table import SELECTION_LIMIT, CaseMarker, CaseTable, Touched
from workstation.map.overlay_clusters import Clusters, cluster, level_of, radius_of
from workstation.map.overlay_markers import FULL, PULSE_STEPS, STAGES, MarkerPictures, light_color
from workstation.map.overlay_palette import Palette
from workstation.map.transform import Projection
from workstation.map.viewport import Viewport

__all__ = ["CaseLayer", "CaseMarker", "Hit", "Touched"]

SMALL_ABOVE = 3.2
"""Metres per pixel above which single markers are drawn small."""
FAN_LIMIT = 60
NEW_PICTURES_S = 0.0015
"""So long new pictures are made within one painting of the map."""
_LIGHT, _SMALL, _SELECTED, _FRONT = 8, 32, 64, 128
"""What a marker's look is made of, as one number: the stage, and multiples of these."""


@dataclass(frozen=True)
class Hit:
    """What lies under a pixel: one case (``id``), or a group of cases (``ids``) that would part or fan out."""

    id: str = ""
    ids: tuple[str, ...] = ()
    at: tuple[float, float] = (0.0, 0.0)


@lru_cache(maxsize=20_000)
def _look(none: int, green: int, yellow: int, red: int, chosen: int) -> tuple[Look, str]:
    """Look and text of a group of so many: most groups of a city are few and alike."""
    return look_of((none, green, yellow, red), chosen, hovered=False), count_text(none + green + yellow + red)


class _Groups(NamedTuple):
    """All that painting a scale needs: its groups with their looks, and the rows that stand alone, from the back to the front."""

    clusters: Clusters
    looks: list[tuple[Look, str]]
    order: NDArray[np.intp]


class CaseLayer(CaseTable):
    """Holds the cases and paints those in view."""

    def __init__(self, projection: Projection, palette: Palette, now: Callable[[], datetime]) -> None:
        super().__init__(projection, now)
        self._palette = palette
        self._pictures = MarkerPictures(palette)
        self._bubbles = BubblePictures(palette)
        self._generation = palette.generation
        self._levels: dict[int, Clusters] = {}
        self._orders: dict[int, NDArray[np.intp]] = {}
        self._looks: dict[int, list[tuple[Look, str]]] = {}
        self.hovered: Hit | None = None
        self.fan: tuple[str, ...] = ()
        self._fan_level = 0
        self.visible = True
        self._group_ids: dict[tuple[int, int], tuple[str, ...]] = {}
        self._owed: dict[tuple[Any, ...], Callable[[], object]] = {}
        self._painted: _Groups | None = None
        self._behind: Viewport | None = None

    def touch(self, ids: Iterable[str], markers: Iterable[CaseMarker]) -> Touched:
        """See :class:`CaseTable`. Until the groups have been found anew those that were painted last are good enough."""
        painted = self._painted
        touched = super().touch(ids, markers)
        self._painted = painted
        return touched

    def _regroup(self) -> None:
        self._painted = self._behind = None
        self._levels.clear()
        self._orders.clear()
        self._looks.clear()
        self._group_ids.clear()
        self.fan = tuple(case_id for case_id in self.fan if case_id in self._row)

    # ---- what is where ----

    def _out_of_groups(self) -> NDArray[np.bool_]:
        """Who stands alone at every scale: what is apart, and what is selected while that is a few."""
        return self._apart | self._selected if self._selected.sum() <= SELECTION_LIMIT else self._apart

    def _clusters(self, view: Viewport) -> Clusters:
        level = level_of(view.res)
        found = self._levels.get(level)
        if found is None:
            rows = np.flatnonzero(self._shown & ~self._out_of_groups())
            found = cluster(self._x, self._y, self._light, rows, radius_of(level))
            self._levels[level] = found
        return found

    def _order(self, view: Viewport) -> NDArray[np.intp]:
        """All rows that stand alone at this scale, from the back to the front."""
        level = level_of(view.res)
        found = self._orders.get(level)
        if found is None:
            front = np.flatnonzero(self._out_of_groups() & self._shown)
            rows = np.concatenate([self._clusters(view).singles, front])
            found = rows[
                np.lexsort(
                    (
                        -self._y[rows],
                        self._light[rows],
                        self._emergency[rows],
                        self._apart[rows],
                        self._selected[rows],
                    )
                )
            ]
            self._orders[level] = found
        return found

    def _groups(self, view: Viewport) -> _Groups:
        clusters = self._clusters(view)
        return _Groups(clusters, self._looks_of(clusters, level_of(view.res)), self._order(view))

    def _groups_at_hand(self, view: Viewport) -> _Groups:
        """The groups of this scale, where they have been found; else those painted last, and the others are owed."""
        level = level_of(view.res)
        if self._painted is None or (level in self._looks and level in self._orders):
            self._painted, self._behind = self._groups(view), None
        else:
            self._behind = view
        return self._painted

    def _alone(self, view: Viewport) -> NDArray[np.intp]:
        """Rows painted as single markers in view, from the back to the front."""
        return self._in_view(self._order(view), view)

    def _in_view(self, rows: NDArray[np.intp], view: Viewport) -> NDArray[np.intp]:
        box = view.grown(40).extent
        x, y = self._x[rows], self._y[rows]
        return rows[(x >= box.xmin) & (x <= box.xmax) & (y >= box.ymin) & (y <= box.ymax)]

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
            if distance[n] <= bubble_radius(len(groups.members[n])):
                ids = self._ids_of(groups, level_of(view.res), int(n))
                if not (self.fan and set(self.fan) == set(ids)):
                    return Hit(ids=ids, at=(float(sx_all[n]), float(sy_all[n])))
        return None

    def _ids_of(self, groups: Clusters, level: int, n: int) -> tuple[str, ...]:
        found = self._group_ids.get((level, n))
        if found is None:
            found = tuple(self._markers[row].id for row in groups.members[n].tolist())
            self._group_ids[level, n] = found
        return found

    def screen_position(self, view: Viewport, case_id: str) -> tuple[float, float] | None:
        """Where the case's own marker is on the screen (on the ring when its group is fanned out)."""
        fan = self._fan_places(view)
        if fan is not None:
            for fanned, sx, sy in fan[1]:
                if fanned == case_id:
                    return sx, sy
        place = self.position(case_id)
        return None if place is None else view.to_screen(*place)

    def screen_positions(
        self, view: Viewport, ids: Iterable[str]
    ) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
        """Those of these cases that are on the map, and where their own markers are on the screen, as :meth:`screen_position`."""
        known = [case_id for case_id in ids if case_id in self._row]
        rows = np.array([self._row[case_id] for case_id in known], dtype=np.intp)
        x, y = view.to_screen_arrays(self._x[rows], self._y[rows])
        fan = self._fan_places(view)
        fanned = {case_id: at for case_id, *at in fan[1]} if fan is not None else {}
        for n, case_id in enumerate(known if fanned else ()):
            if case_id in fanned:
                x[n], y[n] = fanned[case_id]
        return known, x, y

    def shows(self, case_id: str) -> bool:
        """Whether the case is on the map and not left out by what is hidden."""
        row = self._row.get(case_id)
        return row is not None and self.visible and bool(self._shown[row])

    def shown(self, *, also_unseen: bool = False) -> list[CaseMarker]:
        """The cases that are on the map and not left out, in view or not; ``also_unseen``: also while no case is shown."""
        if not self.visible and not also_unseen:
            return []
        return [self._markers[row] for row in np.flatnonzero(self._shown).tolist()]

    def stops(self, view: Viewport) -> list[Hit]:
        """The single cases and the groups in view as they are painted, the most pressing first, then from the top down."""
        if not self.visible:
            return []
        rows, groups = self._alone(view), self._clusters(view)
        sx, sy = view.to_screen_arrays(self._x[rows], self._y[rows])
        gx, gy = view.to_screen_arrays(groups.x, groups.y)
        x, y = np.concatenate([sx, gx]), np.concatenate([sy, gy])
        worst = 3 - np.argmax(groups.lights[:, ::-1] > 0, axis=1) if len(groups.members) else gx.astype(int)
        urgency = -np.concatenate([self._light[rows], worst])
        seen = np.flatnonzero((x >= 0) & (y >= 0) & (x < view.width) & (y < view.height))
        out = []
        for n in seen[np.lexsort((x[seen], y[seen], urgency[seen]))].tolist():
            at = float(x[n]), float(y[n])
            if n < len(rows):
                out.append(Hit(id=self._markers[rows[n]].id, at=at))
            else:
                members = groups.members[n - len(rows)]
                out.append(Hit(ids=tuple(self._markers[row].id for row in members), at=at))
        return out

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
        if self._generation != self._palette.generation:
            self._generation = self._palette.generation
            self._bubbles.clear()
            self._owed.clear()
        until = time.perf_counter() + NEW_PICTURES_S
        groups = self._groups_at_hand(view)
        self._paint_groups(painter, view, dpr, dirty, until, groups)
        self._paint_singles(painter, view, dpr, dirty, until, groups)
        self._paint_fan(painter, view, dpr)

    @property
    def owing(self) -> bool:
        """Whether something was painted plainly whose picture is still to be made, or groups that are not this scale's."""
        return bool(self._owed) or self._behind is not None

    def make_pictures(self, seconds: float) -> bool:
        """Find the groups that are owed, or make the pictures, for so long; True when it is worth painting again."""
        if self._behind is not None:
            view, self._behind = self._behind, None
            self._groups(view)
            return True
        until = time.perf_counter() + seconds
        while self._owed:
            key = next(iter(self._owed))
            self._owed.pop(key)()
            if time.perf_counter() > until:
                break
        return not self._owed

    def _paint_singles(
        self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF, until: float, groups: _Groups
    ) -> None:
        rows = self._in_view(groups.order, view)
        sx, sy = view.to_screen_arrays(self._x[rows], self._y[rows])
        seen = (sx > dirty.left()) & (sx < dirty.right()) & (sy > dirty.top()) & (sy < dirty.bottom())
        if self.fan:
            seen[np.isin(rows, [self._row[case_id] for case_id in self.fan])] = False
        rows, sx, sy = rows[seen], sx[seen], sy[seen]
        front, selected = self._apart[rows], self._selected[rows]
        small = ~front & ~selected if view.res > SMALL_ABOVE else np.zeros(len(rows), dtype=bool)
        hovered = self._row.get(self.hovered.id, -1) if self.hovered else -1
        self._paint_rows(painter, rows, sx, sy, small, dpr, until, hovered)

    def _paint_rows(
        self,
        painter: QPainter,
        rows: NDArray[np.intp],
        sx: NDArray[np.float64],
        sy: NDArray[np.float64],
        small: NDArray[np.bool_],
        dpr: float,
        until: float,
        hovered: int = -1,
    ) -> None:
        """The markers of these rows at these pixels; plainly where there is no time for a picture that has not been made."""
        looks = self._stage[rows] + _LIGHT * self._light[rows].astype(np.int64)
        looks += _SMALL * small + _SELECTED * self._selected[rows] + _FRONT * self._apart[rows]
        halves: dict[int, tuple[QPixmap, float] | None] = {}
        for row, look, px, py in zip(rows.tolist(), looks.tolist(), sx.tolist(), sy.tolist(), strict=True):
            if row == hovered:
                self._paint_one(painter, row, px, py, dpr, small=bool(look & _SMALL), hovered=True)
                continue
            if look not in halves:
                picture = self._marker_picture(look, dpr, until)
                halves[look] = None if picture is None else (picture, picture.width() / dpr / 2)
            found = halves[look]
            if found is None:
                self._paint_dot(painter, look, px, py)
            else:
                picture, half = found
                painter.drawPixmap(
                    QPointF(round((px - half) * dpr) / dpr, round((py - half) * dpr) / dpr), picture
                )

    def _marker_picture(self, look: int, dpr: float, until: float) -> QPixmap | None:
        """The picture of this look; None where it would have to be painted and there is no time for that now."""
        stage, light = STAGES[look % _LIGHT], look // _LIGHT % 4
        small, selected, front = bool(look & _SMALL), bool(look & _SELECTED), bool(look & _FRONT)
        known = self._pictures.known(
            stage, light, small=small, selected=selected, hovered=False, dpr=dpr, front=front
        )
        if known is not None:
            return known
        make = partial(
            self._pictures.marker,
            stage,
            light,
            small=small,
            selected=selected,
            hovered=False,
            dpr=dpr,
            front=front,
        )
        if time.perf_counter() < until:
            return make()
        self._owed[look, dpr] = make
        return None

    def _paint_dot(self, painter: QPainter, look: int, px: float, py: float) -> None:
        """What stands for a marker for the moment until its picture has been painted."""
        painter.setPen(QPen(self._palette.color("surface"), 1.5))
        painter.setBrush(light_color(self._palette, look // _LIGHT % 4))
        radius = 6.0 if look & _SMALL else 11.0
        painter.drawEllipse(QPointF(px, py), radius, radius)

    def _paint_fan(self, painter: QPainter, view: Viewport, dpr: float) -> None:
        fan = self._fan_places(view)
        if fan is None:
            return
        (cx, cy), places = fan
        painter.setPen(QPen(self._palette.color("text_2", 170), 1.2))
        for _, px, py in places:
            painter.drawLine(QPointF(cx, cy), QPointF(px, py))
        hovered = self.hovered.id if self.hovered else ""
        for case_id, px, py in places:
            self._paint_one(painter, self._row[case_id], px, py, dpr, small=False, hovered=case_id == hovered)

    def _paint_one(
        self, painter: QPainter, row: int, px: float, py: float, dpr: float, *, small: bool, hovered: bool
    ) -> None:
        picture = self._pictures.marker(
            STAGES[self._stage[row]],
            int(self._light[row]),
            small=small,
            selected=bool(self._selected[row]),
            hovered=hovered,
            dpr=dpr,
            front=bool(self._apart[row]),
        )
        half = picture.width() / dpr / 2
        painter.drawPixmap(QPointF(round((px - half) * dpr) / dpr, round((py - half) * dpr) / dpr), picture)

    def _looks_of(self, groups: Clusters, level: int) -> list[tuple[Look, str]]:
        """Look and text of a level's groups, worked out once."""
        found = self._looks.get(level)
        if found is None:
            marked = groups.among(self._selected).tolist()
            found = [
                _look(*lights, chosen) for lights, chosen in zip(groups.lights.tolist(), marked, strict=True)
            ]
            self._looks[level] = found
        return found

    def _paint_groups(
        self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF, until: float, found: _Groups
    ) -> None:
        groups, looks, _ = found
        if not groups.members:
            return
        sx, sy = view.to_screen_arrays(groups.x, groups.y)
        over = self._row.get(self.hovered.ids[0], -1) if self.hovered and self.hovered.ids else -1
        fanned = self._row[self.fan[0]] if self.fan else -1
        inside = (sx > dirty.left()) & (sx < dirty.right()) & (sy > dirty.top()) & (sy < dirty.bottom())
        rows = np.flatnonzero(inside)
        for n, px, py in zip(rows.tolist(), sx[rows].tolist(), sy[rows].tolist(), strict=True):
            look, text = looks[n]
            if over >= 0 or fanned >= 0:
                first = groups.members[n][0]
                if first == fanned:
                    continue
                if first == over:
                    look = look._replace(hovered=True)
            picture = self._bubbles.known(look, text, dpr)
            if picture is None:
                if time.perf_counter() < until:
                    picture = self._bubbles.picture(look, text, dpr)
                else:
                    self._owed[look, text, dpr] = partial(self._bubbles.picture, look, text, dpr)
                    self._bubbles.paint_plain(painter, px, py, look, text, dpr)
                    continue
            half = picture.width() / dpr / 2
            painter.drawPixmap(
                QPointF(round((px - half) * dpr) / dpr, round((py - half) * dpr) / dpr), picture
            )

    def paint_these(self, painter: QPainter, view: Viewport, dpr: float, ids: Iterable[str]) -> None:
        """These cases once more, over everything."""
        known, x, y = self.screen_positions(view, ids)
        rows = np.array([self._row[case_id] for case_id in known], dtype=np.intp)
        until = time.perf_counter() + NEW_PICTURES_S
        self._paint_rows(painter, rows, x, y, np.zeros(len(rows), dtype=bool), dpr, until)

    def paint_pulse(self, painter: QPainter, view: Viewport, dpr: float, phase: float) -> None:
        """The ring that widens around each emergency; ``phase`` 0 to 1."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        places = self.emergencies(view)
        if not places:
            return
        picture = self._pictures.pulse(int(phase * PULSE_STEPS) % PULSE_STEPS, dpr)
        half = picture.width() / dpr / 2
        for px, py in places:
            painter.drawPixmap(QPointF(px - half, py - half), picture)
