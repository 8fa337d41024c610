"""``workstation deadline --csv``: a table of limits in, a table of deadlines out, all of it or nothing."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from .batch import Pauses, deadlines, instants
from .calendar import CalendarError, WorkCalendar
from .case import Pause
from .clock import deadline
from .deadline_input import InputError, read_calendar, read_instant, read_limit, read_pause
from .deadline_words import calendar_words
from .limits import Limit

FAILED = 1
COLUMNS = ("id", "start", "limit", "calendar", "pauses")
MOST_SHOWN = 20
"""How many wrong rows are told; the others are counted."""


@dataclass(slots=True)
class _Rows:
    """The rows of one calendar, in columns. ``place`` is where each stands in the table."""

    place: list[int] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)
    amounts: list[float] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    pauses: list[Sequence[Pause]] = field(default_factory=list)


class _Reader:
    """Reads the table's rows; what is wrong with each is kept, and the reading goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.wrong: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.numbers: list[int] = []
        self.groups: dict[WorkCalendar, _Rows] = {}
        self._calendars: dict[str, WorkCalendar | InputError] = {}
        self._limits: dict[str, Limit] = {}

    def read(self, file: TextIO) -> None:
        reader = csv.reader(file, strict=True)
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in COLUMNS if name not in header and name != "pauses"]
        if missing or len(set(header)) != len(header):
            raise InputError(
                f"{self.path}, row 1: the columns are {', '.join(header) or 'not named'}; "
                f"{', '.join(missing) + ' is missing' if missing else 'one is named twice'}. Name them {', '.join(COLUMNS)}."
            )
        number = 1
        for row in reader:
            number += 1
            if not row:
                continue
            try:
                if len(row) != len(header):
                    raise InputError(
                        f"{len(row)} fields where the header has {len(header)}. Quote fields with commas."
                    )
                self._take(dict(zip(header, row, strict=True)), number)
            except InputError as error:
                self.wrong.append((number, str(error)))

    def _take(self, row: dict[str, str], number: int) -> None:
        if not row["id"].strip():
            raise InputError("id: it is empty. Give every row an id.")
        calendar = self._calendar(row["calendar"].strip())
        start = read_instant(row["start"], calendar, "start")
        text = row["limit"]
        limit = self._limits.get(text)
        if limit is None:
            limit = self._limits[text] = read_limit(text, "limit")
        listed = [part for part in row.get("pauses", "").split(";") if part.strip()]
        pauses = [read_pause(part, calendar, "pauses") for part in listed]
        group = self.groups.setdefault(calendar, _Rows())
        group.place.append(len(self.ids))
        group.starts.append(start)
        group.amounts.append(limit.amount)
        group.units.append(limit.unit)
        group.pauses.append(pauses)
        self.ids.append(row["id"])
        self.numbers.append(number)

    def _calendar(self, text: str) -> WorkCalendar:
        known = self._calendars.get(text)
        if known is None:
            try:
                known = read_calendar(text, self.path.parent, "calendar")
            except InputError as error:
                known = error
            self._calendars[text] = known
        if isinstance(known, InputError):
            raise known
        return known


def run_table(args: argparse.Namespace) -> int:
    """Read the whole table, tell every row's deadline, write them. 1 with every wrong row where there is one."""
    given = [n for n in ("start", "limit", "calendar", "pause", "extend", "explain") if getattr(args, n)]
    if given:
        raise InputError(f"--{given[0]} does not go with --csv, whose rows say it themselves. Leave it out.")
    if args.out is None:
        raise InputError("--out is missing. Name the file that the deadlines are written to.")
    if not args.out.parent.is_dir():
        raise InputError(f"--out: there is no folder {args.out.parent}. Make it, or name another.")
    if args.out.exists() and args.csv.exists() and args.out.samefile(args.csv):
        raise InputError("--out: it is the table itself. Name another file.")
    reader = _Reader(args.csv)
    try:
        with args.csv.open(encoding="utf-8-sig", newline="") as file:
            reader.read(file)
    except OSError as error:
        raise InputError(
            f"--csv: {args.csv} cannot be read: {error.strerror}. Name a file that can."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{args.csv}: it is no UTF-8 text: {error}. Save it as UTF-8.") from error
    except csv.Error as error:
        raise InputError(f"{args.csv}: it is no table: {error}. Save it as CSV.") from error
    due = [""] * len(reader.ids)
    for calendar, rows in reader.groups.items():
        _tell(calendar, rows, due, reader)
    if reader.wrong:
        for number, words in sorted(reader.wrong)[:MOST_SHOWN]:
            print(f"{args.csv}, row {number}, {words}", file=sys.stderr)
        if len(reader.wrong) > MOST_SHOWN:
            print(f"and {len(reader.wrong) - MOST_SHOWN} more rows.", file=sys.stderr)
        print("Nothing was written.", file=sys.stderr)
        return FAILED
    _write(args.out, reader.ids, due)
    return 0


def _tell(calendar: WorkCalendar, rows: _Rows, due: list[str], reader: _Reader) -> None:
    """The deadlines of one calendar's rows, as text into their places."""
    try:
        told = deadlines(
            instants(rows.starts), rows.amounts, rows.units, calendar, Pauses.of(rows.pauses)
        ).tolist()
    except CalendarError:
        # One of them is absurd: they are asked one by one, to say which.
        told = [_alone(calendar, rows, i, reader) for i in range(len(rows.place))]
    for place, at in zip(rows.place, told, strict=True):
        due[place] = at.replace(tzinfo=UTC).astimezone(calendar.zone).isoformat()


def _alone(calendar: WorkCalendar, rows: _Rows, i: int, reader: _Reader) -> datetime:
    try:
        return deadline(rows.starts[i], rows.amounts[i], rows.units[i], calendar, rows.pauses[i])
    except CalendarError as error:
        number = reader.numbers[rows.place[i]]
        reader.wrong.append((number, f"limit: {calendar_words(error)}"))
        return rows.starts[i]


def _write(path: Path, ids: Sequence[str], due: Sequence[str]) -> None:
    """The whole table or none of it: written beside its place, then put there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("id", "due"))
            writer.writerows(zip(ids, due, strict=True))
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError(f"--out: {path} cannot be written: {error.strerror}. Name another file.") from error
