"""Accounts for the seat: signing in, one's password, and what administrators do. One interface for both stores.

In a city's file the rules (:mod:`.signing_in`) run here, in write transactions; on PostGIS a person asks the functions of
the schema ``door``, which run the same rules inside the server. The owner of a city on PostGIS is trusted there and works on
the tables, as in a file. Whatever makes a proof takes a good part of a second: call it from a background thread.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from ...store import changes, raw
from ...store.database import Database
from ...workflow.event import Actor, Refusal, format_instant, parse_instant
from ..errors import NotFound, Refused
from . import book, passwords, signing_in
from .signing_in import Policy, Verdict

if TYPE_CHECKING:
    from ..services import Services

NO_ACCOUNT, ACTIVE, CLOSED = "", "active", "closed"


def seat_name() -> str:
    """What this seat is called where sessions are listed: the machine's name."""
    return platform.node()[: signing_in.LONGEST] or "?"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session that holds: at which seat, since when, and when the seat was last heard of."""

    id: str
    seat: str
    at: datetime
    seen_at: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """A person with their account. ``account``: "" (none), active, closed."""

    person: str
    name: str
    unit: str
    posts: tuple[str, ...]
    account: str
    locked_until: datetime | None
    must_change: bool
    expires_at: datetime | None
    last_at: datetime | None
    sitting: Sitting | None

    def state(self, now: datetime) -> str:
        """none, closed, locked, expired, must_change or active: the first that keeps the person out comes first."""
        if self.account != ACTIVE:
            return self.account or "none"
        if self.locked_until is not None and now < self.locked_until:
            return "locked"
        if self.expires_at is not None and now >= self.expires_at:
            return "expired"
        return "must_change" if self.must_change else ACTIVE


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """What happened to an account. ``kind``: opened, closed, signed_in, wrong, locked, unlocked, changed, expired, ended, signed_out."""

    at: datetime
    kind: str
    by: str
    seat: str
    detail: str


class WrongPassword(Exception):
    """A password was not changed. ``verdict`` says why: wrong, locked, closed, reused, stale."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.outcome)
        self.verdict = verdict


class WeakPassword(Exception):
    """A password that is not taken. ``code``: see :func:`workstation.services.accounts.passwords.weakness`."""

    def __init__(self, code: str, policy: Policy) -> None:
        super().__init__(code)
        self.code = code
        self.least_length = policy.least_length
        self.least_kinds = policy.least_kinds


class Accounts:
    """The accounts of an open city. ``session`` is that of who sits here, "" while nobody has signed in."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.db
        self._asks_door: bool | None = None
        self.session = ""

    # ---- how it is done --------------------------------------------------------------------------------------

    def _through_door(self) -> bool:
        """Whether the server decides: on PostGIS, unless the city has no roles and whoever connects is its owner."""
        if self._asks_door is None:
            self._asks_door = self._database.kind == "postgis" and _has_roles(self._database)
        return self._asks_door

    def _door(self, function: str, *values: Any) -> Any:
        """Ask a function of the door in a transaction of its own. Refused and NotFound as it answers."""
        with self._database.write() as conn:
            return ask_door(conn, function, *values)

    def _staff(self) -> tuple[str, ...]:
        return self._services.handbook.staff_posts

    def _act(
        self,
        by: Actor,
        person: str,
        function: str,
        values: tuple[Any, ...],
        rule: Callable[[Connection], Any],
    ) -> None:
        """An administrator's act; other seats hear of it under the topic person."""
        if by.post not in self._staff():
            raise Refused(Refusal("not_your_accounts", {}))
        if self._through_door():
            self._door(function, *values)
            return
        now = self._services.now()
        with self._database.write() as conn:
            rule(conn)
            number = changes.add(conn, "person", person, format_instant(now))
        self._services.announce(["person"], [number])

    # ---- reading ---------------------------------------------------------------------------------------------

    def policy(self) -> Policy:
        """The figures that hold in this city."""
        with self._database.read() as conn:
            return signing_in.load_policy(conn)

    def guarded(self, policy: Policy) -> bool:
        """Whether people sign in here at all: on a server always, in a file where its setting says so."""
        return self._database.kind == "postgis" or policy.mode == "password"

    def needs_password(self) -> bool:
        """Whether whoever sits down has to sign in first: the setting of the city; the owner on PostGIS need not."""
        return self._database.kind == "spatialite" and self.policy().mode == "password"

    def listing(self) -> list[AccountInfo]:
        """Everybody, by id. On PostGIS for administrators only."""
        if self._through_door():
            rows = self._door("accounts")
        else:
            with self._database.read() as conn:
                rows = book.listing(conn)
        now = self._services.now()
        return [_info(row, now) for row in rows]

    def history(self, person: str) -> list[AccountEvent]:
        """What happened to a person's account, the newest first."""
        if self._through_door():
            rows = self._door("account_history", person)
        else:
            with self._database.read() as conn:
                rows = book.history(conn, person)
        return [AccountEvent(**{**row, "at": parse_instant(row["at"])}) for row in rows]

    # ---- oneself ---------------------------------------------------------------------------------------------

    def change_password(self, person: str, old: str, new: str, *known: str) -> Verdict:
        """Take a new password. ``known``: what it may not hold besides the id, as the name.

        WeakPassword before anything is asked; WrongPassword with the verdict when the old one is wrong, or the new one was used before.
        """
        policy = self.policy()
        weak = passwords.weakness(
            new, person, *known, least_length=policy.least_length, least_kinds=policy.least_kinds
        )
        if weak:
            raise WeakPassword(weak, policy)
        verdict = self._change(person, old, new)
        if verdict.outcome != "ok":
            raise WrongPassword(verdict)
        return verdict

    def _change(self, person: str, old: str, new: str) -> Verdict:
        salt = self.salt_of(person)
        before, after = passwords.proof(old, salt), passwords.proof(new, salt)
        if self._through_door():
            ticket = self._door("sign_in", person, before, seat_name())
            if not ticket.get("ticket"):
                return Verdict.from_json(ticket)
            return Verdict.from_json(self._door("change_password", ticket["ticket"], after, salt))
        now = self._services.now
        with self._database.write() as conn:
            asked = signing_in.ask(conn, person, before, seat_name(), now())
        if not asked.ticket:
            return Verdict("locked", until=asked.until)
        with self._database.write() as conn:
            return signing_in.change(conn, asked.ticket, person, after, salt, now())

    def salt_of(self, person: str) -> str:
        """The salt for a person's proofs."""
        if self._through_door():
            return str(self._door("sign_in_salt", person)["salt"])
        with self._database.read() as conn:
            return signing_in.salt_of(conn, person)

    def touch(self) -> str:
        """Say that the seat is there. Answers "" while its session holds, else why that ended; "" too where nobody has signed in."""
        if not self.session:
            return ""
        if self._through_door():
            return str(self._door("touch", self.session) or "")
        with self._database.write() as conn:
            return signing_in.touch(conn, self.session, self._services.now())

    def sign_out(self, person: str) -> None:
        """Leave the seat; nothing where nobody has signed in."""
        session, self.session = self.session, ""
        if not session:
            return
        if self._through_door():
            self._door("sign_out", session)
            return
        with self._database.write() as conn:
            signing_in.sign_out(conn, person, self._services.now(), session)

    # ---- administrators --------------------------------------------------------------------------------------

    def open(self, person: str, by: Actor) -> str:
        """Open an account, or give it a new password: one that is shown once, told to the person, and changed at the first sign-in."""
        password = passwords.one_time()
        proof = passwords.proof(password, self._salt_to_be(person))
        self._act(
            by,
            person,
            "open_account",
            (person, proof),
            lambda conn: signing_in.open_account(
                conn, person, proof, by.person, self._staff(), self._services.now()
            ),
        )
        return password

    def _salt_to_be(self, person: str) -> str:
        """The salt that the proof has to be made with; the city's word for it is made first where it has none, which
        ``server init`` has done on a server."""
        if not self._through_door():
            with self._database.write() as conn:
                signing_in.set_word(conn)
        return self.salt_of(person)

    def open_as_owner(self, person: str) -> str:
        """As :meth:`open`, by whoever owns the city: the first administrator's account, or where nobody can sign in any more."""
        password = passwords.one_time()
        proof = passwords.proof(password, self._salt_to_be(person))
        if self._through_door():
            self._door("open_account", person, proof)
            return password
        with self._database.write() as conn:
            signing_in.open_account(conn, person, proof, "", (), self._services.now())
        return password

    def close(self, person: str, by: Actor) -> None:
        """Nobody signs in with it any more. Refused: not_your_accounts, oneself."""
        self._act(
            by,
            person,
            "close_account",
            (person,),
            lambda conn: signing_in.close_account(
                conn, person, by.person, self._staff(), self._services.now()
            ),
        )

    def unlock(self, person: str, by: Actor) -> None:
        """Let a person who failed too often try again. Refused as for :meth:`close`."""
        self._act(
            by,
            person,
            "unlock",
            (person,),
            lambda conn: signing_in.unlock(conn, person, by.person, self._staff(), self._services.now()),
        )

    def end_session(self, sitting: Sitting, person: str, by: Actor) -> None:
        """Send whoever sits there away. Refused: not_your_accounts."""
        self._act(
            by,
            person,
            "end_session",
            (sitting.id,),
            lambda conn: signing_in.end_session(
                conn, sitting.id, by.person, self._staff(), self._services.now()
            ),
        )

    def set_mode(self, mode: str) -> None:
        """Ask for passwords from now on (``password``), or do not (``open``). For the city's owner."""
        if mode not in ("open", "password"):
            raise ValueError(mode)
        self._set("sign_in", mode)

    def set_figure(self, name: str, value: int) -> None:
        """Set a figure of the policy. For the city's owner. KeyError: no such figure; ValueError(low, high): out of bounds."""
        bounds = signing_in.policy_problem(name, value)
        if bounds is not None:
            raise ValueError(*bounds)
        self._set(f"sign_in.{name}", str(value))

    def _set(self, key: str, value: str) -> None:
        now = self._services.now()
        with self._database.write() as conn:
            raw.cursor(conn, "DELETE FROM city WHERE key = ?", (key,))
            raw.cursor(conn, "INSERT INTO city (key, value) VALUES (?, ?)", (key, value))
            number = changes.add(conn, "city", key, format_instant(now))
        self._services.announce(["city"], [number])


def ask_door(conn: Connection, function: str, *values: Any) -> Any:
    """What a function of the schema ``door`` answers. A refusal that it answers is raised: Refused, NotFound."""
    marks = ", ".join("?" for _ in values)
    row = raw.first(conn, f"SELECT door.{function}({marks})", values)
    found = row[0] if row is not None else None
    if isinstance(found, str) and found.startswith(("{", "[")):
        found = json.loads(found)
    if isinstance(found, dict) and "refused" in found:
        refused = found["refused"]
        if refused["code"].startswith("no_such_"):
            raise NotFound(refused["code"], str(refused.get("data", {}).get("key", "")))
        raise Refused(Refusal(refused["code"], refused.get("data", {})))
    return found


def _has_roles(database: Database) -> bool:
    with database.read() as conn:
        if raw.first(conn, "SELECT to_regprocedure('door.is_owner()')") in (None, (None,)):
            return False
        # Only the owner may ask for the roles; and where somebody else is let in, there are some.
        if raw.first(conn, "SELECT door.is_owner()") == (False,):
            return True
        row = raw.first(conn, "SELECT door.has_roles()")
    return row is not None and bool(row[0])


def _info(row: dict[str, Any], now: datetime) -> AccountInfo:
    def instant(name: str) -> datetime | None:
        return parse_instant(row[name]) if row[name] else None

    found = row["session"]
    sitting = None
    if found is not None and parse_instant(found["valid_until"]) > now:
        times = {name: parse_instant(found[name]) for name in ("at", "seen_at", "valid_until")}
        sitting = Sitting(found["id"], found["seat"], **times)
    return AccountInfo(
        *(row["person"], row["name"], row["unit"], tuple(row["posts"]), row["account"]),
        *(instant("locked_until"), row["must_change"], instant("expires_at"), instant("last_at"), sitting),
    )
