"""What a seat does with a password: proves it, makes one, says why one is too weak. It goes nowhere from here.

A proof is Argon2id of the password and the account's salt, as RFC 9106 recommends where memory is short: three passes over
64 MiB in four lanes. It takes a good part of a second and those 64 MiB: call it from a background thread.
"""

from __future__ import annotations

import base64
import itertools
import secrets
import unicodedata

TIME_COST = 3
MEMORY_KIB = 64 * 1024
LANES = 4
LENGTH = 32

LONGEST = 256
"""Characters of a password. More is not a password but somebody's file."""

# Letters and figures that nobody mistakes for one another when they are read aloud or copied by hand.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_FIGURES = "23456789"


def proof(password: str, salt: str) -> str:
    """Base64 of Argon2id over the password, with the account's ``salt`` (hex). The same spelling on every keyboard: NFKC."""
    from argon2.low_level import Type, hash_secret_raw

    made = hash_secret_raw(
        unicodedata.normalize("NFKC", password).encode(),
        bytes.fromhex(salt),
        TIME_COST,
        MEMORY_KIB,
        LANES,
        LENGTH,
        Type.ID,
    )
    return base64.b64encode(made).decode()


def one_time() -> str:
    """A random password to be told to somebody and changed at once: 12 signs, about 68 bits, of three kinds."""
    signs = _LETTERS + _CAPITALS + _FIGURES
    while True:
        made = "".join(secrets.choice(signs) for _ in range(12))
        if len(_kinds(made)) == 3:
            return f"{made[:4]}-{made[4:8]}-{made[8:]}"


def _kinds(password: str) -> set[str]:
    """Of what kinds the signs are: small, capital, figure, other (a Chinese character is another)."""
    return {
        "small"
        if "a" <= c <= "z"
        else "capital"
        if "A" <= c <= "Z"
        else "figure"
        if c.isdecimal()
        else "other"
        for c in password
    }


def weakness(password: str, *known: str, least_length: int = 8, least_kinds: int = 3) -> str:
    """Why a password is not taken; "" when it is. ``known``: the person's id, name, telephone, which it may not hold.

    too_long, too_short, known, simple (one sign over and over, or a run as 12345678), kinds.
    """
    plain = unicodedata.normalize("NFKC", password)
    low = plain.casefold()
    if len(plain) > LONGEST:
        return "too_long"
    if len(plain) < least_length:
        return "too_short"
    if any(len(word) >= 2 and word.casefold() in low for word in known):
        return "known"
    if len(set(low)) < 4 or _is_run(low):
        return "simple"
    if len(_kinds(plain)) < least_kinds:
        return "kinds"
    return ""


def _is_run(text: str) -> bool:
    """Whether two thirds of the steps from sign to sign are of one and the same single step: 12345678, abcdefgh, 87654321."""
    steps = [ord(b) - ord(a) for a, b in itertools.pairwise(text)]
    return max(steps.count(1), steps.count(-1)) * 3 >= len(steps) * 2
