"""``workstation demo``: make the fictional demo city, of any size, in a file or on a server; ``workstation demo patrol`` lets its people
and vehicles walk and drive, as the program does by itself where the city is a file."""

from __future__ import annotations

import argparse
import os
import sys
import time
import tomllib
from datetime import date

from ..store.errors import StoreError

TICK = 5.0
"""Seconds between two looks at whose word is due."""
_STAGES = {
    "streets": "drawing streets",
    "grids": "dividing into grids",
    "buildings": "building",
    "units": "appointing units and people",
    "components": "placing components",
    "writing": "writing the map",
    "cases": "working cases",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "what",
        nargs="?",
        choices=("make", "patrol"),
        default="make",
        help="make: a demo city (default); patrol: tell positions of who is out in one, as terminals would, until interrupted",
    )
    parser.add_argument("--minutes", type=float, metavar="N", help="patrol: stop after so long")
    parser.add_argument("--db", required=True, metavar="URL", help="a file, sqlite:///… or postgresql://…")
    parser.add_argument("--components", type=_count, default=20_000, metavar="N")
    parser.add_argument("--cases", type=_count, default=3_000, metavar="N")
    parser.add_argument("--grids", type=_count, default=240, metavar="N")
    parser.add_argument("--seed", type=int, default=2026, metavar="S", help="another number, another city")
    parser.add_argument(
        "--handbook",
        default="national",
        metavar="NAME",
        help="the handbook that it is run by (default: national)",
    )
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="DATE", help="the day the story has reached"
    )
    parser.add_argument("--force", action="store_true", help="replace a city file that is there")


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("a number of things cannot be negative")
    return value


def run(args: argparse.Namespace) -> int:
    """Make the city, or let its people walk; 0, or 1 with a message that says what to do."""
    if args.what == "patrol":
        return _patrol(args.db, args.minutes)
    from ..store.command import message
    from ..workflow.handbook import HandbookError
    from .blocks import TooFew
    from .city import NotEmpty

    begun = time.monotonic()
    try:
        _make(args, Progress())
    except NotEmpty as error:
        print(f"error: {error.url} already holds a city; give an empty database", file=sys.stderr)
        return 1
    except StoreError as error:
        hint = " (or --force to replace it)" if error.code == "exists" else ""
        print(f"error: {message(error)}{hint}", file=sys.stderr)
        return 1
    except TooFew as error:
        print(
            f"error: a city of this seed has only {error.found} grids; ask for fewer, or at least 12",
            file=sys.stderr,
        )
        return 1
    except (OSError, tomllib.TOMLDecodeError, HandbookError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    seconds = time.monotonic() - begun
    print(f"{args.grids} grids, {args.components} components, {args.cases} cases in {seconds:.1f} s")
    return 0


def _patrol(url: str, minutes: float | None) -> int:
    from ..services.services import Services
    from ..store.command import message
    from .patrolling import Patrol

    begun = time.monotonic()
    points = 0
    try:
        services = Services.open(url)
    except StoreError as error:
        print(f"error: {message(error)}", file=sys.stderr)
        return 1
    try:
        patrol = Patrol(services)
        if not patrol.possible():
            print(f"error: {services.db.url} is no demo city, or not this login's to write", file=sys.stderr)
            return 1
        while True:
            points += patrol.feed()
            if minutes is not None and time.monotonic() - begun >= 60 * minutes:
                break
            time.sleep(TICK)
    except StoreError as error:
        print(f"error: {message(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    finally:
        services.close()
    print(f"{points} points told")
    return 0


class Progress:
    """Prints progress, on one line that is written over where the output is a terminal."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._stage = ""
        self._shown = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        new = stage != self._stage
        if not new and now - self._shown < (0.2 if self._terminal else 5.0) and done < total:
            return
        share = f" {done}/{total}" if total else ""
        text = f"{_STAGES.get(stage, stage)}{share}"
        if self._terminal:
            print(
                f"\r\x1b[K{text}",
                end="" if done < total or stage != "cases" else "\n",
                file=sys.stderr,
                flush=True,
            )
        elif new or done < total:
            print(text, file=sys.stderr, flush=True)
        self._stage, self._shown = stage, now


def _make(args: argparse.Namespace, progress: Progress) -> None:
    from .making import make_city

    # One process plays cases while this one writes; for a few it is not worth starting.
    processes = 2 if args.cases >= 1_000 and (os.cpu_count() or 1) > 1 else 1
    make_city(
        args.db, components=args.components, cases=args.cases, grids=args.grids, seed=args.seed, today=args.today,
        progress=progress, processes=processes, force=args.force, handbook=args.handbook,
    )  # fmt: skip
