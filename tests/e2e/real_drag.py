"""A drag from end to end through Qt's own QDrag and an X server: run by test_real_drag.py in a process of its own.

The server's pointer (XTEST) takes hold of a case, carries it over two areas and lets go; once more, and Esc. Prints what
the map told, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks._minute import XHand
from tests.map.canvas_world import LAT, LON, MAP_CRS, NOW, Case, FakeClient, unit_box
from workstation.map.canvas import MapCanvas
from workstation.map.dragging import DropInfo


def wait(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Let Qt run until the condition holds; whether it did in time."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    return condition()


def main() -> int:
    """Play it."""
    application = QApplication(sys.argv[:1])
    canvas = MapCanvas(FakeClient(), MAP_CRS, now=lambda: NOW)
    canvas.motion.animated = False
    canvas.resize(800, 600)
    canvas.show()
    wait(canvas.isActiveWindow, 2.0)
    canvas.set_units(
        [
            unit_box("west", LON - 0.05, LAT - 0.03, LON, LAT + 0.03, "清河街道办"),
            unit_box("east", LON, LAT - 0.03, LON + 0.05, LAT + 0.03, "东关街道办"),
        ]
    )
    canvas.set_cases([Case("a", LON - 0.02, LAT), Case("b", LON - 0.01, LAT + 0.01)])
    canvas.set_home((LON - 0.05, LAT - 0.035, LON + 0.05, LAT + 0.035))
    told: dict[str, list[Any]] = {"started": [], "dropped": [], "cards": []}
    canvas.drag_started.connect(lambda ids: told["started"].append(list(ids)))
    canvas.drag_started.connect(
        lambda _ids: canvas.set_drop_info({"east": DropInfo("东关街道办", ["在办 3"])})
    )
    canvas.cases_dropped.connect(lambda ids, unit: told["dropped"].append([list(ids), unit]))
    hand = XHand(canvas)

    def at(lon: float, lat: float) -> tuple[float, float]:
        return canvas.view.to_screen(*canvas.projection.point_to_map(lon, lat))

    def carried(end: Callable[[float, float], None]) -> None:
        """Take the case, go over both areas, and ``end`` it there; Qt's drag has an event loop of its own meanwhile."""
        x, y = at(LON - 0.02, LAT)
        to_x, to_y = at(LON + 0.02, LAT - 0.005)
        way = [(x + (to_x - x) * n / 12, y + (to_y - y) * n / 12) for n in range(1, 13)]
        steps: list[Callable[[], object]] = [lambda p=p: hand.move(*p) for p in way]
        steps += [
            lambda: told["cards"].append(canvas.drops.card.title if canvas.drops.card is not None else ""),
            lambda: end(to_x, to_y),
        ]
        hand.move(x, y)
        wait(lambda: canvas.cases.hovered is not None)
        hand.press(x, y)
        timer = QTimer(canvas, interval=40)

        def step() -> None:
            if steps:
                steps.pop(0)()
            else:
                timer.stop()

        timer.timeout.connect(step)
        timer.start()
        wait(lambda: not steps and not canvas.drops.state.active, 8.0)

    carried(hand.release)
    carried(lambda x, y: hand.key("Escape"))
    hand.release(*at(LON + 0.02, LAT))
    wait(lambda: False, 0.2)
    told["active"] = [canvas.drops.state.active, canvas.busy_hand]
    print(json.dumps(told, ensure_ascii=False))
    canvas.shutdown()
    canvas.close()
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
