"""``workstation server partition``: divide the log by months, make the coming ones, put old ones aside."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from sqlalchemy import text

from ..database import Database
from ..errors import StoreError
from . import partition
from .partition import Month


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which city, how far ahead, or which month."""
    parser.add_argument("--db", required=True, metavar="URL", help="postgresql://…, as its owner")
    parser.add_argument(
        "--ahead", type=_count, default=12, metavar="N", help="months to make after this one (default: 12)"
    )
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--detach",
        metavar="YYYY-MM",
        help="put a month aside: its cases, all closed, leave the city with their log",
    )
    one.add_argument("--attach", metavar="YYYY-MM", help="put a month that lies aside into the city again")
    one.add_argument("--list", action="store_true", help="only say which months there are")


def _count(words: str) -> int:
    value = int(words)
    if not 0 <= value <= 120:
        raise argparse.ArgumentTypeError("0 to 120 months")
    return value


def run(args: argparse.Namespace) -> int:
    """Do it and say what there is now."""
    database = Database.open(args.db)
    try:
        if database.kind != "postgis":
            raise StoreError("not_a_server", url=database.url)
        if args.detach:
            with database.write() as conn:
                count = partition.put_month_aside(conn, Month.read(args.detach))
            print(f"put {args.detach} aside: {count:,} cases; `--attach {args.detach}` takes them back")
        elif args.attach:
            with database.write() as conn:
                count = partition.take_back(conn, Month.read(args.attach))
            print(f"took {args.attach} back: {count:,} cases")
        elif not args.list:
            _divide(database, args.ahead)
        _tell(database)
        return 0
    finally:
        database.close()


def _divide(database: Database, ahead: int) -> None:
    with database.write() as conn:
        first = not partition.is_divided(conn)
        done = partition.divide(conn, ahead, datetime.now(UTC))
    if first:
        # What has moved into its month has left its place behind.
        with database.autocommit() as conn:
            conn.execute(text(f"VACUUM {partition.LOG}_{partition.REST}"))
    made = f"{done.made[0]} to {done.made[-1]}" if done.made else "none were missing"
    print(f"months made: {made}; {done.rest:,} events lie outside of any month (imported cases)")


def _tell(database: Database) -> None:
    with database.read() as conn:
        if not partition.is_divided(conn):
            print("the log is whole")
            return
        there, aside = partition.months(conn), partition.put_aside(conn)
    print(f"{len(there)} months: {there[0]} to {there[-1]}" if there else "no month")
    if aside:
        print(f"put aside: {', '.join(map(str, aside))}")
