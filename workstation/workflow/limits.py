"""The units in which the regulations set limits, and what an amount of each is in counted time."""

from __future__ import annotations

from .calendar import MINUTE, WorkCalendar

HOUR = 60 * MINUTE
DAY = 24 * HOUR

CONTINUOUS: dict[str, int] = {
    "urgent_hours": HOUR,
    "urgent_days": DAY,
    "natural_hours": HOUR,
    "natural_days": DAY,
}
"""Units whose clock runs day and night, in microseconds."""

WORKING = ("work_hours", "work_days")
UNITS = (*CONTINUOUS, *WORKING)

URGENT_OF = {"work_hours": "urgent_hours", "work_days": "urgent_days", "natural_hours": "urgent_hours",
             "natural_days": "urgent_days"}  # fmt: skip
"""What a unit becomes for an emergency, whose clock ignores working days (MQ-29-EMERGENCY)."""


def is_working(unit: str) -> bool:
    """Whether the unit counts working time only."""
    return unit in WORKING


def budget(amount: float, unit: str, calendar: WorkCalendar) -> int:
    """``amount`` of the unit as counted microseconds. A work day is the working time of an ordinary day.

    Python's integers do not overflow: a limit of 50 days is 50 days. KeyError for an unknown unit.
    """
    if unit == "work_days":
        return round(amount * calendar.ordinary_day)
    if unit == "work_hours":
        return round(amount * HOUR)
    return round(amount * CONTINUOUS[unit])
