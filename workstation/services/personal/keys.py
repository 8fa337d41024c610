"""Keys for what is encrypted at rest: files outside every database, readable by one account, named by their own hash.

A city in a file has them in the workstation's own folder, a city on a server in a folder of the server's account beside
its data directory (``store/server/looks.sql``): neither a copy of the database nor its backup holds them. A key's id is
the beginning of its SHA-256, so a file that is not the key it is named after is found out. Nothing is imported here for the
start of a window: ``cryptography`` is asked for when something is sealed or opened.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
import threading
from pathlib import Path

BYTES = 32
NONCE = 12
_ID = 16
_ENDING = ".key"


class KeyMissing(Exception):
    """A key is not where it is looked for. ``code``: missing, unreadable, damaged. ``key``: its id, ``folder``: where."""

    def __init__(self, code: str, key: str, folder: str) -> None:
        super().__init__(code, key, folder)
        self.code = code
        self.key = key
        self.folder = folder


class Sealed(Exception):
    """What was sealed cannot be opened with this key: it was changed, or belongs to something else."""


class Ring:
    """The keys of one folder. Thread-safe; each is read once."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._known: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def make(self) -> str:
        """A new key, written durably before anybody uses it; its id. KeyMissing unreadable: the folder takes no file."""
        key = secrets.token_bytes(BYTES)
        name = key_id(key)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(base64.b64encode(key) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            _sync(self.folder)
        except OSError as error:
            raise KeyMissing("unreadable", name, str(self.folder)) from error
        with self._lock:
            self._known[name] = key
        return name

    def has(self, name: str) -> bool:
        """Whether the key's file is there."""
        return bool(name) and self._path(name).is_file()

    def get(self, name: str) -> bytes:
        """The key; KeyMissing where it is not there, or is another."""
        with self._lock:
            if name in self._known:
                return self._known[name]
        if len(name) != _ID or not name.isalnum():
            raise KeyMissing("missing", name, str(self.folder))
        try:
            text = self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise KeyMissing("missing", name, str(self.folder)) from error
        except OSError as error:
            raise KeyMissing("unreadable", name, str(self.folder)) from error
        try:
            key = base64.b64decode(text.strip(), validate=True)
        except binascii.Error as error:
            raise KeyMissing("damaged", name, str(self.folder)) from error
        if len(key) != BYTES or key_id(key) != name:
            raise KeyMissing("damaged", name, str(self.folder))
        with self._lock:
            self._known[name] = key
        return key

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{_ENDING}"


def key_id(key: bytes) -> str:
    """What a key is called: 16 hexadecimal digits of its SHA-256. It says nothing about the key."""
    return hashlib.sha256(key).hexdigest()[:_ID]


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ---- sealing -----------------------------------------------------------------------------------------------------


def seal(key: bytes, content: bytes, belongs_to: str) -> bytes:
    """AES-256-GCM: a fresh nonce of 12 bytes, then the encrypted content. It opens only as what it ``belongs_to``."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, belongs_to.encode())


def unseal(key: bytes, sealed: bytes, belongs_to: str) -> bytes:
    """What :func:`seal` was given. Sealed: another key's, changed, or another's."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(sealed) < NONCE + 16:
        raise Sealed(belongs_to)
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], belongs_to.encode())
    except InvalidTag as error:
        raise Sealed(belongs_to) from error


# ---- this seat ---------------------------------------------------------------------------------------------------

_RINGS: dict[str, Ring] = {}
_SEAT = "seat"


def ring(folder: str | Path) -> Ring:
    """The keys of a folder, the same object each time."""
    return _RINGS.setdefault(str(folder), Ring(folder))


def home_ring() -> Ring:
    """The keys of this workstation: ``keys`` in its own folder."""
    from ...paths import home

    return ring(home() / "keys")


def seal_here(text: str, belongs_to: str) -> str:
    """A text that only this workstation's account can open again: for settings and files of the seat."""
    keys = home_ring()
    name = _seat_key(keys)
    return f"{name}:{base64.b64encode(seal(keys.get(name), text.encode(), belongs_to)).decode()}"


def unseal_here(text: str, belongs_to: str) -> str:
    """What :func:`seal_here` was given. KeyMissing, Sealed."""
    name, colon, content = text.partition(":")
    try:
        sealed = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Sealed(belongs_to) from error
    if not colon:
        raise Sealed(belongs_to)
    return unseal(home_ring().get(name), sealed, belongs_to).decode()


def _seat_key(keys: Ring) -> str:
    """The id of the key for this seat's own files, made the first time. Its name lies beside the keys."""
    note = keys.folder / _SEAT
    for _ in range(2):
        try:
            name = note.read_text("ascii").strip()
        except FileNotFoundError:
            name = ""
        if keys.has(name):
            return name
        made = keys.make()
        partial = note.with_name(f"{_SEAT}.{secrets.token_hex(4)}")
        partial.write_text(made, "ascii")
        partial.replace(note)
    return made
