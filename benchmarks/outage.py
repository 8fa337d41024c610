"""How soon a seat notices that its server is away, and how soon everything is as before when it is back.

A seat works; its server is stopped for ``--seconds`` (a centre's ten minutes: 600). Meanwhile a report is taken every so
often and sent to be checked. When the server is started again the outbox is sent; every command must be in the log once.
``python benchmarks/outage.py [--seconds N] [--reports N] [--kill]``
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import _chaos_seat
import _chaos_server

from workstation import demo
from workstation.services.seat.outbox import Kept
from workstation.services.services import Services
from workstation.store import audit
from workstation.store.database import Database
from workstation.workflow.event import Command

NOTICED_GOAL = 10.0
BACK_GOAL = 10.0


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="A server away for a while.")
    parser.add_argument(
        "--seconds", type=float, default=20.0, help="how long the server is away (default 20)"
    )
    parser.add_argument("--reports", type=int, default=20, help="how many reports are taken meanwhile")
    parser.add_argument("--kill", action="store_true", help="kill -9 instead of stopping it")
    args = parser.parse_args(argv)
    programs = _chaos_server.programs()
    if programs is None:
        print("PostgreSQL is not installed (apt install postgresql postgis)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="workstation-outage-") as folder:
        Path(folder).chmod(0o711)
        os.environ["WORKSTATION_HOME"] = str(Path(folder) / "home")
        server = _chaos_server.Server(programs, Path(folder) / "server")
        server.start()
        try:
            url = server.create("city")
            database = Database.create(url)
            demo.build(database, components=600, cases=80, grids=30)
            database.close()
            figures = measure(url, server, args.seconds, args.reports, args.kill)
        finally:
            server.stop("immediate")
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    return 0


def measure(
    url: str, server: _chaos_server.Server, seconds: float, reports: int, kill: bool
) -> list[dict[str, Any]]:
    """One time away."""
    services = Services.open(url)
    services.listen()
    actors, place = _chaos_seat.people_of(services), _chaos_seat.place_of(services)
    try:
        begun = time.monotonic()
        if kill:
            server.kill()
        else:
            server.stop("fast")
        while services.link.state.online:
            time.sleep(0.01)
        noticed = time.monotonic() - begun
        sent: list[str] = []
        for _ in range(reports):
            cases = services.cases
            data = {
                **{"kind": "component", "class_code": "0101", "source": "hotline_12345"},
                **{"description": "井盖破损", "address": "文昌街与运河路交叉口", **place},
            }
            taken = services.outbox.execute(
                [Command("register", cases.new_case_id(), cases.new_command_id(), data)], actors["operator"]
            )
            assert isinstance(taken, Kept)
            check = Command(
                "send_check",
                taken.case.id,
                cases.new_command_id(),
                {"to": actors["collector"].person},
                taken.case.seq,
            )
            services.outbox.execute([check], actors["operator"])
            sent += [taken.event.command_id if taken.event else "", check.id]
            time.sleep(max(0.0, (seconds - (time.monotonic() - begun)) / reports / 2))
        time.sleep(max(0.0, seconds - (time.monotonic() - begun)))
        server.start()
        begun = time.monotonic()
        while not services.link.state.online:
            time.sleep(0.01)
        back = time.monotonic() - begun
        while services.outbox.waiting:
            time.sleep(0.01)
        done = time.monotonic() - begun
        with services.db.read() as conn:
            rows = conn.exec_driver_sql("SELECT command_id FROM case_event").fetchall()
            clean = audit.verify_log(conn).clean
        there = [row[0] for row in rows]
        wrong = sum(1 for command in sent if there.count(command) != 1)
    finally:
        services.close()
    how = "killed" if kill else "stopped"
    title = f"server {how} for {seconds:g} s, {len(sent)} commands meant meanwhile"

    def line(what: str, value: float, unit: str, goal: str = "", met: bool | None = None) -> dict[str, Any]:
        return {
            **{"figure": f"{title}: {what}", "value": round(value, 3), "unit": unit},
            **{"anchor": None, "ratio": None, "goal": goal, "met": met},
        }

    return [
        line("noticed after", noticed, "s", f"<= {NOTICED_GOAL:g}", noticed <= NOTICED_GOAL),
        line("reached again after", back, "s", f"<= {BACK_GOAL:g}", back <= BACK_GOAL),
        line("everything sent after", done, "s"),
        line("became impossible", services.outbox.impossible, "1", "0", services.outbox.impossible == 0),
        line("not in the log exactly once", wrong, "1", "0", wrong == 0),
        line("log and projection agree", float(clean), "1", "1", clean),
    ]


if __name__ == "__main__":
    sys.exit(main())
