"""The shared widgets under one name; each family lives in a module of its own."""

from __future__ import annotations

from .basics import (
    Badge,
    Card,
    EmptyState,
    FormRow,
    LightDot,
    ScrollBody,
    SectionHeader,
    SegmentBar,
    StageBar,
    button,
    kind_label,
    line,
    paint_badge,
    paint_light,
    refresh_icons,
    short_number,
    soft,
    stage_names,
    state_tone,
    tool_button,
)

__all__ = [
    "Badge",
    "Card",
    "EmptyState",
    "FormRow",
    "LightDot",
    "ScrollBody",
    "SectionHeader",
    "SegmentBar",
    "StageBar",
    "button",
    "kind_label",
    "line",
    "paint_badge",
    "paint_light",
    "refresh_icons",
    "short_number",
    "soft",
    "stage_names",
    "state_tone",
    "tool_button",
]
