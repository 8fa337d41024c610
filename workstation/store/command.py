"""``workstation db``: create, upgrade, check, back up and restore a city. English; an exit code; never a traceback."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

from . import audit, schema
from .backup import backup, restore
from .database import Database
from .errors import StoreError
from .rebuild import rebuild
from .server.door import require_program

FAILED = 1
FOUND = 2
"""Exit code of ``db check`` when something is not as it should be."""
NAMES = "workstation.services.finding.index"
"""Its ``refresh(conn)`` makes what is found by name go with the city; imported only when a city is upgraded."""
SHOWN = 50
"""Findings that are printed one by one."""

# What to say for each code of StoreError, and what to do about it.
MESSAGES = {
    "bad_url": "{url} is neither a file nor a URL of the form sqlite:///… or postgresql://…",
    "missing": "There is no file {path}. `workstation db create --db {path}` makes a new city.",
    "empty": "The file {path} is empty. Remove it, or restore a backup over it with --force.",
    "half_written": "The file {path} is incomplete ({size} of {expected} bytes). Restore a backup over it with --force.",
    "not_a_database": "The file {path} is not a database.",
    "damaged": "The database {where} is damaged: {reason} Restore a backup over it with --force.",
    "not_a_city": "{where} is a database, but not a city. `workstation db create` makes one.",
    "older_schema": "The city {where} is at schema {found}, this program needs {wanted}. Run `workstation db upgrade --db {where}`.",
    "newer_schema": "The city {where} is at schema {found}, newer than this program knows ({wanted}). Install the newer program.",
    "exists": "There is something at {where} already. Choose another place (restore: or give --force).",
    "unreachable": "The store {where} cannot be reached: {reason}",
    "starting": "The server of {where} is starting or stopping: {reason}",
    "crowded": "The server of {where} takes no more connections: {reason}",
    "refused_login": "The server refuses the login of {where}: {reason}",
    "no_database": "The server has no such database: {reason}",
    "no_spatialite": "SpatiaLite is not installed ({reason}). On Debian: apt install libsqlite3-mod-spatialite",
    "no_extensions": "This Python's sqlite3 cannot load extensions. Use the system's Python.",
    "no_postgis": "The database {where} has no PostGIS. As its owner: CREATE EXTENSION postgis",
    "busy": "The city {where} is in use by another program. Close it and try again.",
    "read_only": "The city {where} may only be read.",
    "disk_full": "The disk that holds {where} is full.",
    "unwritable": "{path} cannot be written: {reason}",
    "not_a_backup": "{path} is not a backup made by `workstation db backup`.",
    "tool_missing": "{tool} is not installed. On Debian: apt install {package}",
    "tool_failed": "{tool} failed: {reason}",
    "no_account": "PostgreSQL does not run as root, and there is no account {account} to run it as. Give another with --user.",
    "no_server": "There is no server in {path}. `workstation server local start --folder {path}` makes one.",
    "bad_address": "The address {address} cannot be listened on: {reason}",
    "unsound": "What arrived is not in order, so nothing was kept: {what}",
    "not_a_server": "The city {where} is a file; this is for a city on PostgreSQL.",
    "unordered": "The server sorts text so that months of ids do not follow each other; the log cannot be divided.",
    "undivided": "The log of {where} is not divided. `workstation server partition --db {where}` divides it.",
    "no_month": "There is no month {month} to do this with.",
    "open_month": "{count} cases of {month} are still open, the first is {case}. A month is put aside when all its cases are closed.",
    "no_plpython": "The server of {where} lacks PL/Python. {advice}",
    "no_door": "The database {where} has no program that decides in it. {advice}",
    "older_program": "The program in {where} is {found}, older than this one ({wanted}). {advice}",
    "newer_program": "The program in {where} is {found}, newer than this one ({wanted}). {advice}",
    "other_program": "The program in {where} is another {found} than this one. {advice}",
    "not_superuser": "Preparing {where} takes a superuser of the server; this login is none.",
    "server_old": "The server of {where} is PostgreSQL {found}; at least {wanted} is needed.",
    "bad_encoding": "The database {where} is in {found}; a city needs UTF8. Make it in another database.",
    "failed": "The store {where} failed: {reason}",
}


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        if key == "package":
            return "postgresql-client"
        return str(self.get("path") or self.get("url") or "") if key == "where" else ""


def message(error: StoreError) -> str:
    """What is wrong and what to do, in one sentence or two."""
    return MESSAGES.get(error.code, str(error)).format_map(_Blank(error.data))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The sub-subcommands and their arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, text in (
        ("create", "make a new, empty city"),
        ("upgrade", "bring the city to this program's schema"),
        ("check", "look the city over: file, log, projection, counts, spatial indexes"),
        ("backup", "write the city to a new file"),
        ("restore", "make the city from a backup"),
    ):
        action = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        action.add_argument(
            "--db", required=True, metavar="URL", help="a file, sqlite:///FILE or postgresql://…"
        )
        if name == "backup":
            action.add_argument("--to", required=True, type=Path, metavar="FILE", help="the new file")
        if name == "restore":
            action.add_argument(
                "--from", required=True, type=Path, metavar="FILE", dest="source", help="the backup"
            )
            action.add_argument(
                "--force", action="store_true", help="take the place of the city that is there"
            )
        if name == "check":
            action.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """Do it; 0 when it went well, 1 when it could not be done, 2 when the check has found something."""
    actions = {
        "create": _create,
        "upgrade": _upgrade,
        "check": _check,
        "backup": _backup,
        "restore": _restore,
    }
    try:
        return actions[args.action](args)
    except StoreError as error:
        print(f"error: {message(error)}", file=sys.stderr)
        return FAILED


def _create(args: argparse.Namespace) -> int:
    database = Database.create(args.db)
    print(f"created {database.url} at schema {schema.REVISIONS[-1]}")
    database.close()
    return 0


def _upgrade(args: argparse.Namespace) -> int:
    database = Database.connect(args.db)
    try:
        with database.write() as conn:
            found = schema.revision(conn)
            if found is None:
                raise StoreError("not_a_city", url=database.url)
            if found not in schema.REVISIONS:
                raise StoreError("newer_schema", url=database.url, found=found, wanted=schema.REVISIONS[-1])
            # The schema may be the newest where the program and the rights in the server are not.
            schema.upgrade(conn)
            if database.kind == "postgis":
                require_program(conn, database.url)
            count = rebuild(conn) if found != schema.REVISIONS[-1] else 0
            importlib.import_module(NAMES).refresh(conn)
        if found == schema.REVISIONS[-1]:
            print(f"{database.url} is at schema {found} already")
        else:
            print(f"upgraded {database.url} from schema {found} to {schema.REVISIONS[-1]}")
        if database.kind == "postgis":
            print("the program that decides in it is this one")
        if count:
            print(f"{count} cases computed again from their log")
        return 0
    finally:
        database.close()


def _check(args: argparse.Namespace) -> int:
    database = Database.open(args.db)
    try:
        report = audit.check(database)
    finally:
        database.close()
    if args.json:
        findings = [{"code": f.code, "key": f.key, "detail": f.detail} for f in report.findings]
        counts = {"cases": report.cases, "events": report.events, "components": report.components}
        print(json.dumps({**counts, "findings": findings}, ensure_ascii=False, indent=1))
    else:
        print(f"{report.cases} cases, {report.events} events, {report.components} components")
        for finding in report.findings[:SHOWN]:
            print(f"{finding.code}: {finding.key} {finding.detail}".rstrip())
        if len(report.findings) > SHOWN:
            print(f"... and {len(report.findings) - SHOWN} more")
        print("everything is in order" if report.clean else f"{len(report.findings)} findings")
    return 0 if report.clean else FOUND


def _backup(args: argparse.Namespace) -> int:
    database = Database.open(args.db)
    try:
        backup(database, args.to)
    finally:
        database.close()
    print(f"wrote {args.to} ({args.to.stat().st_size:,} bytes)")
    return 0


def _restore(args: argparse.Namespace) -> int:
    whole = restore(args.source, args.db, force=args.force)
    database = Database.open(args.db)
    print(f"restored {database.url} from {args.source}")
    if not whole:
        print("note: this server has no roles of the city, so only its owner comes in")
        print(f"note: `workstation server init --db {database.url}` makes them, and the accounts' own")
    database.close()
    return 0
