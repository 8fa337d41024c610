"""The case itself: its sheet 流转单, its facts, its clocks with their explanation, its photographs, its requests."""

from .panel import CasePanel

__all__ = ["CasePanel"]
