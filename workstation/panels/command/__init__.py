"""Command in real time 指挥调度: operations, orders to units, and how fast each of them responds."""

from .panel import CommandPanel

__all__ = ["CommandPanel"]
