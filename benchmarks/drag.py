"""Dragging cases over a map with 5,000 of them: what the first painting and each movement cost, how soon it is told what a drop
would mean, and how 500 cases are sent.

A window of 1920 x 1080 over a copy of a city (``--db``) or a demo city made for the run; 500 cases are filed for it first. One, 500 and
all cases are chosen and carried over the areas of the units. Costs are the interface's own processor time, from an input to the end
of the painting that it caused; the carrying of one case is the anchor for that of many. Others on the machine lengthen only the times
that are waited (facts, sending).
``python benchmarks/drag.py [--db FILE] [--filed N]``
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import figure
from benchmarks._minute_script import quantile

FRAME_MS, FACTS_MS = 16.0, 100.0
MOVES = 160
CLASS, CONDITION = ("component", "0101"), "component/0101/2"


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Dragging cases over the map.")
    parser.add_argument("--db", type=Path, help="a city in a file; it is copied and left as it is")
    parser.add_argument("--components", type=int, default=20_000, help="of a new demo city")
    parser.add_argument("--filed", type=int, default=500, help="cases that are sent at once")
    args = parser.parse_args(argv)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    print(json.dumps(measure(args), ensure_ascii=False, indent=1))
    return 0


def copy(source: Path, target: Path) -> None:
    """The city as it stands, what lies in its write-ahead log too."""
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as old, sqlite3.connect(target) as new:
        old.backup(new)


def filed(services: Any, count: int) -> list[str]:
    """So many new cases, brought to where they wait for the dispatcher."""
    from workstation.workflow.event import Command

    people, cases = services.people, services.cases
    actors = {
        post: people.actor(people.with_post(post)[0].id, post)
        for post in ("operator", "shift_leader", "collector")
    }
    places = [(marker.lon, marker.lat) for marker in services.lists.markers()]
    chance = random.Random(1)
    made: list[str] = []
    while len(made) < count:
        lon, lat = chance.choice(places)
        grid = services.places.grid_at(lon, lat)
        if grid is None:
            continue
        data = {
            "kind": CLASS[0],
            "class_code": CLASS[1],
            "source": "hotline_12345",
            "description": "—",
            "address": "—",
            "lon": lon,
            "lat": lat,
            "grid": grid.code,
            "area_class": grid.area_class,
        }
        register = Command("register", cases.new_case_id(), cases.new_command_id(), data)
        case = cases.execute(register, actors["operator"]).case
        for name, post, values in (
            ("send_check", "operator", {"to": actors["collector"].person}),
            ("checked", "operator", {"result": "true_report", "note": "—"}),
            ("file", "shift_leader", {"condition": CONDITION}),
        ):
            command = Command(name, case.id, cases.new_command_id(), values, case.seq)
            case = cases.execute(command, actors[post]).case
        made.append(case.id)
    return made


class Carrier:
    """Carries cases over the map and takes the time of each step."""

    def __init__(self, window: Any, hand: Any) -> None:
        self.window, self.hand = window, hand
        self.canvas = window.canvas

    def step(self, act: Callable[[], None]) -> float:
        """Milliseconds of processor time from an input to the end of the painting that it caused, where it caused one."""
        from PySide6.QtCore import QEvent
        from PySide6.QtWidgets import QApplication

        begun = time.thread_time()
        act()
        for receiver in (self.canvas, self.window):
            QApplication.sendPostedEvents(receiver, QEvent.Type.UpdateRequest.value)
        return (time.thread_time() - begun) * 1000

    def carry(self, case_id: str, count: int) -> dict[str, Any]:
        """Take hold of a chosen case, carry it round, let go over no area; what each step cost."""
        from PySide6.QtCore import QTimer

        from benchmarks._minute import spin

        canvas = self.canvas
        out: dict[str, Any] = {"hover": []}
        centre, reach = (canvas.width() / 2, canvas.height() / 2), 0.36 * canvas.height()
        steps = iter(range(MOVES))
        timer = QTimer(canvas, interval=8)
        told: list[float] = []
        begun = time.perf_counter()

        def facts(*_args: object) -> None:
            told.append((time.perf_counter() - begun) * 1000)

        def go_on() -> None:
            n = next(steps, None)
            if n is None:
                if told or time.perf_counter() - begun > 20:
                    timer.stop()
                    self.hand.let_go()
                return
            turn = n / MOVES * 2 * math.pi
            at = centre[0] + 1.5 * reach * math.cos(turn), centre[1] + reach * math.sin(turn)
            cost = self.step(lambda: self.hand.move(*at))
            if n:
                out["hover"].append(cost)
            else:
                out["first"] = cost

        desk = self.window.context.drags.desk
        desk.told.connect(facts)
        timer.timeout.connect(go_on)
        QTimer.singleShot(0, timer.start)
        pulled = time.thread_time()
        canvas.start_drag(case_id)
        out["start"] = self.hand.began - pulled * 1000
        desk.told.disconnect(facts)
        out["facts"] = told[0] if told else math.inf
        out["count"] = count
        spin(lambda: False, 0.3)
        return out


def measure(args: argparse.Namespace) -> list[dict[str, Any]]:
    """All figures."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from benchmarks._minute import QtHand, Window, cases_and_units, spin
    from workstation import demo
    from workstation.map.client import MapClient
    from workstation.map.targets import UNIT, Target
    from workstation.services.services import Services
    from workstation.shell.context import AppContext
    from workstation.shell.garbage import collect_whole
    from workstation.shell.look.theme import Theme
    from workstation.shell.tasks import TaskRunner
    from workstation.store.database import Database

    class Hand(QtHand):
        """Says when the drag itself began, and lets go over nothing."""

        began = 0.0

        def _carry(self, drag: Any) -> None:
            self.began = time.thread_time() * 1000
            super()._carry(drag)

        def let_go(self) -> None:
            """As Esc does."""
            self._down = type(self._down)(0)
            self._loop.quit()

    application = QApplication([])
    with tempfile.TemporaryDirectory(prefix="workstation-bench-") as folder:
        path = Path(folder) / "city.sqlite"
        if args.db is None:
            database = Database.create(str(path))
            demo.build(database, components=args.components, cases=500)
        else:
            copy(args.db, path)
            database = Database.open(str(path))
        services = Services(database)
        new = filed(services, args.filed)
        client, tasks, theme = MapClient(), TaskRunner(), Theme("day")
        client.start(services.db.worker_source(), services.city.map_crs)
        window = Window(client, services, 1920, 1080)
        canvas = window.canvas
        people = services.people
        dispatcher = people.actor(people.with_post("dispatcher")[0].id, "dispatcher")
        settings = QSettings(str(Path(folder) / "seat.ini"), QSettings.Format.IniFormat)
        context = AppContext(services, tasks, canvas, client, theme, settings, dispatcher)
        window.context = context
        canvas.drag_started.disconnect(window._drag_started)
        window.show()
        markers, units, own = cases_and_units(services)
        window.fill(markers, units)
        spin(window.is_sharp, 60)
        spin(lambda: "workstation.panels.dispatch.desk" in sys.modules, 15)
        spin(lambda: False, 1.0)
        carrier = Carrier(window, Hand(canvas))
        open_cases = [marker.id for marker in markers if not marker.id.startswith("copy-")]
        runs = []
        collect_whole()  # what filing the cases has left is not the seat's
        window.watch(True)
        for ids in (
            new[:1],
            new[1:2],
            new,
            open_cases,
        ):  # the first is not shown: it makes what all drags share
            context.selection.set(ids, ids[0])
            canvas.set_selection(ids)
            spin(lambda: False, 0.4)
            runs.append(carrier.carry(ids[0], len(ids)))
        window.watch(False)
        carried = window.log.work.waits[:], window.log.stalls.waits[:]
        one, several, everything = runs[1:]

        del window.log.work.waits[:], window.log.stalls.waits[:]
        unit = canvas.units.codes[0]
        done: list[Any] = []
        context.drags.desk.sent.connect(done.append)
        window.watch(True)
        begun, busy = time.perf_counter(), time.process_time()
        context.drags.give(new, Target(UNIT, unit, unit))
        spin(lambda: bool(done), 600)
        taken, busy = time.perf_counter() - begun, time.process_time() - busy
        spin(lambda: False, 0.5)
        window.watch(False)
        sent = len(done[0].sent) if done else 0
        gaps = window.log.work.waits[:], window.log.stalls.waits[:]
        context.stop()
        tasks.shutdown(30_000)
        canvas.shutdown()
        client.stop()
        window.garbage.stop()
        window.close()
        services.close()
    del application
    where = f"{len(markers)} cases ({own} the city's own)"
    rows = []
    for run, name in (
        (one, "one case"),
        (several, f"{several['count']} cases"),
        (everything, f"{everything['count']} cases"),
    ):
        anchor = None if run is one else one
        rows += [
            figure(
                f"carrying {name}: the drag begins, {where}",
                run["start"],
                "ms",
                anchor and anchor["start"],
                FRAME_MS,
            ),
            figure(
                f"carrying {name}: first painting over the map",
                run["first"],
                "ms",
                anchor and anchor["first"],
                FRAME_MS,
            ),
            figure(
                f"carrying {name}: a movement and its painting, p95",
                quantile(run["hover"], 0.95),
                "ms",
                anchor and quantile(anchor["hover"], 0.95),
                FRAME_MS,
            ),
            figure(
                f"carrying {name}: the longest movement",
                max(run["hover"]),
                "ms",
                anchor and max(anchor["hover"]),
                None,
            ),
            figure(
                f"carrying {name}: what each target would mean is told after",
                run["facts"],
                "ms",
                anchor and anchor["facts"],
                FACTS_MS,
            ),
        ]
    rows += [
        figure(
            "interface's own time at a stretch while carrying, 99.9th percentile",
            quantile(carried[0], 0.999),
            "ms",
            None,
            FRAME_MS,
        ),
        figure(
            "interface stall while carrying, 99.9th percentile",
            quantile(carried[1], 0.999),
            "ms",
            None,
            FRAME_MS,
        ),
        figure(
            f"{sent} of {len(new)} cases sent to a unit by one drop, each",
            taken * 1000 / max(1, sent),
            "ms",
            None,
            None,
        ),
        figure("the same in processor time, each", busy * 1000 / max(1, sent), "ms", None, None),
        figure("interface's own time at a stretch meanwhile, longest", max(gaps[0]), "ms", None, FRAME_MS),
        figure(
            "interface stall meanwhile, 99.9th percentile", quantile(gaps[1], 0.999), "ms", None, FRAME_MS
        ),
    ]
    return rows


if __name__ == "__main__":
    sys.exit(main())
