"""The time slider: reading a day of the past, going about in it, playing it; on a city of ten thousand cases with their log.

A demo city's cases are multiplied with all their events. Anchors are measured in the same run: of reading a day, reading and
applying every event of the same cases (``workflow.apply``); of a step of the slider and of a tick of playing, one whole replay of the
moment (``Moments.at``); of finding which cases there were among many of other years, the same question without an index. Times
are processor time of the asking thread; on a server its own are not in them, and the wall clock stands beside.
``python benchmarks/moments.py [--stores spatialite,postgis] [--cases N] [--ended N]``
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks._figures import figure
from workstation import demo
from workstation.services.lists import moments
from workstation.services.lists.moments import Span
from workstation.services.services import Services
from workstation.store import log, raw
from workstation.store.database import Database
from workstation.store.projection import COLUMNS
from workstation.workflow.apply import replay
from workstation.workflow.event import Actor, format_instant, parse_instant

MADE = 2_500
GOAL_TICK, GOAL_DAY, GOAL_WHICH = 16.0, 1000.0, 500.0
TICK_MS, MINUTES_A_SECOND = 50, 15
"""As the slider plays at first."""
EVENT = ("case_id", "seq", "log_id", "kind", "at", "actor", "actor_name", "post", "unit", "command_id")
EVENT = (*EVENT, "to_state", "data", "prev_hash", "hash")
SEED = 7
APPLIED = 400
"""Cases whose events are read and applied for the anchor; the rest is reckoned from them."""


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Cases as they stood: a day read, gone about in, played.")
    parser.add_argument("--stores", default="spatialite,postgis")
    parser.add_argument("--cases", type=int, default=10_000, help="with their events")
    parser.add_argument(
        "--ended", type=int, default=100_000, help="cases of years before, to look past; 0: none"
    )
    args = parser.parse_args(argv)
    figures: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="workstation-bench-") as folder:
        path = Path(folder) / "city.sqlite"
        database = Database.create(str(path))
        demo.build(database, components=600, cases=MADE, grids=240)
        database.close()
        for store in args.stores.split(","):
            with opened(store, path) as database:
                multiply(database, max(1, args.cases // MADE))
                services = Services(database)
                people = services.people
                actor = people.actor(people.with_post("dispatcher")[0].id, "dispatcher")
                figures += a_day(services, actor, store)
                if args.ended:
                    figures += which(services, actor, store, age(database, args.ended))
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    return 0


@contextmanager
def opened(store: str, city: Path) -> Iterator[Database]:
    """The city in this store."""
    if store == "spatialite":
        database = Database.open(str(city))
        try:
            yield database
        finally:
            database.close()
        return
    from benchmarks._seat_server import durable
    from workstation.store.ops.move import move

    with durable() as server, tempfile.TemporaryDirectory(prefix="workstation-bench-") as folder:
        made = Path(folder) / "city.sqlite"
        database = Database.create(str(made))
        demo.build(database, components=600, cases=MADE, grids=240)
        database.close()
        url = server.create("city")
        move(str(made), url)
        database = Database.open(url)
        try:
            yield database
        finally:
            database.close()


def multiply(database: Database, times: int) -> None:
    """Copy the cases with all their events: a city as busy as so many. The copies' hashes say nothing."""
    with database.write() as conn:
        last = int(raw.all_rows(conn, "SELECT max(log_id) FROM case_event")[0][0])
        for number in range(1, times):
            end = f"-{number}"
            row = {"id": f"id || '{end}'", "code": f"code || '{end}'"}
            copy(conn, "cases", COLUMNS, row, "id NOT LIKE '%-%'")
            event = {
                "case_id": f"case_id || '{end}'",
                "log_id": f"log_id + {number * last}",
                "command_id": f"command_id || '{end}'",
                "hash": f"hash || '{end}'",
            }
            copy(conn, "case_event", EVENT, event, "case_id NOT LIKE '%-%'")
    if database.kind == "postgis":
        with database.autocommit() as conn:
            raw.cursor(conn, "VACUUM ANALYZE")


def copy(conn: Any, table: str, columns: tuple[str, ...], other: dict[str, str], which: str) -> None:
    """Insert a table's rows once more with some columns others."""
    chosen = ", ".join(other.get(name, name) for name in columns)
    raw.cursor(conn, f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE {which}")


def age(database: Database, wanted: int) -> int:
    """Copy the cases that have ended, each copy two months earlier than the last, without their events; how many there are."""
    instants = [name for name in COLUMNS if name.endswith("_at")]
    with database.write() as conn:
        have = int(raw.all_rows(conn, "SELECT count(*) FROM cases WHERE NOT open")[0][0])
        for number in range(1, max(1, wanted // have) + 1):
            end, days = f"~{number}", 60 * number
            if database.kind == "postgis":
                moved = {
                    name: f"to_char(CAST({name} AS timestamp) - interval '{days} days', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                    for name in instants
                }
            else:
                moved = {
                    name: f"strftime('%Y-%m-%dT%H:%M:%f000Z', {name}, '-{days} days')" for name in instants
                }
            copy(
                conn,
                "cases",
                COLUMNS,
                {**moved, "id": f"id || '{end}'", "code": f"code || '{end}'"},
                "NOT open AND id NOT LIKE '%~%'",
            )
    if database.kind == "postgis":
        with database.autocommit() as conn:
            raw.cursor(conn, "VACUUM ANALYZE cases")
    with database.read() as conn:
        return int(raw.all_rows(conn, "SELECT count(*) FROM cases")[0][0])


def busiest(services: Services) -> datetime:
    """The middle of the day with the most events."""
    query = "SELECT substr(at, 1, 10), count(*) FROM case_event GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    with services.db.read() as conn:
        day = raw.all_rows(conn, query)[0][0]
    return parse_instant(f"{day}T04:00:00.000000Z")


def timed(do: Callable[[], Any]) -> tuple[Any, float, float]:
    """What it gives, the milliseconds on this thread's processor, and by the clock."""
    begun, worked = time.perf_counter(), time.thread_time()
    given = do()
    return given, (time.thread_time() - worked) * 1000, (time.perf_counter() - begun) * 1000


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]


def a_day(services: Services, actor: Actor, store: str) -> list[dict[str, object]]:
    """Reading a day, steps and jumps in it, and playing it on a map."""
    noon = busiest(services)
    since, until = noon - timedelta(hours=12), noon + timedelta(hours=12)
    kept = services.moments
    kept.span(noon, noon, actor)  # files and connections are warm
    read = [timed(lambda: kept.span(since, until, actor)) for _ in range(3)]
    span: Span = read[0][0]
    whole = [timed(lambda: kept.at(noon, actor)) for _ in range(3)]
    ids = list(span._histories)
    some = ids[:APPLIED]
    applied = timed(lambda: whole_histories(services, some))[1] * len(ids) / max(1, len(some))
    chance = random.Random(SEED)
    jumps = [timed(lambda: span.at(moment(span, chance)))[1] for _ in range(100)]
    steps = []
    minute = timedelta(minutes=1)
    for number in range(24 * 60):
        here = span.since + number * minute
        steps.append(timed(lambda here=here: span.between(here, here + minute))[1])  # type: ignore[misc]
    with services.db.read() as conn:
        count = int(raw.all_rows(conn, "SELECT count(*) FROM cases")[0][0])
    title = f"{store}, {count:,} cases"
    day = min(read, key=lambda one: one[1])
    again = min(one[1] for one in whole)
    return [
        figure(
            f"a day read, {title}: {len(span):,} cases, {len(span.steps):,} events",
            *(day[1], "ms", applied, GOAL_DAY),
            wall=round(min(one[2] for one in read), 1),
        ),
        figure(f"a step of a minute, {title}: p95", p95(steps), "ms", again, GOAL_TICK),
        figure(f"a jump to any moment, {title}: p95", p95(jumps), "ms", again, GOAL_TICK),
        played(services, span, again, title),
    ]


def whole_histories(services: Services, case_ids: list[str]) -> None:
    """Read every event of these cases, and apply it."""
    with services.db.read() as conn:
        for case_id in case_ids:
            replay([stored.event for stored in log.history(conn, case_id)])


def moment(span: Span, chance: random.Random) -> datetime:
    """Any moment of the day."""
    return span.since + (span.until - span.since) * chance.random()


def played(services: Services, span: Span, again: float, title: str) -> dict[str, object]:
    """The day played on a map of 1920x1080 at the speed that the slider begins with: what each tick takes the window's thread,
    painting included."""
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from workstation.map.canvas import MapCanvas
    from workstation.map.client import MapClient
    from workstation.shell.look.theme import Theme

    application = QApplication.instance() or QApplication([])
    canvas = MapCanvas(MapClient(), services.city.map_crs, "main", Theme("day"), now=services.now)
    canvas.resize(1920, 1080)
    canvas.set_home(services.city.extent)
    canvas.show()
    here = span.since
    canvas.set_clock(lambda: here, "past")
    canvas.set_cases(span.at(here))
    picture = QImage(canvas.size(), QImage.Format.Format_ARGB32_Premultiplied)
    canvas.render(picture)
    ticks = []
    step = timedelta(minutes=MINUTES_A_SECOND * TICK_MS / 1000)
    while here + step < span.until:
        begun = time.thread_time()
        ids, markers = span.between(here, here + step)
        here += step
        canvas.set_clock(lambda here=here: here, "past")  # type: ignore[misc]
        if ids:
            canvas.touch_cases(ids, markers)
            canvas.render(picture)
        application.processEvents()
        ticks.append((time.thread_time() - begun) * 1000)
    canvas.shutdown()
    canvas.close()
    return figure(
        f"a tick of playing on a map, {title}: p95 of {len(ticks)}",
        *(p95(ticks), "ms", again, GOAL_TICK),
        most=round(max(ticks), 1),
    )


def which(services: Services, actor: Actor, store: str, count: int) -> list[dict[str, object]]:
    """Which cases there were at instants all over the years, and the same question without an index."""
    query = "SELECT min(reported_at), max(closed_at) FROM cases"
    with services.db.read() as conn:
        first, last = (parse_instant(text) for text in raw.all_rows(conn, query)[0])
        asked, plain, walls = [], [], []
        for share in (0.05, 0.25, 0.5, 0.75, 0.95):
            instant = format_instant(first + (last - first) * share)
            found, spent, wall = timed(lambda at=instant: moments._there(conn, at, at, None))  # type: ignore[misc]
            scanned, scan, slow = timed(lambda at=instant: scan_of(conn, at))  # type: ignore[misc]
            if len(found) != scanned:
                raise SystemExit(f"{len(found)} cases by the index and {scanned} without at {instant}")
            asked.append(spent if store == "spatialite" else wall)
            plain.append(scan if store == "spatialite" else slow)
            walls.append(wall)
    return [
        figure(
            f"which cases there were, {store}, {count:,} cases: the slowest of {len(asked)} instants",
            *(max(asked), "ms", max(plain), GOAL_WHICH),
            wall=round(max(walls), 1),
        )
    ]


def scan_of(conn: Any, instant: str) -> int:
    """How many cases had begun and not ended, by looking at each."""
    closed = "coalesce(closed_at, '') || ''"
    rows = raw.all_rows(
        conn,
        f"SELECT count(*) FROM cases WHERE reported_at || '' <= ? AND (open OR {closed} > ?)",
        (instant, instant),
    )
    return int(rows[0][0])


if __name__ == "__main__":
    raise SystemExit(main())
