"""How much longer a list takes for somebody who sees a part of the cases than for the centre, which sees all.

A demo city's cases are multiplied, each copy some days away and in another order, to a hundred thousand. Every list of a
set (what is open, what is late, a class, a word, ...) is opened in every order, and counted, as the centre and as each level
below it; the figures are the worst differences. Times are the best of three, in processor time of the reading thread, because a list is read
beside other work. ``python benchmarks/levels.py [--cases N] [--table]``
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from workstation import demo
from workstation.services.lists.filter import SORTS, CaseFilter
from workstation.services.services import Services
from workstation.store import raw
from workstation.store.database import Database
from workstation.store.projection import COLUMNS, NO_DEADLINE
from workstation.workflow.case import State
from workstation.workflow.event import Actor

GOAL = 50.0
MADE = 2500
COUNTED = ", counted"
LISTS = {
    "everything": CaseFilter(),
    "open": CaseFilter(open=True),
    "closed": CaseFilter(open=False),
    "to receive": CaseFilter(open=True, states=(State.DISPATCHED,)),
    "in hand": CaseFilter(open=True, states=(State.RECEIVED, State.WORKING)),
    "late": CaseFilter(open=True, light="red"),
    "suspended": CaseFilter(open=True, suspended=True),
    "class": CaseFilter(class_code="0101"),
    "main class": CaseFilter(class_code="01"),
    "word": CaseFilter(text="路"),
    "key": CaseFilter(key_case=True),
    "coordinating": CaseFilter(coordinating=True),
    "pending": CaseFilter(pending="any", open=True),
}


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the figure as JSON."""
    parser = argparse.ArgumentParser(description="Lists as the levels see them.")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--table", action="store_true", help="print every time to the error output too")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="workstation-bench-") as folder:
        path = Path(folder) / "city.sqlite"
        database = Database.create(str(path))
        demo.build(database, components=600, cases=MADE, grids=240)
        multiply(database, args.cases // MADE)
        database.close()
        services = Services.open(str(path))
        times = measured(services)
        services.close()
    if args.table:
        for (name, who), spent in times.items():
            print(f"{name:<24}{who:<22}{spent:8.1f} ms", file=sys.stderr)
    pages = {key: spent for key, spent in times.items() if not key[0].endswith(COUNTED)}
    counts = {key: spent for key, spent in times.items() if key[0].endswith(COUNTED)}
    figures = [
        worst(f"the first page of a list below the centre, {args.cases:,} cases", pages),
        worst(f"counting a list below the centre, {args.cases:,} cases", counts),
    ]
    print(json.dumps(figures, indent=1))
    return 0


def worst(title: str, times: dict[tuple[str, str], float]) -> dict[str, object]:
    """The figure of the list that takes so much longer than for the centre."""
    more, anchor, spent, which = max(
        (spent - times[name, "centre"], times[name, "centre"], spent, f"{name} as {who}")
        for (name, who), spent in times.items()
    )
    return {
        "figure": f"{title}: {which}",
        "value": round(more, 1),
        "unit": "ms more",
        "anchor": round(anchor, 1),
        "ratio": round(spent / anchor, 2),
        "goal": f"<= {GOAL:.0f} ms more",
        "met": more <= GOAL,
    }


def multiply(database: Database, times: int) -> None:
    """Copy the projection's rows, each copy moved in time by a different number of hours."""
    instants = {name for name in COLUMNS if name.endswith("_at")} | {"due_key"}

    def value(name: str, number: int) -> str:
        if name in ("id", "code"):
            # Reversed halves: copies of one case do not lie beside each other.
            return f"substr({name}, 11) || '-{number:03d}-' || substr({name}, 1, 10)"
        if name in instants:
            if database.kind == "postgis":
                then = f"CAST(nullif({name}, '{NO_DEADLINE}') AS timestamp) - interval '{number * 7} hours'"
                moved = f'to_char({then}, \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')'
            else:
                moved = f"strftime('%Y-%m-%dT%H:%M:%f000Z', {name}, '-{number * 7} hours')"
            return f"CASE WHEN {name} = '{NO_DEADLINE}' THEN {name} ELSE {moved} END"
        return name

    with database.write() as conn:
        for number in range(1, times):
            chosen = ", ".join(value(name, number) for name in COLUMNS)
            raw.cursor(
                conn,
                f"INSERT INTO cases ({', '.join(COLUMNS)}) SELECT {chosen} FROM cases WHERE id NOT LIKE '%-%'",
            )
            raw.cursor(
                conn,
                f"INSERT INTO case_unit (case_id, unit) SELECT {value('id', number).replace('id', 'case_id')}, unit"
                " FROM case_unit WHERE case_id NOT LIKE '%-%'",
            )
    if database.kind == "postgis":
        with database.autocommit() as conn:
            raw.cursor(conn, "VACUUM ANALYZE")


def seats(services: Services) -> dict[str, Actor]:
    """Somebody of each level; of the units the busiest and the idlest."""
    people = services.people

    def first(post: str, unit: str = "") -> Actor:
        someone = next(p for p in people.with_post(post) if unit in ("", p.unit))
        return people.actor(someone.id, post)

    loads = services.units.loads()
    receivers = {person.unit for person in people.with_post("receiver")}
    busy = sorted((unit for unit in loads if unit in receivers), key=lambda unit: loads[unit].open)
    return {
        "centre": first("dispatcher"),
        "district": first("district_dispatcher"),
        "street": first("street_terminal"),
        "community": first("community_terminal"),
        "busy unit": first("receiver", busy[-1]),
        "idle unit": first("receiver", busy[0]),
    }


def measured(services: Services) -> dict[tuple[str, str], float]:
    """Milliseconds by list and who reads it."""
    times = {}
    for name, wanted in LISTS.items():
        for who, actor in seats(services).items():
            lists = services.lists.seen_by(actor)
            for sort in SORTS:
                asked = replace(wanted, sort=sort)
                times[f"{name} by {sort}", who] = best(lambda lists=lists, asked=asked: lists.page(asked))  # type: ignore[misc]
            times[f"{name}{COUNTED}", who] = best(lambda lists=lists, wanted=wanted: lists.count(wanted))  # type: ignore[misc]
    return times


def best(read: Callable[[], object]) -> float:
    """Milliseconds, the best of three."""
    spent = []
    for _ in range(3):
        begun = time.thread_time()
        read()
        spent.append(time.thread_time() - begun)
    return min(spent) * 1000


if __name__ == "__main__":
    sys.exit(main())
