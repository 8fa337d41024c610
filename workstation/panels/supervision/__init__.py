"""Supervision 督办: overdue, nearly due, key cases without progress, directions without an answer; by unit, one or many."""

from .panel import SupervisionPanel

__all__ = ["SupervisionPanel"]
