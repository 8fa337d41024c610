"""The handbook panel (指挥手册): the edition in force part by part, drafts, comparison, approval, history."""

from .panel import HandbookPanel

__all__ = ["HandbookPanel"]
