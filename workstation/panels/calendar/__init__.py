"""The dock of the working calendar (工作日历)."""

from .panel import CalendarPanel

__all__ = ["CalendarPanel"]
