"""The shared widgets under one name; each family lives in a module of its own."""

from __future__ import annotations

from .bars import FilterButton, SegmentBar, StageBar, short_number
from .basics import (
    Badge,
    Card,
    EmptyState,
    FormRow,
    LightDot,
    ScrollBody,
    SectionHeader,
    button,
    empty,
    kind_label,
    line,
    paint_badge,
    paint_light,
    refresh_icons,
    soft,
    stage_names,
    state_tone,
    tool_button,
)
from .dialogs import (
    ConfirmDialog,
    Dialog,
    PhraseBar,
    ReasonDialog,
)
from .flow import FlowLayout
from .photos import PhotoStrip, PhotoViewer
from .pickers import ClassPicker, UnitCombo
from .toast import Toast, ToastStack

__all__ = [
    "Badge",
    "Card",
    "ClassPicker",
    "ConfirmDialog",
    "Dialog",
    "EmptyState",
    "FilterButton",
    "FlowLayout",
    "FormRow",
    "LightDot",
    "PhotoStrip",
    "PhotoViewer",
    "PhraseBar",
    "ReasonDialog",
    "ScrollBody",
    "SectionHeader",
    "SegmentBar",
    "StageBar",
    "Toast",
    "ToastStack",
    "UnitCombo",
    "button",
    "empty",
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
