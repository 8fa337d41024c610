"""``workstation bench NAME``: run one program of ``benchmarks/`` and show its figures.

Each program prints one JSON list of figures ``{figure, value, unit, anchor, ratio, goal, met}``; the anchor is measured in
the same run, because a machine's speed drifts and only a ratio travels.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(p.stem for p in FOLDER.glob("*.py") if not p.stem.startswith("_"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``workstation bench``."""
    parser.add_argument("name", choices=[*names(), "all"], help="which benchmark")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON instead of a table")
    parser.add_argument("options", nargs=argparse.REMAINDER, help="passed on to the benchmark")


def run(args: argparse.Namespace) -> int:
    """Run the benchmark(s); the exit code is 1 when one could not be measured, not when a goal is missed."""
    figures: list[dict[str, object]] = []
    for name in names() if args.name == "all" else [args.name]:
        options = [o for o in args.options if o not in ("--", "--json")]
        as_json = args.json or "--json" in args.options
        done = subprocess.run(
            [sys.executable, str(FOLDER / f"{name}.py"), *options], stdout=subprocess.PIPE, text=True
        )
        if done.returncode:
            print(
                f"benchmark {name} ended with exit code {done.returncode}; its words are above",
                file=sys.stderr,
            )
            return 1
        figures += [{"benchmark": name, **figure} for figure in json.loads(done.stdout)]
    if as_json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        for f in figures:
            mark = {True: "met", False: "MISSED", None: ""}[f.get("met")]  # type: ignore[index]
            print(
                f"{f['figure']:<58} {_number(f['value']):>10} {f['unit']:<8} anchor {_number(f.get('anchor')):>10}"
                f"  ratio {_number(f.get('ratio')):>7}  goal {f.get('goal', '')!s:<16} {mark}"
            )
    return 0


def _number(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else "-" if value is None else str(value)
