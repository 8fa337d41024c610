"""Accounts (账号): who may sign in, who sits where, what happened; opened, closed, unlocked and reset by administrators."""

from .panel import AccountsPanel

__all__ = ["AccountsPanel"]
