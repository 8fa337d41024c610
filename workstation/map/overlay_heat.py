"""Density as colour: so many to the square kilometre around each place, in steps, with a legend that says the numbers.

The picture is computed off the interface's thread (:func:`density_image`) for somewhat more than the view, and lies on
the map, moved and scaled, until a newer one is there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from workstation.map.overlay import HEAT, Overlay
from workstation.map.overlay_palette import Palette, font
from workstation.map.viewport import Extent, Viewport

Array = NDArray[np.float64]

CELL_PIXELS = 5.0
"""A cell of the picture, at least so many logical pixels."""
CELLS_IN_RADIUS = 10
"""And the radius is no more cells than this: nearer, the surface is smooth anyway."""
FINEST = 16
"""Cells larger than a few pixels are divided in so many at most, so that the edges of the steps are lines and no stairs."""
MARGIN = 0.25
"""Of the view's size, around it: what a small pan uncovers is there already."""
STEPS = 6

# Each step is darker (by day) or lighter (by night) than the one before, so that no eye needs the hue.
DAY_RAMP = ("#D6E4F0", "#B3C4E2", "#9A9ED0", "#8A74B8", "#7B4696", "#5E1A6B")
NIGHT_RAMP = ("#2B2C52", "#4A3A78", "#71489A", "#A05CB0", "#CE80C2", "#F6BEDC")
ALPHAS = (105, 130, 150, 165, 180, 195)


@dataclass(frozen=True)
class Points:
    """Where things are, in map coordinates (metres), and what each weighs."""

    x: Array
    y: Array
    weight: Array

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True)
class HeatPicture:
    """A computed density: transparent where there is nothing to speak of."""

    image: QImage
    extent: Extent
    res: float


def _kernel(cells: int) -> Array:
    """The Gaussian of a radius of so many cells, cut off at the radius (2.5 sigma), in one direction; sums to 1."""
    sigma = cells / 2.5
    steps = np.arange(-cells, cells + 1, dtype=np.float64)
    values = np.exp(-0.5 * (steps / sigma) ** 2)
    return np.asarray(values / values.sum())


def surface(points: Points, extent: Extent, cell: float, radius: float) -> Array:
    """Density by square kilometre in cells of ``cell`` metres, from the north west corner; rows from north to south.

    A Gaussian whose radius (2.5 sigma) is ``radius`` metres; points just outside the extent count as far as they reach in.
    """
    reach = max(1, math.ceil(radius / cell))
    wide, high = math.ceil(extent.width / cell), math.ceil(extent.height / cell)
    column = np.floor((points.x - extent.xmin) / cell).astype(np.int64) + reach
    row = np.floor((extent.ymax - points.y) / cell).astype(np.int64) + reach
    total_wide, total_high = wide + 2 * reach, high + 2 * reach
    inside = (column >= 0) & (column < total_wide) & (row >= 0) & (row < total_high)
    counted = np.bincount(
        row[inside] * total_wide + column[inside],
        weights=points.weight[inside],
        minlength=total_wide * total_high,
    ).reshape(total_high, total_wide)
    kernel = _kernel(reach)
    across = np.zeros((total_high, wide))
    for n, share in enumerate(kernel):
        across += share * counted[:, n : n + wide]
    out = np.zeros((high, wide))
    for n, share in enumerate(kernel):
        out += share * across[n : n + high]
    return out * (1e6 / (cell * cell))


def _finer(values: Array, times: int) -> Array:
    """Each cell divided, the values between its middle and its neighbours' on straight lines."""

    def along(size: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
        at = np.clip((np.arange(size * times) + 0.5) / times - 0.5, 0, size - 1)
        low = np.floor(at).astype(np.int64)
        return low, np.minimum(low + 1, size - 1), at - low

    low, high, share = along(values.shape[0])
    values = values[low] * (1 - share)[:, None] + values[high] * share[:, None]
    low, high, share = along(values.shape[1])
    return np.asarray(values[:, low] * (1 - share) + values[:, high] * share)


def breaks_of(points: Points, radius: float) -> tuple[float, ...]:
    """The lower ends of the steps: round numbers below the highest density there is; () where there are no points.

    Of all points, not of those in view: a colour means the same wherever one looks.
    """
    if not len(points):
        return ()
    box = Extent(float(points.x.min()), float(points.y.min()), float(points.x.max()), float(points.y.max()))
    cell = max(radius / 5, max(box.width, box.height) / 600, 1e-6)
    grown = Extent(box.xmin - cell, box.ymin - cell, box.xmax + cell, box.ymax + cell)
    most = float(surface(points, grown, cell, radius).max())
    shares = (0.04, 0.1, 0.2, 0.35, 0.55, 0.78)
    found = sorted({_rounded(most * share) for share in shares})
    return tuple(found)


def _rounded(value: float) -> float:
    """To one or two figures that can be read: 1, 1.5, 2, 3, 4, 5, 6, 8 and their tens."""
    if value <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    nice = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
    return float(round(min(nice, key=lambda n: abs(n - value / power)) * power, 9))


def density_image(
    points: Points, view: Viewport, radius: float, breaks: Sequence[float], dark: bool
) -> HeatPicture:
    """The picture for a view, with some of what is around it. For any thread; tens of milliseconds."""
    cell = max(CELL_PIXELS * view.res, radius / CELLS_IN_RADIUS)
    box = view.extent
    # Cells lie on a grid of the ground, so that the picture does not shimmer from one to the next.
    left = math.floor((box.xmin - box.width * MARGIN) / cell) * cell
    top = math.ceil((box.ymax + box.height * MARGIN) / cell) * cell
    wide = max(1, math.ceil(box.width * (1 + 2 * MARGIN) / cell))
    high = max(1, math.ceil(box.height * (1 + 2 * MARGIN) / cell))
    extent = Extent(left, top - high * cell, left + wide * cell, top)
    values = surface(points, extent, cell, radius)[:high, :wide]
    times = min(FINEST, round(cell / (CELL_PIXELS * view.res)))
    if times > 1:
        values = _finer(values, times)
        wide, high = wide * times, high * times
    step = np.searchsorted(np.asarray(breaks), values, side="right")
    ramp = np.array([0, *(_pixel(c, a) for c, a in zip(ramp_of(dark), ALPHAS, strict=True))], dtype=np.uint32)
    pixels = np.ascontiguousarray(ramp[step])
    image = QImage(pixels.data, wide, high, wide * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()
    return HeatPicture(image, extent, view.res)


def ramp_of(dark: bool) -> tuple[str, ...]:
    """The colours of the steps for a night or a day theme, the lowest density first."""
    return NIGHT_RAMP if dark else DAY_RAMP


def _pixel(color: str, alpha: int) -> int:
    parts = QColor(color)
    red, green, blue = (round(v * alpha / 255) for v in (parts.red(), parts.green(), parts.blue()))
    return alpha << 24 | red << 16 | green << 8 | blue


class HeatOverlay(Overlay):
    """Paints the newest picture, wherever the view is meanwhile."""

    z = HEAT

    def __init__(self) -> None:
        self.picture: HeatPicture | None = None

    def show(self, picture: HeatPicture | None) -> None:
        """Another picture, or none."""
        self.picture = picture
        self.changed()

    def covers(self, view: Viewport) -> bool:
        """Whether the picture fills the view at about its scale."""
        picture = self.picture
        return (
            picture is not None
            and view.extent.shared(picture.extent) > 0.999
            and abs(math.log(view.res / picture.res)) < 0.02
        )

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """Stretch the part that is seen."""
        picture = self.picture
        if picture is None:
            return
        left, top = view.to_screen(picture.extent.xmin, picture.extent.ymax)
        right, bottom = view.to_screen(picture.extent.xmax, picture.extent.ymin)
        whole = QRectF(left, top, right - left, bottom - top)
        seen = whole.intersected(dirty.intersected(QRectF(0, 0, view.width, view.height)))
        if seen.isEmpty():
            return
        fx, fy = picture.image.width() / whole.width(), picture.image.height() / whole.height()
        source = QRectF((seen.x() - left) * fx, (seen.y() - top) * fy, seen.width() * fx, seen.height() * fy)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(seen, picture.image, source)


class HeatLegend(Overlay):
    """The steps with their numbers, above the scale bar."""

    z = 85
    BOTTOM, ROW, SWATCH, PAD = 46, 17, 22, 9

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._title = ""
        self._note = ""
        self._breaks: tuple[float, ...] = ()

    def say(self, title: str, note: str, breaks: Sequence[float]) -> None:
        """What is shown, by which radius, in which steps."""
        self._title, self._note, self._breaks = title, note, tuple(breaks)
        self.changed()

    def rows(self) -> list[str]:
        """The words of the steps, the highest first."""
        low = [_number(value) for value in self._breaks]
        words = [f"{one} – {other}" for one, other in pairwise(low)]
        return [f"≥ {low[-1]}", *reversed(words)] if low else []

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """A plate in the lower left corner."""
        rows = self.rows()
        bold, plain = font(12, bold=True), font(12)
        lines = [(self._title, bold), (self._note, plain)]
        wide = max(QFontMetricsF(f).horizontalAdvance(words) for words, f in lines)
        wide = max(
            wide, self.SWATCH + 8 + max((QFontMetricsF(plain).horizontalAdvance(w) for w in rows), default=0)
        )
        high = self.ROW * (len(rows) + 2) + 2 * self.PAD
        plate = QRectF(10, view.height - self.BOTTOM - high, wide + 2 * self.PAD, high)
        if not plate.intersects(dirty) or view.height < high + 120:
            return
        painter.setPen(QPen(self._palette.rim(), 1))
        painter.setBrush(self._palette.color("surface", 235))
        painter.drawRoundedRect(plate, 6, 6)
        y = plate.top() + self.PAD
        for (words, face), token in zip(lines, ("text", "text_2"), strict=True):
            painter.setFont(face)
            painter.setPen(self._palette.color(token))
            painter.drawText(
                QRectF(plate.left() + self.PAD, y, wide, self.ROW), Qt.AlignmentFlag.AlignVCenter, words
            )
            y += self.ROW
        ramp = ramp_of(self._palette.dark)
        for n, words in enumerate(rows):
            at = len(rows) - 1 - n
            swatch = QRectF(plate.left() + self.PAD, y + 2, self.SWATCH, self.ROW - 4)
            painter.fillRect(swatch, QColor(ramp[at]))
            painter.setPen(self._palette.color("text"))
            painter.drawText(
                QRectF(swatch.right() + 8, y, wide, self.ROW), Qt.AlignmentFlag.AlignVCenter, words
            )
            y += self.ROW


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:,.3g}"
