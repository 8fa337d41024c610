"""Acceptance (受理): reports are taken down or completed, checked for duplicates, sent to be checked, or answered."""

from .panel import AcceptancePanel

__all__ = ["AcceptancePanel"]
