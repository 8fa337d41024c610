"""What is wrong with a calendar or a limit, in English and with what to do: for the command line."""

from __future__ import annotations

from .calendar import CalendarError
from .limits import LimitError

_CALENDAR = {
    "not_toml": "the file is no TOML: {problem}. Correct it there.",
    "not_text": "the file is no UTF-8 text: {problem}. Save it as UTF-8.",
    "missing": "{key} is missing. Add it.",
    "bad_type": "{key} is {value!r}, which is the wrong kind of value. See docs/calendars.md.",
    "unknown_key": "{key} is no key of a calendar. Correct its spelling or take it out; docs/calendars.md lists them.",
    "unknown_zone": "{key} {value!r} is no time zone. Name one as Asia/Shanghai.",
    "bad_time": "{key}: {value!r} is no working time. Write it as 08:00-12:00.",
    "bad_date": "{key}: {value!r} is no date. Write it as 2026-10-01.",
    "reversed_slot": "{key}: {value} ends before it begins. Write the earlier time first.",
    "empty_slot": "{key}: {value} holds no time. Take it out or give it a length.",
    "overlapping_slots": "{key}: {value} overlap. Let one end before the other begins.",
    "no_working_time": "no day of the week is worked. Give [week] at least one day with hours.",
    "reversed_holiday": "{key}: {value} ends before it begins. Write the first day first.",
    "duplicate_day": "{key}: {value} is named before with another meaning. Name each day once.",
    "twice": "{key} stands twice, above and below [week]. Keep one of them.",
    "bad_makeup_like": "{key} {value!r} is no day of the week with hours. Name one whose hours make-up days have.",
    "no_such_calendar": "there is no calendar {value!r}. There are: {names}.",
    "out_of_range": "the deadline lies outside the years that can be counted (1950 to 2200). Correct the start or the limit.",
}
_LIMIT = {
    "empty": "it is empty. Write a number and a unit, as 5 work_days.",
    "no_number": "{text!r} names no number. Write a number and a unit, as 5 work_days.",
    "bad_number": "{part!r} in {text!r} is no number that can be read one way only. Write it in figures.",
    "not_positive": "{text!r} is not above zero. Write how long the limit is.",
    "unknown_unit": "{unit!r} in {text!r} is no unit. Use urgent_hours, urgent_days, work_hours, work_days, "
    "natural_hours or natural_days.",
    "ambiguous": "{text!r} can be read in more than one way ({parts}). Write one number and one unit.",
    "leading": "{part!r} in {text!r} stands before the number. Write the number and the unit alone.",
    "trailing": "{part!r} in {text!r} stands behind the unit. Write the number and the unit alone.",
}


def calendar_words(error: CalendarError) -> str:
    """What is wrong with the calendar, and what to do."""
    data = {k: ", ".join(v) if isinstance(v, list) else v for k, v in error.data.items()}
    return _CALENDAR[error.code].format(**data)


def limit_words(error: LimitError) -> str:
    """Why the words are not one limit, and what to do."""
    data = {k: ", ".join(v) if isinstance(v, list) else v for k, v in error.data.items()}
    return _LIMIT[error.code].format(text=error.text, **data)
