"""The acceptance panel: a call taken down, nothing lost, duplicates seen, sent to be checked, answered or rejected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.panels.desk import CLASS, Desk
from workstation.panels.acceptance import AcceptancePanel
from workstation.services.lists.filter import CaseFilter
from workstation.services.spatial import coordinates
from workstation.workflow.case import Case, State


def newest(desk: Desk) -> Case:
    """The case changed last."""
    row = desk.services.lists.page(CaseFilter(sort="changed"), None, 1).rows[0]
    return desk.services.cases.get(row.id)


def take_down(desk: Desk, panel: Any, words: str = "井盖缺失，夜间行人易跌落") -> None:
    """Fill in a report as an operator does: class, a click on the map, and what the caller says."""
    form = panel.form
    form.reporter.setText("王女士")
    form.phone.setText("13800000000")
    form.picker.set_value(*CLASS)
    form._class_changed(*CLASS)
    form.position.pick_point()
    desk.canvas.point_picked.emit(*desk.place())
    desk.settle()
    form.description.setPlainText(words)
    desk.settle()


@pytest.mark.article("TY-4-ACCEPT", "MQ-7-SOURCES")
def test_registers_a_call_with_the_keyboard(desk: Desk) -> None:
    """A click on the map fills grid, street and address; Ctrl+Enter registers; the form is ready for the next call."""
    panel = desk.open(AcceptancePanel)
    take_down(desk, panel)
    grid = desk.services.places.grid_at(*desk.place())
    assert grid is not None
    assert panel.form.position.grid_code == grid.code
    assert panel.form.position.address.text()
    QTest.keyClick(panel.form.description, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    case = newest(desk)
    assert (case.state, case.class_code, case.reporter, case.grid) == (
        State.REGISTERED,
        CLASS[1],
        "王**",
        grid.code,
    )
    assert case.code in desk.said()
    assert panel.form.draft().empty()
    assert panel.form.draft().source == case.source


def test_says_what_is_missing(desk: Desk) -> None:
    """Registering an empty form writes nothing and marks what is missing in words."""
    panel = desk.open(AcceptancePanel)
    before = desk.services.lists.count(CaseFilter())
    desk.press(panel, "register")
    assert panel.form.description_row._note.text() == "请填写问题描述"
    assert desk.services.lists.count(CaseFilter()) == before


def test_nothing_typed_is_lost(desk: Desk) -> None:
    """Half a report survives another case of the list, another panel in front, and a new start of the program."""
    reported = desk.services.cases.execute(_report(desk), desk.actors["collector"]).case
    panel = desk.open(AcceptancePanel)
    take_down(desk, panel, "只听清一半")
    desk.select(panel, reported)
    assert panel.form.draft().description == "占道经营"
    panel.new_report()
    desk.settle()
    assert panel.form.draft().description == "只听清一半"
    panel.hide()
    again = desk.open(AcceptancePanel)
    assert again.form.draft().description == "只听清一半"
    assert again.form.draft().lon is not None


def _report(desk: Desk) -> Any:
    from workstation.workflow.event import Command

    lon, lat = desk.place()
    grid = desk.services.places.grid_at(lon, lat)
    assert grid is not None
    services = desk.services
    data = {
        "kind": "event",
        "class_code": "0101",
        "source": "collector",
        "description": "占道经营",
        "address": "运河路",
        "lon": lon,
        "lat": lat,
        "grid": grid.code,
        "area_class": grid.area_class,
    }
    return Command("report", services.cases.new_case_id(), services.cases.new_command_id(), data)


def test_looking_elsewhere_leaves_the_form_alone(desk: Desk) -> None:
    """A click on a case on the map while a call is taken down does not take the form away."""
    other = desk.case("registered")
    panel = desk.open(AcceptancePanel)
    take_down(desk, panel)
    desk.context.selection.set({other.id}, other.id)
    desk.settle()
    assert panel.form.draft().reporter == "王女士"
    assert panel.pages.currentIndex() == 0


def test_completes_a_reported_case(desk: Desk) -> None:
    """A collector's report is completed and registered under its own number."""
    reported = desk.services.cases.execute(_report(desk), desk.actors["collector"]).case
    panel = desk.open(AcceptancePanel)
    desk.select(panel, reported)
    panel.form.description.setPlainText("占道经营，摊位三个")
    desk.press(panel, "register")
    after = desk.now_of(reported)
    assert (after.state, after.code, after.description) == (
        State.REGISTERED,
        reported.code,
        "占道经营，摊位三个",
    )


def test_open_cases_nearby_are_shown_and_merged(desk: Desk) -> None:
    """An open case of the class within 50 m appears while registering; 并案 keeps the report, merged into it."""
    first = desk.case("registered")
    panel = desk.open(AcceptancePanel)
    take_down(desk, panel)
    assert first.id in [near.row.id for near in panel.form.nearby.found]
    panel.form.merge.emit(first.id)
    desk.settle()
    assert "计时不停" in desk.dialog().note.words
    desk.give_reason("同一地点同一问题")
    into = desk.now_of(first)
    assert len(into.duplicates) == 1
    case = desk.services.cases.get(into.duplicates[0])
    assert (case.state, case.merged_into) == (State.MERGED, first.id)


def test_a_component_fills_class_and_place(desk: Desk) -> None:
    """Entering a component's code fills class, position and owner."""
    some = desk.services.places.components_near(*desk.place(), 2000.0)[0]
    panel = desk.open(AcceptancePanel)
    panel.form.position.code.setText(some.code)
    QTest.keyClick(panel.form.position.code, Qt.Key.Key_Return)
    desk.settle()
    draft = panel.form.draft()
    assert (draft.component, draft.kind, draft.class_code) == (some.code, "component", some.class_code)
    assert draft.lon == pytest.approx(some.lon) and draft.grid == some.grid_code
    assert "权属" in panel.form.position._component_text


def test_a_typed_address_is_found(desk: Desk) -> None:
    """An address with a road's name gives a position; one that names nothing says so."""
    with desk.services.db.read() as conn:
        road = conn.exec_driver_sql("SELECT name FROM road WHERE name <> '' ORDER BY id LIMIT 1").scalar_one()
    panel = desk.open(AcceptancePanel)
    position = panel.form.position
    position.address.setText(f"{road}12号门前")
    QTest.keyClick(position.address, Qt.Key.Key_Return)
    desk.settle()
    assert position.lon is not None and position.address.text() == f"{road}12号门前"
    position.address.setText("说不清的地方")
    QTest.keyClick(position.address, Qt.Key.Key_Return)
    desk.settle()
    assert "没有认得的" in position.row._note.text()


def test_typed_coordinates_are_taken_for_a_position(desk: Desk) -> None:
    """Coordinates of a named system give the position at once and the address of the place; bare ones ask which system."""
    panel = desk.open(AcceptancePanel)
    position = panel.form.position
    lon, lat = desk.place()
    x, y = coordinates.to_gcj02(lon, lat)
    position.address.setText(f"高德 {x:.7f},{y:.7f}")
    QTest.keyClick(position.address, Qt.Key.Key_Return)
    desk.settle()
    assert (position.lon, position.lat) == pytest.approx((lon, lat), abs=1e-6)
    assert "高德" not in position.address.text()
    position.address.setText(f"{lon + 0.001:.6f} {lat:.6f}")
    QTest.keyClick(position.address, Qt.Key.Key_Return)
    desk.settle()
    menu = next(widget for widget in position.findChildren(QMenu) if widget.isVisible())
    assert len(menu.actions()) == 3
    menu.actions()[0].trigger()
    menu.close()
    desk.settle()
    assert (position.lon, position.lat) == pytest.approx((lon + 0.001, lat), abs=1e-6)


def test_registers_and_sends_to_the_grids_collector(desk: Desk) -> None:
    """The collector who walks the grid is suggested, and 登记并派核实 does both."""
    panel = desk.open(AcceptancePanel)
    take_down(desk, panel)
    grid = desk.services.places.grid_at(*desk.place())
    assert grid is not None
    own = desk.services.people.collector_for(grid.code)
    assert own is not None and panel.form.collector.person == own.id
    desk.press(panel, "register_send")
    case = newest(desk)
    assert (case.state, case.check_to) == (State.CHECKING, own.id)


def test_records_what_the_collector_found(desk: Desk) -> None:
    """An operator writes down the check's result for the collector, with a photograph."""
    case = desk.case("checking")
    panel = desk.open(AcceptancePanel)
    panel.choose_tab("checking")
    desk.settle()
    desk.select(panel, case)
    panel.checks.note.setPlainText("现场未发现问题")
    panel.checks.photos.add_files([photo(desk, "现场.png")])
    desk.settle()
    desk.press(panel, "false_report")
    after = desk.now_of(case)
    assert (after.state, after.check_result) == (State.CHECKED, "false_report")
    assert [item.role for item in after.photos] == ["check"]


def photo(desk: Desk, name: str) -> str:
    """A small photograph in the seat's folder."""
    path = Path(desk.settings.fileName()).parent / name
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(path))
    return str(path)


def test_what_is_no_photograph_is_refused_in_words(desk: Desk) -> None:
    """A text file dropped as a photograph is refused with a sentence; the form stays."""
    path = Path(desk.settings.fileName()).parent / "笔记.jpg"
    path.write_text("不是照片")
    panel = desk.open(AcceptancePanel)
    panel.form.photos.add_files([str(path)])
    desk.settle()
    assert desk.notices[-1].kind == "error" and "照片" in desk.said()
    assert panel.form.photos.photos() == []


@pytest.mark.article("MQ-5-COMPLAINTS")
def test_answers_an_enquiry_without_a_case(desk: Desk) -> None:
    """An enquiry is answered; it is kept, ended, with the answer."""
    panel = desk.open(AcceptancePanel)
    panel.form.description.setPlainText("咨询停车收费")
    panel.actions_bar.button("answer").click()
    desk.give_reason("已告知主管部门及电话")
    case = newest(desk)
    assert (case.state, case.outcome_reason) == (State.REJECTED, "已告知主管部门及电话")
    assert panel.form.draft().empty()


def test_a_shift_leader_does_not_register(desk: Desk) -> None:
    """Who may not register is not offered the form."""
    desk.sit("shift_leader")
    panel = desk.open(AcceptancePanel)
    assert not panel.actions_bar.isVisibleTo(panel)
    assert panel.work.currentWidget() is panel.empty


def test_the_form_fits_a_narrow_dock(desk: Desk) -> None:
    """At 380 pixels nothing of the form is cut off at the right."""
    panel = desk.open(AcceptancePanel, width=380, height=700)
    take_down(desk, panel)
    assert panel.form.mapTo(panel, QPoint(panel.form.width(), 0)).x() <= panel.width()
    assert panel.form_scroll.widget().minimumSizeHint().width() <= panel.form_scroll.viewport().width()


def test_the_pin_goes_with_the_form(desk: Desk) -> None:
    """The pin on the map stands while the form is seen, and for nobody else."""
    panel = desk.open(AcceptancePanel)
    take_down(desk, panel)
    assert desk.canvas._pin is not None
    panel.hide()
    assert desk.canvas._pin is None
    panel.show()
    desk.settle()
    assert desk.canvas._pin is not None


@pytest.mark.article("TZ-5-PRIVACY")
def test_a_draft_on_disk_names_nobody(desk: Desk) -> None:
    """What is typed is there again after a restart, and the seat's settings have neither name nor number in them."""
    panel = desk.open(AcceptancePanel)
    take_down(desk, panel)
    panel.keep_draft()
    kept = [str(desk.context.settings.value(key)) for key in desk.context.settings.allKeys()]
    assert any(text for text in kept) and not any("王女士" in text or "13800000000" in text for text in kept)
    again = panel._open_book(desk.context).get("")
    assert again is not None and (again.reporter, again.reporter_phone) == ("王女士", "13800000000")
    key = next(key for key in desk.context.settings.allKeys() if key.startswith("acceptance/drafts/"))
    for damaged in ("x", "[", "0123456789abcdef:AAAA"):
        desk.context.settings.setValue(key, damaged)
        assert panel._open_book(desk.context).get("") is None
    desk.context.settings.setValue(key, '{"": {"reporter": "王女士"}}')
    old = panel._open_book(desk.context).get("")
    assert old is not None and old.reporter == "王女士"


@pytest.mark.article("TZ-5-PRIVACY")
def test_numbers_in_free_text_are_told_and_moved(desk: Desk) -> None:
    """A telephone number in the description is offered to its field; an identity number is only warned of."""
    panel = desk.open(AcceptancePanel)
    form = panel.form
    form.description.setPlainText("路灯不亮，回电13812345678或0551-66778899")
    form.private.look()
    assert form.private.isVisible() and "13812345678" in form.private.words.text()
    form.private.take()
    assert form.phone.text() == "13812345678" and "13812345678" not in form.description.toPlainText()
    form.private.take()
    assert form.phone.text() == "13812345678、0551-66778899" and form.private.isHidden()
    form.description.setPlainText("身份证11010519491231002X")
    form.private.look()
    assert "身份证" in form.private.words.text() and form.private.move_button.isHidden()
    form.private.take()
    assert form.description.toPlainText() == "身份证11010519491231002X"
