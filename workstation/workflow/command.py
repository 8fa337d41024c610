"""``workstation handbook``: check a handbook before it is used. English; an exit code; never a traceback."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .handbook import Handbook, HandbookError
from .library import data_folder

FAILED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``handbook check [FOLDER]``."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser(
        "check", help="read a handbook's folder and say what is wrong with it, or what is in it"
    )
    check.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=data_folder() / "handbooks" / "national",
        help="the handbook's folder (default: the national handbook)",
    )


def run(args: argparse.Namespace) -> int:
    """0 when the handbook can be used; 1 with file, line, key, problem and advice when it cannot."""
    folder: Path = args.folder
    if not folder.is_dir():
        print(f"{folder}: there is no such folder. Name the folder of a handbook.", file=sys.stderr)
        return FAILED
    try:
        handbook = Handbook.load(folder)
    except HandbookError as error:
        print(error, file=sys.stderr)
        return FAILED
    without = sum(not handbook.conditions(c.kind, c.code) for c in handbook.classes)
    print(f"{handbook.id}  {handbook.title}")
    print(f"approved by {handbook.approver}, valid from {handbook.valid_from}")
    print(
        f"{len(handbook.arrows)} arrows, {len(handbook.posts)} posts, {len(handbook.sources)} sources, "
        f"{len(handbook.clocks)} clocks, {len(handbook.milestones)} milestones"
    )
    print(
        f"{len(handbook.classes)} classes of {handbook.class_edition}, {len(handbook.all_conditions)} filing "
        f"conditions; {without} classes have none and cannot be filed"
    )
    return 0
