"""Taking a city away and bringing it back, whole or not at all.

SpatiaLite: a copy of its pages through SQLite's backup (VACUUM INTO would give rows new numbers, by which the spatial
indexes know them). PostGIS: ``pg_dump`` and ``pg_restore`` in their own format.

Roles belong to a server, not to a database, and are not in a backup; nor are the rights and policies that name them. Where
the city's roles are on the server already, what they may do is put there again; elsewhere only the owner comes in until
``workstation server init`` has made them.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from . import schema, spatialite
from .database import Database, parse_url, remove_file
from .errors import StoreError
from .ops.programs import find

CUSTOM_FORMAT = b"PGDMP"
ALONE_SECONDS = 2.0
"""How long a restore waits for the others to leave the city that it takes the place of."""


def backup(database: Database, target: Path) -> None:
    """Write the city to a new file; StoreError exists when there is one. Other seats go on working."""
    if target.exists():
        raise StoreError("exists", path=str(target))
    partial = target.with_name(target.name + ".partial")
    remove_file(partial)
    try:
        if database.kind == "spatialite":
            _copy(database.path, partial, "DELETE")  # a backup is one file
        else:
            url = parse_url(database.secret_url)
            _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={partial}")
        partial.rename(target)
    except OSError as error:
        raise StoreError("unwritable", path=str(target), reason=error.strerror or str(error)) from error
    finally:
        remove_file(partial)


def restore(source: Path, url: str, *, force: bool = False) -> bool:
    """Make the city at ``url`` from a backup; False where it now lies on a server without its roles.

    StoreError exists when there is a city already and ``force`` is not given. Whatever fails, the old city stays as it
    was: the new one is made and looked over beside it, and takes its place in the last step.
    """
    if not source.is_file():
        raise StoreError("missing", path=str(source))
    target = parse_url(url)
    if target.get_backend_name() == "sqlite":
        _restore_file(source, Path(target.database or ""), force=force)
        return True
    return _restore_server(source, target, force=force)


def _restore_file(source: Path, target: Path, *, force: bool) -> None:
    if target.exists() and not force:
        raise StoreError("exists", path=str(target))
    spatialite.check_file(source)
    partial = target.with_name(target.name + ".partial")
    remove_file(partial)
    try:
        _copy(source, partial, "WAL")
        made = Database.open(str(partial))
        made.close()
        _take_place(partial, target)
    except OSError as error:
        raise StoreError("unwritable", path=str(target), reason=error.strerror or str(error)) from error
    finally:
        remove_file(partial)


def _take_place(partial: Path, target: Path) -> None:
    """Put the finished file in the place of the old one, whose log must not be played into the new one."""
    if target.exists():
        with closing(sqlite3.connect(target, timeout=ALONE_SECONDS, isolation_level=None)) as old:
            mode = _alone(old, target)
        if mode != "delete":
            raise StoreError("busy", path=str(target))
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
    partial.replace(target)


def _alone(old: sqlite3.Connection, target: Path) -> str:
    """End the old city's log and return "delete"; something else, or StoreError busy, when a seat has it open.

    That seat would go on writing to a file that is no longer there.
    """
    try:
        return str(old.execute("PRAGMA journal_mode=DELETE").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if spatialite.error_code(error) in ("not_a_database", "damaged"):
            return "delete"
        raise StoreError("busy", path=str(target), reason=str(error)) from error


def _copy(source: Path, target: Path, journal: str) -> None:
    """Copy the pages, as one moment has them, look the copy over, and set its journal mode."""
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new, pages=-1)
            verdict = new.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if verdict != "ok":
                raise StoreError("damaged", path=str(source), reason=verdict)
            new.execute(f"PRAGMA journal_mode={journal}")
        with target.open("rb") as file:
            os.fsync(file.fileno())
    except sqlite3.DatabaseError as error:
        raise StoreError(spatialite.error_code(error), path=str(source), reason=str(error)) from error
    except (
        UnicodeDecodeError
    ) as error:  # SQLite's words about a damaged schema, which are the file's own bytes
        raise StoreError("damaged", path=str(source), reason=str(error)) from error


# ---- PostGIS ----


def _restore_server(source: Path, target: URL, *, force: bool) -> bool:
    """Restore into a new database beside the old one, then change their names."""
    with source.open("rb") as file:
        if not file.read(len(CUSTOM_FORMAT)) == CUSTOM_FORMAT:
            raise StoreError("not_a_backup", path=str(source))
    name = target.database or ""
    there = _database_exists(target, name)
    if there and not force and _has_city(target):
        raise StoreError("exists", url=target.render_as_string())
    beside = f"{name}_restoring"
    # Nobody but an owner comes in before the city is closed as it should be.
    _maintain(
        target,
        f"DROP DATABASE IF EXISTS {_quoted(beside)}",
        f"CREATE DATABASE {_quoted(beside)}",
        f"REVOKE ALL ON DATABASE {_quoted(beside)} FROM PUBLIC",
    )
    try:
        _fill(source, target.set(database=beside))
    except StoreError:
        _maintain(target, f"DROP DATABASE IF EXISTS {_quoted(beside)} WITH (FORCE)")
        raise
    if there:
        _maintain(target, f"DROP DATABASE {_quoted(name)} WITH (FORCE)")
    _maintain(target, f"ALTER DATABASE {_quoted(beside)} RENAME TO {_quoted(name)}")
    return _close(target)


def _fill(source: Path, target: URL) -> None:
    """Restore everything but the policies, which name roles that may not be here; look at what has come."""
    listed = _tool("pg_restore", ["--list", str(source)], {}).splitlines()
    with tempfile.NamedTemporaryFile("w", prefix="workstation-restore-", encoding="utf-8") as wanted:
        wanted.writelines(f"{line}\n" for line in listed if " POLICY " not in line)
        wanted.flush()
        _run(
            target,
            "pg_restore",
            *("--no-owner", "--no-privileges", "--exit-on-error", f"--use-list={wanted.name}"),
            str(source),
        )
    made = Database.connect(target.render_as_string(hide_password=False))
    try:
        with made.read() as conn:
            schema.require_current(conn, made.url)
    finally:
        made.close()


def _close(target: URL) -> bool:
    """Put this program's door into the city, and the rights of its roles where they are here (whether they are)."""
    from .server import install
    from .server.names import database_of, has_roles, roles_of

    database = Database(target)
    try:
        with database.write() as conn:
            install(conn)
            return has_roles(conn, roles_of(database_of(conn)))
    finally:
        database.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _maintain(target: URL, *statements: str) -> None:
    database = Database(target.set(database="postgres"))
    try:
        with database.autocommit() as conn:
            for statement in statements:
                conn.exec_driver_sql(statement)
    finally:
        database.close()


def _database_exists(target: URL, name: str) -> bool:
    database = Database(target.set(database="postgres"))
    try:
        with database.read() as conn:
            found = conn.exec_driver_sql("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).scalar()
        return found is not None
    finally:
        database.close()


def _has_city(target: URL) -> bool:
    database = Database(target)
    try:
        with database.read() as conn:
            return conn.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is not None
    finally:
        database.close()


def _run(url: URL, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the database; the password goes by the environment, not the command line."""
    address = URL.create(
        "postgresql", url.username, host=url.host, port=url.port, database=url.database, query=url.query
    ).render_as_string()
    environment = {"PGPASSWORD": url.password} if url.password else {}
    connection = [f"--dbname={address}", "--no-password"]
    _tool(program, [*connection, *arguments], environment)


def _tool(program: str, arguments: list[str], environment: dict[str, str]) -> str:
    found = find(program)
    if found is None:
        raise StoreError("tool_missing", tool=program)
    done = subprocess.run(
        [found, *arguments], capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise StoreError("tool_failed", tool=program, reason=reason)
    return done.stdout
