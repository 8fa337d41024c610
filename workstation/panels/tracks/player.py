"""The controls that play a day again: play, jump, speed, and the time that is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QElapsedTimer, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from workstation.map.overlay_tracks import clock_text
from workstation.shell.look import icons
from workstation.shell.widgets import kind_label, tool_button

FRAME_MS = 50
SPEEDS = (10, 30, 60, 120, 300, 600)
FASTEST_FIRST = 60
JUMP = 600
STEP = 60


class Player(QWidget):
    """``moment(seconds)`` since 1970 whenever another one is shown. Space plays and stops, arrows step a minute, with Ctrl
    ten."""

    moment = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin = self._end = 0.0
        self._now = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("回放时间"))
        self.slider.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.slider.valueChanged.connect(lambda value: self.set_moment(self._begin + value))
        self.play_button = tool_button("play", self.tr("播放 / 暂停（空格）"), self.toggle)
        self.speed = QComboBox()
        self.speed.setAccessibleName(self.tr("回放速度"))
        for times in SPEEDS:
            self.speed.addItem(self.tr("{} 倍").format(times), times)
        self.speed.setCurrentIndex(SPEEDS.index(FASTEST_FIRST))
        self.time = kind_label("--:--", "number")
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(tool_button("chevron-left", self.tr("退 10 分钟（Ctrl+←）"), partial(self.jump, -JUMP)))
        row.addWidget(self.play_button)
        row.addWidget(tool_button("chevron-right", self.tr("进 10 分钟(Ctrl+→)"), partial(self.jump, JUMP)))
        row.addWidget(self.time)
        row.addStretch(1)
        row.addWidget(self.speed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.slider)
        box.addLayout(row)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_span(0.0, 0.0)

    @property
    def playing(self) -> bool:
        """Whether time passes."""
        return self._timer.isActive()

    @property
    def now(self) -> float:
        """The moment that is shown."""
        return self._now

    def set_span(self, begin: float, end: float) -> None:
        """From when to when there is something to be seen; begins at the beginning, stopped."""
        self.stop()
        self._begin, self._end = begin, end
        self.setEnabled(end > begin)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, round(end - begin)))
            self.slider.setPageStep(JUMP)
        if end > begin:
            self.set_moment(begin)
        else:
            self.time.setText("--:--")

    def set_moment(self, moment: float) -> None:
        """Show this moment."""
        self._now = min(self._end, max(self._begin, moment))
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(self._now - self._begin))
        self.time.setText(clock_text(self._now))
        self.moment.emit(self._now)

    def jump(self, seconds: float) -> None:
        """So far on or back."""
        self.set_moment(self._now + seconds)

    def toggle(self) -> None:
        """Play, or stop; at the end from the beginning again."""
        if self.playing:
            self.stop()
            return
        if self._now >= self._end:
            self.set_moment(self._begin)
        self._clock.start()
        self._timer.start()
        self.play_button.setIcon(icons.icon("pause", on="accent"))
        self.play_button.setProperty("icon-role", "pause")

    def stop(self) -> None:
        """Time stands still."""
        self._timer.stop()
        self.play_button.setIcon(icons.icon("play", on="accent"))
        self.play_button.setProperty("icon-role", "play")

    def _tick(self) -> None:
        passed = self._clock.restart() / 1000 * int(self.speed.currentData())
        self.set_moment(self._now + passed)
        if self._now >= self._end:
            self.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As the class says."""
        far = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = JUMP if far else STEP
            self.jump(step if event.key() == Qt.Key.Key_Right else -step)
        elif event.key() == Qt.Key.Key_Home:
            self.set_moment(self._begin)
        elif event.key() == Qt.Key.Key_End:
            self.set_moment(self._end)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is played unseen."""
        super().hideEvent(event)
        self.stop()
