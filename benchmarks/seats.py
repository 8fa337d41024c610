"""Fifty seats at work on one server, beside pgbench with the same statements on the same server in the same run.

A private PostgreSQL that waits for the disk; a demo city; fifty processes, each with services of its own that listen, work
a scripted shift as fast as they are answered, and everything they send is noted. Then pgbench sends the same statements,
prepared, with the same values, over fifty connections, which listen too, to a copy of the same city. The ratio is what the
seats themselves cost. Last the seats work at a person's pace.

Seats are other machines than the server. So it has half of this machine's cores here, and the seats, or pgbench in their place,
the other half, all fifty of them; ``--together`` lets them take the server's cores from it as well.
``python benchmarks/seats.py [--seats N] [--cases N] [--pace SECONDS] [--together]``
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks._chaos_server import USER, Server, programs
from benchmarks._seat_server import durable
from benchmarks._shift import Log, Sent, share, visible, work
from workstation import demo
from workstation.store.database import NOTIFY, Database
from workstation.store.listener import PRESENCE

GATE = 7001
"""The advisory lock behind which pgbench's connections wait until all of them are ready."""
_AS_TEXT = re.compile(r"%(\(\w+\)|)s")


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Seats at work, and pgbench beside them.")
    parser.add_argument("--seats", type=int, default=50)
    parser.add_argument(
        "--cases", type=int, default=6, help="cases that each seat works off, as fast as it can"
    )
    parser.add_argument(
        "--pace", type=float, default=4.0, help="seconds between two steps of a seat, at a person's pace"
    )
    parser.add_argument("--components", type=int, default=2000)
    parser.add_argument("--city-cases", type=int, default=1000)
    parser.add_argument(
        "--together", action="store_true", help="seats and server share all cores of this machine"
    )
    args = parser.parse_args(argv)
    with (
        durable(apart=not args.together) as server,
        tempfile.TemporaryDirectory(prefix="workstation-shift-") as name,
    ):
        folder = Path(name)
        url = server.create("city")
        database = Database.create(url)
        demo.build(database, components=args.components, cases=args.city_cases, grids=60)
        database.close()
        for copy in ("seats", "bare", "paced"):
            run(server, f"CREATE DATABASE {copy} TEMPLATE city")
        run(server, "CHECKPOINT")
        logs = work(server.url("seats"), args.seats, args.cases, folder, record=True)
        run(server, "CHECKPOINT")
        spent = pgbench(server, "bare", [log.sent for log in logs], folder)
        same_work(server)
        for copy in ("seats", "bare"):  # what is left to do for them is not the next measurement's
            run(server, f"DROP DATABASE {copy}")
        run(server, "CHECKPOINT")
        steps = max(2, args.cases // 3)
        calm = work(server.url("paced"), args.seats, steps, folder, pace=args.pace)
    where = (
        "server and seats share all cores"
        if args.together
        else "server and seats on a half of the cores each"
    )
    found = figures(args.seats, args.pace, logs, calm, spent)
    print(
        json.dumps(
            [{**item, "figure": f"{item['figure']}; {where}"} for item in found], indent=1, ensure_ascii=False
        )
    )
    return 0


def figures(
    seats: int, pace: float, logs: Sequence[Log], calm: Sequence[Log], bare: float
) -> list[dict[str, Any]]:
    """What was measured."""
    begun, ended = min(log.begun for log in logs), max(log.ended for log in logs)
    transitions = [seconds for log in logs for seconds in log.transitions]
    reads = [seconds for log in logs for seconds in log.reads]
    rate, anchor = len(transitions) / (ended - begun), len(transitions) / bare
    every = f"{seats} seats, a step every {pace:g} s each"
    full = f"{seats} seats, as fast as they are answered"
    out: list[dict[str, Any]] = [
        {
            "figure": f"{full}: transitions (anchor: pgbench, same statements)",
            "value": round(rate, 1),
            "unit": "/s",
            "anchor": round(anchor, 1),
            "ratio": round(rate / anchor, 2),
            "goal": ">= 0.7 of pgbench",
            "met": rate / anchor >= 0.7,
        },
        {
            "figure": f"{full}: statements sent for one transition and the reading around it",
            "value": round(sum(len(log.sent) for log in logs) / len(transitions), 1),
            "unit": "",
        },
    ]
    for title, which, goal in ((full, logs, None), (every, calm, 100)):
        steps = [seconds for log in which for seconds in log.transitions]
        looks = [seconds for log in which for seconds in log.reads]
        out.append(_time(f"{title}: p50 of a transition", share(steps, 0.5), None))
        out.append(_time(f"{title}: p99 of a transition", share(steps, 0.99), goal))
        out.append(_time(f"{title}: p99 of reading a list, a count or a case", share(looks, 0.99), None))
        seen = visible(which)
        out.append(_time(f"{title}: p50 until another seat has heard", share(seen, 0.5), None))
        out.append(
            _time(f"{title}: p99 until another seat has heard", share(seen, 0.99), 200 if goal else None)
        )
    assert reads
    return out


def _time(name: str, seconds: float, goal: int | None) -> dict[str, Any]:
    told = round(1000 * seconds, 1)
    extra = {"goal": f"<= {goal} ms", "met": told <= goal} if goal is not None else {}
    return {"figure": name, "value": told, "unit": "ms", **extra}


# ---- pgbench ------------------------------------------------------------------------------------------------------------


def pgbench(server: Server, database: str, sent: Sequence[Sequence[Sent]], folder: Path) -> float:
    """The seconds in which pgbench has sent the same, each seat's over a connection of its own, all at once.

    A pgbench for each seat: one alone takes minutes to read a script of all of them.
    """
    import psycopg

    folder_of = programs()
    assert folder_of is not None
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
    started: list[subprocess.Popen[bytes]] = []
    with psycopg.connect(server.url(database), autocommit=True) as gate:
        gate.execute("SELECT pg_advisory_lock(%s)", (GATE,))
        deadline = time.monotonic() + 900
        for seat, statements in enumerate(sent):
            script = folder / f"shift-{seat}.sql"
            script.write_text("".join(replayed(statements)), encoding="utf-8")
            command = [
                str(folder_of / "pgbench"),
                *("-h", "127.0.0.1", "-p", str(server.port), "-U", USER, "-n", "-M", "simple"),
                *("-c", "1", "-t", "1", "-f", str(script), database),
            ]
            with (folder / f"pgbench-{seat}.log").open("wb") as log:
                started.append(subprocess.Popen(command, stdout=log, stderr=log))
            # A few at a time: each has the server load the program first.
            while seat - _count(gate, waiting) >= 2 or (
                seat == len(sent) - 1 and _count(gate, waiting) <= seat
            ):
                failed = next((n for n, one in enumerate(started) if one.poll() is not None), None)
                if failed is not None or time.monotonic() > deadline:
                    said = (folder / f"pgbench-{failed or 0}.log").read_text()
                    raise SystemExit(f"pgbench did not begin: {said[-2000:]}")
                time.sleep(0.05)
        begun = time.monotonic()
        gate.execute("SELECT pg_advisory_unlock(%s)", (GATE,))
        for process in started:
            process.wait(3600)
        spent = time.monotonic() - begun
    for seat, process in enumerate(started):
        said = (folder / f"pgbench-{seat}.log").read_text()
        if process.returncode or "aborted" in said or "1/1" not in said:
            raise SystemExit("pgbench failed: " + said[-2000:])
    return spent


def _count(conn: Any, waiting: str) -> int:
    row = conn.execute(waiting, (GATE,)).fetchone()
    return int(row[0]) if row is not None else 0


def replayed(statements: Sequence[Sent]) -> list[str]:
    """A seat's statements as a script: each text prepared once, then executed with the values that were sent."""
    from psycopg._queries import PostgresQuery
    from psycopg.adapt import Transformer

    names: dict[bytes, str] = {}
    head: list[str] = []
    body: list[str] = []
    for text, params in statements:
        if params is None:
            body.append(f"{text};\n")
            continue
        query = PostgresQuery(Transformer())
        query.convert(_AS_TEXT.sub(r"%\1t", text), params or None)
        values = [_literal(value) for value in query.params or ()]
        if not values:
            body.append(f"{text.rstrip().rstrip(';')};\n")
            continue
        name = names.setdefault(query.query, f"s{len(names)}")
        if len(names) > len(head):
            head.append(f"PREPARE {name} AS {query.query.decode()};\n")
        body.append(f"EXECUTE {name}({', '.join(values)});\n")
    warm = "SELECT door.ready();\n"
    head = [f"LISTEN {NOTIFY};\nLISTEN {PRESENCE};\n", *head]
    gate = f"SELECT pg_advisory_lock_shared({GATE});\nSELECT pg_advisory_unlock_shared({GATE});\n"
    return [*head, warm, gate, *body]


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    text = bytes(value).decode()
    return "'" + text.replace("'", "''") + "'"


def same_work(server: Server) -> None:
    """Both must have done the same: a figure about other work would be worth nothing."""
    import psycopg

    found = []
    for database in ("seats", "bare"):
        with psycopg.connect(server.url(database)) as conn:
            found.append(
                conn.execute("SELECT kind, count(*) FROM case_event GROUP BY kind ORDER BY kind").fetchall()
            )
    if found[0] != found[1]:
        raise SystemExit(f"pgbench has done other work than the seats: {found[1]} for {found[0]}")


def run(server: Server, statement: str) -> None:
    """One statement on the maintenance database."""
    import psycopg

    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute(statement.encode())


if __name__ == "__main__":
    raise SystemExit(main())
