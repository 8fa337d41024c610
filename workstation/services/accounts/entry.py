"""The entry to a city that asks who comes: a person and a password in, a place at a seat out.

A city on PostGIS is first reached as the role of seats, which may do nothing but ask to be let in; whoever is let in gets a
role of their own with a password for one working day, and the city is opened as that role. A city in a file is open
already, and checks in the file. Nothing here knows a window; all of it is slow and belongs on a background thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ...store.database import Database, parse_url
from ...store.server.names import roles_of
from . import passwords, signing_in
from .accounts import ask_door, seat_name
from .signing_in import Verdict


def is_seat_url(url: str) -> bool:
    """Whether the address is that of a seat on PostGIS, where nobody has signed in yet. StoreError: bad_url."""
    parsed = parse_url(url)
    if parsed.get_backend_name() != "postgresql" or not parsed.database:
        return False
    return parsed.username == roles_of(parsed.database).seat


@dataclass(frozen=True, slots=True)
class Admitted:
    """What became of a sign-in. ``url`` opens the city as the person; it holds a password and is never shown or kept."""

    verdict: Verdict
    url: str = field(default="", repr=False)
    salt: str = field(default="", repr=False)
    check: str = field(default="", repr=False)

    def is_mine(self, password: str) -> bool:
        """Whether this is the password that was signed in with, without asking the database: for a screen that locked
        itself. Takes as long as signing in."""
        return bool(self.check) and signing_in.verifier(passwords.proof(password, self.salt)) == self.check

    def with_password(self, password: str) -> Admitted:
        """The same place after the password was changed."""
        check = signing_in.verifier(passwords.proof(password, self.salt))
        return Admitted(self.verdict, self.url, self.salt, check)


class FileEntry:
    """Lets people into a city whose tables are at hand: a file."""

    def __init__(self, database: Database, url: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._url = url
        self._now = now

    def sign_in(self, person: str, password: str) -> Admitted:
        """Ask to be let in: counted in one transaction, answered in the next."""
        with self._database.read() as conn:
            salt = signing_in.salt_of(conn, person)
        proof = passwords.proof(password, salt)
        with self._database.write() as conn:
            asked = signing_in.ask(conn, person, proof, seat_name(), self._now())
        if not asked.ticket:
            return Admitted(Verdict("locked", until=asked.until))
        with self._database.write() as conn:
            verdict = signing_in.answer(conn, asked.ticket, self._now())
        return _admitted(verdict, self._url, salt, proof)


class ServerEntry:
    """Lets people into a city on PostGIS. ``url`` is the seat's."""

    def __init__(self, url: str) -> None:
        self._url = url

    def sign_in(self, person: str, password: str) -> Admitted:
        """Ask to be let in; the server counts, decides and gives the role. StoreError when it cannot be reached."""
        database = Database.connect(self._url)
        try:
            with database.write() as conn:
                salt = str(ask_door(conn, "sign_in_salt", person)["salt"])
            proof = passwords.proof(password, salt)
            with database.write() as conn:
                asked = ask_door(conn, "sign_in", person, proof, seat_name())
            if not asked.get("ticket"):
                return Admitted(Verdict.from_json(asked))
            with database.write() as conn:
                answer = ask_door(conn, "signed_in", asked["ticket"])
        finally:
            database.close()
        verdict = Verdict.from_json(answer)
        if verdict.outcome != "ok":
            return Admitted(verdict)
        url = parse_url(self._url).set(username=answer["role"], password=answer["token"])
        return _admitted(verdict, url.render_as_string(hide_password=False), salt, proof)


Entry = FileEntry | ServerEntry


def _admitted(verdict: Verdict, url: str, salt: str, proof: str) -> Admitted:
    if verdict.outcome != "ok":
        return Admitted(verdict)
    return Admitted(verdict, url, salt, signing_in.verifier(proof))
