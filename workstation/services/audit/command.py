"""``workstation audit``: seal the log, and prove that nobody has changed it. English; an exit code; never a traceback."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...store import raw
from ...store.database import Database
from ...store.errors import StoreError
from ...workflow.event import format_instant

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from .proof import Finding, Record, Report
    from .sealing_keys import Signer

FAILED = 1
FOUND = 2
"""Exit code of ``audit verify`` when the log is not what was sealed."""
SHOWN = 100
"""Findings that are printed one by one."""

REFUSED = {
    "day_not_over": "The day {day} is not over (Asia/Shanghai). Only full days are sealed.",
    "unknown_key": "The key {key} is not the one that seals this city. `workstation audit keygen --to NEW --db URL --key OLD` makes one that follows it.",
    "seal_broken": "The seal of {day} is not by the key it names: somebody has changed it. Nothing was sealed. Run `workstation audit verify`.",
    "no_key": "The key {path} cannot be read: {reason}",
    "bad_key": "{path} is not a key made by `workstation audit keygen`.",
    "wrong_passphrase": "{path} does not open with this passphrase (--passphrase asks for it).",
    "key_exists": "There is something at {path} already. Keys are never written over.",
    "known_key": "The city knows the key {key} already.",
    "unwritable": "{path} cannot be written: {reason}",
    "no_public": "{path} holds no public key (64 hexadecimal digits).",
}
SAID = {
    "changed": "was changed",
    "rewritten": "was changed, and its hash written anew",
    "redated": "was given another instant",
    "deleted": "was deleted",
    "inserted": "was put into the sealed log",
    "reordered": "stands at another place of the log",
    "chain": "does not follow the one before it",
    "gap": "comes after one that is missing",
    "case_removed": "the whole case was removed, {detail} events",
    "case_added": "the whole case was put into the sealed log, {detail} events",
    "seal_signature": "the seal is not signed by the key it names ({detail})",
    "seal_chain": "a seal before it was removed or made anew",
    "seal_range": "the seal does not begin where the one before it ended",
    "seal_key": "the key {detail} is not the centre's",
    "seal_index": "what is kept of the sealed events is damaged",
    "day": "the events of the day are not those that were sealed; which of them cannot be told",
    "other_log": "rows of {detail} are not those that were sealed",
    "pinned": "the seal is not the one that was written down elsewhere ({detail})",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The sub-subcommands and their arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def add(name: str, text: str, database: bool = True) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        if database:
            action.add_argument(
                "--db", required=True, metavar="URL", help="a file, sqlite:///FILE or postgresql://…"
            )
        return action

    verify = add("verify", "say what in the log is not what was sealed", database=False)
    where = verify.add_mutually_exclusive_group(required=True)
    where.add_argument("--db", metavar="URL", help="a file, sqlite:///FILE or postgresql://…")
    where.add_argument("--log", type=Path, metavar="FILE", help="what `audit export` wrote")
    verify.add_argument(
        "--pinned",
        type=Path,
        metavar="FILE",
        help="seals that were written down elsewhere (audit seal --pin)",
    )
    verify.add_argument(
        "--public",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="the centre's public key, from elsewhere",
    )
    verify.add_argument("--json", action="store_true", help="print the report as JSON")

    seal = add("seal", "seal every full day that is not sealed yet (for cron, after midnight)")
    _key_arguments(seal, required=True)
    seal.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="no further than this day")
    seal.add_argument(
        "--pin", type=Path, metavar="FILE", help="write the new seals' hashes to this file, too"
    )

    export = add("export", "write the log with its seals to a file that anybody can verify")
    export.add_argument("--to", required=True, type=Path, metavar="FILE", help="the new file (JSON lines)")

    keygen = add("keygen", "make the key that seals are signed with", database=False)
    keygen.add_argument(
        "--to", required=True, type=Path, metavar="FILE", help="the new key; FILE.pub beside it"
    )
    keygen.add_argument("--db", metavar="URL", help="with --key: let it follow the key that signs now")
    _key_arguments(keygen, required=False)

    for name, text in (
        ("looks", "who looked at whose personal data, and why"),
        ("attempts", "what was refused"),
    ):
        action = add(name, text)
        action.add_argument("--days", type=int, default=30, help="how many days back (30)")
        action.add_argument("--json", action="store_true", help="print as JSON")
        if name == "looks":
            action.add_argument(
                "--old", action="store_true", help="how many logs of before name people in the clear"
            )
    add("rekey", "encrypt personal data with a new key")


def _key_arguments(parser: argparse.ArgumentParser, required: bool) -> None:
    parser.add_argument("--key", required=required, type=Path, metavar="FILE", help="the key that signs now")
    parser.add_argument("--passphrase", action="store_true", help="ask for the passphrase of the key")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="the first line of this file is the passphrase"
    )


def run(args: argparse.Namespace) -> int:
    """Do it; 0 when it went well, 1 when it could not be done, 2 when something was found."""
    from ...store.command import message
    from ..personal import command as looks_command
    from .log_records import NotALog
    from .sealing_keys import SealRefused

    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "verify": _verify,
        "seal": _seal,
        "export": _export,
        "keygen": _keygen,
        "looks": _looks,
        "attempts": _attempts,
        "rekey": looks_command.rekey,
    }
    try:
        return actions[args.action](args)
    except StoreError as error:
        return _fail(message(error))
    except SealRefused as refused:
        return _fail(REFUSED[refused.code].format_map(refused.data))
    except NotALog as error:
        return _fail(f"the file cannot be read, line {error.line}: {error.reason}")
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}")


def _fail(words: str) -> int:
    print(f"error: {words}", file=sys.stderr)
    return FAILED


# ---- verifying ------------------------------------------------------------------------------------------------------


def _verify(args: argparse.Namespace) -> int:
    from . import log_records, proof

    pins = log_records.pins_of(args.pinned) if args.pinned else []
    publics = frozenset(_public(path) for path in args.public)

    def verified(records: Iterable[Record]) -> Report:
        return proof.verify(records, pins=pins, publics=publics, progress=_progress())

    if args.log is not None:
        report = verified(log_records.of_file(args.log))
    else:
        database = Database.open(args.db)
        try:
            with database.read() as conn:
                report = verified(log_records.of_database(conn))
        finally:
            database.close()
    _tell(report, args.json)
    return 0 if report.clean else FOUND


def _public(path: Path) -> str:
    from .sealing_keys import SealRefused

    words = path.read_text("utf-8", "replace").split()
    if not words or len(words[0]) != 64 or set(words[0].lower()) - set("0123456789abcdef"):
        raise SealRefused("no_public", path=str(path))
    return words[0].lower()


def _progress() -> Callable[[int], None] | None:
    if not sys.stderr.isatty():
        return None
    return lambda count: print(f"\r{count:,} events", end="", file=sys.stderr, flush=True)


def _tell(report: Report, as_json: bool) -> None:
    if as_json:
        told: dict[str, Any] = {
            "events": report.events,
            "cases": report.cases,
            "seals": report.seals,
            "sealed": report.sealed,
            "last_day": report.last_day,
            "last_seal": report.last_seal,
            "keys": [key.key_id for key in report.keys],
            "findings": [_plain(finding) for finding in report.findings],
            "more": report.more,
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for finding in report.findings[:SHOWN]:
        print(sentence(finding))
    more = len(report.findings) - SHOWN + report.more
    if more > 0:
        print(f"... and {more} more (--json lists them)")
    print(
        f"{report.events} events of {report.cases} cases, {report.sealed} of them under {report.seals} seals; "
        f"{report.events - report.sealed} not sealed yet"
    )
    if report.seals:
        print(f"newest seal: {report.last_day} {report.last_seal}")
    for key in report.keys:
        print(f"key {key.key_id}: {key.public}")
    print("The log is what was sealed." if report.clean else f"{len(report.findings) + report.more} found.")


def _plain(finding: Finding) -> dict[str, Any]:
    names = ("kind", "day", "case_id", "seq", "log_id", "detail")
    return {name: getattr(finding, name) for name in names}


def sentence(finding: Finding) -> str:
    """A finding in a line: where, and what it looks like."""
    where = [
        f"day {finding.day}" if finding.day else "",
        f"case {finding.case_id}" if finding.case_id else "",
        f"event {finding.seq}" if finding.seq else "",
        f"(log {finding.log_id})" if finding.log_id else "",
    ]
    said = SAID[finding.kind].format(detail=finding.detail)
    if finding.kind == "seal_chain" and finding.detail:
        said = "there is a key, and every seal is gone"
    return f"{finding.kind}: {' '.join(filter(None, where))}{': ' if any(where) else ''}{said}"


# ---- sealing --------------------------------------------------------------------------------------------------------


def _seal(args: argparse.Namespace) -> int:
    from . import log_records, seals
    from .sealing_keys import keys_of

    signer = _signer(args)
    database = Database.open(args.db)
    try:
        # What is to be written elsewhere must be writable before anything is sealed.
        with args.pin.open("a", encoding="utf-8") if args.pin else nullcontext() as pins:
            made = seals.seal(database, signer, datetime.now(UTC), args.day)
            with database.read() as conn:
                keys = {key.key_id: key for key in keys_of(conn)}
            for seal in made:
                print(
                    f"{seal.day}  {seal.events} events, log {seal.first_log} to {seal.last_log}  {seal.hash}"
                )
                if pins is not None:
                    pins.write(f"{log_records.pin_line(seal, keys[seal.key_id])}\n")
    finally:
        database.close()
    if not made:
        print("Every full day is sealed.")
    return 0


def _signer(args: argparse.Namespace) -> Signer:
    from .sealing_keys import Signer

    return Signer.read(args.key, _passphrase(args, f"Passphrase of {args.key}: "))


def _passphrase(args: argparse.Namespace, prompt: str) -> str:
    if args.passphrase_file is not None:
        return str(args.passphrase_file.read_text("utf-8")).split("\n")[0]
    return getpass.getpass(prompt) if args.passphrase else ""


def _keygen(args: argparse.Namespace) -> int:
    from .sealing_keys import Signer, follow

    if (args.db is None) != (args.key is None):
        return _fail("--db and --key go together: the city, and the key that signs now")
    old = (
        None if args.key is None else Signer.read(args.key, _passphrase(args, f"Passphrase of {args.key}: "))
    )
    passphrase = (
        "" if old is not None and not args.passphrase else _passphrase(args, "Passphrase of the new key: ")
    )
    made = Signer.new()
    made.write(args.to, passphrase)
    args.to.with_name(args.to.name + ".pub").write_text(f"{made.public.hex()}\n", "utf-8")
    if old is not None:
        database = Database.open(args.db)
        try:
            with database.write() as conn:
                follow(conn, old, made.public, datetime.now(UTC))
        finally:
            database.close()
    print(f"key {made.key_id}: {made.public.hex()}")
    print(f"Keep {args.to} where the database is not, and publish the line above.")
    return 0


def _export(args: argparse.Namespace) -> int:
    from ..city import load_city
    from . import log_records

    database = Database.open(args.db)
    try:
        with database.read() as conn, args.to.open("x", encoding="utf-8", errors="surrogateescape") as stream:
            city = load_city(conn).name
            count = log_records.write(stream, log_records.of_database(conn), city, datetime.now(UTC))
    finally:
        database.close()
    print(f"{count} records")
    return 0


# ---- what an auditor reads -----------------------------------------------------------------------------------------


def _looks(args: argparse.Namespace) -> int:
    if args.old:
        from ..personal.command import old

        return old(args)
    columns = ("at", "person_id", "name", "post", "case_id", "fields", "reason")
    return _list(args, "personal_look", columns)


def _attempts(args: argparse.Namespace) -> int:
    columns = ("at", "person_id", "role", "post", "what", "code", "detail")
    return _list(args, "attempt", columns, _told_by_server)


def _told_by_server(conn: Connection) -> list[tuple[Any, ...]]:
    """What the server's log tells besides; a word on stderr where a server's log cannot be read from here."""
    from ...store.server.attempts import told

    found = told(conn)
    if found is None and conn.dialect.name == "postgresql":
        print(
            "note: this login cannot read the server's own log; refusals are there as well", file=sys.stderr
        )
    return [(item.at, "", item.role, "", item.what, item.kind, "") for item in found or ()]


def _list(
    args: argparse.Namespace,
    table: str,
    columns: tuple[str, ...],
    more: Callable[[Connection], list[tuple[Any, ...]]] | None = None,
) -> int:
    since = format_instant(datetime.now(UTC) - timedelta(days=args.days))
    database = Database.open(args.db)
    try:
        with database.read() as conn:
            rows = _rows(conn, table, columns, since) + (more(conn) if more is not None else [])
    finally:
        database.close()
    if args.json:
        print(
            json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1)
        )
    else:
        for row in rows:
            print("\t".join(" ".join(str(value).split()) for value in row))
    return 0


def _rows(conn: Connection, table: str, columns: tuple[str, ...], since: str) -> list[tuple[Any, ...]]:
    statement = f"SELECT {', '.join(columns)} FROM {table} WHERE at >= ? ORDER BY at"
    return raw.all_rows(conn, statement, (since,))
