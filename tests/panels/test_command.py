"""Operations: opened with an order, answered by units step by step, and how long that took told as it happens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.panels.desk import Desk
from workstation.panels.command import CommandPanel
from workstation.panels.command.words import took_text
from workstation.shell.widgets.tables import choose, chosen


def settle(desk: Desk) -> None:
    """The timer that gathers changes, then everything under way."""
    desk.qtbot.wait(130)
    desk.settle()


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The dispatcher's dock; the demo city's own operations are over."""
    desk.sit("dispatcher")
    desk.context.names = {p.id: p.name for p in desk.services.people.all()}
    operations, dispatcher = desk.services.operations, desk.actors["dispatcher"]
    for info in operations.all(dispatcher, open=True):
        operations.close(info.id, dispatcher)
    return desk.open(CommandPanel, 480, 900)


def open_one(desk: Desk, *who: str, **more: Any) -> Any:
    """An operation with a first order to these units."""
    units = [desk.actors[name].unit for name in who]
    return desk.services.operations.open(
        "台风防御", "weather", units, desk.actors["dispatcher"], order="全员到岗", **more
    )


def card(panel: CommandPanel) -> Any:
    """The card of the newest order."""
    return panel._cards[max(panel._cards)]


def test_an_operation_is_opened_with_its_first_order(desk: Desk, panel: CommandPanel) -> None:
    """Title, kind, units and words are asked for; the operation is looked at at once, with a row for each unit."""
    panel.open_operation()
    desk.settle()
    dialog = desk.dialog()
    dialog.submit()
    assert dialog.isVisible(), "nothing was entered"
    dialog.fields["title"].edit.setText("文昌街塌陷")
    dialog.fields["text"].edit.setPlainText("立即赶赴现场")
    for who in ("one", "two"):
        dialog.fields["units"].tick(desk.actors[who].unit)
    dialog.submit()
    settle(desk)
    assert panel.view is not None and panel.view.info.title == "文昌街塌陷"
    assert {response.unit for response in panel.view.responses} == {
        desk.actors["one"].unit,
        desk.actors["two"].unit,
    }
    assert card(panel).table.rowCount() == 2 and card(panel).count.words == "0/2 已响应"


@pytest.mark.article("TZ-17-COMMAND")
def test_responses_show_as_they_come(desk: Desk, panel: CommandPanel) -> None:
    """Another seat's unit takes the order: its row has the time and how long it took, without anybody asking."""
    now = desk.services.now()
    desk.services.now = lambda: now  # type: ignore[method-assign]
    info = open_one(desk, "one", "two", until=now + timedelta(minutes=10))
    settle(desk)
    later = now + timedelta(minutes=6)
    desk.services.now = lambda: later  # type: ignore[method-assign]
    unit = desk.actors["one"].unit
    desk.services.operations.respond(info.id, 1, unit, "accepted", desk.actors["one"])
    settle(desk)
    table = card(panel).table
    rows = {table.item(row, 0).data(256): table.item(row, 1).text() for row in range(2)}
    assert rows[unit].endswith("6分") and "已等" in rows[desk.actors["two"].unit]
    much_later = now + timedelta(minutes=30)
    desk.services.now = lambda: much_later  # type: ignore[method-assign]
    desk.context.minute.emit()
    row = next(r for r in range(2) if table.item(r, 0).data(256) == desk.actors["two"].unit)
    assert "30分" in table.item(row, 1).text()
    assert table.item(row, 1).foreground().color() == desk.theme.color("red"), "late"


def test_a_unit_responds_by_itself(desk: Desk, panel: CommandPanel) -> None:
    """A unit sees the operations it was called to, its own row chosen, the next step as the main button."""
    open_one(desk, "one")
    open_one(desk, "two")
    desk.sit("one")
    mine = desk.open(CommandPanel, 420, 640)
    assert mine.list.count() == 1 and mine.open_button.isHidden()
    assert not desk.offered(mine)
    order = card(mine)
    assert chosen(order.table) == desk.actors["one"].unit
    order.step_button("accepted").click()
    settle(desk)
    assert mine.view is not None and "accepted" in mine.view.responses[0].steps
    order = card(mine)
    assert order.step_button("accepted").isHidden() and not order.step_button("in_place").isHidden()
    order.step_button("done").click()
    settle(desk)
    assert card(mine)._bar.isHidden(), "nothing is left to say"


def test_who_commands_enters_what_comes_by_telephone(desk: Desk, panel: CommandPanel) -> None:
    """The dispatcher takes a step on behalf of the unit whose row is chosen; that it was them is in the log."""
    open_one(desk, "one", "two")
    settle(desk)
    order = card(panel)
    assert choose(order.table, desk.actors["two"].unit)
    assert "代" in order._who.text()
    order.step_button("on_the_way").click()
    settle(desk)
    assert panel.view is not None
    event = panel.view.events[-1]
    assert event.unit == desk.actors["two"].unit and event.actor == desk.actors["dispatcher"].person
    assert "on_the_way" in next(r for r in panel.view.responses if r.unit == event.unit).steps


def test_orders_notes_and_the_end(desk: Desk, panel: CommandPanel) -> None:
    """A further order goes to the same units; what is noted stands below; ended, nothing can be done any more."""
    open_one(desk, "one")
    settle(desk)
    panel.actions_bar.button("order").click()
    desk.settle()
    dialog = desk.dialog()
    assert dialog.fields["units"].value() == [desk.actors["one"].unit]
    dialog.fields["text"].edit.setPlainText("加强巡查")
    dialog.submit()
    settle(desk)
    assert len(panel._cards) == 2 and card(panel).text.text() == "加强巡查"
    panel.actions_bar.button("note").click()
    desk.give_reason("雨势减弱")
    settle(desk)
    assert desk.visible_text(panel, "雨势减弱")
    panel.actions_bar.button("close").click()
    desk.give_reason("平稳结束")
    settle(desk)
    assert panel.view is None and not desk.offered(panel)
    panel.tabs._buttons["closed"].click()
    settle(desk)
    assert panel.list.count() >= 1
    panel.list.setCurrentRow(0)
    settle(desk)
    assert desk.visible_text(panel, "平稳结束") and not desk.offered(panel)


def test_durations_in_words() -> None:
    """Minutes, and hours from sixty of them on."""
    assert took_text(0.4) == "0分" and took_text(59.4) == "59分" and took_text(80) == "1时20分"
