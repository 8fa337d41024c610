"""People: who they are, which posts they hold, which grids a collector walks, and whether they may collect.

Supervising, disposing and evaluating are three hands, and nobody gets posts of two of them (TY-1-THREE). Only who was
trained and passed collects (MQ-14-TRAINED), and who was stopped does not (MQ-15-QUALITY). What is changed about a person
is kept with who changed it and when.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from ...store import changes, raw
from ...store.tables import collector_grid, person, person_change, person_post
from ...workflow.event import Actor, Refusal, format_instant, parse_instant
from ...workflow.handbook import Handbook
from ..cases.standing import LOCAL, SYSTEM, Standing, may_collect, standing_of
from ..errors import NotFound, Refused

if TYPE_CHECKING:
    from ..services import Services

__all__ = [
    "LOCAL",
    "SYSTEM",
    "People",
    "Person",
    "PersonChange",
    "Standing",
    "holds_post",
    "may_collect",
    "standing_of",
    "two_hands",
]


@dataclass(frozen=True, slots=True)
class Person:
    """A person in active service, with the posts held.

    ``certified_until`` is the last day of the certificate, None where none is needed; ``stopped``: may not collect.
    """

    id: str
    name: str
    unit: str
    telephone: str
    posts: tuple[str, ...]
    certified_until: date | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What was changed about a person. ``kind``: grant, revoke (``detail``: the post), certify (the last day, or ""),
    stop, resume (the reason). ``by`` is a person."""

    at: datetime
    kind: str
    detail: str
    by: str


def holds_post(conn: Connection, actor: Actor) -> bool:
    """Whether the actor is in active service, in that unit, and holds the post."""
    return standing_of(conn, actor, datetime.now(LOCAL)) is not None


def two_hands(posts: frozenset[str], handbook: Handbook) -> bool:
    """Whether these posts together belong to more than one of the three hands."""
    return len({handbook.posts[post].hand for post in posts if post in handbook.posts} - {""}) > 1


class People:
    """Reads people, and changes what they may do."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db

    # ---- reading ---------------------------------------------------------------------------------------------

    def all(self) -> list[Person]:
        """Everybody in active service, by id."""
        c = person.c
        query = (
            select(c.id, c.name, c.unit_code, c.telephone, c.certified_until, c.stopped, person_post.c.post)
            .select_from(person.outerjoin(person_post))
            .where(c.active.is_(True))
            .order_by(c.id, person_post.c.post)
        )
        found: dict[str, Person] = {}
        with self._database.read() as conn:
            for row in conn.execute(query):
                known = found.get(row.id)
                posts = (*(known.posts if known else ()), *((row.post,) if row.post else ()))
                until = date.fromisoformat(row.certified_until) if row.certified_until else None
                found[row.id] = Person(
                    row.id, row.name, row.unit_code, row.telephone, posts, until, bool(row.stopped)
                )
        return list(found.values())

    def with_post(self, post: str) -> list[Person]:
        """Those who hold the post."""
        return [someone for someone in self.all() if post in someone.posts]

    def posts_of(self, person_id: str) -> list[str]:
        """The posts of a person; empty for nobody."""
        with self._database.read() as conn:
            return sorted(_posts(conn, person_id))

    def actor(self, person_id: str, post: str) -> Actor:
        """The person acting in the post; NotFound when they do not hold it."""
        query = (
            select(person.c.name, person.c.unit_code)
            .join_from(person, person_post)
            .where(person.c.id == person_id, person_post.c.post == post, person.c.active.is_(True))
        )
        with self._database.read() as conn:
            found = conn.execute(query).first()
        if found is None:
            raise NotFound("no_such_person", f"{person_id}/{post}")
        return Actor(person_id, found.name, post, found.unit_code)

    def collector_for(self, grid_code: str) -> Person | None:
        """The collector who walks the grid and may collect; None when nobody does (TY-3-AREAS)."""
        query = select(collector_grid.c.person_id).where(collector_grid.c.grid_code == grid_code)
        with self._database.read() as conn:
            walking = set(conn.execute(query).scalars())
        now = self._services.now()
        for someone in self.all():
            until = someone.certified_until.isoformat() if someone.certified_until else None
            if someone.id in walking and may_collect(until, someone.stopped, now):
                return someone
        return None

    def changes(self, person_id: str) -> list[PersonChange]:
        """What was changed about the person, the oldest first."""
        c = person_change.c
        query = select(c.at, c.kind, c.detail, c.by).where(c.person_id == person_id).order_by(c.id)
        with self._database.read() as conn:
            return [PersonChange(parse_instant(row[0]), *row[1:]) for row in conn.execute(query)]

    # ---- changing --------------------------------------------------------------------------------------------

    def grant(self, person_id: str, post: str, by: Actor) -> None:
        """Give the person a post, who must not be oneself.

        Refused: two_hands, post_unknown, not_your_staff, oneself; NotFound: no_such_person.
        """
        handbook = self._services.handbook

        def do(conn: Connection) -> None:
            held = _posts(conn, person_id)
            known = handbook.posts.get(post)
            if known is None or known.level == SYSTEM:
                raise Refused(Refusal("post_unknown", {"post": post}))
            if two_hands(held | {post}, handbook):
                raise Refused(
                    Refusal("two_hands", {"person": person_id, "post": post, "posts": sorted(held)})
                )
            if post not in held:
                conn.execute(insert(person_post), [{"person_id": person_id, "post": post}])

        self._change(person_id, "grant", post, by, handbook.staff_posts, do)

    def revoke(self, person_id: str, post: str, by: Actor) -> None:
        """Take a post from the person. Refused: not_your_staff, not_held, oneself; NotFound: no_such_person."""

        def do(conn: Connection) -> None:
            if post not in _posts(conn, person_id):
                raise Refused(Refusal("not_held", {"person": person_id, "post": post}))
            c = person_post.c
            conn.execute(delete(person_post).where(c.person_id == person_id, c.post == post))

        self._change(person_id, "revoke", post, by, self._services.handbook.staff_posts, do)

    def set_certified(self, person_id: str, until: date | None, by: Actor) -> None:
        """Enter the last day of the person's certificate; None: none is needed. Refused: not_your_staff."""
        day = until.isoformat() if until is not None else None

        def do(conn: Connection) -> None:
            conn.execute(update(person).where(person.c.id == person_id).values(certified_until=day))

        self._change(person_id, "certify", day or "", by, self._services.handbook.staff_posts, do)

    def stop(self, person_id: str, reason: str, by: Actor) -> None:
        """Stop the person from collecting, for a breach. Refused: not_your_staff, field_missing (no reason)."""
        self._set_stopped(person_id, True, reason, by)

    def resume(self, person_id: str, reason: str, by: Actor) -> None:
        """Let a person who was stopped collect again. Refused as for :meth:`stop`."""
        self._set_stopped(person_id, False, reason, by)

    def _set_stopped(self, person_id: str, stopped: bool, reason: str, by: Actor) -> None:
        def do(conn: Connection) -> None:
            if not reason.strip():
                raise Refused(Refusal("field_missing", {"field": "reason"}))
            conn.execute(update(person).where(person.c.id == person_id).values(stopped=stopped))

        kind = "stop" if stopped else "resume"
        self._change(person_id, kind, reason.strip(), by, self._services.handbook.stop_posts, do)

    def _change(
        self,
        person_id: str,
        kind: str,
        detail: str,
        by: Actor,
        posts: tuple[str, ...],
        do: Callable[[Connection], None],
    ) -> None:
        """Do it if ``by`` holds one of the posts, and keep what was done; then tell."""
        now = self._services.now()
        code, number = "", 0
        with self._database.write() as conn:
            if not changes.is_trusted(conn):
                code = _ask(conn, person_id, kind, detail, by)
                if not code:
                    number = changes.add(conn, "person", person_id, format_instant(now))
        if code == "no_such_person":
            raise NotFound(code, person_id)
        if code:
            raise Refused(
                Refusal(code, {"person": person_id, "post": by.post if "staff" in code else detail})
            )
        if number:
            self._services.announce(["person"], [number])
            return
        with self._database.write() as conn:
            if by.post not in posts or standing_of(conn, by, now) is None:
                raise Refused(Refusal("not_your_staff", {"post": by.post}))
            if person_id == by.person:
                raise Refused(Refusal("oneself", {}))
            if raw.first(conn, "SELECT 1 FROM person WHERE id = ? AND active", (person_id,)) is None:
                raise NotFound("no_such_person", person_id)
            do(conn)
            row = {"person_id": person_id, "at": format_instant(now), "kind": kind, "detail": detail}
            conn.execute(insert(person_change), [{**row, "by": by.person}])
            number = changes.add(conn, "person", person_id, format_instant(now))
        self._services.announce(["person"], [number])


def _ask(conn: Connection, person_id: str, kind: str, detail: str, by: Actor) -> str:
    """Let the server do it, for a person's role: "" when it is done, else why not, of which there is a record then."""
    row = raw.first(conn, "SELECT door.change_person(?, ?, ?, ?)", (person_id, kind, detail, by.post))
    return str(row[0]) if row is not None else ""


def _posts(conn: Connection, person_id: str) -> frozenset[str]:
    rows = raw.all_rows(conn, "SELECT post FROM person_post WHERE person_id = ?", (person_id,))
    return frozenset(row[0] for row in rows)
