"""The map worker killed a hundred times, at random, while the scripted minute is played: what is lost, and how soon the map is back.

SIGKILL falls at any moment of panning, zooming and dragging, on the worker in use and each tenth time on the one kept ready as well;
now and then while a position is being picked. Selection, view, tool, question and drag are compared around everything that the death
and the new worker cause in the interface. Then: zombies, processes, open files, threads, memory.
``python benchmarks/kills.py [--db FILE] [--kills N] [--xvfb]``
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import figure
from benchmarks._minute_script import minute, quantile

BACK_S = 3.0
GROWTH_MB = 20.0
WARM = 20
"""Deaths after which memory is first looked at: by then each gesture has been made once, and what it keeps is there (fonts, groups'
pictures, three pictures of the window for drags)."""
SOME = 10
"""Readings of which the median is taken: one may fall into a drag."""


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="The map worker killed at random.")
    parser.add_argument("--db", help="a city instead of a new demo city")
    parser.add_argument("--components", type=int, default=20_000, help="of a new demo city")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument(
        "--xvfb", action="store_true", help="on an X server with a window manager, not offscreen"
    )
    args = parser.parse_args(argv)
    if args.xvfb and "WORKSTATION_BENCH_X" not in os.environ:
        from benchmarks.map_minute import on_x_server

        return on_x_server(1.0, sys.argv[1:] if argv is None else argv, __file__)
    os.environ["QT_QPA_PLATFORM"] = "xcb" if args.xvfb else "offscreen"
    print(json.dumps(measure(args), indent=1))
    return 0


class Killer:
    """Kills, waits for the map to be back, and compares the interface's state around all that this causes."""

    def __init__(self, window: Any, client: Any, kills: int, seed: int) -> None:
        from PySide6.QtCore import QTimer

        self.window, self.client, self.left = window, client, kills
        self.chance = random.Random(seed)
        self.back: list[float] = []
        """Seconds from each death to the first picture of the window's view by another worker."""
        self.whole: list[float] = []
        """And to the first whole one."""
        self.lost: list[str] = []
        self.both = self.in_drag = self.in_pick = 0
        self.resident: list[float] = []
        self._since = self._since_whole = 0.0
        self._dead = 0
        self._again = QTimer(window, singleShot=True)
        self._again.timeout.connect(self.kill)
        client.frame.connect(self._frame)
        for name in ("_ended", "_resume", "_take_frame", "_take_opened"):
            setattr(client, name, self._guarded(name, getattr(client, name)))

    def state(self) -> dict[str, object]:
        """All that the operator has in hand."""
        canvas = self.window.canvas
        return {
            "view": canvas.view,
            "target": canvas.motion.target,
            "selection": canvas.cases.selection,
            "tool": canvas.tool,
            "picking": canvas.picking,
            "drag": tuple(canvas.drops.state.ids),
            "busy": canvas.busy_hand,
            "fan": canvas.cases.fan,
            "cases": len(canvas.cases),
        }

    def _guarded(self, name: str, action: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            before = self.state()
            done = action(*args)
            after = self.state()
            self.lost += [f"{name}: {key}" for key in before if before[key] != after[key]]
            return done

        return run

    def start(self) -> None:
        """The first one soon."""
        self._again.start(500)

    def kill(self) -> None:
        """One more death."""
        worker, spare = self.client._worker, self.client._spare
        if not worker or not worker.pid:
            self._again.start(20)
            return
        canvas, count = self.window.canvas, len(self.back)
        if count % 12 == 5 and not canvas.busy_hand:
            canvas.pick_point("—")
        self.in_pick += canvas.picking
        self.in_drag += canvas.drops.state.active
        self._since = self._since_whole = time.perf_counter()
        self._dead = worker.pid
        os.kill(worker.pid, signal.SIGKILL)
        if count % 10 == 9 and spare is not None and spare.worker is not None and spare.worker.pid:
            os.kill(spare.worker.pid, signal.SIGKILL)
            self.both += 1

    def _frame(self, frame: Any) -> None:
        from PySide6.QtCore import QTimer

        worker = self.client._worker
        if frame.view != "main" or worker is None or worker.pid in (0, self._dead):
            return
        now = time.perf_counter()
        if self._since_whole and not frame.partial:
            self.whole.append(now - self._since_whole)
            self._since_whole = 0.0
        if not self._since:
            return
        self.back.append(now - self._since)
        self._since = 0.0
        self.left -= 1
        if len(self.back) % 12 == 6:
            # Ours, not the new worker's doing: once the comparison around its frame is over.
            QTimer.singleShot(0, self.window.canvas.cancel_pick)
        if len(self.back) >= WARM:
            from benchmarks._minute import resident

            self.resident.append(resident("self"))
        if self.left:
            self._again.start(round(1000 * self.chance.uniform(0.05, 2.5)))


def measure(args: argparse.Namespace) -> list[dict[str, Any]]:
    """All figures."""
    from PySide6.QtWidgets import QApplication

    from benchmarks._minute import Player, Window, cases_and_units, children, play, spin
    from workstation import demo
    from workstation.map.client import MapClient
    from workstation.services.services import Services
    from workstation.store.database import Database

    application = QApplication([])
    with tempfile.TemporaryDirectory(prefix="workstation-bench-") as folder:
        url = args.db
        if not url:
            url = str(Path(folder) / "city.sqlite")
            database = Database.create(url)
            demo.build(database, components=args.components, cases=500)
            database.close()
        services = Services(Database.open(url))
        client = MapClient()
        window = Window(client, services, 1920, 1080)
        markers, units, _ = cases_and_units(services)
        killer = Killer(window, client, args.kills, args.seed)
        client.start(services.db.worker_source(), services.city.map_crs)
        window.show()
        window.fill(markers, units)
        if not spin(window.is_sharp, 60):
            raise SystemExit("no first frame")
        before = held()
        window.watch(True)
        killer.start()
        round_ = 0
        while killer.left:
            play(Player(window, minute(window.width(), window.height(), seed=round_)), 240)
            round_ += 1
        window.watch(False)
        spin(lambda: client._spare is not None and client._spare.is_ready, 20)
        zombies = sum(state == "Z" for state in children().values())
        processes = len(children())
        after = held()
        stall = quantile(window.log.stalls.waits, 0.999)
        window.canvas.shutdown()
        client.stop()
        window.garbage.stop()
        window.close()
        services.close()
        left_over = len(children())
    del application
    grown = []
    if len(killer.resident) >= 2 * SOME:
        growth = quantile(killer.resident[-SOME:], 0.5) - quantile(killer.resident[:SOME], 0.5)
        name = f"memory of the interface, median of the last {SOME} deaths above that of deaths {WARM} to {WARM + SOME}"
        grown = [figure(name, growth, "MB", limit=GROWTH_MB)]
    count = len(killer.back)
    return [
        figure(f"longest from SIGKILL to the first picture, of {count}", max(killer.back), "s", limit=BACK_S),
        figure("median from SIGKILL to the first picture", quantile(killer.back, 0.5), "s", limit=None),
        figure(
            f"p95 from SIGKILL to a whole picture ({len(killer.whole)} before the next)",
            quantile(killer.whole, 0.95),
            "s",
            limit=BACK_S,
        ),
        figure("deaths that took the worker kept ready as well", killer.both, "", limit=None),
        figure("deaths during a drag of cases", killer.in_drag, "", limit=None),
        figure("deaths while a position was picked", killer.in_pick, "", limit=None),
        figure(
            "lost of the interface's state: " + (", ".join(sorted(set(killer.lost))) or "nothing"),
            len(killer.lost),
            "",
            limit=0,
        ),
        figure("zombies", zombies, "", limit=0),
        figure("processes (worker and the one kept ready)", processes, "", limit=2),
        figure("processes left when the map is closed", left_over, "", limit=0),
        figure("open files more than before", after["files"] - before["files"], "", limit=8),
        figure("threads more than before", after["threads"] - before["threads"], "", limit=0),
        *grown,
        figure("interface stall meanwhile, 99.9th percentile", stall, "ms", limit=16.0),
    ]


def held() -> dict[str, int]:
    """Open files and threads of this process."""
    return {"files": len(list(Path("/proc/self/fd").iterdir())), "threads": threading.active_count()}


if __name__ == "__main__":
    sys.exit(main())
