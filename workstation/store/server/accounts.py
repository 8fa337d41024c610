"""The functions of the door for signing in and for accounts; what they do is ``services/accounts/inside.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .door import function
from .names import run

if TYPE_CHECKING:
    from sqlalchemy import Connection

MODULE = "services.accounts.inside"
FUNCTIONS = (
    ("sign_in_salt(person text)", "jsonb", "sign_in_salt", "person"),
    ("sign_in(person text, proof text, seat text)", "jsonb", "sign_in", "person, proof, seat"),
    ("signed_in(ticket text)", "jsonb", "signed_in", "ticket"),
    (
        "change_password(ticket text, proof text, salt text)",
        "jsonb",
        "change_password",
        "ticket, proof, salt",
    ),
    ("touch(session text)", "text", "touch", "session"),
    ("sign_out(session text DEFAULT '')", "jsonb", "sign_out", "session"),
    ("open_account(person text, proof text)", "jsonb", "open_account", "person, proof"),
    ("close_account(person text)", "jsonb", "close_account", "person"),
    ("unlock(person text)", "jsonb", "unlock", "person"),
    ("end_session(session text)", "jsonb", "end_session", "session"),
    ("accounts()", "jsonb", "accounts", ""),
    ("account_history(person text)", "jsonb", "account_history", "person"),
)
"""Signature, what it answers, function of :data:`MODULE`, and its arguments."""


def install(conn: Connection) -> None:
    """Make the functions, in the caller's transaction, as a superuser. The door comes before."""
    for signature, returns, name, arguments in FUNCTIONS:
        run(conn, function(signature, returns, MODULE, name, arguments))
