"""What the menu 地图 holds. Every action works on the map in hand (``context.canvas``) at the moment it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from .actions import ActionSpec

if TYPE_CHECKING:
    from .window import MainWindow


def build_map_menu(window: MainWindow) -> None:
    """Register the actions of the menu 地图 (key "map"); somebody works when this is called."""
    translate = QCoreApplication.translate
    context = window.context
    if context is None:
        return
    add = window.actions_.add
    add(
        ActionSpec(
            "case.locate",
            translate("Menus", "在地图上定位"),
            "map",
            lambda: _locate(window),
            "pin",
            "Ctrl+M",
        )
    )
    add(
        ActionSpec(
            "map.full",
            translate("Menus", "全图"),
            "map",
            lambda: context.canvas.full_extent(),
            "fit",
            "Ctrl+0",
        )
    )
    add(
        ActionSpec(
            "map.export",
            translate("Menus", "导出地图…"),
            "map",
            lambda: _export_map(window),
            "print",
            "Ctrl+P",
        )
    )


def _export_map(window: MainWindow) -> None:
    from .mapexport import MapExportDialog  # seldom wanted

    if window.context is not None:
        MapExportDialog(window.context, window).open()


def _locate(window: MainWindow) -> None:
    context = window.context
    if context is None or not context.selection.current:
        return

    def fly(case) -> None:  # type: ignore[no-untyped-def]
        if case.lon is None or case.lat is None:
            context.notify(QCoreApplication.translate("Menus", "这个案卷没有位置"), "warning")
        else:
            context.canvas.fly_to(case.lon, case.lat, 2000)

    from ..services.scope import case_for  # not before the window is there

    context.tasks.run(
        case_for,
        context.services,
        context.selection.current,
        context.actor,
        owner=window,
        on_done=fly,
        key="locate",
    )
