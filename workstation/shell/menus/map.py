"""What the menu 地图 holds. Every action works on the map in hand (``context.canvas``) at the moment it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ..registry import entry
from . import demopatrol
from .actions import ActionSpec

if TYPE_CHECKING:
    from ..maps.windows import MapWindows
    from ..window import MainWindow


def build_map_menu(window: MainWindow) -> None:
    """Register the actions of the menu 地图 (key "map"); somebody works when this is called."""
    translate = QCoreApplication.translate
    context = window.context
    if context is None:
        return
    add = window.actions_.add
    add(
        ActionSpec(
            "map.find",
            translate("Menus", "在地图上查找"),
            "map",
            lambda: window.finders is not None and window.finders.come(),
            "search",
            "Ctrl+K",
        )
    )
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
            "map.refit",
            translate("Menus", "全部案卷，并随案卷变化"),
            "map",
            lambda: context.canvas.let_go(),
            "fit",
            "Ctrl+Shift+0",
        )
    )
    add(
        ActionSpec(
            "map.back",
            translate("Menus", "上一视图"),
            "map",
            lambda: context.canvas.previous_view(),
            "undo",
            "Ctrl+Alt+0",
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
    _add_windows(window)
    _add_tools(window)
    _add_responsibility(window)
    demopatrol.offer(window)


def _add_responsibility(window: MainWindow) -> None:
    """Whose a place is: gaps and overlaps, and how units are recommended."""
    translate = QCoreApplication.translate
    specs = (
        ("areas", translate("Menus", "责任区盲区与重叠"), lambda: window.open_panel("areas"), "areas"),
        ("switches", translate("Menus", "推荐与自动派遣…"), lambda: _switches(window), "settings"),
    )
    if window.context is None or not entry("areas").visible_to(
        window.context.actor.post, window.context.services.handbook
    ):
        return
    for key, words, run, icon in specs:
        window.actions_.add(ActionSpec(f"map.{key}", words, "map", run, icon, separated=key == "areas"))


def _switches(window: MainWindow) -> None:
    from ...panels.common.switches import SwitchDialog

    if window.context is not None:
        SwitchDialog(window.context, window).open()


def _add_windows(window: MainWindow) -> None:
    """Map windows, and what each of them shows in its own way."""
    translate = QCoreApplication.translate
    specs = (
        ("new", translate("Menus", "新建地图窗口"), _new_window, "map-window", "Ctrl+Shift+N"),
        ("next", translate("Menus", "下一个地图窗口"), _next_window, "chevron-right", "F6"),
        ("link", translate("Menus", "跟随主图 / 独立浏览"), _turn_link, "link", "Ctrl+Shift+G"),
        ("rename", translate("Menus", "重命名地图窗口…"), _rename, "edit", ""),
        ("close", translate("Menus", "关闭地图窗口"), _close_window, "close", "Ctrl+Shift+W"),
        ("filter", translate("Menus", "本窗口显示的案卷…"), _filter, "filter", "Ctrl+Shift+F"),
        ("overview", translate("Menus", "鹰眼"), _overview, "overview", "Ctrl+Shift+E"),
        ("heat", translate("Menus", "热力图…"), _heat, "heat", "Ctrl+Shift+H"),
        ("time", translate("Menus", "时间轴"), _time, "clock", "Ctrl+Shift+T"),
    )
    for key, words, run, icon, keys in specs:
        window.actions_.add(
            ActionSpec(
                f"map.{key}",
                words,
                "map",
                lambda run=run: window.maps is not None and run(window.maps, window),  # type: ignore[misc]
                icon,
                keys,
                separated=key in ("new", "filter"),
            )
        )


def _add_tools(window: MainWindow) -> None:
    """Tools of the map in hand, and the panels that belong to them."""
    from ..maps import work as mapwork

    translate = QCoreApplication.translate
    context = window.context
    if context is None:
        return
    work = mapwork.of(context)
    work.attach(window)

    def take(name: str) -> None:
        context.canvas.set_tool(name)
        context.canvas.setFocus()

    specs = (
        ("identify", translate("Menus", "查询此处的一切"), lambda: take("identify"), "info", "Ctrl+Alt+I"),
        ("measure", translate("Menus", "量测距离"), lambda: take("measure"), "ruler", "Ctrl+Alt+L"),
        ("measure_area", translate("Menus", "量测面积"), lambda: take("measure_area"), "ruler", "Ctrl+Alt+A"),
        ("query_box", translate("Menus", "拉框查询"), lambda: take("query_box"), "zoom-box", "Ctrl+Alt+Q"),
        (
            "query_polygon",
            translate("Menus", "多边形查询"),
            lambda: take("query_polygon"),
            "edit",
            "Ctrl+Alt+P",
        ),
        (
            "query_circle",
            translate("Menus", "圆形查询"),
            lambda: take("query_circle"),
            "overview",
            "Ctrl+Alt+C",
        ),
        ("here", translate("Menus", "查询地图中心的一切"), work.identify_middle, "info", "Ctrl+Alt+H"),
        ("nearest", translate("Menus", "离当前案卷最近的队伍"), work.nearest_to_case, "people", "Ctrl+Alt+N"),
        ("around", translate("Menus", "当前案卷周边查询"), work.around_case, "search", "Ctrl+Alt+R"),
        ("clear_measures", translate("Menus", "清除全部量测"), work.clear_measures, "trash", ""),
    )
    for key, words, run, icon, keys in specs:
        window.actions_.add(
            ActionSpec(
                f"map.{key}",
                words,
                "map",
                run,
                icon,
                keys,
                separated=key == "here",
                under=translate("Menus", "查询与量测"),
            )
        )


def _new_window(maps: MapWindows, _window: MainWindow) -> None:
    maps.new()


def _next_window(maps: MapWindows, _window: MainWindow) -> None:
    maps.next()


def _turn_link(maps: MapWindows, window: MainWindow) -> None:
    """One way of going with the main map after the other."""
    from ..maps.links import Link

    one = maps.current
    if one is maps.main:
        words = QCoreApplication.translate("Menus", "主图由其他地图窗口跟随，先点选要跟随的窗口")
        _say(window, words)
    else:
        order = (Link.VIEW, Link.CENTER, Link.FREE)
        one.set_link(order[(order.index(one.link) + 1) % len(order)])


def _rename(maps: MapWindows, window: MainWindow) -> None:
    from ..maps.filter import RenameDialog

    if maps.current is maps.main:
        _say(window, QCoreApplication.translate("Menus", "主图没有别的名称"))
    else:
        RenameDialog(maps.current, maps.current.frame).open()


def _close_window(maps: MapWindows, window: MainWindow) -> None:
    if maps.current is maps.main:
        _say(window, QCoreApplication.translate("Menus", "主图不能关闭"))
    else:
        maps.close(maps.current)


def _filter(maps: MapWindows, _window: MainWindow) -> None:
    from ..maps.filter import MapFilterDialog

    MapFilterDialog(maps.current, maps.current.frame).open()


def _overview(maps: MapWindows, _window: MainWindow) -> None:
    maps.current.toggle_overview()


def _heat(maps: MapWindows, _window: MainWindow) -> None:
    from ..maps.heatdialog import HeatDialog

    HeatDialog(maps.current, maps.current.frame).open()


def _time(maps: MapWindows, _window: MainWindow) -> None:
    maps.current.toggle_time()


def _say(window: MainWindow, words: str) -> None:
    if window.context is not None:
        window.context.notify(words, "info")


def _export_map(window: MainWindow) -> None:
    from ..maps.export import MapExportDialog  # seldom wanted

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

    from ...services.cases.scope import case_for  # not before the window is there

    context.tasks.run(
        case_for,
        context.services,
        context.selection.current,
        context.actor,
        owner=window,
        on_done=fly,
        key="locate",
    )
