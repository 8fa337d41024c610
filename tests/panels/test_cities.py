"""The same panels under the handbook of each city: its words, its required fields, its own moves, and none that it lacks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.panels.desk import Desk
from workstation.panels.dispatch import DispatchPanel
from workstation.panels.disposal import DisposalPanel
from workstation.workflow.case import State

CREW = "329911W01"


@pytest.mark.parametrize("name", ["tianjiaan", "taiyuan", "minqing", "taizhou"])
def test_the_words_and_ways_are_the_citys(desk_under: Callable[[str], Desk], name: str) -> None:
    """Buttons are called as the city calls its moves, moves it has not are not offered, and drops send what it requires."""
    desk = desk_under(name)
    book = desk.services.handbook
    first, second = desk.case("filed"), desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, first)
    assert panel.actions_bar.button("dispatch").text() == book.label("arrows", "dispatch")
    offered = panel.actions_bar.menu_offers("more")
    assert "coordinate" in offered and all(book.arrow(arrow) is not None for arrow in offered)
    desk.drop(panel.choice.tree, [first], desk.actors["one"].unit)
    assert desk.now_of(first).state is State.DISPATCHED
    desk.select(panel, second)
    desk.drop(panel.choice.tree, [second], CREW)
    rapid = book.arrow("rapid") is not None and book.rapid is not None
    assert desk.now_of(second).way == ("rapid" if rapid else "")
    desk.sit("one")
    unit = desk.open(DisposalPanel)
    desk.select(unit, first)
    assert unit.actions_bar.button("receive").text() == book.label("arrows", "receive")
    desk.press(unit, "receive")
    assert desk.now_of(first).state is State.RECEIVED


@pytest.mark.article("TJA-8-RETURN")
def test_a_move_that_only_one_city_has(desk_under: Callable[[str], Desk]) -> None:
    """田家庵's 说明情况 is in no code: the menu takes it from the flow, with the fields that it asks for."""
    desk = desk_under("tianjiaan")
    case = desk.case("received")
    desk.sit("one")
    panel = desk.open(DisposalPanel)
    panel.choose_tab("hand")
    desk.settle()
    desk.select(panel, case)
    assert "explain" in panel.actions_bar.menu_offers("ask")
    panel.actions_bar.choose("ask", "explain")
    desk.give_reason("须更换整套井圈，时限内无法完成")
    assert [stored.event.kind for stored in desk.services.cases.history(case.id)][-1] == "explain"
