"""Who sits where: accounts, sessions, what was refused, personal data and looks at it, who is present, daily seals.

Personal data lies here and nowhere else, encrypted; the log of a case has masked words in its place.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    false,
    text,
)

from .base import BigId, metadata

# How a person signs in. ``verifier``: SHA-256 (hex) of the proof that a seat computes from the password and ``salt``.
account = Table(
    "account",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("role", String, nullable=False, server_default=""),  # the database's role; "" in a file
    Column("salt", String, nullable=False),
    Column("verifier", String, nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("locked_until", String),
    Column("must_change", Boolean, nullable=False, server_default=false()),
    Column("password_at", String, nullable=False),
    Column("expires_at", String),
    Column("active", Boolean, nullable=False),
    Column("opened_by", String, nullable=False),  # person
    Column("opened_at", String, nullable=False),
)
Index(
    "uq_account_role",
    account.c.role,
    unique=True,
    sqlite_where=text("role <> ''"),
    postgresql_where=text("role <> ''"),
)

# What happened to an account: rows are added and nothing else. No key to person: an unknown name is tried too.
account_event = Table(
    "account_event",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("person_id", String, nullable=False, index=True),
    Column("at", String, nullable=False, index=True),
    # opened, closed, signed_in, wrong, locked, unlocked, changed, expired, ended, signed_out
    Column("kind", String, nullable=False),
    Column("by", String, nullable=False),  # person
    Column("seat", String, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)

seat_session = Table(
    "seat_session",
    metadata,
    Column("id", String, primary_key=True),
    Column("person_id", String, nullable=False, index=True),
    Column("seat", String, nullable=False),
    Column("at", String, nullable=False, index=True),
    Column("seen_at", String, nullable=False),
    Column("valid_until", String, nullable=False),
    Column("ended_at", String),
    Column("ended_by", String, nullable=False, server_default=""),  # person
    Column("ended_why", String, nullable=False, server_default=""),  # out, replaced, ended, expired
)

# The reporter of a case: AES-GCM, a nonce of 12 bytes before the encrypted JSON. The key is not in the database.
personal = Table(
    "personal",
    metadata,
    Column("case_id", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("key_id", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column("keep_until", String, nullable=False, index=True),
    Column("erased_at", String),
)

# Who looked at it, and why: rows are added and nothing else. ``xact``: the transaction that did, on PostGIS.
personal_look = Table(
    "personal_look",
    metadata,
    Column("id", String, primary_key=True),
    Column("case_id", String, nullable=False, index=True),
    Column("person_id", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("post", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("fields", String, nullable=False),
    Column("at", String, nullable=False, index=True),
    Column("xact", String, nullable=False, server_default=""),
)

# What was tried and refused: rows are added and nothing else.
attempt = Table(
    "attempt",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False, index=True),
    Column("person_id", String, nullable=False, index=True),
    Column("role", String, nullable=False),  # the database's
    Column("post", String, nullable=False),
    Column("what", String, nullable=False),
    Column("code", String, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Who looks at or works on which case now. Of no worth a minute later: PostGIS does not write it to its log.
presence = Table(
    "presence",
    metadata,
    Column("seat", String, primary_key=True),
    Column("person_id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("post", String, nullable=False),
    Column("case_id", String, nullable=False, index=True),
    Column("doing", String, nullable=False),  # look, work
    Column("at", String, nullable=False),
)

# What each post is and may do by each edition of the handbook that may hold ("": the one that ships), for the rules that
# the database itself keeps.
post_right = Table(
    "post_right",
    metadata,
    Column("edition", String, primary_key=True),
    Column("post", String, primary_key=True),
    Column("what", String, primary_key=True),  # see workstation.store.rights
    sqlite_with_rowid=False,
)

# The root over the log of a day, chained to the day before, signed with a key that is not here.
seal = Table(
    "seal",
    metadata,
    Column("day", String, primary_key=True),  # YYYY-MM-DD, Asia/Shanghai
    Column("first_log", BigId, nullable=False),
    Column("last_log", BigId, nullable=False),
    Column("events", Integer, nullable=False),
    Column("root", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("key_id", String, nullable=False),
    Column("signature", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column(
        "others", Text, nullable=False, server_default="{}"
    ),  # roots over the logs beside the cases', as JSON
)

# What a seal is over, leaf by leaf, packed: with it a tampered row is named, not only its day. See docs/log-format.md.
seal_part = Table(
    "seal_part",
    metadata,
    Column("day", String, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("last_log", BigId, nullable=False),
    Column("root", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

seal_key = Table(
    "seal_key",
    metadata,
    Column("key_id", String, primary_key=True),
    Column("public", String, nullable=False),
    Column("since", String, nullable=False),
    Column("until", String),
    Column("note", Text, nullable=False),
    Column("signed_by", String, nullable=False, server_default=""),  # the key before it, which vouches for it
    Column("signature", String, nullable=False, server_default=""),
)
