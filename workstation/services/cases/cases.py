"""Moving cases: the one door through which a case changes. Permission, load, decide, append, commit, then tell."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection

from ...store import log, raw
from ...store.database import Database
from ...store.errors import SeqConflict
from ...store.log import StoredEvent
from ...store.projection import stage_clock
from ...workflow.apply import apply
from ...workflow.calendar import WorkCalendar
from ...workflow.case import Case, ClockRun
from ...workflow.decide import allowed, decide
from ...workflow.event import Actor, Command, Refusal
from ...workflow.flow import Arrow
from ...workflow.handbook import Handbook
from ..errors import NotFound
from ..lists.statement_parts import listed
from ..server.at_door import AtDoor
from .perform import Answer, Done, Made, Performer
from .references import Known, missing_reference
from .scope import scope_in
from .standing import standing_of
from .together import completed, part_of

__all__ = ["Answer", "CaseService", "Done", "Preview", "utc_now"]

if TYPE_CHECKING:
    from ..services import Services

ATTEMPTS = 5
"""How often a command without ``expected_seq`` is decided again when the case has moved on meanwhile."""
T = TypeVar("T")
BATCH = {"spatialite": 50, "postgis": 20}
"""Commands of :meth:`CaseService.execute_many` in one transaction: other seats wait no longer than for these."""
PORTION = 100
"""Cases that are in memory as text at a time."""


def utc_now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a command would do to a case. ``clock`` is the clock that it would set going, ``due_at`` its deadline.

    ``before`` and ``after`` are the whole case as it stands and as it would be; ``after`` is None where it is refused.
    """

    case_id: str
    refusal: Refusal | None
    due_at: datetime | None
    clock: ClockRun | None
    before: Case | None = None
    after: Case | None = None


class _SeatRules:
    """What this seat decides by: what its services know of the city."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @property
    def district_code(self) -> str:
        return self._services.city.district_code

    @property
    def handbook(self) -> Handbook:
        return self._services.handbook

    @property
    def calendar(self) -> WorkCalendar:
        return self._services.calendar

    def handbook_of(self, case: Case) -> Handbook:
        return self._services.handbook_of(case)


class _Here:
    """Commands done by this seat itself, in a city that is a file."""

    def __init__(self, database: Database, performer: Performer) -> None:
        self._database = database
        self._performer = performer

    def together(self, commands: Sequence[Command], actor: Actor) -> list[Made]:
        """As :meth:`AtDoor.together`."""
        return self._again(lambda conn: self._performer.together(conn, commands, actor))

    def each(self, commands: Sequence[Command], actor: Actor) -> tuple[list[Answer], list[Made]]:
        """As :meth:`AtDoor.each`."""
        return self._again(lambda conn: self._performer.each(conn, commands, actor))

    def _again(self, do: Callable[[Connection], T]) -> T:
        for _ in range(ATTEMPTS - 1):
            try:
                with self._database.write() as conn:
                    return do(conn)
            except SeqConflict:
                continue
        with self._database.write() as conn:
            return do(conn)


class CaseService:
    """Commands on cases, and what a case is and has been."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database: Database = services.db
        # Asked each time: a test, or a replay, may turn the services' clock.
        self._performer = Performer(_SeatRules(services), lambda: services.now())
        self._doing: AtDoor | _Here = _Here(self._database, self._performer)
        if self._database.kind == "postgis":
            # Only whoever owns the city may say what time it is; everybody else takes the server's.
            self._doing = AtDoor(self._database, None if services.now is utc_now else services.now)

    def make_ready(self) -> None:
        """Let a server load now what it needs for the first command of this seat, which else waits a third of a second."""
        if isinstance(self._doing, AtDoor) and not self._database.read_only:
            self._doing.ready()

    # ---- doing -----------------------------------------------------------------------------------------------

    def execute(self, command: Command, actor: Actor) -> Done:
        """Do one command, durably: when this returns, it survives a power cut.

        The same command id again gives what it did the first time. Refused when it is not possible; Conflict when
        ``expected_seq`` is given and the case has moved on. A merger is entered in the other case as well.
        """
        return self.execute_together([command], actor)[0]

    def execute_together(self, commands: Sequence[Command], actor: Actor) -> list[Done]:
        """Do all of the commands or, when one of them is not possible, none; what they have done, in their order.

        Each sees what those before it have done. Refused and Conflict as for :meth:`execute`.
        """
        made = self._doing.together(commands, actor)
        self._tell(made)
        return [done for done, _ in made[: len(commands)]]

    def execute_many(self, commands: Sequence[Command], actor: Actor) -> list[Answer]:
        """Do many commands, a result for each in their order; one that is refused does not stop the others."""
        results: list[Answer] = []
        size = BATCH[self._database.kind]
        for start in range(0, len(commands), size):
            answers, made = self._doing.each(commands[start : start + size], actor)
            results.extend(answers)
            self._tell(made)
        return results

    def _tell(self, made: Sequence[Made]) -> None:
        """Tell what is new of what was committed: log number 0 marks what had been done before."""
        fresh = [(done, log_id) for done, log_id in made if log_id]
        if fresh:
            self._services.told([done for done, _ in fresh], [log_id for _, log_id in fresh])

    def split(
        self,
        case_id: str,
        parts: Sequence[Mapping[str, Any]],
        actor: Actor,
        *,
        reason: str = "",
        expected_seq: int | None = None,
    ) -> list[Done]:
        """Divide the case: each part is registered as a case of its own, and the whole waits for all of them.

        A part has what the whole has, unless it says otherwise (fields of ``register_part``). Gives what was done to the
        whole, then to each part.
        """
        whole = self.get(case_id)
        children = [
            Command("register_part", self.new_case_id(), self.new_command_id(), part_of(whole, dict(part)))
            for part in parts
        ]
        data: dict[str, Any] = {"children": [child.case_id for child in children]}
        if reason:
            data["reason"] = reason
        seq = whole.seq if expected_seq is None else expected_seq
        division = Command("split", case_id, self.new_command_id(), data, seq)
        *made, divided = self.execute_together([*children, division], actor)
        return [divided, *made]

    def merge(
        self,
        duplicate_id: str,
        into_id: str,
        reason: str,
        actor: Actor,
        *,
        expected_seq: int | None = None,
    ) -> list[Done]:
        """Merge a duplicate into the case that stays: what was done to the one, then to the other."""
        merger = Command(
            "merge", duplicate_id, self.new_command_id(), {"into": into_id, "reason": reason}, expected_seq
        )
        with self._database.read() as conn:
            knows_absorb = self._performer.knows_absorb(conn, [merger])
        return self.execute_together(completed([merger], knows_absorb), actor)

    # ---- asking ----------------------------------------------------------------------------------------------

    def get(self, case_id: str) -> Case:
        """The case; NotFound when there is none."""
        with self._database.glance() as conn:
            case = log.load_case(conn, case_id)
        if case is None:
            raise NotFound("no_such_case", case_id)
        return case

    def get_many(self, case_ids: Sequence[str]) -> list[Case]:
        """Those of the cases that there are, in the given order."""
        with self._database.read() as conn:
            found = {case.id: case for case in _loaded(conn, case_ids)}
        return [found[case_id] for case_id in case_ids if case_id in found]

    def history(self, case_id: str) -> list[StoredEvent]:
        """Everything that happened to the case, the oldest first."""
        with self._database.read() as conn:
            return log.history(conn, case_id)

    def allowed(self, case: Case | None, actor: Actor) -> list[Arrow]:
        """The moves open to the actor's post in the case's state (None: those that make a case)."""
        handbook = self._services.handbook if case is None else self._services.handbook_of(case)
        return list(allowed(case, actor, handbook))

    def preview(
        self, name: str, case_ids: Sequence[str], data: Mapping[str, Any], actor: Actor
    ) -> list[Preview]:
        """What the command would do to each case if it were given now. Writes nothing.

        A case that the actor does not see comes without the case itself.
        """
        return self.preview_each([(name, data)], case_ids, actor)[0]

    def preview_each(
        self, commands: Sequence[tuple[str, Mapping[str, Any]]], case_ids: Sequence[str], actor: Actor
    ) -> list[list[Preview]]:
        """:meth:`preview` of several commands, each with its name and data, by one reading of the cases."""
        now = self._services.now()
        if not self._services.link.state.online:  # by what was seen of them before the database was lost
            known = self._services.outbox.known
            return [
                [self._judged(None, name, known(c), c, data, actor, True, now, {}) for c in case_ids]
                for name, data in commands
            ]
        made: list[list[Preview]] = [[] for _ in commands]
        asked: Known = {}
        with self._database.read() as conn:
            standing = standing_of(conn, actor, now)
            certified = standing is not None and standing.certified
            scope = scope_in(conn, actor, self._services.handbook)
            for start in range(0, len(case_ids), PORTION):
                portion = case_ids[start : start + PORTION]
                cases = {case.id: case for case in _loaded(conn, portion)}
                for told, (name, data) in zip(made, commands, strict=True):
                    for case_id in portion:
                        case = cases.get(case_id)
                        if case is None:
                            missing = Refusal("no_such_case", {"case": case_id})
                            told.append(Preview(case_id, missing, None, None))
                            continue
                        one = self._judged(conn, name, case, case_id, data, actor, certified, now, asked)
                        told.append(one if scope is None or scope.sees(case) else replace(one, before=None))
        return made

    def _judged(
        self,
        conn: Connection | None,
        name: str,
        case: Case | None,
        case_id: str,
        data: Mapping[str, Any],
        actor: Actor,
        certified: bool,
        now: datetime,
        asked: Known,
    ) -> Preview:
        """By the case, and by what the database alone knows where it can be asked."""
        if case is None:
            return Preview(case_id, None, None, None)
        context = self._performer.context(case, actor, now, certified)
        event = decide(case, Command(name, case_id, "preview", data), context)
        if conn is not None and not isinstance(event, Refusal):
            event = missing_reference(conn, case, event, data, now, asked) or event
        if isinstance(event, Refusal):
            return Preview(case_id, event, None, None, case)
        after = apply(case, event)
        clock = _started(case, after)
        return Preview(case_id, None, clock.due_at if clock else None, clock, case, after)

    # ---- names and numbers -----------------------------------------------------------------------------------

    def new_case_id(self) -> str:
        """An id nobody else makes; later ones sort after earlier ones, so that the newest cases lie together."""
        return _new_id()

    def new_command_id(self) -> str:
        """An id for a command: made once by the sender and kept when it is sent again."""
        return _new_id()


_DOCUMENTS = {
    "sqlite": "SELECT '[' || group_concat(doc) || ']' FROM cases WHERE id ",
    "postgresql": "SELECT '[' || string_agg(doc, ',') || ']' FROM cases WHERE id ",
}


def _loaded(conn: Connection, case_ids: Sequence[str]) -> Iterator[Case]:
    """Those of the cases that there are, in any order, each portion as one value: see :func:`..lists.statement_parts.gathered`."""
    for start in range(0, len(case_ids), PORTION):
        condition, values = listed(conn, case_ids[start : start + PORTION])
        row = raw.first(conn, _DOCUMENTS[conn.dialect.name] + condition, (values,))
        if row is not None and row[0] is not None:
            yield from (Case.from_doc(doc) for doc in json.loads(row[0]))


def _new_id() -> str:
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def _started(before: Case, after: Case) -> ClockRun | None:
    """The clock that was set going: the disposal's if it is among them, else the one due first of the new ones."""
    known = {(clock.name, clock.started_at) for clock in before.clocks}
    new = [clock for clock in after.running() if (clock.name, clock.started_at) not in known]
    dispose = next((clock for clock in new if clock.name == "dispose"), None)
    if dispose is not None:
        return dispose
    ticking = [clock for clock in new if clock.due_at is not None]
    if ticking:
        return min(ticking, key=lambda clock: clock.due_at or clock.started_at)
    return stage_clock(after)
