"""The model behind the list: a million rows at once, windows read where one looks, single rows changed in place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QRegion
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.panels.desk import Desk
from workstation.map.dragging import cases_of
from workstation.services.lists.filter import CaseFilter
from workstation.services.lists.lists import CaseRow, Page, key_of
from workstation.shell.cases import cells as casecells
from workstation.shell.cases.model import COLUMNS, ROW, WINDOW, CaseListModel
from workstation.shell.cases.table import CaseTable
from workstation.shell.tasks import TaskRunner
from workstation.workflow.case import State

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def row(number: int) -> CaseRow:
    """A made-up row."""
    values: dict[str, Any] = dict.fromkeys(CaseRow.__dataclass_fields__, "")
    for name in values:
        if name.endswith("_at"):
            values[name] = None
    values |= {
        "id": f"{number:07d}",
        "seq": 1,
        "code": f"C{number:07d}",
        "state": State.FILED,
        "open": True,
        "lon": None,
        "lat": None,
        "emergency": False,
        "key_case": False,
        "suspended": False,
        "changed_at": NOW,
        "disposed_in_time": None,
        "closed_in_time": None,
        "rework": 0,
        "class_name": "雨水井盖",
    }
    return CaseRow(**values)


class EndlessLists:
    """Lists of a made-up million, that note what was read."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.pages: list[int] = []
        self.removed: set[int] = set()

    def count(self, wanted: Any) -> int:
        return self.total

    def key_at(self, wanted: Any, place: int) -> tuple[str, str] | None:
        return ("", f"{place:07d}") if place < self.total else None

    def page(self, wanted: Any, after: tuple[str, str] | None, limit: int) -> Page:
        start = 0 if after is None else int(after[1]) + 1
        self.pages.append(start)
        end = min(start + limit, self.total)
        return Page([row(n) for n in range(start, end)], ("", f"{end - 1:07d}") if end < self.total else None)


@pytest.fixture
def million(qtbot: QtBot) -> Any:
    """A model over a million rows, and its lists."""
    lists = EndlessLists(1_000_000)
    tasks = TaskRunner()
    context = SimpleNamespace(
        services=SimpleNamespace(now=lambda: NOW), lists=lists, tasks=tasks, label=lambda kind, key: str(key)
    )
    model = CaseListModel(context)  # type: ignore[arg-type]
    yield model, lists, qtbot
    tasks.shutdown()


def test_a_million_rows_open_with_one_page(million: Any) -> None:
    """All rows are there at once; one page was read."""
    model, lists, qtbot = million
    started = time.perf_counter()
    model.set_filter(CaseFilter())
    qtbot.waitUntil(lambda: model.ready)
    assert time.perf_counter() - started < 2
    assert model.rowCount() == 1_000_000 and lists.pages == [0]
    assert model.data(model.index(0, 0)) == "C0000000"


def test_looking_far_down_reads_that_window_only(million: Any) -> None:
    """A jump shows a placeholder, then the row; the windows passed by are not read."""
    model, lists, qtbot = million
    model.set_filter(CaseFilter())
    qtbot.waitUntil(lambda: model.ready)
    for place in (200_000, 500_000, 900_050):
        assert model.data(model.index(place, 0), ROW) is None
    qtbot.waitUntil(lambda: model.case_row(900_050) is not None)
    assert model.data(model.index(900_050, 0)) == "C0900050"
    assert len(lists.pages) <= 4
    assert model.row_of("0900050") == 900_050


def test_what_was_looked_at_long_ago_is_forgotten(million: Any) -> None:
    """Memory holds some windows, not all that were ever seen."""
    model, _, qtbot = million
    model.set_filter(CaseFilter())
    qtbot.waitUntil(lambda: model.ready)
    for number in range(1, 40):
        model.case_row(number * WINDOW)
        qtbot.waitUntil(lambda n=number: n in model._windows)
    assert len(model.loaded_ids()) <= 24 * WINDOW


def test_a_list_that_shrinks_and_grows_stays_right(million: Any) -> None:
    """After a refresh the number of rows is the new count."""
    model, lists, qtbot = million
    model.set_filter(CaseFilter())
    qtbot.waitUntil(lambda: model.ready)
    for total in (999_000, 1_000_500):
        lists.total = total
        model.refresh(0, 20)
        qtbot.waitUntil(lambda t=total: model.rowCount() == t)


def test_qt_finds_the_model_consistent(desk: Desk) -> None:
    """Qt's own model tester has nothing to say while cases come, change and go."""
    model = CaseListModel(desk.context)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_filter(CaseFilter(open=True, sort="changed"))
    desk.settle()
    before = model.rowCount()
    case = desk.case("filed")
    model.refresh()
    desk.settle()
    assert model.rowCount() == before + 1 and model.row_of(case.id) == 0
    desk.do("transfer", case, "shift_leader", to="综合执法局", reason="涉嫌违法")
    model.refresh()
    desk.settle()
    assert model.rowCount() == before and model.row_of(case.id) == -1
    del tester


def test_a_change_touches_its_row_and_no_other(desk: Desk) -> None:
    """When one case changes, exactly its row is told to be drawn again; no reset."""
    case = desk.case("filed")
    model = CaseListModel(desk.context)
    model.set_filter(CaseFilter(open=True, sort="code"))
    desk.settle()
    place = model.row_of(case.id)
    touched: list[tuple[int, int]] = []
    resets: list[int] = []
    model.dataChanged.connect(lambda a, b: touched.append((a.row(), b.row())))
    model.modelReset.connect(lambda: resets.append(1))
    desk.do("dispatch", case, "dispatcher", unit=desk.actors["one"].unit)
    model.refresh()
    desk.settle()
    assert touched == [(place, place)] and not resets
    assert model.data(model.index(place, COLUMNS.index("state"))) == "待接收"


def test_the_table_chooses_with_the_window(desk: Desk) -> None:
    """A click chooses for everybody, and what is chosen elsewhere is chosen here."""
    cases = [desk.case("filed"), desk.case("filed")]
    table = CaseTable(desk.context)
    desk.qtbot.addWidget(table)
    table.resize(1000, 400)
    table.show()
    table.set_filter(CaseFilter(open=True, sort="changed"))
    desk.settle()
    table.selectRow(0)
    assert desk.context.selection.ids == {cases[1].id} and desk.context.selection.current == cases[1].id
    desk.context.selection.set([case.id for case in cases], cases[0].id)
    assert sorted(table.chosen()) == sorted(case.id for case in cases)
    assert cases_of(table.rows.mimeData(table.selectedIndexes())) == table.chosen()


def test_the_choice_outlives_a_change_of_order(desk: Desk) -> None:
    """A row that moves because its case changed stays chosen."""
    first, second = desk.case("filed"), desk.case("filed")
    table = CaseTable(desk.context)
    desk.qtbot.addWidget(table)
    table.resize(1000, 400)
    table.show()
    table.set_filter(CaseFilter(open=True, sort="changed"))
    desk.settle()
    table.selectRow(table.rows.row_of(first.id))
    desk.do("comment", first, "dispatcher", note="看一下")
    desk.qtbot.waitUntil(lambda: table.rows.row_of(first.id) == 0, timeout=5000)
    desk.settle()
    assert table.chosen() == [first.id] and table.rows.row_of(second.id) == 1
    assert desk.context.selection.ids == {first.id}


def test_columns_make_room(desk: Desk) -> None:
    """In a narrow dock the code gets shorter and less needed columns go; code, state and time stay."""
    table = CaseTable(desk.context)
    desk.qtbot.addWidget(table)
    table.show()
    for width, kept in ((1200, set(COLUMNS)), (420, {"code", "class", "state", "remaining"})):
        table.resize(width, 300)
        desk.settle()
        assert {name for at, name in enumerate(COLUMNS) if not table.isColumnHidden(at)} == kept
    assert table.short_codes
    fit = table.fontMetrics().horizontalAdvance
    for column, words in (("class", "公交站亭（牌"), ("remaining", "超期 12天13小时")):
        assert table.columnWidth(COLUMNS.index(column)) >= fit(words) + 10, column
    total = sum(table.columnWidth(at) for at in range(len(COLUMNS)) if not table.isColumnHidden(at))
    assert total <= table.viewport().width()


@pytest.mark.parametrize("post", ["operator", "shift_leader", "dispatcher"])
@pytest.mark.parametrize("sort", ["deadline", "changed", "code"])
def test_a_jump_lands_where_reading_on_would(desk: Desk, post: str, sort: str) -> None:
    """The key at a place is that of the row which page after page finds there; beyond the end there is none."""
    lists = desk.services.lists
    for wanted in (
        CaseFilter(sort=sort),
        replace(lists.inbox(desk.actors[post]), sort=sort),
        CaseFilter(open=True, states=[State.RECEIVED, State.WORKING, State.FILED], sort=sort),
    ):
        rows = lists.page(wanted, None, 500).rows
        for place in (0, len(rows) // 2, len(rows) - 1):
            if rows:
                key = lists.key_at(wanted, place)
                assert key is not None and key[1] == rows[place].id
        assert lists.key_at(wanted, len(rows)) is None


def test_a_light_narrows_the_inbox(desk: Desk) -> None:
    """The inbox's parts by light are parts of it and do not overlap, also where the inbox itself asks for a light."""
    lists = desk.services.lists
    for actor in (desk.actors["dispatcher"], replace(desk.actors["operator"], post="commander")):
        inbox = lists.inbox(actor)
        found = {
            light: {row.id for row in lists.page(replace(inbox, light=light), None, 500).rows}
            for light in ("yellow", "red")
        }
        everything = {row.id for row in lists.page(inbox, None, 500).rows}
        assert (
            found["yellow"] <= everything
            and found["red"] <= everything
            and not found["yellow"] & found["red"]
        )


# ---- what others change ------------------------------------------------------------------------------------------------


class Listed(EndlessLists):
    """Lists in which one can change a case, and which note what is asked."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self.rows = {f"{n:07d}": row(n) for n in range(min(total, 400))}
        self.asked: list[frozenset[str]] = []
        self.counts = 0

    def count(self, wanted: Any) -> int:
        self.counts += 1
        return self.total

    def page(self, wanted: Any, after: tuple[str, str] | None, limit: int) -> Page:
        page = super().page(wanted, after, limit)
        return Page([self.rows.get(item.id, item) for item in page.rows], page.next)

    def among(self, wanted: Any, ids: frozenset[str]) -> list[CaseRow]:
        self.asked.append(ids)
        return sorted((self.rows[i] for i in ids if i in self.rows), key=lambda item: item.code)

    def change(self, number: int, **values: Any) -> str:
        case_id = f"{number:07d}"
        self.rows[case_id] = replace(self.rows.get(case_id) or row(number), **values)
        return case_id


@pytest.fixture
def listed(qtbot: QtBot) -> Iterator[Callable[[int], tuple[CaseListModel, Listed]]]:
    """A model over so many rows, read; what was asked until then is forgotten."""
    tasks = TaskRunner()

    def make(total: int) -> tuple[CaseListModel, Listed]:
        lists = Listed(total)
        context = SimpleNamespace(
            services=SimpleNamespace(now=lambda: NOW),
            lists=lists,
            tasks=tasks,
            label=lambda kind, key: str(key),
        )
        model = CaseListModel(context)  # type: ignore[arg-type]
        model.set_filter(CaseFilter())
        qtbot.waitUntil(lambda: model.ready)
        lists.pages.clear()
        lists.counts = 0
        return model, lists

    yield make
    tasks.shutdown()


def told(model: CaseListModel) -> list[tuple[str, int, int]]:
    """What the model says from now on: kind, first and last row."""
    said: list[tuple[str, int, int]] = []
    model.dataChanged.connect(lambda top, bottom: said.append(("changed", top.row(), bottom.row())))
    model.rowsInserted.connect(lambda _parent, first, last: said.append(("in", first, last)))
    model.rowsRemoved.connect(lambda _parent, first, last: said.append(("out", first, last)))
    model.rowsMoved.connect(lambda _p, first, last, _q, _to: said.append(("moved", first, last)))
    model.modelReset.connect(lambda: said.append(("reset", 0, 0)))
    model.moved.connect(lambda: said.append(("stale", 0, 0)))
    return said


@pytest.mark.parametrize("total", [60, 1_000_000])
def test_a_change_elsewhere_reads_and_redraws_its_row_alone(
    qtbot: QtBot, listed: Callable[[int], Any], total: int
) -> None:
    """One row is asked for, one row is told; nothing is counted and no page read, in a short list and in an endless one."""
    model, lists = listed(total)
    said = told(model)
    model.touch({lists.change(7, address="新地址")})
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("changed", 7, 7)] and model.case_row(7).address == "新地址"
    assert lists.asked == [frozenset({"0000007"})] and lists.pages == [] and lists.counts == 0


def test_a_change_of_a_case_that_is_not_listed_touches_nothing(
    qtbot: QtBot, listed: Callable[[int], Any]
) -> None:
    """It is asked whether it belongs to the list, and that is all."""
    model, lists = listed(60)
    said = told(model)
    model.touch({"elsewhere"})
    qtbot.waitUntil(lambda: bool(lists.asked) and not model._looking)
    assert said == [] and lists.pages == [] and lists.counts == 0


def test_in_a_short_list_rows_come_go_and_move_one_by_one(qtbot: QtBot, listed: Callable[[int], Any]) -> None:
    """A case that leaves takes its row along, one that comes gets one at its place, one that moves is moved."""
    model, lists = listed(60)
    said = told(model)
    del lists.rows["0000003"]
    model.touch({"0000003"})
    qtbot.waitUntil(lambda: bool(said))
    late = lists.change(20, clock_due_at=NOW)
    new = lists.change(399, clock_due_at=NOW - timedelta(hours=1))
    model.touch({late})
    model.touch({new})
    qtbot.waitUntil(lambda: model.row_of(new) == 0 and model.row_of(late) == 1)
    kinds = [kind for kind, _, _ in said]
    assert kinds.count("out") == 1 and kinds.count("in") == 1 and kinds.count("moved") == 1
    assert "reset" not in kinds and "stale" not in kinds and lists.pages == [] and model.rowCount() == 60


def test_in_a_long_list_only_what_is_looked_at_is_read_again(
    qtbot: QtBot, listed: Callable[[int], Any]
) -> None:
    """Where a row moves, what is seen is stale; where something changed beyond what is loaded, only the number is new."""
    model, lists = listed(1_000_000)
    said = told(model)
    lists.total += 1
    model.touch({lists.change(399)})
    qtbot.waitUntil(lambda: model.rowCount() == 1_000_001)
    assert lists.pages == [] and lists.counts == 1 and said == [("in", 1_000_000, 1_000_000)]
    said.clear()
    model.touch({lists.change(50, clock_due_at=NOW)})
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("stale", 0, 0)] and lists.pages == []


def test_changes_while_a_look_is_under_way_are_looked_at_together_afterwards(
    qtbot: QtBot, listed: Callable[[int], Any]
) -> None:
    """A storm costs as many readings as one can do one after another, not one for each change."""
    model, lists = listed(60)
    for number in range(40):
        model.touch({lists.change(number, address="x")})
    qtbot.waitUntil(lambda: all(model.case_row(n).address == "x" for n in range(40)))
    assert len(lists.asked) <= 3


def test_the_place_of_a_row_is_the_databases(services: Any) -> None:
    """The key computed from a row is the one the database sorts by, in every order."""
    for sort in ("deadline", "changed", "code"):
        wanted = CaseFilter(sort=sort)
        page = services.lists.page(wanted, None, 10)
        assert page.next == key_of(page.rows[-1], sort)
        assert (
            services.lists.page(wanted, page.next, 5).rows[0].id
            == services.lists.page(wanted, None, 11).rows[10].id
        )
        assert services.lists.among(wanted, {row.id for row in page.rows}) == page.rows
    assert (
        services.lists.among(CaseFilter(open=False), {services.lists.page(CaseFilter(open=True)).rows[0].id})
        == []
    )
    assert services.lists.among(CaseFilter(), ()) == []


def test_the_table_paints_the_row_that_changed_and_keeps_what_one_looks_at(desk: Desk, qtbot: QtBot) -> None:
    """Another seat's change: the table repaints one row; scroll, selection and the row one is at stay."""
    table = CaseTable(desk.context)
    table.resize(700, 500)
    table.show()
    table.set_filter(CaseFilter(sort="code"))
    desk.settle()
    assert table.rows.rowCount() > 30
    table.verticalScrollBar().setValue(10)
    place = table.rows.case_row(14)
    desk.context.selection.set([place.id], place.id)
    other = table.rows.case_row(12)
    desk.settle()
    qtbot.wait(50)
    qtbot.waitUntil(lambda: table._cells.owing.isEmpty())
    painted: list[QRegion] = []
    original = table.paintEvent

    def paint(event: Any) -> None:
        painted.append(event.region())
        original(event)

    table.paintEvent = paint  # type: ignore[method-assign]
    leader = desk.actors["shift_leader"]
    desk.services.cases.execute(desk.context.command("comment", other, {"note": "已电话联系"}), leader)
    qtbot.waitUntil(lambda: table.rows.case_row(12).seq > other.seq)
    qtbot.wait(50)
    row_of = table.visualRect(table.rows.index(12, 0))
    for region in painted:
        box = region.boundingRect()
        assert box.height() <= row_of.height() + 2 and abs(box.top() - row_of.top()) <= 2, box
    assert painted
    assert table.verticalScrollBar().value() == 10 and desk.context.selection.current == place.id
    table.close()
    table.deleteLater()


def test_cells_that_have_no_time_are_made_good(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no time at all a painting shows bars in place of words and owes those cells and no others; with time, or a turn
    later, the words are there, and a second painting draws none anew."""
    table = CaseTable(desk.context)
    table.resize(700, 400)
    monkeypatch.setattr(casecells, "NEW_CELLS_S", -1.0)
    table.set_filter(CaseFilter(sort="code"))
    desk.settle()
    bars = table.grab().toImage()
    cell = table.visualRect(table.rows.index(2, 0))
    assert table._cells.owing.intersects(cell)
    monkeypatch.setattr(casecells, "NEW_CELLS_S", 60.0)
    words = table.grab().toImage()
    assert words != bars and table._cells.owing.isEmpty()
    monkeypatch.setattr(casecells, "NEW_CELLS_S", -1.0)
    assert table.grab().toImage() == words and table._cells.owing.isEmpty()
    table.close()
    table.deleteLater()
