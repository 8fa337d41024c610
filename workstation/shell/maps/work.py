"""What is worked with on every map besides the cases: who is out in the city, measuring, questions about areas, tracks.

One for each context (:func:`of`). It feeds the overlays of all map windows and knows how to open the panels that belong
to them; the maps themselves know nothing of services.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPointF, QTimer, Slot
from PySide6.QtWidgets import QMenu

from ...map.marks import NONE, MapNet, Marks
from ...map.overlay_mobiles import MobileDots, MobileField, MobileOverlay
from ...map.overlay_query import QueryOverlay, Route
from ...map.overlay_tracks import TrackOverlay, Way
from ...map.tools_measure import LonLat, MeasureTool, measures_of
from ...map.tools_query import QueryBoxTool, QueryCircleTool, QueryPolygonTool, QueryTool
from .identify import things_here

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas
    from ...services.services import Services
    from ...workflow.event import Actor
    from ..context import AppContext
    from ..window import MainWindow

AROUND = 60.0
"""Metres around a point within which things are at it at most, however far out the map is."""
HAND_MS = 1500
"""What people have in hand is counted again so long after cases have changed."""
GROUP = "query"


@dataclass
class _Layers:
    mobiles: MobileOverlay
    query: QueryOverlay
    tracks: TrackOverlay


def found(context: AppContext) -> MapWork | None:
    """The one of this context, where there is one."""
    return context.findChild(MapWork)


def of(context: AppContext) -> MapWork:
    """The one of this context; made when it is first asked for."""
    return found(context) or MapWork(context)


class MapWork(QObject):
    """Overlays and tools of all map windows of a context."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.context = context
        self._window: MainWindow | None = None
        self._layers: dict[MapCanvas, _Layers] = {}
        self.field = MobileField(context.main_canvas.projection, context.services.now, self)
        words = self.field.words
        words.unit = context.name_of
        words.telephone = self._telephone
        self._telephones: dict[str, str] = {}
        self._unit_telephones: dict[str, str] = {}
        self.may_register = False
        self._rings: list[Any] = []
        self._marks = NONE
        self._net: MapNet | None = None
        self._chosen: list[LonLat] = []
        self._routes: list[Route] = []
        self._ways: list[Way] = []
        self._moment: float | None = None
        self._hand = QTimer(self, singleShot=True, interval=HAND_MS)
        self._hand.timeout.connect(self._count)
        self._reading = False
        self._again = False
        context.on_each_canvas(self.add)
        context.canvas_removed.connect(self.remove)
        context.changed.connect(self._changed)
        context.actor_changed.connect(self._actor_changed)
        context.minute.connect(self._minute)
        self._actor_changed(context.actor)

    def attach(self, window: MainWindow) -> None:
        """Open panels in this window."""
        self._window = window

    # ---- map windows ----

    @Slot(object)
    def add(self, canvas: MapCanvas) -> None:
        """Give this map the overlays and tools."""
        if canvas in self._layers:
            return
        mobiles = MobileOverlay(self.field, canvas.palette_)
        mobiles.menu = self._fill_menu
        mobiles.opened = lambda place: self.show_track(place.id)
        layers = self._layers[canvas] = _Layers(
            mobiles,
            QueryOverlay(canvas.projection, canvas.palette_),
            TrackOverlay(canvas.projection, canvas.palette_),
        )
        for overlay in (layers.mobiles, MobileDots(layers.mobiles), layers.query, layers.tracks):
            canvas.add_overlay(overlay)
        tips = {
            QueryBoxTool: self.tr("拉框查询部件和案卷（Ctrl+Alt+Q）"),
            QueryPolygonTool: self.tr("多边形查询：双击或回车闭合"),
            QueryCircleTool: self.tr("圆形查询：从圆心拖出半径"),
        }
        for tool, tip in tips.items():
            canvas.add_tool(tool, tool.name, tip, GROUP)
            made = canvas.tool_named(tool.name)
            assert isinstance(made, QueryTool)
            made.drawn = self.ask_drawn
        for name in ("measure", "measure_area"):
            measure = canvas.tool_named(name)
            assert isinstance(measure, MeasureTool)
            measure.snapper = self._snap
        canvas.lookup.source = lambda lon, lat, metres, answer: self._identify(
            canvas, lon, lat, metres, answer
        )
        canvas.menu_wanted.connect(self._menu_wanted)
        self._refill(layers)

    @Slot(object)
    def remove(self, canvas: MapCanvas) -> None:
        """The map goes."""
        layers = self._layers.pop(canvas, None)
        if layers is not None:
            layers.mobiles.close()
            canvas.lookup.source = None

    def _refill(self, layers: _Layers) -> None:
        layers.query.show_area(self._rings)
        layers.query.show_marks(self._marks)
        layers.query.choose(self._chosen)
        layers.query.show_routes(self._routes)
        layers.tracks.show(self._ways)
        layers.tracks.set_moment(self._moment)
        layers.mobiles.marked = frozenset(way.mobile for way in self._ways)

    # ---- what is shown ----

    def show_area(self, rings: Sequence[Any]) -> None:
        """The border of what is asked about, on every map; none: nothing is asked."""
        self._rings = list(rings)
        for layers in self._layers.values():
            layers.query.show_area(rings)

    @property
    def net(self) -> MapNet:
        """Puts what was found on the maps, in any thread."""
        if self._net is None:
            self._net = MapNet(self.field.projection, self.context.services.city.extent)
        return self._net

    def show_marks(self, marks: Marks = NONE) -> None:
        """Mark what was found; nothing: no marks."""
        self._marks = marks
        for layers in self._layers.values():
            layers.query.show_marks(marks)

    def choose(self, lonlat: Sequence[LonLat]) -> None:
        """Ring what is chosen of it."""
        self._chosen = list(lonlat)
        for layers in self._layers.values():
            layers.query.choose(lonlat)

    def show_routes(self, routes: Sequence[Route]) -> None:
        """Ways to crews."""
        self._routes = list(routes)
        for layers in self._layers.values():
            layers.query.show_routes(routes)

    def show_ways(self, ways: Sequence[Way]) -> None:
        """Ways that were come."""
        self._ways = list(ways)
        marked = frozenset(way.mobile for way in ways)
        for layers in self._layers.values():
            layers.tracks.show(ways)
            layers.mobiles.marked = marked

    def set_moment(self, moment: float | None) -> None:
        """Where each was at this moment of the ways."""
        self._moment = moment
        for layers in self._layers.values():
            layers.tracks.set_moment(moment)

    # ---- who is out ----

    @Slot(object)
    def _changed(self, changes: Any) -> None:
        if "position" in changes.topics:
            self._read()
        if changes.cases and not self._hand.isActive():
            self._hand.start()
        if changes.topics & {"unit", "person"}:
            self._read_contacts()

    @Slot(object)
    def _actor_changed(self, _actor: object) -> None:
        self._read()
        self._read_contacts()
        self._hand.start()

    @Slot()
    def _minute(self) -> None:
        self.field.look_at_clock()

    def _read(self) -> None:
        """The newest places; what is told while they are read is read afterwards."""
        context = self.context
        if context.stopped:
            return
        if self._reading:
            self._again = True
            return
        self._reading = True
        context.tasks.run(
            context.services.positions.mobiles,
            context.actor,
            owner=self,
            on_done=self._show,
            on_error=self._not_read,
        )

    def _show(self, places: list[Any]) -> None:
        self._reading = False
        if self.context.stopped:
            return
        self.field.set_places(places)
        if self._again:
            self._again = False
            self._read()

    def _not_read(self, error: BaseException) -> None:
        self._reading = self._again = False
        self.context.say_error(error)

    def _count(self) -> None:
        context = self.context
        if not context.stopped:
            context.tasks.run(
                context.services.positions.in_hand,
                context.actor,
                owner=self,
                key="hand",
                on_done=self._counted,
            )

    def _counted(self, found: dict[str, int]) -> None:
        self.field.words.in_hand = found

    def _read_contacts(self) -> None:
        context = self.context
        if not context.stopped:
            context.tasks.run(
                _contacts,
                context.services,
                context.actor,
                owner=self,
                key="contacts",
                on_done=self._contacts_known,
            )

    def _contacts_known(self, found: tuple[dict[str, str], dict[str, str], bool]) -> None:
        self._telephones, self._unit_telephones, self.may_register = found

    def _telephone(self, place: Any) -> str:
        """The person's own for those who keep the staff, as their contacts show it; else the unit's."""
        return self._telephones.get(place.person) or self._unit_telephones.get(place.unit, "")

    def _fill_menu(self, place: Any, menu: QMenu) -> None:
        menu.addAction(self.tr("看今天的轨迹"), lambda: self.show_track(place.id))
        menu.addAction(self.tr("在手案卷"), lambda: self.show_in_hand(place))
        menu.addAction(self.tr("放大到此"), lambda: self.context.canvas.fly_to(place.lon, place.lat, 2000))

    # ---- everything at a point ----

    def _identify(
        self, canvas: MapCanvas, lon: float, lat: float, metres: float, answer: Callable[[Any], None]
    ) -> None:
        reach = min(metres, AROUND)
        x, y = canvas.projection.point_to_map(lon, lat)
        size = metres / canvas.projection.metres_per_unit(y)
        mobiles = [
            (place, state)
            for place, state, (px, py) in zip(
                self.field.places, self.field.states, self.field.xy(), strict=True
            )
            if abs(px - x) <= size and abs(py - y) <= size and place.kind in self.field.kinds_shown
        ][:2]

        def done(found: Any) -> None:
            answer(things_here(self, found, mobiles, canvas.projection))

        context = self.context
        context.tasks.run(
            _here, context.services, lon, lat, reach, context.actor, owner=self, key="here", on_done=done
        )

    def _snap(self, lon: float, lat: float, metres: float, answer: Callable[[LonLat | None], None]) -> None:
        context = self.context
        context.tasks.run(
            _snapped, context.services, lon, lat, min(metres, AROUND), owner=self, key="snap", on_done=answer
        )

    @Slot(object, object)
    def _menu_wanted(self, menu: QMenu, place: Any) -> None:
        canvas = self.context.canvas
        menu.addAction(self.tr("查询此处的一切"), lambda: canvas.identify_at(place.position))
        menu.addAction(self.tr("此处最近的队伍"), lambda: self.nearest(place.lon, place.lat, self.tr("此处")))
        menu.addAction(
            self.tr("此处周边查询…"),
            lambda: self._on_query("ask_point", place.lon, place.lat, self.tr("此处")),
        )
        if self.may_register:
            menu.addAction(self.tr("在此登记案卷"), lambda: self.register_here(place.lon, place.lat))

    def identify_middle(self) -> None:
        """Everything in the middle of the map in hand."""
        canvas = self.context.canvas
        canvas.setFocus()
        canvas.identify_at(QPointF(canvas.width() / 2, canvas.height() / 2))

    def clear_measures(self) -> None:
        """No results of measuring on the map in hand."""
        measures_of(self.context.canvas).clear()

    # ---- the case looked at ----

    def nearest_to_case(self) -> None:
        """The crews nearest to the case looked at."""
        self._with_case(lambda case: self.nearest(case.lon, case.lat, case.code or case.class_name))

    def around_case(self) -> None:
        """What is around the case looked at."""
        self._with_case(lambda case: self.ask_around("case", case.id, case.code or case.class_name))

    def _with_case(self, do: Callable[[Any], None]) -> None:
        context = self.context
        if not context.selection.current:
            context.notify(self.tr("先选中一个案卷"), "info")
            return

        def found(case: Any) -> None:
            if case.lon is None or case.lat is None:
                context.notify(self.tr("这个案卷没有位置"), "warning")
            else:
                do(case)

        context.tasks.run(
            _case,
            context.services,
            context.selection.current,
            context.actor,
            owner=self,
            key="case",
            on_done=found,
        )

    # ---- panels ----

    def _panel(self, key: str) -> Any:
        return self._window.open_panel(key) if self._window is not None else None

    def _on_query(self, name: str, *values: Any) -> None:
        panel = self._panel("query")
        if panel is not None:
            getattr(panel, name)(*values)

    def ask_drawn(self, shape: str, places: tuple[LonLat, ...]) -> None:
        """Ask about an area that was drawn."""
        self._on_query("ask_drawn", shape, places)

    def ask_around(self, kind: str, key: str, title: str) -> None:
        """Ask about what is around a road, a component or a case."""
        self._on_query("ask_around", kind, key, title)

    def ask_area_of(self, kind: str, key: str, title: str) -> None:
        """Ask about a grid, a division or a unit's area."""
        self._on_query("ask_area_of", kind, key, title)

    def nearest(self, lon: float | None, lat: float | None, title: str) -> None:
        """Show the crews nearest to a place."""
        if lon is not None and lat is not None:
            self._on_query("ask_nearest", lon, lat, title)

    def show_track(self, mobile: str) -> None:
        """Show the track of today, or of the last day that there is one of."""
        panel = self._panel("tracks")
        if panel is not None:
            panel.show_mobiles([mobile])

    def show_in_hand(self, place: Any) -> None:
        """List what a collector, or a crew's unit, has in hand."""
        from ...services.centre.units import IN_HAND
        from ...services.lists.filter import CaseFilter

        words = self.tr("{} 的在手案卷").format(place.name)
        if place.kind == "collector":
            self.context.show_cases(CaseFilter(open=True, collector=place.person), words)
        else:
            self.context.show_cases(CaseFilter(states=IN_HAND, unit=place.unit), words)

    def show_unit(self, code: str) -> None:
        """Show the area of a unit that is responsible; where it has none, say whom to call."""
        if not code:
            return
        canvas = self.context.canvas
        canvas.show_unit_areas((code,))
        telephone = self._unit_telephones.get(code, "")
        name = self.context.name_of(code)
        words = self.tr("{name} 电话 {phone}").format(name=name, phone=telephone) if telephone else name
        self.context.notify(words, "info", (self.tr("通讯录"), lambda: self.context.show_panel("contacts")))

    def register_here(self, lon: float, lat: float, component: str = "") -> None:
        """Begin the report of a case at a place; with ``component``, about it."""
        panel = self._panel("acceptance")
        if panel is None:
            self.context.notify(self.tr("本岗位不登记案卷"), "warning")
            return
        panel.new_report()
        if component:
            panel.form.position.code.setText(component)
            panel.form.position.code.returnPressed.emit()
        else:
            panel.form.position.place(lon, lat)


def _case(services: Services, case_id: str, actor: Actor) -> Any:
    from ...services.cases.scope import case_for

    return case_for(services, case_id, actor)


def _here(services: Services, lon: float, lat: float, metres: float, actor: Actor) -> Any:
    from ...services.spatial.here import here

    return here(services, lon, lat, metres, actor)


def _snapped(services: Services, lon: float, lat: float, metres: float) -> LonLat | None:
    from ...services.spatial.here import snap

    return snap(services, lon, lat, metres)


def _contacts(services: Services, actor: Actor) -> tuple[dict[str, str], dict[str, str], bool]:
    """Telephones of people, for those whose contacts show them; of units; and whether the post registers cases."""
    book = services.handbook
    may = actor.post in {*book.staff_posts, *book.stop_posts}
    people = {person.id: person.telephone for person in services.people.all()} if may else {}
    units = {unit.code: unit.telephone for unit in services.units.all()}
    moves = {arrow.name for arrow in services.cases.allowed(None, actor)}
    return people, units, bool(moves & {"register", "report"})
