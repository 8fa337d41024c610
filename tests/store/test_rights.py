"""What a handbook gives each post is in the table that the database's own rules ask, and follows the handbook."""

from __future__ import annotations

import pytest

from tests import handmade
from workstation.store import raw, rights
from workstation.store.database import Database
from workstation.workflow.handbook import Handbook


def test_rights_are_the_handbooks() -> None:
    """Hand, level, arrows and named posts are what the handbook says of each post."""
    handbook = Handbook.national()
    found = rights.rights_of(handbook)
    for post in handbook.posts.values():
        assert (post.key, f"level:{post.level}") in found
        assert ((post.key, f"hand:{post.hand}") in found) is bool(post.hand)
    assert {post for post, what in found if what == "do:dispatch"} == set(handbook.arrow("dispatch").posts)  # type: ignore[union-attr]
    assert {post for post, what in found if what == "staff"} == set(handbook.staff_posts)
    assert {post for post, what in found if what == "inventory"} == set(handbook.inventory_posts)


@pytest.mark.article("TY-1-THREE")
def test_they_are_kept_and_follow(store: Database) -> None:
    """A city has its handbook's rights as soon as it names one; what an edition no longer gives is taken away."""
    with store.write() as conn:
        rights.refresh(conn)
        raw.cursor(conn, "INSERT INTO city (key, value) VALUES ('handbook', 'of another place')")
        rights.refresh(conn)
        assert raw.all_rows(conn, "SELECT * FROM post_right") == []
    handmade.fill(store)
    wanted = rights.rights_of(Handbook.national())
    with store.write() as conn:
        listed = "SELECT post, what FROM post_right WHERE edition = ''"
        assert set(raw.all_rows(conn, listed)) == wanted
        raw.cursor(conn, "DELETE FROM post_right WHERE what = 'staff'")
        raw.cursor(conn, "INSERT INTO post_right VALUES ('', 'operator', 'staff')")
        rights.refresh(conn)
        assert set(raw.all_rows(conn, listed)) == wanted
