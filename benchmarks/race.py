"""Fifty seats race to dispatch the same thousand cases: each case is dispatched once, and every loser is told by whom.

Each seat is a process with services of its own and goes through all the cases in an order of its own, sending what it saw
when the race began. Afterwards the log is read: no case dispatched twice, no command without an answer, no answer that
the log does not bear out. ``python benchmarks/race.py [--seats N] [--cases N]``
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import insert

from workstation.services.cases.cases import Done
from workstation.services.errors import Conflict, Refused
from workstation.services.services import Services
from workstation.store import audit, tables
from workstation.store.errors import StoreError
from workstation.workflow.event import Actor, Command

WORDS = "请两小时内到场"
PATIENCE = 240
"""So often, with half a second between, a command without an answer is sent again."""


@dataclass
class Outcome:
    """What one seat was told: (case, done | conflict | refused, who won as it was told) each, and what went wrong."""

    seat: int
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    again: int = 0


def employ(services: Services, seats: int) -> list[Actor]:
    """So many dispatchers with names of their own, in the unit of one that there is."""
    first = services.people.with_post("dispatcher")[0]
    people = [
        {
            "id": f"RACE{n:03d}",
            "name": f"派遣员{n:03d}",
            "unit_code": first.unit,
            "telephone": "",
            "active": True,
        }
        for n in range(seats)
    ]
    with services.db.write() as conn:
        conn.execute(insert(tables.person), people)
        posts = [{"person_id": person["id"], "post": "dispatcher"} for person in people]
        conn.execute(insert(tables.person_post), posts)
    return [Actor(str(p["id"]), str(p["name"]), "dispatcher", first.unit) for p in people]


def race(
    services: Services, actor: Actor, number: int, cases: Sequence[tuple[str, int]], unit: str, start: Any
) -> Outcome:
    """One seat's run: every case in an order of its own, each with the number of the event that was seen before."""
    told = Outcome(number)
    order = list(cases)
    random.Random(number).shuffle(order)
    start.wait()
    for case_id, seq in order:
        data = {"unit": unit, "requirement": WORDS}
        command = Command("dispatch", case_id, services.cases.new_command_id(), data, seq)
        begun = time.monotonic()
        try:
            done = _answered(services, command, actor, told)
        except Conflict as lost:
            winner = lost.events[0].event.actor_name if lost.events else ""
            told.answers.append((case_id, "conflict", winner))
        except Refused as lost:
            told.answers.append((case_id, "refused", str(lost.refusal.data.get("by", ""))))
        except Exception as error:  # whatever else it is counts against the race
            told.errors.append(f"{type(error).__name__}: {error}")
        else:
            assert isinstance(done, Done)
            told.answers.append((case_id, "done", done.event.actor_name))
        told.seconds.append(time.monotonic() - begun)
    return told


def _answered(services: Services, command: Command, actor: Actor, told: Outcome) -> Done:
    """Send the command until there is an answer, as a seat does whose server was too busy to give one: the same id."""
    for _ in range(PATIENCE):
        try:
            return services.cases.execute(command, actor)
        except StoreError as error:
            if error.code not in ("unreachable", "busy"):
                raise
            told.again += 1
            services.look_now()
            time.sleep(0.5)
    return services.cases.execute(command, actor)


def faults(services: Services, cases: Sequence[tuple[str, int]], outcomes: Sequence[Outcome]) -> list[str]:
    """What is not as it must be; nothing else than an empty list is good."""
    found = [error for outcome in outcomes for error in outcome.errors]
    won = Counter(case for outcome in outcomes for case, what, _ in outcome.answers if what == "done")
    for case_id, seq in cases:
        events = [item.event for item in services.cases.history(case_id)]
        dispatched = [event for event in events if event.kind == "dispatch"]
        if len(dispatched) != 1 or len(events) != seq + 1:
            found.append(f"{case_id}: dispatched {len(dispatched)} times")
            continue
        if won[case_id] != 1:
            found.append(f"{case_id}: {won[case_id]} seats were told that they dispatched it")
        name = dispatched[0].actor_name
        wrong = {
            who for outcome in outcomes for case, _, who in outcome.answers if case == case_id and who != name
        }
        if wrong:
            found.append(f"{case_id}: dispatched by {name}, but somebody was told: {sorted(wrong)}")
    for outcome in outcomes:
        if len(outcome.answers) + len(outcome.errors) != len(cases):
            found.append(f"seat {outcome.seat}: a command without an answer")
    return found


def filed(services: Services, count: int) -> list[tuple[str, int]]:
    """So many cases that wait to be dispatched."""
    cases = services.cases
    people = services.people
    operator = people.actor(people.with_post("operator")[0].id, "operator")
    leader = people.actor(people.with_post("shift_leader")[0].id, "shift_leader")
    box = services.city.extent
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    ids = [cases.new_case_id() for _ in range(count)]
    data = {
        "kind": "event",
        "class_code": "0101",
        "source": "collector",
        "description": "竞态试验",
        "address": "南门大街1号",
        "lon": middle[0],
        "lat": middle[1],
    }
    registered = [Command("register", case_id, cases.new_command_id(), data) for case_id in ids]
    _all_done(cases.execute_many(registered, operator))
    rule = {"kind": "event", "class_code": "0101", "condition": "event/0101/1"}
    files = [Command("file", case_id, cases.new_command_id(), rule) for case_id in ids]
    _all_done(cases.execute_many(files, leader))
    return [(case.id, case.seq) for case in cases.get_many(ids)]


def _all_done(answers: Sequence[Any]) -> None:
    bad = [answer for answer in answers if not isinstance(answer, Done)]
    if bad:
        raise SystemExit(f"the race could not be prepared: {bad[0]!r}")


def _seat(
    url: str,
    actor: Actor,
    number: int,
    cases: list[tuple[str, int]],
    unit: str,
    start: Any,
    door: Any,
    out: Any,
) -> None:
    services = Services.open(url)
    with door:  # a few at a time, as people come in the morning
        services.cases.make_ready()
    out.put(race(services, actor, number, cases, unit, start))
    services.close()


def in_processes(
    url: str, actors: Sequence[Actor], cases: list[tuple[str, int]], unit: str
) -> tuple[list[Outcome], float]:
    """Every seat a process; their outcomes, and the seconds from the start to the last answer."""
    context = multiprocessing.get_context("fork")
    start, out, door = context.Barrier(len(actors) + 1), context.Queue(), context.Semaphore(2)
    seats = [
        context.Process(target=_seat, args=(url, actor, n, cases, unit, start, door, out), daemon=True)
        for n, actor in enumerate(actors)
    ]
    for seat in seats:
        seat.start()
    start.wait(300)
    begun = time.monotonic()
    outcomes = [out.get(timeout=3600) for _ in seats]
    spent = time.monotonic() - begun
    for seat in seats:
        seat.join(30)
    return outcomes, spent


def in_threads(
    opened: Sequence[Services], actors: Sequence[Actor], cases: list[tuple[str, int]], unit: str
) -> list[Outcome]:
    """Every seat a thread with services of its own, for a small race within one test."""
    start = threading.Barrier(len(actors))
    outcomes: list[Outcome] = []

    def run(n: int) -> None:
        outcomes.append(race(opened[n], actors[n], n, cases, unit, start))

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(actors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def deadlocks(services: Services) -> int:
    """How many deadlocks the server has had to break in this database."""
    with services.db.read() as conn:
        found = conn.exec_driver_sql(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).scalar()
    return int(found or 0)


def main(argv: list[str] | None = None) -> int:
    """Run the race, and print the figures as JSON; the exit code is 1 when something was not as it must be."""
    parser = argparse.ArgumentParser(description="A race for the same cases.")
    parser.add_argument("--seats", type=int, default=50)
    parser.add_argument("--cases", type=int, default=1000)
    args = parser.parse_args(argv)
    from benchmarks._seat_server import durable
    from workstation import demo
    from workstation.store.database import Database

    with durable() as server:
        url = server.create("race")
        database = Database.create(url)
        demo.build(database, components=600, cases=80, grids=30)
        database.close()
        services = Services.open(url)
        cases = filed(services, args.cases)
        actors = employ(services, args.seats)
        unit = services.people.with_post("receiver")[0].unit
        services.close()
        outcomes, spent = in_processes(url, actors, cases, unit)
        services = Services.open(url)
        found = faults(services, cases, outcomes)
        broken = deadlocks(services)
        problems = [repr(problem) for problem in audit.check(services.db).findings]
        services.close()
    for line in (*found[:20], *problems[:20]):
        print(line, file=sys.stderr)
    answers = Counter(what for outcome in outcomes for _, what, _ in outcome.answers)
    slow = sorted(second for outcome in outcomes for second in outcome.seconds)
    total = len(slow)
    what = f"{args.seats} seats race for {args.cases:,} cases"
    figures = [
        _figure(
            f"{what}: cases dispatched twice or not at all, commands lost or answered wrongly",
            len(found),
            "",
            0,
        ),
        _figure(f"{what}: deadlocks", broken, "", 0),
        _figure(f"{what}: faults that db check finds", len(problems), "", 0),
        _figure(f"{what}: dispatched", answers["done"], "cases", args.cases),
        _figure(
            f"{what}: told who was quicker",
            answers["conflict"] + answers["refused"],
            "commands",
            total - args.cases,
        ),
        {
            "figure": f"{what}: sent again because the server was too busy to answer in time",
            "value": sum(outcome.again for outcome in outcomes),
            "unit": "commands",
        },
        {"figure": f"{what}: commands answered", "value": round(total / spent), "unit": "/s"},
        {"figure": f"{what}: p99 of an answer", "value": round(1000 * slow[int(total * 0.99)]), "unit": "ms"},
    ]
    print(json.dumps(figures, indent=1))
    return 1 if found or broken or problems else 0


def _figure(name: str, value: int, unit: str, wanted: int) -> dict[str, object]:
    return {"figure": name, "value": value, "unit": unit, "goal": f"= {wanted}", "met": value == wanted}


if __name__ == "__main__":
    raise SystemExit(main())
