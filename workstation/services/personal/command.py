"""What ``workstation audit`` does about personal data: a new key, and how many logs of before name people in the clear."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from ...store.database import Database
from ..errors import Refused
from . import personal

FAILED = 1


def rekey(args: argparse.Namespace) -> int:
    """Encrypt everything that is kept with a new key, and say what becomes of the old ones."""
    database = Database.open(args.db)
    try:
        with database.write() as conn:
            name, cases = personal.rekey(conn, datetime.now(UTC))
    except Refused as refused:
        told = ", ".join(f"{key} {value}" for key, value in refused.refusal.data.items())
        print(f"error: {refused.refusal.code}: {told}", file=sys.stderr)
        return FAILED
    finally:
        database.close()
    print(f"The personal data of {cases} cases is encrypted with the key {name}.")
    print("Backups of before need the keys of before: remove those when such a backup is to be unreadable.")
    return 0


def old(args: argparse.Namespace) -> int:
    """How many cases name their reporter in the clear, in a log that an older program wrote."""
    database = Database.open(args.db)
    try:
        with database.read() as conn:
            count = personal.in_the_clear(conn)
    finally:
        database.close()
    print(f"{count} cases name their reporter in the clear in their log, which nothing changes.")
    if count:
        print("Every screen shows them masked; a look at them is recorded like any other.")
    return 0
