"""Measuring on the ellipsoid: known lengths and areas, points taken back, results that stay, snapping that comes late."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from workstation.map.canvas import MapCanvas
from workstation.map.tools_measure import (
    LonLat,
    Measure,
    MeasureTool,
    area_of,
    area_text,
    crosses,
    length_of,
    length_text,
    measures_of,
    way_text,
)

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def tool(canvas: MapCanvas, name: str = "measure") -> MeasureTool:
    canvas.set_tool(name)
    found = canvas.tool_named(name)
    assert isinstance(found, MeasureTool)
    return found


def test_a_degree_of_meridian_and_a_square_on_the_equator() -> None:
    # A degree of the meridian at the equator of GRS80, and a hectare's side in degrees there.
    assert length_of([(120.0, 0.0), (120.0, 1.0)]) == pytest.approx(110_574.3, abs=0.5)
    side = 100.0 / 111_319.49
    square = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)]
    area, around = area_of(square)
    assert area == pytest.approx(10_000.0 * 110_574.3 / 111_319.49, rel=1e-5)
    assert around == pytest.approx(200 + 200 * 110_574.3 / 111_319.49, rel=1e-5)
    assert area_of(square[::-1])[0] == pytest.approx(area)
    assert area_of(square[:2])[0] == 0.0 and area_of([])[1] == 0.0
    assert crosses([square[0], square[2], square[1], square[3]]) and not crosses(square)


def test_words_for_lengths_and_areas() -> None:
    assert length_text(12.34) == "12.3 米"
    assert [way_text(m) for m in (4.0, 514.6, 997.0, 1240.0)] == ["10 米", "510 米", "1.0 千米", "1.2 千米"]
    assert length_text(1234.5) == "1.234 千米" or length_text(1234.5) == "1.235 千米"
    assert area_text(2000 / 3) == "666.7 平方米  1.00 亩"
    assert area_text(20_000) == "2.000 公顷  30.00 亩"
    assert area_text(3e6).startswith("3.000 平方千米")
    assert len(Measure(True, [(0, 0), (1, 1), (1, 0), (0, 1)]).lines()) == 1


def test_a_line_by_clicks_with_a_point_taken_back_and_kept(canvas: MapCanvas) -> None:
    measuring = tool(canvas)
    for x in (100, 200, 260, 300):
        QTest.mouseClick(canvas, LEFT, NONE, QPoint(x, 200))
    assert len(measuring.points) == 4
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    assert len(measuring.points) == 3
    metres = 160 * canvas.view.res * canvas.projection.metres_per_unit(canvas.view.cy)
    assert measuring.length == pytest.approx(metres, rel=1e-3)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    canvas.set_tool("navigate")
    (kept,) = measures_of(canvas).done
    assert length_of(kept.points) == pytest.approx(metres, rel=1e-3)
    QTest.keyClick(
        canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier
    )  # not the measuring tool's any more
    tool(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == kept.text()
    canvas.grab()
    measures_of(canvas).close(kept)
    assert not measures_of(canvas).done


def test_an_area_by_the_keyboard_alone(canvas: MapCanvas) -> None:
    measuring = tool(canvas, "measure_area")
    for dx, dy in ((0, 0), (-60, 0), (0, -60)):
        canvas.pan_by(dx, dy)
        QTest.keyClick(canvas, Qt.Key.Key_Insert)
    canvas.grab()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert not measuring.points
    (kept,) = measures_of(canvas).done
    side = 60 * canvas.view.res * canvas.projection.metres_per_unit(canvas.view.cy)
    assert area_of(kept.points)[0] == pytest.approx(side * side / 2, rel=2e-3)
    canvas.grab()
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not measuring.points and canvas.tool == "measure_area"
    measures_of(canvas).clear()


def test_a_double_click_ends_and_the_words_are_buttons(canvas: MapCanvas) -> None:
    measuring = tool(canvas)
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(100, 300))
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(200, 300))
    QTest.mouseDClick(canvas, LEFT, NONE, QPoint(200, 300))
    measures = measures_of(canvas)
    assert len(measures.done) == 1 and not measuring.points
    canvas.set_tool("navigate")
    view = canvas.view
    at = next((x, y) for y in range(240, 300, 4) for x in range(210, 260, 4) if measures.hit(view, x, y))
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(*at))
    assert QGuiApplication.clipboard().text() == measures.done[0].text()
    right = max(x for x in range(at[0], at[0] + 300) if measures.hit(view, x, at[1]))
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(right - 8, at[1]))
    assert not measures.done


def test_points_go_to_what_stands_there_even_when_told_late(canvas: MapCanvas) -> None:
    measuring = tool(canvas)
    waiting: list[Callable[[LonLat | None], None]] = []
    measuring.snapper = lambda lon, lat, metres, answer: waiting.append(answer)
    QTest.keyClick(canvas, Qt.Key.Key_S)
    assert measuring.snapping
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(120, 220))
    lon, lat = measuring.points[0]
    corner = (lon + 1e-5, lat)
    waiting[-1](corner)
    assert measuring.points[0] == corner
    QTest.mouseClick(canvas, LEFT, NONE, QPoint(180, 220))
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    waiting[-1](corner)  # the point is gone: nothing happens
    assert measuring.points == [corner] and math.isfinite(measuring.length)
    QTest.keyClick(canvas, Qt.Key.Key_S)
    assert not measuring.snapping
