"""``workstation handbook``: check handbooks before they are used, lay two beside each other, show one.

English around the handbook's own words; an exit code; never a traceback.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from .handbook import Handbook, HandbookError
from .handbook_compare import PARTS, WHOLE, Difference, compare, facts

FAILED = 1
DIFFERENT = 1
TROUBLE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``handbook check [HANDBOOK ...] | diff A B | show HANDBOOK``."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    of = f"a handbook's folder, or the name of one there is: {', '.join(Handbook.available())}"
    check = actions.add_parser(
        "check", help="read handbooks and say what is wrong with them, or what is in them"
    )
    check.add_argument("handbook", nargs="*", help=f"{of} (default: all there are)")
    diff = actions.add_parser(
        "diff", help="what is different between two handbooks; exit code 0: nothing, 1: something, 2: trouble"
    )
    diff.add_argument("before", help=of)
    diff.add_argument("after", help="the same, of the other one")
    show = actions.add_parser("show", help="everything that a handbook says, base included")
    show.add_argument("handbook", help=of)
    for command in (diff, show):
        command.add_argument(
            "--part",
            action="append",
            choices=PARTS,
            metavar="PART",
            help=f"only this part: {', '.join(PARTS)}",
        )


def run(args: argparse.Namespace) -> int:
    """0 when all is well. 1: a handbook cannot be used (check, show), or two differ (diff). 2: diff could not read one."""
    if args.action == "diff":
        return _diff(args)
    if args.action == "show":
        return _show(args)
    results = [_check(name) for name in args.handbook or Handbook.available()]
    return max(results)


def _read(name: str) -> Handbook | None:
    """The handbook; None, and the reason on the error output, where it cannot be used."""
    try:
        if Path(name).is_dir():
            return Handbook.load(Path(name))
        return Handbook.named(name)
    except HandbookError as error:
        if error.code == "unknown_handbook":
            print(f"{name}: there is no such folder, and no such handbook. {error.advice}", file=sys.stderr)
        else:
            print(error, file=sys.stderr)
        return None


def _check(name: str) -> int:
    handbook = _read(name)
    if handbook is None:
        return FAILED
    without = sum(not handbook.conditions(c.kind, c.code) for c in handbook.classes)
    print(f"{handbook.id}  {handbook.title}" + (f"  (over {handbook.base})" if handbook.base else ""))
    since = f"valid from {handbook.valid_from}" if handbook.valid_from else "no date yet"
    print(f"  {'draft' if handbook.draft else 'approved by'} {handbook.approver}, {since}")
    print(
        f"  {len(handbook.arrows)} arrows, {len(handbook.posts)} posts, {len(handbook.sources)} sources, "
        f"{len(handbook.clocks)} clocks, {len(handbook.milestones)} milestones"
    )
    print(
        f"  {len(handbook.classes)} classes of {handbook.class_edition}, {len(handbook.all_conditions)} filing "
        f"conditions; {without} classes have none and cannot be filed"
    )
    print(
        f"  {len(handbook.bodies)} bodies, {len(handbook.plans)} plans, {len(handbook.budgets)} budgets, "
        f"{len(handbook.accountability)} kinds of accountability, {len(handbook.reports)} reports, "
        f"{len(handbook.publications)} publications, {len(handbook.meetings)} meetings"
    )
    return 0


def _diff(args: argparse.Namespace) -> int:
    before, after = _read(args.before), _read(args.after)
    if before is None or after is None:
        return TROUBLE
    found = [d for d in compare(before, after) if not args.part or d.part in args.part]
    print(f"--- {before.id}  {before.title}")
    print(f"+++ {after.id}  {after.title}")
    for line in _lines(found):
        print(line)
    print(f"{len(found)} differences" if found else "no difference")
    return DIFFERENT if found else 0


def _lines(found: list[Difference]) -> Iterator[str]:
    """The differences by part and key: + what is new, - what is gone, ~ what is otherwise."""
    part, key = "", ""
    for difference in found:
        if difference.part != part:
            part, key = difference.part, ""
            yield f"\n[{part}]"
        named = f"{difference.key} {difference.name}".rstrip()
        if difference.field == WHOLE:
            yield f"+ {named}: {difference.after}" if difference.after else f"- {named}: {difference.before}"
            continue
        if difference.key != key:
            key = difference.key
            yield f"~ {named}"
        yield f"    {difference.field}: {difference.before or '(nothing)'} → {difference.after or '(nothing)'}"


def _show(args: argparse.Namespace) -> int:
    handbook = _read(args.handbook)
    if handbook is None:
        return FAILED
    print(f"{handbook.id}  {handbook.title}")
    told = facts(handbook)
    for part in args.part or PARTS:
        print(f"\n[{part}]")
        for key, (name, values) in told.get(part, {}).items():
            print(f"{key} {name}".rstrip() if name != key else key)
            for field, text in values.items():
                if text and text != "false":
                    print(f"    {field}: {text}")
    return 0
