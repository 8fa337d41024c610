"""Dispatching (派遣): filed cases to whoever is responsible, by suggestion, tree or map; and what units apply for."""

from .panel import DispatchPanel

__all__ = ["DispatchPanel"]
