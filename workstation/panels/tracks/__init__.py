"""The dock 轨迹回放: ways that collectors, crews and vehicles came, played again."""

from .panel import TracksPanel

__all__ = ["TracksPanel"]
