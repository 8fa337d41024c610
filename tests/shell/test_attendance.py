"""Who else is at a case, on the screen: on its sheet, over the buttons, in the lists; and what this seat tells of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from tests.panels.desk import Desk
from workstation.panels.case import CasePanel
from workstation.panels.dispatch import DispatchPanel
from workstation.services.services import Services
from workstation.shell.cases.table import CaseTable


@pytest.fixture
def other(desk: Desk, city_url: str) -> Iterator[Services]:
    """Another seat; this one tells and asks at once instead of after moments."""
    opened = Services.open(city_url)
    desk.context.presence._rest.setInterval(0)
    desk.context.presence._settle.setInterval(0)
    desk.context.presence.start()
    desk.settle()
    yield opened
    opened.close()


def told(other: Services, desk: Desk) -> list[tuple[str, str]]:
    """What the other seat is told of this one."""
    return [(one.case_id, one.doing) for one in other.presence.others(desk.actors["shift_leader"])]


def wait(desk: Desk, true: Any) -> None:
    """Until it is so."""
    desk.qtbot.waitUntil(lambda: bool(true()), timeout=4000)


def test_the_sheet_and_the_list_say_who_is_there(desk: Desk, other: Services, qtbot: Any) -> None:
    """Somebody comes, begins to work, and goes: the sheet says so in words, the list's row is painted anew, no other."""
    case = desk.case("filed")
    desk.context.selection.set([case.id], case.id)
    panel = CasePanel(desk.context)
    panel.resize(420, 700)
    panel.show()
    table = CaseTable(desk.context)
    table.resize(700, 400)
    table.show()
    table.set_filter(desk.services.lists.everything())
    desk.settle()
    assert not panel.present.isVisible()
    rows: list[tuple[int, int]] = []
    table.rows.dataChanged.connect(lambda top, bottom: rows.append((top.row(), bottom.row())))
    dispatcher = desk.actors["dispatcher"]
    other.presence.tell(dispatcher, case.id, "look")
    wait(desk, lambda: panel.present.isVisible())
    assert panel.present.words.text() == f"{dispatcher.name} 正在查看 · 派遣员"
    other.presence.tell(dispatcher, case.id, "work")
    wait(desk, lambda: "正在办理" in panel.present.words.text())
    place = table.rows.row_of(case.id)
    assert set(rows) == {(place, place)}
    assert "正在办理" in str(table.rows.data(table.rows.index(place, 0), 3))  # the tooltip
    other.presence.tell(dispatcher, "", "")
    wait(desk, lambda: not panel.present.isVisible())
    for widget in (panel, table):
        widget.close()
        widget.deleteLater()


def test_this_seat_tells_where_it_is_and_when_it_writes(desk: Desk, other: Services) -> None:
    """A case chosen is looked at; text that is not saved makes it work; the text gone, or another case chosen, ends that."""
    case, second = desk.case("filed"), desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    wait(desk, lambda: told(other, desk) == [(case.id, "look")])
    text: QPlainTextEdit = panel.choice.requirement
    text.setPlainText("两小时内到场")
    wait(desk, lambda: told(other, desk) == [(case.id, "work")])
    text.setPlainText("")
    wait(desk, lambda: told(other, desk) == [(case.id, "look")])
    text.setPlainText("两小时内到场")
    desk.select(panel, second)
    wait(desk, lambda: told(other, desk) == [(second.id, "look")])
    desk.select(panel, case)
    wait(desk, lambda: told(other, desk) == [(case.id, "work")])
    desk.context.presence.stop()
    wait(desk, lambda: told(other, desk) == [])


def test_the_work_panel_warns_before_two_do_the_same(desk: Desk, other: Services) -> None:
    """Over the buttons, and in the worklist's row, stands who is working on the case already."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    leader = desk.actors["shift_leader"]
    other.presence.tell(leader, case.id, "work")
    wait(desk, lambda: panel.present.isVisible())
    assert panel.present.words.text().startswith(f"{leader.name} 正在办理")
    row = panel.list.rows.row(case.id)
    assert (f"{leader.name}在办", "yellow") in panel.list._marked(row)
