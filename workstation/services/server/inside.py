"""The door inside the server (PostGIS): who is calling, what they ask for, and what they are answered.

A person is who has logged in: name and unit are the database's, the time is the server's, the post must be held. Whoever owns
the city (imports, the demo, upkeep) is trusted and may say who acts and when. What is refused is answered, not raised, after
everything that was half done has been taken back; of a person it is recorded and told to the server's log as well, where no
ROLLBACK takes it back. Neither record has anything in it that somebody wrote freely.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from ... import __version__
from ...store import changes, log, raw
from ...store.errors import SeqConflict
from ...store.inside import Inside
from ...store.log import StoredEvent
from ...workflow.calendar import WorkCalendar
from ...workflow.case import Case
from ...workflow.event import Actor, Command, Event, Refusal, canonical_json, format_instant, parse_instant
from ...workflow.facts import run_out
from ...workflow.handbook import Handbook
from ..cases.perform import Answer, Done, Made, Performer
from ..cases.scope import scope_in
from ..cases.standing import CLOCK, SYSTEM
from ..errors import Conflict, NotFound, Refused
from ..rules.editions import LOCAL, approved, kept_edition

if TYPE_CHECKING:
    from sqlalchemy import Connection

ATTEMPTS = 5
"""How often commands are decided again when another seat was quicker."""
REMEMBERED = 64
"""Cases that a connection keeps as they were last written."""
MOST = 500
"""Commands in one call."""
LONGEST = 300
"""Characters of an id."""
DIGEST: str = getattr(getattr(__spec__, "loader", None), "digest", "")
"""Which edition of the program this is, inside the server."""
BY_CLOCK = frozenset({"resume", "recompute"})
"""What any seat may ask the clock for: it says nothing of its own, and is decided by what the database has."""

_WHO = (
    "SELECT w.owner, w.me, COALESCE(p.name, '') AS name, COALESCE(p.unit_code, '') AS unit, session_user::text AS role,"
    " (SELECT json_object_agg(key, value)::text FROM city"
    "  WHERE key IN ('handbook', 'calendar', 'district_code')) AS city,"
    " (SELECT count(*) || '/' || max(approved_at) FROM handbook_edition"
    "  WHERE status = 'approved' AND approved_at IS NOT NULL) AS editions,"
    " (SELECT id FROM calendar_edition ORDER BY registered_at DESC, id DESC LIMIT 1) AS calendar"
    " FROM (SELECT door.is_owner() AS owner, door.me() AS me) AS w LEFT JOIN person AS p ON p.id = w.me AND p.active"
)


class _Rehearsed(Exception):
    """Takes back everything that was done so that it is loaded."""


class Settings:
    """What a connection decides by, read again when it is no longer what the database has. No reading is ever taken on
    trust: a transaction that was rolled back leaves another key behind than the one it was read under."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._key: tuple[Any, ...] = ()
        self._turns: list[tuple[str, Any]] = []
        self._editions: dict[str, Handbook] = {}
        self._calendars: dict[str, WorkCalendar] = {}
        self._shipped: Handbook | None = None
        self._now = datetime.now(UTC)
        self.district_code = ""
        self.calendar: WorkCalendar

    def take(self, city: str | None, editions: str | None, calendar: str | None, now: datetime) -> None:
        """Decide from here on by what the city has, as of ``now``."""
        self._now = now
        key = (city, editions, calendar)
        if key == self._key:
            return
        values: dict[str, str] = json.loads(city or "{}")
        self.district_code = values.get("district_code", "")
        self._shipped = Handbook.named(values.get("handbook", "national"))
        self._editions.setdefault(self._shipped.id, self._shipped)
        self._turns = list(approved(self._conn, self._shipped.city))
        self.calendar = self._calendar(calendar, values.get("calendar", "china"))
        self._key = key

    def _calendar(self, edition: str | None, name: str) -> WorkCalendar:
        if edition is None:
            return WorkCalendar.named(name)
        if edition not in self._calendars:
            row = raw.first(self._conn, "SELECT text FROM calendar_edition WHERE id = ?", (edition,))
            self._calendars[edition] = WorkCalendar.from_text(row[0] if row else "")
        return self._calendars[edition]

    def _edition(self, edition: str) -> Handbook:
        if edition not in self._editions:
            self._editions[edition] = kept_edition(self._conn, edition)
        return self._editions[edition]

    @property
    def handbook(self) -> Handbook:
        """The approved edition whose day has come, else the one that the city names."""
        today = self._now.astimezone(LOCAL).date()
        reached = [edition for edition, day in self._turns if day <= today]
        assert self._shipped is not None
        return self._edition(reached[-1]) if reached else self._shipped

    def handbook_of(self, case: Case) -> Handbook:
        """The edition that the case was filed under; the one in force while it is not filed."""
        return self._edition(case.handbook) if case.filed_at is not None else self.handbook


class Door:
    """One connection's door."""

    def __init__(self, plpy: Any) -> None:
        self._plpy = plpy
        self._inside = Inside(plpy)
        self.conn = cast("Connection", self._inside)
        self._settings = Settings(self.conn)
        self._instant: datetime | None = None
        self._performer = Performer(self._settings, self._now, REMEMBERED)

    def _now(self) -> datetime:
        return self._instant or datetime.now(UTC)

    def perform(self, commands: str, post: str, mode: str, options: str) -> str:
        """Do the commands in the post; the answer as JSON (see :func:`perform`)."""
        row = raw.first(self.conn, _WHO)
        assert row is not None
        owner, me, name, unit, role, city, editions, calendar = row
        said = _options(options)
        post = post or ""
        if isinstance(said, dict) and said.get("program", DIGEST) != DIGEST:
            return canonical_json({"program": {"digest": DIGEST, "version": __version__}})
        self._instant = parse_instant(said["now"]) if owner and said.get("now") else None
        self._settings.take(city, editions, calendar, self._now())
        asked: list[Command] = []
        try:
            asked = _commands(commands)
            actor = _named(said, post) if owner else _person(said, Actor(me, name, post, unit))
            if not owner and post == SYSTEM:
                self._require_due(asked, actor)
                actor = CLOCK
            answers, made = self._do(asked, actor, mode)
        except (Refused, NotFound, Conflict, SeqConflict) as refused:
            answers, made, mode = [refused], [], "together"
        for n, said_no in enumerate(() if owner else answers):
            if isinstance(said_no, Refused | NotFound):
                self._record(me, role, post, asked[n] if n < len(asked) else None, said_no)
        written = [(number, item.case.id) for item, number in made if number]
        if written:
            raw.cursor(self.conn, "SELECT pg_notify(?, ?)", (changes.NOTIFY, changes.news(written)))
        done = ",".join(self._done(item) for item in made)
        if mode == "each":
            listed = ",".join(map(_answer, answers))
            return f'{{"done":[{done}],"answers":[{listed}]}}'
        return f'{{"done":[{done}]}}' if not answers else _answer(answers[0])

    def ready(self) -> None:
        """Have everything loaded that the first command would wait for. Nothing is done, and nothing is recorded."""
        row = raw.first(self.conn, _WHO)
        assert row is not None
        _, _, _, _, _, city, editions, calendar = row
        self._instant = None
        self._settings.take(city, editions, calendar, self._now())
        with suppress(_Rehearsed), self.conn.begin_nested():
            self._performer.rehearse(self.conn)
            raise _Rehearsed

    def caller(self, post: str, actor: str) -> tuple[Connection, bool, Actor, Handbook]:
        """See :func:`caller`."""
        row = raw.first(self.conn, _WHO)
        assert row is not None
        owner, me, name, unit, _role, city, editions, calendar = row
        said = {"actor": json.loads(actor or "{}")}
        who = _named(said, post or "") if owner else Actor(me, name, post or "", unit)
        self._settings.take(city, editions, calendar, datetime.now(UTC))
        return self.conn, bool(owner), who, self._settings.handbook

    def _require_due(self, commands: Sequence[Command], asking: Actor) -> None:
        """The clock does what is due, whoever asks it to who sees the case, and nothing else."""
        now = self._now()
        log.hold(self.conn, {command.case_id for command in commands})
        posts = raw.all_rows(self.conn, "SELECT post FROM person_post WHERE person_id = ?", (asking.person,))
        handbook = self._settings.handbook
        scopes = [scope_in(self.conn, replace(asking, post=post), handbook) for (post,) in posts]
        for command in commands:
            case = log.load_case(self.conn, command.case_id)
            if case is not None and not any(scope is None or scope.sees(case) for scope in scopes):
                raise NotFound("not_yours", command.case_id)
            due = case is not None and command.name in BY_CLOCK and not command.data
            if case is not None and due and command.name == "resume":
                # What has been done already is answered, not done again.
                due = log.by_command(self.conn, command.id) is not None or bool(run_out(case, now))
            if not due:
                raise Refused(Refusal("not_your_post", {"post": SYSTEM, "person": asking.person}))

    # ---- doing -----------------------------------------------------------------------------------------------

    def _do(
        self, commands: Sequence[Command], actor: Actor, mode: str
    ) -> tuple[Sequence[Answer | SeqConflict], list[Made]]:
        """Do the commands: answers of each, and what was done. Again, where another seat was quicker or waited for us."""
        if mode not in ("together", "each"):
            raise Refused(Refusal("unreadable", {"what": "mode"}))
        for attempt in range(ATTEMPTS):
            try:
                with self.conn.begin_nested():
                    if mode == "each":
                        return self._performer.each(self.conn, commands, actor)
                    return [], self._performer.together(self.conn, commands, actor)
            except (SeqConflict, *self._inside.circles):
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError("the last attempt raises")

    def _record(self, person: str, role: str, post: str, command: Command | None, answer: Exception) -> None:
        code = answer.refusal.code if isinstance(answer, Refused) else str(getattr(answer, "code", ""))
        handbook = self._settings.handbook
        what = command.name if command and handbook.arrow(command.name) else "?"
        held = post if post in handbook.posts else "?"
        case = raw.first(
            self.conn, "SELECT id FROM cases WHERE id = ?", (command.case_id if command else "",)
        )
        detail = f"case={case[0]}" if case else ""
        raw.cursor(self.conn, "SELECT door.note_attempt(?, ?, ?, ?)", (held, what, code, detail))
        self._plpy.log(
            f"workstation: refused {code}: person={person} role={role} post={held} command={what} {detail}"
        )

    def _done(self, item: Made) -> str:
        done, number = item
        text = self._performer.text_of(done.case) or canonical_json(done.case.to_doc())
        return f'{{"log_id":{number},"event":{canonical_json(_event(done.event))},"case":{text}}}'


def _named(said: Any, post: str) -> Actor:
    """Whom the owner of the city says."""
    who = said.get("actor") or {}
    return Actor(who.get("person", ""), who.get("name", ""), post, who.get("unit", ""))


def _person(said: Any, actor: Actor) -> Actor:
    """A person is who they are, now."""
    if not actor.person:
        raise Refused(Refusal("not_your_post", {"post": actor.post, "person": ""}))
    if not isinstance(said, dict) or said.get("now") is not None:
        raise Refused(Refusal("not_trusted", {"person": actor.person}))
    named = said.get("actor") or {}
    known = (actor.person, SYSTEM) if actor.post == SYSTEM else (actor.person,)
    if not isinstance(named, dict) or named.get("person", actor.person) not in known:
        raise Refused(Refusal("not_trusted", {"person": actor.person}))
    return actor


def _options(text: str) -> Any:
    """What was said beside the commands; None, which nobody is trusted with, where it is deeper than can be read."""
    try:
        return json.loads(text or "{}")
    except (ValueError, RecursionError):
        return None


def _commands(text: str) -> list[Command]:
    """The commands as they were sent; Refused (unreadable) says what cannot be one."""
    try:
        sent = json.loads(text or "null")
    except (ValueError, RecursionError):  # a longer number, or deeper, than can be read
        sent = None
    if not isinstance(sent, list) or not 0 < len(sent) <= MOST:
        raise Refused(Refusal("unreadable", {"what": "commands"}))
    return [_command(item) for item in sent]


def _command(item: Any) -> Command:
    if not isinstance(item, dict):
        raise Refused(Refusal("unreadable", {"what": "command"}))
    names = [item.get(key) for key in ("name", "case_id", "id")]
    for key, value in zip(("name", "case_id", "id"), names, strict=True):
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST or not value.isprintable():
            raise Refused(Refusal("unreadable", {"what": key}))
    data, seq = item.get("data") or {}, item.get("expected_seq")
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise Refused(Refusal("unreadable", {"what": "data"}))
    if seq is not None and (not isinstance(seq, int) or isinstance(seq, bool)):
        raise Refused(Refusal("unreadable", {"what": "expected_seq"}))
    return Command(str(names[0]), str(names[1]), str(names[2]), data, seq)


# ---- how it is written -------------------------------------------------------------------------------------------


def _event(event: Event) -> dict[str, Any]:
    return {
        "case_id": event.case_id,
        "seq": event.seq,
        "kind": event.kind,
        "at": format_instant(event.at),
        "actor": event.actor,
        "actor_name": event.actor_name,
        "post": event.post,
        "unit": event.unit,
        "command_id": event.command_id,
        "to": event.to,
        "data": event.data,
    }


def _answer(answer: Answer | SeqConflict) -> str:
    if isinstance(answer, Done):
        return canonical_json({"command": answer.event.command_id})
    if isinstance(answer, Refused):
        return canonical_json({"refused": {"code": answer.refusal.code, "data": dict(answer.refusal.data)}})
    if isinstance(answer, Conflict):
        events = [_stored(item) for item in answer.events]
        return canonical_json({"conflict": {"events": events, "case": answer.case.to_doc()}})
    if isinstance(answer, NotFound):
        return canonical_json({"not_found": {"code": answer.code, "key": answer.key}})
    return canonical_json({"moved": {"case_id": answer.case_id, "seq": answer.seq}})


def _stored(item: StoredEvent) -> dict[str, Any]:
    return {**_event(item.event), "log_id": item.log_id, "hash": item.hash, "prev_hash": item.prev_hash}


# ---- the connection's -------------------------------------------------------------------------------------------

_doors: list[Door] = []


def _door(plpy: Any) -> Door:
    if not _doors:
        _doors.append(Door(plpy))
    return _doors[0]


def caller(plpy: Any, post: str, actor: str) -> tuple[Connection, bool, Actor, Handbook]:
    """For the other functions of the door: the connection, whether the owner calls, who acts, and the handbook in force.

    ``actor`` is whom the owner says (``{person, name, unit}``); of a person it is not looked at.
    """
    return _door(plpy).caller(post, actor)


def ready(plpy: Any) -> None:
    """``door.ready``: so that the first command on this connection takes no longer than the next."""
    _door(plpy).ready()


def perform(plpy: Any, commands: str, post: str, mode: str, options: str) -> str:
    """``door.perform``: do commands ``[{name, case_id, id, data, expected_seq}]`` together, or each by itself.

    Together: ``{"done": [{log_id, event, case}]}``, in the order of the commands (log_id 0: had been done before), or one of
    ``{"refused": {code, data}}``, ``{"not_found": {code, key}}``, ``{"conflict": {events, case}}``,
    ``{"moved": {case_id, seq}}`` (others were quicker again and again). ``options`` may say by which ``program`` (its digest)
    the caller shows things; where another decides here, nothing is done but said: ``{"program": {digest, version}}``. Each: ``{"done": [...], "answers": [...]}`` with, for each
    command, one of those or ``{"command": id}``.
    """
    return _door(plpy).perform(commands, post, mode, options)
