"""Filing (立案): the shift leader judges what was registered and checked, by the handbook, and files it or does not."""

from .panel import FilingPanel

__all__ = ["FilingPanel"]
