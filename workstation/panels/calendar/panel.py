"""The dock of the working calendar: a year's days by what they are, weekly hours, the place's own days, notices, editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from workstation.services.cases.upkeep import Moved, Recomputed, recompute
from workstation.services.rules.calendars import CalendarEdition
from workstation.shell.context import AppContext
from workstation.shell.panel import Panel
from workstation.shell.texts import text
from workstation.shell.widgets import (
    Badge,
    Card,
    ScrollBody,
    SectionHeader,
    SegmentBar,
    button,
    kind_label,
    refresh_icons,
    tool_button,
)
from workstation.shell.widgets.dialogs import ConfirmDialog
from workstation.workflow.calendar import CalendarError
from workstation.workflow.notice import Notice

from .daycard import DayCard
from .draft import Draft
from .importing import NoticeDialog
from .saving import SaveDialog, Steps, moved_words
from .weekform import WeekForm
from .yearview import YearView

SETTLE_MILLISECONDS = 120
MOST_MOVED, MOST_EDITIONS = 50, 12


@dataclass(frozen=True)
class Sheet:
    """What the panel shows, read in the background."""

    edition: CalendarEdition
    history: Sequence[CalendarEdition]
    draft: Draft


class CalendarPanel(Panel):
    """Everybody reads; who may recompute deadlines edits. Nothing holds before it is saved as a new edition."""

    key = "calendar"
    icon = "calendar"
    area = "left"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet: Sheet | None = None
        self._stale = True
        self._steps: Steps | None = None
        now = text.local(context.services.now())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._make_head())
        scroll = ScrollBody()
        body = scroll.body
        self.missing = Card(None, "warn", 10, 4)
        self._missing_words = kind_label("", "label")
        self._missing_words.setWordWrap(True)
        self.missing.body.addWidget(self._missing_words)
        self.missing.hide()
        body.addWidget(self.missing)
        self.result = Card(None, "note", 10, 6)
        self._result_words = kind_label("", "label")
        self._result_words.setWordWrap(True)
        self.progress = QProgressBar()
        self.cancel = button(self.tr("停止重算"), "small", on_click=self._cancel)
        self.moved = QVBoxLayout()
        self.moved.setSpacing(2)
        self.result.body.addWidget(self._result_words)
        self.result.body.addWidget(self.progress)
        self.result.body.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
        self.result.body.addLayout(self.moved)
        self.result.hide()
        body.addWidget(self.result)
        body.addLayout(self._make_navigation())
        self.year = YearView(context.services.calendar, now.year)
        self.year.picked.connect(self._picked)
        body.addWidget(self.year)
        body.addLayout(self._make_key())
        body.addWidget(SectionHeader(self.tr("每周工作时段"), icon="clock"))
        self.week = WeekForm()
        self.week.edited.connect(self._edited)
        body.addWidget(self.week)
        body.addWidget(SectionHeader(self.tr("放假通知"), icon="info"))
        self.notices = kind_label("", "label")
        self.notices.setWordWrap(True)
        body.addWidget(self.notices)
        body.addWidget(SectionHeader(self.tr("版本记录"), icon="restore"))
        self.editions = QVBoxLayout()
        self.editions.setSpacing(4)
        body.addLayout(self.editions)
        body.addStretch(1)
        box.addWidget(scroll, 1)
        # Below what scrolls, so that the chosen day is in sight whichever month it was clicked in.
        self.day = DayCard()
        self.day.edited.connect(self._edited)
        foot = QWidget()
        under = QVBoxLayout(foot)
        under.setContentsMargins(12, 0, 12, 10)
        under.addWidget(self.day)
        box.addWidget(foot)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._read)
        context.changed.connect(self._changed)
        context.theme_changed.connect(self._redraw)

    @property
    def title(self) -> str:
        return self.tr("工作日历")

    @property
    def may_edit(self) -> bool:
        """Whether the person's post may make editions."""
        return self.context.services.calendars.may_edit(self.context.actor)

    # ---- its parts -----------------------------------------------------------------------------------------------

    def _make_head(self) -> QWidget:
        head = QWidget()
        box = QVBoxLayout(head)
        box.setContentsMargins(12, 10, 12, 8)
        box.setSpacing(6)
        row = QHBoxLayout()
        self.name = kind_label("", "heading")
        self.name.setWordWrap(True)
        self.state = Badge("", "text_3")
        row.addWidget(self.name, 1)
        row.addWidget(self.state)
        box.addLayout(row)
        self.edition = kind_label("", "small")
        self.edition.setWordWrap(True)
        box.addWidget(self.edition)
        self.acts = QWidget()
        acts = QHBoxLayout(self.acts)
        acts.setContentsMargins(0, 0, 0, 0)
        self.take = button(self.tr("导入放假通知"), "", "download", on_click=self._import)
        self.again = button(self.tr("重算时限"), "", "refresh", on_click=self._recompute)
        self.again.setToolTip(self.tr("按现行日历重新核对全部在办案卷的截止时间，如上次重算中途停止"))
        self.undo = button(self.tr("撤销一步"), "ghost", "undo", on_click=self._undo)
        self.undo.hide()
        self.save = button(self.tr("保存为新版"), "primary", "save", on_click=self._ask_save)
        acts.addWidget(self.take)
        acts.addWidget(self.again)
        acts.addStretch(1)
        acts.addWidget(self.undo)
        acts.addWidget(self.save)
        box.addWidget(self.acts)
        return head

    def _make_navigation(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(tool_button("chevron-left", self.tr("前一年或前一月"), lambda: self._turn(-1)))
        self.shown = kind_label("", "heading")
        row.addWidget(self.shown)
        row.addWidget(tool_button("chevron-right", self.tr("后一年或后一月"), lambda: self._turn(1)))
        self.today = button(self.tr("今天"), "small", on_click=self._go_today)
        row.addWidget(self.today)
        row.addStretch(1)
        self.parts = SegmentBar([("year", self.tr("全年")), ("month", self.tr("按月"))])
        self.parts.changed.connect(self._show_part)
        row.addWidget(self.parts)
        return row

    def _make_key(self) -> QHBoxLayout:
        """What the colours mean."""
        row = QHBoxLayout()
        row.setSpacing(6)
        for words, tone in (
            (self.tr("放假"), "red"),
            (self.tr("调休上班"), "accent"),
            (self.tr("本地安排"), "stage_dispatch"),
            (self.tr("未保存的改动"), "yellow"),
        ):
            row.addWidget(Badge(words, tone))
        row.addStretch(1)
        return row

    # ---- reading -------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._read()

    def _changed(self, changes: Any) -> None:
        if "calendar" in changes.topics:
            if self.isVisible():
                self._settle.start()
            else:
                self._stale = True

    def _read(self) -> None:
        calendars = self.context.services.calendars

        def read() -> Sheet:
            edition = calendars.in_force()
            return Sheet(edition, calendars.history(), Draft(edition.text))

        self.context.tasks.run(
            read, owner=self, on_done=self._show, on_error=self.context.say_error, key="read"
        )

    def _show(self, sheet: Sheet) -> None:
        mine = self.sheet
        if mine is not None and mine.draft.changed and mine.edition.id != sheet.edition.id:
            # What somebody is typing is theirs: saving it will be refused, and they decide.
            self.context.notify(
                self.tr("工作日历刚有新版，您的改动还没有保存。撤销后即可看到新版。"), "warning"
            )
            return
        if mine is None or not mine.draft.changed:
            self.sheet = sheet
        self._draw()

    def _draw(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        draft, editable = sheet.draft, self.may_edit
        self.name.setText(draft.calendar.title or sheet.edition.name)
        self.edition.setText(self._edition_words(sheet.edition))
        self.state.set(
            self.tr("有未保存的改动") if draft.changed else self.tr("现行"),
            "yellow" if draft.changed else "green",
        )
        self.acts.setVisible(editable)
        self.again.setVisible(not draft.changed)
        self.undo.setVisible(draft.changed)
        self.save.setEnabled(draft.changed)
        now = text.local(self.context.services.now()).date()
        self.year.show_calendar(draft.calendar, {c.day for c in draft.days()}, now)
        self.week.show_draft(draft, editable)
        if self.year.day is not None:
            self.day.show_day(draft, self.year.day, editable)
        self._draw_missing(now.year)
        self._draw_shown()
        self._draw_editions(sheet.history)

    def _draw_missing(self, year: int) -> None:
        """The year whose notice is to come: its deadlines are provisional."""
        assert self.sheet is not None
        noticed = self.sheet.draft.calendar.noticed
        lacking = [y for y in (year, year + 1) if noticed is not None and y not in noticed]
        self.missing.setVisible(bool(lacking))
        if lacking:
            self._missing_words.setText(
                self.tr("{year}年的放假通知尚未导入，{before}年12月29日以后的截止时间为暂定。").format(
                    year=lacking[0], before=lacking[0] - 1
                )
            )

    def _draw_shown(self) -> None:
        assert self.sheet is not None
        year, month = self.year.year, self.year.month
        self.shown.setText(
            self.tr("{year}年").format(year=year)
            if month is None
            else self.tr("{year}年{month}月").format(year=year, month=month)
        )
        titles = sorted(self.sheet.draft.calendar.notices(year))
        self.notices.setText(
            "\n".join(self.tr("《{title}》").format(title=title) for title in titles)
            or self.tr("{year}年没有放假通知。").format(year=year)
        )

    def _edition_words(self, edition: CalendarEdition) -> str:
        if edition.registered_at is None:
            return self.tr("程序自带")
        words = self.tr("{who} {when} 保存").format(
            who=self.context.name_of(edition.by),
            when=text.time_text(edition.registered_at, self.context.services.now()),
        )
        return f"{words} · {edition.note}" if edition.note else words

    def _draw_editions(self, history: Sequence[CalendarEdition]) -> None:
        while self.editions.count():
            item = self.editions.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        current = self.sheet.edition.id if self.sheet is not None else ""
        for edition in history[:MOST_EDITIONS]:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            words = kind_label(self._edition_words(edition), "label")
            words.setWordWrap(True)
            line.addWidget(words, 1)
            if edition.id == current:
                line.addWidget(Badge(self.tr("现行"), "green"))
            elif self.may_edit:
                line.addWidget(
                    button(self.tr("恢复这一版"), "small", on_click=partial(self._ask_restore, edition))
                )
            self.editions.addWidget(row)

    def _redraw(self) -> None:
        refresh_icons(self)
        self._draw()

    # ---- looking around ------------------------------------------------------------------------------------------

    def _turn(self, step: int) -> None:
        year, month = self.year.year, self.year.month
        if month is None:
            year += step
        else:
            year, month = year + (month - 1 + step) // 12, (month - 1 + step) % 12 + 1
        if 1950 <= year <= 2200:
            self.year.show_part(year, month)
            self._draw_shown()

    def _show_part(self, key: str) -> None:
        day = self.year.day
        month = (
            (day.month if day is not None and day.year == self.year.year else 1) if key == "month" else None
        )
        self.year.show_part(self.year.year, month)
        self._draw_shown()

    def _go_today(self) -> None:
        self.year.choose(text.local(self.context.services.now()).date())

    def _picked(self, day: Any) -> None:
        if self.sheet is not None:
            self.day.show_day(self.sheet.draft, day, self.may_edit)
            self._draw_shown()

    # ---- editing -------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self._draw()

    def _undo(self) -> None:
        if self.sheet is not None and self.sheet.draft.changed:
            self.sheet.draft.undo()
            self._draw()
            if not self.sheet.draft.changed:
                self._read()

    def _import(self) -> None:
        NoticeDialog(self, self._take).open()

    def _take(self, notice: Notice) -> None:
        if self.sheet is None:
            return
        try:
            self.sheet.draft.take_notice(notice)
        except CalendarError as error:
            # Days that another notice of the same year has arranged already.
            self.context.say_error(error)
            return
        self.year.show_part(notice.year, None)
        self.parts.choose("year")
        self._draw()

    def _ask_save(self) -> None:
        if self.sheet is not None and self.sheet.draft.changed:
            SaveDialog(self, self.context, self.sheet.draft, self._save).open()

    def _save(self, note: str) -> None:
        assert self.sheet is not None
        self._store(self.sheet.draft.text(), note)

    def _ask_restore(self, edition: CalendarEdition) -> None:
        ConfirmDialog(
            self,
            self.tr("恢复这一版工作日历？"),
            self.tr("现行日历改为“{edition}”，作为新版保存，在办案卷的时限随即重算。").format(
                edition=self._edition_words(edition)
            ),
            self.tr("恢复并重算时限"),
            lambda: self._store(
                edition.text, self.tr("恢复：{edition}").format(edition=self._edition_words(edition))
            ),
        ).open()

    def _store(self, words: str, note: str) -> None:
        assert self.sheet is not None
        services, actor, seen = self.context.services, self.context.actor, self.sheet.edition.id

        def save() -> Sheet:
            edition = services.calendars.save(words, actor, note, seen)
            return Sheet(edition, services.calendars.history(), Draft(edition.text))

        self.context.tasks.run(save, owner=self, on_done=self._saved, on_error=self.context.say_error)

    def _saved(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._draw()
        self._recompute()

    # ---- telling deadlines again ---------------------------------------------------------------------------------

    def _recompute(self) -> None:
        services = self.context.services
        steps = self._steps = Steps(self)
        steps.at.connect(self._step)
        self._result_words.setText(self.tr("正在按现行日历重算在办案卷的截止时间…"))
        self.progress.setRange(0, 0)
        self.progress.show()
        self.cancel.show()
        self._draw_moved(())
        self.result.show()
        self.context.tasks.run(
            lambda: recompute(services, steps.at.emit, lambda: steps.stopped),
            owner=self,
            on_done=self._recomputed,
            on_error=self._failed,
        )

    def _cancel(self) -> None:
        if self._steps is not None:
            self._steps.stop()

    def _step(self, at: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(at)

    def _failed(self, error: BaseException) -> None:
        self.result.hide()
        self.context.say_error(error)

    def _recomputed(self, found: Recomputed) -> None:
        self.progress.hide()
        self.cancel.hide()
        words = moved_words(found)
        if not found.complete:
            words = self.tr("重算已停止，其余案卷约十分钟后自动重算。{words}").format(words=words)
        if found.left:
            words += self.tr("{n} 件未能重算，请查看案卷。").format(n=len(found.left))
        self._result_words.setText(words)
        self._draw_moved(found.moved)
        self.context.notify(words, "success" if found.complete and not found.left else "warning")

    def _draw_moved(self, moved: Sequence[Moved]) -> None:
        """Each deadline that moved, from when to when; a click opens the case."""
        while self.moved.count():
            item = self.moved.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        now = self.context.services.now()
        for one in moved[:MOST_MOVED]:
            words = self.tr("{code} {clock}：{before} → {after}").format(
                code=one.code,
                clock=self.context.label("clocks", one.clock),
                before=text.time_text(one.before, now),
                after=text.time_text(one.after, now),
            )
            self.moved.addWidget(
                button(words, "link", on_click=partial(self.context.show_case, one.case_id)),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )
        if len(moved) > MOST_MOVED:
            self.moved.addWidget(
                kind_label(self.tr("其余 {n} 个从略").format(n=len(moved) - MOST_MOVED), "small")
            )
