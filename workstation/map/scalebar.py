"""The scale bar, and the line that reads out position and scale."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from workstation.map.kept import KeptPicture, KeptSigns
from workstation.map.overlay_palette import Palette, font

SCALES = (500, 1000, 2000, 5000, 10_000, 25_000, 50_000, 100_000)


def round_length(limit: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not more than ``limit`` (metres)."""
    if limit <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(limit))
    return next(step * power for step in (5, 2, 1) if step * power <= limit * (1 + 1e-9))


class ScaleBar(QWidget):
    """A bar of a round length on the ground, at most 150 pixels long."""

    LONGEST = 150

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._palette = palette
        self._metres_per_pixel = 1.0
        self._kept = KeptPicture(self)
        self._words: tuple[tuple[object, ...], QPixmap] | None = None
        self.resize(self.LONGEST + 24, 34)

    def set_metres_per_pixel(self, value: float) -> None:
        """The ground length of a logical pixel."""
        if value != self._metres_per_pixel:
            self._metres_per_pixel = value
            self.update()

    @property
    def length(self) -> float:
        """The bar's length on the ground in metres."""
        return round_length(self.LONGEST * self._metres_per_pixel)

    def text(self) -> str:
        """The bar's length in words."""
        metres = self.length
        return (
            self.tr("{} 千米").format(f"{metres / 1000:g}")
            if metres >= 1000
            else self.tr("{} 米").format(f"{metres:g}")
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two fields, dark and light, with a halo that reads on any map."""
        self._kept.show((self._metres_per_pixel, self._palette.generation), self._draw)

    def _draw(self, painter: QPainter) -> None:
        width = self.length / self._metres_per_pixel
        x0, y = 8.0, 24.0
        ink, paper = self._palette.color("text"), self._palette.color("surface")
        painter.setPen(QPen(self._palette.color("surface", 210), 4.5))
        painter.drawRect(QRectF(x0, y - 2.5, width, 5))
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(paper)
        painter.drawRect(QRectF(x0, y - 2.5, width, 5))
        painter.fillRect(QRectF(x0, y - 2.5, width / 2, 5), ink)
        painter.drawPixmap(0, 0, self._written())

    def _written(self) -> QPixmap:
        """The words with their halo, painted once for what they say."""
        ratio = self.devicePixelRatioF()
        key = self.text(), self._palette.generation, ratio
        if self._words is None or self._words[0] != key:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(11.5, bold=True))
            place = QPointF(8.0, 17.0)
            for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1), (1, 1), (-1, -1)):
                painter.setPen(self._palette.color("surface", 200))
                painter.drawText(place + QPointF(dx, dy), self.text())
            painter.setPen(self._palette.color("text"))
            painter.drawText(place, self.text())
            painter.end()
            self._words = key, picture
        return self._words[1]


class Readout(QWidget):
    """Position under the pointer (click: copy) and scale (click: choose another)."""

    scale_chosen = Signal(float)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._position: tuple[float, float] | None = None
        self._scale = 0.0
        self._attribution = ""
        self._zones: dict[str, QRectF] = {}
        self._over = ""
        self._kept = KeptPicture(self)
        self._signs = KeptSigns()
        self.setMouseTracking(True)
        self.resize(self.sizeHint())

    def set_position(self, lon: float, lat: float) -> None:
        """Show this position, degrees."""
        before = self.position_text()
        self._position = (lon, lat)
        if self.position_text() != before:
            self.update()

    def clear_position(self) -> None:
        """No position is pointed at: show a dash."""
        self._position = None
        self.update()

    def set_scale(self, denominator: float) -> None:
        """Show this scale."""
        self._scale = denominator
        self.update()

    def set_attribution(self, text: str) -> None:
        """Show whose map it is."""
        self._attribution = text
        self.resize(self.sizeHint())
        self.update()

    def position_text(self) -> str:
        """The position in words: degrees to a decimetre."""
        if self._position is None:
            return "—"
        lon, lat = self._position
        east, north = (
            (self.tr("东经") if lon >= 0 else self.tr("西经")),
            (self.tr("北纬") if lat >= 0 else self.tr("南纬")),
        )
        return f"{east} {abs(lon):.6f}°  {north} {abs(lat):.6f}°"

    def scale_text(self) -> str:
        """The scale in words."""
        return f"1 : {three_figures(self._scale):,.0f}" if self._scale else "—"

    def sizeHint(self) -> QSize:
        """Wide enough for the longest text."""
        metrics = QFontMetricsF(font(12))
        width = metrics.horizontalAdvance(
            self.tr("东经") + " 119.000000°  " + self.tr("北纬") + " 32.000000°"
        )
        width += metrics.horizontalAdvance("1 : 100,000") + metrics.horizontalAdvance(self._attribution) + 62
        return QSize(math.ceil(width), 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One translucent strip."""
        key = self.position_text(), self.scale_text(), self._attribution, self._over, self._palette.generation
        self._kept.show(key, self._draw)

    def _draw(self, painter: QPainter) -> None:
        color = self._palette.color
        painter.setPen(QPen(color("border_strong", 160), 1))
        painter.setBrush(color("surface", 228))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        ratio, middle = self.devicePixelRatioF(), self.height() / 2
        x = 10.0
        if self._attribution:
            words = color("text_3")
            self._signs.write(painter, x, middle, self._attribution, 12, words, ratio)
            x += self._signs.width(self._attribution, 12, words, ratio) + 12
            painter.setPen(color("border_strong"))
            painter.drawLine(QPointF(x - 4, 7), QPointF(x - 4, self.height() - 7))
        scale_width = self._signs.width("1 : 100,000", 12, color("text"), ratio) + 22
        position = QRectF(x, 0, self.width() - x - scale_width, self.height())
        scale = QRectF(self.width() - scale_width, 0, scale_width, self.height())
        self._zones = {"position": position, "scale": scale}
        ink = color("accent") if self._over == "position" else color("text_2")
        self._signs.write(painter, position.left() + 4, middle, self.position_text(), 12, ink, ratio)
        painter.setPen(color("border_strong"))
        painter.drawLine(QPointF(scale.left(), 7), QPointF(scale.left(), self.height() - 7))
        ink = color("accent") if self._over == "scale" else color("text")
        left = scale.center().x() - self._signs.width(self.scale_text(), 12, ink, ratio, bold=True) / 2
        self._signs.write(painter, left, middle, self.scale_text(), 12, ink, ratio, bold=True)

    def _zone(self, point: QPointF) -> str:
        return next((name for name, box in self._zones.items() if box.contains(point)), "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        over = self._zone(event.position())
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            self.setToolTip(
                {"position": self.tr("单击复制坐标"), "scale": self.tr("单击选择比例尺")}.get(over, "")
            )
            self.update()

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the pointer."""
        self._over = ""
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Copy the position, or offer scales."""
        zone = self._zone(event.position())
        if zone == "position" and self._position is not None:
            QApplication.clipboard().setText(f"{self._position[0]:.7f},{self._position[1]:.7f}")
        elif zone == "scale":
            menu = self.scale_menu(self.scale_chosen.emit)
            menu.popup(
                self.mapToGlobal(self._zones["scale"].topLeft().toPoint())
                - QPoint(0, menu.sizeHint().height())
            )
        event.accept()

    def scale_menu(self, chosen: Callable[[float], None]) -> QMenu:
        """The usual scales as a menu; it goes when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for scale in SCALES:
            menu.addAction(f"1 : {scale:,}").triggered.connect(
                lambda _=False, value=float(scale): chosen(value)
            )
        return menu


def three_figures(value: float) -> float:
    """Rounded to three significant figures: a readout, not a measurement."""
    if value <= 0:
        return 0.0
    step = 10.0 ** max(0, math.floor(math.log10(value)) - 2)
    return round(value / step) * step
