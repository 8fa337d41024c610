"""Durable case transitions a second through the services, against the same rows written by bare sqlite3.

Cases go round the loop, eight commands each, one commit a command (WAL, synchronous=FULL). The anchor writes the very
same rows of the log, the change log, the projection and the case codes, one commit a transition, with the same pragmas,
into a copy of the same city, with its indexes and triggers: what is left is what permission, loading, deciding, hashing
and the database layer cost. Both keep their statements prepared. The two take turns, a round each, so that both meet the
same disk. ``python benchmarks/transitions.py [--rounds N] [--cases N]``
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from workstation import demo
from workstation.services.cases.cases import CaseService
from workstation.services.services import Services
from workstation.store import log, projection, spatialite
from workstation.store.database import Database
from workstation.store.log import EVENT_COLUMNS
from workstation.workflow.apply import apply
from workstation.workflow.case import Case
from workstation.workflow.event import Actor, Command, format_instant

GOAL = 0.5
Statement = tuple[str, Sequence[Any]]
TAKE_NUMBER = (
    "INSERT INTO case_code (day, last) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET last = excluded.last"
)


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Durable case transitions a second.")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each kind; the median counts")
    parser.add_argument("--cases", type=int, default=15, help="cases a round, eight transitions each")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="workstation-bench-") as folder:
        ours, bare = measure(Path(folder), args.rounds, args.cases)
    value, anchor = statistics.median(ours), statistics.median(bare)
    # Round by round: a disk that is slow for a while is slow for both halves of a round.
    ratio = statistics.median(mine / its for mine, its in zip(ours, bare, strict=True))
    figure = {
        "figure": "durable case transitions through services, SpatiaLite",
        "value": round(value, 1),
        "unit": "1/s",
        "anchor": round(anchor, 1),
        "ratio": round(ratio, 3),
        "goal": f"ratio >= {GOAL}",
        "met": ratio >= GOAL,
    }
    print(json.dumps([figure], indent=1))
    return 0


def measure(folder: Path, rounds: int, cases: int) -> tuple[list[float], list[float]]:
    """Transitions a second, by round: through the services, and bare."""
    path = folder / "city.sqlite"
    database = Database.create(str(path))
    demo.build(database, components=600, cases=80, grids=30)
    database.close()
    copy = folder / "bare.sqlite"
    shutil.copyfile(path, copy)
    services = Services.open(str(path))
    bare = sqlite3.connect(copy, isolation_level=None, cached_statements=256)
    for pragma in ("PRAGMA journal_mode=WAL", *spatialite.PRAGMAS, spatialite.WRITER_CACHE):
        bare.execute(pragma)
    ours: list[float] = []
    anchors: list[float] = []
    for number in range(rounds + 1):
        seconds, ids = through_services(services, cases)
        steps = recorded(services, ids)
        again = through_sqlite(bare, steps)
        if number:  # the first round warms both up
            ours.append(len(steps) / seconds)
            anchors.append(len(steps) / again)
    compare(services, bare)
    bare.close()
    services.close()
    return ours, anchors


def loop(services: Services) -> list[tuple[str, dict[str, Any], Actor]]:
    """The commands of one case's way round, each with the actor whose it is."""
    by_post = {}
    for post in ("operator", "shift_leader", "dispatcher", "collector"):
        by_post[post] = services.people.actor(services.people.with_post(post)[0].id, post)
    receiver = services.people.with_post("receiver")[0]
    condition = services.handbook.conditions("component", "0101")[0].key
    lon, lat = services.city.center
    report = {
        "kind": "component",
        "class_code": "0101",
        "source": "collector",
        "description": "井盖缺失，存在安全隐患",
        "address": "清和大道 18 号",
        "lon": lon,
        "lat": lat,
        "grid": services.places.grids()[0].code,
        "area_class": "core",
    }
    return [
        ("register", report, by_post["operator"]),
        (
            "file",
            {"kind": "component", "class_code": "0101", "condition": condition, "emergency": False},
            by_post["shift_leader"],
        ),
        ("dispatch", {"unit": receiver.unit}, by_post["dispatcher"]),
        ("receive", {}, services.people.actor(receiver.id, "receiver")),
        ("feed_back", {"note": "已更换井盖"}, services.people.actor(receiver.id, "receiver")),
        ("send_verify", {"to": by_post["collector"].person}, by_post["operator"]),
        ("verified", {"result": "pass"}, by_post["collector"]),
        ("close", {}, by_post["shift_leader"]),
    ]


def through_services(services: Services, cases: int) -> tuple[float, list[str]]:
    """Take new cases round the loop; the seconds it took, and the cases."""
    steps = loop(services)
    execute = services.cases.execute
    ids = [services.cases.new_case_id() for _ in range(cases)]
    begun = time.perf_counter()
    for case_id in ids:
        for seq, (name, data, actor) in enumerate(steps):
            execute(
                Command(name, case_id, CaseService.new_command_id(services.cases), data, seq or None), actor
            )
    return time.perf_counter() - begun, ids


def recorded(services: Services, ids: list[str]) -> list[list[Statement]]:
    """What was written, transition by transition, as statements ready to run."""
    out = []
    with services.db.read() as conn:
        streets = {row[0]: row[1] for row in conn.exec_driver_sql("SELECT id, street FROM cases")}
        for case_id in ids:
            case: Case | None = None
            before: dict[str, Any] = {}
            for stored in log.history(conn, case_id):
                case = apply(case, stored.event)
                row = {**projection.row(case, stored.hash, stored.event.at), "street": streets[case_id]}
                out.append(statements(stored, row, before))
                before = row
    return out


def statements(stored: log.StoredEvent, row: dict[str, Any], before: dict[str, Any]) -> list[Statement]:
    """One transition's rows: change log, event, projection (only the columns that differ), the case's number."""
    values = log.event_values(stored.event, stored.log_id, stored.prev_hash, stored.hash)
    marks = ", ".join("?" * len(EVENT_COLUMNS))
    change = (stored.log_id, "case", stored.event.case_id, format_instant(stored.event.at))
    out: list[Statement] = [
        ("INSERT INTO change_log (id, topic, key, at) VALUES (?, ?, ?, ?)", change),
        (f"INSERT INTO case_event ({', '.join(EVENT_COLUMNS)}) VALUES ({marks})", values),
    ]
    if not before:
        columns = list(row)
        marks = ", ".join("?" * len(columns))
        out.append(
            (f"INSERT INTO cases ({', '.join(columns)}) VALUES ({marks})", [row[name] for name in columns])
        )
        out.append((TAKE_NUMBER, (row["code"][:-5], int(row["code"][-5:]))))
    else:
        changed = [name for name in row if row[name] != before[name]]
        pairs = ", ".join(f"{name} = ?" for name in changed)
        out.append((f"UPDATE cases SET {pairs} WHERE id = ?", [*(row[name] for name in changed), row["id"]]))
    return out


def through_sqlite(conn: sqlite3.Connection, steps: list[list[Statement]]) -> float:
    """Write the same rows, one commit a transition; the seconds it took."""
    begun = time.perf_counter()
    for step in steps:
        conn.execute("BEGIN IMMEDIATE")
        for statement, values in step:
            conn.execute(statement, values)
        conn.execute("COMMIT")
    return time.perf_counter() - begun


def compare(services: Services, bare: sqlite3.Connection) -> None:
    """Make sure that both have written the same: a figure about different work would be worth nothing."""
    query = "SELECT * FROM {0} ORDER BY 1, 2"
    with services.db.read() as conn:
        for table in ("case_event", "cases", "change_log", "case_code"):
            wanted = [tuple(row) for row in conn.exec_driver_sql(query.format(table))]
            if wanted != bare.execute(query.format(table)).fetchall():
                raise SystemExit(f"the two have not written the same rows of {table}")


if __name__ == "__main__":
    raise SystemExit(main())
