"""The handbook panel: read by all, drafted in tables and in text, compared, handed in, approved by somebody else."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from tests.panels.desk import Desk
from workstation.panels.handbook import HandbookPanel, pages, words
from workstation.panels.handbook.panel import PRACTICE
from workstation.panels.handbook.sheet import NUMBER, SHARE, TEXT, WHOLE, Kind
from workstation.panels.handbook.table import SheetModel
from workstation.services.cases.standing import LOCAL
from workstation.services.rules.handbook_texts import unfounded, with_value
from workstation.workflow.handbook import Handbook, HandbookError

CONDITION, LIMIT = "component/0101/2", 2


@pytest.fixture
def panel(desk: Desk) -> Any:
    """The panel before somebody who may write drafts."""
    people = desk.services.people
    for post in ("commander", "admin"):
        desk.actors[post] = people.actor(people.with_post(post)[0].id, post)
    desk.sit("shift_leader")
    made = desk.open(HandbookPanel, 1000, 760)
    made.session.settle.setInterval(30)
    return made


def draft(desk: Desk, panel: Any) -> None:
    """Somebody begins a draft."""
    panel.draft.click()
    desk.settle()


def place(panel: Any, key: str, column: int) -> Any:
    """The index of a cell of the table in front."""
    model = panel.sheet.model
    row = next(n for n in range(model.rowCount()) if model.row_at(n).key == key)
    return model.index(row, column)


def type_into(desk: Desk, panel: Any, key: str, column: int, text: str, enter: bool = True) -> QLineEdit:
    """Open the cell's editor and type into it as a person does."""
    index = place(panel, key, column)
    table = panel.sheet.table
    table.setCurrentIndex(index)
    table.edit(index)
    editor = table.findChildren(QLineEdit)[-1]
    editor.selectAll()
    QTest.keyClicks(editor, text) if text.isascii() else editor.setText(text)
    if enter:
        QTest.keyClick(editor, Qt.Key.Key_Return)
        desk.settle()
    return editor


def limit(handbook: Handbook) -> float:
    """The limit of the condition."""
    found = handbook.condition(CONDITION)
    assert found is not None
    return found.amount


@pytest.mark.article("TY-3-HANDBOOK")
def test_everybody_may_read_it(desk: Desk, panel: Any) -> None:
    """Flow, classes, posts, clocks and the rest of the edition in force, each with its article; an operator writes nothing."""
    desk.sit("operator")
    handbook = desk.services.handbook
    assert panel.badge.words == "现行" and handbook.title in panel.name.text()
    assert not panel.draft.isVisibleTo(panel) and not panel.session.writable
    counts = {
        "flow": len(handbook.arrows),
        "classes": len(handbook.all_conditions),
        "posts": len(handbook.posts),
    }
    for page in words.pages():
        panel.show_page(page)
        assert panel.sheet.model.rowCount() == counts.get(page, panel.sheet.model.rowCount()) > 0
        index = panel.sheet.model.index(0, 0)
        assert not panel.sheet.model.flags(index) & Qt.ItemFlag.ItemIsEditable
    panel.show_page("clocks")
    assert "闽清县 第二十一条" in place(panel, "file", 8).data() and "MQ-21" in place(panel, "file", 8).data(
        Qt.ItemDataRole.ToolTipRole
    )


@pytest.mark.article("MQ-23-LIMIT")
def test_a_limit_is_changed_in_a_draft(desk: Desk, panel: Any) -> None:
    """Typed into the table, saved by itself, shown as before and after; the edition in force stays as it is."""
    draft(desk, panel)
    panel.show_page("classes")
    before = limit(desk.services.handbook)
    type_into(desk, panel, CONDITION, LIMIT, "9")
    assert place(panel, CONDITION, LIMIT).data() == "9" and limit(panel.session.handbook) == 9
    assert limit(desk.services.handbook) == before
    assert limit(desk.services.handbooks.get(panel.session.info.id)) == 9 and "已保存" in panel.about.text()
    panel.show_page("compare")
    shown = [
        [panel.compare.table.item(r, c).text() for c in range(4)]
        for r in range(panel.compare.table.rowCount())
    ]
    unit = desk.services.handbook.label("units", "work_hours")
    assert ["立案条件", "上水井盖 0101/2 · 时限", f"{before:g} {unit}", f"9 {unit}"] in shown


def test_what_is_wrong_is_said_while_typing(desk: Desk, panel: Any) -> None:
    """A limit that is none is marked with the first wrong key, said below the table, and not taken."""
    draft(desk, panel)
    panel.show_page("classes")
    editor = type_into(desk, panel, CONDITION, LIMIT, "4x", enter=False)
    assert editor.property("bad") == "true" and "数字" in panel.sheet.foot.text()
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.property("bad") == "false" and "数字" not in panel.sheet.foot.text()
    QTest.keyClicks(editor, "-")
    # What comes in from elsewhere meanwhile does not touch what is being typed.
    model = panel.sheet.model
    model.dataChanged.emit(model.index(0, 0), model.index(model.rowCount() - 1, model.columnCount() - 1))
    assert editor.text() == "4-"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    desk.settle()
    assert not panel.session.can_undo and limit(panel.session.handbook) == limit(desk.services.handbook)


def test_lists_switches_and_choices(desk: Desk, panel: Any) -> None:
    """A switch by its tick, a unit from the list, posts as words; undone and made again step by step."""
    draft(desk, panel)
    panel.show_page("rules")
    model = panel.sheet.model
    tick = place(panel, "filers_close.on", 1)
    assert tick.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.setData(tick, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    desk.settle()
    assert panel.session.handbook.rules.filers_close is False
    index = place(panel, "return_within.unit", 1)
    panel.sheet.table.edit(index)
    box = panel.sheet.table.findChildren(QComboBox)[-1]
    box.setCurrentIndex(box.findData("work_days"))
    box.activated.emit(box.currentIndex())
    desk.settle()
    assert panel.session.handbook.rules.return_unit == "work_days"
    panel.show_page("flow")
    type_into(desk, panel, "file", 3, "值班长、指挥长")
    assert panel.session.handbook.arrow("file").posts == ("shift_leader", "commander")
    for _ in range(2):
        panel.undo.click()
        desk.settle()
    rules = panel.session.handbook.rules
    assert (rules.return_unit, rules.filers_close) == ("work_hours", False)
    panel.redo.click()
    desk.settle()
    assert panel.session.handbook.rules.return_unit == "work_days" and panel.redo.isEnabled()


def test_filter(desk: Desk, panel: Any) -> None:
    """Every word must occur, in whatever column; another page begins unfiltered."""
    panel.show_page("classes")
    panel.search.setText("井盖 恢复")
    rows = [panel.sheet.model.row_at(n) for n in range(panel.sheet.model.rowCount())]
    assert 0 < len(rows) < 518
    assert all("井盖" in str([c.text for c in row.cells]) for row in rows)
    panel.show_page("posts")
    assert panel.search.text() == "" and panel.sheet.model.rowCount() == len(desk.services.handbook.posts)


def test_conditions_come_and_go(desk: Desk, panel: Any) -> None:
    """Another filing condition like the chosen one, under the next number and chosen at once; one that is taken out."""
    draft(desk, panel)
    panel.show_page("classes")
    panel.sheet.table.setCurrentIndex(place(panel, CONDITION, 0))
    panel.sheet.add.click()
    desk.settle()
    chosen = panel.sheet.model.row_at(panel.sheet.table.currentIndex().row())
    before = desk.services.handbook.conditions("component", "0101")
    assert chosen.key == f"component/0101/{len(before) + 1}"
    made = panel.session.handbook.conditions("component", "0101")
    assert len(made) == len(before) + 1 and made[2].key == chosen.key and made[2].text == made[1].text
    panel.sheet.table.setCurrentIndex(place(panel, CONDITION, 0))
    panel.sheet.remove.click()
    desk.settle()
    assert panel.session.handbook.condition(CONDITION) is None
    panel.show_page("compare")
    told = {
        (d.key, bool(d.before), bool(d.after)) for d in panel.session.differences if d.part == "conditions"
    }
    assert told == {(CONDITION, True, False), (chosen.key, False, True)}
    panel.show_page("posts")
    assert not panel.sheet.add.isVisibleTo(panel)


def test_experts_write_text(desk: Desk, panel: Any) -> None:
    """A wrong word in a file: its line is marked and explained, handing in waits; corrected, all is well again."""
    draft(desk, panel)
    panel.show_page("text")
    panel.text.open_file("clocks.toml")
    text = panel.text.edit.toPlainText()
    panel.text.edit.setPlainText(text.replace('unit = "work_hours"', 'unit = "hours"', 1))
    panel.text.flush()
    desk.settle()
    line = panel.text.edit.marked
    assert 'unit = "hours"' in panel.text.edit.toPlainText().splitlines()[line - 1]
    assert panel.alarm.isVisibleTo(panel) and f"第 {line} 行" in panel.wrong.text()
    assert not panel.submit.isEnabled()
    desk.theme.set_name("night")
    (mark,) = panel.text.edit.extraSelections()
    assert mark.format.background().color() == desk.theme.color("red_soft")
    panel.show_page("clocks")
    panel.where.click()
    assert panel.page == "text" and panel.text.file == "clocks.toml"
    assert panel.text.edit.textCursor().blockNumber() == line - 1
    panel.text.edit.setPlainText(text.replace("amount = 0.75", "amount = 3", 1))
    panel.show_page("clocks")
    desk.settle()
    assert not panel.alarm.isVisibleTo(panel) and panel.submit.isEnabled()
    assert place(panel, "file", 1).data() == "3"


def test_from_a_table_to_the_text(desk: Desk, panel: Any) -> None:
    """Where a value stands in the files is one click away."""
    panel.show_page("flow")
    panel.sheet.table.setCurrentIndex(place(panel, "dispatch", 0))
    panel.sheet.open_text.click()
    assert panel.text.file == "flow.toml"
    assert panel.text.edit.textCursor().block().text() == 'label = "派遣"'
    panel.show_page("classes")
    panel.sheet.table.setCurrentIndex(place(panel, CONDITION, LIMIT))
    panel.sheet.open_text.click()
    assert panel.text.edit.textCursor().block().text().startswith(f"{CONDITION},")


@pytest.mark.article("TJA-3-APPROVED")
def test_handed_in_and_approved_by_somebody_else(desk: Desk, panel: Any) -> None:
    """The author hands in and cannot approve; the commander gives body and day, and the edition holds."""
    draft(desk, panel)
    panel.show_page("classes")
    type_into(desk, panel, CONDITION, LIMIT, "9")
    panel.submit.click()
    desk.settle()
    assert panel.badge.words == "待审批" and not panel.session.writable
    assert not panel.approve.isVisibleTo(panel)
    desk.sit("commander")
    panel.back.click()
    desk.give_reason("请再核实")
    assert panel.badge.words == "草稿" and "请再核实" in panel.about.text()
    desk.sit("shift_leader")
    panel.submit.click()
    desk.settle()
    desk.sit("commander")
    panel.approve.click()
    dialog = desk.dialog()
    assert desk.visible_text(dialog, "2 处不同") and desk.visible_text(dialog, "时限")
    dialog.approver.setText("")
    dialog.ok.click()
    assert dialog.isVisible()
    dialog.approver.setText("扬州市城市管理委员会")
    today = desk.services.now().astimezone(LOCAL).date()
    assert dialog.day.minimumDate() <= QDate(today.year, today.month, today.day)
    dialog.ok.click()
    desk.settle()
    assert panel.badge.words == "现行" and limit(desk.services.handbook) == 9
    assert "扬州市城市管理委员会批准" in panel.about.text()
    (info,) = [info for info in desk.services.handbooks.history() if info.status == "approved"]
    assert (
        info.holds and info.approver == desk.actors["commander"].person and isinstance(info.valid_from, date)
    )


def test_who_approves_is_told_and_finds_it(desk: Desk, panel: Any) -> None:
    """Handed in at another seat: the commander is told once, and one click in the panel opens what waits."""
    desk.sit("commander")
    assert not panel.others.isVisibleTo(panel)
    handbooks, author = desk.services.handbooks, desk.actors["shift_leader"]
    made = handbooks.draft("", author)
    desk.settle()
    assert panel.others.text() == "草稿 1" and not desk.notices
    handbooks.submit(made.id, author)
    desk.settle()
    assert [notice.text for notice in desk.notices] == [f"指挥手册 {made.info.edition} 已提交，等待您审批"]
    assert panel.others.text() == "待审批 1"
    panel.others.click()
    desk.settle()
    assert panel.session.info.id == made.id and panel.approve.isEnabled() and panel.page == "compare"
    assert panel.compare.table.rowCount() == 1
    desk.sit("operator")
    desk.sit("commander")
    assert len(desk.notices) == 2, "told again when they sit down again"
    assert not panel.others.isVisibleTo(panel)


@pytest.mark.article("TJA-3-APPROVED")
def test_history(desk: Desk, panel: Any) -> None:
    """Every edition with its state; an old one opens to be read, and a new draft begins from it."""
    desk.case("filed")
    test_handed_in_and_approved_by_somebody_else(desk, panel)
    desk.sit("shift_leader")
    panel.show_page("history")
    desk.settle()
    table = panel.history.table
    states = [table.item(row, 1).text() for row in range(table.rowCount())]
    assert states == ["现行", "曾用"]
    table.selectRow(1)
    panel.history.view.click()
    desk.settle()
    assert panel.badge.words == "曾用" and limit(panel.session.handbook) != 9 and not panel.session.writable
    panel.draft.click()
    desk.settle()
    assert panel.badge.words == "草稿" and limit(panel.session.handbook) != 9
    panel.discard.click()
    panel.ask.ok.click()
    desk.settle()
    assert panel.badge.words == "现行" and all(i.status != "draft" for i in desk.services.handbooks.history())


@pytest.mark.article("TY-3-EMERGENCYFUND")
def test_a_proposed_rule_goes_into_the_draft(desk: Desk, panel: Any) -> None:
    """The rule that a settled case proposes is listed with its case; one click puts it among the rules of the draft."""
    case = desk.case("filed")
    unit = desk.actors["one"].unit
    case = desk.do("first_response", case, "dispatcher", unit=unit, plan="", budget="emergency")
    desk.do("settle", case, "dispatcher", unit=unit, rule="无主井盖由市政部门负责")
    panel.show_page("proposals")
    desk.settle()
    assert panel.proposals.table.item(0, 0).text() == "无主井盖由市政部门负责"
    assert not panel.proposals.take.isEnabled()
    draft(desk, panel)
    panel.show_page("proposals")
    desk.settle()
    panel.proposals.take.click()
    desk.settle()
    assert [rule.text for rule in panel.session.handbook.responsibilities] == ["无主井盖由市政部门负责"]
    assert panel.proposals.table.item(0, 4).text() == "已在本版" and not panel.proposals.take.isEnabled()
    wanted: list[str] = []
    desk.context.case_requested.connect(wanted.append)
    panel.proposals.case.click()
    assert wanted == [case.id]


def test_nothing_that_was_typed_is_lost(desk: Desk, panel: Any) -> None:
    """The panel is put away right after a key: the draft is saved; opened again, it goes on."""
    panel.session.settle.setInterval(60_000)
    draft(desk, panel)
    panel.show_page("text")
    panel.text.open_file("handbook.toml")
    panel.text.edit.insertPlainText("# 待议\n")
    panel.hide()
    desk.settle()
    (info,) = [info for info in desk.services.handbooks.history() if info.status == "draft"]
    assert desk.services.handbooks.open(info.id).texts["handbook.toml"].startswith("# 待议\n")


def test_two_who_write_one_draft(desk: Desk, panel: Any) -> None:
    """Another seat has saved meanwhile: the second is told, and what the first wrote stays."""
    draft(desk, panel)
    handbooks, info = desk.services.handbooks, panel.session.info
    theirs = {**panel.session.texts, "handbook.toml": "# 别人\n" + panel.session.texts["handbook.toml"]}
    handbooks.save(info.id, theirs, desk.actors["shift_leader"], handbooks.open(info.id).seen)
    panel.session.settle.setInterval(60_000)
    panel.session.edit(
        {**panel.session.texts, "handbook.toml": "# 我的\n" + panel.session.texts["handbook.toml"]}
    )
    panel.session.save()
    panel.session.settle.stop()
    desk.settle()
    assert "已被他人修改" in desk.said()
    assert handbooks.open(info.id).texts["handbook.toml"].startswith("# 别人")


def test_an_approval_elsewhere_shows_at_once(desk: Desk, panel: Any) -> None:
    """Who reads the edition in force sees the next one when it is approved at another seat."""
    handbooks = desk.services.handbooks
    made = handbooks.draft("", desk.actors["shift_leader"])
    handbooks.submit(made.id, desk.actors["shift_leader"])
    today = desk.services.now().astimezone(LOCAL).date()
    handbooks.approve(made.id, "委员会", max(today, date(2026, 1, 2)), desk.actors["commander"])
    desk.settle()
    assert panel.session.info.edition == made.info.edition and panel.badge.words == "现行"
    (notice,) = desk.notices
    assert made.info.edition in notice.text and "已生效" in notice.text and notice.action is not None


# ---- cells and their places ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (NUMBER, " 2.5 ", 2.5),
        (NUMBER, "0", None),
        (NUMBER, "nan", None),
        (NUMBER, "1e9", None),
        (WHOLE, "3", 3),
        (WHOLE, "3.5", None),
        (WHOLE, "-1", None),
        (SHARE, "0.8", 0.8),
        (SHARE, "1.2", None),
        (TEXT, "  ", None),
        (Kind(empty=True), "", ""),
        (Kind("choice", {"a": "甲"}), "甲", "a"),
        (Kind("choice", {"a": "甲"}), "乙", None),
        (Kind("words", {"a": "甲、乙", "b": "甲"}), "甲、甲、乙", ["b", "a"]),
        (Kind("words", {"a": "甲"}), "甲 丙", None),
        (Kind("words", empty=True), "", []),
        (Kind("article", {"MQ": "x"}), "MQ-3-X", "MQ-3-X"),
        (Kind("article", {"MQ": "x"}), "第三条", None),
    ],
)
def test_what_a_cell_takes(kind: Kind, typed: str, value: Any) -> None:
    """What is typed becomes a value, or is refused with a word why."""
    made, wrong = kind.read(typed)
    assert made == value and bool(wrong) == (value is None)


@pytest.mark.parametrize("name", Handbook.available())
def test_every_cell_stands_where_it_says(name: str) -> None:
    """In each handbook that ships: a value is written at its place, and read back at the same cell, whole and sound."""
    handbook = Handbook.named(name)
    dice = random.Random(name)
    for page in words.pages():
        cells = [
            (number, row.key, column, cell)
            for number, sheet in enumerate(pages.sheets(page, handbook, handbook.texts))
            for row in sheet.rows
            for column, cell in enumerate(row.cells)
            if cell.place is not None and cell.value is not None
        ]
        for number, key, column, cell in dice.sample(cells, min(1, len(cells))):
            assert cell.place is not None
            if cell.kind.name == "switch":
                value: Any = not cell.value
            else:
                value, wrong = cell.kind.read(cell.raw or cell.text)
                assert not wrong and (value == cell.value or cell.kind.name == "text")
                value = value + 1 if cell.kind.name in ("number", "whole") else value
            texts = cell.place.write(handbook.texts, value)
            table = unfounded(texts, cell.place.file, cell.place.path)
            if table is not None:
                texts = with_value(texts, cell.place.file, (*table, "article"), PRACTICE)
            made = Handbook.from_texts(texts)
            again = pages.sheets(page, made, texts)[number]
            found = next(row for row in again.rows if row.key == key).cells[column]
            assert found.value == value


def test_what_a_city_changes_is_its_own(desk: Desk) -> None:
    """A figure of the base changed in an overlay rests on something of the city's: what the base cites is not kept."""
    handbook = Handbook.named("minqing")
    texts = with_value(handbook.texts, "clocks.toml", ("clock", "accept", "amount"), 3)
    table = unfounded(texts, "clocks.toml", ("clock", "accept", "amount"))
    assert table == ("clock", "accept")
    with pytest.raises(HandbookError) as caught:
        Handbook.from_texts(texts)
    assert caught.value.code == "missing_article" and caught.value.line
    sound = Handbook.from_texts(with_value(texts, "clocks.toml", (*table, "article"), PRACTICE))
    assert (sound.clocks["accept"].amount, sound.clocks["accept"].article) == (3, PRACTICE)


def test_the_model_is_sound(qtbot: Any, panel: Any) -> None:
    """The table's model keeps Qt's rules while it is filled, filtered and filled again."""
    model = SheetModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    handbook = panel.session.handbook
    for page in words.pages():
        for sheet in pages.sheets(page, handbook, handbook.texts):
            model.show(sheet)
            model.narrow("井盖")
            model.show(sheet)
            model.narrow("")
    assert tester.model() is model


def test_narrow_and_by_night(desk: Desk, panel: Any) -> None:
    """Narrow, the structure is a list above the page; by night the text is dark too."""
    panel.resize(520, 760)
    desk.settle()
    assert not panel.tree.isVisibleTo(panel) and panel.pages_box.isVisibleTo(panel)
    panel.pages_box.setCurrentIndex(panel.pages_box.findData("clocks"))
    assert panel.page == "clocks" and panel.sheet.model.rowCount() == len(desk.services.handbook.clocks)
    panel.resize(1000, 760)
    desk.settle()
    assert panel.tree.isVisibleTo(panel) and panel.tree.currentItem().text(0) == "时限"
