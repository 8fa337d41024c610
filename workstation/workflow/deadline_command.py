"""``workstation deadline``: one deadline with its ledger, or a table of them. English; an exit code; never a traceback."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta
from pathlib import Path

from .calendar import CalendarError, WorkCalendar, calendar_names
from .case import ClockRun
from .clock import Entry, deadline, is_provisional, ledger
from .deadline_input import InputError, read_calendar, read_instant, read_limit, read_pause
from .deadline_table import COLUMNS, FAILED, run_table
from .deadline_words import calendar_words
from .limits import Limit, is_working, unit_length


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``workstation deadline``."""
    parser.epilog = (
        "Units: urgent_hours, urgent_days, natural_hours, natural_days (day and night), work_hours, work_days (working "
        "time); Chinese words are understood too (5个工作日, 2紧急工作时, 24小时). A time without offset is the calendar's."
    )
    parser.add_argument("--start", metavar="TIME", help="when the clock starts, as 2026-03-02T09:00")
    parser.add_argument("--limit", metavar="LIMIT", help='the limit, as "5 work_days"')
    parser.add_argument(
        "--calendar", metavar="FILE|NAME", help=f"a calendar's file, or one of: {', '.join(calendar_names())}"
    )
    parser.add_argument(
        "--pause",
        metavar="A/B",
        action="append",
        default=[],
        help="from A to B does not count; may be repeated",
    )
    parser.add_argument(
        "--extend", metavar="LIMIT", action="append", default=[], help="granted on top of the limit"
    )
    parser.add_argument("--explain", action="store_true", help="print the ledger below the deadline")
    parser.add_argument(
        "--csv", metavar="IN", type=Path, help=f"a table with the columns {', '.join(COLUMNS)}"
    )
    parser.add_argument("--out", metavar="OUT", type=Path, help="where to write the columns id, due")


def run(args: argparse.Namespace) -> int:
    """0 when everything was told; 1 with the reason when it cannot be."""
    try:
        if args.csv is not None:
            return run_table(args)
        for name in ("start", "limit", "calendar"):
            if getattr(args, name) is None:
                raise InputError(
                    f"--{name} is missing. Give --start, --limit and --calendar, or --csv and --out."
                )
        if args.out is not None:
            raise InputError("--out goes with --csv. Leave it out, or name the table with --csv.")
        _one(args)
        return 0
    except InputError as error:
        print(error, file=sys.stderr)
        return FAILED


# ---- one ----


def _one(args: argparse.Namespace) -> None:
    calendar = read_calendar(args.calendar, Path(), "--calendar")
    start = read_instant(args.start, calendar, "--start")
    limit = read_limit(args.limit, "--limit")
    pauses = tuple(read_pause(text, calendar, "--pause") for text in args.pause)
    extended = sum(_extension(text, limit, calendar) for text in args.extend)
    try:
        due = deadline(start, limit.amount, limit.unit, calendar, pauses, extended)
    except CalendarError as error:
        raise InputError(f"--limit: {calendar_words(error)}") from error
    print(due.astimezone(calendar.zone).isoformat())
    if args.explain:
        run_ = ClockRun(
            "limit", start, limit.amount, limit.unit, None, None, pauses=pauses, extended=extended
        )
        _explain(run_, calendar, due)


def _extension(text: str, limit: Limit, calendar: WorkCalendar) -> float:
    """The extension in the limit's own unit."""
    more = read_limit(text, "--extend")
    if is_working(more.unit) != is_working(limit.unit):
        raise InputError(
            f"--extend: {text!r} and the limit do not count the same time: one counts working time, the other day and "
            "night. Give the extension in a unit of the limit's kind."
        )
    return more.amount * unit_length(more.unit, calendar) / unit_length(limit.unit, calendar)


def _explain(run_: ClockRun, calendar: WorkCalendar, due: datetime) -> None:
    told = ledger(run_, calendar, run_.started_at)
    print()
    print(f"limit     {_hours(told.limit)} of {'working' if is_working(run_.unit) else 'continuous'} time")
    print(f"calendar  {calendar.title or calendar.name or 'without a name'}, {calendar.zone.key}")
    if is_provisional(run_.unit, due, calendar):
        print("          provisional: the holiday notice of a year that the deadline depends on is not in")
    print()
    for entry in told.entries:
        print(_line(entry, calendar))


def _line(entry: Entry, calendar: WorkCalendar) -> str:
    start, end = (at.astimezone(calendar.zone) for at in (entry.start, entry.end))
    length = _hours((entry.end - entry.start) / timedelta(minutes=1))
    why = entry.cause.replace("_", " ")
    detail = ", ".join(str(entry.detail[k]) for k in ("name", "notice", "reason") if entry.detail.get(k))
    mark = "counts    " if entry.counted else "          "
    return f"{start:%a %Y-%m-%d %H:%M} - {end:%a %Y-%m-%d %H:%M}  {mark}{length:>9}  {why}{f' ({detail})' if detail else ''}"


def _hours(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest:02d} m"
