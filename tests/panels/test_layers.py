"""The layer tree: what is switched there is switched on the map, and what the map tells is shown there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, MAP_CRS, NOW, Case, FakeClient
from workstation.map.canvas import MapCanvas
from workstation.map.definitions import LayerDefinition
from workstation.map.messages import LayerLegend, Legend, LegendEntry
from workstation.map.project_file import MapAdditions
from workstation.panels.layers import LayersPanel
from workstation.panels.layers.panel import SCALE_ROLE
from workstation.panels.layers.project import ProjectBar
from workstation.shell.look.theme import Theme

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
    canvas_changed = Signal()
    canvas_removed = Signal(object)

    def __init__(self, canvas: MapCanvas, client: FakeClient, theme: Theme, additions: MapAdditions) -> None:
        super().__init__()
        self.canvas, self.client, self.theme = canvas, client, theme
        self.bridge = SimpleNamespace(additions=additions)


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
def additions(client: FakeClient, tmp_path: Path) -> MapAdditions:
    """What the seat added: nothing yet."""
    settings = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
    return MapAdditions(client, settings, {"kind": "spatialite", "path": "/data/city.sqlite"})


@pytest.fixture
def panel(qtbot: QtBot, canvas: MapCanvas, client: FakeClient, additions: MapAdditions) -> LayersPanel:
    """The panel, opened after the map had started."""
    context: Any = Context(canvas, client, Theme("day"), additions)
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
    assert texts(root) == ["在办案卷", "部件", "网格", "底图"]
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
    panel.cases.stages["dispatch"].setCheckState(0, UNCHECKED)
    panel.cases.lights["none"].setCheckState(0, UNCHECKED)
    assert canvas.cases.hidden() == ({"dispatch"}, {"none"})
    panel.cases.root.setCheckState(0, UNCHECKED)
    assert not canvas.cases.visible
    panel.show_all()
    assert canvas.cases.visible and canvas.cases.hidden() == (frozenset(), frozenset())


def test_cases_are_counted(panel: LayersPanel, canvas: MapCanvas) -> None:
    """Each stage and light says how many open cases it has, and follows the map's data."""
    assert panel.cases.stages["dispose"].text(1) == "2"
    assert (
        panel.cases.lights["red"].text(1),
        panel.cases.lights["none"].text(1),
        panel.cases.lights["yellow"].text(1),
    ) == (
        "1",
        "1",
        "",
    )
    canvas.set_cases([Case("a")])
    assert panel.cases.stages["dispose"].text(1) == "" and panel.cases.root.text(1) == "1"


def test_areas_can_be_shown(panel: LayersPanel, canvas: MapCanvas) -> None:
    """The check box and the button on the map are two hands on one switch."""
    panel.cases.areas.setCheckState(0, CHECKED)
    assert canvas.areas_shown and canvas.controls.areas.isChecked()
    canvas.controls.areas.click()
    assert panel.cases.areas.checkState(0) == UNCHECKED


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
    client.layer_failed.emit("road", "unreadable: no such table: road")
    assert panel._layers["road"].text(1) == "无法载入" and "no such table" in panel._layers["road"].toolTip(0)
    panel.tree.setCurrentItem(panel._layers["road"])
    assert panel.detail.retry.isVisible() and "no such table" in panel.detail.words.text()
    assert "管理员" in panel.detail.words.text()
    client.layer_recovered.emit("road")
    assert panel._layers["road"].text(1) == ""


def test_what_had_failed_before_is_known(
    qtbot: QtBot, canvas: MapCanvas, client: FakeClient, additions: MapAdditions
) -> None:
    """A panel that is opened after a layer had failed says so too."""
    client.problems["road"] = "unreadable: no such table: road"
    context: Any = Context(canvas, client, Theme("day"), additions)
    panel = LayersPanel(context)
    qtbot.addWidget(panel)
    assert panel._layers["road"].text(1) == "无法载入"


def test_what_is_open_stays_open(panel: LayersPanel, client: FakeClient) -> None:
    """A new legend does not fold what the operator has opened, nor open what was folded."""
    root = panel.tree.invisibleRootItem()
    base = root.child(3)
    assert base is not None
    base.setExpanded(False)
    client.layers.emit(LAYERS)
    opened = {item.text(0): item.isExpanded() for _, item in panel.tree.paths() if item.parent() is None}
    assert opened["底图"] is False and opened["部件"] is True


def told(key: str, title: str, code: str = "", *, group: str = "", hint: str = "") -> dict[str, Any]:
    """What the worker says of a layer that was added."""
    return {"key": key, "title": title, "code": code, "detail": "", "hint": hint, "group": group}


def test_imagery_is_added_moved_and_taken_off(
    qtbot: QtBot, panel: LayersPanel, client: FakeClient, additions: MapAdditions, canvas: MapCanvas
) -> None:
    """Files become a group of their own, the last one on top; by key one is moved down, thinned and taken off."""
    panel._imagery.add(["/maps/old.tif", "/maps/new.mbtiles"])
    group = panel._layers[additions.rasters[0].key].parent()
    assert group is not None and (group.text(0), texts(group)) == ("影像底图", ["new", "old"])
    assert panel.tree.currentItem().text(0) == "new"
    qtbot.keyClick(panel.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [raster.title for raster in additions.rasters] == ["new", "old"]
    assert panel.tree.currentItem().text(0) == "new" and panel.detail.remove.isVisible()
    panel.detail.slider.setValue(40)
    qtbot.waitUntil(lambda: additions.rasters[0].opacity == 0.4, timeout=2000)
    assert client.additions[-1][0][0]["opacity"] == 0.4
    key = additions.rasters[0].key
    panel._layers[key].setCheckState(0, UNCHECKED)
    assert canvas.hidden_layers() == {key}
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert [raster.title for raster in additions.rasters] == ["old"] and canvas.hidden_layers() == frozenset()


def test_what_was_added_and_cannot_be_read(
    panel: LayersPanel, client: FakeClient, additions: MapAdditions
) -> None:
    """A file that cannot be read says why and can be tried again; one that is slow says what would help; what staff added
    in QGIS stands apart."""
    panel._imagery.add(["/maps/a.tif"])
    key = additions.rasters[0].key
    zone = told("project:z", "拆迁范围", group="project")
    client.added.emit({"layers": [told(key, "a", "no_place"), zone]})
    item = panel._layers[key]
    assert item.text(1) == "无法载入" and "坐标" in item.toolTip(0)
    panel.tree.setCurrentItem(item)
    assert panel.detail.retry.isVisible() and "坐标" in panel.detail.words.text()
    sent = len(client.additions)
    panel.detail.retry.click()
    assert len(client.additions) == sent + 2 and client.reloaded == [None]
    client.added.emit({"layers": [told(key, "a", hint="no_overviews: 20000 x 9000"), zone]})
    panel.tree.setCurrentItem(panel._layers[key])
    assert panel._layers[key].text(1) == "较慢" and "20000 x 9000" in panel.detail.words.text()
    root = panel.tree.invisibleRootItem()
    assert texts(root)[-2:] == ["影像底图", "项目附加图层（QGIS）"]
    panel.tree.setCurrentItem(panel._layers["project:z"])
    assert "QGIS" in panel.detail.words.text() and not panel.detail.opacity_row.isVisible()


def test_whose_looks_are_worn(panel: LayersPanel, client: FakeClient, additions: MapAdditions) -> None:
    """The line says which style is in force, what of a project was not taken, and goes back to what ships."""
    bar = panel.findChild(ProjectBar)
    assert bar is not None and bar.words.text() == "样式：出厂"
    refused = [{"title": "道路", "code": "bad_style", "detail": "x"}]
    said = {"problem": "", "styled": ["water"], "refused": refused, "project": "/data/city.qgs"}
    client.added.emit({**said, "layers": [], "scales": {"component": [9000, 0]}})
    assert bar.words.text() == "样式：city.qgs（1 层）" and "道路" in bar.words.toolTip()
    assert panel._layers["component"].data(0, SCALE_ROLE) == (9000.0, 0.0)
    client.added.emit({**said, "styled": [], "layers": [], "problem": "bad_project: cut"})
    assert "用不了" in bar.words.text()
    bar.factory.trigger()
    assert client.additions[-1][1] == ""


def test_the_panel_is_about_the_map_in_hand(
    qtbot: QtBot, panel: LayersPanel, canvas: MapCanvas, client: FakeClient
) -> None:
    """Another window in hand: its layers are shown and switched, the first one's stay as they are."""
    other = MapCanvas(client, MAP_CRS, now=lambda: NOW)
    qtbot.addWidget(other)
    other.set_layers(LAYERS)
    other.set_hidden_layers({"water"})
    context = panel.keep  # type: ignore[attr-defined]
    context.canvas = other
    context.canvas_changed.emit()
    assert panel._layers["water"].checkState(0) == UNCHECKED
    panel._layers["road"].setCheckState(0, UNCHECKED)
    assert other.hidden_layers() == {"water", "road"} and canvas.hidden_layers() == frozenset()
    context.canvas = canvas
    context.canvas_removed.emit(other)
    context.canvas_changed.emit()
    assert panel._layers["road"].checkState(0) == CHECKED
    other.shutdown()


def test_a_picture_is_dragged_among_pictures_only(panel: LayersPanel, additions: MapAdditions) -> None:
    """Dropped on another picture it changes places with it; layers of the city cannot be dragged."""
    panel._imagery.add(["/maps/a.tif", "/maps/b.tif"])
    top, bottom = (panel._layers[raster.key] for raster in reversed(additions.rasters))
    panel.tree.setCurrentItem(top)
    at = panel.tree.visualItemRect(bottom).center()
    left, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    panel.tree.dropEvent(QDropEvent(QPointF(at), Qt.DropAction.MoveAction, QMimeData(), left, keys))
    assert [raster.title for raster in additions.rasters] in (["a", "b"], ["b", "a"])
    assert not panel._layers["road"].flags() & Qt.ItemFlag.ItemIsDragEnabled
    panel.tree.moved.emit(f"layer:{additions.rasters[1].key}", 1)
    names = [raster.title for raster in additions.rasters]
    panel.tree.moved.emit(f"layer:{additions.rasters[1].key}", 1)
    assert [raster.title for raster in additions.rasters] == names[::-1]
