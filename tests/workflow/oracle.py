"""A slow, simple-minded judge of deadlines: walks minute by minute with a watch and a paper calendar.

It shares nothing with the program: it has its own idea of a week, of days off and of pauses, and writes them down as the
TOML that the program reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

MINUTE = timedelta(minutes=1)
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Hours = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Paper:
    """A calendar on paper. ``week``: hours of each day as (from, to) minutes; the wall clock is UTC plus ``offset`` hours."""

    week: tuple[Hours, ...]
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()
    like: int = 0
    zone: str = "Asia/Shanghai"
    offset: int = 8

    def hours(self, day: date) -> Hours:
        if day in self.off:
            return ()
        return self.week[self.like] if day in self.on else self.week[day.weekday()]

    def toml(self) -> str:
        """The same for the program."""
        lines = [f'timezone = "{self.zone}"']
        lines += [f"holidays = [{', '.join(map(str, sorted(self.off)))}]"] if self.off else []
        lines += [f"workdays = [{', '.join(map(str, sorted(self.on)))}]"] if self.on else []
        lines += [f'makeup_like = "{NAMES[self.like]}"'] if self.on else []
        lines.append("[week]")
        for name, hours in zip(NAMES, self.week, strict=True):
            if hours:
                spans = ", ".join(
                    f'"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}"' for a, b in hours
                )
                lines.append(f"{name} = [{spans}]")
        return "\n".join(lines) + "\n"

    def ordinary_minutes(self) -> int:
        """The working minutes of the commonest kind of working day; of equally common ones the longer."""
        lengths = [sum(b - a for a, b in hours) for hours in self.week if hours]
        return max(sorted(set(lengths), reverse=True), key=lengths.count)


def minutes_of(amount: float, unit: str, paper: Paper) -> int:
    """How many minutes the limit has to count."""
    each = {
        "work_hours": 60,
        "work_days": paper.ordinary_minutes(),
        "urgent_hours": 60,
        "natural_hours": 60,
        "urgent_days": 1440,
        "natural_days": 1440,
    }[unit]
    minutes = amount * each
    assert abs(minutes - round(minutes)) < 1e-6
    return round(minutes)


def walk(
    start: datetime, minutes: int, unit: str, paper: Paper, pauses: list[tuple[datetime, datetime]]
) -> datetime:
    """Where the last of the minutes has been counted, one after the other. ``start`` and pauses lie on whole minutes."""
    at = start
    wall = timezone(timedelta(hours=paper.offset))
    while minutes:
        local = at.astimezone(wall)
        of_day = local.hour * 60 + local.minute
        counts = not unit.startswith("work") or any(a <= of_day < b for a, b in paper.hours(local.date()))
        if counts and not any(a <= at < b for a, b in pauses):
            minutes -= 1
        at += MINUTE
    return at
