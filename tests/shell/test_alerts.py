"""What is told at once: an order to one's unit, a word from above, an answer to one's own; each once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.panels.desk import Desk
from workstation.shell.frame.alerts import Alerts


@pytest.fixture
def alerts(desk: Desk) -> Any:
    """The receiver of unit one sits down."""
    dispatcher = desk.actors["dispatcher"]
    for info in desk.services.operations.all(dispatcher, open=True):
        desk.services.operations.close(info.id, dispatcher)
    desk.sit("one")
    made = Alerts(desk.context)
    desk.settle()
    return made


def told(desk: Desk, words: str) -> list[Any]:
    """The messages with these words."""
    desk.settle()
    return [notice for notice in desk.notices if words in notice.text]


@pytest.mark.article("TZ-17-COMMAND")
def test_a_unit_hears_of_an_order_at_once_and_once(desk: Desk, alerts: Alerts) -> None:
    """The order's words and the button that leads to the answer; not again for what follows, and not another unit's."""
    operations, dispatcher = desk.services.operations, desk.actors["dispatcher"]
    info = operations.open("台风防御", "weather", [desk.actors["one"].unit], dispatcher, order="全员到岗待命")
    found = told(desk, "全员到岗待命")
    assert len(found) == 1 and "台风防御" in found[0].text and found[0].action is not None
    asked: list[str] = []
    desk.context.panel_requested.connect(asked.append)
    found[0].action[1]()
    assert asked == ["command"]
    operations.note(info.id, "雨势加大", dispatcher)
    assert len(told(desk, "全员到岗待命")) == 1
    operations.order(info.id, "前往涵洞", [desk.actors["two"].unit], dispatcher)
    assert not told(desk, "前往涵洞")


def test_what_waits_is_told_to_whoever_sits_down(desk: Desk, alerts: Alerts) -> None:
    """An order given before somebody sat down is told then; one that was answered is not."""
    operations, dispatcher = desk.services.operations, desk.actors["dispatcher"]
    info = operations.open("一号", "event", [desk.actors["two"].unit], dispatcher, order="第一道指令")
    operations.order(info.id, "第二道指令", [desk.actors["two"].unit], dispatcher)
    operations.respond(info.id, 1, desk.actors["two"].unit, "accepted", desk.actors["two"])
    assert not told(desk, "道指令")
    desk.sit("two")
    assert [("第二道指令" in notice.text) for notice in told(desk, "道指令")] == [True]


def test_a_word_from_above_and_its_answer_are_told(desk: Desk, alerts: Alerts) -> None:
    """The unit hears of a 督办 on its case, not of another's; who gave it hears of the answer."""
    mine, other = desk.case("received", "one"), desk.case("received", "two")
    for case in (mine, other):
        desk.do("supervise", case, "shift_leader", direction_id=f"d-{case.id}", note=f"请回复 {case.code}")
    found = told(desk, "收到督办")
    assert len(found) == 1 and mine.code in found[0].text
    found[0].action[1]()
    assert desk.context.selection.current == mine.id
    desk.sit("shift_leader")
    desk.do("reply", desk.now_of(mine), "one", direction_id=f"d-{mine.id}", note="已安排处置")
    answered = told(desk, "督办已回复")
    assert len(answered) == 1 and "已安排处置" in answered[0].text
    desk.do("comment", desk.now_of(mine), "dispatcher", note="继续跟踪")
    assert len(told(desk, "督办已回复")) == 1
