"""What each post is and may do, from the handbook into the table ``post_right``, for rules that the database keeps itself.

``what`` is one of: ``hand:`` with the hand, ``level:`` with the level, ``do:`` with the arrow of the flow that the post may
take, ``reporter`` (may be shown who reported), ``audit`` (reads who looked and what was refused), ``edit`` and ``approve`` (editions of the handbook), ``staff`` (the register of people,
contacts and accounts), ``stop`` (collectors), ``inventory`` (grids and components).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..workflow.handbook import Handbook
from . import raw

if TYPE_CHECKING:
    from sqlalchemy import Connection

SHIPPED = ""
"""The edition under which the rights of the handbook that the city names are kept."""


def rights_of(handbook: Handbook) -> frozenset[tuple[str, str]]:
    """Each post with what it is or may do."""
    found = {(post.key, f"level:{post.level}") for post in handbook.posts.values()}
    found |= {(post.key, f"hand:{post.hand}") for post in handbook.posts.values() if post.hand}
    found |= {(post, f"do:{arrow.name}") for arrow in handbook.arrows for post in arrow.posts}
    found |= {(post.key, "reporter") for post in handbook.posts.values() if post.reporter != "masked"}
    found |= {(post.key, "audit") for post in handbook.posts.values() if post.audit}
    named = {
        "edit": handbook.edit_posts,
        "approve": handbook.approve_posts,
        "staff": handbook.staff_posts,
        "stop": handbook.stop_posts,
        "inventory": handbook.inventory_posts,
    }
    return frozenset(found | {(post, what) for what, posts in named.items() for post in posts})


def keep(conn: Connection, handbook: Handbook, edition: str) -> None:
    """Write the rights of a handbook under the edition, in the caller's transaction; nothing where they are there."""
    rows = raw.all_rows(conn, "SELECT post, what FROM post_right WHERE edition = ?", (edition,))
    known = {(str(post), str(what)) for post, what in rows}
    wanted = rights_of(handbook)
    statement = "DELETE FROM post_right WHERE edition = ? AND post = ? AND what = ?"
    raw.many(conn, statement, [(edition, *item) for item in sorted(known - wanted)])
    statement = "INSERT INTO post_right (edition, post, what) VALUES (?, ?, ?)"
    raw.many(conn, statement, [(edition, *item) for item in sorted(wanted - known)])


def refresh(conn: Connection) -> None:
    """Write the rights of the handbook that the city names; nothing where it names none yet, or one that is not there."""
    row = raw.first(conn, "SELECT value FROM city WHERE key = 'handbook'")
    if row is not None and str(row[0]) in Handbook.available():
        keep(conn, Handbook.named(str(row[0])), SHIPPED)
