"""Dispatch by drag: the mime data, who is asked first where areas overlap, and drops on the map."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.map.canvas_world import LAT, LON, Case, unit_box
from tests.map.conftest import Hand
from workstation.map.canvas import MapCanvas
from workstation.map.dragging import (
    CASES_MIME,
    Candidate,
    DropInfo,
    DropState,
    cases_mime,
    cases_of,
    has_cases,
)

Place = Callable[[float, float], tuple[float, float]]
UNITS = [
    unit_box("west", LON - 0.04, LAT - 0.03, LON, LAT + 0.03, "清河街道办"),
    unit_box("east", LON, LAT - 0.03, LON + 0.04, LAT + 0.03, "东关街道办"),
    unit_box("middle", LON - 0.01, LAT - 0.01, LON + 0.01, LAT + 0.01, "环卫公司"),
]
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
MOVE = Qt.DropAction.MoveAction


@pytest.fixture
def city(canvas: MapCanvas) -> MapCanvas:
    """A canvas with three units, one of them over both others, and three cases."""
    canvas.set_units(UNITS)
    canvas.set_cases([Case("a"), Case("b", LON + 0.02), Case("c", LON - 0.02)])
    return canvas


class Dragger:
    """Sends the events that Qt sends while something is dragged over a widget."""

    def __init__(self, canvas: MapCanvas, ids: list[str]) -> None:
        self.canvas = canvas
        self.mime = cases_mime(ids)

    def enter(self, x: float, y: float) -> QDragEnterEvent:
        event = QDragEnterEvent(QPoint(round(x), round(y)), MOVE, self.mime, LEFT, NONE)
        QApplication.sendEvent(self.canvas, event)
        return event

    def move(self, x: float, y: float) -> QDragMoveEvent:
        event = QDragMoveEvent(QPoint(round(x), round(y)), MOVE, self.mime, LEFT, NONE)
        QApplication.sendEvent(self.canvas, event)
        return event

    def leave(self) -> None:
        QApplication.sendEvent(self.canvas, QDragLeaveEvent())

    def drop(self, x: float, y: float) -> QDropEvent:
        event = QDropEvent(QPointF(x, y), MOVE, self.mime, LEFT, NONE)
        QApplication.sendEvent(self.canvas, event)
        return event


def test_case_ids_survive_the_clipboard_format() -> None:
    """What a list packs, the map unpacks, in order; other data carries no cases."""
    mime = cases_mime(["2026-1", "案卷2"])
    assert mime.hasFormat(CASES_MIME) and has_cases(mime)
    assert cases_of(mime) == ["2026-1", "案卷2"]
    other = QMimeData()
    other.setText("2026-1")
    assert cases_of(other) == []


def test_overlapping_areas_go_by_what_is_allowed_then_rank_then_size() -> None:
    """The smallest area is first by default; a better candidate passes it; a refused one comes last."""
    state = DropState()
    state.begin(["a"])
    state.hover(["small", "large"])
    assert state.target == "small"
    state.set_candidates([Candidate("large"), Candidate("small")])
    assert state.here == ("large", "small")
    state.set_info({"large": DropInfo("L", [], allowed=False), "small": DropInfo("S")})
    assert state.target == "small"


def test_a_choice_holds_while_its_area_is_under_the_pointer() -> None:
    """Key 2 takes the second; moving on inside both keeps it, leaving its area forgets it."""
    state = DropState()
    state.begin(["a"])
    state.hover(["small", "large"])
    assert state.choose(2) and state.target == "large"
    assert not state.choose(3)
    state.hover(["small", "large"])
    assert state.target == "large"
    state.hover(["small"])
    assert state.target == "small"
    state.hover(["small", "large"])
    assert state.target == "small"


def test_what_is_known_of_one_drag_is_not_used_for_the_next() -> None:
    """Other cases, other deadlines: the facts go with the drag they were about."""
    state = DropState()
    state.begin(["a"])
    state.set_info({"west": DropInfo("W", [], allowed=False)})
    assert not state.begin(["a"])
    assert state.begin(["b"])
    assert state.allowed("west")


def test_a_drop_on_an_area_sends_the_cases_to_its_unit(qtbot: QtBot, city: MapCanvas, place: Place) -> None:
    """The whole way as Qt drives it: enter, move, drop; ids and unit come out, and the drag is over."""
    drag = Dragger(city, ["a", "b"])
    with qtbot.waitSignal(city.drag_started) as started:
        assert drag.enter(*place(LON - 0.03, LAT)).isAccepted()
    assert started.args == [["a", "b"]]
    assert city.drops.card is not None and city.drops.card.title == "清河街道办"
    drag.move(*place(LON + 0.03, LAT))
    assert city.drops.card.title == "东关街道办"
    with qtbot.waitSignal(city.cases_dropped) as dropped:
        drag.drop(*place(LON + 0.03, LAT))
    assert dropped.args == [["a", "b"], "east"]
    assert not city.drops.state.active and city.drops.card is None


def test_one_drag_is_announced_once(qtbot: QtBot, city: MapCanvas, place: Place) -> None:
    """Moving about asks for no second preview; coming back after leaving does."""
    seen: list[object] = []
    city.drag_started.connect(seen.append)
    drag = Dragger(city, ["a"])
    drag.enter(*place(LON, LAT))
    for step in range(5):
        drag.move(*place(LON + step * 0.005, LAT))
    assert len(seen) == 1
    drag.leave()
    drag.enter(*place(LON, LAT))
    assert len(seen) == 2
    drag.leave()


def test_the_card_tells_load_deadline_and_refusal(city: MapCanvas, place: Place) -> None:
    """What the dispatch panel supplies is said beside the pointer; a refused unit says why and is not accepted."""
    drag = Dragger(city, ["a"])
    drag.enter(*place(LON - 0.03, LAT))
    city.set_drop_info(
        {
            "west": DropInfo("清河街道办", ["在办 12 件", "截止 11-21 10:00"]),
            "east": DropInfo("东关街道办", ["该类别不属其职责"], allowed=False),
        }
    )
    city.set_candidates([Candidate("west", "辖区责任单位")])
    card = city.drops.card
    assert card is not None and card.badge == "首选"
    assert [line.text for line in card.lines] == ["在办 12 件", "截止 11-21 10:00", "辖区责任单位"]
    drag.move(*place(LON + 0.03, LAT))
    card = city.drops.card
    assert card is not None and card.badge == "不可派遣" and card.bar == "red"
    drag.leave()


def test_the_card_names_another_way_than_dispatching(city: MapCanvas, place: Place) -> None:
    """Over an own crew or a unit inside a district the card says what letting go would do, or that it cannot."""
    drag = Dragger(city, ["a"])
    drag.enter(*place(LON - 0.03, LAT))
    city.set_drop_info(
        {
            "west": DropInfo("快速处置队", ["处置截止 11-21 10:00"], verb="快速处置"),
            "east": DropInfo("卫一所", ["已派往区内单位"], allowed=False, verb="二次派遣"),
        }
    )
    card = city.drops.card
    assert card is not None and card.badge == "快速处置"
    drag.move(*place(LON + 0.03, LAT))
    card = city.drops.card
    assert card is not None and card.badge == "不可二次派遣"
    drag.leave()


def test_a_refused_drop_tells_why_and_sends_nothing(qtbot: QtBot, city: MapCanvas, place: Place) -> None:
    """Letting go over a unit that may not get the case changes nothing but says so."""
    drag = Dragger(city, ["a"])
    drag.enter(*place(LON + 0.03, LAT))
    city.set_drop_info({"east": DropInfo("东关街道办", ["该类别不属其职责"], allowed=False)})
    with qtbot.assertNotEmitted(city.cases_dropped):
        drag.drop(*place(LON + 0.03, LAT))
    assert "该类别不属其职责" in city.banner.text


def test_a_drop_beside_every_area_is_no_dispatch(qtbot: QtBot, city: MapCanvas, place: Place) -> None:
    """Outside of all areas nothing is sent, and the operator is told."""
    with qtbot.assertNotEmitted(city.cases_dropped):
        assert city.drop_at(QPointF(*place(LON, LAT + 0.034)), ["a"]) == ""
    assert city.banner.text


def test_where_areas_overlap_the_card_offers_a_choice(qtbot: QtBot, city: MapCanvas, place: Place) -> None:
    """In the overlap the smaller area is first; key 2 chooses the other, which then gets the cases."""
    drag = Dragger(city, ["a"])
    drag.enter(*place(LON - 0.005, LAT))
    card = city.drops.card
    assert card is not None and card.title == "环卫公司"
    assert [(line.key, line.text) for line in card.lines if line.key] == [
        ("1", "环卫公司"),
        ("2", "清河街道办"),
    ]
    QApplication.sendEvent(city, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_2, NONE, "2"))
    card = city.drops.card
    assert card is not None and card.title == "清河街道办"
    with qtbot.waitSignal(city.cases_dropped) as dropped:
        drag.drop(*place(LON - 0.005, LAT))
    assert dropped.args == [["a"], "west"]


def test_other_data_is_not_taken(city: MapCanvas) -> None:
    """A file or text dragged over the map is none of its business."""
    mime = QMimeData()
    mime.setText("hello")
    event = QDragEnterEvent(QPoint(10, 10), MOVE, mime, LEFT, NONE)
    QApplication.sendEvent(city, event)
    assert not event.isAccepted() and not city.drops.state.active


def test_near_the_edge_the_map_comes_along(qtbot: QtBot, city: MapCanvas) -> None:
    """Held near the right edge the map moves to the left until the pointer goes away from the edge."""
    drag = Dragger(city, ["a"])
    drag.enter(400, 300)
    drag.move(795, 300)
    before = city.view.cx
    qtbot.waitUntil(lambda: city.view.cx > before + 20 * city.view.res, timeout=2000)
    drag.move(400, 300)
    qtbot.wait(40)
    still = city.view.cx
    qtbot.wait(60)
    assert city.view.cx == still
    drag.leave()


def test_the_view_is_nobodys_during_a_drag(city: MapCanvas) -> None:
    """No call from elsewhere moves the map while cases are over it."""
    drag = Dragger(city, ["a"])
    drag.enter(400, 300)
    assert not city.fly_to(LON + 0.03, LAT, 2000)
    assert not city.fit_extent((LON, LAT, LON + 0.01, LAT + 0.01))
    drag.leave()
    assert city.fly_to(LON + 0.03, LAT, 2000)


def test_pulling_a_marker_drags_it(
    qtbot: QtBot, city: MapCanvas, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the drag distance, and not before, the case under the press becomes a drag with its card; the map stays."""
    runs: list[tuple[list[str], int]] = []
    monkeypatch.setattr(
        city.drops, "_run", lambda drag: runs.append((cases_of(drag.mimeData()), drag.pixmap().width()))
    )
    x, y = city.cases.screen_position(city.view, "b") or (0, 0)
    before = city.view
    hand.press(x, y)
    hand.move(x + 3, y + 1)
    assert runs == []
    with qtbot.waitSignal(city.drag_started):
        hand.move(x + 30, y + 5)
    assert runs[0][0] == ["b"] and runs[0][1] > 100
    assert city.view == before
    assert city.cases.selection == {"b"}
    assert not city.busy_hand


def test_the_whole_selection_goes(city: MapCanvas, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """A marker of a selection takes the others along, itself first; a marker outside it goes alone."""
    runs: list[list[str]] = []
    monkeypatch.setattr(city.drops, "_run", lambda drag: runs.append(cases_of(drag.mimeData())))
    city.set_selection({"a", "c"})
    x, y = city.cases.screen_position(city.view, "c") or (0, 0)
    hand.press(x, y)
    hand.move(x + 40, y)
    assert runs == [["c", "a"]]
    x, y = city.cases.screen_position(city.view, "b") or (0, 0)
    hand.press(x, y)
    hand.move(x + 40, y)
    assert runs[1] == ["b"]
