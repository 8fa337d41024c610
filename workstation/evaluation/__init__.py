"""Indicators as functions of the log, their tables, charts and documents."""

from .figures import Report, Row, behind, report
from .period import Period

__all__ = ["Period", "Report", "Row", "behind", "report"]
