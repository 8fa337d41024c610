"""The small overview (鹰眼) in a corner of a map: the whole city, and where the window looks; click or drag to go there.

It is one picture, made small of the coarse one that the map keeps of the whole city anyway: nothing is drawn for it when
the view moves but its rectangle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from workstation.map.frames import Picture
from workstation.map.viewport import Viewport

if TYPE_CHECKING:
    from workstation.map.canvas import MapCanvas

SIDE = 196
"""The longer side, in logical pixels, where the window has room."""
SHARE = 0.3
"""Of the window's sides it takes no more than this."""
LEAST = 90
MARGIN = 10
ABOVE = 44
"""Clear of the readout in the same corner."""
GRIP = 9.0
"""A view's rectangle smaller than this is shown as a cross this large."""


class Overview(QWidget):
    """Lies on a canvas; hidden by :meth:`QWidget.hide`, and where the window is too small for it."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._source: Picture | None = None
        self._pixmap = QPixmap()
        self._frame = Viewport(0.0, 0.0, 1.0, 1, 1)
        self._grab: QPointF | None = None
        self._wanted = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("鹰眼"))
        canvas.view_changed.connect(self._moved)
        canvas.frames.changed.connect(self._look_for_picture)
        canvas.installEventFilter(self)
        self.hide()

    def set_wanted(self, wanted: bool) -> None:
        """Show it wherever there is room and a picture of the city."""
        self._wanted = wanted
        self._look_for_picture()
        self.place()

    @property
    def wanted(self) -> bool:
        """Whether it was asked for."""
        return self._wanted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def place(self) -> None:
        """Where it belongs, as large as there is room; hidden where there is none."""
        canvas, source = self._canvas, self._source
        if not self._wanted or source is None:
            self.hide()
            return
        extent = source.extent
        room = min(SIDE, canvas.width() * SHARE, (canvas.height() - ABOVE) * SHARE * 1.3)
        longer = max(extent.width, extent.height)
        size = QSize(round(room * extent.width / longer), round(room * extent.height / longer))
        if room < LEAST or longer <= 0:
            self.hide()
            return
        if size != self.size() or self._pixmap.isNull():
            self.resize(size)
            self._shrink()
        left, top = canvas.width() - size.width() - MARGIN, canvas.height() - size.height() - ABOVE
        buttons = canvas.controls.geometry()
        if top < buttons.bottom() + MARGIN:
            left -= buttons.width() + MARGIN
        self.move(left, top)
        self.show()
        self.raise_()

    def _look_for_picture(self) -> None:
        """Another picture of the city: other layers, other styles, other data."""
        if not self._wanted or self._canvas.frames.overview is self._source:
            return
        self._source = self._canvas.frames.overview
        self._pixmap = QPixmap()
        self.place()
        self.update()

    def _shrink(self) -> None:
        source = self._source
        if source is None:
            return
        ratio = self.devicePixelRatioF()
        self._pixmap = QPixmap.fromImage(
            source.image.scaled(
                self.size() * ratio,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        self._pixmap.setDevicePixelRatio(ratio)
        cx, cy = source.extent.center
        res = source.extent.width / max(1, self.width())
        self._frame = Viewport(cx, cy, res, self.width(), self.height())

    def _moved(self) -> None:
        if self.isVisible():
            self.update()

    # ---- painting and hands ----

    def view_rect(self) -> QRectF:
        """The window's view in this widget's pixels."""
        box = self._canvas.view.extent
        left, top = self._frame.to_screen(box.xmin, box.ymax)
        right, bottom = self._frame.to_screen(box.xmax, box.ymin)
        return QRectF(QPointF(left, top), QPointF(right, bottom))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The city, a veil over what is out of view, the rectangle."""
        palette = self._canvas.palette_
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        rect = self.view_rect()
        seen = rect.intersected(QRectF(self.rect()))
        veil = palette.color("surface", 96)
        for part in (
            QRectF(0, 0, self.width(), seen.top()),
            QRectF(0, seen.bottom(), self.width(), self.height() - seen.bottom()),
            QRectF(0, seen.top(), seen.left(), seen.height()),
            QRectF(seen.right(), seen.top(), self.width() - seen.right(), seen.height()),
        ):
            if seen.isValid() and part.isValid():
                painter.fillRect(part, veil)
        if not seen.isValid():
            painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(palette.color("accent"), 1.6))
        if rect.width() < GRIP:
            centre = rect.center()
            painter.drawLine(centre - QPointF(GRIP, 0), centre + QPointF(GRIP, 0))
            painter.drawLine(centre - QPointF(0, GRIP), centre + QPointF(0, GRIP))
            painter.drawEllipse(centre, 4.0, 4.0)
        else:
            painter.drawRect(rect)
        painter.setPen(QPen(palette.rim(), 1.0))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the rectangle, or go where the pointer is."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        rect = self.view_rect()
        inside = rect.width() >= GRIP and rect.contains(event.position())
        self._grab = event.position() - rect.center() if inside else QPointF(0, 0)
        if not inside:
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The view goes with the rectangle."""
        if self._grab is not None:
            self._go(event.position() - self._grab)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grab = None

    def _go(self, at: QPointF) -> None:
        self._canvas.look_at(*self._frame.to_map(at.x(), at.y()), self._canvas.view.res)
