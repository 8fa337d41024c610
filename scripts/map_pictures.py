"""Pictures of the map for the operator guide: a whole city, a district, a street, a drag under way, windows, finding, the past.

``.venv/bin/python scripts/map_pictures.py FOLDER [--db URL]``: the window offscreen with the real map, over a demo city of a
million components that it makes (several minutes) or over the one that is named. ``scripts/pictures.sh`` calls it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shared_pictures import Seat  # sets the offscreen platform and the path before anything of Qt is loaded

CITY = (1_000_000, 10_000, 5_000)
"""Components, grids and cases of the large city."""
DISTRICT = (20_000, 240, 500)
"""The same of a single district: what lies in one quarter is seen at once there."""
PLAIN = Qt.KeyboardModifier.NoModifier


class Maps:
    """The seat at work on the map, one picture after the other."""

    def __init__(self, seat: Seat) -> None:
        from workstation.shell.maps import work as mapwork

        self.seat = seat
        self.window = seat.window
        context = seat.window.context
        assert context is not None
        self.context: Any = context
        self.canvas = context.main_canvas
        self.canvas.motion.animated = False
        self.work = mapwork.of(context)
        self.city = context.services.city

    def rest(self, least: float = 1.0) -> None:
        """Until a sharp frame of the view is there."""
        canvas = self.canvas
        self.seat.settle(lambda: canvas.frames.picture is not None, 90, least)

    def look(self, place: tuple[float, float], scale: float) -> None:
        """Go there."""
        self.canvas.fly_to(*place, scale)
        self.rest(2.5)

    def panels(self, *keys: str) -> None:
        """These in front, in this order."""
        for key in keys:
            self.window.open_panel(key)
        self.rest()

    def alone(self) -> None:
        """Nothing at the right of the map."""
        for key in ("case", "layers", "query", "tracks"):
            if self.window._host.is_open(key):
                self.window._host.close(key)
        self.rest()

    def crowded(self, kinds: Iterable[str] = ("filed",)) -> tuple[list[str], tuple[float, float]]:
        """A dozen cases in these states that lie near together, the middle one first, and where that is."""
        markers = [m for m in self.context.bridge.markers.values() if m.state in kinds]
        free = self._free() if "filed" in kinds else {m.id for m in markers}
        best: tuple[float, list[Any]] | None = None
        for one in [m for m in markers if m.id in free][:400]:
            near = sorted(markers, key=lambda m: abs(m.lon - one.lon) + abs(m.lat - one.lat))[:12]
            wide = abs(near[-1].lon - one.lon) + abs(near[-1].lat - one.lat)
            if best is None or wide < best[0]:
                best = wide, near
        if best is None:
            raise SystemExit("the city has no case that waits to be dispatched")
        return [m.id for m in best[1]], (best[1][0].lon, best[1][0].lat)

    def _free(self) -> set[str]:
        """The cases that can be dispatched as they are: nothing is asked for and nothing is argued about."""
        from workstation.services.lists.filter import CaseFilter
        from workstation.workflow.case import State

        rows = self.context.services.lists.page(CaseFilter(states=(State.FILED,)), None, 200).rows
        return {row.id for row in rows if not row.pending and not row.body}


def scales(maps: Maps) -> None:
    """The city in as much room as there is; district and street with the legend."""
    maps.panels("dispatch")
    maps.alone()
    maps.canvas.full_extent()
    maps.rest(4)
    maps.seat.take("46-map-city")
    maps.panels("layers")
    _, middle = maps.crowded(("dispatched", "accepted", "filed"))
    maps.look(middle, 8_000)
    maps.seat.take("47-map-district")
    maps.look(middle, 900)
    maps.seat.take("48-map-street")


def drag(maps: Maps) -> None:
    """Several cases in the air over the area of a unit, with the card beside the pointer."""
    ids, middle = maps.crowded()
    canvas = maps.canvas
    maps.panels("dispatch", "case")
    maps.look(middle, 20_000)
    maps.context.selection.set(ids, ids[0])
    maps.rest(2)
    end = QPointF(canvas.width() * 0.42, canvas.height() * 0.36)
    held = canvas.drops.make_drag(ids, ids[0])
    move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    start = QPointF(canvas.rect().center())
    QApplication.sendEvent(canvas, QDragEnterEvent(start.toPoint(), move, held.mimeData(), left, PLAIN))
    for step in range(13):
        at = start + (end - start) * (step / 12)
        QApplication.sendEvent(canvas, QDragMoveEvent(at.toPoint(), move, held.mimeData(), left, PLAIN))
        QTest.qWait(16)
    maps.seat.settle(lambda: canvas.drops.state.info, 30, 2.5)
    # What hangs on the pointer is the system's to show: it is not in a picture of the window.
    corner = canvas.mapTo(maps.window, end.toPoint()) - held.hotSpot()
    maps.seat.take("49-map-drag", over=lambda painter: painter.drawPixmap(corner, held.pixmap()))
    canvas.drops.finish()
    held.deleteLater()
    maps.context.selection.clear()


def windows(maps: Maps) -> None:
    """Two linked windows beside each other: the quarter in one, the crossing at issue in the other."""
    from PySide6QtAds import ads

    from workstation.shell.maps.links import Link

    ids, middle = maps.crowded()
    host = maps.window._host
    maps.look(middle, 20_000)
    second = maps.window.maps.new()
    dock = host._windows[second.key]
    host._manager.addDockWidget(
        ads.DockWidgetArea.RightDockWidgetArea, dock, host._docks["map"].dockAreaWidget()
    )
    maps.alone()
    second.set_link(Link.CENTER)
    splitter = dock.dockAreaWidget().parentSplitter()
    whole = sum(splitter.sizes())
    splitter.setSizes([480, *[(whole - 480) // 2] * (splitter.count() - 1)])
    second.canvas.motion.animated = False
    second.canvas.fly_to(*middle, 2_500)
    second.set_overview(True)
    maps.context.selection.set(ids[:1], ids[0])
    maps.context.set_canvas(maps.canvas)
    maps.canvas.setFocus()
    maps.rest(3)
    maps.seat.settle(lambda: second.canvas.frames.picture is not None, 60, 3)
    maps.seat.take("50-map-windows")
    maps.window.maps.close(second)
    maps.context.selection.clear()
    maps.seat.settle(least=1)
    maps.panels("case", "layers")


def finding(maps: Maps) -> None:
    """A few initials, and what they find."""
    maps.canvas.full_extent()
    maps.rest(2)
    maps.window.finders.come()
    box = maps.window.finders.box(maps.canvas)
    box._focused()
    box.edit.insert("jsl")
    box._edited("jsl")
    maps.seat.settle(lambda: box.entries.rowCount() > 1, 30, 1.5)
    box.panel.show()
    box.place()
    maps.seat.take("51-map-finding")
    box.edit.clear()
    box.back()


def past(maps: Maps) -> None:
    """Yesterday afternoon, by the time slider: at night there would be little to see."""
    one = maps.window.maps.main
    maps.canvas.full_extent()
    one.toggle_time()
    maps.seat.settle(lambda: one.time.band._counts, 90, 2)
    one.time.day.setDate(one.time.day.date().addDays(-1))
    maps.seat.settle(lambda: one.time.totals.text() and one.time._span is not None, 90, 2)
    one.time.go(one.time._span.since + timedelta(hours=15, minutes=30))
    maps.rest(3)
    maps.seat.take("52-map-past")
    one.close_time()


def heat(maps: Maps) -> None:
    """Where open cases lie close together."""
    from workstation.shell.maps.heat import HeatChoice

    one = maps.window.maps.main.ensure_heat()
    maps.canvas.full_extent()
    one.show(HeatChoice(radius=1500, markers=False))
    maps.rest(5)
    maps.seat.take("53-map-heat")
    one.hide()


def query(maps: Maps) -> None:
    """Everything round a place."""
    _, middle = maps.crowded(("dispatched", "accepted", "filed"))
    maps.look(middle, 6_000)
    maps.work._on_query("ask_point", *middle, maps.context.tr("拥堵路口"))
    maps.rest(1)
    panel = maps.window.panel("query")
    panel.metres.setValue(300)
    maps.rest(2)
    panel.tabs.choose("class")
    panel._show_tab()
    maps.seat.take("54-map-query")
    panel.clear()


def areas(maps: Maps) -> None:
    """Gaps and overlaps of areas of responsibility."""
    maps.canvas.full_extent()
    maps.window.open_panel("areas")
    maps.rest(8)
    maps.window.panel("areas").go()
    maps.rest(3)
    maps.seat.take("55-map-areas")
    maps.window.open_panel("dispatch")


def tracks(maps: Maps) -> None:
    """Where a collector has been."""
    out = [place for place in maps.work.field.places if place.kind == "collector"][4:5]
    if not out:
        raise SystemExit("nobody is out in this city")
    maps.work._panel("tracks").show_mobiles([place.id for place in out])
    maps.rest(4)
    player = maps.window.panel("tracks").player
    player.set_moment(player._begin + 3 * 3600)
    maps.seat.take("56-map-tracks")
    maps.window.panel("tracks").clear()


LARGE = (scales, drag, windows, finding, past, heat, query)
SMALL = (areas, tracks)
PICTURES: dict[str, Callable[[Maps], None]] = {picture.__name__: picture for picture in (*LARGE, *SMALL)}


def main() -> int:
    """Take them into the folder that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--db", default="", help="a large demo city that is there; else one is made")
    parser.add_argument("--only", nargs="*", choices=tuple(PICTURES), default=tuple(PICTURES))
    parser.add_argument("--theme", choices=("day", "night"), default="day")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="workstation-map-") as home:
        os.environ["WORKSTATION_HOME"] = home
        seat = Seat(Path(home), wanted.folder, {}, wanted.theme)
        for pictures, size, given in ((SMALL, DISTRICT, ""), (LARGE, CITY, wanted.db)):
            chosen = [picture for picture in pictures if picture.__name__ in wanted.only]
            if not chosen:
                continue
            seat.sit(given or _made(Path(home), *size), "dispatcher")
            maps = Maps(seat)
            maps.rest(4)
            for picture in chosen:
                picture(maps)
                print(picture.__name__, flush=True)
        seat.station.close()
    return 0


def _made(home: Path, components: int, grids: int, cases: int) -> str:
    from workstation import demo
    from workstation.store.database import Database

    url = f"sqlite:///{home / f'city-{components}.sqlite'}"
    database = Database.create(url)
    demo.build(database, components=components, grids=grids, cases=cases)
    database.close()
    return url


if __name__ == "__main__":
    raise SystemExit(main())
