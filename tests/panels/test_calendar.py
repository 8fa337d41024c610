"""The dock of the working calendar: reading it, changing it, importing a notice, and being told what moves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip, QWidget

from tests.panels.desk import Desk
from workstation.panels.calendar import CalendarPanel
from workstation.panels.calendar.draft import Draft, split_hours
from workstation.panels.calendar.importing import NoticeDialog, notice_lines
from workstation.services.cases import upkeep
from workstation.shell.texts import text
from workstation.workflow.calendar import CalendarError, WorkCalendar
from workstation.workflow.notice import NoticeError, parse_notice

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月13日（周六）上班。
"""
"""A made-up notice for a year that has none."""
TODAY = date(2026, 11, 23)


@pytest.fixture
def panel(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The dock of the administrator, on a Monday of November 2026."""
    monkeypatch.setattr(desk.services, "now", lambda: datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    people = desk.services.people
    desk.actors["admin"] = people.actor(people.with_post("admin")[0].id, "admin")
    desk.context.names = {p.id: p.name for p in people.all()}
    desk.sit("admin")
    return desk.open(CalendarPanel, 520, 900)


def labels(within: QWidget) -> str:
    """All the words shown in there."""
    found = [label.text() for label in within.findChildren(QLabel) if label.isVisibleTo(within)]
    return "\n".join(found)


def day_point(panel: CalendarPanel, day: date) -> QPoint:
    """Where a day is drawn."""
    year = panel.year
    cell = next(c for m, box in year._boxes() for d, c in year._cells(m, box) if d == day)
    return cell.center().toPoint()


def take(desk: Desk, panel: CalendarPanel, words: str = NOTICE) -> None:
    """Import a notice into the draft."""
    panel.take.click()
    dialog = desk.dialog()
    dialog.edit.setPlainText(words)
    dialog.ok.click()
    desk.settle()


def save(desk: Desk, panel: CalendarPanel, note: str = "") -> str:
    """Save, and what the dialog said before."""
    panel.save.click()
    desk.settle()
    dialog = desk.dialog()
    dialog.note.setText(note)
    words = labels(dialog)
    dialog.ok.click()
    desk.settle()
    return words


def test_the_calendar_in_force_is_shown(desk: Desk, panel: CalendarPanel) -> None:
    """Title, where it comes from, weekly hours, the year's notices, and which notice is still to come."""
    assert panel.name.text() == "中国法定工作时间" and "程序自带" in panel.edition.text()
    assert panel.week.fields[0].text() == "08:00-12:00 14:00-18:00" and panel.week.fields[6].text() == ""
    assert "2026年部分节假日安排" in panel.notices.text()
    assert "2027年的放假通知尚未导入" in labels(panel.missing)
    assert not panel.save.isEnabled()
    assert not panel.grab().isNull()


def test_walking_through_the_years(desk: Desk, panel: CalendarPanel) -> None:
    """Years and months one after the other; today brings back; what a day is stands under the pointer and in the card."""
    panel._turn(-1)
    assert panel.shown.text() == "2025年" and "2025年部分" in panel.notices.text()
    panel.parts.choose("month")
    panel._show_part("month")
    assert panel.shown.text() == "2025年1月"
    panel._turn(-1)
    assert panel.shown.text() == "2024年12月" and not panel.grab().isNull()
    panel.today.click()
    assert (panel.year.day, panel.shown.text()) == (TODAY, "2026年11月")
    panel._show_part("year")
    desk.settle()
    desk.qtbot.mouseClick(panel.year, Qt.MouseButton.LeftButton, pos=day_point(panel, date(2026, 10, 2)))
    told = labels(panel.day)
    assert "2026-10-02 周五" in told and "国庆节" in told and "2026年部分节假日安排" in told
    desk.qtbot.keyClick(panel.year, Qt.Key.Key_Down)
    desk.qtbot.keyClick(panel.year, Qt.Key.Key_Right)
    assert panel.year.day == date(2026, 10, 10) and panel.day.badge.words == "调休上班"
    desk.qtbot.keyClick(panel.year, Qt.Key.Key_A)
    at = day_point(panel, date(2026, 2, 14))
    QApplication.sendEvent(panel.year, QHelpEvent(QEvent.Type.ToolTip, at, panel.year.mapToGlobal(at)))
    assert QToolTip.text() == "2026-02-14 · 调休上班 · 春节 · 08:00-12:00 14:00-18:00"
    QToolTip.hideText()
    panel.year.show_part(1950, None)
    panel._turn(-1)
    assert panel.year.year == 1950


def test_others_only_read(desk: Desk, panel: CalendarPanel) -> None:
    """A dispatcher sees the calendar and can change nothing."""
    desk.sit("dispatcher")
    mine = desk.open(CalendarPanel, 460, 900)
    assert not mine.acts.isVisibleTo(mine) and all(field.isReadOnly() for field in mine.week.fields)
    mine.year.choose(date(2026, 10, 1))
    assert not mine.day.put.isVisibleTo(mine)
    mine.week.fields[0].setText("")
    mine.week._leave(0)
    assert mine.sheet is not None and not mine.sheet.draft.changed


def test_weekly_hours_and_a_day_of_the_place(desk: Desk, panel: CalendarPanel) -> None:
    """Hours are typed as they are said; a day off of the place needs its reason; each step can be taken back."""
    field = panel.week.fields[4]
    field.setText("12:00-08:00")
    field.editingFinished.emit()
    assert "结束早于开始" in labels(panel.week) and not panel.save.isEnabled()
    field.setText("08:00-12:00，13:30－17:30")
    field.editingFinished.emit()
    assert panel.sheet is not None and panel.save.isEnabled()
    assert panel.sheet.draft.calendar.week_slots(4) == ((480, 720), (810, 1050))
    panel.year.choose(date(2026, 11, 27))
    panel.day.hours.setText("")
    panel.day.put.click()
    assert "请写明事由" in labels(panel.day)
    panel.day.reason.setText("暴雪停工")
    panel.day.hours.setText("08:00-25:00")
    panel.day.put.click()
    assert "工作时段" in labels(panel.day)
    panel.day.hours.setText("")
    panel.day.put.click()
    assert panel.day.badge.words == "本地休息" and date(2026, 11, 27) in panel.year._changed
    panel.day.drop.click()
    assert panel.day.badge.words == "工作日"
    for _ in range(3):
        panel.undo.click()
    desk.settle()
    assert not panel.save.isEnabled() and panel.week.fields[4].text() == "08:00-12:00 14:00-18:00"


def test_what_a_notice_says_is_seen_before_it_is_taken(
    desk: Desk, panel: CalendarPanel, tmp_path: Path
) -> None:
    """What was read is listed; a sentence that cannot be read is quoted and nothing can be taken."""
    panel.take.click()
    dialog = desk.dialog()
    assert not dialog.ok.isEnabled()
    dialog.edit.setPlainText(NOTICE.replace("共7天", "共8天"))
    assert "写明共 8 天，数得 7 天" in dialog.wrong.text() and not dialog.ok.isEnabled()
    dialog.edit.setPlainText("")
    assert not dialog.wrong.isVisibleTo(dialog)
    for name, raw in (("a.txt", NOTICE.encode("gbk")), ("b.txt", NOTICE.encode("utf-8-sig"))):
        (tmp_path / name).write_bytes(raw)
        dialog.open_file(tmp_path / name)
        assert "放假 10 天，调休上班 2 天" in dialog.read.text() and dialog.ok.isEnabled()
    (tmp_path / "c.txt").write_bytes(b"\xff\xff\xff")
    dialog.open_file(tmp_path / "c.txt")
    assert "不是文本文件" in dialog.wrong.text()
    dialog.open_file(tmp_path / "none.txt")
    assert "找不到文件" in dialog.wrong.text() and not dialog.ok.isEnabled()
    dialog.reject()
    assert notice_lines(parse_notice(NOTICE))[2] == "春节 02-05 – 02-11，7天；01-30、02-13 上班"


def test_the_file_is_chosen(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The notice may come out of a file that is chosen; choosing none leaves all as it was."""
    (tmp_path / "n.txt").write_text(NOTICE, encoding="utf-8")
    dialog = NoticeDialog(None, lambda notice: None)
    desk.qtbot.addWidget(dialog)
    answers = iter(["", str(tmp_path / "n.txt")])
    monkeypatch.setattr(
        "workstation.panels.calendar.importing.QFileDialog.getOpenFileName", lambda *a: (next(answers), "")
    )
    button = next(b for b in dialog.findChildren(QPushButton) if "文件" in b.text())
    button.click()
    assert not dialog.ok.isEnabled()
    button.click()
    assert dialog.ok.isEnabled()


def late_case(desk: Desk) -> Any:
    """A case whose deadline lies beyond the year's end."""
    case = desk.case("dispatched")
    run = case.clock("dispose")
    assert run is not None
    return case


def test_saving_says_what_moves_and_tells_it_again(
    desk: Desk, panel: CalendarPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before saving: which days, how many deadlines. After it: the edition with its author, and each deadline that moved."""
    monkeypatch.setattr(desk.services, "now", lambda: datetime(2026, 12, 31, 8, 0, tzinfo=UTC))
    case = desk.case("dispatched")
    before = case.clock("dispose")
    assert before is not None and before.provisional
    take(desk, panel)
    assert panel.year.year == 2027 and not panel.missing.isVisibleTo(panel)
    said = save(desk, panel, "2027年通知")
    assert "12 天的安排有变化" in said and "2027-01-01 元旦：工作日 → 法定节假日" in said
    assert "个截止时间移动" in said and "推后" in said
    edition = desk.services.calendars.in_force()
    assert edition.note == "2027年通知" and edition.by == desk.actors["admin"].person
    assert "2027年通知" in panel.edition.text() and not panel.save.isEnabled()
    after = desk.now_of(case).clock("dispose")
    assert after is not None and after.due_at is not None and before.due_at is not None
    assert after.due_at > before.due_at and not after.provisional
    link = next(b for b in panel.result.findChildren(QPushButton) if case.code in b.text())
    shown: list[str] = []
    desk.context.case_requested.connect(shown.append)
    link.click()
    assert shown == [case.id]
    assert "个截止时间移动" in desk.said()


def test_an_earlier_edition_comes_back(desk: Desk, panel: CalendarPanel) -> None:
    """The history names every edition; an earlier one is made the newest again, and nothing is lost."""
    take(desk, panel)
    save(desk, panel)
    button = next(
        b for b in panel.findChildren(QPushButton) if b.text() == "恢复这一版" and b.isVisibleTo(panel)
    )
    button.click()
    desk.dialog().ok.click()
    desk.settle()
    assert len(desk.services.calendars.history()) == 3
    assert desk.services.calendar.noticed == WorkCalendar.named("china").noticed
    assert "恢复：程序自带" in panel.edition.text()


def test_somebody_elses_edition(desk: Desk, panel: CalendarPanel) -> None:
    """A new edition of another seat is shown at once; with changes of one's own it is said, and saving is refused."""
    calendars = desk.services.calendars
    calendars.save(calendars.in_force().text.replace('"14:00-18:00"', '"14:00-17:30"'), desk.actors["admin"])
    desk.qtbot.wait(200)
    desk.settle()
    assert panel.week.fields[0].text() == "08:00-12:00 14:00-17:30"
    take(desk, panel)
    calendars.save(calendars.in_force().text.replace("17:30", "17:00"), desk.actors["admin"])
    desk.qtbot.wait(200)
    desk.settle()
    assert "已有新版" in desk.said() or "刚有新版" in desk.said()
    save(desk, panel)
    assert "请重新打开后再改" in desk.said() and len(calendars.history()) == 3
    panel.undo.click()
    desk.settle()
    assert panel.week.fields[0].text() == "08:00-12:00 14:00-17:00"


def test_a_notice_that_contradicts_another(desk: Desk, panel: CalendarPanel) -> None:
    """The same days under another title are said to be arranged already, and the draft stays as it was."""
    take(desk, panel)
    take(desk, panel, NOTICE.replace("部分节假日安排的通知", "元旦春节安排的通知"))
    assert "已经另有安排" in desk.said()
    panel.undo.click()
    assert panel.sheet is not None and not panel.sheet.draft.changed
    field = panel.week.fields[0]
    field.setText("")
    field.editingFinished.emit()
    assert "“周一”没有工作时段" in labels(panel.week)


def test_hidden_it_reads_when_it_is_shown_again(desk: Desk, panel: CalendarPanel) -> None:
    """A dock in the background costs nothing; it reads when it comes to the front."""
    panel.hide()
    calendars = desk.services.calendars
    calendars.save(calendars.in_force().text.replace("18:00", "17:00"), desk.actors["admin"])
    desk.qtbot.wait(200)
    desk.settle()
    assert panel.week.fields[0].text().endswith("18:00")
    panel.show()
    desk.settle()
    assert panel.week.fields[0].text().endswith("17:00")


def test_recomputing_can_be_stopped_and_can_fail(
    desk: Desk, panel: CalendarPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped, it says that the other cases keep their deadlines; where it fails, why."""
    part = upkeep.Recomputed(1, (), ("x",), False)
    monkeypatch.setattr("workstation.panels.calendar.panel.recompute", lambda *a: part)
    take(desk, panel)
    save(desk, panel)
    assert "重算已停止" in desk.said() and "1 件未能重算" in desk.said()
    panel._cancel()
    assert panel._steps is not None and panel._steps.stopped
    monkeypatch.setattr("workstation.panels.calendar.panel.recompute", upkeep.recompute)
    panel.again.click()
    desk.settle()
    assert "没有截止时间因此移动" in desk.said()

    def broken(*args: object) -> object:
        raise OSError(5, "I/O")

    monkeypatch.setattr("workstation.panels.calendar.panel.recompute", broken)
    panel._recompute()
    desk.settle()
    assert "读写失败" in desk.said() and not panel.result.isVisibleTo(panel)
    monkeypatch.setattr("workstation.panels.calendar.saving.moving", broken)
    take(desk, panel, NOTICE.replace("2027", "2028").replace("（周五）", "").replace("（周日）", "").replace("（周四）", "")
         .replace("（周六）", "").replace("1月30日、2月13日上班", "2月12日、2月13日上班"))  # fmt: skip
    panel.save.click()
    desk.settle()
    dialog = desk.dialog()
    assert "读写失败" in dialog.effect.text()
    dialog.reject()
    moved = upkeep.Moved(
        "c", "0001", "dispose", desk.services.now(), desk.services.now() + timedelta(days=1), False
    )
    panel.result.show()
    panel._draw_moved([moved] * 60)
    desk.settle()
    assert "其余 10 个从略" in labels(panel)


def test_a_draft_keeps_what_it_does_not_touch() -> None:
    """Unchanged, the text is word for word what it was; a change that makes no calendar leaves the draft as it was."""
    plain = 'timezone = "Asia/Shanghai"  # ours\n[week]\nmonday = ["08:00-12:00"]\n'
    draft = Draft(plain)
    assert draft.text() == plain and draft.hours(1) == ""
    with pytest.raises(CalendarError):
        draft.set_hours(0, "")
    assert draft.text() == plain and not draft.changed
    draft.set_hours(2, "09:00至17:00")
    assert split_hours("09:00至17:00、18:00~19:00") == ["09:00-17:00", "18:00-19:00"]
    assert draft.calendar.week_slots(2) == ((540, 1020),) and draft.days() == []


@pytest.mark.parametrize(
    "error",
    [
        *(
            CalendarError(code, key="k", value="v")
            for code in ("missing", "duplicate_day", "no_working_time")
        ),
        *(NoticeError(code, "一句", day=TODAY) for code in ("unread", "twice", "no_year")),
    ],
)
def test_errors_are_sentences(error: Exception) -> None:
    """Every error of calendar and notice is a Chinese sentence, without a placeholder left in it."""
    words = text.error_text(error)
    assert words.endswith("。") and "{" not in words and "程序内部出错" not in words


def test_every_code_has_its_sentence(desk: Desk) -> None:
    """Each code that the classes name has words of its own."""
    import re

    from workstation.shell.texts import calendar as calendar_text

    for kind, table in ((CalendarError, calendar_text._calendar()), (NoticeError, calendar_text._notice())):
        listed = re.sub(r"``\w+``", "", (kind.__doc__ or "").split("Codes:")[1])
        assert set(re.findall(r"\b[a-z]+_[a-z_]+\b|\b(?:missing|twice|unread|reversed)\b", listed)) <= set(
            table
        )
    assert text.error_text(CalendarError("never_heard_of")).startswith("工作日历不能使用")
