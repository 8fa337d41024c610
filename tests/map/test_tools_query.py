"""Drawing an area to ask about: box, circle and polygon tell their corners in degrees; too small a drag tells nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.map.conftest import Hand
from workstation.map.canvas import MapCanvas
from workstation.map.tools_measure import LonLat, length_of
from workstation.map.tools_query import QueryBoxTool, QueryCircleTool, QueryPolygonTool, QueryTool

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Told = list[tuple[str, tuple[LonLat, ...]]]


@pytest.fixture
def told(canvas: MapCanvas) -> Told:
    out: Told = []
    for tool in (QueryBoxTool, QueryPolygonTool, QueryCircleTool):
        canvas.add_tool(tool, tool.name, tool.name, "query")
        made = canvas.tool_named(tool.name)
        assert isinstance(made, QueryTool)
        made.drawn = lambda shape, places: out.append((shape, places))
    return out


def drag(canvas: MapCanvas, a: QPoint, b: QPoint) -> None:
    QTest.mousePress(canvas, LEFT, NONE, a)
    QTest.mouseMove(canvas, b)
    canvas.grab()
    QTest.mouseRelease(canvas, LEFT, NONE, b)


def degrees(canvas: MapCanvas, x: int, y: int) -> LonLat:
    return canvas.projection.point_to_lonlat(*canvas.view.to_map(x, y))


def test_a_box_and_a_circle(canvas: MapCanvas, told: Told) -> None:
    canvas.set_tool("query_box")
    drag(canvas, QPoint(100, 100), QPoint(300, 250))
    canvas.set_tool("query_circle")
    drag(canvas, QPoint(400, 300), QPoint(460, 300))
    drag(canvas, QPoint(400, 300), QPoint(401, 300))  # a click, no circle
    assert [shape for shape, _ in told] == ["box", "circle"]
    assert told[0][1] == (degrees(canvas, 100, 100), degrees(canvas, 300, 250))
    metres = 60 * canvas.view.res * canvas.projection.metres_per_unit(canvas.view.cy)
    assert length_of(told[1][1]) == pytest.approx(metres, rel=1e-3)


def test_a_polygon_by_mouse_and_by_keys(canvas: MapCanvas, told: Told) -> None:
    canvas.set_tool("query_polygon")
    for x, y in ((100, 100), (200, 100), (210, 240), (200, 200)):
        QTest.mouseClick(canvas, LEFT, NONE, QPoint(x, y))
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    canvas.grab()
    QTest.mouseDClick(canvas, LEFT, NONE, QPoint(210, 240))
    assert told[0][0] == "polygon" and len(told[0][1]) == 3
    QTest.keyClick(canvas, Qt.Key.Key_Return)  # nothing begun: not the tool's key
    for dx, dy in ((0, 0), (-50, 0), (0, -50)):
        canvas.pan_by(dx, dy)
        QTest.keyClick(canvas, Qt.Key.Key_Insert)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert len(told) == 2 and len(told[1][1]) == 3
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.tool == "query_polygon"
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.tool == "navigate" and len(told) == 2


def test_a_group_stands_for_its_last_tool_and_strips_fit(canvas: MapCanvas, told: Told, hand: Hand) -> None:
    controls = canvas.controls
    canvas.set_tool("query_circle")
    group = controls._groups["query"]
    assert group.current == "query_circle" and group.isChecked()
    canvas.set_tool("navigate")
    assert not group.isChecked()
    chosen: list[str] = []
    controls.tool_chosen.connect(chosen.append)
    QTest.mouseClick(group, LEFT)
    assert chosen == ["query_circle"] and canvas.tool == "query_circle"
    group.open_flyout()
    QTest.mouseClick(group.members["query_box"], LEFT)
    assert canvas.tool == "query_box" and group.current == "query_box"
    canvas.resize(800, 320)
    assert controls.height() <= 320 - 24
    assert all(button.isVisibleTo(controls) for button in (controls.tools["navigate"], controls.areas))
    canvas.resize(800, 600)
    assert controls.height() > 320
