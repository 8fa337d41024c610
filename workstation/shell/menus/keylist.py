"""The list of keys (F1): what the registry of actions binds, and what the keyboard does on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from ..widgets.basics import kind_label
from ..widgets.dialogs import MOST_OF_SCREEN, Dialog

if TYPE_CHECKING:
    from ..window import MainWindow

COLUMNS = 3
"""So that the list is seen as a whole on the smallest screen that is worked at."""


def show_keys(window: MainWindow) -> None:
    """Open the list."""
    translate = QCoreApplication.translate
    dialog = Dialog(translate("Menus", "快捷键"), window, icon="help", width=420)
    rows = [(spec.shortcut, spec.text.rstrip("…")) for spec in window.actions_.specs() if spec.shortcut]
    if window.context is not None:
        rows += _on_the_map()
    columns = COLUMNS if len(rows) > 2 * COLUMNS else 1
    high = -(-len(rows) // columns)
    beside = QHBoxLayout()
    beside.setSpacing(36)
    for first in range(0, len(rows), high):
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for at, (keys, words) in enumerate(rows[first : first + high]):
            grid.addWidget(kind_label(words), at, 0)
            grid.addWidget(kind_label(keys, "mono"), at, 1, Qt.AlignmentFlag.AlignRight)
        grid.setRowStretch(high, 1)
        beside.addLayout(grid)
    dialog.body.addLayout(beside)
    dialog.add_button(translate("Menus", "关闭"), "primary")
    dialog.ensurePolished()
    # Qt opens a dialog no wider than two thirds of the screen, and the longest words would be cut.
    dialog.setMinimumWidth(
        min(dialog.sizeHint().width(), round(window.screen().size().width() * MOST_OF_SCREEN))
    )
    dialog.open()


def _on_the_map() -> list[tuple[str, str]]:
    """What the canvas does with keys by itself, while it has the keyboard."""
    translate = QCoreApplication.translate
    return [
        ("↑ ↓ ← →  + -", translate("Menus", "地图：移动、缩放")),
        ("Home", translate("Menus", "地图：回到全区")),
        ("Backspace", translate("Menus", "地图：上一个视图")),
        ("*", translate("Menus", "地图：自动保持全部案卷在视图内")),
        ("Tab", translate("Menus", "地图：下一件案卷")),
        ("Space", translate("Menus", "地图：选中这一件")),
        ("Enter  D", translate("Menus", "地图：派给谁")),
        ("Esc", translate("Menus", "地图：放弃、收起、取消选择")),
    ]
