"""A seat of the chaos benchmark: it takes reports and brings cases through the loop until somebody kills it.

What it means to send, and what was acknowledged, goes line by line to its journal: ``I`` with the commands before they
are sent, ``A`` with their ids when the answer is here, ``L`` where they had been done and only the answer was lost, ``E``
with what must not happen. A seat that comes back sends the last unanswered line again with the same ids, as the outbox
of a real one does.

Run by itself it is the mother of the seats: it loads the program once, opens nothing, and forks a seat for every line
``NAME SEED`` on its input, whose process number it answers.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from workstation.services.errors import Conflict, NotFound, Refused
from workstation.services.services import Services
from workstation.store.errors import SeqConflict, StoreError
from workstation.workflow.event import Actor, Command

CLASS = ("component", "0101")
CONDITION = "component/0101/2"
PAUSE = 0.02
REST = 0.03
"""Seconds at most between two commands: a seat that never rests leaves no time to whoever looks after it."""
MERGED = 0.15
"""So many of the cases are duplicates, and merged: two events that hold together."""


class Seat:
    """One seat over one city, with its journal."""

    def __init__(self, services: Services, journal: Path, seed: int) -> None:
        self._services = services
        self._random = random.Random(seed)
        self._mother = os.getppid()
        self._file = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(self._file, b"\n")  # a line that was cut off ends here
        self._actors = people_of(services)
        self._place = place_of(services)

    def say(self, kind: str, what: Any) -> None:
        """One line, in one write: it is there or it is not."""
        os.write(self._file, f"{kind} {json.dumps(what, ensure_ascii=False)}\n".encode())

    def send(self, commands: list[Command], who: str, *, again: bool = False) -> Any:
        """Send until there is an answer, whatever is pulled out meanwhile; the first command's case."""
        if not again:
            time.sleep(self._random.uniform(0.0, REST))
            self.say("I", {"who": who, "commands": [_plain(command) for command in commands]})
        interrupted = self._services.now() if again else None
        while True:
            if os.getppid() != self._mother:
                os._exit(0)  # whoever would have killed it has ended
            try:
                done = self._services.cases.execute_together(commands, self._actors[who])
            except (StoreError, SeqConflict):
                interrupted = self._services.now()
                time.sleep(PAUSE)
            except (Refused, Conflict, NotFound) as error:
                self.say("E", repr(error))
                return None
            else:
                if interrupted is not None and done[0].event.at < interrupted:
                    self.say("L", done[0].event.command_id)
                self.say("A", [d.event.command_id for d in done])
                return done[0].case

    def one(self, name: str, case: Any, who: str, data: dict[str, Any]) -> Any:
        """One command on a case as it was last seen."""
        command_id = self._services.cases.new_command_id()
        return self.send([Command(name, case.id, command_id, data, case.seq)], who)

    def register(self) -> Any:
        """A new report."""
        cases = self._services.cases
        data = {
            "kind": CLASS[0],
            "class_code": CLASS[1],
            "source": "hotline_12345",
            "description": "井盖破损",
            "address": "文昌街与运河路交叉口",
            **self._place,
        }
        return self.send([Command("register", cases.new_case_id(), cases.new_command_id(), data)], "operator")

    def work(self) -> None:
        """Cases without end."""
        last: Any = None
        while True:
            case = self.register()
            if last is not None and self._random.random() < MERGED:
                self.one("merge", case, "operator", {"into": last.id, "reason": "重复上报"})
                continue
            last = self._through(case) or last

    def _through(self, case: Any) -> Any:
        collector = self._actors["collector"].person
        unit = self._actors["receiver"].unit
        reached = None
        steps: list[tuple[str, str, dict[str, Any]]] = [
            ("send_check", "operator", {"to": collector}),
            ("checked", "operator", {"result": "true_report", "note": "情况属实"}),
            ("file", "shift_leader", {"condition": CONDITION}),
            ("dispatch", "dispatcher", {"unit": unit, "requirement": "先设置围挡警示"}),
            ("receive", "receiver", {}),
            ("feed_back", "receiver", {"note": "已更换井盖"}),
        ]
        for name, who, data in steps[: self._random.randint(3, len(steps))]:
            case = self.one(name, case, who, data)
            if case is None:
                return None
            if name == "file":
                reached = case.id
        return case if reached else None


def unanswered(journal: Path) -> tuple[list[Command], str] | None:
    """What was sent last and not answered."""
    found = None
    if journal.exists():
        for line in journal.read_text(encoding="utf-8").split("\n"):
            kind, _, rest = line.partition(" ")
            try:
                said = json.loads(rest) if rest else None
            except ValueError:
                continue  # cut off when the seat was killed: then it was not sent either
            if kind == "I":
                found = said
            elif kind in ("A", "E"):
                found = None
    if found is None:
        return None
    return [Command(*item) for item in found["commands"]], str(found["who"])


def _plain(command: Command) -> list[Any]:
    return [command.name, command.case_id, command.id, dict(command.data), command.expected_seq]


def people_of(services: Services) -> dict[str, Actor]:
    """Somebody in each post of the loop."""
    people = services.people
    return {
        post: people.actor(people.with_post(post)[0].id, post)
        for post in ("operator", "shift_leader", "dispatcher", "collector", "receiver")
    }


def place_of(services: Services) -> dict[str, Any]:
    """Where a problem can be: at a case of the demo city."""
    from workstation.services.lists.filter import CaseFilter

    row = services.lists.page(CaseFilter(sort="changed"), None, 1).rows[0]
    if row.lon is None or row.lat is None:
        return {}
    grid = services.places.grid_at(row.lon, row.lat)
    where = {"grid": grid.code, "area_class": grid.area_class} if grid is not None else {}
    return {"lon": row.lon, "lat": row.lat, **where}


def live(url: str, journal: Path, seed: int) -> None:
    """A seat's life: open the city, send what was not answered, work."""
    while True:
        try:
            services = Services.open(url)
            seat = Seat(services, journal, seed)
            break
        except StoreError:
            time.sleep(PAUSE)
    left = unanswered(journal)
    if left is not None:
        seat.send(*left, again=True)
    seat.work()


def mother(url: str, folder: Path) -> None:
    """Fork a seat for every line of the input, without having opened anything itself."""
    import logging

    from sqlalchemy import create_engine  # loads the drivers before the first fork

    create_engine("postgresql+psycopg://" if url.startswith("postgresql") else "sqlite://").dispose()
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        name, seed = line.split()
        child = os.fork()
        if child == 0:
            try:
                live(url, folder / f"{name}.journal", int(seed))
            except BaseException as error:
                line_of = f"E {json.dumps(repr(error))}\n".encode()
                file = os.open(folder / f"{name}.journal", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                os.write(file, line_of)
                raise
            finally:
                os._exit(1)
        print(child, flush=True)


if __name__ == "__main__":
    mother(sys.argv[1], Path(sys.argv[2]))
