"""The regular meeting 例会: its agenda by topic and unit, what it decides on each case, and the minutes."""

from .panel import MeetingPanel

__all__ = ["MeetingPanel"]
