"""What the menus hold for the selection and its dispatch: choosing, sending, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from .actions import ActionSpec

if TYPE_CHECKING:
    from ..window import MainWindow


def build_selection_menu(window: MainWindow) -> None:
    """Register what can be done with chosen cases: sending in the menu 案卷, choosing in the menu 地图."""
    translate = QCoreApplication.translate
    context = window.context
    if context is None:
        return
    add, selecting, drags = window.actions_.add, context.selecting, context.drags
    sending = (
        ("case.dispatch", translate("Menus", "派给谁…"), selecting.dispatch, "send", "Ctrl+D"),
        ("case.undo", translate("Menus", "撤销派遣"), lambda: drags.desk.undo(), "undo", "Ctrl+Z"),
        ("case.results", translate("Menus", "派遣结果…"), lambda: drags.desk.show_results(), "", ""),
        ("case.requirement", translate("Menus", "修改派遣要求…"), lambda: drags.desk.ask_anew(), "", ""),
    )
    for place, (key, words, run, icon, keys) in enumerate(sending):
        add(ActionSpec(key, words, "case", run, icon, keys, separated=place == 0))
    choosing = (
        (
            "select.view",
            translate("Menus", "选择视图内全部案卷"),
            lambda: selecting.choose_in_view(),
            "Ctrl+Shift+A",
        ),
        ("select.invert", translate("Menus", "反选（视图内）"), lambda: selecting.invert(), "Ctrl+Shift+I"),
        ("select.clear", translate("Menus", "取消选择"), selecting.clear, ""),
        (
            "select.zoom",
            translate("Menus", "缩放到所选案卷"),
            lambda: selecting.zoom_to(context.canvas),
            "Ctrl+Shift+M",
        ),
    )
    for key, words, run, keys in choosing:
        add(ActionSpec(key, words, "map", run, "", keys, under=translate("Menus", "选择案卷")))
