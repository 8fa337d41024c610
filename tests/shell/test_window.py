"""The window: what each post sees, going from one person to another, searches, counters, layouts, and the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QWidget

from tests.panels.desk import Desk
from workstation.services.lists.filter import CaseFilter
from workstation.shell import registry, window
from workstation.shell.maps.bridge import MapBridge
from workstation.shell.panel import Panel
from workstation.shell.window import MainWindow


class Plain(Panel):
    """A panel with nothing in it, in the place of those that are not under test."""

    key = "plain"

    def __init__(self, context: Any, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        QLabel("plain", self)


@pytest.fixture
def office(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A window at which an operator sits; panels but the list and the case are plain ones."""
    real = {"caselist", "case"}
    monkeypatch.setattr(
        registry,
        "PANELS",
        tuple(p if p.key in real else replace(p, target=f"{__name__}:Plain") for p in registry.PANELS),
    )
    monkeypatch.setattr(desk.client, "start", lambda *args, **options: None, raising=False)
    main = MainWindow(desk.theme, desk.settings)
    desk.qtbot.addWidget(main)
    main.resize(1600, 900)
    main.show()
    desk.context.names = {p.id: p.name for p in desk.services.people.all()}
    main.enter(desk.context)
    bridge = MapBridge(desk.context, {}, main.status)
    bridge.start()
    desk.settle()
    yield main
    main.leave()
    desk.settle()


def test_who_comes_next_is_told_that_a_shift_waits(desk: Desk, office: Any) -> None:
    """An operator hands over; the next one who sits down is told so and is one click from taking over."""
    before, after = desk.services.people.with_post("operator")[:2]
    people = desk.services.people
    desk.services.handover.hand_over(people.actor(before.id, "operator"), "有反映人待回复")
    desk.context.set_actor(people.actor(after.id, "operator"))
    settle(desk)
    told = [notice for notice in desk.notices if "等待接班" in notice.text]
    assert told and before.name in told[-1].text and told[-1].action is not None
    told[-1].action[1]()
    assert office.host.is_open("handover")
    desk.context.set_actor(people.actor(before.id, "operator"))
    settle(desk)
    assert len([n for n in desk.notices if "等待接班" in n.text]) == len(told), "not whoever left it"


def settle(desk: Desk) -> None:
    """The timers that gather changes (400 ms at most), then everything under way."""
    desk.qtbot.wait(420)
    desk.settle()


def test_each_post_sees_its_own_panels(desk: Desk, office: MainWindow) -> None:
    """The rail has a button for each panel of the post and for no other; a panel of another post does not open."""
    for who, post in (("operator", "operator"), ("dispatcher", "dispatcher"), ("one", "receiver")):
        desk.sit(who)
        settle(desk)
        seen = {item.key for item in registry.panels_for(post)}
        assert {key for key in (i.key for i in registry.PANELS) if office.rail.button(key)} == seen
        assert office.host is not None
        assert {key for key in office.host.names() if office.host.is_open(key)} <= seen
    assert office.open_panel("filing") is None
    assert office.open_panel("disposal") is not None


def test_the_title_names_city_person_and_post(desk: Desk, office: MainWindow) -> None:
    """Who works where stands in the title and at the top."""
    actor = desk.sit("dispatcher")
    settle(desk)
    assert desk.services.city.name in office.windowTitle() and "派遣员" in office.windowTitle()
    assert office.top.person.text() == f"{actor.name} · 派遣员"


def test_a_search_opens_the_one_case_it_finds(desk: Desk, office: MainWindow) -> None:
    """A code typed at the top shows the list with that case and opens its sheet."""
    case = desk.case("filed")
    settle(desk)
    office.top.search.setText(case.code)
    office.top.search.returnPressed.emit()
    settle(desk)
    assert desk.context.selection.current == case.id
    panel: Any = office.panel("case")
    assert panel is not None and panel.sheet.case.id == case.id
    listed: Any = office.panel("caselist")
    assert listed.table.rows.rowCount() == 1


def test_counters_say_what_waits(desk: Desk, office: MainWindow) -> None:
    """待办 is the inbox of the post, live; a click lists it."""
    desk.sit("dispatcher")
    settle(desk)
    inbox = desk.services.lists.inbox(desk.context.actor)
    before = office.status.counter("todo").count  # type: ignore[attr-defined]
    assert before == desk.services.lists.count(inbox)
    desk.case("filed")
    settle(desk)
    assert office.status.counter("todo").count == before + 1  # type: ignore[attr-defined]
    office.status.counter("red").click()
    settle(desk)
    panel: Any = office.panel("caselist")
    assert panel.wanted().light == "red"


def test_a_figure_opens_its_cases(desk: Desk, office: MainWindow) -> None:
    """show_cases puts a filter under a title into the list."""
    case = desk.case("filed")
    desk.context.show_cases(CaseFilter(ids=[case.id]), "九月按时结案")
    settle(desk)
    panel: Any = office.panel("caselist")
    assert panel.table.rows.rowCount() == 1 and panel._given_title.text() == "九月按时结案"


def test_map_and_list_choose_together(desk: Desk, office: MainWindow) -> None:
    """A case chosen on the map is chosen everywhere, and the other way round; a double click opens it."""
    case = desk.case("filed")
    settle(desk)
    desk.context.canvas.choose(frozenset({case.id}))
    assert desk.context.selection.ids == {case.id}
    desk.context.selection.clear()
    assert desk.context.canvas.cases.selection == frozenset()
    desk.context.canvas.case_activated.emit(case.id)
    settle(desk)
    panel: Any = office.panel("case")
    assert panel.sheet.case.id == case.id


def test_the_map_follows_changes(desk: Desk, office: MainWindow) -> None:
    """A new case appears on the map, a closed one goes."""
    case = desk.case("filed")
    settle(desk)
    canvas = desk.context.canvas
    assert canvas.cases.marker(case.id) is not None
    desk.do("transfer", case, "shift_leader", to="综合执法局", reason="涉嫌违法")
    settle(desk)
    assert canvas.cases.marker(case.id) is None


def test_a_map_definition_with_an_error_costs_the_map_only(
    desk: Desk, office: MainWindow, monkeypatch: Any
) -> None:
    """What is wrong with the map's definition is said in words; the window goes on."""
    from pathlib import Path

    from workstation.map.definitions import LayerFileError

    def fail(*args: Any, **options: Any) -> None:
        raise LayerFileError(Path("layers.toml"), "component", "no such style")

    monkeypatch.setattr(desk.client, "start", fail)
    desk.theme.toggle()
    desk.theme.toggle()
    assert "layers.toml" in desk.said() and "no such style" not in desk.said()


def test_a_layout_is_kept_for_its_post(desk: Desk, office: MainWindow) -> None:
    """What one post closed stays closed for it, and another post's layout is its own."""
    assert office.host is not None
    assert office.host.is_open("acceptance")
    office.close_panel("acceptance")
    office.save_layout()
    desk.sit("dispatcher")
    settle(desk)
    assert office.host.is_open("dispatch")
    desk.sit("operator")
    settle(desk)
    assert not office.host.is_open("acceptance")
    office.forget_layout()
    assert office.host.is_open("acceptance")


def test_the_theme_reaches_everything(desk: Desk, office: MainWindow) -> None:
    """Switching redraws without an error and is kept."""
    office.actions_.action("view.theme").trigger()
    settle(desk)
    assert desk.theme.name == "night" and desk.settings.value("theme") == "night"
    assert not office.grab().isNull()
    office.actions_.action("view.theme").trigger()


def test_messages_are_shown_and_kept_in_the_status_bar(desk: Desk, office: MainWindow) -> None:
    """A notice is a toast and the last line below."""
    desk.context.notify("已派遣", "success")
    assert [toast.notice.text for toast in office.toasts.shown] == ["已派遣"]
    assert office.status._message.toolTip() == "已派遣"


def test_every_action_is_in_a_menu_and_in_the_help(desk: Desk, office: MainWindow) -> None:
    """Shortcuts are unique, and the help list names each."""
    specs = [spec for spec in office.actions_.specs() if spec.shortcut]
    keys = [spec.shortcut for spec in specs]
    assert len(keys) == len(set(keys)) >= 10
    office.actions_.action("help.keys").trigger()
    dialog = desk.dialog()
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert set(keys) <= words
    dialog.close()
    office.actions_.action("help.about").trigger()
    desk.dialog().close()


def test_finding_is_a_key_away(desk: Desk, office: MainWindow) -> None:
    """Ctrl+K is bound, and puts the keyboard into the box of the map."""
    action = office.actions_.action("map.find")
    assert action.shortcut().toString() == "Ctrl+K" and action in office.actions()
    action.trigger()
    assert office.finders is not None
    assert office.finders.box(desk.canvas)._before is not None


def test_leaving_puts_everything_away(desk: Desk, office: MainWindow) -> None:
    """After leaving nothing of the city is shown, and somebody else can sit down."""
    office.leave()
    assert office.host is None and office.rail.isHidden() and office.top.person.isHidden()
    office.show_page(QLabel("login"))
    office.enter(desk.context)
    settle(desk)
    assert office.host is not None


def test_messages_go_with_the_person_they_were_for(desk: Desk, office: MainWindow) -> None:
    """Whoever sits down next, at this post or another, finds no message, and no 撤销 of another's work."""
    desk.context.notify("「派遣」已完成", "success", ("撤销", lambda: None))
    assert len(office.toasts.shown) == 1
    toast = office.toasts.shown[0]
    desk.sit("dispatcher")
    assert office.toasts.shown == [] and toast.isHidden()
    desk.context.notify("「派遣」已完成", "success")
    toast = office.toasts.shown[0]
    office.leave()
    assert office.toasts.shown == [] and toast.isHidden()


def test_only_what_is_seen_in_the_end_is_made(desk: Desk, office: MainWindow) -> None:
    """Somebody whose layout shows the legend alone does not wait for the panels of the default layout to be filled."""
    assert office.host is not None
    for key in office.host.names():
        office.close_panel(key)
    office.open_panel("layers")
    settle(desk)
    office.save_layout()
    office.leave()
    office.enter(desk.context)
    settle(desk)
    assert office.host is not None
    made = {key for key in office.host.names() if office.host.holder(key).content is not None}
    assert made == {"layers"}


def test_counting_asks_for_the_inbox_only() -> None:
    """The three counters are the inbox and its yellow and red parts."""
    asked: list[CaseFilter] = []

    class Lists(QObject):
        def seen_by(self, actor: Any) -> Any:
            return self

        def inbox(self, actor: Any) -> CaseFilter:
            return CaseFilter(open=True)

        def count(self, wanted: CaseFilter) -> int:
            asked.append(wanted)
            return len(asked)

    class City:
        lists = Lists()

    assert window._counts(City(), None) == {"todo": 1, "yellow": 2, "red": 3}
    assert [wanted.light for wanted in asked] == ["", "yellow", "red"]
