"""The dock 空间查询: what is asked from the map, by name and by number; counts, rows, selection, export, nearest crews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from sqlalchemy import text

from tests.panels.desk import Desk
from workstation.map.overlay_query import QueryOverlay
from workstation.panels.query import QueryPanel
from workstation.services.spatial.positions import Report
from workstation.services.spatial.query import Asked
from workstation.shell.maps import work as mapwork


@pytest.fixture
def panel(desk: Desk) -> Iterator[QueryPanel]:
    desk.sit("dispatcher")
    made: QueryPanel = desk.open(QueryPanel, width=380)
    yield made
    made.clear()
    desk.settle()


def centre(desk: Desk) -> tuple[float, float]:
    return desk.services.city.center


def overlay(desk: Desk) -> QueryOverlay:
    return next(one for one in desk.canvas.overlays if isinstance(one, QueryOverlay))


def test_around_a_point_with_counts_and_rows(desk: Desk, panel: QueryPanel) -> None:
    panel.metres.setValue(400)
    panel.ask_point(*centre(desk), "中心")
    desk.settle()
    services = desk.services
    area = services.spatial.circle(*centre(desk), 400)
    wanted = services.spatial.find(Asked("component", area), desk.actors["dispatcher"])
    assert panel.found is not None and len(wanted) > 3
    assert panel.found.ids.tolist() == wanted.ids.tolist()
    assert f"{len(wanted):,} 个" in panel.words.text()
    panel.grab()
    desk.settle()
    row = panel.model.row(0)
    assert row is not None and panel.model.data(panel.model.index(0, 1)) == row.code
    assert overlay(desk).extent() is not None
    panel.tabs.choose("class")
    panel._show_tab()
    counts = wanted.by_class()
    assert panel.counts.rowCount() == len(counts)
    panel.counts.setCurrentCell(0, 0)
    panel._count_chosen()
    assert panel.found is not None and len(panel.found) == counts[0][1]
    assert panel.tabs.current == "rows"
    panel.metres.setValue(5)
    desk.qtbot.waitUntil(lambda: panel.found is not None and len(panel.found) < len(wanted), timeout=4000)
    panel.clear()
    assert overlay(desk).extent() is None and panel.found is None


def test_cases_that_were_found_become_the_selection(desk: Desk, panel: QueryPanel) -> None:
    panel.what.choose("case")
    panel._what_changed("case")
    with desk.services.db.read() as conn:
        code, name = conn.execute(
            text("SELECT code, name FROM division WHERE level = 'street' ORDER BY code")
        ).first()  # type: ignore[misc]
    panel.kinds.setCurrentIndex(panel.kinds.findData("street"))
    panel.name.setText(name)
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    desk.settle()
    found = panel.found
    assert found is not None and name in panel.words.text()
    area = desk.services.spatial.area_of("street", code)
    wanted = desk.services.spatial.find(Asked("case", area), desk.actors["dispatcher"])
    assert set(found.ids.tolist()) == set(wanted.ids.tolist())
    panel.select_cases()
    assert desk.context.selection.ids == frozenset(wanted.ids.tolist())
    panel.table.selectRow(0)
    assert desk.context.selection.ids == frozenset({found.ids[0]})


def test_a_border_that_crosses_itself_and_a_name_that_is_nobodys(desk: Desk, panel: QueryPanel) -> None:
    x, y = centre(desk)
    panel.ask_drawn("polygon", ((x, y), (x + 0.01, y + 0.01), (x + 0.01, y), (x, y + 0.01)))
    desk.settle()
    assert "自相交" in panel.words.text()
    panel.name.setText("没有这个网格")
    panel._named()
    desk.settle()
    assert "没有找到" in panel.words.text()
    assert not desk.notices


def test_drawing_on_the_map_asks(desk: Desk, panel: QueryPanel) -> None:
    work = mapwork.of(desk.context)
    asked: list[Any] = []
    work._window = type("Window", (), {"open_panel": lambda self, key: asked.append(key) or panel})()  # type: ignore[assignment]
    desk.canvas.resize(600, 400)
    desk.canvas.show()
    desk.canvas.set_home(desk.services.city.extent)
    desk.canvas.set_tool("query_box")
    QTest.mousePress(desk.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(150, 100))
    QTest.mouseMove(desk.canvas, QPoint(450, 300))
    QTest.mouseRelease(
        desk.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(450, 300)
    )
    desk.settle()
    assert asked == ["query"] and panel.found is not None and len(panel.found) > 0


def test_export_and_its_end(desk: Desk, panel: QueryPanel, tmp_path: Path) -> None:
    panel.metres.setValue(500)
    panel.ask_point(*centre(desk), "")
    desk.settle()
    assert panel.found is not None
    panel.export.start(panel.found, tmp_path / "out.csv")
    assert panel.export.running
    desk.settle()
    assert (
        not panel.export.running
        and (tmp_path / "out.csv").read_text("utf-8-sig").count("\n") == len(panel.found) + 1
    )
    panel.export.start(panel.found, tmp_path / "none" / "out.csv")
    desk.settle()
    assert [notice.kind for notice in desk.notices] == ["success", "error"]


def test_nearest_crews_with_their_ways(desk: Desk, panel: QueryPanel) -> None:
    services = desk.services
    now = services.now()
    crews = [m for m in services.positions.register(desk.actors["dispatcher"]) if m.kind != "collector"][:3]
    x, y = centre(desk)
    with services.db.write() as conn:
        conn.execute(text("UPDATE mobile_place SET doing = 'off'"))
    services.positions.report(
        [
            Report(m.id, now - timedelta(seconds=9), x + n * 0.002, y, doing="duty")
            for n, m in enumerate(crews)
        ]
    )
    panel.ask_nearest(x, y, "中心")
    desk.settle()
    listed = [crew.mobile.id for crew in panel.crews.crews]
    assert set(listed) == {m.id for m in crews} and panel.crews.table.rowCount() == 3
    assert not panel.save.isVisibleTo(panel)
    panel.crews.count.setValue(1)
    desk.settle()
    assert panel.crews.table.rowCount() == 1
    assert overlay(desk).extent() is not None


def test_everything_at_a_point_with_what_can_be_done(desk: Desk) -> None:
    desk.sit("dispatcher")
    work = mapwork.of(desk.context)
    case = desk.services.lists.markers()[0]
    desk.canvas.resize(800, 600)
    desk.canvas.show()
    desk.canvas.set_home(desk.services.city.extent)
    desk.canvas.fly_to(case.lon, case.lat, 1500)
    work.identify_middle()
    desk.settle()
    card = desk.canvas.lookup.card
    assert card.isVisible()
    kinds = [thing.kind for thing in card.things()]
    assert kinds[0].startswith("案卷") and "单元网格" in kinds and "街道" in kinds
    shown: list[str] = []
    desk.context.case_requested.connect(shown.append)
    QTest.keyClick(desk.canvas, Qt.Key.Key_Return)
    assert shown == [case.id] or len(shown) == 1
    QTest.keyClick(desk.canvas, Qt.Key.Key_Down)
    assert card.feature is card.things()[1]
    QTest.keyClick(desk.canvas, Qt.Key.Key_Escape)
    assert not card.isVisible()
