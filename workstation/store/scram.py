"""What PostgreSQL keeps of a password (SCRAM-SHA-256, RFC 5802 and 7677), computed here, so that no statement holds the password."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

ITERATIONS = 4096
"""PostgreSQL's own figure. What is kept this way is random and long, so that more would add nothing."""


def verifier(password: str) -> str:
    """The verifier of an ASCII password, to be given to PostgreSQL in the password's place."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    words = [base64.b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${ITERATIONS}:{words[0]}${words[1]}:{words[2]}"
