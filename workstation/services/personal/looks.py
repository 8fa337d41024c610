"""Looking at who reported a case, from a seat; and what an auditor reads: looks, refused attempts, sign-ins.

The rules are :mod:`.personal`'s. On a city in a file they run here; on PostGIS the seat asks the server, which knows who
is calling, holds the key, and answers a refusal as a value, so that the attempt stays recorded.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...store import raw
from ...workflow.event import Actor, Refusal, canonical_json, format_instant, parse_instant
from ..cases.standing import standing_of
from ..errors import NotFound, Refused
from . import personal
from .personal import Seen

if TYPE_CHECKING:
    from ..services import Services

PAGE = 500
"""Rows that an auditor gets at once, the newest."""
_ATTEMPT = "INSERT INTO attempt (at, person_id, role, post, what, code, detail) VALUES (?, ?, '', ?, ?, ?, ?)"
EVERY = timedelta(hours=1)
"""How often a seat looks for what is over its term."""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody has looked at (or, ``erased``, erased) who reported a case. ``many``: one of too many in that hour."""

    at: datetime
    person: str
    name: str
    post: str
    case_id: str
    code: str
    reason: str
    fields: tuple[str, ...]
    erased: bool
    many: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """Something that was tried and refused. ``what`` was tried, ``code`` why it was refused."""

    at: datetime
    person: str
    role: str
    post: str
    what: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """What happened to an account, see ``account_event``."""

    at: datetime
    person: str
    kind: str
    by: str
    seat: str


@dataclass(frozen=True, slots=True)
class Period:
    """What an auditor asks for: from ``since`` to before ``until``, of a person or all (""), with a word in it or any."""

    since: datetime
    until: datetime
    person: str = ""


class Looks:
    """Personal data of one city as a seat may have it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db
        self._lock = threading.Lock()
        self._next: datetime | None = None

    # ---- looking ---------------------------------------------------------------------------------------------

    def may_look(self, actor: Actor, case: Any = None) -> bool:
        """Whether a look can be asked for at all; whether it is granted is decided where it is asked."""
        return personal.may_look(actor, self._services.handbook, case)

    def look(self, case_id: str, reason: str, actor: Actor) -> Seen:
        """Record the look durably, then open it. Refused and NotFound as :mod:`.personal` says."""
        services = self._services
        if self._database.kind == "postgis":
            asked = self._ask(
                "SELECT door.ask_look(?, ?, ?, ?, CAST(? AS jsonb))",
                (case_id, ",".join(personal.FIELDS), reason, actor.post, _actor(actor)),
            )
            seen = self._ask("SELECT door.open_look(?, ?)", (asked["look"], actor.person))
            return Seen(**seen)
        with self._noted("look", case_id, actor):
            with self._database.write() as conn:
                look = personal.ask_look(conn, case_id, reason, actor, services.handbook, services.now())
            with self._database.read() as conn:
                return personal.open_look(conn, look, actor.person, services.now())

    def may_erase(self, actor: Actor) -> bool:
        """Whether the post erases what a reporter withdraws."""
        return actor.post in self._services.handbook.personal.erase_posts

    def erase(self, case_id: str, reason: str, actor: Actor) -> None:
        """Erase who reported the case, for good. Refused as :func:`.personal.erase` says."""
        if self._database.kind == "postgis":
            values = (case_id, reason, actor.post, _actor(actor))
            self._ask("SELECT door.erase_personal(?, ?, ?, CAST(? AS jsonb))", values)
            return
        services = self._services
        with self._noted("erase_personal", case_id, actor), self._database.write() as conn:
            personal.erase(conn, case_id, reason, actor, services.handbook, services.now())

    @contextmanager
    def _noted(self, what: str, case_id: str, actor: Actor) -> Iterator[None]:
        """In a city in a file the seat itself records what is refused; never anything that somebody wrote."""
        try:
            yield
        except (Refused, NotFound) as refused:
            code = refused.code if isinstance(refused, NotFound) else refused.refusal.code
            known = not isinstance(refused, NotFound) or refused.code != "no_such_case"
            values = (actor.person, actor.post, what, code, f"case={case_id}" if known else "")
            with self._database.write() as conn:
                raw.cursor(conn, _ATTEMPT, (format_instant(self._services.now()), *values))
            raise

    def erase_due(self) -> int:
        """Erase what is over its term, at most once an hour from this seat; how many cases."""
        now = self._services.now()
        with self._lock:
            if self._next is not None and now < self._next:
                return 0
            self._next = now + EVERY
        if self._database.kind == "postgis":
            return int(self._ask("SELECT door.erase_due()", ())["erased"])
        with self._database.write() as conn:
            return personal.erase_due(conn, self._services.handbook, now)

    def rekey(self) -> tuple[str, int]:
        """Encrypt everything that is kept with a new key (the owner's alone): its id, and how many cases."""
        with self._database.write() as conn:
            return personal.rekey(conn, self._services.now())

    def old(self) -> int:
        """How many cases of before have their reporter in the clear in their log, where nothing can be changed."""
        with self._database.read() as conn:
            return personal.in_the_clear(conn)

    def _ask(self, statement: str, values: tuple[Any, ...]) -> dict[str, Any]:
        """One question in a transaction of its own; a refusal comes as a value and becomes what it is here."""
        with self._database.write() as conn:
            row = raw.first(conn, statement, values)
        return personal.answer_of(row)

    # ---- for auditors ----------------------------------------------------------------------------------------

    def may_audit(self, actor: Actor) -> bool:
        """Whether the post reads who looked, what was refused and who signed in."""
        post = self._services.handbook.posts.get(actor.post)
        return post is not None and post.audit

    def looks(self, period: Period, actor: Actor) -> list[Look]:
        """Who looked, the newest first. Refused audit_not_yours."""
        limit = self._services.handbook.personal.looks_per_hour
        rows, busy = self._read(
            "SELECT l.at, l.person_id, l.name, l.post, l.case_id, COALESCE(c.code, ''), l.reason, l.fields"
            " FROM personal_look AS l LEFT JOIN cases AS c ON c.id = l.case_id",
            "l",
            period,
            actor,
            "SELECT person_id, substr(at, 1, 13) FROM personal_look WHERE at >= ? AND at < ? AND fields <> 'erased'"
            f" GROUP BY person_id, substr(at, 1, 13) HAVING count(*) >= {limit}",
        )
        hours = {(row[0], row[1]) for row in busy}
        return [
            Look(
                parse_instant(at),
                person,
                name,
                post,
                case_id,
                code,
                reason,
                tuple(fields.split(",")),
                fields == personal.ERASED,
                fields != personal.ERASED and (person, at[:13]) in hours,
            )
            for at, person, name, post, case_id, code, reason, fields in rows
        ]

    def attempts(self, period: Period, actor: Actor) -> list[Attempt]:
        """What was tried and refused, the newest first. Refused audit_not_yours."""
        statement = "SELECT a.at, a.person_id, a.role, a.post, a.what, a.code, a.detail FROM attempt AS a"
        rows, _ = self._read(statement, "a", period, actor)
        return [Attempt(parse_instant(row[0]), *row[1:]) for row in rows]

    def sign_ins(self, period: Period, actor: Actor) -> list[SignIn]:
        """What happened to accounts, the newest first. Refused audit_not_yours."""
        statement = 'SELECT e.at, e.person_id, e.kind, e."by", e.seat FROM account_event AS e'
        rows, _ = self._read(statement, "e", period, actor)
        return [SignIn(parse_instant(row[0]), *row[1:]) for row in rows]

    def _read(
        self, statement: str, name: str, period: Period, actor: Actor, more: str = ""
    ) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        between = (format_instant(period.since), format_instant(period.until))
        where, values = f" WHERE {name}.at >= ? AND {name}.at < ?", list(between)
        if period.person:
            where, values = f"{where} AND {name}.person_id = ?", [*values, period.person]
        with self._database.read() as conn:
            if not self.may_audit(actor) or standing_of(conn, actor, self._services.now()) is None:
                raise Refused(Refusal("audit_not_yours", {"post": actor.post}))
            order = f" ORDER BY {name}.at DESC, {name}.id DESC LIMIT {PAGE}"
            rows = raw.all_rows(conn, statement + where + order, values)
            return rows, raw.all_rows(conn, more, between) if more else []


def _actor(actor: Actor) -> str:
    """Who acts, for the owner of the city; of anybody else the server takes nothing but the post."""
    return canonical_json({"person": actor.person, "name": actor.name, "unit": actor.unit})
