"""Making a database on a server that is there ready for a city: extensions, roles, schema, the door, and everything closed.

Done again it changes nothing but what an upgrade would: the roles stay, the schema is brought up to date, the rights are given anew.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import URL, Connection

from .. import raw, schema
from ..database import Database, parse_url
from ..errors import StoreError
from ..scram import verifier
from .door import ADVICE
from .names import Roles, has_roles, literal, quoted, roles_of, run

OLDEST = 14
"""PostgreSQL's version that is needed."""
MAINTENANCE = "postgres"
"""The database from which others are made."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made: the roles, and the password of the seats' role where it is new ("" where it was kept)."""

    roles: Roles
    seat_password: str
    created: bool
    new_city: bool
    says_who: bool
    """Whether the server's log names the role of who was refused."""


def prepare(url: str, seat_password: str = "") -> Prepared:
    """Make the database of ``url`` ready, as a superuser of its server.

    StoreError: not_a_server, not_superuser, server_old, no_plpython, no_postgis, bad_encoding, newer_schema, and whatever a
    connection fails with.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() != "postgresql" or not parsed.database:
        raise StoreError("not_a_server", url=parsed.render_as_string())
    created = _database(parsed)
    roles = roles_of(parsed.database)
    database = Database(parsed)
    try:
        with database.autocommit() as conn:
            _require(conn, database.url)
            run(conn, "CREATE EXTENSION IF NOT EXISTS postgis")
            run(conn, "CREATE EXTENSION IF NOT EXISTS plpython3u")
        with database.write() as conn:
            password = _roles(conn, roles, seat_password)
            found = schema.revision(conn)
            if found is not None and found not in schema.REVISIONS:
                schema.require_current(conn, database.url)
            schema.upgrade(conn)
            # Accounts that came with a restored or moved city.
            run(conn, "UPDATE account SET role = door.role_make(person_id) WHERE active")
            run(conn, "SELECT door.follow(person_id) FROM account WHERE active")
        with database.autocommit() as conn:
            # A person cannot turn down what the server writes of refusals.
            for setting, value in (("log_min_messages", "warning"), ("log_min_error_statement", "error")):
                run(conn, f"ALTER DATABASE {quoted(parsed.database)} SET {setting} = {value}")
            prefix = run(conn, "SHOW log_line_prefix").fetchone()[0]
            kinds = run(conn, "SHOW log_destination").fetchone()[0]
        says_who = "%u" in prefix or "csvlog" in kinds or "jsonlog" in kinds
        return Prepared(roles, password, created, found is None, says_who)
    finally:
        database.close()


def _database(url: URL) -> bool:
    """Make the database unless it is there; whether it was made."""
    server = Database(url.set(database=MAINTENANCE))
    try:
        with server.autocommit() as conn:
            _require(conn, server.url)
            name = url.database or ""
            if raw.first(conn, "SELECT 1 FROM pg_database WHERE datname = ?", (name,)) is not None:
                return False
            run(conn, f"CREATE DATABASE {quoted(name)} ENCODING 'UTF8' TEMPLATE template0")
            return True
    finally:
        server.close()


def _require(conn: Connection, url: str) -> None:
    row = run(
        conn,
        "SELECT current_setting('server_version_num')::int / 10000, r.rolsuper,"
        " (SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()),"
        " ARRAY(SELECT name::text FROM pg_available_extensions WHERE name IN ('postgis', 'plpython3u'))"
        " FROM pg_roles AS r WHERE r.rolname = current_user",
    ).fetchone()
    version, superuser, encoding, extensions = row
    if version < OLDEST:
        raise StoreError("server_old", url=url, found=version, wanted=OLDEST)
    if not superuser:
        raise StoreError("not_superuser", url=url)
    if encoding != "UTF8" and not url.endswith(f"/{MAINTENANCE}"):
        raise StoreError("bad_encoding", url=url, found=encoding)
    if "plpython3u" not in extensions:
        raise StoreError("no_plpython", url=url, advice=ADVICE)
    if "postgis" not in extensions:
        raise StoreError("no_postgis", url=url)


def _roles(conn: Connection, roles: Roles, seat_password: str) -> str:
    """Make the roles that are missing; the password of the seats' role where one was set."""
    fresh = not has_roles(conn, roles)
    plain = "NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS"
    for name, rights in (
        (roles.owner, "NOLOGIN NOCREATEROLE"),
        # Makes the roles of persons, and may end their connections.
        (roles.keeper, "NOLOGIN CREATEROLE"),
        (roles.person, "NOLOGIN NOCREATEROLE"),
        (roles.whole, "NOLOGIN NOCREATEROLE"),
        (roles.gis, "NOLOGIN NOCREATEROLE"),
        (roles.seat, "LOGIN NOCREATEROLE CONNECTION LIMIT 500"),
    ):
        there = raw.first(conn, "SELECT 1 FROM pg_roles WHERE rolname = ?", (name,)) is not None
        run(conn, f"{'ALTER' if there else 'CREATE'} ROLE {quoted(name)} {plain} {rights}")
        fresh = fresh or (not there and name != roles.gis)  # which older cities have not
    for group in (roles.person, roles.whole):
        run(conn, f"GRANT {quoted(group)} TO {quoted(roles.keeper)} WITH ADMIN OPTION")
    run(conn, f"GRANT pg_signal_backend TO {quoted(roles.keeper)}")
    # The functions look for the keys beside the data directory.
    run(conn, f"GRANT pg_read_all_settings TO {quoted(roles.owner)}")
    if not fresh and not seat_password:
        return ""
    password = seat_password or secrets.token_urlsafe(18)
    run(conn, f"ALTER ROLE {quoted(roles.seat)} PASSWORD {literal(verifier(password))}")
    return password
