"""People: who they are, which posts they hold, which grids a collector walks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from ..store import raw
from ..store.database import Database
from ..store.tables import collector_grid, person, person_post
from ..workflow.event import Actor
from .errors import NotFound

SYSTEM = "system"
"""The post of gateways and the clock; never a person's."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person in active service, with the posts held."""

    id: str
    name: str
    unit: str
    telephone: str
    posts: tuple[str, ...]


def holds_post(conn: Connection, actor: Actor) -> bool:
    """Whether the actor is in active service, in that unit, and holds the post; the system needs no person."""
    if actor.post == SYSTEM:
        return True
    row = raw.first(
        conn,
        "SELECT p.unit_code FROM person_post AS h JOIN person AS p ON p.id = h.person_id"
        " WHERE h.person_id = ? AND h.post = ? AND p.active",
        (actor.person, actor.post),
    )
    return row is not None and actor.unit in ("", row[0])


class People:
    """Reads people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Person]:
        """Everybody in active service, by id."""
        query = (
            select(person.c.id, person.c.name, person.c.unit_code, person.c.telephone, person_post.c.post)
            .select_from(person.outerjoin(person_post))
            .where(person.c.active.is_(True))
            .order_by(person.c.id, person_post.c.post)
        )
        found: dict[str, Person] = {}
        with self._database.read() as conn:
            for row in conn.execute(query):
                known = found.get(row.id)
                posts = (*(known.posts if known else ()), *((row.post,) if row.post else ()))
                found[row.id] = Person(row.id, row.name, row.unit_code, row.telephone, posts)
        return list(found.values())

    def with_post(self, post: str) -> list[Person]:
        """Those who hold the post."""
        return [someone for someone in self.all() if post in someone.posts]

    def posts_of(self, person_id: str) -> list[str]:
        """The posts of a person; empty for nobody."""
        query = (
            select(person_post.c.post)
            .where(person_post.c.person_id == person_id)
            .order_by(person_post.c.post)
        )
        with self._database.read() as conn:
            return list(conn.execute(query).scalars())

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
        """The collector who walks the grid; None when nobody does."""
        query = (
            select(collector_grid.c.person_id)
            .join(person, person.c.id == collector_grid.c.person_id)
            .where(collector_grid.c.grid_code == grid_code, person.c.active.is_(True))
            .order_by(collector_grid.c.person_id)
        )
        with self._database.read() as conn:
            found = conn.execute(query).scalar()
        return next((someone for someone in self.all() if someone.id == found), None) if found else None
