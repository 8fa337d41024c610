"""What a case costs on PostGIS: bytes of tables and indexes, log written, memory of a connection, time of backups.

A server of its own in a temporary folder, durable as a real one, with a demo city of ``--cases`` cases; then ``--loops``
cases more are taken round the whole loop while the server's log (WAL) is counted. The figures are what
docs/deployment.md reckons a province from. ``python benchmarks/sizes.py [--cases N] [--loops N]``
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from sqlalchemy import text
from transitions import through_services

from workstation import demo
from workstation.services.services import Services
from workstation.store import backup
from workstation.store.database import Database, parse_url
from workstation.store.ops import local, partition, programs

GROWING = ("case_event", "cases", "change_log", "case_unit", "personal", "photo")
"""The tables that grow with the cases."""


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="What a case costs on PostGIS.")
    parser.add_argument("--cases", type=int, default=3000, help="cases of the demo city")
    parser.add_argument("--loops", type=int, default=60, help="cases more, eight transitions each")
    args = parser.parse_args(argv)
    folder = Path(tempfile.mkdtemp(prefix="workstation-sizes-"))
    folder.chmod(0o755)
    server = local.make(folder / "server")
    try:
        local.start(server)
        figures = measure(server, folder, args.cases, args.loops)
    finally:
        local.stop(server)
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(figures, indent=1))
    return 0


def measure(server: local.Local, folder: Path, cases: int, loops: int) -> list[dict[str, Any]]:
    """Every figure."""
    maintenance = Database(parse_url(server.url("postgres")))
    with maintenance.autocommit() as conn:
        conn.exec_driver_sql(f"CREATE DATABASE {server.city}")
    maintenance.close()
    database = Database.create(server.url())
    demo.build(database, components=600, cases=cases, grids=30)
    with database.autocommit() as conn:
        conn.execute(text("VACUUM (FULL, ANALYZE)"))
        conn.execute(text("CHECKPOINT"))
    figures = sizes(database)
    database.close()
    figures += written(server.url(), loops)
    figures += divided(server.url(), loops)
    figures += copies(server, folder)
    return figures


def figure(name: str, value: float, unit: str) -> dict[str, Any]:
    """One figure without a goal."""
    return {"figure": name, "value": round(value, 3), "unit": unit, "anchor": None, "ratio": None, "goal": ""}


def sizes(database: Database) -> list[dict[str, Any]]:
    """Bytes of tables and indexes, a case."""
    out = []
    with database.read() as conn:
        count = int(conn.execute(text("SELECT count(*) FROM cases")).scalar_one())
        events = int(conn.execute(text("SELECT count(*) FROM case_event")).scalar_one())
        out.append(figure("cases in the demo city", count, "cases"))
        out.append(figure("events a case", events / count, "events"))
        for table in GROWING:
            row = conn.execute(
                text("SELECT count(*), pg_table_size(:t), pg_indexes_size(:t) FROM " + table), {"t": table}
            ).one()
            out.append(figure(f"{table}: rows a case", row[0] / count, "rows"))
            out.append(figure(f"{table}: bytes a case, rows", row[1] / count, "bytes"))
            out.append(figure(f"{table}: bytes a case, indexes", row[2] / count, "bytes"))
        photos = conn.execute(text("SELECT coalesce(avg(size), 0)::float8 FROM photo")).scalar_one()
        out.append(figure("photo: bytes each in the demo city", photos, "bytes"))
    return out


def written(url: str, loops: int) -> list[dict[str, Any]]:
    """Bytes of log a transition, right after a checkpoint and later, and the memory of a connection that has worked."""
    services = Services.open(url)
    try:
        through_services(services, 4)
        with services.db.autocommit() as conn:
            conn.execute(text("CHECKPOINT"))
        first = _log_bytes(services)
        seconds, _ = through_services(services, loops)
        after = _log_bytes(services)
        through_services(services, loops)
        later = _log_bytes(services)
        steps = loops * 8
        return [
            figure("log a transition, first after a checkpoint", (after - first) / steps, "bytes"),
            figure("log a transition, later", (later - after) / steps, "bytes"),
            figure("transitions of one seat", steps / seconds, "1/s"),
            figure("memory of a connection that has worked, its own", _memory(services), "bytes"),
        ]
    finally:
        services.close()


def divided(url: str, loops: int) -> list[dict[str, Any]]:
    """What a transition costs with the log divided by months, against the whole one, round about; and the keys' bytes."""
    rounds: dict[str, list[float]] = {"whole": [], "divided": []}
    for kind in rounds:
        services = Services.open(url)
        try:
            through_services(services, 4)
            for _ in range(5):
                seconds, _ids = through_services(services, max(1, loops // 5))
                rounds[kind].append(seconds / (max(1, loops // 5) * 8) * 1000)
            if kind == "whole":
                with services.db.write() as conn:
                    partition.divide(conn, 36, datetime.now(UTC))
            else:
                with services.db.read() as conn:
                    keys = conn.execute(
                        text(
                            "SELECT pg_total_relation_size('case_command')::float8 / count(*) FROM case_command"
                        )
                    ).scalar_one()
        finally:
            services.close()
    whole, parts = min(rounds["whole"]), min(rounds["divided"])
    return [
        {
            **figure("a transition, log divided into 37 months and more", parts, "ms"),
            "anchor": round(whole, 3),
            "ratio": round(parts / whole, 3),
        },
        figure("case_command: bytes an event, rows and indexes", keys, "bytes"),
    ]


def _log_bytes(services: Services) -> int:
    with services.db.read() as conn:
        return int(conn.execute(text("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")).scalar_one())


def _memory(services: Services) -> float:
    """The private memory of the server's process behind our writing connection."""
    with services.db.write() as conn:
        pid = conn.execute(text("SELECT pg_backend_pid()")).scalar_one()
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    own = [int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))]
    return float(sum(own) * 1024)


def copies(server: local.Local, folder: Path) -> list[dict[str, Any]]:
    """How fast the city is dumped and restored, and the whole server copied."""
    database = Database.open(server.url())
    with database.read() as conn:
        size = int(conn.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    begun = time.perf_counter()
    backup.backup(database, folder / "city.dump")
    dumped = time.perf_counter()
    database.close()
    backup.restore(folder / "city.dump", server.url("again"))
    restored = time.perf_counter()
    copy = server.folder / "copy"
    programs.run(
        [str(server.programs / "pg_basebackup"), "-D", str(copy), "-c", "fast", "-d", server.url("postgres")],
        user=server.user,
    )
    copied = time.perf_counter()
    whole = sum(path.stat().st_size for path in copy.rglob("*") if path.is_file())
    return [
        figure("size of the city", size, "bytes"),
        figure("size of its dump", (folder / "city.dump").stat().st_size, "bytes"),
        figure("dump", size / (dumped - begun), "bytes/s"),
        figure("restore", size / (restored - dumped), "bytes/s"),
        figure("copy of the whole server (pg_basebackup)", whole / (copied - restored), "bytes/s"),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
