"""The position of a report: by a click on the map, by a component, or by a typed address; the rest fills itself in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from workstation.panels.common.card import Facts
from workstation.services.spatial.places import ComponentInfo, GridInfo
from workstation.shell.context import AppContext
from workstation.shell.widgets import FormRow, button

from .place import AddressFound, ComponentFound, PlaceFound, find_address, find_component, find_place

if TYPE_CHECKING:
    from workstation.map.canvas import MapCanvas


class PositionEdit(QWidget):
    """Address, point, grid and component. ``changed`` after each change by the user; ``component_taken`` (ComponentInfo)."""

    changed = Signal()
    component_taken = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._picking = ""
        self.lon: float | None = None
        self.lat: float | None = None
        self.grid: GridInfo | None = None
        self.grid_code = ""
        self.area_class = ""
        self.component = ""
        self._component_text = ""
        self.collector: Any = None
        self._typed = False
        self.address = QLineEdit()
        self.address.setPlaceholderText(self.tr("输入地址后按回车定位，或在地图上点取"))
        self.address.textEdited.connect(self._address_edited)
        self.address.returnPressed.connect(self._search)
        self.row = FormRow(self.tr("地点"), self.address, required=True)
        self.point_button = button(self.tr("地图取点"), "small", "pin", self.pick_point)
        self.point_button.setToolTip(self.tr("在地图上点击问题位置（F2）"))
        self.component_button = button(self.tr("选部件"), "small", "component", self.pick_component)
        self.component_button.setToolTip(self.tr("在地图上点击出问题的部件（F3）"))
        self.code = QLineEdit()
        self.code.setPlaceholderText(self.tr("部件标识码"))
        self.code.returnPressed.connect(self._code_entered)
        tools = QHBoxLayout()
        tools.setSpacing(6)
        tools.addWidget(self.point_button)
        tools.addWidget(self.component_button)
        tools.addWidget(self.code, 1)
        self.facts = Facts()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.row)
        box.addLayout(tools)
        box.addWidget(self.facts)
        context.on_each_canvas(self._hear)

    # ---- picking on the map -------------------------------------------------------------------------------------

    def _hear(self, canvas: MapCanvas) -> None:
        """Whichever map is asked answers."""
        canvas.point_picked.connect(self._picked)
        canvas.pick_cancelled.connect(self._cancelled)

    def pick_point(self) -> None:
        """Ask for a click on the map."""
        self._picking = "point"
        self._context.canvas.pick_point(self.tr("点击问题所在位置"))

    def pick_component(self) -> None:
        """Ask for a click on a component."""
        self._picking = "component"
        self._context.canvas.pick_point(self.tr("点击出问题的部件"))

    def _cancelled(self) -> None:
        self._picking = ""

    def _picked(self, lon: float, lat: float) -> None:
        mode, self._picking = self._picking, ""
        if mode:
            self.place(lon, lat, component=mode == "component")

    def place(self, lon: float, lat: float, component: bool = False) -> None:
        """The report is here (degrees); find out what is there. ``component``: and which component is meant."""
        self.lon, self.lat = lon, lat
        self.show_pin(True)
        self._context.tasks.run(
            find_place,
            self._context.services,
            lon,
            lat,
            component,
            owner=self,
            key="place",
            on_done=self._choose if component else self._placed,
        )

    def _placed(self, found: PlaceFound) -> None:
        self.lon, self.lat = found.lon, found.lat
        self.grid = found.grid
        self.grid_code = found.grid.code if found.grid else ""
        self.area_class = found.grid.area_class if found.grid else ""
        self.collector = found.collector
        if not self._typed and found.address:
            self.address.setText(found.address)
        self._show()
        self.changed.emit()

    # ---- components ---------------------------------------------------------------------------------------------

    def _choose(self, found: PlaceFound) -> None:
        self._placed(found)
        if not found.components:
            self._context.notify(self.tr("这里 30 米内没有部件"), "warning")
        elif len(found.components) == 1 or found.components[0].distance < 1.0:
            self.take(found.components[0])
        else:
            menu = QMenu(self)
            menu.aboutToHide.connect(menu.deleteLater)
            for item in found.components[:12]:
                words = self.tr("{name}　{metres:.0f} 米　{code}").format(
                    name=item.name, metres=item.distance, code=item.code
                )
                menu.addAction(words).triggered.connect(lambda _=False, one=item: self.take(one))
            menu.popup(self.component_button.mapToGlobal(QPoint(0, self.component_button.height())))

    def take(self, component: ComponentInfo) -> None:
        """The report is about this component: its class, place and owner follow."""
        self.component, self._component_text = component.code, ""
        self.component_taken.emit(component)
        self.place(component.lon, component.lat)
        self._describe(component.code)

    def _code_entered(self) -> None:
        code = self.code.text().strip()
        if code:
            self._context.tasks.run(
                find_component,
                self._context.services,
                code,
                owner=self,
                key="component",
                on_done=self._code_found,
            )

    def _code_found(self, found: ComponentFound) -> None:
        if found.component is None:
            self._context.notify(self.tr("没有标识码为 {code} 的部件").format(code=found.code), "warning")
            return
        self.take(found.component)
        self._context.canvas.fly_to(found.component.lon, found.component.lat)

    def _describe(self, code: str) -> None:
        self._context.tasks.run(
            find_component, self._context.services, code, owner=self, key="owner", on_done=self._described
        )

    def _described(self, found: ComponentFound) -> None:
        if found.component is not None and found.component.code == self.component:
            belongs = self.tr("权属 {owner} · 养护 {maintainer}").format(
                owner=found.owner, maintainer=found.maintainer
            )
            self._component_text = f"{found.component.name} {found.component.code}\n{belongs}"
            self._show()

    # ---- typed address ------------------------------------------------------------------------------------------

    def _address_edited(self, text: str) -> None:
        self._typed = bool(text.strip())
        self.changed.emit()

    def _search(self) -> None:
        text = self.address.text().strip()
        if text:
            context = self._context
            context.tasks.run(
                find_address,
                context.services,
                text,
                context.actor,
                context.canvas.center(),
                owner=self,
                key="address",
                on_done=self._addresses,
            )

    def _addresses(self, found: list[AddressFound]) -> None:
        if not found:
            self.row.set_error(self.tr("地址中没有认得的道路或建筑，请在地图上取点"))
            return
        self.row.set_error("")
        if found[0].by == "coordinate":
            self._numbers(found)
            return
        best = found[0]
        self._typed = True
        if best.by == "road":
            self._context.notify(
                self.tr("只认出道路“{name}”，已定位到路段中间，请在地图上核对").format(name=best.label),
                "warning",
            )
        self.place(best.lon, best.lat)
        self._context.canvas.fly_to(best.lon, best.lat)

    def _numbers(self, found: list[AddressFound]) -> None:
        """Coordinates instead of an address: where they can be read in several ways, which one is asked."""
        if len(found) == 1:
            self._at(found[0])
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for item in found:
            menu.addAction(item.label).triggered.connect(lambda _=False, one=item: self._at(one))
        menu.popup(self.address.mapToGlobal(QPoint(0, self.address.height())))

    def _at(self, found: AddressFound) -> None:
        """The position is known; the address is that of the place, not the numbers."""
        self._typed = False
        self.place(found.lon, found.lat)
        self._context.canvas.fly_to(found.lon, found.lat)

    def show_pin(self, shown: bool) -> None:
        """Mark the position on the map, or take the mark away; while the form is hidden there is none."""
        if shown and self.isVisible():
            self._context.canvas.set_pin(self.lon, self.lat)
        else:
            for canvas in self._context.canvases:
                canvas.set_pin(None)

    # ---- as a value ---------------------------------------------------------------------------------------------

    @property
    def typed(self) -> bool:
        """Whether the address is the user's own words, which a click on the map leaves alone."""
        return self._typed

    def set_value(
        self,
        address: str,
        typed: bool,
        lon: float | None,
        lat: float | None,
        component: str = "",
    ) -> None:
        """Show a report's position without telling; grid and collector are found again."""
        self.row.set_error("")
        self.address.setText(address)
        self._typed = typed
        self.lon, self.lat = lon, lat
        self.component, self._component_text = component, ""
        self.code.clear()
        self.grid, self.grid_code, self.area_class, self.collector = None, "", "", None
        self.show_pin(True)
        self._show()
        if lon is not None and lat is not None:
            self.place(lon, lat)
        if component:
            self._describe(component)

    def _show(self) -> None:
        grid = self.grid
        facts: list[tuple[str, str]] = []
        if self.lon is not None and self.lat is not None:
            where = self.tr("不在任何单元网格内")
            if grid is not None:
                area = self._context.label("area_classes", grid.area_class)
                where = " · ".join(part for part in (grid.street, grid.community, area) if part)
                facts.append((self.tr("单元网格"), grid.code))
            facts.append((self.tr("街道社区"), where))
            facts.append((self.tr("坐标"), f"{self.lon:.6f}, {self.lat:.6f}"))
        if self.component:
            facts.append((self.tr("部件"), self._component_text or self.component))
        self.facts.set(facts)
