"""Evaluation periods: half-open, in the city's local days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` (inclusive) to ``until`` (exclusive), aware."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise ValueError("a period needs time zones")
        if self.since >= self.until:
            raise ValueError("a period ends after it begins")

    @classmethod
    def days(cls, first: date, last: date) -> Period:
        """Whole local days, ``last`` included."""
        return cls(_midnight(first), _midnight(last + timedelta(days=1)))

    @classmethod
    def week(cls, now: datetime) -> Period:
        """The local week of ``now``, from Monday."""
        today = now.astimezone(ZONE).date()
        monday = today - timedelta(days=today.weekday())
        return cls.days(monday, monday + timedelta(days=6))

    @classmethod
    def month(cls, now: datetime, back: int = 0) -> Period:
        """The local month of ``now``, or ``back`` months before it."""
        today = now.astimezone(ZONE).date()
        index = today.year * 12 + today.month - 1 - back
        first = date(index // 12, index % 12 + 1, 1)
        after = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
        return cls(_midnight(first), _midnight(after))

    @classmethod
    def last_days(cls, now: datetime, count: int) -> Period:
        """The last ``count`` local days, today included."""
        today = now.astimezone(ZONE).date()
        return cls.days(today - timedelta(days=count - 1), today)

    @property
    def first_day(self) -> date:
        """The first local day."""
        return self.since.astimezone(ZONE).date()

    @property
    def last_day(self) -> date:
        """The last local day."""
        return (self.until - timedelta(microseconds=1)).astimezone(ZONE).date()

    def each_day(self) -> list[date]:
        """Every local day of the period."""
        count = (self.last_day - self.first_day).days + 1
        return [self.first_day + timedelta(days=n) for n in range(count)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
