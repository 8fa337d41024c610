"""Indicators as functions of the log, their tables, charts and documents."""

from .period import Period
from .report import Report, Row, behind, report

__all__ = ["Period", "Report", "Row", "behind", "report"]
