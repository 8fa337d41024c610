"""Ways that mobiles came, on a map window: what was told as lines, what was not told as dashes, stops, and where each was
at the moment that is played."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from workstation.map.overlay import TRACKS, Overlay
from workstation.map.overlay_cards import CardText, Line
from workstation.map.overlay_kept import KeptLayer, Part
from workstation.map.overlay_palette import Palette, font
from workstation.map.tools_measure import CGCS2000
from workstation.map.transform import Array, Projection
from workstation.map.viewport import Extent, Viewport

CHINA = ZoneInfo("Asia/Shanghai")
GAP = 180.0
"""Seconds without a point after which nobody knows the way between two: six points of half a minute."""
STOP_SECONDS, STOP_METRES = 300.0, 30.0
"""Whoever stays so long within so many metres has stopped."""
TOKENS = ("accent", "stage_dispatch", "stage_feed_back", "stage_verify", "stage_dispose", "stage_evaluate")
"""Colours of several ways at once, in order; told apart by their names as well."""
CLOCKS_PIXELS = 120.0
THIN = 3.0
STRETCH = 300
"""Points of a line that are drawn at once."""
MANY = 4000
"""Points of all ways together from which lines are drawn plainer: they are crossed so often that no rim is seen."""


@dataclass(frozen=True)
class Stop:
    """Somebody stayed: from and to in seconds since 1970, and where on the map."""

    begin: float
    end: float
    lon: float
    lat: float


@dataclass(frozen=True, eq=False)
class Way:
    """A track as it is shown. ``at`` seconds since 1970, ``lonlat`` (n, 2); ``gaps`` marks the legs (n - 1) that nobody
    knows; ``xy`` are the places on the map, once it was put there (:func:`placed`)."""

    mobile: str
    name: str
    at: Array
    lonlat: Array
    legs: Array
    gaps: Any
    stops: tuple[Stop, ...]
    xy: Array

    @property
    def metres(self) -> float:
        """Length of what was told, gaps left out."""
        return float(self.legs[~self.gaps].sum())

    @property
    def unknown_seconds(self) -> float:
        """How long there was nothing to be heard between the first and the last point."""
        return float(np.diff(self.at)[self.gaps].sum())


def way_of(mobile: str, name: str, at: Array, lonlat: Array) -> Way:
    """The way of a track's points, not on a map yet; for any thread."""
    a, b = lonlat[:-1], lonlat[1:]
    legs = np.empty(0)
    if len(a):
        legs = np.asarray(CGCS2000.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2], float)
    gaps = np.diff(at) > GAP
    return Way(mobile, name, at, lonlat, legs, gaps, tuple(_stops(at, lonlat, gaps)), np.empty((0, 2)))


def placed(way: Way, projection: Projection) -> Way:
    """The way on a map; for the thread that the projection belongs to."""
    return replace(way, xy=np.column_stack(projection.to_map(way.lonlat[:, 0], way.lonlat[:, 1])))


def _stops(at: Array, lonlat: Array, gaps: Any) -> list[Stop]:
    """The stretches of at least STOP_SECONDS within STOP_METRES of where they begin; a gap ends one."""
    if not len(at):
        return []
    # Over some tens of metres a degree is as long here as there.
    metres = lonlat * (111_320.0 * np.cos(np.radians(lonlat[0, 1])), 110_950.0)
    found: list[Stop] = []
    begin, count = 0, len(at)
    while begin < count:
        away = np.hypot(*(metres[begin:] - metres[begin]).T) > STOP_METRES
        ends = [count - 1]
        if away.any():
            ends.append(begin + int(np.argmax(away)) - 1)
        if gaps[begin:].any():
            ends.append(begin + int(np.argmax(gaps[begin:])))
        end = min(ends)
        if at[end] - at[begin] > STOP_SECONDS:
            middle = lonlat[begin : end + 1].mean(axis=0)
            found.append(Stop(float(at[begin]), float(at[end]), float(middle[0]), float(middle[1])))
            begin = end + 1
        else:
            begin += 1
    return found


def place_at(way: Way, moment: float) -> tuple[float, float, bool] | None:
    """Where it was on the map at a moment, and whether that is known; None before the first and after the last point.

    Between two points that belong together it is on the straight line between them; in a gap it is where it was last
    heard of, and not known.
    """
    if not len(way.at) or moment < way.at[0] or moment > way.at[-1]:
        return None
    number = int(np.searchsorted(way.at, moment, side="right")) - 1
    if number >= len(way.at) - 1:
        return float(way.xy[-1, 0]), float(way.xy[-1, 1]), True
    if way.gaps[number]:
        return float(way.xy[number, 0]), float(way.xy[number, 1]), bool(moment == way.at[number])
    share = (moment - way.at[number]) / (way.at[number + 1] - way.at[number])
    x, y = way.xy[number] + (way.xy[number + 1] - way.xy[number]) * share
    return float(x), float(y), True


class TrackOverlay(Overlay):
    """The ways on one map window."""

    z = TRACKS

    def __init__(self, projection: Projection, palette: Palette) -> None:
        self.projection = projection
        self._palette = palette
        self.ways: list[Way] = []
        self.moment: float | None = None
        self._box: Extent | None = None
        self._view: Viewport | None = None
        self._kept = KeptLayer(self._parts, lambda: self.changed())

    def show(self, ways: Sequence[Way]) -> None:
        """These ways and no others."""
        self.ways = list(ways)
        self._kept.forget()
        points = np.vstack([way.xy for way in ways]) if ways else np.empty((0, 2))
        self._box = None
        if len(points):
            low, high = points.min(axis=0), points.max(axis=0)
            self._box = Extent(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        self.changed()

    def set_moment(self, moment: float | None) -> None:
        """Show where each was at this moment (seconds since 1970); None: the whole ways alone."""
        before, self.moment = self.moment, moment
        view = self._view
        if view is None or before is None or moment is None or not self.ways:
            self.changed()
            return
        for way in self.ways:  # only what moves is painted again
            spots = [spot for at in (before, moment) if (spot := place_at(way, at)) is not None]
            points = [view.to_screen(x, y) for x, y, _ in spots]
            if points:
                xs, ys = zip(*points, strict=True)
                box = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
                self.changed(box.adjusted(-16, -24, 130, 16))

    def color(self, number: int) -> QColor:
        """The colour of a way."""
        return self._palette.color(TOKENS[number % len(TOKENS)])

    def extent(self) -> Extent | None:
        """Around all ways."""
        return self._box

    # ---- painting ----

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """Lines, dashes, stops, clocks, and who was where."""
        self._view = view
        if self.ways:
            self._kept.paint(painter, view, dpr, self._palette.generation)
        if self.moment is not None:
            for number, way in enumerate(self.ways):
                self._paint_moment(painter, view, way, self.color(number))

    def _parts(self, view: Viewport) -> list[Part]:
        """What the picture of the ways is made of: all lines below all stops and clocks."""
        out: list[Part] = []
        for number, way in enumerate(self.ways):
            out += self._lines(view, way, self.color(number))
        for number, way in enumerate(self.ways):
            out.append(partial(self._paint_signs, view=view, way=way, color=self.color(number)))
        return out

    def _lines(self, view: Viewport, way: Way, color: QColor) -> list[Part]:
        """The line in stretches of some hundred points each, with a rim below where the ways are not many."""
        x, y = view.to_screen_arrays(way.xy[:, 0], way.xy[:, 1])
        many = sum(len(other.at) for other in self.ways) > MANY
        pens = (
            [QPen(color, 2.8)] if many else [QPen(self._palette.color("surface", 215), 5.2), QPen(color, 2.8)]
        )
        out: list[Part] = []
        for pen in pens:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
            for a, b in _pieces(way):
                for begin in range(a, b, STRETCH):
                    end = min(b, begin + STRETCH + 1)
                    line = partial(_thinned, x[begin:end], y[begin:end], 2 * THIN if many else THIN)
                    out.append(partial(_stroke, pen=pen, line=line, smooth=not many))
        return out

    def _paint_signs(self, painter: QPainter, view: Viewport, way: Way, color: QColor) -> None:
        """Gaps, times and stops."""
        x, y = view.to_screen_arrays(way.xy[:, 0], way.xy[:, 1])
        dashes = QPen(self._palette.color("text_3"), 1.6, Qt.PenStyle.CustomDashLine)
        dashes.setDashPattern([2.5, 3.5])
        painter.setPen(dashes)
        for n in np.flatnonzero(way.gaps).tolist():
            painter.drawLine(QPointF(x[n], y[n]), QPointF(x[n + 1], y[n + 1]))
        self._paint_clocks(painter, way, x, y, color)
        for stop in way.stops:
            at = QPointF(*view.to_screen(*self.projection.point_to_map(stop.lon, stop.lat)))
            painter.setPen(QPen(self._palette.color("surface"), 1.5))
            painter.setBrush(color)
            painter.drawRoundedRect(QRectF(at.x() - 8, at.y() - 8, 16, 16), 4, 4)
            painter.setPen(QPen(self._palette.color("on_accent"), 2))
            for dx in (-2.5, 2.5):
                painter.drawLine(QPointF(at.x() + dx, at.y() - 3.5), QPointF(at.x() + dx, at.y() + 3.5))

    def _paint_clocks(self, painter: QPainter, way: Way, x: Array, y: Array, color: QColor) -> None:
        """The time at the ends and along the way, where there is room."""
        if not len(x):
            return
        along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
        count = int(along[-1] // CLOCKS_PIXELS)
        marks = np.linspace(0, along[-1], min(max(2, count), 40)) if along[-1] > 40 else np.array([0.0])
        face = font(10.5)
        metrics = QFontMetricsF(face)
        painter.setFont(face)
        taken: list[QRectF] = []
        for n in np.unique(np.minimum(np.searchsorted(along, marks), len(x) - 1)).tolist():
            text = clock_text(float(way.at[n]))
            box = QRectF(x[n] + 6, y[n] - 19, metrics.horizontalAdvance(text) + 8, 15)
            if any(box.intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.setPen(QPen(self._palette.color("surface"), 1))
            painter.setBrush(color)
            painter.drawEllipse(QPointF(x[n], y[n]), 3.4, 3.4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._palette.color("surface", 215))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(self._palette.color("text_2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_moment(self, painter: QPainter, view: Viewport, way: Way, color: QColor) -> None:
        assert self.moment is not None
        spot = place_at(way, self.moment)
        if spot is None:
            return
        at = QPointF(*view.to_screen(spot[0], spot[1]))
        painter.setPen(QPen(self._palette.color("surface"), 2.4))
        painter.setBrush(color if spot[2] else self._palette.color("text_3"))
        painter.drawEllipse(at, 8, 8)
        face = font(11, bold=True)
        painter.setFont(face)
        text = way.name if spot[2] else f"{way.name} ?"
        box = QRectF(at.x() + 11, at.y() - 10, QFontMetricsF(face).horizontalAdvance(text) + 10, 19)
        painter.setPen(QPen(self._palette.rim(), 1))
        painter.setBrush(self._palette.color("surface", 240))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(self._palette.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    # ---- hands ----

    def hit(self, view: Viewport, x: float, y: float) -> tuple[str, Stop] | None:
        """The stop under a pixel, with its name."""
        for way in self.ways:
            for stop in way.stops:
                px, py = view.to_screen(*self.projection.point_to_map(stop.lon, stop.lat))
                if abs(px - x) <= 9 and abs(py - y) <= 9:
                    return way.name, stop
        return None

    def hover_card(self, hit: tuple[str, Stop]) -> CardText:
        """Who stood there, from when to when."""
        name, stop = hit
        minutes = round((stop.end - stop.begin) / 60)
        span = f"{clock_text(stop.begin)} – {clock_text(stop.end)}"
        return CardText(name, [Line(span), Line(stay_text(minutes))], "accent")


def stay_text(minutes: int) -> str:
    """How long somebody stayed."""
    return QCoreApplication.translate("Tracks", "停留 {} 分钟").format(minutes)


def clock_text(moment: float) -> str:
    """The time of day of a moment, in China."""
    return datetime.fromtimestamp(moment, CHINA).strftime("%H:%M")


def _pieces(way: Way) -> list[tuple[int, int]]:
    """Begin and end (not included) of each stretch without a gap."""
    cuts = [0, *(np.flatnonzero(way.gaps) + 1).tolist(), len(way.at)]
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _stroke(painter: QPainter, pen: QPen, line: Callable[[], QPolygonF], smooth: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(line())


def _thinned(x: Array, y: Array, pixels: float) -> QPolygonF:
    """A line on the screen without the points that lie within so many pixels of the one before."""
    if len(x) > 100:
        cells = np.floor(x / pixels).astype(np.int64) * 100_003 + np.floor(y / pixels).astype(np.int64)
        keep = np.r_[True, cells[1:] != cells[:-1]]
        keep[-1] = True
        x, y = x[keep], y[keep]
    return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
