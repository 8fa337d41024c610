"""Which area is asked about: its words, its border for the map, and how a task finds its shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from workstation.map.marks import MapNet, Marks
from workstation.map.tools_measure import CGCS2000, LonLat, area_text
from workstation.services.errors import NotFound
from workstation.services.spatial.query import THINGS, Asked, BadArea, Found

if TYPE_CHECKING:
    from workstation.services.services import Services
    from workstation.workflow.event import Actor


@dataclass(frozen=True)
class Area:
    """``kind``: box, polygon, circle (drawn, with ``places``); point (``places``), road, component, case (around ``key`` by
    the metres of the panel); grid, street, community, district, unit (``key``). ``title``: its name in the operator's words."""

    kind: str
    places: tuple[LonLat, ...] = ()
    key: str = ""
    title: str = ""

    @property
    def around(self) -> bool:
        """Whether metres around it are asked about."""
        return self.kind == "point" or self.kind in THINGS


@dataclass(frozen=True, eq=False)
class Answer:
    """What a question has found, and how long it took."""

    area: Area
    rings: list[Any]
    square: float
    found: Found
    marks: Marks
    seconds: float
    counts: dict[str, list[tuple[str, int]]]


def shape_of(services: Services, area: Area, metres: float, actor: Actor) -> Any:
    """The shape in degrees; BadArea and NotFound as the service says."""
    spatial = services.spatial
    if area.kind == "box":
        (a, b), (c, d) = area.places
        return spatial.box(min(a, c), min(b, d), max(a, c), max(b, d))
    if area.kind == "polygon":
        return spatial.polygon(area.places)
    if area.kind == "circle":
        middle, edge = area.places
        return spatial.circle(*middle, CGCS2000.inv(*middle, *edge)[2])
    if area.kind == "point":
        return spatial.circle(*area.places[0], metres)
    if area.around:
        return spatial.buffer(spatial.thing(area.kind, area.key, actor), metres)
    return spatial.area_of(area.kind, area.key)


def ask(
    services: Services,
    area: Area,
    metres: float,
    what: str,
    class_code: str,
    actor: Actor,
    cancelled: Callable[[], bool],
    net: MapNet,
) -> Answer:
    """Find out, in the background."""
    import shapely

    begun = perf_counter()
    shape = shape_of(services, area, metres, actor)
    found = services.spatial.find(Asked(what, shape, class_code), actor, cancelled)
    rings = []
    for part in shapely.get_parts(shape):
        rings += [shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)]
    square = abs(float(CGCS2000.geometry_area_perimeter(shape)[0]))
    seconds = perf_counter() - begun
    counts = {"class": found.by_class(), "state": found.by_state()}
    return Answer(area, rings, square, found, marks_of(net, found), seconds, counts)


def marks_of(net: MapNet, found: Found) -> Marks:
    """What was found, as maps paint it."""
    return Marks(net.xy(found.lon, found.lat))


def kind_words(kind: str) -> str:
    """What an area's kind is called."""
    translate = QCoreApplication.translate
    return {
        "box": translate("QueryArea", "框选范围"),
        "polygon": translate("QueryArea", "多边形"),
        "circle": translate("QueryArea", "圆形范围"),
        "point": translate("QueryArea", "周边"),
        "road": translate("QueryArea", "道路沿线"),
        "component": translate("QueryArea", "部件周边"),
        "case": translate("QueryArea", "案卷周边"),
        "grid": translate("QueryArea", "单元网格"),
        "community": translate("QueryArea", "社区"),
        "street": translate("QueryArea", "街道"),
        "district": translate("QueryArea", "区"),
        "unit": translate("QueryArea", "责任区"),
    }[kind]


def area_words(area: Area, metres: float, square: float) -> str:
    """``道路沿线 望江路 50 米 · 3.214 公顷``."""
    translate = QCoreApplication.translate
    parts = [kind_words(area.kind), area.title]
    if area.around:
        parts.append(translate("QueryArea", "{} 米").format(f"{metres:g}"))
    words = " ".join(part for part in parts if part)
    return f"{words} · {area_text(square)}" if square else words


def problem_words(error: BaseException) -> str:
    """Why an area cannot be asked about; "" for what is somebody else's to say."""
    translate = QCoreApplication.translate
    if isinstance(error, BadArea):
        return {
            "empty": translate("QueryArea", "这里没有范围：没有画出面，或该单位、案卷没有位置"),
            "crossing": translate("QueryArea", "边界自相交，请重画"),
            "too_wide": translate("QueryArea", "缓冲距离太大"),
        }[error.code]
    if isinstance(error, NotFound) and error.code in ("no_such_area", "no_such_thing"):
        return translate("QueryArea", "没有找到「{}」").format(error.key)
    return ""
