"""Signing in and accounts, inside the server: ``door.sign_in`` and its kin (PostGIS). The rules are :mod:`.signing_in`'s.

Who was let in gets a token for their role: 256 random bits that are answered once. The server is told a verifier made of it
(SCRAM-SHA-256, RFC 5802 and 7677), so that no statement and no log holds what lets somebody in.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ...store import changes, raw
from ...store.scram import verifier
from ...workflow.event import Refusal, canonical_json, format_instant
from ..errors import NotFound, Refused
from ..server.inside import caller
from . import book, signing_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

DETAIL = 64
"""Characters of what was asked for that an attempt's record holds."""

Work = Callable[["Connection", str, tuple[str, ...], datetime], Any]
"""What is done for a caller: connection, who acts ("" the owner), the posts that keep accounts, the time."""


# ---- signing in ------------------------------------------------------------------------------------------------------


def sign_in_salt(plpy: Any, person: str) -> str:
    """``door.sign_in_salt``: ``{"salt"}`` of anybody, whether there is such a person or not."""
    conn = caller(plpy, "", "{}")[0]
    return canonical_json({"salt": signing_in.salt_of(conn, (person or "")[: signing_in.LONGEST])})


def sign_in(plpy: Any, person: str, proof: str, seat: str) -> str:
    """``door.sign_in``: the try is counted; ``{"ticket"}`` to be settled in a later transaction, or a verdict (locked)."""
    conn = caller(plpy, "", "{}")[0]
    asked = signing_in.ask(conn, person or "", proof or "", seat or "", datetime.now(UTC))
    if not asked.ticket:
        return canonical_json(signing_in.Verdict("locked", until=asked.until).to_json())
    return canonical_json({"ticket": asked.ticket})


def signed_in(plpy: Any, ticket: str) -> str:
    """``door.signed_in``: the verdict; with ok besides ``role`` and ``token``, and whoever sat elsewhere sits there no more."""
    conn = caller(plpy, "", "{}")[0]
    verdict = signing_in.answer(conn, ticket or "", datetime.now(UTC))
    answer = verdict.to_json()
    if verdict.outcome == "ok" and verdict.role:
        token = secrets.token_urlsafe(32)
        raw.cursor(conn, "SELECT door.role_make(?)", (verdict.person,))
        raw.cursor(conn, "SELECT door.follow(?)", (verdict.person,))
        raw.cursor(
            conn,
            "SELECT door.role_token(?, ?, ?::timestamptz)",
            (verdict.person, verifier(token), answer["valid_until"]),
        )
        raw.cursor(conn, "SELECT door.role_end(?)", (verdict.person,))
        answer["token"] = token
    return canonical_json(answer)


def change_password(plpy: Any, ticket: str, proof: str, salt: str) -> str:
    """``door.change_password``: the verdict on a new password, under the ticket that the old one was proved with."""
    conn, owner, who, _handbook = caller(plpy, "", "{}")
    if owner or not who.person:
        return canonical_json(signing_in.Verdict("wrong").to_json())
    now = datetime.now(UTC)
    verdict = signing_in.change(conn, ticket or "", who.person, proof or "", salt or "", now)
    answer = verdict.to_json()
    if verdict.outcome == "ok" and verdict.role:
        raw.cursor(conn, "SELECT door.role_until(?, ?::timestamptz)", (who.person, answer["valid_until"]))
    return canonical_json(answer)


def touch(plpy: Any, session: str) -> str:
    """``door.touch``: "" while the session holds, which must be the caller's, else why it ended."""
    conn = caller(plpy, "", "{}")[0]
    mine = raw.first(
        conn,
        "SELECT 1 FROM seat_session AS s WHERE s.id = ? AND s.person_id = door.person_of_role()",
        (session or "",),
    )
    return signing_in.touch(conn, session, datetime.now(UTC)) if mine else "ended"


def sign_out(plpy: Any, session: str) -> str:
    """``door.sign_out``: the caller leaves the seat, and the token opens nothing any more."""
    conn, owner, who, _handbook = caller(plpy, "", "{}")
    if not owner and who.person:
        signing_in.sign_out(conn, who.person, datetime.now(UTC), session or "")
        sits = raw.first(
            conn, "SELECT 1 FROM seat_session WHERE person_id = ? AND ended_at IS NULL", (who.person,)
        )
        if sits is None:
            _shut_out(conn, who.person)
    return "{}"


def _shut_out(conn: Connection, person: str) -> None:
    raw.cursor(conn, "SELECT door.role_token(?, NULL, NULL)", (person,))


# ---- administrators --------------------------------------------------------------------------------------------------


def open_account(plpy: Any, person: str, proof: str) -> str:
    """``door.open_account``: an account with a role, or a new one-time password for one that there is."""

    def do(conn: Connection, by: str, staff: tuple[str, ...], now: datetime) -> None:
        signing_in.set_word(conn)
        signing_in.open_account(conn, person, proof, by, staff, now)
        row = raw.first(conn, "SELECT door.role_make(?)", (person,))
        raw.cursor(
            conn, "UPDATE account SET role = ? WHERE person_id = ?", (str(row[0]) if row else "", person)
        )
        raw.cursor(conn, "SELECT door.follow(?)", (person,))
        _shut_out(conn, person)
        raw.cursor(conn, "SELECT door.role_end(?)", (person,))

    return _administer(plpy, "open_account", person, do)


def close_account(plpy: Any, person: str) -> str:
    """``door.close_account``: nobody gets in with it any more, and who sits there is sent away."""

    def do(conn: Connection, by: str, staff: tuple[str, ...], now: datetime) -> None:
        signing_in.close_account(conn, person, by, staff, now)
        _shut_out(conn, person)
        raw.cursor(conn, "SELECT door.role_end(?)", (person,))

    return _administer(plpy, "close_account", person, do)


def unlock(plpy: Any, person: str) -> str:
    """``door.unlock``: a person who failed too often may try again."""

    def do(conn: Connection, by: str, staff: tuple[str, ...], now: datetime) -> None:
        signing_in.unlock(conn, person, by, staff, now)

    return _administer(plpy, "unlock", person, do)


def end_session(plpy: Any, session: str) -> str:
    """``door.end_session``: whoever sits there is sent away."""

    def do(conn: Connection, by: str, staff: tuple[str, ...], now: datetime) -> None:
        person = signing_in.end_session(conn, session, by, staff, now)
        _shut_out(conn, person)
        raw.cursor(conn, "SELECT door.role_end(?)", (person,))

    return _administer(plpy, "end_session", session, do)


def accounts(plpy: Any) -> str:
    """``door.accounts``: everybody with their account, for who keeps accounts."""

    def do(conn: Connection, by: str, staff: tuple[str, ...], now: datetime) -> Any:
        _require_staff(conn, by, staff)
        return book.listing(conn)

    return _administer(plpy, "accounts", "", do, tells=False)


def account_history(plpy: Any, person: str) -> str:
    """``door.account_history``: what happened to an account; one's own, or for who keeps accounts."""

    def do(conn: Connection, by: str, staff: tuple[str, ...], now: datetime) -> Any:
        if by != person:
            _require_staff(conn, by, staff)
        return book.history(conn, person)

    return _administer(plpy, "account_history", person, do, tells=False)


def _require_staff(conn: Connection, by: str, staff: tuple[str, ...]) -> None:
    if not signing_in.may_administer(conn, by, staff):
        raise Refused(Refusal("not_your_accounts", {}))


def _administer(plpy: Any, what: str, about: str, do: Work, *, tells: bool = True) -> str:
    conn, owner, who, handbook = caller(plpy, "", "{}")
    now = datetime.now(UTC)
    try:
        # Nobody in particular is trusted by the rules, which only the owner is.
        if not owner and not who.person:
            raise Refused(Refusal("not_your_accounts", {}))
        with conn.begin_nested():
            made = do(conn, "" if owner else who.person, handbook.staff_posts, now)
            if tells:
                number = changes.add(conn, "person", about, format_instant(now))
                raw.cursor(conn, "SELECT pg_notify(?, ?)", (changes.NOTIFY, str(number)))
        return canonical_json({} if made is None else made)
    except Refused as refused:
        code, data = refused.refusal.code, dict(refused.refusal.data)
    except NotFound as absent:
        code, data = absent.code, {"key": absent.key}
    if not owner:
        raw.cursor(conn, "SELECT door.note_attempt('', ?, ?, ?)", (what, code, (about or "")[:DETAIL]))
        plpy.log(f"workstation: refused {code}: person={who.person} {what}")
    return canonical_json({"refused": {"code": code, "data": data}})
