"""Is anything lost when processes are killed? Seats work, and at random instants something is killed with -9.

On SpatiaLite a seat; on PostGIS a seat, one of the server's processes, or all of the server at once, which waits for the
disk as it ships. After every point: each acknowledged command is in the log exactly once, every case that was touched is
what its events make of it, the change log has a line for each event, and no merger has only one half. At the end, and
every 250 points, the whole city is checked as by ``db check``.

``python benchmarks/chaos.py [--points N] [--store spatialite|postgis|both] [--seats N] [--seed N]``
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import _chaos_server

from workstation import demo
from workstation.store import audit, log, raw
from workstation.store.database import Database
from workstation.store.errors import StoreError

HERE = Path(__file__).resolve().parent
EVERY = 250
"""Points between two looks at the whole city."""
SHORTEST, LONGEST = 0.005, 0.12
"""Seconds that the seats work before the next point."""
AIMED = 0.7
"""So many of the points fall into a command that is on its way, which else takes a small part of the time."""
WITHIN = 0.008
"""Seconds: how long a command takes, about."""
PATIENCE = 90.0
KINDS = {
    "spatialite": ("seat",),
    # A server's whole end is the hardest thing that can happen to it, and the dearest to try.
    "postgis": ("server", "server", "process", "process", "seat"),
}


@dataclass
class Outcome:
    """What a run has come to."""

    store: str
    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    answers_lost: int = 0
    events: int = 0
    lost: int = 0
    doubled: int = 0
    halves: int = 0
    findings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    restarts: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, done twice, left half or refused."""
        return not (self.lost or self.doubled or self.halves or self.findings or self.errors)


class Seats:
    """The processes of the seats, and what their journals say."""

    def __init__(self, url: str, folder: Path, count: int) -> None:
        self._folder = folder
        self.names = [f"seat{number}" for number in range(count)]
        self._running: dict[str, int] = {}
        self._read: dict[str, int] = dict.fromkeys(self.names, 0)
        self._starts = 0
        self._mother = subprocess.Popen(
            [sys.executable, str(HERE / "_chaos_seat.py"), url, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()

    def _answer(self) -> str:
        assert self._mother.stdout is not None
        return self._mother.stdout.readline().strip()

    def start(self, name: str) -> None:
        """Start a seat; the same name goes on where it was killed."""
        assert self._mother.stdin is not None
        self._starts += 1
        self._mother.stdin.write(f"{name} {self._starts}\n")
        self._mother.stdin.flush()
        self._running[name] = int(self._answer())

    def kill(self, name: str) -> None:
        """Kill -9, and wait until it is gone."""
        pid = self._running.pop(name, None)
        if pid is None:
            return
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.001)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody works meanwhile: looking on must not take longer than the work."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        for pid in self._running.values():
            os.kill(pid, number)

    def read(self) -> tuple[list[str], list[str], int]:
        """What was acknowledged, what went wrong, and how many answers had been lost, since the last time."""
        acknowledged: list[str] = []
        errors: list[str] = []
        lost = 0
        for name in self.names:
            path = self._folder / f"{name}.journal"
            if not path.exists():
                continue
            with path.open("rb") as file:
                file.seek(self._read[name])
                content = file.read()
            whole = content[: content.rfind(b"\n") + 1]
            self._read[name] += len(whole)
            for line in whole.decode().split("\n"):
                if line.startswith("A "):
                    acknowledged += json.loads(line[2:])
                elif line.startswith("E "):
                    errors.append(f"{name}: {line[2:]}")
                elif line.startswith("L "):
                    lost += 1
        return acknowledged, errors, lost

    def sizes(self) -> dict[str, int]:
        """How long each journal is."""
        paths = {name: self._folder / f"{name}.journal" for name in self.names}
        return {name: path.stat().st_size if path.exists() else 0 for name, path in paths.items()}

    def wait_for_work(self) -> None:
        """Until every seat has got further, so that the next point falls into the work of all of them."""
        before = self.sizes()
        deadline = time.monotonic() + PATIENCE
        while any(size <= before[name] + 1 for name, size in self.sizes().items()):
            if time.monotonic() > deadline:
                raise RuntimeError(f"a seat does not come back: {before} {self.sizes()}")
            time.sleep(0.003)

    def on_its_way(self) -> None:
        """Until some seat has sent a command that is not answered."""
        deadline = time.monotonic() + 0.5
        while time.monotonic() < deadline:
            for name in self.names:
                with (self._folder / f"{name}.journal").open("rb") as file:
                    file.seek(max(0, file.seek(0, os.SEEK_END) - 3000))
                    last = file.read().rstrip(b"\n").rsplit(b"\n", 1)[-1]
                if last.startswith(b"I "):
                    return
            time.sleep(0.0005)

    def close(self) -> None:
        """Kill them all. Again: nothing."""
        for name in self.names:
            self.kill(name)
        if self._mother.poll() is None:
            assert self._mother.stdin is not None
            self._mother.stdin.close()
            self._mother.wait(30)


class Looker:
    """Looks at the city after each point: only at what has come since the last."""

    def __init__(self, database: Database, outcome: Outcome) -> None:
        self._database = database
        self._outcome = outcome
        self._last = 0
        self._acknowledged: set[str] = set()
        with database.read() as conn:
            self._last = _number(conn, "SELECT coalesce(max(log_id), 0) FROM case_event")

    def look(self, acknowledged: list[str], errors: list[str], lost: int) -> None:
        """What was acknowledged before this call must be there. Tried again while the server recovers."""
        out = self._outcome
        out.answers_lost += lost
        out.errors += errors
        out.acknowledged += len(acknowledged)
        self._acknowledged.update(acknowledged)
        seen = self._patiently(lambda: self._look(acknowledged))
        out.lost += seen.lost
        out.doubled += seen.doubled
        out.halves += seen.halves
        out.events += seen.events
        out.findings += seen.findings

    def _patiently(self, what: Callable[[], Outcome]) -> Outcome:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return what()
            except StoreError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def _look(self, acknowledged: list[str]) -> Outcome:
        out = Outcome(self._outcome.store)
        with self._database.read() as conn:
            self._count(conn, acknowledged, out)
            rows = raw.all_rows(
                conn, "SELECT log_id, case_id FROM case_event WHERE log_id > ? ORDER BY log_id", (self._last,)
            )
            told = raw.all_rows(
                conn,
                "SELECT id, key FROM change_log WHERE id > ? AND topic = 'case' ORDER BY id",
                (self._last,),
            )
            out.events += len(rows)
            if [tuple(row) for row in rows] != [tuple(row) for row in told]:
                out.findings.append(f"change log: {len(told)} lines, {len(rows)} events after {self._last}")
            for case_id in {row[1] for row in rows}:
                found = audit.verify_case(conn, case_id, log.history(conn, case_id))
                out.findings += [f"{item.code} {item.key} {item.detail}" for item in found]
                out.halves += self._halves(conn, case_id)
        self._last = rows[-1][0] if rows else self._last
        return out

    def _count(self, conn: Any, commands: list[str], out: Outcome) -> None:
        for start in range(0, len(commands), 200):
            part = commands[start : start + 200]
            marks = ", ".join("?" for _ in part)
            rows = raw.all_rows(
                conn, f"SELECT command_id FROM case_event WHERE command_id IN ({marks})", tuple(part)
            )
            there = Counter(row[0] for row in rows)
            out.lost += sum(1 for command in part if command not in there)
            out.doubled += sum(1 for times in there.values() if times > 1)

    def _halves(self, conn: Any, case_id: str) -> int:
        case = log.load_case(conn, case_id)
        if case is None or not case.merged_into:
            return 0
        into = log.load_case(conn, case.merged_into)
        return int(into is None or case.id not in into.duplicates)

    def look_at_all(self) -> None:
        """The whole city, and every command that was ever acknowledged."""
        seen = self._patiently(self._look_at_all)
        self._outcome.findings += seen.findings
        self._outcome.lost += seen.lost
        self._outcome.doubled += seen.doubled

    def _look_at_all(self) -> Outcome:
        out = Outcome(self._outcome.store)
        report = audit.check(self._database)
        out.findings += [f"{f.code} {f.key} {f.detail}" for f in report.findings]
        with self._database.read() as conn:
            there = Counter(row[0] for row in raw.all_rows(conn, "SELECT command_id FROM case_event"))
            steps = _number(conn, "SELECT coalesce(sum(seq), 0) FROM cases")
            events = _number(conn, "SELECT count(*) FROM case_event")
        out.lost += sum(1 for command in self._acknowledged if command not in there)
        out.doubled += sum(1 for times in there.values() if times > 1)
        if steps != events:
            out.findings.append(f"{steps} steps of cases, {events} events")
        return out


def _number(conn: Any, statement: str, values: tuple[Any, ...] = ()) -> int:
    row = raw.first(conn, statement, values)
    return int(row[0]) if row else 0


def run(store: str, points: int, seats: int, seed: int, folder: Path, say: Any = None) -> Outcome:
    """Kill at ``points`` random instants; what came of it."""
    outcome = Outcome(store)
    chance = random.Random(seed)
    begun = time.monotonic()
    with _city(store, folder) as (url, server):
        working = Seats(url, folder, seats)
        database = Database.open(url)
        try:
            looker = Looker(database, outcome)
            for name in working.names:
                working.start(name)
            working.wait_for_work()
            for point in range(1, points + 1):
                time.sleep(chance.uniform(SHORTEST, LONGEST))
                if chance.random() < AIMED:
                    working.on_its_way()
                    time.sleep(chance.uniform(0.0, WITHIN))
                kind = chance.choice(KINDS[store])
                _strike(kind, chance, working, server, outcome)
                if server is not None:
                    database.close()
                    server.start()
                working.wait_for_work()
                with working.held():
                    looker.look(*working.read())
                if point % EVERY == 0:
                    looker.look_at_all()
                if say is not None and point % 50 == 0:
                    say(
                        f"{store}: {point} points, {outcome.acknowledged} acknowledged, clean: {outcome.clean}"
                    )
            working.close()
            looker.look(*working.read())
            looker.look_at_all()
        finally:
            working.close()
            database.close()
    outcome.seconds = time.monotonic() - begun
    return outcome


def _strike(
    kind: str, chance: random.Random, working: Seats, server: _chaos_server.Server | None, outcome: Outcome
) -> None:
    outcome.kills[kind] += 1
    if kind == "seat":
        name = chance.choice(working.names)
        working.kill(name)
        working.start(name)
    elif server is not None and kind == "server":
        server.kill()
        outcome.restarts.append(server.start())
    elif server is not None:
        children = server.children()
        if children:
            pid, _title = chance.choice(children)
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                return


@contextmanager
def _city(store: str, folder: Path) -> Iterator[tuple[str, _chaos_server.Server | None]]:
    if store == "spatialite":
        url = str(folder / "city.sqlite")
        _fill(Database.create(url))
        yield url, None
        return
    programs = _chaos_server.programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed (apt install postgresql postgis)")
    server = _chaos_server.Server(programs, folder / "server")
    server.start()
    try:
        url = server.create("city")
        _fill(Database.create(url))
        yield url, server
    finally:
        server.stop("immediate")


def _fill(database: Database) -> None:
    demo.build(database, components=600, cases=80, grids=30)
    database.close()


def figures(outcome: Outcome) -> list[dict[str, Any]]:
    """The run as the benchmark's figures."""
    points = sum(outcome.kills.values())
    kinds = ", ".join(f"{count} of a {kind}" for kind, count in sorted(outcome.kills.items()))
    title = f"{outcome.store}: {points} kills ({kinds})"

    def line(what: str, value: float, unit: str, goal: str = "", met: bool | None = None) -> dict[str, Any]:
        return {
            "figure": f"{title}: {what}",
            "value": value,
            "unit": unit,
            "anchor": None,
            "ratio": None,
            "goal": goal,
            "met": met,
        }

    other = len(outcome.findings) + len(outcome.errors)
    lines = [
        line("commands acknowledged", outcome.acknowledged, "1"),
        line("of these done while the answer was lost, asked for again", outcome.answers_lost, "1"),
        line("acknowledged, not in the log", outcome.lost, "1", "0", outcome.lost == 0),
        line("done twice", outcome.doubled, "1", "0", outcome.doubled == 0),
        line("half done", outcome.halves, "1", "0", outcome.halves == 0),
        line("findings of the check, refusals", other, "1", "0", other == 0),
        line("time", round(outcome.seconds, 1), "s"),
    ]
    if outcome.restarts:
        lines.append(line("slowest restart with recovery", round(max(outcome.restarts), 2), "s"))
    return lines


def main(argv: list[str] | None = None) -> int:
    """Run, and print the figures as JSON; what was found goes to the error output."""
    parser = argparse.ArgumentParser(description="Kill seats and servers while they work.")
    parser.add_argument("--points", type=int, default=100, help="kills on each store (default 100)")
    parser.add_argument("--store", choices=("spatialite", "postgis", "both"), default="both")
    parser.add_argument("--seats", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20261122)
    args = parser.parse_args(argv)
    lines: list[dict[str, Any]] = []
    clean = True
    for store in ("spatialite", "postgis") if args.store == "both" else (args.store,):
        with tempfile.TemporaryDirectory(prefix="workstation-chaos-") as folder:
            Path(folder).chmod(0o711)
            outcome = run(
                store,
                args.points,
                args.seats,
                args.seed,
                Path(folder),
                lambda words: print(words, file=sys.stderr, flush=True),
            )
        for words in [*outcome.findings[:20], *outcome.errors[:20]]:
            print(f"{store}: {words}", file=sys.stderr)
        clean = clean and outcome.clean
        lines += figures(outcome)
    print(json.dumps(lines, ensure_ascii=False, indent=1))
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
