"""Keeps the maps and the rest of the window together: markers, units, selection, theme, and what the status bar says.

What is read is read once and given to every map window (:class:`Feed`), each with its own choice of cases.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from ...map.definitions import LayerFileError
from ...map.project_database import DatabaseProject
from ...map.project_file import MapAdditions, city_key
from ...paths import home
from ...workflow.event import Actor
from ..context import AppContext
from ..frame.statusbar import StatusBar

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas
    from ...services.services import Services

log = logging.getLogger(__name__)

SETTLE_MILLISECONDS = 200
"""Another person's or post's cases are read when it has been chosen for so long."""
MANY = 400
"""Of more changes than this at once all markers are read again: an import, or hours without the server."""

IN_FRONT = 150
"""So many of the cases that wait for a person are kept in front of the others on the map."""


ALL_MINE = 20_000
"""So many of the cases that wait for a person a map can be narrowed to."""


@dataclass(frozen=True)
class Choice:
    """Which cases a map window shows: of these classes (names) and units (codes), all where there are none; only mine."""

    classes: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    mine: bool = False

    def __bool__(self) -> bool:
        return self != Choice()


def _markers(services: Services, actor: Actor, limit: int) -> tuple[list[Any], tuple[str, ...]]:
    """The open cases with a position that this person sees, and which wait for this person, the first due first."""
    lists = services.lists.seen_by(actor)
    waiting = lists.page(lists.inbox(actor), limit=limit)
    return lists.markers(), tuple(row.id for row in waiting.rows)


def _touched(
    services: Services, actor: Actor, case_ids: frozenset[str]
) -> tuple[frozenset[str], list[Any], frozenset[str]]:
    """Of these cases: the markers of those on the map, and which of them wait for this person."""
    lists = services.lists.seen_by(actor)
    waiting = lists.among(lists.inbox(actor), case_ids)
    return case_ids, lists.markers(case_ids), frozenset(row.id for row in waiting)


class Feed:
    """What one map window is given: its canvas, which cases it wants, and whether it shows the present at all."""

    def __init__(self, canvas: MapCanvas) -> None:
        self.canvas = canvas
        self.choice = Choice()
        self.live = True
        """False while somebody else says what the canvas shows, such as a moment of the past."""

    def kept(self, markers: Iterable[Any], mine: frozenset[str]) -> list[Any]:
        """Those of the markers that this map shows; ``mine`` are the cases that wait for the person."""
        choice = self.choice
        return [
            marker
            for marker in markers
            if (not choice.classes or marker.class_name in choice.classes)
            and (not choice.units or marker.unit in choice.units)
            and (not choice.mine or marker.id in mine)
        ]


class MapBridge(QObject):
    """Between a context and its canvases. Lives as long as the context."""

    def __init__(self, context: AppContext, source: Mapping[str, Any], status: StatusBar) -> None:
        super().__init__(context)
        self._context = context
        context.bridge = self
        self._source = dict(source)
        self._status = status
        self._feeds: dict[MapCanvas, Feed] = {}
        self._markers: dict[str, Any] = {}
        self._units: list[Any] = []
        self._waiting: frozenset[str] = frozenset()
        self._mine: frozenset[str] = frozenset()
        self._touched: set[str] = set()
        # While markers are read: what is read may be older than a change that comes meanwhile.
        self._reading = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._read_markers)
        client = context.client
        self.additions = MapAdditions(client, context.settings, self._source, self, self._stored_project())
        self.additions.hidden_changed.connect(self._hide_layers)
        context.on_each_canvas(self.add)
        context.canvas_removed.connect(self.remove)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        context.selection.changed.connect(self._selected)
        context.changed.connect(self._changed)
        context.actor_changed.connect(self._actor_changed)
        context.theme_changed.connect(self._theme_changed)
        client.ready.connect(self._ready)
        client.restarting.connect(self._restarting)
        client.failed.connect(self._failed)
        client.layer_failed.connect(self._layer_failed)
        status.set_map(self.tr("地图正在启动"), "yellow")

    def _stored_project(self) -> DatabaseProject | None:
        """The project of QGIS that a city on a server keeps in its database."""
        database = self._context.services.db
        if database.kind != "postgis":
            return None
        folder = home() / "map_projects" / city_key(self._source)
        return DatabaseProject(self._context.tasks, database, folder, self)

    # ---- map windows ------------------------------------------------------------------------------------------

    @Slot(object)
    def add(self, canvas: MapCanvas) -> None:
        """Feed this canvas too, from now on; it gets what the others have."""
        if canvas in self._feeds:
            return
        context = self._context
        feed = self._feeds[canvas] = Feed(canvas)
        canvas.selection_changed.connect(self._canvas_selected)
        canvas.case_clicked.connect(self._case_clicked)
        canvas.case_activated.connect(context.show_case)
        if canvas is context.main_canvas:
            return  # begins with start()
        canvas.set_home(context.services.city.extent)
        canvas.set_units(self._units)
        canvas.set_selection(context.selection.ids)
        self._refill(feed)

    @Slot(object)
    def remove(self, canvas: MapCanvas) -> None:
        """Feed it no more."""
        if self._feeds.pop(canvas, None) is not None:
            canvas.selection_changed.disconnect(self._canvas_selected)
            canvas.case_clicked.disconnect(self._case_clicked)
            canvas.case_activated.disconnect(self._context.show_case)

    @Slot(list, list)
    def _hide_layers(self, before: list[str], now: list[str]) -> None:
        """The project of QGIS switches layers off: that holds for every window, until somebody switches them on."""
        for canvas in self._feeds:
            canvas.set_hidden_layers((canvas.hidden_layers() - set(before)) | set(now))

    def show_only(self, canvas: MapCanvas, choice: Choice) -> None:
        """Show on this canvas these cases and no others."""
        feed = self._feeds[canvas]
        if choice == feed.choice:
            return
        feed.choice = choice
        if choice.mine:
            self._read_markers()  # so far only the first of them were
        self._refill(feed)

    def choice(self, canvas: MapCanvas) -> Choice:
        """Which cases the canvas shows."""
        return self._feeds[canvas].choice

    def kept(self, canvas: MapCanvas, markers: Iterable[Any]) -> list[Any]:
        """Those of these markers that the canvas wants; for whoever shows something else than the present on it."""
        return self._feeds[canvas].kept(markers, self._mine)

    @property
    def markers(self) -> Mapping[str, Any]:
        """Every open case that the person sees, by id."""
        return self._markers

    def set_live(self, canvas: MapCanvas, live: bool) -> None:
        """Whether the canvas shows the present. While it does not, its cases are whoever's who said so."""
        feed = self._feeds[canvas]
        if live != feed.live:
            feed.live = live
            self._refill(feed)

    @property
    def waiting(self) -> frozenset[str]:
        """The cases in front of the others: those that wait for the person at this seat, the most urgent of them."""
        return self._waiting

    def _refill(self, feed: Feed) -> None:
        if feed.live:
            feed.canvas.set_focus(self._waiting)
            feed.canvas.set_cases(feed.kept(self._markers.values(), self._mine))

    @Slot("QWidget*", "QWidget*")
    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The map that was clicked last, or that has the keyboard, is the one in hand."""
        while new is not None:
            if new in self._feeds:
                self._context.set_canvas(new)
                return
            new = new.parentWidget()

    # ---- what is read -----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to draw the city, and put cases and units on it."""
        context = self._context
        self._start_client()
        self.additions.start()
        for canvas in self._feeds:
            canvas.set_home(context.services.city.extent)
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
            ALL_MINE if any(feed.choice.mine for feed in self._feeds.values()) else IN_FRONT,
            owner=self,
            key="markers",
            on_done=self._show_markers,
            on_error=self._not_read,
        )

    def _show_markers(self, read: tuple[list[Any], tuple[str, ...]]) -> None:
        if self._context.stopped:  # the map is gone or goes
            return
        markers, waiting = read
        self._waiting, self._mine = frozenset(waiting[:IN_FRONT]), frozenset(waiting)
        self._markers = {marker.id: marker for marker in markers}
        for feed in self._feeds.values():
            self._refill(feed)
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
        for case_id in case_ids:
            self._markers.pop(case_id, None)
        self._markers.update((marker.id, marker) for marker in markers)
        stay = self._waiting - case_ids
        self._waiting = stay | frozenset(sorted(waiting)[: max(0, IN_FRONT - len(stay))])
        self._mine = (self._mine - case_ids) | waiting
        for feed in self._feeds.values():
            if feed.live:
                feed.canvas.touch_cases(case_ids, feed.kept(markers, self._mine))
                feed.canvas.set_focus(self._waiting)
        self._read_touched()

    def _read_units(self) -> None:
        context = self._context
        context.tasks.run(context.services.units.all, owner=self, key="units", on_done=self._show_units)

    def _show_units(self, units: list[Any]) -> None:
        if self._context.stopped:
            return
        self._units = list(units)
        for canvas in self._feeds:
            canvas.set_units(self._units)

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
        self._context.selection.set(frozenset(ids))  # type: ignore[call-overload]

    @Slot(str)
    def _case_clicked(self, case_id: str) -> None:
        self._context.selection.set(self._context.selection.ids | {case_id}, case_id)

    @Slot()
    def _selected(self) -> None:
        """Whoever chose: every map shows it. The one it was chosen on has it already; in the others it flashes."""
        ids, current = self._context.selection.ids, self._context.selection.current
        for canvas in self._feeds:
            if canvas.cases.selection != ids:
                canvas.set_selection(ids)
                if current and canvas is not self._context.canvas:
                    canvas.flash(current)

    @Slot()
    def _theme_changed(self) -> None:
        context = self._context
        for canvas in self._feeds:
            canvas.set_theme(context.theme)
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
        title = self._context.main_canvas.layer_title(key)
        self._context.notify(self.tr("图层「{title}」读不出来").format(title=title), "warning")
        self._status.set_map(self.tr("图层「{title}」有问题").format(title=title), "yellow", detail)
