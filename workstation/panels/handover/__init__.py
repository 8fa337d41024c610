"""Shift handover 交班: what came in, went out and is open, told to who comes next and taken over by them."""

from .panel import HandoverPanel

__all__ = ["HandoverPanel"]
