"""A real map window that is played on: what it shows, when its pictures come, how long its event loop makes one wait."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from sqlalchemy import text

from benchmarks._minute_script import Stalls
from workstation.map.canvas import MapCanvas
from workstation.map.client import MapClient
from workstation.map.dragging import DropInfo
from workstation.services.services import Services
from workstation.shell.garbage import GarbageCollector

CASES = 5000
SHARP_LIMIT = 5.0
"""Seconds after which a gesture's sharp frame is not waited for any longer."""
ANSWER_MS = 120
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.MouseButton.NoButton


def cases_and_units(services: Services, count: int = CASES) -> tuple[list[Any], list[Any], int]:
    """So many markers: the city's open cases, and where these are fewer, copies of them at components' places drawn by lot;
    the units; and how many markers are the city's own."""
    markers = list(services.lists.markers())
    own = len(markers)
    places = places_drawn(services, count - own) if own < count else []
    for n in range(count - own):
        like = markers[n % own]
        lon, lat = places[n]
        rare = like.emergency and n % 10 == 0
        markers.append(like._replace(id=f"copy-{n}", lon=lon, lat=lat, emergency=rare))
    return markers[:count], services.units.all(), min(own, count)


def places_drawn(services: Services, count: int) -> list[tuple[float, float]]:
    """The places of so many components, drawn by lot, the same ones each time."""
    columns = "ST_X(geom), ST_Y(geom)"
    with services.db.read() as conn:
        draw = np.random.default_rng(1)
        if services.db.kind == "postgis":
            share = "least(100, 200.0 * :count / (SELECT greatest(count(*), 1) FROM component))"
            wanted = f"SELECT {columns} FROM component TABLESAMPLE BERNOULLI ({share}) REPEATABLE (1)"
            found = [(float(x), float(y)) for x, y in conn.execute(text(wanted), {"count": count})]
            return [found[n] for n in draw.integers(0, len(found), count).tolist()]
        last = conn.execute(text("SELECT max(rowid) FROM component")).scalar() or 0
        places: list[tuple[float, float]] = []
        while len(places) < count:
            rows = ", ".join(str(n) for n in draw.integers(1, last + 1, 500).tolist())
            wanted = f"SELECT {columns} FROM component WHERE rowid IN ({rows})"
            places += [(float(x), float(y)) for x, y in conn.execute(text(wanted))]
    return places[:count]


class Watched(MapCanvas):
    """The canvas itself; counts its paints."""

    paints = 0
    spent = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and count."""
        begun = time.perf_counter()
        super().paintEvent(event)
        self.spent = max(self.spent, time.perf_counter() - begun)
        self.paints += 1


@dataclass
class Log:
    """What was measured, milliseconds."""

    shown: list[float] = field(default_factory=list)
    """From each input to the end of the next painting of the map."""
    sharp: list[tuple[str, float]] = field(default_factory=list)
    """From the last input of each gesture to its sharp frame's painting, by scale; the limit where none came."""
    stalls: Stalls = field(default_factory=Stalls)
    work: Stalls = field(default_factory=Stalls)
    """The same by the thread's own processor time: what is the interface's and not that of others on the machine."""
    gestures: int = 0
    paints: int = 0
    begun: float = field(default_factory=time.perf_counter)


class Window(QWidget):
    """The window with the map in it, and the clock beside it."""

    def __init__(self, client: MapClient, services: Services, width: int, height: int) -> None:
        super().__init__()
        self.log = Log()
        self.services = services
        self.canvas = Watched(client, services.city.map_crs)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.canvas)
        self.resize(width, height)
        self.garbage = GarbageCollector(self)
        self._inputs: list[float] = []
        self._wanted: tuple[str, float] | None = None
        self._tick = QTimer(self, interval=1)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._ticked)
        self._live = QTimer(self, interval=500)
        self._live.timeout.connect(self._city_goes_on)
        self.markers: list[Any] = []
        self.units: list[Any] = []
        self.canvas.drag_started.connect(self._drag_started)

    def fill(self, markers: list[Any], units: list[Any]) -> None:
        """Show these."""
        self.markers, self.units = markers, units
        self.canvas.set_home(self.services.city.extent)
        self.canvas.set_units(units)
        self.canvas.set_cases(markers)

    def watch(self, on: bool) -> None:
        """Measure, or no longer."""
        (self._tick.start if on else self._tick.stop)()
        (self._live.start if on else self._live.stop)()

    def _ticked(self) -> None:
        self.log.stalls.ran(time.perf_counter())
        self.log.work.ran(time.thread_time())

    def event(self, event: QEvent) -> bool:
        """Qt brings the window to the screen in one event: then the inputs before it have been answered."""
        before = self.canvas.paints
        done = super().event(event)
        if self.canvas.paints != before:
            now = time.perf_counter()
            self.log.shown += [(now - due) * 1000 for due in self._inputs]
            self._inputs.clear()
            if self._wanted is not None and self.is_sharp():
                scale, since = self._wanted
                self.log.sharp.append((scale, (now - since) * 1000))
                self._wanted = None
        return done

    def input(self, due: float) -> None:
        """Something that moves the picture was done, or ought to have been done, at this time."""
        self._inputs.append(due)

    def rest(self, scale: str, since: float) -> None:
        """The gesture is over."""
        self.log.gestures += 1
        self._wanted = scale, since
        self.canvas.update()

    def give_up(self) -> None:
        """No sharp frame has come."""
        if self._wanted is not None:
            self.log.sharp.append((self._wanted[0], SHARP_LIMIT * 1000))
            self._wanted = None

    @property
    def waiting(self) -> bool:
        """Whether the sharp frame is still to come."""
        return self._wanted is not None

    def is_sharp(self) -> bool:
        """Whether what is on the screen is the worker's whole picture at just this scale, and nothing moves."""
        return self.canvas.sharp

    def _city_goes_on(self) -> None:
        """Others work too: twice a second three cases change, one of them is elsewhere."""
        some = [self.markers[n] for n in np.random.default_rng(self.canvas.paints).integers(0, CASES, 3)]
        some[0] = some[0]._replace(lon=some[0].lon + 0.0002)
        self.canvas.touch_cases([marker.id for marker in some], some)

    def _drag_started(self, ids: object) -> None:
        info = {unit.code: DropInfo(unit.name, ["截止 明日 09:00", "在办 3 件"]) for unit in self.units}
        QTimer.singleShot(90, self, lambda: self.canvas.set_drop_info(info))


def answer(canvas: MapCanvas) -> None:
    """Where areas overlap the map asks after a drop whose the cases are to be: nobody's, a moment later."""

    def close() -> None:
        if canvas.drops.menu is not None:
            canvas.drops.menu.close()

    QTimer.singleShot(ANSWER_MS, canvas, close)


class QtHand:
    """Gives the canvas events as the platform would, without one; a drag, which is the platform's, is carried by this hand."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._down = NONE
        self._carried: QMimeData | None = None
        self._over = False
        self._loop = QEventLoop()
        canvas.drops._run = self._carry  # type: ignore[method-assign]

    def _carry(self, drag: QDrag) -> None:
        """As QDrag.exec: until the hand lets go."""
        self._carried, self._over = drag.mimeData(), False
        self._loop.exec()
        self._carried = None

    def _drag_event(self, kind: type[QDropEvent], x: float, y: float) -> None:
        assert self._carried is not None
        at = QPointF(x, y) if kind is QDropEvent else QPoint(round(x), round(y))
        action, keys = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self._canvas, kind(at, action, self._carried, LEFT, keys))

    def move(self, x: float, y: float) -> None:
        """The pointer moves."""
        if self._carried is None:
            self._mouse(QEvent.Type.MouseMove, x, y, NONE)
            return
        if not self._over:
            self._over = True
            self._drag_event(QDragEnterEvent, x, y)
        self._drag_event(QDragMoveEvent, x, y)

    def press(self, x: float, y: float) -> None:
        """The left button goes down."""
        self._down = LEFT
        self._mouse(QEvent.Type.MouseButtonPress, x, y, LEFT)

    def release(self, x: float, y: float) -> None:
        """It comes up."""
        self._down = NONE
        if self._carried is None:
            self._mouse(QEvent.Type.MouseButtonRelease, x, y, LEFT)
            return
        if self._over:
            self._drag_event(QDropEvent, x, y)
        self._loop.quit()
        answer(self._canvas)

    def _mouse(self, kind: QEvent.Type, x: float, y: float, button: Qt.MouseButton) -> None:
        at = QPointF(x, y)
        keys = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, self._canvas.mapToGlobal(at), button, self._down, keys)
        QApplication.sendEvent(self._canvas, event)

    def wheel(self, x: float, y: float, notches: int) -> None:
        """The wheel turns."""
        at = QPointF(x, y)
        keys, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
        angle = QPoint(0, 120 * notches)
        event = QWheelEvent(at, self._canvas.mapToGlobal(at), QPoint(), angle, NONE, keys, phase, False)
        QApplication.sendEvent(self._canvas, event)

    def key(self, name: str) -> None:
        """A key goes down and up."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key[f"Key_{name}"].value, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(self._canvas, event)


class XHand:
    """Moves the X server's own pointer and keys (XTEST), so that events come the whole way."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._x11, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XStringToKeysym.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(None))
        if not self._display:
            raise SystemExit("no X display")

    def _to(self, x: float, y: float) -> None:
        ratio = self._canvas.devicePixelRatioF()
        at = self._canvas.mapToGlobal(QPointF(x, y)) * ratio
        self._test.XTestFakeMotionEvent(self._display, -1, round(at.x()), round(at.y()), ctypes.c_ulong(0))

    def move(self, x: float, y: float) -> None:
        """The pointer moves."""
        self._to(x, y)
        self._x11.XFlush(self._display)

    def _button(self, x: float, y: float, button: int, states: tuple[int, ...]) -> None:
        self._to(x, y)
        for down in states:
            self._test.XTestFakeButtonEvent(self._display, button, down, ctypes.c_ulong(0))
        self._x11.XFlush(self._display)

    def press(self, x: float, y: float) -> None:
        """The left button goes down."""
        self._button(x, y, 1, (1,))

    def release(self, x: float, y: float) -> None:
        """It comes up."""
        self._button(x, y, 1, (0,))
        answer(self._canvas)

    def wheel(self, x: float, y: float, notches: int) -> None:
        """The wheel turns by a notch."""
        self._button(x, y, 4 if notches > 0 else 5, (1, 0))

    def key(self, name: str) -> None:
        """A key goes down and up."""
        code = self._x11.XKeysymToKeycode(
            self._display, ctypes.c_ulong(self._x11.XStringToKeysym(name.encode()))
        )
        for down in (1, 0):
            self._test.XTestFakeKeyEvent(self._display, code, down, ctypes.c_ulong(0))
        self._x11.XFlush(self._display)


class Player(QObject):
    """Plays steps on a window, each at its time; a rest lasts until the sharp frame is there."""

    def __init__(self, window: Window, steps: list[tuple]) -> None:
        super().__init__(window)
        self._window = window
        self._steps: Iterator[tuple] = iter(steps)
        self._hand = (
            XHand(window.canvas) if QGuiApplication.platformName() == "xcb" else QtHand(window.canvas)
        )
        self._due = 0.0
        self._coming: tuple | None = None
        self._last_input = 0.0
        self._dragging = False
        self._drag_at: tuple[float, float] | None = None
        self.done = False

    def play(self) -> None:
        """Begin; ``done`` tells the end."""
        self._due = time.perf_counter()
        self._next()

    def _advance(self) -> None:
        self._coming = next(self._steps, None)
        if self._coming is not None:
            self._due += self._coming[0] / 1000

    def _next(self) -> None:
        self._advance()
        self._schedule()

    def _schedule(self) -> None:
        step = self._coming
        if step is None:
            self.done = True
        else:
            self._later(lambda: self._do(*step[1:]))

    def _later(self, action: Any) -> None:
        wait = max(0, round((self._due - time.perf_counter()) * 1000))
        QTimer.singleShot(wait, self, action)

    def _do(self, what: str, *where: Any) -> None:
        due = self._due
        if what == "rest":
            self._window.rest(where[0], self._last_input)
            self._wait_for_sharp()
            return
        moves_map = what in ("wheel", "key") or (what == "move" and self._dragging)
        if moves_map:
            self._window.input(due)
        self._last_input = due
        self._advance()
        while what == "move" and self._overtaken():
            if moves_map:
                self._window.input(self._due)
            assert self._coming is not None
            self._last_input, where = self._due, self._coming[2:]
            self._advance()
        self._schedule()  # first: a drag has an event loop of its own
        if what == "nothing":
            return
        if what == "drag_case":
            self._take_case(*where)
        elif what == "key":
            self._hand.key(where[0])
        elif what == "press":
            self._dragging = True
            self._hand.press(*where)
        elif what == "release":
            self._dragging = False
            self._hand.release(*where)
        else:
            getattr(self._hand, what)(*where)

    def _overtaken(self) -> bool:
        """Whether the pointer has moved on already: platforms tell a window that is behind where the pointer is, not where it
        has been. The window still owes a picture since then. (On an X server a real mouse moves on by itself; this hand is moved
        by the window's own thread, and would fall behind with it.)"""
        moves = self._coming is not None and self._coming[1] == "move"
        return moves and self._due <= time.perf_counter()

    def _take_case(self, x: float, y: float) -> None:
        """Press on the single case nearest to a pixel; where there is none, on the map."""
        canvas = self._window.canvas
        self._dragging = True
        place = alone(canvas, x, y)
        self._hand.move(*(place or (x, y)))
        self._hand.press(*(place or (x, y)))

    def _wait_for_sharp(self) -> None:
        if self._window.waiting and time.perf_counter() - self._last_input < SHARP_LIMIT:
            QTimer.singleShot(10, self, self._wait_for_sharp)
            return
        self._window.give_up()
        self._due = time.perf_counter()
        self._next()


def alone(canvas: MapCanvas, x: float, y: float) -> tuple[float, float] | None:
    """The pixel of the case nearest to a pixel of those that stand alone; None where there is none."""
    rows = canvas.cases._alone(canvas.view)
    xs, ys = canvas.view.to_screen_arrays(canvas.cases._x[rows], canvas.cases._y[rows])
    near = np.argsort(np.hypot(xs - x, ys - y))
    inside = [n for n in near if canvas.rect().adjusted(30, 30, -120, -60).contains(int(xs[n]), int(ys[n]))]
    return (float(xs[inside[0]]), float(ys[inside[0]])) if inside else None


def resident(pid: int | str) -> float:
    """What a process holds in memory, MB; 0 where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024


def children() -> dict[int, str]:
    """The processes that are ours, and their states (Z: a zombie)."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                _, _, rest = (entry / "stat").read_text(encoding="utf-8").rpartition(")")
            except OSError:
                continue
            state, parent = rest.split()[:2]
            if int(parent) == os.getpid():
                found[int(entry.name)] = state
    return found


def spin(condition: Any, seconds: float) -> bool:
    """Let Qt run until the condition holds; whether it did in time."""
    until = time.perf_counter() + seconds
    while not condition():
        if time.perf_counter() > until:
            return False
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.001)
    return True


def play(player: Player, seconds: float = 600.0) -> None:
    """Run the event loop until the player is done."""
    loop = QEventLoop()
    look = QTimer(interval=50)
    look.timeout.connect(lambda: loop.quit() if player.done else None)
    look.start()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    player.play()
    loop.exec()
