"""Everything at a point in the words of the identify card, with what can be done with each thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from ...map.identify_card import Thing, field_title, value_title
from ...map.overlay_mobiles import ago_text, kind_title, state_title
from ..texts import text
from ..texts.text import joined

if TYPE_CHECKING:
    from ...map.transform import Projection
    from .work import MapWork

Act = tuple[str, Callable[[], object]]


def things_here(
    work: MapWork, found: Any, mobiles: list[tuple[Any, str]], projection: Projection
) -> list[Thing]:
    """Cases, people, components, building, road, grid, divisions and units at a place, what is small and urgent first.

    ``found`` is a :class:`workstation.services.spatial.here.Here`; ``mobiles`` are places with their states.
    """
    made = _Things(work, found, projection)
    out = [made.case(row) for row in found.cases]
    out += [made.mobile(place, state) for place, state in mobiles]
    out += [made.component(item) for item in found.components]
    if found.building is not None:
        out.append(made.ground("building", found.building))
    if found.road is not None:
        out.append(made.ground("road", found.road))
    if found.grid is not None:
        out.append(made.grid(found.grid))
    out += [made.division(item) for item in reversed(found.divisions)]
    out += [made.unit(item) for item in found.responsible]
    return out


class _Things:
    def __init__(self, work: MapWork, found: Any, projection: Projection) -> None:
        self._work = work
        self._context = work.context
        self._found = found
        self._projection = projection

    def _at(self, lon: float | None, lat: float | None) -> tuple[float, float] | None:
        return None if lon is None or lat is None else self._projection.point_to_map(lon, lat)

    def _register(self, component: str = "") -> list[Act]:
        if not self._work.may_register:
            return []
        translate = QCoreApplication.translate
        lon, lat = self._found.lon, self._found.lat
        words = translate("MapThings", "在此登记")
        return [(words, lambda: self._work.register_here(lon, lat, component))]

    def case(self, row: Any) -> Thing:
        """An open case."""
        context, translate = self._context, QCoreApplication.translate
        rows = [
            (translate("MapThings", "案卷号"), row.code or translate("MapThings", "未编号")),
            (translate("MapThings", "状态"), context.label("states", str(row.state))),
            (translate("MapThings", "地址"), row.address),
            (translate("MapThings", "处置单位"), context.name_of(row.unit)),
        ]
        if row.clock_due_at is not None:
            left = text.remaining_text(row.clock_due_at, self._context.services.now())
            rows.append((translate("MapThings", "时限"), left))
        actions: list[Act] = [
            (translate("MapThings", "打开案卷"), lambda: context.show_case(row.id)),
            (translate("MapThings", "周边查询"), lambda: self._work.ask_around("case", row.id, row.code)),
            (translate("MapThings", "最近队伍"), lambda: self._work.nearest(row.lon, row.lat, row.code)),
        ]
        more = self._found.more_cases
        kind = (
            translate("MapThings", "案卷")
            if not more
            else translate("MapThings", "案卷（另有 {} 件）").format(more)
        )
        return Thing(kind, row.class_name, _filled(rows), self._at(row.lon, row.lat), actions)

    def mobile(self, place: Any, state: str) -> Thing:
        """Somebody out in the city."""
        translate, context = QCoreApplication.translate, self._context
        rows = [
            (translate("MapThings", "状态"), state_title(state)),
            (translate("MapThings", "单位"), context.name_of(place.unit)),
            (translate("MapThings", "车牌"), place.plate),
            (translate("MapThings", "位置时间"), ago_text(context.services.now() - place.at)),
        ]
        actions: list[Act] = [
            (translate("MapThings", "看轨迹"), lambda: self._work.show_track(place.id)),
            (translate("MapThings", "在手案卷"), lambda: self._work.show_in_hand(place)),
        ]
        return Thing(
            kind_title(place.kind), place.name, _filled(rows), self._at(place.lon, place.lat), actions
        )

    def component(self, item: Any) -> Thing:
        """A component of the inventory."""
        translate, context = QCoreApplication.translate, self._context
        rows = [
            (field_title("code"), item.code),
            (field_title("state"), value_title("state", item.state)),
            (field_title("maintainer_code"), context.name_of(item.maintainer_code)),
            (field_title("owner_code"), context.name_of(item.owner_code)),
            (field_title("dept_code"), context.name_of(item.dept_code)),
            (
                translate("MapThings", "距点击处"),
                translate("MapThings", "{} 米").format(f"{item.distance:.1f}"),
            ),
        ]
        actions = [
            *self._register(item.code),
            (
                translate("MapThings", "周边查询"),
                lambda: self._work.ask_around("component", item.code, item.name),
            ),
            (translate("MapThings", "养护单位"), lambda: self._work.show_unit(item.maintainer_code)),
        ]
        more = self._found.more_components
        kind = (
            translate("MapThings", "部件")
            if not more
            else translate("MapThings", "部件（另有 {} 个）").format(more)
        )
        return Thing(kind, item.name, _filled(rows), self._at(item.lon, item.lat), actions)

    def ground(self, kind: str, item: Any) -> Thing:
        """A road or a building."""
        translate = QCoreApplication.translate
        if kind == "road":
            rows = [
                (translate("MapThings", "种类"), value_title("kind", item.kind)),
                (translate("MapThings", "宽度"), translate("MapThings", "{} 米").format(f"{item.size:g}")),
            ]
            actions = self._register()
            if item.name:
                words = translate("MapThings", "沿路查询")
                actions.append((words, lambda: self._work.ask_around("road", item.name, item.name)))
            return Thing(
                translate("MapThings", "道路"),
                item.name or translate("MapThings", "无名道路"),
                rows,
                None,
                actions,
            )
        rows = [(translate("MapThings", "层数"), f"{item.size:g}")] if item.size else []
        name = item.name or translate("MapThings", "无名建筑")
        return Thing(translate("MapThings", "建筑"), name, rows, None, self._register())

    def grid(self, item: Any) -> Thing:
        """The unit grid."""
        translate = QCoreApplication.translate
        rows = [
            (translate("MapThings", "网格编码"), item.code),
            (field_title("area_class"), value_title("area_class", item.area_class)),
        ]
        actions = [
            *self._register(),
            (
                translate("MapThings", "网格内查询"),
                lambda: self._work.ask_area_of("grid", item.code, item.name),
            ),
        ]
        return Thing(translate("MapThings", "单元网格"), item.name, rows, None, actions)

    def division(self, item: Any) -> Thing:
        """A community, street office or district."""
        translate = QCoreApplication.translate
        words = translate("MapThings", "区域内查询")
        ask: Act = (words, lambda: self._work.ask_area_of(item.level, item.code, item.name))
        kind = value_title("level", item.level)
        return Thing(kind, item.name, [(translate("MapThings", "编码"), item.code)], None, [ask])

    def unit(self, item: Any) -> Thing:
        """A unit in whose area of responsibility the place lies."""
        translate, context = QCoreApplication.translate, self._context
        named = []
        for kind, prefix in item.duties:
            found = context.services.handbook.class_item(kind, prefix)
            named.append(found.name if found is not None else f"{text.kind_text(kind)} {prefix}…")
        shown = joined(named[:6])
        if len(named) > 6:
            shown = translate("MapThings", "{names} 等 {n} 类").format(names=shown, n=len(named))
        actions: list[Act] = [
            (translate("MapThings", "显示责任区"), lambda: self._work.show_unit(item.code)),
            (
                translate("MapThings", "责任区内查询"),
                lambda: self._work.ask_area_of("unit", item.code, item.name),
            ),
        ]
        return Thing(
            translate("MapThings", "责任单位"),
            item.name,
            [(translate("MapThings", "职责"), shown)],
            None,
            actions,
        )


def _filled(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(caption, value) for caption, value in rows if value]
