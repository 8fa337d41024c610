"""The box of finding on the map: the keyboard alone, where Enter leads, what Esc brings back, what is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.panels.desk import Desk
from workstation.map.canvas import MapCanvas
from workstation.services.spatial import coordinates
from workstation.shell.finder import text as finder_text
from workstation.shell.finder.finder import Finder
from workstation.shell.finder.finders import Finders
from workstation.shell.finder.text import Row


@pytest.fixture
def finders(desk: Desk) -> Finders:
    """Boxes on the desk's map, which is shown."""
    desk.canvas.resize(900, 600)
    desk.canvas.set_home(desk.services.city.extent)
    desk.canvas.show()
    made = Finders(desk.context)
    made._soon.stop()
    desk.settle()
    return made


@pytest.fixture
def box(desk: Desk, finders: Finders) -> Finder:
    """The box, asked for, with the keyboard in it."""
    finders.come()
    found = finders.box(desk.canvas)
    found._focused()  # offscreen the window may not be the active one
    return found


@pytest.fixture
def search(desk: Desk, box: Finder, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[Row]]:
    """Type a text and wait for its answer; the rows shown."""
    monkeypatch.setattr(type(box.edit), "hasFocus", lambda _edit: True)

    def ask(text: str) -> list[Row]:
        box.edit.clear()
        QTest.keyClicks(box.edit, text) if text.isascii() else box.edit.insert(text)
        box._edited(text)
        desk.qtbot.waitUntil(lambda: not box._typing.isActive() and not box._asking, timeout=10_000)
        return [row for at in range(box.entries.rowCount()) if (row := box.entries.row(at)) is not None]

    return ask


def key(box: Finder, which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in the field."""
    QTest.keyClick(box.edit, which, modifiers)


def road(desk: Desk) -> str:
    """The name of a road of the city."""
    with desk.services.db.read() as conn:
        query = "SELECT name FROM road WHERE name <> '' ORDER BY id LIMIT 1"
        return str(conn.exec_driver_sql(query).scalar_one())


def test_a_road_is_framed_and_lights_up(desk: Desk, box: Finder, search: Callable[[str], list[Row]]) -> None:
    """Enter on a road shows its whole course; it lights up for a moment, and Esc brings back the view from before."""
    before = desk.canvas.view
    name = road(desk)
    rows = search(name)
    assert rows[0].kind == "road" and rows[0].title == name
    key(box, Qt.Key.Key_Return)
    desk.settle()
    shape = desk.services.finding.shape(rows[0].found)
    assert shape is not None
    west, south, east, north = desk.canvas.bounds()
    assert west <= shape.bounds[0] and shape.bounds[2] <= east
    assert south <= shape.bounds[1] and shape.bounds[3] <= north
    assert box.overlay.extent() is not None
    assert not box.panel.isVisible()
    key(box, Qt.Key.Key_Escape)
    assert desk.canvas.view.same_as(before)
    assert box.overlay.extent() is None


def test_enter_again_stays(desk: Desk, box: Finder, search: Callable[[str], list[Row]]) -> None:
    """A second Enter gives the keyboard to the map, which stays where it is; Esc later moves nothing."""
    search(road(desk))
    key(box, Qt.Key.Key_Return)
    desk.settle()
    there = desk.canvas.view
    key(box, Qt.Key.Key_Return)
    box.back()
    assert desk.canvas.view.same_as(there)


def test_a_case_is_chosen_and_opened(desk: Desk, box: Finder, search: Callable[[str], list[Row]]) -> None:
    """Enter on a case flies there and chooses it; Shift+Enter opens its sheet as well."""
    row = next(r for r in desk.context.lists.page(desk.services.lists.everything()).rows if r.code and r.lon)
    opened: list[str] = []
    desk.context.case_requested.connect(opened.append)
    rows = search(row.code[-6:])
    assert row.id in [item.found.ref for item in rows if item.found is not None]
    rows = search(row.code)
    key(box, Qt.Key.Key_Return)
    desk.settle()
    assert desk.context.selection.current == row.id
    assert desk.canvas.center() == pytest.approx((row.lon, row.lat), abs=1e-6)
    assert opened == []
    box.panel.show()
    key(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.settle()
    assert opened == [row.id]


def test_a_component_is_asked_about(desk: Desk, box: Finder, search: Callable[[str], list[Row]]) -> None:
    """Enter on a component goes near it and asks what stands there, so that its card comes up."""
    with desk.services.db.read() as conn:
        code = str(
            conn.exec_driver_sql("SELECT code FROM component WHERE state <> 'removed' LIMIT 1").scalar_one()
        )
    asked: list[QPointF] = []
    desk.canvas.identify_at = asked.append  # type: ignore[method-assign, assignment]
    rows = search(code)
    assert rows[0].kind == "component"
    key(box, Qt.Key.Key_Return)
    desk.settle()
    desk.qtbot.waitUntil(lambda: bool(asked))
    assert asked[0].x() == pytest.approx(desk.canvas.width() / 2, abs=2)
    assert desk.canvas.scale() < 600


def test_shift_enter_opens_what_belongs_to_it_and_the_foot_says_what(
    desk: Desk, box: Finder, search: Callable[[str], list[Row]]
) -> None:
    """Of a component Shift+Enter flies there as well and lists its open cases, of a unit it opens the contacts; of a road it does
    what Enter does, and the line below the list does not promise more."""
    case = desk.case("filed")
    listed: list[tuple[Any, str]] = []
    panels: list[str] = []
    desk.context.cases_requested.connect(lambda wanted, title: listed.append((wanted, title)))
    desk.context.panel_requested.connect(panels.append)
    with desk.services.db.read() as conn:
        query = "SELECT code FROM component WHERE state <> 'removed' LIMIT 1"
        code = case.component or str(conn.exec_driver_sql(query).scalar_one())
        unit = str(conn.exec_driver_sql("SELECT name FROM unit WHERE active LIMIT 1").scalar_one())
    desk.canvas.identify_at = lambda _place: None  # type: ignore[method-assign]
    rows = search(code)
    assert rows[0].kind == "component" and "Shift+回车 列出在办案卷" in box.foot.text()
    key(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.settle()
    wanted, title = listed[0]
    assert (wanted.component, wanted.open) == (code, True) and code in title
    assert desk.canvas.scale() < 600
    desk.context.lists.page(wanted)
    rows = search("井盖")
    assert rows[0].kind == "class"
    key(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.settle()
    wanted, _ = listed.pop()
    assert (wanted.class_code, wanted.component) == (rows[0].found.ref, "")  # type: ignore[union-attr]
    rows = search(unit)
    at = next(n for n, row in enumerate(rows, 1) if row.kind == "unit")
    box.view.choose(box.entries.place(at))
    assert "通讯录" in box.foot.text()
    key(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.settle()
    assert panels == ["contacts"]
    assert search(road(desk))[0].kind == "road"
    assert "Shift" not in box.foot.text() and "回车 飞到" in box.foot.text()
    key(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.settle()
    assert len(listed) == 1 and panels == ["contacts"] and box.overlay.extent() is not None


def test_the_keyboard_alone(desk: Desk, box: Finder, search: Callable[[str], list[Row]]) -> None:
    """Arrows go through the rows and past headings, round at the ends; Alt and a number takes one."""
    rows = search(road(desk)[:2])
    assert len(rows) > 3
    assert box.entries.row(box.view.currentIndex().row()) is rows[0]
    key(box, Qt.Key.Key_Down)
    assert box.entries.row(box.view.currentIndex().row()) is rows[1]
    key(box, Qt.Key.Key_Up)
    key(box, Qt.Key.Key_Up)
    assert box.entries.row(box.view.currentIndex().row()) is rows[-1]
    key(box, Qt.Key.Key_PageDown)
    assert box.entries.row(box.view.currentIndex().row()) is rows[-1]
    before = desk.canvas.view
    number = next(n for n, row in enumerate(rows, 1) if row.kind == "road")
    key(box, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert box.entries.row(box.view.currentIndex().row()) is rows[number - 1]
    assert not desk.canvas.view.same_as(before)


def test_coordinates_ask_and_say_how_exact_they_are(
    desk: Desk, box: Finder, search: Callable[[str], list[Row]]
) -> None:
    """Bare numbers give a reading for each system; Enter before the answer flies to none of several; a converted one is
    marked as that on its pin."""
    lon, lat = desk.services.city.center
    text = f"{lon:.6f}, {lat:.6f}"
    rows = search(text)
    assert [row.reading.system for row in rows if row.reading] == ["cgcs2000", "gcj02", "bd09"]
    assert len({row.detail for row in rows}) == 3
    key(box, Qt.Key.Key_Return)
    assert desk.canvas.center() == pytest.approx((lon, lat), abs=1e-6)
    assert box.overlay.marked and box.overlay._note == ""
    search(f"高德 {text}")
    key(box, Qt.Key.Key_Return)
    assert desk.canvas.center() == pytest.approx(
        coordinates.from_gcj02(round(lon, 6), round(lat, 6)), abs=1e-6
    )
    assert "GCJ-02" in box.overlay._note
    desk.canvas.grab()  # pin and note are painted without a complaint


def test_nothing_found_says_what_would_help(box: Finder, search: Callable[[str], list[Row]]) -> None:
    """An empty answer repeats what was looked for and tells what can be typed."""
    assert search("没有这个地方吧") == []
    assert "没有这个地方吧" in box.note.text()
    assert "坐标" in box.note.text()
    assert box.note.isVisibleTo(box.panel) and not box.view.isVisibleTo(box.panel)


def test_only_the_newest_answer_stays(
    desk: Desk, box: Finder, search: Callable[[str], list[Row]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one question is under way typing goes on; one question at a time, and the last text's answer is shown."""
    asked: list[str] = []
    original = finder_text.ask

    def slow(services: Any, text: str, *rest: Any) -> Any:
        asked.append(text)
        return original(services, text, *rest)

    monkeypatch.setattr(finder_text, "ask", slow)
    name = road(desk)
    for n in range(1, len(name) + 1):
        box.edit.setText(name[:n])
        box._ask()
        assert asked[1:] == [] or n > 1
    desk.qtbot.waitUntil(lambda: box._answered == name and not box._asking)
    assert len(asked) <= 2
    assert asked[-1] == name


def test_enter_before_the_answer_takes_the_first(
    desk: Desk, box: Finder, search: Callable[[str], list[Row]]
) -> None:
    """Whoever types and presses Enter at once is taken there when the answer comes."""
    before = desk.canvas.view
    box.edit.setText(road(desk))
    key(box, Qt.Key.Key_Return)
    desk.settle()
    assert not desk.canvas.view.same_as(before)


def test_what_was_found_lately(desk: Desk, box: Finder, search: Callable[[str], list[Row]]) -> None:
    """The last finds come back with an empty field, for each person their own; people and positions are never kept, and
    of a case nothing but its code."""
    name = road(desk)
    search(name)
    key(box, Qt.Key.Key_Return)
    desk.settle()
    row = next(
        r for r in desk.context.lists.page(desk.services.lists.everything()).rows if r.code and r.address
    )
    search(row.code)
    key(box, Qt.Key.Key_Return)
    desk.settle()
    someone = desk.services.people.all()[0]
    search(someone.name)
    at = next(n for n in range(box.entries.rowCount()) if getattr(box.entries.row(n), "kind", "") == "person")
    box.view.choose(at)
    key(box, Qt.Key.Key_Return)
    desk.settle()
    person = desk.context.actor.person
    kept = finder_text.recent(desk.settings, person)
    assert [item.kind for item in kept] == ["case", "road"]
    stored = str(desk.settings.value(f"finder/{person}"))
    assert row.address not in stored and someone.name not in stored
    box.edit.clear()
    shown = [box.entries.row(n) for n in range(box.entries.rowCount())]
    assert [item.title for item in shown if item is not None] == [item.title for item in kept]
    assert finder_text.recent(desk.settings, "somebody") == []
    desk.settings.setValue("finder/broken", "{]")
    assert finder_text.recent(desk.settings, "broken") == []


def test_a_case_of_others_is_not_gone_to(desk: Desk, box: Finder, search: Callable[[str], list[Row]]) -> None:
    """A recent case that is not the present person's is told of as that, and nothing moves."""
    desk.sit("operator")
    row = next(r for r in desk.context.lists.page(desk.services.lists.everything()).rows if r.code and r.lon)
    found = next(i.found for i in search(row.code) if i.found is not None and i.found.ref == row.id)
    stranger = next(a for a in (desk.actors["one"], desk.actors["two"]) if a.unit != row.unit)
    desk.context.set_actor(stranger)
    desk.settle()
    before = desk.canvas.view
    if not desk.context.lists.rows([row.id]):
        box._take(finder_text.row_of(found), False)
        desk.settle()
        assert desk.notices[-1].kind == "warning"
        assert desk.canvas.view.same_as(before)
    assert box.edit.text() == ""  # of who sat here before nothing stays


def test_each_map_has_a_box_and_the_one_in_hand_is_asked(desk: Desk, finders: Finders, qtbot: QtBot) -> None:
    """Another map window gets a box of its own; Ctrl+K asks in that of the map in hand, Enter flies that map alone."""
    other = MapCanvas(desk.client, desk.services.city.map_crs, "second", desk.theme, now=desk.services.now)
    qtbot.addWidget(other)
    other.motion.animated = False
    other.resize(500, 400)
    other.show()
    desk.context.add_canvas(other)
    desk.context.set_canvas(other)
    finders.come()
    assert finders.box(other)._before is not None
    assert finders.box(desk.canvas)._before is None
    desk.context.remove_canvas(other)
    with pytest.raises(KeyError):
        finders.box(other)
    other.shutdown()


def test_positions_are_copied_in_every_form(desk: Desk, finders: Finders) -> None:
    """The map's menu copies the position under the pointer; what is copied is read again as the same place."""
    menu = desk.canvas.menu_at(QPointF(200, 200))
    assert menu is not None
    lon, lat = desk.canvas.projection.point_to_lonlat(*desk.canvas.view.to_map(200, 200))
    copying = next(a.menu() for a in menu.actions() if a.menu() is not None and len(a.menu().actions()) == 5)
    city = desk.services.city
    for action in copying.actions():
        action.trigger()
        reading = coordinates.read(QGuiApplication.clipboard().text(), city.extent, city.map_crs)[0]
        assert (reading.lon, reading.lat) == pytest.approx((lon, lat), abs=2e-6)
    menu.close()


def test_the_box_keeps_its_place_and_size(
    desk: Desk, box: Finder, search: Callable[[str], list[Row]]
) -> None:
    """On a small map the field gets narrower and the list stays inside; the field is a field to whoever cannot see it."""
    search("路")
    for width, height in ((900, 600), (320, 240), (1600, 900)):
        desk.canvas.resize(width, height)
        assert desk.canvas.rect().contains(box.geometry())
        assert desk.canvas.rect().contains(box.panel.geometry())
    assert isinstance(box.edit, QLineEdit) and box.edit.accessibleName()
    box.panel.grab()
