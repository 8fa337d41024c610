"""The dock 责任区检查: where nobody answers, and where two do."""

from .panel import AreasPanel

__all__ = ["AreasPanel"]
