"""The crews and vehicles nearest to a point: how far along the streets, how long it takes, and the ways on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from workstation.map.overlay_mobiles import kind_title, state_title
from workstation.map.overlay_query import Route
from workstation.map.targets import Target
from workstation.map.tools_measure import way_text
from workstation.panels.common.droprows import RowDrops
from workstation.services.spatial.here import DRIVE_KMH, NearCrew, nearest_crews
from workstation.shell.context import AppContext
from workstation.shell.widgets import kind_label
from workstation.shell.widgets.tables import KEY, cell, fill, plain_table

if TYPE_CHECKING:
    from workstation.services.services import Services
    from workstation.shell.maps.work import MapWork
    from workstation.workflow.event import Actor

COUNT = (1, 20, 5)


class CrewsPage(QWidget):
    """A table of the nearest, each with its way."""

    def __init__(self, context: AppContext, work: MapWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._work = work
        self._at: tuple[float, float] | None = None
        self.crews: list[NearCrew] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        row = QHBoxLayout()
        row.addWidget(kind_label(self.tr("列出"), "label"))
        self.count = QSpinBox()
        self.count.setRange(COUNT[0], COUNT[1])
        self.count.setValue(COUNT[2])
        self.count.setSuffix(self.tr(" 支"))
        self.count.setAccessibleName(self.tr("列出几支队伍"))
        self.count.valueChanged.connect(lambda _value: self._ask())
        row.addWidget(self.count)
        row.addStretch(1)
        box.addLayout(row)
        self.table = plain_table(
            [self.tr("队伍"), self.tr("状态"), self.tr("距离"), self.tr("约")],
            [110, 64, 96, 60],
            0,
        )
        self.table.currentCellChanged.connect(lambda *_: self._show_ways())
        self.table.itemActivated.connect(lambda _item: self._go())
        RowDrops(context, self.table, self._target_at)
        box.addWidget(self.table, 1)
        self.note = kind_label("", "small")
        self.note.setWordWrap(True)
        box.addWidget(self.note)

    def ask(self, lon: float, lat: float) -> None:
        """Who is nearest to this point?"""
        self._at = (lon, lat)
        self._ask()

    def clear(self) -> None:
        """Nobody is asked for."""
        self._at = None
        self.crews = []
        fill(self.table, [])
        self.note.setText("")

    def _ask(self) -> None:
        context = self._context
        if self._at is None:
            return
        self.note.setText(self.tr("正在沿道路计算…"))
        context.tasks.run(
            _nearest,
            context.services,
            *self._at,
            self.count.value(),
            context.actor,
            owner=self,
            key="crews",
            on_done=self._known,
        )

    def _known(self, crews: list[NearCrew]) -> None:
        self.crews = crews
        states = dict(zip((p.id for p in self._work.field.places), self._work.field.states, strict=True))
        fill(
            self.table,
            [
                [
                    cell(crew.mobile.name, crew.mobile.id, tip=self._tip(crew)),
                    cell(state_title(states.get(crew.mobile.id, crew.mobile.doing))),
                    cell(
                        self.tr("直线 {}").format(way_text(crew.metres))
                        if crew.straight
                        else way_text(crew.metres)
                    ),
                    cell(self.tr("{} 分").format(max(1, round(crew.minutes)))),
                ]
                for crew in crews
            ],
        )
        words = self.tr("时间按平均每小时 {} 千米估算，不含路况。").format(f"{DRIVE_KMH:g}")
        if not crews:
            words = self.tr("没有在岗且有位置的队伍或车辆（10 分钟内没有位置的不算）")
        elif any(crew.straight for crew in crews):
            words += self.tr("没有连通道路的按直线距离排在后面，虚线画出，实际更远。")
        self.note.setText(words)
        if crews:
            self.table.setCurrentCell(0, 0)
        self._show_ways()

    def _target_at(self, position: QPoint) -> Target | None:
        """The crew of a row, for cases that are let go on it."""
        row = self.table.rowAt(position.y())
        if not 0 <= row < len(self.crews):
            return None
        mobile = self.crews[row].mobile
        return Target(mobile.kind, mobile.id, mobile.name, mobile.unit)

    def _tip(self, crew: NearCrew) -> str:
        parts = (kind_title(crew.mobile.kind), self._context.name_of(crew.mobile.unit), crew.mobile.plate)
        return " · ".join(part for part in parts if part)

    def _show_ways(self) -> None:
        item = self.table.item(self.table.currentRow(), 0) if self.table.currentRow() >= 0 else None
        chosen = str(item.data(KEY)) if item is not None else ""
        routes = []
        for crew in self.crews:
            strong = crew.mobile.id == chosen
            words = way_text(crew.metres)
            words = f"{crew.mobile.name} {words}" if strong else words
            routes.append(Route(crew.way, words, crew.straight, strong))
        # The chosen one last: it lies above the others.
        self._work.show_routes(sorted(routes, key=lambda route: route.strong))

    def _go(self) -> None:
        crew = self.crews[self.table.currentRow()] if 0 <= self.table.currentRow() < len(self.crews) else None
        if crew is not None:
            self._context.canvas.fly_to(crew.mobile.lon, crew.mobile.lat, 3000)


def _nearest(services: Services, lon: float, lat: float, n: int, actor: Actor) -> list[Any]:
    return nearest_crews(services, lon, lat, n, actor, services.streets.get())
