"""Keeps the map and the rest of the window together: markers, units, selection, theme, and what the status bar says."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from ..map.definitions import LayerFileError
from ..workflow.event import Actor
from .context import AppContext
from .statusbar import StatusBar

if TYPE_CHECKING:
    from ..services.services import Services

log = logging.getLogger(__name__)

SETTLE_MILLISECONDS = 200
"""Another person's or post's cases are read when it has been chosen for so long."""
MANY = 400
"""Of more changes than this at once all markers are read again: an import, or hours without the server."""

IN_FRONT = 150
"""So many of the cases that wait for a person are kept in front of the others on the map."""


def _markers(services: Services, actor: Actor) -> tuple[list[Any], frozenset[str]]:
    """The open cases with a position that this person sees, and which of them wait for this person."""
    lists = services.lists.seen_by(actor)
    waiting = lists.page(lists.inbox(actor), limit=IN_FRONT)
    return lists.markers(), frozenset(row.id for row in waiting.rows)


def _touched(
    services: Services, actor: Actor, case_ids: frozenset[str]
) -> tuple[frozenset[str], list[Any], frozenset[str]]:
    """Of these cases: the markers of those on the map, and which of them wait for this person."""
    lists = services.lists.seen_by(actor)
    waiting = lists.among(lists.inbox(actor), case_ids)
    return case_ids, lists.markers(case_ids), frozenset(row.id for row in waiting)


class MapBridge(QObject):
    """Between a context and its canvas. Lives as long as the context."""

    def __init__(self, context: AppContext, source: Mapping[str, Any], status: StatusBar) -> None:
        super().__init__(context)
        self._context = context
        self._source = dict(source)
        self._status = status
        self._quiet = False
        self._waiting: frozenset[str] = frozenset()
        self._touched: set[str] = set()
        # While markers are read: what is read may be older than a change that comes meanwhile.
        self._reading = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._read_markers)
        canvas, client = context.canvas, context.client
        canvas.selection_changed.connect(self._canvas_selected)
        canvas.case_clicked.connect(self._case_clicked)
        canvas.case_activated.connect(context.show_case)
        context.selection.changed.connect(self._selected)
        context.changed.connect(self._changed)
        context.actor_changed.connect(self._actor_changed)
        context.theme_changed.connect(self._theme_changed)
        client.ready.connect(self._ready)
        client.restarting.connect(self._restarting)
        client.failed.connect(self._failed)
        client.layer_failed.connect(self._layer_failed)
        status.set_map(self.tr("地图正在启动"), "yellow")

    def start(self) -> None:
        """Begin to draw the city, and put cases and units on it."""
        context = self._context
        self._start_client()
        context.canvas.set_home(context.services.city.extent)
        self._read_markers()
        self._read_units()

    def _start_client(self) -> None:
        """Draw with the styles of the theme; a map definition that cannot be used costs the map, nothing else."""
        context = self._context
        try:
            context.client.start(self._source, context.services.city.map_crs, theme=context.theme.name)
        except LayerFileError as error:
            log.error("the map's definition cannot be used", exc_info=error)
            words = self.tr("地图定义文件 {file} 的「{key}」有错误，地图不能绘制").format(
                file=error.file.name, key=error.key
            )
            self._status.set_map(self.tr("地图不可用"), "red", f"{words}\n{error.problem}")
            context.notify(words, "error")

    def _read_markers(self) -> None:
        context = self._context
        if context.stopped:
            return
        self._reading = True
        context.tasks.run(
            _markers,
            context.services,
            context.actor,
            owner=self,
            key="markers",
            on_done=self._show_markers,
            on_error=self._not_read,
        )

    def _show_markers(self, read: tuple[list[Any], frozenset[str]]) -> None:
        if self._context.stopped:  # the map is gone or goes
            return
        markers, self._waiting = read
        self._context.canvas.set_focus(self._waiting)
        self._context.canvas.set_cases(markers)
        self._reading = False
        self._read_touched()

    def _not_read(self, error: BaseException) -> None:
        self._reading = False
        self._context.say_error(error)

    def _read_touched(self) -> None:
        """Read the cases that have changed, those and no others; what changes meanwhile is read afterwards."""
        context = self._context
        if self._reading or not self._touched or context.stopped:
            return
        asked, self._touched = frozenset(self._touched), set()
        if len(asked) > MANY:
            self._read_markers()
            return
        self._reading = True
        context.tasks.run(
            _touched,
            context.services,
            context.actor,
            asked,
            owner=self,
            key="markers",
            on_done=self._show_touched,
            on_error=self._not_read,
        )

    def _show_touched(self, read: tuple[frozenset[str], list[Any], frozenset[str]]) -> None:
        self._reading = False
        if self._context.stopped:
            return
        case_ids, markers, waiting = read
        self._context.canvas.touch_cases(case_ids, markers)
        stay = self._waiting - case_ids
        self._waiting = stay | frozenset(sorted(waiting)[: max(0, IN_FRONT - len(stay))])
        self._context.canvas.set_focus(self._waiting)
        self._read_touched()

    def _read_units(self) -> None:
        context = self._context
        context.tasks.run(context.services.units.all, owner=self, key="units", on_done=self._show_units)

    def _show_units(self, units: list[Any]) -> None:
        if not self._context.stopped:
            self._context.canvas.set_units(units)

    @Slot(object)
    def _changed(self, changes: Any) -> None:
        if changes.cases:
            self._touched |= changes.cases
            self._read_touched()
        if "unit" in changes.topics:
            self._read_units()
        layers = [
            layer
            for topic, layer in (("component", "component"), ("grid", "grid"))
            if topic in changes.topics
        ]
        if layers:
            self._context.client.reload([*layers, "grid_count"])

    @Slot(object)
    def _actor_changed(self, _actor: object) -> None:
        self._settle.start()

    @Slot(object)
    def _canvas_selected(self, ids: object) -> None:
        self._quiet = True
        self._context.selection.set(frozenset(ids))  # type: ignore[call-overload]
        self._quiet = False

    @Slot(str)
    def _case_clicked(self, case_id: str) -> None:
        self._quiet = True
        self._context.selection.set(self._context.canvas.cases.selection | {case_id}, case_id)
        self._quiet = False

    @Slot()
    def _selected(self) -> None:
        if not self._quiet:
            self._context.canvas.set_selection(self._context.selection.ids)

    @Slot()
    def _theme_changed(self) -> None:
        context = self._context
        context.canvas.set_theme(context.theme)
        self._start_client()

    @Slot(dict)
    def _ready(self, info: dict[str, Any]) -> None:
        version = str(info.get("qgis", info.get("version", "")))
        self._status.set_map(self.tr("地图 QGIS {version}").format(version=version.split("-")[0]), "green")

    @Slot(int)
    def _restarting(self, _attempt: int) -> None:
        self._status.set_map(self.tr("地图正在重启"), "yellow")

    @Slot(str, str)
    def _failed(self, code: str, detail: str) -> None:
        words = {
            "no_qgis": self.tr("没有找到 QGIS：请安装 python3-qgis 后重新启动。其余功能照常可用。"),
            "keeps_crashing": self.tr("地图进程反复退出，仍在重试。其余功能照常可用。"),
        }.get(code, self.tr("地图不能绘制，其余功能照常可用。"))
        self._status.set_map(self.tr("地图不可用"), "red", f"{words}\n{detail}")
        self._context.notify(words, "error")

    @Slot(str, str)
    def _layer_failed(self, key: str, detail: str) -> None:
        title = self._context.canvas.layer_title(key)
        self._context.notify(self.tr("图层「{title}」读不出来").format(title=title), "warning")
        self._status.set_map(self.tr("图层「{title}」有问题").format(title=title), "yellow", detail)
