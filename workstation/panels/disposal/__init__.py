"""Disposal (处置): a unit's own view. It receives, goes to the spot, feeds back with photographs, or applies."""

from .panel import DisposalPanel

__all__ = ["DisposalPanel"]
