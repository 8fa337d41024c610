"""The outbox's file: one for each city in the seat's own folder, on the disk before anything in it is called kept.

What a command says is encrypted with a key of the seat that lies beside the file; both are the user's alone (0600). In
clear stand only ids, the command's name, who gave it and when. What was sent loses its contents at once.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ...store.errors import StoreError
from ...workflow.event import parse_instant

log = logging.getLogger(__name__)

WAITING, SENT, IMPOSSIBLE, DISCARDED = "waiting", "sent", "impossible", "discarded"
UNSETTLED = (WAITING, IMPOSSIBLE)
BUSY_SECONDS = 5.0
_NONCE, _KEY_BYTES = 12, 32
_COLUMNS = {
    "item": "n, command_id, name, person, person_name, post, unit, at, state, settled_at, code, why, reason, body",
    "item_case": "n, case_id, seq",
    "photo": "sha256, name, at, content, thumbnail",
}
_DAMAGED = ("not a database", "malformed", "unsupported file format", "no such column", "encrypted")
"""What SQLite says of a file that is none, or not one of ours."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS item (
    n INTEGER PRIMARY KEY AUTOINCREMENT, command_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    person TEXT NOT NULL, person_name TEXT NOT NULL, post TEXT NOT NULL, unit TEXT NOT NULL, at TEXT NOT NULL,
    state TEXT NOT NULL, settled_at TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '',
    why TEXT NOT NULL DEFAULT '{}', reason TEXT NOT NULL DEFAULT '', body BLOB);
CREATE INDEX IF NOT EXISTS item_state ON item (state, n);
CREATE TABLE IF NOT EXISTS item_case (
    n INTEGER NOT NULL REFERENCES item (n), case_id TEXT NOT NULL, seq INTEGER, PRIMARY KEY (case_id, n));
CREATE TABLE IF NOT EXISTS photo (
    sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL, content BLOB NOT NULL, thumbnail BLOB NOT NULL);
"""


class _Foreign(Exception):
    """A file that SQLite can read, and that is not what this program writes."""


def _require_sound(conn: sqlite3.Connection) -> None:
    """Look the file over while it is opened: what is wrong with it must not come out in the middle of sending."""
    verdict = conn.execute("PRAGMA quick_check(1)").fetchone()
    if verdict is None or verdict[0] != "ok":
        raise _Foreign(str(verdict))
    try:
        for table, columns in _COLUMNS.items():
            if conn.execute("SELECT type FROM sqlite_master WHERE name = ?", (table,)).fetchone() != (
                "table",
            ):
                raise _Foreign(table)
            conn.execute(f"SELECT {columns} FROM {table} LIMIT 0")
        for at, settled_at, why in conn.execute("SELECT at, settled_at, why FROM item"):
            parse_instant(at)
            if settled_at:
                parse_instant(settled_at)
            if not isinstance(json.loads(why), dict):
                raise _Foreign("why")
    except (ValueError, TypeError, RecursionError) as error:
        raise _Foreign(str(error)) from error


class Unreadable(Exception):
    """What was kept cannot be read: its key is gone, or it is damaged."""


class Cipher:
    """AES-GCM under a key in a file of its own. The library is loaded when something is kept or read, not before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._aes: Any = None

    def seal(self, plain: bytes, label: str) -> bytes:
        """The bytes encrypted; ``label`` must be the same when they are opened."""
        nonce = secrets.token_bytes(_NONCE)
        sealed: bytes = self._cipher().encrypt(nonce, plain, label.encode())
        return nonce + sealed

    def open(self, sealed: bytes, label: str) -> bytes:
        """The bytes; Unreadable when it was another key, or they were changed."""
        from cryptography.exceptions import InvalidTag

        try:
            plain: bytes = self._cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], label.encode())
        except (InvalidTag, ValueError, TypeError) as error:
            raise Unreadable(label) from error
        return plain

    def _cipher(self) -> Any:
        if self._aes is None:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM

            self._aes = AESGCM(self._key())
        return self._aes

    def _key(self) -> bytes:
        if self._path.exists() and self._path.stat().st_size != _KEY_BYTES:
            put_aside(self._path)
        if not self._path.exists():
            partial = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
            file = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                os.write(file, secrets.token_bytes(_KEY_BYTES))
                os.fsync(file)
            finally:
                os.close(file)
            try:
                os.link(partial, self._path)  # whole, or not there; another window's stays
            except FileExistsError:
                pass
            finally:
                partial.unlink()
        return self._path.read_bytes()


def put_aside(path: Path) -> Path:
    """Give a damaged file another name beside it, with its journal; what it holds may still be got out of it by hand."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        more = path.with_name(path.name + ending)
        if more.exists():
            more.rename(aside.with_name(aside.name + ending))
    log.error("%s is damaged and was kept aside as %s", path, aside)
    return aside


class OutboxStore:
    """The file. One that is damaged is kept aside (:attr:`aside`), and a new one begun.

    StoreError (disk_full, unwritable) when something cannot be kept: then it is not kept, and said."""

    def __init__(self, folder: Path, city: str) -> None:
        """``city`` says which city it is of; any text that stays the same."""
        self.path = folder / f"{hashlib.sha256(city.encode()).hexdigest()[:16]}.sqlite"
        self.cipher = Cipher(self.path.with_suffix(".key"))
        self._lock = threading.RLock()
        self._conn: sqlite3.Connection | None = None
        self.aside: list[Path] = []
        """Files that were found damaged since the program began."""

    def exists(self) -> bool:
        """Whether anything was ever kept. Nothing is made by asking."""
        return self.path.exists()

    def _open(self) -> sqlite3.Connection:
        if self._conn is None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                self._conn = self._connect()
            except (_Foreign, sqlite3.DatabaseError, UnicodeDecodeError) as error:
                # SQLite tells of a damaged schema in the file's own bytes, which Python cannot always read.
                words = str(error).lower()
                if isinstance(error, sqlite3.DatabaseError) and not any(word in words for word in _DAMAGED):
                    raise
                self.aside.append(put_aside(self.path))
                self._conn = self._connect()
        return self._conn

    def _connect(self) -> sqlite3.Connection:
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        conn = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            conn.execute("PRAGMA trusted_schema=OFF")
            conn.execute("PRAGMA journal_mode=WAL")
            conn.execute("PRAGMA synchronous=FULL")
            conn.execute("PRAGMA secure_delete=ON")
            conn.execute("PRAGMA foreign_keys=ON")
            conn.executescript(_SCHEMA)
            _require_sound(conn)
        except BaseException:
            conn.close()
            raise
        return conn

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for this thread alone until the block ends."""
        with self._lock:
            try:
                yield self._open()
            except sqlite3.Error as error:
                raise self._error(error) from error
            except OSError as error:
                raise StoreError("unwritable", path=str(self.path), reason=str(error)) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, on the disk when the block has ended."""
        with self.reading() as conn:
            conn.execute("BEGIN IMMEDIATE")
            try:
                yield conn
                conn.execute("COMMIT")
            except BaseException:
                if conn.in_transaction:  # a full disk has ended it already
                    conn.execute("ROLLBACK")
                raise

    def _error(self, error: sqlite3.Error) -> StoreError:
        words = str(error).lower()
        code = "disk_full" if "full" in words else "busy" if "locked" in words else "unwritable"
        return StoreError(code, path=str(self.path), reason=str(error))

    def seal(self, body: dict[str, Any], label: str) -> bytes:
        """A command's contents, encrypted."""
        return self.cipher.seal(json.dumps(body, ensure_ascii=False).encode(), label)

    def unseal(self, sealed: bytes, label: str) -> dict[str, Any]:
        """They again; Unreadable."""
        found: dict[str, Any] = json.loads(self.cipher.open(sealed, label))
        return found

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            conn, self._conn = self._conn, None
            if conn is not None:
                conn.close()
