"""The shared widgets: class picker, unit combo, reason dialog, toasts, photo strip, screens, arrangements, actions."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.panels.desk import Desk
from workstation.shell import registry
from workstation.shell.arrangement import arrangement_for
from workstation.shell.context import Notice
from workstation.shell.frame.screens import clamp
from workstation.shell.menus.actions import Actions, ActionSpec
from workstation.shell.widgets import Badge, FilterButton, FormRow, SegmentBar, short_number
from workstation.shell.widgets.dialogs import ConfirmDialog, ReasonDialog
from workstation.shell.widgets.flow import FlowLayout
from workstation.shell.widgets.photos import PhotoStrip
from workstation.shell.widgets.pickers import ClassPicker, UnitCombo
from workstation.shell.widgets.toast import ToastStack
from workstation.workflow.handbook import Handbook
from workstation.workflow.library import data_folder


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    """The national handbook."""
    return Handbook.load(data_folder() / "handbooks" / "national")


# ---- class picker -------------------------------------------------------------------------------------------------


@pytest.mark.article("TZ-19-WARNING")
def test_warnings_are_offered_where_a_city_has_them(qtbot: QtBot) -> None:
    """A handbook with classes of warnings: a third kind to choose from; without them there are two."""
    book = Handbook.national()
    picker = ClassPicker(replace(book, classes=tuple(c for c in book.classes if c.kind != "warning")))
    qtbot.addWidget(picker)
    assert list(picker._kinds._titles) == ["component", "event"]
    warning = replace(book.classes[0], kind="warning", code="0901", name="燃气泄漏预警")
    picker.set_handbook(replace(book, classes=(*book.classes, warning)))
    assert list(picker._kinds._titles.values())[-1] == "预警"
    picker._kinds._buttons["warning"].click()
    assert picker.kind == "warning"
    picker.set_value("warning", "0901")
    assert picker.item == warning


def test_a_class_is_found_by_a_part_of_its_name(qtbot: QtBot, handbook: Handbook) -> None:
    """Typing two characters and Enter chooses the class, kind included, and tells once."""
    picker = ClassPicker(handbook)
    qtbot.addWidget(picker)
    picker.show()
    told: list[tuple[str, str]] = []
    picker.changed.connect(lambda kind, code: told.append((kind, code)))
    wanted = next(item for item in handbook.classes if item.kind == "event")
    picker._search.setText(wanted.name)
    qtbot.keyClick(picker._search, Qt.Key.Key_Return)
    assert told == [("event", wanted.code)]
    assert picker.item == wanted and not picker._lists.isVisible()


def test_a_class_is_found_by_its_code(qtbot: QtBot, handbook: Handbook) -> None:
    """The beginning of a code finds, and the present kind comes first."""
    picker = ClassPicker(handbook)
    qtbot.addWidget(picker)
    picker.show()
    qtbot.keyClicks(picker._search, "0102")
    first = picker._subs.item(0).data(Qt.ItemDataRole.UserRole)
    assert first == ("component", "0102")
    qtbot.keyClick(picker._search, Qt.Key.Key_Down)
    qtbot.keyClick(picker._search, Qt.Key.Key_Up)
    qtbot.keyClick(picker._search, Qt.Key.Key_Return)
    assert (picker.kind, picker.code) == first


def test_the_picker_takes_only_classes_of_the_handbook(qtbot: QtBot, handbook: Handbook) -> None:
    """Setting is silent; an unknown code leaves the kind alone; another kind drops the code and tells."""
    picker = ClassPicker(handbook)
    qtbot.addWidget(picker)
    told: list[tuple[str, str]] = []
    picker.changed.connect(lambda kind, code: told.append((kind, code)))
    picker.set_value("component", "0102")
    assert picker.code == "0102"
    picker.set_value("component", "9999")
    assert picker.code == "" and told == []
    picker._kinds._buttons["event"].click()
    assert picker.kind == "event" and told == [("event", "")]


# ---- units and texts ------------------------------------------------------------------------------------------------


def test_a_unit_is_chosen_by_any_part_of_its_name(qtbot: QtBot) -> None:
    """What was typed counts only when it is a unit's name; suggested units come first with their reason."""
    combo = UnitCombo()
    qtbot.addWidget(combo)
    combo.set_units(
        [SimpleNamespace(code="A", name="市政所"), SimpleNamespace(code="B", name="环卫所")],
        {"B": "权属单位"},
    )
    assert combo.code == "" and combo.itemText(0) == "环卫所（权属单位）"
    combo.setEditText("环卫")
    assert combo.code == ""
    combo.set_code("A")
    assert combo.code == "A" and combo.currentText() == "市政所"


def test_a_reason_is_asked_for_until_it_is_given(qtbot: QtBot) -> None:
    """Empty is not accepted; a phrase is one click; the answer comes once."""
    host = QWidget()
    qtbot.addWidget(host)
    given: list[str] = []
    dialog = ReasonDialog.ask(host, "作废", given.append, phrases=("重复上报", "已消除"), danger=True)
    dialog.ok.click()
    assert given == [] and dialog.isVisible()
    from PySide6.QtWidgets import QPushButton

    for chip in dialog.findChildren(QPushButton):
        if chip.text() in ("重复上报", "已消除"):
            chip.click()
    dialog.ok.click()
    assert given == ["重复上报，已消除"]


def test_a_question_acts_only_when_it_is_answered(qtbot: QtBot) -> None:
    """Cancelling does nothing."""
    host = QWidget()
    qtbot.addWidget(host)
    done: list[int] = []
    dialog = ConfirmDialog(host, "退出", "确定吗？", "退出", lambda: done.append(1))
    dialog.reject()
    assert done == []
    again = ConfirmDialog(host, "退出", "确定吗？", "退出", lambda: done.append(1))
    again.ok.click()
    assert done == [1]


def test_a_form_row_says_what_is_wrong(qtbot: QtBot) -> None:
    """The error takes the hint's place and goes again."""
    row = FormRow("理由", QPlainTextEdit(), required=True, hint="十个字以内")
    qtbot.addWidget(row)
    row.set_error("请填写")
    assert row._note.text() == "请填写" and row.field.property("bad") == "true"
    row.set_error("")
    assert row._note.text() == "十个字以内" and row.field.property("bad") == "false"


def test_segments_count_and_choose(qtbot: QtBot) -> None:
    """A click tells, choosing by code is silent, counts stand in the words."""
    bar = SegmentBar([("a", "待办"), ("b", "全部")])
    qtbot.addWidget(bar)
    told: list[str] = []
    bar.changed.connect(told.append)
    bar.set_count("a", 12_345)
    bar.choose("b")
    assert bar.current == "b" and told == []
    bar._buttons["a"].click()
    assert told == ["a"] and bar._buttons["a"].text() == "待办 1.2万"
    assert short_number(9999) == "9999"


def test_filters_exclude_each_other_inside_a_group(qtbot: QtBot) -> None:
    """One light at a time; the button says how many filters hold."""
    button = FilterButton(
        [("light", "灯色", [("red", "超期"), ("yellow", "临期")]), ("kind", "类型", [("event", "事件")])]
    )
    qtbot.addWidget(button)
    told: list[int] = []
    button.changed.connect(lambda: told.append(1))
    button._actions["light", "red"].trigger()
    button._actions["light", "yellow"].trigger()
    button._actions["kind", "event"].trigger()
    assert button.chosen() == {"light": "yellow", "kind": "event"} and "2" in button.text() and len(told) == 3
    button._actions["light", "yellow"].trigger()
    assert button.chosen() == {"kind": "event"}


def test_a_badge_without_words_is_not_there(qtbot: QtBot) -> None:
    """Hidden while it has nothing to say."""
    badge = Badge()
    qtbot.addWidget(badge)
    assert badge.isHidden()
    badge.set("急", "red")
    assert not badge.isHidden() and badge.words == "急" and not badge.grab().isNull()


def test_words_flow_into_the_next_line(qtbot: QtBot) -> None:
    """A narrower place is higher; hidden widgets take no room."""
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host, spacing=4)
    boxes = [QWidget() for _ in range(6)]
    for box in boxes:
        box.setFixedSize(50, 20)
        flow.addWidget(box)
    assert flow.heightForWidth(400) == 20
    assert flow.heightForWidth(110) == 3 * 20 + 2 * 4
    for box in boxes[2:]:
        box.hide()
    assert flow.heightForWidth(110) == 20


# ---- toasts -----------------------------------------------------------------------------------------------------------


def test_messages_stack_and_go(qtbot: QtBot) -> None:
    """Three at most, the same words once, none covers another, all inside the window."""
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 600)
    host.show()
    stack = ToastStack(host)
    done: list[int] = []
    stack.show(Notice("「派遣」已完成", "success", ("撤销", lambda: done.append(1))))
    for n in range(3):
        stack.show(Notice(f"第{n}条" * 30, "error"))
    stack.show(Notice("第2条" * 30, "error"))
    shown = [toast for toast in stack.shown if not toast.isHidden()]
    assert len(shown) == 3
    boxes = [toast.geometry() for toast in shown]
    for at, box in enumerate(boxes):
        assert host.rect().contains(box)
        assert not any(box.intersects(other) for other in boxes[at + 1 :])
        words = shown[at]._words
        assert words.height() >= words.heightForWidth(words.width())
    for toast in shown:
        toast.leave()


def test_messages_are_laid_over_the_map(qtbot: QtBot) -> None:
    """Over the map they hide no panel's button, wrapped to its width; where it is too narrow, over the window."""
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 600)
    canvas = QWidget(host)
    canvas.setGeometry(400, 50, 380, 500)
    host.show()
    stack = ToastStack(host)
    stack.lay_over(canvas)
    toast = stack.show(Notice("收到调度指令，请立即清理占道经营" * 4, "warning", ("响应", lambda: None)))
    assert canvas.geometry().contains(toast.geometry())
    assert toast._words.height() >= toast._words.heightForWidth(toast._words.width())
    canvas.resize(200, 500)
    stack.show(Notice("已派遣"))
    assert abs(toast.geometry().center().x() - 500) <= 1
    for shown in stack.shown:
        shown.leave()


def test_the_button_of_a_message_acts_once(qtbot: QtBot) -> None:
    """撤销 does its work and takes the message away."""
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 600)
    host.show()
    done: list[int] = []
    toast = ToastStack(host).show(Notice("「派遣」已完成", "success", ("撤销", lambda: done.append(1))))
    toast.button.click()
    assert done == [1] and toast.isHidden()


# ---- photographs --------------------------------------------------------------------------------------------------------


def picture(path: Path) -> str:
    """A small JPEG."""
    content = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 30, 30)).save(content, "JPEG")
    path.write_bytes(content.getvalue())
    return str(path)


def test_photographs_are_added_shown_and_taken_out(desk: Desk, tmp_path: Path) -> None:
    """A file becomes a photograph of the command; the same one twice is one; the viewer opens on it."""
    strip = PhotoStrip(desk.context, editable=True, role="after")
    desk.qtbot.addWidget(strip)
    strip.resize(400, 200)
    strip.show()
    changed: list[int] = []
    strip.changed.connect(lambda: changed.append(1))
    name = picture(tmp_path / "现场.jpg")
    strip.add_files([name])
    desk.settle()
    strip.add_files([name])
    desk.settle()
    photos = strip.photos()
    assert [(p["role"], p["name"]) for p in photos] == [("after", "现场.jpg")] and changed == [1]
    viewer = strip.view(photos[0]["sha256"])
    desk.settle()
    assert not viewer._pixmap.isNull()
    viewer.close()
    strip._remove(photos[0]["sha256"])
    assert strip.photos() == []


def test_what_is_no_photograph_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    """A text file with a photograph's name: a sentence, and nothing added."""
    strip = PhotoStrip(desk.context, editable=True)
    desk.qtbot.addWidget(strip)
    fake = tmp_path / "假.jpg"
    fake.write_bytes(b"hello")
    strip.add_files([str(fake), str(tmp_path / "没有.jpg")])
    desk.settle()
    assert strip.photos() == []
    assert {notice.kind for notice in desk.notices} == {"error"} and len(desk.notices) == 2


# ---- places ---------------------------------------------------------------------------------------------------------------


def test_a_window_comes_back_only_where_a_screen_is() -> None:
    """On a screen that is there it stays; of one that is gone it moves to the first and fits."""
    left, right = QRect(0, 0, 1920, 1080), QRect(1920, 0, 2560, 1440)
    there = QRect(2000, 100, 1600, 900)
    assert clamp(there, [left, right]) == there
    moved = clamp(QRect(2000, 100, 2400, 1300), [left])
    assert left.contains(moved)
    assert clamp(there, []) == there
    peeking = QRect(-1500, 10, 1600, 900)
    assert clamp(peeking, [left]) == peeking
    assert left.contains(clamp(QRect(-1900, 10, 1910, 900), [left]))


@pytest.mark.parametrize(
    "post", sorted({p for item in registry.PANELS for p in item.posts} | {"gis", "admin"})
)
@pytest.mark.parametrize("width", [1280, 1920])
def test_every_post_has_its_panels_in_place(post: str, width: int) -> None:
    """Each panel the post sees has a place, none twice, and the map keeps at least a third of the window."""
    seen = {item.key for item in registry.panels_for(post)}
    arrangement = arrangement_for(post, width).only(seen)
    keys = arrangement.keys()
    assert len(keys) == len(set(keys)) and set(keys) <= seen
    assert {"caselist", "case", "layers"} <= set(keys)
    open_right = any(key not in arrangement.closed for group in arrangement.right for key in group)
    taken = (arrangement.left_width if arrangement.left else 0) + (
        arrangement.right_width if open_right else 0
    )
    assert width - 76 - taken >= width / 4, "the map is too small"
    tabs = [key for group in arrangement.left[:1] for key in group if key not in arrangement.closed]
    assert len(tabs) <= 3, "no tab is cut off"


def test_actions_are_registered_once(qtbot: QtBot) -> None:
    """A key registered again replaces the old; shortcuts work in the window; removing takes them away."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    actions = Actions(window)
    done: list[str] = []
    actions.add(ActionSpec("a", "甲", "file", lambda: done.append("old"), shortcut="Ctrl+1"))
    actions.add(ActionSpec("a", "甲", "file", lambda: done.append("new"), "close", "Ctrl+1"))
    actions.action("a").trigger()
    assert done == ["new"] and len(window.actions()) == 1
    actions.remove("a")
    assert window.actions() == []
