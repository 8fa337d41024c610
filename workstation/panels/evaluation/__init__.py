"""The evaluation panel (综合评价): figures of a period by unit, grid or street office, each opening its cases."""

from .panel import EvaluationPanel

__all__ = ["EvaluationPanel"]
