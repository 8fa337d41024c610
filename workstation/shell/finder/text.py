"""Finding for the box: what is asked in the background, and the words and signs for what comes back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings

if TYPE_CHECKING:
    from ...services.finding.finding import Found
    from ...services.finding.shapes import Shape
    from ...services.services import Services
    from ...services.spatial.coordinates import Reading
    from ...workflow.event import Actor

SIGNS = {
    "coordinate": "pin",
    "case": "case",
    "component": "component",
    "class": "list",
    "road": "road",
    "crossing": "crossing",
    "building": "home",
    "water": "water",
    "green": "green",
    "division": "layers",
    "grid": "grid",
    "unit": "unit",
    "person": "person",
}
SHOWN = 30
RECENT = 8
NEVER_KEPT = frozenset({"person", "coordinate"})
"""Who looked for whom, and where, is not kept."""


@dataclass(frozen=True)
class Row:
    """One line of the answer: something found, or a reading of coordinates (``kind`` coordinate)."""

    kind: str
    title: str
    detail: str
    found: Found | None = None
    reading: Reading | None = None


@dataclass(frozen=True)
class Answer:
    """What was found for a text."""

    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Way:
    """Where to go for something found: a point, or a shape with its box; neither: it has no place."""

    found: Found
    place: tuple[float, float] | None
    shape: Shape | None = None
    gone: bool = False


def ask(services: Services, text: str, actor: Actor, near: tuple[float, float]) -> Answer:
    """What the text means: readings of coordinates where it is one, else what has such a code or name."""
    from ...services.spatial import coordinates  # not before somebody looks for something

    city = services.city
    readings = coordinates.read(text, city.extent, city.map_crs)
    if readings:
        places = [services.places.grid_at(reading.lon, reading.lat) for reading in readings]
        return Answer(
            text,
            tuple(
                Row("coordinate", f"{r.lon:.6f}, {r.lat:.6f}", reading_text(r, _where(grid)), reading=r)
                for r, grid in zip(readings, places, strict=True)
            ),
        )
    found = services.finding.search(text, actor, SHOWN, near=near)
    return Answer(text, tuple(row_of(item) for item in grouped(found)))


def _where(grid: object) -> str:
    parts = (getattr(grid, "street", ""), getattr(grid, "community", ""))
    return " ".join(part for part in parts if part)


def grouped(found: Sequence[Found]) -> list[Found]:
    """The same with those of one kind together, the kind of the best first; a class with the components shown of it."""
    classes = any(item.kind == "class" for item in found)
    order: dict[str, list[Found]] = {}
    for item in found:
        kind = "class" if classes and item.kind == "component" else item.kind
        order.setdefault(kind, []).append(item)
    return [item for items in order.values() for item in items]


def row_of(found: Found) -> Row:
    """A line for something found."""
    detail = found.detail
    if found.note:
        words = QCoreApplication.translate("Finder", "未登记门牌 {number}，定位到道路")
        detail = " · ".join(part for part in (words.format(number=found.note), detail) if part)
    return Row(found.kind, found.title, detail, found=found)


def group_titles() -> dict[str, str]:
    """The headings of the groups."""
    translate = QCoreApplication.translate
    return {
        "coordinate": translate("Finder", "坐标"),
        "case": translate("Finder", "案卷"),
        "component": translate("Finder", "部件"),
        "class": translate("Finder", "部件类别和最近的部件"),
        "road": translate("Finder", "道路"),
        "crossing": translate("Finder", "路口"),
        "building": translate("Finder", "建筑和单位地址"),
        "water": translate("Finder", "水域"),
        "green": translate("Finder", "绿地"),
        "division": translate("Finder", "街道和社区"),
        "grid": translate("Finder", "网格"),
        "unit": translate("Finder", "专业部门"),
        "person": translate("Finder", "人员"),
    }


def reading_text(reading: Reading, where: str) -> str:
    """How the numbers were taken, and where that is."""
    translate = QCoreApplication.translate
    how = {
        "cgcs2000": translate("Finder", "按经纬度 CGCS2000 / WGS-84"),
        "gcj02": translate("Finder", "按 GCJ-02（高德、腾讯）换算"),
        "bd09": translate("Finder", "按 BD-09（百度）换算"),
        "metres": translate("Finder", "按米制坐标 {crs}").format(crs=reading.crs),
    }[reading.system]
    if not where:
        where = translate("Finder", "城区附近") if reading.near else translate("Finder", "不在本市")
    return f"{how} · {where}"


def pin_text(reading: Reading) -> str:
    """What stands below the pin of a converted position; "" of one that was not."""
    if not reading.converted:
        return ""
    name = {"gcj02": "GCJ-02", "bd09": "BD-09"}[reading.system]
    return QCoreApplication.translate("Finder", "由 {system} 换算，约 1–2 m").format(system=name)


def nothing_text(text: str) -> str:
    """What was tried for nothing, and what would help."""
    short = text if len(text) <= 24 else f"{text[:23]}…"
    return QCoreApplication.translate(
        "Finder",
        "没有找到「{text}」\n\n已查：案卷号、部件和网格编码、道路、路口、建筑、街道社区、部门、人员、部件类别（汉字、全拼、首字母）。\n\n"
        "可输入：案卷号后 6 位、部件编码、道路＋门牌、两条路名、坐标（经纬度、米、高德或百度坐标）。",
    ).format(text=short)


def way_to(services: Services, actor: Actor, found: Found, near: tuple[float, float]) -> Way:
    """Where something lies now; a case only for whom it concerns, a person where the terminal was last heard from, of a
    class the component nearest to ``near``."""
    if found.kind == "class":
        listed = services.finding.nearest(found.ref, near)
        if listed and listed[0].lon is not None and listed[0].lat is not None:
            return Way(listed[0], (listed[0].lon, listed[0].lat))
        return Way(found, None)
    if found.kind == "case":
        rows = services.lists.seen_by(actor).rows([found.ref])
        if not rows:
            return Way(found, None, gone=True)
        lon, lat = rows[0].lon, rows[0].lat
        return Way(found, None if lon is None or lat is None else (lon, lat))
    if found.kind == "component":
        component = services.places.component(found.ref)
        if component is None:
            return Way(found, None, gone=True)
        return Way(found, (component.lon, component.lat))
    if found.kind == "person":
        for mobile in services.positions.mobiles(actor):
            if mobile.person == found.ref:
                return Way(found, (mobile.lon, mobile.lat))
    place = None if found.lon is None or found.lat is None else (found.lon, found.lat)
    return Way(found, place, services.finding.shape(found))


# ---- what somebody found lately ------------------------------------------------------------------------------


def recent(settings: QSettings, person: str) -> list[Found]:
    """What the person went to last, the newest first."""
    from ...services.finding.finding import Found

    try:
        kept = json.loads(str(settings.value(f"finder/{person}", "[]")))
        return [Found(**{**item, "bounds": None}) for item in kept][:RECENT]
    except (ValueError, TypeError):
        return []  # written by another version, or by hand


def remember(settings: QSettings, person: str, found: Found) -> None:
    """Keep that the person went there: of a case its code alone, of people and positions nothing."""
    if found.kind in NEVER_KEPT:
        return
    plain = replace(found, detail="" if found.kind == "case" else found.detail, bounds=None, score=0.0)
    if found.kind == "case":
        plain = replace(plain, lon=None, lat=None)
    others = [item for item in recent(settings, person) if (item.kind, item.ref) != (plain.kind, plain.ref)]
    settings.setValue(f"finder/{person}", json.dumps([asdict(item) for item in [plain, *others][:RECENT]]))
