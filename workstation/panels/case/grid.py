"""Names and values, one below the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from workstation.shell.widgets import kind_label


def facts_grid(rows: list[tuple[str, str]], tips: dict[str, str] | None = None) -> QGridLayout:
    """Names and values; rows without a value are left out. ``tips``: tooltips of values, by the row's name."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    for at, (name, value) in enumerate((name, value) for name, value in rows if value):
        caption = kind_label(name, "muted")
        caption.setMinimumWidth(58)
        grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
        words = QLabel(value)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setToolTip((tips or {}).get(name, ""))
        grid.addWidget(words, at, 1)
    return grid


def wrapped(words: str, kind: str = "label") -> QLabel:
    """A text that wraps and can be selected."""
    label = kind_label(words, kind)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
