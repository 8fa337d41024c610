"""What is dropped anywhere is sent by one desk: each case its way, a result for each, one way back; and by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.panels.desk import Desk
from tests.panels.test_disposal_around import OTHER
from workstation.map.canvas import MapCanvas
from workstation.map.dragging import cases_mime
from workstation.map.dragging_card import target_card
from workstation.map.targets import COLLECTOR, UNIT, Target
from workstation.panels.caselist.panel import CaseListPanel
from workstation.panels.common.drop import drop_facts, sampled, sending_moves, usual_data, ways_of
from workstation.panels.common.droprows import RowDrops
from workstation.panels.contacts.units import UnitsPage
from workstation.panels.dispatch import DispatchPanel, sending
from workstation.panels.dispatch.chooser import CHOICE
from workstation.panels.dispatch.desk import DispatchDesk
from workstation.panels.query.crews import CrewsPage
from workstation.services.finding.pinyin import initials
from workstation.services.spatial.here import NearCrew
from workstation.shell.cases.selecting import SelectionBar
from workstation.shell.maps import work as mapwork
from workstation.shell.widgets.tables import KEY
from workstation.workflow.case import Case, State


def give(desk: Desk, cases: list[Case], target: Target, *, careful: bool = False) -> DispatchDesk:
    """Drag these cases and let them go there, with no panel open."""
    ids = [case.id for case in cases]
    desk.context.drags.begin(ids)
    desk.settle()
    desk.context.drags.give(ids, target, careful=careful)
    desk.settle()
    return desk.context.drags.desk


def unit(desk: Desk, who: str = "one") -> Target:
    """A unit as a target."""
    code = desk.actors[who].unit
    return Target(UNIT, code, desk.services.units.all()[0].name if code == "" else code)


def results(desk: Desk) -> list[tuple[str, str, str]]:
    """The rows of the list of results that is open: code, result, why."""
    table = desk.dialog().table
    return [tuple(table.item(row, column).text() for column in (0, 2, 3)) for row in range(table.rowCount())]


def test_each_case_goes_the_way_its_state_allows(desk: Desk) -> None:
    """Of a mixed selection what waits for a unit goes, the others are listed with the reason; no panel is open."""
    filed, early, gone = desk.case("filed"), desk.case("registered"), desk.case("dispatched", "two")
    desk.sit("dispatcher")
    sent = give(desk, [filed, early, gone], unit(desk)).last
    assert desk.now_of(filed).lead.unit == desk.actors["one"].unit
    assert desk.now_of(gone).lead.unit == desk.actors["two"].unit
    assert desk.now_of(early).state is State.REGISTERED
    assert sent is not None and [one.case_id for one in sent.sent] == [filed.id]
    assert "完成 1 件，2 件未办" in desk.said()
    desk.notices[-1].action[1]()
    desk.settle()
    rows = {code: (result, why) for code, result, why in results(desk)}
    assert rows[filed.code][0] == "已办" and "截止" in rows[filed.code][1]
    assert rows[early.code][0] == rows[gone.code][0] == "未办" and rows[gone.code][1]
    desk.dialog().choose.click()
    assert desk.context.selection.ids == {early.id, gone.id}


def test_one_undo_takes_all_back_that_is_not_received(desk: Desk) -> None:
    """Three went; one is received before the undo: two come back, and of the third it is said how far it is."""
    cases = [desk.case("filed") for _ in range(3)]
    desk.sit("dispatcher")
    carrier = give(desk, cases, unit(desk))
    assert "3 件" in desk.said() and desk.notices[-1].action is not None
    desk.do("receive", cases[1], "one")
    desk.settle()
    carrier.undo()
    desk.settle()
    assert [desk.now_of(case).state for case in cases] == [State.FILED, State.RECEIVED, State.FILED]
    label = desk.context.label("states", "received")
    assert "撤回 2 件，1 件不能撤回" in desk.said() and label in desk.said()
    carrier.undo()
    desk.settle()
    assert "没有可以撤销" in desk.said(), "what was taken back is not taken back twice"


def test_undo_leaves_alone_what_another_seat_has_sent_since(desk: Desk) -> None:
    """Recalled and sent elsewhere by somebody else meanwhile: our undo does not undo theirs."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    carrier = give(desk, [case], unit(desk))
    desk.do("recall", case, "dispatcher")
    desk.do("dispatch", case, "dispatcher", unit=desk.actors["two"].unit)
    carrier.undo()
    desk.settle()
    assert desk.now_of(case).lead.unit == desk.actors["two"].unit
    assert "1 件不能撤回" in desk.said()


def test_somebody_was_quicker_is_told_as_that(desk: Desk) -> None:
    """While the cases are in the air another seat sends one: of several it is a result of its own, a single one is shown
    with what happened."""
    first, second, third = (desk.case("filed") for _ in range(3))
    desk.sit("dispatcher")
    context = desk.context
    for cases in ([first, second], [third]):
        context.drags.begin([case.id for case in cases])
        desk.settle()
        desk.do("dispatch", cases[-1], "dispatcher", unit=desk.actors["two"].unit)
        context.drags.give([case.id for case in cases], unit(desk))
        desk.settle()
        if len(cases) == 2:
            sent = context.drags.desk.last
            assert sent is not None and [one.late for one in sent.outcomes] == [False, True]
    assert len(desk.clashes) == 1 and desk.clashes[0].error.case.id == third.id
    desk.clashes[0].redo(desk.now_of(third))
    desk.settle()
    assert desk.now_of(third).lead.unit == desk.actors["two"].unit


def test_a_crew_on_the_map_gets_what_its_unit_is_sent(desk: Desk) -> None:
    """Dropped on a crew's marker the case goes to its unit, and the requirement says who is meant."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    give(desk, [case], Target("vehicle", "v3", "洒水车三号", desk.actors["two"].unit))
    sent = desk.now_of(case)
    assert sent.lead.unit == desk.actors["two"].unit and "洒水车三号" in sent.requirement


@pytest.mark.article("TY-4-ACCEPT", "MQ-24-VERIFY")
def test_a_collector_is_sent_to_check_and_to_verify(desk: Desk) -> None:
    """One drop on a collector: what is registered is checked, what is fed back is verified, the rest is refused."""
    new, done, filed = desk.case("registered"), desk.case("fed_back"), desk.case("filed")
    desk.sit("operator")
    person = desk.actors["collector"].person
    give(desk, [new, done, filed], Target(COLLECTOR, person, desk.context.name_of(person)))
    assert desk.now_of(new).state is State.CHECKING
    assert desk.now_of(done).state is State.VERIFYING
    assert desk.now_of(filed).state is State.FILED
    assert "2 件" in desk.said() and "1 件未办" in desk.said()
    alone = desk.case("fed_back")
    give(desk, [alone], Target(COLLECTOR, person, "采集员"))
    assert "不能撤回" in desk.said() and desk.notices[-1].action is None
    desk.context.drags.begin([desk.case("registered").id])
    target = Target(COLLECTOR, person, "采集员", "", 400, 300, 12)
    desk.canvas.drops.state.begin([desk.case("registered").id])
    desk.canvas.drops.pointed.emit(target)
    desk.settle()
    assert any("不能撤回" in line for line in desk.canvas.drops.state.info[target.key].lines)
    desk.canvas.drops.finish()


def test_who_may_not_dispatch_is_told_so(desk: Desk) -> None:
    """An operator's drop on a unit changes nothing and says why."""
    case = desk.case("filed")
    desk.sit("operator")
    give(desk, [case], unit(desk))
    assert desk.now_of(case).state is State.FILED and "不派遣" in desk.said()


def test_many_go_in_portions_and_can_be_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Portion by portion with progress; stopped after the first, the rest is listed as not sent and can be sent then."""
    monkeypatch.setattr("workstation.panels.dispatch.desk.PORTION", 2)
    cases = [desk.case("filed") for _ in range(5)]
    desk.sit("dispatcher")
    carrier = desk.context.drags.desk
    seen: list[tuple[int, int]] = []

    def stop(done: int, count: int) -> None:
        seen.append((done, count))
        if done == 2:
            carrier.stop()

    carrier.progressed.connect(stop)
    give(desk, cases, unit(desk))
    states = [desk.now_of(case).state for case in cases]
    assert seen == [(0, 5), (2, 5)]
    assert states == [State.DISPATCHED] * 4 + [State.FILED]
    carrier.show_results()
    desk.settle()
    assert [result for _, result, _ in results(desk)].count("没有派") == 1
    desk.dialog().again.click()
    desk.settle()
    assert desk.now_of(cases[4]).state is State.DISPATCHED


def test_words_are_filled_in_before_or_changed_after(desk: Desk) -> None:
    """With Ctrl the requirement is asked for first; afterwards it is changed by taking back and sending in one step."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    carrier = give(desk, [case], unit(desk), careful=True)
    assert desk.now_of(case).state is State.FILED
    assert "截止" in desk.dialog().note.text()
    desk.dialog().edit.setPlainText("先设置围挡")
    desk.dialog().ok.click()
    desk.settle()
    assert desk.now_of(case).requirement == "先设置围挡"
    carrier.ask_anew()
    desk.dialog().edit.setPlainText("先设置围挡，夜间施工")
    desk.dialog().ok.click()
    desk.settle()
    now = desk.now_of(case)
    assert (now.state, now.requirement) == (State.DISPATCHED, "先设置围挡，夜间施工")
    carrier.undo()
    desk.settle()
    assert desk.now_of(case).state is State.FILED


def test_facts_for_all_units_are_those_of_each_asked_alone(desk: Desk) -> None:
    """Judging a case once for all units says the same as asking for every unit: who takes it, until when."""
    desk.case("filed")
    lists, services = desk.services.lists, desk.services
    ids = [marker.id for marker in lists.markers()]
    actor = desk.actors["dispatcher"]
    answer = drop_facts(services, ids, actor)
    move_of = sending_moves(services.handbook)
    for one in services.units.all():
        taken, dues = set(), []
        for way in ways_of(move_of(one)):
            data = usual_data(services.handbook, way, one.code)
            for told in services.cases.preview(way, [i for i in ids if i not in taken], data, actor):
                if told.refusal is None:
                    taken.add(told.case_id)
                    dues.append(told.due_at)
        facts = answer.facts[one.code]
        assert facts.accepted == len(taken)
        assert facts.due_first is None or abs((facts.due_first - min(dues)).total_seconds()) < 60
    assert any(facts.accepted for facts in answer.facts.values()) and answer.exact


def test_a_sample_has_every_kind_and_stands_for_all(desk: Desk) -> None:
    """Of many cases a few are judged first; none of the states is left out, and together they stand for all."""
    ids = [marker.id for marker in desk.services.lists.markers()]
    weights = sampled(desk.services, ids, desk.actors["dispatcher"], size=20)
    assert len(weights) <= 20 < len(ids)
    assert sum(weights.values()) == pytest.approx(len(ids))
    states = {row.state for row in desk.services.lists.rows(ids)}
    assert {row.state for row in desk.services.lists.rows(list(weights))} == states


# ---- by keyboard ------------------------------------------------------------------------------------------------


def test_a_target_is_found_by_pinyin_and_gets_the_cases(desk: Desk) -> None:
    """Enter on the recommended row sends there; typed initials find another; what is marked is what Enter takes."""
    case, other = desk.case("filed"), desk.case("filed")
    desk.sit("dispatcher")
    desk.context.selection.set({case.id}, case.id)
    desk.context.selecting.dispatch()
    desk.settle()
    chooser = desk.dialog()
    first = chooser.list.item(0).data(CHOICE)
    best = desk.services.recommending.recommend(case, desk.actors["dispatcher"]).best
    assert first.rank == 1 and first.target.id == best.unit and first.why
    QTest.keyClick(chooser.search, Qt.Key.Key_Return)
    desk.settle()
    assert desk.now_of(case).lead.unit == best.unit
    wanted = next(u for u in desk.services.units.all() if u.kind == "street" and u.code != best.unit)
    desk.context.selection.set({other.id}, other.id)
    desk.context.selecting.dispatch()
    desk.settle()
    chooser = desk.dialog()
    chooser.search.setText(initials(wanted.name).split()[0])
    QTest.keyClick(chooser.search, Qt.Key.Key_Return)
    desk.settle()
    assert desk.now_of(other).lead.unit == wanted.code


def test_hopeless_targets_come_last_and_are_not_taken(desk: Desk) -> None:
    """A case that no unit may get: every row says why, and Enter does nothing."""
    case = desk.case("received")
    desk.sit("dispatcher")
    desk.context.selection.set({case.id}, case.id)
    desk.context.selecting.dispatch()
    desk.settle()
    chooser = desk.dialog()
    rows = [chooser.list.item(n).data(CHOICE) for n in range(chooser.list.count())]
    assert rows and not any(row.allowed for row in rows) and all(row.info.refused for row in rows)
    QTest.keyClick(chooser.search, Qt.Key.Key_Return)
    desk.settle()
    assert desk.now_of(case).state is State.RECEIVED and not chooser.ok.isEnabled()
    chooser.reject()


# ---- the selection ----------------------------------------------------------------------------------------------


def on_map(desk: Desk) -> list[Any]:
    """All markers of the city, on the canvas."""
    markers = desk.services.lists.markers()
    desk.canvas.resize(1000, 700)
    desk.canvas.show()
    desk.canvas.set_home(desk.services.city.extent)
    desk.canvas.set_cases(markers)
    desk.settle()
    return markers


def test_the_map_says_how_many_are_chosen_and_which_are_not_seen(desk: Desk) -> None:
    """A filter of the map hides some of the chosen: they stay chosen, and the bar says how many."""
    desk.sit("dispatcher")
    markers = on_map(desk)
    filed = [marker.id for marker in markers if marker.state is State.FILED]
    working = [marker.id for marker in markers if marker.state in (State.RECEIVED, State.WORKING)]
    desk.context.selection.set(filed + working)
    bar = desk.canvas.findChild(SelectionBar)
    assert bar is not None and bar.count.text() == f"已选 {len(filed + working)} 件"
    assert not bar.hidden.isVisibleTo(bar) and bar.send.isVisibleTo(bar)
    desk.canvas.set_case_filter(hidden_stages=["dispose"])
    assert f"{len(working)} 件不在当前筛选" in bar.hidden.text() and bar.hidden.isVisibleTo(bar)
    assert desk.context.selection.ids == {*filed, *working}
    desk.context.selecting.clear()
    assert bar.isHidden()


def test_cases_that_belong_together_are_chosen_in_one_go(desk: Desk) -> None:
    """All of a unit, of a class, of a grid, of an area, in view; and what is not chosen instead."""
    desk.sit("dispatcher")
    markers = on_map(desk)
    selecting, canvas, chosen = desk.context.selecting, desk.canvas, desk.context.selection
    one = next(marker for marker in markers if marker.unit)
    selecting.choose_like(canvas, "unit", one.id)
    assert chosen.ids == {m.id for m in markers if m.unit == one.unit}
    selecting.choose_like(canvas, "class_name", one.id)
    assert chosen.ids == {m.id for m in markers if m.class_name == one.class_name}
    selecting.choose_in_view()
    everything = chosen.ids
    assert everything == {m.id for m in markers}
    chosen.set({one.id})
    selecting.invert()
    assert chosen.ids == everything - {one.id}
    selecting.choose_in_grid(canvas, one.id)
    desk.settle()
    grid = desk.services.lists.rows([one.id])[0].grid
    assert chosen.ids and {row.grid for row in desk.services.lists.rows(sorted(chosen.ids))} == {grid}
    canvas.set_units(desk.services.units.all())
    area = next(code for code in canvas.units.codes if code != OTHER)
    selecting.choose_in_area(canvas, area)
    inside = {m.id for m in markers if area in canvas.units.at(*canvas.projection.point_to_map(m.lon, m.lat))}
    assert chosen.ids == inside


def test_one_more_in_a_list_keeps_what_the_list_does_not_show(desk: Desk) -> None:
    """Chosen on the map, filtered out of the list: a click with Ctrl in the list adds to it, one without begins anew."""
    desk.sit("dispatcher")
    cases = [desk.case("filed") for _ in range(2)]
    panel = CaseListPanel(desk.context)
    panel.resize(500, 700)
    panel.show()
    desk.settle()
    table = panel.table
    elsewhere = desk.case("registered").id
    desk.context.selection.set({elsewhere})
    row = next(n for n in range(table.rows.rowCount()) if table.rows.case_row(n).id == cases[0].id)
    at = table.visualRect(table.rows.index(row, 0)).center()
    left, control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(table.viewport(), left, control, at)
    assert desk.context.selection.ids == {elsewhere, cases[0].id}
    QTest.mouseClick(table.viewport(), left, Qt.KeyboardModifier.NoModifier, at)
    assert desk.context.selection.ids == {cases[0].id}
    panel.close()
    panel.deleteLater()


def test_all_of_a_list_is_chosen_also_what_is_not_loaded(desk: Desk) -> None:
    """The key for all takes every case of the filter, not the rows that happen to be read."""
    desk.sit("dispatcher")
    panel = CaseListPanel(desk.context)
    panel.resize(500, 400)
    panel.show()
    desk.settle()
    panel.tabs.choose("all")
    panel._chosen()
    desk.settle()
    panel.table.selectAll()
    desk.settle()
    assert len(desk.context.selection.ids) == desk.context.lists.count(panel.table.rows.filter)
    panel.close()
    panel.deleteLater()


def test_a_sending_knows_what_can_be_taken_back() -> None:
    """What the handbook has no arrow for is not offered to be taken back."""
    outcome = sending.Outcome("c", None, "send_check", case=object())

    class Book:
        def arrow(self, name: str) -> object | None:
            return object() if name == "recall" else None

    assert sending.way_back(Book(), outcome) == ""
    assert sending.way_back(Book(), sending.Outcome("c", None, "rapid", case=object())) == "recall"


def test_a_unit_in_the_contacts_takes_cases(desk: Desk) -> None:
    """A row of the book of contacts is a target as the unit's area is, and says before what would come of it."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    page = UnitsPage(desk.context)
    page.resize(500, 600)
    page.show()
    page.reload()
    desk.settle()
    table, wanted = page.table, desk.actors["one"].unit
    row = next(n for n in range(table.rowCount()) if table.item(n, 0).data(KEY) == wanted)
    table.scrollToItem(table.item(row, 0))
    at = table.visualItemRect(table.item(row, 0)).center()
    mime, none, left = cases_mime([case.id]), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(table.viewport(), kind(at, Qt.DropAction.MoveAction, mime, left, none))
        desk.settle()
    card = page.findChild(RowDrops).card
    said = card.text
    names = {unit.code: unit.name for unit in desk.services.units.all()}
    assert said is not None and said.title == names[wanted]
    assert any("处置截止" in line.text for line in said.lines) and any(
        "在办" in line.text for line in said.lines
    )
    best = card.state.candidates[0]
    assert card.state.rank(best.unit) == 1 and target_card(card.state, best.unit, "").badge == "首选"
    drop = QDropEvent(QPointF(at), Qt.DropAction.MoveAction, mime, left, none)
    QApplication.sendEvent(table.viewport(), drop)
    desk.settle()
    assert desk.now_of(case).lead.unit == wanted and card.text is None and not card.state.active
    page.close()
    page.deleteLater()


def test_a_row_of_the_nearest_crews_takes_cases(desk: Desk) -> None:
    """Over a crew in the list of the nearest the card tells its unit's load and deadline, under the crew's name; let go, it is sent."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    mobile = next(m for m in desk.services.positions.mobiles(desk.context.actor) if m.kind == "crew")
    page = CrewsPage(desk.context, mapwork.of(desk.context))
    page.resize(400, 300)
    page.show()
    page._known([NearCrew(mobile, 400.0, 1.0, ((mobile.lon, mobile.lat),), False)])
    at = page.table.visualItemRect(page.table.item(0, 0)).center()
    mime, none, left = cases_mime([case.id]), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    for kind in (QDragEnterEvent, QDragMoveEvent, QDragMoveEvent):
        QApplication.sendEvent(page.table.viewport(), kind(at, Qt.DropAction.MoveAction, mime, left, none))
        desk.settle()
    said = page.findChild(RowDrops).card.text
    assert said is not None and said.title.startswith(mobile.name)
    assert any("处置截止" in line.text for line in said.lines)
    drop = QDropEvent(QPointF(at), Qt.DropAction.MoveAction, mime, left, none)
    QApplication.sendEvent(page.table.viewport(), drop)
    desk.settle()
    assert desk.now_of(case).lead.unit == mobile.unit and mobile.name in desk.now_of(case).requirement
    page.close()
    page.deleteLater()


def test_a_crew_under_the_drag_is_told_as_its_unit_is(desk: Desk) -> None:
    """Pointed at before anything is known, or after: the card says the unit's load and deadline under the crew's name."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    crew = Target("crew", "c1", "机动一号", desk.actors["one"].unit, 400, 300, 12)
    desk.canvas.drops.state.begin([case.id])
    desk.context.drags.begin([case.id])
    desk.canvas.drops.pointed.emit(crew)
    desk.settle()
    info = desk.canvas.drops.state.info["crew:c1"]
    assert info.title.startswith("机动一号") and "处置截止" in info.due and info.allowed
    desk.canvas.drops.finish()


def test_what_a_button_sent_is_taken_back_by_the_same_key(desk: Desk) -> None:
    """Sent with the panel's button, taken back as what was dropped is; once it is back, the key says there is nothing."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    panel = desk.open(DispatchPanel)
    desk.select(panel, case)
    panel.choice.choose(desk.actors["one"].unit)
    desk.settle()
    desk.press(panel, "dispatch")
    assert desk.now_of(case).state is State.DISPATCHED
    desk.notices[-1].action[1]()
    desk.settle()
    assert desk.now_of(case).state is State.FILED
    carrier = desk.context.drags.desk
    carrier.undo()
    desk.settle()
    assert desk.now_of(case).state is State.FILED and "不能撤回" not in desk.said()


def test_a_drag_that_comes_over_another_window_is_told_there_too(desk: Desk) -> None:
    """Begun over one map and carried over another: both know what each unit means, and it is asked once."""
    case = desk.case("filed")
    desk.sit("dispatcher")
    other = MapCanvas(desk.client, desk.services.city.map_crs, "second", desk.theme, now=desk.services.now)
    desk.context.add_canvas(other)
    asked: list[object] = []
    desk.canvas.drops.state.begin([case.id])
    desk.context.drags.begin([case.id])
    desk.settle()
    desk.context.drags.desk.guide.told.connect(asked.append)
    wanted = desk.actors["one"].unit
    other.drops.state.begin([case.id])
    other.drag_started.emit([case.id])
    assert len(asked) == 1, "told at once, from what is known"
    assert other.drops.state.info[wanted].allowed and other.drops.state.candidates
    with desk.qtbot.waitSignal(desk.context.drags.dropped):
        other.cases_dropped.emit([case.id], wanted)
    desk.settle()
    assert desk.now_of(case).lead.unit == wanted
    other.drops.finish()
    desk.canvas.drops.finish()
    desk.context.remove_canvas(other)
    other.shutdown()
    other.deleteLater()
