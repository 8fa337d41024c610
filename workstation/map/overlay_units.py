"""The areas the units answer for: outlines with names, and how they look while cases are dragged over them."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from workstation.map.dragging import DropState
from workstation.map.kept import KeptPatch
from workstation.map.overlay_palette import Palette
from workstation.map.overlay_unit_pictures import (
    SLACK,
    Area,
    AreaPainter,
    Layer,
    Look,
    blank,
    transform_of,
    wide_size,
)
from workstation.map.transform import Projection
from workstation.map.viewport import Viewport

HUES = (212, 262, 152, 28, 330, 186, 48, 236, 100, 300, 12, 172)


VEIL = QColor(8, 16, 32, 30)
"""Lies over the map under the areas during a drag."""


class UnitArea(Protocol):
    """What the map needs to know of a unit; ``services`` calls it UnitInfo."""

    code: str
    name: str
    short_name: str
    area_wkb: bytes | None


@dataclass(frozen=True)
class Outline:
    """An area to be drawn elsewhere: a shape of shapely's in map coordinates, and the colour of its line by day."""

    code: str
    name: str
    shape: Any
    colour: str


class UnitLayer:
    """Holds the areas in map coordinates and paints them."""

    def __init__(self, projection: Projection, palette: Palette) -> None:
        self._projection = projection
        self._palette = palette
        self._areas: list[Area] = []
        self._by_code: dict[str, Area] = {}
        self._shapes = np.empty(0, dtype=object)
        self._names: dict[str, str] = {}
        self._layers: dict[str, Layer] = {}
        self._badges: dict[str, QRectF] = {}
        self._edges = np.empty((0, 4))  # of the badges: left, top, right, bottom
        self._light = KeptPatch()
        self._painter = AreaPainter(palette)
        self._told: tuple[object, object, tuple[object, ...]] = None, None, ()
        self._work: tuple[Look, Viewport, Iterator[None]] | None = None
        self._spare: QPixmap | None = None  # memory that is there already is filled in a quarter of the time
        self.patient = False
        """Whether :meth:`make` is called between paintings: then no painting makes pictures that take their time."""

    def set_units(self, units: Iterable[UnitArea]) -> None:
        """These units; those without an area are only known by name."""
        self._areas = []
        self._names = {}
        self._layers.clear()
        self.put_out()
        self._painter.clear()
        self._work = self._spare = None
        self._badges, self._edges = {}, np.empty((0, 4))
        for number, unit in enumerate(units):
            self._names[unit.code] = unit.short_name or unit.name
            if not unit.area_wkb:
                continue
            shape = shapely.transform(shapely.from_wkb(unit.area_wkb), self._project)
            if shape.is_empty:
                continue
            shapely.prepare(shape)
            hue = HUES[number % len(HUES)]
            self._areas.append(Area(unit.code, self._names[unit.code], shape, hue))
        # Large areas first, so that small ones lie on top and are hit first.
        self._areas.sort(key=lambda area: -area.size)
        self._by_code = {area.code: area for area in self._areas}
        self._shapes = np.array([area.shape for area in self._areas], dtype=object)

    def _project(self, points: Any) -> Any:
        return np.stack(self._projection.to_map(points[:, 0], points[:, 1]), axis=1)

    def name(self, code: str) -> str:
        """A unit's short name; its code where it is not known."""
        return self._names.get(code, code)

    @property
    def codes(self) -> list[str]:
        """The units that have an area."""
        return [area.code for area in self._areas]

    def outlines(
        self, codes: Iterable[str] | None, extent: tuple[float, float, float, float]
    ) -> list[Outline]:
        """The areas of these units (None: of all) that reach into an extent of the map, large ones first."""
        wanted = None if codes is None else frozenset(codes)
        window = shapely.box(*extent)
        return [
            Outline(area.code, area.name, area.shape, QColor.fromHsl(area.hue, 150, 100).name())
            for area in self._areas
            if (wanted is None or area.code in wanted) and area.shape.intersects(window)
        ]

    def at(self, x: float, y: float) -> list[str]:
        """The units whose areas hold a map position, the smallest area first."""
        if not self._areas:
            return []
        return [self._areas[n].code for n in np.flatnonzero(shapely.contains_xy(self._shapes, x, y))[::-1]]

    def inside(self, code: str, lon: Sequence[float], lat: Sequence[float]) -> list[bool]:
        """Which of these positions (degrees) the unit's area holds; none where it has no area."""
        area = self._area(code)
        if area is None or not len(lon):
            return [False] * len(lon)
        x, y = self._projection.to_map(list(lon), list(lat))
        found: list[bool] = shapely.contains_xy(area.shape, x, y).tolist()
        return found

    def paint(
        self,
        painter: QPainter,
        view: Viewport,
        dpr: float,
        drop: DropState,
        *,
        only: frozenset[str] | None = None,
    ) -> None:
        """All areas (or only these); during a drag under a veil that dims the map."""
        areas = [area for area in self._areas if only is None or area.code in only]
        layer = self._areas_layer(areas, view, dpr, drop)
        if drop.active and (layer is None or not layer.look.drag):
            painter.fillRect(QRectF(0, 0, view.width, view.height), VEIL)
        if layer is not None:
            layer.paint(painter, view)

    def paint_lights(self, painter: QPainter, view: Viewport, dpr: float, drop: DropState) -> None:
        """During a drag, of the areas under the pointer the one that would get the cases."""
        area = self._area(drop.target)
        if area is None or drop.target not in drop.here:
            return

        def light(inner: QPainter) -> None:
            self._painter.paint_target(inner, transform_of(view).map(area.path_at(view)), drop)

        told = drop.target, drop.rank(drop.target), drop.allowed(drop.target), self._palette.generation
        self._light.paint(painter, view, dpr, told, self.reach([drop.target], view), light)

    def get_ready(self, view: Viewport, dpr: float) -> None:
        """A drag may begin: have the memory for what will be lit, and for the outlines."""
        self._light.get_memory(view, dpr)
        if self._spare is None and self._work is None:
            self._spare = blank(view.grown(SLACK), dpr)
            self._spare.fill(Qt.GlobalColor.transparent)

    @property
    def drawn(self) -> object:
        """The picture of areas that was painted last: another one when they look different."""
        return self._layers.get("areas")

    def _areas_layer(self, areas: list[Area], view: Viewport, dpr: float, drop: DropState) -> Layer | None:
        """All outlines in one picture, larger than the window, made anew only when something about it changes or a pan
        leaves it. Until it has been made the one before is shown, where that says nothing else."""
        look = self._look(areas, view, dpr, drop)
        known = self._layers.get("areas")
        if known is not None and known.look == look and known.covers(view):
            self._work = None
            return known
        waits = drop.active and self.patient and not look.told
        if waits and known is not None and known.look.stands_for(look) and known.covers(view):
            # Nothing is known yet of what the drag would do, and soon there will be: what is drawn now would be drawn twice.
            self._work = None
            return known
        if self._work is None or self._work[0] != look or not Layer(look, self._work[1], []).covers(view):
            self._work = look, view, self._drawn(look, areas, view, copy.copy(drop))
        if not self.patient:
            self.make(math.inf)
            return self._layers["areas"]
        return known if known is not None and known.look.stands_for(look) else None

    @property
    def owing(self) -> bool:
        """Whether :meth:`make` has something to do."""
        return self._work is not None

    def make(self, seconds: float) -> bool:
        """Go on with the pictures that are owed, for so long; True when it is worth painting again."""
        until = time.perf_counter() + seconds
        while self._work is not None:
            if next(self._work[2], self) is self:
                self._work = None
                return True
            if time.perf_counter() > until:
                break
        return False

    def _drawn(self, look: Look, areas: list[Area], view: Viewport, drop: DropState) -> Iterator[None]:
        """Draws outlines and names, a little at a time; at the end they are what is shown. ``drop`` is a copy: the drag may be
        over before."""
        wide = view.grown(SLACK)
        areas = [area for area in areas if area.extent.intersects(wide.extent)]
        picture = self._spare
        self._spare = None
        if picture is None or picture.size() != wide_size(wide, look.dpr):
            picture = blank(wide, look.dpr)
        picture.setDevicePixelRatio(look.dpr)
        picture.fill(VEIL if look.drag else Qt.GlobalColor.transparent)
        yield
        ordered = list(areas)
        if drop.active:
            # Who is proposed lies over the others, the first of them on top; who would refuse lies below all.
            ordered.sort(key=lambda a: (drop.allowed(a.code), -(drop.rank(a.code) or 999)))
        for area in ordered:
            canvas = QPainter(picture)
            self._painter.paint_area(canvas, area, wide, drop)
            canvas.end()
            yield
        window = shapely.box(*view.extent)
        labels: list[tuple[QPointF, QPixmap]] = []
        badges: list[tuple[str, QRectF]] = []
        taken: list[QRectF] = []
        for area in sorted(areas, key=lambda a: (drop.rank(a.code) or 999, not drop.allowed(a.code), a.size)):
            box = self._painter.label_box(view, area, window, drop, taken)
            if box is not None:
                labels.append((box.topLeft(), self._painter.label_of(area, box, drop, look.dpr)))
                badges.append((area.code, box))
            yield
        before = self._layers.get("areas")
        self._spare = before.pictures[0][1] if before is not None else None
        self._layers["areas"] = Layer(look, view, [(QPointF(-SLACK, -SLACK), picture)])
        self._layers["names"] = Layer(look, view, labels)
        self._badges = dict(badges)
        self._edges = np.array([box.getCoords() for _, box in badges]).reshape(-1, 4)

    def put_out(self) -> None:
        """No drag is under way any more: what was lit is not kept."""
        self._light.forget()

    def reach(self, codes: Iterable[str], view: Viewport) -> QRectF:
        """The pixels that these areas take, so that nothing else is painted when one is lit or goes out."""
        out = QRectF()
        for code in codes:
            area = self._area(code)
            if area is not None:
                left, top = view.to_screen(area.extent.xmin, area.extent.ymax)
                right, bottom = view.to_screen(area.extent.xmax, area.extent.ymin)
                out = out.united(QRectF(left - 8, top - 8, right - left + 16, bottom - top + 16))
        return out

    def paint_names(self, painter: QPainter, view: Viewport, dirty: QRectF) -> None:
        """The names of the areas that were painted last, to lie over the cases; :meth:`paint` has made them."""
        layer = self._layers.get("names")
        wanted = self._work[0] if self._work is not None else None
        if layer is not None and (wanted is None or layer.look.stands_for(wanted)):
            layer.paint_plates(painter, view, dirty)

    def badge_at(self, view: Viewport, x: float, y: float) -> str:
        """The unit whose badge, as it was painted last, lies under a pixel; "" for none."""
        layer = self._layers.get("names")
        if layer is None or layer.view.res != view.res:
            return ""
        shift = layer.shift(view)
        left, top, right, bottom = self._edges.T
        x, y = x - shift.x(), y - shift.y()
        inside = np.flatnonzero((left <= x) & (x <= right) & (top <= y) & (y <= bottom))
        return list(self._badges)[inside[-1]] if len(inside) else ""

    def badge_box(self, view: Viewport, code: str) -> QRectF | None:
        """Where the unit's badge is painted, in pixels; None where it has none in this view."""
        layer = self._layers.get("names")
        if layer is None or layer.view.res != view.res:
            return None
        box = self._badges.get(code)
        return None if box is None else box.translated(layer.shift(view))

    def _look(self, areas: list[Area], view: Viewport, dpr: float, drop: DropState) -> Look:
        """What the pictures of areas and names depend on."""
        if self._told[0] is not drop.info or self._told[1] is not drop.candidates:
            known = ((area.code, drop.info.get(area.code)) for area in self._areas)
            seen = ((code, info.allowed, info.load) for code, info in known if info is not None)
            told = (*seen, *(candidate.unit for candidate in drop.candidates))
            self._told = drop.info, drop.candidates, told
        codes = tuple(area.code for area in areas)
        generation = self._palette.generation
        return Look(view.res, view.width, view.height, dpr, generation, codes, drop.active, self._told[2])

    def _area(self, code: str) -> Area | None:
        return self._by_code.get(code)
