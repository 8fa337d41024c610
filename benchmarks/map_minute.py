"""A scripted minute on a real map window: what makes it wait, how soon it shows, how soon it is sharp, what it holds.

A window of 1920 x 1080 with 5,000 open cases over a city; gestures at four scales (panning, wheel, arrow keys, dragging cases over
units) while cases change twice a second. An event posted each millisecond tells how long the interface makes one wait; each input
is followed to the end of the next painting, each gesture's last input to the sharp frame. QgsMapCanvas plays the same gestures
(without the drags and without cases) on the same layers as anchor.
``python benchmarks/map_minute.py [--db FILE] [--xvfb] [--ratio 2] [--rounds N] [--no-anchor] [--verbose]``
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._figures import figure
from benchmarks._minute_script import minute, quantile

STALL_MS, SHOWN_MS, SHARP_MS = 16.0, 16.0, 300.0
INTERFACE_MB, WORKER_MB = 400.0, 800.0


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="A scripted minute on the map.")
    parser.add_argument("--db", help="a city instead of a new demo city")
    parser.add_argument("--components", type=int, default=20_000, help="of a new demo city")
    parser.add_argument("--rounds", type=int, default=1, help="minutes")
    parser.add_argument("--ratio", type=float, default=1.0, help="device pixels of a point; 2 is a 4K screen")
    parser.add_argument(
        "--xvfb", action="store_true", help="on an X server with a window manager, not offscreen"
    )
    parser.add_argument("--no-anchor", action="store_true", help="leave QgsMapCanvas out")
    parser.add_argument("--verbose", action="store_true", help="the longest stalls to standard error")
    args = parser.parse_args(argv)
    os.environ["QT_SCALE_FACTOR"] = str(args.ratio)
    if args.xvfb and "WORKSTATION_BENCH_X" not in os.environ:
        return on_x_server(args.ratio, sys.argv[1:] if argv is None else argv)
    os.environ["QT_QPA_PLATFORM"] = "xcb" if args.xvfb else "offscreen"
    print(json.dumps(measure(args), indent=1))
    return 0


def on_x_server(ratio: float, argv: list[str], program: str = __file__) -> int:
    """Run again on a screen of our own, with openbox."""
    width, height = round(1920 * ratio), round(1080 * ratio)
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(write)
        display = ":" + os.read(read, 16).decode().strip()
        environment = {**os.environ, "DISPLAY": display, "WORKSTATION_BENCH_X": "1"}
        quiet = subprocess.DEVNULL  # what it says of its menus would stand among the figures
        manager = subprocess.Popen(["openbox"], env=environment, stdout=quiet, stderr=quiet)
        try:
            return subprocess.run([sys.executable, program, *argv], env=environment, check=False).returncode
        finally:
            manager.terminate()
            manager.wait(10)
    finally:
        server.terminate()
        server.wait(10)


def measure(args: argparse.Namespace) -> list[dict[str, Any]]:
    """All figures."""
    from PySide6.QtWidgets import QApplication

    from benchmarks._minute import Player, Window, cases_and_units, play, resident, spin
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
        markers, units, own = cases_and_units(services)
        client = MapClient()
        client.start(services.db.worker_source(), services.city.map_crs)
        window = Window(client, services, 1920, 1080)
        window.show()
        window.fill(markers, units)
        if not spin(window.is_sharp, 60):
            raise SystemExit("no first frame")
        spin(lambda: client._spare is not None and client._spare.is_ready, 15)
        spin(lambda: False, 2)
        window.watch(True)
        player = Player(window, minute(window.width(), window.height(), rounds=args.rounds))
        play(player)
        window.watch(False)
        log = window.log
        log.paints = window.canvas.paints
        workers = [
            worker.pid
            for worker in (client._worker, client._spare.worker if client._spare else None)
            if worker
        ]
        memory = resident("self"), [resident(pid) for pid in workers]
        home = window.canvas.view.extent
        source, crs = services.db.worker_source(), services.city.map_crs
        window.canvas.shutdown()
        client.stop()
        window.garbage.stop()
        window.close()
        services.close()
        anchor = None if args.no_anchor else anchored(source, crs, list(home), args, Path(folder))
    del application
    if args.verbose:
        for name, stalls in (("wall", log.stalls), ("own", log.work)):
            longest = sorted((gap for _, gap in stalls.gaps), reverse=True)[:25]
            print(
                f"{name}: {len(stalls.gaps)} gaps above 9 ms:",
                *(f"{gap:.1f}" for gap in longest),
                file=sys.stderr,
            )
        print("paints", log.paints, file=sys.stderr)
    return figures(log, memory, anchor, own, len(markers), args)


def anchored(
    source: dict[str, Any], crs: str, extent: list[float], args: argparse.Namespace, folder: Path
) -> dict[str, Any]:
    """What QgsMapCanvas measured on the same gestures."""
    from benchmarks.map import qgis_python
    from workstation.map.definitions import MapDefinition
    from workstation.map.worker_process import worker_environment

    job = folder / "job.json"
    job.write_text(
        json.dumps(
            {
                "source": source,
                "map_crs": crs,
                "extent": extent,
                "steps": minute(1920, 1080, rounds=args.rounds),
                "width": 1920,
                "height": 1080,
                **MapDefinition.load().wire(),
            }
        ),
        encoding="utf-8",
    )
    environment = worker_environment("", folder / "qgis-settings")
    if args.xvfb:
        environment |= {"DISPLAY": os.environ["DISPLAY"], "QT_QPA_PLATFORM": "xcb"}
    environment["QT_SCALE_FACTOR"] = str(args.ratio)
    program = str(Path(__file__).with_name("_minute_canvas.py"))
    done = subprocess.run(
        [qgis_python(), "-s", "-E", program, str(job)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def figures(
    log: Any,
    memory: tuple[float, list[float]],
    anchor: dict[str, Any] | None,
    own: int,
    cases: int,
    args: Any,
) -> list[dict[str, Any]]:
    """The rows."""
    theirs = anchor or {}
    where = f"{'X' if args.xvfb else 'offscreen'}, {cases} cases ({own} the city's own)"
    rows = [
        figure(
            f"interface stall, 99.9th percentile ({where})",
            quantile(log.stalls.waits, 0.999),
            "ms",
            theirs.get("stall_999"),
            STALL_MS,
        ),
        figure(
            "the same by the interface's own processor time, longest",
            max(log.work.waits),
            "ms",
            None,
            STALL_MS,
        ),
        figure("interface stall, longest", max(log.stalls.waits), "ms", theirs.get("stall_max"), None),
        figure(
            "from an input to the next frame on the screen, median",
            quantile(log.shown, 0.5),
            "ms",
            None,
            None,
        ),
        figure(
            "from an input to the next frame on the screen, p95",
            quantile(log.shown, 0.95),
            "ms",
            theirs.get("shown_95"),
            SHOWN_MS,
        ),
        figure(
            "from an input to the next frame on the screen, p99.9",
            quantile(log.shown, 0.999),
            "ms",
            None,
            None,
        ),
        figure(
            "share of inputs shown within 16 ms",
            sum(v <= SHOWN_MS for v in log.shown) / len(log.shown) * 100,
            "%",
            None,
            None,
        ),
        figure(
            "from a gesture's end to the sharp frame, p95, all scales",
            quantile([v for _, v in log.sharp], 0.95),
            "ms",
            theirs.get("sharp_95"),
            SHARP_MS,
        ),
    ]
    for scale in ("city", "quarter", "district", "street"):
        ours = [v for name, v in log.sharp if name == scale]
        qgis = [v for name, v in theirs.get("sharp", []) if name == scale]
        rows.append(
            figure(
                f"from a gesture's end to the sharp frame, p95, {scale} ({len(ours)})",
                quantile(ours, 0.95),
                "ms",
                quantile(qgis, 0.95) if qgis else None,
                SHARP_MS,
            )
        )
    own_memory, workers = memory
    rows.append(
        figure("memory of the interface afterwards", own_memory, "MB", theirs.get("resident"), INTERFACE_MB)
    )
    rows.append(
        figure("memory of the worker afterwards", workers[0] if workers else 0.0, "MB", None, WORKER_MB)
    )
    rows.append(
        figure(
            "memory of the worker kept ready", workers[1] if len(workers) > 1 else 0.0, "MB", None, WORKER_MB
        )
    )
    return rows


if __name__ == "__main__":
    sys.exit(main())
