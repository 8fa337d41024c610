"""The rules of accounts: who gets in, who is kept out and for how long, and who may change that.

Written over the tables ``account``, ``account_event`` and ``seat_session`` with plain statements, so that the same rules
hold in a city's file, where the seat runs them, and on PostGIS, where the server does. A seat never sends a password:
it sends a proof (:mod:`.passwords`), of which the SHA-256 is kept.

A try is two steps, :func:`ask` and :func:`answer`, in two transactions: what is asked counts as a failure before anybody
learns whether it was one, so that a transaction that is taken back takes back no failure. Somebody who does not exist is
answered exactly like somebody whose password was wrong, to the lock.

The figures follow the practice of GB/T 22239-2019 (level protection), which asks for a limit on failed sign-ins, for
passwords that are not simple and are changed, and for idle sessions that end, and leaves the figures to the operator.
They are settings of the city.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...store import raw
from ...workflow.event import Refusal, format_instant, parse_instant
from ..errors import NotFound, Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST = 64
"""Characters of a person's id, a seat's name or a proof that are looked at; a longer one is nobody's."""
TICKET_SECONDS = 60
ASKED = "asked"

# What a setting may be. Beyond that, and where it is no number, the program's own figure holds.
_BOUNDS = {
    "tries": (1, 20),
    "lock_minutes": (1, 24 * 60),
    "lock_longest": (1, 7 * 24 * 60),
    "password_days": (1, 3650),
    "grace_days": (0, 365),
    "one_time_hours": (1, 30 * 24),
    "kept": (0, 24),
    "session_hours": (1, 24),
    "change_minutes": (1, 60),
    "idle_minutes": (0, 8 * 60),
    "least_length": (8, 64),
    "least_kinds": (1, 4),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """The figures. ``mode`` open: nobody is asked for a password (a city in a file only); password: everybody is.

    ``tries`` failures lock an account for ``lock_minutes``, the next as many for twice that, up to ``lock_longest``.
    A password is to be changed after ``password_days`` and useless ``grace_days`` later; one that an administrator gave is to be
    changed at once and useless after ``one_time_hours``. The last ``kept`` passwords are not taken again. A sign-in is good for
    ``session_hours``, one that has to change the password for ``change_minutes``. ``idle_minutes`` lock the screen; 0: never.
    """

    mode: str = "open"
    tries: int = 5
    lock_minutes: int = 15
    lock_longest: int = 24 * 60
    password_days: int = 90
    grace_days: int = 30
    one_time_hours: int = 72
    kept: int = 5
    session_hours: int = 16
    change_minutes: int = 10
    idle_minutes: int = 10
    least_length: int = 8
    least_kinds: int = 3


def policy_problem(name: str, value: int) -> tuple[int, int] | None:
    """The bounds that a figure breaks; None when it may be set. KeyError for a name that is no figure's."""
    low, high = _BOUNDS[name]
    return None if low <= value <= high else (low, high)


def policy_of(settings: Mapping[str, str]) -> Policy:
    """The policy that a city's settings (``sign_in``, ``sign_in.tries``, …) make."""
    found: dict[str, Any] = {"mode": "password" if settings.get("sign_in") == "password" else "open"}
    for name in _BOUNDS:
        given = settings.get(f"sign_in.{name}", "")
        if given.isdecimal() and len(given) < 10 and policy_problem(name, int(given)) is None:
            found[name] = int(given)
    return Policy(**found)


def load_policy(conn: Connection) -> Policy:
    """The city's policy."""
    rows = raw.all_rows(conn, "SELECT key, value FROM city WHERE key = 'sign_in' OR key LIKE 'sign_in.%'")
    return policy_of({str(key): str(value) for key, value in rows})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a try. ``outcome``: ok; wrong; locked (``until``); expired, closed (the password was right, but the account is
    of no use any more); and of a change besides: reused, stale (the salt is not the account's).

    With ok: the session, until when it holds, whether the password must be changed first, else from when on, the database's role (empty in a file), and
    the ``replaced`` sessions of the same person, which ended with it.
    """

    outcome: str
    person: str = ""
    until: datetime | None = None
    must_change: bool = False
    session: str = ""
    valid_until: datetime | None = None
    role: str = ""
    replaced: tuple[str, ...] = ()
    change_from: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            **asdict(self),
            "until": self.until and format_instant(self.until),
            "valid_until": self.valid_until and format_instant(self.valid_until),
            "change_from": self.change_from and format_instant(self.change_from),
            "replaced": list(self.replaced),
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Verdict:
        """What :meth:`to_json` wrote; keys that are not a verdict's are passed over."""
        values = {field.name: found[field.name] for field in fields(cls) if field.name in found}
        for name in ("until", "valid_until", "change_from"):
            if values.get(name):
                values[name] = parse_instant(values[name])
        return cls(**{**values, "replaced": tuple(values.get("replaced") or ())})


@dataclass(frozen=True, slots=True)
class Asked:
    """A try that is counted. ``ticket``: give it to :func:`answer`; "" where the account is locked ``until`` then."""

    ticket: str
    until: datetime | None = None


# ---- salts and proofs ------------------------------------------------------------------------------------------------


def salt_of(conn: Connection, person: str) -> str:
    """The salt for a person's passwords, in hex: the account's, and for anybody else the one that an account would get.

    Both are made alike, of the city's own random word and the person's id, so that the answer does not tell who has an account.
    """
    row = raw.first(conn, "SELECT salt FROM account WHERE person_id = ?", (person,))
    return str(row[0]) if row is not None else _made_salt(conn, person)


def _made_salt(conn: Connection, person: str) -> str:
    row = raw.first(conn, "SELECT value FROM city WHERE key = 'sign_in.word'")
    word = str(row[0]) if row is not None else ""
    return hashlib.sha256(f"{word}\0{person}".encode()).hexdigest()[:32]


def verifier(proof: str) -> str:
    """What is kept of a proof."""
    return hashlib.sha256(proof.encode()).hexdigest()


def _bound(ticket: str, kept: str) -> str:
    """A verifier that nobody can compare with others without the ticket."""
    return hashlib.sha256(f"{ticket}:{kept}".encode()).hexdigest()


def _ticket_name(ticket: str) -> str:
    return hashlib.sha256(f"ticket:{ticket}".encode()).hexdigest()[:32]


# ---- trying ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Account:
    person: str
    role: str
    salt: str
    verifiers: list[str]
    failures: int
    locked_until: str | None
    must_change: bool
    password_at: str
    expires_at: str | None
    active: bool


def _account(conn: Connection, person: str) -> _Account | None:
    row = raw.first(
        conn,
        "SELECT a.person_id, a.role, a.salt, a.verifier, a.failures, a.locked_until, a.must_change, a.password_at,"
        " a.expires_at, a.active AND p.active FROM account AS a JOIN person AS p ON p.id = a.person_id"
        " WHERE a.person_id = ?",
        (person,),
    )
    if row is None:
        return None
    return _Account(
        *(str(row[0]), str(row[1]), str(row[2]), str(row[3]).split(), int(row[4]), row[5], bool(row[6])),
        *(str(row[7]), row[8], bool(row[9])),
    )


def _alone(conn: Connection, person: str) -> None:
    """One try of a person at a time. In a file the writer is alone anyway."""
    if conn.dialect.name == "postgresql":
        raw.cursor(conn, "SELECT pg_advisory_xact_lock(1936287602, hashtext(?))", (person,))


def _transaction(conn: Connection) -> str:
    if conn.dialect.name != "postgresql":
        return ""
    row = raw.first(conn, "SELECT pg_current_xact_id()::text")
    return str(row[0]) if row is not None else ""


def _note(
    conn: Connection, person: str, kind: str, now: datetime, by: str = "", seat: str = "", detail: str = ""
) -> None:
    raw.cursor(
        conn,
        "INSERT INTO account_event (person_id, at, kind, by, seat, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (person, format_instant(now), kind, by, seat, detail),
    )


def lock_for(failures: int, policy: Policy) -> timedelta | None:
    """How long the n-th failure in a row locks: only each ``tries``-th does, each time twice as long."""
    turns, rest = divmod(failures, policy.tries)
    if rest or not turns:
        return None
    return timedelta(minutes=min(policy.lock_minutes * 2 ** min(turns - 1, 20), policy.lock_longest))


def ask(conn: Connection, person: str, proof: str, seat: str, now: datetime) -> Asked:
    """Count a try as a failure and keep what was tried. The answer is given in another transaction (:func:`answer`).

    While the account is locked nothing is written, whatever the proof.
    """
    person, seat = person[:LONGEST], seat[:LONGEST]
    policy = load_policy(conn)
    _alone(conn, person)
    account = _account(conn, person)
    failures, until = _standing(conn, person, account, policy)
    if until is not None and now < until:
        return Asked("", until)
    lock = lock_for(failures + 1, policy)
    if account is not None:
        raw.cursor(
            conn,
            "UPDATE account SET failures = ?, locked_until = ? WHERE person_id = ?",
            (failures + 1, None if lock is None else format_instant(now + lock), person),
        )
    ticket = secrets.token_hex(16)
    bound = _bound(ticket, verifier(proof[: 2 * LONGEST]))
    detail = f"{_ticket_name(ticket)} {bound} {_transaction(conn)}".strip()
    _note(conn, person, ASKED, now, seat=seat, detail=detail)
    return Asked(ticket)


def _standing(
    conn: Connection, person: str, account: _Account | None, policy: Policy
) -> tuple[int, datetime | None]:
    """Failures in a row, and until when they lock. Of somebody unknown, both come from what was asked."""
    if account is not None:
        return account.failures, parse_instant(account.locked_until) if account.locked_until else None
    row = raw.first(
        conn, "SELECT count(*), max(at) FROM account_event WHERE person_id = ? AND kind = 'asked'", (person,)
    )
    if row is None or not row[0]:
        return 0, None
    lock = lock_for(int(row[0]), policy)
    return int(row[0]), None if lock is None else parse_instant(str(row[1])) + lock


@dataclass(frozen=True, slots=True)
class _Try:
    """A ticket that was settled: whose, from which seat, the account where there is one, and whether the proof was right."""

    person: str
    seat: str
    account: _Account | None
    right: bool


def _settle(conn: Connection, ticket: str, now: datetime, same: bool) -> _Try | None:
    """Look at what was asked under the ticket; None when that is too old, of this very transaction, or settled before.

    ``same``: the transaction that asked may settle, because nobody can take it back.
    """
    name = _ticket_name(ticket)
    since = format_instant(now - timedelta(seconds=TICKET_SECONDS))
    rows = raw.all_rows(
        conn,
        "SELECT person_id, seat, detail, kind FROM account_event WHERE at >= ? AND detail LIKE ? ORDER BY id",
        (since, f"{name}%"),
    )
    if len(rows) != 1 or rows[0][3] != ASKED:
        return None
    person, seat = str(rows[0][0]), str(rows[0][1])
    _, bound, *asked_in = str(rows[0][2]).split()
    if not same and asked_in and asked_in[0] == _transaction(conn):
        return None
    _alone(conn, person)
    account = _account(conn, person)
    known = account.verifiers[0] if account is not None and account.verifiers else ""
    right = hmac.compare_digest(_bound(ticket, known), bound) and account is not None and known != ""
    return _Try(person, seat, account, right)


def _failed(conn: Connection, tried: _Try, ticket: str, now: datetime) -> Verdict:
    failures, until = _standing(conn, tried.person, tried.account, load_policy(conn))
    name = _ticket_name(ticket)
    _note(conn, tried.person, "wrong", now, seat=tried.seat, detail=name)
    if until is None or now >= until:
        return Verdict("wrong")
    _note(conn, tried.person, "locked", now, seat=tried.seat, detail=f"{failures} {format_instant(until)}")
    return Verdict("locked", until=until)


def _forgive(conn: Connection, person: str) -> None:
    raw.cursor(conn, "UPDATE account SET failures = 0, locked_until = NULL WHERE person_id = ?", (person,))


def answer(conn: Connection, ticket: str, now: datetime, *, same: bool = False) -> Verdict:
    """What became of the try: with ok somebody sits, at one seat only. A ticket is answered once."""
    tried = _settle(conn, ticket, now, same)
    if tried is None:
        return Verdict("wrong")
    account = tried.account
    if account is None or not tried.right:
        return _failed(conn, tried, ticket, now)
    _forgive(conn, account.person)
    name = _ticket_name(ticket)
    if not account.active:
        _note(conn, account.person, "wrong", now, seat=tried.seat, detail=f"{name} closed")
        return Verdict("closed")
    if account.expires_at is not None and now >= parse_instant(account.expires_at):
        _note(conn, account.person, "expired", now, seat=tried.seat, detail=name)
        return Verdict("expired")
    policy = load_policy(conn)
    change_from = parse_instant(account.password_at) + timedelta(days=policy.password_days)
    must_change = account.must_change or now >= change_from
    span = timedelta(minutes=policy.change_minutes) if must_change else timedelta(hours=policy.session_hours)
    replaced = _end_all(conn, account.person, now, account.person, "replaced")
    session = secrets.token_hex(16)
    raw.cursor(
        conn,
        "INSERT INTO seat_session (id, person_id, seat, at, seen_at, valid_until, ended_by, ended_why)"
        " VALUES (?, ?, ?, ?, ?, ?, '', '')",
        (
            *(session, account.person, tried.seat, format_instant(now), format_instant(now)),
            format_instant(now + span),
        ),
    )
    _note(conn, account.person, "signed_in", now, by=account.person, seat=tried.seat, detail=name)
    return Verdict(
        *("ok", account.person, None, must_change, session, now + span, account.role, tuple(replaced)),
        change_from=None if must_change else change_from,
    )


def sign_in(conn: Connection, person: str, proof: str, seat: str, now: datetime) -> Verdict:
    """:func:`ask` and :func:`answer` in one transaction: only where whoever asks cannot take it back, as in a city's file."""
    asked = ask(conn, person, proof, seat, now)
    if not asked.ticket:
        return Verdict("locked", until=asked.until)
    return answer(conn, asked.ticket, now, same=True)


def change(
    conn: Connection, ticket: str, person: str, new: str, salt: str, now: datetime, *, same: bool = False
) -> Verdict:
    """Take a new password from the one who proved the old under the ticket. ``new`` is the proof of it, made with ``salt``.

    With ok the session that sits goes on for a whole ``valid_until``.
    """
    tried = _settle(conn, ticket, now, same)
    if tried is None or tried.person != person:
        return Verdict("wrong")
    account = tried.account
    if account is None or not tried.right:
        return _failed(conn, tried, ticket, now)
    _forgive(conn, person)
    if not account.active:
        return Verdict("closed")
    if salt != account.salt:
        return Verdict("stale")
    policy = load_policy(conn)
    fresh = verifier(new)
    if fresh == account.verifiers[0] or fresh in account.verifiers[: policy.kept]:
        return Verdict("reused")
    kept = [fresh, *account.verifiers][: max(1, policy.kept)]
    ends = now + timedelta(days=policy.password_days + policy.grace_days)
    raw.cursor(
        conn,
        "UPDATE account SET verifier = ?, must_change = ?, password_at = ?, expires_at = ? WHERE person_id = ?",
        (" ".join(kept), False, format_instant(now), format_instant(ends), person),
    )
    valid_until = now + timedelta(hours=policy.session_hours)
    raw.cursor(
        conn,
        "UPDATE seat_session SET valid_until = ? WHERE person_id = ? AND ended_at IS NULL",
        (format_instant(valid_until), person),
    )
    _note(conn, person, "changed", now, by=person, seat=tried.seat, detail=_ticket_name(ticket))
    row = raw.first(conn, "SELECT id FROM seat_session WHERE person_id = ? AND ended_at IS NULL", (person,))
    session = str(row[0]) if row is not None else ""
    return Verdict("ok", person, None, False, session, valid_until, account.role)


def change_password(conn: Connection, person: str, old: str, new: str, salt: str, now: datetime) -> Verdict:
    """:func:`ask` and :func:`change` in one transaction; see :func:`sign_in`."""
    asked = ask(conn, person, old, "", now)
    if not asked.ticket:
        return Verdict("locked", until=asked.until)
    return change(conn, asked.ticket, person, new, salt, now, same=True)


# ---- sessions --------------------------------------------------------------------------------------------------------


def _end_all(conn: Connection, person: str, now: datetime, by: str, why: str) -> list[str]:
    """End the person's sessions; those whose time is over have expired, whoever ends them."""
    expire(conn, now)
    rows = raw.all_rows(
        conn, "SELECT id FROM seat_session WHERE person_id = ? AND ended_at IS NULL", (person,)
    )
    for (session,) in rows:
        _end(conn, str(session), now, by, why)
    return [str(row[0]) for row in rows]


def _end(conn: Connection, session: str, now: datetime, by: str, why: str) -> None:
    raw.cursor(
        conn,
        "UPDATE seat_session SET ended_at = ?, ended_by = ?, ended_why = ? WHERE id = ? AND ended_at IS NULL",
        (format_instant(now), by, why, session),
    )


def expire(conn: Connection, now: datetime) -> None:
    """Write down which sessions have run out."""
    raw.cursor(
        conn,
        "UPDATE seat_session SET ended_at = valid_until, ended_why = 'expired'"
        " WHERE ended_at IS NULL AND valid_until <= ?",
        (format_instant(now),),
    )


def touch(conn: Connection, session: str, now: datetime) -> str:
    """The seat is there. Answers "" while the session holds, else why it ended: out, replaced, ended, expired."""
    row = raw.first(
        conn, "SELECT ended_at, ended_why, valid_until FROM seat_session WHERE id = ?", (session,)
    )
    if row is None:
        return "ended"
    if row[0] is not None:
        return str(row[1])
    if now >= parse_instant(str(row[2])):
        expire(conn, now)
        return "expired"
    raw.cursor(conn, "UPDATE seat_session SET seen_at = ? WHERE id = ?", (format_instant(now), session))
    return ""


def sign_out(conn: Connection, person: str, now: datetime, session: str = "") -> None:
    """The person leaves the seat; where ``session`` is named, that one and not another that has replaced it."""
    sitting = raw.all_rows(
        conn, "SELECT id FROM seat_session WHERE person_id = ? AND ended_at IS NULL", (person,)
    )
    if session and (session,) not in [tuple(row) for row in sitting]:
        return
    if _end_all(conn, person, now, person, "out"):
        _note(conn, person, "signed_out", now, by=person)


# ---- administrators --------------------------------------------------------------------------------------------------


def may_administer(conn: Connection, by: str, staff: Collection[str]) -> bool:
    """Whether ``by`` is in active service and holds one of the posts that keep accounts. "" is the city's owner, who may."""
    if not by:
        return True
    rows = raw.all_rows(
        conn,
        "SELECT h.post FROM person_post AS h JOIN person AS p ON p.id = h.person_id WHERE p.id = ? AND p.active",
        (by,),
    )
    return any(row[0] in staff for row in rows)


def _administer(conn: Connection, person: str, by: str, staff: Collection[str]) -> None:
    if not may_administer(conn, by, staff):
        raise Refused(Refusal("not_your_accounts", {}))
    if by and by == person:
        raise Refused(Refusal("oneself", {}))


def open_account(
    conn: Connection, person: str, proof: str, by: str, staff: Collection[str], now: datetime, role: str = ""
) -> None:
    """Open an account with a password to be changed at the first sign-in, or give one that there is such a password.

    ``proof`` is of the one-time password, under :func:`salt_of` the person. Whoever sits there is sent away, and a lock is lifted.
    ``by`` "" is the city's owner. Refused: not_your_accounts, oneself; NotFound: no_such_person. Nothing is written then.
    """
    _administer(conn, person, by, staff)
    if raw.first(conn, "SELECT 1 FROM person WHERE id = ? AND active", (person,)) is None:
        raise NotFound("no_such_person", person)
    policy = load_policy(conn)
    ends = format_instant(now + timedelta(hours=policy.one_time_hours))
    at = format_instant(now)
    account = _account(conn, person)
    if account is None:
        raw.cursor(
            conn,
            "INSERT INTO account (person_id, role, salt, verifier, failures, must_change, password_at, expires_at,"
            " active, opened_by, opened_at) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
            (person, role, salt_of(conn, person), verifier(proof), True, at, ends, True, by, at),
        )
        _note(conn, person, "opened", now, by=by)
        return
    kept = [verifier(proof), *account.verifiers][: max(1, policy.kept)]
    raw.cursor(
        conn,
        "UPDATE account SET verifier = ?, failures = 0, locked_until = NULL, must_change = ?, password_at = ?,"
        " expires_at = ?, active = ?, role = ? WHERE person_id = ?",
        (" ".join(kept), True, at, ends, True, role or account.role, person),
    )
    _note(conn, person, "changed" if account.active else "opened", now, by=by, detail="one_time")
    _end_all(conn, person, now, by, "ended")


def set_word(conn: Connection) -> None:
    """Give the city its random word, which goes into every salt, unless it has one. Before the first account is opened."""
    if raw.first(conn, "SELECT 1 FROM city WHERE key = 'sign_in.word'") is None:
        raw.cursor(conn, "INSERT INTO city (key, value) VALUES ('sign_in.word', ?)", (secrets.token_hex(16),))


def close_account(conn: Connection, person: str, by: str, staff: Collection[str], now: datetime) -> None:
    """Nobody signs in with it any more, and who sits there is sent away. Refused as for :func:`open_account`."""
    _administer(conn, person, by, staff)
    _existing(conn, person)
    raw.cursor(conn, "UPDATE account SET active = ? WHERE person_id = ?", (False, person))
    _note(conn, person, "closed", now, by=by)
    _end_all(conn, person, now, by, "ended")


def unlock(conn: Connection, person: str, by: str, staff: Collection[str], now: datetime) -> None:
    """Let a person who failed too often try again. Refused as for :func:`open_account`."""
    _administer(conn, person, by, staff)
    _existing(conn, person)
    _forgive(conn, person)
    _note(conn, person, "unlocked", now, by=by)


def end_session(conn: Connection, session: str, by: str, staff: Collection[str], now: datetime) -> str:
    """Send whoever sits there away; whose it was. One's own may be ended by anybody. Refused: not_your_accounts; NotFound: no_such_session."""
    row = raw.first(conn, "SELECT person_id, seat, ended_at FROM seat_session WHERE id = ?", (session,))
    if row is None:
        raise NotFound("no_such_session", session)
    person = str(row[0])
    if by != person and not may_administer(conn, by, staff):
        raise Refused(Refusal("not_your_accounts", {}))
    if row[2] is None:
        _end(conn, session, now, by, "ended")
        _note(conn, person, "ended", now, by=by, seat=str(row[1]))
    return person


def _existing(conn: Connection, person: str) -> None:
    if raw.first(conn, "SELECT 1 FROM account WHERE person_id = ?", (person,)) is None:
        raise NotFound("no_such_account", person)
