"""``workstation server local``: a private server in a folder, with a city in it that is ready for seats."""

from __future__ import annotations

import argparse
from pathlib import Path

from ...store import raw
from ...store.database import Database, parse_url
from ...store.ops import local
from ...store.ops.places import quoted
from .init import Wanted, initialise

NOT_RUNNING = 3
"""Exit code of ``status``."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the server of which folder."""
    parser.add_argument(
        "what",
        choices=("start", "stop", "status", "url", "remove"),
        help="start makes it the first time; url prints the superuser's address, with the password",
    )
    parser.add_argument("--folder", required=True, type=Path, help="where it lies")
    parser.add_argument("--city", default="city", metavar="NAME", help="the database's name (default: city)")
    parser.add_argument(
        "--listen", default="", metavar="ADDRESS", help="an address of this machine (default: the loopback)"
    )
    parser.add_argument("--port", type=int, default=0, help="default: one that is free")
    parser.add_argument("--user", help="the account to run it as, for root (default: postgres); none is made")
    parser.add_argument(
        "--empty", action="store_true", help="no city yet: the demo or a move fills the database first"
    )


def run(args: argparse.Namespace) -> int:
    """Do it. StoreError where it cannot be done; status ends with 3 when the server does not run."""
    if args.what == "start":
        return _start(args)
    server = local.load(args.folder)
    if args.what == "stop":
        print("stopped" if local.stop(server) else "it did not run")
    elif args.what == "url":
        print(server.url())
    elif args.what == "remove":
        local.remove(server)
        print(f"removed {server.folder}")
    else:
        answers = local.answers(server)
        print(
            f"{'running' if answers else 'not running'}: {server.host} port {server.port}, city {server.city}"
        )
        return 0 if answers else NOT_RUNNING
    return 0


def _start(args: argparse.Namespace) -> int:
    if (args.folder / local.FILE).exists():
        server = local.load(args.folder)
    else:
        server = local.make(args.folder, city=args.city, listen=args.listen, port=args.port, user=args.user)
    local.start(server)
    print(f"running: {server.host} port {server.port}, city {server.city}")
    print(f"the superuser's password is in {server.folder / 'password'}")
    if args.empty:
        _database(server)
        print("the database is empty; start again without --empty when the city is in it")
        return 0
    made = initialise(server.url(), Wanted(seat_password=server.seat_password()))
    print(f"for seats: {server.seat_url()}")
    if made.password:
        print(f"the first administrator is {made.admin}, with the password {made.password} for once")
    return 0


def _database(server: local.Local) -> None:
    maintenance = Database(parse_url(server.url("postgres")))
    try:
        with maintenance.autocommit() as conn:
            if raw.first(conn, "SELECT 1 FROM pg_database WHERE datname = ?", (server.city,)) is None:
                conn.exec_driver_sql(f"CREATE DATABASE {quoted(server.city)} TEMPLATE template0")
    finally:
        maintenance.close()
    database = Database(parse_url(server.url()))
    try:
        with database.write() as conn:
            conn.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
    finally:
        database.close()
