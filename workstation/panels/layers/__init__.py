"""Layers and legend (图层图例): what the map shows, what its symbols mean, and which open cases lie over it."""

from .panel import LayersPanel

__all__ = ["LayersPanel"]
