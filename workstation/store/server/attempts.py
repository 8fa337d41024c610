"""What the server's own log tells of refusals: what PostgreSQL refused a role of the city before any function of ours was asked.

It names the role where ``log_line_prefix`` has ``%u``. Whoever may read the log over a connection (a superuser, or a member of
``pg_read_server_files``) gets it beside the table ``attempt``, which holds what the door itself refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from .names import database_of, literal, roles_of, run

MOST = 8 * 1024 * 1024
"""Bytes of the newest log that are read, from its end."""
_REFUSED = re.compile(
    r"^(?P<at>\d{4}-\d\d-\d\d [\d:.]+ \S+) .*?(?P<role>[^\s@]+)@(?P<database>\S+)"
    r" (?P<kind>ERROR|FATAL|WARNING):  (?P<what>.*)$"
)
_PERMISSION = re.compile(
    r"permission denied|must be (?:owner|superuser|member)|not_your|not_yours|wrong_post|row-level security|append only"
    r"|this row is closed|two hands|no privileges were granted|password authentication failed|must have|only roles with"
    r"|handover_|edition_|evidence_|operation_"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal that the server's log tells of. ``kind``: error, fatal, warning; ``at`` as it is written there."""

    at: str
    role: str
    what: str
    kind: str


def told(conn: Connection) -> list[Told] | None:
    """The refusals of the city's roles in the server's newest log, the newest first.

    None where it cannot be read: a city in a file, a server that leaves its log to others, a login that may not.
    """
    text = server_log(conn) if conn.dialect.name == "postgresql" else None
    if text is None:
        return None
    database = database_of(conn)
    prefix = roles_of(database).prefix + "_"
    return [found for found in refusals(text, database) if found.role.startswith(prefix)][::-1]


def refusals(text: str, database: str) -> Iterator[Told]:
    """The lines of a server's log that tell of a refusal in that database, the oldest first."""
    for line in text.splitlines():
        found = _REFUSED.match(line)
        if found and found["database"] == database and _PERMISSION.search(found["what"]):
            yield Told(found["at"], found["role"], found["what"], found["kind"].lower())


def server_log(conn: Connection) -> str | None:
    """The end of the server's newest log; None where it keeps none of its own, or this login may not read it."""
    may = run(
        conn,
        "SELECT rolsuper OR pg_has_role(current_user, 'pg_read_server_files', 'MEMBER') FROM pg_roles"
        " WHERE rolname = current_user",
    ).fetchone()
    if not may[0]:
        return None
    path = run(conn, "SELECT pg_current_logfile()").fetchone()[0]
    if not path:
        return None
    size: Any = run(conn, f"SELECT (pg_stat_file({literal(path)})).size").fetchone()[0]
    start = max(0, int(size) - MOST)
    found = run(conn, f"SELECT pg_read_binary_file({literal(path)}, {start}, {MOST})").fetchone()[0]
    return bytes(found).decode("utf-8", "replace")
