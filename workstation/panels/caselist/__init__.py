"""The list of cases: what waits for the person, what is open, what is overdue, and everything."""

from .panel import CaseListPanel

__all__ = ["CaseListPanel"]
