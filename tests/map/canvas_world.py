"""A map for tests of the canvas: a client that draws nothing but remembers everything, markers and units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import shapely
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QImage

from workstation.map.client import Frame, IdentifyResult

MAP_CRS = "EPSG:4549"
LON, LAT = 119.93, 32.46
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """One request for a frame."""

    number: int
    view: str
    extent: tuple[float, float, float, float]
    width: int
    height: int
    dpr: float
    hidden: frozenset[str]


class FakeClient(QObject):
    """Has the client's signals and methods; a test answers when it wants."""

    ready = Signal(dict)
    frame = Signal(object)
    identified = Signal(object)
    legend = Signal(object)
    layers = Signal(list)
    layer_failed = Signal(str, str)
    layer_recovered = Signal(str)
    restarting = Signal(int)
    failed = Signal(str, str)
    exported = Signal(int, str, str)
    added = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[tuple[int, Any, dict[str, Any]]] = []
        # What comes of every page that is asked for; None: the test says it.
        self.page_problem: str | None = None
        self.asked: list[Asked] = []
        self.questions: list[tuple[int, float, float, float]] = []
        self.dropped: list[str] = []
        self.legends = 0
        self.additions: list[tuple[list[dict[str, Any]], str, dict[str, float]]] = []
        self.reloaded: list[list[str] | None] = []
        self.problems: dict[str, str] = {}
        self._number = 0

    def set_additions(
        self, rasters: list[dict[str, Any]], project: str, opacities: dict[str, float] | None = None
    ) -> None:
        """Notes what was added."""
        self.additions.append((rasters, project, dict(opacities or {})))

    def reload(self, layers: list[str] | None = None) -> None:
        """Notes what is to be read again."""
        self.reloaded.append(layers)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def render(
        self,
        view: str,
        extent: tuple[float, float, float, float],
        width: int,
        height: int,
        dpr: float = 1.0,
        hidden: frozenset[str] = frozenset(),
    ) -> int:
        """Remember what is wanted."""
        number = self._next()
        self.asked.append(Asked(number, view, tuple(extent), width, height, dpr, hidden))
        return number

    def drop_view(self, view: str) -> None:
        """Remember that too."""
        self.dropped.append(view)

    def identify(self, view: str, x: float, y: float, radius: float) -> int:
        """Remember the question."""
        number = self._next()
        self.questions.append((number, x, y, radius))
        return number

    def export_map(self, path: Any, extent: tuple[float, float, float, float], **options: Any) -> int:
        """Remember what is to be written."""
        number = self._next()
        self.pages.append((number, path, {"extent": extent, **options}))
        if self.page_problem is not None:
            problem = self.page_problem
            QTimer.singleShot(0, self, lambda: self.exported.emit(number, str(path), problem))
        return number

    def request_legend(self, dpr: float = 1.0) -> int:
        """Count it."""
        self.legends += 1
        return self._next()

    def of(self, view: str = "main") -> list[Asked]:
        """What was asked for one view."""
        return [asked for asked in self.asked if asked.view == view]

    def answer(self, asked: Asked, color: str = "#AABBCC", *, partial: bool = False) -> None:
        """A frame of one colour."""
        image = QImage(
            round(asked.width * asked.dpr),
            round(asked.height * asked.dpr),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.fill(QColor(color))
        self.frame.emit(Frame(asked.view, asked.number, image, asked.extent, partial, 5.0))

    def tell(self, number: int, *features: dict[str, Any]) -> None:
        """The answer to a question."""
        self.identified.emit(IdentifyResult(number, list(features)))


@dataclass(frozen=True)
class Case:
    """A marker."""

    id: str
    lon: float = LON
    lat: float = LAT
    state: str = "filed"
    code: str = "20261120001"
    clock_yellow_at: datetime | None = NOW + timedelta(hours=2)
    clock_due_at: datetime | None = NOW + timedelta(hours=4)
    emergency: bool = False
    class_name: str = "暴露垃圾"
    unit: str = ""
    suspended: bool = False


@dataclass(frozen=True)
class Unit:
    """A unit with its area."""

    code: str
    name: str
    short_name: str
    area_wkb: bytes | None


def unit_box(code: str, west: float, south: float, east: float, north: float, name: str = "") -> Unit:
    """A unit whose area is a box in degrees."""
    area = shapely.MultiPolygon([shapely.box(west, south, east, north)])
    return Unit(code, name or code, name or code, shapely.to_wkb(area))


def looks_like(one: QImage, other: QImage) -> bool:
    """Whether no pixel differs by more than what rounding makes of colours that are laid over each other by way of a picture."""
    a, b = (np.frombuffer(image.constBits(), dtype=np.uint8).astype(int) for image in (one, other))
    return int(np.abs(a - b).max()) <= 2
