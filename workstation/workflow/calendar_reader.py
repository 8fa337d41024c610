"""Reading a calendar written in TOML: weekly hours, plain lists of days, the years' notices, the place's exceptions.

There is one form with two ways of naming days, which may stand side by side: ``holidays`` and ``workdays`` as plain
lists of dates, or ``[[year]]`` with the holidays and make-up days of a notice by name. See docs/calendars.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from .calendar import WEEKDAYS, CalendarError, Day, Slot, WorkCalendar, check_slots

_DAY = timedelta(days=1)
_PLAIN = frozenset({"holidays", "workdays", "makeup_like"})
_KEYS = frozenset({"name", "title", "timezone", "week", "year", "exception"}) | _PLAIN
_YEAR_KEYS = frozenset({"year", "notice", "url", "holidays", "make_up"})
_ITEM_KEYS = frozenset({"name", "first", "last", "day"})
_EXCEPTION_KEYS = frozenset({"day", "hours", "reason"})


def read_slot(text: Any, key: str) -> Slot:
    """The slot written ``08:00-12:00``; 24:00 is the end of the day."""
    try:
        start, end = (_minute(part) for part in str(text).split("-"))
    except ValueError as error:
        raise CalendarError("bad_time", key=key, value=text) from error
    return Slot(start, end)


def _minute(text: str) -> int:
    hour, minute = text.strip().split(":")
    if not (len(hour) in (1, 2) and len(minute) == 2 and (hour + minute).isascii() and 0 <= int(minute) < 60):
        raise ValueError(text)
    return int(hour) * 60 + int(minute)


def read_calendar(raw: Mapping[str, Any]) -> WorkCalendar:
    """The calendar that a parsed TOML document describes."""
    _known(raw, _KEYS, "")
    week = dict(_typed(raw, "week", dict, "week"))
    plain = _plain_lists(raw, week)
    _known(week, frozenset(WEEKDAYS), "week.")
    days = [
        tuple(read_slot(s, f"week.{name}") for s in _typed(week, name, list, f"week.{name}", []))
        for name in WEEKDAYS
    ]
    like = _typed(plain, "makeup_like", str, "makeup_like", "monday")
    if like not in WEEKDAYS:
        raise CalendarError("bad_makeup_like", key="makeup_like", value=like)
    ordinary = check_slots(days[WEEKDAYS.index(like)], like)
    special: dict[date, Day] = {}
    for name, day in (("holidays", Day("holiday", ())), ("workdays", Day("make_up", ordinary))):
        listed = _typed(plain, name, list, name, [])
        # Naming a day twice in one list says the same twice; in both lists it says two things.
        for local in {_date(value, f"{name}[{i}]") for i, value in enumerate(listed)}:
            _once(special, local, day, name)
    noticed = _read_years(_typed(raw, "year", list, "year", []), ordinary, special)
    if any(day.kind == "make_up" and not day.slots for day in special.values()):
        raise CalendarError("bad_makeup_like", key="makeup_like", value=like)
    for i, entry in enumerate(_typed(raw, "exception", list, "exception", [])):
        key = f"exception[{i}]"
        _known(entry, _EXCEPTION_KEYS, f"{key}.")
        hours = tuple(read_slot(s, f"{key}.hours") for s in _typed(entry, "hours", list, f"{key}.hours"))
        reason = _typed(entry, "reason", str, f"{key}.reason")
        # An exception of the place overrides what the whole country has.
        special[_date(_given(entry, "day", f"{key}.day"), f"{key}.day")] = Day(
            "exception", hours, reason, reason
        )
    return WorkCalendar(
        days,
        zone=_typed(raw, "timezone", str, "timezone", "Asia/Shanghai"),
        special=special,
        noticed=frozenset(noticed) if "year" in raw else None,
        name=_typed(raw, "name", str, "name", ""),
        title=_typed(raw, "title", str, "title", ""),
    )


def _plain_lists(raw: Mapping[str, Any], week: dict[str, Any]) -> dict[str, Any]:
    """The plain lists of days. Written after ``[week]`` they are TOML's part of it, and taken from there."""
    plain = {name: raw[name] for name in _PLAIN & raw.keys()}
    for name in sorted(_PLAIN & week.keys()):
        if name in plain:
            raise CalendarError("twice", key=name, value=f"week.{name}")
        plain[name] = week.pop(name)
    return plain


def _read_years(
    entries: Sequence[Any], ordinary: tuple[Slot, ...], special: dict[date, Day]
) -> frozenset[int]:
    """Take the notices' days into ``special``; the years that have a notice."""
    noticed = set()
    for i, entry in enumerate(entries):
        where = f"year[{i}]"
        noticed.add(_typed(entry, "year", int, f"{where}.year"))
        _known(entry, _YEAR_KEYS, f"{where}.")
        notice = _typed(entry, "notice", str, f"{where}.notice")
        url = _typed(entry, "url", str, f"{where}.url", "")
        for j, item in enumerate(_typed(entry, "holidays", list, f"{where}.holidays", [])):
            key = f"{where}.holidays[{j}]"
            name = _typed(item, "name", str, f"{key}.name")
            _known(item, _ITEM_KEYS - {"day"}, f"{key}.")
            first = _date(_given(item, "first", f"{key}.first"), f"{key}.first")
            last = _date(_given(item, "last", f"{key}.last"), f"{key}.last")
            if last < first:
                raise CalendarError("reversed_holiday", key=key, value=f"{first} {last}")
            for n in range((last - first).days + 1):
                _once(special, first + n * _DAY, Day("holiday", (), name, notice, url), key)
        for j, item in enumerate(_typed(entry, "make_up", list, f"{where}.make_up", [])):
            key = f"{where}.make_up[{j}]"
            name = _typed(item, "name", str, f"{key}.name")
            _known(item, _ITEM_KEYS - {"first", "last"}, f"{key}.")
            local = _date(_given(item, "day", f"{key}.day"), f"{key}.day")
            _once(special, local, Day("make_up", ordinary, name, notice, url), key)
    return frozenset(noticed)


def _once(special: dict[date, Day], local: date, day: Day, key: str) -> None:
    if local in special:
        raise CalendarError("duplicate_day", key=key, value=str(local))
    special[local] = day


def _known(raw: Any, keys: frozenset[str], where: str) -> None:
    for key in sorted(raw.keys() - keys):
        raise CalendarError("unknown_key", key=f"{where}{key}")


def _date(value: Any, key: str) -> date:
    """A date, as TOML's own or as text ``2026-10-01``; a date with a time of day is none."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise CalendarError("bad_date", key=key, value=value) from error
    if isinstance(value, datetime) or not isinstance(value, date):
        raise CalendarError("bad_date", key=key, value=str(value))
    return value


def _given(raw: Any, name: str, key: str) -> Any:
    if name not in raw:
        raise CalendarError("missing", key=key)
    return raw[name]


def _typed(raw: Any, name: str, kind: type, key: str, default: Any = None) -> Any:
    value = raw.get(name, default) if isinstance(raw, Mapping) else default
    if value is None:
        raise CalendarError("missing", key=key)
    # A bool is an int to Python, and never one here.
    if not isinstance(value, kind) or isinstance(value, bool):
        raise CalendarError("bad_type", key=key, value=str(value))
    return value
