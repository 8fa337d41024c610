"""How soon the window can be used, and how soon the map is there, on the demo city.

Each run is a fresh process, its time counted from the moment it is started (interpreter and imports included). «Usable» is when
somebody sits at a post, the docks are shown and events are answered; the map's first frame is the first whole picture by QGIS.
The anchor is a PySide6 window with a label in it, started the same way in turn with it. Medians of several runs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

GOAL_USABLE = 2.0
GOAL_FRAME = 4.0

BARE = """
import os, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("工作站"))
window.resize(1920, 1080)
window.show()
def shown():
    print(time.time() - float(os.environ["STARTED"]))
    app.quit()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, shown))
app.exec()
"""


def child(url: str) -> int:
    """Start the workstation at the dispatcher's post and print when it was usable and when the map was there."""
    from PySide6.QtCore import QSettings, QTimer

    from workstation.app import Workstation, make_application

    began = float(os.environ["STARTED"])
    app = make_application([sys.argv[0]])
    with tempfile.TemporaryDirectory() as folder:
        station = Workstation(app, QSettings(str(Path(folder) / "shell.ini"), QSettings.Format.IniFormat))
        times: dict[str, float] = {}

        def note(what: str) -> None:
            times.setdefault(what, time.time() - began)
            if len(times) == 2:
                QTimer.singleShot(0, app.quit)

        station.window.usable.connect(lambda: note("usable"))
        station.client.frame.connect(lambda frame: None if frame.partial else note("frame"))
        station.window.resize(1920, 1080)
        station.window.show()
        QTimer.singleShot(0, station, lambda: station.open(url, "", "dispatcher"))
        QTimer.singleShot(60_000, app.quit)
        app.exec()
        station.window.close()
        station.close()
    print(json.dumps(times))
    return 0 if len(times) == 2 else 1


def timed(command: list[str]) -> str:
    """Run a fresh process with the moment of its start in its environment; what it printed."""
    environment = {**os.environ, "STARTED": repr(time.time())}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, timeout=120
    ).stdout


def measure(url: str, runs: int) -> list[dict[str, Any]]:
    """The figures."""
    usable, frame, bare = [], [], []
    for n in range(runs + 1):
        window = float(timed([sys.executable, "-c", BARE]))
        times = json.loads(timed([sys.executable, __file__, "--child", url]).splitlines()[-1])
        if n:  # the first pair only warms the disk's cache
            bare.append(window)
            usable.append(times["usable"])
            frame.append(times["frame"])
    anchor = statistics.median(bare)
    return [
        _figure(
            "window usable on the demo city, from process start",
            statistics.median(usable),
            anchor,
            GOAL_USABLE,
        ),
        _figure("first whole map frame, from process start", statistics.median(frame), anchor, GOAL_FRAME),
    ]


def _figure(name: str, value: float, anchor: float, goal: float) -> dict[str, Any]:
    return {
        "figure": name,
        "value": round(value, 3),
        "unit": "s",
        "anchor": round(anchor, 3),
        "anchor_is": "a bare PySide6 window, from process start",
        "ratio": round(value / anchor, 2),
        "goal": f"<= {goal} s",
        "met": value <= goal,
    }


def main() -> int:
    """Measure on a given city, or on a demo city of the default size made for the purpose."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", metavar="URL", help="a demo city that exists")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--child", metavar="URL", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        return child(args.child)
    with tempfile.TemporaryDirectory() as folder:
        url = args.db
        if not url:
            from workstation.demo import make_city

            url = str(Path(folder) / "demo.sqlite")
            make_city(url)
        print(json.dumps(measure(url, args.runs)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
