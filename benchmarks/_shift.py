"""A scripted shift: what a seat reads and does with one case after another, how long each took, and what was sent for it."""

from __future__ import annotations

import multiprocessing
import pickle
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from workstation.services.lists.filter import CaseFilter
from workstation.services.services import Changes, Services
from workstation.store.errors import StoreError
from workstation.workflow.event import Actor, Command

RULE = {"kind": "event", "class_code": "0101", "condition": "event/0101/1"}
WARM_TRIES = 120

Sent = tuple[str, Any]
"""A statement with its parameters as the driver was given them; BEGIN and COMMIT with None."""


@dataclass
class Log:
    """What one seat has to tell of its shift. Instants are of the clock that all processes of a machine share."""

    seat: int
    transitions: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    begun: float = 0.0
    ended: float = 0.0
    committed: list[tuple[int, float]] = field(default_factory=list)
    heard: list[tuple[int, float]] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Hands:
    """Who does which step at this seat, and where."""

    operator: Actor
    leader: Actor
    dispatcher: Actor
    receiver: Actor
    collector: Actor
    place: tuple[float, float]


def hands(services: Services, seat: int) -> Hands:
    """People of the city for a seat's shift; seats share them as far as there are not enough."""
    people = services.people

    def one(post: str) -> Actor:
        found = people.with_post(post)
        return people.actor(found[seat % len(found)].id, post)

    west, south, east, north = services.city.extent
    chance = random.Random(seat)
    place = (
        west + (east - west) * chance.uniform(0.3, 0.7),
        south + (north - south) * chance.uniform(0.3, 0.7),
    )
    return Hands(*map(one, ("operator", "shift_leader", "dispatcher", "receiver", "collector")), place)


class Shift:
    """Works at one seat."""

    def __init__(self, services: Services, seat: int, log: Log, wait: Callable[[], None]) -> None:
        self._services, self._log, self._wait = services, log, wait
        self._hands = hands(services, seat)

    def case(self) -> None:
        """One case from its registration to its end, each step by the post whose step it is, after looking at its list."""
        h, services = self._hands, self._services
        case_id = services.cases.new_case_id()
        lon, lat = h.place
        data = {
            "kind": "event",
            "class_code": "0101",
            "source": "collector",
            "description": "井盖缺失，路面塌陷，过往车辆绕行",
            "address": "南门大街1号",
            "lon": lon,
            "lat": lat,
        }
        self._look(h.operator)
        seq = self._do("register", case_id, h.operator, data, 0)
        self._look(h.leader)
        seq = self._do("file", case_id, h.leader, RULE, seq)
        self._look(h.dispatcher)
        seq = self._do("dispatch", case_id, h.dispatcher, {"unit": h.receiver.unit}, seq)
        self._look(h.receiver)
        seq = self._do("receive", case_id, h.receiver, {}, seq)
        seq = self._do("feed_back", case_id, h.receiver, {"note": "已更换井盖，路面恢复"}, seq)
        self._look(h.operator)
        seq = self._do("send_verify", case_id, h.operator, {"to": h.collector.person}, seq)
        seq = self._do("verified", case_id, h.collector, {"result": "pass"}, seq)
        self._look(h.leader)
        self._do("close", case_id, h.leader, {}, seq)

    def _look(self, actor: Actor) -> None:
        """The post's own list and how many wait, the open cases due first, and one of them as it is."""
        lists = self._services.lists.seen_by(actor)
        todo = lists.inbox(actor)
        page = self._read(lambda: lists.page(todo, None, 60))
        self._read(lambda: lists.count(todo))
        self._read(lambda: lists.page(CaseFilter(open=True), None, 60))
        if page.rows:
            self._read(lambda: self._services.cases.get(page.rows[0].id))

    def _read(self, read: Callable[[], Any]) -> Any:
        begun = time.monotonic()
        found = read()
        self._log.reads.append(time.monotonic() - begun)
        return found

    def _do(self, name: str, case_id: str, actor: Actor, data: dict[str, Any], seq: int) -> int:
        self._wait()
        cases = self._services.cases
        command = Command(name, case_id, cases.new_command_id(), data, seq or None)
        begun = time.monotonic()
        done = cases.execute(command, actor)
        self._log.transitions.append(time.monotonic() - begun)
        return done.case.seq


@contextmanager
def recorded(sent: list[Sent]) -> Iterator[None]:
    """Note every statement that goes to the server over the seat's own connections, and where transactions begin and end."""
    import psycopg
    from psycopg.pq import TransactionStatus

    execute, commit, rollback = psycopg.Cursor.execute, psycopg.Connection.commit, psycopg.Connection.rollback

    def noting(self: Any, query: Any, params: Any = None, **options: Any) -> Any:
        text = query.decode() if isinstance(query, bytes) else query
        if isinstance(text, str) and text.strip(" ;"):  # what is composed is the driver's own, on connecting
            conn = self.connection
            if not conn.autocommit and conn.info.transaction_status == TransactionStatus.IDLE:
                level = " ISOLATION LEVEL REPEATABLE READ READ ONLY" if conn.read_only else ""
                sent.append((f"BEGIN{level}", None))
            sent.append((text, params if params is not None else ()))
        return execute(self, query, params, **options)

    def ending(word: str, original: Any) -> Any:
        def end(self: Any) -> Any:
            if self.info.transaction_status != TransactionStatus.IDLE:
                sent.append((word, None))
            return original(self)

        return end

    psycopg.Cursor.execute = noting  # type: ignore[method-assign,assignment]
    psycopg.Connection.commit = ending("COMMIT", commit)  # type: ignore[method-assign]
    psycopg.Connection.rollback = ending("ROLLBACK", rollback)  # type: ignore[method-assign]
    try:
        yield
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign]
        psycopg.Connection.commit = commit  # type: ignore[method-assign]
        psycopg.Connection.rollback = rollback  # type: ignore[method-assign]


def warm(services: Services) -> None:
    """Have the server load the program for this seat's connection, as it has when somebody sits down in the morning."""
    for _ in range(WARM_TRIES):
        try:
            services.cases.make_ready()
            return
        except StoreError:
            services.look_now()
            time.sleep(1)
    raise SystemExit("the server does not answer")


def _seat(
    url: str,
    seat: int,
    cases: int,
    pace: float,
    record: bool,
    listen: bool,
    start: Any,
    door: Any,
    folder: Path,
) -> None:
    log = Log(seat)
    services = Services.open(url)

    def told(changes: Changes) -> None:
        (log.heard if changes.others else log.committed).append((changes.last_id, time.monotonic()))

    try:
        chance = random.Random(seat)
        shift = Shift(services, seat, log, lambda: time.sleep(chance.expovariate(1 / pace)) if pace else None)
        with door:  # a few at a time, as people come in the morning
            warm(services)
        shift._look(shift._hands.operator)
        log.reads.clear()
        services.subscribe(told)
        if listen:
            services.listen()
            time.sleep(1)
        start.wait(600)
        with recorded(log.sent if record else []):
            log.begun = time.monotonic()
            time.sleep(chance.uniform(0, pace))  # nobody begins at the same instant as fifty others
            for _ in range(cases):
                shift.case()
            log.ended = time.monotonic()
        if listen:
            time.sleep(1.5)
    except Exception as error:  # told to whoever measures, which then has no figure
        log.errors.append(f"{type(error).__name__}: {error}")
        start.abort()
    finally:
        services.close()
        (folder / f"seat-{seat}.pickle").write_bytes(pickle.dumps(log))


def work(
    url: str,
    seats: int,
    cases: int,
    folder: Path,
    *,
    pace: float = 0.0,
    record: bool = False,
    listen: bool = True,
) -> list[Log]:
    """Let so many seats, each a process, work so many cases each. ``pace``: seconds between two steps of a seat on average;
    0 as fast as they are answered. SystemExit when a seat could not do its work."""
    context = multiprocessing.get_context("fork")
    start, door = context.Barrier(seats), context.Semaphore(2)
    made = [
        context.Process(
            target=_seat, args=(url, n, cases, pace, record, listen, start, door, folder), daemon=True
        )
        for n in range(seats)
    ]
    for process in made:
        process.start()
    for process in made:
        process.join(3600)
    logs = [pickle.loads((folder / f"seat-{n}.pickle").read_bytes()) for n in range(seats)]
    errors = [error for log in logs for error in log.errors]
    if errors:
        raise SystemExit(f"{len(errors)} seats could not do their work: {errors[0]}")
    return logs


def visible(logs: Sequence[Log]) -> list[float]:
    """Seconds from a commit's acknowledgement until each other seat that was still at work had heard of it; infinity where
    one never did."""
    out = []
    for log in logs:
        for number, at in log.committed:
            for other in logs:
                if other is not log and at <= other.ended:
                    heard = next((when for last, when in other.heard if last >= number), float("inf"))
                    out.append(max(0.0, heard - at))
    return out


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
