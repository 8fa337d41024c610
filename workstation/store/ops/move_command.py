"""``workstation server move``: a city from a file to a server, back, or to another server."""

from __future__ import annotations

import argparse
import sys
import time

from .move import Moved, move


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where to where."""
    parser.add_argument(
        "--from", required=True, dest="source", metavar="URL", help="the city, which stays as it is"
    )
    parser.add_argument(
        "--to",
        required=True,
        dest="target",
        metavar="URL",
        help="a file that is not there, or an empty database",
    )


def run(args: argparse.Namespace) -> int:
    """Move it, tell how far it is, and say what is left to do."""
    begun = time.monotonic()
    moved = move(args.source, args.target, _told)
    rows = sum(moved.rows.values())
    print(f"moved {rows:,} rows of {len(moved.rows)} tables in {time.monotonic() - begun:.1f} s")
    print(
        f"every table arrived as it was; {moved.events:,} events replayed with their hashes, everything in order"
    )
    for line in left_to_do(moved):
        print(f"note: {line}")
    return 0


def _told(table: str, done: int, total: int) -> None:
    if total:
        print(f"  {table}: {done:,} of {total:,}", file=sys.stderr)


def left_to_do(moved: Moved) -> list[str]:
    """What the move cannot do by itself."""
    notes = []
    if moved.encrypted:
        files = ", ".join(f"{key}.key" for key in moved.key_ids)
        notes.append(
            f"the personal data of {moved.encrypted} cases came encrypted as they were. Bring {files} from the old place"
            " to the new one: a workstation keeps keys in `keys` of its home, a server in `workstation-keys` beside its"
            " data directory (its account's own, mode 0600). `workstation audit rekey` then takes a new key"
        )
    if moved.accounts:
        notes.append(
            f"{moved.accounts} accounts came with their passwords but without roles of the server;"
            " `workstation server init` makes them"
        )
    return notes
