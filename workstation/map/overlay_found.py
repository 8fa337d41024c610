"""What was found, on the map: the course of a road or an area's outline lights up, and a pin marks a typed position."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from workstation.map.overlay import SELECTION, Overlay
from workstation.map.overlay_hud import paint_pin
from workstation.map.overlay_palette import Palette, font
from workstation.map.transform import Array, Projection
from workstation.map.viewport import Extent, Viewport

FLASH_MS = 2600
BEAT_MS = 50
BEATS = 3
"""How often the outline lights up before it is gone."""
WIDEST = 9.0


class FoundOverlay(Overlay):
    """Lines that light up for a moment and a pin that stays, with a word of how exact it is."""

    z = SELECTION - 2

    def __init__(self, projection: Projection, palette: Palette, parent: QObject) -> None:
        self._projection = projection
        self._palette = palette
        self._lines: list[tuple[Array, Array]] = []
        self._pin: tuple[float, float] | None = None
        self._note = ""
        self._clock = QElapsedTimer()
        self._timer = QTimer(parent, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def flash(self, lines: Iterable[Sequence[tuple[float, float]]]) -> None:
        """Light up these lines (longitude and latitude in degrees) for some seconds."""
        self._lines = []
        for line in lines:
            points = np.asarray(line, dtype=np.float64)
            self._lines.append(self._projection.to_map(points[:, 0], points[:, 1]))
        self._clock.restart()
        if self._lines:
            self._timer.start()
        self.changed()

    def mark(self, lon: float, lat: float, note: str = "") -> None:
        """Set the pin there; ``note`` stands below it until it goes."""
        self._pin = self._projection.point_to_map(lon, lat)
        self._note = note
        self.changed()

    def clear(self) -> None:
        """Nothing is marked any more."""
        self._timer.stop()
        self._lines, self._pin, self._note = [], None, ""
        self.changed()

    @property
    def marked(self) -> bool:
        """Whether there is a pin."""
        return self._pin is not None

    def _beat(self) -> None:
        if self._clock.elapsed() >= FLASH_MS:
            self._timer.stop()
            self._lines = []
        self.changed()

    def extent(self) -> Extent | None:
        """The box of lines and pin."""
        xs = [x for x, _ in self._lines] + ([np.array([self._pin[0]])] if self._pin else [])
        ys = [y for _, y in self._lines] + ([np.array([self._pin[1]])] if self._pin else [])
        if not xs:
            return None
        x, y = np.concatenate(xs), np.concatenate(ys)
        return Extent(float(x.min()), float(y.min()), float(x.max()), float(y.max()))

    def paint(self, painter: QPainter, view: Viewport, dpr: float, dirty: QRectF) -> None:
        """Lines first, the pin above."""
        if self._lines:
            share = min(1.0, self._clock.elapsed() / FLASH_MS)
            strength = (1 - share) * (0.6 + 0.4 * np.cos(share * BEATS * 2 * np.pi))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            rim = QColor(255, 255, 255, round(200 * strength))
            for color, width in (
                (rim, WIDEST + 4),
                (self._palette.color("accent", round(235 * strength)), WIDEST),
            ):
                pen = QPen(
                    color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
                )
                painter.setPen(pen)
                for x, y in self._lines:
                    px, py = view.to_screen_arrays(x, y)
                    painter.drawPolyline(
                        QPolygonF([QPointF(a, b) for a, b in zip(px.tolist(), py.tolist(), strict=True)])
                    )
        if self._pin is not None:
            paint_pin(painter, view, self._pin, self._palette)
            if self._note:
                self._paint_note(painter, view)

    def _paint_note(self, painter: QPainter, view: Viewport) -> None:
        assert self._pin is not None
        x, y = view.to_screen(*self._pin)
        face = font(12)
        width = QFontMetricsF(face).horizontalAdvance(self._note) + 18
        box = QRectF(round(x - width / 2), round(y + 8), width, 24)
        painter.setPen(QPen(self._palette.rim(), 1))
        painter.setBrush(self._palette.color("surface", 245))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(face)
        painter.setPen(self._palette.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._note)
