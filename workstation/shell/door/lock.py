"""The locked screen: it comes by itself after some idle minutes, or at once when asked, and hides all there is of the city.

What works goes on working below: clocks tick, others' changes arrive. The password is checked against what is left of the
sign-in in memory, so that a seat can be unlocked while the server is away.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from ..look import icons
from ..look import theme as themes
from ..tasks import TaskRunner
from ..texts import text
from ..widgets.basics import Card, button, kind_label
from .signin import PasswordEdit

TRIES = 5
"""Wrong passwords at a locked screen, after which whoever sits here is signed out."""
LOOK_MILLISECONDS = 2000

_STIRRING = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel),
        *(QEvent.Type.TouchBegin, QEvent.Type.TabletMove, QEvent.Type.TabletPress),
    }
)
_INPUT = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.Shortcut, QEvent.Type.ShortcutOverride),
        *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick),
        *(QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.ContextMenu, QEvent.Type.InputMethod),
        *(QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop, QEvent.Type.TouchBegin),
        *(QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TabletPress, QEvent.Type.ToolTip),
    }
)


class IdleWatch(QObject):
    """``idle`` when nobody has touched keys, pointer or screen of any of the program's windows for so many minutes.

    It listens to the windows of the system, through which all input comes, and not to every event of every widget.
    """

    idle = Signal()

    def __init__(
        self, minutes: int, parent: QObject | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """``minutes`` 0: never. ``clock`` is the wall's: a machine that slept has been idle."""
        super().__init__(parent)
        self._seconds = minutes * 60
        self._clock = clock
        self._last = clock()
        self._windows: list[QWindow] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        if self._seconds:
            self._timer.start()
            app = QGuiApplication.instance()
            assert isinstance(app, QGuiApplication)
            app.focusWindowChanged.connect(self._listen)
            for window in QGuiApplication.topLevelWindows():
                self._listen(window)

    @Slot(object)
    def _listen(self, window: QWindow | None) -> None:
        if window is not None and not any(known is window for known in self._alive()):
            self._windows.append(window)
            window.installEventFilter(self)
            self.stir()

    def _alive(self) -> list[QWindow]:
        self._windows = [window for window in self._windows if isValid(window)]
        return self._windows

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Input is noticed and goes on its way."""
        if event.type() in _STIRRING:
            self._last = self._clock()
        return False

    def stir(self) -> None:
        """Somebody is there."""
        self._last = self._clock()

    @Slot()
    def look(self) -> None:
        """Has it been long enough?"""
        if self._seconds and self._clock() - self._last >= self._seconds:
            self.stir()
            self.idle.emit()

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        for window in self._alive():
            window.removeEventFilter(self)
        self._windows.clear()


class Cover(QWidget):
    """Lies over a whole window, as long as it lives."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        host.installEventFilter(self)
        self.setGeometry(host.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the window, and above what is new in it."""
        # The window is not kept here: the last to let go of a window must not be what lies in it.
        host = self.parentWidget()
        if watched is host and event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded):
            self.setGeometry(host.rect())
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), themes.current().color("window"))
        painter.end()


class LockCover(Cover):
    """The cover of the main window: who locked it since when, the password, and a way out for somebody else."""

    submitted = Signal(str)
    switch_asked = Signal()

    def __init__(self, host: QWidget, who: str) -> None:
        super().__init__(host)
        outer = QVBoxLayout(self)
        row = QHBoxLayout()
        card = Card(margin=32, spacing=12)
        card.setFixedWidth(400)
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)
        head = QHBoxLayout()
        head.setSpacing(12)
        sign = QLabel()
        sign.setPixmap(icons.pixmap("lock", 32, "accent_hover", self.devicePixelRatioF()))
        head.addWidget(sign)
        head.addWidget(kind_label(self.tr("屏幕已锁定"), "title"), 1)
        self._time = kind_label("", "muted")
        head.addWidget(self._time)
        card.body.addLayout(head)
        since = text.local(text.utc_now()).strftime("%H:%M")
        about = self.tr("{who} 于 {time} 锁定。案卷照常计时，新的变化解锁后即可看到。")
        words = kind_label(about.format(who=who, time=since), "muted")
        words.setWordWrap(True)
        card.body.addWidget(words)
        self.password = PasswordEdit()
        self.password.setPlaceholderText(self.tr("输入密码解锁"))
        self.password.returnPressed.connect(self._submit)
        card.body.addWidget(self.password)
        self.error = kind_label("", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        card.body.addWidget(self.error)
        foot = QHBoxLayout()
        self.other = button(self.tr("换人登录"), "link", on_click=self.switch_asked.emit)
        foot.addWidget(self.other)
        foot.addStretch(1)
        self.ok = button(self.tr("解锁"), "primary", on_click=self._submit)
        self.ok.setMinimumWidth(120)
        foot.addWidget(self.ok)
        card.body.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._tick()

    def _tick(self) -> None:
        self._time.setText(text.local(text.utc_now()).strftime("%H:%M:%S"))

    def _submit(self) -> None:
        words = self.password.text()
        if words and self.ok.isEnabled():
            self.set_busy(True)
            self.submitted.emit(words)

    def set_busy(self, busy: bool) -> None:
        """The password is being looked at."""
        self.ok.setEnabled(not busy)
        self.ok.setText(self.tr("正在核对…") if busy else self.tr("解锁"))
        self.password.setReadOnly(busy)

    def refuse(self) -> None:
        """It was not the password."""
        self.set_busy(False)
        self.password.clear()
        self.error.setText(self.tr("密码不对，请重新输入。"))
        self.error.show()
        self.password.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Round and round among what is on the cover, never below it."""
        ring: list[QWidget] = [self.password, self.ok, self.other]
        at = ring.index(self.focusWidget()) if self.focusWidget() in ring else 0
        ring[(at + (1 if forward else -1)) % len(ring)].setFocus(Qt.FocusReason.TabFocusReason)
        return True


class ScreenLock(QObject):
    """Locks the program's windows and lets go of them again.

    ``is_mine(password)`` is called on a background thread; ``put_away()`` clears what lies above the window, and answers what brings it
    back. ``unlocked`` when it was right; ``switch_asked`` when somebody else wants the
    seat; ``given_up`` after :data:`TRIES` wrong passwords. The last two leave the screen locked.
    """

    unlocked = Signal()
    switch_asked = Signal()
    given_up = Signal()

    def __init__(
        self,
        window: QWidget,
        who: str,
        is_mine: Callable[[str], bool],
        tasks: TaskRunner,
        parent: QObject | None = None,
        put_away: Callable[[], Callable[[], None]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._put_away = put_away
        self._bring_back: Callable[[], None] | None = None
        self._who = who
        self.is_mine = is_mine
        self._tasks = tasks
        self._wrong = 0
        self._title = ""
        self._hidden: list[QDialog] = []
        self._covers: list[Cover] = []
        self.cover: LockCover | None = None

    @property
    def locked(self) -> bool:
        """Whether it is."""
        return self.cover is not None

    def lock(self) -> None:
        """Lock now; nothing where it is locked already."""
        app = QApplication.instance()
        if self.cover is not None or not isinstance(app, QApplication):
            return
        self._wrong = 0
        self._title = self._window.windowTitle()
        self._window.setWindowTitle(self.tr("城市管理指挥工作站"))
        self.cover = LockCover(self._window, self._who)
        self.cover.submitted.connect(self._try)
        self.cover.switch_asked.connect(self.switch_asked)
        if self._put_away is not None:
            self._bring_back = self._put_away()
        for widget in app.topLevelWidgets():
            if widget is not self._window and widget.isVisible():
                self._hide(widget)
        app.installEventFilter(self)
        app.focusChanged.connect(self._focus_moved)
        self._window.activateWindow()
        self.cover.password.setFocus()

    def _hide(self, widget: QWidget) -> None:
        if isinstance(widget, QDialog):
            # A dialog keeps the keyboard from the window below. Only hidden: what was typed in it stays.
            self._hidden.append(widget)
            widget.finished.connect(lambda _result: self._forget(widget))
            widget.hide()
        elif isinstance(widget, QMenu) or widget.windowType() in (
            Qt.WindowType.Popup,
            Qt.WindowType.ToolTip,
        ):
            widget.close()
        elif not any(isValid(cover) and cover.parentWidget() is widget for cover in self._covers):
            self._covers.append(Cover(widget))

    def _forget(self, dialog: QDialog) -> None:
        if dialog in self._hidden:
            self._hidden.remove(dialog)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is locked no input reaches anything but the cover, and no new window shows anything."""
        kind = event.type()
        if kind == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            if watched is not self._window:
                QTimer.singleShot(0, watched, lambda: self._hide_late(watched))
            return False
        return kind in _INPUT and not isinstance(watched, QWindow) and not self._is_ours(watched)

    def _hide_late(self, widget: QWidget) -> None:
        if self.cover is not None and widget.isVisible():
            self._hide(widget)

    def _is_ours(self, watched: QObject) -> bool:
        above: QObject | None = watched
        while above is not None:
            if above is self.cover:
                return True
            above = above.parent()
        return False

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.cover is not None and new is not None and not self._is_ours(new):
            self.cover.password.setFocus()

    def _try(self, password: str) -> None:
        self._tasks.run(self.is_mine, password, owner=self, on_done=self._answered, key="unlock", priority=1)

    def _answered(self, right: bool) -> None:
        if self.cover is None:
            return
        if right:
            self.release()
            self.unlocked.emit()
            return
        self._wrong += 1
        self.cover.refuse()
        if self._wrong >= TRIES:
            self.given_up.emit()

    def release(self) -> None:
        """Let go: everything is as it was."""
        app = QApplication.instance()
        cover, self.cover = self.cover, None
        if cover is None or not isinstance(app, QApplication):
            return
        app.removeEventFilter(self)
        app.focusChanged.disconnect(self._focus_moved)
        for other in (cover, *self._covers):
            if isValid(other):
                other.hide()
                other.deleteLater()
        self._covers.clear()
        if self._window.windowTitle() == self.tr("城市管理指挥工作站"):
            self._window.setWindowTitle(self._title)
        bring_back, self._bring_back = self._bring_back, None
        if bring_back is not None:
            bring_back()
        dialogs, self._hidden = self._hidden, []
        for dialog in dialogs:
            if isValid(dialog):
                dialog.show()
