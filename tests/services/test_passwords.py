"""Passwords on the seat: a proof that is the same everywhere, one-time passwords, and why one is too weak."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.services.accounts import passwords

SALT = "00112233445566778899aabbccddeeff"


def test_a_proof_is_of_the_password_and_the_salt() -> None:
    """32 bytes, the same each time, another with another salt, and the same for a full-width keyboard."""
    made = passwords.proof("Jing-gai77", SALT)
    assert len(base64.b64decode(made)) == 32
    assert passwords.proof("Jing-gai77", SALT) == made
    assert passwords.proof("Jing-gai７７", SALT) == made
    assert passwords.proof("Jing-gai77", SALT[::-1]) != made


def test_the_proof_is_argon2id_as_written_down() -> None:
    """What another program makes of the same figures: the library's own check of an encoded hash agrees."""
    from argon2 import PasswordHasher, Type

    made = base64.b64encode(base64.b64decode(passwords.proof("密码Ab1", SALT))).decode().rstrip("=")
    salt = base64.b64encode(bytes.fromhex(SALT)).decode().rstrip("=")
    assert PasswordHasher(type=Type.ID).verify(f"$argon2id$v=19$m=65536,t=3,p=4${salt}${made}", "密码Ab1")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        *(("Ab1-xyz", "too_short"), ("Ab1" * 100, "too_long"), ("Zhang-wei-1A", "known"), ("op17-Abcd", "known")),
        *(("aaaaaaaA1", "simple"), ("Ab1Ab1Ab1", "simple"), ("12345678", "simple"), ("abcdefgH1", "simple")),
        *(("87654321aA", "simple"), ("hongqiao2026", "kinds"), ("HONGQIAO-BEI", "kinds")),
        *(("Hongqiao2026", ""), ("hongqiao-26", ""), ("红桥南路wk27", "")),
    ],
)  # fmt: skip
def test_why_a_password_is_not_taken(password: str, reason: str) -> None:
    """Short, long, with one's own name or number in it, one pattern over and over, or of too few kinds."""
    assert passwords.weakness(password, "op17", "zhang") == reason


@given(st.integers())
def test_a_given_password_is_never_weak(_n: int) -> None:
    """What the program makes is taken by its own rule, and can be read aloud."""
    made = passwords.one_time()
    assert passwords.weakness(made, "op1") == ""
    assert not set(made) & set("0O1lIi")
