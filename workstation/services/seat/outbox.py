"""What was reported or meant to be done while the server was away: kept on this seat, sent in order when it is back.

A command is kept when it was not answered: the server could not be reached, could not write, or took the command and the
answer was lost on the way. Sent again under its own id it is done once, whichever it was. A refusal or a conflict is an
answer: what became impossible stays here with the reason until somebody does it anew or discards it, and what was meant
to follow on the same case waits with it. Nothing is dropped silently.

Only a server's city has an outbox: a city in a file is on this machine, and what it cannot write it says at once.
"""

from __future__ import annotations

import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...paths import home
from ...store import raw
from ...store.errors import SeqConflict, StoreError
from ...workflow.apply import apply
from ...workflow.case import Case
from ...workflow.decide import Context, decide
from ...workflow.event import Actor, Command, Event, Refusal, format_instant, parse_instant
from ..cases.perform import Done
from ..errors import Conflict, NotFound, PhotoRefused, Refused
from .link import UNANSWERED, LinkState
from .outbox_store import DISCARDED, IMPOSSIBLE, SENT, UNSETTLED, WAITING, OutboxStore, Unreadable

if TYPE_CHECKING:
    from ..documents.photos import PhotoInfo
    from ..services import Services

log = logging.getLogger(__name__)

SHOWN_DAYS = 3
"""So long what was sent or discarded is still listed."""
REMEMBERED = 200
"""Cases that were looked at last: what is meant to be done with them can be judged while the server is away."""
PAUSES = (1.0, 3.0, 10.0, 30.0)
"""Seconds until the next attempt where the server answers but cannot write."""
UNSENDABLE = (KeyError, ValueError, TypeError, AttributeError)
"""What a command raises that no program of this version has made."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A command that was kept. ``case`` is the case as it will be for all that is known here, with ``event`` (None where
    the case was never looked at); ``number`` is the item's in the outbox."""

    number: int
    case: Any
    event: Event | None = None

    @property
    def kept(self) -> bool:
        """True; what is done has no such thing."""
        return True


@dataclass(frozen=True, slots=True)
class Unknown:
    """Stands for a case that was never looked at here."""

    id: str
    code: str = ""
    class_name: str = ""
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One command, or several that hold together. ``state``: waiting, sent, impossible, discarded.

    ``held``: waits for another one on the same case that became impossible. ``why``: what the server answered (``code`` and
    its data); ``reason``: why somebody discarded it. ``data`` is what it says, and what its
    case is called (``case_code``, ``case_name``); of what is settled: nothing.
    """

    number: int
    command_id: str
    name: str
    actor: Actor
    at: datetime
    state: str
    settled_at: datetime | None
    case_ids: tuple[str, ...]
    code: str
    why: dict[str, Any]
    reason: str
    held: bool
    data: dict[str, Any]


class Outbox:
    """The outbox of one open city. Safe to use from several threads; sends in a thread of its own."""

    def __init__(self, services: Services, folder: Path | None = None) -> None:
        self._services = services
        self.keeps = services.db.kind == "postgis" and not services.db.read_only
        """Whether there is one at all. What a replica refuses, it will refuse tomorrow."""
        place = folder or (home() if self.keeps else Path()) / "outbox"
        self._store = OutboxStore(place, services.db.identity)
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []
        self._seen: OrderedDict[str, Case] = OrderedDict()
        self._foreseen: dict[str, Case] = {}
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self.waiting = 0
        self.impossible = 0
        if self.keeps:
            if self._store.exists():
                try:
                    self._count()
                except StoreError as error:
                    # The city opens all the same; what cannot be kept is said when it is to be kept.
                    log.error("the outbox cannot be read: %s", error)
            self._unsubscribe = services.link.subscribe(self._link_changed)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call ``callback`` when something was kept, sent or settled, in any thread. What is returned ends that."""
        self._callbacks.append(callback)

        def unsubscribe() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return unsubscribe

    @property
    def aside(self) -> tuple[Path, ...]:
        """Files of this outbox that were found damaged since the program began, where they lie now."""
        return tuple(self._store.aside)

    def saw(self, case: Case) -> None:
        """A case was looked at, as it stands in the city."""
        with self._lock:
            self._seen.pop(case.id, None)
            self._seen[case.id] = case
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)

    # ---- keeping -----------------------------------------------------------------------------------------------

    def execute(self, commands: Sequence[Command], actor: Actor) -> Done | Kept:
        """Do the commands together, or keep them: what the first of them did, or that it is kept.

        Refused, Conflict and NotFound as of :meth:`CaseService.execute_together`; Refused too for what is impossible by
        what this seat knows. StoreError only where it could neither be done nor kept.
        """
        cases = self._services.cases
        noted = self._services.recommending.noted
        if not self.keeps:
            return cases.execute_together(noted(commands, actor), actor)[0]
        if self._services.link.state.online and not self._follows({c.case_id for c in commands}):
            try:
                return cases.execute_together(noted(commands, actor), actor)[0]
            except StoreError as error:
                if error.code not in UNANSWERED:
                    raise
                log.info("not answered (%s), kept: %s", error.code, commands[0].name)
        return self.keep(commands, actor)

    def execute_many(self, commands: Sequence[Command], actor: Actor) -> list[Any]:
        """The same for each by itself: Done, Kept, Refused, Conflict or NotFound in their order."""
        cases = self._services.cases
        noted = self._services.recommending.noted
        if not self.keeps:
            return list(cases.execute_many(noted(commands, actor), actor))
        if self._services.link.state.online and not self._follows({c.case_id for c in commands}):
            try:
                return list(cases.execute_many(noted(commands, actor), actor))
            except StoreError as error:
                if error.code not in UNANSWERED:
                    raise
        return [self._kept_or_not(command, actor) for command in commands]

    def _kept_or_not(self, command: Command, actor: Actor) -> Kept | Refused:
        try:
            return self.keep([command], actor)
        except Refused as refused:
            return refused

    def keep(self, commands: Sequence[Command], actor: Actor) -> Kept:
        """Keep them: on the disk when this returns. Refused for what is impossible by what this seat knows."""
        at = self._services.now()
        foreseen = self._foresee(commands, actor, at)
        ids = list(dict.fromkeys(command.case_id for command in commands))
        head = commands[0]
        with self._store.writing() as conn:
            body = {
                "about": self._about(commands[0].case_id),
                "commands": [
                    [c.name, c.case_id, c.id, dict(c.data), c.expected_seq, self._before(conn, c.case_id)]
                    for c in commands
                ],
            }
            number = conn.execute(
                "INSERT INTO item (command_id, name, person, person_name, post, unit, at, state, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(head.id, head.name, actor.person, actor.name, actor.post, actor.unit),
                    *(format_instant(at), WAITING, self._store.seal(body, head.id)),
                ),
            ).lastrowid
            conn.executemany(
                "INSERT INTO item_case (n, case_id) VALUES (?, ?)", [(number, case_id) for case_id in ids]
            )
        with self._lock:
            self._foreseen.update({case.id: case for _, case in foreseen if isinstance(case, Case)})
        self._count()
        self.send()
        event, case = foreseen[0]
        return Kept(int(number or 0), case, event)

    def _about(self, case_id: str) -> dict[str, str]:
        """What the case is called, for whoever looks at what waits."""
        with self._lock:
            case = self._seen.get(case_id) or self._foreseen.get(case_id)
        if case is None:
            return {}
        return {"case_code": case.code.strip("-"), "case_name": case.class_name or case.address}

    def _before(self, conn: Any, case_id: str) -> bool:
        """Whether something on the case is not settled: then the case will have moved on by it."""
        marks = ", ".join("?" for _ in UNSETTLED)
        found = conn.execute(
            "SELECT 1 FROM item_case AS c JOIN item AS i ON i.n = c.n"
            f" WHERE c.case_id = ? AND i.state IN ({marks})",
            (case_id, *UNSETTLED),
        ).fetchone()
        return found is not None

    def _follows(self, case_ids: set[str]) -> bool:
        """Whether one of the cases has something waiting here: what comes later goes after it."""
        if not self.waiting and not self.impossible:
            return False
        with self._store.reading() as conn:
            return any(self._before(conn, case_id) for case_id in case_ids)

    def known(self, case_id: str) -> Case | None:
        """The case as it was last looked at, with what is kept for it done; None where it never was."""
        with self._lock:
            return self._foreseen.get(case_id) or self._seen.get(case_id)

    def _foresee(
        self, commands: Sequence[Command], actor: Actor, now: datetime
    ) -> list[tuple[Event | None, Any]]:
        """What the commands will do for all that is known here. Refused where that is: nothing."""
        services = self._services
        made: dict[str, Case] = {}
        out: list[tuple[Event | None, Any]] = []
        for command in commands:
            before = made.get(command.case_id) or self.known(command.case_id)
            new = services.handbook.arrow(command.name)
            if before is None and (new is None or None not in new.frm):
                out.append((None, Unknown(command.case_id, seq=command.expected_seq)))
                continue
            handbook = services.handbook if before is None else services.handbook_of(before)
            context = Context(now, actor, handbook, services.calendar, True)
            data = {"code": "-", **command.data} if before is None else dict(command.data)
            event = decide(before, Command(command.name, command.case_id, command.id, data), context)
            if isinstance(event, Refusal):
                raise Refused(event)
            made[command.case_id] = apply(before, event)
            out.append((event, made[command.case_id]))
        return out

    # ---- photographs -------------------------------------------------------------------------------------------

    def keep_photo(self, info: PhotoInfo, content: bytes, thumbnail: bytes, name: str) -> None:
        """Keep a photograph until it can be sent; the same bytes once."""
        with self._store.writing() as conn:
            conn.execute(
                "INSERT OR IGNORE INTO photo (sha256, name, at, content, thumbnail) VALUES (?, ?, ?, ?, ?)",
                (
                    *(info.sha256, name, format_instant(self._services.now())),
                    self._store.cipher.seal(content, info.sha256),
                    self._store.cipher.seal(thumbnail, info.sha256),
                ),
            )

    def photo(self, sha256: str, column: str) -> bytes | None:
        """A photograph that is kept here, or its thumbnail; None."""
        if not self.keeps or not self._store.exists() or column not in ("content", "thumbnail"):
            return None
        with self._store.reading() as conn:
            row = conn.execute(f"SELECT {column} FROM photo WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else self._store.cipher.open(row[0], sha256)

    def _send_photos(self) -> None:
        with self._store.reading() as conn:
            names = conn.execute("SELECT sha256, name FROM photo ORDER BY at").fetchall()
        for sha256, name in names:
            content = self.photo(sha256, "content")
            if content is not None:
                try:
                    self._services.photos.store(content, name)
                except PhotoRefused:
                    log.warning("a photograph that was kept is none any more: %s", sha256)
            with self._store.writing() as conn:
                conn.execute("DELETE FROM photo WHERE sha256 = ?", (sha256,))

    # ---- what is here ------------------------------------------------------------------------------------------

    def items(self) -> list[Item]:
        """What waits and what became impossible, in the order it was meant, then what was settled lately, newest first."""
        if not self.keeps or not self._store.exists():
            return []
        since = format_instant(self._services.now() - timedelta(days=SHOWN_DAYS))
        with self._store.reading() as conn:
            rows = conn.execute(
                "SELECT n, command_id, name, person, person_name, post, unit, at, state, settled_at, code, why,"
                " reason, body FROM item WHERE state IN (?, ?) OR settled_at >= ? ORDER BY n",
                (*UNSETTLED, since),
            ).fetchall()
            of_case: dict[int, list[str]] = {}
            for number, case_id in conn.execute("SELECT n, case_id FROM item_case"):
                of_case.setdefault(number, []).append(case_id)
        stuck: set[str] = set()
        open_items: list[Item] = []
        settled: list[Item] = []
        for row in rows:
            cases = of_case.get(row[0], [])
            held = row[8] == WAITING and not stuck.isdisjoint(cases)
            if row[8] == IMPOSSIBLE or held:
                stuck.update(cases)
            (open_items if row[8] in UNSETTLED else settled).append(self._item(row, tuple(cases), held))
        return open_items + sorted(settled, key=lambda item: item.settled_at or item.at, reverse=True)

    def _item(self, row: Sequence[Any], cases: tuple[str, ...], held: bool) -> Item:
        data: dict[str, Any] = {}
        if row[13] is not None:
            try:
                body = self._store.unseal(row[13], row[1])
                data = {**body.get("about", {}), **body["commands"][0][3]}
            except Unreadable:
                data = {}
        return Item(
            row[0],
            row[1],
            row[2],
            Actor(row[3], row[4], row[5], row[6]),
            parse_instant(row[7]),
            row[8],
            parse_instant(row[9]) if row[9] else None,
            cases,
            row[10],
            json.loads(row[11]),
            row[12],
            held,
            data,
        )

    def _count(self) -> None:
        with self._store.reading() as conn:
            found = dict(conn.execute("SELECT state, count(*) FROM item GROUP BY state").fetchall())
        self.waiting, self.impossible = found.get(WAITING, 0), found.get(IMPOSSIBLE, 0)
        for callback in tuple(self._callbacks):
            callback()

    # ---- what somebody decides -----------------------------------------------------------------------------------

    def redo(self, number: int, expected_seq: int | None) -> None:
        """Send what became impossible anew, after the case was looked at as of ``expected_seq``; what follows it too."""
        with self._store.writing() as conn:
            row = conn.execute(
                "SELECT command_id, body FROM item WHERE n = ? AND state = ?", (number, IMPOSSIBLE)
            ).fetchone()
            if row is None:
                return
            body = self._store.unseal(row[1], row[0])
            for place, command in enumerate(body["commands"]):
                command[4], command[5] = (expected_seq if place == 0 else None), False
            conn.execute(
                "UPDATE item SET state = ?, settled_at = '', why = '{}', body = ? WHERE n = ?",
                (WAITING, self._store.seal(body, row[0]), number),
            )
        self._count()
        self.send()

    def discard(self, number: int, reason: str) -> None:
        """It is not wanted any more, for that reason. What was to follow it on the same case is shown as impossible."""
        if not reason.strip():
            raise ValueError("discarding needs a reason")
        now = format_instant(self._services.now())
        with self._store.writing() as conn:
            changed = conn.execute(
                "UPDATE item SET state = ?, settled_at = ?, reason = ?, body = NULL WHERE n = ? AND state IN (?, ?)",
                (DISCARDED, now, reason.strip(), number, *UNSETTLED),
            ).rowcount
            if changed:
                conn.execute(
                    "UPDATE item SET state = ?, why = ? WHERE state = ? AND n > ? AND n IN (SELECT n FROM item_case"
                    " WHERE case_id IN (SELECT case_id FROM item_case WHERE n = ?))",
                    (IMPOSSIBLE, json.dumps({"code": "depends"}), WAITING, number, number),
                )
            cases = [row[0] for row in conn.execute("SELECT case_id FROM item_case WHERE n = ?", (number,))]
        with self._lock:
            for case_id in cases:
                self._foreseen.pop(case_id, None)
        self._count()
        self.send()

    # ---- sending -------------------------------------------------------------------------------------------------

    def _link_changed(self, state: LinkState) -> None:
        if state.online:
            self.send()

    def send(self) -> None:
        """Begin to send what waits, where the server can be reached; in the background."""
        if not self.keeps or not self._store.exists():
            return
        with self._lock:
            self._wake.set()
            if self._stopping or not self._services.link.state.online:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            self._drain()
        except BaseException:
            with self._lock:
                self._thread = None
            raise

    def _drain(self) -> None:
        attempt = 0
        while not self._stopping:
            self._wake.clear()
            try:
                self.send_now()
            except StoreError as error:
                if error.code not in UNANSWERED:
                    log.error("the outbox cannot be sent", exc_info=error)
                with self._lock:
                    if not self._services.link.state.online:
                        self._thread = None  # the link says when it is back
                        return
                self._wake.wait(PAUSES[min(attempt, len(PAUSES) - 1)])
                attempt += 1
                continue
            with self._lock:
                if not self._wake.is_set() or self._stopping:
                    self._thread = None
                    return

    def send_now(self) -> int:
        """Send everything that can be sent, in order; how many were. StoreError where the server did not answer."""
        me = self._person()
        self._send_photos()
        sent = 0
        stuck: set[str] = set()
        for number, state, person in self._in_order():
            cases = self._cases_of(number)
            if state == IMPOSSIBLE or (me and person != me) or not stuck.isdisjoint(cases):
                stuck.update(cases)
                continue
            if self._send_item(number):
                sent += 1
            else:
                stuck.update(cases)
        return sent

    def _in_order(self) -> list[tuple[int, str, str]]:
        with self._store.reading() as conn:
            rows = conn.execute(
                "SELECT n, state, person FROM item WHERE state IN (?, ?) ORDER BY n", UNSETTLED
            )
            return [(row[0], row[1], row[2]) for row in rows]

    def _cases_of(self, number: int) -> set[str]:
        with self._store.reading() as conn:
            return {row[0] for row in conn.execute("SELECT case_id FROM item_case WHERE n = ?", (number,))}

    def _person(self) -> str:
        """Whose session it is where each person has one of their own; "": whoever acts is taken at their word."""
        with self._services.db.read() as conn:
            there = raw.first(conn, "SELECT to_regprocedure('door.me()') IS NOT NULL")
            row = raw.first(conn, "SELECT door.me()") if there and there[0] else None
        return str(row[0] or "") if row else ""

    def _send_item(self, number: int) -> bool:
        with self._store.reading() as conn:
            row = conn.execute(
                "SELECT command_id, body, person, person_name, post, unit FROM item WHERE n = ? AND state = ?",
                (number, WAITING),
            ).fetchone()
        if row is None:  # another window was quicker
            return True
        try:
            commands = self._commands(number, self._store.unseal(row[1], row[0]))
            done = self._services.cases.execute_together(commands, Actor(*row[2:6]))
        except SeqConflict as error:  # others are at the same case again and again: later
            raise StoreError("busy", url=self._services.db.url) from error
        except (Refused, Conflict, NotFound, Unreadable, *UNSENDABLE) as error:
            self._impossible(number, error)
            return False
        now = format_instant(self._services.now())
        with self._store.writing() as conn:
            conn.execute(
                "UPDATE item SET state = ?, settled_at = ?, code = ?, body = NULL WHERE n = ?",
                (SENT, now, done[0].case.code, number),
            )
            conn.executemany(
                "UPDATE item_case SET seq = ? WHERE n = ? AND case_id = ?",
                [(item.case.seq, number, item.case.id) for item in done],
            )
        with self._lock:
            for item in done:
                self._foreseen.pop(item.case.id, None)
                if item.case.id in self._seen:
                    self._seen[item.case.id] = item.case
        self._count()
        return True

    def _commands(self, number: int, body: dict[str, Any]) -> list[Command]:
        """The commands as they were meant. One that follows another of this outbox expects the case as that left it."""
        out = []
        for name, case_id, command_id, data, expected, follows in body["commands"]:
            if follows:
                with self._store.reading() as conn:
                    row = conn.execute(
                        "SELECT c.seq FROM item_case AS c JOIN item AS i ON i.n = c.n WHERE c.case_id = ? AND c.n < ?"
                        " AND i.state = ? ORDER BY c.n DESC LIMIT 1",
                        (case_id, number, SENT),
                    ).fetchone()
                expected = row[0] if row is not None else expected
            out.append(Command(name, case_id, command_id, data, expected))
        return out

    def _impossible(self, number: int, error: BaseException) -> None:
        why: dict[str, Any] = {"code": "failed", "what": type(error).__name__}
        if isinstance(error, Refused):
            why = {"code": error.refusal.code, "refusal": dict(error.refusal.data)}
        elif isinstance(error, Conflict):
            last = error.events[-1].event if error.events else None
            why = {"code": "conflict", "case_code": error.case.code}
            if last is not None:
                why |= {"who": last.actor_name, "what": last.kind, "when": format_instant(last.at)}
        elif isinstance(error, NotFound):
            why = {"code": error.code}
        elif isinstance(error, Unreadable):
            why = {"code": "unreadable"}
        else:
            log.error("a kept command cannot be sent", exc_info=error)
        with self._store.writing() as conn:
            conn.execute(
                "UPDATE item SET state = ?, settled_at = ?, why = ? WHERE n = ?",
                (IMPOSSIBLE, format_instant(self._services.now()), json.dumps(why, default=str), number),
            )
        with self._lock:
            for case_id in self._cases_of(number):
                self._foreseen.pop(case_id, None)
        self._count()

    def close(self) -> None:
        """Stop sending, and close the file. What waits is there when the city is opened again."""
        with self._lock:
            self._stopping = True
            self._callbacks.clear()
            thread = self._thread
        self._wake.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join(2.0)
        self._store.close()
