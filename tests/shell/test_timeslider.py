"""The time slider: the past on one map and the present on the others, by day, by hand, by event and played; no hand on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication

from tests.panels.desk import Desk
from workstation.map.canvas import MapCanvas
from workstation.map.overlay_past import PastMark
from workstation.shell.frame.statusbar import StatusBar
from workstation.shell.maps.bridge import Choice, MapBridge
from workstation.shell.maps.links import MapLinks
from workstation.shell.maps.timeslider import TimeSlider
from workstation.shell.maps.window import MapWindow
from workstation.shell.texts.text import ZONE, local


class Past:
    """Two maps, of which one gets a time slider over a day with some cases in it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.status = StatusBar()
        desk.qtbot.addWidget(self.status)
        self.closed = desk.case("dispatched")
        self.open = desk.case("filed")
        self.bridge = MapBridge(desk.context, {}, self.status)
        self.bridge.start()
        self.other = MapCanvas(
            desk.client, desk.services.city.map_crs, "map2", desk.theme, now=desk.services.now
        )
        self.other.motion.animated = False
        desk.qtbot.addWidget(self.other)
        desk.context.add_canvas(self.other)
        links = MapLinks(desk.canvas, desk.context)
        self.window = MapWindow(desk.context, desk.canvas, links, "主图", desk.context)
        desk.qtbot.addWidget(self.window.frame)
        self.window.frame.resize(1000, 700)
        self.window.frame.show()
        desk.settle()
        self.window.toggle_time()
        assert self.window.time is not None
        self.slider: TimeSlider = self.window.time
        desk.settle()

    def shown(self) -> set[str]:
        """The cases on the map with the slider."""
        return set(self.desk.canvas.cases._row)

    def events(self, case_id: str) -> list[datetime]:
        """When something happened to a case."""
        return [stored.event.at for stored in self.desk.services.cases.history(case_id)]


@pytest.fixture
def past(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Past]:
    """The two maps."""
    monkeypatch.setattr(desk.client, "start", lambda *args, **options: None, raising=False)
    made = Past(desk)
    yield made
    made.window.close()
    desk.canvas.setParent(None)
    made.bridge.remove(made.other)
    made.other.shutdown()


def test_a_narrow_map_leaves_day_and_speed_readable(desk: Desk, past: Past) -> None:
    """Where there is little room the counts and what keys do as well go; day, speed, play and the way back stay whole."""
    slider = past.slider
    for width, narrow in ((1000, False), (380, True), (1000, False)):
        past.window.frame.resize(width, 700)
        assert slider.width() <= width
        desk.settle()
        assert slider.totals.isHidden() is slider.back.isHidden() is narrow
        for widget in (slider.day, slider.speed):
            text = widget.currentText() if widget is slider.speed else widget.text()
            assert widget.width() >= widget.fontMetrics().horizontalAdvance(text) + 16
        for widget in (slider.play, slider.end):
            assert not widget.isHidden() and slider.rect().contains(widget.geometry())


def test_one_map_shows_the_past_and_the_others_the_present(desk: Desk, past: Past) -> None:
    """Back to before a case was there, and forward: each moment is the log's; another window never leaves the present."""
    registered, filed, *_ = past.events(past.open.id)
    present = len(past.other.cases)
    past.slider.go(registered - timedelta(microseconds=1))
    assert past.open.id not in past.shown() and len(past.other.cases) == present
    past.slider.go(registered)
    marker = desk.canvas.cases.marker(past.open.id)
    assert marker is not None and marker.state == "registered"
    assert past.other.cases.marker(past.open.id).state == "filed"  # type: ignore[union-attr]
    before = past.shown()
    fresh = desk.case("registered")
    desk.settle()
    assert past.shown() == before and past.other.cases.marker(fresh.id) is not None
    past.window.set_choice(Choice(units=frozenset({"nobody"})))
    assert past.shown() == set()
    past.window.set_choice(Choice())
    assert past.shown() == before
    past.window.close_time()
    desk.settle()
    assert fresh.id in past.shown() and desk.canvas.cases.marker(past.open.id).state == "filed"  # type: ignore[union-attr]
    assert filed > registered and desk.canvas.now is desk.services.now


def test_lights_are_those_of_the_moment(desk: Desk, past: Past) -> None:
    """What is red today was green when it began: the light is read against the deadline and the clock of then."""
    red = [m for m in past.bridge.markers.values() if past.other.cases.light(m.id) == "red"]
    assert red, "the demo city has something overdue"
    marker = red[0]
    yellow = marker.clock_yellow_at
    began = max(at for at in past.events(marker.id) if at < yellow)
    past.slider.day.setDate(
        past.slider.day.date().fromString(local(began).strftime("%Y-%m-%d"), "yyyy-MM-dd")
    )
    desk.settle()
    past.slider.go(began)
    assert desk.canvas.cases.light(marker.id) == "green"
    assert past.other.cases.light(marker.id) == "red"


def test_nothing_can_be_done_to_the_past(desk: Desk, past: Past) -> None:
    """The map says so, a drag does not begin there, and one from elsewhere is not taken; in the present it is."""
    said: list[str] = []
    desk.canvas.say = lambda words, *_: said.append(words)  # type: ignore[method-assign, assignment]
    started: list[Any] = []
    desk.canvas.drag_started.connect(started.append)
    desk.canvas.start_drag(past.open.id)
    assert said and "不可操作" in said[0] and not started
    mark = next(o for o in desk.canvas.overlays if isinstance(o, PastMark))
    picture = QImage(600, 300, QImage.Format.Format_ARGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    mark.paint(painter, desk.canvas.view.resized(600, 300), 1.0, desk.canvas.rect().toRectF())
    painter.end()
    assert picture.pixelColor(2, 150) == desk.canvas.palette_.color("yellow")
    past.window.close_time()
    assert desk.canvas.past == "" and not [o for o in desk.canvas.overlays if isinstance(o, PastMark)]


def test_keys_go_through_the_day(desk: Desk, past: Past) -> None:
    """Arrows go by minutes, with Ctrl from event to event, Space plays; the band tells what happened in a quarter."""
    slider, band = past.slider, past.slider.band
    start = slider._span.since  # type: ignore[union-attr]
    assert start == datetime.combine(local(desk.services.now()).date(), time(), ZONE)

    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QApplication.sendEvent(band, QKeyEvent(QKeyEvent.Type.KeyPress, key, held))

    press(Qt.Key.Key_Home)
    assert slider.instant == start
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    first = slider._span.steps[0]  # type: ignore[union-attr]
    assert slider.instant == first.at
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert slider.instant == first.at, "nothing happened before the first thing"
    press(Qt.Key.Key_End)
    assert slider.instant == slider._span.until  # type: ignore[union-attr]
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    until = slider._span.until  # type: ignore[union-attr]
    assert until - slider.instant == min(timedelta(minutes=15), until - start)  # soon after midnight less
    press(Qt.Key.Key_Space)
    assert slider.playing
    before = slider.instant
    desk.qtbot.waitUntil(lambda: slider.instant > before, timeout=2000)
    press(Qt.Key.Key_Space)
    assert not slider.playing
    band.resize(960, 62)
    band.grab()
    counts = slider._counts(slider._span)  # type: ignore[arg-type]
    at = next(n for n, count in enumerate(counts["received"]) if count)
    x = 8 + (at + 0.5) / 96 * (band.width() - 16)
    assert f"受理 {counts['received'][at]}" in band.words_at(QPointF(x, 0).x())


def test_today_goes_on_while_one_looks_at_it(desk: Desk, past: Past) -> None:
    """What happens now is in today's band and reachable by its steps without choosing the day again; the moment that is shown
    stays; a day that is over stays as it was."""
    slider = past.slider
    slider._soon.setInterval(0)
    span = slider._span
    assert span is not None
    slider.go(span.since + (span.until - span.since) / 2)
    there, before, counted = slider.instant, past.shown(), slider.totals.text()
    fresh = desk.case("registered")
    desk.qtbot.waitUntil(lambda: slider._span is not span, timeout=5000)
    desk.settle()
    grown = slider._span
    assert grown is not None and grown.since == span.since and grown.until >= span.until
    assert [step.kind for step in grown.steps if step.case_id == fresh.id] == ["register"]
    assert slider.instant == there and past.shown() == before and slider.totals.text() != counted
    slider.go(grown.until)
    assert fresh.id in past.shown()
    slider.day.setDate(slider.day.date().addDays(-1))
    desk.settle()
    yesterday = slider._span
    other = desk.case("registered")
    desk.qtbot.wait(50)
    desk.settle()
    assert slider._span is yesterday and other.id not in past.shown()


def test_playing_ends_with_the_day_or_begins_again(desk: Desk, past: Past) -> None:
    """At the day's end it stops, or goes round where that is wanted; unseen, the day stands still."""
    slider = past.slider
    span = slider._span
    assert span is not None
    slider.go(span.until - timedelta(seconds=1))
    slider.speed.setCurrentIndex(slider.speed.count() - 1)
    slider.toggle()
    desk.qtbot.waitUntil(lambda: not slider.playing, timeout=2000)
    assert slider.instant == span.until
    slider.loop.setChecked(True)
    slider.go(span.until - timedelta(seconds=1))
    slider.toggle()
    desk.qtbot.waitUntil(lambda: slider.instant < span.until - timedelta(seconds=1), timeout=2000)
    assert slider.playing
    past.window.frame.hide()
    desk.qtbot.wait(80)
    still = slider.instant
    desk.qtbot.wait(160)
    assert slider.instant == still
    past.window.frame.show()
    desk.sit("dispatcher")
    assert past.window.time is None, "somebody else begins in the present"
