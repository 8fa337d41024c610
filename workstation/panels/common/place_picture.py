"""A picture of where a case is, drawn by the map's worker in the day's colours: for documents. None where no map is at hand."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from workstation.map.transform import Projection
from workstation.shell.context import AppContext
from workstation.workflow.case import Case

HALF_WIDTH, HALF_HEIGHT = 260.0, 170.0
"""What is shown around the place, in metres."""
PATIENCE_MILLISECONDS = 12_000
DPI = 130.0
# Where the map lies on the worker's page (map/worker/export.py): millimetres of an A4 page in landscape.
PAGE = (297.0, 210.0)
MARGIN, HEAD, FOOT = 12.0, 16.0, 10.0


class PlacePicture(QObject):
    """Asks once and answers once: ``on_done`` gets the PNG, or b"" when there is no place or no map in time."""

    def __init__(
        self, context: AppContext, case: Case, owner: QObject, on_done: Callable[[bytes], None]
    ) -> None:
        super().__init__(owner)
        self._context, self._on_done = context, on_done
        self._number = -1
        self._folder = tempfile.TemporaryDirectory(prefix="workstation-place-")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self._answer(b""))
        if case.lon is None or case.lat is None:
            self._timer.start(0)
            return
        projection = Projection(context.services.city.map_crs)
        x, y = projection.point_to_map(case.lon, case.lat)
        metres = projection.metres_per_unit(y)
        east, north = HALF_WIDTH / metres, HALF_HEIGHT / metres
        context.client.exported.connect(self._exported)
        self._number = context.client.export_map(
            Path(self._folder.name) / "place.png", (x - east, y - north, x + east, y + north), dpi=DPI
        )
        self._timer.start(PATIENCE_MILLISECONDS)

    @Slot(int, str, str)
    def _exported(self, number: int, path: str, problem: str) -> None:
        if number != self._number:
            return
        if problem:
            self._answer(b"")
            return
        self._context.tasks.run(
            marked, Path(path), owner=self, on_done=self._answer, on_error=lambda _error: self._answer(b"")
        )

    def _answer(self, content: bytes) -> None:
        if self._number == -2:
            return
        self._number = -2
        self._timer.stop()
        self._folder.cleanup()
        self._on_done(content)
        self.deleteLater()


def marked(path: Path) -> bytes:
    """The map without the page around it, with a ring around the place in its middle."""
    from PIL import Image, ImageDraw

    with Image.open(path) as opened:
        page = opened.convert("RGB")
    scale = page.width / PAGE[0]
    top, bottom = MARGIN + HEAD - 4, PAGE[1] - MARGIN - FOOT + 4
    picture = page.crop(
        (
            round(MARGIN * scale),
            round(top * scale),
            round((PAGE[0] - MARGIN) * scale),
            round(bottom * scale),
        )
    )
    x, y = picture.width / 2, picture.height / 2
    draw = ImageDraw.Draw(picture)
    for radius, colour, width in ((26, "#FFFFFF", 9), (24, "#D92D20", 5), (4, "#D92D20", 4)):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=colour, width=width)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
