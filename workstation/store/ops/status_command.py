"""``workstation server status``: versions, roles, connections, replication, sizes, what was last backed up and sealed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..database import Database
from ..errors import StoreError
from .status import Status, look, look_at_backups

FOUND = 2
"""Exit code when something needs somebody's attention."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which city, and how to say it."""
    parser.add_argument(
        "--db", required=True, metavar="URL", help="postgresql://…, as its owner or a monitor"
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON, for a monitor")
    parser.add_argument(
        "--backups", type=Path, metavar="FOLDER", help="look whether there is a backup of today in it"
    )


def run(args: argparse.Namespace) -> int:
    """Print it; 2 when something needs attention."""
    database = Database.connect(args.db)
    try:
        if database.kind != "postgis":
            raise StoreError("not_a_server", url=database.url)
        with database.read() as conn:
            status = look(conn)
        if args.backups:
            look_at_backups(args.backups, status)
    finally:
        database.close()
    if args.json:
        print(json.dumps({**status.facts, "attention": status.attention}, ensure_ascii=False, indent=1))
    else:
        _print(status)
    return FOUND if status.attention else 0


def _print(status: Status) -> None:
    width = max(len(name) for name in status.facts)
    for name, value in status.facts.items():
        print(f"{name.replace('_', ' '):<{width}}  {_words(value)}")
    for line in status.attention:
        print(f"attention: {line}")


def _words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(part)}" for key, part in value.items()) or "none"
    if isinstance(value, list):
        return "; ".join(_words(part) for part in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else "-" if value is None else str(value)
