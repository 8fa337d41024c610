"""A figure as ``workstation bench`` shows it: one form for all benchmarks."""

from __future__ import annotations

from typing import Any


def figure(
    name: str, value: float, unit: str, anchor: float | None = None, limit: float | None = None, **more: Any
) -> dict[str, Any]:
    """A value, what was measured beside it in the same run, and the largest value that meets the goal (None: no goal)."""
    return {
        "figure": name,
        "value": round(value, 3),
        "unit": unit,
        "anchor": None if anchor is None else round(anchor, 3),
        "ratio": round(value / anchor, 4) if anchor else None,
        "goal": "" if limit is None else f"<= {limit:g} {unit}".strip(),
        "met": None if limit is None else value <= limit,
        **more,
    }
