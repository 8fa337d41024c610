"""A loop round cases on the map, a drag onto an area, what became of each, and all of it taken back: window, worker, database."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.test_loop import Seat
from tests.map.conftest import Hand
from tests.map.qgis_python import needs_qgis
from workstation.map.client import MapClient
from workstation.map.dragging import cases_of
from workstation.services.services import Services
from workstation.shell.maps.bridge import MapBridge
from workstation.workflow.case import State

pytestmark = [pytest.mark.qgis, needs_qgis, pytest.mark.timeout(180)]

WAIT = 60_000
MOVE, LEFT, NONE = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def seat(
    qtbot: QtBot, city_store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Seat]:
    """A dispatcher before the whole window, with a map that QGIS draws, on each store."""
    monkeypatch.setattr("tests.panels.desk.FakeClient", MapClient)
    services = Services.open(city_store_url)
    made = Seat(qtbot, services, tmp_path, "dispatcher")
    MapBridge(made.context, services.db.worker_source(), made.window.status).start()
    yield made
    client: Any = made.client
    made.close()
    client.stop()
    client.deleteLater()
    services.close()


def test_from_loop_to_undo(qtbot: QtBot, seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything a hand does: loop, pull, hold over an area until it is told what would happen, let go, say which, undo."""
    cases = [seat.case("filed") for _ in range(4)]
    ids = {case.id for case in cases}
    late = cases[-1]
    canvas, context = seat.canvas, seat.context
    hand = Hand(canvas)
    qtbot.waitUntil(lambda: canvas.frames.picture is not None and not canvas.frames.waiting, timeout=WAIT)
    qtbot.waitUntil(lambda: all(canvas.cases.shows(case_id) for case_id in ids), timeout=WAIT)
    qtbot.waitUntil(lambda: bool(canvas.units.codes), timeout=WAIT)
    canvas.fly_to(*seat.place(), 3000)
    seat.settle()

    x, y = canvas.cases.screen_position(canvas.view, cases[0].id) or (0.0, 0.0)
    canvas.set_tool("select_lasso")
    ring = [(x + 30 * math.cos(n / 4), y + 30 * math.sin(n / 4)) for n in range(26)]
    hand.drag(*ring)
    canvas.set_tool("navigate")
    assert ids <= context.selection.ids
    context.selection.set(ids)
    panel = seat.panel("dispatch", "filed")
    assert set(panel.list.ids()) <= ids, "the list shows what was chosen on the map"

    target = QPointF(canvas.width() / 2, canvas.height() / 2)

    def carry(drag: QDrag) -> None:
        """What Qt does while a hand carries cases; another seat is quicker with one of them."""
        mime = drag.mimeData()
        assert set(cases_of(mime)) == ids
        for kind in (QDragEnterEvent, QDragMoveEvent):
            QApplication.sendEvent(canvas, kind(target.toPoint(), MOVE, mime, LEFT, NONE))
        qtbot.waitUntil(lambda: bool(canvas.drops.state.info), timeout=WAIT)
        seat.settle()
        assert canvas.drops.state.candidates and canvas.drops.card is not None
        assert any("截止" in line.text for line in canvas.drops.card.lines)
        seat.do("dispatch", late, "dispatcher", unit=seat.actors["two"].unit)
        QApplication.sendEvent(canvas, QDropEvent(target, MOVE, mime, LEFT, NONE))

    monkeypatch.setattr(canvas.drops, "_run", carry)
    x, y = canvas.cases.screen_position(canvas.view, cases[0].id) or (0.0, 0.0)
    hand.press(x, y)
    hand.move(x + 40, y + 4)
    menu = canvas.drops.menu
    if menu is not None:  # areas overlap here
        qtbot.waitUntil(menu.isVisible)
        qtbot.keyClick(menu, Qt.Key.Key_1)
    seat.settle()

    desk = context.drags.desk
    sent = desk.last
    assert sent is not None and len(sent.sent) == 3
    assert [one.case_id for one in sent.outcomes if one.late] == [late.id]
    assert {seat.now_of(case).state for case in cases} == {State.DISPATCHED}
    assert {seat.now_of(case).lead.unit for case in cases[:3]} == {sent.target.id}
    assert "完成 3 件，1 件未办" in seat.said()
    qtbot.waitUntil(lambda: canvas.cases.marker(cases[0].id).state is State.DISPATCHED, timeout=WAIT)

    seat.window.actions_.action("case.undo").trigger()
    seat.settle()
    assert {seat.now_of(case).state for case in cases[:3]} == {State.FILED}
    assert seat.now_of(late).lead.unit == seat.actors["two"].unit
    assert not [notice for notice in seat.notices if notice.kind == "error"]
