"""What :mod:`.personal` does, inside the server: ``door.ask_look`` and its kin (PostGIS).

A person is who has logged in, in a post that is held, at the server's time. A refusal is answered as a value, so that the
record of the attempt is not taken back with it; the record says which case and why not, never what somebody wrote.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from ...store import raw
from ...workflow.event import Actor, Refusal, canonical_json, parse_instant
from ...workflow.handbook import Handbook
from ..errors import NotFound, Refused
from ..server.inside import caller
from . import personal

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Work(Protocol):
    """What is done for a caller; what it gives is answered."""

    def __call__(self, conn: Connection, who: Actor, handbook: Handbook, now: datetime) -> dict[str, Any]:
        """In the caller's transaction."""


LONGEST = 300
"""Characters of an id."""


def ask_look(plpy: Any, case_id: str, reason: str, post: str, actor: str) -> str:
    """``door.ask_look``: ``{"look": id}`` when it is recorded, to be opened in a later transaction; else a refusal."""

    def ask(conn: Connection, who: Actor, handbook: Handbook, now: datetime) -> dict[str, Any]:
        return {"look": personal.ask_look(conn, case_id, reason, who, handbook, now)}

    return _answered(plpy, "look", case_id, post, actor, ask)


def open_look(plpy: Any, look: str, person: str) -> str:
    """``door.open_look``: what a recorded look has shown; of a person only their own."""

    def read(conn: Connection, who: Actor, handbook: Handbook, now: datetime) -> dict[str, Any]:
        return asdict(personal.open_look(conn, look, who.person, now))

    return _answered(plpy, "open_look", "", "", json.dumps({"person": person}), read)


def erase(plpy: Any, case_id: str, reason: str, post: str, actor: str) -> str:
    """``door.erase_personal``: ``{}`` when it is erased."""

    def do(conn: Connection, who: Actor, handbook: Handbook, now: datetime) -> dict[str, Any]:
        personal.erase(conn, case_id, reason, who, handbook, now)
        return {}

    return _answered(plpy, "erase_personal", case_id, post, actor, do)


def erase_due(plpy: Any) -> str:
    """``door.erase_due``: what the handbook's term says and nothing else, so anybody may ask for it; how many."""

    def do(conn: Connection, who: Actor, handbook: Handbook, now: datetime) -> dict[str, Any]:
        return {"erased": personal.erase_due(conn, handbook, now)}

    return _answered(plpy, "erase_due", "", "", "{}", do)


def keep(plpy: Any, contents: str, made_at: str) -> str:
    """``door.keep_personal``: what imports and the demo name, case by case; the owner's alone."""

    def do(conn: Connection, who: Actor, handbook: Handbook, now: datetime) -> dict[str, Any]:
        personal.keep(conn, json.loads(contents), parse_instant(made_at))
        return {}

    return _owners(plpy, "keep_personal", do)


def rekey(plpy: Any) -> str:
    """``door.rekey_personal``: ``{"key", "cases"}``; the owner's alone."""

    def do(conn: Connection, who: Actor, handbook: Handbook, now: datetime) -> dict[str, Any]:
        name, cases = personal.rekey(conn, now)
        return {"key": name, "cases": cases}

    return _owners(plpy, "rekey_personal", do)


def _owners(plpy: Any, what: str, do: Work) -> str:
    def work(conn: Connection, who: Actor, handbook: Handbook, now: datetime) -> dict[str, Any]:
        row = raw.first(conn, "SELECT door.is_owner()")
        if row is None or not row[0]:
            raise Refused(Refusal("not_trusted", {"option": what}))
        return do(conn, who, handbook, now)

    return _answered(plpy, what, "", "", "{}", work)


def _answered(plpy: Any, what: str, case_id: str, post: str, actor: str, do: Work) -> str:
    answer: dict[str, Any]
    conn, owner, who, handbook = caller(plpy, post, actor)
    try:
        with conn.begin_nested():
            return canonical_json(do(conn, who, handbook, datetime.now(UTC)))
    except Refused as refused:
        code, told = refused.refusal.code, {"code": refused.refusal.code, "data": dict(refused.refusal.data)}
        answer = {"refused": told}
    except NotFound as absent:
        code, answer = absent.code, {"not_found": {"code": absent.code, "key": absent.key}}
    if not owner:
        held = post if post in handbook.posts else "?"
        case = raw.first(conn, "SELECT id FROM cases WHERE id = ?", (case_id[:LONGEST],))
        detail = f"case={case[0]}" if case else ""
        raw.cursor(conn, "SELECT door.note_attempt(?, ?, ?, ?)", (held, what, code, detail))
        plpy.log(f"workstation: refused {code}: person={who.person} post={held} command={what} {detail}")
    return canonical_json(answer)
