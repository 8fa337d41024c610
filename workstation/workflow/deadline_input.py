"""What ``workstation deadline`` is given, read: calendars, times, limits, pauses; and what is said where that fails."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from .calendar import EPOCH, CalendarError, WorkCalendar, calendar_names
from .case import Pause
from .deadline_words import calendar_words, limit_words
from .limits import Limit, LimitError, parse_limit


class InputError(Exception):
    """What was given cannot be used; the message names the part and says what to do."""


def read_calendar(text: str, folder: Path, where: str) -> WorkCalendar:
    """A calendar by name, else by file (relative to ``folder``)."""
    if not text:
        raise InputError(
            f"{where}: it is empty. Name a calendar's file, or one of: {', '.join(calendar_names())}."
        )
    try:
        if text in calendar_names():
            return WorkCalendar.named(text)
        path = folder / text
        if not path.is_file():
            names = ", ".join(calendar_names())
            raise InputError(f"{where}: there is no file {path}. Name a calendar's file, or one of: {names}.")
        return WorkCalendar.from_toml(path)
    except CalendarError as error:
        raise InputError(f"{where}: {text}: {calendar_words(error)}") from error
    except OSError as error:
        raise InputError(
            f"{where}: {text} cannot be read: {error.strerror}. Name a file that can."
        ) from error


def read_instant(text: str, calendar: WorkCalendar, where: str) -> datetime:
    """An aware instant in UTC; a time without offset is the calendar's."""
    try:
        at = datetime.fromisoformat(text.strip())
        if len(text.strip()) <= len("2026-03-02"):
            raise ValueError(text)
        if at.tzinfo is None:
            at = at.replace(tzinfo=calendar.zone)
        return EPOCH + (at - EPOCH)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{where}: {text!r} is no time. Write it as 2026-03-02T09:00.") from error


def read_limit(text: str, where: str) -> Limit:
    try:
        return parse_limit(text)
    except LimitError as error:
        raise InputError(f"{where}: {limit_words(error)}") from error


def read_pause(text: str, calendar: WorkCalendar, where: str) -> Pause:
    parts = text.split("/")
    if len(parts) != 2:
        raise InputError(f"{where}: {text!r} is no pause. Write it as 2026-03-06T17:00/2026-03-09T09:00.")
    start, end = (read_instant(part, calendar, where) for part in parts)
    if end < start:
        raise InputError(f"{where}: {text!r} ends before it begins. Write the earlier time first.")
    return Pause(start, end, "", "", "pause")
