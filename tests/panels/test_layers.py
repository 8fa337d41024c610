"""The layer tree: what is switched there is switched on the map, and what the map tells is shown there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, MAP_CRS, NOW, Case, FakeClient
from workstation.map.canvas import MapCanvas
from workstation.map.definitions import LayerDefinition
from workstation.map.messages import LayerLegend, Legend, LegendEntry
from workstation.panels.layers import LayersPanel
from workstation.shell.theme import Theme

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
LAYERS = [
    LayerDefinition("water", "水系", "底图", "water", "polygon", "water.qml"),
    LayerDefinition("road", "道路", "底图", "road", "line", "road.qml"),
    LayerDefinition("grid_count", "部件数量", "网格", "grid", "polygon", "c.qml", max_scale=6000),
    LayerDefinition("component", "部件", "部件", "component", "point", "component.qml", min_scale=6000),
]


class Context(QObject):
    """As much of the context as the panel needs."""

    theme_changed = Signal()

    def __init__(self, canvas: MapCanvas, client: FakeClient, theme: Theme) -> None:
        super().__init__()
        self.canvas, self.client, self.theme = canvas, client, theme


@pytest.fixture
def client() -> FakeClient:
    """A client that has told its layers to nobody yet."""
    return FakeClient()


@pytest.fixture
def canvas(qtbot: QtBot, client: FakeClient) -> Iterator[MapCanvas]:
    """A canvas over the city with four layers and three cases."""
    made = MapCanvas(client, MAP_CRS, now=lambda: NOW)
    made.motion.animated = False
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    client.layers.emit(LAYERS)
    late = NOW - timedelta(hours=1)
    made.set_cases(
        [Case("a"), Case("b", state="working", clock_due_at=late), Case("c", state="working", suspended=True)]
    )
    made.fly_to(LON, LAT, 5000)
    yield made
    made.shutdown()


@pytest.fixture
def panel(qtbot: QtBot, canvas: MapCanvas, client: FakeClient) -> LayersPanel:
    """The panel, opened after the map had started."""
    context: Any = Context(canvas, client, Theme("day"))
    made = LayersPanel(context)
    made.keep = context  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.show()
    return made


def texts(item: QTreeWidgetItem) -> list[str]:
    """The names of an item's children."""
    return [item.child(n).text(0) for n in range(item.childCount())]  # type: ignore[union-attr]


def picture(color: str) -> QImage:
    """A legend's picture."""
    image = QImage(20, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(color))
    return image


def test_groups_and_layers_stand_as_they_lie(panel: LayersPanel) -> None:
    """What is drawn on top stands on top; a group has its layers under it."""
    root = panel.tree.invisibleRootItem()
    assert texts(root) == ["在办案件", "部件", "网格", "底图"]
    assert texts(root.child(3)) == ["道路", "水系"]  # type: ignore[arg-type]


def test_switching_a_layer_switches_it_on_the_map(panel: LayersPanel, canvas: MapCanvas) -> None:
    """One layer off is one hidden layer; a group off is all of its layers; everything comes back with one button."""
    panel._layers["road"].setCheckState(0, UNCHECKED)
    assert canvas.hidden_layers() == {"road"}
    group = panel._layers["road"].parent()
    group.setCheckState(0, UNCHECKED)
    assert canvas.hidden_layers() == {"road", "water"}
    panel.show_all()
    assert canvas.hidden_layers() == frozenset()


def test_what_is_hidden_elsewhere_is_shown_here(panel: LayersPanel, canvas: MapCanvas) -> None:
    """A layer hidden by another part of the program is unchecked in the tree."""
    canvas.set_hidden_layers({"water"})
    assert panel._layers["water"].checkState(0) == UNCHECKED
    assert panel._layers["road"].checkState(0) == CHECKED


def test_cases_are_switched_by_stage_and_light(panel: LayersPanel, canvas: MapCanvas) -> None:
    """Stages and lights that are unchecked are left out, and the whole overlay can be."""
    panel._stages["dispatch"].setCheckState(0, UNCHECKED)
    panel._lights["none"].setCheckState(0, UNCHECKED)
    assert canvas.cases.hidden() == ({"dispatch"}, {"none"})
    panel._cases.setCheckState(0, UNCHECKED)
    assert not canvas.cases.visible
    panel.show_all()
    assert canvas.cases.visible and canvas.cases.hidden() == (frozenset(), frozenset())


def test_cases_are_counted(panel: LayersPanel, canvas: MapCanvas) -> None:
    """Each stage and light says how many open cases it has, and follows the map's data."""
    assert panel._stages["dispose"].text(1) == "2"
    assert (panel._lights["red"].text(1), panel._lights["none"].text(1), panel._lights["yellow"].text(1)) == (
        "1",
        "1",
        "",
    )
    canvas.set_cases([Case("a")])
    assert panel._stages["dispose"].text(1) == "" and panel._cases.text(1) == "1"


def test_areas_can_be_shown(panel: LayersPanel, canvas: MapCanvas) -> None:
    """The check box and the button on the map are two hands on one switch."""
    panel._areas.setCheckState(0, CHECKED)
    assert canvas.areas_shown and canvas.controls.areas.isChecked()
    canvas.controls.areas.click()
    assert panel._areas.checkState(0) == UNCHECKED


def test_the_legend_is_the_workers(panel: LayersPanel, client: FakeClient) -> None:
    """Asked for at once; a layer with one symbol wears it, others have their entries below them, nested by level."""
    assert client.legends == 1
    client.legend.emit(
        Legend(
            1,
            (
                LayerLegend("water", "水系", (LegendEntry("水系", 0, picture("#0000ff"), 0, 0),)),
                LayerLegend(
                    "component",
                    "部件",
                    (
                        LegendEntry("公用设施", 0, None, 0, 0),
                        LegendEntry("上水井盖", 1, picture("#00ff00"), 2300, 0),
                        LegendEntry("污水井盖", 1, picture("#ff0000"), 2300, 0),
                        LegendEntry("交通设施", 0, None, 0, 0),
                    ),
                ),
                LayerLegend("gone", "旧", (LegendEntry("旧", 0, picture("#000000"), 0, 0),)),
            ),
        )
    )
    assert not panel._layers["water"].icon(0).isNull() and texts(panel._layers["water"]) == []
    component = panel._layers["component"]
    assert texts(component) == ["公用设施", "交通设施"]
    first = component.child(0)
    assert first is not None and texts(first) == ["上水井盖", "污水井盖"]


def test_layers_out_of_scale_say_when_they_are_drawn(
    qtbot: QtBot, panel: LayersPanel, canvas: MapCanvas
) -> None:
    """At 1:5,000 components are drawn and counts are not; far out it is the other way round."""
    assert panel._layers["component"].text(1) == ""
    assert "6,000" in panel._layers["grid_count"].text(1)
    canvas.set_scale(20_000)
    qtbot.waitUntil(lambda: "6,000" in panel._layers["component"].text(1), timeout=2000)
    assert panel._layers["grid_count"].text(1) == ""


def test_a_layer_that_failed_says_so(panel: LayersPanel, client: FakeClient) -> None:
    """The tree marks it with what is wrong, and unmarks it when it is back."""
    client.layer_failed.emit("road", "no such table: road")
    assert panel._layers["road"].text(1) == "无法载入" and "no such table" in panel._layers["road"].toolTip(0)
    client.layer_recovered.emit("road")
    assert panel._layers["road"].text(1) == ""


def test_what_is_open_stays_open(panel: LayersPanel, client: FakeClient) -> None:
    """A new legend does not fold what the operator has opened, nor open what was folded."""
    root = panel.tree.invisibleRootItem()
    base = root.child(3)
    assert base is not None
    base.setExpanded(False)
    client.layers.emit(LAYERS)
    opened = {item.text(0): item.isExpanded() for _, item in panel._paths() if item.parent() is None}
    assert opened["底图"] is False and opened["部件"] is True
