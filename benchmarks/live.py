"""How soon fifty seats hear of what one of them has committed, while all of them work.

Each seat is a process that listens as the window does and works a scripted shift at a person's pace. Measured from the
acknowledgement of a commit to the moment at which each of the other seats had been told of it; the window then reads the one
row that has changed. ``python benchmarks/live.py [--seats N] [--cases N] [--pace SECONDS]``
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._seat_server import durable
from benchmarks._shift import share, visible, work
from workstation import demo
from workstation.store.database import Database

GOAL = 200.0


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="From one seat's commit to the others' hearing of it.")
    parser.add_argument("--seats", type=int, default=50)
    parser.add_argument("--cases", type=int, default=2, help="cases that each seat works off")
    parser.add_argument(
        "--pace", type=float, default=4.0, help="seconds between two steps of a seat on average"
    )
    args = parser.parse_args(argv)
    with durable() as server, tempfile.TemporaryDirectory(prefix="workstation-live-") as folder:
        url = server.create("city")
        database = Database.create(url)
        demo.build(database, components=600, cases=80, grids=30)
        database.close()
        logs = work(url, args.seats, args.cases, Path(folder), pace=args.pace)
    seen = visible(logs)
    commits = sum(len(log.committed) for log in logs)
    seconds = max(log.ended for log in logs) - min(log.begun for log in logs)
    what = f"{args.seats} seats, {commits / seconds:.0f} commits a second: "
    figures: list[dict[str, object]] = [
        {"figure": f"{what}never heard of", "value": seen.count(float("inf")), "unit": "", "goal": "= 0"},
        {"figure": f"{what}p50 until another seat has heard", "value": _ms(share(seen, 0.5)), "unit": "ms"},
        {"figure": f"{what}p99 until another seat has heard", "value": _ms(share(seen, 0.99)), "unit": "ms"},
    ]
    figures[0]["met"] = figures[0]["value"] == 0
    figures[2] |= {"goal": f"<= {GOAL:g} ms", "met": _ms(share(seen, 0.99)) <= GOAL}
    print(json.dumps(figures, indent=1))
    return 0


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 1)


if __name__ == "__main__":
    raise SystemExit(main())
