"""Gaps and overlaps of areas of responsibility on a map: hatched, each kind in its own way, so that it needs no colour to be told.

The picture is drawn in the background and moved with the map; while the scale changes the last one is shown scaled, and another drawn
when the map rests. So a city-wide gap costs a frame no more than setting a picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from workstation.map.overlay import FINDINGS, Overlay
from workstation.map.overlay_cards import CardText
from workstation.map.overlay_palette import Palette, font
from workstation.map.transform import Projection
from workstation.map.viewport import Extent, Viewport

SLACK = 96
"""Pixels that the picture is larger than the window on each side."""
REST_MS = 120
"""So long after the scale has changed the picture is drawn anew."""
LARGE = 0.6
"""What fills more of the window than this has no card of its own: the pointer would never be rid of it."""
SMOOTH = 160.0
"""Pixels up to which a piece is painted with smooth edges."""
NAMED = 46.0
"""Pixels that a piece must be wide and high to have its word written on it."""
Run = Callable[[Callable[[], QImage], Callable[[QImage], None]], object]
_LOOK = {
    "gap": ("red", Qt.BrushStyle.BDiagPattern, Qt.PenStyle.DashLine),
    "overlap": ("stage_dispatch", Qt.BrushStyle.DiagCrossPattern, Qt.PenStyle.SolidLine),
}


@dataclass(frozen=True)
class FindingShape:
    """A piece of land. ``kind``: gap or overlap; ``label`` is written on it, ``card`` shown beside the pointer."""

    key: str
    kind: str
    wkb: bytes
    label: str
    card: CardText


class _Piece:
    """A piece in map coordinates, and coarser outlines of it for views that cannot tell the difference."""

    def __init__(self, told: FindingShape, shape: Any) -> None:
        self.told = told
        self.shape = shape
        self.box = Extent(*shape.bounds)
        place = shape.representative_point()
        self.place = (place.x, place.y)
        self._coarse: dict[int, QPainterPath] = {}

    def path(self, res: float) -> QPainterPath:
        """The outline about the box's corner, to within half a pixel at that resolution."""
        level = math.floor(math.log2(res))
        found = self._coarse.get(level)
        if found is None:
            shape = self.shape.simplify(0.4 * 2.0**level, preserve_topology=True)
            found = self._coarse[level] = _path(shape, self.box.xmin, self.box.ymax)
        return found


def _path(shape: Any, left: float, top: float) -> QPainterPath:
    path = QPainterPath()
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type != "Polygon":
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            coords = np.asarray(ring.coords)
            points = list(zip((coords[:, 0] - left).tolist(), (top - coords[:, 1]).tolist(), strict=True))
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            path.closeSubpath()
    return path


def at_once(work: Callable[[], QImage], done: Callable[[QImage], None]) -> None:
    """Do it now, and say so."""
    done(work())


class FindingsOverlay(Overlay):
    """The pieces on one map window. ``chosen(key)`` is called when one of them is clicked."""

    z = FINDINGS

    def __init__(
        self,
        projection: Projection,
        palette: Palette,
        chosen: Callable[[str], object],
        run: Run = at_once,
    ) -> None:
        """``run(work, done)``: has the pictures drawn in the background."""
        self._run = run
        self._generation = 0
        self._settled = False
        self._asked: tuple[Viewport, tuple[object, ...]] | None = None
        self._projection = projection
        self._palette = palette
        self._on_chosen = chosen
        self._pieces: list[_Piece] = []
        self._chosen = ""
        self._box: Extent | None = None
        self._picture: QImage | None = None
        self._drawn: Viewport | None = None
        self._key: tuple[object, ...] = ()
        self._rest = QTimer()
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._rested)

    def show_findings(self, found: Iterable[FindingShape]) -> None:
        """These pieces; the larger ones lie below."""
        pieces = []
        for told in found:
            shape = shapely.transform(shapely.from_wkb(told.wkb), self._moved)
            if not shape.is_empty:
                shapely.prepare(shape)
                pieces.append(_Piece(told, shape))
        self._pieces = sorted(pieces, key=lambda piece: -piece.shape.area)
        boxes = np.array([piece.box for piece in pieces]) if pieces else np.empty((0, 4))
        self._box = (
            Extent(*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist()) if pieces else None
        )
        self._renew()

    def choose(self, key: str) -> None:
        """This piece stands out; "" none."""
        if key != self._chosen:
            self._chosen = key
            self._renew()

    def _moved(self, lonlat: Any) -> Any:
        return np.column_stack(self._projection.to_map(lonlat[:, 0], lonlat[:, 1]))

    def _renew(self) -> None:
        self._generation += 1
        self.changed()

    def _rested(self) -> None:
        """The scale is what it will be for a while."""
        self._settled = True
        self.changed()

    # ---- painting ------------------------------------------------------------------------------------------------

    def extent(self) -> Extent | None:
        """Around all of them."""
        return self._box

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """The picture where it belongs now; asks for another where it is of another place or, once the map rests, scale."""
        key = (self._generation, self._palette.generation, dpr, view.width, view.height)
        picture, drawn = self._picture, self._drawn
        if picture is None or drawn is None:
            self._ask(view, dpr, key)
            picture, drawn = self._picture, self._drawn
        if picture is None or drawn is None:
            return
        factor = drawn.res / view.res
        width, height = drawn.width + 2 * SLACK, drawn.height + 2 * SLACK
        left = (drawn.cx - view.cx) / view.res + view.width / 2 - width / 2 * factor
        top = (view.cy - drawn.cy) / view.res + view.height / 2 - height / 2 * factor
        if factor == 1.0:
            painter.drawImage(QPointF(round(left), round(top)), picture)
            if key != self._key or max(left, top) > 0 or min(left, top) < -2 * SLACK:
                self._ask(view, dpr, key)
            return
        if self._settled:
            self._settled = False
            self._ask(view, dpr, key)
        else:
            self._rest.start()
        target = QRectF(left, top, width * factor, height * factor)
        painter.drawImage(target, picture, QRectF(picture.rect()))

    def _ask(self, view: Viewport, dpr: float, key: tuple[object, ...]) -> None:
        """Have the picture drawn for this view, unless that is under way."""
        if self._asked == (view, key):
            return
        self._asked = (view, key)
        pieces = tuple(self._pieces)
        chosen = self._chosen

        def done(picture: QImage) -> None:
            if self._asked == (view, key):
                self._asked = None
                self._picture, self._drawn, self._key = picture, view, key
                self.changed()

        self._run(lambda: self._draw(pieces, chosen, view, dpr), done)

    def _draw(self, pieces: Sequence[_Piece], chosen: str, view: Viewport, dpr: float) -> QImage:
        """The picture. In a background thread."""
        wide = view.grown(SLACK)
        picture = QImage(
            round(wide.width * dpr), round(wide.height * dpr), QImage.Format.Format_ARGB32_Premultiplied
        )
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        seen = wide.extent
        words: list[tuple[QPointF, str, str]] = []
        any_chosen = any(piece.told.key == chosen for piece in pieces)
        for piece in pieces:
            if piece.box.intersects(seen):
                mine = piece.told.key == chosen
                self._draw_piece(painter, piece, wide, mine, any_chosen and not mine, words)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, label, token in words:
            self._write(painter, place, label, token)
        painter.end()
        return picture

    def _draw_piece(
        self,
        painter: QPainter,
        piece: _Piece,
        wide: Viewport,
        chosen: bool,
        another: bool,
        words: list[tuple[QPointF, str, str]],
    ) -> None:
        token, hatch, dash = _LOOK[piece.told.kind]
        x, y = wide.to_screen(piece.box.xmin, piece.box.ymax)
        path = QTransform(1 / wide.res, 0, 0, 1 / wide.res, x, y).map(piece.path(wide.res))
        color = self._palette.color
        # Smooth edges of a shape as large as the window cost a hundred milliseconds; on a long edge nobody misses them.
        size = max(piece.box.width, piece.box.height) / wide.res
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, size < SMOOTH)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(token, 40 if chosen else 14))
        painter.drawPath(path)
        # Classes share their gaps with other classes: beside the one that is looked at the others are outlines.
        if chosen or not another:
            painter.setBrush(QBrush(color(token, 190 if chosen else 130), hatch))
            painter.drawPath(path)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("surface", 220), 5 if chosen else 3.5))
        painter.drawPath(path)
        painter.setPen(QPen(color(token), 2.6 if chosen else 1.6, dash))
        painter.drawPath(path)
        if min(piece.box.width, piece.box.height) / wide.res >= NAMED or chosen:
            words.append((QPointF(*wide.to_screen(*piece.place)), piece.told.label, token))

    def _write(self, painter: QPainter, place: QPointF, label: str, token: str) -> None:
        face = font(12, bold=True)
        metrics = QFontMetricsF(face)
        width, height = metrics.horizontalAdvance(label) + 14, metrics.height() + 6
        plate = QRectF(place.x() - width / 2, place.y() - height / 2, width, height)
        painter.setPen(QPen(self._palette.color(token), 1))
        painter.setBrush(self._palette.color("surface", 235))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setFont(face)
        painter.setPen(self._palette.color(token))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, label)

    # ---- pointing ------------------------------------------------------------------------------------------------

    def hit(self, view: Viewport, x: float, y: float) -> object | None:
        """The smallest piece there, by its key; not one that fills most of the window."""
        at = view.to_map(x, y)
        point = None
        for piece in reversed(self._pieces):
            box = piece.box
            if not (box.xmin <= at[0] <= box.xmax and box.ymin <= at[1] <= box.ymax):
                continue
            large = box.width > LARGE * view.width * view.res and box.height > LARGE * view.height * view.res
            point = point or shapely.Point(*at)
            if not large and piece.shape.contains(point):
                return piece.told.key
        return None

    def hover_card(self, hit: Any) -> CardText | None:
        """What is known of it."""
        return next((piece.told.card for piece in self._pieces if piece.told.key == hit), None)

    def clicked(self, hit: Any, event: QMouseEvent) -> bool:
        """It is chosen in the list; the map's own tool hears of the click as well."""
        self._on_chosen(str(hit))
        return False
