"""A box of finding on each map, names read into memory before somebody needs them, and positions to copy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from ..look import icons
from .finder import Finder

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas
    from ..context import AppContext

PREPARE_MILLISECONDS = 1500
"""After the window is there, and after names have changed, names are read this much later."""


class Finders(QObject):
    """A box on each map; names are read into memory before somebody needs them, and again when they have changed."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._boxes: dict[MapCanvas, Finder] = {}
        self._soon = QTimer(self, singleShot=True, interval=PREPARE_MILLISECONDS)
        self._soon.timeout.connect(self._prepare)
        context.on_each_canvas(self.attach)
        context.canvas_removed.connect(self._gone)
        context.changed.connect(self._changed)
        context.actor_changed.connect(self._other)
        context.theme_changed.connect(self._recolor)
        self._soon.start()

    def box(self, canvas: MapCanvas) -> Finder:
        """The box on that map."""
        return self._boxes[canvas]

    @Slot()
    def come(self) -> None:
        """Ask in the box of the map in hand; where that one is not to be seen, of any that is."""
        context = self._context
        seen = [canvas for canvas in (context.canvas, *context.canvases) if canvas.isVisible()]
        canvas = seen[0] if seen else context.main_canvas
        canvas.window().activateWindow()
        self._boxes[canvas].come()

    @Slot(object)
    def attach(self, canvas: MapCanvas) -> None:
        """A map has come."""
        self._boxes[canvas] = Finder(self._context, canvas)
        canvas.menu_wanted.connect(partial(self._map_menu, canvas))

    @Slot(object)
    def _gone(self, canvas: MapCanvas) -> None:
        self._boxes.pop(canvas, None)

    @Slot()
    def _prepare(self) -> None:
        context = self._context
        if not context.stopped:
            finding = context.services.finding
            context.tasks.run(finding.prepare, context.actor, owner=self, key="names", priority=-1)

    @Slot(object)
    def _changed(self, changes: object) -> None:
        topics: frozenset[str] = getattr(changes, "topics", frozenset())
        named = topics & {"grid", "unit", "person", "component", "city"}
        if named or self._context.services.finding.worn:
            self._soon.start()

    @Slot(object)
    def _other(self, _actor: object) -> None:
        for box in self._boxes.values():
            box.forget()
        self._soon.start()

    @Slot()
    def _recolor(self) -> None:
        for box in self._boxes.values():
            box.recolor()

    # ---- copying a position -------------------------------------------------------------------------------------

    def _map_menu(self, canvas: MapCanvas, menu: QMenu, place: object) -> None:
        lon, lat = place.lon, place.lat  # type: ignore[attr-defined]
        copying = menu.addMenu(icons.icon("copy"), self.tr("复制此处坐标"))
        for form, words in self._forms().items():
            copying.addAction(words, partial(self.copy, canvas, lon, lat, form))

    def _forms(self) -> dict[str, str]:
        return {
            "degrees": self.tr("经纬度（十进制度）"),
            "dms": self.tr("经纬度（度分秒）"),
            "metres": self.tr("米制坐标（本市坐标系）"),
            "gcj02": self.tr("GCJ-02（高德、腾讯）"),
            "bd09": self.tr("BD-09（百度）"),
        }

    def copy(self, canvas: MapCanvas, lon: float, lat: float, form: str) -> None:
        """Put a position into the clipboard in one of the forms, and say so on the map."""
        from ...services.spatial import coordinates

        text = coordinates.write(lon, lat, form, self._context.services.city.map_crs)
        QGuiApplication.clipboard().setText(text)
        canvas.say(self.tr("已复制 {text}").format(text=text), "info", 2500)
