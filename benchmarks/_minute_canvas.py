"""The anchor of map_minute.py: the same gestures on QGIS's own QgsMapCanvas with the same layers, in a process of its own.

``/usr/bin/python3 _minute_canvas.py JOB.json``; prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from qgis.core import QgsApplication, QgsProject, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QKeyEvent, QMouseEvent, QWheelEvent
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from benchmarks._minute_script import Stalls, quantile
from workstation.map.worker.layers import Layers

SHARP_LIMIT = 20.0
WHEEL_STEP = 0.55
"""Doublings of the scale for one notch of the wheel, as on our map."""


class Canvas(QgsMapCanvas):
    """Counts its paints."""

    paints = 0

    def paintEvent(self, event):
        """Paint, and count."""
        super().paintEvent(event)
        self.paints += 1


class Window(QWidget):
    """Plays the steps and measures as map_minute.py does."""

    canvas = None

    def __init__(self, steps, width, height):
        super().__init__()
        self.canvas = Canvas(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.canvas)
        self.resize(width, height)
        self.stalls, self.shown, self.sharp = Stalls(), [], []
        self._steps, self._inputs, self._down = iter(steps), [], False
        self._last_input = self._due = self._refreshed = 0.0
        self._coming = None
        self.canvas.mapCanvasRefreshed.connect(self._drawn)
        self._tick = QTimer(self)
        self._tick.setTimerType(Qt.PreciseTimer)
        self._tick.timeout.connect(lambda: self.stalls.ran(time.perf_counter()))

    def event(self, event):
        """The window is brought to the screen."""
        if self.canvas is None:  # it is just being made
            return super().event(event)
        before = self.canvas.paints
        done = super().event(event)
        if self.canvas.paints != before:
            now = time.perf_counter()
            self.shown += [(now - due) * 1000 for due in self._inputs]
            self._inputs.clear()
        return done

    def _drawn(self):
        self._refreshed = time.perf_counter()

    def play(self):
        """Begin."""
        self._tick.start(1)
        self._due = time.perf_counter()
        self._next()

    def _advance(self):
        self._coming = next(self._steps, None)
        if self._coming is not None:
            self._due += self._coming[0] / 1000

    def _next(self):
        self._advance()
        self._schedule()

    def _schedule(self):
        step = self._coming
        if step is None:
            QgsApplication.quit()
            return
        wait = max(0, round((self._due - time.perf_counter()) * 1000))
        QTimer.singleShot(wait, Qt.PreciseTimer, lambda: self._do(*step[1:]))

    def _do(self, what, *where):
        due = self._due
        if what == "rest":
            self._rest(where[0])
            return
        moves_map = what in ("wheel", "key") or (what == "move" and self._down)
        if moves_map:
            self._inputs.append(due)
        self._last_input = due
        self._advance()
        # The pointer has moved on, see _minute.py.
        while (
            what == "move" and self._coming and self._coming[1] == "move" and self._due <= time.perf_counter()
        ):
            if moves_map:
                self._inputs.append(self._due)
            self._last_input, where = self._due, self._coming[2:]
            self._advance()
        self._schedule()
        if what == "nothing":
            return
        target = self.canvas.viewport()
        if what == "wheel":
            at = QPointF(*where[:2])
            glob = QPointF(target.mapToGlobal(at.toPoint()))
            angle = QPoint(0, 120 * where[2])
            event = QWheelEvent(
                at, glob, QPoint(), angle, Qt.NoButton, Qt.NoModifier, Qt.NoScrollPhase, False
            )
        elif what == "key":
            if where[0] == "Home":
                self.canvas.zoomToFullExtent()
                return
            event = QKeyEvent(QEvent.KeyPress, getattr(Qt, "Key_" + where[0]), Qt.NoModifier)
            target = self.canvas
        else:
            kind, button = {
                "move": (QEvent.MouseMove, Qt.NoButton),
                "press": (QEvent.MouseButtonPress, Qt.LeftButton),
                "release": (QEvent.MouseButtonRelease, Qt.LeftButton),
            }[what]
            self._down = what == "press" or (what == "move" and self._down)
            buttons = Qt.LeftButton if self._down else Qt.NoButton
            event = QMouseEvent(kind, QPointF(*where), button, buttons, Qt.NoModifier)
        QgsApplication.sendEvent(target, event)

    def _rest(self, scale):
        now = time.perf_counter()
        if self.canvas.isDrawing() or self._refreshed < self._last_input:
            if now - self._last_input < SHARP_LIMIT:
                QTimer.singleShot(10, Qt.PreciseTimer, lambda: self._rest(scale))
                return
            self.sharp.append((scale, SHARP_LIMIT * 1000))
        else:
            self.sharp.append((scale, (self._refreshed - self._last_input) * 1000))
        self._due = time.perf_counter()
        self._next()


def without_drags(steps):
    """QGIS has no cases to drag: these steps are left out."""
    kept, dragging = [], False
    for step in steps:
        if step[1] == "drag_case":
            dragging = True
        if not dragging:
            kept.append(step)
        if step[1] == "release":
            dragging = False
    return kept


def main(path):
    """Play the job."""
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    application = QgsApplication([], True)
    application.initQgis()
    QgsApplication.setSvgPaths([job["symbols"]])
    layers = Layers(QgsProject.instance())
    failed = layers.open(job["source"], job["map_crs"], job["layers"])
    if failed:
        raise SystemExit(str(failed))
    window = Window(without_drags(job["steps"]), job["width"], job["height"])
    canvas = window.canvas
    canvas.setCanvasColor(QColor(job["background"]))
    canvas.enableAntiAliasing(True)
    canvas.setParallelRenderingEnabled(True)
    canvas.setCachingEnabled(True)
    canvas.setDestinationCrs(QgsProject.instance().crs())
    canvas.setWheelFactor(
        2**WHEEL_STEP
    )  # QGIS's own 2 would lead to other scales, and at last to roads of 30,000 pixels
    tool = QgsMapToolPan(canvas)
    canvas.setMapTool(tool)
    window.show()
    canvas.setLayers(layers.shown(set()))
    canvas.setExtent(QgsRectangle(*job["extent"]))
    canvas.refresh()
    QTimer.singleShot(15000, window.play)  # the first picture and the previews around it are not measured
    application.exec_()
    resident = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line)
    print(
        json.dumps(
            {
                "stall_999": quantile(window.stalls.waits, 0.999),
                "stall_max": max(window.stalls.waits),
                "shown_95": quantile(window.shown, 0.95),
                "sharp_95": quantile([value for _, value in window.sharp], 0.95),
                "sharp": window.sharp,
                "resident": int(resident.split()[1]) / 1024,
            }
        ),
        flush=True,
    )
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
