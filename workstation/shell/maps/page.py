"""What goes onto a page beside the map: cases and areas as the screen has them, as vectors, and the list of cases.

Only what a marker has is on it: code, class, state, unit and deadline. Who reported a case is not among it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from ...map.overlay_markers import FULL, LIGHTS, MarkerPictures
from ...map.overlay_palette import Palette
from ...workflow.case import STAGE_OF, State
from ..texts import text
from ..widgets.basics import short_stage_names, stage_names

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas
    from ...map.overlay_case_table import CaseMarker
    from ...map.overlay_units import Outline
    from ...map.transform import Projection

SIGN_MM = 4.6
MOST_ROWS = 500
"""Of a longer list the page says how many are left out."""
_SIDE = int(FULL) + 8


@dataclass(frozen=True)
class Choice:
    """What is wanted on a page. ``cases``: ``view``, ``selected`` or empty for none; ``scale`` 0: what fits."""

    page: str = "A4"
    landscape: bool = True
    legend: bool = True
    cases: str = "view"
    listed: bool = False
    areas: bool = False
    scale: float = 0.0


@dataclass(frozen=True)
class Gathered:
    """What the map shows at a moment, taken in the interface's thread in milliseconds; ``content`` makes a page's part of
    it in any thread."""

    choice: Choice
    extent: tuple[float, float, float, float]
    size: tuple[int, int]
    placed: list[tuple[CaseMarker, float, float]]
    """The cases with their places in map coordinates, the most pressing first."""
    unit_names: Mapping[str, str]
    areas: list[Outline]
    now: datetime
    source: str


def gather(canvas: MapCanvas, choice: Choice, now: datetime, source: str) -> Gathered:
    """What of this map would be on the page."""
    box = canvas.view.extent
    extent = (box.xmin, box.ymin, box.xmax, box.ymax)
    cases = canvas.cases.shown() if choice.cases else []
    if choice.cases == "selected":
        ids = canvas.cases.selection
        cases = [case for case in cases if case.id in ids]
    shown = canvas.unit_areas_shown() if choice.areas else frozenset()
    areas = canvas.units.outlines(shown, extent) if shown is None or shown else []
    names = {unit: canvas.units.name(unit) for unit in {case.unit for case in cases} if unit}
    size = (canvas.width(), canvas.height())
    placed = _placed(cases, canvas.projection, extent, every=choice.cases == "selected")
    return Gathered(choice, extent, size, placed, names, areas, now, source)


def content(gathered: Gathered) -> dict[str, Any]:
    """The part of an export that is not the map: for ``MapClient.export_map(content=...)``."""
    translate = QCoreApplication.translate
    choice = gathered.choice
    wanted: dict[str, Any] = {
        "landscape": choice.landscape,
        "legend": choice.legend and choice.page != "view",
        "legend_title": translate("MapPage", "图例"),
        "scale": choice.scale,
        "source": gathered.source,
        "width_mm": gathered.size[0] / 96 * 25.4,
        "height_mm": gathered.size[1] / 96 * 25.4,
    }
    placed = gathered.placed
    listed = choice.listed and choice.page != "view" and bool(choice.cases)
    if placed:
        wanted["marks"] = _marks(placed, gathered.now, numbered=listed)
    if listed:
        wanted["table"] = _table([case for case, _, _ in placed], gathered)
    if gathered.areas:
        wanted["areas"] = {
            "title": translate("MapPage", "责任区"),
            "shapes": [[area.shape.wkb.hex(), area.name, area.colour] for area in gathered.areas],
        }
    return wanted


def _placed(
    cases: list[CaseMarker],
    projection: Projection,
    extent: tuple[float, float, float, float],
    *,
    every: bool,
) -> list[tuple[CaseMarker, float, float]]:
    """The cases with their places on the map, the most pressing first; without ``every`` only what is in view. Not for
    other threads: pyproj's objects of the interface's thread were seen to crash there."""
    if not cases:
        return []
    lon, lat = np.array([case.lon for case in cases]), np.array([case.lat for case in cases])
    x, y = projection.to_map(lon, lat)
    west, south, east, north = extent
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    rows = range(len(cases)) if every else np.flatnonzero(inside).tolist()
    found = [(cases[row], float(x[row]), float(y[row])) for row in rows]
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: (one[0].clock_due_at or far, one[0].code))


def _marks(
    placed: Sequence[tuple[CaseMarker, float, float]], now: datetime, *, numbered: bool
) -> dict[str, Any]:
    """The cases as points, the most pressing on top, and each kind of sign once."""
    names = {stage.value: name for stage, name in stage_names().items()}
    pictures = MarkerPictures(Palette())  # of the day: paper is white
    signs: dict[str, Mapping[str, Any]] = {}
    points = []
    for number, (case, x, y) in enumerate(placed, 1):
        stage, light = STAGE_OF[State(case.state)].value, light_of(case, now)
        key = f"{stage}/{LIGHTS[light]}"
        if key not in signs:
            label = QCoreApplication.translate("MapPage", "{stage}（{light}）").format(
                stage=names[stage], light=text.light_text(LIGHTS[light])
            )
            signs[key] = {"svg": sign(pictures, stage, light), "mm": SIGN_MM, "label": label}
        points.append([x, y, key, str(number) if numbered and number <= MOST_ROWS else ""])
    title = QCoreApplication.translate("MapPage", "案卷")
    return {"title": title, "signs": dict(sorted(signs.items())), "points": points[::-1]}


def sign(pictures: MarkerPictures, stage: str, light: int) -> str:
    """A case's sign as SVG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(_SIDE, _SIDE))
    generator.setViewBox(QRectF(0, 0, _SIDE, _SIDE))
    painter = QPainter(generator)
    pictures.paint_sign(painter, _SIDE / 2, stage, light)
    painter.end()
    return bytes(buffer.data().data()).decode("utf-8")


def _table(cases: Sequence[CaseMarker], gathered: Gathered) -> dict[str, Any]:
    """The list of cases, numbered as on the map."""
    translate = QCoreApplication.translate
    names = {stage.value: name for stage, name in short_stage_names().items()}
    rows = [
        [
            str(number),
            case.code,
            _short(case.class_name, 8),
            names[STAGE_OF[State(case.state)].value],
            _short(gathered.unit_names.get(case.unit, ""), 6),
            text.time_text(case.clock_due_at),
        ]
        for number, case in enumerate(cases[:MOST_ROWS], 1)
    ]
    return {
        # A picture has no pages behind: what does not fit is counted there.
        "more": translate("MapPage", "另有 {n} 件未列出"),
        "left_out": max(0, len(cases) - MOST_ROWS),
        "none": translate("MapPage", "范围内没有案卷"),
        "headers": [
            translate("MapPage", "号"),
            translate("MapPage", "案卷"),
            translate("MapPage", "类别"),
            translate("MapPage", "阶段"),
            translate("MapPage", "单位"),
            translate("MapPage", "时限"),
        ],
        "widths": [0.06, 0.31, 0.21, 0.09, 0.17, 0.16],
        "rows": rows,
    }


def _short(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1]}…"


def light_of(case: CaseMarker, now: datetime) -> int:
    """The number of a case's light, by the same rule as on the map."""
    if case.suspended or case.clock_due_at is None:
        return 0
    if now > case.clock_due_at:
        return 3
    return 2 if case.clock_yellow_at is not None and now >= case.clock_yellow_at else 1
