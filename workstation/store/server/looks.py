"""The functions of the door for personal data: a look asked for and opened, erasing, keeping and a new key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .door import function
from .names import run

if TYPE_CHECKING:
    from sqlalchemy import Connection

MODULE = "services.personal.inside"
FUNCTIONS = (
    (
        "ask_look(case_id text, fields text, reason text, post text, actor jsonb DEFAULT '{}')",
        "ask_look",
        "case_id, reason, post, actor",
    ),
    ("open_look(look text, person text DEFAULT '')", "open_look", "look, person"),
    (
        "erase_personal(case_id text, reason text, post text, actor jsonb DEFAULT '{}')",
        "erase",
        "case_id, reason, post, actor",
    ),
    ("erase_due()", "erase_due", ""),
    ("keep_personal(contents jsonb, made_at text)", "keep", "contents, made_at"),
    ("rekey_personal()", "rekey", ""),
)
"""Signature, function of :data:`MODULE`, and its arguments."""


def install(conn: Connection) -> None:
    """Make the functions, in the caller's transaction, as a superuser. ``looks.sql`` and the door come before."""
    for signature, name, arguments in FUNCTIONS:
        run(conn, function(signature, "jsonb", MODULE, name, arguments))
