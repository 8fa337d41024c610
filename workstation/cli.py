"""The command line: one table of subcommands, each imported only when it is asked for. Without one, the window opens."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence

from .services.personal.masking import Redactor

# Name → (module with add_arguments(parser) and run(args) -> int, what it does).
COMMANDS: dict[str, tuple[str, str]] = {
    "open": ("workstation.app", "open the workstation's window (also without any command)"),
    "demo": ("workstation.demo.command", "make the fictional demo city, of any size"),
    "db": ("workstation.store.command", "create, upgrade, check, back up and restore a city's database"),
    "server": (
        "workstation.store.server_command",
        "prepare a city on PostgreSQL for many seats, move it, copy it, divide it",
    ),
    "accounts": (
        "workstation.services.accounts.command",
        "passwords of a city: the first administrator's, whether they are asked for, and their figures",
    ),
    "audit": ("workstation.services.audit.command", "seal the log, prove that nobody has changed it"),
    "import": (
        "workstation.importing.command",
        "take streets, grids, components, cases or units from a file",
    ),
    "handbook": (
        "workstation.workflow.command",
        "check handbooks of cities, lay two beside each other, show one",
    ),
    "deadline": ("workstation.workflow.deadline_command", "say when a limit ends, and why, or many of them"),
    "map": ("workstation.map.project_command", "write the map as a project for QGIS"),
    "tour": ("workstation.tour.command", "play a day offscreen and leave pictures and the evaluation"),
    "bench": ("workstation.bench", "run a benchmark and print its figures"),
}


def build_parser(name: str | None) -> argparse.ArgumentParser:
    """The parser, with the arguments of the one command ``name`` (importing all would cost the start-up time)."""
    parser = argparse.ArgumentParser(
        prog="workstation", description="Command-centre workstation for digital city management."
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for command, (module, text) in COMMANDS.items():
        sub = subparsers.add_parser(command, help=text, description=text[0].upper() + text[1:] + ".")
        if command == name:
            importlib.import_module(module).add_arguments(sub)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "open")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(Redactor())
    name = words[0] if words[0] in COMMANDS else None
    args = build_parser(name).parse_args(words)
    module, _ = COMMANDS[args.command]
    try:
        return int(importlib.import_module(module).run(args))
    except BrokenPipeError:
        # Whoever read our output has seen enough (| head). What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
