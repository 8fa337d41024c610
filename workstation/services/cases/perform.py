"""Doing commands: what was done before, load, standing, scope, decide, what is named, append. One program for both stores.

It runs in the caller's transaction and says nothing to anybody. On SpatiaLite a seat calls it; on PostGIS the very same
code runs inside the server (:mod:`..server.inside`), so it needs nothing but :mod:`workstation.store.raw` and the standard library.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from ...store import changes, log, raw
from ...store.log import Head, StoredEvent
from ...workflow.apply import apply
from ...workflow.calendar import WorkCalendar
from ...workflow.case import Case
from ...workflow.decide import Context, decide
from ...workflow.event import Actor, Command, Event, Refusal
from ...workflow.fields import storable
from ...workflow.handbook import Handbook
from ..errors import Conflict, NotFound, Refused
from ..personal.personal import taken
from ..rules.editions import Editions
from .references import missing_reference
from .scope import scope_in
from .standing import standing_of
from .together import TIED, completed, untied

if TYPE_CHECKING:
    from sqlalchemy import Connection

REMEMBERED = 512
"""How many cases a seat keeps as they were last written."""
PLACING = frozenset({"report", "register", "register_part", "self_dispose"})
"""The moves that say where a problem is."""
LOCAL = ZoneInfo("Asia/Shanghai")

_TAKE = (
    "INSERT INTO case_code AS c (day, last) VALUES (?, ?)"
    " ON CONFLICT (day) DO UPDATE SET last = c.last + ? RETURNING last"
)
# On a border the smaller code, letter by letter as Python compares them.
_GRID = {
    "postgresql": (
        "SELECT g.code, g.area_class FROM grid AS g,"
        " (SELECT ST_SetSRID(ST_MakePoint(?, ?), 4490) AS point) AS p"
        " WHERE g.valid_to IS NULL AND ST_Intersects(g.geom, p.point)"
        ' ORDER BY g.code COLLATE "C" LIMIT 1'
    ),
    "sqlite": (
        "SELECT g.code, g.area_class FROM (SELECT CAST(? AS REAL) AS x, CAST(? AS REAL) AS y) AS p"
        " JOIN idx_grid_geom AS i ON i.xmin <= p.x AND i.xmax >= p.x AND i.ymin <= p.y AND i.ymax >= p.y"
        " JOIN grid AS g ON g.rowid = i.pkid"
        " WHERE g.valid_to IS NULL AND ST_Intersects(g.geom, MakePoint(p.x, p.y, 4490))"
        " ORDER BY g.code LIMIT 1"
    ),
}

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command has done: the event that was recorded and the case as that event left it."""

    event: Event
    case: Case


Made = tuple[Done, int]
"""What was done, and its number in the change log; 0 where it had been done before."""
Answer = Done | Refused | Conflict | NotFound


class Rules(Protocol):
    """What commands are decided by in a city, as of now."""

    @property
    def district_code(self) -> str:
        """What case codes begin with."""

    @property
    def handbook(self) -> Handbook:
        """The handbook in force."""

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar in force."""

    def handbook_of(self, case: Case) -> Handbook:
        """The edition that the case was filed under; the one in force while it is not filed."""


def _require_writable(commands: Sequence[Command]) -> None:
    """What the store is asked for before anything is decided must be texts that a store can be asked for."""
    for command in commands:
        if not storable(command.case_id) or not storable(command.id):
            raise Refused(Refusal("unreadable", {"what": "command"}))
        for name in ("into", "parent"):
            other = command.data.get(name)
            if other is not None and (not isinstance(other, str) or not storable(other)):
                raise Refused(Refusal("field_wrong", {"arrow": command.name, "field": name}))


class Performer:
    """Does the commands of one city. Safe to use from several threads, each with a connection of its own."""

    def __init__(self, rules: Rules, now: Now, remembered: int = REMEMBERED) -> None:
        self.rules = rules
        self.now = now
        self._remembered = remembered
        # Cases as they were last written here, by id: they need not be read back for the next command.
        self._known: dict[str, Head] = {}
        self._lock = threading.Lock()

    # ---- several commands ------------------------------------------------------------------------------------

    def together(self, conn: Connection, commands: Sequence[Command], actor: Actor) -> list[Made]:
        """Do all of the commands, and the other half of a merger where it was left out; each sees those before it.

        Refused, Conflict and NotFound as of the first that is not possible, SeqConflict where another seat was quicker:
        the caller rolls back.
        """
        _require_writable(commands)
        tied = any(command.name in TIED for command in commands)
        knows_absorb = tied and self.knows_absorb(conn, commands)
        if tied:
            commands = completed(commands, knows_absorb)
        if len(commands) > 1:
            self._hold(conn, commands)
        made = [self.perform(conn, command, actor) for command in commands]
        if tied:
            fresh = [done for done, log_id in made if log_id]
            refusal = untied(conn, [d.event.kind for d in fresh], [d.case for d in fresh], knows_absorb)
            if refusal is not None:
                raise Refused(refusal)
        return made

    def each(
        self, conn: Connection, commands: Sequence[Command], actor: Actor
    ) -> tuple[list[Answer], list[Made]]:
        """Do each command by itself: an answer for each in their order, and everything that was done."""
        _require_writable(commands)
        self._hold(conn, commands)
        answers: list[Answer] = []
        made: list[Made] = []
        for command in commands:
            try:
                with conn.begin_nested():
                    done = self.together(conn, [command], actor)
            except (Refused, Conflict, NotFound) as answer:
                answers.append(answer)
            else:
                made.extend(done)
                answers.append(done[0][0])
        return answers, made

    def knows_absorb(self, conn: Connection, commands: Sequence[Command]) -> bool:
        """Whether the cases that others are merged into are under a handbook that takes note of it."""
        into = [log.load_case(conn, str(c.data.get("into", ""))) for c in commands if c.name == "merge"]
        return all(self.rules.handbook_of(case).arrow("absorb") for case in into if case)

    def _hold(self, conn: Connection, commands: Sequence[Command]) -> None:
        """Take at once what several commands will need, so that two seats never wait for one another in a circle."""
        ids = {command.case_id for command in commands}
        found = log.hold(conn, ids | {str(c.data.get("into", "")) for c in commands if c.name == "merge"})
        if not ids <= found:
            self._count_codes(conn, self.now(), 0)

    # ---- one command -----------------------------------------------------------------------------------------

    def perform(self, conn: Connection, command: Command, actor: Actor) -> Made:
        """Decide and append one command. Refused, Conflict, NotFound, SeqConflict: nothing of it is done."""
        stored = log.by_command(conn, command.id)
        if stored is not None:
            return self._done_before(conn, stored, command, actor), 0
        now = self.now()
        head = log.load(conn, command.case_id, self._known, held=True)
        case = head.case if head else None
        standing = standing_of(conn, actor, now)
        if standing is None:
            raise Refused(Refusal("not_your_post", {"post": actor.post, "person": actor.person}))
        if case is not None:
            self._require_sight(conn, case, actor, command)
        if command.expected_seq is not None and command.expected_seq != (case.seq if case else 0):
            if case is None:
                raise NotFound("no_such_case", command.case_id)
            # The number may be any: one that a store cannot be asked for is no event's.
            seen = max(0, min(command.expected_seq, case.seq))
            raise Conflict(log.history(conn, case.id, seen), case)
        # What nothing below may see (it goes into the event) is taken out of the command here.
        command = taken(conn, command, now)
        command = self._with_grid(conn, command)
        if case is None and not command.data.get("code"):
            # A refusal rolls the number back with everything else.
            command = replace(command, data={**command.data, "code": self.take_code(conn, now)})
        context = self.context(case, actor, now, standing.certified)
        event = decide(case, command, context)
        if isinstance(event, Refusal):
            raise Refused(event)
        missing = missing_reference(conn, case, event, command.data, now)
        if missing is not None:
            raise Refused(missing)
        return self._record(conn, head, event, context)

    def rehearse(self, conn: Connection) -> None:
        """Go the way of a new case up to its writing, so that everything on it is loaded. The caller takes it back."""
        now, handbook = self.now(), self.rules.handbook
        arrow = handbook.arrow("register")
        if arrow is None or not handbook.classes:
            return
        nobody, kind = Actor("", "", arrow.posts[0]), handbook.classes[0]
        data = {"kind": kind.kind, "class_code": kind.code, "source": next(iter(handbook.sources))}
        place = {"description": "-", "address": "-", "lon": 0.0, "lat": 0.0, "grid": "", "component": "-"}
        command = self._with_grid(conn, Command("register", "-", "-", {**data, **place}))
        command = replace(command, data={**command.data, "code": self.take_code(conn, now)})
        context = self.context(None, nobody, now, True)
        event = decide(None, command, context)
        if isinstance(event, Event):
            self._record(conn, None, event, context)

    def context(self, case: Case | None, actor: Actor, now: datetime, certified: bool) -> Context:
        """What the case is decided in (None: a new one)."""
        handbook = self.rules.handbook if case is None else self.rules.handbook_of(case)
        return Context(now, actor, handbook, self.rules.calendar, certified)

    def _require_sight(self, conn: Connection, case: Case, actor: Actor, command: Command) -> None:
        """Nobody learns by a command what a case is that is not theirs to see. What their post never does is said first."""
        scope = scope_in(conn, actor, self.rules.handbook)
        if scope is None or scope.sees(case):
            return
        arrow = self.rules.handbook_of(case).arrow(command.name)
        if arrow is not None and actor.post not in arrow.posts:
            told = {"arrow": arrow.name, "post": actor.post, "posts": list(arrow.posts)}
            raise Refused(Refusal("wrong_post", told))
        raise NotFound("not_yours", case.id)

    def _with_grid(self, conn: Connection, command: Command) -> Command:
        """A position without a grid: the grid that holds it, and its area class."""
        data = command.data
        if data.get("grid") or command.name not in PLACING:
            return command
        lon, lat = data.get("lon"), data.get("lat")
        if not isinstance(lon, float) or not isinstance(lat, float):
            return command
        found = raw.first(conn, _GRID[conn.dialect.name], (lon, lat))
        if found is None:
            return command
        return replace(command, data={**data, "grid": found[0], "area_class": found[1]})

    def _record(self, conn: Connection, head: Head | None, event: Event, context: Context) -> Made:
        after = apply(head.case if head else None, event)
        if after.handbook and (head is None or after.handbook != head.case.handbook):
            Editions.keep(conn, context.handbook, context.now)
        made = log.append(conn, event, after, head)
        self._remember(made.head)
        return Done(event, after), made.log_id

    def _remember(self, head: Head) -> None:
        # Also right when the transaction is rolled back: the row does not have this hash then, and is read.
        with self._lock:
            self._known.pop(head.case.id, None)
            self._known[head.case.id] = head
            if len(self._known) > self._remembered:
                self._known.pop(next(iter(self._known)))

    def text_of(self, case: Case) -> str | None:
        """The text of a case that was written here just now; None of another."""
        with self._lock:
            head = self._known.get(case.id)
        return head.document.text if head and head.document and head.case is case else None

    def _done_before(self, conn: Connection, stored: StoredEvent, command: Command, actor: Actor) -> Done:
        if (stored.event.case_id, stored.event.kind) != (command.case_id, command.name):
            raise Refused(Refusal("command_id_used"))
        case: Case | None = None
        for item in log.history(conn, command.case_id):
            if item.event.seq <= stored.event.seq:
                case = apply(case, item.event)
        if case is None:
            raise NotFound("no_such_case", command.case_id)
        if stored.event.actor != actor.person:
            # One's own is answered again whatever has become of one's post; another's only to who may see it.
            if standing_of(conn, actor, self.now()) is None:
                raise Refused(Refusal("not_your_post", {"post": actor.post, "person": actor.person}))
            self._require_sight(conn, case, actor, command)
        return Done(stored.event, case)

    # ---- numbers ---------------------------------------------------------------------------------------------

    def take_code(self, conn: Connection, now: datetime) -> str:
        """The next case code of the day: district, yyyymmdd, and a number from 00001 on."""
        day, last = self._count_codes(conn, now, 1)
        return f"{day}{last:05d}"

    def _count_codes(self, conn: Connection, now: datetime, by: int) -> tuple[str, int]:
        """Count the day's codes on; by 0, only keep everybody else from doing so until the end of the transaction.

        On a server in the order of the commits: whoever held the day's row while waiting for their turn to commit would let
        nobody else into that queue who registers a case, and the last of fifty waited for seconds.
        """
        if conn.dialect.name == "postgresql":
            changes.order_commits(conn)
        day = f"{self.rules.district_code}{now.astimezone(LOCAL):%Y%m%d}"
        row = raw.first(conn, _TAKE, (day, by, by))
        return day, row[0] if row else by
