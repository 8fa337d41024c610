"""The dock 轨迹回放: who and which day, figures, playing with the keys, files for those who send people and nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from sqlalchemy import text

from tests.panels.desk import Desk
from workstation.map.overlay_tracks import TrackOverlay
from workstation.panels.tracks import TracksPanel
from workstation.panels.tracks.player import JUMP, STEP, Player
from workstation.services.cases.standing import LOCAL
from workstation.workflow.event import parse_instant


@pytest.fixture
def panel(desk: Desk) -> Iterator[TracksPanel]:
    desk.sit("dispatcher")
    made: TracksPanel = desk.open(TracksPanel, width=380)
    yield made
    made.clear()
    desk.settle()


def tracked(desk: Desk) -> list[tuple[str, int, str]]:
    """Who has a track: id, points of the last day, and that day in China."""
    with desk.services.db.read() as conn:
        rows = conn.execute(
            text("SELECT mobile_id, max(at) FROM track_point GROUP BY mobile_id ORDER BY count(*) DESC")
        ).all()
    return [(row[0], 0, row[1]) for row in rows]


def longest(desk: Desk) -> tuple[str, date]:
    """Who went farthest on one day, and that day in China: soon after midnight it is yesterday."""
    with desk.services.db.read() as conn:
        rows = conn.execute(text("SELECT mobile_id, at FROM track_point")).all()
    days = Counter((row[0], parse_instant(row[1]).astimezone(LOCAL).date()) for row in rows)
    return days.most_common(1)[0][0]


def overlay(desk: Desk) -> TrackOverlay:
    return next(one for one in desk.canvas.overlays if isinstance(one, TrackOverlay))


def test_the_last_day_of_one_and_another_beside_it(desk: Desk, panel: TracksPanel) -> None:
    first, second = (row[0] for row in tracked(desk)[:2])
    panel.show_mobiles([first])
    desk.settle()
    assert [one.way.mobile for one in panel.told] == [first]
    assert overlay(desk).ways == [panel.told[0].way]
    item = next(item for item in panel._items() if item.data(0, Qt.ItemDataRole.UserRole) == second)
    item.setCheckState(0, Qt.CheckState.Checked)
    desk.settle()
    assert {one.way.mobile for one in panel.told} <= {first, second} and panel.table.rowCount() == len(
        panel.told
    )
    panel.day.setDate(QDate(2001, 1, 1))
    desk.settle()
    assert not panel.told and "没有记录" in panel.words.text() and not overlay(desk).ways


def test_playing_moves_the_moment_on_the_map(desk: Desk, panel: TracksPanel) -> None:
    mobile, day = longest(desk)
    panel.show_mobiles([mobile])
    desk.settle()
    panel.day.setDate(QDate(day.year, day.month, day.day))
    desk.settle()
    player, layer = panel.player, overlay(desk)
    begin = player.now
    assert layer.moment == begin
    QTest.keyClick(player, Qt.Key.Key_Right)
    assert player.now == begin + STEP == layer.moment
    QTest.keyClick(player, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert player.now == begin + STEP + JUMP
    QTest.keyClick(player, Qt.Key.Key_Space)
    assert player.playing
    desk.qtbot.waitUntil(lambda: player.now > begin + STEP + JUMP, timeout=3000)
    QTest.keyClick(player, Qt.Key.Key_Space)
    assert not player.playing
    QTest.keyClick(player, Qt.Key.Key_End)
    assert player.now == panel.told[0].track.at[-1]
    QTest.keyClick(player, Qt.Key.Key_Home)
    assert player.now == begin
    player.toggle()
    player.hide()
    assert not player.playing  # nothing is played unseen
    panel.clear()
    assert layer.moment is None and not player.isEnabled()


def test_a_player_ends_at_the_end(desk: Desk) -> None:
    player = Player()
    desk.qtbot.addWidget(player)
    player.show()
    player.set_span(0.0, 5.0)
    player.speed.setCurrentIndex(player.speed.count() - 1)
    player.toggle()
    desk.qtbot.waitUntil(lambda: not player.playing, timeout=3000)
    assert player.now == 5.0
    player.toggle()
    assert player.playing and player.now < 5.0
    player.stop()


def test_files_are_for_those_who_send_people(desk: Desk, panel: TracksPanel, tmp_path: Path) -> None:
    panel.show_mobiles([tracked(desk)[0][0]])
    desk.settle()
    panel.export(tmp_path / "t.gpx")
    desk.settle()
    assert (tmp_path / "t.gpx").read_text("utf-8").count("<trkpt") == len(panel.told[0].track)
    desk.sit("one")
    assert not panel.told and not panel.save.isVisibleTo(panel)
    names = {item.text(0) for item in panel._items()}
    assert not any("采集员" in name for name in names)  # the unit sees its own, and they are the centre's
