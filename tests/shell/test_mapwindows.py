"""Map windows: made, fed, linked, narrowed, closed without a trace, and found again at the next start, screens or no."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.panels.desk import Desk
from workstation.map.client import Frame
from workstation.shell import registry
from workstation.shell.frame.screens import settled
from workstation.shell.maps.bridge import Choice, MapBridge
from workstation.shell.maps.filter import MapFilterDialog
from workstation.shell.maps.links import Link
from workstation.shell.maps.window import MapWindow
from workstation.shell.maps.windows import MapWindows
from workstation.shell.panel import Panel
from workstation.shell.window import MainWindow


class Plain(Panel):
    """A panel with nothing in it."""

    key = "plain"

    def __init__(self, context: Any, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        QLabel("plain", self)


@pytest.fixture
def office(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window with the main map, and an operator at it."""
    plain = tuple(replace(p, target=f"{__name__}:Plain") for p in registry.PANELS)
    monkeypatch.setattr(registry, "PANELS", plain)
    monkeypatch.setattr(desk.client, "start", lambda *args, **options: None, raising=False)
    main = MainWindow(desk.theme, desk.settings)
    desk.qtbot.addWidget(main)
    main.resize(1600, 900)
    main.show()
    main.enter(desk.context)
    MapBridge(desk.context, {}, main.status).start()
    desk.settle()
    desk.qtbot.wait(30)
    yield main
    main.leave()
    desk.settle()


@pytest.fixture
def maps(office: MainWindow) -> MapWindows:
    """Its map windows."""
    assert office.maps is not None
    return office.maps


def answer_all(desk: Desk) -> None:
    """Whatever frames were asked for come."""
    for asked in list(desk.client.asked):
        desk.client.answer(asked)
    desk.client.asked.clear()


def test_what_the_worker_says_to_a_closed_window_is_heard_by_nobody(desk: Desk, maps: MapWindows) -> None:
    """Between the closing and the end of its widgets, news of layers do not make its bar ask for cases."""
    window = maps.new()
    maps.close(window)
    window.canvas.layers_changed.emit()  # raises in the bar where it is still listened to
    assert window not in list(maps)


def test_a_new_window_has_what_the_others_have_and_closing_it_frees_it(desk: Desk, maps: MapWindows) -> None:
    """Cases, units, selection and layers are there at once; closed, the worker has forgotten it and nothing runs."""
    desk.case("filed")
    desk.settle()
    window = maps.new()
    canvas, main = window.canvas, desk.canvas
    assert len(maps) == 2 and desk.context.canvas is canvas and canvas in desk.context.canvases
    assert len(canvas.cases) == len(main.cases) > 0
    some = next(iter(desk.context.bridge.markers)) if desk.context.bridge else ""
    main.choose(frozenset({some}))
    assert canvas.cases.selection == {some}, "selection is one"
    canvas.choose(frozenset())
    assert main.cases.selection == frozenset()
    desk.qtbot.wait(20)
    assert desk.client.of("map2"), "a window that is seen is drawn"
    maps.close(window)
    desk.qtbot.wait(20)
    assert "map2" in desk.client.dropped and len(maps) == 1
    assert desk.context.canvas is main and canvas not in desk.context.canvases
    asked = len(desk.client.of("map2"))
    main.pan_by(40, 0)
    desk.qtbot.wait(150)
    assert len(desk.client.of("map2")) == asked


def test_a_hidden_window_asks_for_nothing_and_comes_back_anew(
    desk: Desk, office: MainWindow, maps: MapWindows
) -> None:
    """Minimised or behind another, it is dropped at the worker; seen again, it asks for one frame."""
    window = maps.new()
    desk.qtbot.wait(30)
    answer_all(desk)
    bring_back = office.put_floats_away()
    assert not window.canvas.isVisible() and "map2" in desk.client.dropped
    desk.client.asked.clear()
    desk.canvas.pan_by(90, 30)
    desk.qtbot.wait(250)
    assert desk.client.of("main") and not desk.client.of("map2")
    assert not window.canvas.isVisible()
    bring_back()
    desk.qtbot.waitUntil(lambda: window.canvas.isVisible() and bool(desk.client.of("map2")))


def test_linked_windows_go_together_and_ask_for_one_frame_at_a_time(desk: Desk, maps: MapWindows) -> None:
    """By view, by middle, not at all; a hand on a linked window takes the main one along; never under a hand."""
    window = maps.new()
    main, other = desk.canvas, window.canvas
    desk.qtbot.wait(20)
    answer_all(desk)
    assert window.link is Link.VIEW
    for _ in range(30):
        main.pan_by(7, 3)
        desk.qtbot.wait(8)
    assert (other.view.cx, other.view.cy, other.view.res) == (main.view.cx, main.view.cy, main.view.res)
    moving = desk.client.of("map2")
    assert len(moving) <= 2, "one under way, and at the end the last"
    other.pan_by(-50, 0)
    assert main.view.cx == other.view.cx
    window.set_link(Link.CENTER)
    main.zoom_by(4.0)
    assert other.view.res != main.view.res and other.view.cx == pytest.approx(main.view.cx)
    window.set_link(Link.FREE)
    before = other.view
    main.pan_by(100, 0)
    assert other.view == before
    window.set_link(Link.VIEW)
    other.drops.state.begin(["x"])
    before = other.view
    main.pan_by(100, 0)
    assert other.view == before, "never under a hand"
    other.drops.state.clear()


def test_each_window_shows_its_own_choice(desk: Desk, maps: MapWindows) -> None:
    """By class, unit, stage and what waits for me; what changes meanwhile comes and goes in each as it should."""
    mine = desk.case("filed")
    other = desk.case("dispatched")
    desk.sit("dispatcher")
    desk.qtbot.wait(420)
    desk.settle()
    window = maps.new()
    everything = len(desk.canvas.cases)
    window.set_choice(Choice(units=frozenset({desk.actors["one"].unit})))
    desk.settle()
    assert window.canvas.cases.marker(other.id) is not None and window.canvas.cases.marker(mine.id) is None
    window.set_choice(Choice(mine=True))
    desk.settle()
    inbox = {r.id for r in desk.context.lists.page(desk.context.lists.inbox(desk.context.actor)).rows}
    shown = {marker.id for marker in window.canvas.cases._markers}
    assert mine.id in shown and shown <= inbox
    desk.do("dispatch", mine, "dispatcher", unit=desk.actors["one"].unit)
    desk.settle()
    assert window.canvas.cases.marker(mine.id) is None, "it waits for somebody else now"
    assert len(desk.canvas.cases) == everything and desk.canvas.cases.marker(mine.id) is not None
    dialog = MapFilterDialog(window, window.frame)
    dialog.show_all()
    dialog.stages["dispose"].setChecked(False)
    dialog._agree()
    assert window.canvas.cases.hidden()[0] == {"dispose"} and window.choice == Choice()
    assert window.bar is not None and window.bar._filter.text() == "部分案卷"
    assert desk.canvas.cases.hidden()[0] == frozenset()


def test_windows_come_back_as_they_were_left(desk: Desk, office: MainWindow, maps: MapWindows) -> None:
    """Names, layers, choice, link, overview and view are there again after leaving; so is where it floated."""
    window = maps.new()
    window.rename("夜班重点")
    window.set_link(Link.FREE)
    window.canvas.set_hidden_layers({"green"})
    window.set_choice(Choice(classes=frozenset({"井盖"})))
    window.set_overview(True)
    window.canvas.look_at(desk.canvas.view.cx + 500, desk.canvas.view.cy, 3.0)
    window.frame.window().setGeometry(120, 140, 640, 480)
    view = window.canvas.view
    office.leave()
    desk.context.remove_canvas(window.canvas)
    office.enter(desk.context)
    desk.qtbot.wait(60)
    desk.settle()
    assert office.maps is not None
    again = next(w for w in office.maps if w.key == "map2")
    assert again.name == "夜班重点" and again.link is Link.FREE and again.overview.wanted
    assert again.canvas.hidden_layers() == {"green"} and again.choice.classes == {"井盖"}
    assert (again.canvas.view.cx, again.canvas.view.res) == (view.cx, 3.0)
    assert again.frame.window().geometry().topLeft() == QRect(120, 140, 1, 1).topLeft()


def test_what_was_saved_by_somebody_else_s_hand_does_no_harm(desk: Desk, office: MainWindow) -> None:
    """A broken or foreign settings file costs the windows, nothing else."""
    for text in (
        "{",
        "[]",
        '{"windows": 3}',
        json.dumps({"windows": [3, {"key": 7}, {"key": "map9", "view": "x"}]}),
    ):
        office.leave()
        desk.settings.setValue("mapwindows/operator", text)
        office.enter(desk.context)
        desk.qtbot.wait(30)
        assert office.maps is not None and office.maps.main.canvas is desk.canvas


def test_a_lost_screen_gives_its_windows_back() -> None:
    """A place on a screen that is gone moves to the nearest one and is no larger than it; one that is there stays."""
    left, right = QRect(0, 0, 1920, 1080), QRect(1920, 0, 2560, 1440)
    place = QRect(2200, 100, 2000, 1200)
    assert settled(place, [left, right]) == place
    moved = settled(place, [left])
    assert left.contains(moved) and moved.size().width() == 1920
    assert settled(QRect(-1900, 50, 800, 600), [left]) == QRect(0, 50, 800, 600)
    assert settled(place, []) == place


def test_the_overview_is_one_picture_and_leads_everywhere(desk: Desk, maps: MapWindows) -> None:
    """Moving the view asks for no picture of it; a click goes there, a drag goes along; a small window has none."""
    window = maps.main
    canvas = window.canvas
    canvas.resize(1200, 800)
    box = canvas._home
    assert box is not None
    image = QImage(400, 300, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#88AA88"))
    canvas.frames._overview_number = 999
    desk.client.frame.emit(Frame("main/overview", 999, image, tuple(box), False, 1.0))
    window.set_overview(True)
    over = window.overview
    assert over.isVisibleTo(canvas) and max(over.width(), over.height()) <= 196
    pixmap = over._pixmap.cacheKey()
    canvas.zoom_by(8.0)
    x, y = over.width() * 0.25, over.height() * 0.25

    def mouse(kind: QMouseEvent.Type, px: float, py: float) -> None:
        button = Qt.MouseButton.LeftButton
        at = QPointF(px, py)
        event = QMouseEvent(kind, at, over.mapToGlobal(at), button, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(over, event)

    mouse(QMouseEvent.Type.MouseButtonPress, x, y)
    assert (canvas.view.cx, canvas.view.cy) == pytest.approx(over._frame.to_map(x, y))
    res = canvas.view.res
    mouse(QMouseEvent.Type.MouseMove, x + 20, y + 10)
    mouse(QMouseEvent.Type.MouseButtonRelease, x + 20, y + 10)
    assert (canvas.view.cx, canvas.view.cy) == pytest.approx(over._frame.to_map(x + 20, y + 10))
    assert canvas.view.res == res and over._pixmap.cacheKey() == pixmap
    over.grab()
    canvas.resize(260, 200)
    over.place()
    assert not over.isVisibleTo(canvas)


def test_everything_is_reached_by_keys(desk: Desk, office: MainWindow, maps: MapWindows) -> None:
    """A new window, the next, its link, its overview and its end: actions that work on the window in hand."""
    run = office.actions_.action
    run("map.new").trigger()
    assert len(maps) == 2
    window: MapWindow = maps.current
    assert window.key == "map2"
    run("map.link").trigger()
    assert window.link is Link.CENTER
    run("map.overview").trigger()
    assert window.overview.wanted and not maps.main.overview.wanted
    run("map.next").trigger()
    assert maps.current is maps.main
    run("map.close").trigger()
    assert len(maps) == 2 and "主图" in desk.said()
    run("map.next").trigger()
    run("map.close").trigger()
    assert len(maps) == 1
    assert any(action.shortcut().toString() == "Ctrl+Shift+N" for action in office.actions())
    assert isinstance(QKeyEvent, type)


def test_a_window_goes_back_to_its_screen_when_that_is_there_again(desk: Desk, maps: MapWindows) -> None:
    """Moved for want of a screen it is saved where it belongs; moved by somebody it stays there."""
    window = maps.new()
    left, right = QRect(0, 0, 1920, 1080), QRect(1920, 0, 1920, 1080)
    there = QRect(2300, 200, 700, 500)
    maps._put(window, there, [left, right])
    assert window.frame.window().geometry() == there
    maps._put(window, there, [left])
    stands = window.frame.window().geometry()
    assert left.contains(stands)
    maps.save()
    saved = json.loads(str(desk.settings.value("mapwindows/operator")))
    assert saved["windows"][1]["place"] == [2300, 200, 700, 500]
    maps._put(window, stands, [left, right])
    assert window.frame.window().geometry() == there
    maps._put(window, there, [left])
    window.frame.window().setGeometry(300, 300, 700, 500)
    maps._put(window, QRect(300, 300, 700, 500), [left, right])
    assert window.frame.window().geometry() == QRect(300, 300, 700, 500)
