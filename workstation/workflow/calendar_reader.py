"""Reading a calendar written in TOML: weekly hours, the years' notices, and the place's own exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from .calendar import WEEKDAYS, CalendarError, Day, Slot, WorkCalendar, check_slots

_DAY = timedelta(days=1)


def read_slot(text: Any, key: str) -> Slot:
    """The slot written ``08:00-12:00``; 24:00 is the end of the day."""
    try:
        start, end = (_minute(part) for part in str(text).split("-"))
    except ValueError as error:
        raise CalendarError("bad_time", key=key, value=text) from error
    return Slot(start, end)


def _minute(text: str) -> int:
    hour, minute = text.strip().split(":")
    if not (len(hour) == 2 and len(minute) == 2 and 0 <= int(minute) < 60):
        raise ValueError(text)
    return int(hour) * 60 + int(minute)


def read_calendar(raw: Mapping[str, Any]) -> WorkCalendar:
    """The calendar that a parsed TOML document describes."""
    for key in raw.keys() - {"name", "title", "zone", "week", "year", "exception"}:
        raise CalendarError("unknown_key", key=key)
    week = _typed(raw, "week", dict, "week")
    for key in week.keys() - set(WEEKDAYS):
        raise CalendarError("unknown_key", key=f"week.{key}")
    days = [
        [read_slot(s, f"week.{name}") for s in _typed(week, name, list, f"week.{name}")] for name in WEEKDAYS
    ]
    special: dict[date, Day] = {}
    noticed = set()
    make_up: list[tuple[date, Day]] = []
    # A make-up day is worked like the week's ordinary working day.
    ordinary = next((tuple(check_slots(slots, WEEKDAYS[i])) for i, slots in enumerate(days) if slots), ())
    for i, entry in enumerate(_typed(raw, "year", list, "year", [])):
        where = f"year[{i}]"
        noticed.add(_typed(entry, "year", int, f"{where}.year"))
        notice = _typed(entry, "notice", str, f"{where}.notice")
        url = _typed(entry, "url", str, f"{where}.url")
        for j, item in enumerate(_typed(entry, "holidays", list, f"{where}.holidays", [])):
            key = f"{where}.holidays[{j}]"
            name = _typed(item, "name", str, f"{key}.name")
            first, last = (
                _typed(item, "first", date, f"{key}.first"),
                _typed(item, "last", date, f"{key}.last"),
            )
            if last < first:
                raise CalendarError("reversed_holiday", key=key, value=f"{first} {last}")
            for n in range((last - first).days + 1):
                _once(special, first + n * _DAY, Day("holiday", (), name, notice, url), key)
        for j, item in enumerate(_typed(entry, "make_up", list, f"{where}.make_up", [])):
            key = f"{where}.make_up[{j}]"
            name = _typed(item, "name", str, f"{key}.name")
            make_up.append(
                (_typed(item, "day", date, f"{key}.day"), Day("make_up", ordinary, name, notice, url))
            )
            _once(special, *make_up[-1], key)
    for i, entry in enumerate(_typed(raw, "exception", list, "exception", [])):
        key = f"exception[{i}]"
        hours = tuple(read_slot(s, f"{key}.hours") for s in _typed(entry, "hours", list, f"{key}.hours"))
        reason = _typed(entry, "reason", str, f"{key}.reason")
        # An exception of the place overrides what the whole country has.
        special[_typed(entry, "day", date, f"{key}.day")] = Day("exception", hours, reason, reason)
    return WorkCalendar(
        days,
        zone=_typed(raw, "zone", str, "zone", "Asia/Shanghai"),
        special=special,
        noticed=frozenset(noticed),
        name=_typed(raw, "name", str, "name", ""),
        title=_typed(raw, "title", str, "title", ""),
    )


def _once(special: dict[date, Day], local: date, day: Day, key: str) -> None:
    if local in special:
        raise CalendarError("duplicate_day", key=key, value=str(local))
    special[local] = day


def _typed(raw: Any, name: str, kind: type, key: str, default: Any = None) -> Any:
    value = raw.get(name, default) if isinstance(raw, Mapping) else default
    if value is None:
        raise CalendarError("missing", key=key)
    if not isinstance(value, kind):
        raise CalendarError("bad_type", key=key, value=value)
    return value
