"""Coordination (协调会商): whose is it, where nobody or two say; decided by the body whose turn it is, with binding effect."""

from .panel import CoordinationPanel

__all__ = ["CoordinationPanel"]
