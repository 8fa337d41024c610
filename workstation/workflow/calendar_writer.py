"""Writing a calendar as TOML: the text of an edition that was made in the program. Comments of the original are not kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from .calendar import WEEKDAYS

_PLAIN = ("name", "title", "timezone", "makeup_like", "holidays", "workdays")


def write_calendar(raw: Mapping[str, Any]) -> str:
    """The TOML text of what ``tomllib`` read from a calendar (or of the same, changed)."""
    lines = [f"{key} = {_value(raw[key])}" for key in _PLAIN if key in raw]
    lines += ["", "[week]"]
    week = raw.get("week", {})
    lines += [f"{day} = {_value(week[day])}" for day in WEEKDAYS if day in week]
    for year in raw.get("year", ()):
        lines += ["", "[[year]]"]
        lines += [f"{key} = {_value(year[key])}" for key in ("year", "notice", "url") if key in year]
        for key in ("holidays", "make_up"):
            if year.get(key):
                lines += [f"{key} = [", *(f"    {_table(item)}," for item in year[key]), "]"]
    for exception in raw.get("exception", ()):
        lines += ["", "[[exception]]"]
        lines += [f"{key} = {_value(exception[key])}" for key in ("day", "hours", "reason")]
    return "\n".join(lines) + "\n"


def _table(item: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in item.items()) + " }"


def _value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, int):
        return str(value)
    # A JSON string is a TOML basic string but for the one control character that JSON leaves as it is.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
