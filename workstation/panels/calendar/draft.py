"""A calendar being edited: the parsed text, and the changes that the editor makes to it. No Qt, no database."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Any

from workstation.services.rules.calendars import DayChange, changed_days
from workstation.workflow.calendar import WEEKDAYS, WorkCalendar, slot_text
from workstation.workflow.calendar_writer import write_calendar
from workstation.workflow.notice import Notice, with_notice


class Draft:
    """The text of an edition and what becomes of it. Every change is checked at once; CalendarError leaves it as it was."""

    def __init__(self, text: str) -> None:
        self._before = text
        self._raw = tomllib.loads(text)
        self.base = WorkCalendar.from_text(text)
        """The calendar that the draft was made from."""
        self.calendar = self.base
        """The calendar as it would be."""
        self._steps: list[dict[str, Any]] = []

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self._steps)

    def text(self) -> str:
        """The text of the next edition; the unchanged one word for word."""
        return write_calendar(self._raw) if self.changed else self._before

    def days(self) -> list[DayChange]:
        """The dates that are otherwise than before, those that the weekly hours alone change left out."""
        found = changed_days(self.base, self.calendar)
        return [c for c in found if c.before.kind != "work" or c.after.kind != "work"]

    def undo(self) -> None:
        """Take the last change back."""
        self._raw = self._steps.pop()
        self.calendar = WorkCalendar.from_text(write_calendar(self._raw)) if self._steps else self.base

    # ---- changes -------------------------------------------------------------------------------------------------

    def hours(self, weekday: int) -> str:
        """The hours of a day of the week (0 is Monday) as they are typed: 08:00-12:00 14:00-18:00."""
        return " ".join(str(slot) for slot in self._raw.get("week", {}).get(WEEKDAYS[weekday], ()))

    def set_hours(self, weekday: int, words: str) -> None:
        """Other hours for a day of the week; no words: free."""
        week = {**self._raw.get("week", {}), WEEKDAYS[weekday]: split_hours(words)}
        self._put({**self._raw, "week": {day: week[day] for day in WEEKDAYS if day in week}})

    def exception(self, day: date) -> dict[str, Any] | None:
        """What the place has arranged for that day itself."""
        found: list[dict[str, Any]] = self._raw.get("exception", [])
        return next((entry for entry in found if entry["day"] == day), None)

    def set_exception(self, day: date, words: str, reason: str) -> None:
        """The place's own hours for a day; no words: a day off."""
        entry = {"day": day, "hours": split_hours(words), "reason": reason}
        others = [e for e in self._raw.get("exception", ()) if e["day"] != day]
        self._put({**self._raw, "exception": sorted([*others, entry], key=lambda e: str(e["day"]))})

    def drop_exception(self, day: date) -> None:
        """The day is again as the week and the notices have it."""
        others = [e for e in self._raw.get("exception", ()) if e["day"] != day]
        self._put({**self._raw, "exception": others})

    def take_notice(self, notice: Notice) -> None:
        """The days of a year's notice."""
        self._put(with_notice(self._raw, notice))

    def _put(self, raw: dict[str, Any]) -> None:
        calendar = WorkCalendar.from_text(write_calendar(raw))
        self._steps.append(self._raw)
        self._raw, self.calendar = raw, calendar


def split_hours(words: str) -> list[str]:
    """``08:00-12:00，14:00-18:00`` as its slots; full-width punctuation and words between them are understood."""
    plain = words.translate(str.maketrans("，、；：－—~～", "   :----")).replace(",", " ").replace("至", "-")
    return plain.split()


def hours_text(slots: Sequence[Any]) -> str:
    """The slots of a day: 08:00-12:00 14:00-18:00."""
    return " ".join(slot_text(slot) for slot in slots)
