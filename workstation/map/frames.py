"""The worker's frames as the canvas sees them: what to ask for, when, and what to paint while it is under way.

At most one frame is asked for and not yet there, besides the newest wish; a wish that is final (the hand has come to
rest) is sent at once and cancels the one under way. The last frame stays, moved and scaled, until a better one comes (a partial one, which is transparent, is
laid over it), and a coarse picture of the whole city lies beneath, so that no edge is ever bare after the first seconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QElapsedTimer, QObject, QPoint, QPointF, QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QRegion

from workstation.map.viewport import Extent, Viewport

PARTIAL_AFTER_MS = 450
"""A frame that takes longer than this is shown as it grows, even over an older one that covers the window."""
BUSY_AFTER_MS = 250
OVERVIEW_PIXELS = 1400
OVERVIEW_AFTER_MS = 700
"""How long nothing else must have been wanted before the overview is: it must not make a view wait."""


class Renderer(Protocol):
    """What this needs of the map client."""

    frame: Any

    def render(
        self,
        view: str,
        extent: tuple[float, float, float, float],
        width: int,
        height: int,
        dpr: float = ...,
        hidden: frozenset[str] = ...,
    ) -> int:
        """Ask for a frame of so many logical pixels; its number."""
        ...

    def drop_view(self, view: str) -> None:
        """Forget a view."""
        ...


@dataclass(frozen=True)
class Wish:
    """What to draw: the view with its margin (pixels on each side), the screen's pixel ratio and the layers left out."""

    view: Viewport
    dpr: float
    hidden: frozenset[str]
    margin: int = 0

    def same_as(self, other: Wish | None) -> bool:
        """Whether the same window would be filled, with whatever margin."""
        return (
            other is not None
            and self.view.grown(-self.margin).same_as(other.view.grown(-other.margin))
            and self.dpr == other.dpr
            and self.hidden == other.hidden
        )

    def served_by(self, other: Wish | None) -> bool:
        """Whether that picture fills the window, which is less than what is asked for by the margin, at just this scale: then
        it is as sharp as one drawn for this place."""
        return (
            other is not None
            and self.dpr == other.dpr
            and self.hidden == other.hidden
            and abs(self.view.res / other.view.res - 1) < 1e-6
            and other.view.extent.holds(self.view.grown(-self.margin).extent)
        )


@dataclass(frozen=True, eq=False)
class Picture:
    """A frame on hand."""

    image: QImage
    extent: Extent
    number: int


class Frames(QObject):
    """Asks the client for frames of one view and paints what is there."""

    changed = Signal()
    """Something new to paint."""
    arrived = Signal(float)
    """A finished frame is there; milliseconds from asking."""
    busy_changed = Signal(bool)
    """A frame has been under way for a while, or is there."""

    def __init__(self, client: Renderer, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._name = name
        self._wish: Wish | None = None
        self._final = False
        self._sent: Wish | None = None
        self._number: int | None = None
        self._first: int | None = None
        self._overview_number: int | None = None
        self._overview_wish: tuple[Extent, frozenset[str]] | None = None
        self._overview_sent: tuple[Extent, frozenset[str]] | None = None
        self._picture: Picture | None = None
        self._growing: Picture | None = None
        self._overview: Picture | None = None
        self._clock = QElapsedTimer()
        self._busy = self._closed = False
        self._busy_timer = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._say_busy)
        self._overview_timer = QTimer(self, singleShot=True, interval=OVERVIEW_AFTER_MS)
        self._overview_timer.timeout.connect(self._send_overview)
        client.frame.connect(self._on_frame)

    @property
    def picture(self) -> Picture | None:
        """The newest frame on hand."""
        return self._picture

    @property
    def overview(self) -> Picture | None:
        """The coarse picture of the whole city; another object when it was drawn anew."""
        return self._overview

    @property
    def painted(self) -> tuple[object, ...]:
        """What :meth:`paint` depends on besides the view: another one when it would paint something else."""
        return self._picture, self._growing, self._overview, self.waiting

    @property
    def waiting(self) -> bool:
        """Whether a frame is under way."""
        return self._number is not None

    def has(self, wish: Wish) -> bool:
        """Whether a whole picture that serves this is on hand: then the map is sharp."""
        return self._number is None and self._picture is not None and wish.served_by(self._sent)

    def want(self, wish: Wish, *, final: bool) -> None:
        """This is what should be on the screen. ``final``: the view rests here, so ask now whatever is under way, unless that
        serves or, where nothing is, what is on hand. A view that moves on is asked for anew: its margin should lie ahead."""
        self._wish = wish
        self._final = final
        if self._number is not None and not final:
            return
        if wish.served_by(self._sent) if final else wish.same_as(self._sent):
            return
        self._send()

    def want_overview(self, extent: Extent, hidden: frozenset[str]) -> None:
        """The whole city, to lie beneath; asked for when nothing else is under way."""
        if extent.width > 0 and extent.height > 0:
            self._overview_wish = (extent, hidden)
            self._overview_later()

    def refresh_overview(self) -> None:
        """The data or the style has changed. The client itself asks for the view anew; the overview is ours to renew."""
        self._overview_sent = None
        self._overview_later()

    def rest(self) -> None:
        """Nobody looks: what is on hand stays, nothing more is drawn, and with the next wish all is asked for anew."""
        self._put_off_overview()
        self._client.drop_view(self._name)
        self._sent = self._number = None
        self._growing = None
        self._not_busy()

    def close(self) -> None:
        """The window is gone: nothing more is drawn for it. Said again, as when the whole program ends, it does nothing."""
        if self._closed:
            return
        self._closed = True
        self._client.frame.disconnect(self._on_frame)
        self._client.drop_view(self._name)
        self._client.drop_view(f"{self._name}/overview")
        self._busy_timer.stop()
        self._overview_timer.stop()

    def _send(self) -> None:
        wish = self._wish
        assert wish is not None
        view = wish.view
        self._sent = wish
        self._put_off_overview()
        self._clock.restart()
        if not self._busy:
            self._busy_timer.start()
        self._number = self._client.render(
            self._name,
            view.extent,
            view.width,
            view.height,
            wish.dpr,
            wish.hidden,
        )
        if self._first is None:
            self._first = self._number

    def _overview_later(self) -> None:
        if self._number is None and self._picture is not None and self._overview_wish != self._overview_sent:
            self._overview_timer.start()

    def _put_off_overview(self) -> None:
        """Something else is wanted first."""
        self._overview_timer.stop()
        if self._overview_number is not None:
            self._client.drop_view(f"{self._name}/overview")
            self._overview_number = self._overview_sent = None

    def _send_overview(self) -> None:
        wish = self._overview_wish
        if wish is None or wish == self._overview_sent or self._number is not None:
            return
        extent, hidden = wish
        longer = max(extent.width, extent.height)
        width = max(1, round(OVERVIEW_PIXELS * extent.width / longer))
        height = max(1, round(OVERVIEW_PIXELS * extent.height / longer))
        self._overview_sent = wish
        self._overview_number = self._client.render(
            f"{self._name}/overview", extent, width, height, 1.0, hidden
        )

    def _on_frame(self, frame: Any) -> None:
        if frame.view == f"{self._name}/overview":
            if frame.number == self._overview_number and not frame.partial:
                self._overview_number = None
                self._client.drop_view(frame.view)
                self._overview = Picture(_opaque(frame.image), Extent(*frame.extent), frame.number)
                self.changed.emit()
            return
        if frame.view != self._name or self._first is None or frame.number < self._first:
            return  # not ours: whoever sat here before had asked for it, of another place
        if self._picture and frame.number < self._picture.number:
            return
        if frame.partial:
            if frame.number == self._number and self._partial_is_better(Extent(*frame.extent)):
                self._growing = Picture(frame.image, Extent(*frame.extent), frame.number)
                self.changed.emit()
            return
        self._picture = Picture(_opaque(frame.image), Extent(*frame.extent), frame.number)
        self._growing = None
        if frame.number == self._number:
            self._number = None
            self.arrived.emit(float(self._clock.elapsed()))
            wish = self._wish
            if wish is not None and not (wish.served_by if self._final else wish.same_as)(self._sent):
                self._send()
            else:
                self._not_busy()
                self._overview_later()
        self.changed.emit()

    def _partial_is_better(self, extent: Extent) -> bool:
        """A half-drawn map is no gain over a whole one that still fills the window at about the right scale."""
        old = self._picture
        if old is None or self._growing is not None:
            return True
        zoom = old.extent.width / extent.width
        if extent.shared(old.extent) < 0.6 or not 0.3 < zoom < 3.5:
            return True
        return self._clock.elapsed() > PARTIAL_AFTER_MS

    def _say_busy(self) -> None:
        if self._number is not None and not self._busy:
            self._busy = True
            self.busy_changed.emit(True)

    def _not_busy(self) -> None:
        self._busy_timer.stop()
        if self._busy:
            self._busy = False
            self.busy_changed.emit(False)

    def covers(self, view: Viewport) -> bool:
        """Whether the newest frame alone fills the window."""
        return self._picture is not None and self._picture.extent.holds(view.grown(1).extent)

    def paint(self, painter: QPainter, view: Viewport, dpr: float, *, moving: bool) -> None:
        """Paint what is on hand under ``view``. ``moving``: speed before smoothness; and so while a better frame is
        under way, for smoothing a whole screen takes longer than the screen has between two pictures."""
        smooth = not moving and not self.waiting
        picture = self._picture
        if self._overview is not None and not self.covers(view):
            painter.save()
            painter.setClipRegion(self._bare(view))
            self._paint_one(painter, self._overview, view, dpr, smooth=smooth)
            painter.restore()
        if picture is not None:
            self._paint_one(painter, picture, view, dpr, smooth=smooth)
        if self._growing is not None:
            self._paint_one(painter, self._growing, view, dpr, smooth=smooth)

    def _bare(self, view: Viewport) -> QRegion:
        """The pixels of the window that the newest frame does not fill: what lies under it costs nothing then."""
        window = QRegion(0, 0, view.width, view.height)
        if self._picture is None:
            return window
        box = self._picture.extent
        left, top = view.to_screen(box.xmin, box.ymax)
        right, bottom = view.to_screen(box.xmax, box.ymin)
        # Cut at the window first: far in, the frame of far out is millions of pixels wide, which no region holds.
        inner = QRectF(left + 1, top + 1, right - left - 2, bottom - top - 2)
        inner = inner.intersected(QRectF(0, 0, view.width, view.height))
        corner = QPoint(math.ceil(inner.left()), math.ceil(inner.top()))
        edge = QPoint(math.floor(inner.right()) - 1, math.floor(inner.bottom()) - 1)
        return window - QRegion(QRect(corner, edge)) if inner.isValid() else window

    def _paint_one(
        self, painter: QPainter, picture: Picture, view: Viewport, dpr: float, *, smooth: bool
    ) -> None:
        left, top = view.to_screen(picture.extent.xmin, picture.extent.ymax)
        right, bottom = view.to_screen(picture.extent.xmax, picture.extent.ymin)
        width, height = right - left, bottom - top
        image = picture.image
        if abs(width * dpr - image.width()) < 0.5 and abs(height * dpr - image.height()) < 0.5:
            # Same scale: set it on whole device pixels, which copies instead of blurring.
            painter.drawImage(QPointF(round(left * dpr) / dpr, round(top * dpr) / dpr), image)
            return
        # Only the part that is seen: a frame scaled up forty times must not cost forty times the pixels.
        fx, fy = image.width() / width, image.height() / height
        x0, x1 = max(left, -1.0), min(right, view.width + 1.0)
        y0, y1 = max(top, -1.0), min(bottom, view.height + 1.0)
        if x1 <= x0 or y1 <= y0:
            return
        source = QRectF((x0 - left) * fx, (y0 - top) * fy, (x1 - x0) * fx, (y1 - y0) * fy)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(QRectF(x0, y0, x1 - x0, y1 - y0), image, source)


def _opaque(image: QImage) -> QImage:
    """A whole frame, told to be what it is: painting it then copies pixels instead of blending them."""
    if image.format() == QImage.Format.Format_ARGB32_Premultiplied:
        image.reinterpretAsFormat(QImage.Format.Format_RGB32)
    return image
