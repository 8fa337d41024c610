"""The worklist of the work panels: only rows touched are redrawn, and the user is moved on only by her own doing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.panels.desk import Desk
from workstation.map.dragging import cases_of
from workstation.panels.common.worklist import PAGE, read_rows
from workstation.panels.dispatch import DispatchPanel
from workstation.services.lists.filter import CaseFilter


def test_a_change_touches_one_row(desk: Desk) -> None:
    """Another seat's urging repaints that case's row; its dispatch takes the row out; nothing is read from scratch."""
    first, second = desk.case("filed"), desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    model = panel.list.rows
    told: list[str] = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.dataChanged.connect(lambda top, _bottom: told.append(f"changed {model.id_at(top.row())}"))
    model.rowsRemoved.connect(lambda _parent, start, end: told.append(f"removed {end - start + 1}"))
    model.rowsInserted.connect(lambda _parent, start, end: told.append(f"inserted {end - start + 1}"))
    desk.do("urge", first, "dispatcher", note="请尽快")
    desk.settle()
    assert told == [f"changed {first.id}"]
    told.clear()
    desk.do("dispatch", second, "dispatcher", unit=desk.actors["one"].unit)
    desk.settle()
    assert told == ["removed 1"]


def test_only_the_own_action_moves_on(desk: Desk) -> None:
    """After the user's own dispatch the list comes to the next case; when another seat takes the case, it does not."""
    cases = [desk.case("filed") for _ in range(3)]
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    listed = [panel.list.rows.id_at(n) for n in range(panel.list.rows.rowCount())]
    mine = [case for case in cases if case.id in listed]
    desk.select(panel, mine[0])
    panel.choice.choose(desk.actors["one"].unit)
    desk.settle()
    desk.press(panel, "dispatch")
    here = desk.context.selection.current
    assert here != mine[0].id and here in listed
    taken = desk.services.cases.get(here)
    desk.do("dispatch", taken, "dispatcher", unit=desk.actors["two"].unit)
    desk.settle()
    assert desk.context.selection.current == here
    assert panel.list.rows.row_of(here) < 0
    assert "dispatch" not in desk.offered(panel) and "recall" in desk.offered(panel)


def test_selection_is_shared_and_dragged(desk: Desk) -> None:
    """A selection made on the map shows in the list, and a drag from the list carries exactly those cases."""
    first, second = desk.case("filed"), desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.context.selection.set({first.id, second.id}, second.id)
    desk.settle()
    assert set(panel.list.ids()) == {first.id, second.id}
    assert panel.view.case.id == second.id
    mime = panel.list.rows.mimeData(panel.list.selectedIndexes())
    assert set(cases_of(mime)) == {first.id, second.id}


def test_enter_goes_to_the_work(desk: Desk) -> None:
    """Enter in the list puts the cursor into the first field of the work on the case."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    panel.activateWindow()
    desk.select(panel, case)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert panel.choice.search.hasFocus()


@pytest.mark.parametrize("count", [0, PAGE + 7])
def test_reads_page_by_page(desk: Desk, count: int) -> None:
    """As many rows as are asked for are read, in pages, each once."""
    wanted = CaseFilter(sort="changed")
    rows, after = read_rows(desk.context.lists, wanted, None, count)
    assert len({row.id for row in rows}) == len(rows) >= min(count, desk.services.lists.count(wanted))
    if after is not None:
        more, _ = read_rows(desk.context.lists, wanted, after, 1)
        assert not {row.id for row in rows} & {row.id for row in more}


def test_the_list_has_the_height_while_nothing_is_chosen(desk: Desk) -> None:
    """Tall until a case is chosen, then its share; where the user puts the handle it stays."""
    case = desk.case("filed")
    desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    assert panel.splitter.resting and panel.splitter.sizes()[0] > 3 * panel.splitter.sizes()[1]
    desk.select(panel, case)
    assert not panel.splitter.resting and panel.splitter.sizes()[0] < panel.splitter.sizes()[1]
    index = panel.list.currentIndex()
    assert panel.list.viewport().rect().contains(panel.list.visualRect(index).center()), (
        "the case is in sight"
    )
    panel.splitter.moveSplitter(330, 1)
    desk.context.selection.set(frozenset(), None)
    desk.settle()
    desk.qtbot.waitUntil(lambda: panel.splitter.resting)
    assert panel.splitter.sizes()[0] > 600
    desk.select(panel, case)
    assert panel.splitter.sizes()[0] == 330
