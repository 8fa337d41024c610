"""How long finding takes in a city of a million components, against a plain ``LIKE '%…%'`` on the same tables.

Some hundred texts are made of what the city has: codes of cases, components and grids (whole, beginning, end, middle), names
whole, by two characters, in pinyin, by initials and mixed, addresses, units, people, classes, and texts that nothing has. Each
is looked for as the centre and as a unit's person; the figure is the 95th percentile of all. Once more with a million cases.

``python benchmarks/finding.py [--db FILE] [--stores spatialite,postgis] [--components N] [--cases N] [--table]``
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import _big_city
from workstation.services.finding import index as finding_index
from workstation.services.finding import pinyin
from workstation.services.services import Services
from workstation.store import raw
from workstation.store.database import Database
from workstation.store.projection import COLUMNS

GOAL = 50.0
SEED = 2026
EACH = 12
"""Texts of each sort."""
LIMIT = 30


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Finding by code, name, pinyin and address.")
    parser.add_argument("--db", type=Path, help="a city to copy and measure in, instead of making one")
    parser.add_argument("--stores", default="spatialite,postgis")
    parser.add_argument("--components", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=1_000_000, help="of the second round; 0: none")
    parser.add_argument(
        "--table", action="store_true", help="print every sort's times to the error output too"
    )
    args = parser.parse_args(argv)
    figures: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="workstation-bench-") as folder:
        path = _big_city.city(args.components, 10_000, 5_000, Path(folder), args.db)
        for store in args.stores.split(","):
            with _big_city.opened(store, path) as database:
                figures += round_of(database, store, args.table, everything)
                if args.cases:
                    count = multiply(database, args.cases)
                    figures += round_of(database, f"{store}, {count:,} cases", args.table, codes_alone)
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    return 0


# ---- texts ---------------------------------------------------------------------------------------------------


class Words:
    """Texts made of what a city has."""

    def __init__(self, database: Database) -> None:
        self._chance = random.Random(SEED)
        with database.read() as conn:
            self._names = raw.all_rows(conn, "SELECT kind, ref, name FROM find_entry ORDER BY id")
            last = int(raw.all_rows(conn, "SELECT max(id) FROM component")[0][0])
            self._components = [
                raw.all_rows(
                    conn,
                    "SELECT code FROM component WHERE id >= ? ORDER BY id LIMIT 1",
                    (self._chance.randint(1, last),),
                )[0][0]
                for _ in range(EACH)
            ]
            codes = [
                row[0] for row in raw.all_rows(conn, "SELECT code FROM cases WHERE code <> '' LIMIT 50000")
            ]
            self._cases = self._chance.sample(codes, EACH)

    def _some(self, *kinds: str) -> list[Any]:
        return self._chance.sample([row for row in self._names if row[0] in kinds], EACH)

    def codes(self) -> dict[str, list[str]]:
        """Of cases and components, whole and in part."""
        return {
            "case, whole": self._cases,
            "case, end": [code[-6:] for code in self._cases],
            "case, part": [code[8:14] for code in self._cases],
            "component, whole": self._components,
            "component, prefix": [code[:12] for code in self._components],
            "component, end": [code[-6:] for code in self._components],
            "grid": [row[1] for row in self._some("grid")],
        }

    def names(self) -> dict[str, list[str]]:
        """Of everything that has a name, in every writing."""
        places = self._some("road", "building", "division")
        roads = [row[2] for row in self._some("road")]
        crossings = [row[2] for row in self._some("crossing")]
        return {
            "two characters": [row[2][:2] for row in places],
            "whole name": [row[2] for row in places],
            "pinyin": [pinyin.whole(row[2]) for row in places],
            "initials": [pinyin.initials(row[2]).split()[0] for row in places],
            "mixed": [pinyin.initials(name).split()[0][:-1] + name[-1] for name in roads],
            "half pinyin": ["".join(pinyin.syllables(name)[:2]) + name[2:] for name in roads],
            "one letter": list("abcdghjlmnsx"),
            "one character": [name[-1] for name in roads],
            "address": [f"{name}{n}号门前" for n, name in enumerate(roads, 3)],
            "crossing": [name.removesuffix("交叉口") for name in crossings],
            "two words": [name.replace("与", " ").removesuffix("交叉口") for name in crossings],
            "unit": [row[2] for row in self._some("unit")],
            "person": [row[2] for row in self._some("person")],
            "class": [
                "井盖",
                "路灯",
                "行道树",
                "jg",
                "ld",
                "垃圾箱",
                "公厕",
                "消防",
                "jinggai",
                "护栏",
                "雨水",
                "电力",
            ],
            "nothing": [f"没有{n}这里" for n in range(EACH)],
        }


def everything(words: Words) -> dict[str, list[str]]:
    """Every sort of text."""
    return words.codes() | words.names()


def codes_alone(words: Words) -> dict[str, list[str]]:
    """Codes alone."""
    return words.codes()


# ---- measuring -----------------------------------------------------------------------------------------------


def round_of(
    database: Database, title: str, table: bool, choose: Callable[[Words], dict[str, list[str]]]
) -> list[dict[str, object]]:
    """The figures of one store."""
    services = Services(database)
    with database.write() as conn:
        finding_index.refresh(conn)
    people = services.people
    centre = people.actor(people.with_post("dispatcher")[0].id, "dispatcher")
    unit = people.actor(people.with_post("receiver")[0].id, "receiver")
    begun = time.perf_counter()
    services.finding.prepare(centre)
    prepared = (time.perf_counter() - begun) * 1000
    texts = choose(Words(database))
    spent: dict[str, list[tuple[float, float]]] = {}
    plain: dict[str, list[tuple[float, float]]] = {}
    used = 0.0
    for sort, listed in texts.items():
        before = served(database)
        for text in listed:
            for actor in (centre, unit):
                spent.setdefault(sort, []).append(
                    timed(lambda t=text, a=actor: services.finding.search(t, a, LIMIT))
                )
        used += served(database) - before
        for text in listed:
            plain.setdefault(sort, []).append(timed(lambda t=text: like(database, t)))
    count = sum(map(len, spent.values()))
    if table:
        for sort, times in spent.items():
            print(
                f"{title:<30}{sort:<20}p50 {statistics.median(t for t, _ in times):7.1f}  p95 {p95(times):7.1f}"
                f"  most {max(times)[0]:7.1f}  processor p95 {p95(times, 1):7.1f}"
                f"  LIKE p95 {p95(plain[sort]):7.1f} ms",
                file=sys.stderr,
            )
    value = p95([one for times in spent.values() for one in times])
    anchor = p95([one for times in plain.values() for one in times])
    worst = max(spent, key=lambda sort: p95(spent[sort]))
    return [
        {
            "figure": f"finding, {title}: p95 of {count} searches",
            "value": round(value, 1),
            "unit": "ms",
            "anchor": round(anchor, 1),
            "ratio": round(value / anchor, 3),
            "goal": f"<= {GOAL:.0f} ms",
            "met": value <= GOAL,
            "processor": round(p95([one for times in spent.values() for one in times], 1), 1),
            "anchor processor": round(p95([one for times in plain.values() for one in times], 1), 1),
            "server, mean": round(used / count, 2),
            "worst sort": f"{worst}: {p95(spent[worst]):.1f} ms",
        },
        {
            "figure": f"finding, {title}: memory of names and codes",
            "value": round(services.finding.nbytes / 1e6, 1),
            "unit": "MB",
            "read in ms": round(prepared),
        },
    ]


def served(database: Database) -> float:
    """Milliseconds of processor time that the processes of this seat's connections on a server have had; 0 of a file."""
    if database.kind != "postgis":
        return 0.0
    query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    with database.read() as conn:
        pids = [int(row[0]) for row in raw.all_rows(conn, query)]
    ticks = 0
    for pid in pids:
        parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(parts[11]) + int(parts[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def timed(do: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that it takes, and of these the thread's own on a processor (in a file: all the work there is)."""
    begun, worked = time.perf_counter(), time.thread_time()
    do()
    return (time.perf_counter() - begun) * 1000, (time.thread_time() - worked) * 1000


def p95(times: list[tuple[float, float]], which: int = 0) -> float:
    """The 95th percentile, of the whole time or (1) of the processor's."""
    listed = sorted(one[which] for one in times)
    return listed[max(0, round(len(listed) * 0.95) - 1)]


def like(database: Database, text: str) -> int:
    """What a program without an index asks: does it stand anywhere in a code, a name, its pinyin or its initials?"""
    wanted = f"%{text}%"
    with database.read() as conn:
        rows = raw.all_rows(
            conn,
            "SELECT id FROM find_entry WHERE name LIKE ? OR pinyin LIKE ? OR initials LIKE ? LIMIT ?",
            (wanted, wanted, wanted, LIMIT),
        )
        for table in ("cases", "component"):
            rows += raw.all_rows(conn, f"SELECT id FROM {table} WHERE code LIKE ? LIMIT ?", (wanted, LIMIT))
    return len(rows)


def multiply(database: Database, wanted: int) -> int:
    """Copy the cases, each copy with codes of another day, until there are so many; how many there are."""
    with database.write() as conn:
        have = int(raw.all_rows(conn, "SELECT count(*) FROM cases WHERE code <> ''")[0][0])
        for number in range(1, max(1, wanted // have)):
            day = 20_000_101 + number
            serial = "substr(CAST(100000 + row_number() OVER (ORDER BY id) AS VARCHAR), 2)"
            made = {"id": f"id || '-{number}'", "code": f"substr(code, 1, 6) || '{day}' || {serial}"}
            chosen = ", ".join(made.get(name, name) for name in COLUMNS)
            raw.cursor(
                conn,
                f"INSERT INTO cases ({', '.join(COLUMNS)}) SELECT {chosen} FROM cases"
                " WHERE code <> '' AND id NOT LIKE '%-%' ON CONFLICT DO NOTHING",
            )
    if database.kind == "postgis":
        with database.autocommit() as conn:
            raw.cursor(conn, "VACUUM ANALYZE cases")
    with database.read() as conn:
        return int(raw.all_rows(conn, "SELECT count(*) FROM cases")[0][0])


if __name__ == "__main__":
    raise SystemExit(main())
