"""Heat on a map window: chosen in a dialog, computed apart, follows the view and the cases, and comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.panels.desk import Desk
from workstation.map.overlay_heat import HeatOverlay
from workstation.shell.frame.statusbar import StatusBar
from workstation.shell.maps.bridge import MapBridge
from workstation.shell.maps.heat import COMPONENTS, PERIOD, Heat, HeatChoice
from workstation.shell.maps.heatdialog import HeatDialog
from workstation.shell.maps.links import MapLinks
from workstation.shell.maps.window import MapWindow


@pytest.fixture
def window(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[MapWindow]:
    """The main map, fed."""
    monkeypatch.setattr(desk.client, "start", lambda *args, **options: None, raising=False)
    status = StatusBar()
    desk.qtbot.addWidget(status)
    MapBridge(desk.context, {}, status).start()
    made = MapWindow(desk.context, desk.canvas, MapLinks(desk.canvas, desk.context), "主图", desk.context)
    desk.qtbot.addWidget(made.frame)
    made.frame.resize(900, 600)
    made.frame.show()
    desk.settle()
    yield made
    made.close()
    desk.canvas.setParent(None)


def overlay(desk: Desk) -> HeatOverlay:
    """What is painted."""
    return next(o for o in desk.canvas.overlays if isinstance(o, HeatOverlay))


def weight(heat: Heat) -> float:
    """All that is counted."""
    assert heat._points is not None
    return float(heat._points.weight.sum())


def test_heat_follows_the_view_the_cases_and_the_filter(desk: Desk, window: MapWindow) -> None:
    """It counts what the map shows; a new case, a hidden light, a pan each bring another picture; off leaves nothing."""
    heat = window.ensure_heat()
    heat.show(HeatChoice(radius=400))
    desk.settle()
    assert weight(heat) == len(desk.canvas.cases.shown())
    first = overlay(desk).picture
    assert first is not None and overlay(desk).covers(desk.canvas.view)
    desk.canvas.pan_by(40, 0)
    desk.settle()
    assert overlay(desk).picture is first, "what the picture holds needs no other"
    desk.canvas.zoom_by(3.0)
    desk.settle()
    assert overlay(desk).picture is not first and overlay(desk).covers(desk.canvas.view)
    before = weight(heat)
    desk.case("filed")
    desk.settle()
    desk.qtbot.wait(450)
    desk.settle()
    assert weight(heat) == before + 1
    heat.show(HeatChoice(radius=400, weighted=True, markers=False))
    desk.settle()
    assert weight(heat) > before and not desk.canvas.cases.visible
    heat.hide()
    assert desk.canvas.cases.visible and not [o for o in desk.canvas.overlays if isinstance(o, HeatOverlay)]


def test_the_dialog_chooses_and_the_choice_comes_back(desk: Desk, window: MapWindow) -> None:
    """A period, the inventory, a radius; what was chosen is what the state brings back, and nonsense in it does no harm."""
    dialog = HeatDialog(window, window.frame)
    dialog.kinds[PERIOD].setChecked(True)
    dialog.radius.setValue(800)
    dialog.since.setDate(dialog.since.date().addDays(-300))
    dialog.kinds[PERIOD].setChecked(True)
    dialog._agree()
    desk.settle()
    heat = window.heat
    assert heat is not None and heat.on and heat.choice.what == PERIOD and heat.choice.radius == 800
    filed = [
        r for r in desk.context.lists.page(desk.context.lists.everything(), None, 1000).rows if r.filed_at
    ]
    assert weight(heat) == len([row for row in filed if row.lon is not None])
    state = heat.state()
    heat.show(HeatChoice(COMPONENTS))
    desk.settle()
    assert weight(heat) > 400
    heat.apply(state)
    assert heat.choice.what == PERIOD and heat.choice.since == state["since"]
    heat.apply({"what": "nothing", "radius": 10**9, "since": "x", "markers": 3})
    assert heat.choice == HeatChoice(radius=5000)
    again = HeatDialog(window, window.frame)
    assert again.off.isEnabled()
    again._turn_off()
    assert not heat.on
    desk.settle()
