"""The dock of the regular meeting: go through the cases, write down what is decided, end it, print the minutes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workstation.panels.common.actions import ActionBar
from workstation.panels.common.adaptive import AdaptiveSplitter
from workstation.services.centre.meetings import OPEN, MeetingInfo
from workstation.services.services import Services
from workstation.shell.context import AppContext
from workstation.shell.pace import Pace
from workstation.shell.panel import Panel
from workstation.shell.texts import text
from workstation.shell.widgets import EmptyState, ReasonDialog, SegmentBar, kind_label, refresh_icons

from .point import PointView
from .reading import Agenda, Point, read_agenda, read_held, read_point
from .tree import CASE, AgendaTree

SETTLE_MILLISECONDS = 250


class MeetingPanel(Panel):
    """One kind of meeting at a time: the one that is going on, else the agenda as it would be; and those before."""

    key = "meeting"
    icon = "meeting"
    area = "left"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.agenda: Agenda | None = None
        self._stale = True
        self._case = ""
        upper = QWidget()
        top = QVBoxLayout(upper)
        top.setContentsMargins(10, 10, 10, 0)
        top.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.kinds = QComboBox()
        for meeting in context.services.handbook.meetings.values():
            self.kinds.addItem(meeting.label, meeting.key)
        self.kinds.currentIndexChanged.connect(lambda _at: self.reload())
        row.addWidget(self.kinds, 1)
        self.tabs = SegmentBar([("agenda", self.tr("议程")), ("held", self.tr("历次会议"))])
        self.tabs.changed.connect(lambda _key: self.reload())
        row.addWidget(self.tabs, 1)
        top.addLayout(row)
        self.says = kind_label("", "small")
        self.says.setWordWrap(True)
        top.addWidget(self.says)
        self.history = QListWidget()
        self.history.setFixedHeight(112)
        self.history.currentItemChanged.connect(lambda _new, _old: self._read_held())
        self.history.hide()
        top.addWidget(self.history)
        self.tree = AgendaTree(context)
        self.tree.pointed.connect(self._pointed)
        self.tree.opened.connect(context.show_case)
        top.addWidget(self.tree, 1)
        self._pages = QStackedWidget()
        self.empty = EmptyState("meeting", self.tr("选择一件案卷"), "")
        self._pages.addWidget(self.empty)
        self.point = PointView(context)
        self._pages.addWidget(self.point)
        self.actions_bar = ActionBar(self)
        add = self.actions_bar.add
        add("minutes", self.tr("会议纪要…"), self.save_minutes, icon="minutes")
        add("close", self.tr("结束会议…"), self.close_meeting, icon="check")
        add("hold", self.tr("开始会议"), self.hold, "primary", "meeting")
        add("decide", self.tr("记录决定"), self.decide, "primary", "check")
        lower = QWidget()
        box = QVBoxLayout(lower)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._pages, 1)
        box.addWidget(self.actions_bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.splitter = AdaptiveSplitter(upper, lower, 420, share=0.42, wide=440)
        self.splitter.rest(True)
        outer.addWidget(self.splitter)
        self._settle = Pace(self, SETTLE_MILLISECONDS, self.reload)
        context.changed.connect(self._changed)
        context.theme_changed.connect(self._redraw)
        self.actions_bar.offer(())

    @property
    def title(self) -> str:
        return self.tr("例会")

    # ---- reading ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def _changed(self, changes: Any) -> None:
        if changes.cases or "meeting" in changes.topics:
            if self.isVisible():
                self._settle.ask(changes)
            else:
                self._stale = True

    def reload(self) -> None:
        """Read the agenda again, or the list of meetings that were held."""
        context, key = self.context, str(self.kinds.currentData() or "")
        held = self.tabs.current == "held"
        self.history.setVisible(held)
        if not key:
            self.says.setText(self.tr("指挥手册没有规定例会"))
            return
        if held:
            context.tasks.run(
                context.services.meetings.history, key, owner=self, key="meetings", on_done=self._held
            )
            return
        context.tasks.run(
            read_agenda,
            context.services,
            key,
            context.actor,
            owner=self,
            key="agenda",
            on_done=self._show,
        )

    def _held(self, meetings: list[MeetingInfo]) -> None:
        before = self.history.currentItem()
        chosen = str(before.data(CASE)) if before is not None else ""
        self.history.blockSignals(True)
        self.history.clear()
        for info in meetings:
            words = self.tr("{time}　{by}　{n} 件，已决定 {done} 件{state}").format(
                time=text.time_text(info.at, self.context.services.now()),
                by=self.context.name_of(info.by),
                n=len({item.case_id for item in info.items}),
                done=info.decided,
                state=self.tr("　进行中") if info.state == OPEN else "",
            )
            item = QListWidgetItem(words)
            item.setData(CASE, info.id)
            self.history.addItem(item)
            if info.id == chosen:
                self.history.setCurrentItem(item)
        if self.history.currentItem() is None and meetings:
            self.history.setCurrentRow(0)
        self.history.blockSignals(False)
        self._read_held()

    def _read_held(self) -> None:
        item = self.history.currentItem()
        if item is None:
            self.agenda = None
            self.tree.show_lines([])
            self.says.setText(self.tr("还没有开过会"))
            self._offer()
            return
        context = self.context
        context.tasks.run(
            read_held,
            context.services,
            str(item.data(CASE)),
            context.actor,
            owner=self,
            key="agenda",
            on_done=self._show,
        )

    def _show(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.tree.show_lines(agenda.lines)
        cases = len({line.case_id for line in agenda.lines})
        if agenda.meeting is None:
            words = self.tr("待议 {n} 件。会议开始后，议程即固定。").format(n=cases)
        elif agenda.meeting.state == OPEN:
            words = self.tr("会议进行中，{time} 开始，共 {n} 件，已决定 {done} 件").format(
                time=text.time_text(agenda.meeting.at), n=cases, done=agenda.meeting.decided
            )
        else:
            words = self.tr("{time} 开会，共 {n} 件，决定 {done} 件").format(
                time=text.time_text(agenda.meeting.at), n=cases, done=agenda.meeting.decided
            )
            if agenda.meeting.note:
                words += "\n" + agenda.meeting.note
        self.says.setText(words)
        self.empty.set_text(self.tr("没有要议的案卷") if not cases else self.tr("选择一件案卷"))
        self._pointed(self.tree.case_id)
        self._offer()

    def _offer(self) -> None:
        agenda, names = self.agenda, set()
        if agenda is not None and agenda.meeting is not None:
            names.add("minutes")
        if agenda is not None and agenda.may_hold and self.tabs.current == "agenda":
            if agenda.meeting is None:
                names.add("hold")
            else:
                names.add("close")
                if self._case and not self._decided(self._case):
                    names.add("decide")
        self.actions_bar.offer(names)

    def _decided(self, case_id: str) -> str:
        lines = self.agenda.lines if self.agenda is not None else ()
        return next((line.decision for line in lines if line.case_id == case_id and line.decision), "")

    def _pointed(self, case_id: str) -> None:
        self._case = case_id
        self._offer()
        if not case_id:
            self._pages.setCurrentIndex(0)
            return
        self.splitter.rest(False)
        self.context.selection.set({case_id}, case_id)
        self.context.tasks.run(
            read_point,
            self.context.services,
            case_id,
            self.context.actor,
            owner=self,
            key="point",
            on_done=self._show_point,
        )

    def _show_point(self, point: Point) -> None:
        if point.case.id != self._case or self.agenda is None:
            return
        going_on = self.agenda.meeting is not None and self.agenda.meeting.state == OPEN
        self.point.show_point(point, self._decided(point.case.id), going_on and self.agenda.may_hold)
        self._pages.setCurrentIndex(1)

    # ---- doing --------------------------------------------------------------------------------------------------

    def _run(self, work: Any, done: Any = None) -> None:
        self.actions_bar.setEnabled(False)

        def finished(result: Any) -> None:
            self.actions_bar.setEnabled(True)
            if done is not None:
                done(result)
            self.reload()

        def failed(error: BaseException) -> None:
            self.actions_bar.setEnabled(True)
            self.context.say_error(error)

        self.context.tasks.run(work, owner=self, on_done=finished, on_error=failed, priority=1)

    def hold(self) -> None:
        """Begin the meeting with the agenda as it stands; the first case is looked at."""
        services, actor, key = self.context.services, self.context.actor, str(self.kinds.currentData())
        self._run(lambda: services.meetings.hold(key, actor), lambda _info: self.tree.next_open())

    def decide(self) -> None:
        """Write down what is decided on the case looked at, and go on to the next."""
        agenda = self.agenda
        if agenda is None or agenda.meeting is None or not self.point.complete():
            return
        services, actor = self.context.services, self.context.actor
        meeting_id, case_id = agenda.meeting.id, self._case
        words, command = self.point.decision(), self.point.command()

        def done(_info: MeetingInfo) -> None:
            item = self.tree.currentItem()
            if item is not None:
                item.setText(3, self.tr("已决定"))
            self.tree.next_open()
            self.tree.setFocus()

        self._run(lambda: services.meetings.decide(meeting_id, case_id, words, actor, command), done)

    def close_meeting(self) -> None:
        """End it; a summary may be written."""
        agenda = self.agenda
        if agenda is None or agenda.meeting is None:
            return
        services, actor, meeting_id = self.context.services, self.context.actor, agenda.meeting.id
        ReasonDialog.ask(
            self.window(),
            self.tr("结束会议"),
            lambda words: self._run(lambda: services.meetings.close(meeting_id, actor, words)),
            caption=self.tr("会议小结"),
            ok_text=self.tr("结束会议"),
            required=False,
        )

    def save_minutes(self) -> None:
        """Ask where to save the minutes."""
        agenda = self.agenda
        if agenda is None or agenda.meeting is None:
            return
        dialog = QFileDialog(self.window(), self.tr("保存会议纪要"), "", self.tr("PDF 文件 (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        day = text.local(agenda.meeting.at)
        dialog.selectFile(self.tr("会议纪要 {day}.pdf").format(day=f"{day:%Y-%m-%d}"))
        dialog.fileSelected.connect(partial(self.write_minutes, agenda.meeting.id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_minutes(self, meeting_id: str, path: str) -> None:
        """Write the minutes of a meeting there, as PDF."""
        context = self.context
        context.tasks.run(
            _write,
            context.services,
            meeting_id,
            path,
            owner=self,
            on_done=lambda _done: context.notify(
                self.tr("会议纪要已保存：{path}").format(path=path), "success"
            ),
        )

    def _redraw(self) -> None:
        refresh_icons(self)
        if self.agenda is not None:
            self._show(self.agenda)


def _write(services: Services, meeting_id: str, path: str) -> None:
    Path(path).write_bytes(services.meetings.minutes(meeting_id))
