"""``workstation server local``: a private server in a folder, with a city in it."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import local


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the server of which folder."""
    parser.add_argument("what", choices=("start", "stop", "status", "url", "remove"))
    parser.add_argument(
        "--folder", required=True, type=Path, help="where it lies; start makes it when it is not there"
    )
    parser.add_argument("--city", default="city", metavar="NAME", help="the database's name (default: city)")
    parser.add_argument(
        "--listen", default="", metavar="ADDRESS", help="an address of this machine (default: the loopback)"
    )
    parser.add_argument("--port", type=int, default=0, help="default: one that is free")
    parser.add_argument("--user", help="the account to run it as, for root (default: postgres); none is made")


def run(args: argparse.Namespace) -> int:
    """Do it; status ends with 3 when the server does not run. ``url`` is the superuser's, with the password."""
    if args.what == "start":
        return _start(args)
    server = local.load(args.folder)
    if args.what == "stop":
        print("stopped" if local.stop(server) else "it did not run")
        return 0
    if args.what == "url":
        print(server.url())
        return 0
    if args.what == "remove":
        local.remove(server)
        print(f"removed {server.folder}")
        return 0
    answers = local.answers(server)
    print(f"{'running' if answers else 'not running'}: {server.host} port {server.port}, city {server.city}")
    return 0 if answers else 3


def _start(args: argparse.Namespace) -> int:
    """Start it, made and filled with a city the first time."""
    if (args.folder / local.FILE).exists():
        server = local.load(args.folder)
    else:
        server = local.make(args.folder, city=args.city, listen=args.listen, port=args.port, user=args.user)
    local.start(server)
    _city(server)
    print(f"running: {server.host} port {server.port}, city {server.city}")
    print(f"for seats: {server.seat_url()}")
    print(f"the superuser's password is in {server.folder / 'password'}")
    return 0


def _city(server: local.Local) -> None:
    """The city in it, and the roles for its seats and persons, as ``workstation server init`` makes them."""
    from ..server.init import prepare

    prepare(server.url(), server.seat_password())
