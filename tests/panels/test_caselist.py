"""The list of cases: its parts, its words and filters, its menu, and how it follows what happens."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QMenu

from tests.panels.desk import Desk
from workstation.panels.case.menu import build_menu, read_moves
from workstation.panels.caselist import CaseListPanel
from workstation.services.lists.filter import CaseFilter
from workstation.workflow.case import State


def settle(desk: Desk) -> None:
    """The timers that gather changes (400 ms at most), then everything under way."""
    desk.qtbot.wait(420)
    desk.settle()


def listed(panel: CaseListPanel) -> set[str]:
    """The cases that are listed and loaded."""
    return set(panel.table.rows.loaded_ids())


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The list of a dispatcher."""
    desk.sit("dispatcher")
    return desk.open(CaseListPanel, 700, 700)


def test_what_waits_is_the_inbox_of_the_post(desk: Desk, panel: CaseListPanel) -> None:
    """待办 holds a case as long as the next move is the post's own, by itself."""
    case = desk.case("filed")
    settle(desk)
    assert case.id in listed(panel)
    desk.do("dispatch", case, "dispatcher", unit=desk.actors["one"].unit)
    settle(desk)
    assert case.id not in listed(panel)
    panel.tabs._buttons["open"].click()
    desk.settle()
    assert case.id in listed(panel)


@pytest.mark.parametrize("tab", ["todo", "open", "suspended", "red", "all"])
def test_a_unit_sees_its_own_cases_only(desk: Desk, panel: CaseListPanel, tab: str) -> None:
    """In every part of the list, and in its numbers, a receiver has the cases of the unit and of those below it."""
    desk.case("dispatched", "one"), desk.case("dispatched", "two")
    desk.sit("one")
    unit = desk.actors["one"].unit
    panel.tabs._buttons[tab].click()
    panel._sort_asked("changed")
    panel.refresh()
    settle(desk)
    over = {one.code: one.parent for one in desk.services.units.all()}
    mine = {code for code in over if unit in (code, over[code], over.get(over[code], ""))}
    cases = [desk.services.cases.get(id_) for id_ in listed(panel)]
    assert all(mine & {order.unit for order in (c.lead, c.inner, *c.cooperating) if order} for c in cases)
    assert panel.table.rows.rowCount() == desk.context.lists.count(panel.wanted())


def test_a_unit_finds_no_other_units_case(desk: Desk, panel: CaseListPanel) -> None:
    """Neither its code in the search, nor a figure's list of ids, shows a unit the case of another."""
    mine, other = desk.case("dispatched", "one"), desk.case("dispatched", "two")
    desk.sit("one")
    panel.search(other.code)
    settle(desk)
    assert listed(panel) == set() and desk.context.selection.current == ""
    panel.show_filter(CaseFilter(ids=[mine.id, other.id]), "派遣")
    settle(desk)
    assert listed(panel) == {mine.id}


def test_words_narrow_the_list(desk: Desk, panel: CaseListPanel) -> None:
    """A code typed leaves the one case; emptying brings back the rest."""
    case = desk.case("filed")
    panel.tabs._buttons["open"].click()
    settle(desk)
    everything = panel.table.rows.rowCount()
    panel.words.setText(case.code)
    desk.qtbot.waitUntil(lambda: panel.table.rows.rowCount() == 1, timeout=5000)
    assert listed(panel) == {case.id} and panel.total.text() == "共 1 件"
    panel.words.clear()
    desk.qtbot.waitUntil(lambda: panel.table.rows.rowCount() == everything, timeout=5000)


def test_filters_and_order(desk: Desk, panel: CaseListPanel) -> None:
    """Kind and light filter in the database; a header click chooses the order and shows it."""
    panel.tabs._buttons["all"].click()
    panel.narrow._actions["kind", "event"].trigger()
    desk.settle()
    wanted = panel.wanted()
    assert wanted.kind == "event"
    assert panel.table.rows.rowCount() == desk.services.lists.count(wanted)
    panel.table.horizontalHeader().sectionClicked.emit(0)
    desk.settle()
    assert panel.wanted().sort == "code" and panel.sort.currentData() == "code"


def test_the_parts_show_their_numbers(desk: Desk, panel: CaseListPanel) -> None:
    """Each tab's number is what it lists."""
    settle(desk)
    for tab in ("todo", "open", "suspended", "red"):
        count = desk.services.lists.count(panel.filter_of(tab))
        assert panel.tabs._buttons[tab].text().endswith(f" {count}")


def test_a_given_list_stands_under_its_title_until_it_is_cleared(desk: Desk, panel: CaseListPanel) -> None:
    """The cases behind a figure; 清除 goes back to the tab."""
    case = desk.case("filed")
    panel.show_filter(CaseFilter(ids=[case.id]), "清和街道超期")
    desk.settle()
    assert listed(panel) == {case.id} and panel.given.isVisible()
    panel.clear_given()
    desk.settle()
    assert not panel.given.isVisible() and panel.wanted().ids is None


def test_an_empty_list_says_so(desk: Desk, panel: CaseListPanel) -> None:
    """Words instead of a blank."""
    panel.search("绝无此案")
    desk.settle()
    assert panel.table.rows.rowCount() == 0 and "没有" in panel.table._empty


def texts(menu: QMenu) -> list[str]:
    """The words of a menu."""
    return [action.text() for action in menu.actions() if action.text()]


def test_the_menu_offers_what_the_post_may_do(desk: Desk, panel: CaseListPanel) -> None:
    """For one case its arrows; for several what is possible for all of them, done for all."""
    one, two = desk.case("filed"), desk.case("filed")
    moves = [read_moves(desk.services, c.id, desk.context.actor) for c in (one, two)]
    menu = build_menu(desk.context, moves[:1], panel)
    assert {"案卷详情", "在地图上定位", "派遣"} <= set(texts(menu))
    assert not any("准予结案" in words for words in texts(menu))
    menu.close()
    both = build_menu(desk.context, moves, panel)
    assert texts(both)[0] == "已选 2 个案卷"
    action = next(a for a in both.actions() if a.text().startswith("派遣回退"))
    action.trigger()
    desk.give_reason("类别有误")
    assert desk.now_of(one).state is State.CHECKED and desk.now_of(two).state is State.CHECKED
    both.close()
