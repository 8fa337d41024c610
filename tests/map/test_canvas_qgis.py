"""The canvas with the real worker: QGIS's map on the screen, components under the pointer, and a worker that is killed."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF
from pytestqt.qtbot import QtBot

from tests.map.conftest import Hand
from tests.map.qgis_python import needs_qgis
from workstation.map.canvas import MapCanvas
from workstation.map.client import MapClient

pytestmark = [pytest.mark.qgis, needs_qgis]

WAIT = 40_000


@pytest.fixture
def live(qtbot: QtBot, services: Any) -> Iterator[MapCanvas]:
    """A canvas over the small demo city, with a worker of its own."""
    client = MapClient()
    made = MapCanvas(client, services.city.map_crs)
    made.motion.animated = False
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    client.start(services.db.worker_source(), services.city.map_crs)
    made.set_home(services.city.extent)
    made.set_cases(services.lists.markers())
    yield made
    made.shutdown()
    client.stop()
    client.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def drawn(canvas: MapCanvas) -> bool:
    """Whether the newest view is on the screen, whole."""
    picture = canvas.frames.picture
    if picture is None or canvas.frames.waiting or canvas.view.extent.shared(picture.extent) < 0.999:
        return False
    return abs(picture.extent.width / picture.image.width() / canvas.view.res - 1) < 0.01


def colors(canvas: MapCanvas) -> int:
    """How many colours there are along one line of the frame: a blank one has one."""
    picture = canvas.frames.picture
    assert picture is not None
    image = picture.image
    return len({image.pixel(x, image.height() // 2) for x in range(0, image.width(), 3)})


def test_from_the_first_frame_to_a_killed_worker(qtbot: QtBot, live: MapCanvas, services: Any) -> None:
    """QGIS's map fills the window; near a component a picked point is the component's own, and the card tells its code;
    with the worker killed in the middle of a pan the old frame stays, and a new one of the new place comes by itself."""
    qtbot.waitUntil(lambda: drawn(live), timeout=WAIT)
    assert colors(live) > 5

    lon, lat = live.center()
    found = services.places.components_near(lon, lat, 800)[0]
    live.fly_to(found.lon, found.lat, 800)
    qtbot.waitUntil(lambda: drawn(live), timeout=WAIT)
    x, y = live.view.to_screen(*live.projection.point_to_map(found.lon, found.lat))
    live.pick_point("")
    with qtbot.waitSignal(live.point_picked, timeout=WAIT) as picked:
        live.lookup._patience.setInterval(WAIT)
        Hand(live).click(x + 2, y + 1)
    assert picked.args == pytest.approx([found.lon, found.lat], abs=2e-6)

    with qtbot.waitSignal(live.feature_identified, timeout=WAIT):
        live.identify_at(QPointF(x, y))
    assert live.lookup.card.feature is not None
    assert ("标识码", found.code) in live.lookup.card.rows()

    before = live.frames.picture
    worker = live.client._worker
    for step in range(8):
        live.pan_by(25, 10)
        qtbot.wait(15)
        if step == 4:
            os.kill(worker.pid, signal.SIGKILL)
    started = time.monotonic()
    assert live.frames.picture is not None
    qtbot.waitUntil(lambda: live.frames.picture is not before and drawn(live), timeout=WAIT)
    assert colors(live) > 1
    assert time.monotonic() - started < WAIT / 1000
    assert not live.banner.isVisible()


def zombies() -> list[str]:
    """Our children that have ended and that nobody has asked about."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has just gone
            state, parent, *_ = stat.read_text().rpartition(")")[2].split()
            if state == "Z" and int(parent) == os.getpid():
                found.append(stat.parent.name)
    return found


def test_three_deaths_take_nothing_from_the_hand(qtbot: QtBot, live: MapCanvas, services: Any) -> None:
    """The worker dies while cases are dragged, while a position is picked, and in a zoom with the lasso in hand: view,
    selection, tool, question and drag are what they were, the map comes back each time, and no dead process is left."""
    qtbot.waitUntil(lambda: drawn(live), timeout=WAIT)
    chosen = frozenset(marker.id for marker in services.lists.markers()[:3])
    live.set_selection(chosen)
    client = live.client
    client._want_spare = False

    def die() -> None:
        worker = client._worker
        before = live.frames.picture
        held = live.view, live.tool, live.picking, tuple(live.drops.state.ids), live.cases.selection
        os.kill(worker.pid, signal.SIGKILL)
        qtbot.waitUntil(lambda: live.frames.picture is not before and drawn(live), timeout=WAIT)
        assert client._worker is not worker and client._worker.is_ready
        assert (live.view, live.tool, live.picking, tuple(live.drops.state.ids), live.cases.selection) == held
        assert not zombies()

    live.drops.state.begin(sorted(chosen))
    die()
    live.drops.finish()
    live.pick_point("")
    die()
    live.cancel_pick()
    live.set_tool("select_lasso")
    live.zoom_by(1.7)
    die()
