"""What can be done with a selection, on every map: how many are chosen and where the hidden ones are, and choosing more.

Cases that lie together (in view, in an area, in a grid) or are alike (of a unit, of a class) are chosen in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton

from ..widgets.basics import button, kind_label, tool_button

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas
    from ...services.lists.lists import CaseLists
    from ..context import AppContext

TOP = 10
LOWER = 58
NARROW = 1040
"""On a narrower map the bar stands below what else is at its upper edge."""
PAGE = 1000


class SelectionBar(QFrame):
    """Over the upper edge of a map while more than one case is chosen: how many, which of them are not seen, what next."""

    def __init__(self, selecting: Selecting, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._selecting = selecting
        self._canvas = canvas
        self.setObjectName("toast")  # the look of what lies over the map
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 6, 5)
        row.setSpacing(8)
        self.count = kind_label("", "mono")
        self.hidden = kind_label("", "small")
        row.addWidget(self.count)
        row.addWidget(self.hidden)
        self.send: QPushButton = button(self.tr("派遣…"), "primary", on_click=selecting.dispatch)
        self.send.setToolTip(self.tr("选择派给谁（D 或 Enter）；也可把案卷拖到责任区、单位或队伍上"))
        self.more = button(self.tr("选择"), "small", on_click=self._menu)
        for widget in (self.send, self.more):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(widget)
        clear = tool_button("close", self.tr("取消选择（Esc）"), selecting.clear)
        clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(clear)
        canvas.installEventFilter(self)
        self.hide()

    def show_counts(self, chosen: int, hidden: int, sends: str) -> None:
        """So many are chosen, so many of them are not to be seen on this map; nothing is said of a single one in sight.
        ``sends`` is how the post calls the sending of cases, "" where it sends none."""
        self.setVisible(chosen > 1 or (chosen == 1 and hidden > 0))
        if not self.isVisibleTo(self._canvas):
            return
        self.count.setText(self.tr("已选 {n} 件").format(n=chosen))
        self.hidden.setText(self.tr("其中 {n} 件不在当前筛选").format(n=hidden))
        self.hidden.setVisible(bool(hidden))
        self.send.setText(self.tr("{send}…").format(send=sends))
        self.send.setVisible(bool(sends))
        self.place()

    def place(self) -> None:
        """In the middle of the upper edge."""
        self.adjustSize()
        room = self._canvas.width()
        self.move(max(4, (room - self.width()) // 2), TOP if room >= NARROW else LOWER)
        self.raise_()

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._selecting.fill(menu, self._canvas)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the map changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False


class Selecting(QObject):
    """Gives each map its bar and its ring for the keyboard, and chooses cases that belong together."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._bars: dict[MapCanvas, SelectionBar] = {}
        context.on_each_canvas(self.attach)
        context.canvas_removed.connect(self._gone)
        context.selection.changed.connect(self._tell)
        context.actor_changed.connect(self._tell)

    @Slot(object)
    def attach(self, canvas: MapCanvas) -> None:
        """A map has come."""
        from ...map.canvas_cursor import MarkerCursor  # the map's own libraries are there once there is a map

        self._bars[canvas] = SelectionBar(self, canvas)
        cursor = MarkerCursor(canvas)
        cursor.dispatch_wanted.connect(self.dispatch)
        canvas.cases_changed.connect(self._tell)
        canvas.filter_changed.connect(self._tell)
        canvas.menu_wanted.connect(partial(self._map_menu, canvas))

    @Slot(object)
    def _gone(self, canvas: MapCanvas) -> None:
        self._bars.pop(canvas, None)

    @Slot()
    def _tell(self, *_args: object) -> None:
        ids = self._context.selection.ids
        sends = self._sends()
        for canvas, bar in self._bars.items():
            cases = canvas.cases
            hidden = sum(not cases.shows(case_id) for case_id in ids) if len(ids) else 0
            bar.show_counts(len(ids), hidden, sends)

    def _sends(self) -> str:
        """How the post in the handbook in force sends cases to somebody: 派遣, 派核实; "" where it does not."""
        handbook, post = self._context.services.handbook, self._context.actor.post
        arrows = [handbook.arrow(name) for name in ("dispatch", "send_check", "send_verify")]
        return next((arrow.label for arrow in arrows if arrow is not None and post in arrow.posts), "")

    # ---- doing --------------------------------------------------------------------------------------------------

    @Slot()
    def dispatch(self) -> None:
        """Ask who is to get the chosen cases."""
        context = self._context
        if not context.selection.ids:
            context.notify(self.tr("请先选择案卷"), "info")
        else:
            context.drags.desk.choose_target()

    @Slot()
    def clear(self) -> None:
        """Choose nothing."""
        self._context.selection.clear()

    def in_view(self, canvas: MapCanvas | None = None) -> frozenset[str]:
        """The cases that this map (None: the one in hand) shows now."""
        shown = canvas or self._context.canvas
        return shown.cases.inside_rect(shown.view, QRectF(shown.rect()))

    def choose_in_view(self, canvas: MapCanvas | None = None) -> None:
        """Choose all that the map shows."""
        self._context.selection.set(self.in_view(canvas))

    def invert(self, canvas: MapCanvas | None = None) -> None:
        """Of what the map shows choose what is not chosen; what is out of sight stays as it is."""
        seen, chosen = self.in_view(canvas), self._context.selection.ids
        self._context.selection.set((chosen - seen) | (seen - chosen))

    def choose_like(self, canvas: MapCanvas, what: str, case_id: str) -> None:
        """Choose the cases on the map that have the same ``what`` (unit, class_name) as that one."""
        marker = canvas.cases.marker(case_id)
        if marker is not None:
            wanted = getattr(marker, what)
            self._context.selection.set(
                other.id for other in canvas.cases.shown() if getattr(other, what) == wanted
            )

    def choose_in_area(self, canvas: MapCanvas, unit: str) -> None:
        """Choose the cases on the map that stand in the unit's area."""
        shown = list(canvas.cases.shown())
        inside = canvas.units.inside(unit, [m.lon for m in shown], [m.lat for m in shown])
        self._context.selection.set(marker.id for marker, here in zip(shown, inside, strict=True) if here)

    def choose_in_grid(self, canvas: MapCanvas, case_id: str) -> None:
        """Choose the open cases of the grid in which that case lies."""
        self._context.tasks.run(
            _in_its_grid,
            self._context.lists,
            case_id,
            owner=self,
            key="grid",
            on_done=self._context.selection.set,
        )

    def zoom_to(self, canvas: MapCanvas) -> None:
        """Show all that is chosen."""
        box = canvas.cases.extent(self._context.selection.ids)
        if box is not None:
            west, south = canvas.projection.point_to_lonlat(box.xmin, box.ymin)
            east, north = canvas.projection.point_to_lonlat(box.xmax, box.ymax)
            canvas.fit_extent((west, south, east, north))

    def list_chosen(self) -> None:
        """List what is chosen."""
        from ...services.lists.filter import CaseFilter  # not before the window is there

        ids = self._context.selection.ids
        self._context.show_cases(CaseFilter(ids=ids), self.tr("所选 {n} 件").format(n=len(ids)))

    # ---- menus --------------------------------------------------------------------------------------------------

    def fill(self, menu: QMenu, canvas: MapCanvas) -> None:
        """What can be chosen, relative to the case that is looked at and to the view."""
        self._add(menu, self.tr("视图内全部"), self.choose_in_view, canvas)
        self._add(menu, self.tr("反选（视图内）"), self.invert, canvas)
        current = self._context.selection.current
        if current and canvas.cases.marker(current) is not None:
            menu.addSeparator()
            self._add_alike(menu, canvas, current)
        menu.addSeparator()
        self._add(menu, self.tr("缩放到所选"), self.zoom_to, canvas)
        self._add(menu, self.tr("列出所选"), self.list_chosen)

    def _add(self, menu: QMenu, words: str, do: Callable[..., object], *args: Any) -> None:
        menu.addAction(words).triggered.connect(lambda _checked=False: do(*args))

    def _add_alike(self, menu: QMenu, canvas: MapCanvas, case_id: str) -> None:
        marker = canvas.cases.marker(case_id)
        if marker is None:
            return
        if marker.class_name:
            words = self.tr("同类别：{name}").format(name=marker.class_name)
            self._add(menu, words, self.choose_like, canvas, "class_name", case_id)
        if marker.unit:
            words = self.tr("同主办单位：{name}").format(name=canvas.units.name(marker.unit))
            self._add(menu, words, self.choose_like, canvas, "unit", case_id)
        self._add(menu, self.tr("同网格"), self.choose_in_grid, canvas, case_id)
        self._add_areas(menu, canvas, marker.lon, marker.lat)

    def _add_areas(self, menu: QMenu, canvas: MapCanvas, lon: float, lat: float) -> None:
        for unit in canvas.units.at(*canvas.projection.point_to_map(lon, lat)):
            words = self.tr("责任区内：{name}").format(name=canvas.units.name(unit))
            self._add(menu, words, self.choose_in_area, canvas, unit)

    def _map_menu(self, canvas: MapCanvas, menu: QMenu, place: Any) -> None:
        """The menu of a place on the map: dispatch what lies there or is chosen, and choose what belongs together."""
        from ...map.overlay_cases import Hit

        hit = place.found if isinstance(place.found, Hit) else None
        ids = frozenset((hit.id,) if hit.id else hit.ids) if hit is not None else frozenset[str]()
        chosen = self._context.selection.ids
        wanted = chosen if ids <= chosen else ids
        sends = self._sends()
        if wanted and sends:
            words = self.tr("{send}…") if len(wanted) == 1 else self.tr("{send} {n} 件…")
            words = words.format(send=sends, n=len(wanted))
            self._add(menu, words, self._dispatch_these, wanted)
        more = QMenu(self.tr("选择"), menu)
        self._add(more, self.tr("视图内全部"), self.choose_in_view, canvas)
        self._add(more, self.tr("反选（视图内）"), self.invert, canvas)
        more.addSeparator()
        if hit is not None and hit.id:
            self._add_alike(more, canvas, hit.id)
        else:
            self._add_areas(more, canvas, place.lon, place.lat)
        if chosen:
            more.addSeparator()
            self._add(more, self.tr("取消选择"), self.clear)
        menu.addMenu(more)

    def _dispatch_these(self, ids: Iterable[str]) -> None:
        self._context.selection.set(ids)
        self.dispatch()


def _in_its_grid(lists: CaseLists, case_id: str) -> list[str]:
    """The open cases of the grid in which the case lies; it alone where it lies in none."""
    from ...services.lists.filter import CaseFilter

    row = next(iter(lists.rows([case_id])), None)
    if row is None or not row.grid:
        return [case_id]
    wanted = CaseFilter(open=True, grid=row.grid)
    page = lists.page(wanted, None, PAGE)
    ids = [found.id for found in page.rows]
    while page.next is not None:
        page = lists.page(wanted, page.next, PAGE)
        ids += [found.id for found in page.rows]
    return ids
