"""The keys that seals are signed with (Ed25519, RFC 8032). The secret half lies in a file and never in a database.

A key that follows another is vouched for by it; the first is known by its public half, which is told outside.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...store import raw
from ...workflow.event import canonical_json, format_instant

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from sqlalchemy import Connection

    from .seals import Seal

STATEMENT = "workstation-key/1"
KEY_COLUMNS = ("key_id", "public", "since", "until", "note", "signed_by", "signature")


class SealRefused(Exception):
    """Nothing is sealed. ``code``: day_not_over, unknown_key, seal_broken, no_key, bad_key, key_exists, unwritable,
    wrong_passphrase, known_key; ``data`` says of what."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data


@dataclass(frozen=True, slots=True)
class Key:
    """The public half as it lies in the database: 32 bytes in hex. ``signature`` is that of the key ``signed_by``."""

    key_id: str
    public: str
    since: str
    until: str | None
    note: str
    signed_by: str
    signature: str

    @property
    def statement(self) -> str:
        """What the key before signs."""
        return canonical_json([STATEMENT, self.key_id, self.public, self.since, self.signed_by])

    @property
    def sound(self) -> bool:
        """Whether the key's name is its own."""
        try:
            return key_id(bytes.fromhex(self.public)) == self.key_id
        except ValueError:
            return False

    def signed(self, statement: str, signature: str) -> bool:
        """Whether this key has signed that."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public))
            public.verify(bytes.fromhex(signature), statement.encode("utf-8", "surrogatepass"))
        except (InvalidSignature, ValueError):
            return False
        return True


def key_id(public: bytes) -> str:
    """What a key is called by: the beginning of its public half's SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


class Signer:
    """The secret half. Made anew, or read from a file."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        self._private = private
        self.public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.key_id = key_id(self.public)

    @classmethod
    def new(cls) -> Signer:
        """A new key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, path: Path, passphrase: str = "") -> Signer:
        """The key of a file. SealRefused ``no_key``, ``bad_key``, ``wrong_passphrase``."""
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            content = path.read_bytes()
        except OSError as error:
            raise SealRefused("no_key", path=str(path), reason=error.strerror) from error
        try:
            private = load_pem_private_key(content, passphrase.encode() or None)
        except TypeError as error:
            # Encrypted and no passphrase was given, or the other way round.
            raise SealRefused("wrong_passphrase", path=str(path)) from error
        except ValueError as error:
            code = "wrong_passphrase" if passphrase else "bad_key"
            raise SealRefused(code, path=str(path)) from error
        except UnsupportedAlgorithm as error:
            raise SealRefused("bad_key", path=str(path)) from error
        if not isinstance(private, Ed25519PrivateKey):
            raise SealRefused("bad_key", path=str(path))
        return cls(private)

    def write(self, path: Path, passphrase: str = "") -> None:
        """Write the key to a new file that only its owner may read. SealRefused ``key_exists``, ``unwritable``."""
        from cryptography.hazmat.primitives.serialization import (
            BestAvailableEncryption,
            Encoding,
            NoEncryption,
            PrivateFormat,
        )

        lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        content = self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise SealRefused("key_exists", path=str(path)) from error
        except OSError as error:
            raise SealRefused("unwritable", path=str(path), reason=error.strerror) from error
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)

    def sign(self, statement: str) -> str:
        """The signature, in hex."""
        return self._private.sign(statement.encode()).hex()

    def sealed(self, made: Seal) -> Seal:
        """The seal with this key's signature."""
        return replace(made, signature=self.sign(made.statement))


def keys_of(conn: Connection) -> list[Key]:
    """The keys that the city knows, the oldest first."""
    columns = ", ".join(KEY_COLUMNS)
    rows = raw.all_rows(conn, f"SELECT {columns} FROM seal_key ORDER BY since, key_id")
    return [Key(*(None if value is None else of_type(value, str) for value in row)) for row in rows]  # type: ignore[arg-type]


def of_type(value: Any, kind: type[Any]) -> Any:
    """The value, or where it is of another type something of that type which is never right."""
    return value if type(value) is kind else -(1 << 62) if kind is int else repr(value)


def register(conn: Connection, signer: Signer, now: datetime, note: str = "") -> Key:
    """Make the first key known."""
    key = Key(signer.key_id, signer.public.hex(), format_instant(now), None, note, "", "")
    _insert(conn, key)
    return key


def follow(conn: Connection, old: Signer, public: bytes, now: datetime, note: str = "") -> Key:
    """Put a new key in the place of the one that signs now, which vouches for it and signs nothing more.

    SealRefused ``unknown_key`` when the old one is not in force, ``known_key`` when the new one was there before.
    """
    keys = {key.key_id: key for key in keys_of(conn)}
    in_force = keys.get(old.key_id)
    if in_force is None or in_force.until is not None:
        raise SealRefused("unknown_key", key=old.key_id)
    if key_id(public) in keys:
        raise SealRefused("known_key", key=key_id(public))
    instant = format_instant(now)
    key = Key(key_id(public), public.hex(), instant, None, note, old.key_id, "")
    key = replace(key, signature=old.sign(key.statement))
    raw.cursor(conn, "UPDATE seal_key SET until = ? WHERE key_id = ?", (instant, old.key_id))
    _insert(conn, key)
    return key


def _insert(conn: Connection, key: Key) -> None:
    marks = ", ".join("?" * len(KEY_COLUMNS))
    values = [getattr(key, name) for name in KEY_COLUMNS]
    raw.cursor(conn, f"INSERT INTO seal_key ({', '.join(KEY_COLUMNS)}) VALUES ({marks})", values)


def trusted(keys: list[Key], publics: frozenset[str] = frozenset()) -> tuple[dict[str, Key], list[Key]]:
    """The keys whose seals count, and those that nobody vouches for.

    ``publics``: public halves (hex) known from outside. Without any, the one key that stands at the beginning.
    """
    good: dict[str, Key] = {}
    left = [key for key in keys if key.sound]
    roots = (
        [key for key in left if key.public in publics]
        if publics
        else [k for k in left if not k.signed_by][:1]
    )
    good.update({key.key_id: key for key in roots})
    by_id = {key.key_id: key for key in left}
    grown = True
    while grown:
        grown = False
        for key in left:
            by = by_id.get(key.signed_by)
            # Whoever vouched for a key that is trusted signed in its time; what it signed then, later seals name.
            if by is None or (key.key_id in good) == (by.key_id in good):
                continue
            if by.signed(key.statement, key.signature):
                good[key.key_id], good[by.key_id] = key, by
                grown = True
    return good, [key for key in keys if key.key_id not in good]
