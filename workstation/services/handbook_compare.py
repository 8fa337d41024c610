"""Two editions of a handbook beside each other: the domain's comparison, at the one door."""

from __future__ import annotations

from ..workflow.handbook_compare import HEAD, PARTS, WHOLE, Difference, Facts, compare, facts, summary

__all__ = ["HEAD", "PARTS", "WHOLE", "Difference", "Facts", "compare", "facts", "summary"]
