"""``workstation server``: a city on PostgreSQL for many seats. English; an exit code; never a traceback.

Each action is a module with ``add_arguments(parser)`` and ``run(args) -> int``, imported only when it is asked for.
"""

from __future__ import annotations

import argparse
import importlib
import sys

from .command import FAILED, message
from .errors import StoreError

ACTIONS = {
    "init": (
        "workstation.services.server.init",
        "prepare a city on a PostgreSQL that is there: roles, schema, rights, the first administrator",
    ),
    "local": (
        "workstation.services.server.local",
        "make, start, stop or remove a private server in a folder, for trials",
    ),
    "move": (
        "workstation.store.ops.move_command",
        "move a city between a file and a server, into an empty place",
    ),
    "partition": (
        "workstation.store.ops.partition_command",
        "divide the log by months, make the coming months, put old ones aside",
    ),
    "status": ("workstation.store.ops.status_command", "how the server and its city are"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions; the arguments of each come from its own module."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, (module, text) in ACTIONS.items():
        action = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        importlib.import_module(module).add_arguments(action)


def run(args: argparse.Namespace) -> int:
    """Do it; 0 when it went well, 1 when it could not be done, more as the action says."""
    module, _ = ACTIONS[args.action]
    try:
        return int(importlib.import_module(module).run(args))
    except StoreError as error:
        print(f"error: {message(error)}", file=sys.stderr)
    except _refusals() as error:
        # What the login may not do: the server says it in one line.
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        print(f"error: the server refuses: {reason}", file=sys.stderr)
    return FAILED


def _refusals() -> tuple[type[BaseException], ...]:
    import psycopg
    from sqlalchemy.exc import DBAPIError

    return (DBAPIError, psycopg.Error)
