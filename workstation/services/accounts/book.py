"""What administrators read of accounts: who has one and in what state, who sits where, and what happened to each.

As :mod:`.signing_in`, plain statements that run on a seat and inside the server alike. Neither salts nor verifiers are
read here, and tickets are left out of the history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...store import raw

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST = 500
"""Events of an account that are answered, the newest first."""

_PEOPLE = (
    "SELECT p.id, p.name, p.unit_code, a.active, a.locked_until, a.must_change, a.password_at, a.expires_at, a.opened_at"
    " FROM person AS p LEFT JOIN account AS a ON a.person_id = p.id"
    " WHERE p.active OR a.active ORDER BY p.id"
)
_POSTS = "SELECT person_id, post FROM person_post ORDER BY person_id, post"
_SITTING = "SELECT person_id, id, seat, at, seen_at, valid_until FROM seat_session WHERE ended_at IS NULL ORDER BY at"
_LAST = "SELECT person_id, max(at) FROM seat_session GROUP BY person_id"
_EVENTS = (
    "SELECT at, kind, by, seat, detail FROM account_event WHERE person_id = ? AND kind <> 'asked'"
    f" ORDER BY id DESC LIMIT {MOST}"
)


def listing(conn: Connection) -> list[dict[str, Any]]:
    """Everybody in service and everybody who has an open account: plain JSON, instants as they are stored.

    ``account`` is "", active or closed; ``session`` None or {id, seat, at, seen_at, valid_until}, which may have run out.
    """
    posts: dict[str, list[str]] = {}
    for person, post in raw.all_rows(conn, _POSTS):
        posts.setdefault(str(person), []).append(str(post))
    sitting = {
        str(row[0]): dict(zip(("id", "seat", "at", "seen_at", "valid_until"), row[1:], strict=True))
        for row in raw.all_rows(conn, _SITTING)
    }
    last = dict(raw.all_rows(conn, _LAST))
    found = []
    for row in raw.all_rows(conn, _PEOPLE):
        person = str(row[0])
        found.append(
            {
                "person": person,
                "name": row[1],
                "unit": row[2],
                "posts": posts.get(person, []),
                "account": "" if row[3] is None else "active" if row[3] else "closed",
                "locked_until": row[4],
                "must_change": bool(row[5]),
                "password_at": row[6],
                "expires_at": row[7],
                "opened_at": row[8],
                "last_at": last.get(person),
                "session": sitting.get(person),
            }
        )
    return found


def history(conn: Connection, person: str) -> list[dict[str, Any]]:
    """What happened to the person's account, the newest first. ``detail`` says of a lock until when it held, of a change
    that an administrator made it."""
    found = []
    for at, kind, by, seat, detail in raw.all_rows(conn, _EVENTS, (person,)):
        words = str(detail).split()
        said = words[-1] if kind == "locked" and words else "one_time" if "one_time" in words else ""
        found.append({"at": at, "kind": kind, "by": by, "seat": seat, "detail": said})
    return found
