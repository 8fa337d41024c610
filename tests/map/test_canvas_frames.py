"""What the canvas asks the worker for, when, and what it shows meanwhile."""

from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, MAP_CRS, FakeClient
from tests.map.conftest import HOME, Hand
from workstation.map.canvas import MapCanvas
from workstation.map.canvas_surface import PAN_FRAME_MS


def color_at(canvas: MapCanvas, x: int, y: int) -> str:
    """The colour that is painted there."""
    return QColor(canvas.grab().toImage().pixel(x, y)).name().upper()


def rested(qtbot: QtBot, canvas: MapCanvas) -> None:
    """Wait until the view has come to rest."""
    with qtbot.waitSignal(canvas.motion.rested, timeout=2000):
        pass


def test_the_first_frame_covers_the_window_and_a_margin(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """The city is asked for at the window's size with a margin round it, in the proportions of its pixels."""
    rested(qtbot, canvas)
    asked = fake_client.of()[-1]
    assert asked.width > canvas.width() and asked.height > canvas.height()
    xmin, ymin, xmax, ymax = asked.extent
    assert abs((xmax - xmin) / (ymax - ymin) - asked.width / asked.height) < 1e-6
    west, south = canvas.projection.point_to_map(HOME[0], HOME[1])
    assert xmin < west and ymin < south


def test_one_frame_under_way_and_the_newest_wish(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """While the map is pulled, nothing more is asked before the frame under way is there; then the newest view is."""
    rested(qtbot, canvas)
    first = fake_client.of()[-1]
    number = len(fake_client.of())
    for _ in range(12):
        canvas.pan_by(20, 0)
        qtbot.wait(12)
    assert len(fake_client.of()) == number
    fake_client.answer(first)
    assert len(fake_client.of()) == number + 1
    latest = fake_client.of()[-1]
    assert latest.extent[0] < first.extent[0] - 10


def test_a_short_pull_that_has_ended_is_not_asked_for_as_if_it_went_on(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """The margin of the frame on hand serves a short pull; what would have asked ahead of a longer one has been stopped."""
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1])
    number = len(fake_client.of())
    canvas.pan_by(20, 0)
    canvas.motion.settle()  # the hand lets go
    qtbot.wait(PAN_FRAME_MS + 60)
    assert len(fake_client.of()) == number and canvas.sharp


def test_a_view_that_rests_is_asked_for_at_once(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """Where the hand stops, the worker is told without waiting for the frame of a place already left."""
    rested(qtbot, canvas)
    number = len(fake_client.of())
    canvas.pan_by(300, 0)
    rested(qtbot, canvas)
    assert len(fake_client.of()) == number + 1


def test_the_wheel_asks_once_for_where_it_ends(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient, hand: Hand
) -> None:
    """Six notches in quick succession make one request, for the scale they lead to, before the movement has ended; a frame that
    comes between its end and rest, though it has less margin than one of a pull, is not asked for again."""
    canvas.motion.animated = True
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1])
    number = len(fake_client.of())
    for _ in range(6):
        hand.wheel(200, 200, 1)
        qtbot.wait(8)
    target = canvas.motion.target.res
    with qtbot.waitSignal(canvas.motion.aimed, timeout=1000):
        pass
    asked = fake_client.of()[number:]
    assert len(asked) == 1
    assert abs((asked[0].extent[2] - asked[0].extent[0]) / asked[0].width / target - 1) < 1e-6
    qtbot.waitUntil(lambda: not canvas.motion.moving, timeout=2000)
    canvas._ask_while_moving()
    fake_client.answer(asked[0])
    rested(qtbot, canvas)
    assert len(fake_client.of()) == number + 1 and canvas.sharp
    assert canvas.view.res == target


def test_the_last_frame_moves_with_the_hand(qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient) -> None:
    """Before a new frame is there, the old one is shown where it belongs now, and beyond it lies the bare ground."""
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1], "#224466")
    assert color_at(canvas, 30, 300) == "#224466"
    canvas.pan_by(300, 0)
    assert color_at(canvas, 30, 300) != "#224466"
    assert color_at(canvas, 400, 300) == "#224466"


def test_the_last_frame_is_scaled_while_zooming_out(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """Zoomed out by four, the old frame is a small picture in the middle at once."""
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1], "#224466")
    canvas.zoom_by(0.25)
    assert color_at(canvas, 400, 280) == "#224466"
    assert color_at(canvas, 60, 280) != "#224466"


def test_the_whole_city_lies_beneath(qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient) -> None:
    """Once an overview is there, the edges beyond the frame show it instead of nothing."""
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1], "#224466")
    assert fake_client.of("main/overview") == []
    qtbot.waitUntil(lambda: len(fake_client.of("main/overview")) == 1, timeout=3000)
    fake_client.answer(fake_client.of("main/overview")[0], "#335577")
    assert fake_client.dropped == ["main/overview"]
    canvas.zoom_by(4.0)
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1], "#224466")
    canvas.pan_by(300, 0)
    assert color_at(canvas, 100, 280) == "#335577"
    assert color_at(canvas, 400, 280) == "#224466"


def test_the_overview_makes_no_view_wait(qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient) -> None:
    """Asked for only after a while of rest; taken back when the hand wants another view, and asked for again later."""
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1])
    qtbot.waitUntil(lambda: len(fake_client.of("main/overview")) == 1, timeout=3000)
    canvas.pan_by(200, 0)
    rested(qtbot, canvas)
    assert fake_client.dropped == ["main/overview"]
    fake_client.answer(fake_client.of()[-1])
    qtbot.waitUntil(lambda: len(fake_client.of("main/overview")) == 2, timeout=3000)


def test_a_first_frame_is_seen_as_it_grows(qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient) -> None:
    """With nothing on the screen, a partial frame is shown; over a whole one of the same place it is not, at first."""
    rested(qtbot, canvas)
    asked = fake_client.of()[-1]
    fake_client.answer(asked, "#112233", partial=True)
    assert color_at(canvas, 400, 300) == "#112233"
    fake_client.answer(asked, "#224466")
    canvas.pan_by(5, 0)
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1], "#990000", partial=True)
    assert color_at(canvas, 400, 300) == "#224466"


def test_another_windows_frame_is_not_shown(qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient) -> None:
    """Two map windows share a client; each takes only what it asked for."""
    rested(qtbot, canvas)
    asked = fake_client.of()[-1]
    fake_client.answer(asked, "#224466")
    fake_client.answer(type(asked)(999, "wall", asked.extent, 100, 100, 1.0, frozenset()), "#FF0000")
    assert color_at(canvas, 400, 300) == "#224466"


def test_hidden_layers_are_asked_for_anew(qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient) -> None:
    """Switching a layer off asks for the same place without it; switching it off again asks nothing."""
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1])
    number = len(fake_client.of())
    canvas.set_hidden_layers({"component"})
    canvas.set_hidden_layers({"component"})
    assert len(fake_client.of()) == number + 1
    assert fake_client.of()[-1].hidden == {"component"}


def test_slow_frames_show_that_work_is_under_way(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """The strip at the top appears after a quarter of a second and goes with the frame."""
    rested(qtbot, canvas)
    assert not canvas.loading.isVisible()
    qtbot.waitUntil(canvas.loading.isVisible, timeout=1500)
    fake_client.answer(fake_client.of()[-1])
    assert not canvas.loading.isVisible()


def test_a_restarting_worker_is_told_and_the_map_stays(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """The last frame stays on the screen, a notice says what happens, and goes when a frame is there."""
    rested(qtbot, canvas)
    asked = fake_client.of()[-1]
    fake_client.answer(asked, "#224466")
    fake_client.restarting.emit(1)
    assert not canvas.banner.isVisible()
    qtbot.waitUntil(canvas.banner.isVisible, timeout=1500)
    assert "重新启动" in canvas.banner.text
    assert color_at(canvas, 400, 300) == "#224466"
    fake_client.ready.emit({"qgis": "3.22.16"})
    assert not canvas.banner.isVisible()


def test_a_quick_restart_needs_no_notice(qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient) -> None:
    """A worker that is back within a third of a second is not worth a word."""
    fake_client.restarting.emit(1)
    fake_client.ready.emit({})
    qtbot.wait(420)
    assert not canvas.banner.isVisible()


def test_missing_qgis_is_said_with_what_to_do(canvas: MapCanvas, fake_client: FakeClient) -> None:
    """The notice names the package to install."""
    fake_client.failed.emit("no_qgis", "/usr/bin/python3")
    assert "python3-qgis" in canvas.banner.text


def test_data_that_changed_is_drawn_without_moving(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """A second frame with the same number (the client asked again by itself) takes the place of the first."""
    rested(qtbot, canvas)
    asked = fake_client.of()[-1]
    fake_client.answer(asked, "#224466")
    fake_client.answer(asked, "#446688")
    assert color_at(canvas, 400, 300) == "#446688"


def test_the_view_stays_when_the_window_changes_size(qtbot: QtBot, canvas: MapCanvas) -> None:
    """Centre and scale are kept once somebody has chosen them; the untouched city is fitted again."""
    canvas.resize(1000, 700)
    west, south, east, north = canvas.bounds()
    assert west < HOME[0] and south < HOME[1] and east > HOME[2] and north > HOME[3]
    canvas.fly_to(LON, LAT, 5000)
    canvas.resize(640, 480)
    assert abs(canvas.scale() - 5000) < 1
    lon, lat = canvas.center()
    assert abs(lon - LON) < 1e-7 and abs(lat - LAT) < 1e-7


def test_nothing_is_asked_while_the_window_is_hidden(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """A map behind another tab costs the worker nothing, and asks when it is seen again."""
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1])
    canvas.hide()
    number = len(fake_client.of())
    canvas.fly_to(LON, LAT, 5000)
    rested(qtbot, canvas)
    assert len(fake_client.of()) == number
    canvas.show()
    assert len(fake_client.of()) == number + 1


def test_a_closed_canvas_leaves_nothing_behind(qtbot: QtBot, fake_client: FakeClient) -> None:
    """After shutdown, said once or twice, the client forgets both views, and a late frame is nobody's."""
    made = MapCanvas(fake_client, MAP_CRS)
    qtbot.addWidget(made)
    made.show()
    made.set_home(HOME)
    rested(qtbot, made)
    made.shutdown()
    made.shutdown()  # the program's end ends every map, a window's own end did before
    assert fake_client.dropped == ["main", "main/overview"]
    fake_client.answer(fake_client.of()[-1])
    assert made.frames.picture is None


def test_a_frame_for_who_sat_here_before_is_not_shown(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """The next person's map has the same name: a late frame of the one before, of another place, is not its own."""
    rested(qtbot, canvas)
    before = fake_client.of()[-1]
    after = MapCanvas(fake_client, MAP_CRS)
    qtbot.addWidget(after)
    after.show()
    after.set_home(HOME)
    rested(qtbot, after)
    fake_client.answer(before, "#FF0000")
    assert after.frames.picture is None and after.frames.waiting
    fake_client.answer(fake_client.of()[-1], "#224466")
    assert after.frames.picture is not None and not after.frames.waiting
    after.shutdown()


def test_a_frame_that_fills_the_window_is_sharp_enough(
    qtbot: QtBot, canvas: MapCanvas, fake_client: FakeClient
) -> None:
    """Pulled by less than the margin and let go, the frame on hand serves, and so does one that is under way; beyond the
    margin, or at another scale, a frame is asked for at once."""
    rested(qtbot, canvas)
    fake_client.answer(fake_client.of()[-1])
    assert canvas.sharp
    number = len(fake_client.of())
    canvas.motion.jump(canvas.view.panned(30, -40))
    canvas.motion.settle()
    assert canvas.sharp and len(fake_client.of()) == number
    canvas.motion.jump(canvas.view.panned(200, 0))
    canvas._ask_while_moving()
    assert len(fake_client.of()) == number + 1 and not canvas.sharp
    canvas.motion.jump(canvas.view.panned(40, 0))
    canvas.motion.settle()
    assert len(fake_client.of()) == number + 1, "what is under way will do"
    fake_client.answer(fake_client.of()[-1])
    assert canvas.sharp and len(fake_client.of()) == number + 1
    canvas.motion.jump(canvas.view.panned(20, 0))
    canvas.motion.settle()
    assert not canvas.sharp and len(fake_client.of()) == number + 2
    fake_client.answer(fake_client.of()[-1])
    canvas.motion.jump(canvas.view.zoomed(1.01))
    canvas.motion.settle()
    assert not canvas.sharp and len(fake_client.of()) == number + 3
