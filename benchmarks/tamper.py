"""Random tamperings with a sealed log, by somebody who may do anything to the database: is each found, and named?

Each is done straight to the tables, its triggers off (on PostgreSQL by a superuser with ``session_replication_role``), looked
at by the verification, and rolled back. The forger knows how hashes are made, and adjusts what can be adjusted without
the key: hashes of whole cases, the projection, the change log, what is kept of the seals. Clean cities are verified too:
after imports, mergers, divisions and an upgrade of a city of the first schema nothing may be found.
``python benchmarks/tamper.py [--count N] [--clean N] [--store spatialite|postgis|both] [--seed N] [--events N] [--explain]``
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import _forger, _sealed_city
from workstation.services.audit import log_records, proof
from workstation.store.database import Database

Figure = dict[str, Any]


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Tamperings that are found and named.")
    parser.add_argument("--count", type=int, default=1000, help="tamperings on each store")
    parser.add_argument("--clean", type=int, default=100, help="clean cities")
    parser.add_argument("--store", choices=("spatialite", "postgis", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=200_000, help="events of the log that is timed")
    parser.add_argument("--explain", action="store_true", help="say of each kind how it was named, on stderr")
    args = parser.parse_args(argv)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="workstation-tamper-") as folder:
        for store in ("spatialite", "postgis") if args.store == "both" else (args.store,):
            with city_url(store, Path(folder)) as url:
                figures += tamperings(url, store, args.count, args.seed, args.explain)
        if args.clean:
            figures.append(clean_runs(Path(folder), args.clean, args.seed))
        if args.events:
            figures.append(speed(Path(folder), args.events))
    print(json.dumps(figures, indent=1))
    return 0


@contextmanager
def city_url(store: str, folder: Path) -> Iterator[str]:
    """A place for a city on that store."""
    if store == "spatialite":
        yield str(folder / "city.sqlite")
        return
    from tests import postgis

    programs = postgis.programs()
    if programs is None:
        raise SystemExit("PostgreSQL with PostGIS is not installed; --store spatialite goes without")
    with postgis.running(programs) as server:
        yield server.new_database()


def tamperings(url: str, store: str, count: int, seed: int, explain: bool = False) -> list[Figure]:
    """So many tamperings with a sealed city: how many were found, and how many named."""
    database = Database.create(url)
    sealed = _sealed_city.make(database)
    rng = random.Random(seed)
    found = named = 0
    told: dict[str, Counter[str]] = {}
    for number in range(count):
        kind = _forger.KINDS[number % len(_forger.KINDS)]
        with _forger.tampered(database, kind, rng, sealed) as (conn, expected):
            report = proof.verify(log_records.of_database(conn), pins=sealed.pins)
        found += not report.clean
        right = _forger.names(report, expected)
        named += right
        told.setdefault(kind, Counter()).update({finding.kind for finding in report.findings} or {"NOTHING"})
        if not right:
            print(f"{store} {number} {kind}: {expected} {report.findings[:5]}", file=sys.stderr)
    if explain:
        for kind, kinds in sorted(told.items()):
            print(f"{store} {kind:24} {dict(kinds.most_common())}", file=sys.stderr)
    database.close()
    return [
        _share(f"tamperings before the last seal that are found, {store}", found, count),
        _share(f"tamperings that are named by case and event, or by the seal's day, {store}", named, count),
    ]


def clean_runs(folder: Path, count: int, seed: int) -> Figure:
    """Clean cities, each sealed here and there, in which something must not be found."""
    false = 0
    for number in range(count):
        path = folder / f"clean{number}.sqlite"
        with (
            _sealed_city.clean(path, random.Random(seed * 1000 + number)) as (database, pins),
            database.read() as conn,
        ):
            report = proof.verify(log_records.of_database(conn), pins=pins)
        if not report.clean:
            print(f"clean city {number}: {report.findings[:5]}", file=sys.stderr)
        false += not report.clean
    return {
        "figure": "clean cities in which something was found",
        "value": false,
        "unit": f"of {count}",
        "goal": "0",
        "met": false == 0,
    }


def speed(folder: Path, events: int) -> Figure:
    """Events a second that are verified, against plain SHA-256 over the same bytes, in chunks of the same size."""
    database, made = _sealed_city.large(folder / "large.sqlite", events)
    with database.read() as conn:
        begun = time.perf_counter()
        report = proof.verify(log_records.of_database(conn))
        seconds = time.perf_counter() - begun
        assert report.clean and report.events == made == report.sealed, report.findings[:3]
        texts = ["\x1f".join(map(str, row)).encode() for row in log_records.events(conn)]
    begun = time.perf_counter()
    for text in texts:
        hashlib.sha256(text).digest()
    anchor = made / (time.perf_counter() - begun)
    database.close()
    return {
        "figure": f"events verified, of a log of {made} ({sum(map(len, texts)) / 1e6:.0f} MB)",
        "value": round(made / seconds, 1),
        "unit": "1/s",
        "anchor": round(anchor, 1),
        "ratio": round(made / seconds / anchor, 4),
        "goal": "",
        "met": None,
    }


def _share(figure: str, value: int, count: int) -> Figure:
    return {
        "figure": figure,
        "value": value,
        "unit": f"of {count}",
        "goal": str(count),
        "met": value == count,
    }


if __name__ == "__main__":
    raise SystemExit(main())
