"""Moving the view: at once under the hand, smoothly for wheel, keys and flights; when it rests, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QElapsedTimer, QObject, Qt, QTimer, Signal

from workstation.map.viewport import ViewHistory, Viewport, between

REST_MS = 110
AIM_MS = 10
FRAME_MS = 15
"""Between two steps of a movement; the first is taken at once, so that a wheel's notch shows with the next painting."""


class Motion(QObject):
    """The view in force and where it is going. Knows nothing of widgets or frames."""

    moved = Signal()
    """The view is another one now."""
    aimed = Signal()
    """The end of the movement has been the same for a moment: worth drawing ahead."""
    rested = Signal()
    """The view has been still for a moment."""

    def __init__(self, view: Viewport, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.animated = True
        self.history = ViewHistory()
        self._start = view
        self._target = view
        self._span = 0
        self._curve = QEasingCurve(QEasingCurve.Type.OutCubic)
        self._clock = QElapsedTimer()
        self._ticker = QTimer(self, interval=FRAME_MS)
        self._ticker.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticker.timeout.connect(self._tick)
        self._aim = QTimer(self, singleShot=True, interval=AIM_MS)
        self._aim.timeout.connect(self.aimed)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)

    @property
    def moving(self) -> bool:
        """Whether the view is on its way by itself."""
        return self._ticker.isActive()

    @property
    def target(self) -> Viewport:
        """Where the view will be when it rests."""
        return self._target if self.moving else self.view

    def jump(self, view: Viewport) -> None:
        """Be there now."""
        self._ticker.stop()
        self._aim.stop()
        self._target = view
        self._rest.start()
        if view != self.view:
            self.view = view
            self.moved.emit()

    def go(self, view: Viewport, ms: int = 170) -> None:
        """Be there soon; a newer call takes over from wherever the view is then."""
        if not self.animated or ms <= 0:
            self.jump(view)
            return
        if view == self.view:
            self.jump(view)
            return
        self._start, self._target, self._span = self.view, view, ms
        self._clock.restart()
        self._rest.stop()
        self._aim.start()
        self._ticker.start()
        self._tick()

    def resize(self, width: int, height: int) -> None:
        """The window has another size; a movement under way goes on."""
        self._start = self._start.resized(width, height)
        self._target = self._target.resized(width, height)
        self.view = self.view.resized(width, height)
        self._rest.start()
        self.moved.emit()

    def settle(self) -> None:
        """The hand has let go: a view that is still rests now, without waiting whether it goes on."""
        if self._rest.isActive() and not self.moving:
            self._rest.stop()
            self._on_rest()

    def stop(self) -> None:
        """Stay where the view is: a hand has come down on the map."""
        if self.moving:
            self.jump(self.view)

    def close(self) -> None:
        """No timer runs after this."""
        for timer in (self._ticker, self._aim, self._rest):
            timer.stop()

    def _tick(self) -> None:
        share = min(1.0, (self._clock.elapsed() + FRAME_MS) / self._span)
        self.view = between(self._start, self._target, self._curve.valueForProgress(share))
        if share >= 1:
            self._ticker.stop()
            self.view = self._target
            self._rest.start()
        self.moved.emit()

    def _on_rest(self) -> None:
        self.history.rested(self.view)
        self.rested.emit()
